import { monotonicNow, setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import type { Now, SetTimer } from '../../source/console/keyboard/timers.ts';
import { createHandClock } from '../console/hand-clock.ts';

/** The clocks of a console, or of a terminal of the patrons. */
type Clocks = { readonly now: Now; readonly setTimer: SetTimer };

/** Looks whether somebody else takes long: a database, a server that is started again. These are the world's milliseconds. */
const OF_THE_WORLD: ReadonlySet<number> = new Set([250, 300, 400]);
/** Whatever is longer is the world's too: nobody presses a key to wait for it. */
const LONGEST_PAUSE = 500;
/** Two things that go by what was typed, and nothing waits for them: the idle clock's second, a letter that is forgotten. */
const FROM_KEY_TO_KEY = 1000;

/**
 * Clocks for which pauses between keys pass as soon as the process has nothing else to do: an Escape alone, the end of a burst, the hold
 * of a letter at a prompt, the beat of the answers to somebody who may be guessing. Time goes on by as much as was waited for, as on
 * a machine that is never busy: what follows each other in less than two seconds here does so under any load. Real ones are
 * in test/pty and test/console/keyboard-time.test.ts.
 */
function quickClocks(): Clocks {
  const clock = createHandClock();
  const waitedFor = new Set<number>();
  let isPassing = false;

  /** Input that was written goes first, and what it leads to. */
  function pass(): void {
    if (isPassing) return;
    isPassing = true;
    setImmediate(() => {
      setImmediate(() => {
        isPassing = false;
        if (waitedFor.size === 0) return;
        clock.advance(Math.max(0, Math.min(...waitedFor) - clock.now()));
        if (waitedFor.size > 0) pass();
      });
    });
  }

  /** The hand's own timer, which passes by itself. Times are those of the timers alone: no two have the same. */
  const soon: SetTimer = (milliseconds, callback) => {
    let due = clock.now() + milliseconds;
    while (waitedFor.has(due)) due += 0.001;
    waitedFor.add(due);
    const cancel = clock.setTimer(due - clock.now(), () => {
      waitedFor.delete(due);
      callback();
    });
    pass();
    return () => {
      waitedFor.delete(due);
      cancel();
    };
  };

  /** What was waited for in the world has passed here too. */
  const inTheWorld: SetTimer = (milliseconds, callback) => {
    const due = clock.now() + milliseconds;
    return setTimerAfterInput(milliseconds, () => {
      clock.advance(Math.max(0, due - clock.now()));
      callback();
    });
  };

  return {
    now: clock.now,
    setTimer(milliseconds, callback) {
      if (milliseconds === FROM_KEY_TO_KEY) return clock.setTimer(milliseconds, callback);
      if (milliseconds > LONGEST_PAUSE || OF_THE_WORLD.has(milliseconds)) return inTheWorld(milliseconds, callback);
      return soon(milliseconds, callback);
    },
  };
}

/** The clocks that a test has chosen; those of the world where it has chosen one of the two, the quick ones where it has none. */
export function clocksOf({ now, setTimer }: { readonly now?: Now; readonly setTimer?: SetTimer }): Clocks {
  if (now === undefined && setTimer === undefined) return quickClocks();
  return { now: now ?? monotonicNow, setTimer: setTimer ?? setTimerAfterInput };
}
