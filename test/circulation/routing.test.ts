import { describe, expect, it } from 'vitest';
import { endedWork, hasArrived, heldUntil, mayServe, routeItem } from '../../source/circulation/routing.ts';
import type { NextStep, RoutingFacts } from '../../source/circulation/routing.ts';
import { local } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';

/** An item of sci that nobody waits for, in place, in hand at the desk of sci. */
const ITEM: RoutingFacts = {
  owner: 'sci',
  here: 'sci',
  was: 'sci',
  hand: { kind: 'desk' },
  treated: false,
  process: null,
  department: null,
  transit: null,
  hold: null,
  waiting: null,
  workOrder: null,
  quickAdd: false,
  cataloguing: 'ACQ',
};
const facts = (more: Partial<RoutingFacts>): RoutingFacts => ({ ...ITEM, ...more });

const transit = (
  destination: string,
  { department = null, request = null }: { department?: string | null; request?: number | null } = {},
): NextStep => ({ next: 'transit', destination, department, request });
const ACQ_DESK = { kind: 'department', code: 'ACQ' } as const;
const ACQ = { library: 'sci', department: 'ACQ' };

describe('where an item goes from a desk', () => {
  it.each<[string, Partial<RoutingFacts>, NextStep]>([
    ['its own, not requested: back to its shelf', {}, { next: 'reshelve' }],
    ['missing until now: back to its shelf', { process: 'MISSING' }, { next: 'reshelve' }],
    ['another library’s: home', { owner: 'buc' }, transit('buc')],
    ['requested here: on the hold shelf', { waiting: { id: 4, pickup: 'sci' } }, { next: 'hold-shelf', request: 4 }],
    [
      'another library’s, requested here: on the hold shelf',
      { owner: 'buc', waiting: { id: 4, pickup: 'sci' } },
      { next: 'hold-shelf', request: 4 },
    ],
    [
      'requested elsewhere: to the pickup library',
      { waiting: { id: 4, pickup: 'med' } },
      transit('med', { request: 4 }),
    ],
    [
      'another library’s, requested at a third: there, not home',
      { owner: 'buc', waiting: { id: 4, pickup: 'med' } },
      transit('med', { request: 4 }),
    ],
    [
      'held for somebody: theirs before whoever waits',
      { hold: { id: 3, pickup: 'sci' }, waiting: { id: 4, pickup: 'med' } },
      { next: 'hold-shelf', request: 3 },
    ],
  ])('RET-03 RET-06 %s', (_, more, expected) => {
    expect(routeItem(facts(more))).toEqual(expected);
  });

  it.each<[string, Partial<RoutingFacts>, NextStep]>([
    ['to a department of this library', { workOrder: ACQ }, { next: 'department', department: 'ACQ', how: 'sent' }],
    ['before anybody who waits for it', { workOrder: ACQ, waiting: { id: 4, pickup: 'sci' } }, sentToAcq()],
    [
      'after whoever has it assigned',
      { workOrder: ACQ, hold: { id: 3, pickup: 'med' } },
      transit('med', { request: 3 }),
    ],
    [
      'to a department of another library',
      { workOrder: { ...ACQ, library: 'buc' } },
      transit('buc', { department: 'ACQ' }),
    ],
    ['found at another library', { here: 'buc', workOrder: ACQ }, transit('sci', { department: 'ACQ' })],
    [
      'in the middle of its treatment: back to it, which goes on',
      { workOrder: ACQ, process: 'WORK_ORDER_DEPARTMENT', department: 'ACQ' },
      { next: 'department', department: 'ACQ', how: 'stays' },
    ],
    [
      'to it from the department of another library, which has been acquiring it',
      { owner: 'buc', was: 'buc', workOrder: ACQ, process: 'ACQ', department: 'ACQ' },
      sentToAcq(),
    ],
    [
      'treatment that was withdrawn leaves nothing to do',
      { process: 'WORK_ORDER_DEPARTMENT', department: 'ACQ' },
      { next: 'reshelve' },
    ],
  ])('ITEM-01 a work order: %s', (_, more, expected) => {
    expect(routeItem(facts(more))).toEqual(expected);
  });

  it.each<[string, Partial<RoutingFacts>, NextStep]>([
    ['to the department of its library', { quickAdd: true }, sentToAcq()],
    ['before anybody who waits for it', { quickAdd: true, waiting: { id: 4, pickup: 'sci' } }, sentToAcq()],
    ['after its treatment', { quickAdd: true, workOrder: { ...ACQ, department: 'REL' } }, sentToAcq('REL')],
    [
      'returned elsewhere: to its library’s department',
      { quickAdd: true, owner: 'buc' },
      transit('buc', { department: 'ACQ' }),
    ],
    ['like any other where its library has no department', { quickAdd: true, cataloguing: null }, { next: 'reshelve' }],
  ])('RET-07 a quick-add item goes %s', (_, more, expected) => {
    expect(routeItem(facts(more))).toEqual(expected);
  });

  it.each<[string, Partial<RoutingFacts>, NextStep]>([
    ['stays with its department', { department: 'REL' }, { next: 'department', department: 'REL', how: 'stays' }],
    ['goes back from another library', { here: 'buc', department: 'REL' }, transit('sci', { department: 'REL' })],
    ['without a department is received at the desk', { cataloguing: null }, { next: 'reshelve' }],
  ])('RET-06 what is being acquired %s', (_, more, expected) => {
    expect(routeItem(facts({ process: 'ACQ', ...more }))).toEqual(expected);
  });

  it('RET-06 what was being acquired and travels to its department goes on there', () => {
    const onItsWay = { process: 'TRANSIT', transit: { to: 'sci', department: 'REL', reason: 'acquisition' } } as const;
    expect(routeItem(facts({ here: 'med', ...onItsWay }))).toEqual(transit('sci', { department: 'REL' }));
    expect(routeItem(facts({ hand: { kind: 'department', code: 'REL' }, ...onItsWay }))).toEqual({
      next: 'department',
      department: 'REL',
      how: 'received',
    });
  });
});

