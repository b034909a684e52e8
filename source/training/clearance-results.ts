import type { ClearanceIssued } from '../desk/clearance.ts';
import { failureResult, present } from './results.ts';
import type { PlainResult } from './results.ts';

/** What a clearance or its refusal says, whatever asked for it. */
function saidOf(outcome: Extract<ClearanceIssued, { kind: 'issued' | 'not-clear' }>): Record<string, unknown> {
  const { openRequests } = outcome;
  const requests = openRequests > 0 ? openRequests : undefined;
  if (outcome.kind === 'issued') {
    const { clearance, letter, address } = outcome;
    return present({ clearance, letter, address, requests });
  }
  const reasons = outcome.obstacles.map((one) => one.code);
  return { reason: reasons[0], reasons, ...present({ requests }) };
}

/**
 * A clearance (QUI-01 to QUI-03): `outcome: issued, refused; reasons` (`OPEN_LOANS, LATE_LOANS, BLOCKED, ALREADY_ISSUED`),
 * `address` (absent: on paper), `clearance` and `letter` (their numbers), `requests` (how many are open, if any).
 */
export function clearanceResult(outcome: ClearanceIssued): PlainResult {
  switch (outcome.kind) {
    case 'issued':
      return { outcome: 'issued', ...saidOf(outcome) };
    case 'not-clear':
      return { outcome: 'refused', ...saidOf(outcome) };
    default:
      return failureResult(outcome);
  }
}

/** The same as the answer to a loan of the dummy barcode (QUI-02): `outcome: lent, refused`, and no `blocks`. */
export function clearanceLent(outcome: ClearanceIssued): PlainResult {
  if (outcome.kind !== 'issued' && outcome.kind !== 'not-clear') return failureResult(outcome);
  return { outcome: outcome.kind === 'issued' ? 'lent' : 'refused', blocks: [], ...saidOf(outcome) };
}
