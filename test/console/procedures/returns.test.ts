import { describe, expect, it } from 'vitest';
import { changeItem } from '../../../source/desk/catalogue-items.ts';
import { requestsOf } from '../../support/desk.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(deskRuns)('manual IV, returns, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique' },
        { barcode: 'B2000', title: 'Logique' },
        { barcode: 'C1000', title: 'Chimie organique', location: 'buc/SALLE' },
      );
    },
  });
  const { says, words } = script;
  const lendToAna = async (...barcodes: string[]): Promise<void> => {
    await script.desk.scan(ANA, ...barcodes);
    await script.desk.press('F8');
  };

  it('RET-01 RET-05 IV.1.1 method 1: the Returns screen, scanned or typed; the row keeps the original due date', async () => {
    const { desk } = script;
    await lendToAna('B1000', 'B2000');
    await desk.press('Alt+Ctrl+R');
    expect((await desk.screen())[2]).toContain(words.console.returning.title);
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(says('RENDU · REMETTRE EN RAYON · Optique', 'RETURNED · RESHELVE · Optique'));
    for (const key of 'B2000') await desk.type(key);
    await desk.press('Enter');
    const rows = await script.rows();
    expect(rows[0]).toMatch(/▸ Logique +Martin Ana +22\/06\/2026 +(REMETTRE EN RAYON|RESHELVE)/);
    expect(rows[1]).toMatch(/Optique +Martin Ana +22\/06\/2026/);
    await desk.press('Down', 'Enter');
    expect(await desk.text()).toContain(`${words.console.lists.columns.barcode} : B1000`);
  });

  it('RET-01 IV.1.2 method 2, case 1: the Returns tab of the open record', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('Alt+2');
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(says('RENDU · REMETTRE EN RAYON · Optique', 'RETURNED · RESHELVE · Optique'));
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(1, 0, 0));
    expect(await script.rows()).toHaveLength(1);
    await desk.press('Alt+1', 'Alt+T');
    expect(await script.rows()).toEqual([expect.stringContaining('Logique')]);
  });

  it("RET-01 IV.1.2 method 2, case 2: another patron's item asks for confirmation, the open record stays", async () => {
    const { desk } = script;
    await lendToAna('B1000', 'B2000');
    await desk.scan(ZOE);
    await desk.press('Alt+2');
    await desk.scan('B1000');
    expect(await script.flat()).toContain(words.console.prompt.confirmReturn('Optique', 'Martin Ana'));
    await script.answers('answer-yes');
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · .* · Optique$/);
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
    await desk.scan('B2000');
    await script.answers('answer-cancel');
    expect(await script.chosen()).toContain(words.console.lists.notReturned);
    expect(await script.database.sql('select id from loans where returned_at is null')).toHaveLength(1);
  });

  it('RET-02 PEN-02 PEN-05 IV.2 a late return says until which day its patron is blocked, that day included', async () => {
    const { desk, scene } = script;
    await lendToAna('B1000');
    scene.at('2026-06-30T11:00');
    await desk.press('F3');
    await desk.scan('B1000');
    expect(await desk.answer()).toContain(
      says(" · Optique · bloqué jusqu'au 05/07/2026 inclus", ' · Optique · blocked until 05/07/2026 inclusive'),
    );
    expect(await script.chosen()).toContain(says('bloqué 05/07', 'blocked 05/07'));
    scene.at('2026-07-05T23:30');
    await desk.scan(ANA);
    expect(await desk.text()).toContain(words.desk.block.PATRON_BLOCK_LATE_RETURN);
    await script.answers('answer-cancel');
    scene.at('2026-07-06T08:00');
    await desk.scan(ANA, 'B2000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Logique/);
  });

  it("RET-03 TRA-01 IV.3 another library's item goes in transit, is scanned in at home, and is in place again", async () => {
    await lendToAna('C1000');
    const { desk } = script;
    await desk.press('F3');
    await desk.scan('C1000');
    expect(await desk.answer()).toBe(
      says('RENDU · NAVETTE → buc · Chimie organique', 'RETURNED · SEND TO → buc · Chimie organique'),
    );
    expect(await script.chosen()).toMatch(/(NAVETTE|SEND TO) → buc/);
    await desk.press('Alt+I');
    expect(await desk.text()).toContain(words.console.lists.process.TRANSIT);
    expect(await desk.text()).toContain('sci → buc');
    const home = await script.sit({ seat: seatAt(script.scene.bib, 'buc/PRET') });
    await home.press('F4');
    expect((await home.screen())[0]).not.toContain(words.console.modes.inHouse);
    await home.scan('C1000');
    expect(await home.answer()).toBe(says('REMETTRE EN RAYON · Chimie organique', 'RESHELVE · Chimie organique'));
    await home.press('Alt+I');
    expect(await home.text()).toContain(words.console.lists.inPlace);
  });

  it('RET-03 HOLD-01 IV.3 a requested item travels to the pickup library; only there it is put aside for its requester', async () => {
    await lendToAna('C1000');
    const { scene } = script;
    const luc = await scene.patron({ id: 'P77', lastName: 'Durand', firstName: 'Luc' });
    await requestsOf(script.database, scene).place({ patron: luc, barcode: 'C1000', pickup: 'med' });
    await script.desk.press('F3');
    await script.desk.scan('C1000');
    expect(await script.desk.answer()).toContain(
      says('NAVETTE → med (pour Durand Luc)', 'SEND TO → med (for Durand Luc)'),
    );
    const desk = await script.sit({ seat: seatAt(scene.bib, 'med/PRET') });
    await desk.press('F4');
    await desk.scan('C1000');
    expect(await desk.answer()).toBe(
      says(
        "ÉTAGÈRE · Durand Luc jusqu'au 09/06/2026 · Chimie organique",
        'HOLD SHELF · Durand Luc until 09/06/2026 · Chimie organique',
      ),
    );
    expect(desk.bells()).toBe(1);
    expect(await script.chosen()).toMatch(/(ÉTAGÈRE|HOLD SHELF) · Durand Luc/);
  });

  it('RET-04 PEN-07 IV.4 book drop: a day and hour in the past count for all returns until it is switched off', async () => {
    const { desk, scene } = script;
    await lendToAna('B1000', 'B2000');
    scene.at('2026-06-29T08:30');
    await desk.press('F3', 'Ctrl+B');
    expect(await desk.text()).toContain(words.console.modes.bookDropTitle);
    expect(await desk.text()).toMatch(/28\/06\/2026/);
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/28 (juin|June) 19:00$/);
    const screen = await desk.screen();
    expect(screen[0]).toContain(words.console.modes.bookDrop);
    expect(screen[3]).toMatch(/28 (juin|June) 19:00 · Ctrl\+B/);
    await desk.scan('B1000');
    expect(await desk.answer()).toContain('01/07/2026');
    await desk.press('Enter');
    expect(await script.flat()).toMatch(/(daté|dated) \S+ 28\/06 19:00/);
    await desk.press('Escape', 'Ctrl+B');
    expect((await desk.screen())[0]).not.toContain(words.console.modes.bookDrop);
    await desk.scan('B2000');
    expect(await desk.answer()).toContain('03/07/2026');
  });

  it('RET-04 PEN-07 IV.4 book drop: what lay there in time costs nothing; a date to come is refused', async () => {
    const { desk, scene } = script;
    await lendToAna('B1000');
    scene.at('2026-06-25T08:30');
    await desk.press('F3', 'Ctrl+B');
    for (let times = 0; times < 10; times += 1) await desk.press('Backspace');
    await desk.type('25/06/2026');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.modes.notPast);
    for (let times = 0; times < 10; times += 1) await desk.press('Backspace');
    await desk.type('22/06');
    await desk.press('Enter', 'Ctrl+S');
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(says('RENDU · REMETTRE EN RAYON · Optique', 'RETURNED · RESHELVE · Optique'));
    await desk.scan(ANA);
    expect(desk.state().prompt).toBeNull();
    expect((await desk.screen())[0]).toContain(words.console.modes.bookDrop);
  });

  it('RET-05 IV.5 the returns of the session are listed in both places; earlier ones of a patron on request', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('Alt+2');
    await desk.scan('B1000');
    expect(await script.rows()).toHaveLength(1);
    await desk.press('F8');
    scene.at('2026-06-10T10:00');
    await desk.press('F3');
    await desk.scan('B2000');
    expect(await script.rows()).toHaveLength(1);
    await desk.scan(ANA);
    await desk.press('Alt+2');
    expect(await desk.text()).toContain(words.console.lists.emptyReturns);
    await desk.press('Alt+T');
    expect((await desk.screen())[4]).toContain(`[${words.console.lists.earlier}]`);
    const rows = await script.rows();
    expect(rows[0]).toMatch(/Logique +sci +B2000 +\S+ 22\/06 19:00 +\S+ 10\/06 10:00/);
    expect(rows[1]).toMatch(/Optique +sci +B1000/);
  });

  it('RET-06 IV.1 what was not on loan says so, and where it goes: a missing item is found, a requested one put aside', async () => {
    const { desk, scene } = script;
    await scene.act(changeItem, { barcode: 'B1000', change: { missing: true } });
    await desk.press('F3');
    await desk.scan('B1000');
    expect(await desk.answer()).toBe(
      says('! PAS EN PRÊT · REMETTRE EN RAYON · Optique', '! NOT ON LOAN · RESHELVE · Optique'),
    );
    expect(await script.chosen()).toContain(words.console.returning.notOnLoanShort);
    const luc = await scene.patron({ id: 'P77', lastName: 'Durand', firstName: 'Luc' });
    await requestsOf(script.database, scene).place({ patron: luc, barcode: 'B2000' });
    await desk.scan('B2000');
    expect(await desk.answer()).toContain(
      says('! PAS EN PRÊT · ÉTAGÈRE · Durand Luc', '! NOT ON LOAN · HOLD SHELF · Durand Luc'),
    );
    await desk.scan('C1000');
    expect(await desk.answer()).toContain(says('! PAS EN PRÊT · NAVETTE → buc', '! NOT ON LOAN · SEND TO → buc'));
  });

  it('RET-08 IV.1 a card scanned among the returns opens its patron; the returns are still there afterwards', async () => {
    const { desk } = script;
    await lendToAna('B1000', 'B2000');
    await desk.press('F3');
    await desk.scan('B1000', ANA);
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    await desk.press('F3');
    await desk.scan('B2000');
    expect(await script.rows()).toHaveLength(2);
  });
});
