import type { LetterSaid, LetterState, PlainCode } from '../circulation/letters.ts';
import { GIVE_UP_AFTER, nextTry } from '../circulation/letter-tries.ts';
import type { NewEvent } from '../records/events.ts';
import type { AddressedLetter, TakenLetter } from '../records/letters.ts';
import type { Records } from '../records/records.ts';
import { issueCode, makeCode } from './one-time-codes.ts';
import type { MadeCode } from './one-time-codes.ts';
import type { PasswordCost } from './passwords.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Somebody else has it, it has left, or it need not leave any more. */
type NotWaiting = { readonly kind: 'not-waiting' };

/** A letter that leaves now. */
export type LeavingLetter = TakenLetter & {
  /** Of an identity message: in plain, here and nowhere else. */
  readonly code: PlainCode | null;
};

/** How much of a reason is kept. */
const LONGEST_ERROR = 500;

const failed = (
  desk: Desk,
  letter: Pick<AddressedLetter, 'id' | 'kind' | 'patronId'>,
  error: string,
): NewEvent<'letter-failed'> => {
  const by = { at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) };
  const data = { letter: letter.id, letterKind: letter.kind, error };
  return { ...by, kind: 'letter-failed', patronId: letter.patronId, data };
};

/** What is to leave now: `due` says whether there is anything, `identities` are taken one by one. */
export type DueLetters =
  | { readonly kind: 'due'; readonly due: number; readonly identities: readonly number[] }
  | Refusal;

/** Whether anything waits to leave (LET-05). Only reads. */
export const dueLetters = action(
  'due-letters',
  { permission: 'run-jobs', readOnly: true },
  async ({ records, now }: Desk, { most }: { readonly most: number }): Promise<DueLetters> => ({
    kind: 'due',
    due: await records.letters.due(now, most),
    identities: await records.letters.dueIdentities(now, most),
  }),
);

export type LettersLeaving = { readonly kind: 'leaving'; readonly letters: readonly LeavingLetter[] } | Refusal;

/**
 * Takes the letters that have waited longest from the queue, to send them (LET-05): nobody else takes them for `leaseFor`
 * milliseconds; should these tries be lost, they are taken up then. Identity messages are taken by `letterLeaves`.
 */
export const lettersLeave = action(
  'letters-leave',
  { permission: 'run-jobs' },
  async (
    { records, now }: Desk,
    { most, leaseFor }: { readonly most: number; readonly leaseFor: number },
  ): Promise<LettersLeaving> => {
    const taken = await records.letters.take(now, now + leaseFor, most);
    return { kind: 'leaving', letters: taken.map((one) => ({ ...one, code: null })) };
  },
);

export type LetterLeaving = ({ readonly kind: 'leaving' } & LeavingLetter) | NotWaiting | Refusal;

async function codeFor(
  records: Records,
  request: { readonly letter: number },
  cost: PasswordCost,
): Promise<MadeCode | null> {
  const letter = await records.letters.byId(request.letter);
  return letter?.kind === 'identity' ? makeCode(cost) : null;
}

/**
 * Takes one letter from the queue to send it (LET-05): nobody else takes it for `leaseFor` milliseconds; should this try be
 * lost, it is taken up then. The code of an identity message is made here, in the transaction that takes the letter, so that no
 * plain code is ever stored (USR-11); a later try makes another one.
 */
