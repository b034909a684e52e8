import type { JobFigure, JobName } from '../../source/circulation/jobs.ts';
import { action } from '../../source/desk/perform.ts';
import type { Refusal } from '../../source/desk/perform.ts';
import type { Job, JobWork, Schedule } from '../../source/jobs/index.ts';

/** Marks that a day gets, one in each batch; done again it gets no more. */
export const MARKS = 3;

type Marked = { readonly kind: 'marked'; readonly mark: number; readonly more: boolean };

/** An action that changes something which can be counted: a setting goes up to three. `during` is awaited in its transaction. */
export const markDay = action(
  'mark-day',
  { permission: 'run-jobs' },
  async (
    { records },
    { key, during }: { readonly key: string; readonly during?: (mark: number) => Promise<void> },
  ): Promise<Marked | Refusal> => {
    const mark = Math.min(MARKS, Number((await records.settings.get(key)) ?? '0') + 1);
    await records.settings.set(key, String(mark));
    await during?.(mark);
    return { kind: 'marked', mark, more: mark < MARKS };
  },
);

/** A job of a test: what it does, and when. */
export const jobOf = (
  name: JobName,
  work: (on: JobWork) => Promise<void>,
  schedule: Schedule = { every: 'night' },
): Job => ({ name, schedule, work });

/** A job that writes down the days it is run for, and counts one each time. */
export const diary = (ran: string[], name: JobName, schedule?: Schedule, figure: JobFigure = 'moved'): Job =>
  jobOf(
    name,
    async (on) => {
      ran.push(`${name} ${on.day ?? '-'}`);
      await on.batch(markDay, { key: `${name} ${on.day ?? '-'}` }, () => ({
        counters: { [figure]: 1 },
        lines: [{ figure, record: `R ${on.day ?? '-'}` }],
      }));
    },
    schedule,
  );

/** Comes and goes: finds out whether somebody else is in the same job at that time. */
const enter = action(
  'enter-job',
  { permission: 'run-jobs' },
  async (
    { records },
    { job, who }: { readonly job: string; readonly who: string },
  ): Promise<{ readonly kind: 'in' } | Refusal> => {
    const inside = await records.settings.get(`inside ${job}`);
    if (who !== '' && inside !== undefined && inside !== '')
      await records.settings.set('overlap', `${inside} and ${who} in ${job}`);
    await records.settings.set(`inside ${job}`, who);
    return { kind: 'in' };
  },
);

/** A job that marks its day three times, a batch each. `during` is awaited in the transaction of each. */
export const marker = (
  name: JobName,
  {
    who,
    during,
    schedule,
  }: { who?: string; during?: (name: JobName, day: string, mark: number) => Promise<void>; schedule?: Schedule },
): Job =>
  jobOf(
    name,
    async (on) => {
      const day = on.day ?? '-';
      if (who !== undefined) await on.batch(enter, { job: name, who }, () => ({}));
      for (let more = true; more;) {
        const request = { key: `${name} ${day}`, during: async (mark: number) => during?.(name, day, mark) };
        more = (await on.batch(markDay, request, () => ({ counters: { moved: 1 } }))).more;
      }
      if (who !== undefined) await on.batch(enter, { job: name, who: '' }, () => ({}));
    },
    schedule,
  );
