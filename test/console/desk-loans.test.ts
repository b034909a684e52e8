import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const ANA = '9921000000164';
const BOOKS = ['B1001', 'B1002', 'B1003'];

describe.each(databases)('loans of a record on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.items(...BOOKS.map((barcode, index) => ({ barcode, title: `Livre ${index + 1}` })));
    desk = await sitAt(scene, { seat: scene.bib });
    await desk.scan(ANA, ...BOOKS);
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  it("REN-03 REN-08 one loan renewed on the day of the loan: refused in the manual's words, the date stays", async () => {
    await desk.press('Alt+R');
    expect(await desk.answer()).toBe('! RENOUVELÉ 0 · REFUSÉ 1');
    expect(await desk.text()).toContain('La date limite est déjà fixée à la date limite renouvelée');
    await desk.press('Escape');
    expect((await desk.screen())[9]).toContain('lun. 22/06 19:00 Normal');
  });

  it('REN-08 TAB-04 marked lines are renewed, each answers for itself, the list is sorted again', async () => {
    scene.at('2026-06-18T10:00');
    await desk.press('Alt+T', ' ', ' ');
    expect((await desk.screen())[9]).toMatch(/\* Livre 1/);
    await desk.press('Alt+R');
    expect(await desk.answer()).toBe('RENOUVELÉ · 2 prêts');
    const screen = await desk.screen();
    expect(screen[9]).toMatch(/Livre 3 .*lun\. 22\/06 19:00 Normal/);
    expect(screen[11]).toMatch(/jeu\. 25\/06 19:00 Renouvelé/);
    await desk.press('Alt+A');
    expect(await desk.answer()).toBe('! RENOUVELÉ 1 · REFUSÉ 2');
  });

  it('REN-06 BLK-06 a refusal that this operator may override is asked about, and the override recorded', async () => {
    await scene.items({ barcode: 'SHORT1', title: 'Court', policy: 'P48NN' });
    await desk.scan('SHORT1');
    scene.at('2026-06-18T10:00');
    await desk.press('Alt+T', 'Down');
    expect((await desk.screen())[10]).toMatch(/▸ Livre 1/);
    await desk.press('Alt+R', 'Enter');
    expect(await desk.text()).toContain("* Livre 1 : L'utilisateur a dépassé les limites de prêts en retard");
    await desk.press('o');
    expect(await desk.answer()).toBe('RENOUVELÉ · 1 prêt');
    expect(await database.sql('select code from overrides')).toEqual([{ code: 'PATRON_OVERDUE' }]);
  });

  it('REN-06 BLK-06 why a renewal is overridden may be written', async () => {
    await scene.items({ barcode: 'SHORT1', title: 'Court', policy: 'P48NN' });
    await desk.scan('SHORT1');
    scene.at('2026-06-18T10:00');
    await desk.press('Alt+T', 'Down', 'Alt+R', 'm');
    await desk.type('hospitalisée');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe('RENOUVELÉ · 1 prêt');
    expect(await database.sql('select code, reason from overrides')).toEqual([
      { code: 'PATRON_OVERDUE', reason: 'hospitalisée' },
    ]);
  });

  it('REN-09 the due date is chosen in a calendar that knows closed days, or typed; the past is refused', async () => {
    await desk.press('Alt+D');
    expect(await desk.text()).toContain('(21)');
    await desk.type('+1j');
    await desk.press('Enter');
    expect(await desk.answer()).toBe('DATE MODIFIÉE · 1 prêt · à rendre mar. 2 juin 19:00');
    await desk.press('Alt+D', 'Down', 'Left', 'Left');
    expect(await desk.text()).toContain('fermé ce jour-là : reporté au lundi 8 juin 2026');
    await desk.press('Enter');
    expect(await desk.answer()).toBe('DATE MODIFIÉE · 1 prêt · à rendre lun. 8 juin 19:00');
    await desk.press('Alt+D');
    await desk.type('01/01/2020');
    await desk.press('Enter');
    expect(await desk.answer()).toBe('! Une date de retour est dans le futur.');
    await desk.press('Escape');
    expect((await desk.screen())[9]).toContain('lun. 08/06 19:00');
  });

  it('REN-09 TUI-02 a scan while the calendar is open is a scan, and sets no date', async () => {
    await scene.items({ barcode: 'B2000', title: 'Autre' });
    await desk.press('Alt+D');
    await desk.scan('B2000');
    expect(await desk.answer()).toContain('PRÊTÉ · Autre');
    expect(desk.state().overlay).toBeNull();
  });

  it('LOAN-09 a loan made by mistake is deleted after a question; the next day an operator may not', async () => {
    await desk.press('Alt+X', 'Enter', 'o');
    expect(await desk.answer()).toBe('PRÊT SUPPRIMÉ · REMETTRE EN RAYON · Livre 3');
    expect((await desk.screen())[3]).toContain('Prêts 2');
    const rows = await database.sql<{ kind: string }>("select kind from events where kind = 'loan-deleted'");
    expect(rows).toHaveLength(1);
    scene.at('2026-06-02T10:00');
    await desk.press('Alt+X', 'o');
    expect(await desk.answer()).toContain("Ce compte n'a pas ce droit");
    expect(await database.sql('select id from loans')).toHaveLength(2);
  });

  it('CONF-03 the rules of a loan: the row, the version, the due date step by step; loan, request, late', async () => {
    await desk.press('Alt+L');
    const loan = await desk.text();
    expect(loan).toContain('CONSULTER LES RÈGLES · MARTIN Ana × Livre 3');
    expect(loan).toMatch(/Prêté lun\. 1 juin 10:00 selon la ligne \d+ de la version 1/);
    expect(loan).toContain('lundi 1 juin 2026 + 21 jours = lundi 22 juin 2026');
    await desk.press('Alt+2');
    expect(await desk.text()).toContain('10 réservations au plus');
    await desk.press('Alt+3');
    expect(await desk.text()).toContain('délai de grâce : 3 jours');
    await desk.press('Escape');
    expect(desk.state().overlay).toBeNull();
  });

  it('CONF-03 the rules without a loan: a group and a location, or a card and a barcode; unknown ones are named', async () => {
    await desk.press('F8', 'Alt+L');
    await desk.type('prof\r');
    await desk.type('sci/63S\r');
    expect(await desk.text()).toContain('+ 35 jours');
    await desk.press('Escape');
    await desk.scan(ANA, 'B1001');
    expect(await desk.text()).toContain('+ 21 jours');
    await desk.press('Escape');
    await desk.type('Z99\r');
    await desk.type('sci/63S\r');
    expect(await desk.answer()).toContain("! Z99 n'est ni une carte ni un groupe");
  });
});
