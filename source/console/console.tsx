import { render } from 'ink';
import type { Instance } from 'ink';
import { createAnnouncer, HiddenScreen } from './announcer.ts';
import type { Console, ConsoleOptions } from './contract.ts';
import { createOpening } from './opening.ts';
import { createOfflineMeans } from './offline-means.ts';
import { begin } from './flows/begin.ts';
import { watchBack } from './flows/offline/index.ts';
import { InkInput } from './fake-terminal.ts';
import { createFailures } from './failures.ts';
import { lessonPreferences, wireLessons } from './lessons/wire.tsx';
import { refreshList } from './flows/record.ts';
import { createIdleClear } from './idle-clear.ts';
import { clearIdle } from './flows/clear-idle.ts';
import { initialState } from './initial-state.ts';
import { createInput } from './input.ts';
import { createKeyboard } from './keyboard/dispatch.ts';
import { createRepeatFilter } from './keyboard/hygiene.ts';
import { createScanQueue } from './keyboard/scan-queue.ts';
import { createOutageMeans } from './outage-means.ts';
import { createPrinting } from './printing.ts';
import { drawAnew } from './redraw.ts';
import { createRuntime } from './runtime.ts';
import { createSeams } from './seams.ts';
import type { Runtime } from './runtime.ts';
import { createStore } from './store.ts';
import { App } from './views/app.tsx';

export type { Console, ConsoleHouse, ConsoleOptions } from './contract.ts';

/** Frames per second at the most: a scan's answer must not wait for the next one. */
const MAX_FPS = 120;
const REPEAT_MS = 2000;

/** A number of seconds or minutes from the configuration, if it is one. */
const secondsIn = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value >= 0 ? value : otherwise;
/** How long the end waits for the readable copy of an offline file, which is written behind the desk's back (OFF-02). */
const CLOSING_MS = 2000;
/** How long the count of scans may lag behind. */
const COUNT_MS = 30;

