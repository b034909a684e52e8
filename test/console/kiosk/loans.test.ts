import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../../source/desk/patron-notes.ts';
import { blockPatron } from '../../../source/desk/patron-blocks.ts';
import { placeRequest } from '../../../source/desk/requests-place.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, givePassword, PASSWORD, withMembers } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';
import { runFor } from '../../support/nights.ts';

const ANA = 'UPS.ana';
const EVE = '299900001234';

describe.each(deskRuns)('manual III.2, the account and its loans, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    network: withMembers(smallNetwork),
    setting: { directory: directoryOf(ANA), library: 'sci' },
    setUp: async ({ scene }) => {
      ana = await scene.patron({ id: ANA, kind: 'external', lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: EVE, lastName: 'Soulié', firstName: 'Ève' });
      await scene.items(
        { barcode: 'B1', title: 'Optique', author: 'Houard, Sylvain' },
        { barcode: 'B2', title: 'Algèbre', location: 'med/SALLE' },
        { barcode: 'B3', title: 'Revue du Midi', description: 'n° 12', policy: 'P48NN' },
        { barcode: 'B4', title: 'Zoologie' },
      );
    },
  });
  const { says, words } = script;
  const { account, loans, signIn, home, letters } = { ...words.kiosk, letters: words.letters };
  const lend = async (at: string, ...barcodes: string[]): Promise<void> => {
    script.scene.at(at);
    for (const barcode of barcodes) expect(await script.scene.lend(ana, barcode)).toMatchObject({ kind: 'lent' });
    script.scene.at('2026-06-01T10:00');
  };
  /** Titles of the list, from the top. */
  const titles = (): string[] => {
    const { page } = script.kiosk.state();
    return page?.body.kind === 'list' ? page.body.entries.map((one) => one.lines[0] ?? '') : [];
  };
  const marks = (): string[] => {
    const { page } = script.kiosk.state();
    return page?.body.kind === 'list' ? page.body.entries.map((one) => one.lines.at(-1) ?? '') : [];
  };

  it('KIO-02 III.2.1 XI.1 members choose their institution, authorised readers have a card and a password', async () => {
    const { kiosk, scene } = script;
    await script.begin();
    await script.choose(home.account);
    expect(await kiosk.text()).toContain(signIn.member);
    expect(await kiosk.text()).toContain(signIn.own);
    // A member: their institution from a list, then its own user name and password.
    await script.choose(signIn.member);
    await kiosk.press('Down');
    expect(await kiosk.chosen()).toContain('Université Toulouse 2');
    await kiosk.press('Up');
    expect(await kiosk.chosen()).toContain('Université Paul-Sabatier');
    await kiosk.press('Enter');
    await script.fill('ana', PASSWORD);
    expect((await kiosk.screen())[4]).toContain(signIn.welcome('Ana Martin'));
    expect((await kiosk.screen())[2]).toContain(account.title('Ana Martin'));
    await script.choose(account.signOut);
    // An authorised reader: the library's own page, by card or by whatever else they are called.
    await givePassword(scene, 2);
    await script.begin();
    await script.choose(home.account);
    await script.choose(signIn.own);
    await script.fill(EVE, PASSWORD);
    expect((await kiosk.screen())[2]).toContain(account.title('Ève Soulié'));
    expect(await kiosk.text()).toContain(account.change);
    expect(kiosk.output()).not.toContain(PASSWORD);
  });

  it('KIO-03 III.2.2 III.2.3 the account: loans sorted three ways, each with what can be done with it', async () => {
    const { kiosk } = script;
    await lend('2026-05-13T10:00', 'B1');
    await lend('2026-05-20T10:00', 'B2');
    await lend('2026-05-30T10:00', 'B3');
    await lend('2026-06-01T10:00', 'B4');
    await enterAs(script, 'ana');
    expect(await kiosk.flat()).toContain(account.summary(ANA, 'L', '30/10/2027'));
    expect(await kiosk.text()).toContain(account.loans(4, 0));
    await script.choose(account.loans(4, 0));
    expect((await kiosk.screen())[3]).toContain(loans.sort.due);
    expect(titles()).toEqual(['Revue du Midi · n° 12', 'Optique', 'Algèbre', 'Zoologie']);
    expect(marks()).toEqual([
      loans.cannot(letters.notRenewed.NOT_RENEWABLE),
      loans.can(says('lundi 8 juin 2026', 'Monday 8 June 2026')),
      loans.can(says('dimanche 21 juin 2026', 'Sunday 21 June 2026')),
      loans.cannot(loans.unchanged),
    ]);
    const screen = await kiosk.text();
    expect(screen).toContain(`${loans.due(says('mar. 9 juin 18:00', 'Tue 9 June 18:00'))} · Library med`);
    for (const mark of marks()) expect(screen).toContain(mark);
    await kiosk.press(loans.sortKey);
    expect(titles()).toEqual(['Zoologie', 'Algèbre', 'Optique', 'Revue du Midi · n° 12']);
    await kiosk.press(loans.sortKey);
    expect(titles()).toEqual(['Algèbre', 'Optique', 'Revue du Midi · n° 12', 'Zoologie']);
    expect((await kiosk.screen())[3]).toContain(loans.sort.title);
    // The details of one: who wrote it, since when it is out.
    await kiosk.press('Down', 'Enter');
    expect(await kiosk.flat()).toContain('Houard, Sylvain');
    expect(await kiosk.flat()).toContain(loans.lentOn(says('mer. 13 mai 2026, 10:00', 'Wed 13 May 2026, 10:00')));
  });

  it('KIO-03 REN-05 REN-08 III.2.4 one is renewed, then all: each is answered, what was renewed today is so no more', async () => {
    const { kiosk, scene } = script;
    await lend('2026-05-13T10:00', 'B1');
    await lend('2026-05-20T10:00', 'B2', 'B4');
    await lend('2026-06-01T10:00', 'B3');
    await scene.patron({ id: 'OTHER' });
    expect(await scene.act(placeRequest, { patron: 'OTHER', item: 'B4', pickup: 'sci' })).toMatchObject({
      kind: 'placed',
    });
    await enterAs(script, 'ana');
    await script.choose(account.loans(4, 0));
    await kiosk.press(loans.sortKey, loans.sortKey, 'Down');
    expect(await kiosk.chosen()).toContain('Optique');
    await kiosk.press(loans.renewKey);
    expect((await kiosk.screen())[4]).toContain(
      loans.renewed('Optique', says('lun. 8 juin 19:00', 'Mon 8 June 19:00')),
    );
    expect(marks()[1]).toBe(loans.today);
    // Not twice on one day, and not at all what somebody waits for, or what is not renewed.
    await kiosk.press(loans.renewKey);
    expect((await kiosk.screen())[4]).toContain(loans.notRenewed('Optique', loans.unchanged));
    await kiosk.press('Down', loans.renewKey);
    expect((await kiosk.screen())[4]).toContain(letters.notRenewed.NOT_RENEWABLE);
    await kiosk.press('Down', 'Enter');
    expect(await kiosk.text()).toContain(loans.cannot(letters.notRenewed.RECALLED));
    expect(await kiosk.text()).not.toContain('OTHER');
    await kiosk.press(loans.renewKey);
    expect((await kiosk.screen())[4]).toContain(loans.notRenewed('Zoologie', letters.notRenewed.RECALLED));
    // All that is left is one.
    await kiosk.press(loans.allKey);
    expect((await kiosk.screen())[4]).toContain(loans.several(1, 3));
    expect(marks()[0]).toBe(loans.today);
    // The day after, they may be renewed again.
    scene.at('2026-06-02T10:00');
    await kiosk.press(loans.allKey);
    expect((await kiosk.screen())[4]).toContain(loans.several(2, 2));
    expect(await kiosk.text()).toContain(loans.due(says('mar. 9 juin 19:00', 'Tue 9 June 19:00')));
  });

  it('KIO-03 REN-06 III.2.3 with one late loan none is renewed; the late one is marked', async () => {
    const { kiosk } = script;
    await lend('2026-05-11T10:00', 'B1');
    await lend('2026-05-20T10:00', 'B2');
    script.scene.at('2026-06-05T10:00');
    await enterAs(script, 'ana');
    expect(await kiosk.text()).toContain(account.loans(2, 1));
    await script.choose(account.loans(2, 1));
    expect((await kiosk.screen())[3]).toContain(loans.count(2, 1));
    const screen = await kiosk.text();
    expect(screen).toContain(`${loans.late(4)} · ${loans.due(says('lun. 1 juin 19:00', 'Mon 1 June 19:00'))}`);
    expect(marks()).toEqual([loans.cannot(loans.isLate), loans.cannot(letters.notRenewed.PATRON_OVERDUE)]);
    await kiosk.press(loans.allKey);
    expect((await kiosk.screen())[4]).toContain(loans.several(0, 2));
  });

  it('KIO-03 JOB-06 III.2.3 QP.1.5 earlier loans are shown until they are anonymised', async () => {
    const { kiosk, scene } = script;
    await lend('2026-05-20T10:00', 'B1', 'B2');
    scene.at('2026-05-25T10:00');
    await scene.giveBack('B1');
    scene.at('2026-06-01T10:00');
    await enterAs(script, 'ana');
    await script.choose(account.history);
    expect(await kiosk.text()).toContain(words.kiosk.loans.historySaid);
    expect(titles()).toEqual(['Optique']);
    expect(await kiosk.text()).toContain(`${loans.lent('20/05/2026', '25/05/2026')} · Library sci`);
    await kiosk.press('F10');
    // Three months later nobody knows any more who had it.
    scene.at('2026-08-26T10:00');
    expect(await runFor(scene, 'anonymise-loans', '2026-08-25')).toMatchObject({ anonymised: 1 });
    await enterAs(script, 'ana');
    await script.choose(account.history);
    expect(await kiosk.text()).toContain(loans.historyNone);
    expect(await kiosk.text()).not.toContain('Optique');
  });

  it('KIO-05 III.2.2 QP.4.1.3 messages of the library, and blocks with the item that caused them', async () => {
    const { kiosk, scene } = script;
    await lend('2026-05-04T10:00', 'B1');
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned' });
    const note = { patron: ana, text: 'Votre carte vous attend à l’accueil.', visible: true };
    await scene.act(addPatronNote, note);
    await scene.act(addPatronNote, { patron: ana, text: 'Entre nous.' });
    await scene.act(blockPatron, { patron: ana, type: 'MANUAL', until: '2026-12-31', note: 'Insolente' });
    await enterAs(script, 'ana');
    expect(await kiosk.flat()).toContain(account.messages(3));
    expect((await kiosk.screen()).slice(3, 6).join(' ')).toContain(
      account.blocked(says('jeudi 31 décembre 2026', 'Thursday 31 December 2026')).slice(0, 40),
    );
    await script.choose(account.messages(3));
    const text = await kiosk.flat();
    expect(text).toContain(words.kiosk.messages.block.MANUAL);
    expect(text).toContain(words.kiosk.messages.block.LATE_RETURN);
    expect(text).toContain(words.kiosk.messages.cause('Optique', '25/05/2026', '01/06/2026', 7));
    expect(text).toContain(note.text);
    for (const secret of ['Entre nous', 'Insolente']) expect(kiosk.output()).not.toContain(secret);
  });

  it('KIO-05 PEN-04 a block without an end is not said to end with another one; of a message nothing is cut off', async () => {
    const { kiosk, scene } = script;
    await scene.act(blockPatron, { patron: ana, type: 'MANUAL', until: '2026-12-31' });
    await scene.act(blockPatron, { patron: ana, type: 'MANUAL' });
    const link = `https://catalogue.example.org/fulldisplay?docid=${'0123456789'.repeat(8)}`;
    await scene.act(addPatronNote, { patron: ana, text: `Retrouvé : ${link} à l'accueil.`, visible: true });
    await enterAs(script, 'ana');
    expect(await kiosk.flat()).toContain(account.blocked(null));
    await script.choose(account.messages(3));
    for (const [columns, rows] of [
      [80, 24],
      [60, 30],
      [200, 50],
    ] as const) {
      await kiosk.resize(columns, rows);
      expect((await kiosk.text()).replaceAll(/\s/g, '')).toContain(`${link}àl'accueil.`);
      // A line that has room is not broken.
      const text = (await kiosk.screen()).map((row) => row.trim());
      expect(text.some((row) => row.endsWith("à l'accueil.") && row !== "à l'accueil.")).toBe(true);
    }
  });
});
