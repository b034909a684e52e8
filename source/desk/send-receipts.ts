import type { ActivityLetter, LetterFacts, LetterKind, LetterLoan, LetterPatron } from '../circulation/letters.ts';
import { preferredAddress } from './letter-address.ts';
import { recordAbout } from './patron-events.ts';
import { action, placeName } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { queueLetters } from './queue-letters.ts';
import type { LetterDraft } from './queue-letters.ts';
import { activityReport, loanReceipt, requestsReport, returnReceipt } from './receipts.ts';
import type { ReceiptLoan } from './receipts.ts';

/** Receipts and reports that a patron may be sent (TAB-07, TAB-09). */
export type ReceiptKind = Extract<
  LetterKind,
  'loan-receipt' | 'return-receipt' | 'activity-report' | 'requests-report'
>;

/** A letter's content, and whose it is: the library of all its items; null: they are of several (LET-03). */
type Content<Kind extends LetterKind> = {
  readonly library: string | null;
  readonly facts: Omit<LetterFacts[Kind], 'patron'>;
};
type Contents = { [Kind in ReceiptKind]: { readonly kind: Kind; readonly content: Content<Kind> } }[ReceiptKind];

/** A receipt to be sent: which one, whose, of which loans. */
type Asked = { readonly kind: ReceiptKind; readonly patron: number; readonly loans: readonly number[] };

const asLoan = ({ barcode, title, author, description, callNumber, library, ...loan }: ReceiptLoan): LetterLoan => {
  const { loanedAt, due, daysLate } = loan;
  return { barcode, title, author, description, callNumber, library: library.code, loanedAt, due, daysLate };
};

/** The one library of them all; null: there are several, or none. */
function onlyLibrary(codes: readonly string[]): string | null {
  const [only, ...others] = new Set(codes);
  return only === undefined || others.length > 0 ? null : only;
}

const ownerOf = (loans: readonly LetterLoan[]): string | null => onlyLibrary(loans.map(({ library }) => library));

/** What a receipt of loans, or of returns, says; null: there is nothing to say. */
async function receiptContent(desk: Desk, { kind, patron, loans: ids }: Asked): Promise<Contents | Refusal | null> {
  const base = { at: desk.now, desk: placeName(desk.place) };
  if (kind === 'loan-receipt') {
    const found = await loanReceipt.run(desk, { patron, loans: ids });
    if (found.kind !== 'loan-receipt') return found;
    const loans = found.loans.map(asLoan);
    return loans.length === 0 ? null : { kind, content: { library: ownerOf(loans), facts: { ...base, loans } } };
  }
  const found = await returnReceipt.run(desk, { patron, loans: ids });
  if (found.kind !== 'return-receipt') return found;
  const returns = found.loans.map((one) => ({ ...asLoan(one), returnedAt: one.returnedAt ?? desk.now }));
  if (returns.length === 0) return null;
  const facts = { ...base, returns, blockedUntil: found.blockedUntil };
  return { kind: 'return-receipt', content: { library: ownerOf(returns), facts } };
}

/** What a report says: also that there is nothing. */
async function reportContent(
  desk: Desk,
  kind: 'activity-report' | 'requests-report',
  patron: number,
): Promise<Contents | Refusal> {
  if (kind === 'activity-report') {
    const found = await activityReport.run(desk, { patron });
    if (found.kind !== 'activity') return found;
    const libraries: ActivityLetter['libraries'] = found.libraries.map(({ library, loans }) => ({
      library: library.code,
      loans: loans.map(asLoan),
    }));
    const library = onlyLibrary(libraries.map((one) => one.library));
    return { kind, content: { library, facts: { at: desk.now, libraries } } };
  }
  const found = await requestsReport.run(desk, { patron });
  if (found.kind !== 'requests-report') return found;
  const requests = found.lines.map(({ title, author, description, pickup, placedAt, state, heldUntil }) => {
    return { title, author, description, pickup, placedAt, state, heldUntil };
  });
  const library = onlyLibrary(requests.map((one) => one.pickup));
  return { kind, content: { library, facts: { at: desk.now, requests } } };
}

