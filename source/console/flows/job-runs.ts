import { dayOf } from '../../circulation/time.ts';
import { jobRun, jobRunLines } from '../../desk/jobs.ts';
import type { RunFigure } from '../../desk/jobs.ts';
import type { JobLine } from '../../desk/views.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse } from './browse.ts';

/** The words of jobs in the reader's language. */
export const jobWords = (runtime: Runtime) => wordsIn(runtime.store.get().language).jobs;

/** The day that a run was for. */
export const dayText = (runtime: Runtime, day: string | null): string =>
  day === null ? '' : runtime.dates().numeric(day);

type FigureLine = RunFigure & { readonly isProblem: boolean };

/** One run: its figures, and what it met; behind each the records (JOB-04). */
export async function showRun(runtime: Runtime, id: number): Promise<void> {
  const words = () => runtime.words().jobsScreen;
  let title = '';
  let error: string | null = null;
  await openBrowse<FigureLine>(runtime, {
    table: 'job-run',
    title: () => title,
    hint: () => (error === null ? words().runHint : words().error(printable(error))),
    columns: () => {
      const { columns: heads } = words();
      const { figure, problem } = jobWords(runtime);
      return [
        {
          name: 'figure',
          head: heads.figure,
          width: 0,
          cell: (row) => (row.isProblem ? `! ${problem(row.figure)}` : figure(row.figure)),
        },
        { name: 'count', head: heads.count, width: 10, cell: (row) => String(row.count) },
        {
          name: 'records',
          head: heads.records,
          width: 10,
          cell: (row) => (row.records > 0 ? String(row.records) : ''),
        },
      ];
    },
    keyOf: (row) => `${row.isProblem} ${row.figure}`,
    tone: (row) => (row.isProblem ? 'late' : 'plain'),
    empty: () => words().nothingDone,
    read: async ({ offset, limit }) => {
      const found = await runtime.perform(jobRun, { run: id });
      if (found.kind === 'no-such-run') return { total: 0, lines: [] };
      if (found.kind !== 'run') {
        runtime.refuse(found);
        return undefined;
      }
      const { run, figures, problems } = found;
      const { name, state } = jobWords(runtime);
      const day = run.day ?? dayOf(run.startedAt, runtime.store.get().timeZone);
      title = words().run(name(run.job), dayText(runtime, day), state[run.state]);
      ({ error } = run);
      const lines = [
        ...figures.map((one) => ({ ...one, isProblem: false })),
        ...problems.map((one) => ({ ...one, isProblem: true })),
      ];
      return { total: lines.length, lines: lines.slice(offset, offset + limit) };
    },
    open: async (row) => showRecords(runtime, id, row),
  });
}

/** The records behind a figure of a run. */
async function showRecords(runtime: Runtime, run: number, { figure, isProblem }: FigureLine): Promise<void> {
  const words = () => runtime.words().jobsScreen;
  let total = 0;
  const shown = (code: string): string =>
    isProblem ? jobWords(runtime).problem(code) : jobWords(runtime).figure(code);
  await openBrowse<JobLine>(runtime, {
    table: 'job-records',
    title: () => words().behind(shown(figure), total),
    hint: () => words().behindHint,
    columns: () => {
      const { columns: heads } = words();
      return [
        { name: 'record', head: heads.record, width: 24, cell: (row) => printable(row.record ?? '') },
        { name: 'field', head: heads.field, width: 16, cell: (row) => printable(row.field ?? '') },
        { name: 'value', head: heads.value, width: 0, cell: (row) => printable(row.value ?? '') },
      ];
    },
    keyOf: (row) => `${row.line} ${row.record ?? ''} ${row.field ?? ''}`,
    empty: () => jobWords(runtime).noLines,
    read: async (window) => {
      const found = await runtime.perform(jobRunLines, { run, figure, window });
      if (found.kind !== 'lines') {
        runtime.refuse(found);
        return undefined;
      }
      total = found.total;
      return found;
    },
  });
}
