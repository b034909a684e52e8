import { remindOfHolds } from '../desk/hold-reminders.ts';
import type { Job } from './job.ts';
import { untilDone } from './pace.ts';

const EIGHT_O_CLOCK = 8 * 60;

/** Reminds patrons of what waits for them on hold shelves, at eight in the morning (HOLD-01). */
export const holdRemindersJob: Job = {
  name: 'hold-reminders',
  schedule: { every: 'day', at: EIGHT_O_CLOCK },
  async work(on) {
    let after: number | null = 0;
    await untilDone(on, async () => {
      const request = { asOf: on.asOf, after: after ?? 0 };
      const { last } = await on.batch(remindOfHolds, request, ({ told, unreachable }) => ({
        counters: { 'hold-reminder': told.length },
        lines: [
          ...told.map((record) => ({ figure: 'hold-reminder' as const, record })),
          ...unreachable.map((record) => ({ figure: 'no-address' as const, record })),
        ],
      }));
      after = last;
      return after !== null;
    });
  },
};
