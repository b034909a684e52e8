import type { DueStep } from '../circulation/due.ts';
import type { LoanRule } from '../circulation/network.ts';
import type { Terms } from '../circulation/rules.ts';
import { localText } from '../circulation/time.ts';
import type { Refusal } from '../desk/perform.ts';
import type { RulesAnswer } from '../desk/show.ts';
import { periodText } from '../exchange/network-file/values.ts';
import { failureResult, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/** A rule row as the network file writes it: periods in words, one code without a list. */
function rowFields({ period, max, ...rule }: LoanRule): Record<string, unknown> {
  const written = Object.entries(rule).map(([key, value]) => [
    key,
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  ]);
  return {
    ...Object.fromEntries(written),
    ...present({ period: period && periodText(period), max: max && periodText(max) }),
  };
}

function termsFields({ loanable, renewable, requestable, period, max, dueOn }: Terms): Record<string, unknown> {
  const periods = { period: period && periodText(period), max: max && periodText(max), dueOn };
  return { loanable, renewable, requestable, ...present(periods) };
}

/** A step of the due date: its kind, and its days and local times. */
function stepFields(one: DueStep, { timeZone }: Zone): Record<string, unknown> {
  const at = (instant: number): string => localText(instant, timeZone);
  switch (one.kind) {
    case 'period':
      return { step: one.kind, from: one.from, period: periodText(one.period), to: one.to };
    case 'hours':
      return { step: one.kind, hours: one.hours, at: at(one.at) };
    case 'fixed':
      return { step: one.kind, day: one.day };
    case 'closed': {
      const { kind: because } = one.because;
      const name = one.because.kind === 'closure' ? one.because.name : null;
      return { step: one.kind, day: one.day, because, ...present({ name }), to: one.to };
    }
    case 'closed-hour':
      return { step: one.kind, at: at(one.at), to: at(one.to) };
    case 'closing':
      return { step: one.kind, day: one.day, at: at(one.at) };
    case 'one-minute':
      return { step: one.kind };
    case 'expiry':
      return { step: one.kind, expiry: one.expiry, to: at(one.to) };
  }
}

/** The loan that an item is on, by the figures that were used when it was made (CONF-03). */
function loanFields({ loan }: RulesAnswer, { timeZone }: Zone): Record<string, unknown> | null {
  if (!loan) return null;
  const { loanedAt, due, ruleRow, networkVersion } = loan;
  const times = { loaned: localText(loanedAt, timeZone), due: localText(due, timeZone) };
  return { ...times, ...present({ row: ruleRow === null ? null : ruleRow + 1 }), version: networkVersion };
}

/**
 * The terms of use (CONF-03): `loanable, renewable, requestable, period, max, grace` (days), `due` with its `steps`, and the
 * row that `matched`: its table, its number from 1, and what it says; absent where no row speaks for the item (BLK-11).
 * `later`: the rows that match further down, and what each would have said. `late`: what lateness costs, and the notices.
 */
export function rulesResult(answer: RulesAnswer | Refusal, network: Zone): PlainResult {
  if (answer.kind !== 'rules') return failureResult(answer);
  const { terms, rule, rows, due, shortened, graceDays, mayBorrow, networkVersion, penalties, cycle } = answer;
  const { daysPerDayLate, maxDays } = penalties;
  const [, ...further] = rows;
  return {
    ...termsFields(terms),
    mayBorrow,
    grace: graceDays,
    due: localText(due.due, network.timeZone),
    steps: due.steps.map((one) => stepFields(one, network)),
    ...present({ shortened: shortened && localText(shortened.due, network.timeZone) }),
    ...(rule && terms.row !== null ? { matched: { table: 'loanRules', row: terms.row + 1, ...rowFields(rule) } } : {}),
    later: further.map((one) => ({ row: (one.row ?? 0) + 1, ...termsFields(one) })),
    requestLimit: answer.requestLimit,
    late: { grace: graceDays, daysPerDayLate, ...present({ maxDays, cycle }) },
    ...present({ loan: loanFields(answer, network) }),
    version: networkVersion,
  };
}