/** Opens the console on a terminal that is in raw mode already. */
export function startConsole(options: ConsoleOptions): Console {
  const { stdin, now, setTimer } = options;
  const hidden = options.screenReader ? new HiddenScreen() : undefined;
  const stdout = hidden ?? options.stdout;
  const store = createStore(initialState({ ...options, stdout, keys: options.preferences.get('keys') }));
  let resolveEnd: (status: number) => void = () => undefined;
  let rejectEnd: (error: unknown) => void = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    resolveEnd = resolve;
    rejectEnd = reject;
  });
  let clock = options.wallClock;
  const opening = createOpening(options.house, options.offline?.reopen);

  const repeats = createRepeatFilter({
    windowMs: secondsIn(options.preferences.get('repeatSeconds'), REPEAT_MS / 1000) * 1000,
    now,
  });
  let cancelCount: (() => void) | undefined;
  const showCount = (): void => {
    cancelCount?.();
    cancelCount = undefined;
    const { read, answered } = queue.counts();
    store.set({ scansRead: read, scansAnswered: answered, waiting: queue.waiting().map((one) => one.text) });
  };
  const queue = createScanQueue({
    atPrompt: () => store.get().place?.scansAtPrompt ?? 'wait',
    changed: () => {
      const { read, answered } = queue.counts();
      // A scan that is answered at once is drawn once: a frame of its own for the count would keep its answer waiting.
      if (read === answered) showCount();
      else cancelCount ??= setTimer(COUNT_MS, showCount);
    },
  });
  /** What runs beside the desk: printing. */
  let running = 0;
  const beside = (work: Promise<void>): void => {
    running += 1;
    void work
      .catch((error: unknown) => failures.failed(error))
      .finally(() => {
        running -= 1;
        input.settle();
      });
  };
  const lessons = wireLessons({
    runtime: () => runtime,
    input: () => input,
    keyboard: () => keyboard,
    opening,
    stdin,
    takeClock: (other) => {
      clock = other;
    },
    beside,
  });
  const runtime: Runtime = createRuntime({
    store,
    setTimer,
    lessons,
    perform: async () => (await opening.house()).perform,
    reopen: async () => {
      await opening.retry();
    },
    clock: () => clock(),
    bell: (times) => {
      if (times > 0) options.stdout.write('\u0007'.repeat(times));
    },
    newPatron: () => {
      queue.restart();
    },
    otherPlace: () => {
      repeats.reset();
    },
    promptChanged: () => {
      input.settle();
    },
    preferences: lessonPreferences(options.preferences, lessons.isOpen),
    outage: createOutageMeans({
      store,
      beside,
      perform: async () => (await opening.house()).perform,
      folder: options.dataFolder,
    }),
    printing: createPrinting({
      store,
      beside,
      mail: async () => (await opening.house()).printByMail,
      terminal: (text) => {
        options.stdout.write(text);
        beside(redraw());
      },
      tell: (tone, text) => {
        input.add(async () => runtime.tell(tone, text));
      },
      trouble: (printerTrouble) => {
        store.set({ printerTrouble });
        if (printerTrouble && !store.get().silent) options.stdout.write('\u0007');
      },
    }),
    exporting: createSeams(opening, store),
    offline: createOfflineMeans({
      offline: options.offline,
      store,
      clock: () => clock(),
      preferences: options.preferences,
    }),
    arrive: async () => begins(),
    redraw: async () => redraw(),
    quit: (status) => {
      end(status);
    },
  });

  const inkInput = new InkInput();
  let instance: Instance | undefined;
  const flush = async (): Promise<void> => {
    if (cancelCount) showCount();
    await instance?.waitUntilRenderFlush();
  };
  const redraw = async (): Promise<void> => {
    if (instance && !hidden) await drawAnew({ store, instance, stdout: options.stdout, flush });
  };
  const failures = createFailures(runtime, {
    log: options.log,
    add: (task) => {
      input.add(task);
    },
  });
  const { failed } = failures;
  const begins = async (): Promise<void> =>
    begin(runtime, opening, {
      keys: options.preferences.get('keys'),
      alone: options.offline?.alone === true,
      again: options.offline?.reopen !== undefined,
      opened: (house) => {
        clock = house.clock;
      },
      rejected: (error) => {
        release();
        instance?.unmount();
        rejectEnd(error);
      },
    });
  watchBack(runtime, {
    failed,
    add: (task) => {
      input.add(task);
    },
  });
  const input = createInput({
    runtime,
    queue,
    repeats,
    now,
    setTimer,
    feed: (keys) => inkInput.push(keys),
    flush,
    failed,
    beside: () => running > 0,
    heard: lessons.pressed,
    answered: lessons.answered,
  });
  const keyboard = createKeyboard({
    input: stdin,
    now,
    setTimer,
    onEvent: input.onEvent,
    accept: input.accept,
    onFailure: failed,
  });
  const idleClear = createIdleClear({
    now,
    setTimer,
    idleMinutes: secondsIn(options.preferences.get('idleMinutes'), options.idleMinutes),
    tick: (clearsIn) => {
      const minute = Math.floor(clock() / 60_000) !== Math.floor(store.get().now / 60_000);
      store.set({ clearsIn: store.get().record ? clearsIn : null, ...(minute ? { now: clock() } : {}) });
    },
    clear: () => {
      clearIdle(runtime, (task) => input.add(task));
    },
  });
  const touched = () => {
    idleClear.touched();
  };
  stdin.on('data', touched);

  const resized = () => {
    store.set({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
    // A window of another size shows other rows.
    if (store.get().record) input.add(async () => refreshList(runtime));
  };
  stdout.on('resize', resized);

  if (hidden) createAnnouncer({ hidden, stdout: options.stdout, store });
  instance = render(<App runtime={runtime} hears={input.hears} />, {
    stdout: stdout as NodeJS.WriteStream,
    stdin: inkInput as unknown as NodeJS.ReadStream,
    alternateScreen: !hidden,
    incrementalRendering: !hidden,
    debug: hidden !== undefined,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    maxFps: MAX_FPS,
  });

  let closing: Promise<unknown> = Promise.resolve();
  const release = (): void => {
    stdout.off('resize', resized);
    stdin.off('data', touched);
    idleClear.stop();
    cancelCount?.();
    failures.stop();
    closing = runtime.offline?.close().catch(() => undefined) ?? closing;
    void lessons.close();
    void keyboard.stop();
  };
  const end = (status: number): void => {
    release();
    instance?.unmount();
    const cancel = setTimer(CLOSING_MS, () => {
      resolveEnd(status);
    });
    void closing.finally(() => {
      cancel();
      resolveEnd(status);
    });
  };
  // A screen that cannot be drawn must not leave a desk that goes on blindly.
  instance.waitUntilExit().catch((error: unknown) => {
    release();
    rejectEnd(error);
  });

  /** What happens first, in its turn: keys typed meanwhile wait for it. */
  input.add(begins);

  return {
    state: store.get,
    ended,
    stop: end,
    fail(error) {
      release();
      instance?.unmount();
      rejectEnd(error);
    },
    async idle() {
      do {
        await keyboard.idle();
        await input.idle();
        await flush();
      } while (!input.quiet());
    },
  };
}
