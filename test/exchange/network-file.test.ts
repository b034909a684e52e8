import { describe, expect, it } from 'vitest';
import { readNetworkDocument, readNetworkText } from '../../source/exchange/network-file/index.ts';
import { SMALL, changed, networkOf } from './small-network.ts';

describe('CONF-01 reading a network file', () => {
  it('CONF-01 reads groups, periods, hours and lists as the rules want them', () => {
    const network = networkOf(SMALL);
    expect(network.groups.slice(0, 2)).toEqual([
      { code: 'L', name: { fr: 'Licence', en: 'Bachelor' } },
      { code: 'D', name: { fr: 'Doctorat', en: 'Doctorat' } },
    ]);
    expect(network.loanRules).toEqual([
      { group: ['PEB'], mayBorrow: false },
      { policy: ['EXC'], loanable: false },
      { policy: ['P48NN'], period: { unit: 'hours', count: 48 }, renewable: false },
      {
        location: ['sci/63S'],
        group: ['L'],
        period: { unit: 'days', count: 21 },
        max: { unit: 'days', count: 28 },
      },
      { library: ['BUC'], dueOn: '2026-09-15', from: '2026-06-15', to: '2026-08-31' },
      { period: { unit: 'days', count: 14 } },
    ]);
    const day = [
      { opens: 480, closes: 720 },
      { opens: 840, closes: 1140 },
    ];
    expect(network.libraries[0]?.hours).toEqual([day, day, day, day, day, [{ opens: 540, closes: 750 }], []]);
    expect(network.libraries[0]?.seasons[0]?.from).toBe('2026-07-01');
  });

  it('CONF-01 a closure without `to` is the one day', () => {
    expect(networkOf(SMALL).libraries[0]?.closures).toEqual([
      { from: '2026-07-14', to: '2026-07-14' },
      { from: '2026-12-24', to: '2027-01-03', name: 'Noël' },
    ]);
  });

  it('CONF-01 PEN-08 BLK-05 HOLD-01 TUI-03 TUI-11 what a file leaves out is as shipped', () => {
    const network = networkOf(SMALL);
    expect(network).toMatchObject({
      requestLimit: 10,
      anonymiseAfterMonths: 3,
      keepLettersDays: 365,
      transitAlertDays: 5,
      routing: 'campus',
      penalties: { graceDays: 3, shortLoan: { upToDays: 7, graceDays: 1 }, daysPerDayLate: 1 },
      blockTypes: [
        { code: 'LATE_RETURN', stops: ['loan', 'request'] },
        { code: 'QUITUS', stops: ['loan', 'request'] },
        { code: 'MANUAL', stops: ['loan'] },
      ],
      registrationProfiles: [],
    });
    expect(network.libraries[1]).toEqual({
      code: 'BUC',
      name: 'BU centrale',
      campus: 'UPS',
      site: 'rangueil',
      hours: Array.from({ length: 7 }, () => [{ opens: 480, closes: 1200 }]),
      seasons: [],
      closures: [],
      desks: [],
      departments: [],
      locations: [{ code: 'SAL', name: 'Salle', onShelfRequests: true, quickAdd: false }],
      notices: { cycle: 1 },
      autoRenew: false,
      receipts: { loan: 'on-demand', return: 'on-demand' },
      checksRecords: false,
      parallelLoans: 'allowed',
      limitedOperatorsOverride: true,
      holdShelf: { openDays: 8, reminderAfterDays: 4 },
      pickup: [{ at: 'any' }],
      deliveryDays: { default: 2 },
      scansAtPrompt: 'wait',
      scanner: { prefixes: [], suffixes: [], startStop: ['code39'], frenchDigits: true },
      barcodes: { patron: [], item: [] },
    });
  });

  it('TRA-02 from how many days on an item is too long in transit; a library may say another number', () => {
    const network = networkOf(changed('desks: []', 'transitAlert: 1 week\n    desks: []'));
    expect(network.libraries.map((one) => one.transitAlertDays)).toEqual([undefined, 7]);
    expect(networkOf(changed('code: small,', 'code: small, transitAlert: 3 days,')).transitAlertDays).toBe(3);
  });

  it('REQ-06 a pickup list holds its own library, and a library need not name itself for a location', () => {
    const rows = '- {location: 63S, at: [BUC]}\n      - {location: [sci/AJR], at: [own, BUC]}';
    const network = networkOf(changed('- {material: EQUIPMENT, at: own}', rows));
    expect(network.libraries[0]?.pickup.slice(0, 2)).toEqual([
      { location: ['sci/63S'], at: ['sci', 'BUC'] },
      { location: ['sci/AJR'], at: ['sci', 'BUC'] },
    ]);
    expect(network.libraries[0]?.deliveryDays).toEqual({ default: 2, BUC: 3 });
  });

  it('PEN-08 a library changes a part of the penalties, TUI-02 and how it takes scans at a prompt', () => {
    const own =
      'penalties: {maxDays: 60, shortLoan: {upTo: 1 week, graceDays: 0}}\n    scansAtPrompt: refuse\n    desks: []';
    const [, library] = networkOf(changed('desks: []', own)).libraries;
    expect(library?.penalties).toEqual({ maxDays: 60, shortLoan: { upToDays: 7, graceDays: 0 } });
    expect(library?.scansAtPrompt).toBe('refuse');
    const partly = networkOf(changed('desks: []', 'penalties: {shortLoan: {graceDays: 0}}\n    desks: []'));
    expect(partly.libraries[1]?.penalties).toEqual({ shortLoan: { upToDays: 7, graceDays: 0 } });
  });

  it.each([
    ['1 day', { unit: 'days', count: 1 }],
    ['3 weeks', { unit: 'days', count: 21 }],
    ['1 week', { unit: 'days', count: 7 }],
    ['2 hours', { unit: 'hours', count: 2 }],
    ['2h', { unit: 'hours', count: 2 }],
    ['24h', { unit: 'hours', count: 24 }],
  ])('CAL-02 CAL-06 a period may be written `%s`', (text, period) => {
    expect(networkOf(changed('period: 14 days', `period: ${text}`)).loanRules[5]?.period).toEqual(period);
  });

  it('CAL-01 days may be grouped, the narrower key wins, closed days are named or left out', () => {
    const hours = '{mon-fri: "08:00-18:00", "tue,thu": closed, wed: "14:00-18:00, 08:00-12:00", sun: "10:00-24:00"}';
    const week = networkOf(changed('{mon-sun: "08:00-20:00"}', hours)).libraries[1]?.hours;
    const long = [{ opens: 480, closes: 1080 }];
    const broken = [
      { opens: 480, closes: 720 },
      { opens: 840, closes: 1080 },
    ];
    expect(week).toEqual([long, [], broken, [], long, [], [{ opens: 600, closes: 1440 }]]);
  });

  it('CONF-01 anchors are read, JSON is accepted', () => {
    const anchored = changed('hours: {mon-sun: "08:00-20:00"}', 'hours: *week').replace(
      'hours: {mon-fri',
      'hours: &week {mon-fri',
    );
    const [first, second] = networkOf(anchored).libraries;
    expect(second?.hours).toEqual(first?.hours);
    const reading = readNetworkText(SMALL, 'test.yaml');
    if ('errors' in reading) throw new Error('not valid');
    expect(networkOf(JSON.stringify(reading.document, null, '\t'))).toEqual(reading.network);
    expect(readNetworkDocument(reading.document, 'again')).toMatchObject({
      file: 'again',
      network: reading.network,
    });
  });

  it('CONF-01 an accepted file says its name again', () => {
    expect(readNetworkText(SMALL, 'test.yaml')).toMatchObject({ file: 'test.yaml', warnings: [] });
  });
});
