import type { Network } from '../../source/circulation/network.ts';
import { mayBorrow, termsFor } from '../../source/circulation/rules.ts';
import type { Terms } from '../../source/circulation/rules.ts';
import { dayOf } from '../../source/circulation/time.ts';
import { plain } from '../../source/records/text.ts';
import { randomFor } from '../support/random.ts';
import type { Random } from '../support/random.ts';
import { titleFrom } from './names.ts';
import { NOW, POPULAR_COPIES } from './scale.ts';
import type { Size } from './scale.ts';
import type { TableRows } from './tables.ts';
import type { Worded } from './words.ts';

/** An item's barcode: of eleven digits, as the sample's, but none of the sample's. */
export const barcodeOf = (item: number): string => `38${String(item).padStart(9, '0')}`;

/**
 * Copies of one title stand far apart in the numbering: no patron borrows two of them by chance. The last items are further
 * copies of the popular titles, which have the first numbers.
 */
export function titleOf(item: number, size: Size): number {
  const further = item > size.items - size.popular * POPULAR_COPIES;
  return ((item - 1) % (further ? size.popular : size.titles)) + 1;
}

/** Whether it is a title for which very many wait. */
export const isPopular = (title: number, size: Size): boolean => title <= size.popular;

/** What becomes of an item; all of it is decided before any row is written, since rows of several tables depend on it. */
export const IN_PLACE = 0;
export const ON_LOAN = 1;
export const ON_SHELF = 2;
export const ON_ITS_WAY = 3;
export const MISSING = 4;
/** It stands on a hold shelf though its request has ended. */
export const LEFT = 5;
/** On its way to its own library, for nobody. */
export const GOING_HOME = 6;
export const ON_ORDER = 7;

export type Holding = {
  readonly library: string;
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
};

/** Where the items stand and what they are, by number: as many places as the network has, the large libraries first. */
export function holdings(network: Network, size: Size): Holding[] {
  const random = randomFor('holdings');
  const places = network.libraries.flatMap(({ code, locations }) => {
    const shelves = locations
      .filter((one) => !one.quickAdd)
      .map((one) => ({ library: code, location: `${code}/${one.code}` }));
    const weight = ['sci', 'BUC', 'Ars', 'san'].includes(code) ? 6 : 1;
    return Array.from({ length: weight }, () => shelves).flat();
  });
  const policies = network.itemPolicies.map((one) => one.code);
  const materials = network.materials.map((one) => one.code);
  const ordinary = ordinaryPlaces(network);
  const lending = places.filter((one) => ordinary.has(one.location));
  return Array.from({ length: size.items }, (_, index) => {
    const place = random.oneOf(places);
    const material = random.chance(0.88) ? 'BOOK' : random.oneOf(materials);
    const policy = random.chance(0.85) ? null : random.oneOf(policies);
    if (isPopular(titleOf(index + 1, size), size)) return { ...random.oneOf(lending), material: 'BOOK', policy: null };
    return { ...place, material, policy };
  });
}

/** Whether everybody who may borrow at all may borrow this for days, with nothing special about it. */
export function isOrdinary(network: Network, holding: Holding): boolean {
  if (holding.policy !== null || holding.material !== 'BOOK') return false;
  const today = dayOf(NOW, network.timeZone);
  return ['L', 'M', 'D', 'PROF', 'AUT'].every((group) => {
    const terms: Terms = termsFor(network, { ...holding, group }, today);
    return (
      terms.loanable &&
      terms.requestable &&
      terms.period?.unit === 'days' &&
      terms.dueOn === null &&
      mayBorrow(network, { ...holding, group }, today)
    );
  });
}

/** Places where ordinary items stand, as `LIBRARY/LOCATION`. */
export function ordinaryPlaces(network: Network): Set<string> {
  const all = network.libraries.flatMap(({ code, locations }) =>
    locations.map((one) => ({ library: code, location: `${code}/${one.code}` })),
  );
  return new Set(
    all.filter((place) => isOrdinary(network, { ...place, material: 'BOOK', policy: null })).map((one) => one.location),
  );
}

