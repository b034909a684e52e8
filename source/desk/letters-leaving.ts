import type { Letter, LetterState, PlainCode } from '../circulation/letters.ts';
import type { Instant } from '../circulation/time.ts';
import type { Records } from '../records/records.ts';
import { issueCode, makeCode } from './one-time-codes.ts';
import type { MadeCode } from './one-time-codes.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Somebody else has it, it has left, or it need not leave any more. */
type NotWaiting = { readonly kind: 'not-waiting' };

export type LetterLeaving =
  | {
      readonly kind: 'leaving';
      readonly letter: Letter & { readonly address: string };
      /** From 1. */
      readonly attempt: number;
      /** Of an identity message: in plain, here and nowhere else. */
      readonly code: PlainCode | null;
    }
  | NotWaiting
  | Refusal;

async function codeFor(records: Records, request: { readonly letter: number }): Promise<MadeCode | null> {
  const letter = await records.letters.byId(request.letter);
  return letter?.kind === 'identity' ? makeCode() : null;
}

/**
 * Takes a letter from the queue to send it (LET-05): nobody else takes it before `leaseUntil`; should this try be lost, it is
 * taken up then. The code of an identity message is made here, in the transaction that takes the letter, so that no plain
 * code is ever stored (USR-11); a later try makes another one.
 */
export const letterLeaves = action(
  'letter-leaves',
  { permission: 'run-jobs', prepare: codeFor },
  async (
    desk: Desk,
    request: { readonly letter: number; readonly leaseUntil: Instant },
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
    const attempt = await records.letters.begin(before.id, request.leaseUntil);
    const code = made && patron ? await issueCode(desk, patron.id, made) : null;
    return { kind: 'leaving', letter: { ...before, address: before.address }, attempt, code };
  },
);

export type LetterLeft = { readonly kind: 'noted'; readonly state: LetterState } | NotWaiting | Refusal;

/**
 * Writes down what has come of a try: it has left; or why not, and when it is tried again (null: never). A try whose lease
 * has been given to another one meanwhile changes nothing.
 */
export const letterHasLeft = action(
  'letter-has-left',
  { permission: 'run-jobs' },
  async (
    { records, now }: Desk,
    request: {
      readonly letter: number;
      readonly attempt: number;
      readonly error?: string;
      readonly retryAt?: Instant | null;
    },
  ): Promise<LetterLeft> => {
    const { letter, attempt, error, retryAt = null } = request;
    const delivery = await records.letters.locked(letter);
    if (delivery?.state !== 'queued' || delivery.attempts !== attempt) return { kind: 'not-waiting' };
    if (error === undefined) await records.letters.done(letter, 'sent', now);
    else await records.letters.notSent(letter, error, retryAt);
    return { kind: 'noted', state: (await records.letters.byId(letter))?.state ?? 'sent' };
  },
);
