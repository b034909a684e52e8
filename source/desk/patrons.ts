import { patronWarnings } from '../circulation/loan.ts';
import { blockedUntil } from '../circulation/penalties.ts';
import type { BlockCode } from '../circulation/blocks.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { PatronBlock } from '../records/blocks.ts';
import type { LoanOrder, LoanView, Window } from '../records/loans.ts';
import type { PatronNote } from '../records/patron-notes.ts';
import type { NewPatron, PatronLine, PatronView } from '../records/patrons.ts';
import { patronFacts } from './loan-facts.ts';
import { withLevels } from './lend.ts';
import type { OpenBlock, Override } from './lend.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isOpenRequest, requestCard } from './request-card.ts';
import type { OpenRequest } from './request-card.ts';
import { automaticReceipts } from './send-receipts.ts';
import type { SentReceipt } from './send-receipts.ts';
import { saysVerified } from './verify-record.ts';

/** Everything the patron pane shows (PAT-05). */
export type PatronPane = {
  readonly patron: PatronView;
  readonly loans: number;
  readonly late: number;
  /** Of the late loans, those of this desk's library. */
  readonly lateHere: number;
  readonly requests: number;
  readonly onShelfHere: number;
  readonly onShelfElsewhere: number;
  /** Those in force today; all of them: `listPatronBlocks`. */
  readonly blocks: readonly PatronBlock[];
  readonly blockedUntil: Day | null;
  /** The newest first; all of them, with deleted ones: `listPatronNotes`. */
  readonly notes: readonly PatronNote[];
  /** What opening the record warns of (PAT-04), with who may set it aside. */
  readonly warnings: readonly OpenBlock[];
  /**
   * Where the desk's library checks records and this one is the card system's: since when and by whom it has been verified,
   * null: not yet (USR-09). Absent: nobody asks.
   */
  readonly verified?: { readonly at: Instant; readonly by: string | null } | null;
};

/** Nobody reads more of them in a pane. */
const MOST_NOTES = 200;

/** What the pane says of the note *record verified* (USR-09): it is among those that the pane has read. */
function verifiedOf(
  { network, place }: Desk,
  patron: PatronView,
  notes: readonly PatronNote[],
): Pick<PatronPane, 'verified'> {
  const here = network.libraries.find((one) => one.code === place?.library);
  if (here?.checksRecords !== true || patron.kind !== 'external') return {};
  const first = notes.findLast((note) => saysVerified(network, note));
  return { verified: first ? { at: first.createdAt, by: first.createdBy } : null };
}

async function paneOf(desk: Desk, patron: PatronView): Promise<PatronPane> {
  const { records, network, now, place } = desk;
  const here = place?.library ?? null;
  const today = dayOf(now, network.timeZone);
  const counts = await records.loans.counts(patron.id, now, 0);
  const blocks = await records.blocks.inForce(patron.id, today);
  const facts = await patronFacts(desk, patron, counts, blocks);
  const requests = await records.requests.countsOfPatron(patron.id);
  const notes = await records.patronNotes.ofPatron(patron.id, { offset: 0, limit: MOST_NOTES });
  const shelved = (mine: boolean) =>
    requests.onShelf.filter((one) => (one.library === here) === mine).reduce((sum, one) => sum + one.count, 0);
  return {
    patron,
    loans: counts.reduce((sum, one) => sum + one.count, 0),
    late: facts.late.count,
    lateHere: counts.filter((one) => one.library === here).reduce((sum, one) => sum + one.late, 0),
    requests: requests.open,
    onShelfHere: shelved(true),
    onShelfElsewhere: shelved(false),
    blocks,
    blockedUntil: blockedUntil(network, blocks, today),
    notes,
    warnings: withLevels(desk, patronWarnings({ network, now, patron: facts })),
    ...verifiedOf(desk, patron, notes),
  };
}

export type OpenPatronOutcome = { readonly kind: 'opened'; readonly pane: PatronPane } | Refusal;

