import type { FinishOutcome } from '../desk/finish-registration.ts';
import type { ReRegisterOutcome } from '../desk/re-register.ts';
import type { RegisterOutcome } from '../desk/register-patron.ts';
import type { PatronView } from '../desk/views.ts';
import { failureResult, present, primaryOf } from './results.ts';
import type { PlainResult } from './results.ts';

/** A record that has just been made or finished. */
function registered(patron: PatronView): PlainResult {
  const { lastName, firstName, birthDay, kind, group, campus, language, expiry, purge, category } = patron;
  const said = { kind, group, campus, language, expiry, purge, category, birthDate: birthDay };
  return { outcome: 'registered', id: primaryOf(patron), name: `${lastName} ${firstName}`.trim(), ...present(said) };
}

const identifiersOf = (lines: readonly { readonly identifier: string }[]): string[] =>
  lines.map((one) => one.identifier);

/**
 * A registration (USR-03 to USR-06, USR-12, USR-13): `outcome: registered` with the record; `refused` with its `reason` (the
 * first of `reasons`), the `path` of the field, and `duplicates`: the primary identifiers of those who may be the same person.
 * `reason: DUPLICATE`: likely ones, which nobody has set aside; `warning: FORMER_INSTITUTIONAL` where one of them is external.
 */
export function registerResult(outcome: RegisterOutcome | ReRegisterOutcome | FinishOutcome): PlainResult {
  switch (outcome.kind) {
    case 'registered':
      return registered(outcome.patron);
    case 're-registered':
      return { ...registered(outcome.patron), statistics: outcome.statistics };
    case 'finished':
      return { ...registered(outcome.patron), notesRemoved: outcome.removed };
    case 'duplicates': {
      const { lines, formerInstitutional } = outcome;
      const why = lines.map((one) => one.why[0]);
      const warning = formerInstitutional ? 'FORMER_INSTITUTIONAL' : undefined;
      return {
        outcome: 'refused',
        reason: 'DUPLICATE',
        duplicates: identifiersOf(lines),
        why,
        ...present({ warning }),
      };
    }
    case 'warning':
      return { outcome: 'refused', reason: 'EXTERNAL_RECORD', warning: 'EXTERNAL_RECORD', duplicates: [] };
    case 'not-pre-registered':
      return { outcome: 'refused', reason: 'NOT_PRE_REGISTERED' };
    case 'refused': {
      const { code, path, allowed } = outcome;
      const problems = 'problems' in outcome ? outcome.problems : [];
      const reasons = problems.length > 0 ? problems.map((one) => one.code) : [code];
      const duplicates = 'lines' in outcome ? identifiersOf(outcome.lines) : [];
      return { outcome: 'refused', reason: code, reasons, path, duplicates, ...present({ allowed }) };
    }
    default:
      return failureResult(outcome);
  }
}
