import { describe, expect, it } from 'vitest';
import { diffNetworks, mergeNetwork, readNetworkText } from '../../source/exchange/network-file/index.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';
import { errorsOf, networkOf, SMALL } from './small-network.ts';

const INSTITUTIONS = `${SMALL}institutions:
  - code: UT3
    name: {fr: Université, en: University}
    campus: UPS
    directory:
      url: ldaps://ldap.example.org
      bind: "uid={name},ou=people,dc=example,dc=org"
      records: ["ut3.{uid}", "{supannEtuId}"]
  - code: INP
    name: Toulouse INP
    directory:
      url: ldap://ldap.inp.example.org:1389
      startTls: true
      search: {base: "ou=people,dc=inp", filter: "(&(objectClass=person)(uid={name}))", as: "cn=guichet,dc=inp"}
      records: ["inp.{uid}"]
      ca: /etc/guichet/inp.pem
      timeout: 3 seconds
`;

/** The errors of the text with one passage changed; it must stand there exactly once. */
const wrong = (passage: string, by: string) => {
  expect(INSTITUTIONS.split(passage)).toHaveLength(2);
  return errorsOf(INSTITUTIONS.replace(passage, by));
};

describe('institutions in the network file', () => {
  it('KIO-02 are read as signing in wants them; a network may have none', () => {
    expect(networkOf(SMALL).institutions).toBeUndefined();
    expect(networkOf(INSTITUTIONS).institutions).toEqual([
      {
        code: 'UT3',
        name: { fr: 'Université', en: 'University' },
        campus: 'UPS',
        directory: {
          url: 'ldaps://ldap.example.org',
          startTls: false,
          bind: 'uid={name},ou=people,dc=example,dc=org',
          records: ['ut3.{uid}', '{supannEtuId}'],
          timeout: 5000,
        },
      },
      {
        code: 'INP',
        name: { fr: 'Toulouse INP', en: 'Toulouse INP' },
        directory: {
          url: 'ldap://ldap.inp.example.org:1389',
          startTls: true,
          search: { base: 'ou=people,dc=inp', filter: '(&(objectClass=person)(uid={name}))', as: 'cn=guichet,dc=inp' },
          records: ['inp.{uid}'],
          ca: '/etc/guichet/inp.pem',
          timeout: 3000,
        },
      },
    ]);
  });

  it('KIO-02 REL-07 are refused where passwords would travel in clear', () => {
    expect(wrong('startTls: true', 'startTls: false')).toMatchObject([
      { problem: 'in-clear', path: 'institutions[1].directory.url', found: 'ldap://ldap.inp.example.org:1389' },
    ]);
    expect(wrong('ldaps://ldap.example.org', 'ldap://ldap.example.org')).toMatchObject([{ problem: 'in-clear' }]);
    expect(wrong('ldaps://ldap.example.org', 'ldap://localhost.example.org')).toMatchObject([{ problem: 'in-clear' }]);
    for (const here of ['ldap://localhost', 'ldap://127.0.0.1:389', 'ldap://[::1]:389'])
      expect(errorsOf(INSTITUTIONS.replace('ldaps://ldap.example.org', `"${here}"`))).toEqual([]);
    expect(wrong('url: ldaps://ldap.example.org', 'url: ldaps://ldap.example.org\n      startTls: true')).toMatchObject(
      [{ problem: 'not-one-of', path: 'institutions[0].directory.startTls', allowed: ['false'] }],
    );
  });

  it.each([
    ['ldaps://ldap.example.org', 'https://ldap.example.org', 'url', 'directory-address'],
    ['ldaps://ldap.example.org', 'ldaps://user:secret@ldap.example.org', 'url', 'directory-address'],
    ['ldaps://ldap.example.org', 'ldaps://ldap.example.org/dc=example', 'url', 'directory-address'],
    ['ldaps://ldap.example.org', 'ldaps://', 'url', 'directory-address'],
    ['"uid={name},ou=people,dc=example,dc=org"', 'uid=name,ou=people', 'bind', 'entry-template'],
    ['"uid={name},ou=people,dc=example,dc=org"', '"uid={name},ou={campus}"', 'bind', 'entry-template'],
    ['"uid={name},ou=people,dc=example,dc=org"', '"{name}"', 'bind', 'entry-template'],
    ['["ut3.{uid}", "{supannEtuId}"]', '["ut3.uid"]', 'records[0]', 'record-template'],
    ['["ut3.{uid}", "{supannEtuId}"]', '["ut3.{uid"]', 'records[0]', 'record-template'],
  ])('KIO-02 are refused with %s written as %s', (passage, by, at, allowed) => {
    expect(wrong(passage, by)).toMatchObject([
      { problem: 'bad-format', path: `institutions[0].directory.${at}`, allowed },
    ]);
  });

  it.each([
    ['"(&(objectClass=person)(uid={name}))"', '"(uid={name}*)"', 'search.filter', 'filter-template'],
    ['"(&(objectClass=person)(uid={name}))"', '"uid={name}"', 'search.filter', 'filter-template'],
    ['"(&(objectClass=person)(uid={name}))"', '"(uid={name}))("', 'search.filter', 'filter-template'],
    ['"(&(objectClass=person)(uid={name}))"', '"(uid=ana)"', 'search.filter', 'filter-template'],
    ['"ou=people,dc=inp"', 'people', 'search.base', 'entry-name'],
    ['"cn=guichet,dc=inp"', 'guichet', 'search.as', 'entry-name'],
    ['3 seconds', '3 minutes', 'timeout', 'seconds'],
    ['3 seconds', '31 seconds', 'timeout', 'seconds'],
  ])('KIO-02 are refused with %s written as %s', (passage, by, at, allowed) => {
    expect(wrong(passage, by)).toMatchObject([
      { problem: 'bad-format', path: `institutions[1].directory.${at}`, allowed },
    ]);
  });

  it('KIO-02 say in one way alone whom a name means, and are one of a code', () => {
    const both = 'bind: "uid={name},ou=people,dc=example,dc=org"';
    expect(wrong(both, 'timeout: 5 seconds')).toMatchObject([
      { problem: 'one-of', path: 'institutions[0].directory', allowed: ['bind', 'search'] },
    ]);
    expect(wrong(both, `${both}\n      search: {base: "dc=x", filter: "(uid={name})"}`)).toMatchObject([
      { problem: 'one-of' },
    ]);
    expect(wrong('code: INP', 'code: UT3')).toMatchObject([
      { problem: 'duplicate-code', kind: 'institution', path: 'institutions[1].code', first: 'institutions[0].code' },
    ]);
    expect(wrong('campus: UPS\n    directory', 'campus: UPZ\n    directory')).toMatchObject([
      { problem: 'unknown-code', kind: 'campus', path: 'institutions[0].campus' },
    ]);
  });

  it('KIO-02 merge by code, and their changes are shown', () => {
    const before = networkOf(INSTITUTIONS);
    const reading = readNetworkText(INSTITUTIONS, 'x');
    if ('errors' in reading) throw new Error('unreadable');
    const merged = mergeNetwork(reading.document, {
      institutions: [{ code: 'INP', directory: { timeout: '9 seconds' } }],
    });
    const next = readNetworkText(JSON.stringify(merged), 'y');
    if ('errors' in next) throw new Error(JSON.stringify(next.errors));
    expect(diffNetworks(before, next.network)).toEqual([
      { path: 'institutions[INP].directory.timeout', from: 3000, to: 9000 },
    ]);
  });

  it('KIO-02 of the sample network are those of its campuses, and none is asked in clear', () => {
    const { institutions = [], campuses } = networkOf(shippedNetworkText('toulouse') ?? '');
    expect(institutions.map(({ campus }) => campus)).toEqual(campuses.map(({ code }) => code));
    expect(institutions.every(({ directory }) => directory.url.startsWith('ldaps:') || directory.startTls)).toBe(true);
  });
});
