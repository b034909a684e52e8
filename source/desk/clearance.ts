import { clearanceObstacles, KIOSK_CLEARANCE } from '../circulation/clearance.ts';
import type { ClearanceObstacle } from '../circulation/clearance.ts';
import type { ClearanceFacts } from '../circulation/letters.ts';
import { LONGEST_NOTE, noteDay, tidyNote } from '../circulation/notes.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { PatronView } from '../records/patrons.ts';
import { letterPatron } from './identity-message.ts';
import { addressesOf, givenAddress, preferredAddress } from './letter-address.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** How many open loans an obstacle names; the number of them all is said too. */
const NAMED_LOANS = 20;

/** The clearance that was given last: its letter can be sent and printed again. */
export type PreviousClearance = {
  readonly clearance: number;
  /** Null: the letter has been purged. */
  readonly letter: number | null;
  readonly at: 'desk' | 'kiosk';
  readonly issuedAt: Instant;
  readonly address: string | null;
};

/** What stands against a clearance, and what does not but may be worth a word. */
export type Judged = {
  readonly obstacles: readonly ClearanceObstacle[];
  /** They do not stand against it: the rule does not name them (QUI-01). */
  readonly openRequests: number;
  readonly previous: PreviousClearance | null;
};

/** What stands against a clearance for a patron, as everything is now (QUI-01). */
export async function judge({ records, network, now }: Desk, patronId: number): Promise<Judged> {
  const { timeZone } = network;
  const counts = await records.loans.counts(patronId, now, 0);
  const count = counts.reduce((sum, one) => sum + one.count, 0);
  const late = counts.reduce((sum, one) => sum + one.late, 0);
  const window = { offset: 0, limit: NAMED_LOANS };
  const loans = count === 0 ? [] : await records.loans.ofPatron(patronId, 'due', window);
  const first = loans.map(({ barcode, title, library, due, lateFrom }) => ({ barcode, title, library, due, lateFrom }));
  const blocks = await records.blocks.standing(patronId, dayOf(now, timeZone));
  const general = await records.patronRecord.general(patronId);
  const deactivated = general?.status === 'inactive' && general.deactivatedBecause === KIOSK_CLEARANCE;
  const latest = await records.clearances.latest(patronId);
  const { open } = await records.requests.countsOfPatron(patronId);
  return {
    obstacles: clearanceObstacles({ now, timeZone, loans: { count, late, first }, blocks, deactivated }),
    openRequests: open,
    previous: latest
      ? {
          clearance: latest.id,
          letter: latest.letter,
          at: latest.at,
          issuedAt: latest.issuedAt,
          address: latest.address,
        }
      : null,
  };
}

export type ClearanceCheck =
  | ({
      readonly kind: 'clearance-check';
      readonly patron: PatronView;
      /** Where the letter would go; null: it is printed. */
      readonly address: string | null;
      /** All of the patron's real addresses, the preferred one first. */
      readonly addresses: readonly string[];
    } & Judged)
  | Refusal;

/** Whether somebody is quits with all libraries of the network, and if not, everything that is missing (QUI-01). */
export const checkClearance = action(
  'check-clearance',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, request: { readonly patron: number | string }): Promise<ClearanceCheck> => {
    const { records } = desk;
    const key = request.patron;
    const id = typeof key === 'number' ? key : await records.patrons.idByIdentifier(key);
    const patron = id === undefined ? undefined : await records.patrons.byId(id);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(key) };
    const address = await preferredAddress(desk, patron.id);
    const addresses = await addressesOf(desk, patron.id);
    return { kind: 'clearance-check', patron, address, addresses, ...(await judge(desk, patron.id)) };
  },
);

export type ClearanceRequest =
  | {
      readonly patron: number | string;
      readonly at: 'desk';
      /** For this letter; absent: the preferred one; null: none, on paper only. */
      readonly email?: string | null;
      /** Stands behind the note on the record. */
      readonly note?: string;
    }
  /** By the patron's own card number: to the preferred address, which cannot be changed there (manual XII.3). */
  | { readonly patron: number | string; readonly at: 'kiosk' };

export type ClearanceIssued =
  | {
      readonly kind: 'issued';
      readonly clearance: number;
      readonly letter: number;
      /** Null: there is none; print it. */
      readonly address: string | null;
      /** The block at the desk; at a kiosk the record is made inactive instead. */
      readonly block: number | null;
      readonly facts: ClearanceFacts;
      /** The patron's preferred one. */
      readonly language: string;
      readonly openRequests: number;
    }
  | ({ readonly kind: 'not-clear' } & Judged)
  | Refusal;

/** Where the letter goes, or what is wrong with the address. */
async function addressFor(desk: Desk, patronId: number, request: ClearanceRequest): Promise<string | null | Refusal> {
  if (request.at === 'kiosk' || request.email === undefined) return preferredAddress(desk, patronId);
  if (request.email === null) return null;
  const given = givenAddress(desk, request.email);
  return 'kind' in given ? given : given.address;
}

function factsOf({ network, now }: Desk, patron: PatronView, number: number): ClearanceFacts {
  const { clearance, name, timeZone } = network;
  return {
    number,
    patron: { ...letterPatron(patron), birthDay: patron.birthDay },
    issuedAt: now,
    day: dayOf(now, timeZone),
    authority: clearance?.authority ?? null,
    place: clearance?.place ?? null,
    network: name,
  };
}

