import { lineKey, offlineStamp } from '../circulation/offline.ts';
import { addDays, dayOf, instantOf, minutesOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { Transaction } from './line.ts';

/** When a line is written: its local day and minute, and whether the machine's clock has gone back. */
export type LineTime = Pick<Transaction, 'day' | 'minutes'> & { readonly clockWentBack: boolean };

/** The times of a journal's lines, which never go back. */
export type JournalTime = {
  /** The time for a transaction that happens now by the clock (`isClock`) or happened at an instant that is known. */
  next(what: Omit<Transaction, 'day' | 'minutes'>, at: Instant, isClock: boolean): LineTime;
  /** The lines that the file has. */
  resume(lines: readonly Transaction[]): void;
  /** A line has been written. */
  wrote(line: Transaction): void;
};

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;

const isBefore = (one: Pick<Transaction, 'day' | 'minutes'>, other: Pick<Transaction, 'day' | 'minutes'>): boolean =>
  offlineStamp(one.day, one.minutes) < offlineStamp(other.day, other.minutes);

/** A time zone that the system knows: the one given, else the machine's. */
export function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  }
}

/**
 * Gives each line its time in a zone: never before the line before it (a clock set back, the end of summer time), so that
 * the order of the file is that of time. A transaction that comes again within its minute after another one of the same item
 * (lent, returned, lent again) gets the next minute: with the same key it would be taken for the first one and dropped (OFF-06).
 */
export function journalTime(timeZone: string): JournalTime {
  let last: Transaction | undefined;
  /** The latest that the clock is known to have shown. */
  let latest = -Infinity;
  /** What the last minute of the file has: keys of lines, and for each item the key of its last one. */
  let keys = new Set<string>();
  let keyOfItem = new Map<string, string>();
  const itemOf = (item: string): string => item.toUpperCase();

  const wrote = (line: Transaction): void => {
    if (last?.day !== line.day || last.minutes !== line.minutes) {
      keys = new Set();
      keyOfItem = new Map();
    }
    last = line;
    const key = lineKey(line);
    keys.add(key);
    keyOfItem.set(itemOf(line.item), key);
  };
  return {
    next(what, at, isClock) {
      const local = { day: dayOf(at, timeZone), minutes: minutesOf(at, timeZone) };
      const isEarly = last !== undefined && isBefore(local, last);
      const time = last !== undefined && isEarly ? { day: last.day, minutes: last.minutes } : local;
      const clockWentBack = isClock && isEarly && at < latest - MINUTE;
      if (isClock) latest = Math.max(latest, at);
      const key = lineKey({ ...what, ...time });
      if (!keys.has(key) || keyOfItem.get(itemOf(what.item)) === key) return { ...time, clockWentBack };
      const isMidnight = time.minutes + 1 === MINUTES_OF_DAY;
      return {
        day: isMidnight ? addDays(time.day, 1) : time.day,
        minutes: isMidnight ? 0 : time.minutes + 1,
        clockWentBack,
      };
    },
    resume(lines) {
      for (const line of lines) wrote(line);
      if (last !== undefined) latest = instantOf(last.day, last.minutes, timeZone);
    },
    wrote,
  };
}
