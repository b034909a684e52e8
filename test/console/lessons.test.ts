import { afterEach, describe, expect, it } from 'vitest';
import type { CommandName } from '../../source/console/keymap.ts';
import { KEYMAP, keysOf } from '../../source/console/keymap.ts';
import type { KioskWish } from '../../source/console/contract.ts';
import { bytesOf } from '../../source/console/lessons/typing/index.ts';
import type { Language } from '../../source/language/index.ts';
import { sitIn } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { lessonHouse, lessonOf, shippedLessons, TRAINING } from '../support/lesson-desk.ts';
import { checkLessonScreen, goOn, sitInLesson } from '../support/lesson-play.ts';
import type { Played } from '../support/lesson-play.ts';
import { deskRuns, deskScript } from '../support/desk-script.ts';

const LANGUAGES = ['fr', 'en'] as const;

/** Three steps and three weeks between: enough to go wrong in. */
const TEXT = `
title: {fr: Un prêt rendu en retard, en: A late return}
lesson:
  manual: T.1
  chapter: 1
  order: 1
  page: {fr: Essai, en: Trial}
  learn: {fr: Un retard, en: Being late}
  situation: {fr: Ana est devant vous., en: Ana stands before you.}
rules: [RET-02]
network: toulouse
at: 2026-06-01T10:00
desk: sci/PRET
patrons: [{id: '9921000000164', name: Martin, firstName: Ana, group: L}, {id: '9921000000245', name: Durand, group: L}]
items: [{barcode: '37000034179', title: Algèbre, location: sci/63S}, {barcode: '37000034180', title: Optique, location: sci/63S}]
steps:
  - lend: {patron: '9921000000164', item: '37000034179'}
    expect: {outcome: lent}
    say: {fr: 'Prêtez 37000034179 à 9921000000164.', en: 'Lend 37000034179 to 9921000000164.'}
    then: {fr: 'Trois semaines.', en: 'Three weeks.'}
  - advance: 2026-06-30T11:00
    say: {fr: 'Quatre semaines plus tard…', en: 'Four weeks later…'}
  - return: {item: '37000034179'}
    expect: {outcome: returned, daysLate: 8}
    say: {fr: '{returns}, puis 37000034179.', en: '{returns}, then 37000034179.'}
    then: {fr: 'Suspendue.', en: 'Suspended.'}
`;

/** Presses commands by their first keys. */
const press = async (desk: DeskDriver, language: Language, ...commands: CommandName[]): Promise<void> => {
  for (const command of commands) {
    const chord = keysOf(KEYMAP, command, language).find((one) => one.length > 1) ?? '';
    await desk.bytes(bytesOf({ kind: 'key', chord }));
  }
};

