import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Institution, InstitutionDirectory } from '../../source/circulation/institutions.ts';
import { directoryTrouble, openDirectory } from '../../source/exchange/directory/index.ts';
import { certificate } from '../support/certificate.ts';
import { startLdapServer } from '../support/ldap-server.ts';
import type { LdapEntry, LdapOptions, LdapServer, Mischief } from '../support/ldap-server.ts';

const BASE = 'ou=people,dc=example,dc=org';
const READER = 'cn=guichet,dc=example,dc=org';
const person = (uid: string, password: string, more: Readonly<Record<string, readonly string[]>> = {}): LdapEntry => ({
  dn: `uid=${uid},${BASE}`,
  password,
  attributes: { objectClass: ['person'], uid: [uid], ...more },
});
const PEOPLE: readonly LdapEntry[] = [
  { dn: BASE, password: 'nobody’s', attributes: { objectClass: ['organizationalUnit'] } },
  person('ana', 'Abricot-7', { supannEtuId: ['21400000017', '21400000018'], mail: ['ana@example.org'] }),
  person('luc', 'Cerise-8'),
  person('éva', 'Été-9'),
  person("o'hara, (x)*", 'Dune-10'),
  { dn: READER, password: 'reader-secret', attributes: { objectClass: ['person'], cn: ['guichet'] } },
];
const WRONG = { kind: 'wrong' };
const AWAY = { kind: 'away' };

