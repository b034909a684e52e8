import { DatabaseAway } from '../desk/away.ts';
import type { AwayReason } from '../desk/away.ts';
import type { Action, Perform, Refusal, Seat } from '../desk/perform.ts';
import { proveWritable } from '../desk/prove-writable.ts';
import { NOBODY } from '../desk/sign-in.ts';
import type { SetTimer } from './keyboard/timers.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

const MINUTE = 60_000;

/** How long an action may take before the screen says that it is working (TUI-10). */
const PATIENCE_MS = 400;

/** How long a scan waits for the database before the desk goes on without it (OFF-03). */
const SILENCE_MS = 1500;

/** A scan that is being answered: the moments at which it may have been recorded although nobody heard so. */
export type Hand = { lost: readonly number[] };

/** What the console asks of the database. */
export type DatabaseCalls = {
  /** Does an action as the person at the place. Throws DatabaseAway, which the console catches once. */
  perform<Request, Outcome>(what: Action<Request, Outcome>, request: Request): Promise<Outcome | Refusal>;
  /** Does something with a scan in hand: what it asks is given up after a moment, and what was lost is remembered. */
  inHand(hand: Hand, work: () => Promise<void>): Promise<void>;
  /** Gives up what is being asked, if anything is; whether anything was. */
  interrupt(): boolean;
  /** Asks the database whether it answers and can be written, beside everything else; null: it does. */
  probe(): Promise<AwayReason | null>;
};

type Options = {
  readonly store: Store<State>;
  readonly perform: () => Promise<Perform>;
  readonly seat: () => Seat;
  /** Opens the house again, where it could not be opened. */
  readonly reopen: () => Promise<void>;
  readonly clock: () => number;
  readonly setTimer: SetTimer;
  /** Whether the desk can go on without the database: only then a scan does not wait for one that is silent. */
  readonly goesOn: boolean;
  /** Called when an action has answered, or failed. */
  readonly answered: () => void;
  readonly failed: () => void;
};

/** Owns every call to the desk's actions: says that it works, notices that the database is away, gives up in time. */
export function createDatabaseCalls(options: Options): DatabaseCalls {
  const { store, clock, setTimer } = options;
  let hand: Hand | undefined;
  let attempt: AbortController | undefined;

  const noticeAway = (error: unknown): void => {
    if (!(error instanceof DatabaseAway)) return;
    store.set({ away: true });
    if (hand && error.at !== null) hand.lost = [...hand.lost, error.at];
  };

  /** Waits for the house too: it may be what does not answer. */
  const withHouse = async (signal: AbortSignal): Promise<Perform> => {
    const house = options.perform();
    const silent = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new DatabaseAway('silent', ''));
      });
    });
    return Promise.race([house, silent]);
  };

  return {
    async perform(what, request) {
      const mine = new AbortController();
      const giveUp = (): void => {
        mine.abort();
      };
      attempt = mine;
      const stopWorking = setTimer(PATIENCE_MS, () => {
        store.set({ working: true });
      });
      // A lesson that plays its nights is no database that is silent.
      const goesOn = options.goesOn && store.get().lesson === null;
      const stopWaiting = hand && goesOn ? setTimer(SILENCE_MS, giveUp) : undefined;
      try {
        const perform = await withHouse(mine.signal);
        const outcome = await perform(options.seat(), what, request, { lost: hand?.lost, signal: mine.signal });
        store.set({ away: false });
        options.answered();
        return outcome;
      } catch (error) {
        noticeAway(error);
        options.failed();
        throw error;
      } finally {
        stopWorking();
        stopWaiting?.();
        if (attempt === mine) attempt = undefined;
        const now = clock();
        const sameMinute = Math.floor(now / MINUTE) === Math.floor(store.get().now / MINUTE);
        store.set({ working: false, ...(sameMinute ? {} : { now }) });
      }
    },
    async inHand(taken, work) {
      const before = hand;
      hand = taken;
      try {
        await work();
      } finally {
        hand = before;
      }
    },
    interrupt() {
      attempt?.abort();
      return attempt !== undefined;
    },
    async probe() {
      const limit = new AbortController();
      const stop = setTimer(SILENCE_MS, () => {
        limit.abort();
      });
      try {
        // It is waited for below, no longer than for anything else.
        options.reopen().catch(() => undefined);
        const perform = await withHouse(limit.signal);
        await perform({ staff: NOBODY, place: null }, proveWritable, {}, { signal: limit.signal });
        return null;
      } catch (error) {
        if (error instanceof DatabaseAway) return error.reason;
        throw error;
      } finally {
        stop();
      }
    },
  };
}
