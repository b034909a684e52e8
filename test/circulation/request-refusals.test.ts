import { describe, expect, it } from 'vitest';
import {
  pickupChoices,
  requesterRefusals,
  REQUEST_REFUSALS,
  titleRefusals,
} from '../../source/circulation/request-refusals.ts';
import type { NamedCopy, PlacingFacts, RequesterFacts } from '../../source/circulation/request-refusals.ts';
import { reminderAt } from '../../source/circulation/hold-shelf.ts';
import type { Library } from '../../source/circulation/network.ts';
import { local, said } from '../support/house.ts';
import { smallNetwork, withLibrary } from '../support/network.ts';

const copy = (more: Partial<NamedCopy> = {}): NamedCopy => ({
  id: 1,
  barcode: 'B1',
  callNumber: '512 GRI',
  library: 'sci',
  location: 'sci/63S',
  material: 'BOOK',
  policy: null,
  described: false,
  process: null,
  at: 'sci',
  assignedTo: null,
  toTreat: false,
  loan: null,
  ...more,
});
const open = { code: '63S', name: '63S', onShelfRequests: false, quickAdd: false };
const helpYourself = withLibrary('sci', { locations: [open] });
const onLoan = { process: 'LOAN', loan: { id: 9, patronId: 3, due: 0, recalled: false } } as const;
const facts = (copies: NamedCopy[], more: Partial<PlacingFacts> = {}): PlacingFacts => ({
  network: smallNetwork,
  today: '2026-06-01',
  wanted: { itemId: null, group: 'L' },
  copies,
  ...more,
});
const sciPickup = (pickup: Library['pickup']) => withLibrary('sci', { pickup });

describe('what stands against a request in the title', () => {
  it('REQ-04 nothing, where a copy can be had', () => {
    expect(titleRefusals(facts([copy()]), 'sci')).toEqual([]);
    expect(titleRefusals(facts([copy(onLoan)], { network: helpYourself }), 'med')).toEqual([]);
  });

  it.each([
    ['no copy at all', [], []],
    [
      'only missing and lost ones',
      [copy({ process: 'MISSING' }), copy({ id: 2, process: 'LOST_LOAN' })],
      ['MISSING', 'LOST'],
    ],
    [
      'only what the rules exclude',
      [copy({ policy: 'EXC' }), copy({ policy: 'P48NN' })],
      ['NOT_REQUESTABLE', 'NOT_REQUESTABLE'],
    ],
    ['only volumes, where the title is meant', [copy({ described: true })], []],
  ])('REQ-04 NOT_REQUESTABLE: %s', (_, copies, why) => {
    const [one] = titleRefusals(facts(copies), 'sci');
    expect(one).toMatchObject({ code: 'NOT_REQUESTABLE', facts: { copies: why.map((reason) => ({ why: reason })) } });
  });

  it('REQ-04 REQ-05 ITEM_ON_SHELF: one helps oneself, and no other copy in place can fill it', () => {
    const shelved = copy();
    const away = copy({ id: 2, barcode: 'B2', library: 'med', location: 'med/SALLE', at: 'med' });
    const network = helpYourself;
    const refused = [
      { code: 'ITEM_ON_SHELF', facts: { copies: [{ barcode: 'B1', location: 'sci/63S', callNumber: '512 GRI' }] } },
    ];
    expect(titleRefusals(facts([shelved], { network }), 'sci')).toMatchObject(refused);
    expect(titleRefusals(facts([shelved, { ...away, ...onLoan }], { network }), 'sci')).toMatchObject(refused);
    expect(titleRefusals(facts([shelved, away], { network }), 'sci')).toEqual([]);
    // The other one may not travel there, or nobody has said yet where.
    const own = withLibrary('med', { pickup: [{ at: 'own' }] }, network);
    expect(titleRefusals(facts([shelved, away], { network: own }), 'sci')).toMatchObject(refused);
    expect(titleRefusals(facts([shelved, away], { network: own }), null)).toEqual([]);
  });

  it('REQ-04 NO_PICKUP_LIBRARY: nothing may be fetched anywhere', () => {
    const network = sciPickup([{ material: ['MAP'], at: 'any' }]);
    expect(titleRefusals(facts([copy()], { network }), 'sci')).toMatchObject([
      { code: 'NO_PICKUP_LIBRARY', facts: { copies: [{ barcode: 'B1', why: 'PICKUP_NOT_POSSIBLE' }] } },
    ]);
  });

  it('REQ-04 PICKUP_NOT_POSSIBLE says which are; only libraries with a desk', () => {
    const network = { ...sciPickup([{ at: 'any', except: ['med'] }]) };
    expect(titleRefusals(facts([copy()], { network }), 'med')).toEqual([
      { code: 'PICKUP_NOT_POSSIBLE', facts: { pickup: 'med', possible: ['sci', 'buc'] } },
    ]);
    const deskless = withLibrary('buc', { desks: [] }, network);
    expect(pickupChoices(facts([copy()], { network: deskless }))).toEqual([
      { code: 'sci', possible: true, why: null },
      { code: 'med', possible: false, why: 'PICKUP_NOT_POSSIBLE' },
    ]);
  });

  it('REQ-02 REQ-06 the reason that says most: on the spot, acquired', () => {
    const network = sciPickup([{ at: 'any', notOnSite: true }]);
    const choices = (one: NamedCopy) => pickupChoices(facts([one], { network })).map(({ why }) => why);
    expect(choices(copy())).toEqual(['NOT_ON_SITE', null, null]);
    expect(choices(copy({ process: 'ACQ' }))).toEqual([null, 'OWN_LIBRARY_ONLY', 'OWN_LIBRARY_ONLY']);
  });
});

