import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { loadNetwork } from '../../source/desk/networks.ts';
import { currentNetwork } from '../../source/desk/networks.ts';
import { commandLine } from '../support/house.ts';
import { sheetIn } from '../support/workbook.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

let guichet: Guichet;
let sample: Sample;
let db: string;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
  db = await sample.copy('exporting');
});
afterAll(async () => guichet.leave());

const file = (name: string): string => path.join(guichet.home, name);
const csv = async (name: string, delimiter = ';'): Promise<string[][]> =>
  parse(await readFile(file(name)), { bom: true, delimiter });

describe('TUI-09, JOB-05: guichet export', () => {
  test('late loans to a spreadsheet, with the names of the network and real dates', async () => {
    const command = ['export', 'late-loans', '--library', 'sci', '--to', file('late.xlsx'), '--db', db, '--lang', 'fr'];
    const { status, stdout, stderr } = await guichet.run(command);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { cells, names } = sheetIn(await readFile(file('late.xlsx')));
    const rows = [...cells.keys()].filter((one) => /^A\d+$/.test(one)).length - 1;
    expect(stdout).toBe(`${rows} lignes dans ${file('late.xlsx')}\n`);
    expect(rows).toBeGreaterThan(3);
    expect(names).toEqual(['Prêts en retard']);
    const head = [...cells].filter(([one]) => /^[A-Z]1$/.test(one)).map(([, cell]) => cell.text);
    expect(head).toEqual(expect.arrayContaining(['Titre', 'Code-barres', 'À rendre le', 'Jours de retard', 'Lecteur']));
    const under = (name: string, row: number) => cells.get(`${String.fromCodePoint(65 + head.indexOf(name))}${row}`);
    expect(under('À rendre le', 2)).toMatchObject({ type: 'number', format: 'yyyy-mm-dd hh:mm' });
    expect(under('Bibliothèque', 2)).toMatchObject({ type: 'text', text: 'BU Sciences' });
    expect(Number(under('Jours de retard', 2)?.text)).toBeGreaterThan(Number(under('Jours de retard', rows + 1)?.text));
  });

  test('to CSV: semicolons in French, commas in English; sorted downwards; the same rows', async () => {
    const asked = ['export', 'loans', '--sort', 'barcode:desc', '--db', db];
    expect(await guichet.run([...asked, '--to', file('fr.csv'), '--lang', 'fr'])).toMatchObject({ status: 0 });
    expect(await guichet.run([...asked, '--to', file('en.csv')])).toMatchObject({ status: 0 });
    const [french, english] = [await csv('fr.csv'), await csv('en.csv', ',')];
    expect([french[0]?.[2], english[0]?.[2]]).toEqual(['Code-barres', 'Barcode']);
    const barcodes = french.slice(1).map((row) => row[2] ?? '');
    expect(barcodes.length).toBeGreaterThan(30);
    expect(barcodes).toEqual(barcodes.toSorted().toReversed());
    expect(english.slice(1).map((row) => row[2])).toEqual(barcodes);
  });

  test('REL-09 is in the audit: who, which list, how many rows; `--json` says what was done', async () => {
    const own = await sample.copy('audited');
    const command = ['export', 'transits', '--to', file('t.csv'), '--as', 'chef', '--db', own];
    expect(await guichet.json(command)).toEqual({
      status: 0,
      value: { list: 'transits', file: file('t.csv'), form: 'csv', rows: 3 },
      stderr: '',
    });
    expect(
      await guichet.run(['export', 'audit', '--to', file('audit.csv'), '--as', 'admin', '--db', own]),
    ).toMatchObject({ status: 0 });
    const [, latest] = await csv('audit.csv', ',');
    expect(latest).toEqual(
      expect.arrayContaining(['List exported', 'chef', '{"list":"transits","rows":3,"form":"csv"}']),
    );
  });

  test('TRA-02 items that are too long in transit: a column of the list, and a list of their own', async () => {
    const command = ['export', 'transits', '--db', db, '--to'];
    expect(await guichet.run([...command, file('ways.csv')])).toMatchObject({ status: 0 });
    const [head = [], ...rows] = await csv('ways.csv', ',');
    const under = (name: string) => rows.map((row) => row[head.indexOf(name)]);
    expect(under('Days')).toEqual(['9', '1', '1']);
    expect(under('Too long')).toEqual(['yes', '', '']);
    expect(under('Stops')).toEqual(['0', '0', '0']);
    expect(await guichet.run([...command, file('too-long.csv'), '--too-long'])).toMatchObject({ status: 0 });
    const [, ...long] = await csv('too-long.csv', ',');
    expect(long).toEqual(rows.slice(0, 1));
  });

  test('the audit says instants as local times, and leaves other numbers alone', async () => {
    const own = await sample.copy('local-times');
    const lent = ['lend', '9921000000164', '37000034179', '--as', 'bib', '--desk', 'sci/PRET', '--db', own];
    expect(await guichet.json(lent)).toMatchObject({ status: 0, value: { due: '2026-06-22T19:00' } });
    const command = ['export', 'audit', '--to', file('times.csv'), '--as', 'admin', '--db', own];
    expect(await guichet.run(command)).toMatchObject({ status: 0 });
    const data = (await csv('times.csv', ',')).flat().find((cell) => cell.includes('"barcode":"37000034179"')) ?? '';
    expect(data).toContain('"due":"2026-06-22T19:00"');
    expect(data).not.toMatch(/\d{11}[^"\d]/);
  });

  test('REL-08 an account exports what it may see', async () => {
    const as = async (name: string, list: string) =>
      guichet.run(['export', list, '--to', file(`${name}-${list}.csv`), '--as', name, '--db', db]);
    expect(await as('moniteur', 'loans')).toMatchObject({ status: 1, stdout: '' });
    expect(await as('bib', 'audit')).toMatchObject({ status: 1, stdout: '' });
    expect(await as('bib', 'loans')).toMatchObject({ status: 0 });
    expect((await readdir(guichet.home)).filter((one) => /^(moniteur|bib-audit)/.test(one))).toEqual([]);
  });

  test('REL-06 a file that exists is not replaced without `--replace`', async () => {
    await writeFile(file('mine.csv'), 'mine');
    const command = ['export', 'missing', '--to', file('mine.csv'), '--db', db];
    expect(await guichet.run(command)).toEqual({
      status: 1,
      stdout: '',
      stderr: `guichet: ${file('mine.csv')} exists already: choose another name, or replace it on purpose (--replace)\n`,
    });
    expect(await readFile(file('mine.csv'), 'utf8')).toBe('mine');
    expect(await guichet.run([...command, '--replace'])).toMatchObject({ status: 0 });
    expect((await csv('mine.csv', ','))[0]?.[0]).toBe('Title');
  });

  test('more rows than a spreadsheet takes are refused before anything is written; .csv takes them', async () => {
    const own = await sample.copy('long');
    const database = new DatabaseSync(own.replace('sqlite:', ''));
    database.exec(
      `insert into events (at, kind, data)
        with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number <= 100000)
        select 0, kind, data from (select kind, data from events limit 1), numbers`,
    );
    database.close();
    const asked = ['export', 'audit', '--as', 'admin', '--db', own];
    expect(await guichet.run([...asked, '--to', file('long.xlsx')])).toEqual({
      status: 1,
      stdout: '',
      stderr: `guichet: ${file('long.xlsx')} has not been written: a spreadsheet takes 100,000 rows at most; export this list to .csv instead, which takes any number\n`,
    });
    expect((await readdir(guichet.home)).filter((one) => /^long\.xlsx|\.part$/.test(one))).toEqual([]);
    expect(await guichet.run([...asked, '--to', file('long.csv')])).toMatchObject({ status: 0 });
    expect((await csv('long.csv', ',')).length).toBeGreaterThan(100_001);
  });

  test.each([
    [['nothing', '--to', 'x.csv'], 2, 'late-loans, loans, transits'],
    [['late-loan', '--to', 'x.csv'], 2, 'Did you mean "late-loans"?'],
    [['loans'], 2, '--to needs a value'],
    [['loans', '--to', 'x.pdf'], 2, '.xlsx or .csv'],
    [['loans', '--to', 'x.csv', '--days', 'two'], 2, 'whole number'],
    [['loans', '--to', 'no/x.csv'], 1, 'the folder of no/x.csv does not exist'],
    [['loans', '--to', 'x.csv', '--library', 'moon'], 1, 'moon'],
    [['loans', '--to', 'x.csv', '--from', 'June'], 1, 'not a date'],
    [['loans', '--to', 'x.csv', '--from', '2026-06-02', '--to-day', '2026-06-01'], 1, 'before the first day'],
    [['loans', '--to', 'x.csv', '--sort', 'shoe'], 2, '--sort cannot be "shoe": '],
    [['late-loans', '--to', 'x.csv', '--too-long'], 2, '--too-long says nothing of the list late-loans'],
    [['loans', '--to', 'x.csv', '--days', '3'], 2, '--days says nothing of the list loans'],
    [['missing', '--to', 'x.csv', '--from', '2026-06-01'], 2, '--from says nothing of the list missing'],
    [['loans', '--to', 'x.csv', '--patron', '9921000000164'], 2, '--patron says nothing of the list loans'],
    [['patron-loans', '--to', 'x.csv'], 2, 'option --patron needs a value'],
    [['nope', '--to', 'x.csv', '--lang', 'fr'], 2, 'LISTE ne peut pas être « nope »'],
    [['patron-loans', '--to', 'x.csv', '--patron', 'who'], 1, 'who'],
  ])('export %j is refused, and nothing is written', async (words, status, sentence) => {
    const ran = await guichet.run(['export', ...words, '--db', db]);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status, stdout: '' });
    expect(ran.stderr).toContain(sentence);
    expect((await readdir(guichet.home)).filter((one) => /^x\.|\.part$/.test(one))).toEqual([]);
  });
});

