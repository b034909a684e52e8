import { RUNNABLE_NAMES } from '../../circulation/jobs.ts';
import { jobHistory } from '../../desk/jobs.ts';
import type { JobCounters, JobRun } from '../../desk/views.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { ConsoleJob, ConsoleJobDone } from '../contract.ts';
import type { FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { dayText, jobWords, showRun } from './job-runs.ts';

/** What a run has counted, in one line: what is nothing is left out. */
function figuresText(runtime: Runtime, counters: JobCounters): string {
  const words = jobWords(runtime);
  const said = Object.entries(counters).filter(([, count]) => count > 0);
  if (said.length === 0) return runtime.words().jobsScreen.nothingDone;
  return said.map(([figure, count]) => `${count} ${words.figure(figure)}`).join(', ');
}

const toneOf = (run: JobRun | null): 'late' | 'plain' =>
  run?.state === 'failed' || run?.state === 'interrupted' ? 'late' : 'plain';

/** When a job runs by itself. */
function whenText(runtime: Runtime, { schedule }: ConsoleJob): string {
  const words = jobWords(runtime).schedule;
  switch (schedule.every) {
    case 'night':
      return words.night;
    case 'month':
      return words.month;
    case 'day': {
      const two = (count: number): string => String(count).padStart(2, '0');
      return words.day(`${two(Math.floor(schedule.at / 60))}:${two(schedule.at % 60)}`);
    }
    case 'minutes':
      return words.minutes(schedule.count);
  }
}

/** The largest figures, as many as an answer has room for; the history has all of them. */
function mainFigures(runtime: Runtime, counters: JobCounters): string {
  const largest = Object.entries(counters)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 2);
  return figuresText(runtime, Object.fromEntries(largest));
}

type Done = Extract<ConsoleJobDone, { readonly counters: JobCounters }>;

function tellDone(runtime: Runtime, name: string, { kind, counters, error }: Done): void {
  const words = runtime.words().jobsScreen;
  if (kind === 'done') runtime.tell('done', words.done(name, mainFigures(runtime, counters)));
  else if (kind === 'failed') runtime.tell('refusal', words.failed(name, printable(error ?? '')));
  else runtime.tell('warning', words.interrupted(name));
}

/** Runs a job now, after a question; what it has done is said, and stands in the history (JOB-02). */
async function runNow(runtime: Runtime, job: ConsoleJob | undefined): Promise<void> {
  if (!job) return;
  const words = runtime.words().jobsScreen;
  const name = jobWords(runtime).name(job.name);
  const answer = await runtime.ask({
    title: words.askRun(name),
    lines: wrap(words.askRunLine, runtime.store.get().columns - 6),
    why: [],
    choices: ['answer-yes', 'answer-cancel'],
  });
  if (answer !== 'answer-yes') return;
  runtime.tell('information', words.running(name));
  const done = await runtime.runJob({ name: job.name });
  if (done === null) return runtime.tell('refusal', words.unavailable);
  if ('counters' in done) tellDone(runtime, name, done);
  else if (done.kind === 'busy') runtime.tell('information', words.busy(name));
  else runtime.refuse(done);
  await refreshBrowse(runtime);
}

/** What runs by itself: when, what came of it last, when it runs again (JOB-04). */
export async function showJobs(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().jobsScreen;
  await openBrowse<ConsoleJob>(runtime, {
    table: 'jobs',
    title: () => words().head,
    hint: () => words().hint(runtime.keyFor('run-job'), runtime.keyFor('other-list')),
    columns: () => {
      const heads = jobWords(runtime).column;
      const last = ({ last: run }: ConsoleJob): string =>
        run === null
          ? jobWords(runtime).never
          : `${runtime.dates().dayAndMonth(run.startedAt)} ${runtime.dates().hour(run.startedAt)} ${jobWords(runtime).state[run.state]}`;
      return [
        { name: 'job', head: heads.job, width: 0, cell: (row) => jobWords(runtime).name(row.name) },
        { name: 'when', head: heads.when, width: 28, byDefault: false, cell: (row) => whenText(runtime, row) },
        { name: 'last', head: heads.last, width: 20, cell: last },
        {
          name: 'next',
          head: heads.next,
          width: 12,
          cell: (row) => `${runtime.dates().dayAndMonth(row.next)} ${runtime.dates().hour(row.next)}`,
        },
      ];
    },
    keyOf: (row) => row.name,
    tone: (row) => toneOf(row.last),
    empty: () => words().none,
    read: async ({ offset, limit }) => {
      const found = await runtime.listJobs();
      if (found === null) return { total: 0, lines: [] };
      if (found.kind !== 'jobs') {
        runtime.refuse(found);
        return undefined;
      }
      return { total: found.jobs.length, lines: found.jobs.slice(offset, offset + limit) };
    },
    open: async (row) => showHistory(runtime, row.name),
    commands: {
      'run-job': async (row) => runNow(runtime, row),
      'other-list': async () => showHistory(runtime, undefined),
    },
  });
}

