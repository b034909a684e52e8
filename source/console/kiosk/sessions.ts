import { DatabaseAway } from '../../desk/away.ts';
import { greetAtKiosk } from '../../desk/kiosk-greeting.ts';
import type { KioskGreeting } from '../../desk/kiosk-greeting.ts';
import { wordsIn } from '../../language/index.ts';
import { createIdleClear } from '../idle-clear.ts';
import { DEFAULT_SCAN_SETTINGS, readScan } from '../keyboard/hygiene.ts';
import type { Store } from '../store.ts';
import type { KioskHouse, KioskOptions } from './contract.ts';
import type { Guide } from './lesson/follow.ts';
import { actAs, patient, SessionOver } from './means.ts';
import { createScreen, SLOW_MS } from './screen.ts';
import type { Screen } from './screen.ts';
import { runSession } from './session.ts';
import type { KioskState } from './state.ts';
import { entriesThatFit, linesOf, textRows } from './views/layout.ts';
import { createVisit } from './visit.ts';
import type { Reader, Visit } from './visit.ts';

/** Sessions that fail one after the other do not spin. */
const BREATH_MS = 2000;
/** A database that is away is tried again after so long. */
const RETRY_MS = 10_000;

/** What a session leaves behind: the terminal as the next one finds it, nothing else. */
const afterSession = (language: KioskOptions['language']): Partial<KioskState> => ({
  language,
  who: null,
  page: null,
  answer: null,
  working: false,
  endsIn: null,
});

/** One reader after the other at the same terminal. */
export type Sessions = {
  /** Runs until `stop`. Rejects where something is wrong that waiting does not mend. */
  run(): Promise<void>;
  /** The screen of the session that runs. */
  screen(): Screen | undefined;
  /** Who has signed in. */
  reader(): Reader | null;
  /** The lesson that is followed here. */
  guide(): Guide | undefined;
  /** Which session runs: what was typed in another is not for this one. */
  number(): number;
  /** Ends what anybody was doing; the next reader begins (KIO-07). */
  end(): void;
  /** A key was pressed: somebody is there. */
  touched(): void;
  stop(): void;
};