/** At the desk nothing can be borrowed any more: a block that nobody overrides (BLK-02), until somebody takes it away. */
async function blockQuitus(desk: Desk, patronId: number, day: Day): Promise<number> {
  const { records, now, place } = desk;
  const library = place?.library ?? null;
  const block = { type: 'QUITUS' as const, library, until: null, note: [library, noteDay(day)].join(' ') };
  const by = { loanId: null, at: now, staffId: staffId(desk) };
  const id = await records.blocks.add({ patronId, ...block, ...by });
  await recordAbout(desk, 'block-set', patronId, { block: id, ...block });
  return id;
}

/** At a kiosk the record is made inactive instead (QUI-03); what the card system said last stays known, see QUI-04. */
async function deactivate(desk: Desk, patronId: number): Promise<void> {
  const { records, now } = desk;
  const before = await records.patronRecord.locked(patronId);
  if (!before) throw new Error(`patron ${patronId} has gone while they were locked`);
  const after = { status: 'inactive', deactivatedAt: now, deactivatedBecause: KIOSK_CLEARANCE } as const;
  await records.patronRecord.change(before, after);
  const { status, deactivatedAt, deactivatedBecause } = before;
  await recordAbout(desk, 'patron-changed', patronId, { before: { status, deactivatedAt, deactivatedBecause }, after });
}

/** The note that names the address (QUI-02, QUI-03): `QUITUS sci 09/02/2026 : ana@example.org`; stored text like the block's. */
async function noteAddress(desk: Desk, patronId: number, words: readonly (string | null)[]): Promise<void> {
  const text = words.filter((one) => one !== null && one !== '').join(' ');
  const note = { text, type: 'general', popup: false, visible: false };
  const by = { at: desk.now, staffId: staffId(desk) };
  const id = await desk.records.patronNotes.add(patronId, note, by);
  await recordAbout(desk, 'note-added', patronId, { note: id, after: note });
}

/**
 * Writes everything that a clearance is made of: its letter, the block or the end of the record, the note, the event. Nothing
 * may stand against it (`judge`), and the patron is locked.
 */
export async function issue(
  desk: Desk,
  patron: PatronView,
  { at, address, remark }: { readonly at: 'desk' | 'kiosk'; readonly address: string | null; readonly remark: string },
): Promise<Omit<Extract<ClearanceIssued, { kind: 'issued' }>, 'kind' | 'openRequests'>> {
  const { records, now, place } = desk;
  const library = at === 'desk' ? (place?.library ?? null) : null;
  const by = { issuedAt: now, staffId: staffId(desk) };
  const clearance = await records.clearances.add({ patronId: patron.id, at, library, ...by });
  const facts = factsOf(desk, patron, clearance);
  const { language, id: patronId } = patron;
  const cause = `clearance:${clearance}`;
  const who = { patronId, library, language, address, at: now, staffId: staffId(desk) };
  const { id: letter } = await records.letters.queue({ kind: 'quitus', cause, facts, ...who });
  const block = at === 'desk' ? await blockQuitus(desk, patronId, facts.day) : null;
  if (at === 'kiosk') await deactivate(desk, patronId);
  await records.clearances.belongs(clearance, letter, block);
  const written = address === null ? null : `: ${address}`;
  const said = remark === '' ? null : `· ${remark}`;
  await noteAddress(desk, patronId, ['QUITUS', library, noteDay(facts.day), written, said]);
  await recordAbout(desk, 'clearance-issued', patronId, { clearance, at, letter, address });
  return { clearance, letter, address, block, facts, language };
}

/**
 * Gives a clearance, in one transaction what the manual does in twelve steps (QUI-02, XII.2): letter, block `QUITUS` with
 * library code and date, note with the address, audit. At a kiosk the record is made inactive instead of blocked (QUI-03).
 * `not-clear`: what is missing (QUI-01), or that it was given already. Invalid: `email`, `note`. Open requests stay.
 */
export const issueClearance = action(
  'issue-clearance',
  { permission: 'issue-clearances' },
  async (desk: Desk, request: ClearanceRequest): Promise<ClearanceIssued> => {
    const { records, place } = desk;
    if (request.at === 'desk' && place?.kind !== 'desk')
      return { kind: 'not-permitted', permission: 'issue-clearances', needs: 'desk' };
    const locked = await records.patrons.locked(request.patron);
    const patron = locked && (await records.patrons.byId(locked.id));
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const judged = await judge(desk, patron.id);
    if (judged.obstacles.length > 0) return { kind: 'not-clear', ...judged };
    const address = await addressFor(desk, patron.id, request);
    if (address !== null && typeof address === 'object') return address;
    const remark = tidyNote((request.at === 'desk' && request.note) || '');
    // Room for the rest of the note.
    if (remark.length > LONGEST_NOTE / 2)
      return { kind: 'invalid', path: 'note', problem: 'too-long', value: String(LONGEST_NOTE / 2) };
    const issued = await issue(desk, patron, { at: request.at, address, remark });
    return { kind: 'issued', ...issued, openRequests: judged.openRequests };
  },
);
