import type { Now, SetTimer } from '../../source/console/keyboard/timers.ts';

type Timer = { readonly due: number; readonly callback: () => void };

/** A clock that only a test moves. */
export type HandClock = {
  readonly now: Now;
  readonly setTimer: SetTimer;
  /** Lets time pass; timers run out in their order, each at its own moment. */
  readonly advance: (milliseconds: number) => void;
  readonly timersRunning: () => number;
};

/** A clock at zero, without timers. */
export function createHandClock(): HandClock {
  let time = 0;
  const timers = new Set<Timer>();

  function setTimer(milliseconds: number, callback: () => void): () => void {
    const timer = { due: time + milliseconds, callback };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  function nextDue(until: number): Timer | undefined {
    return [...timers].filter((timer) => timer.due <= until).toSorted((a, b) => a.due - b.due)[0];
  }

  function advance(milliseconds: number): void {
    const until = time + milliseconds;
    for (let timer = nextDue(until); timer; timer = nextDue(until)) {
      timers.delete(timer);
      time = timer.due;
      timer.callback();
    }
    time = until;
  }

  return { now: () => time, setTimer, advance, timersRunning: () => timers.size };
}
