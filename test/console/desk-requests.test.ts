import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(databases)('requests at a desk on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
    await scene.items(
      { barcode: 'B1000', title: 'Optique', location: 'buc/SALLE' },
      { barcode: 'B2000', title: 'Logique', location: 'buc/SALLE' },
    );
    desk = await sitAt(scene, { seat: scene.bib });
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  const rows = async (): Promise<string[]> => (await desk.screen()).slice(9, 22).filter((one) => one.trim() !== '');
  const sitDownAt = async (place: string): Promise<void> => {
    await desk.leave();
    desk = await sitAt(scene, { seat: seatAt(scene.bib, place) });
  };
  /** Requests a title for a card, from the catalogue, with the first pickup library that is offered. */
  const request = async (card: string, title: string): Promise<void> => {
    await desk.scan(card);
    await desk.press('Alt+3', 'Alt+Q');
    await desk.type(title);
    await desk.press('Alt+Q', 'Ctrl+S');
  };

  it('REQ-02 REQ-03 REQ-07 V.2.2 a request from the record: the queue, the task, why this copy', async () => {
    await request(ANA, 'opti');
    expect(await desk.answer()).toBe('DEMANDE ENREGISTRÉE · Optique · à prendre en rayon, buc · n° 1 dans la file');
    await request(ZOE, 'opti');
    expect(await desk.answer()).toContain('n° 2 dans la file');
    await desk.press('Escape');
    expect((await rows())[0]).toMatch(/▸ Optique +sci +2\/2 +non commencée/);
    await desk.press('Alt+L');
    expect(await desk.text()).toContain('Le premier exemplaire rendu lui reviendra.');
    await desk.press('Escape', 'Alt+C');
    await desk.type('opti');
    await desk.press('Ctrl+F');
    expect((await rows()).map((one) => one.slice(3, 30).trim())).toEqual([
      expect.stringMatching(/^1\/2 +Martin Ana/),
      expect.stringMatching(/^2\/2 +Dupont Zoé/),
    ]);
  });

  it('REQ-04 a request that is refused says every reason, and waits to be read', async () => {
    await request(ANA, 'opti');
    await request(ANA, 'opti');
    expect(await desk.text()).toContain("Il l'a déjà demandé le lun. 01/06 10:00, retrait sci.");
    await desk.press('k');
    expect(await desk.answer()).toBe('! DEMANDE REFUSÉE · Optique');
  });

  it('PICK-01 PICK-03 RET-03 HOLD-01 HOLD-05 V.3 picked, sent, held, lent: each desk sees its part', async () => {
    await request(ANA, 'opti');
    await sitDownAt('buc/PRET');
    await desk.press('F5');
    expect((await desk.screen())[2]).toContain('PRENDRE EN RAYON · buc · 1');
    expect((await rows())[0]).toMatch(/Optique +buc\/SALLE +01\/06 +sci/);
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.answer()).toBe('NAVETTE → sci (pour Martin Ana) · Optique');
    await desk.press('F5');
    expect(await desk.text()).toContain('Rien à prendre en rayon.');
    await sitDownAt('sci/PRET');
    await desk.press('F4');
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^ÉTAGÈRE · Martin Ana jusqu'au \d\d\/06\/2026 · Optique/);
    await desk.press('F6');
    expect((await desk.screen())[2]).toContain('[Actives 1]');
    expect((await rows())[0]).toMatch(/▸ Martin Ana +Optique +B1000/);
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    await desk.scan('B1000');
    expect(await desk.answer()).toContain('PRÊTÉ · Optique');
    expect(await desk.text()).toContain('Réservations 0');
  });

  it('HOLD-02 HOLD-03 HOLD-04 an expired hold is on its list, gets a new date or is dealt with in one key', async () => {
    await request(ANA, 'opti');
    await sitDownAt('buc/PRET');
    await desk.press('F4');
    await desk.scan('B1000');
    await sitDownAt('sci/PRET');
    await desk.press('F4');
    await desk.scan('B1000');
    scene.at('2026-06-20T10:00');
    await desk.press('F6', 'Alt+T', 'Alt+T');
    expect((await desk.screen())[2]).toContain('[Envoyer 1]');
    await desk.press('Alt+D', 'Ctrl+X');
    await desk.type('30/06');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe("Mis de côté jusqu'au 30/06/2026 · Optique");
    scene.at('2026-07-01T10:00');
    await desk.press('Escape', 'F6', 'F8');
    expect(await desk.answer()).toBe('NAVETTE → buc · Optique');
    expect(await desk.text()).toContain('Rien sur cette étagère.');
  });

  it('PICK-04 PICK-05 CAN-01 skip has a reason where nobody else can; missing and cancel tell what they touch', async () => {
    await request(ANA, 'opti');
    await request(ZOE, 'logi');
    await sitDownAt('buc/PRET');
    await desk.press('F5', 'Ctrl+K');
    expect(await desk.answer()).toMatch(/^! Aucune autre bibliothèque n'a ce titre/);
    await desk.press('Alt+J');
    expect(await desk.text()).toContain('INDIQUER COMME MANQUANT');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^MANQUANT · \w+ · 1 exemplaire · demande annulée/);
    await desk.press('Ctrl+X');
    await desk.type('abîmé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^DEMANDE ANNULÉE · \w+/);
    expect(await desk.text()).toContain('Rien à prendre en rayon.');
  });
});
