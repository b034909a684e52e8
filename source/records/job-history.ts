import type { Instant } from '../circulation/time.ts';
import type { JobCounters, JobLine, JobRun, JobRunState } from './job-runs.ts';
import type { Window } from './loans.ts';
import { row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** Which runs of the history are asked for. `since`: that began then or later. */
export type RunFilter = {
  readonly job?: string | undefined;
  readonly state?: JobRunState | undefined;
  readonly since?: Instant | undefined;
};

const SELECT = `select r.id, r.job, r.day, r.subject, r.state, r.started_at, r.ended_at, r.counters, r.error, s.display_name
  from job_runs r left join staff s on s.id = r.staff_id`;

const runFrom = (one: Row): JobRun => ({
  id: one['id'] as number,
  job: one['job'] as string,
  day: one['day'] as string | null,
  subject: one['subject'] as string | null,
  state: one['state'] as JobRunState,
  startedAt: one['started_at'] as number,
  endedAt: one['ended_at'] as number | null,
  staff: one['display_name'] as string | null,
  counters: JSON.parse(one['counters'] as string) as JobCounters,
  error: one['error'] as string | null,
});

/** What runs of jobs have done (JOB-04). */
export function jobHistoryOn(db: Connection) {
  return {
    /** The last run of each job, by its name. */
    async lastOfEach(): Promise<Map<string, JobRun>> {
      const found = await rows(db, `${SELECT} where r.id in (select max(id) from job_runs group by job)`);
      return new Map(found.map(runFrom).map((one) => [one.job, one]));
    },

    /** A window of the history, the latest first. */
    async latest(filter: RunFilter, window: Window): Promise<{ total: number; lines: JobRun[] }> {
      const wanted = [
        ['r.job = ?', filter.job],
        ['r.state = ?', filter.state],
        ['r.started_at >= ?', filter.since],
      ] as const;
      const given = wanted.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
      const where = given.length === 0 ? '' : ` where ${given.map((one) => one.sql).join(' and ')}`;
      const values = given.map((one) => one.value);
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

    /** How many records there are behind each figure of some runs, or how often they met each problem: the most frequent first. */
    async problems(...runIds: readonly number[]): Promise<{ problem: string; count: number }[]> {
      if (runIds.length === 0) return [];
      const sql = `select problem, count(*) as count from job_run_lines where run_id in (${runIds.map(() => '?').join(', ')})
        group by problem order by count(*) desc, problem`;
      return rows(db, sql, runIds);
    },

    /** Takes away lines of runs that ended before an instant, at most so many (they name people's records); how many. */
    async purgeLines(before: Instant, most: number): Promise<number> {
      const gone = await rows(
        db,
        `delete from job_run_lines where id in (
           select l.id from job_run_lines l join job_runs r on r.id = l.run_id
           where r.ended_at < ? order by l.id limit ?) returning id`,
        [before, most],
      );
      return gone.length;
    },
  };
}
