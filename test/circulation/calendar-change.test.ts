import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpenDay, NoOpenDay } from '../../source/circulation/calendar.ts';
import { movedByCalendar } from '../../source/circulation/due.ts';
import type { Library } from '../../source/circulation/network.ts';
import { addDays, dayOf } from '../../source/circulation/time.ts';
import { sci, ZONE } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { library, week } from '../support/network.ts';

/** Where a due date of a library goes, as of the night after 1 June 2026; null: it stays. */
const moved = (owner: Library, due: string, asOf = '2026-06-02T00:30'): string | null =>
  said(movedByCalendar(owner, local(due), local(asOf), ZONE)?.due);

const closed = (...closures: Library['closures']): Library => ({ ...sci, closures });

describe('when hours or closures change', () => {
  it.each([
    ['its day is open', sci, '2026-06-22T19:00', null],
    ['its day has closed', closed({ from: '2026-06-22', to: '2026-06-23' }), '2026-06-22T19:00', '2026-06-24T19:00'],
    [
      'a Saturday closes early',
      closed({ from: '2026-06-26', to: '2026-06-26' }),
      '2026-06-26T19:00',
      '2026-06-27T12:30',
    ],
    ['the weekend follows', closed({ from: '2026-06-26', to: '2026-06-27' }), '2026-06-26T19:00', '2026-06-29T19:00'],
    ['the week has changed', { ...sci, hours: week('', '10:00-17:00') }, '2026-06-22T19:00', '2026-06-27T17:00'],
    [
      'a season has no such day',
      { ...sci, seasons: [{ from: '2026-06-15', to: '2026-06-30', hours: week('09:00-16:00') }] },
      '2026-06-27T12:30',
      '2026-06-29T16:00',
    ],
    [
      'clocks go back meanwhile',
      closed({ from: '2026-10-24', to: '2026-10-25' }),
      '2026-10-24T12:30',
      '2026-10-26T19:00',
    ],
  ])('CAL-07 %s', (_, owner, due, expected) => {
    expect(moved(owner, due)).toBe(expected);
  });

  it('CAL-07 only the day counts: another closing hour on an open day moves nothing', () => {
    expect(moved({ ...sci, hours: week('08:00-12:00') }, '2026-06-22T19:00')).toBeNull();
  });

  it('CAL-07 CAL-05 the loan is late from the day after its new due day', () => {
    const due = movedByCalendar(
      closed({ from: '2026-06-22', to: '2026-06-22' }),
      local('2026-06-22T19:00'),
      local('2026-06-02T00:30'),
      ZONE,
    );
    expect(said(due?.lateFrom)).toBe('2026-06-24T00:00');
    expect(due?.steps).toMatchObject([{ kind: 'closed', day: '2026-06-22', to: '2026-06-23' }, { kind: 'closing' }]);
  });

  it('CAL-07 closed on the very day, unforeseen: the night after moves it', () => {
    const snow = closed({ from: '2026-06-22', to: '2026-06-22' });
    expect(moved(snow, '2026-06-22T19:00', '2026-06-23T00:30')).toBe('2026-06-23T19:00');
  });

  it('CAL-07 what is late since an open day stays late', () => {
    const snow = closed({ from: '2026-06-22', to: '2026-06-22' });
    expect(moved(snow, '2026-06-22T19:00', '2026-06-23T19:00')).toBeNull();
    expect(moved({ ...sci, hours: week('08:00-19:00') }, '2025-06-21T12:30')).toBeNull();
  });

  it('CAL-07 CAL-03 a library that never opens again is a configuration error', () => {
    expect(() => moved(closed({ from: '2026-06-02', to: '2029-12-31' }), '2026-06-22T19:00')).toThrow(NoOpenDay);
  });

  it('CAL-07 whatever is moved, is moved once, later, to an open day', () => {
    const closure = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.array(closure, { maxLength: 4 }), fc.integer({ min: 0, max: 60 }), (stretches, after) => {
        const closures = stretches.map(([start, length]) => ({
          from: addDays('2026-06-01', start),
          to: addDays('2026-06-01', start + length),
        }));
        const owner = library({ code: 'sci', closures });
        const due = local(`${addDays('2026-06-01', after)}T19:00`);
        const asOf = local('2026-06-01T00:30');
        const to = movedByCalendar(owner, due, asOf, ZONE);
        expect(to !== undefined).toBe(!isOpenDay(owner, dayOf(due, ZONE)));
        if (!to) return;
        expect(to.due).toBeGreaterThan(due);
        expect(isOpenDay(owner, to.day)).toBe(true);
        expect(movedByCalendar(owner, to.due, asOf, ZONE)).toBeUndefined();
      }),
    );
  });
});
