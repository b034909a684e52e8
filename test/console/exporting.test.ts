import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exportsFor } from '../../source/commands/console-exports.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { deskRuns, deskScript } from '../support/desk-script.ts';
import { sheetIn } from '../support/workbook.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('lists that leave the console as files, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique' },
        { barcode: 'B2000', title: '=1+1; "Logique" 😀' },
        ...Array.from({ length: 4 }, (_, index) => ({ barcode: `M100${index}`, title: `Livre ${index}` })),
      );
    },
  });
  const { words } = script;
  let folder = '';
  afterEach(async () => rm(folder, { recursive: true, force: true }));
  /** A desk that writes lists into a folder of its own. */
  const sitWithFolder = async (): Promise<DeskDriver> => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-lists-'));
    const here = vi.spyOn(process, 'cwd').mockReturnValue(folder);
    const { scene, database } = script;
    const exports = exportsFor(
      { words, language: run.language },
      {
        house: database.house,
        perform: scene.perform,
        clock: scene.now,
        network: null,
        version: 1,
        timeZone: 'Europe/Paris',
        training: false,
      },
    );
    here.mockRestore();
    return script.sit({ seat: scene.bib, exports });
  };

  it('TUI-09 the loans that are shown, to a spreadsheet: heads, every row, never a formula; the audit knows', async () => {
    const desk = await sitWithFolder();
    await desk.scan(ANA, 'B1000', 'B2000', 'M1000', 'M1001');
    await desk.press('Alt+T', 'Ctrl+E');
    expect(await desk.text()).toContain(words.console.exporting.how(words.console.tabs.loans));
    await script.answers('answer-xlsx');
    expect(await desk.answer()).toMatch(/^4 (lignes dans|lines in) /);
    const [name = ''] = await readdir(folder);
    expect(name).toMatch(/2026-06-01\.xlsx$/);
    const sheet = sheetIn(await readFile(path.join(folder, name)));
    expect(sheet.cells.get('A1')?.text).toBe(words.console.lists.columns.title);
    const texts = [...sheet.cells.values()].map((one) => one.text);
    expect(texts).toContain('Optique');
    expect(texts.some((one) => one.includes('"Logique" 😀'))).toBe(true);
    expect([...sheet.cells.values()].some((one) => one.formula)).toBe(false);
    const noted = await script.database.sql("select id from events where kind = 'list-exported'");
    expect(noted).toHaveLength(1);
  });

  it('TUI-09 to CSV, with the columns as the operator has them, and never over another file', async () => {
    const desk = await sitWithFolder();
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('Alt+V', 'Down', 'Space', 'Escape');
    for (let times = 0; times < 2; times += 1) {
      await desk.press('Ctrl+E');
      await script.answers('answer-csv');
    }
    const names = (await readdir(folder)).toSorted();
    expect(names).toHaveLength(2);
    const csv = await readFile(path.join(folder, names[0] ?? ''), 'utf8');
    const [heads = '', ...rows] = csv
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    const { title, due, status } = words.console.lists.columns;
    expect(heads.replaceAll('"', '').split(run.language === 'fr' ? ';' : ',')).toEqual([title, due, status]);
    expect(rows).toHaveLength(2);
    expect(csv).not.toContain('B1000');
  });

  it('TUI-09 returns, items scanned in, and lists of their own; where none is shown it is said', async () => {
    const desk = await sitWithFolder();
    await desk.press('Ctrl+E');
    expect(await desk.answer()).toBe(words.console.exporting.noList);
    await desk.press('F4');
    await desk.scan('B1000', 'B2000');
    await desk.press('Ctrl+E');
    await script.answers('answer-csv');
    await desk.press('F3');
    await desk.scan('B1000');
    await desk.press('Ctrl+E');
    await script.answers('answer-csv');
    await desk.press('Alt+C');
    await desk.type('livre');
    await desk.press('Ctrl+E');
    await script.answers('answer-xlsx');
    expect(await desk.answer()).toMatch(/^4 (lignes dans|lines in) /);
    await desk.press('Ctrl+E');
    await script.answers('answer-cancel');
    expect(await readdir(folder)).toHaveLength(3);
  });
});
