import { describe, expect, it } from 'vitest';
import { addStaff } from '../../../source/desk/staff-accounts.ts';
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
});
