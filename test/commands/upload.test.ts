import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdFile } from '../../source/offline/index.ts';
import type { TestDatabase } from '../support/databases.ts';
import { archivedIn, barcodes, CARD, giveBack, kinds, lentTimes, loan, padded, sampleOn } from '../support/upload.ts';
import { sheetIn } from '../support/workbook.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet, Ran } from './guichet.ts';

const EVENING = '202605291800';
const text = (...parts: readonly string[]): string => parts.join('');

describe.each(kinds)('guichet upload, %s', (_, kind) => {
  let guichet: Guichet;
  let database: TestDatabase;
  beforeAll(async () => {
    guichet = await newGuichet();
    database = await sampleOn(kind, guichet);
  }, 120_000);
  afterAll(async () => {
    await database.drop();
    await guichet.leave();
  });

  /** Writes a file into a folder of its own; answers with its name from home. */
  async function file(name: string, content: string | Buffer): Promise<string> {
    await mkdir(path.join(guichet.home, path.dirname(name)), { recursive: true });
    await writeFile(path.join(guichet.home, name), content);
    return name;
  }
  const at = (name: string): string => path.join(guichet.home, name);
  const args = (name: string, ...more: readonly string[]): string[] => {
    return ['upload', name, '--db', database.url, '--as', 'bib', '--desk', 'sci/PRET', ...more];
  };
  const upload = async (name: string, ...more: readonly string[]): Promise<Ran> => guichet.run(args(name, ...more));
  const json = async (name: string, ...more: readonly string[]) => guichet.json(args(name, ...more));

  test("OFF-02 OFF-05 OFF-06 the manual's own line is a loan of 2018; its file goes to the archive", async () => {
    const name = await file('first/OffCirc.dat', '201805091348L37000034179 9921000000164');
    const { status, value } = await json(name);
    expect({ status, value }).toMatchObject({
      status: 0,
      value: {
        file: name,
        desk: 'sci/PRET',
        lines: 1,
        completed: 1,
        failed: 0,
        duplicates: 0,
        errors: [],
        report: null,
        // Lent eight years ago: due when the library closes on the day of the upload, and listed.
        attention: [
          {
            line: 1,
            attention: ['due-passed'],
            due: '2026-06-01T19:00',
            text: '201805091348L37000034179 9921000000164',
          },
        ],
        attentionCount: 1,
        archived: expect.stringMatching(/^first\/archive\/OffCirc-\d{8}-\d{4}\.dat$/) as string,
      },
    });
    const shown = await guichet.json(['show', 'loan', '37000034179', '--db', database.url]);
    expect(shown.value).toMatchObject({ patron: CARD, loaned: '2018-05-09T13:48', due: '2026-06-01T19:00' });
    expect(existsSync(at(name))).toBe(false);
    expect(await archivedIn(at('first'))).toHaveLength(1);
  }, 60_000);

  const utf16 = (content: string, mark: boolean): Buffer => Buffer.from(`${mark ? '\uFEFF' : ''}${content}`, 'utf16le');
  const two = (item: string): [string, string] => [loan(EVENING, item), giveBack(EVENING, item)];
  test.each<[string, number, (lines: readonly string[]) => string | Buffer]>([
    ['lines that end with LF', 1, (lines) => `${lines.join('\n')}\n`],
    ['lines that end with CR LF', 2, (lines) => `${lines.join('\r\n')}\r\n`],
    ['lines that end with CR', 3, (lines) => `${lines.join('\r')}\r`],
    ["Alma's padded form", 4, (lines) => lines.map((one) => `${padded(one)}\r\n`).join('')],
    ['blank lines, and a last one without an end', 5, (lines) => `\n  \r\n${lines.join('\n\n')}`],
    ['UTF-16 with its mark', 6, (lines) => utf16(`${lines.join('\r\n')}\r\n`, true)],
    ['UTF-16 without', 7, (lines) => utf16(`${lines.join('\r\n')}\r\n`, false)],
    ['UTF-8 with a mark', 8, (lines) => `\uFEFF${lines.join('\r\n')}\r\n`],
  ])('OFF-02 OFF-07 %s', async (_name, number, write) => {
    const [item = ''] = barcodes(number, 1);
    const name = await file(`form-${number}/OffCirc.dat`, write(two(item)));
    expect(await json(name)).toMatchObject({ status: 0, value: { lines: 2, completed: 2, failed: 0 } });
    expect(await lentTimes(database, [item])).toEqual(new Map([[item, 1]]));
  });

  test('OFF-04 OFF-06 OFF-07 each bad line is named whole with its reason, the others are recorded, and never twice', async () => {
    const [one = '', other = '', unknown = ''] = barcodes(20, 3);
    const lines = [
      loan('202605290930', one),
      '%PDF-1.7 \u00E9',
      '',
      `202605290931X${other}`,
      '202602300931R37000034300',
      loan('202605290932', 'NO-SUCH-ITEM'),
      loan('202605290933', unknown, 'NOBODY'),
      giveBack('202605290934', one),
      padded(giveBack('202605290934', one)),
      `202605290935L${other}`,
    ];
    const name = await file('mixed/sci-PRET.dat', lines.join('\n'));
    const copy = await file('mixed/copy.dat', lines.join('\r\n'));
    const { status, stdout, stderr } = await upload(name);
    expect(status).toBe(1);
    const [archived = ''] = await archivedIn(at('mixed'));
    expect(stdout.split('\n')).toEqual([
      `${name}: 3 loans, 2 returns, 4 lines that cannot be read, 1 empty line; from 2026-05-29 09:30 to 2026-05-29 09:34.`,
      '2 completed, 6 failed, 1 uploaded before.',
      'Not recorded:',
      '  line 2: line cannot be read (does not begin with date and time): %PDF-1.7 \u00E9',
      `  line 4: line cannot be read (neither L nor R after the time): ${lines[3]}`,
      `  line 5: line cannot be read (no such date or time): ${lines[4]}`,
      `  line 6: item unknown: ${lines[5]}`,
      `  line 7: patron unknown: ${lines[6]}`,
      `  line 10: line cannot be read (no patron): ${lines[9]}`,
      `The file is now mixed/archive/${archived}.`,
      '',
    ]);
    expect(stderr).toBe('guichet: 6 lines were not recorded: look after what is said above.\n');

    expect(await upload(name)).toEqual({
      status: 1,
      stdout: '',
      stderr: `guichet: ${name} is not there; it has been uploaded already and archived as mixed/archive/${archived}. Nothing is left to do, unless another file was meant.\n`,
    });
    const again = await json(copy);
    expect(again).toMatchObject({
      status: 1,
      value: {
        lines: 9,
        completed: 0,
        failed: 6,
        duplicates: 3,
        errors: [
          { line: 2, reason: 'BAD_LINE', why: 'unreadable' },
          { line: 4, reason: 'BAD_LINE', why: 'letter' },
          { line: 5, reason: 'BAD_LINE', why: 'date' },
          { line: 6, reason: 'ITEM_NOT_FOUND', text: lines[5] },
          { line: 7, reason: 'PATRON_NOT_FOUND', text: lines[6] },
          { line: 10, reason: 'BAD_LINE', why: 'no-patron' },
        ],
      },
    });
    expect(await lentTimes(database, [one, other, unknown])).toEqual(new Map([[one, 1]]));
    expect(await guichet.run(['db', 'check', '--db', database.url])).toMatchObject({ status: 0 });
  }, 60_000);

  test('OFF-04 LATER_ACTION: what happened at a desk since is not undone', async () => {
    const [item = ''] = barcodes(30, 1);
    const lent = await guichet.run(['lend', CARD, item, '--as', 'bib', '--desk', 'sci/PRET', '--db', database.url]);
    expect(lent.status).toBe(0);
    const line = giveBack(EVENING, item);
    const { status, value } = await json(await file('later/OffCirc.dat', `${line}\n`));
    expect({ status, value }).toMatchObject({ status: 1, value: { errors: [{ reason: 'LATER_ACTION', text: line }] } });
  });

  test('OFF-04 REL-06 the report: every line in a workbook and as CSV, nothing a formula, noted in the audit', async () => {
    const [one = '', old = ''] = barcodes(40, 2);
    const formula = loan('202605291000', '=1+1', '@SUM(A1)');
    const lines = [formula, loan('202605291001', one, 'NOBODY'), '=cmd|x', loan('201805091348', old)];
    const content = `${lines.join('\n')}\n`;
    const workbook = await upload(await file('report/a.dat', content), '--report', 'report/out.xlsx');
    expect(workbook.stdout).toContain('4 rows in report/out.xlsx');
    const { cells, names, filter } = sheetIn(await readFile(at('report/out.xlsx')));
    expect({ names, filter }).toEqual({ names: ['Offline upload'], filter: 'A1:J5' });
    const row = (number: number): string[] =>
      Array.from('ABCDEFGHIJ', (column) => cells.get(`${column}${number}`)?.text ?? '');
    expect(row(1)).toEqual(
      'Line,Date and time,Transaction,Item,Patron,Reason,Line of the file,Title,Patron name,Due'.split(','),
    );
    expect(row(2).filter((_cell, column) => column !== 1)).toEqual([
      '1',
      'Loan',
      '=1+1',
      '@SUM(A1)',
      'item unknown',
      formula,
      '',
      '',
      '',
    ]);
    expect(row(4)[5]).toBe('line cannot be read (does not begin with date and time)');
    expect(row(5).slice(2, 6)).toEqual(['Loan', old, CARD, 'due date had passed: set it by hand']);
    expect(row(5)[8]).toBe('Martin Ana');
    expect(cells.get('D2')).toMatchObject({ type: 'text', formula: false });
    expect(cells.get('B2')).toMatchObject({ type: 'number', format: 'yyyy-mm-dd hh:mm' });

    // The same lines again as CSV; those that failed have failed once more.
    const again = await guichet.run([
      ...args(await file('report/b.dat', content), '--report', 'report/out.csv'),
      '--lang',
      'fr',
    ]);
    expect(again.stdout).toContain('3 lignes dans report/out.csv');
    const csv = await readFile(at('report/out.csv'), 'utf8');
    expect(csv).toContain(`1;2026-05-29 10:00;Prêt;'=1+1;'@SUM(A1);exemplaire inconnu;${formula};;;`);
    expect(csv).toContain(";'=cmd|x;");

    const noted = await database.sql<{ data: string }>("select data from events where kind = 'list-exported'");
    expect(noted.map((event) => JSON.parse(event.data) as unknown)).toMatchObject([
      { list: 'offline-upload', rows: 4, form: 'xlsx' },
      { list: 'offline-upload', rows: 3, form: 'csv' },
    ]);
  }, 60_000);

  test('OFF-04 a report that cannot be written is told before anything is uploaded', async () => {
    const [item = ''] = barcodes(50, 1);
    const name = await file('early/OffCirc.dat', `${loan(EVENING, item)}\n`);
    await file('early/there.csv', 'mine');
    expect(await upload(name, '--report', 'early/out.pdf')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('must end with .xlsx or .csv') as string,
    });
    expect(await upload(name, '--report', 'early/there.csv')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(--replace)') as string,
    });
    expect(await lentTimes(database, [item])).toEqual(new Map());
    // One that turns out to be impossible afterwards: the upload is done, and that is said.
    expect(await upload(name, '--report', 'nowhere/out.csv')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the upload is done, its report is not written') as string,
    });
    expect(await lentTimes(database, [item])).toEqual(new Map([[item, 1]]));
    expect(await readFile(at('early/there.csv'), 'utf8')).toBe('mine');
  }, 60_000);

  test('OFF-04 DESK-02 refused: a limited operator, a desk that is none, an account that is none; the file stays', async () => {
    const [item = ''] = barcodes(60, 1);
    const name = await file('refused/OffCirc.dat', `${loan(EVENING, item)}\n`);
    const as = async (...who: readonly string[]): Promise<Ran> =>
      guichet.run(['upload', name, '--db', database.url, ...who]);
    const told = (sentence: string, status = 1) => ({ status, stderr: expect.stringContaining(sentence) as string });
    expect(await as('--as', 'moniteur', '--desk', 'sci/PRET')).toMatchObject(told('(upload-offline)'));
    expect(await as('--as', 'bib', '--desk', 'sci/NOWHERE')).toMatchObject(told('no library or desk sci/NOWHERE'));
    expect(await as('--as', 'nobody', '--desk', 'sci/PRET')).toMatchObject(told('no account nobody'));
    expect(await as('--desk', 'sci/PRET')).toMatchObject(told('--as STAFF', 2));
    expect(await lentTimes(database, [item])).toEqual(new Map());
    expect(existsSync(at(name))).toBe(true);
    expect(await archivedIn(at('refused'))).toEqual([]);
  }, 60_000);

  test('OFF-06 --keep-file leaves the file; a file that another program writes is not touched', async () => {
    const [item = ''] = barcodes(70, 1);
    const name = await file('kept/OffCirc.dat', `${loan(EVENING, item)}\n`);
    const held = await holdFile(at(name));
    expect(await upload(name)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('is open in another program') as string,
    });
    if (held.kind === 'held') await held.release();
    expect(await json(name, '--keep-file')).toMatchObject({ status: 0, value: { completed: 1, archived: null } });
    expect(existsSync(at(name))).toBe(true);
    expect(await json(name)).toMatchObject({ status: 0, value: { completed: 0, duplicates: 1 } });
    expect(existsSync(at(name))).toBe(false);
  }, 60_000);

  test('OFF-04 the report goes as a letter to who uploaded', async () => {
    const [item = ''] = barcodes(80, 1);
    const before = await database.sql<{ n: number }>("select id as n from letters where kind = 'upload-report'");
    await upload(await file('letter/OffCirc.dat', `${loan(EVENING, item, 'NOBODY')}\n`));
    const letters = await database.sql<{ to_address: string; library: string; facts: string }>(
      "select * from letters where kind = 'upload-report' order by id",
    );
    expect(letters).toHaveLength(before.length + 1);
    const last = letters.at(-1);
    expect(last).toMatchObject({ to_address: 'bib@example.org', library: 'sci' });
    expect(JSON.parse(last?.facts ?? '')).toMatchObject({
      file: 'OffCirc.dat',
      desk: 'sci/PRET',
      failed: 1,
      errors: [{ number: 1, reason: 'PATRON_NOT_FOUND', raw: loan(EVENING, item, 'NOBODY') }],
    });
  });
});

