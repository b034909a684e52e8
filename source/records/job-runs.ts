import type { Day, Instant } from '../circulation/time.ts';
import { jobHistoryOn } from './job-history.ts';
import { insert, insertMany, isPostgres, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';

export type JobRunState = 'running' | 'done' | 'failed' | 'interrupted';

/** What a run has counted: added, rejected … */
export type JobCounters = Readonly<Record<string, number>>;

/** Adds what two runs have counted. */
export function addCounters(one: JobCounters, other: JobCounters): JobCounters {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

/** A run of a job, as its history shows it (JOB-02, JOB-04). */
export type JobRun = {
  readonly id: number;
  readonly job: string;
  /** Of a nightly or monthly job: the business day that it is for (CYC-02). */
  readonly day: Day | null;
  /** What else it was about: the name of a file. */
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

/** A run that has not ended, and what works at it. */
export type RunningJob = {
  readonly id: number;
  readonly worker: string;
  /** Milliseconds since its worker was last heard of, by the clock of the database: machines' own may differ. */
  readonly silentFor: number;
};

/** Begins a run that nobody else may be at. */
export type Claim = {
  readonly job: string;
  /** The business day it is for; null: none. */
  readonly day: Day | null;
  readonly worker: string;
  readonly at: Instant;
  readonly staffId: number | null;
  /** Also where the day has been done. */
  readonly again: boolean;
  /** Whether what works at another run still does; else it is marked as interrupted, and taken up. */
  readonly isAlive: (run: RunningJob) => boolean;
};
export type Claimed =
  | { readonly kind: 'started'; readonly id: number; readonly interrupted: readonly number[] }
  /** Somebody is at it; null: and has just begun. */
  | { readonly kind: 'busy'; readonly holder: RunningJob | null }
  /** The day has been done, by that run. */
  | { readonly kind: 'done-already'; readonly id: number };

/** What has been tried for a day. */
export type DayTried = {
  readonly day: Day;
  readonly done: boolean;
  readonly failures: number;
  /** When the last of those that have ended did; null: none has. */
  readonly endedAt: Instant | null;
};

/** Now, in milliseconds, as the one clock has it that all workers share: the server's, or on SQLite this machine's. */
const databaseNow = (db: Connection): string =>
  isPostgres(db)
    ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
    : "cast(round((julianday('now') - 2440587.5) * 86400000) as integer)";

const HOLDER = "where job = ? and state = 'running' and exclusive";

/** Runs of jobs, with what they counted and what they could not do. */
export function jobRunsOn(db: Connection) {
  const now = databaseNow(db);
  const RUNNING = `select id, worker, ${now} - seen_at as "silentFor" from job_runs`;
  /** Who is at a job. `skipping`: passes over a run that its worker is writing at this moment. */
  const holderOf = async (job: string, skipping: boolean): Promise<RunningJob | undefined> =>
    row<RunningJob>(db, `${RUNNING} ${HOLDER}${skipping && isPostgres(db) ? ' for update skip locked' : ''}`, [job]);

  return {
    ...jobHistoryOn(db),

    /**
     * Begins a run of which there is but one at a time (JOB-02): the unique index of the database sees to it, whoever else
     * begins one at the same moment. Takes up what a worker has left that is no longer there.
     */
    async claim({ job, day, worker, at, staffId, again, isAlive }: Claim): Promise<Claimed> {
      const holder = await holderOf(job, true);
      if (holder && isAlive(holder)) return { kind: 'busy', holder };
      if (holder) await this.end(holder.id, 'interrupted', { at });
      const added = await row<{ id: number }>(
        db,
        `insert into job_runs (job, day, state, worker, seen_at, exclusive, started_at, staff_id)
         values (?, ?, 'running', ?, ${now}, ?, ?, ?)
         on conflict (job) where state = 'running' and exclusive do nothing returning id`,
        [job, day, worker, true, at, staffId],
      );
      if (!added) return { kind: 'busy', holder: (await holderOf(job, false)) ?? null };
      // Asked only now: whoever had the job a moment ago may have just ended it.
      const done = again || day === null ? undefined : await this.doneRun(job, day);
      if (done === undefined) return { kind: 'started', id: added.id, interrupted: holder ? [holder.id] : [] };
      await this.forget(added.id);
      return { kind: 'done-already', id: done };
    },

    /** The run that has done a day; undefined: none has. */
    async doneRun(job: string, day: Day): Promise<number | undefined> {
      const sql = "select id from job_runs where job = ? and day = ? and state = 'done' order by id limit 1";
      return (await row<{ id: number }>(db, sql, [job, day]))?.id;
    },

    /** Begins a run of which there may be several at a time. `worker`: so that others can see whether it still works. */
    async start(run: {
      readonly job: string;
      readonly subject: string | null;
      readonly worker: string;
      readonly at: Instant;
      readonly staffId: number | null;
    }): Promise<number> {
      const { job, subject, worker, at, staffId } = run;
      const about = { job, subject, state: 'running', worker, started_at: at, staff_id: staffId };
      const id = await insert(db, 'job_runs', about);
      await this.tick(id);
      return id;
    },

    /**
     * Says that a run is being worked at, and what it has counted; in the transaction of the work that it counts. False: it
     * has ended, or `worker` no longer has it: then nothing of that work may be kept.
     */
    async tick(id: number, counters?: JobCounters, worker?: string): Promise<boolean> {
      const sets = [`seen_at = ${now}`, ...(counters === undefined ? [] : ['counters = ?'])].join(', ');
      const mine = worker === undefined ? '' : ' and worker = ?';
      const values = [...(counters === undefined ? [] : [JSON.stringify(counters)]), id];
      const found = await rows(
        db,
        `update job_runs set ${sets} where id = ? and state = 'running'${mine} returning id`,
        worker === undefined ? values : [...values, worker],
      );
      return found.length > 0;
    },

    /** Ends a run that has not ended; without counters it keeps those that it had. */
    async end(
      id: number,
      state: Exclude<JobRunState, 'running'>,
      { counters, at, error = null }: { counters?: JobCounters; at: Instant; error?: string | null },
    ): Promise<void> {
      const counts: Record<string, Value> = counters === undefined ? {} : { counters: JSON.stringify(counters) };
      const sets = ['state', 'ended_at', 'error', ...Object.keys(counts)].map((name) => `${name} = ?`).join(', ');
      const values = [state, at, error, ...Object.values(counts), id];
      await rows(db, `update job_runs set ${sets} where id = ? and state = 'running'`, values);
    },

    /** Takes a run out of the history that did nothing. */
    async forget(id: number): Promise<void> {
      await rows(db, 'delete from job_runs where id = ?', [id]);
    },

    /** Runs of a job that have not ended, the oldest first. */
    async running(job: string): Promise<RunningJob[]> {
      return rows<RunningJob>(db, `${RUNNING} where job = ? and state = 'running' order by id`, [job]);
    },

    /** What has been tried for the days of a job since one, the oldest first; days without any run are not in it. */
    async daysTried(job: string, since: Day): Promise<DayTried[]> {
      const sql = `select day, max(case when state = 'done' then 1 else 0 end) as done,
          sum(case when state = 'failed' then 1 else 0 end) as failures, max(ended_at) as "endedAt"
        from job_runs where job = ? and day >= ? group by day order by day`;
      const found = await rows<Omit<DayTried, 'done'> & { done: number }>(db, sql, [job, since]);
      return found.map((one) => ({ ...one, done: one.done === 1 }));
    },

    /** What all runs of some jobs for a day have counted together, and which they are. */
    async ofDay(jobs: readonly string[], day: Day): Promise<{ counters: JobCounters; runs: number[] }> {
      const marks = jobs.map(() => '?').join(', ');
      const sql = `select id, counters from job_runs where job in (${marks}) and day = ? order by id`;
      const found = jobs.length === 0 ? [] : await rows<{ id: number; counters: string }>(db, sql, [...jobs, day]);
      const counters = found.map((one) => JSON.parse(one.counters) as JobCounters).reduce(addCounters, {});
      return { counters, runs: found.map((one) => one.id) };
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
  };
}
