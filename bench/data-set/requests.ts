import type { Network } from '../../source/circulation/network.ts';
import { heldUntil } from '../../source/circulation/routing.ts';
import { dayOf } from '../../source/circulation/time.ts';
import type { Day, Instant } from '../../source/circulation/time.ts';
import { randomFor } from '../support/random.ts';
import type { Random } from '../support/random.ts';
import { askingOf } from './asking.ts';
import type { Asking } from './asking.ts';
import {
  describedAs,
  GOING_HOME,
  IN_PLACE,
  isPopular,
  LEFT,
  ON_ITS_WAY,
  ON_LOAN,
  ON_ORDER,
  ON_SHELF,
  titleOf,
} from './catalogue.ts';
import type { Elsewhere, Holding } from './catalogue.ts';
import { itemsIn } from './circulation.ts';
import { BUSY_LIBRARY, NOW, POPULAR_QUEUE } from './scale.ts';
import type { Size } from './scale.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Those that wait were placed in so many days. */
const WAITING_DAYS = 30;

/** A request as it is when nobody has planned it yet. */
export type MadeRequest = {
  readonly item: number;
  /** It is asked for that very item. */
  readonly volume: boolean;
  readonly patron: number;
  readonly pickup: string;
  readonly state: 'WAITING' | 'TRANSIT' | 'ON_SHELF' | 'CANCELLED';
  readonly at: Instant;
  readonly since: Instant | null;
  readonly until: Day | null;
};

type Journey = { readonly item: number; readonly from: string; readonly to: string; readonly since: Instant };

/** Requests and what travels, with the places of the items that are away from home. */
export type Waiting = {
  readonly requests: readonly MadeRequest[];
  readonly journeys: readonly Journey[];
  readonly elsewhere: Elsewhere;
};

/** Everything that a request can be made of. */
class Maker {
  readonly requests: MadeRequest[] = [];
  readonly journeys: Journey[] = [];
  readonly elsewhere = new Map<number, string>();
  readonly #network: Network;
  readonly #size: Size;
  readonly #held: readonly Holding[];
  readonly #states: Uint8Array;
  readonly #random: Random;
  readonly #asking: Asking;

  constructor(network: Network, size: Size, held: readonly Holding[], states: Uint8Array) {
    this.#network = network;
    this.#size = size;
    this.#held = held;
    this.#states = states;
    this.#random = randomFor('requests');
    this.#asking = askingOf(network, size, held, states, this.#random);
  }

