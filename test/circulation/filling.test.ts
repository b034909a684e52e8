import { describe, expect, it } from 'vitest';
import { planQueue } from '../../source/circulation/filling.ts';
import type { FillingFacts, Plan, RequestFacts } from '../../source/circulation/filling.ts';
import type { Library, Network } from '../../source/circulation/network.ts';
import { against, mayBePickedUpAt } from '../../source/circulation/requested-copy.ts';
import type { CopyFacts } from '../../source/circulation/requested-copy.ts';
import { library, network } from '../support/network.ts';

/**
 * `own` and `far` are of one campus, `next` stands beside `own` and is of another; `away` is neither. `far` is a day from
 * `own`, `next` two, `away` four. Everything is lent for two weeks; D may not borrow, EXC is not lent, NR not requested.
 */
const place = (code: string, campus: string, site: string, more: Partial<Library> = {}): Library =>
  library({
    code,
    campus,
    site,
    locations: [
      { code: 'SAL', name: 'Salle', onShelfRequests: true, quickAdd: false },
      { code: 'OPEN', name: 'Libre accès', onShelfRequests: false, quickAdd: false },
    ],
    ...more,
  });
const LIBRARIES = [
  place('own', 'A', 's1'),
  place('far', 'A', 's2', { deliveryDays: { own: 1, default: 9 } }),
  place('next', 'B', 's1', { deliveryDays: { own: 2, default: 9 } }),
  place('away', 'C', 's3', { deliveryDays: { own: 4, default: 9 } }),
];
const codes = (...list: string[]) => list.map((code) => ({ code, name: { fr: code, en: code } }));
const net = (more: Partial<Network> = {}): Network =>
  network({
    libraries: LIBRARIES,
    groups: codes('L', 'D'),
    itemPolicies: codes('EXC', 'NR'),
    loanRules: [
      { group: ['D'], mayBorrow: false },
      { policy: ['EXC'], loanable: false },
      { policy: ['NR'], requestable: false, period: { unit: 'days', count: 2 } },
      { period: { unit: 'days', count: 14 } },
    ],
    ...more,
  });
const withPickup = (code: string, pickup: Library['pickup']): Network =>
  net({ libraries: LIBRARIES.map((one) => (one.code === code ? { ...one, pickup } : one)) });

let made = 0;
const copy = (at: string, more: Partial<CopyFacts> = {}): CopyFacts => {
  made += 1;
  return {
    id: made,
    library: at,
    location: `${at}/SAL`,
    material: 'BOOK',
    policy: null,
    described: false,
    process: null,
    at,
    assignedTo: null,
    toTreat: false,
    loan: null,
    ...more,
  };
};
const lent = (at: string, due: number, more: Partial<NonNullable<CopyFacts['loan']>> = {}): CopyFacts => {
  const one = copy(at, { process: 'LOAN' });
  return { ...one, loan: { id: one.id * 100, patronId: 77, due, recalled: false, ...more } };
};
const request = (id: number, more: Partial<RequestFacts> = {}): RequestFacts => ({
  id,
  patronId: id,
  group: 'L',
  itemId: null,
  pickup: 'own',
  skipped: [],
  before: null,
  ...more,
});
const plan = (facts: Partial<FillingFacts>): Plan[] =>
  planQueue({ network: net(), today: '2026-06-01', requests: [request(1)], copies: [], ...facts });
/** Who does what with which copy, one line each. */
const said = (plans: readonly Plan[]): string[] =>
  plans.map(({ task, because, library: where, copy: id }) =>
    [task, because, where, id].filter((one) => one !== null).join(' '),
  );
const whys = (one: Plan | undefined): string[] => (one?.looked ?? []).map(({ why }) => why);

