import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Network } from '../../source/circulation/network.ts';
import type { KioskHouse, Kiosk } from '../../source/console/kiosk/contract.ts';
import { startKiosk } from '../../source/console/kiosk/kiosk.tsx';
import type { KioskState } from '../../source/console/kiosk/state.ts';
import type { Now, SetTimer } from '../../source/console/keyboard/timers.ts';
import { widthOf } from '../../source/language/fit.ts';
import { wordsIn } from '../../source/language/index.ts';
import type { Language } from '../../source/language/index.ts';
import type { Words } from '../../source/language/words.ts';
import { bytesOf, FakeTerminal } from './console-driver.ts';
import type { TestDatabase } from './databases.ts';
import type { DeskRun } from './desk-script.ts';
import { setScene } from './house.ts';
import type { Scene } from './house.ts';
import { clocksOf } from './quick-clocks.ts';

export type KioskSetting = Partial<
  Pick<KioskHouse, 'library' | 'terminal' | 'directory' | 'idleSeconds' | 'training' | 'perform'>
> & {
  readonly language?: Language;
  readonly columns?: number;
  readonly rows?: number;
  readonly screenReader?: boolean;
  readonly now?: Now;
  readonly setTimer?: SetTimer;
  /** Opens the house; absent: it is there. */
  readonly open?: () => Promise<KioskHouse>;
};

/** A reader at the patrons' terminal: what they press and scan, and what they see. */
export type KioskDriver = {
  /** Writes bytes as they are, in one chunk, and waits until all is answered. */
  bytes(text: string): Promise<void>;
  type(text: string): Promise<void>;
  press(...chords: string[]): Promise<void>;
  /** A scan ends with its Enter. */
  scan(code: string): Promise<void>;
  screen(): Promise<string[]>;
  text(): Promise<string>;
  /** The screen in one line, for sentences that go over two. */
  flat(): Promise<string>;
  /** The line of the page on which one is. */
  chosen(): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  state(): KioskState;
  idle(): Promise<void>;
  /** Everything that was written to the terminal, sequences and all. */
  readonly output: () => string;
  readonly errors: readonly unknown[];
  readonly ended: Promise<number>;
  /** Writes bytes and does not wait. */
  readonly write: (text: string) => void;
  leave(): Promise<void>;
};

/** Opens the real terminal of the patrons on a terminal emulator, in the scene. */
export async function standAt(scene: Scene, options: KioskSetting = {}): Promise<KioskDriver> {
  const stdin = new PassThrough();
  const terminal = new FakeTerminal(options.columns ?? 80, options.rows ?? 24);
  const errors: unknown[] = [];
  const house: KioskHouse = {
    perform: options.perform ?? scene.perform,
    clock: scene.now,
    library: options.library ?? null,
    terminal: options.terminal ?? 'hall',
    training: options.training ?? false,
    directory: options.directory ?? null,
    idleSeconds: options.idleSeconds,
  };
  const kiosk: Kiosk = startKiosk({
    language: options.language ?? 'fr',
    stdin,
    stdout: terminal as unknown as NodeJS.WriteStream,
    open: options.open ?? (async () => house),
    log: (error) => {
      errors.push(error);
      return 'test.log';
    },
    ...clocksOf(options),
    wallClock: scene.now,
    screenReader: options.screenReader ?? false,
  });
  await kiosk.idle();
  const bytes = async (text: string): Promise<void> => {
    stdin.write(text);
    await kiosk.idle();
  };
  const screen = async () => terminal.screen();
  return {
    bytes,
    type: bytes,
    screen,
    write: (text) => void stdin.write(text),
    async press(...chords) {
      for (const chord of chords) await bytes(bytesOf(chord));
    },
    scan: async (code) => bytes(`${code}\r`),
    text: async () => (await screen()).join('\n'),
    flat: async () => (await screen()).join(' ').replaceAll(/\s+/g, ' '),
    chosen: async () => (await screen()).find((one) => one.startsWith(' ▸')) ?? '',
    async resize(columns, rows) {
      terminal.resize(columns, rows);
      await kiosk.idle();
    },
    state: kiosk.state,
    idle: async () => kiosk.idle(),
    output: () => terminal.output,
    errors,
    ended: kiosk.ended,
    async leave() {
      kiosk.stop(0);
      await kiosk.ended;
    },
  };
}