const STATES: readonly JobRun['state'][] = ['running', 'done', 'failed', 'interrupted'];

/** Of which job, in which state, of how many days. */
async function fillFilters(runtime: Runtime, before: FormValues): Promise<FormValues | undefined> {
  const words = runtime.words().jobsScreen;
  const names = jobWords(runtime);
  const any = { value: '', label: words.any };
  return runtime.askForm({
    key: 'jobs',
    title: words.filters,
    fields: [
      {
        kind: 'choice',
        name: 'job',
        label: names.column.job,
        value: String(before['job'] ?? ''),
        options: [any, ...RUNNABLE_NAMES.map((value) => ({ value, label: names.name(value) }))],
      },
      {
        kind: 'choice',
        name: 'state',
        label: names.column.state,
        value: String(before['state'] ?? ''),
        options: [any, ...STATES.map((value) => ({ value, label: names.state[value] }))],
      },
      {
        kind: 'text',
        name: 'days',
        label: words.days,
        value: String(before['days'] ?? ''),
        hint: words.daysHint,
        live: (text) => (/^[1-9]\d{0,3}$/.test(text) ? undefined : words.badDays),
      },
    ],
  });
}

/** What jobs have done, the latest first; `job`: one of them (JOB-04). */
async function showHistory(runtime: Runtime, job: string | undefined): Promise<void> {
  const words = () => runtime.words().jobsScreen;
  let filters: FormValues = { job: job ?? '', state: '', days: '' };
  let total = 0;
  const asked = () => {
    const name = String(filters['job']);
    const state = STATES.find((one) => one === filters['state']);
    const days = Number(filters['days']);
    return { ...(name === '' ? {} : { job: name }), ...(state ? { state } : {}), ...(days > 0 ? { days } : {}) };
  };
  await openBrowse<JobRun>(runtime, {
    table: 'job-history',
    title: () => {
      const name = String(filters['job']);
      return name === '' ? words().history(total) : words().historyOf(jobWords(runtime).name(name), total);
    },
    hint: () => words().historyHint(runtime.keyFor('edit')),
    columns: () => {
      const { column, name, state } = jobWords(runtime);
      return [
        { name: 'began', head: column.began, width: 16, cell: (row) => runtime.dates().short(row.startedAt) },
        { name: 'job', head: column.job, width: 20, cell: (row) => name(row.job) },
        { name: 'day', head: column.day, width: 11, cell: (row) => dayText(runtime, row.day) },
        { name: 'state', head: column.state, width: 11, cell: (row) => state[row.state] },
        { name: 'figures', head: column.figures, width: 0, cell: (row) => figuresText(runtime, row.counters) },
        { name: 'staff', head: column.staff, width: 10, byDefault: false, cell: (row) => printable(row.staff ?? '') },
      ];
    },
    keyOf: (row) => String(row.id),
    tone: toneOf,
    empty: () => jobWords(runtime).noRuns,
    read: async (window) => {
      const found = await runtime.perform(jobHistory, { ...asked(), window });
      if (found.kind !== 'history') {
        runtime.refuse(found);
        return undefined;
      }
      total = found.total;
      return found;
    },
    open: async (row) => showRun(runtime, row.id),
    commands: {
      edit: async () => {
        const filled = await fillFilters(runtime, filters);
        if (!filled) return;
        filters = filled;
        await refreshBrowse(runtime, { selected: 0, offset: 0 });
      },
    },
  });
}
