import { describe, expect, it } from 'vitest';
import { setTimerAfterInput } from '../../../source/console/keyboard/timers.ts';
import type { SetTimer } from '../../../source/console/keyboard/timers.ts';
import { createHandClock } from '../hand-clock.ts';
import { fieldOf, fill, formOf, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const [OLD, NEW, OTHER] = ['299900000001', '299900001234', '299900001235'] as const;

/** A clock that a test moves, but for the moments that tell a key from a scan. */
const clockByHand = () => {
  const hand = createHandClock();
  const setTimer: SetTimer = (milliseconds, callback) =>
    (milliseconds < 1000 ? setTimerAfterInput : hand.setTimer)(milliseconds, callback);
  return { ...hand, setTimer };
};

describe.each(deskRuns)('registration: duplicates, scans, idle desks, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      await scene.patron({
        id: OLD,
        lastName: 'Martin',
        firstName: 'Ana',
        birthDay: '1990-04-02',
        group: 'AUT',
        email: 'ana@example.org',
      });
      await scene.patron({ id: '299900000002', lastName: 'Martin', firstName: 'Anna', email: 'famille@example.org' });
      await scene.items({ barcode: 'B1000', title: 'Algèbre linéaire' });
    },
  });
  const { says, words } = script;
  const { records } = words.console;
  const openForm = async (): Promise<void> => script.desk.press('Alt+7', 'Enter');
  const ANA = { lastName: 'MARTIN', firstName: 'Ana', birthDay: '02/04/1990', identifier: NEW, noEmail: true };

  it('USR-05 somebody of that name and birth date is shown before anything is saved: back, theirs, or a new record', async () => {
    const { desk } = script;
    await openForm();
    await fill(desk, ANA);
    await desk.press('Ctrl+S');
    expect(await script.flat()).toContain(
      says(
        `MARTIN Ana · ${OLD} · 02/04/1990 · AUT (mêmes nom et naissance, interne)`,
        `MARTIN Ana · ${OLD} · 02/04/1990 · AUT (same name and birth date, internal)`,
      ),
    );
    expect(await desk.text()).toContain(
      says(
        'N Nouveau dossier   O Ouvrir ce dossier   R Revenir à la saisie',
        'N New record   O Open that record   B Back to the form',
      ),
    );
    await script.answers('answer-back');
    expect(fieldOf(desk, 'birthDay').value).toBe('02/04/1990');
    await fill(desk, { birthDay: '02/04/1991' });
    await fill(desk, { birthDay: '02/04/1990' });
    await desk.press('Ctrl+S');
    await script.answers('answer-open');
    expect((await desk.screen())[2]).toContain(`MARTIN Ana   ${OLD}`);
    expect(await script.database.sql('select id from patrons')).toHaveLength(2);
    // The same again, and a new record all the same.
    await openForm();
    await fill(desk, ANA);
    await desk.press('Ctrl+S');
    await script.answers('answer-new');
    expect((await desk.screen())[2]).toContain(`MARTIN Ana   ${NEW}`);
    expect(await script.database.sql('select id from patrons')).toHaveLength(3);
  });

  it('USR-05 of several who look the same, one is chosen from a list; an identifier that is taken is never passed over', async () => {
    const { desk } = script;
    await openForm();
    const { noEmail: _, ...named } = ANA;
    await fill(desk, { ...named, email: 'famille@example.org' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.duplicates(2));
    await script.answers('answer-open');
    expect(await script.rows()).toHaveLength(2);
    expect(await desk.text()).toContain(records.duplicateBecause.email);
    while (!(await script.chosen()).includes('Anna')) await desk.press('Down');
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Anna');
    await openForm();
    await fill(desk, { lastName: 'BRUN', identifier: OLD, noEmail: true });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(`! ${records.refused.IDENTIFIER_TAKEN('')} MARTIN Ana`);
    expect(await script.chosen()).toContain(`! ${OLD}_`);
    await desk.press('Escape');
  });

  it('TUI-02 the card is scanned into its field, Enter never saves, and a scan elsewhere waits in view until the form is done', async () => {
    const { desk } = script;
    await openForm();
    await goTo(desk, 'identifier');
    await desk.scan(NEW);
    expect(await script.chosen()).toContain(`${NEW}_`);
    expect(desk.state().form).not.toBeNull();
    await desk.press('Enter', 'Enter');
    await fill(desk, { lastName: 'BRUN' });
    // A book is laid on the scanner too early: it becomes no part of the form.
    await desk.scan('B1000');
    expect(fieldOf(desk, 'lastName').value).toBe('BRUN');
    expect(await desk.text()).toContain(`${words.console.prompt.waiting(1)}B1000`);
    await goTo(desk, 'identifier');
    await desk.scan(OTHER);
    expect(fieldOf(desk, 'identifier').value).toBe(NEW);
    await fill(desk, { noEmail: true });
    for (let times = 0; times < formOf(desk).fields.length; times += 1) await desk.press('Enter');
    expect(await script.database.sql('select id from patrons')).toHaveLength(2);
    await desk.press('Ctrl+S');
    // What waited is done for the new record, in its order: the book is lent, the other card is nobody's.
    expect((await desk.screen())[2]).toContain(`BRUN   ${NEW}`);
    expect(await desk.text()).toMatch(/Algèbre linéaire +B1000/);
    expect(await desk.answer()).toBe(words.console.unknownBarcode.newCard(OTHER, 'Alt+7'));
  });

  it('TAB-08 a half-typed registration is kept when the desk is left alone, says so, and is offered at the next one', async () => {
    const clock = clockByHand();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    await openForm();
    await fill(desk, { lastName: 'DURAND', firstName: 'Luc', expiry: '+6m', purge: '31/12/2027' });
    clock.advance(10 * 60_000 + 1000);
    await desk.idle();
    expect(desk.state().form).toBeNull();
    const title = records.registering(says('Lecteur autorisé', 'Authorised reader'));
    expect(await desk.answer()).toBe(records.registrationKept(title, 'Alt+7'));
    clock.advance(3000);
    await desk.press('Alt+7');
    expect(await script.flat()).toContain(records.resume(title, 'DURAND Luc'));
    await script.answers('answer-yes');
    expect(fieldOf(desk, 'lastName').value).toBe('DURAND');
    expect(fieldOf(desk, 'expiry').value).toBe('+6m');
    // What was typed as purge date stays typed.
    await fill(desk, { expiry: '+3m' });
    expect(fieldOf(desk, 'purge').value).toBe('31/12/2027');
    await fill(desk, { identifier: NEW, noEmail: true });
    await desk.press('Ctrl+S');
    expect(await recordOf(script.scene, NEW)).toMatchObject({ expiry: '2026-09-01', purge: '2027-12-31' });
    // Nothing of it is left for the next person.
    await desk.press('F8', 'Alt+7', 'Enter');
    expect(fieldOf(desk, 'lastName').value).toBe('');
    expect(fieldOf(desk, 'purge').value).toBe('01/09/2027');
  });

  it('TAB-08 a kept registration is left aside for somebody else', async () => {
    const clock = clockByHand();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    await openForm();
    await fill(desk, { lastName: 'DURAND' });
    clock.advance(10 * 60_000 + 1000);
    await desk.idle();
    clock.advance(3000);
    await desk.scan(OTHER);
    await desk.press('Alt+7');
    await script.answers('answer-new');
    expect(await desk.text()).toContain(records.chooseProfile(OTHER));
    await desk.press('Enter');
    expect(fieldOf(desk, 'lastName').value).toBe('');
    expect(fieldOf(desk, 'identifier').value).toBe(OTHER);
    await desk.press('Escape', 'Alt+7');
    expect(desk.state().prompt).toBeNull();
  });

  it('USR-03 DESK-02 a student assistant registers nobody, and is told so before anything is typed', async () => {
    const { scene } = script;
    const assistant = await scene.staff('moniteur', 'limited-operator');
    const desk = await script.sit({ seat: seatAt(assistant, 'sci/PRET') });
    await openForm();
    expect(desk.state().form).toBeNull();
    expect(await desk.answer()).toBe(words.console.refusal.notPermitted);
  });
});
