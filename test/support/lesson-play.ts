import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { letterGoesOn, lessonLines, lessonRows } from '../../source/console/lessons/shown.ts';
import { widthOf } from '../../source/language/fit.ts';
import type { Language } from '../../source/language/index.ts';
import { shippedLesson } from '../../source/training/lessons/index.ts';
import type { Lesson } from '../../source/training/lessons/index.ts';
import { sitIn } from './console-driver.ts';
import type { DeskDriver, DeskOptions } from './console-driver.ts';
import { checkScreen } from './desk-script.ts';
import { lessonHouse, lessonOf, shippedLessons } from './lesson-desk.ts';

/** The chord that goes on everywhere, as a terminal sends it. */
const ALT_RIGHT = '\u001B[1;3C';
/** No lesson has so many steps, told and read ones included. */
const MOST_PRESSES = 90;

/** A lesson on a console of its own, in the language of the run. */
export type Played = { readonly lesson: Lesson; readonly desk: DeskDriver; leave(): Promise<void> };

/** Opens the console in a lesson: one that ships, by its name, or one in a text. */
export async function sitInLesson(
  file: string | { readonly text: string },
  language: Language,
  options: DeskOptions = {},
): Promise<Played> {
  const shipped = typeof file === 'string' ? shippedLesson(`${file}.yaml`) : undefined;
  const given = typeof file === 'string' ? shipped : { ...file, name: 'lesson.yaml', directory: import.meta.dirname };
  if (!given) throw new Error('there is no such lesson');
  const lesson = await lessonOf(given);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guichet-lesson-'));
  const offline = { folders: [folder], alone: false };
  const desk = await sitIn(lessonHouse(lesson, shippedLessons()), { language, offline, ...options }, lesson.clock);
  return {
    lesson,
    desk,
    async leave() {
      await desk.leave();
      await lesson.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Presses the key that goes on from here: the letter, or where one types the chord. */
export async function goOn({ desk }: Pick<Played, 'desk'>): Promise<void> {
  await desk.bytes(letterGoesOn(desk.state()) ? 'n' : ALT_RIGHT);
}

/** The screen is whole: the frame, the answer, the keys, and all that the lesson says. */
export async function checkLessonScreen({ desk }: Pick<Played, 'desk'>): Promise<void> {
  const state = desk.state();
  const screen = await desk.screen();
  const isAsked = state.prompt !== null || state.form !== null;
  checkScreen(screen, isAsked || state.screen === 'sign-in' || state.screen === 'choose-desk');
  const shown = lessonLines(state);
  const rows = lessonRows(state);
  if (!shown) return;
  const pane = screen.slice(22 - rows, 22).map((row) => row.trim());
  expect(pane[0]).toContain(shown.hint);
  for (const line of shown.lines) {
    expect(widthOf(line)).toBeLessThan(79);
    expect(pane).toContain(line.trim());
  }
}

/** Plays a lesson by its one key until it is finished; the screens are whole, nothing goes wrong. */
export async function playThrough(played: Played): Promise<void> {
  const { desk, lesson } = played;
  const wrong: unknown[] = [];
  lesson.listen((event) => {
    if (event.kind === 'wrong') wrong.push(event.turn);
  });
  for (let presses = 0; presses < MOST_PRESSES && desk.state().lesson?.phase !== 'finished'; presses += 1) {
    await goOn(played);
    await checkLessonScreen(played);
    const { phase } = desk.state().lesson ?? {};
    if (wrong.length > 0 || phase === 'stuck')
      throw new Error(`${JSON.stringify([phase, lesson.current(), wrong], null, 2)}\n${await desk.text()}`);
  }
  if (desk.state().lesson?.phase !== 'finished') throw new Error(`it does not end:\n${await desk.text()}`);
  expect(lesson.current()).toBeNull();
  expect(desk.errors).toEqual([]);
}
