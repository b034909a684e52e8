import type { BlockCode } from '../circulation/blocks.ts';
import { dueByExpiry, dueUnder } from '../circulation/due.ts';
import type { Due } from '../circulation/due.ts';
import { patronWarnings } from '../circulation/loan.ts';
import { libraryOf } from '../circulation/network.ts';
import type { LoanRule, NoticeCycle, Penalties } from '../circulation/network.ts';
import { blockedUntil, graceDaysFor, penaltiesAt } from '../circulation/penalties.ts';
import { mayBorrow, matchingTerms, termsFor } from '../circulation/rules.ts';
import type { RuleSubject, Terms } from '../circulation/rules.ts';
import { dayOf } from '../circulation/time.ts';
import { underWay } from '../circulation/transit.ts';
import type { UnderWay } from '../circulation/transit.ts';
import type { Day } from '../circulation/time.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanView } from '../records/loans.ts';
import type { PatronNote } from '../records/patron-notes.ts';
import type { PatronView } from '../records/patrons.ts';
import type { TransitStop } from '../records/transits.ts';
import { patronFacts } from './loan-facts.ts';
import { recordNumbered } from './patron-record.ts';
import type { PatronRecord } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { discreetItem, discreetLoan, maySeePatrons } from './personal.ts';

export type PatronState = {
  readonly kind: 'patron';
  readonly patron: PatronView;
  readonly loans: number;
  readonly late: number;
  readonly requests: number;
  readonly returned: number;
  /** Lending codes in force. */
  readonly blocks: readonly BlockCode[];
  readonly blockedUntil: Day | null;
  /** The newest first. */
  readonly notes: readonly PatronNote[];
  /** What its tabs show (USR-07). */
  readonly record: PatronRecord;
};

/** The state of a patron, by any identifier, for scripts and scenarios. */
export const showPatron = action(
  'show-patron',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, request: { identifier: string }): Promise<PatronState | Refusal> => {
    const { records, network, now } = desk;
    const id = await records.patrons.idByIdentifier(request.identifier);
    const patron = id === undefined ? undefined : await records.patrons.byId(id);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: request.identifier };
    const counts = await records.loans.counts(patron.id, now, 0);
    const facts = await patronFacts(desk, patron, counts);
    const { open } = await records.requests.countsOfPatron(patron.id);
    return {
      kind: 'patron',
      patron,
      loans: counts.reduce((sum, one) => sum + one.count, 0),
      late: facts.late.count,
      requests: open,
      returned: await records.loans.returnedCount(patron.id),
      blocks: patronWarnings({ network, now, patron: facts }).map((one) => one.code),
      blockedUntil: blockedUntil(network, facts.blocks, dayOf(now, network.timeZone)),
      notes: await records.patronNotes.ofPatron(patron.id, { offset: 0, limit: 200 }),
      record: await recordNumbered(desk, patron.id),
    };
  },
);

/** A borrower, for those who may see patrons: an item's state is for everybody (REL-08). */
async function borrowerIfPermitted(desk: Desk, id: number | null | undefined): Promise<PatronView | null> {
  if (!id || !maySeePatrons(desk)) return null;
  return (await desk.records.patrons.byId(id)) ?? null;
}

export type ItemState = {
  readonly kind: 'item';
  readonly item: ItemView;
  readonly lastLoan: LoanView | null;
  readonly patron: PatronView | null;
  readonly lastPatron: PatronView | null;
  /** Where it was scanned on the journey that it is on, the first stop first (SCAN-05). */
  readonly stops: readonly TransitStop[];
  /** How long that journey has lasted, and whether it is too long (TRA-02); null: it is on none. */
  readonly underWay: UnderWay | null;
};

/** The state of an item, by its barcode. `lastPatron`: the last one whose loan has ended. */
export const showItem = action(
  'show-item',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, request: { barcode: string }): Promise<ItemState | Refusal> => {
    const { records } = desk;
    const item = await records.items.byBarcode(request.barcode);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const lastLoan = discreetLoan(desk, await records.loans.lastOfItem(item.id));
    const patron = await borrowerIfPermitted(desk, item.loan?.patronId);
    const lastPatron = await borrowerIfPermitted(desk, lastLoan?.patronId);
    const { transit } = item;
    const stops = transit ? await records.transits.stops(transit.id) : [];
    const journey = transit && underWay(desk.network, transit, desk.now);
    return { kind: 'item', item: discreetItem(desk, item), lastLoan, patron, lastPatron, stops, underWay: journey };
  },
);

export type LoanState = {
  readonly kind: 'loan';
  readonly item: ItemView;
  readonly loan: LoanView | null;
  readonly patron: PatronView | null;
};

/** The open loan of an item, by its barcode; null when it is not on loan. */
export const showLoan = action(
  'show-loan',
  { permission: 'view-items', readOnly: true },
  async (desk: Desk, request: { barcode: string }): Promise<LoanState | Refusal> => {
    const { records } = desk;
    const item = await records.items.byBarcode(request.barcode);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const loan = discreetLoan(desk, await records.loans.openOfItem(item.id));
    const patron = await borrowerIfPermitted(desk, loan?.patronId);
    return { kind: 'loan', item: discreetItem(desk, item), loan, patron };
  },
);

export type TitleState = {
  readonly kind: 'titles';
  readonly titles: readonly {
    id: number;
    title: string;
    author: string | null;
    copies: readonly { barcode: string; process: string | null; library: string }[];
  }[];
};

