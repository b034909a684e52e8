import headless from '@xterm/headless';
import { createHandClock } from '../console/hand-clock.ts';
import type { HandClock } from '../console/hand-clock.ts';
import type { Now, SetTimer } from '../../source/console/keyboard/timers.ts';
import type { Perform, Seat } from '../../source/desk/perform.ts';

/** What a screen has asked of the desk, and what it was told. */
export type Called = {
  readonly action: string;
  readonly kiosk: 'anybody' | 'self' | null;
  readonly seat: Seat;
  readonly request: unknown;
  readonly outcome: unknown;
};

/** The same desk, with a note of everything that is asked of it. */
export function watchedPerform(perform: Perform): { readonly perform: Perform; readonly calls: readonly Called[] } {
  const calls: Called[] = [];
  return {
    calls,
    perform: async (seat, what, request, attempt) => {
      const outcome = await perform(seat, what, request, attempt);
      calls.push({ action: what.name, kiosk: what.kiosk, seat, request, outcome });
      return outcome;
    },
  };
}

/** A desk that answers one kind of question only when it is let. */
export type HeldPerform = {
  readonly perform: Perform;
  /** Holds back the answers of an action from now on. */
  hold(action: string): void;
  /** Resolves when somebody waits for an answer that is held back. */
  readonly asked: () => Promise<void>;
  /** Gives the answers that are held back, or fails. */
  answer(error?: Error): Promise<void>;
};

/** Makes a desk whose answers can be held back: done, and told late. */
export function heldPerform(perform: Perform): HeldPerform {
  let held: string | undefined;
  const open: ((error: Error | undefined) => void)[] = [];
  const askers: (() => void)[] = [];
  return {
    perform: async (seat, what, request, attempt) => {
      const outcome = await perform(seat, what, request, attempt);
      if (what.name !== held) return outcome;
      const error = await new Promise<Error | undefined>((resolve) => {
        open.push(resolve);
        for (const asker of askers.splice(0)) asker();
      });
      if (error) throw error;
      return outcome;
    },
    hold(action) {
      held = action;
    },
    asked: async () => {
      if (open.length > 0) return;
      await new Promise<void>((resolve) => {
        askers.push(resolve);
      });
    },
    async answer(error) {
      held = undefined;
      for (const resolve of open.splice(0)) resolve(error);
      for (let turns = 0; turns < 20; turns += 1) await turn();
    },
  };
}

/** One turn of the event loop. */
export const turn = async (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const MOST_TURNS = 20_000;

/** Waits, turn by turn, until something holds. Throws when it does not come to it. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    if (holds()) return;
    await turn();
  }
  throw new Error(`never came: ${what}`);
}

/** The clocks of a kiosk that a test moves by hand. */
export type AttackClock = {
  readonly now: Now;
  readonly setTimer: SetTimer;
  readonly hand: HandClock;
  /** Beats that have passed by themselves. */
  readonly beats: readonly number[];
};

/** Pauses between bytes, which pass at once; and what only the hand moves: patience, the second of the idle clock, breath, retry. */
const KEYBOARD = [30, 50];
const BY_HAND = [300, 1000, 2000, 5000, 10_000, 15_000];

/** A hand's clock for which the keyboard's pauses, and the kiosk's beats, pass by themselves. */
export function attackClock(): AttackClock {
  const hand = createHandClock();
  const beats: number[] = [];
  const after = (callback: () => void): (() => void) => {
    let immediate = setImmediate(() => {
      immediate = setImmediate(callback);
    });
    return () => {
      clearImmediate(immediate);
    };
  };
  return {
    hand,
    beats,
    now: hand.now,
    setTimer: (milliseconds, callback) => {
      if (BY_HAND.includes(milliseconds)) return hand.setTimer(milliseconds, callback);
      if (KEYBOARD.includes(milliseconds)) return after(callback);
      beats.push(milliseconds);
      return after(() => {
        hand.advance(milliseconds);
        callback();
      });
    },
  };
}

/** Everything that a terminal with a memory shows after what was written: both screens, and what has scrolled off them. */
export async function allThatIsKept(output: string, { columns = 80, rows = 24 } = {}): Promise<string> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 5000,
    convertEol: true,
  });
  await new Promise<void>((resolve) => {
    terminal.write(output, resolve);
  });
  const kept: string[] = [];
  for (const buffer of [terminal.buffer.normal, terminal.buffer.alternate])
    for (let row = 0; row < buffer.length; row += 1) kept.push(buffer.getLine(row)?.translateToString(true) ?? '');
  terminal.dispose();
  return kept.join('\n');
}
