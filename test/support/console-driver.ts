import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import headless from '@xterm/headless';
import stringWidth from 'string-width';
import { consoleJobs } from '../../source/commands/console-jobs.ts';
import { startConsole } from '../../source/console/console.tsx';
import type { Console, ConsoleHouse, ConsoleOptions } from '../../source/console/console.tsx';
import type { Now, SetTimer } from '../../source/console/keyboard/timers.ts';
import type { State } from '../../source/console/state.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { choosePlace } from '../../source/desk/sign-in.ts';
import type { Language } from '../../source/language/index.ts';
import type { Scene } from './house.ts';
import { clocksOf } from './quick-clocks.ts';

/** Chords as the keymap names them, and the bytes that an xterm sends for them. */
const BYTES: Readonly<Record<string, string>> = {
  Enter: '\r',
  Escape: '\u001B',
  Backspace: '\u007F',
  Up: '\u001B[A',
  Down: '\u001B[B',
  Left: '\u001B[D',
  Right: '\u001B[C',
  PageDown: '\u001B[6~',
  PageUp: '\u001B[5~',
  F1: '\u001BOP',
  F2: '\u001BOQ',
  F3: '\u001BOR',
  F4: '\u001BOS',
  F5: '\u001B[15~',
  F6: '\u001B[17~',
  F7: '\u001B[18~',
  F8: '\u001B[19~',
  F9: '\u001B[20~',
  F10: '\u001B[21~',
  F11: '\u001B[23~',
  Delete: '\u001B[3~',
  Insert: '\u001B[2~',
  Home: '\u001B[H',
  End: '\u001B[F',
  'Ctrl+Home': '\u001B[1;5H',
  'Ctrl+End': '\u001B[1;5F',
  'Ctrl+F6': '\u001B[17;5~',
  'Shift+Tab': '\u001B[Z',
  F12: '\u001B[24~',
  'Alt+?': '\u001B?',
  Space: ' ',
  Tab: '\t',
};

/** The bytes of a chord: a letter with Ctrl is a control character, Alt puts an Escape before it. */
export function bytesOf(chord: string): string {
  const known = BYTES[chord];
  const [, alt, ctrl, key] = /^(Alt\+)?(Ctrl\+)?([A-Z0-9=])$/.exec(chord) ?? [];
  if (known !== undefined || key === undefined || (alt === undefined && ctrl === undefined)) return known ?? chord;
  const plain = ctrl === undefined ? key.toLowerCase() : String.fromCodePoint((key.codePointAt(0) ?? 0) - 64);
  return (alt === undefined ? '' : '\u001B') + plain;
}

/** Widths that were asked for: every letter of every screen is. */
const widths = new Map<number, 0 | 1 | 2>();

/** Wide characters are wide, as on the terminals of today: the emulator's own table is of 2010. */
const wideCharacters = {
  version: 'wide',
  wcwidth(code: number): 0 | 1 | 2 {
    const width = widths.get(code) ?? (Math.min(2, stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2);
    widths.set(code, width);
    return width;
  },
  /** Width and joining of a character after another, packed as the emulator wants it. */
  charProperties(code: number, preceding: number): number {
    const own = wideCharacters.wcwidth(code);
    const before = (preceding >> 1) & 3;
    const joins = own === 0 && before > 0;
    return ((joins ? Math.max(own, before) : own) << 1) | (joins ? 1 : 0);
  },
};

/** A terminal of the size of a desk's: what the program writes is interpreted as a real one would. */
export class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly terminal: headless.Terminal;
  columns: number;
  rows: number;
  /** Bytes written so far. */
  written = 0;
  bells = 0;
  /** All that was written, as it was. */
  output = '';
  /** Called whenever something has been drawn, before anything else is: nothing that was to be seen is missed. */
  onDrawn: (() => void) | undefined;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.terminal = new headless.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 0,
      convertEol: true,
    });
    this.terminal.unicode.register(wideCharacters);
    this.terminal.unicode.activeVersion = wideCharacters.version;
    this.terminal.onBell(() => {
      this.bells += 1;
    });
  }

  write(data: string | Uint8Array, done?: unknown): boolean {
    this.written += data.length;
    this.output += typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
    this.terminal.write(data, () => {
      this.onDrawn?.();
      if (typeof done === 'function') (done as () => void)();
    });
    return true;
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.terminal.resize(columns, rows);
    this.emit('resize');
  }

  async screen(): Promise<string[]> {
    await new Promise<void>((resolve) => {
      this.terminal.write('', resolve);
    });
    return this.lines();
  }

  /** The screen as far as it has been drawn. */
  lines(): string[] {
    const { active } = this.terminal.buffer;
    const line = (row: number) =>
      active.getLine(active.viewportY + row)?.translateToString(true, 0, this.columns) ?? '';
    return Array.from({ length: this.rows }, (_, row) => line(row));
  }
}

