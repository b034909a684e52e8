import { describe, expect, it } from 'vitest';
import { dueAfter } from '../../source/circulation/due.ts';
import type { BlockType, Network, Penalties, Period } from '../../source/circulation/network.ts';
import { blockedUntil, isInForce, penaltyFor, stopsOf } from '../../source/circulation/penalties.ts';
import type { Penalty } from '../../source/circulation/penalties.ts';
import { codesOf, decide, sci, ZONE } from '../support/facts.ts';
import { local } from '../support/house.ts';
import { days, hours, network, smallNetwork, withLibrary } from '../support/network.ts';

/** What the return of a book costs that was due on Monday 22 June 2026 after a period. */
function penaltyAt(
  returned: string,
  { period = days(21), rules = smallNetwork }: { period?: Period; rules?: Network } = {},
): Penalty {
  const from =
    period.unit === 'days' ? local('2026-06-22T10:00') - period.count * 86_400_000 : local('2026-06-22T10:00');
  const { due, lateFrom } = dueAfter(sci, from, period, ZONE);
  return penaltyFor(rules, { library: 'sci', due, lateFrom, period }, local(returned));
}

/** The small network with other penalties. */
const penalised = (more: Partial<Penalties>): Network => network({ penalties: { ...smallNetwork.penalties, ...more } });

describe('late returns', () => {
  it.each([
    ['on time', '2026-06-22T18:00', 0, null],
    ['after closing of the due day', '2026-06-22T23:00', 0, null],
    ['Tuesday', '2026-06-23T10:00', 1, null],
    ['Wednesday', '2026-06-24T10:00', 2, null],
    ['Thursday: the last day of grace', '2026-06-25T18:59', 3, null],
    ['Friday: one day', '2026-06-26T10:00', 4, '2026-06-27'],
    ['Saturday: two days', '2026-06-27T10:00', 5, '2026-06-29'],
    ['eight days late: five days', '2026-06-30T11:00', 8, '2026-07-05'],
    ['a year late', '2027-06-22T10:00', 365, '2028-06-18'],
  ])('PEN-02 PEN-03 PEN-05 due Monday, returned %s', (_, returned, daysLate, until) => {
    expect(penaltyAt(returned)).toMatchObject({ daysLate, until, graceDays: 3 });
  });

  it('PEN-03 grace is deducted, it is not a threshold', () => {
    expect(penaltyAt('2026-06-26T10:00').daysBlocked).toBe(1);
    expect(penaltyAt('2026-06-30T10:00').daysBlocked).toBe(5);
  });

  it.each([
    ['7 days', days(7), 1],
    ['8 days', days(8), 3],
    ['2 days', days(2), 1],
    ['168 hours', hours(168), 1],
    ['169 hours', hours(169), 3],
  ])('PEN-03 the class is that of the period: %s', (_, period, graceDays) => {
    expect(penaltyAt('2026-07-30T10:00', { period }).graceDays).toBe(graceDays);
  });

  it('PEN-03 a short loan due Monday: Tuesday costs nothing, Wednesday one day', () => {
    expect(penaltyAt('2026-06-23T10:00', { period: days(7) })).toMatchObject({ daysLate: 1, until: null });
    expect(penaltyAt('2026-06-24T10:00', { period: days(7) })).toMatchObject({ daysLate: 2, until: '2026-06-25' });
  });

  it('PEN-03 a loan with a fixed date is standard', () => {
    const loan = { library: 'sci', due: local('2026-09-15T19:00'), lateFrom: local('2026-09-16T00:00'), period: null };
    expect(penaltyFor(smallNetwork, loan, local('2026-09-19T10:00'))).toMatchObject({
      graceDays: 3,
      until: '2026-09-20',
    });
  });

  it('CAL-05 a two-hour loan returned the same evening is late, but by no day', () => {
    expect(penaltyAt('2026-06-22T18:00', { period: hours(2) })).toMatchObject({
      daysLate: 0,
      daysBlocked: 0,
      until: null,
    });
  });

  it('PEN-07 a return counts at its own time: the block follows the return day, over a year’s end and a leap day', () => {
    const loan = {
      library: 'sci',
      due: local('2027-12-20T19:00'),
      lateFrom: local('2027-12-21T00:00'),
      period: days(21),
    };
    expect(penaltyFor(smallNetwork, loan, local('2027-12-29T10:00')).until).toBe('2028-01-04');
    const february = { ...loan, due: local('2028-02-21T19:00'), lateFrom: local('2028-02-22T00:00') };
    expect(penaltyFor(smallNetwork, february, local('2028-02-28T10:00')).until).toBe('2028-03-03');
  });
});

