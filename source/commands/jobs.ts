import process from 'node:process';
import { RUNNABLE_NAMES } from '../circulation/jobs.ts';
import type { RunnableName } from '../circulation/jobs.ts';
import { PATRON_IMPORT } from '../desk/import-patrons.ts';
import { jobHistory } from '../desk/jobs.ts';
import type { JobRun, JobRunState } from '../desk/views.ts';
import { listJobs } from '../jobs/history.ts';
import { failureIn, runJob, unitsOf } from '../jobs/index.ts';
import type { JobOutcome, Schedule } from '../jobs/index.ts';
import { datesIn } from '../language/dates.ts';
import type { JobWords } from '../language/job-words.ts';
import { jobResult } from '../training/job-results.ts';
import { local } from '../training/plain.ts';
import { complain, print, printJson, report } from './context.ts';
import type { Context } from './context.ts';
import { logCrash } from './crash.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { jobHouse } from './jobs-house.ts';
import { hoped, isRefusal, refusedBy } from './refusals.ts';
import { COMMAND_LINE_SEAT, officeSeat } from './seat.ts';
import { nearest } from './suggest.ts';
import { tableLines } from './table-lines.ts';

const STATES: readonly JobRunState[] = ['running', 'done', 'failed', 'interrupted'];
/** Runs that the history shows at most. */
const MOST = 200;

