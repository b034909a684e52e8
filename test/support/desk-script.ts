import { afterEach, beforeEach, expect } from 'vitest';
import { KEYMAP, keysOf } from '../../source/console/keymap.ts';
import type { CommandName } from '../../source/console/keymap.ts';
import type { Network } from '../../source/circulation/network.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { widthOf } from '../../source/language/fit.ts';
import { wordsIn } from '../../source/language/index.ts';
import type { Language } from '../../source/language/index.ts';
import type { Words } from '../../source/language/words.ts';
import { sitAt } from './console-driver.ts';
import type { DeskDriver, DeskOptions } from './console-driver.ts';
import { databases } from './databases.ts';
import type { TestDatabase } from './databases.ts';
import { setScene } from './house.ts';
import type { Scene } from './house.ts';

/** Every desk script runs on both databases, in French and in English. */
export const deskRuns = databases.flatMap(({ name, create }) =>
  (['fr', 'en'] as const).map((language) => ({ name, language, create })),
);
export type DeskRun = (typeof deskRuns)[number];

const WIDTH = 80;
const KEY_LINE = 23;

/** What a librarian sees is whole: the frame stands in its place at 80×24, answer and keys are not cut, every scan is answered. */
export function checkScreen(screen: readonly string[], waits: boolean): void {
  const right = (what: string, holds: boolean): void => {
    if (!holds) throw new Error(`${what}:\n${screen.join('\n')}`);
  };
  for (const row of [1, 7, 22]) right(`no rule in row ${row}`, screen[row] === '─'.repeat(WIDTH));
  for (const row of screen) expect(widthOf(row)).toBeLessThanOrEqual(WIDTH);
  const keys = screen[KEY_LINE] ?? '';
  right('the key line is cut', /^ F1 [^…]+ \d+=\d+$/.test(keys));
  if (waits) return;
  const [, read, answered] = /(\d+)=(\d+)$/.exec(keys) ?? [];
  right('the answer is cut', !(screen[6] ?? '').endsWith('…'));
  right('a scan is not answered', answered === read);
}

/** The console of a script, looked at after everything that is done to it. */
function watched(desk: DeskDriver): DeskDriver {
  const look = async (): Promise<void> => {
    const { prompt, form, screen, rows, columns } = desk.state();
    if (rows !== 24 || columns !== WIDTH || screen === 'sign-in') return;
    checkScreen(await desk.screen(), prompt !== null || form !== null);
  };
  return {
    ...desk,
    bytes: async (text) => {
      await desk.bytes(text);
      await look();
    },
    type: async (text) => {
      await desk.type(text);
      await look();
    },
    press: async (...chords) => {
      for (const chord of chords) {
        await desk.press(chord);
        await look();
      }
    },
    scan: async (...codes) => {
      for (const code of codes) {
        await desk.scan(code);
        await look();
      }
    },
  };
}

/** A scene, a desk and words for one script after the other. */
export type DeskScript = {
  scene: Scene;
  desk: DeskDriver;
  database: TestDatabase;
  readonly language: Language;
  readonly words: Words;
  /** What is looked for, in the language of the run. */
  says<T>(french: T, english: T): T;
  /** Answers the question that is open, by its letter. */
  answers(...commands: CommandName[]): Promise<void>;
  /** Leaves this desk and sits down at another, or with other options. */
  sit(options?: DeskOptions): Promise<DeskDriver>;
  /** The rows of the list that is shown, without its head and without blank ones. */
  rows(): Promise<string[]>;
  /** The whole screen in one line, for sentences that go over two. */
  flat(): Promise<string>;
  /** The row under the cursor. */
  chosen(): Promise<string>;
};

/** `sci/PRET` at ten on Monday 1 June 2026 before each script; nothing went wrong and the database is in order after it. */
export function deskScript(
  { create, language }: Pick<DeskRun, 'create' | 'language'>,
  options: {
    readonly network?: Network;
    readonly setUp?: (script: DeskScript) => Promise<void>;
    readonly seat?: (scene: Scene) => Seat;
  } = {},
): DeskScript {
  const script: DeskScript = {
    scene: undefined as unknown as Scene,
    desk: undefined as unknown as DeskDriver,
    database: undefined as unknown as TestDatabase,
    language,
    words: wordsIn(language),
    says: (french, english) => (language === 'fr' ? french : english),
    async answers(...commands) {
      for (const command of commands)
        await script.desk.press((keysOf(KEYMAP, command, language)[0] ?? '').toLowerCase());
    },
    async sit(more = {}) {
      const before = script.desk as DeskDriver | undefined;
      await before?.leave();
      if (before) expect(before.errors).toEqual([]);
      const { preferences } = before ?? {};
      script.desk = watched(
        await sitAt(script.scene, {
          seat: script.scene.bib,
          language,
          ...(preferences ? { preferences } : {}),
          ...more,
        }),
      );
      return script.desk;
    },
    rows: async () => (await script.desk.screen()).slice(9, 22).filter((one) => one.trim() !== ''),
    flat: async () => (await script.desk.text()).replaceAll(/\s+/g, ' '),
    chosen: async () => (await script.desk.screen()).find((one) => one.startsWith(' ▸')) ?? '',
  };
  beforeEach(async () => {
    script.database = await create();
    script.scene = await setScene(script.database.house, options.network ? { network: options.network } : {});
    await options.setUp?.(script);
    script.desk = undefined as unknown as DeskDriver;
    await script.sit(options.seat ? { seat: options.seat(script.scene) } : {});
  });
  afterEach(async () => {
    await script.desk.leave();
    expect(script.desk.errors).toEqual([]);
    expect(await script.database.house.check()).toEqual([]);
    await script.database.drop();
  });
  return script;
}