/** Titles that begin with a text, with their copies. */
export const showTitle = action(
  'show-title',
  { permission: 'view-items', readOnly: true },
  async ({ records }: Desk, request: { text: string }): Promise<TitleState | Refusal> => {
    const found = await records.items.titlesLike(request.text);
    if (found.length === 0) return { kind: 'unknown', what: 'TITLE', key: request.text };
    const titles = [];
    for (const one of found) titles.push({ ...one, copies: await records.items.copiesOfTitle(one.id) });
    return { kind: 'titles', titles };
  },
);

/** What the rules answer for (patron or group) × (item or location), with no loan needed (CONF-03). */
export type RulesRequest = {
  readonly patron?: string;
  readonly group?: string;
  readonly item?: string;
  readonly location?: string;
  readonly material?: string;
  readonly policy?: string;
};

export type RulesAnswer = {
  readonly kind: 'rules';
  readonly subject: RuleSubject;
  readonly terms: Terms;
  readonly mayBorrow: boolean;
  /** The row that matched; null: no row speaks for the item (BLK-11). */
  readonly rule: LoanRule | null;
  /** What each row that matches would say, in order; the first decided. */
  readonly rows: readonly Terms[];
  readonly due: Due;
  /** Shortened to the patron's expiry date, where that comes first (LOAN-07). */
  readonly shortened: Due | null;
  readonly graceDays: number;
  /** What a late return costs there (PEN-08), and the library's notice cycle. */
  readonly penalties: Penalties;
  readonly cycle: NoticeCycle | null;
  readonly requestLimit: number;
  readonly networkVersion: number;
  /** The open loan of the item, with the row and version by which it was made. */
  readonly loan: LoanView | null;
};

type BorrowerSide = { readonly group: string | null; readonly expiry: Day | null };

/** What the borrower's side of the question is: a patron, or a group that never expires. */
async function borrowerSide({ records, network }: Desk, request: RulesRequest): Promise<BorrowerSide | Refusal> {
  if (request.patron === undefined) {
    const group = request.group ?? null;
    const known = group === null || network.groups.some((one) => one.code === group);
    return known
      ? { group, expiry: null }
      : { kind: 'invalid', path: 'group', problem: 'unknown-code', value: group ?? '' };
  }
  const id = await records.patrons.idByIdentifier(request.patron);
  const patron = id === undefined ? undefined : await records.patrons.byId(id);
  if (!patron) return { kind: 'unknown', what: 'PATRON', key: request.patron };
  return { group: patron.group, expiry: patron.expiry };
}

type ItemSide = Omit<RuleSubject, 'group'> & { readonly itemId: number | null };

/** What the item side of the question is. */
async function itemSide({ records, network }: Desk, request: RulesRequest): Promise<ItemSide | Refusal> {
  if (request.item !== undefined) {
    const item = await records.items.byBarcode(request.item);
    return item ? { ...item, itemId: item.id } : { kind: 'unknown', what: 'ITEM', key: request.item };
  }
  const location = request.location ?? '';
  const [library = ''] = location.split('/');
  const known = network.libraries.some((one) =>
    one.locations.some((place) => `${one.code}/${place.code}` === location),
  );
  if (!known) return { kind: 'invalid', path: 'location', problem: 'unknown-code', value: location };
  const material = request.material ?? network.materials[0]?.code ?? '';
  if (!network.materials.some((one) => one.code === material)) {
    return { kind: 'invalid', path: 'material', problem: 'unknown-code', value: material };
  }
  const policy = request.policy ?? null;
  if (policy !== null && !network.itemPolicies.some((one) => one.code === policy)) {
    return { kind: 'invalid', path: 'policy', problem: 'unknown-code', value: policy };
  }
  return { library, location, material, policy, itemId: null };
}

/** *Consult the rules* (CONF-03): the row that matched, what later rows would have said, the due date step by step. */
export const consultRules = action(
  'consult-rules',
  { permission: 'view-rules', readOnly: true },
  async (desk: Desk, request: RulesRequest): Promise<RulesAnswer | Refusal> => {
    const { network, now } = desk;
    const borrower = await borrowerSide(desk, request);
    if ('kind' in borrower) return borrower;
    const { group, expiry } = borrower;
    const side = await itemSide(desk, request);
    if ('kind' in side) return side;
    const { library, location, material, policy } = side;
    const subject: RuleSubject = { library, location, material, policy, group };
    const today = dayOf(now, network.timeZone);
    const terms = termsFor(network, subject, today);
    const penalties = penaltiesAt(network, library);
    const owner = libraryOf(network, library);
    const due = dueUnder(terms, owner, now, network.timeZone);
    const isCut = terms.loanable && expiry !== null && today <= expiry && due.day > expiry;
    return {
      kind: 'rules',
      subject,
      terms,
      mayBorrow: mayBorrow(network, subject, today),
      rule: terms.row === null ? null : (network.loanRules[terms.row] ?? null),
      rows: matchingTerms(network, subject, today),
      due,
      shortened: isCut ? dueByExpiry(owner, now, expiry, network.timeZone, terms.period?.unit ?? 'days') : null,
      graceDays: graceDaysFor(penalties, terms.dueOn === null ? terms.period : null),
      penalties,
      cycle: network.cycles.find((one) => one.code === owner.notices.cycle) ?? null,
      requestLimit: network.requestLimit,
      networkVersion: desk.networkVersion,
      loan: side.itemId === null ? null : discreetLoan(desk, await desk.records.loans.openOfItem(side.itemId)),
    };
  },
);
