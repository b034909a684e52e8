import { clearanceNumber } from '../circulation/letters.ts';
import type { ClearanceFacts } from '../circulation/letters.ts';
import { datesIn } from '../language/dates.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import { clean } from './layout.ts';

/** Who a clearance is about, as labels and values. */
export function clearancePairs(facts: ClearanceFacts, language: Language): [string, string][] {
  const dates = datesIn(language, 'UTC');
  const { label } = wordsIn(language).letters.clearance;
  const { patron } = facts;
  return [
    [label.name, clean(`${patron.lastName} ${patron.firstName}`)],
    [label.identifier, clean(patron.identifier)],
    [label.birthDate, patron.birthDay === null ? '' : dates.numeric(patron.birthDay)],
    [label.number, clearanceNumber(facts)],
  ].filter((pair): pair is [string, string] => pair[1] !== '');
}

/** What a clearance certifies, its date and place, and who certifies it. */
export function clearanceSaid(
  facts: ClearanceFacts,
  language: Language,
): { readonly statement: string; readonly scope: string; readonly dated: string; readonly signed: string } {
  const dates = datesIn(language, 'UTC');
  const { statement, scope, dated } = wordsIn(language).letters.clearance;
  const authority = facts.authority === null ? null : clean(facts.authority);
  const day = dates.day(facts.day);
  return {
    statement: statement(authority, day),
    scope,
    dated: dated(facts.place === null ? null : clean(facts.place), day),
    signed: authority ?? clean(facts.network),
  };
}
