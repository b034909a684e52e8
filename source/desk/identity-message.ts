import type { IdentityFacts, Letter, PlainCode } from '../circulation/letters.ts';
import type { PatronView } from '../records/patrons.ts';
import { preferredAddress } from './letter-address.ts';
import { issueCode, makeCode } from './one-time-codes.ts';
import type { MadeCode } from './one-time-codes.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What a letter calls a patron. */
export function letterPatron({ lastName, firstName, identifiers }: PatronView): IdentityFacts['patron'] {
  return { lastName, firstName, identifier: identifiers[0]?.value ?? '' };
}

/** The letter as it is stored. */
async function readBack({ records }: Desk, id: number): Promise<Letter> {
  const letter = await records.letters.byId(id);
  if (!letter) throw new Error(`letter ${id} was queued and is not there`);
  return letter;
}

/** The patron of a message, locked; `external`: their password is their institution's (manual XI.2). */
async function patronFor(desk: Desk, key: number | string): Promise<PatronView | { kind: 'external' } | Refusal> {
  const locked = await desk.records.patrons.locked(key);
  const patron = locked && (await desk.records.patrons.byId(locked.id));
  if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(key) };
  return patron.kind === 'external' ? { kind: 'external' } : patron;
}

const isPatron = (one: PatronView | { readonly kind: 'external' } | Refusal): one is PatronView => 'identifiers' in one;

/** Puts an identity message into the queue; its code is made when it leaves. Answers with the letter's number. */
export async function queueIdentity(
  desk: Desk,
  patron: PatronView,
  address: string | null,
  beginning = `identity:${patron.id}`,
): Promise<number> {
  const { records, network, now, place } = desk;
  const facts: IdentityFacts = { patron: letterPatron(patron), network: network.name };
  const { id } = await records.letters.queue({
    kind: 'identity',
    cause: await records.letters.freshCause(`${beginning}:${now}`),
    patronId: patron.id,
    library: place?.library ?? null,
    language: patron.language,
    address,
    facts,
    at: now,
    staffId: staffId(desk),
  });
  await recordAbout(desk, 'identity-message-queued', patron.id, { letter: id });
  return id;
}

export type IdentityMessage =
  | {
      /** `waiting`: one to that address has not left yet; nothing was done. */
      readonly kind: 'queued' | 'waiting';
      readonly letter: number;
      readonly address: string;
    }
  /** There is no address, or only the placeholder: print it. */
  | { readonly kind: 'no-address' }
  | { readonly kind: 'external' }
  | Refusal;

/** Sends the identity message to the preferred address (USR-11, manual IX.2.1.2): by a code in it the patron sets a password. */
export const sendIdentityMessage = action(
  'send-identity-message',
  { permission: 'set-passwords' },
  async (desk: Desk, request: { readonly patron: number | string }): Promise<IdentityMessage> => {
    const patron = await patronFor(desk, request.patron);
    if (!isPatron(patron)) return patron;
    const address = await preferredAddress(desk, patron.id);
    if (address === null) return { kind: 'no-address' };
    const [waiting] = await desk.records.letters.waiting(patron.id, 'identity', address);
    if (waiting) return { kind: 'waiting', letter: waiting.id, address };
    return { kind: 'queued', letter: await queueIdentity(desk, patron, address), address };
  },
);

/** Marks an identity message as printed, with a code made now; those that wait to be mailed would make it void. */
export async function printIdentity(
  desk: Desk,
  letter: number,
  patronId: number,
  made: MadeCode,
): Promise<{ readonly letter: Letter; readonly code: PlainCode }> {
  await desk.records.letters.done(letter, 'printed', desk.now);
  await desk.records.letters.cancel(patronId, 'identity');
  const code = await issueCode(desk, patronId, made);
  await recordAbout(desk, 'receipt-printed', patronId, { letter, letterKind: 'identity' });
  return { letter: await readBack(desk, letter), code };
}

export type IdentityPrinted =
  | {
      readonly kind: 'printed';
      readonly letter: Letter;
      /** In plain, here and nowhere else. */
      readonly code: PlainCode;
    }
  | { readonly kind: 'external' }
  | Refusal;

/** Makes a code now, for paper: for who has no e-mail, or wants it at once (USR-11). */
export const printIdentityMessage = action(
  'print-identity-message',
  { permission: 'set-passwords', prepare: async (_records, _request, cost) => makeCode(cost) },
  async (desk: Desk, request: { readonly patron: number | string }, made: MadeCode): Promise<IdentityPrinted> => {
    const patron = await patronFor(desk, request.patron);
    if (!isPatron(patron)) return patron;
    const letter = await queueIdentity(desk, patron, null);
    return { kind: 'printed', ...(await printIdentity(desk, letter, patron.id, made)) };
  },
);
