import { describe, expect, it } from 'vitest';
import { contactsOf, fieldOf, fill, goTo, recordOf } from '../../support/desk-forms.ts';
import { cardHolder } from '../../support/card-holder.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { said } from '../../support/house.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const ANA = cardHolder.id;

describe.each(deskRuns)('manual X.2, a record of the card system is corrected, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      await scene.patron(cardHolder);
      await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc', expiry: '2026-06-14', purge: '2026-09-14' });
      await scene.items({ barcode: 'B1000', title: 'Algèbre linéaire' }, { barcode: 'B2000', title: 'Optique' });
    },
  });
  const { words } = script;
  const { records } = words.console;
  const openRecord = async (...keys: string[]): Promise<void> => {
    await script.desk.scan(ANA);
    await script.desk.press('Alt+4', ...keys);
  };
  /** Goes to the row that has this text. */
  const goToRow = async (text: string): Promise<void> => {
    expect((await script.rows()).some((one) => one.includes(text))).toBe(true);
    await script.desk.press('Ctrl+Home');
    while (!(await script.chosen()).includes(text)) await script.desk.press('Down');
  };

  it('USR-08 X.2.2 inherited fields are locked and say why; group, dates, category and status are changed freely', async () => {
    const { desk } = script;
    await openRecord();
    const rows = await script.rows();
    const locked = rows.filter((one) => one.slice(26).startsWith('= ')).map((one) => one.slice(3, 25).trim());
    expect(locked).toEqual(
      (['lastName', 'firstName', 'birthDay', 'identifier', 'campus'] as const).map((name) =>
        records.fields[name].slice(0, 22),
      ),
    );
    await desk.press('Enter');
    for (const name of ['lastName', 'birthDay', 'identifier', 'campus'] as const) {
      const before = fieldOf(desk, name).value;
      await goTo(desk, name);
      expect(await desk.text()).toContain(records.lockedField('Alt+Ctrl+O'));
      await desk.type('X');
      await desk.press('Ctrl+X', 'Right', 'Backspace');
      expect(fieldOf(desk, name).value).toBe(before);
    }
    // X.2.2.1: L becomes M.
    await fill(desk, { group: 'M' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.saved);
    expect((await desk.screen())[2]).toContain('M · UT1');
    expect(await recordOf(script.scene, ANA)).toMatchObject({ group: 'M', lastName: 'MARTIN', campus: 'UT1' });
  });

  it('USR-04 X.2.2.2 the purge date follows a corrected expiry date in the form; before it, it is refused', async () => {
    const { desk } = script;
    await openRecord('Alt+M');
    await fill(desk, { expiry: '30/10/2027' });
    expect(fieldOf(desk, 'purge').value).toBe('30/01/2028');
    await fill(desk, { purge: '29/10/2027' });
    await desk.press('Ctrl+S');
    expect(await script.chosen()).toContain('! 29/10/2027_');
    expect(await desk.text()).toContain(records.purgeBefore);
    await fill(desk, { purge: '31/12/2027' });
    await desk.press('Ctrl+S');
    expect(await recordOf(script.scene, ANA)).toMatchObject({ expiry: '2027-10-30', purge: '2027-12-31' });
    expect((await desk.screen())[2]).toContain('30/10/2027');
  });

  it('LOAN-07 USR-04 X.2.2.2 loans that were shortened to the old expiry date are offered their period back; refused, they stay', async () => {
    const { desk, scene, database } = script;
    await desk.scan('P2', 'B1000');
    await script.answers('answer-shorten');
    await desk.scan('B2000');
    await script.answers('answer-shorten');
    const dues = async (): Promise<unknown[]> =>
      (await database.sql('select due_at from loans order by id')).map((one) => said(Number(Object.values(one)[0])));
    const before = await dues();
    for (const answer of ['answer-cancel', 'answer-yes'] as const) {
      await desk.press('Alt+4', 'Enter');
      await fill(desk, { expiry: answer === 'answer-yes' ? '30/11/2027' : '30/10/2027' });
      await desk.press('Ctrl+S');
      expect(await desk.text()).toContain(records.askDueDates(2));
      expect(await script.flat()).toContain('13/06/2026 → 22/06/2026 Algèbre linéaire');
      await script.answers('answer-why');
      expect(await script.flat()).toContain(records.whyDueDates);
      await script.answers(answer);
      if (answer === 'answer-cancel') {
        expect(await desk.answer()).toBe(records.saved);
        expect(await dues()).toEqual(before);
      }
      await desk.press('Escape');
    }
    expect(await dues()).toEqual(['2026-06-22T19:00', '2026-06-22T19:00']);
    // The loans of the session say so at once.
    expect((await script.rows()).filter((one) => one.includes('22/06 19:00'))).toHaveLength(2);
    expect(await recordOf(scene, 'P2')).toMatchObject({ expiry: '2027-11-30', purge: '2028-02-29' });
  });

  it('USR-02 USR-08 X.2.2.3 21 rue Ozenne is corrected by a copy of our own, which is preferred; the inherited one stays', async () => {
    const { desk } = script;
    await openRecord('Tab');
    await goToRow('21 rue Ozenne');
    expect(await script.chosen()).toContain(records.fromCard);
    await desk.press('Enter');
    expect(await desk.answer()).toBe(records.lockedContact('Alt+Ctrl+C'));
    await desk.press('Alt+Ctrl+C');
    expect(fieldOf(desk, 'city').value).toBe('Toulouse');
    expect(fieldOf(desk, 'preferred').value).toBe(true);
    await fill(desk, { value: '31, rue Ozenne' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.contactAdded('31, rue Ozenne, 31000 Toulouse'));
    const record = await recordOf(script.scene, ANA);
    expect(contactsOf(record, 'address')).toEqual(['* 31, rue Ozenne', '21 rue Ozenne']);
    const ours = record.contacts.map(({ value, external }) => `${value} ${external ? 'external' : 'internal'}`);
    expect(ours).toContain('31, rue Ozenne internal');
    expect(ours).toContain('21 rue Ozenne external');
    // A locked contact is not deleted either.
    await goToRow('21 rue Ozenne');
    await desk.press('Ctrl+X');
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(records.lockedContact('Alt+Ctrl+C'));
  });

  it('USR-02 X.2.2.4 a personal e-mail address is added and preferred; Alt+Ctrl+A prefers another one again', async () => {
    const { desk } = script;
    await openRecord('Tab', 'Ctrl+N');
    await script.answers('answer-email');
    await fill(desk, { type: 'personal', value: 'ana@', preferred: true });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.badEmail);
    await fill(desk, { value: 'ana@example.com' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.contactAdded('ana@example.com'));
    expect(contactsOf(await recordOf(script.scene, ANA), 'email')).toEqual([
      '* ana@example.com',
      'ana.martin@ut1.example.org',
    ]);
    await goToRow('ana.martin@ut1');
    await desk.press('Alt+Ctrl+A');
    expect(await desk.answer()).toBe(records.nowPreferred('ana.martin@ut1.example.org'));
  });

  it('USR-08 X.2.2.5 open for update: every field is changed, contacts too, and the group is protected if asked for', async () => {
    const { desk } = script;
    await openRecord('Alt+Ctrl+O');
    expect(await desk.text()).toContain(records.protectHint.slice(0, 50));
    await fill(desk, { protect: true });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.nowOpen);
    await desk.press('Enter');
    await fill(desk, { lastName: 'MARTINEZ', group: 'L-UT1', campus: 'UPS' });
    await goTo(desk, 'identifier');
    await desk.press('Ctrl+X');
    await desk.scan('ut1.ana.martinez');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.saved);
    expect((await desk.screen())[2]).toMatch(/MARTINEZ Ana +ut1\.ana\.martinez +L-UT1 · UPS/);
    expect((await script.rows()).join('\n')).toContain(records.protectedGroup);
    await desk.press('Ctrl+End');
    expect((await script.rows()).join('\n')).toContain(records.isOpen);
    await desk.press('Tab');
    await goToRow('21 rue Ozenne');
    await desk.press('Enter');
    await fill(desk, { value: '23, rue Ozenne' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.contactChanged('23, rue Ozenne, 31000 Toulouse'));
    // The same key locks it again; the protection stays.
    await desk.press('Alt+Ctrl+O');
    expect(await desk.answer()).toBe(records.closedAgain);
    expect(await recordOf(script.scene, 'ut1.ana.martinez')).toMatchObject({
      openForUpdate: false,
      groupProtected: true,
      group: 'L-UT1',
    });
  });

  it('USR-07 X.2.1 identifiers: a further one is added, the inherited one is locked, the primary one is never taken away', async () => {
    const { desk } = script;
    await openRecord('Tab', 'Tab', 'Ctrl+N');
    await goTo(desk, 'value');
    await desk.scan('P2');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.identifierTaken);
    await desk.press('Ctrl+N');
    await fill(desk, { type: 'BARCODE', value: '210000471' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(records.saved);
    expect((await script.rows()).map((one) => one.slice(28).trim().split(/ {2,}/))).toEqual([
      [ANA, records.fromCard],
      ['1510000000001', records.fromCard],
      ['210000471', records.fromHere],
    ]);
    await desk.press('Ctrl+X');
    expect(await desk.answer()).toBe(records.primaryStays);
    await desk.press('Down', 'Enter');
    expect(await desk.answer()).toBe(records.locked('Alt+Ctrl+O'));
    await desk.press('Down', 'Ctrl+X');
    expect(await desk.text()).toContain(records.askDeleteIdentifier('210000471'));
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(records.deleted);
  });
});
