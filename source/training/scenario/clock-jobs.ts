import type { Network } from '../../circulation/network.ts';
import { addDays, dayOf, instantOf } from '../../circulation/time.ts';
import type { Instant, Minutes } from '../../circulation/time.ts';
import type { Perform } from '../../desk/perform.ts';
import { runSettleRequests } from '../../desk/requests-outdated.ts';
import { runMoveDueDates } from '../../jobs/move-due-dates.ts';

/** A job that runs by itself as the clock of a scenario advances. */
export type ClockJob = {
  readonly name: string;
  /** The first moment after `since` at which it is due. */
  dueAfter(since: Instant, network: Network): Instant;
  /** Does the job that was due at a moment; the clock of `perform` is there, or later where `at` has skipped the night. */
  run(perform: Perform, due: Instant, network: Network): Promise<void>;
};

/** Every night at a local hour (minutes after midnight): the next such moment after `since`. */
function everyNightAt(minutes: Minutes): ClockJob['dueAfter'] {
  return (since, { timeZone }) => {
    const today = dayOf(since, timeZone);
    const tonight = instantOf(today, minutes, timeZone);
    return tonight > since ? tonight : instantOf(addDays(today, 1), minutes, timeZone);
  };
}

/** The nightly and monthly jobs, in the order in which they run on the same moment. */
export const CLOCK_JOBS: readonly ClockJob[] = [
  {
    name: 'move-due-dates',
    dueAfter: everyNightAt(30),
    run: async (perform, due) => {
      await runMoveDueDates(perform, due);
    },
  },
  {
    name: 'settle-requests',
    dueAfter: everyNightAt(40),
    run: async (perform) => {
      await runSettleRequests(perform);
    },
  },
];
