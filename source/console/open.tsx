import { writeSync } from 'node:fs';
import type { KioskOptions } from './kiosk/contract.ts';
import type { ConsoleHouse, ConsoleOptions } from './console.tsx';
import { enterKeyboardModes, leaveKeyboardModes } from './keyboard/terminal-modes.ts';
import { monotonicNow, setTimerAfterInput } from './keyboard/timers.ts';
import type { Language } from '../language/index.ts';

export type { ConsoleHouse } from './console.tsx';
export type { KioskWish } from './contract.ts';
export type { KioskHouse } from './kiosk/contract.ts';

export type OpenOptions = {
  /** Linear text, every change said once, instead of a screen that is redrawn (TUI-05). */
  readonly screenReader: boolean;
  readonly language: Language;
  /** The house, being opened: the first frame does not wait for it. */
  readonly house: Promise<ConsoleHouse>;
  readonly preferences: { get(key: string): unknown; set(key: string, value: unknown): void };
  /** Where what is needed of the network in an outage is kept (OUT-01). */
  readonly dataFolder: string;
  /** Writes an unexpected error to the log and says where that is. */
  readonly log: (error: unknown) => string;
  /** Where the desk writes when it has no database (OFF-01, OFF-03). */
  readonly offline: NonNullable<ConsoleOptions['offline']>;
};

const IDLE_MINUTES = 10;
const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
/** Leaves the alternate screen and shows the cursor: what must reach the terminal even if everything else fails. */
const GIVE_BACK = '\u001B[?1049l\u001B[?25h';

/** What is open on the terminal, as far as the terminal is concerned. */
type OnTerminal = {
  readonly ended: Promise<number>;
  stop(status: number): void;
  fail(error: unknown): void;
};

/** Opens something on this process's terminal. Whatever happens, the terminal is given back as it was found (REL-05). */
async function onTerminal(start: () => OnTerminal): Promise<number> {
  const { stdin } = process;
  const giveBack = (): void => {
    try {
      if (stdin.isTTY) stdin.setRawMode(false);
      writeSync(1, leaveKeyboardModes());
    } catch {
      // The terminal has gone: there is nothing to give back.
    }
  };
  const atExit = (): void => {
    giveBack();
    try {
      writeSync(1, GIVE_BACK);
    } catch {
      // As above.
    }
  };
  stdin.setRawMode(true);
  stdin.resume();
  writeSync(1, enterKeyboardModes());
  process.once('exit', atExit);
  const open = start();
  const hungUp = (): void => {
    open.stop(1);
  };
  const failed = (error: unknown): void => {
    open.fail(error);
  };
  process.once('uncaughtException', failed);
  process.once('unhandledRejection', failed);
  stdin.once('end', hungUp);
  stdin.once('error', hungUp);
  for (const signal of SIGNALS) process.once(signal, hungUp);
  try {
    return await open.ended;
  } finally {
    process.off('exit', atExit);
    process.off('uncaughtException', failed);
    process.off('unhandledRejection', failed);
    for (const signal of SIGNALS) process.off(signal, hungUp);
    giveBack();
    stdin.pause();
  }
}

/**
 * Opens the console on this process's terminal and resolves with its exit status. Rejects with what the house was rejected
 * with.
 */
export async function openConsole(options: OpenOptions): Promise<number> {
  const { stdin, stdout } = process;
  // The desk does not load the patrons' terminal, nor the other way round.
  const { startConsole } = await import('./console.tsx');
  return onTerminal(() =>
    startConsole({
      ...options,
      stdin,
      stdout,
      now: monotonicNow,
      setTimer: setTimerAfterInput,
      wallClock: Date.now,
      idleMinutes: IDLE_MINUTES,
      screenReader: options.screenReader || options.preferences.get('screenReader') === true,
    }),
  );
}

/** Opens the patrons' own terminal on this process's terminal (KIO-01 to KIO-07): it ends with the process alone. */
export async function openKiosk(
  options: Pick<KioskOptions, 'language' | 'open' | 'log' | 'screenReader'>,
): Promise<number> {
  const { stdin, stdout } = process;
  const { startKiosk } = await import('./kiosk/kiosk.tsx');
  return onTerminal(() =>
    startKiosk({ ...options, stdin, stdout, now: monotonicNow, setTimer: setTimerAfterInput, wallClock: Date.now }),
  );
}