describe.each(LANGUAGES)('a lesson in the console (%s)', (language) => {
  let played: Played | undefined;
  const says = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const begin = async (options: Parameters<typeof sitInLesson>[2] = {}): Promise<Played> => {
    played = await sitInLesson({ text: TEXT }, language, options);
    return played;
  };
  afterEach(async () => {
    const { desk } = played ?? {};
    await played?.leave();
    expect(desk?.errors ?? []).toEqual([]);
    played = undefined;
  });

  it('tells the situation, then what is to be done, with the keys of the reader', async () => {
    const { desk } = await begin();
    const first = await desk.text();
    expect(first).toContain(says('Ana est devant vous.', 'Ana stands before you.'));
    expect(first).toContain(says('FORMATION · LEÇON T.1', 'TRAINING · LESSON T.1'));
    await goOn({ desk });
    expect(await desk.text()).toContain(says('Prêtez 37000034179', 'Lend 37000034179'));
    expect(await desk.text()).toContain(says('étape 1/3', 'step 1/3'));
    await checkLessonScreen({ desk });
  });

  it('TUI-04 is whole at 60×9 too, in one row', async () => {
    const { desk } = await begin({ columns: 60, rows: 9 });
    await goOn({ desk });
    const screen = await desk.screen();
    expect(screen).toHaveLength(9);
    expect(screen[8]).toContain(says('1/3 Prêtez 37000034179', '1/3 Lend 37000034179'));
    expect(screen[8]).toContain(says('n le faire pour moi', 'n do it for me'));
    await desk.scan('9921000000164', '37000034179');
    expect(desk.state().lesson?.phase).toBe('then');
    expect((await desk.screen())[8]).toContain(says('Trois semaines', 'Three weeks'));
  });

  it('a different way to the same result counts: names and cursor instead of the card, typing instead of a scan', async () => {
    const { desk } = await begin();
    await goOn({ desk });
    await desk.type('martin');
    await desk.press('Down', 'Enter');
    expect(desk.state().record?.pane.patron.lastName).toBe('Martin');
    await desk.type('37000034179');
    await desk.press('Enter');
    expect(desk.state().lesson?.phase).toBe('then');
    expect(desk.state().lesson?.turn).toBeNull();
  });

  it('a time jump is announced, and the nights between are really run', async () => {
    const { desk, lesson } = await begin();
    await goOn({ desk });
    await goOn({ desk });
    await goOn({ desk });
    expect(await desk.text()).toContain(says('Quatre semaines plus tard', 'Four weeks later'));
    expect(desk.state().record?.pane.loans).toBe(1);
    await goOn({ desk });
    expect(desk.state().now).toBe(Date.parse('2026-06-30T09:00:00Z'));
    expect((await desk.screen())[0]).toContain(says('30 juin 11:00', '30 June 11:00'));
    // The desk was left alone for weeks: nobody's record is open any more (TAB-08).
    expect(desk.state().record).toBeNull();
    expect(await desk.text()).toContain(says('F3, puis 37000034179', 'F3, then 37000034179'));
    await goOn({ desk });
    expect(desk.state().lesson?.phase).toBe('then');
    await goOn({ desk });
    expect(desk.state().lesson?.phase).toBe('finished');
    expect(lesson.drift()).toEqual([]);
  });

  it('a wrong turn is explained, and taken back as if it had not been', async () => {
    const { desk } = await begin();
    await goOn({ desk });
    await desk.scan('9921000000245', '37000034179');
    expect(desk.state().lesson?.phase).toBe('wrong');
    expect(await desk.text()).toContain(says("mais pas pour l'usager", 'but not for the patron'));
    await checkLessonScreen({ desk });
    await press(desk, language, 'lesson-back');
    expect(desk.state().record).toBeNull();
    expect(await desk.answer()).toContain(says('Repris', 'Taken back'));
    expect(await desk.text()).toContain(says('Prêtez 37000034179', 'Lend 37000034179'));
    await desk.scan('9921000000164', '37000034179');
    expect(desk.state().lesson?.phase).toBe('then');
  });

  it('a wrong turn at a question is taken back too', async () => {
    const { desk } = await begin();
    await goOn({ desk });
    await desk.scan('9921000000164', '37000034180');
    expect(desk.state().lesson?.phase).toBe('wrong');
    await press(desk, language, 'delete-loan');
    expect(desk.state().prompt).not.toBeNull();
    await press(desk, language, 'lesson-back');
    expect(desk.state().prompt).toBeNull();
    expect(desk.state().record).toBeNull();
    expect(desk.state().lesson).toMatchObject({ phase: 'do', at: 1 });
  });

  it('what it types may come letter by letter, and the keys are shown to an audience', async () => {
    const { desk } = await begin();
    await press(desk, language, 'show-keys', 'slow-motion');
    await goOn({ desk });
    await goOn({ desk });
    expect(desk.state().lesson?.phase).toBe('then');
    expect(desk.state().shownKeys).toContain('[37000034179]');
    expect((await desk.screen())[5]).toContain('[37000034179]');
    await checkLessonScreen({ desk });
    await press(desk, language, 'show-keys');
    expect(desk.state().shownKeys).toBeNull();
  });

  it('a step that it cannot type from here may be skipped: the lesson does it itself', async () => {
    const { desk, lesson } = await begin();
    await goOn({ desk });
    await press(desk, language, 'lesson-skip');
    expect(lesson.current()?.kind).toBe('told');
    expect(await desk.answer()).toContain(says('elle-même', 'itself'));
  });

  it('begins again from the start', async () => {
    const { desk } = await begin();
    await goOn({ desk });
    await goOn({ desk });
    await press(desk, language, 'lesson-again');
    expect(desk.state().record).toBeNull();
    expect(desk.state().lesson).toMatchObject({ phase: 'situation', at: 1 });
    await goOn({ desk });
    await goOn({ desk });
    expect(desk.state().lesson?.phase).toBe('then');
  });

  it('what is remembered in a lesson is forgotten with it', async () => {
    const preferences = new Map<string, unknown>([['silent sci/PRET', true]]);
    const { desk } = await begin({ preferences });
    await press(desk, language, 'bell');
    expect([...preferences.keys()]).toEqual(['silent sci/PRET']);
  });
});

