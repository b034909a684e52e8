import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_CODES } from '../../source/circulation/blocks.ts';
import { isOpenAt, isOpenDay } from '../../source/circulation/calendar.ts';
import { dueAfter, dueUnder } from '../../source/circulation/due.ts';
import { decideLoan } from '../../source/circulation/loan.ts';
import { BLOCK_TYPES } from '../../source/circulation/network.ts';
import type { Closure, Library, LoanRule, Week } from '../../source/circulation/network.ts';
import { blockedUntil, isInForce, penaltyFor } from '../../source/circulation/penalties.ts';
import { decideRenewal } from '../../source/circulation/renewal.ts';
import { termsFor } from '../../source/circulation/rules.ts';
import { addDays, dayOf, instantOf } from '../../source/circulation/time.ts';
import { book, student, subjectAt } from '../support/facts.ts';
import { days, hours, library, network, ranges, smallNetwork } from '../support/network.ts';

const ZONES = ['Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Africa/Cairo'];
const zone = fc.constantFrom(...ZONES);
/** Any minute of ten years, clock changes and leap days among them. */
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 })
  .map((minute) => minute * 60_000);
const day = fc.integer({ min: 0, max: 3660 }).map((count) => addDays('2026-01-01', count));
const opening = fc
  .constantFrom('', '08:00-19:00', '09:00-12:30', '08:00-12:00, 14:00-18:00', '00:00-24:00', '02:00-03:00')
  .map(ranges);
/** Any week that opens at all. */
const week: fc.Arbitrary<Week> = fc
  .array(opening, { minLength: 7, maxLength: 7 })
  .filter((one) => one.some((openings) => openings.length > 0));
const closure: fc.Arbitrary<Closure> = fc
  .tuple(day, fc.integer({ min: 0, max: 60 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }));
const anyLibrary: fc.Arbitrary<Library> = fc
  .record({ hours: week, closures: fc.array(closure, { maxLength: 5 }) })
  .map((one) => library({ code: 'sci', ...one }));
const count = fc.integer({ min: 1, max: 120 });

/** Codes as a row of a table names them, or leaves them out. */
const rowSelector = fc.record(
  {
    library: fc.constantFrom(['sci'], ['buc'], ['sci', 'buc']),
    group: fc.constantFrom(['L'], ['PROF'], ['L', 'M']),
    material: fc.constantFrom(['BOOK'], ['DVD']),
    policy: fc.constantFrom(['EXC'], ['H2']),
  },
  { requiredKeys: [] },
);

describe('whatever the calendar', () => {
  it('CAL-03 CAL-05 a loan counted in days falls due on an open day, after the loan, and is late the day after', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, zone, (owner, now, period, timeZone) => {
        const due = dueAfter(owner, now, days(period), timeZone);
        expect(isOpenDay(owner, due.day)).toBe(true);
        expect(dayOf(due.due, timeZone)).toBe(due.day);
        expect(due.day >= addDays(dayOf(now, timeZone), period)).toBe(true);
        expect(due.due).toBeGreaterThan(now);
        expect([dayOf(due.lateFrom, timeZone), dayOf(due.lateFrom - 1, timeZone)]).toEqual([
          addDays(due.day, 1),
          due.day,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('CAL-03 no open day between the day counted and the due day is passed over', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, (owner, now, period) => {
        const due = dueAfter(owner, now, days(period), 'Europe/Paris');
        for (let one = addDays(dayOf(now, 'Europe/Paris'), period); one < due.day; one = addDays(one, 1)) {
          expect(isOpenDay(owner, one)).toBe(false);
        }
      }),
    );
  });

  it('CAL-02 a longer period never falls due earlier', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, count, zone, (owner, now, one, more, timeZone) => {
        const dueOf = (length: number) => dueAfter(owner, now, days(length), timeZone).due;
        expect(dueOf(one + more)).toBeGreaterThanOrEqual(dueOf(one));
      }),
    );
  });

  it('CAL-02 a later loan never falls due earlier', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, fc.integer({ min: 1, max: 100_000 }), (owner, now, period, minutes) => {
        const dueOf = (at: number) => dueAfter(owner, at, days(period), 'Europe/Paris').due;
        expect(dueOf(now + minutes * 60_000)).toBeGreaterThanOrEqual(dueOf(now));
      }),
    );
  });

  it('CAL-06 a loan counted in hours falls due when the library is open, no sooner than its hours', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, zone, (owner, now, period, timeZone) => {
        const due = dueAfter(owner, now, hours(period), timeZone);
        expect(isOpenAt(owner, due.due, timeZone)).toBe(true);
        expect(due.due).toBeGreaterThanOrEqual(now + period * 3_600_000);
        expect(due.lateFrom).toBe(due.due);
      }),
      { numRuns: 300 },
    );
  });
});

const rule: fc.Arbitrary<LoanRule> = fc
  .tuple(
    rowSelector,
    fc.constantFrom<LoanRule>(
      { loanable: false },
      { period: days(14), max: days(28) },
      { period: hours(2) },
      { mayBorrow: false },
    ),
  )
  .map(([selector, answer]) => ({ ...selector, ...answer }));
const rules = fc.array(rule, { maxLength: 6 });

