import { LETTERS_ON_PAPER } from '../circulation/letters.ts';
import type { LetterFacts, LetterKind } from '../circulation/letters.ts';
import { printerAddress } from '../circulation/network.ts';
import type { Day } from '../circulation/time.ts';
import type { NewEvent } from '../records/events.ts';
import type { Recipient } from '../records/letter-facts.ts';
import type { NewLetter } from '../records/letters.ts';
import { usableAddress } from './letter-address.ts';
import type { Desk } from './perform.ts';

/** Whom a letter is for; `email`: one that a letter can be sent to. */
export type LetterRecipient = Recipient;

/** A letter that is to be queued; who it is for is looked up for all of them at once. */
export type LetterDraft = {
  [Kind in LetterKind]: {
    readonly kind: Kind;
    /** Unique: one letter for a cause, whatever is tried again (LET-05). */
    readonly cause: string;
    readonly patronId: number;
    /** The library that owns what it is about, whose sender and footer it has (LET-03); null: the network. */
    readonly library: string | null;
    /** The business day of the night that writes it (CYC-02). */
    readonly night?: Day | null;
    /** Nothing is stored for who has no usable address: somebody is there who prints it (TAB-07). */
    readonly onlyByMail?: boolean;
    readonly facts: (recipient: LetterRecipient) => LetterFacts[Kind];
  };
}[LetterKind];

/** What has come of a draft. `id` null: nothing was stored, because the patron is gone or (`onlyByMail`) has no address. */
export type QueuedDraft = {
  readonly kind: LetterKind;
  readonly cause: string;
  readonly patronId: number;
  readonly id: number | null;
  /** False: there was a letter for this cause already. */
  readonly isNew: boolean;
  readonly state: 'queued' | 'failed' | 'none';
  readonly because: 'no-address' | 'no-patron' | null;
  readonly channel: 'mail' | 'paper';
  readonly address: string | null;
};

/** Why a letter could not be addressed; the words for it are the language's. */
export const NO_ADDRESS = 'no-address';

type Way = Pick<QueuedDraft, 'state' | 'because' | 'channel' | 'address'>;

/** How a letter travels (LET-06): a bill on paper; others by mail, or as its library wants it where there is no address. */
function wayOf({ network }: Desk, draft: LetterDraft, recipient: Recipient): Way {
  const library = network.libraries.find((one) => one.code === draft.library);
  const paper = { channel: 'paper', address: library ? printerAddress(library) : null } as const;
  const queued = { state: 'queued', because: null } as const;
  if (LETTERS_ON_PAPER.includes(draft.kind)) return { ...queued, ...paper };
  if (recipient.email !== null) return { ...queued, channel: 'mail', address: recipient.email };
  if (draft.onlyByMail === true) return { state: 'none', because: 'no-address', channel: 'mail', address: null };
  if (library?.letters?.withoutAddress === 'paper') return { ...queued, ...paper };
  return { state: 'failed', because: 'no-address', channel: 'mail', address: null };
}

/** A draft with how it travels, and the letter that is stored for it. */
type Prepared = { readonly draft: LetterDraft; readonly way: Way; readonly letter: NewLetter | null };

const GONE: Way = { state: 'none', because: 'no-patron', channel: 'mail', address: null };

function prepare(desk: Desk, draft: LetterDraft, recipient: Recipient | undefined): Prepared {
  if (!recipient) return { draft, way: GONE, letter: null };
  const { kind, cause, patronId, library, night = null } = draft;
  const way = wayOf(desk, draft, recipient);
  if (way.state === 'none') return { draft, way, letter: null };
  const { channel, address, state } = way;
  const by = { at: desk.now, staffId: desk.staff.id === 0 ? null : desk.staff.id };
  const about = { kind, cause, patronId, library, night, language: recipient.language, facts: draft.facts(recipient) };
  const letter = { ...about, ...by, channel, address, error: state === 'failed' ? NO_ADDRESS : null };
  return { draft, way, letter };
}

/** What the audit keeps of a letter that cannot leave. */
function failure(desk: Desk, { kind, patronId }: QueuedDraft, letter: number): NewEvent<'letter-failed'> {
  const data = { letter, letterKind: kind, error: NO_ADDRESS };
  const staffId = desk.staff.id === 0 ? null : desk.staff.id;
  const where = desk.place ? `${desk.place.library}/${desk.place.code}` : '-';
  return { at: desk.now, kind: 'letter-failed', staffId, desk: where, patronId, data };
}

/**
 * Queues letters in the transaction of the action that causes them (LET-05): looks up all recipients at once, decides how
 * each letter travels, stores them; a constant number of statements for some hundreds of letters, none for none. Answers
 * for each draft, in their order. Letters that cannot be addressed are stored as `failed` (LET-06).
 */
export async function queueLetters(desk: Desk, drafts: readonly LetterDraft[]): Promise<QueuedDraft[]> {
  if (drafts.length === 0) return [];
  const { letterFacts, letters, events } = desk.records;
  const found = await letterFacts.recipients(drafts.map((one) => one.patronId));
  const recipients = new Map(
    Array.from(found, ([id, one]) => [id, { ...one, email: usableAddress(desk.network, one.email) }]),
  );
  const prepared = drafts.map((draft) => prepare(desk, draft, recipients.get(draft.patronId)));
  const queued = await letters.queueAll(prepared.flatMap(({ letter }) => letter ?? []));
  const answers = prepared.map(({ draft, way, letter }): QueuedDraft => {
    const { kind, cause, patronId } = draft;
    const { id = null, isNew = false } = (letter && queued.get(cause)) ?? {};
    return { kind, cause, patronId, id, isNew, ...way };
  });
  await events.appendAll(
    answers.flatMap((one) =>
      one.state === 'failed' && one.isNew && one.id !== null ? [failure(desk, one, one.id)] : [],
    ),
  );
  return answers;
}
