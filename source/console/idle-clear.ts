import type { Now, SetTimer } from './keyboard/timers.ts';

const SECOND = 1000;
/** The last minute counts down on screen (TAB-08). */
const COUNTDOWN_SECONDS = 60;

export type IdleClear = { touched(): void; stop(): void };

/**
 * Watches for minutes without a key or scan (TAB-08). `tick` hears every second how many seconds are left, in the last
 * minute; `clear` is called when the time is up, and again each time it is up once more.
 */
export function createIdleClear(options: {
  readonly now: Now;
  readonly setTimer: SetTimer;
  readonly idleMinutes: number;
  readonly tick: (clearsIn: number | null) => void;
  readonly clear: () => void;
}): IdleClear {
  const { now, setTimer, tick, clear } = options;
  const limit = options.idleMinutes * 60 * SECOND;
  let last = now();
  let cancel = setTimer(SECOND, look);

  function look(): void {
    const left = Math.ceil((last + limit - now()) / SECOND);
    if (left <= 0) {
      last = now();
      clear();
    } else tick(left <= COUNTDOWN_SECONDS ? left : null);
    cancel = setTimer(SECOND, look);
  }

  return {
    touched() {
      last = now();
    },
    stop() {
      cancel();
    },
  };
}