describe('other practice is a setting', () => {
  it.each([
    ['rate 0: no suspension at all', { daysPerDayLate: 0 }, null],
    ['two days for a day', { daysPerDayLate: 2 }, '2026-07-10'],
    ['half a day for a day, begun days whole', { daysPerDayLate: 0.5 }, '2026-07-03'],
    ['a cap that is reached', { maxDays: 4 }, '2026-07-04'],
    ['a cap that is not', { maxDays: 60 }, '2026-07-05'],
    ['other grace', { graceDays: 0 }, '2026-07-08'],
  ])('PEN-08 %s', (_, settings, until) => {
    expect(penaltyAt('2026-06-30T11:00', { rules: penalised(settings) }).until).toBe(until);
  });

  it('PEN-08 the owning library’s settings are merged over the network’s', () => {
    const rules = withLibrary('sci', { penalties: { daysPerDayLate: 2 } });
    expect(penaltyAt('2026-06-30T11:00', { rules })).toMatchObject({ graceDays: 3, daysBlocked: 10 });
    expect(
      penaltyAt('2026-06-30T11:00', { rules: withLibrary('buc', { penalties: { daysPerDayLate: 2 } }) }).daysBlocked,
    ).toBe(5);
  });

  it('PEN-08 as shipped late returns and quitus stop loans and requests, manual blocks stop loans', () => {
    const stops = (type: BlockType) => stopsOf(smallNetwork, type, null);
    expect(stops('LATE_RETURN')).toEqual(['loan', 'request']);
    expect(stops('QUITUS')).toEqual(['loan', 'request']);
    expect(stops('MANUAL')).toEqual(['loan']);
  });

  it('PEN-08 what a type of block stops may differ at a library', () => {
    const rules = withLibrary('sci', { blockTypes: [{ code: 'MANUAL', stops: ['renewal'] }] });
    expect(stopsOf(rules, 'MANUAL', 'sci')).toEqual(['renewal']);
    expect(stopsOf(rules, 'MANUAL', 'buc')).toEqual(['loan']);
    expect(stopsOf(rules, 'LATE_RETURN', 'sci')).toEqual(['loan', 'request']);
  });
});

const late = (until: string | null, type: BlockType = 'LATE_RETURN') => ({
  type,
  until,
  library: 'sci',
  note: null,
  item: null,
});

describe('blocks of a patron', () => {
  it('PEN-04 blocks do not add up: the latest end counts', () => {
    const blocks = [late('2026-07-05'), late('2026-07-20'), late('2026-07-01')];
    expect(blockedUntil(smallNetwork, blocks, '2026-06-30')).toBe('2026-07-20');
    expect(blockedUntil(smallNetwork, blocks, '2026-07-21')).toBeNull();
  });

  it('PEN-05 blocked until 29 October inclusive means borrowing again on the 30th', () => {
    const patron = { blocks: [late('2026-10-29')] };
    expect(codesOf(decide('2026-10-29T18:59', { patron }))).toEqual(['PATRON_BLOCK_LATE_RETURN']);
    expect(codesOf(decide('2026-10-30T08:00', { patron }))).toEqual([]);
    expect([isInForce(late('2026-10-29'), '2026-10-29'), isInForce(late('2026-10-29'), '2026-10-30')]).toEqual([
      true,
      false,
    ]);
  });

  it('PEN-05 the hour is only information: after closing time of the last day the patron is still blocked', () => {
    expect(codesOf(decide('2026-10-29T23:59', { patron: { blocks: [late('2026-10-29')] } }))).toEqual([
      'PATRON_BLOCK_LATE_RETURN',
    ]);
  });

  it('PEN-06 a block names the item that came back late, and its end', () => {
    const item = { barcode: 'B9', title: 'Optique', returned: local('2026-06-30T11:00') };
    const [block] = decide('2026-07-01T10:00', { patron: { blocks: [{ ...late('2026-07-05'), item }] } }).blocks;
    expect(block).toEqual({ code: 'PATRON_BLOCK_LATE_RETURN', total: 1, facts: [{ ...late('2026-07-05'), item }] });
  });

  it('PEN-08 a block whose type does not stop loans stops none', () => {
    const rules = network({ blockTypes: [{ code: 'MANUAL', stops: ['request'] }] });
    expect(codesOf(decide('2026-07-01T10:00', { patron: { blocks: [late(null, 'MANUAL')] }, network: rules }))).toEqual(
      [],
    );
    expect(blockedUntil(rules, [late('2026-09-01', 'MANUAL')], '2026-07-01')).toBeNull();
  });
});
