import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';
const BOOKS = Array.from({ length: 14 }, (_, index) => String(37_000_034_179 + index));
const [B1 = '', B2 = '', B3 = '', B4 = ''] = BOOKS;

describe.each(databases)('lending at a desk on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé', group: 'PROF' });
    await scene.items(...BOOKS.map((barcode, index) => ({ barcode, title: `Livre ${index + 1}` })));
    desk = await sitAt(scene, { seat: scene.bib });
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  it('TAB-01 PAT-01 PAT-05 a card, then items: each scan lends, nothing else is pressed', async () => {
    await desk.scan(ANA, B1, B2);
    expect(await desk.answer()).toBe('PRÊTÉ · Livre 2 · à rendre lun. 22 juin 19:00');
    const screen = await desk.screen();
    expect(screen[2]).toContain('MARTIN Ana   9921000000164   L');
    expect(screen[3]).toContain('Prêts 2');
    expect(screen[9]).toMatch(/▸ Livre 2 +37000034180 +lun\. 22\/06 19:00 Normal/);
    expect(screen[10]).toMatch(/ {2}Livre 1 +37000034179/);
    expect(screen[23]).toMatch(/3=3$/);
  });

  it('TAB-07 BLK-03 the next card ends the session before, Done returns to identification', async () => {
    await desk.scan(ANA, B1, ZOE, B2);
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
    await desk.press('F8');
    expect(await desk.answer()).toBe('EFFECTUÉ · DUPONT Zoé');
    expect((await desk.screen())[2]).toContain('IDENTIFICATION LECTEUR');
    const ended = await database.records.read(async (records) => records.events.latest('session-ended', 5));
    expect(ended.map((one) => one.data['because'])).toEqual(['done', 'next-patron']);
  });

  it('TUI-01 TUI-02 TUI-13 a whole queue of patrons in one chunk is done in order', async () => {
    await desk.bytes([ANA, B1, B2, ZOE, B3, B4].map((code) => `${code}\r`).join(''));
    expect((await desk.screen())[23]).toMatch(/3=3$/);
    expect((await desk.screen())[9]).toMatch(/▸ Livre 4/);
    const borrowers = await database.sql<{ barcode: string; patron_id: number }>(
      'select i.barcode, l.patron_id from loans l join items i on i.id = l.item_id order by l.id',
    );
    expect(borrowers.map((one) => one.barcode)).toEqual([B1, B2, B3, B4]);
    expect(new Set(borrowers.map((one) => one.patron_id)).size).toBe(2);
  });

  it('TUI-03 the barcode just handled, read again at once, is one scan', async () => {
    await desk.bytes(`${ANA}\r${B1}\r${B1}\r`);
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 1');
    expect(desk.state().scansRead).toBe(2);
  });

  it('TUI-02 BLK-01 BLK-06 a prompt is answered neither by Enter nor by a scan; the waiting scan is shown, then done', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.scan(B2);
    expect(await desk.answer()).toBe('! BLOQUÉ · Livre 2');
    await desk.press('Enter');
    await desk.scan(B3);
    expect(await desk.text()).toContain(`1 scan en attente : ${B3}`);
    expect(desk.state().prompt).not.toBeNull();
    expect((await desk.screen())[23]).toMatch(/4=2$/);
    await desk.press('o');
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 3');
    expect((await desk.screen())[23]).toMatch(/4=4$/);
    const overrides = await database.sql<{ code: string }>('select code from overrides');
    expect(overrides).toEqual([{ code: 'PATRON_OVERDUE' }]);
  });

  it('TUI-02 a slow scanner, a key at a time, does not answer a prompt either', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.scan(B2);
    for (const key of [...B3.split(''), '\r']) await desk.bytes(key);
    expect(await desk.text()).toContain(`1 scan en attente : ${B3}`);
    await desk.press('k');
    expect(desk.state().waiting).toEqual([]);
  });

  it('TUI-02 BLK-01 a letter with others behind it, or twice at once, answers nothing', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.scan(B2);
    await desk.bytes('oo');
    expect(desk.state().prompt).not.toBeNull();
    await desk.bytes('\r');
    expect(desk.state().waiting).toEqual(['oo']);
    await desk.press('k');
    await desk.press('Escape');
  });

  it('TUI-02 a barcode that the line tore in two is one scan', async () => {
    await desk.scan(ANA);
    await desk.bytes(B1.slice(0, 7));
    await desk.bytes(`${B1.slice(7)}\r`);
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 1');
  });

  it('TUI-03 BLK-03 the card of the open record, read again, keeps the session and its overrides', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.scan(B2);
    await desk.press('o');
    await desk.scan(ANA, B3);
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 3');
  });

  it('BLK-04 OK consults without overriding and the next loan asks again; Cancel returns to identification', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.scan(B2);
    await desk.press('k');
    expect(await desk.text()).toContain('NON PRÊTÉ');
    await desk.scan(B3);
    expect(desk.state().prompt).not.toBeNull();
    await desk.press('a');
    expect(desk.state().screen).toBe('identify');
  });

  it('PAT-04 BLK-03 opening a record warns at once; Override there holds for the session and no longer', async () => {
    await desk.scan(ANA, B1);
    scene.at('2026-06-30T11:00');
    await desk.press('F8');
    await desk.scan(ANA);
    expect(await desk.text()).toContain('en retard de 8 jours');
    await desk.press('o');
    await desk.scan(B2, B3);
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 3');
    await desk.press('F8');
    await desk.scan(ANA);
    expect(desk.state().prompt).not.toBeNull();
    await desk.press('k');
  });

  it('LOAN-06 TUI-02 a limit stops the ninth book, each block is shown, nothing is lost', async () => {
    await desk.bytes([ANA, ...BOOKS].map((code) => `${code}\r`).join(''));
    expect(await desk.text()).toContain('8 prêts en cours sur 8 au plus');
    expect(desk.state().waiting).toEqual(BOOKS.slice(9));
    await desk.press('o', 'o', 'o', 'k', 'k', 'k');
    const loans = await database.sql<{ barcode: string }>(
      'select i.barcode from loans l join items i on i.id = l.item_id order by l.id',
    );
    expect(loans.map((one) => one.barcode)).toEqual(BOOKS.slice(0, 11));
    expect((await desk.screen())[23]).toMatch(/15=15$/);
  });

  it('LOAN-07 an expiry before the due day: keep the full period, or shorten', async () => {
    await scene.patron({ id: 'NEAR', lastName: 'Bientôt', firstName: 'Léa', expiry: '2026-06-13' });
    await desk.scan('NEAR', B1);
    expect(await desk.text()).toContain('G Garder la durée   R Raccourcir');
    await desk.press('r');
    expect(await desk.answer()).toBe('PRÊTÉ · Livre 1 · à rendre sam. 13 juin 12:30');
    await desk.scan(B2);
    await desk.press('g');
    expect(await desk.answer()).toBe('PRÊTÉ · Livre 2 · à rendre lun. 22 juin 19:00');
  });

  it('BLK-07 ON_LOAN_TO_OTHER overridden returns the other loan first, and says so', async () => {
    await desk.scan(ANA, B1, ZOE, B1);
    expect(await desk.text()).toContain('prêté à Martin Ana');
    await desk.press('o');
    expect(await desk.answer()).toContain('rendu pour Martin Ana');
  });

  it('BLK-10 a fulfilment note waits until it is read, whatever is scanned meanwhile', async () => {
    await scene.items({ barcode: 'LOT001', title: 'Lot', fulfilmentNote: 'Vérifier les 3 disques' });
    await desk.scan(ANA, 'LOT001');
    await desk.scan(B1);
    expect(await desk.text()).toContain('Vérifier les 3 disques');
    await desk.press('k');
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 1');
    expect(desk.state().record?.lent.map((one) => one.title)).toEqual(['Livre 1', 'Lot']);
  });

  it('TAB-03 TAB-02 session and all loans, sorted, late ones marked in words', async () => {
    await desk.scan(ANA, B1, B2);
    scene.at('2026-06-30T11:00');
    await desk.press('F8');
    await desk.scan(ANA);
    await desk.press('k', 'Alt+T');
    expect((await desk.screen())[9]).toMatch(/Livre 1 +sci .*EN RETARD 8 j/);
    await desk.press('Alt+O');
    expect(await desk.answer()).toBe('tri : titre');
    await desk.press('Down');
    expect((await desk.screen())[10]).toMatch(/▸ Livre 2/);
  });

  it('TUI-01 REL-06 unknown barcodes and control characters in titles are shown, not executed', async () => {
    await scene.items({ barcode: 'EVIL01', title: 'Titre \u001B[2Jeffacé\u0007' });
    await desk.scan(ANA, 'EVIL01', '99999999');
    expect(await desk.answer()).toBe('! EXEMPLAIRE INCONNU · 99999999 · le relire, ou Ctrl+N Créer un exemplaire');
    const text = await desk.text();
    expect(text).toContain('Titre ␛[2Jeffacé␇');
    expect(text).toContain('MARTIN Ana');
  });
});

