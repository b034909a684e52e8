import { LONGEST_IDENTIFIER } from '../circulation/registration.ts';
import type { Day } from '../circulation/time.ts';
import type { PatronView } from '../records/patrons.ts';
import type { Desk, Refusal } from './perform.ts';
import { isLocked, nameSubject, subjectFailed, terminalFailed, terminalWaits } from './sign-in-attempts.ts';
import type { Wait } from './sign-in-attempts.ts';

/** What somebody knows of themselves: a card number (any identifier), and the birth date that is in its record. */
export type Proof = { readonly card: string; readonly birthDay: Day };

/**
 * Nobody is told why: no such card, another birth date, none in the record, or too many tries. `wait`: this terminal takes
 * none for a while.
 */
export type NotProved = { readonly kind: 'not-found' } | Wait;

const NOT_FOUND: NotProved = { kind: 'not-found' };

/** A card number as it can be looked up. */
const cardOf = ({ card }: Proof): string => card.replaceAll('\0', '').slice(0, LONGEST_IDENTIFIER + 1);

async function viewOf({ records }: Desk, id: number) {
  const patron = await records.patrons.byId(id);
  return patron ? ({ kind: 'proved', patron } as const) : NOT_FOUND;
}

/**
 * Who is there at a kiosk, locked: who has signed in, whatever else is given; else whoever proves who they are. Nothing is
 * kept for the next step: each one proves it again, so that nobody who comes later can use it. False proofs are counted for
 * the card, whether it exists or not, and for the terminal; with the same work for all of them.
 */
export async function provePatron(
  desk: Desk,
  proof: Proof | undefined,
): Promise<{ readonly kind: 'proved'; readonly patron: PatronView } | NotProved | Refusal> {
  const { records, kiosk } = desk;
  if (!kiosk) return { kind: 'not-permitted', permission: null, needs: 'role' };
  if (kiosk.patron !== null) {
    const own = await records.patrons.locked(kiosk.patron);
    return own ? viewOf(desk, own.id) : NOT_FOUND;
  }
  const wait = await terminalWaits(desk);
  if (wait) return wait;
  if (!proof) return NOT_FOUND;
  const card = cardOf(proof);
  const subject = await nameSubject(desk, 'clearance', card);
  const found = await records.patrons.locked(card);
  const isLockedOut = await isLocked(desk, subject);
  if (found && found.birthDay !== null && found.birthDay === proof.birthDay && !isLockedOut) {
    await records.signInAttempts.clear(subject);
    return viewOf(desk, found.id);
  }
  await subjectFailed(desk, subject);
  await terminalFailed(desk);
  return NOT_FOUND;
}
