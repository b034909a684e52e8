import type { Network } from '../../circulation/network.ts';
import type { Instant } from '../../circulation/time.ts';
import type { Perform } from '../../desk/perform.ts';

/** A job that runs by itself as the clock of a scenario advances. */
export type ClockJob = {
  readonly name: string;
  /** The first moment after `since` at which it is due. */
  dueAfter(since: Instant, network: Network): Instant;
  /** Does the job that was due at a moment; the clock of `perform` is there, or later where `at` has skipped the night. */
  run(perform: Perform, due: Instant, network: Network): Promise<void>;
};

/** The nightly and monthly jobs, in the order in which they run on the same moment. This version has none yet. */
export const CLOCK_JOBS: readonly ClockJob[] = [];
