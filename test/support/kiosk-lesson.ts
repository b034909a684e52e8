import { expect } from 'vitest';
import type { KioskHouse } from '../../source/console/kiosk/contract.ts';
import { guideLines, guideRows, letterGoesOn } from '../../source/console/kiosk/lesson/shown.ts';
import { widthOf } from '../../source/language/fit.ts';
import type { Language } from '../../source/language/index.ts';
import { shippedLesson } from '../../source/training/lessons/index.ts';
import type { Lesson } from '../../source/training/lessons/index.ts';
import { checkKiosk, standAt } from './kiosk-driver.ts';
import type { KioskDriver, KioskSetting } from './kiosk-driver.ts';
import type { Scene } from './house.ts';
import { lessonOf } from './lesson-desk.ts';

/** The chord that goes on everywhere, as a terminal sends it. */
const ALT_RIGHT = '\u001B[1;3C';
/** No lesson has so many steps, told and read ones included. */
const MOST_PRESSES = 90;

/** A lesson on a terminal of the patrons, in the language of the run. */
export type StoodAt = { readonly lesson: Lesson; readonly kiosk: KioskDriver; leave(): Promise<void> };

/** Opens the patrons' terminal in a lesson: one that ships, by its name, or one in a text. */
export async function standInLesson(
  file: string | { readonly text: string },
  language: Language,
  options: KioskSetting & { readonly fromList?: boolean } = {},
): Promise<StoodAt> {
  const shipped = typeof file === 'string' ? shippedLesson(`${file}.yaml`) : undefined;
  const given = typeof file === 'string' ? shipped : { ...file, name: 'lesson.yaml', directory: import.meta.dirname };
  if (!given) throw new Error('there is no such lesson');
  const lesson = await lessonOf(given);
  const { perform, clock } = lesson;
  const { members: directory, seat } = lesson.kiosk;
  const house: KioskHouse = {
    perform,
    clock,
    directory,
    ...seat(),
    training: true,
    lesson,
    fromList: options.fromList ?? false,
  };
  const scene = { perform, now: clock } as unknown as Scene;
  const kiosk = await standAt(scene, { language, ...options, open: async () => house });
  return {
    lesson,
    kiosk,
    async leave() {
      await kiosk.leave();
      await lesson.close();
    },
  };
}

/** Presses the key that goes on from here: the letter, or where one types the chord. */
export async function goOn({ kiosk }: Pick<StoodAt, 'kiosk'>): Promise<void> {
  await kiosk.bytes(letterGoesOn(kiosk.state()) ? 'n' : ALT_RIGHT);
}

/** The screen is whole: the frame, the keys, and all that the lesson says. */
export async function checkGuide({ kiosk }: Pick<StoodAt, 'kiosk'>): Promise<void> {
  const state = kiosk.state();
  const screen = await kiosk.screen();
  checkKiosk(screen);
  const shown = guideLines(state);
  const rows = guideRows(state);
  if (!shown) throw new Error('no lesson is shown');
  const pane = screen.slice(22 - rows, 22).map((row) => row.trim());
  expect(pane[0]).toContain(shown.hint);
  for (const line of shown.lines) {
    expect(line).not.toMatch(/[{}]/u);
    expect(widthOf(line)).toBeLessThan(79);
    expect(pane).toContain(line.trim());
  }
}

/** Plays a lesson by its one key until it is finished; the screens are whole, nothing goes wrong. */
export async function playAtKiosk(stood: StoodAt): Promise<void> {
  const { kiosk, lesson } = stood;
  const wrong: unknown[] = [];
  lesson.listen((event) => {
    if (event.kind === 'wrong') wrong.push(event.turn);
  });
  for (let presses = 0; presses < MOST_PRESSES && kiosk.state().lesson?.phase !== 'finished'; presses += 1) {
    await goOn(stood);
    await checkGuide(stood);
    const { phase } = kiosk.state().lesson ?? {};
    if (wrong.length > 0 || phase === 'stuck')
      throw new Error(`${JSON.stringify([phase, lesson.current(), wrong], null, 2)}\n${await kiosk.text()}`);
  }
  if (kiosk.state().lesson?.phase !== 'finished') throw new Error(`it does not end:\n${await kiosk.text()}`);
  expect(lesson.current()).toBeNull();
  expect(lesson.drift()).toEqual([]);
  expect(kiosk.errors).toEqual([]);
}
