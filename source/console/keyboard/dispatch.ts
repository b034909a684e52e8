import { createRecogniser } from './bursts.ts';
import type { BurstSettings } from './bursts.ts';
import { createDecoder } from './decode.ts';
import type { Unfinished } from './decode.ts';
import type { ConsoleEvent } from './keys.ts';
import type { Now, SetTimer } from './timers.ts';

/** Where the bytes come from: the terminal's input stream, or one of the tests. */
export type KeyboardInput = {
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
};

export type KeyboardSettings = {
  readonly bursts: Partial<BurstSettings>;
  /** How long the decoder waits for the rest of what has begun, in milliseconds. */
  readonly patience: Partial<Readonly<Record<Unfinished, number>>>;
};

/**
 * An ESC that nothing follows for 30 ms was the Escape key. A sequence comes in one piece unless a network stalls; a paste
 * may take its time, but its end mark must not be waited for for ever.
 */
const DEFAULT_PATIENCE: Readonly<Record<Unfinished, number>> = { escape: 30, rest: 1000, paste: 5000 };

export type KeyboardOptions = {
  readonly input: KeyboardInput;
  readonly now: Now;
  readonly setTimer: SetTimer;
  readonly settings?: Partial<KeyboardSettings>;
  /** Handles one event; the next is handed over only when the promise has settled. */
  readonly onEvent: (event: ConsoleEvent) => Promise<void>;
  /**
   * Asked the moment an event is recognised, however many wait before it: false, and it goes no further. For counting scans
   * as they are read (TUI-13) and for refusing them at a prompt (TUI-02).
   */
  readonly accept?: (event: ConsoleEvent) => boolean;
  /** `onEvent` failed: a bug. The events after it are handled nevertheless. */
  readonly onFailure: (error: unknown) => void;
};

export type Keyboard = {
  /**
   * Resolves when all input that has arrived is handled: no byte is held back, no timer runs, no event waits or is being
   * handled. Then the console does nothing until the next key (or after `stop`).
   */
  readonly idle: () => Promise<void>;
  /** Characters of a burst that has not ended (TUI-02). */
  readonly pendingText: () => string;
  /** Stops reading; events that wait are not handed over. Resolves when the one being handled has settled. */
  readonly stop: () => Promise<void>;
};

/** Events that wait their turn. */
type Line = {
  readonly add: (event: ConsoleEvent) => void;
  readonly clear: () => void;
  readonly quiet: () => boolean;
};

/** Hands over events one after the other, however many come at once; `settled` is called whenever none is left. */
function createLine(
  handle: (event: ConsoleEvent) => Promise<void>,
  onFailure: (error: unknown) => void,
  settled: () => void,
): Line {
  let waiting: ConsoleEvent[] = [];
  let next = 0;
  let busy = false;

  function clear(): void {
    waiting = [];
    next = 0;
  }

  async function handOver(event: ConsoleEvent): Promise<void> {
    try {
      await handle(event);
    } catch (error) {
      onFailure(error);
    }
  }

  async function run(): Promise<void> {
    busy = true;
    try {
      for (let event = waiting[next]; event; event = waiting[next]) {
        next += 1;
        await handOver(event);
      }
    } finally {
      clear();
      busy = false;
      settled();
    }
  }

  function add(event: ConsoleEvent): void {
    waiting.push(event);
    if (!busy) void run();
  }

  return { add, clear, quiet: () => !busy };
}

/** One turn of the event loop: input that has already been written to the stream is read in it. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Reads the keyboard: decodes bytes, tells scans from typing and hands one event at a time to the console. Any bytes will do
 * (REL-05); any number of scans in one chunk come out one by one, in order (TUI-02). The caller sets the terminal to raw
 * mode and writes the mode sequences.
 */
export function createKeyboard(options: KeyboardOptions): Keyboard {
  const { input, now, setTimer, onEvent, onFailure, accept = () => true } = options;
  const patience = { ...DEFAULT_PATIENCE, ...options.settings?.patience };
  const decoder = createDecoder();
  const line = createLine(onEvent, onFailure, settle);
  const recogniser = createRecogniser({
    now,
    setTimer: timer,
    emit: hand,
    settings: options.settings?.bursts ?? {},
  });
  let cancelWait: (() => void) | undefined;
  let stopped = false;
  let waiters: (() => void)[] = [];

  function timer(milliseconds: number, callback: () => void): () => void {
    return setTimer(milliseconds, () => {
      callback();
      settle();
    });
  }

  function hand(event: ConsoleEvent): void {
    if (!stopped && accept(event)) line.add(event);
  }

  function quiet(): boolean {
    return line.quiet() && (stopped || (recogniser.idle() && !decoder.pending()));
  }

  function settle(): void {
    if (!quiet()) return;
    const all = waiters;
    waiters = [];
    for (const resolve of all) resolve();
  }

  function stopWaiting(): void {
    cancelWait?.();
    cancelWait = undefined;
  }

  function giveUp(): void {
    cancelWait = undefined;
    recogniser.push(decoder.flush());
  }

  function read(chunk: Uint8Array | string): void {
    stopWaiting();
    recogniser.push(decoder.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    const unfinished = decoder.unfinished();
    if (unfinished) cancelWait = timer(patience[unfinished], giveUp);
    settle();
  }

  async function idle(): Promise<void> {
    await turnOfTheLoop();
    while (!quiet()) {
      await new Promise<void>((resolve) => {
        waiters.push(resolve);
      });
      await turnOfTheLoop();
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    input.off('data', read);
    stopWaiting();
    recogniser.flush();
    line.clear();
    await idle();
  }

  input.on('data', read);
  return { idle, pendingText: recogniser.pendingText, stop };
}
