/** Milliseconds of a clock that never runs backwards; only differences mean anything. */
export type Now = () => number;

/** Calls back once, `milliseconds` later; returns what calls it off. */
export type SetTimer = (milliseconds: number, callback: () => void) => () => void;

/** The clock of the process. */
export const monotonicNow: Now = () => performance.now();

/**
 * A timer of the process that lets waiting input go first. When the process was busy for longer than the time set, bytes
 * that arrived meanwhile are still unread as the timer runs out; a burst would be torn in two although the scanner never
 * paused (TUI-02). Node reads input between timers and immediates, so the callback waits for that.
 */
export const setTimerAfterInput: SetTimer = (milliseconds, callback) => {
  let immediate: NodeJS.Immediate | undefined;
  const timeout = setTimeout(() => {
    immediate = setImmediate(callback);
  }, milliseconds);
  return () => {
    clearTimeout(timeout);
    clearImmediate(immediate);
  };
};
