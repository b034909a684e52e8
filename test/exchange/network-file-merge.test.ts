import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  diffNetworks,
  mergeNetwork,
  networkJsonSchema,
  readNetworkDocument,
} from '../../source/exchange/network-file/index.ts';
import type { Network } from '../../source/circulation/network.ts';
import { SMALL, changed, networkOf } from './small-network.ts';

/** SMALL with a partial network merged in, as a scenario's `with`. */
function merged(partial: string): Network {
  const reading = readNetworkDocument(mergeNetwork(parse(SMALL), parse(partial)), 'merged');
  if ('errors' in reading) throw new Error(JSON.stringify(reading.errors));
  return reading.network;
}

const base = networkOf(SMALL);

describe('a partial network (spec 8, `with`)', () => {
  it('merges maps, and coded lists by code, new ones at the end', () => {
    const network = merged(`
      network: {requestLimit: 3}
      libraries:
        - code: BUC
          closures: [{from: 2026-07-14}]
          locations: [{code: SAL, onShelfRequests: false}, {code: MAG, name: Magasins}]
      groups: [{code: M, name: Master}]`);
    expect(network.requestLimit).toBe(3);
    expect(network.name).toBe('Petit réseau');
    expect(network.libraries[0]).toEqual(base.libraries[0]);
    expect(network.libraries[1]).toEqual({
      ...base.libraries[1],
      closures: [{ from: '2026-07-14', to: '2026-07-14' }],
      locations: [
        { code: 'SAL', name: 'Salle', onShelfRequests: false, quickAdd: false },
        { code: 'MAG', name: 'Magasins', onShelfRequests: true, quickAdd: false },
      ],
    });
    expect(network.groups.map(({ code }) => code)).toEqual(['L', 'D', 'PROF', 'PEB', 'M']);
  });

  it('replaces rule tables and all other lists', () => {
    const network = merged(`
      loanRules: [{period: 1 day}]
      limits: []
      overrides: [{code: LOAN_LIMIT, by: nobody}]
      cycles: [{code: 1, overdue: [2]}]
      libraries: [{code: sci, closures: [], seasons: [], pickup: [{at: own}]}]`);
    expect(network.loanRules).toEqual([{ period: { unit: 'days', count: 1 } }]);
    expect(network.limits).toEqual([]);
    expect(network.overrides).toEqual([{ code: 'LOAN_LIMIT', by: 'nobody' }]);
    expect(network.cycles).toEqual([{ code: 1, courtesy: 3, overdue: [2], bill: 28 }]);
    expect(network.libraries[0]).toMatchObject({
      closures: [],
      seasons: [],
      pickup: [{ at: 'own' }],
    });
    expect(network.libraries).toHaveLength(2);
  });

  it('changes opening hours day by day, however the days are grouped', () => {
    const closed = (days: string): boolean[] =>
      merged(`libraries: [{code: sci, hours: {${days}: closed}}]`).libraries[0]?.hours.map((day) => day.length === 0) ??
      [];
    expect(closed('wed')).toEqual([false, false, true, false, false, false, true]);
    expect(closed('fri-sat')).toEqual([false, false, false, false, true, true, true]);
    expect(closed('mon-thu')).toEqual([true, true, true, true, false, false, true]);
  });

  it('leaves both documents as they were', () => {
    const [document, partial] = [parse(SMALL) as unknown, { libraries: [{ code: 'sci', name: 'X' }] }];
    mergeNetwork(document, partial);
    expect(document).toEqual(parse(SMALL));
    expect(partial).toEqual({ libraries: [{ code: 'sci', name: 'X' }] });
  });

  it('merging nothing, or a document into itself, changes nothing', () => {
    const document: unknown = parse(SMALL);
    expect(mergeNetwork(document, undefined)).toEqual(document);
    expect(mergeNetwork(document, {})).toEqual(document);
    const reading = readNetworkDocument(mergeNetwork(document, document), 'twice');
    expect(reading).toMatchObject({ network: base });
  });

  it('takes any values, the second time to no effect, and no key reaches the prototype', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const once = mergeNetwork(one, other);
        expect(mergeNetwork(once, other)).toEqual(once);
      }),
    );
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    mergeNetwork({ network: {} }, { network: hostile });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('CONF-01 what changes from one network to another', () => {
  const diff = (text: string) => diffNetworks(base, networkOf(text));

  it('CONF-01 the same file twice changes nothing, however it is written', () => {
    expect(diff(SMALL)).toEqual([]);
    expect(diff(changed('group: L,', 'group: [L],'))).toEqual([]);
    expect(diff(changed('period: 3 weeks', 'period: 21 days'))).toEqual([]);
    expect(diff(changed('{mon-sun: "08:00-20:00"}', '{mon-sat: "08:00-20:00", sun: "8:00 - 20:00"}'))).toEqual([]);
  });

  it('CONF-01 coded things are named by their code', () => {
    expect(diff(changed('name: Salle, onShelfRequests: false', 'name: Grande salle'))).toEqual([
      { path: 'libraries[sci].locations[63S].name', from: 'Salle', to: 'Grande salle' },
      { path: 'libraries[sci].locations[63S].onShelfRequests', from: false, to: true },
    ]);
    expect(diff(changed('  - {code: D, name: Doctorat}\n', '  - {code: M, name: Master}\n'))).toEqual([
      { path: 'groups[D]', from: { code: 'D', name: { fr: 'Doctorat', en: 'Doctorat' } } },
      { path: 'groups[M]', to: { code: 'M', name: { fr: 'Master', en: 'Master' } } },
    ]);
  });

  it('CONF-01 hours and periods are written as in the file', () => {
    expect(diff(changed('sat: "09:00-12:30"', 'sat: closed, sun: "10:00-12:00, 13:00-15:00"'))).toEqual([
      { path: 'libraries[sci].hours.sat', from: '09:00-12:30', to: 'closed' },
      { path: 'libraries[sci].hours.sun', from: 'closed', to: '10:00-12:00, 13:00-15:00' },
    ]);
    expect(diff(changed('period: 14 days', 'period: 1 day, max: 3 hours'.replace('3 hours', '1 day')))).toEqual([
      { path: 'loanRules[5]', from: { period: '14 days' }, to: { period: '1 day', max: '1 day' } },
    ]);
  });

  it('CONF-01 rule tables row by row: a row put in between is one change, one taken out another', () => {
    const row = '  - {policy: EXC, loanable: false}\n';
    expect(diff(changed(row, `${row}  - {group: D, period: 3 days}\n`))).toEqual([
      { path: 'loanRules[2]', to: { group: ['D'], period: '3 days' } },
    ]);
    expect(diff(changed(row, ''))).toEqual([{ path: 'loanRules[1]', from: { policy: ['EXC'], loanable: false } }]);
    expect(diff(changed('{code: PATRON_EXPIRED, by: manager}', '{code: PATRON_EXPIRED, by: anyone}'))).toEqual([
      {
        path: 'overrides[0]',
        from: { code: 'PATRON_EXPIRED', by: 'manager' },
        to: { code: 'PATRON_EXPIRED', by: 'anyone' },
      },
    ]);
  });

  it('CONF-01 the order of coded things counts, as staff see them in it', () => {
    const text = changed(
      '[{code: BOOK, name: Livre}, {code: EQUIPMENT, name: Matériel}]',
      '[{code: EQUIPMENT, name: Matériel}, {code: BOOK, name: Livre}]',
    );
    expect(diff(text)).toEqual([{ path: 'materials', from: ['BOOK', 'EQUIPMENT'], to: ['EQUIPMENT', 'BOOK'] }]);
  });

  it('CONF-01 what one network has and the other has not', () => {
    expect(diff(changed('bill: 28}', 'bill: 28}, {code: 2, courtesy: 3, overdue: [], bill: 9}'))).toEqual([
      { path: 'cycles[2]', to: { code: 2, courtesy: 3, overdue: [], bill: 9 } },
    ]);
    expect(diff(changed('desks: []', 'penalties: {maxDays: 60}\n    desks: []'))).toEqual([
      { path: 'libraries[BUC].penalties', to: { maxDays: 60 } },
    ]);
  });
});

describe('the JSON Schema (spec 10)', () => {
  it('is made from what validates the file: sections, fixed words, no other keys', () => {
    const schema = networkJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['network', 'campuses', 'sites', 'groups', 'materials', 'libraries', 'loanRules'],
    });
    expect(JSON.stringify(schema)).toContain('"scansAtPrompt"');
    expect(JSON.stringify(schema)).toContain('["nobody","manager","operator","anyone","automatic"]');
  });
});
