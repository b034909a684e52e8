import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeAway } from '../../support/database-away.ts';
import { makeReadOnly } from '../../support/database-read-only.ts';
import { offlineFolder } from '../../support/offline-folder.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';
const line = (stamp: string, item: string): string => `${stamp}L${item.padEnd(80)}${ANA}\r\n`;

describe.each(deskRuns)('manual VIII, without the database again, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: '37000034179' }, { barcode: '37000034180' }, { barcode: '37000034181' });
    },
  });
  const { says } = script;
  const folder = offlineFolder(script);
  const journal = (): string => path.join(folder(), 'sci-PRET.dat');

  it('OFF-01 REL-01 what the file has already is in sight: nobody records it again after a start in between', async () => {
    const { desk } = script;
    await writeFile(journal(), line('202605291803', '37000034179') + line('202606010955', '37000034180'));
    await desk.press('Alt+5');
    expect(await script.rows()).toEqual([
      expect.stringMatching(says(/^ ▸ 09:55 +Prêt +37000034180 +9921/, /^ ▸ 09:55 +Loan +37000034180 +9921/)),
      expect.stringMatching(
        says(/^ {3}ven\. 29\/05 18:03 Prêt +37000034179/, /^ {3}Fri 29\/05 18:03 +Loan +37000034179/),
      ),
    ]);
    // What is recorded now comes before it.
    await desk.scan(ANA, '37000034181');
    expect((await script.rows()).map((row) => /37\d{9}/.exec(row)?.[0])).toEqual([
      '37000034181',
      '37000034180',
      '37000034179',
    ]);
  });

  it('OFF-03 REL-03 back online the header says so, whatever is asked of the database next', async () => {
    const { desk, database } = script;
    await desk.press('F3');
    const away = await takeAway(database);
    await desk.scan('37000034179');
    expect(desk.state().offline).not.toBeNull();
    await away.back();
    await desk.press('Alt+5');
    await script.answers('answer-online');
    expect(desk.state().screen).toBe('returns');
    expect((await desk.screen())[0]).toContain(says('en ligne', 'online'));
  });

  it('REL-03 OFF-03 a database that can only be read has not come back: nobody is sent to and fro', async () => {
    const { desk, database } = script;
    await desk.scan(ANA);
    const locked = await makeReadOnly(database);
    await desk.scan('37000034179');
    expect(desk.state().offline).not.toBeNull();
    await desk.press('Alt+5');
    expect(desk.state().prompt).toBeNull();
    expect(await desk.answer()).toContain(says('Toujours hors ligne', 'Still offline'));
    await locked.back();
    await desk.press('Alt+5');
    expect(desk.state().prompt?.title).toBe(script.words.console.offline.back.title);
    await script.answers('answer-later');
    expect(await readFile(journal(), 'utf8')).toContain('L37000034179');
  });

  it('REL-03 neither database nor file: what to do is to be read whole', async () => {
    const { desk, database } = script;
    const away = await takeAway(database);
    await desk.scan(ANA);
    // The folder is gone, and no other can be made in its place.
    await rename(folder(), `${folder()}.moved`);
    await writeFile(folder(), '');
    await desk.scan('37000034179');
    expect(desk.state().prompt).not.toBeNull();
    expect(await script.flat()).toContain(script.words.console.offline.onPaper);
    await script.answers('answer-cancel');
    await away.back();
    await rm(folder());
    await rename(`${folder()}.moved`, folder());
  });

  it('OFF-03 a file that is deep in folders keeps its name in the question', async () => {
    const deep = path.join(folder(), 'x'.repeat(40), 'y'.repeat(40));
    const desk = await script.sit({ offline: { folders: [deep], alone: false } });
    const away = await takeAway(script.database);
    await desk.scan(ANA, '37000034179');
    await away.back();
    await desk.press('Alt+5');
    expect(desk.state().prompt?.title).toBe(script.words.console.offline.back.title);
    expect(await desk.text()).toMatch(/…y+\/sci-PRET\.dat/);
    await script.answers('answer-later');
  });

  it('OFF-01 without any database nothing promises a way back to one', async () => {
    const desk = await script.sit({ offline: { folders: [folder()], alone: true } });
    await desk.press('F5');
    expect(await desk.answer()).toBe(script.words.console.offline.notHere(null));
    expect(await desk.answer()).not.toContain('Alt+5');
  });

  it('OFF-01 there is nowhere to write: which file it was, and how to write elsewhere', async () => {
    const file = path.join(folder(), 'x'.repeat(60), 'day.dat');
    await writeFile(path.join(folder(), 'x'.repeat(60)), '');
    const desk = await script.sit({ offline: { folders: [folder()], file, alone: true } });
    expect(await desk.answer()).toMatch(/day\.dat$/);
    expect(await script.flat()).toContain('guichet offline --file');
    await script.answers('answer-quit');
    expect(await desk.ended).toBe(1);
  });
});
