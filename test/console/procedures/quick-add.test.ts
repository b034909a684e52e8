import { describe, expect, it } from 'vitest';
import { quickAdd } from '../../../source/desk/quick-add.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { days, network, smallNetwork, withLibrary } from '../../support/network.ts';

const ANA = '9921000000164';
const NEW = '37000099001';

describe.each(deskRuns)('manual VII, items that are not in the catalogue, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: withLibrary(
      'sci',
      {
        locations: [
          { code: '63S', name: 'Salle', onShelfRequests: false, quickAdd: false },
          { code: 'AJR', name: 'Ajout rapide', onShelfRequests: false, quickAdd: true },
        ],
      },
      network({ loanRules: [...smallNetwork.loanRules, { library: ['sci'], period: days(10) }] }),
    ),
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Cours de topologie', callNumber: '514 COU' });
    },
  });
  const { says, words } = script;
  /** A quick-add item that Ana has borrowed. */
  const lent = async (barcode: string, title = 'Mémoire de licence'): Promise<void> => {
    expect(await script.scene.act(quickAdd, { barcode, title, patron: ANA, holding: 'new' })).toMatchObject({
      kind: 'lent',
    });
  };

  it('TAB-06 TUI-11 VII.1 an unknown barcode, read twice, offers to create the item; saving lends it at once', async () => {
    const { desk } = script;
    await desk.scan(ANA, NEW);
    expect(await desk.answer()).toBe(words.console.loan.unknown(NEW, 'Ctrl+N'));
    await desk.scan('B1000');
    await desk.press('Ctrl+N');
    const form = await desk.text();
    expect(form).toContain(words.console.quickAdd.form(NEW));
    expect(form).toMatch(/(Type de ressource|Resource type) +(Livre|Book)/);
    expect(form).toMatch(/Holding +(Nouveau|New)/);
    expect(form).toMatch(/sci\/AJR Ajout rapide/);
    expect(form).toMatch(/(Supprimer de Primo|Hide from the public) +\[x\]/);
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.quickAdd.titleNeeded);
    await desk.type('Histoire des sciences');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Histoire des sciences · /);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(2, 0, 0));
    expect(await script.chosen()).toMatch(/Histoire des sciences +37000099001/);
  });

  it('TAB-06 TUI-11 VII.1 the second reading of an unknown barcode asks by itself', async () => {
    const { desk } = script;
    await desk.scan(ANA, NEW, 'B1000', NEW);
    expect(await desk.text()).toContain(words.console.quickAdd.ask(NEW));
    await script.answers('answer-create');
    await desk.type('Trouvé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Trouvé/);
  });

  it('TAB-06 VII.1 an issue: its material type, its number, and a date where it has no call number', async () => {
    const { desk } = script;
    await desk.scan(ANA, NEW);
    await desk.press('Ctrl+N');
    await desk.type('La Recherche');
    await desk.press('Down', 'Down');
    await desk.type(says('fasc', 'issue'));
    await desk.press('Down', 'Down', 'Down');
    await desk.type('issue');
    await desk.press('Down', 'Down');
    await desk.type('n° 566, mars 2026');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · La Recherche/);
    await desk.press('Alt+I');
    const card = await desk.text();
    expect(card).toContain('n° 566, mars 2026');
    expect(card).toContain('ISSUE');
    expect(card).toContain('sci/AJR');
  });

  it('TAB-06 VII.1 a title that is in the catalogue has its holdings offered before a new one is made', async () => {
    const { desk } = script;
    await desk.scan(ANA, NEW);
    await desk.press('Ctrl+N');
    await desk.type('Cours de topologie');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.quickAdd.holdingsFound(1));
    await desk.press('Right');
    expect(await desk.text()).toContain('514 COU');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Cours de topologie/);
    expect(await script.database.sql('select id from titles')).toHaveLength(1);
  });

  it('TAB-06 VII.1 the form that is left makes nothing and lends nothing', async () => {
    const { desk } = script;
    await desk.scan(ANA, NEW);
    await desk.press('Ctrl+N');
    await desk.type('Rien');
    await desk.press('Escape');
    expect(await script.database.sql('select id from titles')).toHaveLength(1);
    expect(await script.database.sql('select id from loans')).toHaveLength(0);
  });

  it('RET-07 VII.2 at the return the item is named for its department; OK sends it there, where it is received', async () => {
    await lent(NEW);
    await script.desk.press('F3');
    await script.desk.scan(NEW);
    expect(await script.flat()).toMatch(
      /(AJOUT RAPIDE ?: |QUICK ADD: )Mémoire de licence · (DÉPARTEMENT|DEPARTMENT) → sci\/ACQ|(DÉPARTEMENT|DEPARTMENT) → ACQ/,
    );
    await script.answers('answer-read');
    expect(await script.chosen()).toMatch(/(DÉPARTEMENT|DEPARTMENT) → /);
    await script.desk.press('Alt+I');
    expect(await script.desk.text()).toContain(words.console.lists.process.TRANSIT);
    const desk = await script.sit({ seat: seatAt(script.scene.bib, 'sci/ACQ', 'department') });
    await desk.press('F4');
    await desk.scan(NEW);
    expect(await desk.answer()).toMatch(/^(REÇU · DÉPARTEMENT|RECEIVED · DEPARTMENT) ACQ · Mémoire de licence/);
  });

  it('RET-07 VII.2 at the return, Delete takes item, holding and title away at once', async () => {
    const { desk } = script;
    await lent(NEW);
    await desk.press('F3');
    await desk.scan(NEW);
    expect(await script.flat()).toContain(words.console.returning.quickAddAll);
    await script.answers('answer-delete');
    expect(await desk.answer()).toBe(words.console.returning.quickAddDeleted('Mémoire de licence'));
    expect(await script.chosen()).toContain(words.console.returning.deleted);
    await desk.press('Alt+C');
    await desk.type('memoire');
    expect(await desk.text()).toContain(words.console.catalogue.noMatch('memoire'));
  });

  it('RET-07 VII.2.1 VII.2.2 VII.2.3 or later: found by its barcode, deleted with holding and title after a question', async () => {
    const { desk } = script;
    await lent(NEW);
    await desk.press('F3');
    await desk.scan(NEW);
    await script.answers('answer-read');
    await desk.press('F4');
    await desk.press('Alt+C');
    await desk.type(NEW);
    expect(await desk.answer()).toBe(words.console.catalogue.titles(1));
    await desk.press('Enter');
    expect(await desk.text()).toContain(NEW);
    await desk.press('Down', 'Ctrl+X');
    expect(await script.flat()).toContain(words.console.catalogue.askDelete('Mémoire de licence', NEW));
    expect(await desk.text()).toContain(words.console.catalogue.askDeleteWhat);
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(words.console.catalogue.deletedAll('Mémoire de licence'));
    expect(await script.database.sql('select id from items where deleted_at is null')).toHaveLength(1);
    expect(await script.database.sql('select id from titles where deleted_at is null')).toHaveLength(1);
  });
});
