import { dueUnder } from '../../source/circulation/due.ts';
import type { Due } from '../../source/circulation/due.ts';
import { libraryOf } from '../../source/circulation/network.ts';
import type { Network } from '../../source/circulation/network.ts';
import { termsFor } from '../../source/circulation/rules.ts';
import type { Terms } from '../../source/circulation/rules.ts';
import { dayOf } from '../../source/circulation/time.ts';
import type { Instant } from '../../source/circulation/time.ts';
import { randomFor } from '../support/random.ts';
import { barcodeOf, ON_LOAN, titleOf } from './catalogue.ts';
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
export function itemsIn(states: Uint8Array, state: number): number[] {
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

/** Open loans with their events. */
export function circulationTables(
  network: Network,
  size: Size,
  held: readonly Holding[],
  states: Uint8Array,
): TableRows[] {
  return [loans, events].map((table) => table(network, size, held, states));
}
