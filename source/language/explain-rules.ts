import type { Due, DueStep } from '../circulation/due.ts';
import type { LoanRule, NoticeCycle, Penalties } from '../circulation/network.ts';
import type { Terms } from '../circulation/rules.ts';
import type { Instant } from '../circulation/time.ts';
import type { Saying } from './desk-words.ts';
import type { RulesWords } from './rules-words.ts';

/** What the rules answered for somebody and something, as plain data. */
export type RulesFacts = {
  readonly terms: Terms;
  /** The row that decided. */
  readonly rule: LoanRule | null;
  readonly mayBorrow: boolean;
  readonly rows: readonly Terms[];
  readonly due: Due;
  readonly shortened: Due | null;
  readonly graceDays: number;
  readonly penalties: Penalties;
  readonly cycle: NoticeCycle | null;
  readonly requestLimit: number;
  readonly networkVersion: number;
  /** The open loan of the item: by which row of which version it was made. */
  readonly loan: {
    readonly loanedAt: Instant;
    readonly due: Instant;
    readonly ruleRow: number | null;
    readonly networkVersion: number;
  } | null;
};

/** The three tabs of *Consult the rules* (CONF-03), as lines. */
export type RulesExplained = {
  readonly loan: readonly string[];
  readonly request: readonly string[];
  readonly late: readonly string[];
};

/** What is left for renewals: maximum period − period. */
function renewalOf(terms: Terms, words: RulesWords): string {
  if (!terms.renewable) return words.notRenewable;
  const extra = (terms.max?.count ?? 0) - (terms.period?.count ?? 0);
  return extra > 0
    ? words.renewable(words.duration({ unit: terms.max?.unit ?? 'days', count: extra }))
    : words.noRenewalLeft;
}

/** What a row says, in one line. */
function saysOf(terms: Terms, words: RulesWords, say: Saying): string {
  if (!terms.loanable) return words.notLoanable;
  const { period } = terms;
  const length =
    terms.dueOn !== null
      ? words.fixed(say.dates.day(terms.dueOn))
      : period
        ? words.period(words.duration(period), words.duration(terms.max ?? period))
        : '';
  return [length, renewalOf(terms, words), terms.requestable ? words.requestable : words.notRequestable]
    .filter((one) => one !== '')
    .join(' · ');
}

function stepOf(step: DueStep, words: RulesWords, say: Saying): string {
  const { day, moment } = say.dates;
  switch (step.kind) {
    case 'period':
      return words.step.period(day(step.from), words.duration(step.period), day(step.to));
    case 'hours':
      return words.step.hours(step.hours, moment(step.at));
    case 'fixed':
      return words.step.fixed(day(step.day));
    case 'closed':
      return words.step.closed(day(step.day), step.because.kind === 'closure' ? step.because.name : null, day(step.to));
    case 'closed-hour':
      return words.step.closedHour(moment(step.at), moment(step.to));
    case 'closing':
      return words.step.closing(moment(step.at));
    case 'one-minute':
      return words.step.oneMinute;
    case 'expiry':
      return words.step.expiry(day(step.expiry), moment(step.to));
  }
}

/** Rows are counted from 1 for people. */
const numberOf = (terms: Terms): number => (terms.row ?? 0) + 1;

/** Why a row matches: what it asks for, in its own codes. */
function matchLine(rule: LoanRule | null, words: RulesWords, say: Saying): string[] {
  if (!rule) return [];
  const { library, location, group, material, policy, from, to } = rule;
  const asked = Object.entries({ library, location, group, material, policy }).flatMap(([dimension, codes]) =>
    codes === undefined ? [] : [words.asks[dimension as keyof RulesWords['asks']](codes.join(', '))],
  );
  const day = (one: string | undefined): string | null => (one === undefined ? null : say.dates.day(one));
  const active = from === undefined && to === undefined ? [] : [words.active(day(from), day(to))];
  return [`  ${words.because([...asked, ...active])}`];
}

/** The loan as it was made: the figures that were used then (CONF-03). */
function loanLine({ loan }: RulesFacts, words: RulesWords, say: Saying): string[] {
  if (!loan) return [];
  const row = loan.ruleRow === null ? null : loan.ruleRow + 1;
  return [words.loan(say.dates.moment(loan.loanedAt), row, loan.networkVersion, say.dates.moment(loan.due))];
}

/** Says an answer of the rules: the row that decided, later rows, the due date step by step; requests; what lateness costs. */
export function explainRules(facts: RulesFacts, words: RulesWords, say: Saying): RulesExplained {
  const { terms, networkVersion, penalties, cycle } = facts;
  const decided = terms.row === null ? [words.noRow(networkVersion)] : [words.decided(numberOf(terms), networkVersion)];
  const why = matchLine(facts.rule, words, say);
  const says = terms.row === null ? [] : [`  ${saysOf(terms, words, say)}`];
  const cut = facts.shortened ? facts.shortened.steps.map((step) => `  ${stepOf(step, words, say)}`) : [];
  const later = facts.rows.slice(1).map((one) => `  ${words.later(numberOf(one), saysOf(one, words, say))}`);
  const cost = penalties.daysPerDayLate === 0 ? [words.noSuspension] : [words.rate(penalties.daysPerDayLate)];
  return {
    loan: [
      ...loanLine(facts, words, say),
      ...(facts.mayBorrow ? [] : [words.mayNotBorrow]),
      ...decided,
      ...why,
      ...says,
      words.dueTitle,
      ...facts.due.steps.map((step) => `  ${stepOf(step, words, say)}`),
      `  ${words.due(say.dates.moment(facts.due.due))}`,
      ...cut,
      ...(later.length > 0 ? [words.laterTitle, ...later] : [words.noLater]),
    ],
    request: [
      ...decided,
      ...why,
      `  ${terms.requestable ? words.requestable : words.notRequestable}`,
      words.requestLimit(facts.requestLimit),
    ],
    late: [
      words.grace(facts.graceDays),
      ...cost,
      ...(penalties.maxDays === undefined ? [] : [words.cap(penalties.maxDays)]),
      cycle ? words.cycle(cycle.code, cycle.courtesy, cycle.overdue, cycle.bill) : words.noCycle,
    ],
  };
}
