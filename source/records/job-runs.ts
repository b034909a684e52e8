import type { Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { insert, insertMany, row, rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

export type JobRunState = 'running' | 'done' | 'failed' | 'interrupted';

/** What a run has counted: added, rejected … */
export type JobCounters = Readonly<Record<string, number>>;

/** A run of a job, as its history shows it (JOB-02, JOB-04). */
export type JobRun = {
  readonly id: number;
  readonly job: string;
  /** What it was about: a day, the name of a file. */
  readonly subject: string | null;
  readonly state: JobRunState;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** The account; null: the program itself. */
  readonly staff: string | null;
  readonly counters: JobCounters;
  readonly error: string | null;
};

/** Something that a run could not do (IMP-02). */
export type JobLine = {
  /** From 1: of the file, else of the report. */
  readonly line: number;
  /** Which record it was: an identifier, a barcode. */
  readonly record?: string | null;
  readonly field?: string | null;
  /** A code. */
  readonly problem: string;
  readonly value?: string | null;
};

/** A run that has not ended, by what works at it, and when that was last heard of. */
export type RunningJob = { readonly id: number; readonly worker: string; readonly seenAt: Instant };

/** What is kept in one column: counters, and between the lines who works at it. */
type Kept = { readonly worker: string; readonly seenAt: Instant; readonly counts: JobCounters };

const keptIn = (text: string): Kept => ({ worker: '', seenAt: 0, counts: {}, ...(JSON.parse(text) as Partial<Kept>) });

const SELECT = `select r.id, r.job, r.subject, r.state, r.started_at, r.ended_at, r.counters, r.error, s.display_name
  from job_runs r left join staff s on s.id = r.staff_id`;

const runFrom = (one: Row): JobRun => ({
  id: one['id'] as number,
  job: one['job'] as string,
  subject: one['subject'] as string | null,
  state: one['state'] as JobRunState,
  startedAt: one['started_at'] as number,
  endedAt: one['ended_at'] as number | null,
  staff: one['display_name'] as string | null,
  counters: keptIn(one['counters'] as string).counts,
  error: one['error'] as string | null,
});

/** Runs of jobs, with what they counted and what they could not do. */
export function jobRunsOn(db: Connection) {
  const workerOf = async (id: number): Promise<string> => {
    const found = await row<{ counters: string }>(db, 'select counters from job_runs where id = ?', [id]);
    return keptIn(found?.counters ?? '{}').worker;
  };
  const kept = async (id: number, counts: JobCounters, seenAt: Instant): Promise<string> =>
    JSON.stringify({ worker: await workerOf(id), seenAt, counts } satisfies Kept);

  return {
    /** Begins a run. `worker`: what works at it, so that others can see whether it still does (`host:process`). */
    async start(run: {
      readonly job: string;
      readonly subject: string | null;
      readonly worker: string;
      readonly at: Instant;
      readonly staffId: number | null;
    }): Promise<number> {
      const { job, subject, worker, at, staffId } = run;
      const counters = JSON.stringify({ worker, seenAt: at, counts: {} } satisfies Kept);
      return insert(db, 'job_runs', { job, subject, state: 'running', started_at: at, staff_id: staffId, counters });
    },

    /** Says how far a run is; in the transaction of the work that it counts. */
    async tick(id: number, counts: JobCounters, at: Instant): Promise<void> {
      await rows(db, "update job_runs set counters = ? where id = ? and state = 'running'", [
        await kept(id, counts, at),
        id,
      ]);
    },

    /** Ends a run; without counters it keeps those that it had. */
    async end(
      id: number,
      state: Exclude<JobRunState, 'running'>,
      { counters, at, error = null }: { counters?: JobCounters; at: Instant; error?: string | null },
    ): Promise<void> {
      const counts: Record<string, Value> = counters === undefined ? {} : { counters: await kept(id, counters, at) };
      const sets = ['state', 'ended_at', 'error', ...Object.keys(counts)].map((name) => `${name} = ?`).join(', ');
      await rows(db, `update job_runs set ${sets} where id = ?`, [state, at, error, ...Object.values(counts), id]);
    },

    /** Runs of a job that have not ended, the oldest first. */
    async running(job: string): Promise<RunningJob[]> {
      const sql = "select id, counters from job_runs where job = ? and state = 'running' order by id";
      const found = await rows<{ id: number; counters: string }>(db, sql, [job]);
      return found.map(({ id, counters }) => {
        const { worker, seenAt } = keptIn(counters);
        return { id, worker, seenAt };
      });
    },

    /** Writes down what a run could not do. */
    async addLines(runId: number, lines: readonly JobLine[]): Promise<void> {
      const list = lines.map(({ line, record = null, field = null, problem, value = null }) => ({
        run_id: runId,
        line,
        record,
        field,
        problem,
        value,
      }));
      await insertMany(db, 'job_run_lines', list);
    },

    /** A window of the history, the latest first; `job`: of one job. */
    async latest({ job }: { readonly job?: string }, window: Window): Promise<{ total: number; lines: JobRun[] }> {
      const where = job === undefined ? '' : ' where r.job = ?';
      const values = job === undefined ? [] : [job];
      const total = await row<{ n: number }>(db, `select count(*) as n from job_runs r${where}`, values);
      const sql = `${SELECT}${where} order by r.id desc limit ? offset ?`;
      const found = await rows(db, sql, [...values, window.limit, window.offset]);
      return { total: total?.n ?? 0, lines: found.map(runFrom) };
    },

    /** One run. */
    async byId(id: number): Promise<JobRun | undefined> {
      const found = await row(db, `${SELECT} where r.id = ?`, [id]);
      return found && runFrom(found);
    },

    /** A window of what a run could not do, in the order of the file; `problem`: of that kind only. */
    async lines(
      runId: number,
      window: Window,
      { problem }: { readonly problem?: string } = {},
    ): Promise<{ total: number; lines: JobLine[] }> {
      const where = `where run_id = ?${problem === undefined ? '' : ' and problem = ?'}`;
      const values = [runId, ...(problem === undefined ? [] : [problem])];
      const total = await row<{ n: number }>(db, `select count(*) as n from job_run_lines ${where}`, values);
      const sql = `select line, record, field, problem, value from job_run_lines ${where} order by line, id limit ? offset ?`;
      const lines = await rows<JobLine>(db, sql, [...values, window.limit, window.offset]);
      return { total: total?.n ?? 0, lines: lines.map((one) => ({ ...one })) };
    },

    /** How often a run met each problem, the most frequent first. */
    async problems(runId: number): Promise<{ problem: string; count: number }[]> {
      const sql =
        'select problem, count(*) as count from job_run_lines where run_id = ? group by problem order by count(*) desc, problem';
      return rows(db, sql, [runId]);
    },
  };
}
