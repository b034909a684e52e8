import { isLoanable } from '../circulation/loanable.ts';
import type { ProcessType } from '../circulation/loan.ts';
import type { Network, Words } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { Window } from '../records/loans.ts';
import type { PublicField } from '../records/public-question.ts';
import type {
  PublicCopies,
  PublicHoldingRow,
  PublicItemRow,
  PublicTitleRow,
  PublicTitleView,
} from '../records/public-titles.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export { PUBLIC_FIELDS } from '../records/public-question.ts';
export type { PublicField } from '../records/public-question.ts';
export type { PublicTitleView } from '../records/public-titles.ts';

/** `field`: where the words are looked for, `any` unless given. `library`: only what that library has. */
export type PublicCatalogueSearch = {
  readonly text: string;
  readonly field?: PublicField;
  readonly library?: string;
  readonly window: Window;
};

/** How many copies can be had now. */
type Availability = {
  /** In place, and somebody may borrow them: anywhere, and at the kiosk's library. */
  readonly available: number;
  readonly availableHere: number;
  /** In place, to be consulted on the spot only. */
  readonly onSite: number;
  readonly onSiteHere: number;
};

/** A title as patrons see it in a list. */
export type PublicTitleLine = PublicTitleRow &
  Availability & {
    /** `lendable`: those that somebody may borrow, now or later. */
    readonly copies: { readonly total: number; readonly lendable: number };
  };

export type PublicTitlesFound = {
  readonly kind: 'titles';
  /** Exact, unless there are `more`. */
  readonly total: number;
  readonly more: boolean;
  readonly lines: readonly PublicTitleLine[];
};

/** The library of the kiosk, else of the desk, else none. */
const libraryHere = ({ kiosk, place }: Desk): string | null => kiosk?.library ?? place?.library ?? null;

/** Counts copies as patrons want to know them. */
function availabilityOf({ network, now, ...desk }: Desk, all: readonly PublicCopies[]) {
  const today = dayOf(now, network.timeZone);
  const here = libraryHere({ network, now, ...desk });
  const sum = (wanted: (one: PublicCopies) => boolean): number =>
    all.reduce((total, one) => (wanted(one) ? total + one.count : total), 0);
  const lendable = (one: PublicCopies): boolean => isLoanable(network, one, today);
  const isThere = (one: PublicCopies): boolean => one.process === null;
  const isHere = (one: PublicCopies): boolean => isThere(one) && one.library === here;
  return {
    copies: { total: sum(() => true), lendable: sum(lendable) },
    available: sum((one) => isThere(one) && lendable(one)),
    availableHere: sum((one) => isHere(one) && lendable(one)),
    onSite: sum((one) => isThere(one) && !lendable(one)),
    onSiteHere: sum((one) => isHere(one) && !lendable(one)),
  };
}

/** Things by a number of theirs. */
function grouped<One>(list: readonly One[], numberOf: (one: One) => number): (number: number) => One[] {
  const groups = new Map<number, One[]>();
  for (const one of list) {
    const group = groups.get(numberOf(one));
    if (group) group.push(one);
    else groups.set(numberOf(one), [one]);
  }
  return (number) => groups.get(number) ?? [];
}

/**
 * The catalogue as patrons search it (KIO-01): by words of title, author, subject or ISBN, or any of them, the last one as it is
 * typed; a barcode finds its title. What is suppressed, or nowhere to be found, is not shown (manual VII.1). Up to five hundred
 * titles are counted exactly; of more, so many can be read.
 */
export const searchPublic = action(
  'search-public',
  { permission: null, kiosk: 'anybody', readOnly: true },
  async (desk: Desk, request: PublicCatalogueSearch): Promise<PublicTitlesFound | Refusal> => {
    const { records, network } = desk;
    const { text, field = 'any', library, window } = request;
    if (library !== undefined && !network.libraries.some((one) => one.code === library))
      return { kind: 'unknown', what: 'LIBRARY', key: library };
    const where = { field, library: library ?? null, window };
    const { total, more, ids } = await records.publicTitles.search(text, where);
    const titles = await records.publicTitles.withIds(ids);
    const copiesOf = grouped(await records.publicTitles.copiesOf(ids), (one) => one.titleId);
    const lines = titles.map((one) => ({ ...one, ...availabilityOf(desk, copiesOf(one.id)) }));
    return { kind: 'titles', total, more, lines };
  },
);

/** What a patron can do with an item, or why nothing. `consultation`: in place, and nobody may take it home. */
export type PublicStatus =
  | 'available'
  | 'consultation'
  | 'on-loan'
  | 'held'
  | 'in-transit'
  | 'being-treated'
  | 'on-order'
  | 'missing'
  | 'lost';