/** What every item is in, by number (0 is none): loans and hold shelves take ordinary items. */
export function statesOf(network: Network, size: Size, held: readonly Holding[]): Uint8Array {
  const random = randomFor('states');
  const states = new Uint8Array(size.items + 1);
  const places = ordinaryPlaces(network);
  const isFree = (item: number): boolean => {
    const one = held[item - 1];
    return (
      states[item] === IN_PLACE &&
      one !== undefined &&
      one.policy === null &&
      one.material === 'BOOK' &&
      places.has(one.location)
    );
  };
  const put = (state: number, count: number): void => {
    for (let left = count; left > 0;) {
      const item = 1 + random.below(size.items);
      if (!isFree(item)) continue;
      states[item] = state;
      left -= 1;
    }
  };
  let lent = 0;
  for (let item = 1; item <= size.items; item += 1) {
    if (!isPopular(titleOf(item, size), size)) continue;
    states[item] = ON_LOAN;
    lent += 1;
  }
  put(ON_LOAN, size.loans - lent);
  put(ON_SHELF, Math.round(size.requests * 0.3));
  put(ON_ITS_WAY, Math.round(size.requests * 0.1));
  put(LEFT, Math.round(size.requests * 0.015));
  put(GOING_HOME, Math.round(size.requests * 0.05));
  put(ON_ORDER, Math.round(size.requests * 0.02));
  put(MISSING, Math.round(size.items * 0.002));
  return states;
}

/** What an item in each state has for its process. */
export const PROCESS = [null, 'LOAN', 'HOLDSHELF', 'TRANSIT', 'MISSING', 'HOLDSHELF', 'TRANSIT', 'ACQ'] as const;

/** The department of a library that acquires books. */
export const ACQUISITION = 'ACQ';

const isbnOf = (title: number): string => `978${String(title).padStart(10, '0')}`;
const callNumberOf = (item: number, { location }: Holding): string =>
  `${1 + (item % 899)} ${location.slice(-3)} ${item % 97}`;

const titles = (size: Size): TableRows => ({
  table: 'titles',
  columns: ['id', 'title', 'author', 'isbn', 'match_key'],
  *rows() {
    const random = randomFor('titles');
    for (let id = 1; id <= size.titles; id += 1) {
      const { title, author } = titleFrom(random, id);
      yield [id, title, author, isbnOf(id), `${plain(title)}\u0001${plain(author)}`];
    }
  },
});

function noteOf(random: Random): string | null {
  return random.chance(0.003) ? 'Avec un disque : vérifier qu’il est là.' : null;
}

/** An issue has its number, which makes it one that is asked for by itself (REQ-01). */
export const describedAs = (item: number, { material }: Holding): string | null =>
  material === 'ISSUE' ? `n° ${1 + (item % 900)}` : null;

/** Where the items are that are elsewhere than in their own library, by number. */
export type Elsewhere = ReadonlyMap<number, string>;

const items = (size: Size, held: readonly Holding[], states: Uint8Array, elsewhere: Elsewhere): TableRows => ({
  table: 'items',
  columns: [
    'id',
    'title_id',
    'barcode',
    'barcode_key',
    'library',
    'location',
    'material',
    'policy',
    'description',
    'call_number',
    'fulfilment_note',
    'process',
    'department',
    'at_library',
    'created_at',
  ],
  *rows() {
    const random = randomFor('items');
    for (const [index, holding] of held.entries()) {
      const { library, location, material, policy } = holding;
      const id = index + 1;
      const state = states[id] ?? IN_PLACE;
      const note = state === IN_PLACE ? noteOf(random) : null;
      yield [
        id,
        titleOf(id, size),
        barcodeOf(id),
        barcodeOf(id),
        library,
        location,
        material,
        policy,
        describedAs(id, holding),
        callNumberOf(id, holding),
        note,
        PROCESS[state] ?? null,
        state === ON_ORDER ? ACQUISITION : null,
        elsewhere.get(id) ?? library,
        NOW,
      ];
    }
  },
});

/** What titles are found by. */
export function titleWords(size: Size, held: readonly Holding[]): () => Iterable<Worded> {
  const byTitle = Array.from({ length: size.titles + 1 }, (): number[] => []);
  for (const index of held.keys()) byTitle[titleOf(index + 1, size)]?.push(index + 1);
  return function* words() {
    const random = randomFor('titles');
    for (let id = 1; id <= size.titles; id += 1) {
      const copies = (byTitle[id] ?? []).flatMap((item) => {
        const holding = held[item - 1];
        return holding ? [{ holding, texts: [callNumberOf(item, holding), describedAs(item, holding)] }] : [];
      });
      yield {
        id,
        ...titleFrom(random, id),
        isbn: isbnOf(id),
        subjects: null,
        suppressed: false,
        libraries: copies.map((one) => one.holding.library),
        below: copies.flatMap((one) => one.texts),
      };
    }
  };
}

/** Titles and items. */
export function catalogueTables(
  size: Size,
  held: readonly Holding[],
  states: Uint8Array,
  elsewhere: Elsewhere,
): TableRows[] {
  return [titles(size), items(size, held, states, elsewhere)];
}
