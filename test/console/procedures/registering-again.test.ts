import { describe, expect, it } from 'vitest';
import { contactsOf, fieldOf, fill, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const ANA = '299900001234';
const JEAN = 'ups.jean.morel';
const LUC = 'luc@example.org';
const email = (value: string, more: { readonly external?: boolean } = {}) => ({
  kind: 'email' as const,
  type: 'personal',
  value,
  city: null,
  postalCode: null,
  country: null,
  preferred: true,
  ...more,
});

describe.each(deskRuns)('manual IX.2.2, readers who come back, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    seat: (scene) => seatAt(scene.bib, 'BUC/PRET'),
    setUp: async ({ scene }) => {
      await scene.patron({
        id: ANA,
        lastName: 'Durand',
        firstName: 'Ana',
        group: 'AUT',
        campus: 'UPS',
        expiry: '2026-06-20',
        purge: '2026-09-20',
        statistics: [{ code: '0ups' }, { code: 'SAL' }],
      });
      await scene.patron({
        id: JEAN,
        kind: 'external',
        lastName: 'Morel',
        firstName: 'Jean',
        birthDay: '1999-05-05',
        group: 'M',
        campus: 'UPS',
        expiry: '2025-10-30',
        purge: '2026-10-30',
        identifiers: [{ type: 'PRIMARY', value: JEAN, external: true }],
      });
      await scene.patron({
        id: LUC,
        lastName: 'Petit',
        firstName: 'Luc',
        group: 'PREINS',
        campus: 'UT1',
        expiry: '2026-09-01',
        contacts: [email(LUC)],
        notes: [{ text: 'Pré-inscription en ligne : inscription à finaliser', popup: true }],
      });
      await scene.items({ barcode: 'B1000', title: 'Algèbre linéaire' });
    },
  });
  const { says, words } = script;
  const { records } = words.console;

  it('USR-12 USR-04 IX.2.2.2 elsewhere: campus and statistics are those of the new institution, the dates a year on', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+Ctrl+X');
    expect(await desk.text()).toContain(records.reRegistering('DURAND Ana'));
    expect(fieldOf(desk, 'campus').value).toBe('UT2J');
    expect(fieldOf(desk, 'expiry').value).toBe('01/06/2027');
    expect(fieldOf(desk, 'purge').value).toBe('01/09/2027');
    // The institution's category gives way, the others stay; what the codes mean stands beside them.
    await goTo(desk, 'statistics');
    expect(await script.chosen()).toMatch(/SAL 0ut2j_ {2}= (Salarié|Employed), Université Toulouse/);
    await fill(desk, { campus: 'UT1' });
    expect(fieldOf(desk, 'statistics').value).toBe('SAL 0ut1');
    await fill(desk, { expiry: '+6m', purge: '30/11/2026' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.purgeBefore);
    await fill(desk, { purge: '01/03/2027' });
    await fill(desk, { statistics: 'SAL 0nowhere' });
    expect(await desk.text()).toContain(records.unknownCodes('0nowhere'));
    await fill(desk, { statistics: 'SAL 0ut1' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.reRegistered('01/12/2026'));
    expect((await desk.screen())[2]).toMatch(/DURAND Ana +299900001234 +AUT · UT1 .*01\/12\/2026/);
    const record = await recordOf(script.scene, ANA);
    expect(record).toMatchObject({ campus: 'UT1', expiry: '2026-12-01', purge: '2027-03-01' });
    expect(record.statistics.map((one) => one.code).toSorted()).toEqual(['0ut1', 'SAL']);
  });

  it('USR-12 IX.2.2.1 a former institutional reader: the program warns before the old record is used again', async () => {
    const { desk } = script;
    await desk.scan(JEAN);
    await script.answers('answer-ok');
    await desk.press('Alt+Ctrl+X', 'Ctrl+S');
    expect(await script.flat()).toContain(records.externalReusedTitle);
    expect(await script.flat()).toContain(records.externalReused.slice(0, 60));
    await desk.press('Escape');
    expect(await desk.answer()).toBe(records.unchanged);
    expect(await recordOf(script.scene, JEAN)).toMatchObject({ campus: 'UPS', expiry: '2025-10-30' });
    // Whoever means it may.
    await desk.press('Alt+Ctrl+X', 'Ctrl+S');
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(records.reRegistered('01/06/2027'));
    expect(await recordOf(script.scene, JEAN)).toMatchObject({
      campus: 'UT2J',
      expiry: '2027-06-01',
      kind: 'external',
    });
  });

  it('USR-12 USR-05 IX.2.2.1 IX.4.1 they get a new internal record and a network card; the old one is left alone', async () => {
    const { desk } = script;
    await desk.scan('299900001299');
    await desk.press('Alt+7', 'Enter');
    await fill(desk, { lastName: 'MOREL', firstName: 'Jean', birthDay: '05/05/1999', noEmail: true });
    await desk.press('Ctrl+S');
    expect(await script.flat()).toContain(
      says('(mêmes nom et naissance, externe)', '(same name and birth date, external)'),
    );
    expect(await script.flat()).toContain(records.formerInstitutional);
    await script.answers('answer-new');
    expect(await recordOf(script.scene, '299900001299')).toMatchObject({ kind: 'internal', group: 'AUT' });
    expect(await recordOf(script.scene, JEAN)).toMatchObject({ kind: 'external', group: 'M', expiry: '2025-10-30' });
  });

  it('USR-12 IX.2.2.1 a record of the card system that becomes an authorised reader’s by hand is warned about too', async () => {
    const { desk } = script;
    await desk.scan(JEAN);
    await script.answers('answer-ok');
    await desk.press('Alt+4', 'Alt+M');
    await fill(desk, { group: 'AUT', expiry: '30/10/2027' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toContain(records.saved);
    expect(await desk.answer()).toContain(records.reusedBriefly);
  });

  it('USR-13 IX.2.2.3 a pre-registration is finished: the note says so, group and number of the card replace what was provisional', async () => {
    const { desk } = script;
    await desk.scan(LUC);
    expect(await desk.text()).toContain('Pré-inscription en ligne : inscription à finaliser');
    await script.answers('answer-read');
    await desk.press('Alt+Ctrl+X');
    expect(await desk.text()).toContain(records.finishing('PETIT Luc'));
    // Not the address again, nor somebody else's card.
    await fill(desk, { identifier: ANA });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(`${records.refused.IDENTIFIER_TAKEN('')} DURAND Ana`);
    await desk.press('Ctrl+X');
    await desk.scan('299900001300');
    await fill(desk, { group: 'AUT-UT1' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.finished('299900001300', 1));
    expect((await desk.screen())[2]).toMatch(/PETIT Luc +299900001300 +AUT-UT1 · UT1 .*0 notes?$/);
    const record = await recordOf(script.scene, '299900001300');
    expect(record).toMatchObject({ group: 'AUT-UT1', expiry: '2026-09-01', purge: '2026-12-01' });
    expect(contactsOf(record, 'email')).toEqual([`* ${LUC}`]);
    // There is nothing to finish any more: the same key renews it.
    await desk.press('Alt+Ctrl+X');
    expect(await desk.text()).toContain(records.reRegistering('PETIT Luc'));
    await desk.press('Escape');
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
  });
});
