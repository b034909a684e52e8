import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Day, Instant, Minutes } from '../circulation/time.ts';
import type { Schedule } from './job.ts';

/** Minutes after midnight at which the night of the day before is done, and that of the month before behind it. */
const NIGHT_AT: Minutes = 30;
const MONTH_AT: Minutes = 90;

/** A schedule of days; what runs every few minutes is for none. */
type DailySchedule = Exclude<Schedule, { every: 'minutes' }>;
export const isDaily = (schedule: Schedule): schedule is DailySchedule => schedule.every !== 'minutes';

const nextMonth = (day: Day): Day => `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
const isLastOfMonth = (day: Day): boolean => addDays(day, 1).endsWith('-01');

/** The local day and time at which the run for a day begins: the night of X comes after midnight, on X+1 (CYC-02). */
function clockTime(schedule: DailySchedule, day: Day): [Day, Minutes] {
  switch (schedule.every) {
    case 'night':
      return [addDays(day, 1), NIGHT_AT];
    case 'month':
      return [addDays(day, 1), MONTH_AT];
    case 'day':
      return [day, schedule.at];
  }
}

/**
 * When the run for a day begins. In the night in which clocks go forward a time that there is not is an hour later, in that
 * in which they go back it is the first of the two: either way once.
 */
export function dueFor(schedule: DailySchedule, day: Day, timeZone: string): Instant {
  const [on, minutes] = clockTime(schedule, day);
  return instantOf(on, minutes, timeZone);
}

/** The earliest moment at which somebody can have the run for a day: by the clock of X+1, that of a daily job all day. */
export function earliestFor(schedule: DailySchedule, day: Day, timeZone: string): Instant {
  return instantOf(clockTime(schedule, day)[0], 0, timeZone);
}

/** Days whose run begins after one moment, and no later than another; the oldest first. */
export function daysBetweenMoments(schedule: DailySchedule, since: Instant, until: Instant, timeZone: string): Day[] {
  const days: Day[] = [];
  // Two days earlier: a run begins at most some hours after its day.
  for (let day = addDays(dayOf(since, timeZone), -2); ; day = addDays(day, 1)) {
    const due = dueFor(schedule, day, timeZone);
    if (due > until) return days;
    if (due > since && (schedule.every !== 'month' || isLastOfMonth(day))) days.push(day);
  }
}

/** The last day for which somebody can have a run at a moment: what is meant where no day is named. */
export function lastDay(schedule: DailySchedule, now: Instant, timeZone: string): Day {
  const today = dayOf(now, timeZone);
  if (schedule.every === 'day') return today;
  return schedule.every === 'night' ? addDays(today, -1) : addDays(`${today.slice(0, 7)}-01`, -1);
}

/** When a schedule comes next after a moment. */
export function nextAfter(schedule: Schedule, now: Instant, timeZone: string): Instant {
  if (!isDaily(schedule)) {
    const every = schedule.count * 60_000;
    return (Math.floor(now / every) + 1) * every;
  }
  const monthEnd = addDays(nextMonth(dayOf(now, timeZone)), -1);
  if (schedule.every === 'month') {
    const due = dueFor(schedule, addDays(`${monthEnd.slice(0, 7)}-01`, -1), timeZone);
    return due > now ? due : dueFor(schedule, monthEnd, timeZone);
  }
  for (let day = addDays(dayOf(now, timeZone), -1); ; day = addDays(day, 1)) {
    const due = dueFor(schedule, day, timeZone);
    if (due > now) return due;
  }
}
