import { PRINTER_KINDS } from '../../circulation/network.ts';
import { isDay } from '../../circulation/time.ts';
import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Spot } from './path.ts';
import { entriesOf, textOf, under } from './path.ts';
import { periodIn } from './values.ts';

const dayAt = (row: Spot, key: string): string | undefined => {
  const text = textOf(under(row, key));
  return text !== undefined && isDay(text) ? text : undefined;
};

function backwards(row: Spot): Finding[] {
  const from = dayAt(row, 'from');
  const to = dayAt(row, 'to');
  if (from === undefined || to === undefined || from <= to) return [];
  return [finding(under(row, 'to').path, { problem: 'to-before-from', found: to, from })];
}

/** What a loan rule may say besides what it matches on. */
const ANSWERS = ['loanable', 'renewable', 'requestable', 'period', 'max', 'dueOn'] as const;

function answerFindings(row: Spot): Finding[] {
  const has = (key: string): boolean => under(row, key).value !== undefined;
  const says = has('period') || has('dueOn') || under(row, 'loanable').value === false;
  if (has('mayBorrow')) {
    return ANSWERS.filter(has).map((key) =>
      finding(under(row, key).path, { problem: 'beside-may-borrow', found: key }),
    );
  }
  if (!says) {
    const allowed = ['period', 'dueOn', 'loanable: false', 'mayBorrow: false'];
    return [finding(row.path, { problem: 'row-says-nothing', allowed })];
  }
  return has('period') && has('dueOn') ? [finding(under(row, 'dueOn').path, { problem: 'period-and-due-date' })] : [];
}

function maximumFindings(row: Spot): Finding[] {
  const spot = under(row, 'max');
  const found = textOf(spot);
  const written = textOf(under(row, 'period'));
  if (found === undefined) return [];
  if (under(row, 'period').value === undefined) return [finding(spot.path, { problem: 'max-without-period' })];
  const max = periodIn(found);
  const period = written === undefined ? undefined : periodIn(written);
  if (!max || !period || written === undefined) return [];
  if (max.unit !== period.unit) return [finding(spot.path, { problem: 'max-other-unit', found, period: written })];
  return max.count < period.count ? [finding(spot.path, { problem: 'max-shorter', found, period: written })] : [];
}

/** LOAN-04: a fixed due date needs an end, before itself. */
function dueDateFindings(row: Spot): Finding[] {
  if (under(row, 'dueOn').value === undefined) return [];
  const to = under(row, 'to');
  if (to.value === undefined) return [finding(to.path, { problem: 'missing-key', allowed: ['text'] })];
  const dueOn = dayAt(row, 'dueOn');
  const last = dayAt(row, 'to');
  if (dueOn === undefined || last === undefined || last < dueOn) return [];
  return [finding(to.path, { problem: 'to-not-before-due', found: last, dueOn })];
}

/** CYC-01: each letter of a cycle leaves after the one before it. */
function cycleFindings(cycle: Spot): Finding[] {
  const overdue = under(cycle, 'overdue');
  const steps = entriesOf(overdue).flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const ascending = (numbers: readonly number[]): boolean =>
    numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? number));
  if (!ascending(steps)) return [finding(overdue.path, { problem: 'not-ascending', found: steps })];
  const bill = under(cycle, 'bill');
  if (typeof bill.value !== 'number' || ascending([...steps, bill.value])) return [];
  return [finding(bill.path, { problem: 'not-ascending', found: [...steps, bill.value] })];
}

/** A desk that is told to print in a way that it does not have (TUI-08). */
function printerFindings(desk: Spot): Finding[] {
  const printer = under(desk, 'printer');
  const use = textOf(under(printer, 'use'));
  const ways = PRINTER_KINDS.filter((kind) => {
    const { value } = under(printer, kind);
    return value !== undefined && value !== false;
  });
  if (use === undefined || !PRINTER_KINDS.some((kind) => kind === use) || ways.some((kind) => kind === use)) return [];
  return [finding(under(printer, 'use').path, { problem: 'not-one-of', found: use, allowed: ways })];
}

/** What the rows of a document say that cannot be meant, each where it stands (CONF-01, LOAN-04, CAL-01). */
export function rowFindings(root: Spot): Finding[] {
  const rules = entriesOf(under(root, 'loanRules'));
  const libraries = entriesOf(under(root, 'libraries'));
  return [
    ...libraries.flatMap((library) =>
      [...entriesOf(under(library, 'seasons')), ...entriesOf(under(library, 'closures'))].flatMap(backwards),
    ),
    ...libraries.flatMap((library) => entriesOf(under(library, 'desks')).flatMap(printerFindings)),
    ...rules.flatMap((row) => [
      ...answerFindings(row),
      ...maximumFindings(row),
      ...dueDateFindings(row),
      ...backwards(row),
    ]),
    ...entriesOf(under(root, 'cycles')).flatMap(cycleFindings),
  ];
}
