import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iso2709, marc21, marcXml, unimarc } from '../support/marc.ts';
import type { MadeField } from '../support/marc.ts';
import { BIN, newGuichet, newSample } from './guichet.ts';
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
const copy = (barcode: string, place: string): MadeField => ['852', '  ', `bsci`, `c${place}`, `p${barcode}`];
const BOOKS = [
  marc21('1', 'Poésies \u001B[31m', copy('IMP1', '63S')),
  marc21('2', 'Perdu', copy('IMP2', 'NOWHERE')),
  marc21('3', ' '),
];

describe('guichet import catalogue', () => {
  test('counts, names every error by record, field and byte, and ends with 1; the rest is imported; again nothing changes', async () => {
    const db = await sample.copy('import');
    const name = await file('books.mrc', Buffer.concat(BOOKS.map((one) => iso2709(one))));
    const args = ['import', 'catalogue', name, '--format', 'marc21', '--db', db];
    const { status, stdout, stderr } = await guichet.run(args);
    expect(stdout).toBe(
      'Records: 2 new, 0 changed, 0 unchanged, 1 rejected.\nItems: 1 new, 0 changed, 0 unchanged, 1 rejected.\n',
    );
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^warning: record 1 \(1\), 245\$a, byte \d+: control character U\+001B: left out$/,
      ) as string,
      expect.stringMatching(
        /^error: record 2 \(2\), 852\$c, byte \d+: unknown location "sci\/NOWHERE": map it with --mapping$/,
      ) as string,
      expect.stringMatching(/^error: record 3 \(3\), 245\$a: no title$/) as string,
      'guichet: 2 errors; everything else is imported.',
      '',
    ]);
    expect(status).toBe(1);
    const { value } = await guichet.json(args);
    expect(value).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 1,
      rejected: 2,
      items: { unchanged: 1, rejected: 1 },
      errors: [
        { record: 2, control: '2', field: '852$c', problem: 'unknown-location', found: 'sci/NOWHERE' },
        { record: 3, field: '245$a', problem: 'no-title' },
      ],
    });
    const shown = await guichet.json(['show', 'item', 'IMP1', '--db', db]);
    expect(shown.value).toMatchObject({ title: 'Poésies [31m', location: 'sci/63S' });
    expect((await guichet.run(['db', 'check', '--db', db])).status).toBe(0);
  }, 60_000);

  test('a mapping, an error file, a dry run, French', async () => {
    const db = await sample.copy('mapped');
    const name = await file(
      'books.xml',
      marcXml([unimarc('7', 'Éléments', ['995', '  ', 'cBIB01', 'dANX1', 'fIMP7', 'rCN'])]),
    );
    const mapping = await file('mapping.yaml', 'locations: {BIB01/ANX1: sci/63S}\nmaterials: {CN: BOOK}\n');
    const args = ['import', 'catalogue', name, '--format', 'marcxml', '--db', db, '--lang', 'fr'];
    const dry = await guichet.run([...args, '--mapping', mapping, '--dry-run']);
    expect(dry.stdout).toContain("rien n'a été écrit");
    expect((await guichet.run(['show', 'item', 'IMP7', '--db', db])).status).toBe(1);
    const failed = await guichet.run([...args, '--errors', 'errors.txt']);
    expect(failed.stderr).toBe('guichet: 1 erreur : voir errors.txt ; le reste est importé.\n');
    expect(await readFile(path.join(guichet.home, 'errors.txt'), 'utf8')).toMatch(
      /^erreur: notice 1 \(7\), 995\$d, ligne \d+: localisation « BIB01\/ANX1 » inconnue/,
    );
    const { status, stdout } = await guichet.run([...args, '--mapping', mapping]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout:
        'Notices : 0 nouvelle, 1 modifiée, 0 inchangée, 0 refusée.\nExemplaires : 1 nouveau, 0 modifié, 0 inchangé, 0 refusé.\n',
    });
  }, 60_000);

  test.each([
    [['nothing.mrc', '--format', 'marc21'], 1, /nothing\.mrc does not exist/],
    [['some.txt'], 2, /say what the file is: --format marc21\|unimarc\|marcxml\|items/],
    [['some.txt', '--format', 'marc'], 2, /--format cannot be "marc"/],
    [['some.txt', '--format', 'items', '--flavour', 'unimarc'], 2, /--flavour goes with --format marcxml only/],
    [['some.txt', '--format', 'marc21'], 1, /error: the file: is neither ISO 2709 nor MARCXML/],
    [['some.txt', '--format', 'marc21'], 1, /guichet: 1 error; nothing is imported\.\n$/],
    [['lost.txt', '--format', 'items', '--lang', 'fr'], 1, /guichet: 1 erreur ; rien n'est importé\.\n$/],
    [['half.txt', '--format', 'items', '--dry-run'], 1, /guichet: 1 error\.\n$/],
    [['empty.txt', '--format', 'items'], 1, /error: the file: has no record/],
    [['some.txt', '--format', 'items', '--mapping', 'bad.yaml'], 1, /locations\.A \(line 1\): no location "x\/y"/],
    [['some.txt', '--format', 'items', '--as', 'bib'], 1, /does not have the right/],
  ])(
    '%j is refused with a sentence',
    async (args, status, sentence) => {
      const db = await sample.copy('refused');
      await file('some.txt', 'barcode;title;location\nX1;A;sci/63S\n');
      await file('empty.txt', '');
      await file('lost.txt', 'barcode;title;location\nX1;A;NOWHERE\n');
      await file('half.txt', 'barcode;title;location\nX1;A;NOWHERE\nX2;B;sci/63S\n');
      await file('bad.yaml', 'locations: {A: x/y}\n');
      const ran = await guichet.run(['import', 'catalogue', ...args, '--db', db]);
      expect(ran.stderr).toMatch(sentence);
      expect(ran.status).toBe(status);
    },
    60_000,
  );

  test('REL-01 killed in the middle and begun again, it ends as if nothing had happened', async () => {
    const db = await sample.copy('killed');
    const records = Array.from({ length: 2500 }, (_, at) =>
      marc21(`K${at}`, `Kill ${at}`, copy(`KILL${at}`, '63S'), copy(`NONE${at}`, 'X')),
    );
    const name = await file('many.mrc', Buffer.concat(records.map((one) => iso2709(one))));
    const args = ['import', 'catalogue', name, '--format', 'marc21', '--db', db];
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: guichet.home,
      env: { ...process.env, HOME: guichet.home, LANG: 'en_GB.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      // Two batches of 500 have been written when the third is being read.
      if (told.includes('record 1100 ')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGKILL');
    const { value } = await guichet.json(args);
    const { added, unchanged } = value as { added: number; unchanged: number };
    expect(unchanged).toBeGreaterThanOrEqual(1000);
    expect(unchanged % 500).toBe(0);
    expect(added + unchanged).toBe(2500);
    expect((await guichet.json(args)).value).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 2500,
      items: { unchanged: 2500, rejected: 2500 },
    });
    expect((await guichet.run(['db', 'check', '--db', db])).status).toBe(0);
  }, 60_000);
});
