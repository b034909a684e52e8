import { describe, expect, it } from 'vitest';
import { errorsOf, networkOf, SMALL } from './small-network.ts';

const REGISTRATION = `${SMALL}categories: [{code: OVERWRITE, name: {fr: À écraser, en: To overwrite}}]
statisticTypes: [{code: INSTITUTION, name: Établissement}]
statistics: [{code: 0ups, type: INSTITUTION, campus: UPS, name: UPS}]
registrationProfiles:
  - code: CARD
    name: Carte
    kind: external
    groups: [L]
    campus: UPS
    category: OVERWRITE
    identifier: {type: UNR, primary: false}
    statistics: [0ups]
    expiry: {on: 10-30, of: next-academic-year}
    purge: {after: 3 months}
`.replace('timeZone: Europe/Paris}', 'timeZone: Europe/Paris, preRegistration: {group: PEB}}');

/** The text with one passage changed; it must stand there exactly once. */
const wrong = (passage: string, by: string) => {
  expect(REGISTRATION.split(passage)).toHaveLength(2);
  return errorsOf(REGISTRATION.replace(passage, by));
};

describe('USR-01 what the network file says of registration', () => {
  it('USR-01 USR-06 USR-13 is read as the desk wants it', () => {
    expect(networkOf(REGISTRATION)).toMatchObject({
      categories: [{ code: 'OVERWRITE' }],
      statistics: [{ code: '0ups', type: 'INSTITUTION', campus: 'UPS', name: { fr: 'UPS', en: 'UPS' } }],
      preRegistration: { group: 'PEB', keepMonths: 3 },
      registrationProfiles: [
        {
          identifier: { type: 'UNR', prefixes: [], primary: false },
          expiry: { on: '10-30', of: 'next-academic-year' },
          purge: { after: 3 },
        },
      ],
    });
  });

  it.each([
    ['category: OVERWRITE', 'category: OTHER', 'registrationProfiles[0].category', 'category', ['OVERWRITE']],
    ['statistics: [0ups]', 'statistics: [0ups, x]', 'registrationProfiles[0].statistics[1]', 'statistic', ['0ups']],
    ['type: INSTITUTION', 'type: x', 'statistics[0].type', 'statistic-type', ['INSTITUTION']],
    ['INSTITUTION, campus: UPS', 'INSTITUTION, campus: x', 'statistics[0].campus', 'campus', ['UPS']],
    [
      'preRegistration: {group: PEB}',
      'preRegistration: {group: x}',
      'network.preRegistration.group',
      'group',
      undefined,
    ],
  ])('CONF-01 USR-01 `%s` written `%s` is an unknown code', (passage, by, path, kind, allowed) => {
    expect(wrong(passage, by)).toEqual([
      expect.objectContaining({ problem: 'unknown-code', path, kind, ...(allowed ? { allowed } : {}) }),
    ]);
  });

  it.each([
    ['categories: [', 'categories: [{code: OVERWRITE, name: x}, ', 'category'],
    ['statisticTypes: [', 'statisticTypes: [{code: INSTITUTION, name: x}, ', 'statistic-type'],
    ['statistics: [{', 'statistics: [{code: 0ups, type: INSTITUTION, name: x}, {', 'statistic'],
  ])('CONF-01 USR-01 a code given twice after `%s`', (passage, by, kind) => {
    expect(wrong(passage, by)).toEqual([expect.objectContaining({ problem: 'duplicate-code', kind })]);
  });
});
