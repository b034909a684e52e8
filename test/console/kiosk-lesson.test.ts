import { afterEach, describe, expect, it } from 'vitest';
import { LESSON_KEYS } from '../../source/console/kiosk/lesson/shown.ts';
import { bytesOf } from '../../source/console/guide/strokes.ts';
import { setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import type { SetTimer } from '../../source/console/keyboard/timers.ts';
import { checkGuide, goOn, standInLesson } from '../support/kiosk-lesson.ts';
import type { StoodAt } from '../support/kiosk-lesson.ts';

/** Two loans, one of which is to be renewed, and a week between: enough to go wrong in. */
const TEXT = `
title: {fr: Prolonger, en: Renewing}
lesson:
  manual: T.2
  chapter: 3
  order: 99
  page: {fr: Essai, en: Trial}
  learn: {fr: Prolonger, en: Renewing}
  situation: {fr: Ana est au poste., en: Ana is at the terminal.}
  place: kiosk
rules: [KIO-03]
network: toulouse
at: 2026-06-01T10:00
desk: MAN/PRET
patrons: [{id: '299900001234', name: Martin, firstName: Ana, group: AUT-UT1, password: Abricot-7, email: ana@example.org}]
items: [{barcode: '37000034179', title: Droit, location: MAN/SAL}, {barcode: '37000034180', title: Fiscalité, location: MAN/SAL}]
steps:
  - lend: {patron: '299900001234', item: '37000034179'}
  - lend: {patron: '299900001234', item: '37000034180'}
  - done: {patron: '299900001234'}
  - at: 2026-06-08T18:00
  - sign-in: {id: '299900001234', password: Abricot-7}
    expect: {outcome: signed-in}
    say: {fr: Identifiez-vous., en: Sign in.}
    then: {fr: Ana est là., en: Ana is there.}
  - renew: {patron: '299900001234', item: '37000034180', at: kiosk}
    expect: {outcome: renewed, due: 2026-06-22}
    say: {fr: 'Prolongez Fiscalité.', en: 'Renew Fiscalité.'}
    then: {fr: Prolongé., en: Renewed.}
  - at: 2026-06-09T18:00
    say: {fr: Le lendemain., en: The next day.}
  - account: {patron: '299900001234'}
    expect: {loans: [{title: Droit}, {title: Fiscalité}]}
    say: {fr: Regardez vos prêts., en: Look at your loans.}
`;

describe.each(['fr', 'en'] as const)('a lesson at a terminal of the patrons (%s)', (language) => {
  let stood: StoodAt | undefined;
  const says = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const begin = async (options: Parameters<typeof standInLesson>[2] = {}): Promise<StoodAt> => {
    stood = await standInLesson({ text: TEXT }, language, options);
    return stood;
  };
  const press = async ({ kiosk }: StoodAt, key: keyof typeof LESSON_KEYS): Promise<void> =>
    kiosk.bytes(bytesOf({ kind: 'key', chord: LESSON_KEYS[key] }));
  const signIn = async ({ kiosk }: StoodAt): Promise<void> => {
    await kiosk.type(language === 'fr' ? '1' : '2');
    await kiosk.type('2');
    await kiosk.type('2');
    await kiosk.type('299900001234');
    await kiosk.press('Enter');
    await kiosk.type('Abricot-7');
    await kiosk.press('Enter');
  };
  const phase = ({ kiosk }: StoodAt) => kiosk.state().lesson?.phase;

  afterEach(async () => {
    const { kiosk } = stood ?? {};
    await stood?.leave();
    expect(kiosk?.errors ?? []).toEqual([]);
    stood = undefined;
  });

  it('tells the situation, then what is to be done; the header says that nothing counts here', async () => {
    const at = await begin();
    const first = await at.kiosk.text();
    expect(first).toContain(says('Ana est au poste.', 'Ana is at the terminal.'));
    expect(first).toContain(says('FORMATION · LEÇON T.2', 'TRAINING · LESSON T.2'));
    await goOn(at);
    expect(await at.kiosk.text()).toContain(says('Identifiez-vous.', 'Sign in.'));
    expect(await at.kiosk.text()).toContain(says('étape 1/4', 'step 1/4'));
    await checkGuide(at);
  });

  it('counts what is done by hand, and goes on reading with the next key', async () => {
    const at = await begin();
    await goOn(at);
    await signIn(at);
    expect(phase(at)).toBe('then');
    expect(await at.kiosk.text()).toContain(says('Ana est là.', 'Ana is there.'));
    await at.kiosk.press('Down');
    expect(phase(at)).toBe('do');
    expect(await at.kiosk.text()).toContain(says('Prolongez Fiscalité.', 'Renew Fiscalité.'));
    // The key has done its own work too: one stands on the second line of the account.
    await at.kiosk.press('Up', 'Enter', 'Down');
    await at.kiosk.type(language === 'fr' ? 'p' : 'r');
    expect(phase(at)).toBe('then');
    await checkGuide(at);
  });

  it('explains a wrong turn, and takes it back: the reader is still there, and nothing has been', async () => {
    const at = await begin();
    await goOn(at);
    await signIn(at);
    await at.kiosk.press('Enter');
    await at.kiosk.type(language === 'fr' ? 't' : 'a');
    expect(phase(at)).toBe('wrong');
    expect(await at.kiosk.flat()).toContain(says("C'est le bon geste", 'The right thing'));
    await checkGuide(at);
    await press(at, 'back');
    expect(phase(at)).toBe('do');
    expect(at.lesson.wrong()).toBeNull();
    expect(at.kiosk.state()).toMatchObject({ who: 'Ana Martin', language });
    expect(await at.kiosk.text()).toContain(says('Repris', 'Taken back'));
    await at.kiosk.press('Enter');
    expect((await at.kiosk.text()).match(new RegExp(says('peut être prolongé', 'can be renewed'), 'gu'))).toHaveLength(
      2,
    );
    await goOn(at);
    expect(phase(at)).toBe('then');
  });

  it('takes back somebody else who has signed in: the first pages are there again', async () => {
    const at = await begin();
    await goOn(at);
    await at.kiosk.type(language === 'fr' ? '1' : '2');
    await at.kiosk.type('2');
    await at.kiosk.type('2');
    await at.kiosk.type('299900001234');
    await at.kiosk.press('Enter');
    await at.kiosk.type('nothing');
    await at.kiosk.press('Enter');
    expect(phase(at)).toBe('wrong');
    await press(at, 'back');
    expect(at.kiosk.state()).toMatchObject({ who: null, language });
    await goOn(at);
    expect(phase(at)).toBe('then');
    expect(at.kiosk.state().who).toBe('Ana Martin');
  });

  it('is not ended by F10, nor by nobody at the keys: the step is done from the first page', async () => {
    const waits: number[] = [];
    const setTimer: SetTimer = (milliseconds, call) => {
      waits.push(milliseconds);
      return setTimerAfterInput(milliseconds, call);
    };
    const at = await begin({ setTimer });
    await goOn(at);
    await signIn(at);
    await at.kiosk.press('F10');
    expect(at.kiosk.state()).toMatchObject({ who: null, language });
    expect(phase(at)).not.toBe('finished');
    await at.kiosk.press('Down');
    await goOn(at);
    expect(phase(at)).toBe('then');
    expect(await at.kiosk.text()).toContain(says('PROLONGÉ', 'RENEWED'));
    // Nothing looks every second whether somebody is there.
    expect(waits).not.toContain(1000);
  });

  it('types an n where one types, and goes on with the chord there', async () => {
    const at = await begin();
    await goOn(at);
    await at.kiosk.type(language === 'fr' ? '1' : '2');
    await at.kiosk.type('2');
    await at.kiosk.type('2');
    await at.kiosk.type('n');
    const { body } = at.kiosk.state().page ?? {};
    expect(body?.kind === 'form' && body.form.fields[0]?.value).toBe('n');
    await checkGuide(at);
    await press(at, 'next');
    expect(phase(at)).toBe('then');
  });

  it('tells of the time that goes by, which ends the session as it would have ended by itself', async () => {
    const at = await begin();
    for (let presses = 0; presses < 6 && phase(at) !== 'told'; presses += 1) await goOn(at);
    expect(await at.kiosk.text()).toContain(says('Le lendemain.', 'The next day.'));
    expect(at.kiosk.state().who).toBe('Ana Martin');
    await goOn(at);
    expect(at.kiosk.state()).toMatchObject({ who: null, language });
    expect(await at.kiosk.text()).toContain(says('9 juin', '9 June'));
    await goOn(at);
    expect(phase(at)).toBe('finished');
    expect(at.lesson.drift()).toEqual([]);
  });

  it('is begun again, skips a step, and is left', async () => {
    const at = await begin();
    await goOn(at);
    await goOn(at);
    await press(at, 'skip');
    expect(at.lesson.position().at).toBe(3);
    await press(at, 'again');
    expect(phase(at)).toBe('situation');
    expect(at.kiosk.state().who).toBeNull();
    expect(at.lesson.position().at).toBe(1);
    await goOn(at);
    await goOn(at);
    expect(phase(at)).toBe('then');
    at.kiosk.write(bytesOf({ kind: 'key', chord: LESSON_KEYS.leave }));
    expect(await at.kiosk.ended).toBe(0);
  });

  it('ends with the next key when it is finished', async () => {
    const at = await begin({ fromList: true });
    for (let presses = 0; presses < 20 && phase(at) !== 'finished'; presses += 1) await goOn(at);
    expect(await at.kiosk.text()).toContain(says('leçon suivante', 'next lesson'));
    at.kiosk.write('n');
    expect(await at.kiosk.ended).toBe(0);
  });

  it('TUI-04 is whole at 60×11 too, in one row', async () => {
    const at = await begin({ columns: 60, rows: 11 });
    await goOn(at);
    const screen = await at.kiosk.screen();
    expect(screen[8]).toContain(says('1/4 Identifiez-vous.', '1/4 Sign in.'));
    expect(screen[9]).toBe('─'.repeat(60));
  });
});

describe('the code of a letter', () => {
  it('KIO-02 is told where it is needed, and is another one when the scene was made anew', async () => {
    const stood = await standInLesson('forgotten-password-at-a-kiosk', 'en');
    try {
      for (let presses = 0; presses < 6 && stood.kiosk.state().lesson?.code === null; presses += 1) await goOn(stood);
      const { code } = stood.kiosk.state().lesson ?? {};
      expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/u);
      await goOn(stood);
      expect(await stood.kiosk.flat()).toContain(`the code ${code}`);
      await stood.kiosk.bytes(bytesOf({ kind: 'key', chord: LESSON_KEYS.back }));
      const again = stood.kiosk.state().lesson?.code;
      expect(again).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/u);
      expect(again).not.toBe(code);
      await goOn(stood);
      expect(stood.kiosk.state().lesson?.phase).toBe('then');
      expect(stood.kiosk.errors).toEqual([]);
    } finally {
      await stood.leave();
    }
  });
});