/** Makes the sessions of a terminal. `wipe` takes from the terminal what has been shown. */
export function createSessions(means: {
  readonly options: KioskOptions;
  readonly store: Store<KioskState>;
  readonly settle: () => void;
  readonly failed: (error: unknown) => void;
  readonly beside: (work: () => Promise<void>) => void;
  readonly wipe: () => Promise<void>;
  /** Begins to follow the lesson of a house. */
  readonly follow: (house: KioskHouse) => Guide | undefined;
}): Sessions {
  const { options, store, settle, failed, beside, wipe } = means;
  const { now, setTimer } = options;
  let stopped = false;
  let number = 0;
  let screen: Screen | undefined;
  let visit: Visit | undefined;
  let guide: Guide | undefined;
  let house: KioskHouse | undefined;
  let greeting: KioskGreeting | undefined;
  let idle: ReturnType<typeof createIdleClear> | undefined;
  const moment = (): number => house?.clock() ?? options.wallClock();

  /** Whether there is anything to be forgotten: on the first page there is nothing. */
  const isBegun = (): boolean => {
    const { who, page } = store.get();
    return who !== null || (page !== null && page.back !== null);
  };

  /** Those who wait for something in the session that runs. */
  const waiting = new Set<() => void>();

  function end(): void {
    number += 1;
    screen?.end();
    for (const call of waiting) call();
  }

  function watchIdle(seconds: number): void {
    idle ??= createIdleClear({
      now,
      setTimer,
      idleMinutes: seconds / 60,
      tick: (left) => {
        const minute = Math.floor(moment() / 60_000) !== Math.floor(store.get().now / 60_000);
        store.set({ endsIn: isBegun() ? left : null, ...(minute ? { now: moment() } : {}) });
      },
      clear: () => {
        if (isBegun()) end();
      },
    });
  }

  /** Opens the house where it is not open yet, and reads what the pages name. Throws DatabaseAway. */
  async function arrive(): Promise<{ house: KioskHouse; greeting: KioskGreeting }> {
    if (!house) {
      const opened = await options.open();
      house = { ...opened, perform: patient(opened.perform, setTimer) };
    }
    const { terminal, library } = house;
    const answer = await actAs(house.perform, { terminal, library, patron: null })(greetAtKiosk, {});
    if (answer.kind !== 'greeting') throw new Error(`a kiosk is answered ${answer.kind}`);
    greeting = answer;
    const name = answer.libraries.find((one) => one.code === library)?.name ?? answer.network;
    store.set({ timeZone: answer.timeZone, name, training: house.training, now: moment() });
    guide ??= means.follow(house);
    // Somebody who follows a lesson may think as long as they like.
    if (!guide) watchIdle(house.idleSeconds ?? answer.idleMinutes * 60);
    return { house, greeting: answer };
  }

  /** The database is away: that is said until a key is pressed, or some seconds have passed, then it is tried again (REL-03). */
  async function sayAway(made: Screen): Promise<void> {
    const words = wordsIn(store.get().language).kiosk;
    const cancel = setTimer(RETRY_MS, () => made.end());
    try {
      await made.text({ title: words.unavailableTitle, lines: [words.unavailable], back: words.back });
    } finally {
      cancel();
    }
  }

  async function oneSession(): Promise<void> {
    const own = number;
    const made = createScreen({
      store,
      changed: settle,
      fits: (page, list) => entriesThatFit(store.get(), page, list),
      textRows: (page) => textRows(store.get(), page),
      textLines: (lines) => linesOf(store.get(), lines).length,
      beside,
      after: setTimer,
      scanned: (text) => readScan(text, greeting?.scanner ?? DEFAULT_SCAN_SETTINGS).text,
    });
    screen = made;
    try {
      // A house that does not answer leaves no blank screen.
      const calm = setTimer(SLOW_MS, () => store.set({ working: true }));
      const here = await arrive()
        .catch((error: unknown) => {
          if (error instanceof DatabaseAway) return undefined;
          throw error;
        })
        .finally(calm);
      if (!here) return await sayAway(made);
      const isOver = (): boolean => number !== own || stopped;
      const whenOver = (call: () => void): (() => void) => {
        waiting.add(call);
        return () => void waiting.delete(call);
      };
      const known = { ...here, greeting: () => here.greeting };
      visit = createVisit({ ...known, store, ui: made, setTimer, now, isOver, whenOver });
      return await runSession(visit, guide?.resumed());
    } finally {
      made.end();
    }
  }

  /** Whatever went wrong in a session is logged, and the next reader begins. False: it went wrong. */
  async function unlessItFails(): Promise<boolean> {
    try {
      await oneSession();
      return true;
    } catch (error) {
      if (error instanceof SessionOver) return true;
      // Before anybody was greeted there is something to be mended that no reader can wait for.
      if (greeting === undefined) throw error;
      failed(error);
      return false;
    }
  }

  /** A terminal that cannot go on must not spin. */
  const breathe = async (): Promise<void> =>
    new Promise<void>((resolve) => {
      setTimer(BREATH_MS, resolve);
    });

  const isStopped = (): boolean => stopped;

  return {
    end,
    screen: () => screen,
    reader: () => visit?.reader() ?? null,
    guide: () => guide,
    number: () => number,
    touched() {
      idle?.touched();
      if (store.get().endsIn !== null) store.set({ endsIn: null });
    },
    stop() {
      stopped = true;
      screen?.end();
      for (const call of waiting) call();
      idle?.stop();
      guide?.stop();
    },
    async run() {
      while (!isStopped()) {
        const isWell = await unlessItFails();
        if (isStopped()) return;
        end();
        visit = undefined;
        store.set({ ...afterSession(guide ? store.get().language : options.language), now: moment() });
        // What was on the screen goes first, also where something went wrong.
        await wipe();
        if (!isWell) await breathe();
      }
    },
  };
}
