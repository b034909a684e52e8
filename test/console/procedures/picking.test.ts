import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { placeRequest } from '../../../source/desk/requests-place.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { withLibrary } from '../../support/network.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

const folder = mkdtempSync(path.join(tmpdir(), 'guichet-picking-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe.each(deskRuns)('manual V.3.2 and V.4.3, pick from shelf, on $name in $language', (run) => {
  const paper = path.join(folder, `${run.name} ${run.language}.txt`);
  const printer = { desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper } }] };
  const script = deskScript(run, {
    network: withLibrary('buc', printer),
    seat: (scene) => seatAt(scene.bib, 'buc/PRET'),
    setUp: async ({ scene }) => {
      await rm(paper, { force: true });
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'L1000', title: 'Logique', location: 'buc/ETE', callNumber: '160 LOG' },
        { barcode: 'L2000', title: 'Logique', location: 'buc/ETE', callNumber: '160 LOG' },
        { barcode: 'B1000', title: 'Optique', location: 'buc/SALLE', callNumber: '535 OPT' },
        { barcode: 'T1000', title: 'Thermodynamique', location: 'buc/SALLE', callNumber: '536 THE' },
        { barcode: 'T9000', title: 'Thermodynamique', location: 'med/SALLE' },
        { barcode: 'V12', title: 'Revue du Midi', description: 'n° 12', location: 'buc/SALLE', callNumber: 'REV' },
        { barcode: 'V13', title: 'Revue du Midi', description: 'n° 13', location: 'buc/SALLE', callNumber: 'REV' },
      );
    },
  });
  const { words } = script;
  const { picking, requests } = words.console;
  const wants = async (patron: string, item: string, pickup: string, ofItem = false): Promise<void> => {
    const found = await script.database.sql<{ title: number }>(
      `select title_id as title from items where barcode = '${item}'`,
    );
    const what = ofItem ? { item } : { title: found[0]?.title ?? 0 };
    expect(await script.scene.act(placeRequest, { ...what, patron, pickup })).toMatchObject({ kind: 'placed' });
  };
  const titles = async (): Promise<string[]> =>
    (await script.rows()).filter((one) => one.includes('01/06')).map((one) => one.slice(16, 43).trim());
  const head = async (): Promise<string> => (await script.desk.screen())[2] ?? '';

  beforeEach(async () => {
    await wants(ANA, 'L1000', 'sci');
    await wants(ANA, 'B1000', 'buc');
    await wants(ZOE, 'T1000', 'sci');
    await wants(ZOE, 'V13', 'sci', true);
    await script.desk.press('F5');
  });

  it('PICK-01 V.3.2 the list is live and in the order of the shelves: call number, title, location, since when, where to', async () => {
    const { desk } = script;
    expect(await head()).toContain(picking.head('buc', 4));
    expect(await titles()).toEqual(['Logique', 'Optique', 'Thermodynamique', 'Revue du Midi · n° 13']);
    const rows = await script.rows();
    expect(rows[0]).toMatch(/▸ 160 LOG +Logique +buc\/ETE +01\/06 +sci/);
    expect(rows[1]).toMatch(new RegExp(`535 OPT +Optique +buc/SALLE +01/06 +${picking.holdShelf}`));
    const screen = await desk.screen();
    expect([...screen.slice(2, 5), screen[8]].join('')).not.toContain('…');
    await wants(ZOE, 'B1000', 'sci');
    await desk.press('F5');
    expect(await head()).toContain(picking.head('buc', 4));
    // Enter: who waits for the title; Alt+L: why this copy.
    await desk.press('Down', 'Enter');
    expect(await head()).toContain(requests.queueHead('Optique'));
    expect(await script.rows()).toHaveLength(2);
    await desk.press('Escape', 'Alt+L');
    expect(await desk.text()).toContain(requests.because.AT_PICKUP);
  });

  it('PICK-01 V.3.2 filtered by location, destination, type, slip and report', async () => {
    const { desk } = script;
    const filter = async (downs: number, ...keys: readonly string[]): Promise<string[]> => {
      await desk.press('Alt+M');
      expect(await desk.text()).toContain(picking.filters);
      await desk.press(...Array.from({ length: downs }, () => 'Down'), ...keys, 'Ctrl+S');
      return titles();
    };
    expect(await filter(0, 'Right')).toEqual(['Logique']);
    expect(await filter(0, 'Left')).toHaveLength(4);
    expect(await filter(1, 'Right')).toEqual(['Optique']);
    expect(await filter(1, 'Right')).toEqual(['Logique', 'Thermodynamique', 'Revue du Midi · n° 13']);
    expect(await filter(1, 'Left', 'Left')).toHaveLength(4);
    expect(await filter(2, 'Left')).toEqual(['Revue du Midi · n° 13']);
    expect(await filter(2, 'Right')).toHaveLength(4);
    expect(await filter(3, 'Right')).toEqual([]);
    expect(await desk.text()).toContain(picking.nothingFiltered);
    expect(await head()).toContain(picking.filtered);
    expect(await filter(3, 'Right')).toHaveLength(4);
    expect(await filter(4, 'Right')).toEqual([]);
  });

  it('PICK-02 V.3.2 slips one by one or for the marked lines: printed, and the lines marked as taken in hand', async () => {
    const { desk } = script;
    await desk.press('Alt+S');
    expect(await desk.answer()).toBe(picking.slipsPrinted(1));
    expect((await script.rows())[0]).toMatch(new RegExp(`sci +${picking.yes}$`));
    await desk.press('Down', 'Space', 'Space', 'Alt+S');
    expect(await desk.answer()).toBe(picking.slipsPrinted(2));
    const taken = (await script.rows()).map((one) => one.endsWith(picking.yes));
    expect(taken).toEqual([true, true, true, false]);
    const slips = (await readFile(paper, 'utf8')).split('\f');
    expect(slips).toHaveLength(4);
    expect(slips[1]).toContain('Optique');
    expect(slips[0]).toContain('160 LOG');
  });

  it('PICK-02 TUI-09 V.3.2 the list goes out on paper: its lines are in a report, and are filtered by that', async () => {
    const { desk } = script;
    await desk.press('Ctrl+E');
    await script.answers('answer-print');
    expect(await readFile(paper, 'utf8')).toContain('Revue du Midi');
    expect((await script.rows()).every((one) => one.endsWith(picking.yes))).toBe(true);
  });

  it('PICK-02 a desk without a printer prints nothing, says so, and takes nothing in hand', async () => {
    const { scene } = script;
    await scene.load(withLibrary('buc', {}));
    const desk = await script.sit({ seat: seatAt(scene.bib, 'buc/PRET') });
    await desk.press('F5', 'Alt+S');
    expect(await desk.answer()).toBe(words.letters.printed({ kind: 'no-printer' }));
    await desk.press('Ctrl+E');
    await script.answers('answer-print');
    expect(await desk.answer()).toBe(words.letters.printed({ kind: 'no-printer' }));
    expect((await script.rows()).some((one) => one.endsWith(picking.yes))).toBe(false);
  });

  it('PICK-03 V.3.2 scanning confirms the pick, right from the list: the hold shelf here, or the way to another library', async () => {
    const { desk } = script;
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(ÉTAGÈRE|HOLD SHELF) · Martin Ana .*11\/06\/2026 · Optique/);
    await desk.scan('L2000');
    expect(await desk.answer()).toMatch(/^(NAVETTE|SEND TO) → sci \((pour|for) Martin Ana\) · Logique/);
    await desk.press('F5');
    expect(await titles()).toEqual(['Thermodynamique', 'Revue du Midi · n° 13']);
    // A barcode that is typed is as good as a scan.
    await desk.type('T1000');
    await desk.press('Enter');
    expect(await desk.answer()).toMatch(/^(NAVETTE|SEND TO) → sci \((pour|for) Dupont Zoé\) · Thermodynamique/);
  });

  it('PICK-05 V.4.3 skip: the next library that could fill it, or the reason why there is none', async () => {
    const { desk } = script;
    await desk.press('Ctrl+K');
    expect(await desk.answer()).toBe(picking.notSkipped.NO_OTHER_LIBRARY('Logique'));
    await desk.press('Down', 'Down', 'Ctrl+K');
    expect(await desk.answer()).toBe(picking.skipped('Thermodynamique', requests.task.pick('med')));
    expect(await titles()).toEqual(['Logique', 'Optique', 'Revue du Midi · n° 13']);
    const other = await script.sit({ seat: seatAt(script.scene.bib, 'med/PRET') });
    await other.press('F5');
    expect(await head()).toContain(picking.head('med', 1));
    // They pass it round for ever.
    await other.press('Ctrl+K');
    expect(await other.answer()).toBe(picking.skipped('Thermodynamique', requests.task.pick('buc')));
  });

  it('PICK-04 V.4.3 missing: the copies that it touches are listed first and can be left out; the request is cancelled', async () => {
    const { desk } = script;
    await desk.press('Alt+J');
    expect(await desk.text()).toContain(picking.missingTitle('Logique', 0));
    const yes = `[x] ${words.console.form.yes}`;
    expect(await desk.text()).toContain(`${'L1000'.padEnd(24)} ${yes}`);
    expect(await desk.text()).toContain(`${'L2000'.padEnd(24)} ${yes}`);
    await desk.press('Space', 'Down', 'Space', 'Ctrl+S');
    expect(await desk.text()).toContain(picking.noneMissing);
    await desk.press('Space', 'Ctrl+S');
    expect(await desk.answer()).toBe(picking.missingDone('Logique', 1, 0));
    const missing = await script.database.sql("select barcode from items where process = 'MISSING'");
    expect(missing).toEqual([{ barcode: expect.stringMatching(/^L[12]000$/) as string }]);
    expect(await head()).toContain(picking.head('buc', 3));
    // Of an issue, that very issue.
    await desk.press('Down', 'Down', 'Down', 'Alt+J');
    const form = await desk.text();
    expect(form).toContain('V13');
    expect(form).not.toContain('V12');
    await desk.press('Escape');
    expect(await head()).toContain(picking.head('buc', 3));
  });

  it('CAN-01 CAN-03 V.4.2 cancelled from the list: off it, with a reason; picked already, it is reshelved when it is scanned', async () => {
    const { desk } = script;
    await desk.press('Down', 'Ctrl+X');
    expect(await desk.text()).toContain(requests.cancelTitle('Optique'));
    await desk.type('abîmé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(requests.cancelled('Optique', ''));
    expect(await titles()).toEqual(['Logique', 'Thermodynamique', 'Revue du Midi · n° 13']);
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(REMETTRE EN RAYON|RESHELVE) · Optique/);
  });
});
