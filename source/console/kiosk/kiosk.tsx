import { render } from 'ink';
import type { Instance } from 'ink';
import { createAnnouncer, HiddenScreen } from '../announcer.ts';
import { InkInput } from '../fake-terminal.ts';
import { createKeyboard } from '../keyboard/dispatch.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import { createStore } from '../store.ts';
import type { Store } from '../store.ts';
import { createWorker } from '../worker.ts';
import type { Kiosk, KioskOptions } from './contract.ts';
import { heardOf } from './heard.ts';
import { SessionOver } from './means.ts';
import { followLesson } from './lesson/follow.ts';
import { createSessions } from './sessions.ts';
import { SLOW_MS } from './screen.ts';
import type { KioskState } from './state.ts';
import { KioskApp } from './views/app.tsx';

const MAX_FPS = 60;
/** Nobody types so far ahead; more is not kept (a key that is held down, a paste of many lines). */
const MOST_QUEUED = 100;
/** Clears the screen and what has scrolled off it: nobody reads what the one before has seen (KIO-07). */
const WIPE = '\u001B[2J\u001B[3J\u001B[H';

const isLeaving = (event: ConsoleEvent): boolean => event.kind === 'key' && event.name === 'f10';

function beginning(
  { language, wallClock, screenReader }: KioskOptions,
  size: { columns: number; rows: number },
): KioskState {
  return {
    language,
    columns: size.columns || 80,
    rows: size.rows || 24,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: wallClock(),
    name: '',
    training: false,
    listened: screenReader === true,
    who: null,
    page: null,
    answer: null,
    working: true,
    endsIn: null,
    lesson: null,
  };
}

/** Opens the patrons' terminal on a terminal that is in raw mode already (KIO-01 to KIO-07). */
export function startKiosk(options: KioskOptions): Kiosk {
  const { stdin, now, setTimer } = options;
  const hidden = options.screenReader === true ? new HiddenScreen() : undefined;
  const stdout = hidden ?? options.stdout;
  const store: Store<KioskState> = createStore(beginning(options, stdout));
  let resolveEnd: (status: number) => void = () => undefined;
  let rejectEnd: (error: unknown) => void = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    resolveEnd = resolve;
    rejectEnd = reject;
  });
  let stopped = false;
  /** In which session something was typed: what the one before has typed is not for the next. */
  const typedIn = new WeakMap<ConsoleEvent, number>();
  let arrivedIn = 0;
  let queued = 0;
  /** Since when a key has been waiting for its answer. */
  let begun: number | undefined;
  const waiters: (() => void)[] = [];
  const ready: (() => void)[] = [];

  const failed = (error: unknown): void => {
    if (!(error instanceof SessionOver)) options.log(error);
  };
  const besides = createWorker<() => Promise<void>>(
    async (work) => work(),
    failed,
    () => settle(),
  );
  const isStopped = (): boolean => stopped;
  const isWaiting = (): boolean => (sessions.screen()?.waiting() ?? null) !== null;
  const isQuiet = (): boolean => stopped || (isWaiting() && besides.quiet());

  function settle(): void {
    if (isWaiting()) for (const resolve of ready.splice(0)) resolve();
    if (!isQuiet()) return;
    for (const resolve of waiters.splice(0)) resolve();
  }

  async function onEvent(event: ConsoleEvent): Promise<void> {
    queued -= 1;
    const typed = typedIn.get(event);
    if (isLeaving(event) && typed === sessions.number()) {
      // What was asked for before is on its way after a turn of the loop; its answer is not waited for.
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      if (typed === sessions.number()) sessions.end();
      return;
    }
    while (!isStopped() && !isWaiting()) {
      await new Promise<void>((resolve) => {
        ready.push(resolve);
      });
    }
    if (stopped || typed !== sessions.number()) return;
    if (store.get().answer !== null) store.set({ answer: null });
    if (sessions.guide()?.takes(event) === true) return;
    begun = now();
    await sessions.screen()?.waiting()?.handle(event);
    begun = undefined;
  }

  // What is read later, at the end of a burst or of a paste, is of the session in which it came.
  const arrived = (): void => {
    arrivedIn = sessions.number();
  };
  stdin.on('data', arrived);
  const keyboard = createKeyboard({
    input: stdin,
    now,
    setTimer,
    onEvent,
    accept: (event) => {
      const isSlow = store.get().working || (begun !== undefined && now() - begun >= SLOW_MS);
      const isFull = queued >= MOST_QUEUED;
      // Nothing is answered for a while: whoever leaves then does not stay for it, nor for what they typed meanwhile.
      if (isLeaving(event) && (isSlow || isFull)) sessions.end();
      if (isFull || (isLeaving(event) && isSlow)) return false;
      queued += 1;
      typedIn.set(event, arrivedIn);
      return true;
    },
    onFailure: failed,
  });

  const inkInput = new InkInput();
  const instance: Instance = render(<KioskApp store={store} />, {
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
  if (hidden) createAnnouncer({ hidden, stdout: options.stdout, store: { get: () => heardOf(store.get()) } });

  const redraw = (): void => {
    const shown = sessions.screen()?.waiting();
    if (shown?.resized)
      besides.add(async () => (sessions.screen()?.waiting() === shown ? shown.resized?.() : undefined));
  };
  const resized = (): void => {
    store.set({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
    redraw();
  };
  stdout.on('resize', resized);

  const touched = (): void => {
    sessions.touched();
  };
  stdin.on('data', touched);

  const release = (): void => {
    stopped = true;
    sessions.stop();
    stdout.off('resize', resized);
    stdin.off('data', touched);
    stdin.off('data', arrived);
    void keyboard.stop();
    settle();
    for (const resolve of ready.splice(0)) resolve();
  };
  const end = (status: number): void => {
    release();
    instance.unmount();
    resolveEnd(status);
  };
  const fail = (error: unknown): void => {
    release();
    instance.unmount();
    rejectEnd(error);
  };
  const calm = async (): Promise<void> => {
    do {
      await keyboard.idle();
      while (!isQuiet()) {
        await new Promise<void>((resolve) => {
          waiters.push(resolve);
        });
      }
      await instance.waitUntilRenderFlush();
    } while (!isQuiet());
  };
  const sessions = createSessions({
    options,
    store,
    settle,
    failed,
    follow: ({ lesson, fromList = false }) =>
      lesson &&
      followLesson({
        lesson,
        fromList,
        store,
        setTimer,
        calm,
        redraw,
        failed,
        reader: () => sessions.reader(),
        // Nothing but keys: the bytes go the way that a person's go.
        type: (bytes) => void stdin.emit('data', Buffer.from(bytes)),
        endSession: () => sessions.end(),
        leave: () => end(0),
      }),
    beside: (work) => besides.add(work),
    wipe: async () => {
      // An empty frame is drawn and wiped away, whatever the terminal has kept of the one before.
      store.publish();
      await instance.waitUntilRenderFlush();
      instance.clear();
      options.stdout.write(WIPE);
    },
  });
  instance.waitUntilExit().catch((error: unknown) => {
    release();
    rejectEnd(error);
  });

  sessions.run().catch(fail);

  return {
    state: store.get,
    ended,
    stop: end,
    fail,
    async idle() {
      await calm();
      await sessions.guide()?.settled();
      await calm();
    },
  };
}
