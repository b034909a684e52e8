import { describe, expect, it } from 'vitest';
import { placeWorkOrder } from '../../../source/desk/work-orders.ts';
import { requestsOf } from '../../support/desk.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('manual IV.3, scanning items in, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique' },
        { barcode: 'B2000', title: 'Logique' },
        { barcode: 'C1000', title: 'Chimie organique', location: 'buc/SALLE' },
      );
    },
  });
  const { says, words } = script;

  it('SCAN-01 IV.3 the screen says whether it acts as a desk or as a department; each scan answers with one instruction', async () => {
    const { desk } = script;
    await desk.press('Alt+Ctrl+S');
    expect((await desk.screen())[2]).toContain(words.console.scanIn.asDesk('Banque de prêt'));
    await desk.scan('B1000', 'C1000');
    expect(await desk.answer()).toBe(says('NAVETTE → buc · Chimie organique', 'SEND TO → buc · Chimie organique'));
    const rows = await script.rows();
    expect(rows[0]).toMatch(/▸ Chimie organique +C1000 +(NAVETTE|SEND TO) → buc/);
    expect(rows[1]).toMatch(/Optique +B1000 +(REMETTRE EN RAYON|RESHELVE)/);
    const department = await script.sit({ seat: seatAt(script.scene.bib, 'sci/ACQ', 'department') });
    await department.press('F4');
    const screen = await department.screen();
    expect(screen[0]).toContain(words.console.department);
    expect(screen[2]).toContain(words.console.scanIn.asDepartment('Acquisitions'));
  });

  it('SCAN-01 IV.3 at a desk: pick from shelf, end of hold, reshelving after treatment', async () => {
    const { desk, scene } = script;
    const luc = await scene.patron({ id: 'P77', lastName: 'Durand', firstName: 'Luc' });
    await requestsOf(script.database, scene).place({ patron: luc, barcode: 'B1000' });
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(ÉTAGÈRE|HOLD SHELF) · Durand Luc/);
    scene.at('2026-06-29T10:00');
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(says('REMETTRE EN RAYON · Optique', 'RESHELVE · Optique'));
  });

  it('ITEM-01 SCAN-01 IV.3 at a department: reception, then the treatment is done, then back in place at the desk', async () => {
    const { scene } = script;
    await scene.act(placeWorkOrder, { barcode: 'B1000', department: 'sci/ACQ', note: 'recoter' });
    const department = await script.sit({ seat: seatAt(scene.bib, 'sci/ACQ', 'department') });
    await department.press('F4');
    await department.scan('B1000');
    expect(await department.answer()).toMatch(
      /^(REÇU · DÉPARTEMENT|RECEIVED · DEPARTMENT) ACQ · Optique · note ?: recoter$/,
    );
    await department.press('Alt+Ctrl+W');
    expect(await script.chosen()).toMatch(/Optique +B1000 +ACQ +recoter +01\/06/);
    await department.press('F8');
    expect(await department.answer()).toMatch(/^(EFFECTUÉ|DONE) · /);
    const desk = await script.sit({ seat: scene.bib });
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.answer()).toContain(says('REMETTRE EN RAYON · Optique', 'RESHELVE · Optique'));
  });

  it('ITEM-01 IV.3 at a department a second scan asks whether the treatment is done', async () => {
    const { scene } = script;
    await scene.act(placeWorkOrder, { barcode: 'B1000', department: 'sci/ACQ', note: 'recoter' });
    const desk = await script.sit({ seat: seatAt(scene.bib, 'sci/ACQ', 'department') });
    await desk.press('F4');
    await desk.scan('B1000', 'B2000', 'B1000');
    expect(await desk.text()).toContain(words.console.scanIn.isTreated('Optique'));
    await script.answers('answer-treated');
    expect(await desk.answer()).toContain(words.console.scanIn.treated);
  });

  it('SCAN-02 IV.3 in-house use is off at first, in capitals in the header while it is on, and remembered for the operator', async () => {
    const { desk } = script;
    await desk.press('F4');
    expect((await desk.screen())[0]).not.toContain(words.console.modes.inHouse);
    await desk.scan('B1000');
    await desk.press('Ctrl+U');
    expect(await desk.answer()).toBe(words.console.modes.inHouseNowOn);
    expect((await desk.screen())[0]).toContain(words.console.modes.inHouse);
    await desk.scan('B1000');
    expect(await desk.answer()).toContain(words.console.scanIn.inHouse);
    const again = await script.sit();
    await again.press('F4');
    expect((await again.screen())[0]).toContain(words.console.modes.inHouse);
    await again.press('Ctrl+U');
    expect((await again.screen())[0]).not.toContain(words.console.modes.inHouse);
    const other = await script.sit({ seat: await script.scene.staff('autre', 'operator', 'sci') });
    await other.press('F4');
    expect((await other.screen())[0]).not.toContain(words.console.modes.inHouse);
  });

  it('SCAN-04 IV.3 several open requests for a title: the request is chosen, or its number is scanned beside the barcode', async () => {
    const { desk, scene } = script;
    const requests = requestsOf(script.database, scene);
    await scene.items({ barcode: 'B1001', title: 'Optique', matchKey: undefined } as never);
    const luc = await scene.patron({ id: 'P77', lastName: 'Durand', firstName: 'Luc' });
    const eva = await scene.patron({ id: 'P78', lastName: 'Petit', firstName: 'Eva' });
    await requests.place({ patron: luc, barcode: 'B1000' });
    const second = await requests.place({ patron: eva, barcode: 'B1000' });
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.text()).toContain(words.console.scanIn.chooseRequest('Optique'));
    expect(await desk.text()).toContain('Durand Luc');
    await desk.press('Down');
    await desk.type(String(second));
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(ÉTAGÈRE|HOLD SHELF) · Petit Eva/);
  });

  it('SCAN-05 RET-03 IV.3 an item in transit is scanned anywhere on its way; every stop is recorded and shown', async () => {
    const { scene } = script;
    await script.desk.press('F4');
    await script.desk.scan('C1000');
    scene.at('2026-06-01T14:00');
    const between = await script.sit({ seat: seatAt(scene.bib, 'med/PRET') });
    await between.press('F4');
    await between.scan('C1000');
    expect(await between.answer()).toContain(words.console.scanIn.stop(1));
    await between.press('Alt+I');
    expect(await between.text()).toMatch(/(Étape|Stop) +\S+ 1 (juin|June) 14:00 · med\/PRET/);
    const home = await script.sit({ seat: seatAt(scene.bib, 'buc/PRET') });
    await home.press('F4');
    await home.scan('C1000');
    expect(await home.answer()).toBe(says('REMETTRE EN RAYON · Chimie organique', 'RESHELVE · Chimie organique'));
  });

  it('SCAN-03 IV.3 an item on loan stays on loan unless it is returned then and there; a card opens its patron', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.text()).toContain(words.console.scanIn.onLoan('Optique'));
    expect(await desk.text()).toContain('Martin Ana');
    await script.answers('answer-cancel');
    expect(await desk.answer()).toBe(words.console.scanIn.leftOnLoan('Optique'));
    await desk.scan('B2000');
    await script.answers('answer-return');
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · .* · Logique$/);
    expect(await script.rows()).toHaveLength(2);
    await desk.scan(ANA);
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(1, 0, 0));
  });

  it('TUI-11 IV.3 an unknown barcode is named and nothing is done; a title can be looked for instead', async () => {
    const { desk } = script;
    await desk.press('F4');
    await desk.scan('NOPE99');
    expect(await desk.answer()).toBe(words.console.scanIn.unknown('NOPE99'));
    await desk.type('chimie');
    await desk.press('Enter');
    expect(await desk.answer()).toContain('→ buc · Chimie organique');
  });
});
