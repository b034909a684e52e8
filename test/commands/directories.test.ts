import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Institution, InstitutionDirectory } from '../../source/circulation/institutions.ts';
import { certificate } from '../support/certificate.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { startLdapServer } from '../support/ldap-server.ts';
import type { LdapServer } from '../support/ldap-server.ts';
import { smallNetwork } from '../support/network.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

const SECRET = 'reader-secret-7';
const BASE = 'ou=people,dc=example,dc=org';
const READER = 'cn=guichet,dc=example,dc=org';

let guichet: Guichet;
let database: TestDatabase;
let scene: Scene;
let server: LdapServer;
beforeAll(async () => {
  guichet = await newGuichet();
});
afterAll(async () => guichet.leave());
beforeEach(async () => {
  const [sqlite] = databases;
  if (!sqlite) throw new Error('no database');
  database = await sqlite.create();
  scene = await setScene(database.house);
  server = await startLdapServer({
    tls: 'ldaps',
    entries: [
      { dn: BASE, password: 'none', attributes: { objectClass: ['organizationalUnit'] } },
      { dn: READER, password: SECRET, attributes: {} },
    ],
  });
});
afterEach(async () => {
  await server.close();
  await database.drop();
});

const institution = (code: string, directory: Partial<InstitutionDirectory>): Institution => ({
  code,
  name: { fr: `Université ${code}`, en: `University ${code}` },
  directory: {
    url: `ldaps://127.0.0.1:${server.port}`,
    startTls: false,
    records: ['{uid}'],
    timeout: 5000,
    ...(directory.search ? {} : { bind: `uid={name},${BASE}` }),
    ...directory,
  },
});
const SEARCH = { base: BASE, filter: '(uid={name})', as: READER };

/** What `doctor` says of institutions; nothing that it prints may hold a password (REL-07). */
async function doctor(institutions: readonly Institution[], env: Readonly<Record<string, string>> = {}) {
  await scene.load({ ...smallNetwork, institutions });
  const ran = await guichet.run(['doctor', '--db', database.url], { env });
  expect(ran.stdout + ran.stderr).not.toContain(SECRET);
  const lines = ran.stdout.split('\n');
  const at = lines.findIndex((line) => /^(?:Institutions|Établissements)/u.test(line));
  return { status: ran.status, lines: at < 0 ? [] : lines.slice(at + 1, at + 1 + institutions.length) };
}

describe('guichet doctor', () => {
  test('KIO-02 REL-04 says of each directory whether it answers, and what to do', async () => {
    const ca = path.join(guichet.home, 'ca.pem');
    await writeFile(ca, certificate.cert);
    const { status, lines } = await doctor([
      institution('one', { ca }),
      institution('two', {}),
      institution('three', { url: 'ldaps://ldap.example.org' }),
      institution('four', { url: 'ldaps://127.0.0.1:1' }),
      institution('five', { ca, search: SEARCH }),
    ]);
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}ok University one: ldaps:\/\/127\.0\.0\.1:\d+ answers$/) as string,
      expect.stringMatching(/^ {2}!! University two: the directory's certificate is not valid \(\w+\)/) as string,
      '  ·  University three: ldaps://ldap.example.org is an example: its members cannot sign in',
      expect.stringContaining('University four: no connection (ECONNREFUSED)') as string,
      expect.stringContaining(
        'University five: the password of the account that searches is missing: GUICHET_LDAP_FIVE_PASSWORD',
      ) as string,
    ]);
    expect(server.asked.filter((text) => text.startsWith('bind'))).toEqual([]);
  });

  test('REL-07 takes the password of the account that searches from the environment, or a file that nobody else reads', async () => {
    const ca = path.join(guichet.home, 'ca.pem');
    await writeFile(ca, certificate.cert);
    const own = [institution('é-1', { ca, search: SEARCH })];
    const french = { LANG: 'fr_FR.UTF-8' };
    expect(await doctor(own, { GUICHET_LDAP_E_1_PASSWORD: SECRET })).toMatchObject({
      status: 0,
      lines: [expect.stringContaining('ok University é-1')],
    });
    expect(await doctor(own, { ...french, GUICHET_LDAP_E_1_PASSWORD: 'x' })).toMatchObject({
      status: 1,
      lines: [expect.stringContaining('le compte qui cherche est refusé')],
    });
    const file = path.join(guichet.home, 'ldap-password');
    await writeFile(file, `${SECRET}\n`);
    const config = path.join(guichet.home, 'config');
    const env = { XDG_CONFIG_HOME: config };
    const set = async (value: unknown) => {
      await mkdir(path.join(config, 'guichet'), { recursive: true });
      await writeFile(path.join(config, 'guichet', 'config.json'), JSON.stringify({ directories: value }));
    };
    await set({ 'é-1': { passwordFile: file } });
    await chmod(file, 0o644);
    expect(await doctor(own, env)).toMatchObject({ status: 1, lines: [expect.stringContaining(`chmod 600 ${file}`)] });
    await chmod(file, 0o600);
    expect(await doctor(own, env)).toMatchObject({ status: 0 });
    await set({ 'é-1': 'secret' });
    expect(await doctor(own, env)).toMatchObject({
      status: 1,
      lines: [expect.stringContaining('setting directories')],
    });
  });

  test('KIO-02 asks nobody’s directory of a training copy', async () => {
    await scene.load({ ...smallNetwork, institutions: [institution('one', {})] });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
    const { stdout } = await guichet.run(['doctor', '--db', database.url]);
    expect(stdout).toContain('training copy: no directory is asked, 1 institution without one');
    expect(server.connections()).toBe(0);
  });
});