/** Opens a patron's record by id or by any identifier, exactly (PAT-01, PAT-04, PAT-05). Constant number of queries (TUI-12). */
export const openPatron = action(
  'open-patron',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, request: { patron: number | string }): Promise<OpenPatronOutcome> => {
    const key = request.patron;
    const id = typeof key === 'number' ? key : await desk.records.patrons.idByIdentifier(key);
    const patron = id === undefined ? undefined : await desk.records.patrons.byId(id);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(key) };
    return { kind: 'opened', pane: await paneOf(desk, patron) };
  },
);

export type OverrideRecordOutcome =
  | { readonly kind: 'overridden'; readonly codes: readonly BlockCode[] }
  | { readonly kind: 'blocked'; readonly blocks: readonly OpenBlock[] }
  | Refusal;

/** Sets the warnings of an opened record aside for the patron session (PAT-04, BLK-03, BLK-04), and records it (BLK-06). */
export const overrideRecord = action(
  'override-record',
  { permission: 'override', needsDesk: true },
  async (desk: Desk, request: { patron: number; override: Override }): Promise<OverrideRecordOutcome> => {
    const patron = await desk.records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const { warnings } = await paneOf(desk, patron);
    const { codes, reason = null } = request.override;
    const wanted = warnings.filter((one) => codes === 'all' || codes.includes(one.code));
    const refused = wanted.filter((one) => !one.mayOverride);
    if (refused.length > 0) return { kind: 'blocked', blocks: refused };
    const used = wanted.map((one) => ({ code: one.code, reason, automatic: false }));
    await desk.records.events.append(
      {
        at: desk.now,
        kind: 'record-overridden',
        staffId: staffId(desk),
        desk: placeName(desk.place),
        patronId: patron.id,
        data: { codes: used.map((one) => one.code) },
      },
      used,
    );
    return { kind: 'overridden', codes: wanted.map((one) => one.code) };
  },
);

export type ScanMeaning =
  | { readonly kind: 'meaning'; readonly patronId: number | null; readonly itemId: number | null }
  | Refusal;

/** What a scanned code can mean at this desk: on a clash the console asks, it never guesses (RET-08). */
export const meaningOfScan = action(
  'meaning-of-scan',
  { permission: 'view-patrons', readOnly: true },
  async ({ records }: Desk, request: { code: string }): Promise<ScanMeaning> => ({
    kind: 'meaning',
    ...(await records.patrons.meaningOf(request.code)),
  }),
);

export type PatronRequests =
  | { readonly kind: 'requests'; readonly total: number; readonly lines: readonly OpenRequest[] }
  | Refusal;

/** A window of a patron's open requests. */
export const listRequests = action(
  'list-requests',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, { patron, window }: { patron: number; window: Window }): Promise<PatronRequests> => {
    const { requests, requestRows } = desk.records;
    const { open: total } = await requests.countsOfPatron(patron);
    const lines = await requestRows.ofPatron(patron, window);
    return { kind: 'requests', total, lines: lines.map((row) => requestCard(desk, row)).filter(isOpenRequest) };
  },
);

export type PatronMatches =
  | { readonly kind: 'matches'; readonly total: number; readonly lines: readonly PatronLine[] }
  | Refusal;

/** Patrons whose names match what has been typed, accents and case ignored, any order (PAT-01); a window of them. */
export const findPatrons = action(
  'find-patrons',
  { permission: 'view-patrons', readOnly: true },
  async ({ records }: Desk, request: { text: string; window: Window }): Promise<PatronMatches> => ({
    kind: 'matches',
    ...(await records.patrons.search(request.text, request.window)),
  }),
);

/** The last five patrons handled at this desk, latest first (PAT-03). */
export const recentPatrons = action(
  'recent-patrons',
  { permission: 'view-patrons', needsDesk: true, readOnly: true },
  async ({ records, place }: Desk): Promise<PatronMatches> => {
    const ids = await records.events.recentPatrons(placeName(place), 5);
    const lines = await records.patrons.lines(ids);
    return { kind: 'matches', total: lines.length, lines };
  },
);

