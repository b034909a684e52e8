import { describe, expect, it } from 'vitest';
import { KEYMAP, keysOf } from '../../../source/console/keymap.ts';
import { sitAt } from '../../support/console-driver.ts';
import { fill as fillAtDesk, recordOf } from '../../support/desk-forms.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { fillFields, formPage, submitForm } from '../../support/kiosk-people.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { toulouse } from '../../support/toulouse.ts';

const SHIPPED = toulouse();
const GOOD = 'Abricot-7';
const EMAIL = 'luc.petit@example.org';
const CARD = '299900001300';
const LUC = {
  lastName: 'Petit',
  firstName: 'Luc',
  birthDay: '09/02/1998',
  email: EMAIL,
  password: GOOD,
  again: GOOD,
  line1: '1 rue des Lois',
  postalCode: '31000',
  city: 'Toulouse',
  phone: '0561123456',
  occupation: 'SAL',
  duration: '6',
  library: 'BUC',
  termsAccepted: true,
};

describe.each(deskRuns)('manual IX.2.2.3, pre-registration, on $name in $language', (run) => {
  const script = kioskScript(run, { network: SHIPPED, setting: { library: 'sci' } });
  const { says, words } = script;
  const { register, home, password, account } = words.kiosk;
  /** From the language to the form, through the terms. */
  const open = async (): Promise<void> => {
    const { kiosk } = script;
    await script.begin();
    await script.choose(home.register);
    expect((await kiosk.screen())[2]).toContain(register.termsTitle);
    await kiosk.press(register.onwardKey);
    expect((await kiosk.screen())[2]).toContain(register.title);
  };
  const records = async (): Promise<number> => {
    const [found] = await script.database.sql<{ n: number }>('select count(*) as n from patrons');
    return Number(found?.n);
  };

  it('KIO-06 USR-13 the terms of use are read first, page by page, and one may go back', async () => {
    const { kiosk } = script;
    await script.begin();
    await script.choose(home.register);
    expect(await kiosk.flat()).toContain(says('Votre dossier. Pour vous inscrire', 'Your record. To register you'));
    expect(await kiosk.text()).not.toContain('donnees-personnelles@example.org');
    await kiosk.press('PageDown');
    expect(await kiosk.text()).toContain('donnees-personnelles@example.org');
    await kiosk.press('Escape');
    expect((await kiosk.screen())[2]).toContain(home.title);
  });

  it('KIO-06 USR-13 USR-11 what is wrong is said field by field, until nothing is', async () => {
    const { kiosk } = script;
    await open();
    // There are more lines than are shown, and that is said.
    expect(await kiosk.text()).toContain(words.kiosk.moreBelow(5));
    await fillFields(script, {
      ...LUC,
      email: 'luc',
      password: 'abricot',
      again: 'abricot',
      postalCode: 'abc',
      phone: 'abc',
    });
    await fillFields(script, { lastName: '', line1: '', city: '', birthDay: '09/02/2030', termsAccepted: false });
    const { problem } = register;
    const { passwordParts: parts } = words.letters;
    const lacks = password.missing([parts.length, parts.digit, parts['upper-case'], parts.special].join(', '));
    for (const [name, said] of [
      ['lastName', problem.REQUIRED],
      ['birthDay', problem.BIRTH_DATE_NOT_PAST],
      ['email', problem.EMAIL_INVALID],
      ['password', lacks],
      ['line1', problem.REQUIRED],
      ['city', problem.REQUIRED],
      ['postalCode', problem.POSTAL_CODE_INVALID],
      ['phone', problem.PHONE_INVALID],
      ['termsAccepted', problem.TERMS_NOT_ACCEPTED],
    ] as const) {
      await submitForm(script);
      expect(await kiosk.flat()).toContain(`! ${said}`);
      const { form } = formPage(script);
      expect(form.fields[form.focused]?.name).toBe(name);
      if (name === 'password') {
        // Both are typed again, and have to be the same.
        await fillFields(script, { password: GOOD, again: 'Abricot-8' });
        await submitForm(script);
        expect(await kiosk.flat()).toContain(`! ${password.differ}`);
        await fillFields(script, { again: GOOD });
      }
      await fillFields(script, { [name]: LUC[name] });
    }
    await fillFields(script, { birthDay: '31/02/1998' });
    expect(await kiosk.flat()).toContain(`! ${problem.NOT_A_DAY}`);
    expect(await records()).toBe(0);
    expect(kiosk.output()).not.toContain(GOOD);
  });

  it('KIO-06 USR-13 IX.2.2.3 done: what the screen says is mailed; one signs in at once; the desk finishes it', async () => {
    const { kiosk, scene } = script;
    await open();
    await fillFields(script, LUC);
    await submitForm(script);
    const until = says('lundi 31 août 2026', 'Monday 31 August 2026');
    const said = register.done(EMAIL, 'Bibliothèque universitaire centrale du Mirail', until);
    for (const line of said) expect(await kiosk.flat()).toContain(line);
    const letters = await script.database.sql<{ kind: string; to: string }>(
      'select kind, to_address as "to" from letters',
    );
    expect(letters).toEqual([{ kind: 'pre-registered', to: EMAIL }]);
    // At once, with the address and the password.
    await kiosk.press('Escape');
    await script.choose(home.account);
    await script.fill(EMAIL.toUpperCase(), GOOD);
    expect((await kiosk.screen())[2]).toContain(account.title('Luc Petit'));
    await kiosk.press('F10');
    // The desk finishes it: the note says so, the number of the card takes the place of the address.
    const desk = await sitAt(scene, { seat: scene.bib, language: run.language });
    await desk.scan(EMAIL);
    expect(await desk.text()).toContain('Pré-inscription en ligne : inscription à finaliser');
    await desk.press((keysOf(KEYMAP, 'answer-read', run.language)[0] ?? '').toLowerCase(), 'Alt+Ctrl+X');
    await desk.scan(CARD);
    await fillAtDesk(desk, { group: 'AUT' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.records.finished(CARD, 1));
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await recordOf(scene, CARD)).toMatchObject({ group: 'AUT', campus: 'UT2J' });
    await script.begin();
    await script.choose(home.account);
    await script.fill(CARD, GOOD);
    expect(await kiosk.text()).toContain(CARD);
    expect((await kiosk.screen())[2]).toContain(account.title('Luc Petit'));
  });

  it('KIO-06 KIO-07 USR-13 an address that somebody has already is answered the same, and nothing is made', async () => {
    const { kiosk, scene } = script;
    await scene.patron({ id: CARD, lastName: 'Secret', firstName: 'Zoé', group: 'AUT', email: EMAIL });
    await open();
    await fillFields(script, LUC);
    await submitForm(script);
    const until = says('lundi 31 août 2026', 'Monday 31 August 2026');
    for (const line of register.done(EMAIL, 'Bibliothèque universitaire centrale du Mirail', until))
      expect(await kiosk.flat()).toContain(line);
    expect(kiosk.output()).not.toContain('Secret');
    expect(await records()).toBe(1);
    const letters = await script.database.sql<{ kind: string }>('select kind from letters');
    expect(letters).toEqual([{ kind: 'registered-already' }]);
  });
});
