import type { LetterLoan } from '../circulation/letters.ts';
import type { Network } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { LettersFound, ListedLetter } from '../desk/letters-find.ts';
import { local, present } from './plain.ts';
import { failureResult } from './results.ts';
import type { PlainResult } from './results.ts';

/** What letters of any kind may be about; each kind has some of these. */
type About = {
  readonly loan?: LetterLoan;
  readonly loans?: readonly LetterLoan[];
  readonly returns?: readonly LetterLoan[];
  readonly libraries?: readonly { readonly loans: readonly LetterLoan[] }[];
  readonly requests?: readonly { readonly title: string }[];
  readonly title?: string;
  readonly dueDay?: string;
  readonly heldUntil?: string | null;
  readonly closing?: string | null;
  readonly reason?: string | null;
  readonly because?: string;
  readonly notRenewed?: readonly { readonly barcode: string; readonly reason: string }[];
  readonly job?: string;
  readonly counters?: Readonly<Record<string, number>>;
};

/** The loans that a letter names, in its order. */
const loansIn = ({ loan, loans, returns, libraries }: About): readonly LetterLoan[] =>
  loan ? [loan] : (loans ?? returns ?? libraries?.flatMap((one) => one.loans) ?? []);

/** Who a letter is from: as it left, else as it would leave now (LET-03). */
function senderOf({ sender, library }: ListedLetter, network: Network): string | undefined {
  return sender ?? network.libraries.find((one) => one.code === library)?.notices.sender ?? network.noReply;
}

function lineOf(letter: ListedLetter, network: Network): Record<string, unknown> {
  const { kind, patron, address, language, state, channel, library, night, error, subject, createdAt, replyTo } =
    letter;
  const facts = letter.facts as About;
  const loans = loansIn(facts);
  const titles = loans.length > 0 ? loans.map((one) => one.title) : (facts.requests?.map((one) => one.title) ?? []);
  const items = loans.map((one) => one.barcode);
  const title = facts.title ?? titles[0];
  const from = senderOf(letter, network);
  const on = network.libraries.find((one) => one.code === library)?.notices;
  const day = dayOf(createdAt, network.timeZone);
  const when = { day, date: day, at: local(createdAt, network), sent: local(letter.sentAt, network), night };
  const said = { subject, error, heldUntil: facts.heldUntil, closing: facts.closing, reason: facts.reason };
  const what = {
    item: items[0],
    items,
    title,
    titles: titles.length > 0 || title === undefined ? titles : [title],
    due: facts.dueDay ?? local(loans[0]?.due, network),
    dueDay: facts.dueDay,
    because: facts.because,
    notRenewed: facts.notRenewed,
    job: facts.job,
    counters: facts.counters,
  };
  const ways = { to: address, email: address, from, sender: from, replyTo: replyTo ?? on?.replyTo, channel };
  return present({ kind, patron, ...ways, language, state, library, ...when, ...what, ...said });
}

/**
 * Letters that have been written, with the fields of spec 8: `count, lines`, the oldest first. Each line has its `kind, patron,
 * to` (absent: it is printed)`, from, language, state` (`queued` until a mail server has taken it)`, library, day, at, items,
 * titles, due`. Those that need not leave any more are not counted.
 */
export function lettersResult(found: LettersFound, network: Network): PlainResult {
  if (found.kind !== 'letters') return failureResult(found);
  const lines = found.letters.map((one) => lineOf(one, network));
  return { count: found.total, kinds: found.letters.map((one) => one.kind), lines };
}
