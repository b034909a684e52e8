import { describe, expect, it } from 'vitest';
import { heldUntil, routeItem } from '../../source/circulation/routing.ts';
import { local } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';

describe('where an item goes next', () => {
  it.each([
    ['its own, not requested: back to its shelf', 'sci', null, { next: 'reshelve' }],
    ['another library’s: home', 'buc', null, { next: 'transit', destination: 'buc', request: null }],
    ['requested here: on the hold shelf', 'sci', 'sci', { next: 'hold-shelf', request: 4 }],
    ['another library’s, requested here: on the hold shelf', 'buc', 'sci', { next: 'hold-shelf', request: 4 }],
    ['requested elsewhere: to the pickup library', 'sci', 'med', { next: 'transit', destination: 'med', request: 4 }],
    [
      'another library’s, requested at a third: there, not home',
      'buc',
      'med',
      { next: 'transit', destination: 'med', request: 4 },
    ],
  ])('RET-03 RET-06 returned at sci. %s', (_, owner, pickup, expected) => {
    const request = pickup === null ? null : { id: 4, pickup };
    expect(routeItem({ owner, here: 'sci', request })).toEqual(expected);
  });
});

describe('how long an item is held', () => {
  it.each([
    ['the 8th open day after, Sundays apart', '2026-06-01T10:00', '2026-06-10'],
    ['placed on a Saturday', '2026-06-06T10:00', '2026-06-16'],
    ['over a vacation', '2026-12-21T10:00', '2027-01-09'],
  ])('HOLD-01 %s', (_, at, expected) => {
    expect(heldUntil(smallNetwork, 'sci', local(at))).toBe(expected);
  });

  it('HOLD-01 the pickup library’s calendar and its own number of days', () => {
    expect(heldUntil(smallNetwork, 'med', local('2026-06-01T10:00'))).toBe('2026-06-09');
    const short = withLibrary('sci', { holdShelf: { openDays: 2, reminderAfterDays: 1 } });
    expect(heldUntil(short, 'sci', local('2026-06-05T10:00'))).toBe('2026-06-08');
  });
});
