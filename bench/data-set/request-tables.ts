import { randomFor } from '../support/random.ts';
import { titleOf } from './catalogue.ts';
import type { Waiting } from './requests.ts';
import { BUSY_LIBRARY, NOW } from './scale.ts';
import type { Size } from './scale.ts';
import type { TableRows, Value } from './tables.ts';

const DAY = 24 * 3_600_000;
const NOTES = ['Pour un séminaire', 'Édition la plus récente', 'Appeler à l’arrivée'];

function* requestRows(size: Size, { requests }: Waiting): Generator<readonly Value[]> {
  const random = randomFor('request rows');
  const places = new Map<number, number>();
  for (const [index, one] of requests.entries()) {
    const title = titleOf(one.item, size);
    const isOpen = one.state !== 'CANCELLED';
    if (isOpen) places.set(title, (places.get(title) ?? 0) + 1);
    yield [
      index + 1,
      title,
      one.volume ? one.item : null,
      one.patron,
      one.pickup,
      one.state,
      one.state === 'ON_SHELF' || one.state === 'TRANSIT' ? one.item : null,
      one.at,
      random.chance(0.15) ? `2026-0${6 + random.below(4)}-15` : null,
      one.since !== null && one.state !== 'TRANSIT' ? one.since : null,
      one.until,
      isOpen ? null : NOW - random.below(3 * DAY),
      isOpen ? (places.get(title) ?? null) : null,
      random.chance(0.05) ? random.oneOf(NOTES) : null,
      isOpen ? null : 'cancelled',
      isOpen ? null : one.item,
    ];
  }
}

/** Requests that were filled long ago: their patrons are forgotten. */
function* filledRows(size: Size, after: number): Generator<readonly Value[]> {
  const random = randomFor('filled requests');
  for (let number = 1; number <= size.requests * 2; number += 1) {
    const closed = NOW - 100 * DAY - random.below(600 * DAY);
    const title = 1 + random.below(size.titles);
    yield [
      after + number,
      title,
      null,
      null,
      BUSY_LIBRARY,
      'FILLED',
      null,
      closed - 5 * DAY,
      null,
      closed - DAY,
      null,
      closed,
      null,
      null,
      'filled',
      null,
    ];
  }
}

/** The open requests, those that have ended, and what travels. */
export function requestTables(size: Size, waiting: Waiting): TableRows[] {
  const numbers = new Map(
    waiting.requests.flatMap((one, index) => (one.state === 'TRANSIT' ? [[one.item, index + 1] as const] : [])),
  );
  return [
    {
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
        'note',
        'closing',
        'remains_item_id',
      ],
      *rows() {
        yield* requestRows(size, waiting);
        yield* filledRows(size, waiting.requests.length);
      },
    },
    {
      table: 'transits',
      columns: ['item_id', 'from_library', 'to_library', 'reason', 'request_id', 'since', 'ended_at'],
      *rows() {
        for (const { item, from, to, since } of waiting.journeys) {
          const request = numbers.get(item) ?? null;
          yield [item, from, to, request === null ? 'home' : 'request', request, since, null];
        }
      },
    },
  ];
}
