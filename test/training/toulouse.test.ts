import { describe, expect, it } from 'vitest';
import { termsFor } from '../../source/circulation/rules.ts';
import { dueUnder } from '../../source/circulation/due.ts';
import { libraryOf } from '../../source/circulation/network.ts';
import { isOpenDay } from '../../source/circulation/calendar.ts';
import { addDays, localText, parseLocal } from '../../source/circulation/time.ts';
import { readNetworkText } from '../../source/exchange/network-file/index.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';

const text = shippedNetworkText('toulouse');
if (text === undefined) throw new Error('the sample network is not where it should be');
const reading = readNetworkText(text, 'toulouse.yaml', { today: '2026-06-01' });
if ('errors' in reading) throw new Error(JSON.stringify(reading.errors, null, 1));
const { network, warnings } = reading;

const codes = (list: readonly { readonly code: string | number }[]): (string | number)[] =>
  list.map(({ code }) => code);

/** The terms of a book without a policy. */
const terms = (location: string, group: string, policy: string | null = null) =>
  termsFor(network, { library: location.split('/')[0] ?? '', location, group, material: 'BOOK', policy }, '2026-06-01');

const daysOf = (location: string, group: string, policy: string | null = null): (number | undefined)[] => {
  const { period, max } = terms(location, group, policy);
  return [period?.count, max?.count];
};

