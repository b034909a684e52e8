import { describe, expect, it } from 'vitest';
import { tooLongBefore, underWay } from '../../source/circulation/transit.ts';
import { local } from '../support/house.ts';
import { network, smallNetwork, withLibrary } from '../support/network.ts';

const since = local('2026-03-26T23:30');
const journey = { from: 'sci', to: 'med', since };
const slow = withLibrary('med', { transitAlertDays: 8 }, network({ transitAlertDays: 3 }));

describe('how long an item is under way', () => {
  it('TRA-02 in calendar days of the network, across a change of the clock', () => {
    expect(underWay(smallNetwork, journey, local('2026-03-26T23:59'))).toEqual({
      days: 0,
      alertDays: 5,
      tooLong: false,
    });
    expect(underWay(smallNetwork, journey, local('2026-03-30T23:59'))).toMatchObject({ days: 4, tooLong: false });
    expect(underWay(smallNetwork, journey, local('2026-03-31T00:01'))).toMatchObject({ days: 5, tooLong: true });
  });

  it('TRA-02 the number of days is the network’s, or the longer one of the two libraries', () => {
    const after = (days: string, from: string, to: string) =>
      underWay(slow, { from, to, since }, local(`2026-03-${days}T10:00`));
    expect(after('29', 'sci', 'buc')).toMatchObject({ alertDays: 3, tooLong: true });
    expect(after('29', 'sci', 'med')).toMatchObject({ alertDays: 8, tooLong: false });
    expect(after('29', 'med', 'sci')).toMatchObject({ alertDays: 8, tooLong: false });
    const quick = withLibrary('med', { transitAlertDays: 1 });
    expect(underWay(quick, journey, local('2026-03-28T10:00'))).toMatchObject({ alertDays: 5, tooLong: false });
    expect(underWay(quick, { ...journey, from: 'med' }, local('2026-03-28T10:00'))).toMatchObject({ tooLong: true });
    // A library that a later network has dropped.
    expect(underWay(slow, { ...journey, to: 'gone' }, local('2026-03-29T10:00'))).toMatchObject({ alertDays: 3 });
  });

  it('TRA-02 what a database compares with says the same of every hour', () => {
    for (let hour = 0; hour < 24 * 12; hour += 5) {
      const now = since + hour * 3_600_000;
      const { usual, libraries } = tooLongBefore(slow, now);
      const before = (code: string): number => libraries.find((one) => one.library === code)?.before ?? usual;
      for (const [from, to] of [
        ['sci', 'buc'],
        ['sci', 'med'],
        ['med', 'sci'],
      ] as const) {
        const { tooLong } = underWay(slow, { from, to, since }, now);
        expect(since < before(from) && since < before(to)).toBe(tooLong);
      }
    }
  });
});
