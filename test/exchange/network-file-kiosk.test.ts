import { describe, expect, it } from 'vitest';
import { kioskOf } from '../../source/circulation/kiosk.ts';
import { preRegistrationOffer } from '../../source/circulation/pre-registration.ts';
import { diffNetworks, networkJsonSchema, readNetworkText } from '../../source/exchange/network-file/index.ts';
import { wordsIn } from '../../source/language/index.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';
import { errorsOf, networkOf, SMALL } from './small-network.ts';

const KIOSK = `${SMALL}statisticTypes: [{code: OCCUPATION, name: Profession}]
statistics: [{code: SAL, type: OCCUPATION, name: {fr: Salarié, en: Employed}}]
kiosk:
  idle: 5 minutes
  terms:
    fr: |-
      Vos données.

      Vos droits.
    en: Your data.
`.replace(
  'timeZone: Europe/Paris}',
  'timeZone: Europe/Paris, preRegistration: {group: PEB, keep: 2 months, libraries: [BUC], occupations: [SAL], durations: [1 year, 3 months], note: À finir, duplicateNote: Vu}}',
);

/** The errors of the text with one passage changed; it must stand there exactly once. */
const wrong = (passage: string, by: string) => {
  expect(KIOSK.split(passage)).toHaveLength(2);
  return errorsOf(KIOSK.replace(passage, by));
};

describe('KIO-06 what the network file says of the patrons’ own terminals', () => {
  it('KIO-06 KIO-07 USR-13 is read as the kiosk wants it', () => {
    const network = networkOf(KIOSK);
    expect(network.kiosk).toEqual({
      idleMinutes: 5,
      terms: { fr: 'Vos données.\n\nVos droits.', en: 'Your data.' },
    });
    expect(network.preRegistration).toEqual({
      group: 'PEB',
      keepMonths: 2,
      libraries: ['BUC'],
      occupations: ['SAL'],
      durations: [12, 3],
      note: 'À finir',
      duplicateNote: 'Vu',
    });
    expect(preRegistrationOffer(network)).toEqual({
      libraries: [{ code: 'BUC', name: 'BU centrale' }],
      occupations: [{ code: 'SAL', name: { fr: 'Salarié', en: 'Employed' } }],
      durations: [12, 3],
    });
  });

  it('KIO-07 a network may say nothing: two minutes, no terms, nobody registers by themselves', () => {
    const network = networkOf(SMALL);
    expect(network.kiosk).toBeUndefined();
    expect(kioskOf(network)).toEqual({ idleMinutes: 2, terms: null });
    expect(kioskOf(networkOf(`${SMALL}kiosk: {}\n`))).toEqual({ idleMinutes: 2, terms: null });
    expect(preRegistrationOffer(network)).toBeNull();
  });

  it.each([
    ['libraries: [BUC]', 'libraries: [BUC, x]', 'libraries[1]', 'library', ['sci', 'BUC']],
    ['occupations: [SAL]', 'occupations: [x]', 'occupations[0]', 'statistic', ['SAL']],
    ['group: PEB, keep', 'group: x, keep', 'group', 'group', ['L', 'D', 'PROF', 'PEB']],
  ])('CONF-01 USR-13 `%s` written `%s` is an unknown code', (passage, by, path, kind, allowed) => {
    expect(wrong(passage, by)).toEqual([
      expect.objectContaining({
        problem: 'unknown-code',
        path: `network.preRegistration.${path}`,
        kind,
        allowed,
        line: 1,
      }),
    ]);
  });

  it.each([
    ['idle: 5 minutes', 'idle: 5', 'needs-quotes', 'kiosk.idle'],
    ['idle: 5 minutes', 'idle: 0 minutes', 'bad-format', 'kiosk.idle'],
    ['idle: 5 minutes', 'idle: 61 minutes', 'bad-format', 'kiosk.idle'],
    ['idle: 5 minutes', 'idle: 5 months', 'bad-format', 'kiosk.idle'],
    ['idle: 5 minutes', 'idel: 5 minutes', 'unknown-key', 'kiosk.idel'],
    ['    en: Your data.\n', '', 'missing-key', 'kiosk.terms.en'],
    ['durations: [1 year, 3 months]', 'durations: []', 'empty', 'network.preRegistration.durations'],
    ['durations: [1 year, 3 months]', 'durations: [3 weeks]', 'bad-format', 'network.preRegistration.durations[0]'],
    ['libraries: [BUC]', 'libraries: []', 'empty', 'network.preRegistration.libraries'],
    ['note: À finir', 'note: ""', 'empty', 'network.preRegistration.note'],
    ['note: À finir', 'notes: À finir', 'unknown-key', 'network.preRegistration.notes'],
  ])('CONF-01 `%s` written `%s`: %s at %s, with its line', (passage, by, problem, path) => {
    expect(wrong(passage, by)).toContainEqual(
      expect.objectContaining({ problem, path, line: expect.any(Number) as number }),
    );
  });

  it('CONF-01 says in both languages what minutes are', () => {
    for (const language of ['fr', 'en'] as const) {
      const { problem } = wordsIn(language).network;
      expect(problem['bad-format']({ found: '5', allowed: 'minutes' })).toContain('2 minutes');
    }
  });

  it('CONF-01 a change is told, and editors know the keys', () => {
    const other = networkOf(KIOSK.replace('Your data.', 'Our data.').replace('idle: 5', 'idle: 6'));
    expect(diffNetworks(networkOf(KIOSK), other).map(({ path }) => path)).toEqual([
      'kiosk.terms.en',
      'kiosk.idleMinutes',
    ]);
    expect(networkJsonSchema()).toMatchObject({
      properties: { kiosk: { properties: { idle: { default: '2 minutes' }, terms: {} } } },
    });
  });

  it('CONF-04 KIO-06 USR-13 the sample network has terms of use in both languages, and takes pre-registrations', () => {
    const reading = readNetworkText(shippedNetworkText('toulouse') ?? '', 'toulouse.yaml');
    if ('errors' in reading) throw new Error(JSON.stringify(reading.errors));
    const { terms, idleMinutes } = kioskOf(reading.network);
    expect(idleMinutes).toBe(2);
    const paragraphs = (['fr', 'en'] as const).map((language) => terms?.[language].split('\n\n').length);
    expect(paragraphs).toEqual([5, 5]);
    for (const text of [terms?.fr, terms?.en]) expect(text).toMatch(/donnees-personnelles@example\.org/u);
    const offer = preRegistrationOffer(reading.network);
    expect(offer?.libraries).toHaveLength(reading.network.libraries.length);
    expect(offer?.occupations.map((one) => one.code)).toEqual(['ETU', 'ENS', 'SAL', 'EMPL', 'RET', 'LYC']);
    expect(offer?.durations).toEqual([12, 6, 3]);
  });
});
