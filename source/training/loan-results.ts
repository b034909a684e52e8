import { localText } from '../circulation/time.ts';
import type { ChangeDueOutcome, DueChanged } from '../desk/change-due.ts';
import type { DeleteLoanOutcome } from '../desk/delete-loan.ts';
import type { RenewalLine, RenewOutcome } from '../desk/renew.ts';
import { failureResult, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/** Whether one loan was meant, whose fields are the result's own, or several: then there are `lines`. */
type Shape = 'one' | 'several';

const NOT_ON_LOAN = { outcome: 'refused', reason: 'NOT_ON_LOAN', reasons: ['NOT_ON_LOAN'] };

function renewalLine(line: RenewalLine, { timeZone }: Zone): Record<string, unknown> {
  switch (line.kind) {
    case 'renewed': {
      const { item, due, before, status, overridden } = line;
      const dates = { due: localText(due, timeZone), before: localText(before, timeZone) };
      return { outcome: 'renewed', item: item.barcode, title: item.title, ...dates, status, reasons: [], overridden };
    }
    case 'not-renewed': {
      const { item, due, status, refusals } = line;
      const why = { reason: refusals[0], reasons: refusals };
      return {
        outcome: 'refused',
        item: item.barcode,
        title: item.title,
        due: localText(due, timeZone),
        status,
        ...why,
      };
    }
    case 'not-on-loan':
      return { ...NOT_ON_LOAN, item: line.item.barcode, title: line.item.title };
    case 'unknown':
      return { outcome: 'refused', item: line.key, reason: 'UNKNOWN_ITEM', reasons: ['UNKNOWN_ITEM'] };
  }
}

/**
 * Renewals: `outcome: renewed, refused; due, status, reason` (the first in the order of REN-05, or `NOT_ON_LOAN`) and
 * `reasons` (all of them). Several: `lines` with the same fields, in the order in which they were renewed, and `renewed` if
 * at least one was. An unknown item fails the result where it alone was meant, and its own line among several.
 */
export function renewResult(outcome: RenewOutcome, network: Zone, shape: Shape): PlainResult {
  if (outcome.kind !== 'renewals') return failureResult(outcome);
  const [first] = outcome.lines;
  if (shape === 'one' && first) return first.kind === 'unknown' ? failureResult(first) : renewalLine(first, network);
  const lines = outcome.lines.map((line) => renewalLine(line, network));
  const isDone = outcome.lines.some((line) => line.kind === 'renewed');
  return { outcome: isDone ? 'renewed' : 'refused', lines };
}

const changedLine = ({ item, due, before }: DueChanged, { timeZone }: Zone): Record<string, unknown> => ({
  item: item.barcode,
  title: item.title,
  due: localText(due, timeZone),
  before: localText(before, timeZone),
});

/**
 * Due dates set by hand (REN-09), all or none: `outcome: changed, refused` (`reason: NOT_ON_LOAN`, with the first `item` that is
 * not), `due`. Several: `lines`; `due` then only where it is the same for all.
 */
export function changeDueResult(outcome: ChangeDueOutcome, network: Zone, shape: Shape): PlainResult {
  switch (outcome.kind) {
    case 'changed': {
      const lines = outcome.lines.map((line) => changedLine(line, network));
      const [first] = lines;
      if (shape === 'one') return { outcome: 'changed', ...first };
      const same = lines.every((line) => line['due'] === first?.['due']);
      return { outcome: 'changed', ...(same ? present({ due: first?.['due'] }) : {}), lines };
    }
    case 'not-on-loan':
      return { ...NOT_ON_LOAN, item: outcome.barcode };
    default:
      return failureResult(outcome);
  }
}

/** A deleted loan: `outcome: deleted, refused` (`NOT_ON_LOAN`), and where the item goes, as after a return. */
export function deleteLoanResult(outcome: DeleteLoanOutcome, patron?: string): PlainResult {
  switch (outcome.kind) {
    case 'deleted': {
      const { item, next, destination, requester, heldUntil } = outcome;
      const route = present({ patron, next, destination, requester, until: heldUntil });
      return { outcome: 'deleted', item: item.barcode, title: item.title, ...route };
    }
    case 'not-on-loan':
      return { ...NOT_ON_LOAN, item: outcome.barcode };
    default:
      return failureResult(outcome);
  }
}