const contentOf = async (desk: Desk, asked: Asked): Promise<Contents | Refusal | null> =>
  asked.kind === 'activity-report' || asked.kind === 'requests-report'
    ? reportContent(desk, asked.kind, asked.patron)
    : receiptContent(desk, asked);

/** A letter of that content, whoever it is for. */
function draftOf({ kind, content }: Contents, patronId: number, cause: string): LetterDraft {
  const facts = ({ patron }: { readonly patron: LetterPatron }) => ({ ...content.facts, patron });
  return { kind, cause, patronId, library: content.library, onlyByMail: true, facts } as LetterDraft;
}

export type SentReceipt =
  | {
      readonly kind: 'queued';
      readonly letter: number;
      readonly letterKind: ReceiptKind;
      readonly address: string;
    }
  /** Nobody can be written to: it is printed at the desk (TAB-07). */
  | { readonly kind: 'no-address'; readonly letterKind: ReceiptKind }
  /** There is nothing to be said. */
  | { readonly kind: 'nothing'; readonly letterKind: ReceiptKind };

/** Queues a receipt for a patron's preferred address. */
async function send(desk: Desk, asked: Asked): Promise<SentReceipt | Refusal> {
  const { patron, kind: letterKind } = asked;
  const content = await contentOf(desk, asked);
  if (content === null) return { kind: 'nothing', letterKind };
  if (!('content' in content)) return content;
  if ((await preferredAddress(desk, patron)) === null) return { kind: 'no-address', letterKind };
  const cause = await desk.records.letters.freshCause(`${letterKind}:${patron}:${desk.now}`);
  const [queued] = await queueLetters(desk, [draftOf(content, patron, cause)]);
  if (queued?.id == null || queued.address === null) return { kind: 'no-address', letterKind };
  await recordAbout(desk, 'receipt-asked', patron, { letter: queued.id, letterKind });
  return { kind: 'queued', letter: queued.id, letterKind, address: queued.address };
}

/** Sends the receipt of loans, or of returns, to the patron's preferred address (TAB-07); `no-address`: print it. */
export const sendReceipt = action(
  'send-receipt',
  { permission: 'print-receipts' },
  async (
    desk: Desk,
    request: { readonly patron: number; readonly receipt: 'loan' | 'return'; readonly loans: readonly number[] },
  ): Promise<SentReceipt | Refusal> => {
    const kind = request.receipt === 'loan' ? 'loan-receipt' : 'return-receipt';
    return send(desk, { kind, patron: request.patron, loans: request.loans });
  },
);

/** Sends the report of everything on loan, or of all requests, to the patron's preferred address (TAB-09); `no-address`: print it. */
export const sendReport = action(
  'send-report',
  { permission: 'print-receipts' },
  async (
    desk: Desk,
    request: { readonly patron: number; readonly report: 'activity' | 'requests' },
  ): Promise<SentReceipt | Refusal> => {
    const kind = request.report === 'activity' ? 'activity-report' : 'requests-report';
    return send(desk, { kind, patron: request.patron, loans: [] });
  },
);

/** A patron session that ends: what was lent in it, and what came back. */
export type SessionEnd = {
  readonly patron: number;
  readonly loans: readonly number[];
  readonly returned: readonly number[];
};

/** The receipts that the desk's library gives by itself when a session ends (TAB-07), in the transaction that ends it. */
export async function automaticReceipts(desk: Desk, { patron, loans, returned }: SessionEnd): Promise<SentReceipt[]> {
  const receipts = desk.network.libraries.find(({ code }) => code === desk.place?.library)?.receipts;
  const asked: Asked[] = [];
  if (receipts?.loan === 'automatic' && loans.length > 0) asked.push({ kind: 'loan-receipt', patron, loans });
  if (receipts?.return === 'automatic' && returned.length > 0)
    asked.push({ kind: 'return-receipt', patron, loans: returned });
  const sent: SentReceipt[] = [];
  for (const one of asked) {
    const done = await send(desk, one);
    if ('letterKind' in done) sent.push(done);
  }
  return sent;
}
