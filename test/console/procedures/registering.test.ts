import { describe, expect, it } from 'vitest';
import { contactsOf, fieldOf, fill, formOf, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const CARD = '299900001234';

describe.each(deskRuns)('manual IX.2.1, an authorised reader registers, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      scene.at('2019-02-09T10:00');
      await scene.items({ barcode: 'B1000', title: 'Algèbre linéaire' });
    },
  });
  const { says, words } = script;
  const { records } = words.console;
  /** The form of an authorised reader, the first of the profiles. */
  const openForm = async (): Promise<void> => script.desk.press('Alt+7', 'Enter');

  it('USR-03 USR-06 IX.2.1.1 on 9 February 2019 for a year: until 9 February 2020, purged on 9 May 2020; the loans open', async () => {
    const { desk } = script;
    await desk.press('Alt+7');
    expect(await desk.text()).toContain(records.chooseProfile(''));
    expect(await script.chosen()).toContain(says('Lecteur autorisé', 'Authorised reader'));
    await desk.press('Enter');
    // Campus of the library, French, a year, and three months more are proposed.
    const form = await desk.text();
    expect(form).toMatch(/UPS Université Paul-Sabatier/);
    expect(form).toMatch(/09\/02\/2020 {2}= (dimanche 9 février 2020|Sunday 9 February 2020)/);
    expect(form).toMatch(/09\/05\/2020 {2}= (samedi 9 mai 2020|Saturday 9 May 2020)/);
    await fill(desk, { lastName: 'DURAND', firstName: 'Ana', birthDay: '02/04/1990' });
    await goTo(desk, 'identifier');
    await desk.scan(CARD);
    expect(desk.state().form).not.toBeNull();
    await fill(desk, {
      email: 'ana.durand@example.org',
      line1: '21, rue Ozenne',
      line2: 'Bât. B, appartement 12',
      postalCode: '31000',
      city: 'Toulouse',
      phone: '06.12.34.56.78',
    });
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toMatch(/^ DURAND Ana {3}299900001234 {3}AUT · UPS/);
    // What comes next is said, with its keys.
    expect(await desk.answer()).toBe(
      says(
        "INSCRIT · Alt+Ctrl+T message d'identité · Alt+4 compléter le dossier",
        'REGISTERED · Alt+Ctrl+T identity message · Alt+4 complete the record',
      ),
    );
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
    const record = await recordOf(script.scene, CARD);
    expect(record).toMatchObject({
      kind: 'internal',
      group: 'AUT',
      campus: 'UPS',
      language: 'fr',
      birthDay: '1990-04-02',
      expiry: '2020-02-09',
      purge: '2020-05-09',
      identifier: CARD,
    });
    expect(contactsOf(record, 'email')).toEqual(['* ana.durand@example.org']);
    expect(contactsOf(record, 'phone')).toEqual(['* 06 12 34 56 78']);
    expect(contactsOf(record, 'address')).toEqual(['* 21, rue Ozenne\nBât. B, appartement 12']);
  });

  it('USR-03 IX.2.1.1 without an e-mail address the box is ticked: the placeholder stands there, and is never written to', async () => {
    const { desk } = script;
    await openForm();
    await fill(desk, { lastName: 'SOULIÉ', identifier: CARD, group: 'AUT-UT1' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.emailOrBox);
    await goTo(desk, 'noEmail');
    expect(await desk.text()).toContain('adresse.manquante@');
    await desk.press('Space', 'Ctrl+S');
    expect(await desk.answer()).toContain(records.registered);
    const record = await recordOf(script.scene, CARD);
    expect(record.group).toBe('AUT-UT1');
    expect(record.contacts).toMatchObject([{ kind: 'email', type: 'alternative', value: network.placeholderEmail }]);
    // Nothing can be sent there: the identity message is offered on paper.
    await desk.press('Alt+Ctrl+T');
    expect(await desk.text()).toContain(records.askPrintMessage);
    await desk.press('Escape');
    // An address and the box contradict each other.
    await openForm();
    await fill(desk, { lastName: 'BRUN', identifier: '299900001235', email: 'brun@example.org', noEmail: true });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.refused.EMAIL_AND_ALTERNATIVE(''));
    await desk.press('Escape');
  });

  it('USR-04 dates as people write them; the purge date follows the expiry date, until somebody types one', async () => {
    const { desk } = script;
    await openForm();
    for (const [typed, expiry, purge] of [
      ['+1y', '09/02/2020', '09/05/2020'],
      ['+6m', '09/08/2019', '09/11/2019'],
      ['30/10/2027', '30/10/2027', '30/01/2028'],
      ['2027-10-31', '31/10/2027', '31/01/2028'],
      ['30.11.2027', '30/11/2027', '29/02/2028'],
      ['+1a', '09/02/2020', '09/05/2020'],
    ] as const) {
      await fill(desk, { expiry: typed });
      // What it means stands beside it, in words.
      const [day = '', , year = ''] = expiry.split('/');
      expect(await script.chosen()).toMatch(new RegExp(`= .* ${Number(day)} .* ${year}$`));
      expect(fieldOf(desk, 'purge').value).toBe(purge);
    }
    await fill(desk, { purge: '30/06/2020', expiry: '30/11/2019' });
    expect(fieldOf(desk, 'purge').value).toBe('30/06/2020');
    await fill(desk, { lastName: 'PETIT', identifier: CARD, noEmail: true });
    await desk.press('Ctrl+S');
    expect(await recordOf(script.scene, CARD)).toMatchObject({ expiry: '2019-11-30', purge: '2020-06-30' });
  });

  it('USR-04 a purge date before the expiry date is refused in the form, in its field, and nothing typed is lost', async () => {
    const { desk } = script;
    await openForm();
    await fill(desk, { lastName: 'NOIR', identifier: CARD, noEmail: true, expiry: '30/11/2019', purge: '29/11/2019' });
    await desk.press('Ctrl+S');
    expect(formOf(desk).fields[formOf(desk).focused]?.name).toBe('purge');
    expect(await script.chosen()).toContain('! 29/11/2019_');
    expect(await desk.text()).toContain(records.purgeBefore);
    expect(await script.database.sql('select id from patrons')).toHaveLength(0);
    await fill(desk, { purge: '30/11/2019' });
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain('NOIR');
  });

  it('USR-03 what is typed is checked as one types: birth date, number, e-mail, postal code, telephone', async () => {
    const { desk } = script;
    await openForm();
    for (const [field, wrong, says2, right] of [
      ['birthDay', '02/04', records.badBirth, '02/04/1990'],
      ['birthDay', '10/02/2019', records.badBirth, '1990-04-02'],
      ['identifier', '1410', records.refused.IDENTIFIER_PREFIX('2999'), CARD],
      ['identifier', '2999OOOO12', records.refused.IDENTIFIER_DIGITS(''), CARD],
      ['expiry', '31/02/2020', records.badDay, '28/02/2020'],
      ['email', 'ana.durand@', records.badEmail, 'ana.durand@example.org'],
      ['postalCode', '310', records.badPostalCode, '31000'],
      ['phone', '0612', records.badPhone, '06 12 34 56 78'],
    ] as const) {
      await fill(desk, { [field]: wrong });
      expect(await script.flat()).toContain(`! ${says2}`);
      await desk.press('Ctrl+S');
      expect(desk.state().form).not.toBeNull();
      await fill(desk, { [field]: right });
      expect(await script.flat()).not.toContain(says2);
    }
    // An address is whole, or none.
    await fill(desk, { lastName: 'DURAND', line1: '21, rue Ozenne' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.refused.ADDRESS_INCOMPLETE(''));
    await fill(desk, { city: 'Toulouse' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toContain(records.registered);
  });
});