describe('whatever the rules', () => {
  it('LOAN-03 CAL-03 whoever lends whatever, overriding all: due after the loan', () => {
    fc.assert(
      fc.property(anyLibrary, rules, instant, (owner, loanRules, now) => {
        const made = network({ libraries: [owner], loanRules });
        const terms = termsFor(made, subjectAt('sci/63S'), dayOf(now, made.timeZone));
        const due = dueUnder(terms, owner, now, made.timeZone);
        expect(due.due).toBeGreaterThan(now);
        expect(due.lateFrom).toBeGreaterThanOrEqual(due.due);
      }),
    );
  });

  it('BLK-01 each code once, in the public order, none without facts; and shortening never prolongs', () => {
    fc.assert(
      fc.property(anyLibrary, rules, instant, day, fc.boolean(), (owner, loanRules, now, expiry, onLoan) => {
        const made = network({ libraries: [owner], loanRules, limits: [{ max: 1 }] });
        const openLoan = onLoan ? { patronId: 2, patron: 'X', due: now, lateFrom: now } : null;
        const { blocks, due, shortened } = decideLoan({
          network: made,
          now,
          patron: { ...student, expiry, openLoans: [{ ...book, count: 1 }] },
          item: { ...book, openLoan },
        });
        const places = blocks.map((one) => BLOCK_CODES.indexOf(one.code));
        expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other));
        expect(blocks.every((one) => one.facts.length > 0 && one.total >= one.facts.length)).toBe(true);
        if (shortened) expect(shortened.due).toBeLessThan(due.due);
        if (shortened) expect(shortened.due).toBeGreaterThan(now);
      }),
    );
  });

  it('LOAN-05 PEN-04 CONF-02 a decision is the same in whatever order its equals were loaded', () => {
    const limits = fc.array(
      fc.tuple(rowSelector, fc.integer({ min: 0, max: 3 })).map(([selector, max]) => ({ ...selector, max })),
      { maxLength: 6 },
    );
    const blocks = fc.array(
      fc.record({
        type: fc.constantFrom(...BLOCK_TYPES),
        until: day,
        note: fc.constant(null),
        library: fc.constant(null),
        item: fc.constant(null),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        anyLibrary,
        limits,
        blocks,
        fc.array(closure, { maxLength: 4 }),
        instant,
        (owner, rows, held, closed, now) => {
          const decided = (turned: <Row>(list: readonly Row[]) => Row[]) => {
            const made = network({
              libraries: turned([{ ...owner, closures: turned(closed) }, library({ code: 'buc' })]),
              loanRules: [{ period: days(21) }],
              limits: turned(rows),
            });
            const openLoans = turned([
              { ...book, count: 1 },
              { ...book, material: 'DVD', count: 2 },
            ]);
            const patron = { ...student, blocks: turned(held), openLoans };
            const { blocks: found, due } = decideLoan({ network: made, now, patron, item: book });
            const facts = found.flatMap((one) =>
              one.facts.map((fact) => JSON.stringify({ ...fact, row: null, code: one.code })),
            );
            return { facts: facts.toSorted((one, other) => (one < other ? -1 : 1)), due: due.due };
          };
          expect(decided((list) => [...list].toReversed())).toEqual(decided((list) => [...list]));
        },
      ),
    );
  });

  it('REN-03 a renewal that nothing stands against always moves the due date, past now, within the maximum', () => {
    fc.assert(
      fc.property(
        anyLibrary,
        instant,
        count,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 200_000 }),
        (owner, loanedAt, period, extra, minutes) => {
          const made = network({
            libraries: [owner],
            loanRules: [{ period: days(period), max: days(period + extra) }],
          });
          const { due, lateFrom } = dueAfter(owner, loanedAt, days(period), made.timeZone);
          const now = loanedAt + minutes * 60_000;
          const loan = { ...book, loanedAt, renewedAt: null, due, lateFrom, recalled: false, requestWaits: false };
          const decision = decideRenewal({ network: made, now, patron: { ...student, expiry: null }, loan });
          if (decision.refusals.length > 0) return;
          const furthest = dueAfter(owner, loanedAt, days(period + extra), made.timeZone);
          expect(decision.due.due).toBeGreaterThan(Math.max(due, now));
          expect(decision.due.due).toBeLessThanOrEqual(furthest.due);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('whatever the penalties', () => {
  const block = fc.record({
    type: fc.constantFrom(...BLOCK_TYPES),
    until: fc.option(day, { nil: null }),
    library: fc.constantFrom(null, 'sci', 'buc'),
  });

  it('PEN-04 blocks never add up: the end of them all is the end of one of them, and no other in force is later', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), day, (blocks, today) => {
        const until = blockedUntil(smallNetwork, blocks, today);
        const ends = blocks.filter((one) => isInForce(one, today)).flatMap((one) => one.until ?? []);
        expect(until).toBe(ends.toSorted().at(-1) ?? null);
      }),
    );
  });

  it('PEN-02 PEN-03 a later return never costs less, and a day more costs at most one more', () => {
    fc.assert(
      fc.property(anyLibrary, instant, count, fc.integer({ min: 0, max: 400 }), (owner, loanedAt, period, wait) => {
        const made = network({ libraries: [owner] });
        const { due, lateFrom } = dueAfter(owner, loanedAt, days(period), made.timeZone);
        const costs = (daysAfter: number) => {
          const returned = instantOf(addDays(dayOf(due, made.timeZone), daysAfter), 12 * 60, made.timeZone);
          return penaltyFor(made, { library: 'sci', due, lateFrom, period: days(period) }, returned).daysBlocked;
        };
        expect([0, 1]).toContain(costs(wait + 1) - costs(wait));
      }),
    );
  });
});
