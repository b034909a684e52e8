import { mayBePickedUpAt } from '../../source/circulation/requested-copy.ts';
import { dueUnder } from '../../source/circulation/due.ts';
import type { Due } from '../../source/circulation/due.ts';
import { libraryOf } from '../../source/circulation/network.ts';
import type { Network } from '../../source/circulation/network.ts';
import { termsFor } from '../../source/circulation/rules.ts';
import type { Terms } from '../../source/circulation/rules.ts';
import { dayOf } from '../../source/circulation/time.ts';
import type { Instant } from '../../source/circulation/time.ts';
import { randomFor } from '../support/random.ts';
import { barcodeOf, ON_ITS_WAY, ON_LOAN, ON_SHELF, titleOf } from './catalogue.ts';
import type { Holding } from './catalogue.ts';
import { groupOf } from './patrons.ts';
import { BUSY_LOANS, BUSY_PATRON, IDLE_PATRON, NOW } from './scale.ts';
import type { Size } from './scale.ts';
import type { TableRows } from './tables.ts';

const DAY = 86_400_000;
/** The open loans were made in so many days: some of those for two weeks are late by now. */
const LOAN_DAYS = 20;
const DESK = 'sci/PRET';

type Loan = { readonly id: number; readonly item: number; readonly patron: number; readonly at: Instant };

/** Numbers of the items in a state, in an order of their own. */
function itemsIn(states: Uint8Array, state: number): number[] {
  const random = randomFor(`items in ${state}`);
  const found: number[] = [];
  for (const [item, one] of states.entries()) if (one === state && item > 0) found.push(item);
  for (let last = found.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [found[last], found[other]] = [found[other] ?? 0, found[last] ?? 0];
  }
  return found;
}

/** The open loans, the oldest first; one patron has a thousand, some have many, most a few, some none. */
function* loansOf(size: Size, states: Uint8Array): Generator<Loan> {
  const random = randomFor('loans');
  const items = itemsIn(states, ON_LOAN);
  const step = Math.max(1, Math.floor(items.length / 2 / BUSY_LOANS));
  let busy = 0;
  for (const [index, item] of items.entries()) {
    const id = index + 1;
    const age = LOAN_DAYS * (1 - id / (items.length + 1));
    const at = Math.round(NOW - age * DAY);
    const isBusy = id > items.length / 2 && id % step === 0 && busy < BUSY_LOANS;
    if (isBusy) busy += 1;
    const others = size.patrons - IDLE_PATRON;
    const patron = IDLE_PATRON + 1 + Math.floor(others * random.next() ** 1.3);
    yield { id, item, at, patron: isBusy ? BUSY_PATRON : patron };
  }
}

type Decided = { readonly holding: Holding; readonly terms: Terms; readonly due: Due };

/** What the rules say about each loan; days repeat, so that they are asked once for each. */
function decider(network: Network, held: readonly Holding[]): (loan: Loan) => Decided {
  const known = new Map<string, { terms: Terms; due: Due }>();
  return ({ item, patron, at }) => {
    const holding = held[item - 1];
    if (!holding) throw new Error(`no item ${item}`);
    const group = groupOf(patron);
    const day = dayOf(at, network.timeZone);
    const key = `${holding.location} ${group} ${day}`;
    let found = known.get(key);
    if (!found) {
      const terms = termsFor(network, { ...holding, group }, day);
      found = { terms, due: dueUnder(terms, libraryOf(network, holding.library), at, network.timeZone) };
      known.set(key, found);
    }
    return { holding, ...found };
  };
}

const loans = (network: Network, size: Size, held: readonly Holding[], states: Uint8Array): TableRows => ({
  table: 'loans',
  columns: [
    'id',
    'item_id',
    'title_id',
    'patron_id',
    'library',
    'location',
    'material',
    'policy',
    'described',
    'loaned_at',
    'loaned_desk',
    'loaned_by',
    'due_at',
    'late_from',
    'period_unit',
    'period_count',
    'shortened',
    'network_version',
    'rule_row',
    'renewals',
    'recalled',
  ],
  *rows() {
    const decide = decider(network, held);
    for (const loan of loansOf(size, states)) {
      const { holding, terms, due } = decide(loan);
      const { library, location, material, policy } = holding;
      const { unit = null, count = null } = terms.period ?? {};
      yield [
        loan.id,
        loan.item,
        titleOf(loan.item, size),
        loan.patron,
        library,
        location,
        material,
        policy,
        false,
        loan.at,
        DESK,
        1,
        due.due,
        due.lateFrom,
        unit,
        count,
        false,
        1,
        terms.row,
        0,
        false,
      ];
    }
  },
});

