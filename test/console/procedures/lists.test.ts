import { readFile, rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { network, withLibrary } from '../../support/network.ts';

const ANA = '9921000000164';
const LUC = '9921000000271';

const folder = mkdtempSync(path.join(tmpdir(), 'guichet-lists-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe.each(deskRuns)('manual XIII.6, the list of late loans, on $name in $language', (run) => {
  const paper = path.join(folder, `${run.name} ${run.language}.txt`);
  const printer = { desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper } }] };
  const script = deskScript(run, {
    network: withLibrary('sci', printer, network({})),
    // Two loans of sci and one of med are late on 30 July; one of sci is not.
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: LUC, lastName: 'Dupont', firstName: 'Luc' });
      await scene.items(
        { barcode: '37000034179', title: 'Topologie' },
        { barcode: '37000034180', title: 'Optique', location: 'med/SALLE' },
        { barcode: '37000034181', title: 'Mécanique' },
        { barcode: '37000034182', title: 'Algèbre' },
      );
      scene.at('2026-06-01T10:00');
      await scene.lend(ANA, '37000034179');
      await scene.lend(ANA, '37000034180', {}, seatAt(scene.bib, 'med/PRET'));
      scene.at('2026-06-03T10:00');
      await scene.lend(LUC, '37000034182');
      scene.at('2026-06-29T10:00');
      await scene.lend(LUC, '37000034181', { override: { codes: 'all' } });
      scene.at('2026-07-03T10:00');
    },
  });
  const { words, says } = script;
  const { screen: said, list: names, column } = words.lists;
  const title = async (): Promise<string> => (await script.desk.screen())[2] ?? '';

  it('JOB-05 one key from anywhere: the late loans of this library, the oldest first, with days late and borrower; nothing is cut', async () => {
    const { desk } = script;
    for (const chord of ['Alt+=', 'Ctrl+F6']) {
      await desk.press('F3', chord);
      expect(await title()).toContain(said.head(names['late-loans'], 'sci', 2));
      const [first, second, ...others] = await script.rows();
      expect(first).toMatch(/▸ Topologie +37000034179 22\/06\/2026 19:00 +11 +Martin Ana/);
      expect(second).toMatch(/ {2}Algèbre +37000034182 24\/06\/2026 19:00 +9 +Dupont Luc/);
      expect(others).toEqual([]);
    }
    const screen = await desk.screen();
    for (const row of [2, 3, 4, 8]) expect(screen[row]).not.toContain('…');
  });

  it('JOB-05 sorted by one column after the other, and downwards; filtered by library, institution and days', async () => {
    const { desk } = script;
    await desk.press('Alt+=', 'Alt+O');
    expect(await script.flat()).toContain(said.sortedBy(column.title, false));
    expect((await script.rows())[0]).toContain('Algèbre');
    await desk.press('Alt+O', 'Alt+O');
    expect(await script.flat()).toContain(said.sortedBy(column.due, false));
    expect((await script.rows())[0]).toContain('Topologie');
    await desk.press('Alt+M', 'Down', '(');
    await desk.press('Up', 'Up', 'Space', 'Ctrl+S');
    expect(await title()).toContain(said.head(names['late-loans'], said.everywhere, 3));
    expect(await script.flat()).toContain(said.sortedBy(column.due, true));
    expect((await script.rows()).map((one) => one.slice(3, 12).trim())).toEqual(['Algèbre', 'Topologie', 'Optique']);
    await desk.press('Alt+M', 'Down', 'Down', 'Down', 'Down');
    await desk.type('23/06');
    await desk.press('Ctrl+S');
    expect(await title()).toContain(said.head(names['late-loans'], said.everywhere, 2));
    await desk.press('Alt+M', 'Down', 'Down', 'Down');
    await desk.type('24/06');
    await desk.press('Ctrl+S');
    expect(await script.flat()).toContain(said.backwards);
    await desk.press('Escape');
    expect(await title()).toContain(said.head(names['late-loans'], said.everywhere, 2));
  });

  it('JOB-05 ITEM-03 Enter shows the whole line, Alt+U opens the record, Escape goes back to what was there', async () => {
    const { desk } = script;
    await desk.press('Alt+=', 'Down', 'Enter');
    const shown = await script.flat();
    const colon = run.language === 'fr' ? ' :' : ':';
    expect(shown).toContain(`${column.card}${colon} ${LUC}`);
    expect(shown).toContain(`${column.daysLate}${colon} 9`);
    await desk.press('Escape', 'Alt+U');
    expect(await title()).toContain('DUPONT Luc');
    await script.answers('answer-ok');
    await desk.press('Alt+=');
    expect(await script.flat()).toContain(said.head(names['late-loans'], 'sci', 2));
    await desk.press('Escape');
    expect(await title()).toContain('DUPONT Luc');
  });

  it('JOB-05 the other lists: loans, requests by age, missing items, closed loans, transactions per day and desk; round to the first', async () => {
    const { desk } = script;
    await desk.press('Ctrl+F6');
    const seen: string[] = [];
    for (let at = 0; at < 6; at += 1) {
      seen.push(await title());
      await desk.press('Alt+T');
    }
    const wanted = ['late-loans', 'loans', 'open-requests', 'missing', 'closed-loans', 'transactions'] as const;
    expect(seen.map((one) => one.trim().split(' · ')[0])).toEqual(wanted.map((one) => names[one].toUpperCase()));
    expect(await title()).toContain(said.head(names['late-loans'], 'sci', 2));
    await desk.press('Alt+T', 'Alt+T');
    expect(await desk.text()).toContain(said.none);
    await desk.press('Alt+T', 'Alt+T', 'Alt+T');
    expect((await script.rows()).join('\n')).toMatch(/sci\/PRET · Banque de prêt +29\/06\/2026 +1 /);
    await desk.press('Alt+O');
    expect(await script.flat()).toContain(said.sortedBy(column.desk, false));
  });

  it('TUI-09 JOB-05 the list goes out as it is shown; REL-08 who may not see patrons sees no name', async () => {
    const { desk, scene } = script;
    await desk.press('Alt+=', 'Ctrl+E');
    expect(await desk.text()).toContain(words.console.exporting.how(`${names['late-loans']} · sci`));
    await script.answers('answer-print');
    const printed = await readFile(paper, 'utf8');
    expect(printed).toContain('37000034182');
    expect(printed).not.toContain('37000034180');
    const other = await script.sit({ seat: await scene.staff('cat', 'cataloguer') });
    await other.press('Ctrl+F6');
    expect((await script.rows())[0]).toContain('Topologie');
    expect(await other.text()).not.toMatch(/Martin|Dupont/i);
    expect(await script.flat()).toContain(says('PRÊTS EN RETARD', 'LATE LOANS'));
  });
});