const WIDTH = 80;

/** What a reader sees is whole at 80×24: the frame stands in its place, title, sentences and keys are not cut. */
export function checkKiosk(screen: readonly string[]): void {
  const right = (what: string, holds: boolean): void => {
    if (!holds) throw new Error(`${what}:\n${screen.join('\n')}`);
  };
  for (const row of [1, 22]) right(`no rule in row ${row}`, screen[row] === '─'.repeat(WIDTH));
  right(
    'two rules above what the page holds',
    screen.slice(2, 12).filter((row) => row === '─'.repeat(WIDTH)).length === 1,
  );
  for (const row of screen) expect(widthOf(row)).toBeLessThanOrEqual(WIDTH);
  right('the key line is cut', !(screen[23] ?? '').includes('…'));
}

/** A scene, a kiosk and words for one script after the other. */
export type KioskScript = {
  scene: Scene;
  kiosk: KioskDriver;
  database: TestDatabase;
  readonly language: Language;
  readonly words: Words;
  says(french: string, english: string): string;
  /** Chooses a line of a menu by what it says (its beginning). */
  choose(label: string): Promise<void>;
  /** Goes through a form: each value with its Enter, then the button. */
  fill(...values: string[]): Promise<void>;
  /** Chooses the language, as everybody does first. */
  begin(): Promise<void>;
  stand(options?: KioskSetting): Promise<KioskDriver>;
};

/** Ten on Monday 1 June 2026 before each script; nothing went wrong and the database is in order after it. */
export function kioskScript(
  { create, language }: Pick<DeskRun, 'create' | 'language'>,
  options: {
    readonly network?: Network;
    readonly setUp?: (script: KioskScript) => Promise<void>;
    readonly setting?: KioskSetting;
  } = {},
): KioskScript {
  const watched = (kiosk: KioskDriver): KioskDriver => {
    const bytes = async (text: string): Promise<void> => {
      await kiosk.bytes(text);
      const { rows, columns, page } = kiosk.state();
      if (rows === 24 && columns === WIDTH && page !== null) checkKiosk(await kiosk.screen());
    };
    return {
      ...kiosk,
      bytes,
      type: bytes,
      press: async (...chords) => {
        for (const chord of chords) await bytes(bytesOf(chord));
      },
      scan: async (code) => bytes(`${code}\r`),
    };
  };
  const script: KioskScript = {
    scene: undefined as unknown as Scene,
    kiosk: undefined as unknown as KioskDriver,
    database: undefined as unknown as TestDatabase,
    language,
    words: wordsIn(language),
    says: (french, english) => (language === 'fr' ? french : english),
    async choose(label) {
      const { page } = script.kiosk.state();
      const choices = page?.body.kind === 'menu' ? page.body.choices : [];
      const at = choices.findIndex((one) => one.label.startsWith(label));
      if (at === -1) throw new Error(`no line ${label} in:\n${await script.kiosk.text()}`);
      await script.kiosk.type(String(at + 1));
    },
    async fill(...values) {
      for (const value of values) {
        if (value !== '') await script.kiosk.type(value);
        await script.kiosk.press('Enter');
      }
    },
    async begin() {
      await script.kiosk.type(language === 'fr' ? '1' : '2');
    },
    async stand(more = {}) {
      const before = script.kiosk as KioskDriver | undefined;
      await before?.leave();
      if (before) expect(before.errors).toEqual([]);
      script.kiosk = watched(await standAt(script.scene, { ...options.setting, ...more }));
      return script.kiosk;
    },
  };
  beforeEach(async () => {
    script.database = await create();
    script.scene = await setScene(script.database.house, options.network ? { network: options.network } : {});
    await options.setUp?.(script);
    script.kiosk = undefined as unknown as KioskDriver;
    await script.stand();
  });
  afterEach(async () => {
    await script.kiosk.leave();
    expect(script.kiosk.errors).toEqual([]);
    expect(await script.database.house.check()).toEqual([]);
    await script.database.drop();
  });
  return script;
}