const events = (network: Network, size: Size, held: readonly Holding[], states: Uint8Array): TableRows => ({
  table: 'events',
  columns: ['at', 'kind', 'staff_id', 'desk', 'patron_id', 'item_id', 'loan_id', 'data'],
  *rows() {
    const decide = decider(network, held);
    for (const loan of loansOf(size, states)) {
      const { holding, due } = decide(loan);
      const data = {
        barcode: barcodeOf(loan.item),
        title: `Titre ${titleOf(loan.item, size)}`,
        library: holding.library,
        due: due.due,
        group: groupOf(loan.patron),
        campus: null,
      };
      yield [loan.at, 'item-lent', 1, DESK, loan.patron, loan.item, loan.id, JSON.stringify(data)];
    }
  },
});

/** Requests on hold shelves and on their way take the items that are; the others wait in the queues of titles on loan. */
function* requestsOf(network: Network, size: Size, held: readonly Holding[], states: Uint8Array) {
  const random = randomFor('requests');
  const lent = itemsIn(states, ON_LOAN);
  const places = new Map<number, number>();
  const assigned = [ON_SHELF, ON_ITS_WAY].flatMap((state) => itemsIn(states, state).map((item) => ({ item, state })));
  for (let id = 1; id <= size.requests; id += 1) {
    const own = assigned[id - 1];
    const item = own?.item ?? random.oneOf(lent);
    const holding = held[item - 1];
    if (!holding) throw new Error(`no item ${item}`);
    const { library } = holding;
    const elsewhere = network.libraries.filter((one) => one.code !== library);
    const allowed = elsewhere.filter((one) => mayBePickedUpAt(network, holding, one.code));
    const goal = own?.state === ON_ITS_WAY ? elsewhere : allowed;
    const pickup = own?.state === ON_SHELF || goal.length === 0 ? library : random.oneOf(goal).code;
    const patron = IDLE_PATRON + 1 + random.below(size.patrons - IDLE_PATRON);
    const title = titleOf(item, size);
    const place = (places.get(title) ?? 0) + 1;
    places.set(title, place);
    // In the order of arrival.
    const at = NOW - Math.round((30 * DAY * (size.requests + 1 - id)) / (size.requests + 1));
    yield { id, item, library, pickup, patron, place, state: own?.state, at };
  }
}

const requests = (network: Network, size: Size, held: readonly Holding[], states: Uint8Array): TableRows => ({
  table: 'requests',
  columns: [
    'id',
    'title_id',
    'item_id',
    'patron_id',
    'pickup',
    'state',
    'assigned_item_id',
    'placed_at',
    'not_after',
    'held_since',
    'held_until',
    'closed_at',
    'queue_position',
  ],
  *rows() {
    for (const one of requestsOf(network, size, held, states)) {
      const shelved = one.state === ON_SHELF;
      const state = shelved ? 'ON_SHELF' : one.state === ON_ITS_WAY ? 'TRANSIT' : 'WAITING';
      const assigned = one.state === undefined ? null : one.item;
      yield [
        one.id,
        titleOf(one.item, size),
        null,
        one.patron,
        one.pickup,
        state,
        assigned,
        one.at,
        null,
        shelved ? one.at + 1 : null,
        shelved ? '2026-06-08' : null,
        null,
        one.place,
      ];
    }
  },
});

const transits = (network: Network, size: Size, held: readonly Holding[], states: Uint8Array): TableRows => ({
  table: 'transits',
  columns: ['item_id', 'from_library', 'to_library', 'reason', 'request_id', 'since', 'ended_at'],
  *rows() {
    for (const one of requestsOf(network, size, held, states)) {
      if (one.state === ON_ITS_WAY) yield [one.item, one.library, one.pickup, 'request', one.id, one.at + 1, null];
    }
  },
});

/** Open loans with their events, requests, transits. */
export function circulationTables(
  network: Network,
  size: Size,
  held: readonly Holding[],
  states: Uint8Array,
): TableRows[] {
  return [loans, events, requests, transits].map((table) => table(network, size, held, states));
}
