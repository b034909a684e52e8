import { clearanceNumber } from '../circulation/letters.ts';
import type { ClearanceFacts, IdentityFacts, Letter, LetterPatron, PlainCode } from '../circulation/letters.ts';
import { PASSWORD_PARTS } from '../circulation/passwords.ts';
import { datesIn } from '../language/dates.ts';
import type { Dates } from '../language/dates.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { LetterWords } from '../language/letter-words.ts';
import { centred, clean, hanging, labelled, rule } from './layout.ts';
import { languageOfPatron } from './paper.ts';
import type { PaperColumns } from './paper.ts';

/** A letter as text: its paragraphs, not broken into lines yet; an empty one is space. */
export type LetterText = { readonly subject: string; readonly lines: readonly string[] };

/** What a letter is written with: the words of its language, dates of the network's time zone. */
type Pen = { readonly words: LetterWords; readonly dates: Dates };

const penFor = (language: Language, timeZone: string): Pen => ({
  words: wordsIn(language).letters,
  dates: datesIn(language, timeZone),
});

const fullName = ({ firstName, lastName }: LetterPatron): string => clean(`${firstName} ${lastName}`);

/** `A, B et C`. */
const together = (parts: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

/** Who a clearance is about, as labels and values. */
export function clearancePairs(facts: ClearanceFacts, language: Language): [string, string][] {
  const { words, dates } = penFor(language, 'UTC');
  const { label } = words.clearance;
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
  const { words, dates } = penFor(language, 'UTC');
  const { statement, scope, dated } = words.clearance;
  const authority = facts.authority === null ? null : clean(facts.authority);
  const day = dates.day(facts.day);
  return {
    statement: statement(authority, day),
    scope,
    dated: dated(facts.place === null ? null : clean(facts.place), day),
    signed: authority ?? clean(facts.network),
  };
}

function clearanceText(facts: ClearanceFacts, { words }: Pen, language: Language): LetterText {
  const { statement, scope, dated, signed } = clearanceSaid(facts, language);
  const pairs = clearancePairs(facts, language).map(([label, value]) => words.pair(label, value));
  return {
    subject: words.clearance.subject(clearanceNumber(facts)),
    lines: [
      words.greeting(fullName(facts.patron)),
      '',
      words.clearance.intro,
      '',
      ...pairs,
      '',
      statement,
      scope,
      '',
      dated,
      signed,
    ],
  };
}

/** What stands around the code of an identity message. */
function identityLines(facts: IdentityFacts, { words, dates }: Pen, language: Language, code?: PlainCode): string[] {
  const { identity, passwordParts } = words;
  const parts = PASSWORD_PARTS.map((part) => passwordParts[part]);
  return [
    code ? identity.once(dates.dated(code.expires)) : identity.onceFrom,
    identity.how(clean(facts.patron.identifier)),
    identity.rule(together(parts, language)),
  ];
}

function identityText(facts: IdentityFacts, pen: Pen, language: Language, code?: PlainCode): LetterText {
  const { identity, greeting } = pen.words;
  return {
    subject: identity.subject,
    lines: [
      greeting(fullName(facts.patron)),
      '',
      identity.intro,
      '',
      code?.code ?? identity.hidden,
      '',
      ...identityLines(facts, pen, language, code),
      '',
      identity.notYou,
      '',
      clean(facts.network),
    ],
  };
}

/**
 * A letter as text, in its own language (LET-01), made from its facts. `code`: of an identity message that leaves now;
 * without it the message says that its code is known to its reader only.
 */
export function letterText(
  letter: Letter,
  { timeZone, code }: { readonly timeZone: string; readonly code?: PlainCode },
): LetterText {
  const language = languageOfPatron(letter.language);
  const pen = penFor(language, timeZone);
  const text =
    letter.kind === 'quitus'
      ? clearanceText(letter.facts, pen, language)
      : identityText(letter.facts, pen, language, code);
  return letter.again ? { ...text, subject: pen.words.again(text.subject) } : text;
}

/** How wide the paper is, and in which time zone it is read. */
export type LetterPaper = { readonly columns: PaperColumns; readonly timeZone: string };

/** A clearance for the desk's printer (QUI-02). */
function clearanceOnPaper(facts: ClearanceFacts, { columns }: LetterPaper, language: Language): string[] {
  const { statement, scope, dated, signed } = clearanceSaid(facts, language);
  return [
    ...centred(clean(facts.network), columns),
    '',
    ...centred(wordsIn(language).letters.clearance.title, columns),
    rule(columns),
    ...labelled(clearancePairs(facts, language), columns),
    rule(columns),
    ...hanging('', statement, columns),
    ...hanging('', scope, columns),
    '',
    ...hanging('', dated, columns),
    ...hanging('', signed, columns),
  ];
}

/** The slip of an identity message (USR-11): its code stands alone, where it can be read and typed. */
function identityOnPaper(
  facts: IdentityFacts,
  { columns, timeZone }: LetterPaper,
  language: Language,
  code?: PlainCode,
): string[] {
  const pen = penFor(language, timeZone);
  const { identity } = pen.words;
  return [
    ...centred(clean(facts.network), columns),
    '',
    ...centred(identity.title, columns),
    rule(columns),
    ...hanging('', fullName(facts.patron), columns),
    '',
    ...hanging('', identity.intro, columns),
    '',
    ...centred(code?.code ?? identity.hidden, columns),
    '',
    ...identityLines(facts, pen, language, code).flatMap((line) => hanging('', line, columns)),
    rule(columns),
  ];
}

/** A letter for the desk's printer, in its own language; `code` as for `letterText`. */
export function letterOnPaper(letter: Letter, paper: LetterPaper, code?: PlainCode): string[] {
  const language = languageOfPatron(letter.language);
  return letter.kind === 'quitus'
    ? clearanceOnPaper(letter.facts, paper, language)
    : identityOnPaper(letter.facts, paper, language, code);
}