/** To be brought to a department of this library. */
function sentToAcq(department = 'ACQ'): NextStep {
  return { next: 'department', department, how: 'sent' };
}

describe('where an item goes from a department', () => {
  it.each<[string, Partial<RoutingFacts>, NextStep]>([
    ['for this department: received', { workOrder: ACQ }, { next: 'department', department: 'ACQ', how: 'received' }],
    [
      'for another department of this library: sent there',
      { workOrder: { ...ACQ, department: 'REL' } },
      sentToAcq('REL'),
    ],
    [
      'for one of another library: on its way',
      { workOrder: { ...ACQ, library: 'buc' } },
      transit('buc', { department: 'ACQ' }),
    ],
    ['made at the desk: received', { quickAdd: true }, { next: 'department', department: 'ACQ', how: 'received' }],
    ['nothing to do: to the desk, which alone puts it in place', {}, transit('sci')],
    ['nothing to do, another library’s: home', { owner: 'buc' }, transit('buc')],
    [
      'somebody waits for it here: to the desk, for them',
      { waiting: { id: 4, pickup: 'sci' } },
      transit('sci', { request: 4 }),
    ],
    ['somebody waits elsewhere: there', { waiting: { id: 4, pickup: 'med' } }, transit('med', { request: 4 })],
    ['held here: to the desk, for its requester', { hold: { id: 3, pickup: 'sci' } }, transit('sci', { request: 3 })],
  ])('SCAN-01 ITEM-01 %s', (_, more, expected) => {
    expect(routeItem(facts({ hand: ACQ_DESK, ...more }))).toEqual(expected);
  });

  it.each<[string, Partial<RoutingFacts>, NextStep, ReturnType<typeof endedWork>]>([
    ['treated: to the desk', { workOrder: ACQ }, transit('sci'), { treatment: true, acquisition: false }],
    [
      'treated at another library’s department: home',
      { owner: 'buc', workOrder: ACQ },
      transit('buc'),
      { treatment: true, acquisition: false },
    ],
    ['catalogued: to the desk', { quickAdd: true }, transit('sci'), { treatment: false, acquisition: true }],
    [
      'both at once',
      { quickAdd: true, workOrder: ACQ, process: 'WORK_ORDER_DEPARTMENT' },
      transit('sci'),
      { treatment: true, acquisition: true },
    ],
    [
      'treated, then to be catalogued elsewhere',
      { quickAdd: true, workOrder: ACQ, cataloguing: 'CAT' },
      sentToAcq('CAT'),
      { treatment: true, acquisition: false },
    ],
    [
      'acquired: to the desk',
      { process: 'ACQ', department: 'ACQ' },
      transit('sci'),
      { treatment: false, acquisition: true },
    ],
    [
      'another department’s treatment is not done',
      { workOrder: { ...ACQ, department: 'REL' } },
      sentToAcq('REL'),
      { treatment: false, acquisition: false },
    ],
    [
      'somebody waits elsewhere: there',
      { workOrder: ACQ, waiting: { id: 4, pickup: 'med' } },
      transit('med', { request: 4 }),
      { treatment: true, acquisition: false },
    ],
  ])('ITEM-01 REQ-09 its work is done. %s', (_, more, step, ended) => {
    const known = facts({ hand: ACQ_DESK, treated: true, ...more });
    expect(routeItem(known)).toEqual(step);
    expect(endedWork(known)).toEqual(ended);
  });
});