/** When a job runs, in words. */
export function scheduleText(schedule: Schedule, { schedule: say }: JobWords): string {
  switch (schedule.every) {
    case 'night':
      return say.night;
    case 'month':
      return say.month;
    case 'minutes':
      return say.minutes(schedule.count);
    case 'day': {
      const [hours, minutes] = [Math.floor(schedule.at / 60), schedule.at % 60];
      return say.day(`${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
    }
  }
}

/** What a run has counted, in one line; what is zero is not said. */
export const figuresText = (counters: Readonly<Record<string, number>>, words: JobWords): string =>
  Object.entries(counters)
    .filter(([, count]) => count > 0)
    .map(([figure, count]) => `${count} ${words.figure(figure)}`)
    .join(', ');

/** `guichet jobs list`: what runs by itself, when it did last, and when it does next (JOB-02). */
export async function list(context: Context): Promise<Status> {
  const { words, language } = context;
  const say = words.jobs;
  return withDatabase(context, {}, async (opened) => {
    if (opened.network === null) throw refused(words.commands.network.none);
    const units = unitsOf(jobHouse(context, opened).jobs);
    const found = hoped(await opened.perform(COMMAND_LINE_SEAT, listJobs, { units }), words.commands.refusal);
    const dates = datesIn(language, opened.timeZone);
    const zone = { timeZone: opened.timeZone };
    const result = found.jobs.map(({ name, schedule, last, next }) => ({
      name,
      schedule,
      next: local(next, zone),
      last: last && { run: last.id, day: last.day, state: last.state, at: local(last.startedAt, zone) },
    }));
    report(context, result, () =>
      tableLines(
        [say.column.job, '', say.column.when, say.column.last, say.column.next],
        found.jobs.map(({ name, schedule, last, next }) => [
          name,
          say.name(name),
          scheduleText(schedule, say),
          last ? `${dates.short(last.startedAt)} ${say.state[last.state]}` : say.never,
          dates.short(next),
        ]),
      ),
    );
    return 0;
  });
}

const secondsOf = ({ startedAt, endedAt }: JobRun): number =>
  Math.max(0, Math.round(((endedAt ?? startedAt) - startedAt) / 1000));

function asked({ options, words }: Context): { job?: string; state?: JobRunState; days?: number } {
  const { usage } = words.commands;
  const [job, state, days] = [options.text('job'), options.text('state'), options.text('days')];
  // An import has its runs there too, and nobody runs it by its name.
  const jobs: readonly string[] = [...RUNNABLE_NAMES, PATRON_IMPORT];
  if (job !== undefined && !jobs.includes(job)) throw misused(words.jobs.unknownJob(job));
  const known = STATES.find((one) => one === state);
  if (state !== undefined && !known) throw misused(usage.notOneOf('--state', state, STATES, nearest(state, STATES)));
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw misused(usage.notANumber('--days', days));
  return {
    ...(job === undefined ? {} : { job }),
    ...(known ? { state: known } : {}),
    ...(days === undefined ? {} : { days: Number(days) }),
  };
}

/** `guichet jobs history`: what jobs have done, the latest first (JOB-04). */
export async function history(context: Context): Promise<Status> {
  const { words, language } = context;
  const say = words.jobs;
  const filter = asked(context);
  return withDatabase(context, {}, async ({ perform, timeZone }) => {
    const window = { offset: 0, limit: MOST };
    const found = hoped(await perform(COMMAND_LINE_SEAT, jobHistory, { ...filter, window }), words.commands.refusal);
    const dates = datesIn(language, timeZone);
    const lines = found.lines.map(({ id, startedAt, endedAt, ...about }) => ({
      run: id,
      ...about,
      startedAt: local(startedAt, { timeZone }),
      endedAt: local(endedAt, { timeZone }) ?? null,
    }));
    report(context, { total: found.total, lines }, () => {
      if (found.lines.length === 0) return [say.noRuns];
      const { run: number, job, day, began, state, figures } = say.column;
      return tableLines(
        [number, job, day, began, state, figures],
        found.lines.map((one) => [
          String(one.id),
          one.job,
          one.day ?? one.subject ?? '',
          dates.short(one.startedAt),
          `${say.state[one.state]} ${secondsOf(one)} s`,
          [figuresText(one.counters, say), one.error ?? ''].filter((text) => text !== '').join(' · '),
        ]),
      );
    });
    return 0;
  });
}

const isRunnable = (name: string): name is RunnableName => (RUNNABLE_NAMES as readonly string[]).includes(name);

/** Says what has become of a run; the exit status says whether it was done. */
async function conclude(context: Context, name: RunnableName, outcome: JobOutcome, started: number): Promise<Status> {
  const { words, options } = context;
  const say = words.jobs;
  if (isRefusal(outcome)) throw refusedBy(outcome, words.commands.refusal);
  if (options.has('json')) printJson(context, jobResult(outcome));
  const failure = failureIn(outcome);
  if (failure) await logCrash(context.folders, failure.cause, `jobs run ${failure.job ?? name}`);
  const title = say.name(name);
  switch (outcome.kind) {
    case 'busy':
      throw refused(say.busy(title));
    case 'done-already':
      throw refused(say.doneAlready(title, outcome.day ?? ''));
    case 'interrupted':
      throw refused(say.interrupted(title));
    case 'failed':
      throw refused(say.failed(title, outcome.error));
    case 'done': {
      if (options.has('json')) return 0;
      const seconds = Math.round((performance.now() - started) / 1000);
      const { day, counters } = outcome;
      const figures = figuresText(counters, say);
      print(context, say.ran({ job: title, day, state: 'done', seconds, figures, error: null }));
      return 0;
    }
  }
}

async function runIn(context: Context, opened: Opened, name: RunnableName, signal: AbortSignal): Promise<Status> {
  const started = performance.now();
  const seat = await officeSeat(context, opened);
  const day = context.options.text('day');
  const { stderr } = context.machine;
  const { jobs: say } = context.words;
  const outcome = await runJob(jobHouse(context, opened), {
    name,
    seat,
    signal,
    again: true,
    ...(day === undefined ? {} : { day }),
    onProgress: ({ job, counters }) => {
      if (stderr.isTTY) stderr.write(`\r${say.name(job)} ${figuresText(counters, say)}\u001B[K`);
    },
  });
  if (stderr.isTTY) stderr.write('\r\u001B[K');
  return conclude(context, name, outcome, started);
}

/** `guichet jobs run NAME [--day DAY]` (JOB-02): now, also where the day has been done. Ctrl-C ends it after a batch. */
export async function run(context: Context): Promise<Status> {
  const { input, words } = context;
  const [name = ''] = input;
  if (!isRunnable(name)) throw misused(words.jobs.unknownJob(name));
  const stop = new AbortController();
  const giveUp = (): void => {
    complain(context, `guichet: ${words.jobs.stopping}`);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, giveUp);
  try {
    return await withDatabase(context, {}, async (opened) => runIn(context, opened, name, stop.signal));
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, giveUp);
  }
}