describe('a desk whose database goes away', () => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;
  let file: string;

  beforeEach(async () => {
    const sqlite = databases.find((one) => one.name === 'SQLite');
    if (!sqlite) throw new Error('no SQLite in the tests');
    database = await sqlite.create();
    file = database.url.slice('sqlite:'.length);
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
    await scene.items(...BOOKS.map((barcode, index) => ({ barcode, title: `Livre ${index + 1}` })));
    desk = await sitAt(scene, { seat: scene.bib });
    await desk.scan(ANA, B1);
  });
  afterEach(async () => {
    await desk.leave();
    await database.drop();
  });

  it('REL-03 TUI-02 scans wait while the database is away, and none goes to the wrong patron', async () => {
    await rename(file, `${file}.away`);
    await desk.scan(ZOE, B2);
    expect(await desk.answer()).toBe("! RIEN N'EST ENREGISTRÉ · la base a disparu");
    expect(await desk.text()).toContain(`1 scan en attente : ${B2}`);
    await desk.press('r');
    expect(desk.state().prompt).not.toBeNull();
    await rename(`${file}.away`, file);
    await desk.press('r');
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
    expect(await desk.answer()).toContain('PRÊTÉ · Livre 2');
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
  });

  it('REL-03 TAB-08 a scan can be given up; then no record stays open, and one can quit without the database', async () => {
    await rename(file, `${file}.away`);
    await desk.scan(ZOE);
    await desk.press('a');
    expect(await desk.answer()).toBe(`! NON ENREGISTRÉ · ${ZOE} · à refaire`);
    expect(desk.state().record).toBeNull();
    await desk.press('Ctrl+Q');
    expect(await desk.ended).toBe(0);
    await rename(`${file}.away`, file);
  });

  it('REL-03 TAB-08 what was typed in a form is kept where nothing could be recorded, and recorded later', async () => {
    await desk.press('Alt+E');
    await desk.type('page 12 tachée');
    await rename(file, `${file}.away`);
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toContain('saisie gardée');
    expect((await desk.screen())[0]).toContain('BASE INJOIGNABLE');
    await rename(`${file}.away`, file);
    await desk.press('Alt+E');
    expect(await desk.text()).toContain('page 12 tachée_');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe('Notes enregistrées · Livre 1');
    expect((await desk.screen())[0]).not.toContain('BASE INJOIGNABLE');
    expect(desk.errors).toEqual([]);
  });
});
