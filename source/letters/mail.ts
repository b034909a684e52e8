import type { ClearanceFacts, IdentityFacts, Letter, LetterPatron, PlainCode } from '../circulation/letters.ts';
import type { Network } from '../circulation/network.ts';
import { PASSWORD_PARTS } from '../circulation/passwords.ts';
import { datesIn } from '../language/dates.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import { clearancePairs, clearanceSaid } from './clearance-said.ts';
import { centred, clean, hanging, labelled, rule } from './layout.ts';
import { viewOf } from './letter-view.ts';
import { languageOfPatron } from './paper.ts';
import type { PaperColumns } from './paper.ts';
import type { LetterTemplates } from './templates.ts';

/** Who writes a letter: a name, and the address that it is sent from (null: the network file has none). */
export type Sender = { readonly name: string; readonly address: string | null };

/** A letter in words, as it leaves. */
export type RenderedLetter = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sender: Sender;
  /** Null: nobody answers (LET-03), or it is the sender. */
  readonly replyTo: string | null;
  /** It repeats an earlier letter (LET-04). */
  readonly again: boolean;
};

/** What a letter is written with. `network` null: codes stand for names. */
export type LetterMeans = {
  readonly templates: LetterTemplates;
  readonly network: Network | null;
  readonly timeZone: string;
  /** Of an identity message that leaves now; without it the message hides its code. */
  readonly code?: PlainCode | undefined;
  readonly onPaper?: boolean;
};

/** Whose address a letter has: its library's; a letter over items of several, the network's, which nobody reads (LET-03). */
function senderOf(library: string | null, network: Network | null): { sender: Sender; replyTo: string | null } {
  const noReply = network?.noReply ?? null;
  const writer = network?.libraries.find((one) => one.code === library);
  if (!writer) return { sender: { name: clean(library ?? network?.name ?? ''), address: noReply }, replyTo: null };
  const { sender = noReply, replyTo = null } = writer.notices;
  return { sender: { name: clean(writer.name), address: sender }, replyTo };
}

/** Writes a letter in its own language from its facts (LET-01 to LET-03); nothing of what has left is looked at. */
export function renderLetter(letter: Letter, means: LetterMeans): RenderedLetter {
  const { templates, network, timeZone, code, onPaper } = means;
  const language = languageOfPatron(letter.language);
  const { kind, library, again } = letter;
  const view = viewOf(letter, { language, network, timeZone, code, onPaper: onPaper === true });
  const { subject, text, html } = templates.write({ kind, language, library }, view);
  const titled = again ? wordsIn(language).letters.again(subject) : subject;
  return { subject: titled, text, html, ...senderOf(library, network), again };
}

/** A letter as text: its lines, not broken yet; an empty one is space. */
export type LetterText = { readonly subject: string; readonly lines: readonly string[] };

/** A letter to be read on a screen: as it left, if it has (LET-04), else as it would now. */
export function letterText(letter: Letter, means: LetterMeans): LetterText {
  const { subject, text } = letter.said ?? renderLetter(letter, means);
  return { subject, lines: text.split('\n') };
}

/** How wide the paper is, and what the letter is written with. */
export type LetterPaper = LetterMeans & { readonly columns: PaperColumns };

const fullName = ({ firstName, lastName }: LetterPatron): string => clean(`${firstName} ${lastName}`);

/** A clearance for the desk's printer (QUI-02). */
function clearanceOnPaper(facts: ClearanceFacts, columns: PaperColumns, language: Language): string[] {
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
  const { identity, passwordParts } = wordsIn(language).letters;
  const parts = PASSWORD_PARTS.map((part) => passwordParts[part]);
  const together = new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
  const said = [
    code ? identity.once(datesIn(language, timeZone).dated(code.expires)) : identity.onceFrom,
    identity.how(clean(facts.patron.identifier)),
    identity.rule(together),
  ];
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
    ...said.flatMap((line) => hanging('', line, columns)),
    rule(columns),
  ];
}

/** A line of a letter on paper: what begins further right, or with a dash, goes on there. */
function lineOnPaper(line: string, columns: PaperColumns): string[] {
  const begin = /^\s*(?:- )?/u.exec(line)?.[0] ?? '';
  return line.trim() === '' ? [''] : hanging(begin, line.slice(begin.length), columns);
}

/** A letter for the desk's printer, in its own language; `code` as for `renderLetter`. What has left is printed as it left. */
export function letterOnPaper(letter: Letter, paper: LetterPaper, code?: PlainCode): string[] {
  const { columns } = paper;
  const language = languageOfPatron(letter.language);
  if (letter.kind === 'quitus') return clearanceOnPaper(letter.facts, columns, language);
  if (letter.kind === 'identity') return identityOnPaper(letter.facts, paper, language, code);
  const { subject, lines } = letterText(letter, { ...paper, onPaper: true });
  return [...centred(subject, columns), rule(columns), ...lines.flatMap((line) => lineOnPaper(line, columns))];
}