const student: RequesterFacts = {
  status: 'active',
  expiry: '2026-06-01',
  blocks: [],
  open: 0,
  onLoan: null,
  asked: null,
};

describe('what stands against a request in its requester', () => {
  const codes = (more: Partial<RequesterFacts>, today = '2026-06-01') =>
    requesterRefusals(smallNetwork, today, { ...student, ...more }).map((one) => one.code);
  const block = { type: 'LATE_RETURN', until: '2026-06-01', note: null, library: 'sci', item: null } as const;

  it('REQ-04 PEN-06 all at once, in the order in which they are shown', () => {
    const asked = { request: 4, pickup: 'sci', placedAt: 0 };
    const everything = {
      status: 'inactive',
      open: 10,
      blocks: [block],
      onLoan: { barcode: 'B', due: 0 },
      asked,
    } as const;
    expect(codes({ ...everything, expiry: '2026-05-31' })).toEqual(REQUEST_REFUSALS.slice(0, 6));
  });

  it.each([
    ['nine open requests', { open: 9 }, []],
    ['ten of them', { open: 10 }, ['REQUEST_LIMIT']],
    ['the last day of the record', { expiry: '2026-06-01' }, []],
    ['a block that stops loans only', { blocks: [{ ...block, type: 'MANUAL' as const }] }, []],
    ['a block that has ended', { blocks: [{ ...block, until: '2026-05-31' }] }, []],
    ['quitus', { blocks: [{ ...block, type: 'QUITUS' as const, until: null }] }, ['PATRON_BLOCKED']],
  ])('REQ-04 %s', (_, more, expected) => {
    expect(codes(more)).toEqual(expected);
  });
});

describe('the hold shelf', () => {
  it.each([
    ['2026-06-01T10:00', '2026-06-10', '2026-06-05T08:00'],
    ['2026-06-01T23:59', '2026-06-10', '2026-06-05T08:00'],
    ['2026-10-22T10:00', '2026-10-31', '2026-10-26T08:00'],
    ['2026-06-01T10:00', '2026-06-04', null],
  ])('HOLD-01 the reminder leaves at eight after four calendar days: placed %s, held until %s', (since, until, at) => {
    expect(said(reminderAt(smallNetwork, 'sci', local(since), until))).toBe(at);
  });
});
