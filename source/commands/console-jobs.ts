import type { ConsoleHouse } from '../console/open.tsx';
import type { Context } from './context.ts';
import type { Opened } from './database.ts';

/**
 * What the console needs to list jobs and to have them run; loaded when somebody asks for it, not when a desk opens.
 * `context` null: nothing is mailed from here.
 */
export function consoleJobs(
  opened: Pick<Opened, 'perform' | 'training'>,
  context: Context | null,
): NonNullable<ConsoleHouse['jobs']> {
  const load = async () => {
    const [{ jobHouse }, { runJob, unitsOf }, { listJobs }] = await Promise.all([
      import('./jobs-house.ts'),
      import('../jobs/index.ts'),
      import('../jobs/history.ts'),
    ]);
    return { house: jobHouse(context, opened, () => undefined), runJob, unitsOf, listJobs };
  };
  return {
    list: async (perform, seat) => {
      const { house, listJobs, unitsOf } = await load();
      return perform(seat, listJobs, { units: unitsOf(house.jobs) });
    },
    run: async (perform, seat, request) => {
      const { house, runJob } = await load();
      const outcome = await runJob({ ...house, perform }, { ...request, seat, again: true });
      switch (outcome.kind) {
        case 'busy':
        case 'done-already':
          return { kind: 'busy' };
        case 'done':
        case 'interrupted':
        case 'failed': {
          const { kind, run, day, counters } = outcome;
          return { kind, run, day, counters, error: kind === 'failed' ? outcome.error : null };
        }
        default:
          return outcome;
      }
    },
  };
}
