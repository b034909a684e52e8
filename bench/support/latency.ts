import type { Result } from '../result.ts';
import type { DatabaseName } from './databases.ts';
import { median, percentile } from './statistics.ts';

/** What PERF-02 asks of everything that somebody waits for at the desk, in milliseconds. */
export const MOST: Readonly<Record<DatabaseName, number>> = { SQLite: 30, PostgreSQL: 50 };

/** One line for what was waited for so often: the 95th percentile against what is asked, and the median. */
export function latency(
  { id, what, database }: Required<Pick<Result, 'id' | 'what' | 'database'>>,
  times: readonly number[],
  most: number | null = MOST[database],
): Result {
  const measured = percentile(times, 95);
  return {
    id,
    what: `${what}, p95`,
    database,
    measured,
    median: median(times),
    unit: 'ms',
    target: most === null ? '' : `≤ ${most} ms`,
    met: most === null ? null : measured <= most,
  };
}
