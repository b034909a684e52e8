import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scanIn } from '../../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../../source/desk/work-orders.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { network, withLibrary } from '../../support/network.ts';

const ANA = '9921000000164';
const OPTICS = '37000034180';
const CHEMISTRY = '37000034182';

const folder = mkdtempSync(path.join(tmpdir(), 'guichet-transits-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe.each(deskRuns)('manual V.3.2, items in transit, on $name in $language', (run) => {
  const paper = path.join(folder, `${run.name} ${run.language}.txt`);
  const printer = { desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper } }] };
  const script = deskScript(run, {
    network: withLibrary('sci', printer, network({ transitAlertDays: 6 })),
    // Optics have left sci for buc a week ago and were seen at med; chemistry is coming home since four days.
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items(
        { barcode: OPTICS, title: 'Optique géométrique', location: 'buc/SALLE' },
        { barcode: CHEMISTRY, title: 'Chimie organique' },
        { barcode: 'B9', title: 'Logique' },
      );
      scene.at('2026-05-25T10:00');
      await scene.giveBack(OPTICS);
      scene.at('2026-05-28T10:00');
      await scene.giveBack(CHEMISTRY, {}, seatAt(scene.bib, 'buc/PRET'));
      await scene.act(scanIn, { barcode: OPTICS }, seatAt(scene.bib, 'med/PRET'));
      scene.at('2026-06-01T10:00');
    },
  });
  const { words, says } = script;
  const { transits, itemCard } = words.console;
  const title = async (): Promise<string> => (await script.desk.screen())[2] ?? '';

  it('TRA-01 TRA-02 one key from anywhere: from, to, why, since when, how long, its stops; the longest first, too long with a sign', async () => {
    const { desk } = script;
    for (const chord of ['Alt+6', 'Alt+Ctrl+N']) {
      await desk.press('F3', chord);
      expect(await title()).toContain(`${transits.head('sci', '')}[${transits.lists.all} 2]`);
      const [first, second, ...others] = await script.rows();
      expect(first).toMatch(/▸ Optique géom… 37000034180 sci +buc +(retour|going home) +25\/05 +! 7 [jd] +1 · med$/);
      expect(second).toMatch(/ {2}Chimie organ… 37000034182 buc +sci +(retour|going home) +28\/05 + 4 [jd]$/);
      expect(others).toEqual([]);
    }
    const screen = await desk.screen();
    expect(screen.slice(2, 5).join('')).not.toContain('…');
    expect(screen[8]).not.toContain('…');
  });

  it('TRA-02 to here, from here, too long: each tab says how many; sorted by title, origin, destination', async () => {
    const { desk } = script;
    await desk.press('Alt+6', 'Alt+T');
    expect(await title()).toContain(`[${transits.lists.coming} 1]  ${transits.lists.leaving} 1`);
    expect((await script.rows()).join()).toMatch(/^[^,]*Chimie[^,]*$/);
    await desk.press('Alt+T');
    expect((await script.rows()).join()).toMatch(/^[^,]*Optique[^,]*$/);
    await desk.press('Alt+T');
    expect(await title()).toContain(`[${transits.lists['too-long']} 1]`);
    expect((await script.rows()).join()).toMatch(/^[^,]*Optique[^,]*$/);
    await desk.press('Alt+T', 'Alt+O');
    expect(await desk.answer()).toBe(words.console.shelves.sortedBy(transits.sorts.title));
    expect((await script.rows())[0]).toContain('Chimie');
    await desk.press('Alt+O');
    expect((await script.rows())[0]).toContain('Chimie');
    await desk.press('Alt+O');
    expect((await script.rows())[0]).toContain('Optique');
  });

  it('TRA-01 TRA-02 ITEM-03 Enter opens the item: its way, why, how long, every stop; Escape comes back', async () => {
    const { desk } = script;
    await desk.press('Alt+6', 'Enter');
    const card = await script.flat();
    const dates = says('lun. 25 mai 10:00', 'Mon 25 May 10:00');
    expect(card).toContain(`${itemCard.transit} ${itemCard.fromTo('sci', 'buc', dates)}`);
    expect(card).toContain(`${itemCard.why} ${transits.reasons.home}`);
    expect(card).toContain(`${itemCard.underWay} ${itemCard.daysTooLong(7, 6)}`);
    expect(card).toContain(`${itemCard.stop} ${says('jeu. 28 mai 10:00', 'Thu 28 May 10:00')} · med/PRET`);
    await desk.press('Escape', 'Down', 'Enter');
    expect(await script.flat()).toContain(`${itemCard.underWay} ${itemCard.days(4)}`);
    await desk.press('Escape');
    expect(await script.chosen()).toContain('Chimie');
  });

  it('TRA-01 SCAN-01 what has arrived is scanned right there, or its barcode typed: it is received, and off the list', async () => {
    const { desk } = script;
    await desk.press('Alt+6');
    await desk.scan(CHEMISTRY);
    expect(await desk.answer()).toBe(says('REMETTRE EN RAYON · Chimie organique', 'RESHELVE · Chimie organique'));
    await desk.press('Alt+6');
    expect(await title()).toContain(`[${transits.lists.all} 1]`);
    await desk.type(OPTICS);
    await desk.press('Enter');
    expect(await desk.answer()).toMatch(/^(NAVETTE|SEND TO) → buc · Optique géométrique/);
    await desk.press('Alt+6');
    await desk.scan(ANA);
    expect(await title()).toContain('MARTIN Ana');
    // Over an open record a scan is a loan, as everywhere.
    await desk.press('Alt+6');
    await desk.scan('B9');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Logique/);
  });

  it('TRA-01 a request and a treatment are said as what they are; nothing too long is said so', async () => {
    const { scene } = script;
    await scene.act(placeWorkOrder, { barcode: CHEMISTRY, department: 'sci/ACQ', note: 'recoter' });
    await scene.act(scanIn, { barcode: CHEMISTRY }, seatAt(scene.bib, 'med/PRET'));
    const desk = await script.sit({ seat: seatAt(scene.bib, 'sci/ACQ', 'department') });
    await desk.press('Alt+6', 'Alt+T');
    expect((await script.rows())[0]).toMatch(/Chimie organ… 37000034182 buc +sci\/ACQ +(traitement|treatment) /);
    const other = await script.sit({ seat: seatAt(scene.bib, 'med/PRET') });
    await other.press('Alt+6');
    expect(await other.text()).toContain(transits.nothing);
    await other.press('Alt+T', 'Alt+T', 'Alt+T');
    expect(await other.text()).toContain(transits.noneTooLong);
  });

  it('TUI-09 TRA-02 the list goes out on paper as it is shown, under the name of its tab', async () => {
    const { desk } = script;
    await desk.press('Alt+6', 'Alt+T', 'Alt+T', 'Alt+T', 'Ctrl+E');
    const name = transits.head('sci', `· ${transits.lists['too-long']}`);
    expect(await desk.text()).toContain(words.console.exporting.how(name));
    await script.answers('answer-print');
    const printed = await readFile(paper, 'utf8');
    expect(printed).toContain('37000034180');
    expect(printed).toContain('! 7');
    expect(printed).not.toContain(CHEMISTRY);
  });
});