  #libraryOf(item: number): string {
    return this.#held[item - 1]?.library ?? '';
  }

  /** Some hours of a working day, so many days ago at least: never a Sunday. */
  #daysAgo(from: number, days: number): Instant {
    for (;;) {
      const back = from + this.#random.below(days);
      // NOW is a Monday at ten.
      if (back % 7 !== 1) return NOW - back * DAY - Math.round(this.#random.next() * 2 * HOUR);
    }
  }

  #waiting(item: number, pickup?: string, after = NOW - WAITING_DAYS * DAY): boolean {
    const asked = this.#asking.ask(item, pickup);
    if (!asked) return false;
    const at = after + Math.round(this.#random.next() * (NOW - after - HOUR));
    const volume = describedAs(item, this.#held[item - 1] ?? { library: '', location: '', material: '', policy: null });
    this.requests.push({
      ...asked,
      item,
      volume: volume !== null,
      state: 'WAITING',
      at,
      since: null,
      until: null,
    });
    return true;
  }

  /** On the hold shelf: most for a few days, some for longer than they are kept; somebody may be next (HOLD-01 to HOLD-03). */
  #shelved(item: number): void {
    const random = this.#random;
    const own = this.#libraryOf(item);
    const allowed = this.#asking.pickups(item);
    const other = allowed.includes(BUSY_LIBRARY) && random.chance(0.3) ? BUSY_LIBRARY : random.oneOf(allowed);
    const pickup = random.chance(0.7) ? own : other;
    const isOld = random.chance(0.2);
    const since = isOld ? this.#daysAgo(12, 14) : this.#daysAgo(0, 7);
    const until = heldUntil(this.#network, pickup, since);
    const at = since - DAY - random.below(6 * DAY);
    const patron = this.#asking.patronFor(item);
    if (pickup !== own) this.elsewhere.set(item, pickup);
    this.requests.push({ item, volume: false, patron, pickup, state: 'ON_SHELF', at, since, until });
    if (until < dayOf(NOW, this.#network.timeZone) && random.chance(0.35))
      this.#waiting(item, random.chance(0.6) ? pickup : undefined, at + HOUR);
  }

  /** Cancelled while it stood on the shelf: nobody has taken it away yet (CAN-03). */
  #left(item: number): void {
    const own = this.#libraryOf(item);
    const since = this.#daysAgo(0, 7);
    const at = since - DAY - this.#random.below(6 * DAY);
    const patron = this.#asking.patronFor(item);
    const until = heldUntil(this.#network, own, since);
    this.requests.push({ item, volume: false, patron, pickup: own, state: 'CANCELLED', at, since, until });
  }

  #travelling(item: number): void {
    const own = this.#libraryOf(item);
    const others = this.#network.libraries.map((one) => one.code).filter((one) => one !== own);
    const goals = this.#asking.pickups(item).filter((one) => one !== own);
    const goesAway = goals.length > 0 && this.#random.chance(0.8);
    const [from, to] = goesAway ? [own, this.#random.oneOf(goals)] : [this.#random.oneOf(others), own];
    const since = this.#daysAgo(0, 5);
    const at = since - DAY - this.#random.below(6 * DAY);
    if (from !== own) this.elsewhere.set(item, from);
    const patron = this.#asking.patronFor(item);
    this.requests.push({ item, volume: false, patron, pickup: to, state: 'TRANSIT', at, since, until: null });
    this.journeys.push({ item, from, to, since });
  }

  /** On its way home from elsewhere, for nobody; for some, somebody waits. */
  #goingHome(item: number): void {
    const to = this.#libraryOf(item);
    const others = this.#network.libraries.map((one) => one.code).filter((one) => one !== to);
    const from = this.#random.oneOf(others);
    this.elsewhere.set(item, from);
    this.journeys.push({ item, from, to, since: this.#daysAgo(0, 5) });
    if (this.#random.chance(0.1)) this.#waiting(item);
  }

  /** So many requests for items of a kind that are found by chance. */
  #some(count: number, find: () => number, pickup?: () => string | undefined): void {
    for (let left = count, tries = count * 400; left > 0 && tries > 0; tries -= 1) {
      const item = find();
      if (!isPopular(titleOf(item, this.#size), this.#size) && this.#waiting(item, pickup?.())) left -= 1;
    }
  }

  /** An item in a state by chance, of one library if that is asked. */
  #finder(state: number, fits: (one: Holding) => boolean): () => number {
    return () => {
      for (;;) {
        const item = 1 + this.#random.below(this.#size.items);
        const holding = this.#held[item - 1];
        if (this.#states[item] === state && holding && holding.policy === null && fits(holding)) return item;
      }
    };
  }

  #popular(): void {
    for (let title = 1; title <= this.#size.popular; title += 1)
      for (let place = 0; place < POPULAR_QUEUE + 3 * (title - 1); place += 1) this.#waiting(title);
  }

  make(): void {
    const states = this.#states;
    for (const item of itemsIn(states, ON_SHELF)) this.#shelved(item);
    for (const item of itemsIn(states, LEFT)) this.#left(item);
    for (const item of itemsIn(states, ON_ITS_WAY)) this.#travelling(item);
    for (const item of itemsIn(states, GOING_HOME)) this.#goingHome(item);
    for (const item of itemsIn(states, ON_ORDER))
      if (this.#random.chance(0.4)) this.#waiting(item, this.#libraryOf(item));
    this.#popular();
    const { requests: all } = this.#size;
    const [book, here] = [(one: Holding) => one.material === 'BOOK', () => BUSY_LIBRARY];
    const busy = this.#finder(IN_PLACE, (one) => book(one) && one.library === BUSY_LIBRARY);
    this.#some(Math.round(all * 0.03), busy, here);
    this.#some(Math.round(all * 0.02), busy);
    this.#some(Math.round(all * 0.1), this.#finder(IN_PLACE, book));
    this.#some(
      Math.round(all * 0.015),
      this.#finder(IN_PLACE, (one) => one.material === 'ISSUE'),
    );
    // The others wait for what is on loan, some of them one behind the other.
    const lent = this.#finder(ON_LOAN, book);
    const open = (): number => this.requests.filter((one) => one.state !== 'CANCELLED').length;
    for (let left = all - open(); left > 0;) {
      const item = lent();
      if (isPopular(titleOf(item, this.#size), this.#size)) continue;
      for (let more = true; more && left > 0; more = this.#random.chance(0.25)) {
        if (!this.#waiting(item)) break;
        left -= 1;
      }
    }
  }
}

/** Who waits for what, in the order of arrival; the program plans it afterwards. */
export function waitingOf(network: Network, size: Size, held: readonly Holding[], states: Uint8Array): Waiting {
  const maker = new Maker(network, size, held, states);
  maker.make();
  const requests = maker.requests.toSorted((one, other) => one.at - other.at);
  return { requests, journeys: maker.journeys, elsewhere: maker.elsewhere };
}
