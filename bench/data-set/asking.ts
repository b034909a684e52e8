import type { Network } from '../../source/circulation/network.ts';
import { against, mayBePickedUpAt } from '../../source/circulation/requested-copy.ts';
import type { CopyFacts } from '../../source/circulation/requested-copy.ts';
import { dayOf } from '../../source/circulation/time.ts';
import type { Random } from '../support/random.ts';
import { describedAs, ON_LOAN, PROCESS, titleOf } from './catalogue.ts';
import type { Holding } from './catalogue.ts';
import { groupOf } from './patrons.ts';
import { BUSY_LIBRARY, IDLE_PATRON, NOW } from './scale.ts';
import type { Size } from './scale.ts';

/** Nobody has more open requests (REQ-04). */
const MOST_PER_PATRON = 10;
const TRIES = 40;

export type Asked = { readonly patron: number; readonly pickup: string };

/** Who asks for a copy, and where they fetch it, so that the rules allow it. */
export type Asking = {
  /** The libraries at which an item may be fetched. */
  pickups(item: number): readonly string[];
  /** Somebody who has not asked for this yet. */
  patronFor(item: number): number;
  /** Somebody for whom the copy could be had from where it is, at a library if one is given; undefined: nobody. */
  ask(item: number, at?: string): Asked | undefined;
};

/** Chooses by the program's own rules. `states`: what the items are in. */
export function askingOf(
  network: Network,
  size: Size,
  held: readonly Holding[],
  states: Uint8Array,
  random: Random,
): Asking {
  const today = dayOf(NOW, network.timeZone);
  const desks = network.libraries.filter((one) => one.desks.length > 0).map((one) => one.code);
  const asked = new Map<number, Set<number>>();
  const counts = new Map<number, number>();

  const holdingOf = (item: number): Holding => {
    const holding = held[item - 1];
    if (!holding) throw new Error(`no item ${item}`);
    return holding;
  };
  const copyOf = (item: number): CopyFacts => {
    const holding = holdingOf(item);
    const state = states[item] ?? 0;
    return {
      ...holding,
      id: item,
      described: describedAs(item, holding) !== null,
      process: PROCESS[state] ?? null,
      at: holding.library,
      assignedTo: null,
      toTreat: false,
      loan: state === ON_LOAN ? { id: item, patronId: null, due: NOW, recalled: false } : null,
    };
  };
  const patronFor = (item: number): number => {
    const title = titleOf(item, size);
    const known = asked.get(title) ?? new Set();
    asked.set(title, known);
    for (;;) {
      const patron = IDLE_PATRON + 1 + random.below(size.patrons - IDLE_PATRON);
      const count = counts.get(patron) ?? 0;
      if (known.has(patron) || count >= MOST_PER_PATRON) continue;
      known.add(patron);
      counts.set(patron, count + 1);
      return patron;
    }
  };

  return {
    pickups: (item) => desks.filter((code) => mayBePickedUpAt(network, holdingOf(item), code)),
    patronFor,
    ask(item, at) {
      const copy = copyOf(item);
      const itemId = copy.described ? item : null;
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const patron = IDLE_PATRON + 1 + random.below(size.patrons - IDLE_PATRON);
        const near = random.chance(0.4) ? copy.library : random.chance(0.15) ? BUSY_LIBRARY : random.oneOf(desks);
        const pickup = at ?? near;
        const known = asked.get(titleOf(item, size));
        const full = (counts.get(patron) ?? 0) >= MOST_PER_PATRON;
        if (full || known?.has(patron) === true) continue;
        if (against(network, today, { itemId, group: groupOf(patron) }, copy, pickup) !== undefined) continue;
        asked.set(titleOf(item, size), (known ?? new Set()).add(patron));
        counts.set(patron, (counts.get(patron) ?? 0) + 1);
        return { patron, pickup };
      }
      return undefined;
    },
  };
}