describe('guichet upload without a database', () => {
  let guichet: Guichet;
  beforeAll(async () => {
    guichet = await newGuichet();
  });
  afterAll(async () => guichet.leave());
  const write = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(path.join(guichet.home, name), content);
    return name;
  };
  const AWAY = ['--db', 'postgres://a:secret@127.0.0.1:1/x', '--as', 'bib', '--desk', 'sci/PRET'];

  test('OFF-04 --dry-run only reads: no account, no database', async () => {
    const name = await write('dry.dat', `${loan(EVENING, 'B1', 'P1')}\n${giveBack('202605290800', 'B2')}\nnonsense\n`);
    expect(await guichet.run(['upload', name, '--dry-run'])).toEqual({
      status: 1,
      stdout: text(
        'dry.dat: 1 loan, 1 return, 1 line that cannot be read; from 2026-05-29 08:00 to 2026-05-29 18:00.\n',
        'Not recorded:\n  line 3: line cannot be read (does not begin with date and time): nonsense\n',
        'Only read: nothing has been recorded.\n',
      ),
      stderr: '',
    });
    expect(await guichet.json(['upload', name, '--dry-run'])).toMatchObject({
      status: 1,
      value: { loans: 1, returns: 1, bad: 1, blank: 0, from: '2026-05-29T08:00', to: '2026-05-29T18:00' },
    });
    expect(existsSync(path.join(guichet.home, name))).toBe(true);
  });

  test('OFF-03 OFF-06 the database is away: what happened and what to do, in both languages; the file stays', async () => {
    const name = await write('away.dat', `${loan(EVENING, 'B1', 'P1')}\n`);
    const { status, stderr } = await guichet.run(['upload', name, ...AWAY]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /does not answer: check that it is running.*\n.*Nothing is lost: run the same command again/s,
    );
    expect(stderr).not.toContain('secret');
    const french = await inFrench(name);
    expect(french.stderr).toContain("Rien n'est perdu : relancez la même commande quand la base répondra");
    expect(existsSync(path.join(guichet.home, name))).toBe(true);
    expect(await archivedIn(guichet.home)).toEqual([]);
  });
  const inFrench = async (name: string): Promise<Ran> => guichet.run(['upload', name, ...AWAY, '--lang', 'fr']);

  test('OFF-07 no file, a folder, an empty file, a file of something else: said, and nothing is done', async () => {
    const told = (sentence: string, status = 1) => ({ status, stderr: expect.stringContaining(sentence) as string });
    expect(await guichet.run(['upload', 'none.dat', ...AWAY])).toMatchObject(told('the file none.dat does not exist.'));
    expect(await guichet.run(['upload', '.', ...AWAY])).toMatchObject(told('the file . cannot be read'));
    const empty = await write('empty.dat', '\r\n\r\n');
    expect(await guichet.run(['upload', empty, ...AWAY])).toEqual({
      status: 0,
      stdout: 'empty.dat has no lines: nothing to upload.\n',
      stderr: '',
    });
    const photo = await write('photo.jpg', Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256)));
    expect(await guichet.run(['upload', photo, ...AWAY])).toMatchObject(told('is no file of offline transactions'));
    for (const name of [empty, photo]) expect(existsSync(path.join(guichet.home, name))).toBe(true);
  });
});
