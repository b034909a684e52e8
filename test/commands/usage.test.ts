import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { LIST_NAMES } from '../../source/desk/lists.ts';
import { COMMAND_NAMES } from '../../source/language/command-words.ts';
import { wordsIn } from '../../source/language/index.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

let guichet: Guichet;
beforeAll(async () => {
  guichet = await newGuichet();
});
afterAll(async () => guichet.leave());

const french = { env: { LANG: 'fr_FR.UTF-8' } };

describe('what a person at the command line sees first', () => {
  test('--version answers with the version alone, wherever it stands', async () => {
    for (const args of [['--version'], ['lend', '--version']]) {
      expect(await guichet.run(args)).toEqual({ status: 0, stdout: `${packageFile.version}\n`, stderr: '' });
    }
  });

  test.each(['en', 'fr'] as const)('--help names every command and the exit statuses (%s)', async (language) => {
    const { status, stdout, stderr } = await guichet.run(['--help', '--lang', language]);
    const { command, help } = wordsIn(language).commands;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of COMMAND_NAMES) expect(stdout).toContain(command[name].summary);
    expect(stdout).toContain(help.exit);
  });

  test('every command explains itself, with its options', async () => {
    const names = COMMAND_NAMES.filter((name) => name !== 'console');
    const answers = await Promise.all(names.map(async (name) => guichet.run([...name.split(' '), '-h'])));
    for (const [at, { status, stdout }] of answers.entries()) {
      expect(status).toBe(0);
      expect(stdout).toContain(`Usage: guichet ${names[at] ?? ''}`);
    }
    const { stdout } = await guichet.run(['lend', '--help']);
    expect(stdout).toContain('--override CODE');
    expect(stdout).toContain('--db URL');
  });

  test('IMP-01, JOB-05: an option says what it may be in that command; the help of export names every list', async () => {
    const patrons = await guichet.run(['import', 'patrons', '--help']);
    expect(patrons.stdout).toContain('alma-xml|delimited');
    const titles = await guichet.run(['import', 'catalogue', '--help']);
    expect(titles.stdout).not.toContain('alma-xml');
    const lists = await guichet.run(['--help', '--lang', 'en']);
    for (const name of LIST_NAMES) expect(lists.stdout).toContain(name);
  });
});

test('DESK-02 the help of the commands that give roles prints what each role may do', async () => {
  const { stdout } = await guichet.run(['staff', 'role', '--help']);
  expect(stdout).toMatch(/change-due +operator, manager\n/);
  expect(stdout).toMatch(/manage-staff +network-administrator\n/);
});

