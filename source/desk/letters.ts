import type { Letter, LetterKind, LetterLine, PlainCode } from '../circulation/letters.ts';
import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import { AGAIN } from '../records/letters.ts';
import type { Window } from '../records/loans.ts';
import type { Records } from '../records/records.ts';
import { printIdentity, queueIdentity } from './identity-message.ts';
import { givenAddress, preferredAddress } from './letter-address.ts';
import { makeCode } from './one-time-codes.ts';
import type { MadeCode } from './one-time-codes.ts';
import type { PasswordCost } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';

export type { Letter, LetterLine } from '../circulation/letters.ts';

export type PatronLetters =
  | { readonly kind: 'letters'; readonly total: number; readonly lines: readonly LetterLine[] }
  | Refusal;

/** A window of a patron's letters of the last 365 days (USR-07, LET-04), or as many as the network keeps; the newest first. */
export const listLetters = action(
  'list-letters',
  { permission: 'view-patrons', readOnly: true },
  async (
    { records, network, now }: Desk,
    { patron, window }: { readonly patron: number; readonly window: Window },
  ): Promise<PatronLetters> => {
    const { timeZone, keepLettersDays } = network;
    const since = instantOf(addDays(dayOf(now, timeZone), -keepLettersDays), 0, timeZone);
    const total = await records.letters.count(patron, since);
    return { kind: 'letters', total, lines: await records.letters.ofPatron(patron, since, window) };
  },
);

type Gone = { readonly kind: 'gone' };
export type LetterRead = { readonly kind: 'letter'; readonly letter: Letter } | Gone | Refusal;

/** A letter with the facts that its text is made of. `gone`: there is none of that number (any more). */
export const readLetter = action(
  'read-letter',
  { permission: 'view-patrons', readOnly: true },
  async ({ records }: Desk, request: { readonly letter: number }): Promise<LetterRead> => {
    const letter = await records.letters.byId(request.letter);
    return letter ? { kind: 'letter', letter } : { kind: 'gone' };
  },
);

/** The letter, its patron locked first as by everything that concerns them; undefined: it or they are gone. */
async function lettered({ records }: Desk, id: number): Promise<(Letter & { readonly patronId: number }) | undefined> {
  const before = await records.letters.byId(id);
  if (!before || before.patronId === null) return undefined;
  const patron = await records.patrons.locked(before.patronId);
  const locked = patron && (await records.letters.locked(id));
  const letter = locked && (await records.letters.byId(id));
  return letter && patron ? { ...letter, patronId: patron.id } : undefined;
}

/** Who may not set passwords sends or prints no codes either. */
function notPermitted({ staff, place }: Desk, kind: LetterKind): Refusal | undefined {
  if (kind !== 'identity' || isPermitted(staff.roles, 'set-passwords', place?.library ?? null)) return undefined;
  return { kind: 'not-permitted', permission: 'set-passwords', needs: 'role' };
}

export type SentAgain =
  | {
      /** `waiting`: the same letter to that address has not left yet; nothing was done. */
      readonly kind: 'queued' | 'waiting';
      readonly letter: number;
      readonly address: string;
    }
  | { readonly kind: 'no-address' }
  /** The patron has become a member of an institution: no code is sent. */
  | { readonly kind: 'external' }
  | Gone
  | Refusal;

/** Queues the same letter once more; the first one of a chain names the cause of all. */
export async function repeatLetter(
  desk: Desk,
  letter: Letter & { readonly patronId: number },
  address: string,
): Promise<SentAgain> {
  const { records, now } = desk;
  const beginning = `${AGAIN}${letter.id}`;
  const patron = await records.patrons.byId(letter.patronId);
  if (!patron) return { kind: 'gone' };
  if (letter.kind === 'identity') {
    if (patron.kind === 'external') return { kind: 'external' };
    return { kind: 'queued', letter: await queueIdentity(desk, patron, address, beginning), address };
  }
  const { kind, facts, language, patronId } = letter;
  const cause = await records.letters.freshCause(`${beginning}:${now}`);
  const { library } = letter;
  const copy = { kind, cause, patronId, library, language, address, facts, at: now, staffId: staffId(desk) };
  const { id } = await records.letters.queue(copy);
  await recordAbout(desk, 'letter-queued', patronId, { letter: id, letterKind: kind });
  return { kind: 'queued', letter: id, address };
}

/** Whether two letters say the same: of a clearance its number tells. */
const saysTheSame = (one: Letter, other: Letter): boolean =>
  one.kind !== 'quitus' || other.kind !== 'quitus' || one.facts.number === other.facts.number;

/**
 * Sends a letter again (LET-04) to the preferred address, or to the one that is given. One that has not left yet is not
 * doubled. An identity message gets a new code when it leaves.
 */
export const sendAgain = action(
  'send-letter-again',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: { readonly letter: number; readonly email?: string }): Promise<SentAgain> => {
    const letter = await lettered(desk, request.letter);
    if (!letter) return { kind: 'gone' };
    const refusal = notPermitted(desk, letter.kind);
    if (refusal) return refusal;
    const given = request.email === undefined ? undefined : givenAddress(desk, request.email);
    if (given && 'kind' in given) return given;
    const address = given?.address ?? (await preferredAddress(desk, letter.patronId));
    if (address === null) return { kind: 'no-address' };
    const waiting = await desk.records.letters.waiting(letter.patronId, letter.kind, address);
    const same = waiting.find((one) => saysTheSame(one, letter));
    return same ? { kind: 'waiting', letter: same.id, address } : repeatLetter(desk, letter, address);
  },
);

export type LetterPrinted =
  | {
      readonly kind: 'printed';
      readonly letter: Letter;
      /** Of an identity message: made now, in plain here and nowhere else. */
      readonly code: PlainCode | null;
    }
  | { readonly kind: 'external' }
  | Gone
  | Refusal;

/** Whether a letter's code has to be made, which is slow and holds nobody up here. */
async function codeFor(
  records: Records,
  request: { readonly letter: number },
  cost: PasswordCost,
): Promise<MadeCode | null> {
  const letter = await records.letters.byId(request.letter);
  return letter?.kind === 'identity' ? makeCode(cost) : null;
}

/**
 * Hands a letter over for the desk's printer (LET-04). One that waited for paper, or could not leave, is `printed` from then
 * on; one that is to be mailed still is. An identity message is printed with a new code, and those that wait are cancelled.
 */
export const printLetter = action(
  'print-letter',
  { permission: 'edit-patrons', prepare: codeFor },
  async (desk: Desk, request: { readonly letter: number }, made: MadeCode | null): Promise<LetterPrinted> => {
    const { records, now } = desk;
    const letter = await lettered(desk, request.letter);
    if (!letter) return { kind: 'gone' };
    const refusal = notPermitted(desk, letter.kind);
    if (refusal) return refusal;
    if (made !== null) {
      const patron = await records.patrons.byId(letter.patronId);
      if (patron?.kind !== 'internal') return { kind: 'external' };
      return { kind: 'printed', ...(await printIdentity(desk, letter.id, patron.id, made)) };
    }
    const isPaper = letter.state === 'failed' || (letter.state === 'queued' && letter.address === null);
    if (isPaper) await records.letters.done(letter.id, 'printed', now);
    await recordAbout(desk, 'receipt-printed', letter.patronId, { letter: letter.id, letterKind: letter.kind });
    return { kind: 'printed', letter: (await records.letters.byId(letter.id)) ?? letter, code: null };
  },
);