describe('CONF-04 the sample network', () => {
  it('CONF-04 ships, and only under its name', () => {
    expect(shippedNetworkText('atlantis')).toBeUndefined();
    expect(shippedNetworkText('../networks/toulouse')).toBeUndefined();
    expect(network.code).toBe('toulouse');
  });

  it('CONF-02 CONF-04 has no warnings: no row without effect, no case without an answer', () => {
    expect(warnings).toEqual([]);
  });

  it('CYC-01 the three cycles, with exactly the libraries that the manual lists', () => {
    expect(network.cycles).toEqual([
      { code: 1, courtesy: 3, overdue: [7, 14, 21], bill: 28 },
      { code: 2, courtesy: 3, overdue: [4, 16, 28], bill: 40 },
      { code: 3, courtesy: 3, overdue: [10, 24, 38], bill: 52 },
    ]);
    const inCycle = (cycle: number): string[] =>
      network.libraries
        .filter(({ notices }) => notices.cycle === cycle)
        .map(({ code }) => code)
        .toSorted();
    const listed = (list: string): string[] => list.split(' ').toSorted();
    expect(inCycle(1)).toEqual(listed('IUTC IUTP IUTR IEP IUT12 MONT sci N7 ENIT A7 ENSAT ENVT BOU GAR MAN Ars'));
    expect(inCycle(2)).toEqual(
      listed(
        'BEM ESAV FIGEAC FOIX CROG ISAE ESPEALB ESPEAUC ESPECAH ESPEMON ESPECDP ESPERAN ESPEROD ESPESTA ESPETAR IUTB IUTT ' +
          'JUL BUC CRL CLAP MINALBI CRPLM san ALBI BibMATHS',
      ),
    );
    expect(inCycle(3)).toEqual(listed('Castres CDRSHS-UPS CRDSP-UPS Rodez ENAC INSA OMP'));
    expect(network.libraries).toHaveLength(49);
  });

  it('CONF-04 every library has a desk, a department, an ordinary location and one for quick adds', () => {
    for (const { desks, departments, locations } of network.libraries) {
      expect(codes(desks)).toEqual(['PRET']);
      expect(codes(departments)).toEqual(['ACQ']);
      expect(locations.filter(({ quickAdd }) => quickAdd).map(({ code }) => code)).toEqual(['AJR']);
      expect(locations.length).toBeGreaterThan(1);
    }
  });

  it('LOAN-01 63S as in the manual: period and maximum by group', () => {
    expect(daysOf('sci/63S', 'L')).toEqual([21, 28]);
    expect(daysOf('sci/63S', 'M')).toEqual([28, 42]);
    for (const group of ['D', 'PROF', 'PERS']) expect(daysOf('sci/63S', group)).toEqual([35, 49]);
    expect(daysOf('sci/63S', 'AUT')).toEqual([14, 14]);
  });

  it('LOAN-01 CAL-04 the loan of spec 8: lent on 1 June 2026 at 10:00, due on 22 June at 19:00', () => {
    const lent = parseLocal('2026-06-01T10:00', network.timeZone);
    if (lent === undefined) throw new Error('no such time');
    const { due } = dueUnder(terms('sci/63S', 'L'), libraryOf(network, 'sci'), lent, network.timeZone);
    expect(localText(due, network.timeZone)).toBe('2026-06-22T19:00');
  });

  it('CAL-01 BU Sciences is open on all weekdays and Saturdays until 13 July 2026', () => {
    const sci = libraryOf(network, 'sci');
    for (let day = '2026-06-01', weekday = 0; day <= '2026-07-13'; day = addDays(day, 1), weekday += 1) {
      expect([day, isOpenDay(sci, day)]).toEqual([day, weekday % 7 !== 6]);
    }
    expect(sci.parallelLoans).toBe('forbidden');
  });

  it('LOAN-02 the 17 item policies hold for all groups, wherever the item stands', () => {
    expect(network.itemPolicies).toHaveLength(17);
    const borrowing = network.groups.filter(({ code }) => !['PEB', 'LEGANTO', 'PREINS', 'PBIMPORT'].includes(code));
    for (const { code: policy } of network.itemPolicies) {
      const [first, ...others] = ['sci/63S', 'BUC/SAL', 'N7/SAL', 'Ars/MAG'].flatMap((location) =>
        borrowing.map(({ code: group }) => terms(location, group, policy)),
      );
      for (const other of others) expect(other).toEqual(first);
    }
    expect(terms('sci/63S', 'D', 'EXC')).toMatchObject({ loanable: false });
    expect(terms('sci/63S', 'D', 'P48NN')).toMatchObject({
      period: { unit: 'days', count: 2 },
      renewable: false,
      requestable: false,
    });
    expect(daysOf('sci/63S', 'D', 'LANGINP')).toEqual([28, 56]);
  });

  it('BLK-11 the groups that are no borrowers may not borrow', () => {
    expect(network.groups).toHaveLength(19);
    const refused = network.loanRules
      .filter(({ mayBorrow }) => mayBorrow === false)
      .flatMap(({ group }) => group ?? []);
    expect(refused).toEqual(['PEB', 'LEGANTO', 'PREINS', 'PBIMPORT']);
  });

  it('LOAN-05 the two examples of the manual', () => {
    expect(network.limits.filter(({ library }) => library?.includes('sci'))).toEqual([
      { library: ['sci'], max: 10 },
      { library: ['sci'], group: ['PROF'], max: 20 },
      { library: ['sci'], material: ['DVD'], max: 2 },
    ]);
    const maxima = (group: string) =>
      network.limits.filter((row) => row.library?.includes('san') && row.group?.includes(group)).map(({ max }) => max);
    expect([maxima('L'), maxima('PROF')]).toEqual([
      [15, 8, 2, 5],
      [20, 12, 2, 6],
    ]);
  });

  it('REN-10 automatic renewals, LOAN-08 and receipts where the manual says so', () => {
    const where = (holds: (library: (typeof network.libraries)[number]) => boolean): string[] =>
      network.libraries
        .filter(holds)
        .map(({ code }) => code)
        .toSorted();
    expect(where(({ autoRenew }) => autoRenew)).toEqual(['ALBI', 'Castres', 'INSA', 'ISAE', 'IUTC', 'Rodez']);
    expect(where(({ receipts }) => receipts.loan === 'automatic')).toEqual(['Ars', 'BUC']);
  });

  it('REQ-06 pickup as the manual says', () => {
    const pickup = (code: string) => libraryOf(network, code).pickup;
    for (const code of ['BUC', 'BEM', 'IUTB', 'MONT', 'IUT12']) expect(pickup(code)).toEqual([{ at: 'own' }]);
    expect(pickup('san')).toEqual([
      { material: ['EQUIPMENT'], at: 'own' },
      { at: 'any', except: ['JUL'] },
    ]);
    expect(pickup('JUL')).toEqual([
      { material: ['EQUIPMENT'], at: 'own' },
      { at: 'any', except: ['san'] },
    ]);
    expect(pickup('sci').at(-1)).toMatchObject({ at: 'any', notOnSite: true });
    expect(pickup('sci').at(-1)?.except).toEqual(expect.arrayContaining(['san', 'IUTP', 'BibMATHS', 'ESPERAN']));
    const inspe = network.libraries.map(({ code }) => code).filter((code) => code.startsWith('ESPE'));
    const auch = pickup('ESPEAUC').at(-1)?.at;
    expect(new Set(auch)).toEqual(new Set(inspe));
    expect(pickup('ESPERAN').at(-1)?.at).toEqual(expect.arrayContaining([...inspe, 'sci', 'Ars', 'INSA']));
    expect(pickup('ESPERAN').at(-1)?.at).not.toContain('MINALBI');
  });

  it('REQ-05 libraries of UT2J take no requests for what stands on the shelf, but for the stacks of the BUC', () => {
    const onShelf = network.libraries
      .filter(({ campus, code }) => campus === 'UT2J' && !code.startsWith('ESPE'))
      .flatMap(({ code, locations }) =>
        locations.filter((one) => one.onShelfRequests).map((one) => `${code}/${one.code}`),
      );
    expect(onShelf).toEqual(['BUC/MAG']);
  });

  it('USR-06 the registration profiles', () => {
    expect(codes(network.registrationProfiles)).toEqual([
      'AUTHORISED',
      'CARD_PENDING',
      'ENSA',
      'ENSFEA',
      'TBS',
      'PURPAN',
    ]);
  });

  it('CONF-04 names no real mail address', () => {
    expect(text.match(/@(?!example\.org)[\w-]+\.\w+/g)).toBeNull();
  });
});
