import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { offlineFolder } from '../../support/offline-folder.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { takeAway } from '../../support/database-away.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(deskRuns)('manual VIII, without the database, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: '37000034179', title: 'Optique' },
        { barcode: '37000034180', title: 'Logique' },
        { barcode: '37000034181', title: 'Chimie' },
      );
    },
  });
  const { says } = script;
  const folder = offlineFolder(script);
  const journal = async (): Promise<string[]> =>
    (await readFile(path.join(folder(), 'sci-PRET.dat'), 'utf8')).split('\r\n').filter((line) => line !== '');
  const openLoans = async (): Promise<unknown[]> =>
    script.database.sql(
      'select i.barcode from loans l join items i on i.id = l.item_id where l.returned_at is null order by i.barcode',
    );

  it('OFF-03 REL-03 the database goes away in mid-session: the scan in hand and those behind it are written, for the open record', async () => {
    const { desk, database } = script;
    await desk.scan(ANA, '37000034179');
    const away = await takeAway(database);
    await desk.scan('37000034180');
    expect(await desk.answer()).toBe(
      says('ENREGISTRÉ HORS LIGNE · PRÊT 37000034180 → MARTIN Ana', 'RECORDED OFFLINE · LOAN 37000034180 → MARTIN Ana'),
    );
    const [header = ''] = await desk.screen();
    expect(header).toContain(says("HORS LIGNE · RIEN N'EST VÉRIFIÉ", 'OFFLINE · NOTHING IS CHECKED'));
    // What the database took before stays in sight, so that nobody records it again.
    expect(await desk.text()).toMatch(
      says(
        / 10:00 +Prêt +37000034180 .*\n +en base +Prêt +37000034179 +9921000000164 {2}MARTIN Ana/,
        / 10:00 +Loan +37000034180 .*\n +online +Loan +37000034179 +9921000000164 {2}MARTIN Ana/,
      ),
    );
    // Returns, and back to loans: the same keys as ever.
    await desk.press('F3');
    await desk.scan('37000034179');
    expect(await journal()).toEqual([
      `202606011000L37000034180${' '.repeat(69)}${ANA}`,
      `202606011000R37000034179${' '.repeat(69)}`,
    ]);
    // What needs the database says so; nothing is asked of it.
    await desk.press('F5');
    expect(await desk.answer()).toContain('Alt+5');

    await away.back();
    await desk.press('Alt+5');
    expect(await desk.text()).toContain(says('2 transactions attendent', '2 transactions wait'));
    await script.answers('answer-upload', 'answer-upload');
    expect(await desk.answer()).toBe(says('DÉCHARGÉ · 2 terminés · 0 échec', 'UPLOADED · 2 completed · 0 failed'));
    expect(await openLoans()).toEqual([{ barcode: '37000034180' }]);
    expect((await readdir(folder())).filter((name) => name.endsWith('.dat'))).toEqual([]);
    expect(await readdir(path.join(folder(), 'archive'))).toContain('sci-PRET-20260601-1000.dat');
  });

  it('OFF-03 back online without an upload: the record is opened again, the header says what waits, Shift+F5 uploads it', async () => {
    const { desk, database } = script;
    await desk.scan(ZOE);
    const away = await takeAway(database);
    await desk.scan('37000034181');
    await away.back();
    await desk.press('Alt+5');
    await script.answers('answer-online');
    expect(desk.state().record?.pane.patron.lastName).toBe('Dupont');
    expect((await desk.screen())[0]).toContain(says('1 À DÉCHARGER', '1 TO UPLOAD'));
    await desk.press('F8');
    await desk.bytes('\u001B[15;2~');
    expect(await script.rows()).toEqual([expect.stringContaining('sci-PRET.dat')]);
    await desk.press('Enter');
    await script.answers('answer-upload');
    expect(await desk.answer()).toBe(says('DÉCHARGÉ · 1 terminé · 0 échec', 'UPLOADED · 1 completed · 0 failed'));
    expect((await desk.screen())[0]).not.toContain(says('À DÉCHARGER', 'TO UPLOAD'));
    expect(await openLoans()).toEqual([{ barcode: '37000034181' }]);
  });

  it('OFF-04 2.3.2 the result names what failed, with the whole line, and what to look at', async () => {
    const { desk, database } = script;
    const away = await takeAway(database);
    await desk.press('Alt+5');
    await desk.scan(ANA, '37999999999');
    await desk.press('F8');
    await desk.scan('9921000009999', '37000034180');
    await away.back();
    await desk.press('Alt+5');
    await script.answers('answer-upload', 'answer-upload');
    expect(await desk.answer()).toBe(says('DÉCHARGÉ · 0 terminé · 2 échecs', 'UPLOADED · 0 completed · 2 failed'));
    const [first = '', second = ''] = await script.rows();
    expect(first).toMatch(
      new RegExp(
        says(
          '1 +exemplaire inconnu +202606011000L37999999999 9921000000164',
          '1 +item unknown +202606011000L37999999999 9921000000164',
        ),
      ),
    );
    expect(second).toMatch(
      new RegExp(
        says(
          '2 +lecteur inconnu +202606011000L37000034180 9921000009999',
          '2 +patron unknown +202606011000L37000034180 9921000009999',
        ),
      ),
    );
    expect(await openLoans()).toEqual([]);
  });

  it('OFF-07 OFF-06 a file in which nothing is a transaction is none of ours: it stays, and nothing of it is kept', async () => {
    const { desk, database } = script;
    const file = path.join(folder(), 'private.txt');
    await writeFile(file, 'a letter\nto somebody\n');
    await desk.bytes('\u001B[15;2~');
    await desk.press('Ctrl+N');
    await desk.type(file);
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(new RegExp(says('aucune transaction en 2 lignes', 'none of its 2 lines')));
    expect(await readFile(file, 'utf8')).toBe('a letter\nto somebody\n');
    expect(await database.sql('select id from offline_uploads')).toEqual([]);
    // Nor is one that cannot be read, or is not there.
    await desk.press('Ctrl+N');
    await desk.type(path.join(folder(), 'nothing.dat'));
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/nothing\.dat/);
  });

  it('OFF-03 REL-03 a scan that is neither loan nor return: going offline says that it was not done', async () => {
    const { desk, database } = script;
    await desk.press('F4');
    const away = await takeAway(database);
    await desk.scan('37000034179');
    await script.answers('answer-offline');
    expect(desk.state().screen).toBe('offline');
    expect(await desk.answer()).toContain(script.words.console.refusal.notRecorded('37000034179'));
    expect(await journal()).toEqual([]);
    await away.back();
  });

  it('OFF-01 a card of a shape that is known begins the next borrower; of one never seen nobody guesses', async () => {
    const { desk, database } = script;
    await desk.scan(ANA, '37000034179');
    const away = await takeAway(database);
    await desk.scan('37000034180', ZOE, '37000034181');
    const lines = (await journal()).map((line) => line.slice(12).replaceAll(/ +/g, ' '));
    expect(lines).toEqual([`L37000034180 ${ANA}`, `L37000034181 ${ZOE}`]);
    await desk.scan('X1');
    expect(await desk.text()).toContain(says('X1 : une carte ou un exemplaire ?', 'Is X1 a card or an item?'));
    await script.answers('answer-patron');
    await desk.scan('37000034182');
    expect((await journal()).at(-1)).toMatch(/L37000034182 +X1$/);
    await away.back();
    await desk.press('Alt+5');
    await script.answers('answer-later');
    expect(desk.state().screen).toBe('offline');
    expect((await desk.screen())[0]).toContain(says('LA BASE RÉPOND', 'DATABASE IS BACK'));
  });

  it('RET-04 OFF-01 the date of a book drop has no place in the file: such a return is refused, F3 makes it one of today', async () => {
    const { desk, database } = script;
    await desk.press('F3', 'Ctrl+B');
    await desk.press('Ctrl+S');
    expect(desk.state().modes.bookDrop).not.toBeNull();
    const away = await takeAway(database);
    await desk.scan('37000034179');
    expect(await desk.answer()).toContain(says('! NON ENREGISTRÉ · 37000034179', '! NOT RECORDED · 37000034179'));
    expect(await journal()).toEqual([]);
    await desk.press('F3');
    await desk.scan('37000034179');
    expect(await journal()).toHaveLength(1);
    await away.back();
  });

  it('REL-03 neither the database nor a file takes it: that is said, what comes behind waits, and it can be tried again', async () => {
    const { desk, database } = script;
    const blocked = path.join(folder(), 'not-a-folder');
    await writeFile(blocked, '');
    await script.sit({ offline: { folders: [blocked], alone: false } });
    await script.desk.scan(ANA);
    const away = await takeAway(database);
    await script.desk.scan('37000034179', '37000034180');
    expect(await script.desk.text()).toContain('37000034179');
    expect(script.desk.state().prompt).not.toBeNull();
    expect(script.desk.state().waiting).toEqual(['37000034180']);
    await away.back();
    await script.answers('answer-retry');
    expect(await openLoans()).toHaveLength(2);
    expect(desk.state().offline).toBeNull();
  });
});