describe.each(deskRuns.filter((one) => one.name === 'SQLite'))('lessons of a training copy ($language)', (run) => {
  const script = deskScript(run);
  const sit = async (): Promise<DeskDriver> => script.sit({ training: TRAINING, lessons: shippedLessons() });

  it('the list has them by chapter with what one learns and the rules; typing searches, Enter begins, leaving comes back', async () => {
    const desk = await sit();
    await press(desk, run.language, 'lessons');
    expect(await script.flat()).toContain(script.says('LEÇONS', 'LESSONS'));
    expect(await script.flat()).toContain(script.says('PREMIERS PAS', 'FIRST STEPS'));
    await desk.type('pat-01 tab-07');
    // What is found is chosen: the lesson, not its heading.
    expect(await script.chosen()).toContain('0.1');
    expect(await script.flat()).toContain(script.says('prêter deux livres', 'lend two books'));
    await desk.press('Enter');
    expect(desk.state().lesson).toMatchObject({ number: '0.1', phase: 'situation' });
    expect(desk.state().staff?.name).toBe('bib');
    for (let presses = 0; presses < 20 && desk.state().lesson?.phase !== 'finished'; presses += 1) await goOn({ desk });
    expect(desk.state().lesson?.phase).toBe('finished');
    // The next key leaves it for the list, at the lesson after it; what was done is marked.
    await goOn({ desk });
    expect(desk.state().lesson).toBeNull();
    expect(await script.flat()).toContain('✓ 0.1');
    await desk.press('Escape');
    expect(desk.state()).toMatchObject({ screen: 'identify', lesson: null, place: { library: 'sci' } });
  });

  it('a lesson is left in the middle, and another is begun from inside', async () => {
    const desk = await sit();
    await press(desk, run.language, 'lessons');
    await desk.type('pat-01 tab-07');
    await desk.press('Down', 'Enter');
    await goOn({ desk });
    await desk.scan('9921000000164');
    await press(desk, run.language, 'lessons');
    await desk.type('tui-01 loan-09');
    await desk.press('Down', 'Enter');
    expect(desk.state()).toMatchObject({ lesson: { number: '0.3' }, record: null });
    await press(desk, run.language, 'lesson-leave');
    expect(desk.state()).toMatchObject({ lesson: null, screen: 'identify', staff: { name: 'bib' } });
  });

  it('a lesson of the patrons ends the console, which says what it wants and who sits where', async () => {
    const wishes: KioskWish[] = [];
    const lessons = { ...shippedLessons(), wish: (one: KioskWish) => void wishes.push(one) };
    const desk = await script.sit({ training: TRAINING, lessons });
    await press(desk, run.language, 'lessons');
    await desk.type('iii.2.4');
    await desk.press('Down');
    expect(await script.chosen()).toContain('III.2.4');
    // There is no screen to be looked at any more.
    desk.press('Enter').catch(() => undefined);
    expect(await desk.ended).toBe(0);
    const signedIn = { staff: { name: 'bib' }, place: { library: 'sci', code: 'PRET' } };
    expect(wishes).toMatchObject([{ latest: 'own-renewals.yaml', finished: [], language: run.language, signedIn }]);
  });

  it('without the program around it, it says the command that opens a lesson of the patrons', async () => {
    const desk = await sit();
    await press(desk, run.language, 'lessons');
    await desk.type('iii.2.4');
    await desk.press('Down', 'Enter');
    expect(await script.flat()).toContain('guichet demo --scenario own-renewals');
  });

  it('goes on with the list after such a lesson: it is marked, and the next one is chosen', async () => {
    const resumes = { finished: ['own-renewals.yaml'], latest: 'own-renewals.yaml' };
    const desk = await script.sit({ training: TRAINING, lessons: shippedLessons(), resumes });
    expect(desk.state()).toMatchObject({ staff: { name: 'bib' }, place: { library: 'sci' } });
    expect(await script.chosen()).toContain('IV.1');
    await desk.press('Up', 'Up');
    expect(await script.flat()).toContain('✓ III.2.4');
    await desk.press('Escape');
    expect(desk.state().screen).toBe('identify');
  });

  it('opens from the sign-in screen, which says so', async () => {
    const desk = await sit();
    await press(desk, run.language, 'sign-out');
    expect(await script.flat()).toContain(script.says('ouvre les leçons', 'opens the lessons'));
    await press(desk, run.language, 'lessons');
    await desk.type('pat-01 tab-07');
    await desk.press('Down', 'Enter');
    expect(desk.state().lesson?.number).toBe('0.1');
    await press(desk, run.language, 'lesson-leave');
    expect(desk.state()).toMatchObject({ lesson: null, screen: 'sign-in', staff: null });
  });

  it('a working desk has none of it', async () => {
    const desk = await script.sit();
    await press(desk, run.language, 'lessons', 'show-keys', 'set-clock');
    expect(desk.state()).toMatchObject({ screen: 'identify', shownKeys: null, form: null });
    await press(desk, run.language, 'help');
    expect(await script.flat()).not.toContain(script.says('copie de formation', 'training copy'));
  });
});

it('a text that is no lesson of the list is followed all the same', async () => {
  const lesson = await lessonOf({
    text: TEXT.replace(/^lesson:\n(?: .*\n)+/mu, '').replace(/^ +(?:say|then):.*\n/gmu, ''),
    name: 'plain.yaml',
    directory: import.meta.dirname,
  });
  const desk = await sitIn(lessonHouse(lesson), { language: 'en' }, lesson.clock);
  expect(await desk.text()).toContain('37000034179');
  for (let presses = 0; presses < 9 && desk.state().lesson?.phase !== 'finished'; presses += 1) await goOn({ desk });
  expect(desk.state().lesson?.phase).toBe('finished');
  await desk.leave();
  await lesson.close();
});