/** A person at a desk: what they press and scan, and what they see. */
export type DeskDriver = {
  /** Writes bytes as they are, in one chunk, and waits until all is answered. */
  bytes(text: string): Promise<void>;
  /** Types text as a person does: what follows comes later. */
  type(text: string): Promise<void>;
  press(...chords: string[]): Promise<void>;
  /** Scans one after the other, each answered before the next. */
  scan(...codes: string[]): Promise<void>;
  /** The screen as it stands, without trailing blanks. */
  screen(): Promise<string[]>;
  text(): Promise<string>;
  /** The line under the field. */
  answer(): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  state(): State;
  /** Waits until everything is answered, after a clock was moved by hand. */
  idle(): Promise<void>;
  /** Shows a watcher every screen that is drawn, however short it stands; undefined: no longer. */
  watch(watcher: ((screen: readonly string[]) => void) | undefined): void;
  readonly bells: () => number;
  readonly written: () => number;
  /** Everything that was written to the terminal, sequences and all. */
  readonly output: () => string;
  readonly ended: Promise<number>;
  readonly errors: readonly unknown[];
  readonly preferences: Map<string, unknown>;
  leave(): Promise<void>;
};

export type DeskOptions = {
  /** Who sits where; none: the sign-in form is shown. */
  readonly seat?: Seat;
  readonly language?: Language;
  readonly columns?: number;
  readonly rows?: number;
  readonly screenReader?: boolean;
  readonly training?: ConsoleHouse['training'];
  readonly unstaffed?: boolean;
  /** Writes lists to files (TUI-09); none: this desk writes none. */
  readonly exports?: ConsoleHouse['exports'];
  readonly cardSystem?: ConsoleHouse['cardSystem'];
  readonly lessons?: ConsoleHouse['lessons'];
  readonly trainer?: ConsoleHouse['trainer'];
  readonly resumes?: ConsoleHouse['resumes'];
  /** What was remembered of this person before; none: nothing. */
  readonly preferences?: Map<string, unknown>;
  /** Where it writes without its database (OFF-03); none: it waits for it. */
  readonly offline?: ConsoleOptions['offline'];
  /** Where it keeps what it needs of its network in an outage (OUT-01); none: nowhere. */
  readonly dataFolder?: string;
  readonly now?: Now;
  readonly setTimer?: SetTimer;
};

async function signedInAt(scene: Scene, seat: Seat): Promise<ConsoleHouse['signedIn']> {
  const name = `${seat.place?.library}/${seat.place?.code}`;
  const seated = await scene.perform(seat, choosePlace, { place: name });
  return { staff: seat.staff, place: seated.kind === 'seated' ? seated.place : null };
}

function open(
  wallClock: () => number,
  options: DeskOptions,
  house: ConsoleHouse,
  stdin: PassThrough,
  terminal: FakeTerminal,
  errors: unknown[],
  preferences: Map<string, unknown>,
): Console {
  return startConsole({
    language: options.language ?? 'fr',
    stdin,
    stdout: terminal as unknown as NodeJS.WriteStream,
    house: Promise.resolve(house),
    preferences: { get: (key) => preferences.get(key), set: (key, value) => preferences.set(key, value) },
    log: (error) => {
      errors.push(error);
      return 'test.log';
    },
    ...clocksOf(options),
    wallClock,
    idleMinutes: 10,
    screenReader: options.screenReader ?? false,
    ...(options.offline ? { offline: options.offline } : {}),
    dataFolder: options.dataFolder,
  });
}

/** Opens the real console on a terminal emulator, at the desk of the scene. */
export async function sitAt(scene: Scene, options: DeskOptions = {}): Promise<DeskDriver> {
  const house: ConsoleHouse = {
    perform: scene.perform,
    clock: scene.now,
    timeZone: 'Europe/Paris',
    training: options.training ?? null,
    unstaffed: options.unstaffed ?? false,
    exports: options.exports ?? null,
    cardSystem: options.cardSystem ?? null,
    jobs: consoleJobs({ perform: scene.perform, training: false }, null),
    signedIn: options.seat ? await signedInAt(scene, options.seat) : null,
    lessons: options.lessons,
    trainer: options.trainer,
    resumes: options.resumes,
  };
  return sitIn(house, options, scene.now);
}

/** Opens the real console on a terminal emulator, in a house. `wallClock`: until the house is open. */
export async function sitIn(house: ConsoleHouse, options: DeskOptions, wallClock: () => number): Promise<DeskDriver> {
  const stdin = new PassThrough();
  const terminal = new FakeTerminal(options.columns ?? 80, options.rows ?? 24);
  const errors: unknown[] = [];
  const preferences = options.preferences ?? new Map<string, unknown>();
  const console = open(wallClock, options, house, stdin, terminal, errors, preferences);
  await console.idle();
  const bytes = async (text: string): Promise<void> => {
    stdin.write(text);
    await console.idle();
  };
  const screen = async () => terminal.screen();
  return {
    bytes,
    screen,
    type: bytes,
    async press(...chords) {
      for (const chord of chords) await bytes(bytesOf(chord));
    },
    async scan(...codes) {
      for (const code of codes) await bytes(`${code}\r`);
    },
    text: async () => (await screen()).join('\n'),
    answer: async () => ((await screen())[6] ?? '').trim(),
    async resize(columns, rows) {
      terminal.resize(columns, rows);
      await console.idle();
    },
    state: console.state,
    idle: async () => console.idle(),
    watch(watcher) {
      terminal.onDrawn = watcher && (() => watcher(terminal.lines()));
    },
    bells: () => terminal.bells,
    written: () => terminal.written,
    output: () => terminal.output,
    ended: console.ended,
    errors,
    preferences,
    async leave() {
      console.stop(0);
      await console.ended;
    },
  };
}
