import type { DueStep } from '../circulation/due.ts';
import type { Terms } from '../circulation/rules.ts';
import { consultRules } from '../desk/show.ts';
import type { RulesAnswer } from '../desk/show.ts';
import type { Saying } from '../language/desk-words.ts';
import { rulesResult } from '../training/results.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { sayingFor } from './outcomes.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

/** What a row says, in one line. */
function termsLine({ words }: Context, terms: Terms, say: Saying): string {
  const { desk, commands } = words;
  const { rules } = commands;
  const said = [
    ...(terms.loanable ? [] : [rules.notLoanable]),
    ...(terms.dueOn === null ? [] : [rules.fixed(say.dates.day(terms.dueOn))]),
    ...(terms.period === null || terms.dueOn !== null
      ? []
      : [rules.period(desk.period(terms.period), terms.max === null ? null : desk.period(terms.max))]),
    ...(terms.renewable || !terms.loanable ? [] : [rules.notRenewable]),
    ...(terms.requestable ? [] : [rules.notRequestable]),
  ];
  return said.join(' · ');
}

function stepLine({ words }: Context, step: DueStep, say: Saying): string {
  const { desk, commands } = words;
  const said = commands.rules.step;
  const { day, moment } = say.dates;
  switch (step.kind) {
    case 'period':
      return said.period(day(step.from), desk.period(step.period), day(step.to));
    case 'hours':
      return said.hours(step.hours, moment(step.at));
    case 'fixed':
      return said.fixed(day(step.day));
    case 'closed':
      return said.closed(day(step.day), step.because.kind === 'closure' ? step.because.name : null, day(step.to));
    case 'closed-hour':
      return said.closedHour(moment(step.at), moment(step.to));
    case 'closing':
      return said.closing(moment(step.at));
    case 'one-minute':
      return said.oneMinute;
    case 'expiry':
      return said.expiry(day(step.expiry), moment(step.to));
  }
}

/** The whole explanation (CONF-03): the row, what it says, what later rows would have said, the due date step by step. */
function explanation(context: Context, answer: RulesAnswer, say: Saying): string[] {
  const { rules } = context.words.commands;
  const { terms, networkVersion, rows, due, graceDays, mayBorrow } = answer;
  const later = rows.slice(1).map((one) => rules.laterRow(one.row ?? 0, termsLine(context, one, say)));
  return [
    ...(terms.row === null
      ? [rules.noRow(networkVersion)]
      : [rules.row(terms.row, networkVersion), `  ${termsLine(context, terms, say)}`]),
    ...(mayBorrow ? [] : [rules.mayNotBorrow]),
    rules.grace(graceDays),
    ...due.steps.map((step) => `  ${stepLine(context, step, say)}`),
    rules.due(say.dates.moment(due.due)),
    ...later,
  ];
}

/** `guichet rules --patron|--group … --item|--location …`: what the rules answer, and why. No loan is needed (CONF-03). */
export async function run(context: Context): Promise<Status> {
  const { options, words } = context;
  const given = (name: 'patron' | 'group' | 'item' | 'location' | 'material' | 'policy') => {
    const value = options.text(name);
    return value === undefined ? {} : { [name]: value };
  };
  const whom = { ...given('patron'), ...given('group') };
  const what = { ...given('item'), ...given('location') };
  if (Object.keys(whom).length !== 1 || Object.keys(what).length !== 1) throw misused(words.commands.usage.rulesNeeds);
  return withDatabase(context, {}, async (opened) => {
    if (opened.network === null) throw refused(words.commands.network.none);
    const request = { ...whom, ...what, ...given('material'), ...given('policy') };
    const answer = hoped(await opened.perform(COMMAND_LINE_SEAT, consultRules, request), words.commands.refusal);
    report(context, rulesResult(answer, opened), () => explanation(context, answer, sayingFor(context, opened)));
    return 0;
  });
}