const STATUS: Readonly<Record<ProcessType, PublicStatus>> = {
  LOAN: 'on-loan',
  TRANSIT: 'in-transit',
  HOLDSHELF: 'held',
  MISSING: 'missing',
  LOST_LOAN: 'lost',
  ACQ: 'on-order',
  WORK_ORDER_DEPARTMENT: 'being-treated',
};

/** A place with its names. */
type PublicPlace = {
  readonly library: string;
  readonly libraryName: string;
  /** `LIBRARY/LOCATION`. */
  readonly location: string;
  readonly locationName: string;
};

export type PublicItem = {
  readonly barcode: string;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly status: PublicStatus;
  /** Of what is on loan. */
  readonly due: Instant | null;
  readonly material: string;
  readonly policy: string | null;
  readonly policyName: Words | null;
  /** Where it stands for a while, if not at its holding's place. */
  readonly elsewhere: PublicPlace | null;
  /** Notes for patrons (manual QP.4.2.3). */
  readonly publicNotes: readonly string[];
};

/** Where copies of a title stand; how many in all, and those of them that are in the window. */
export type PublicHolding = PublicPlace & {
  readonly id: number;
  readonly callNumber: string | null;
  readonly total: number;
  readonly available: number;
  readonly onSite: number;
  readonly items: readonly PublicItem[];
};

export type PublicTitle = {
  readonly kind: 'title';
  readonly title: PublicTitleView;
  /** Those of the kiosk's library first. */
  readonly holdings: readonly PublicHolding[];
  /** How many items it has. */
  readonly total: number;
  /** How many requests for it are open. */
  readonly requests: number;
};

function placeAt({ libraries }: Network, { library, location }: { library: string; location: string }): PublicPlace {
  const there = libraries.find((one) => one.code === library);
  const place = there?.locations.find((one) => `${library}/${one.code}` === location);
  return { library, libraryName: there?.name ?? library, location, locationName: place?.name ?? location };
}

function publicItem({ network, now }: Desk, one: PublicItemRow): PublicItem {
  const { barcode, description, callNumber, process, due, material, policy, temporary, publicNote } = one;
  const inPlace = isLoanable(network, one, dayOf(now, network.timeZone)) ? 'available' : 'consultation';
  return {
    barcode,
    description,
    callNumber,
    status: process === null ? inPlace : STATUS[process],
    due,
    material,
    policy,
    policyName: network.itemPolicies.find(({ code }) => code === policy)?.name ?? null,
    elsewhere: temporary ? placeAt(network, one) : null,
    publicNotes: publicNote === null ? [] : [publicNote],
  };
}

function publicHolding(
  desk: Desk,
  { id, callNumber, ...place }: PublicHoldingRow,
  copies: readonly PublicCopies[],
  items: readonly PublicItemRow[],
): PublicHolding {
  const { copies: all, available, onSite } = availabilityOf(desk, copies);
  return {
    id,
    callNumber,
    ...placeAt(desk.network, place),
    total: all.total,
    available,
    onSite,
    items: items.map((one) => publicItem(desk, one)),
  };
}

/** So many items are shown unless a window is given. */
const WINDOW: Window = { offset: 0, limit: 200 };

/**
 * A title with where its copies stand and what has become of each (KIO-01; manual I, IV, QP.4.2), the kiosk's own library first.
 * The window is one over its items, in the order of its holdings. What patrons do not see is unknown, as what does not exist.
 */
export const openPublic = action(
  'open-public',
  { permission: null, kiosk: 'anybody', readOnly: true },
  async (
    desk: Desk,
    { title: id, window = WINDOW }: { readonly title: number; readonly window?: Window },
  ): Promise<PublicTitle | Refusal> => {
    const { publicTitles, catalogue } = desk.records;
    const title = await publicTitles.byId(id);
    if (!title) return { kind: 'unknown', what: 'TITLE', key: String(id) };
    const here = libraryHere(desk);
    const holdings = await publicTitles.holdingsOf(id, here);
    const copies = await publicTitles.copiesOf([id]);
    const copiesOf = grouped(copies, (one) => one.holdingId);
    const itemsOf = grouped(await publicTitles.itemsOf(id, { here, window }), (one) => one.holdingId);
    return {
      kind: 'title',
      title,
      holdings: holdings.map((one) => publicHolding(desk, one, copiesOf(one.id), itemsOf(one.id))),
      total: copies.reduce((total, one) => total + one.count, 0),
      requests: await catalogue.openRequests(id),
    };
  },
);
