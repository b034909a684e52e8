import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const ANA = '9921000000164';

describe.each(databases)('returning at a desk on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.patron({ id: '9921000000165', lastName: 'Dupont', firstName: 'Zoé' });
    await scene.items(
      { barcode: 'B1000', title: 'Optique' },
      { barcode: 'B2000', title: 'Logique' },
      { barcode: 'B3000', title: 'Algèbre' },
    );
    desk = await sitAt(scene, { seat: scene.bib });
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('F8');
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  it('RET-01 RET-02 RET-05 PEN-02 a late return says what it costs, and stays readable in its row', async () => {
    scene.at('2026-06-30T11:00');
    await desk.press('F3');
    await desk.scan('B1000');
    const answer = await desk.answer();
    expect(answer).toBe("RENDU · REMETTRE EN RAYON · Optique · bloqué jusqu'au 05/07/2026 inclus");
    expect((await desk.screen())[9]).toMatch(/▸ Optique +Martin Ana +22\/06\/2026 REMETTRE EN RAYON · bloqué/);
  });

  it('RET-05 RET-06 an item that was not on loan says so and where it goes', async () => {
    await desk.press('Alt+Ctrl+R');
    await desk.scan('B3000');
    expect(await desk.answer()).toBe('! PAS EN PRÊT · REMETTRE EN RAYON · Algèbre');
    expect(desk.bells()).toBeGreaterThan(0);
  });

  it("RET-06 TRA-01 another library's item goes in transit to its owner", async () => {
    await desk.leave();
    desk = await sitAt(scene, { seat: seatAt(scene.bib, 'buc/PRET') });
    await desk.press('F3');
    await desk.scan('B1000');
    expect(await desk.answer()).toContain('RENDU · NAVETTE → sci · Optique');
  });

  it('RET-08 a card scanned in the Returns screen opens that patron', async () => {
    await desk.press('F3');
    await desk.scan('B1000', ANA);
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
  });

  it('RET-08 lessons: a code that is both a card and an item is asked about, never guessed', async () => {
    await scene.items({ barcode: '9921000000165', title: 'Code en double' });
    await desk.press('F3');
    await desk.scan('9921000000165');
    expect(await desk.text()).toContain('à la fois une carte et un document');
    await desk.press('d');
    expect(await desk.answer()).toContain('PAS EN PRÊT');
  });

  it("RET-01 inside a record: somebody else's item asks for confirmation, the record stays open", async () => {
    await desk.scan('9921000000165');
    await desk.press('Alt+2');
    await desk.scan('B1000');
    expect(await desk.text()).toContain('est prêté à Martin Ana');
    await desk.press('Enter', 'o');
    expect(await desk.answer()).toContain('RENDU · REMETTRE EN RAYON · Optique');
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
    await desk.scan('B2000');
    await desk.press('a');
    expect(await desk.text()).toContain('NON RENDU');
  });

  it('RET-05 earlier returns of a patron can be listed in the Returns tab', async () => {
    await desk.press('F3');
    await desk.scan('B1000', ANA);
    await desk.press('Alt+2', 'Alt+T');
    expect((await desk.screen())[9]).toContain('Optique');
  });

  it('RET-01 an unknown barcode returns nothing and says so', async () => {
    await desk.press('F3');
    await desk.scan('NOPE99');
    expect(await desk.answer()).toBe("! EXEMPLAIRE INCONNU · NOPE99 · rien n'est rendu, le scanner encore");
    expect(desk.state().scansAnswered).toBe(desk.state().scansRead);
  });
});
