import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { almaUser, almaXml } from '../support/card-users.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
}, 60_000);
afterAll(async () => guichet.leave());

/** Writes a file of one's own; answers with its name. */
async function file(name: string, content: Buffer | string): Promise<string> {
  await writeFile(path.join(guichet.home, name), content);
  return name;
}
const USERS = [
  { id: 'cli.one', campus: 'UPS', identifiers: [['BARCODE', 'CLI-1']] as const },
  almaUser({ id: 'cli.two' }).replace('</user_group>', ''),
  { id: 'cli.three', group: 'ETU', expiry: 'jamais' },
];

describe('guichet import patrons', () => {
  test('counts, names every error by record, field and line, and ends with 1; the rest is imported; again nothing changes', async () => {
    const db = await sample.copy('import');
    const name = await file('users.xml', almaXml(USERS));
    const args = ['import', 'patrons', name, '--format', 'alma-xml', '--db', db];
    const { status, stdout, stderr } = await guichet.run(args);
    expect(stdout).toBe('Patrons: 1 new, 0 changed, 0 unchanged, 2 rejected.\nReport 1.\n');
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^error: record 2 \(cli\.two\), line \d+: XML is not well formed: /) as string,
      'error: record 3 (cli.three), user_group, line 28: unknown group "ETU": map it with --mapping',
      'error: record 3 (cli.three), expiry_date, line 29: "jamais" is no date',
      'guichet: 3 errors; everything else is imported.',
      '',
    ]);
    expect(status).toBe(1);
    const { value } = await guichet.json(args);
    expect(value).toMatchObject({
      records: 3,
      added: 0,
      unchanged: 1,
      rejected: 2,
      run: 2,
      errors: [
        { record: 'cli.two', number: 2, problem: 'not-well-formed' },
        { record: 'cli.three', number: 3, field: 'user_group', line: 28, problem: 'unknown-group', found: 'ETU' },
        { record: 'cli.three', field: 'expiry_date', line: 29, problem: 'not-a-day', found: 'jamais' },
      ],
    });
    const shown = await guichet.json(['show', 'patron', 'CLI-1', '--db', db]);
    expect(shown.value).toMatchObject({ group: 'L', campus: 'UPS' });
    expect((await guichet.run(['db', 'check', '--db', db])).status).toBe(0);
  }, 60_000);

  test('delimited text with a mapping, an error file, a dry run, French', async () => {
    const db = await sample.copy('mapped');
    const rows = 'Identifiant;NOM;Groupe;Code postal\nm1;LEFÈVRE;ETU;31000\nm2;DUPONT;ETU;Toulouse\n';
    const name = await file('users.csv', Buffer.from(rows, 'latin1'));
    const mapping = await file('mapping.yaml', 'groups: {ETU: L}\n');
    const args = ['import', 'patrons', name, '--format', 'delimited', '--mapping', mapping, '--encoding', 'latin-1'];
    const dry = await guichet.run([...args, '--db', db, '--lang', 'fr', '--dry-run']);
    expect(dry.stdout).toContain("rien n'a été écrit");
    const { status, stdout, stderr } = await guichet.run([
      ...args,
      '--db',
      db,
      '--lang',
      'fr',
      '--errors',
      'errors.txt',
    ]);
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: 'Lecteurs : 1 nouveau, 0 modifié, 0 inchangé, 1 refusé.\nCompte rendu 1.\n',
    });
    expect(stderr).toBe('guichet: 1 erreur : voir errors.txt ; le reste est importé.\n');
    expect(await readFile(path.join(guichet.home, 'errors.txt'), 'utf8')).toBe(
      "erreur: dossier 2 (m2), Code postal, ligne 3: des lettres où l'on attend des chiffres : « Toulouse »\n",
    );
  }, 60_000);

  test.each([
    [['nothing.xml', '--format', 'alma-xml'], 1, /nothing\.xml does not exist/],
    [['some.txt'], 2, /say what the file is: --format alma-xml\|delimited/],
    [['some.txt', '--format', 'alma'], 2, /--format cannot be "alma"/],
    [['some.txt', '--format', 'alma-xml'], 1, /error: the file, line 1: is not what --format asks for/],
    [['some.txt', '--format', 'alma-xml'], 1, /guichet: 1 error; nothing is imported\.\n$/],
    [['some.txt', '--format', 'delimited', '--mapping', 'bad.yaml'], 1, /groups\.A \(line 1\): no user group "ZZ"/],
    [['some.txt', '--format', 'delimited', '--as', 'bib'], 1, /does not have the right/],
  ])(
    '%j is refused with a sentence',
    async (args, status, sentence) => {
      const db = await sample.copy('refused');
      await file('some.txt', 'identifiant;nom;groupe\nx1;A;L\n');
      await file('bad.yaml', 'groups: {A: ZZ}\n');
      const ran = await guichet.run(['import', 'patrons', ...args, '--db', db]);
      expect(ran.stderr).toMatch(sentence);
      expect(ran.status).toBe(status);
    },
    60_000,
  );

  test('IMP-04 doctor says what it sees of the card system', async () => {
    const db = await sample.copy('doctor');
    const config = path.join(guichet.home, 'config', 'guichet');
    await mkdir(config, { recursive: true });
    const said = async (cardSystem?: unknown): Promise<string[]> => {
      await writeFile(path.join(config, 'config.json'), JSON.stringify(cardSystem === undefined ? {} : { cardSystem }));
      const env = { XDG_CONFIG_HOME: path.dirname(config) };
      const { value } = await guichet.json(['doctor', '--db', db], { env });
      const { files } = value as { files: { state: string; text: string }[] };
      return files.filter((one) => one.text.startsWith('card system')).map((one) => `${one.state} ${one.text}`);
    };
    const users = path.join(guichet.home, await file('users.xml', almaXml(USERS)));
    const mapping = path.join(guichet.home, await file('bad.yaml', 'groups: {A: ZZ}\n'));
    expect(await said()).toEqual([expect.stringMatching(/^note card system: no file is set/) as string]);
    expect(await said({ file: users, format: 'alma-xml' })).toEqual([
      expect.stringMatching(/^ok card system: .*users\.xml, 0 MB, of \d{4}-\d\d-\d\d$/) as string,
    ]);
    expect(await said({ file: `${users}.none`, format: 'alma-xml' })).toEqual([
      expect.stringMatching(/^wrong .*cannot be read/),
    ]);
    expect(await said({ file: users, format: 'alma-xml', mapping })).toEqual([
      expect.stringMatching(/^ok /),
      expect.stringMatching(/^wrong .*has errors/),
    ]);
    expect(await said({ file: users, format: 'marc' })).toEqual([
      expect.stringMatching(/^wrong .*incomplete \(format\)/),
    ]);
  }, 60_000);
});