let folder = '';
let ca = '';
let server: LdapServer | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'guichet-ldap-'));
  ca = path.join(folder, 'ca.pem');
  await writeFile(ca, certificate.cert);
});
afterAll(async () => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Starts a server, and an institution that asks it: by the entry's name, unless it is to search. */
async function started(options: LdapOptions, more: Partial<InstitutionDirectory> = {}): Promise<Institution> {
  server = await startLdapServer({ entries: PEOPLE, ...options });
  const scheme = options.tls === 'ldaps' ? 'ldaps' : 'ldap';
  const isPlain = (options.tls ?? 'none') === 'none';
  const way = more.search ? {} : { bind: `uid={name},${BASE}` };
  return {
    code: 'one',
    name: { fr: 'Une', en: 'One' },
    directory: {
      url: `${scheme}://127.0.0.1:${server.port}`,
      startTls: options.tls === 'starttls',
      records: ['one.{uid}', '{supannEtuId}'],
      ...(isPlain ? {} : { ca }),
      timeout: 5000,
      ...way,
      ...more,
    },
  };
}

const SEARCH = { base: BASE, filter: '(&(objectClass=person)(uid={name}))', as: READER };
const directory = openDirectory({ passwordOf: () => 'reader-secret' });
const asks = async (institution: Institution, name: string, password: string) =>
  directory.verify(institution, name, password);

describe.each(['none', 'ldaps', 'starttls'] as const)('an institution’s directory (%s)', (tls) => {
  it('KIO-02 knows a right password, and what the record here may be called', async () => {
    const one = await started({ tls });
    expect(await asks(one, 'ana', 'Abricot-7')).toEqual({
      kind: 'known',
      identifiers: ['one.ana', '21400000017', '21400000018'],
    });
    expect(await asks(one, 'ANA', 'Abricot-7')).toMatchObject({
      identifiers: ['one.ana', '21400000017', '21400000018'],
    });
    expect(await asks(one, 'luc', 'Cerise-8')).toEqual({ kind: 'known', identifiers: ['one.luc'] });
    for (const [name, password] of [
      ['ana', 'abricot-7'],
      ['ana', 'Cerise-8'],
      ['nobody', 'Abricot-7'],
    ] as const)
      expect(await asks(one, name, password)).toEqual(WRONG);
    expect(await directory.answers(one)).toBe(true);
  });

  it('KIO-02 finds the entry first, as the account that may search', async () => {
    const one = await started({ tls }, { search: SEARCH });
    expect(await asks(one, 'ana', 'Abricot-7')).toMatchObject({ kind: 'known' });
    expect(await asks(one, 'ana', 'x')).toEqual(WRONG);
    expect(await directory.answers(one)).toBe(true);
    expect(server?.asked.filter((text) => !text.endsWith('unbind')).map((text) => text.replace('clear ', ''))).toEqual(
      expect.arrayContaining([
        `bind ${READER}`,
        `search ${BASE} (&(objectClass="person")(uid="ana"))`,
        `bind uid=ana,${BASE}`,
      ]),
    );
  });

  it('KIO-02 REL-07 has no password go to it in clear, unless it is on this machine', async () => {
    const one = await started({ tls });
    await asks(one, 'ana', 'Abricot-7');
    expect(server?.inClear).toEqual(tls === 'none' ? ['Abricot-7'] : []);
  });
});

describe('names that mean something to a directory', () => {
  const ODD = [
    '*',
    'ana)(uid=*',
    '*)(uid=*))(|(uid=*',
    'ana,ou=people',
    'ana+cn=x',
    String.raw`an\61`,
    'an*',
    '(',
    '\\',
    '#616e61',
    ' ana',
    '{uid}',
    '{name}',
    'ana\u0000',
    'ana\n',
    'a'.repeat(10_000),
  ];

  it.each(ODD)('KIO-02 are only names: %j', async (name) => {
    for (const more of [{}, { search: SEARCH }]) {
      const one = await started({}, more);
      expect(await asks(one, name, 'Abricot-7')).toEqual(WRONG);
      await server?.close();
      server = undefined;
    }
  });

  it('KIO-02 with accents, quotes and brackets sign in as what they are', async () => {
    for (const more of [{}, { search: SEARCH }]) {
      const one = await started({}, more);
      expect(await asks(one, 'éva', 'Été-9')).toEqual({ kind: 'known', identifiers: ['one.éva'] });
      expect(await asks(one, "o'hara, (x)*", 'Dune-10')).toEqual({ kind: 'known', identifiers: ["one.o'hara, (x)*"] });
      await server?.close();
      server = undefined;
    }
  });

  it('KIO-02 that a directory may read otherwise name no record here', async () => {
    // It folds accents: whoever types `josé` is bound as `jose`, and must not be taken for the other one.
    const jose = { ...person('josé', 'Kiwi-11'), attributes: { objectClass: ['person'], uid: ['jose'] } };
    const one = await started({ entries: [jose] }, { records: ['one.{name}', 'one.{uid}', 'x{nothing}'] });
    expect(await asks(one, 'josé', 'Kiwi-11')).toEqual({ kind: 'known', identifiers: ['one.jose'] });
  });

  it('KIO-02 of several entries, or elsewhere, are nobody’s', async () => {
    const twins = [person('a', 'x1', { sn: ['Martin'] }), person('b', 'x1', { sn: ['Martin'] })];
    const search = { base: BASE, filter: '(sn={name})' };
    const one = await started({ entries: twins, referrals: ['ldap://elsewhere.example.org/'] }, { search });
    expect(await asks(one, 'Martin', 'x1')).toEqual(WRONG);
    await server?.close();
    const two = await started(
      { entries: [person('c', 'x2')], referrals: ['ldap://elsewhere.example.org/'] },
      { search },
    );
    expect(await asks(two, 'Martin', 'x2')).toEqual(WRONG);
    await server?.close();
    for (const code of [10, 19, 32, 34, 48, 49, 50, 53]) {
      const refused = await started({ mischief: { bind: { code } } });
      expect(await asks(refused, 'ana', 'Abricot-7')).toEqual(WRONG);
      await server?.close();
    }
    server = undefined;
  });
});

describe('a directory that lets everybody in who has no password', () => {
  it('KIO-02 is not asked without one', async () => {
    for (const more of [{}, { search: SEARCH }]) {
      const one = await started({ anonymous: true }, more);
      expect(await asks(one, 'ana', '')).toEqual(WRONG);
      expect(server?.asked.filter((text) => text.includes('uid=ana,'))).toEqual([]);
      await server?.close();
      server = undefined;
    }
  });

  it('KIO-02 is not searched without one either', async () => {
    const one = await started({ anonymous: true }, { search: SEARCH });
    const poor = openDirectory({ passwordOf: () => '' });
    expect(await poor.verify(one, 'ana', 'Abricot-7')).toEqual(AWAY);
    expect(server?.asked.filter((text) => text.includes('bind'))).not.toContain(`clear bind ${READER}`);
    expect(await directoryTrouble(one, { passwordOf: () => undefined })).toMatchObject({ because: 'no-password' });
    expect(await directoryTrouble(one, { passwordOf: () => 'other' })).toMatchObject({ because: 'account' });
    const nowhere = { ...one, directory: { ...one.directory, search: { ...SEARCH, base: 'ou=nowhere' } } };
    expect(await directoryTrouble(nowhere, { passwordOf: () => 'reader-secret' })).toMatchObject({
      because: 'no-base',
    });
    expect(await directory.verify(nowhere, 'ana', 'Abricot-7')).toEqual(AWAY);
  });
});

describe('a directory that misbehaves', () => {
  const MISCHIEF: readonly Mischief[] = [
    'silence',
    'cut',
    'garbage',
    'half',
    'nonsense',
    'lying',
    'endless',
    'flood',
    'deluge',
    'another',
    { code: 1 },
    { code: 51 },
    { code: 999 },
  ];
  const CASES = MISCHIEF.flatMap((what) =>
    (['bind', 'search', 'extended'] as const).map((operation) => ({ what, operation })),
  );

  it.each(CASES)('REL-04 is away within its time: $what at $operation', async ({ what, operation }) => {
    const tls = operation === 'extended' ? 'starttls' : 'none';
    const one = await started({ tls, mischief: { [operation]: what } }, { timeout: 400 });
    expect(await asks(one, 'ana', 'Abricot-7')).toEqual(AWAY);
    // Nobody is known whom it has not said to know.
    const searching = { ...one, directory: { ...one.directory, search: SEARCH } };
    expect(await asks(searching, 'ana', 'Abricot-7')).toEqual(AWAY);
    expect(server?.inClear.filter((secret) => tls === 'starttls' && secret !== '')).toEqual([]);
  });

  it.each(['silence', 'cut', 'garbage'] as const)('REL-04 is away: %s at once', async (what) => {
    for (const tls of ['none', 'ldaps', 'starttls'] as const) {
      const one = await started({ tls, mischief: { connect: what } }, { timeout: 400 });
      expect(await asks(one, 'ana', 'Abricot-7')).toEqual(AWAY);
      expect(await directory.answers(one)).toBe(false);
      await server?.close();
      server = undefined;
    }
  });

  it('REL-04 is away where nobody listens, where the name is unknown, and where nothing answers', async () => {
    const one = await started({});
    const at = (url: string, more: Partial<InstitutionDirectory> = {}): Institution => ({
      ...one,
      directory: { ...one.directory, url, ...more },
    });
    await server?.close();
    server = undefined;
    expect(await directoryTrouble(one, { passwordOf: () => undefined })).toMatchObject({ because: 'no-connection' });
    expect(await asks(one, 'ana', 'Abricot-7')).toEqual(AWAY);
    const lost = at('ldap://nobody.invalid');
    expect(await asks(lost, 'ana', 'Abricot-7')).toEqual(AWAY);
    // Takes connections, and nothing more.
    const deaf = createServer();
    deaf.listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const { port } = deaf.address() as AddressInfo;
    for (const url of [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${port}`])
      expect(await directoryTrouble(at(url, { timeout: 300 }), { passwordOf: () => undefined })).toMatchObject({
        because: 'timed-out',
      });
    deaf.close();
  });

  it('REL-07 is away whose certificate nobody vouches for, and gets no password', async () => {
    for (const tls of ['ldaps', 'starttls'] as const) {
      const one = await started({ tls });
      const { ca: _, ...unvouched } = one.directory;
      const strange = { ...one, directory: unvouched };
      expect(await asks(strange, 'ana', 'Abricot-7')).toEqual(AWAY);
      expect(await directoryTrouble(strange, { passwordOf: () => undefined })).toMatchObject({
        because: 'certificate',
      });
      const unread = { ...one, directory: { ...one.directory, ca: path.join(folder, 'none.pem') } };
      expect(await directoryTrouble(unread, { passwordOf: () => undefined })).toMatchObject({ because: 'no-ca' });
      expect(await asks(unread, 'ana', 'Abricot-7')).toEqual(AWAY);
      expect(server?.asked.filter((text) => text.includes('bind'))).toEqual([]);
      await server?.close();
    }
    server = undefined;
  });

  it('REL-07 is away that has another name than its certificate', async () => {
    const one = await started({ tls: 'ldaps' });
    const other = { ...one, directory: { ...one.directory, url: one.directory.url.replace('127.0.0.1', '127.0.0.2') } };
    expect(await asks(other, 'ana', 'Abricot-7')).toEqual(AWAY);
    expect(server?.asked).toEqual([]);
  });

  it('REL-07 is away that does not go on in TLS, and nothing more is said in clear', async () => {
    const one = await started({ tls: 'none' }, { startTls: true, ca });
    expect(await asks(one, 'ana', 'Abricot-7')).toEqual(AWAY);
    expect(server?.asked).toEqual(['clear starttls']);
  });

  it('REL-07 is away where somebody in between has put an answer before those in TLS', async () => {
    // A bind's success, and the beginning of one that what comes next would complete.
    const success = Buffer.from([0x30, 0x0c, 0x02, 0x01, 0x02, 0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]);
    const begun = Buffer.from([0x30, 0x1a, 0x02, 0x01, 0x02, 0x61, 0x15, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x0e]);
    for (const injected of [success, begun, Buffer.from([0x30])]) {
      const one = await started({ tls: 'starttls', injected });
      expect(await asks(one, 'ana', 'wrong')).toEqual(AWAY);
      expect(server?.asked.filter((text) => text.includes('bind'))).toEqual([]);
      await server?.close();
    }
    server = undefined;
  });

  it('REL-04 leaves no connection open', async () => {
    const one = await started({});
    for (const password of ['Abricot-7', 'x']) await asks(one, 'ana', password);
    await directory.answers(one);
    expect(server?.connections()).toBe(3);
    // `close` waits for each of them to be gone.
    await server?.close();
    server = undefined;
  });
});