describe('what an item in nobody’s hand does', () => {
  it('TRA-01 only a scan puts it in place: it is sent to the desk', () => {
    expect(routeItem(facts({ hand: { kind: 'nobody' } }))).toEqual(transit('sci'));
    expect(routeItem(facts({ hand: { kind: 'nobody' }, here: 'buc' }))).toEqual(transit('sci'));
  });
});

describe('whether whoever waits may have an item', () => {
  it.each<[string, Partial<RoutingFacts>, boolean]>([
    ['free', {}, true],
    ['another library’s', { owner: 'buc' }, true],
    ['held for somebody', { hold: { id: 3, pickup: 'sci' } }, false],
    ['to be treated', { workOrder: ACQ }, false],
    ['to be catalogued', { quickAdd: true }, false],
    ['being acquired', { process: 'ACQ', department: 'ACQ' }, false],
    ['treated just now', { workOrder: ACQ, treated: true, hand: ACQ_DESK }, true],
  ])('REQ-09 ITEM-01 %s', (_, more, expected) => {
    expect(mayServe(facts(more))).toBe(expected);
  });
});

describe('where a journey ends', () => {
  const toDesk = { to: 'sci', department: null, reason: 'home' } as const;
  const toAcq = { to: 'sci', department: 'ACQ', reason: 'treatment' } as const;
  it.each<[string, Partial<RoutingFacts>, boolean]>([
    ['at the desk to which it goes', { transit: toDesk }, true],
    ['not at a desk of another library', { transit: toDesk, here: 'med' }, false],
    ['not in a department, when it goes to the desk', { transit: toDesk, hand: ACQ_DESK }, false],
    ['in the department to which it goes', { transit: toAcq, hand: ACQ_DESK }, true],
    ['not at the desk, when it goes to a department', { transit: toAcq }, false],
    ['not in another department', { transit: toAcq, hand: { kind: 'department', code: 'REL' } }, false],
    ['not by itself', { transit: toDesk, hand: { kind: 'nobody' } }, false],
    ['where there is none: never', {}, false],
  ])('TRA-01 SCAN-05 %s', (_, more, expected) => {
    expect(hasArrived(facts(more))).toBe(expected);
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
