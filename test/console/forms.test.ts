import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../support/desk-script.ts';
import { setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import type { SetTimer } from '../../source/console/keyboard/timers.ts';
import { createHandClock } from './hand-clock.ts';

const ANA = '9921000000164';

/** A clock that a test moves, but for the moments that tell a key from a scan. */
const clockByHand = () => {
  const hand = createHandClock();
  const setTimer: SetTimer = (milliseconds, callback) =>
    (milliseconds < 1000 ? setTimerAfterInput : hand.setTimer)(milliseconds, callback);
  return { ...hand, setTimer };
};

describe.each(deskRuns)('forms and questions, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Optique' }, { barcode: 'B2000', title: 'Logique' });
    },
  });
  const { words } = script;

  it('TUI-02 Enter goes to the next field and never saves; Tab goes on, Shift+Tab and Up back; Ctrl+S saves', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+N', 'Ctrl+N');
    await desk.type('Carte perdue');
    await desk.press('Enter', 'Enter', 'Enter', 'Enter', 'Enter');
    expect(desk.state().form).not.toBeNull();
    expect(await script.chosen()).toContain(words.console.notes.type);
    await desk.press('Shift+Tab');
    expect(await script.chosen()).toContain('Carte perdue_');
    await desk.press('Home', 'Delete');
    await desk.type('M');
    await desk.press('Tab', 'Up', 'End', 'Backspace', 'Ctrl+S');
    expect(desk.state().form).toBeNull();
    expect(await script.chosen()).toContain('Marte perdu');
  });

  it('TUI-02 a scan never saves a form nor changes a field that asks for none: it waits in view, and is then done', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+N', 'Ctrl+N');
    await desk.type('À voir');
    await desk.scan('B1000');
    expect(desk.state().form).not.toBeNull();
    expect(await desk.text()).toContain(`${words.console.prompt.waiting(1)}B1000`);
    expect(await script.chosen()).toMatch(/À voir_$/);
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
    expect((await desk.screen())[2]).toContain(words.console.patron.notes(1));
  });

  it('TUI-02 a barcode is scanned into the field that asks for one, and saves nothing', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.scan('B1000');
    await desk.press('Alt+M');
    // What stands there is not scanned over: it is emptied first.
    await desk.press('Ctrl+X');
    await desk.scan('37000088888');
    expect(await script.chosen()).toContain('37000088888_');
    expect(desk.state().form).not.toBeNull();
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain('37000088888');
    await desk.press('Alt+M', 'Ctrl+X');
    await desk.scan('B2000');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.form.taken);
    await desk.press('Escape');
    expect(await desk.text()).toContain('37000088888');
  });

  it('TUI-02 a scan over a barcode that stands in a form waits in view, and is done when the form has gone', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.scan('B1000');
    await desk.press('Alt+M');
    await desk.scan('B2000');
    expect(await script.chosen()).toContain('B1000_');
    expect(desk.state().waiting).toEqual(['B2000']);
    await desk.press('Escape');
    expect(desk.state().waiting).toEqual([]);
    expect(await desk.text()).toContain('B2000');
  });

  it('TAB-08 a half-typed form is kept when nobody is there any more, and offered with its record', async () => {
    const clock = clockByHand();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    const later = async (milliseconds: number): Promise<void> => {
      clock.advance(milliseconds);
      await desk.idle();
    };
    await desk.scan(ANA);
    await desk.press('Alt+N', 'Ctrl+N');
    await desk.type('Une longue histoire');
    await later(10 * 60_000 + 1000);
    expect(desk.state().form).toBeNull();
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
    await later(3000);
    await desk.scan(ANA);
    expect(await desk.answer()).toBe(words.console.form.kept(words.console.notes.adding));
    await desk.press('Alt+N', 'Ctrl+N');
    expect(await script.chosen()).toContain('Une longue histoire_');
    await desk.press('Escape');
    await desk.press('Ctrl+N');
    expect(await script.chosen()).not.toContain('Une longue histoire');
    await desk.press('Escape');
  });

  it('USR-10 TUI-02 days as people write them: 30/10/2027, 30/10, 2027-10-30, +10j, +2w; others are refused in place', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+K');
    for (const [typed, day] of [
      ['30/10/2027', '30/10/2027'],
      ['30/10', '30/10/2026'],
      ['15/03', '15/03/2027'],
      ['2027-10-30', '30/10/2027'],
      ['+10j', '11/06/2026'],
      ['+2w', '15/06/2026'],
      ['+1m', '01/07/2026'],
      ['', words.console.patronBlocks.noEnd],
    ] as const) {
      await desk.press('Ctrl+N', 'Down');
      if (typed !== '') await desk.type(typed);
      await desk.press('Ctrl+S');
      expect((await script.rows()).some((one) => one.includes(day))).toBe(true);
    }
    await desk.press('Ctrl+N', 'Down');
    await desk.type('31/02/2027');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.dueDate.bad.slice(0, 30));
    for (let times = 0; times < 10; times += 1) await desk.press('Backspace');
    await desk.type('01/01/2020');
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.patronBlocks.past);
    await desk.press('Escape');
    expect(await script.rows()).toHaveLength(8);
  });

  it('TUI-02 a wrong letter at a question answers nothing, and is forgotten when the right one is pressed', async () => {
    const clock = clockByHand();
    const desk = await script.sit({ seat: script.scene.bib, now: clock.now, setTimer: clock.setTimer });
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+X');
    await desk.type('z');
    expect(await desk.text()).toContain(words.console.prompt.anyAnswer);
    clock.advance(1500);
    await script.answers('answer-yes');
    expect(desk.state().prompt).toBeNull();
    expect(await script.database.sql('select id from loans')).toHaveLength(0);
  });

  it('TUI-06 the language changes while a list that searches is open: its field keeps its own name', async () => {
    const { desk } = script;
    await desk.press('Alt+C', 'Alt+G');
    expect((await desk.screen())[5]).toBe(` ${script.says('Find ›', 'Chercher ›')}`);
    await desk.press('Escape');
    expect((await desk.screen())[5]).toBe(` ${script.says('Card or name ›', 'Carte ou nom ›')}`);
  });
});
