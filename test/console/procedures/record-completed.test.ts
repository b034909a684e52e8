import { describe, expect, it } from 'vitest';
import { RECORD_TABS } from '../../../source/console/flows/patron-record/tabs.ts';
import type { RecordTab } from '../../../source/console/flows/patron-record/tabs.ts';
import { registerPatron } from '../../../source/desk/register-patron.ts';
import { contactsOf, fieldOf, fill, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const ANA = '299900001234';

describe.each(deskRuns)('manual IX.2.1.3, the record is completed, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      scene.at('2019-02-09T10:00');
      const outcome = await scene.act(registerPatron, {
        profile: 'AUTHORISED',
        lastName: 'DURAND',
        firstName: 'Ana',
        identifier: ANA,
        emails: [{ type: 'personal', value: 'ana.durand@example.org' }],
        addresses: [{ type: 'home', value: '21, rue Ozenne', postalCode: '31000', city: 'Toulouse' }],
      });
      expect(outcome).toMatchObject({ kind: 'registered' });
    },
  });
  const { says, words } = script;
  const { records } = words.console;
  /** Opens the full record at one of its tabs. */
  const openTab = async (tab: RecordTab): Promise<void> => {
    await script.desk.scan(ANA);
    await script.desk.press('Alt+4');
    for (let at = RECORD_TABS.indexOf(tab); at > 0; at -= 1) await script.desk.press('Tab');
    expect((await script.desk.screen())[3]).toContain(`[${records.tabs[tab].toUpperCase()}]`);
  };

  it('USR-07 IX.2.1.3 the record has tabs, one key apart, round both ends; none of them is cut', async () => {
    const { desk } = script;
    await openTab('general');
    for (let turns = 0; turns < RECORD_TABS.length; turns += 1) {
      const shown = (await desk.screen())[3] ?? '';
      for (const tab of RECORD_TABS) expect(shown.toLowerCase()).toContain(records.tabs[tab].toLowerCase());
      expect(shown).toMatch(/Tab →$/);
      await desk.press('Tab');
    }
    expect((await desk.screen())[3]).toContain(`[${records.tabs.general.toUpperCase()}]`);
    await desk.press('Shift+Tab');
    expect((await desk.screen())[3]).toContain(`[${records.tabs.history.toUpperCase()}]`);
    await desk.press('Escape');
    expect((await desk.screen())[4]).toContain(words.console.tabs.loans);
  });

  it('USR-07 USR-01 IX.2.1.3 identity, group, type of record, campus and both dates are on the first tab', async () => {
    await openTab('general');
    const rows = (await script.rows()).join('\n');
    for (const [french, english] of [
      ['Nom +DURAND', 'Name +DURAND'],
      ['Identifiant principal +299900001234', 'Primary identifier +299900001234'],
      ["Groupe d'utilisateurs +AUT Autorisés", 'User group +AUT Authorised readers'],
      ['Campus +UPS Université Paul-Sabatier', 'Campus +UPS Université Paul-Sabatier'],
      ["Date d'expiration +dimanche 9 février 2020", 'Expiry date +Sunday 9 February 2020'],
      ["Date d'élimination +samedi 9 mai 2020", 'Purge date +Saturday 9 May 2020'],
      ['Type de dossier +interne \\(créé ici\\)', 'Type of record +internal \\(made here\\)'],
    ] as const) {
      expect(rows).toMatch(new RegExp(says(french, english)));
    }
    // Nothing of an internal record is locked: a missing birth date is typed where one stands.
    await script.desk.press('Down', 'Down', 'Enter');
    await script.desk.type('1990-04-02');
    await script.desk.press('Ctrl+S');
    expect(await script.desk.answer()).toBe(records.saved);
    expect(await recordOf(script.scene, ANA)).toMatchObject({ birthDay: '1990-04-02' });
  });

  it('USR-07 IX.2.1.3 further addresses, e-mails and telephones: what was given at registration stays preferred', async () => {
    const { desk } = script;
    await openTab('contacts');
    await desk.press('Ctrl+N');
    expect(await desk.text()).toContain(
      says('M Courriel   T Téléphone   P Adresse postale', 'E E-mail   T Telephone   P Postal address'),
    );
    await script.answers('answer-address');
    expect(fieldOf(desk, 'preferred').value).toBe(false);
    await fill(desk, { type: 'work', value: '2, rue du Doyen', postalCode: '31070' });
    await desk.press('Ctrl+S');
    expect(await script.chosen()).toContain(records.address.city);
    await fill(desk, { city: 'Toulouse Cedex 9' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.contactAdded('2, rue du Doyen, 31070 Toulouse Cedex 9'));
    // Without full stops or hyphens, however they were typed; the first telephone is the preferred one.
    for (const [type, number] of [
      ['mobile', '06.12.34.56.78'],
      ['work', '+33 5-61-55-66-11'],
    ] as const) {
      await desk.press('Ctrl+N');
      await script.answers('answer-phone');
      await fill(desk, { type, value: '0612' });
      expect(await desk.text()).toContain(records.badPhone);
      await fill(desk, { value: number });
      await desk.press('Ctrl+S');
    }
    await desk.press('Ctrl+N');
    await script.answers('answer-email');
    await fill(desk, { type: 'work', value: 'a.durand@entreprise.example.com' });
    await desk.press('Ctrl+S');
    const record = await recordOf(script.scene, ANA);
    expect(contactsOf(record, 'email')).toEqual(['* ana.durand@example.org', 'a.durand@entreprise.example.com']);
    expect(contactsOf(record, 'phone')).toEqual(['* 06 12 34 56 78', '05 61 55 66 11']);
    expect(contactsOf(record, 'address')).toEqual(['* 21, rue Ozenne', '2, rue du Doyen']);
    expect(await script.rows()).toHaveLength(6);
    // One that is given up is deleted after a question; the next of its kind is preferred then.
    while (!(await script.chosen()).includes('ana.durand@')) await desk.press('Up');
    await desk.press('Ctrl+X');
    expect(await desk.text()).toContain(records.askDeleteContact);
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(records.contactDeleted('a.durand@entreprise.example.com'));
  });

  it('USR-01 USR-07 IX.2.1.3 statistical categories are given and taken by Enter, by type and name', async () => {
    const { desk } = script;
    await openTab('statistics');
    const go = async (code: string): Promise<void> => {
      while (!(await script.chosen()).includes(` ${code} `)) await desk.press('Down');
    };
    await go('0ensa');
    expect(await script.chosen()).toMatch(
      new RegExp(says("0ensa +École d'architecture +Établissement", '0ensa +School of architecture +Institution')),
    );
    await desk.press('Enter');
    expect(await desk.answer()).toBe(records.statisticGiven(says("École d'architecture", 'School of architecture')));
    await go('RET');
    await desk.press('Enter');
    expect((await recordOf(script.scene, ANA)).statistics.map((one) => one.code).toSorted()).toEqual(['0ensa', 'RET']);
    // Those of the record stand first when the tab is opened again.
    await desk.press('Tab', 'Shift+Tab');
    expect((await script.rows()).slice(0, 3).map((one) => one.slice(3, 6))).toEqual(['[x]', '[x]', '[ ]']);
    await desk.press('Enter');
    expect((await recordOf(script.scene, ANA)).statistics.map((one) => one.code)).toEqual(['RET']);
  });

  it('USR-07 the audit tab says who changed what, when, from what, to what, in words', async () => {
    const { desk, scene } = script;
    await openTab('general');
    await desk.press('Enter');
    await fill(desk, { lastName: 'DURAND-PETIT', expiry: '30/06/2020', language: 'en', campus: 'UT1' });
    await desk.press('Ctrl+S');
    scene.at('2019-02-10T15:30');
    await desk.press('Tab', 'Ctrl+N');
    await script.answers('answer-phone');
    await fill(desk, { value: '05 61 55 66 11' });
    await desk.press('Ctrl+S', 'Ctrl+V');
    await desk.press('Shift+Tab', 'Shift+Tab');
    const rows = await script.rows();
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(new RegExp(says('Note ajoutée +Note', 'Note added +Note')));
    expect(rows[1]).toMatch(new RegExp(says('Dossier modifié +Contacts +bib', 'Record changed +Contacts +bib')));
    await desk.press('Enter');
    expect(await desk.text()).toContain(says('Dossier vérifié 10/02/2019', 'Dossier vérifié 10/02/2019'));
    expect(await desk.text()).not.toMatch(/\b(popup|visible|text) : /);
    await desk.press('Escape', 'Down', 'Enter');
    expect(await desk.text()).toContain(
      says('Contacts : (aucun) → 05 61 55 66 11 (préféré)', 'Contacts: (none) → 05 61 55 66 11 (preferred)'),
    );
    await desk.press('Escape', 'Down', 'Enter');
    const changed = await script.flat();
    expect(changed).toContain(says('sam. 9 février 2019, 10:00 · bib · sci/PRET', 'Sat 9 February 2019, 10:00 · bib'));
    for (const [french, english] of [
      ['Nom : DURAND → DURAND-PETIT', 'Name: DURAND → DURAND-PETIT'],
      ["Date d'expiration : 09/02/2020 → 30/06/2020", 'Expiry date: 09/02/2020 → 30/06/2020'],
      ["Date d'élimination : 09/05/2020 → 30/09/2020", 'Purge date: 09/05/2020 → 30/09/2020'],
      ['Langue préférée : français → anglais', 'Preferred language: French → English'],
      ['Campus : UPS Université Paul-Sabatier → UT1 Université Toulouse Capitole', 'Campus: UPS Université'],
    ] as const) {
      expect(changed).toContain(says(french, english));
    }
    // Of the record when it was made, everything that it said.
    await desk.press('Escape', 'Down', 'Enter');
    expect(await script.flat()).toContain(says('Type de dossier : interne', 'Type of record: internal'));
    expect(await script.flat()).toContain(says("Groupe d'utilisateurs : AUT Autorisés", 'User group: AUT Authorised'));
  });
});
