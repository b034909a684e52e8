import type { ClearanceRequested } from '../desk/kiosk-clearance.ts';
import type { PreRegistered } from '../desk/pre-register.ts';
import { failureResult, present } from './results.ts';
import type { PlainResult } from './results.ts';

/**
 * A clearance that was asked for at a kiosk (QUI-03): `outcome: issued, refused; reasons`, `address` (absent: the desk prints
 * it), `number`. Who is not found fails as an unknown patron does, whatever was wrong; `reason: WAIT`: too many tries.
 */
export function kioskClearanceResult(outcome: ClearanceRequested, card: string): PlainResult {
  switch (outcome.kind) {
    case 'issued': {
      const { number, address } = outcome;
      return { outcome: 'issued', ...present({ number, address }) };
    }
    case 'not-clear': {
      const reasons = outcome.obstacles.map((one) => one.code);
      return { outcome: 'refused', reason: reasons[0], reasons };
    }
    case 'not-found':
      return failureResult({ kind: 'unknown', what: 'PATRON', key: card });
    case 'wait':
      return { outcome: 'refused', reason: 'WAIT' };
    default:
      return failureResult(outcome);
  }
}

/**
 * A pre-registration (USR-13): `outcome: pre-registered` with `id` (the provisional identifier), `library`, `until` (the last
 * day to finish it), `expiry`; `refused` with its `reason` (the first of `reasons`) and the `paths` of the fields, `missing`
 * (of a weak password); `reason: WAIT, NOT_OFFERED`.
 */
export function preRegisterResult(outcome: PreRegistered): PlainResult {
  switch (outcome.kind) {
    case 'pre-registered': {
      const { identifier, library, until, expiry } = outcome;
      return { outcome: 'pre-registered', id: identifier, library, until, expiry };
    }
    case 'refused': {
      const reasons = outcome.problems.map((one) => one.code);
      const paths = outcome.problems.map((one) => one.path);
      const missing = outcome.problems.find((one) => one.missing)?.missing;
      return { outcome: 'refused', reason: reasons[0], reasons, paths, ...present({ missing }) };
    }
    case 'wait':
      return { outcome: 'refused', reason: 'WAIT' };
    case 'not-offered':
      return { outcome: 'refused', reason: 'NOT_OFFERED' };
    default:
      return failureResult(outcome);
  }
}