export type PatronLoans =
  | { readonly kind: 'loans'; readonly total: number; readonly lines: readonly LoanView[] }
  | Refusal;

/** A window of a patron's open loans (TAB-02); `only`: those of the session. */
export const listLoans = action(
  'list-loans',
  { permission: 'view-patrons', readOnly: true },
  async (
    { records, now }: Desk,
    request: { patron: number; order: LoanOrder; window: Window; only?: readonly number[] },
  ): Promise<PatronLoans> => {
    const counts = await records.loans.counts(request.patron, now, 0);
    const lines = await records.loans.ofPatron(request.patron, request.order, request.window, request.only);
    const all = counts.reduce((sum, one) => sum + one.count, 0);
    return { kind: 'loans', total: request.only ? lines.length : all, lines };
  },
);

/** A window of a patron's earlier loans, the latest return first (RET-05). */
export const listReturned = action(
  'list-returned',
  { permission: 'view-patrons', readOnly: true },
  async ({ records }: Desk, request: { patron: number; window: Window }): Promise<PatronLoans> => ({
    kind: 'loans',
    total: await records.loans.returnedCount(request.patron),
    lines: await records.loans.returnedOfPatron(request.patron, request.window),
  }),
);

export type SessionEnded = { readonly kind: 'ended'; readonly receipts: readonly SentReceipt[] } | Refusal;

/**
 * Ends a patron session: *Done*, another patron, or the automatic clear (TAB-07, TAB-08, BLK-03). Where the desk's library
 * gives receipts by itself, they are queued; `no-address` among them: the desk prints it.
 */
export const endSession = action(
  'end-session',
  { permission: 'end-session', needsDesk: true },
  async (
    desk: Desk,
    request: {
      patron: number;
      loans: readonly number[];
      /** Loans that came back while the record was open. */
      returned?: readonly number[];
      because: 'done' | 'next-patron' | 'idle' | 'left';
    },
  ): Promise<SessionEnded> => {
    const { patron, loans, returned = [], because } = request;
    await desk.records.events.append({
      at: desk.now,
      kind: 'session-ended',
      staffId: staffId(desk),
      desk: placeName(desk.place),
      patronId: patron,
      data: { loans, because, ...(returned.length > 0 ? { returned } : {}) },
    });
    return { kind: 'ended', receipts: await automaticReceipts(desk, { patron, loans, returned }) };
  },
);

export type PatronAdded = { readonly kind: 'added'; readonly id: number } | Refusal;

/** Makes a patron's record. Refused: no name, no identifier, one that somebody has, an unknown group, a day that is none. */
export const addPatron = action(
  'add-patron',
  { permission: 'add-patrons' },
  async (desk: Desk, request: NewPatron): Promise<PatronAdded> => {
    const { records, network, now } = desk;
    if (request.lastName.trim() === '') return { kind: 'invalid', path: 'lastName', problem: 'empty' };
    const values = request.identifiers.map((one) => one.value.trim());
    if (values.length === 0 || values.includes('')) return { kind: 'invalid', path: 'identifiers', problem: 'empty' };
    if (request.group !== null && !network.groups.some((one) => one.code === request.group)) {
      return { kind: 'invalid', path: 'group', problem: 'unknown-code', value: request.group };
    }
    for (const path of ['birthDay', 'expiry', 'purge'] as const) {
      const day = request[path];
      if (day && !isDay(day)) return { kind: 'invalid', path, problem: 'not-a-day', value: day };
    }
    const twice = values.find((one, at) => values.findIndex((other) => other.toUpperCase() === one.toUpperCase()) < at);
    const taken = twice ?? (await records.patrons.taken(values))[0];
    if (taken !== undefined) return { kind: 'invalid', path: 'identifiers', problem: 'taken', value: taken };
    const id = await records.patrons.add(request, now, staffId(desk));
    await records.events.append({
      at: now,
      kind: 'patron-added',
      staffId: staffId(desk),
      desk: placeName(desk.place),
      patronId: id,
      data: { after: request },
    });
    return { kind: 'added', id };
  },
);
