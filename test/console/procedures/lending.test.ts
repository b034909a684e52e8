import { describe, expect, it } from 'vitest';
import { addStaff } from '../../../source/desk/staff-accounts.ts';
import { smallNetwork, withLibrary } from '../../support/network.ts';
import { createHandClock } from '../hand-clock.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { commandLine } from '../../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';
const BOOKS = ['37000034179', '37000034180', '37000034181', '37000034182'] as const;
const [B1, B2, B3, B4] = BOOKS;

describe.each(deskRuns)('manual II, lending, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({
        id: ANA,
        lastName: 'Martin',
        firstName: 'Ana',
        identifiers: [
          { type: 'primary', value: ANA },
          { type: 'barcode', value: 'MUT00417' },
        ],
      });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: B1, title: 'Algèbre linéaire', author: 'Grifone, Joseph', callNumber: '512.5 GRI' },
        { barcode: B2, title: 'Topologie générale' },
        { barcode: B3, title: 'Mécanique quantique' },
        { barcode: B4, title: 'Optique' },
      );
    },
  });
  const { says, words } = script;
  /** Ana has kept three books eight days too long. */
  const anaIsLate = async (): Promise<void> => {
    await script.desk.scan(ANA, B1, B2, B3);
    await script.desk.press('F8');
    script.scene.at('2026-06-30T11:00');
  };

  it('DESK-01 II.1 the desk is chosen at sign-in, stands in the header, and can be changed later', async () => {
    const roles = [{ role: 'operator' as const, library: '*' }];
    await script.scene.perform(commandLine, addStaff, { name: 'jeanne', password: 'Ouvre-toi-9', roles });
    await script.sit({ seat: undefined as never });
    const { desk } = script;
    await desk.type('jeanne\r');
    await desk.type('Ouvre-toi-9\r');
    expect(await desk.text()).toContain(words.console.desk.title);
    await desk.type('sci/pret');
    await desk.press('Enter');
    expect((await desk.screen())[0]).toMatch(/Guichet · sci\/PRET · Banque de prêt +jeanne/);
    await desk.press('F12');
    await desk.type('buc/pret');
    await desk.press('Enter');
    expect((await desk.screen())[0]).toContain('buc/PRET');
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
  });

  it('TUI-01 II.2 Patron Services is one chord away, from returns and from scanning in', async () => {
    const { desk } = script;
    for (const elsewhere of ['F3', 'F4', 'Alt+Ctrl+R', 'Alt+C']) {
      await desk.press(elsewhere);
      expect((await desk.screen())[2]).not.toContain(words.console.identify.title);
      await desk.press(elsewhere === 'F3' ? 'F2' : 'Alt+Ctrl+L');
      expect((await desk.screen())[2]).toContain(words.console.identify.title);
    }
  });

  it('PAT-01 II.3 a patron by the card of the university, by the card of the library, by name', async () => {
    const { desk } = script;
    for (const card of [ANA, 'MUT00417']) {
      await desk.scan(card);
      expect((await desk.screen())[2]).toContain(`MARTIN Ana   ${ANA}   L`);
      await desk.press('F8');
    }
    await desk.type('zoe dup');
    expect(await desk.answer()).toBe(words.console.identify.matches(1));
    expect((await script.rows())[0]).toContain('DUPONT Zoé');
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
    expect(await desk.answer()).toBe(words.console.patron.opened);
  });

  it('PAT-01 II.3 where a name has more than ten bearers, all of them can be reached', async () => {
    const { desk, scene } = script;
    for (let number = 1; number <= 30; number += 1) {
      const firstName = `Prénom ${String(number).padStart(2, '0')}`;
      await scene.patron({ id: `P${number}`, lastName: 'Garcia', firstName });
    }
    await desk.type('garcia');
    expect(await desk.answer()).toBe(words.console.identify.matches(30));
    for (let times = 0; times < 25; times += 1) await desk.press('Down');
    expect(await script.chosen()).toContain('Prénom 25');
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('GARCIA Prénom 25');
  });

  it('TAB-01 II.4 items are scanned one by one; each is at once in the list with its due date', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1);
    expect(await desk.answer()).toBe(
      says('PRÊTÉ · Algèbre linéaire · à rendre lun. 22 juin 19:00', 'LENT · Algèbre linéaire · due Mon 22 June 19:00'),
    );
    await desk.scan(B2);
    const rows = await script.rows();
    expect(rows[0]).toMatch(/▸ Topologie générale +37000034180 +\S+ 22\/06 19:00 +Normal/);
    expect(rows[1]).toMatch(/Algèbre linéaire +37000034179 +\S+ 22\/06 19:00 +Normal/);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(2, 0, 0));
  });

  it('TAB-01 TAB-05 II.4 without a scanner the barcode is typed, or the item is found by title, author or call number', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    for (const digit of B2) await desk.type(digit);
    await desk.press('Enter');
    expect(await desk.answer()).toContain('Topologie générale');
    await desk.type('grifone alg');
    expect(await desk.answer()).toBe(words.console.catalogue.matches(1));
    expect((await script.rows())[0]).toMatch(/Algèbre linéaire +Grifone, J… +512\.5 GRI +sci\/63S +37000034179/);
    await desk.press('Down', 'Enter');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
    await desk.type('mecanique');
    await desk.press('Enter');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Mécanique quantique/);
  });

  it('BLK-07 II.4 an item that is still on somebody else’s account: overriding returns it there and lends it here', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1, ZOE, B1);
    expect(await desk.text()).toContain(says('prêté à Martin Ana', 'on loan to Martin Ana'));
    await script.answers('answer-override');
    expect(await desk.answer()).toContain(says('rendu pour Martin Ana', 'returned for Martin Ana'));
    await desk.scan(ANA);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(0, 0, 0));
  });

  it('LOAN-07 II.4 a due date after the expiry of the record: the full period, or shortened', async () => {
    const { desk, scene } = script;
    await scene.patron({ id: 'NEAR', lastName: 'Bientôt', firstName: 'Léa', expiry: '2026-06-13' });
    await desk.scan('NEAR', B1);
    expect(await desk.text()).toContain(
      says('G Garder la durée   R Raccourcir   A Annuler', 'F Full period   S Shorten   C Cancel'),
    );
    await script.answers('answer-shorten');
    expect(await desk.answer()).toContain(says('à rendre sam. 13 juin 12:30', 'due Sat 13 June 12:30'));
    await desk.scan(B2);
    await script.answers('answer-keep');
    expect(await desk.answer()).toContain(says('à rendre lun. 22 juin 19:00', 'due Mon 22 June 19:00'));
  });

  it('LOAN-09 II.4 a loan made by mistake is deleted from its line, after a question, and is in place at once', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1, B2);
    await desk.press('Down', 'Alt+X');
    expect(await desk.text()).toContain(words.console.deleting.ask('Algèbre linéaire').slice(0, 40));
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(
      says('PRÊT SUPPRIMÉ · REMETTRE EN RAYON · Algèbre linéaire', 'LOAN DELETED · RESHELVE · Algèbre linéaire'),
    );
    expect(await script.rows()).toHaveLength(1);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(1, 0, 0));
    await desk.scan(ZOE, B1);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
  });

  it('TAB-02 TAB-03 II.4.1 all loans, the soonest first, sorted otherwise; what is late says so', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, B2);
    scene.at('2026-06-18T10:00');
    await desk.scan(B1);
    await desk.press('F8');
    scene.at('2026-06-30T11:00');
    await desk.scan(ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+T');
    const rows = await script.rows();
    expect(rows[0]).toMatch(new RegExp(`Topologie générale +sci .*22/06 19:00 +${says('EN RETARD 8 j', 'LATE, 8 d')}`));
    expect(rows[1]).toMatch(/Algèbre linéaire +sci .*09\/07 19:00 +Normal/);
    await desk.press('Alt+O');
    expect(await desk.answer()).toBe(words.console.lists.sortedBy(words.console.lists.orders.title));
    expect((await script.rows())[0]).toContain('Algèbre linéaire');
    for (const order of ['library', 'loaned', 'status', 'due'] as const) {
      await desk.press('Alt+O');
      expect(await desk.answer()).toBe(words.console.lists.sortedBy(words.console.lists.orders[order]));
      expect(await script.rows()).toHaveLength(2);
    }
  });

  it('LOAN-08 II.4.1 a second copy of a title is stopped where the library forbids parallel loans; issues are not', async () => {
    const { desk, scene } = script;
    await scene.items(
      { barcode: 'COPY002', title: 'Optique' },
      { barcode: 'ISSUE01', title: 'La Recherche', material: 'ISSUE', description: 'n° 565' },
      { barcode: 'ISSUE02', title: 'La Recherche', material: 'ISSUE', description: 'n° 566' },
    );
    await desk.scan(ANA, B4, 'COPY002');
    expect(await desk.text()).toContain(words.desk.block.SAME_TITLE);
    await desk.press('Escape');
    expect(await desk.answer()).toContain(says('NON PRÊTÉ', 'NOT LENT'));
    await desk.scan('ISSUE01', 'ISSUE02');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · La Recherche/);
  });

  it('TAB-07 II.5 Done empties the window; the record can be recalled among the last five', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1);
    await desk.press('Alt+Ctrl+D');
    expect(await desk.answer()).toBe(words.console.patron.ended('MARTIN Ana'));
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
    await desk.scan(ZOE);
    await desk.press('F8', 'F7');
    expect(await desk.answer()).toBe(words.console.identify.recent);
    expect((await script.rows()).map((one) => one.slice(3, 13))).toEqual(['DUPONT Zoé', 'MARTIN Ana']);
    await desk.press('Down', 'Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
  });

  it('TAB-08 PAT-03 II.5 ten minutes without a key empty the window; the record is one key away', async () => {
    const clock = createHandClock();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    await desk.scan(ANA, B1);
    clock.advance(9 * 60_000 + 30_000);
    await desk.idle();
    expect((await desk.screen())[23]).toMatch(/(se vide dans|clears in) 30 s/);
    clock.advance(31_000);
    await desk.idle();
    expect(await desk.answer()).toBe(words.console.patron.cleared('MARTIN Ana'));
    await desk.press('F7', 'Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
  });

  it('CONF-03 II.6 the rules of a loan from its line: loan, request, late; and without a loan', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1);
    await desk.press('Alt+L');
    expect(await desk.text()).toContain(`${words.console.rulesScreen.title} · MARTIN Ana × Algèbre linéaire`);
    expect(await desk.text()).toContain(says('+ 21 jours', '+ 21 days'));
    await desk.press('Alt+2');
    expect(await desk.text()).toContain(`[${words.rules.tabs.request}]`);
    await desk.press('Alt+3');
    expect(await desk.text()).toContain(`[${words.rules.tabs.late}]`);
    await desk.press('Escape', 'F8', 'Alt+L');
    await desk.type('prof\r');
    await desk.scan(B1);
    expect(await desk.text()).toContain(says('+ 35 jours', '+ 35 days'));
  });

  it('PAT-04 BLK-04 II.7.1 II.8 a patron with late loans: Override lends for the whole session', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.scan(ANA);
    const text = await desk.text();
    expect(text).toContain(words.console.prompt.warnings('MARTIN Ana'));
    expect(text).toContain(says('Algèbre linéaire, en retard de 8 jours', 'Algèbre linéaire, 8 days late'));
    expect(text).toContain(
      says('O Outrepasser   A Annuler   K OK, consulter', 'O Override   C Cancel   K OK, consult'),
    );
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(3, 3, 3));
    await script.answers('answer-override');
    await desk.scan(B4);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('PAT-04 BLK-04 II.7.1 II.8 Cancel goes back to identification, OK consults and the next loan asks again', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.scan(ANA);
    await script.answers('answer-cancel');
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
    await desk.scan(ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+T');
    expect(await script.rows()).toHaveLength(3);
    await desk.scan(B4);
    expect(await desk.answer()).toBe(words.console.prompt.blocked('Optique'));
    await script.answers('answer-ok');
    await desk.scan(B4);
    await script.answers('answer-override');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('PAT-04 PAT-05 II.7.2 a blocked patron: the item and the end are named, at the opening and in the record', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1);
    await desk.scan(ANA);
    expect(await desk.text()).toContain(says("bloqué jusqu'au", 'blocked until'));
    expect(await script.flat()).toContain('Algèbre linéaire');
    await script.answers('answer-why');
    expect(await script.flat()).toContain(says('délai de grâce déduit', 'grace'));
    await script.answers('answer-why', 'answer-ok');
    expect((await desk.screen())[3]).toContain(words.console.patron.blocks(1));
    await desk.press('Alt+K');
    expect(await script.chosen()).toMatch(/05\/07\/2026 +Algèbre linéaire/);
  });

  it('USR-10 II.7.2 a block that is over but for the clock is switched off, or deleted, at the desk', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1, B2, B3, ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+K', 'Enter', 'Down', 'Down', 'Space', 'Ctrl+S');
    expect(await desk.answer()).toBe(words.console.patronBlocks.changed);
    expect(await desk.text()).toContain(words.console.patronBlocks.off);
    for (let times = 0; times < 2; times += 1) {
      await desk.press('Ctrl+Home', 'Ctrl+X');
      await script.answers('answer-yes');
    }
    expect(await script.rows()).toHaveLength(1);
    await desk.press('Escape');
    await desk.scan(B4);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('BLK-05 II.7.2 a clearance cannot be overridden by anybody at the desk', async () => {
    const { desk, scene } = script;
    await scene.patron({ id: 'QUIT', lastName: 'Parti', firstName: 'Luc', blocks: [{ type: 'QUITUS' }] });
    await desk.scan('QUIT');
    const text = await desk.text();
    expect(text).toContain(words.console.prompt.mayNot(words.desk.block.PATRON_BLOCK_QUITUS));
    expect(text).not.toMatch(/O (Outrepasser|Override)/);
    await desk.press('o');
    expect(await desk.text()).toContain(words.console.prompt.anyAnswer);
    await desk.press('Escape');
    expect(desk.state().screen).toBe('identify');
  });

  it('BLK-01 BLK-03 II.8 late and blocked at once: one question, one override, no question more in this session', async () => {
    const { desk, scene } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1, ANA);
    const text = await desk.text();
    expect(text).toContain(words.desk.block.PATRON_OVERDUE);
    expect(text).toContain(words.desk.block.PATRON_BLOCK_LATE_RETURN);
    expect(text).toContain(words.console.prompt.mayAll);
    await script.answers('answer-override');
    await scene.items({ barcode: 'B5000', title: 'Logique' });
    await desk.scan(B4, 'B5000', B1);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
    expect(await script.rows()).toHaveLength(3);
  });

  it('REN-09 II.9 the due dates of marked loans are set by hand, in the calendar or typed', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1, B2, B3);
    await desk.press('Alt+T', 'Space', 'Space', 'Alt+D');
    expect(await desk.text()).toContain(words.console.dueDate.title(2, 'sci').slice(0, 20));
    await desk.press('Down', 'Enter');
    expect(await desk.answer()).toBe(
      says(
        'DATE MODIFIÉE · 2 prêts · à rendre lun. 29 juin 19:00',
        'DUE DATE CHANGED · 2 loans · due Mon 29 June 19:00',
      ),
    );
    expect((await script.rows()).filter((one) => one.includes('29/06'))).toHaveLength(2);
    await desk.press('Ctrl+Home', 'Alt+D');
    await desk.type('30/06');
    await desk.press('Enter');
    expect(await desk.answer()).toContain(says('mar. 30 juin 19:00', 'Tue 30 June 19:00'));
  });

  it('LOAN-03 II.9 an item excluded from loan is lent for a minute; its due date is changed at once', async () => {
    const { desk, scene } = script;
    await scene.items({ barcode: 'EXC0001', title: 'Dictionnaire', policy: 'EXC' });
    await desk.scan(ANA, 'EXC0001');
    expect(await desk.text()).toContain(words.desk.block.NOT_LOANABLE);
    await script.answers('answer-override');
    expect(await desk.answer()).toContain(says('à rendre lun. 1 juin 10:01', 'due Mon 1 June 10:01'));
    await desk.press('Alt+D');
    await desk.type('+1');
    await desk.type(says('s', 'w'));
    await desk.press('Enter');
    expect(await desk.answer()).toContain(says('à rendre lun. 8 juin 19:00', 'due Mon 8 June 19:00'));
  });
});

describe.each(deskRuns)('manual II.8, a student assistant, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: withLibrary('sci', { limitedOperatorsOverride: false }, smallNetwork),
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: B1, title: 'Algèbre linéaire' }, { barcode: B2, title: 'Optique' });
    },
  });

  it('BLK-05 II.8 may not override where the library keeps that to librarians; nothing was lent', async () => {
    const seat = await script.scene.staff('moniteur', 'limited-operator', 'sci');
    const desk = await script.sit({ seat });
    await desk.scan(ANA, B1);
    await desk.press('F8');
    script.scene.at('2026-06-30T11:00');
    await desk.scan(ANA);
    expect(await desk.text()).not.toMatch(/O (Outrepasser|Override)/);
    await script.answers('answer-ok');
    await desk.scan(B2);
    expect(await desk.text()).toContain(script.words.console.prompt.mayNot(script.words.desk.block.PATRON_OVERDUE));
    await desk.press('o');
    await script.answers('answer-cancel');
    expect(await script.database.sql('select id from loans')).toHaveLength(1);
    expect(await script.database.sql('select code from overrides')).toEqual([]);
  });
});