describe('who fills a request that waits', () => {
  it('REQ-07 in place: the pickup library, then its campus, then the shortest delivery', () => {
    const [far, next, away, own] = [copy('far'), copy('next'), copy('away'), copy('own')];
    const all = [far, next, away, own];
    expect(said(plan({ copies: all }))).toEqual([`pick AT_PICKUP own ${own.id}`]);
    expect(said(plan({ copies: [next, far, away] }))).toEqual([`pick SAME_CAMPUS far ${far.id}`]);
    expect(said(plan({ copies: [away, next] }))).toEqual([`pick DELIVERY next ${next.id}`]);
    expect(said(plan({ copies: all, requests: [1, 2, 3, 4, 5].map((id) => request(id)) }))).toEqual([
      `pick AT_PICKUP own ${own.id}`,
      `pick SAME_CAMPUS far ${far.id}`,
      `pick DELIVERY next ${next.id}`,
      `pick DELIVERY away ${away.id}`,
      'wait FIRST_RETURNED',
    ]);
  });

  it('REQ-07 a network may prefer the place to the institution', () => {
    const [far, next] = [copy('far'), copy('next')];
    const bySite = net({ routing: 'site' });
    expect(said(plan({ network: bySite, copies: [far, next] }))).toEqual([`pick SAME_SITE next ${next.id}`]);
  });

  it('REQ-07 REQ-06 the own copy that may not be handed out on the spot goes to others; another comes here', () => {
    const [own, away] = [copy('own'), copy('away')];
    const strict = withPickup('own', [{ at: 'any', notOnSite: true }]);
    expect(said(plan({ network: strict, copies: [own, away] }))).toEqual([`pick DELIVERY away ${away.id}`]);
    const [one] = plan({ network: strict, copies: [own, away] });
    expect(whys(one)).toEqual(['NOT_ON_SITE', 'CHOSEN']);
    expect(said(plan({ network: strict, copies: [own], requests: [request(1, { pickup: 'next' })] }))).toEqual([
      `pick DELIVERY own ${own.id}`,
    ]);
    // Once it is on loan, it may.
    const out = lent('own', 5);
    expect(said(plan({ network: strict, copies: [out] }))).toEqual([`recall RECALLED ${out.id}`]);
  });

  it('REQ-07 then what is acquired or treated, at its own library; then what is on its way; then a recall', () => {
    const acquired = copy('own', { process: 'ACQ' });
    const treated = copy('own', { process: 'WORK_ORDER_DEPARTMENT', toTreat: true });
    const elsewhere = copy('far', { process: 'ACQ' });
    const travelling = copy('far', { process: 'TRANSIT' });
    const toDepartment = copy('far', { process: 'TRANSIT', toTreat: true });
    const out = lent('own', 5);
    const copies = [out, travelling, toDepartment, elsewhere, treated, acquired];
    expect(said(plan({ copies, requests: [1, 2, 3, 4, 5].map((id) => request(id)) }))).toEqual([
      `reception ACQUIRED own ${acquired.id}`,
      `reception ACQUIRED own ${treated.id}`,
      `wait ON_ITS_WAY ${travelling.id}`,
      `recall RECALLED ${out.id}`,
      'wait FIRST_RETURNED',
    ]);
    expect(whys(plan({ copies })[0])).toEqual([
      'FURTHER',
      'FURTHER',
      'OWN_LIBRARY_ONLY',
      'OWN_LIBRARY_ONLY',
      'FURTHER',
      'CHOSEN',
    ]);
  });

  it('REQ-05 nothing is asked of a location that takes no requests; its copies fill requests when they come back', () => {
    const open = copy('own', { location: 'own/OPEN' });
    expect(said(plan({ copies: [open] }))).toEqual(['wait FIRST_RETURNED']);
    expect(whys(plan({ copies: [open] })[0])).toEqual(['LOCATION_TAKES_NO_REQUESTS']);
    const out = { ...lent('own', 5), location: 'own/OPEN' };
    expect(said(plan({ copies: [open, out] }))).toEqual([`recall RECALLED ${out.id}`]);
  });

  it('REQ-06 CONF-02 the first pickup row that speaks for the copy decides: material, location, policy', () => {
    const rules = withPickup('own', [
      { material: ['EQUIPMENT'], at: 'own' },
      { location: ['own/OPEN'], at: ['own', 'next'] },
      { policy: ['P'], at: 'any', except: ['far'] },
      { material: ['MAP'], at: 'any', except: [] },
    ]);
    const at = (more: Partial<CopyFacts>) =>
      ['own', 'far', 'next', 'away'].filter((pickup) => mayBePickedUpAt(rules, copy('own', more), pickup));
    expect(at({ material: 'EQUIPMENT', policy: 'P' })).toEqual(['own']);
    expect(at({ location: 'own/OPEN' })).toEqual(['own', 'next']);
    expect(at({ policy: 'P' })).toEqual(['own', 'next', 'away']);
    expect(at({ material: 'MAP' })).toEqual(['own', 'far', 'next', 'away']);
    expect(at({})).toEqual([]);
  });

  it.each([
    ['is excluded from loan', { policy: 'EXC' }, {}, 'NOT_REQUESTABLE'],
    ['may not be requested', { policy: 'NR' }, {}, 'NOT_REQUESTABLE'],
    ['is asked for by a group that may not borrow', {}, { group: 'D' }, 'NOT_REQUESTABLE'],
    ['is asked for by nobody in particular', {}, { group: null }, 'NOT_REQUESTABLE'],
    ['is missing', { process: 'MISSING' }, {}, 'MISSING'],
    ['is lost', { process: 'LOST_LOAN' }, {}, 'LOST'],
    ['is a volume, and the title is meant', { described: true }, {}, 'OTHER_VOLUME'],
    ['is held for somebody', { process: 'HOLDSHELF', assignedTo: 9 }, {}, 'HELD'],
  ] as const)('REQ-05 REQ-07 never a copy that %s', (_, about, who, why) => {
    const [one] = plan({ copies: [copy('own', about)], requests: [request(1, who)] });
    expect(one).toMatchObject({ task: 'wait', because: 'FIRST_RETURNED', copy: null });
    expect(whys(one)).toEqual([why]);
  });

  it('REQ-01 a request of a volume is for that very item', () => {
    const [one, two] = [copy('own', { described: true }), copy('own', { described: true })];
    expect(said(plan({ copies: [one, two], requests: [request(1, { itemId: two.id })] }))).toEqual([
      `pick AT_PICKUP own ${two.id}`,
    ]);
  });

  it('CONF-03 every copy says what was made of it, how far it is, and by which rule it may be requested', () => {
    const [own, far] = [copy('own'), copy('far')];
    const [, second] = plan({ copies: [own, far], requests: [request(1), request(2)] });
    expect(second?.looked).toEqual([
      { copy: own.id, why: 'TAKEN', days: 0, request: 1, row: 3 },
      { copy: far.id, why: 'CHOSEN', days: 1, request: null, row: 3 },
    ]);
  });
});