describe('wrong usage: exit status 2, what to type instead, nothing on standard output', () => {
  test.each([
    [['lnd'], '"lnd" is not a command. Did you mean "lend"?'],
    [['xyzzy'], '"xyzzy" is not a command.'],
    [['staff'], '"guichet staff" needs one of: add, role, password, email, list.'],
    [['db', 'frobnicate'], '"db frobnicate" is not a command.\nguichet: "guichet db" needs one of: migrate, status'],
    [['staff', 'ad'], '"staff ad" is not a command. Did you mean "staff add"?'],
    [['db', 'backup'], 'something is missing: guichet db backup FILE'],
    [['db', 'restore'], 'something is missing: guichet db restore FILE'],
    [['lend', 'P1'], 'something is missing: guichet lend PATRON ITEM…'],
    [['network', 'check', 'a.yaml', 'b.yaml'], '"b.yaml" is too much: guichet network check FILE'],
    [['lend', 'P1', 'B1', '--dsk', 'sci/PRET'], 'there is no option --dsk here. Did you mean "--desk"?'],
    [['show', 'item', 'B1', '--override', 'all'], 'there is no option --override here.'],
    [['lend', 'P1', 'B1', '--as'], 'option --as needs a value.'],
    [['lend', 'P1', 'B1', '--as', 'a', '--as', 'b'], 'option --as is given twice.'],
    [['lend', 'P1', 'B1', '--override', 'PATRON_OVERDU'], 'Did you mean "PATRON_OVERDUE"?'],
    [['lend', 'P1', 'B1', '--expiry', 'longer'], '--expiry cannot be "longer": keep, shorten.'],
    [['show', 'patrn', 'P1'], 'show cannot be "patrn": patron, item, loan, title, request. Did you mean "patron"?'],
    [['show', 'item', 'B1', 'B2'], '"B2" is too much'],
    [['staff', 'add', 'jo'], 'give at least one role: --role ROLE or --role ROLE@LIBRARY'],
    [['staff', 'add', 'jo', '--role', 'boss'], '--role cannot be "boss"'],
    [['rules', '--group', 'L'], 'say for whom (--patron or --group) and for what (--item or --location).'],
    [['demo', '--desk', 'sci/PRET'], '--desk goes with --as STAFF.'],
    [['demo', '--scenario', 'a.yaml', '--as', 'bib'], '--scenario has a scene of its own'],
    [['scenario', 'new'], 'something is missing: guichet scenario new FILE'],
    [['--lang', 'de'], '--lang: fr or en.'],
  ])('guichet %j', async (args, sentence) => {
    const { status, stdout, stderr } = await guichet.run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`guichet: ${sentence}`.replace(/^guichet: (Did)/, '$1'));
  });

  test('in French too', async () => {
    const { status, stderr } = await guichet.run(['lnd'], french);
    expect(status).toBe(2);
    expect(stderr).toContain("guichet: « lnd » n'est pas une commande. Vouliez-vous dire « lend » ?");
  });
});

describe('TUI-06: the language', () => {
  const unknown = { fr: "n'est pas une commande", en: 'is not a command' };

  test('--lang wins over the saved one, which wins over the locale', async () => {
    const folder = path.join(guichet.home, 'saved');
    await mkdir(path.join(folder, 'guichet'), { recursive: true });
    await writeFile(path.join(folder, 'guichet', 'config.json'), '{"language": "fr"}');
    const saved = { env: { XDG_CONFIG_HOME: folder } };
    expect((await guichet.run(['lnd'], saved)).stderr).toContain(unknown.fr);
    expect((await guichet.run(['lnd', '--lang', 'en'], saved)).stderr).toContain(unknown.en);
    expect((await guichet.run(['lnd'])).stderr).toContain(unknown.en);
  });

  test('LC_ALL goes before LANG; what is not English is French', async () => {
    expect((await guichet.run(['lnd'], { env: { LC_ALL: 'en_US.UTF-8', LANG: 'fr_FR.UTF-8' } })).stderr).toContain(
      unknown.en,
    );
    expect((await guichet.run(['lnd'], { env: { LANG: 'de_DE.UTF-8' } })).stderr).toContain(unknown.fr);
  });
});

test('spec 9: a scenario is recorded where its file can be written only: that is told before anything is done for it', async () => {
  expect(await guichet.run(['scenario', 'new', 'no/where.yaml'])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'guichet: no/where.yaml cannot be written.\n',
  });
});

describe('no terminal: one sentence that says what to do', () => {
  test.each([
    [[], 'en_GB.UTF-8', 'start it in a terminal, or use "guichet lend"'],
    [['demo'], 'en_GB.UTF-8', 'start it in a terminal, or use "guichet lend"'],
    [[], 'fr_FR.UTF-8', 'lancez-la dans un terminal, ou utilisez « guichet lend »'],
  ])('guichet %j | cat (%s)', async (args, LANG, sentence) => {
    const { status, stdout, stderr } = await guichet.run(args, { env: { LANG } });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('nothing is made before that', async () => {
    const home = path.join(guichet.home, 'untouched');
    await guichet.run([], { env: { XDG_DATA_HOME: home } });
    await expect(mkdir(home)).resolves.toBeUndefined();
  });
});

describe('guichet bench', () => {
  test('says how the figures are measured', async () => {
    const { status, stdout } = await guichet.run(['bench']);
    expect(status).toBe(0);
    expect(stdout).toContain('npm run bench');
  });
});
