import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { certificate } from '../support/certificate.ts';
import { setScene } from '../support/house.ts';
import { startMailServer } from '../support/mail-server.ts';
import type { TestMailServer } from '../support/mail-server.ts';
import { FACTS, lettersNetwork } from '../support/sample-letters.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet, Ran } from './guichet.ts';

const PASSWORD = 'Abricot-7-secret';

let guichet: Guichet;
let database: TestDatabase;
let server: TestMailServer;
beforeAll(async () => {
  guichet = await newGuichet();
});
afterAll(async () => guichet.leave());
beforeEach(async () => {
  const [sqlite] = databases;
  if (!sqlite) throw new Error('no database');
  database = await sqlite.create();
  const scene = await setScene(database.house, { network: lettersNetwork });
  const patronId = await scene.patron({ id: 'P1', email: 'ana@example.org' });
  await database.records.transaction(async (records) =>
    records.letters.queue({
      kind: 'courtesy',
      cause: 'test',
      patronId,
      library: 'sci',
      language: 'fr',
      address: 'ana@example.org',
      facts: FACTS.courtesy,
      // The program's own clock: a letter of long ago would be given up.
      at: Date.now(),
      staffId: null,
    }),
  );
  server = await startMailServer({
    authOptional: false,
    disabledCommands: [],
    ...certificate,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === 'guichet' && password === PASSWORD) callback(null, { user: username });
      else callback(new Error('Invalid username or password'));
    },
  });
});
afterEach(async () => {
  await server.close();
  await database.drop();
});

const inHome = (name: string): string => path.join(guichet.home, name);

/** Runs the program with a configuration; nothing that it prints may hold the password (REL-07). */
async function run(
  args: readonly string[],
  config: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = { GUICHET_MAIL_PASSWORD: PASSWORD },
): Promise<Ran> {
  await mkdir(inHome('config/guichet'), { recursive: true });
  await writeFile(inHome('config/guichet/config.json'), JSON.stringify(config));
  await writeFile(inHome('ca.pem'), certificate.cert);
  const ran = await guichet.run([...args, '--db', database.url], {
    env: { XDG_CONFIG_HOME: inHome('config'), ...env },
  });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(PASSWORD);
  return ran;
}
const mail = (more: Readonly<Record<string, unknown>> = {}) => ({
  mail: {
    host: 'localhost',
    port: server.port,
    user: 'guichet',
    ca: inHome('ca.pem'),
    from: 'guichet@example.org',
    ...more,
  },
});

describe('guichet doctor --mail', () => {
  test('LET-05 connects, secures, signs in, and says that it works; without --mail it does not try', async () => {
    const tried = await run(['doctor', '--mail'], mail());
    expect(tried.stdout).toContain(`ok mail server: localhost:${server.port} (starttls) answers`);
    expect(server.seen).toEqual([]);
    await server.close();
    expect((await run(['doctor'], mail())).stdout).toContain('"guichet doctor --mail" tries it');
    const down = await run(['doctor', '--mail'], mail());
    expect(down.status).toBe(1);
    expect(down.stdout).toMatch(/!! localhost:\d+ \(starttls\): no connection.*check host and port/u);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a certificate of nobody', { ca: undefined }, /its certificate is not valid/u],
    ['a port that is no TLS port', { security: 'tls' }, /no secure connection/u],
    ['an account that is refused', { user: 'somebody' }, /refuses the account/u],
    ['a host that is none', { host: 'no-such-host.invalid' }, /there is no such machine/u],
    ['a setting that is wrong', { security: 'yes' }, /the setting mail is incomplete or wrong \(security\)/u],
    ['a key that is none', { pass: 'x' }, /wrong \(pass\)/u],
    ['a password in clear', { host: 'mail.example.org', security: 'none' }, /would travel in clear/u],
    ['a certificate that is not there', { ca: '/nowhere.pem' }, /\/nowhere\.pem cannot be read/u],
  ])('LET-05 %s: says what is wrong and what to do', async (_, more, said) => {
    const { status, stdout } = await run(['doctor', '--mail'], mail(more));
    expect(status).toBe(1);
    expect(stdout).toMatch(said);
  });

  test('REL-07 the password comes from the environment or a file of 0600, and is shown nowhere', async () => {
    const file = inHome('password');
    await writeFile(file, `${PASSWORD}\n`);
    await chmod(file, 0o644);
    const open = await run(['doctor', '--mail'], mail({ passwordFile: file }), {});
    expect(open.stdout).toContain(`!! ${file} can be read by others`);
    await chmod(file, 0o600);
    expect((await run(['doctor', '--mail'], mail({ passwordFile: file }), {})).stdout).toContain('account accepted');
    expect((await run(['doctor', '--mail'], mail(), {})).stdout).toContain('GUICHET_MAIL_PASSWORD');
  });

  test('LET-02 a broken template is named with its file and line', async () => {
    await mkdir(inHome('letters/sci/fr'), { recursive: true });
    await writeFile(inHome('letters/sci/fr/courtesy.liquid'), 'Subject: Bonjour\n\n{{ patron.nom }}\n');
    const { status, stdout } = await run(['doctor'], { templates: inHome('letters') });
    expect(status).toBe(1);
    expect(stdout).toContain(`!! ${inHome('letters/sci/fr/courtesy.liquid')}, line 3: there is no "patron.nom"`);
    const french = await run(['doctor', '--lang', 'fr'], { templates: inHome('letters') });
    expect(french.stdout).toContain("ligne 3 : « patron.nom » n'existe pas dans ce courrier");
  });
});

describe('guichet jobs run send-letters', () => {
  test('LET-05 sends what waits through the configured server; a broken template is told first, and not used', async () => {
    await mkdir(inHome('letters/sci/fr'), { recursive: true });
    await writeFile(inHome('letters/sci/fr/courtesy.liquid'), 'Subject: Bonjour\n\n{{ patron.nom }}\n');
    const sent = await run(['jobs', 'run', 'send-letters'], { ...mail(), templates: inHome('letters') });
    expect(sent).toMatchObject({ status: 0 });
    expect(sent.stderr).toMatch(/courtesy\.liquid, line 3: .*the next template .* is taken instead/u);
    expect(server.taken.map(({ to, mail: read }) => [to.join(), read.subject])).toEqual([
      ['ana@example.org', 'Des documents doivent bientôt être ramenés'],
    ]);
    await run(['jobs', 'run', 'send-letters'], mail());
    expect(server.taken).toHaveLength(1);
  });

  test('REL-04 a server that is away is told, and nothing is lost', async () => {
    await server.close();
    const { stderr } = await run(['jobs', 'run', 'send-letters'], mail());
    expect(stderr).toMatch(/letters wait, the mail server is in trouble/u);
    expect(await database.sql('select state, attempts from letters')).toEqual([{ state: 'queued', attempts: 0 }]);
  });
});