export const letterLeaves = action(
  'letter-leaves',
  { permission: 'run-jobs', prepare: codeFor },
  async (
    desk: Desk,
    request: { readonly letter: number; readonly leaseFor: number },
    made: MadeCode | null,
  ): Promise<LetterLeaving> => {
    const { records, now } = desk;
    const before = await records.letters.byId(request.letter);
    const patron = before?.patronId == null ? undefined : await records.patrons.locked(before.patronId);
    const delivery = await records.letters.locked(request.letter);
    if (!before || before.address === null || delivery?.state !== 'queued') return { kind: 'not-waiting' };
    if (delivery.nextAttemptAt !== null && delivery.nextAttemptAt > now) return { kind: 'not-waiting' };
    if (before.kind === 'identity' && patron?.kind !== 'internal') {
      // There is no account any more that its code could open.
      await records.letters.withdraw(before.id);
      return { kind: 'not-waiting' };
    }
    const attempt = await records.letters.begin(before.id, now + request.leaseFor);
    const code = made && patron ? await issueCode(desk, patron.id, made) : null;
    return { kind: 'leaving', letter: { ...before, address: before.address }, attempt, code };
  },
);

export type LetterLeft = { readonly kind: 'noted'; readonly state: LetterState } | NotWaiting | Refusal;

/**
 * Writes down what has come of a try: it has left, and what it said (LET-04); or why not: then it is tried again later,
 * unless that is final, or too late (`nextTry`). A failure of a try whose lease has been given to another one meanwhile changes nothing; that a letter has left
 * counts whoever sent it: nobody sends it once more.
 */
export const letterHasLeft = action(
  'letter-has-left',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: {
      readonly letter: number;
      readonly attempt: number;
      readonly said?: LetterSaid;
      readonly error?: string;
      readonly isFinal?: boolean;
    },
  ): Promise<LetterLeft> => {
    const { records, now } = desk;
    const { attempt, said, error, isFinal = false } = request;
    const delivery = await records.letters.locked(request.letter);
    const isStale = error !== undefined && delivery?.attempts !== attempt;
    const letter = delivery?.state === 'queued' && !isStale ? await records.letters.byId(request.letter) : undefined;
    if (!letter) return { kind: 'not-waiting' };
    const { id, kind: letterKind, patronId, address, channel } = letter;
    if (error !== undefined) {
      const retryAt = isFinal ? null : nextTry(attempt, letter.createdAt, now);
      await records.letters.notSent(id, error.slice(0, LONGEST_ERROR), retryAt);
      if (retryAt === null) await records.events.append(failed(desk, letter, error.slice(0, LONGEST_ERROR)));
      return { kind: 'noted', state: retryAt === null ? 'failed' : 'queued' };
    }
    const state = channel === 'paper' ? 'printed' : 'sent';
    await records.letters.done(id, state, now);
    if (said) await records.letters.keep(id, said);
    const by = { at: now, staffId: staffId(desk), desk: placeName(desk.place) };
    await records.events.append({ ...by, kind: 'letter-sent', patronId, data: { letter: id, letterKind, address } });
    return { kind: 'noted', state };
  },
);

/** Gives letters back that were taken and not tried: others take them at once. */
export const lettersStay = action(
  'letters-stay',
  { permission: 'run-jobs' },
  async (
    { records, now }: Desk,
    { letters }: { readonly letters: readonly { readonly id: number; readonly attempt: number }[] },
  ): Promise<{ kind: 'given-back' } | Refusal> => {
    await records.letters.giveBack(letters, now);
    return { kind: 'given-back' };
  },
);

export type GivenUp =
  | {
      readonly kind: 'given-up';
      readonly letters: readonly Pick<AddressedLetter, 'id' | 'kind'>[];
    }
  | Refusal;

/** Gives up on letters that have waited for a mail server for three days: they fail, and say why (LET-04). */
export const giveUpLetters = action(
  'give-up-letters',
  { permission: 'run-jobs' },
  async (desk: Desk, { error, most }: { readonly error: string; readonly most: number }): Promise<GivenUp> => {
    const before = desk.now - GIVE_UP_AFTER;
    const letters = await desk.records.letters.giveUp(before, desk.now, error.slice(0, LONGEST_ERROR), most);
    await desk.records.events.appendAll(letters.map((one) => failed(desk, one, error.slice(0, LONGEST_ERROR))));
    return { kind: 'given-up', letters: letters.map(({ id, kind }) => ({ id, kind })) };
  },
);