describe('recalls', () => {
  it('REQ-08 the pickup library’s own first, then the furthest due; each further request a further copy', () => {
    const [soon, late, own, later] = [lent('far', 10), lent('next', 30), lent('own', 5), lent('own', 6)];
    const requests = [1, 2, 3, 4, 5].map((id) => request(id));
    expect(said(plan({ copies: [soon, late, own, later], requests }))).toEqual([
      `recall RECALLED ${later.id}`,
      `recall RECALLED ${own.id}`,
      `recall RECALLED ${late.id}`,
      `recall RECALLED ${soon.id}`,
      'wait FIRST_RETURNED',
    ]);
  });

  it('REQ-08 a loan that was recalled for a request stays recalled for it, whatever is lent or due later', () => {
    const [mine, other] = [lent('far', 10), lent('own', 99)];
    const before = { task: 'recall', copy: mine.id, loan: mine.loan?.id ?? null } as const;
    expect(said(plan({ copies: [mine, other], requests: [request(1, { before })] }))).toEqual([
      `recall RECALLED ${mine.id}`,
    ]);
    // Others leave it alone; and a copy in place makes the recall needless.
    expect(said(plan({ copies: [mine, other], requests: [request(2), request(1, { before })] }))).toEqual([
      `recall RECALLED ${other.id}`,
      `recall RECALLED ${mine.id}`,
    ]);
    const here = copy('away');
    expect(said(plan({ copies: [mine, here], requests: [request(1, { before })] }))).toEqual([
      `pick DELIVERY away ${here.id}`,
    ]);
  });

  it('REQ-08 nobody’s own loan is recalled for them, nor one that may not travel there', () => {
    const own = lent('own', 10, { patronId: 1 });
    expect(whys(plan({ copies: [own] })[0])).toEqual(['ON_LOAN_TO_REQUESTER']);
    const stays = withPickup('far', [{ at: 'own' }]);
    expect(whys(plan({ network: stays, copies: [lent('far', 10)] })[0])).toEqual(['PICKUP_NOT_POSSIBLE']);
  });
});

describe('what was planned before', () => {
  it('PICK-02 a pick stays where it is: no slip is printed in vain', () => {
    const [own, far] = [copy('own'), copy('far')];
    const before = { task: 'pick', copy: far.id, loan: null } as const;
    expect(said(plan({ copies: [own, far], requests: [request(1, { before })] }))).toEqual([
      `pick SAME_CAMPUS far ${far.id}`,
    ]);
    const gone = { ...far, process: 'MISSING' as const };
    expect(said(plan({ copies: [own, gone], requests: [request(1, { before })] }))).toEqual([
      `pick AT_PICKUP own ${own.id}`,
    ]);
  });

  it('REQ-03 nobody overtakes: whoever comes first takes what was meant for a later one, if there is nothing else', () => {
    const only = copy('own');
    const before = { task: 'pick', copy: only.id, loan: null } as const;
    expect(said(plan({ copies: [only], requests: [request(2), request(1, { before })] }))).toEqual([
      `pick AT_PICKUP own ${only.id}`,
      'wait FIRST_RETURNED',
    ]);
    const twin = copy('own');
    expect(said(plan({ copies: [only, twin], requests: [request(2), request(1, { before })] }))).toEqual([
      `pick AT_PICKUP own ${twin.id}`,
      `pick AT_PICKUP own ${only.id}`,
    ]);
  });

  it('PICK-05 libraries that have passed come last; when all have, the round begins anew', () => {
    const [own, far] = [copy('own'), copy('far')];
    const next = (...skipped: string[]) => plan({ copies: [own, far], requests: [request(1, { skipped })] })[0];
    expect(next('own')).toMatchObject({ task: 'pick', library: 'far', skipped: ['own'] });
    expect(whys(next('own'))).toEqual(['SKIPPED', 'CHOSEN']);
    expect(next('own', 'far')).toMatchObject({ task: 'pick', library: 'own', skipped: [] });
  });

  it('CAN-03 what an ended request has left on a shelf is to be had there', () => {
    const left = copy('far', { process: 'HOLDSHELF', at: 'own', location: 'far/OPEN' });
    expect(said(plan({ copies: [left] }))).toEqual([`pick LEFT_ON_SHELF own ${left.id}`]);
    expect(against(net(), '2026-06-01', { itemId: null, group: 'L' }, left, 'own')).toBeUndefined();
  });
});