describe('TUI-08: guichet doctor looks at printers', () => {
  test('of one desk, or of all; a printer that does not work here is told, with what to do', async () => {
    const own = await sample.copy('printers');
    const house = openHouse(own);
    const perform = house.at(Date.now);
    const { network } = await perform(commandLine, currentNetwork, {}).then((answer) => ({
      network: 'network' in answer ? answer.network : null,
    }));
    if (!network) throw new Error('no network');
    const printers = [
      { file: file('receipts.txt') },
      { queue: 'pret' },
      { file: file('no/x.txt') },
      { terminal: true },
    ];
    const libraries = network.libraries.map((library, index) => {
      const printer = printers[index];
      return printer ? { ...library, desks: library.desks.map((desk) => ({ ...desk, printer })) } : library;
    });
    const loaded = await perform(commandLine, loadNetwork, { network: { ...network, libraries }, difference: [] });
    expect(loaded).toMatchObject({ kind: 'loaded', changed: true });
    await house.close();
    const names = libraries.slice(0, 4).map((library) => `${library.code}/${library.desks[0]?.code ?? ''}`);

    const bin = file('bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'lpstat'), '#!/bin/sh\necho "$2 not accepting requests since now"\n');
    await chmod(path.join(bin, 'lpstat'), 0o755);
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    const all = await guichet.run(['doctor', '--db', own], { env });
    expect(all.status).toBe(0);
    const lines = all.stdout.split('\n').filter((line) => line.includes('/PRET ·'));
    expect(lines).toEqual([
      `  ok ${names[0]} · Printer: the file ${file('receipts.txt')}`,
      `  ·  ${names[1]} · Not printed: the print queue pret accepts no jobs: "cupsaccept pret".`,
      `  ·  ${names[2]} · Not printed: the folder of ${file('no/x.txt')} does not exist: create it.`,
      `  ·  ${names[3]} · Not printed: there is no terminal here.`,
    ]);
    expect(all.stdout).toMatch(/\d+ desks print by e-mail \("guichet doctor --mail" tries the server\)/);

    const one = await guichet.run(['doctor', '--desk', names[1] ?? '', '--db', own], { env });
    expect({ status: one.status, told: one.stdout.includes(`!! ${names[1]} · Not printed`) }).toEqual({
      status: 1,
      told: true,
    });
    expect(await guichet.run(['doctor', '--desk', 'no/DESK', '--db', own])).toMatchObject({ status: 1 });
  });
});
