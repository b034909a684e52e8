import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { jobHistory } from '../../source/desk/jobs.ts';
import { runJob } from '../../source/jobs/index.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { jobOf, markDay, marker } from '../support/jobs.ts';

const JOBS = ['lift-blocks', 'expire-holds', 'purge-letters'] as const;
const WEEK = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-06-0${day}`);
const AFTER = '2026-06-08T03:00';
const NOW = {
  SQLite: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
  PostgreSQL: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
};

/** A worker in a process of its own. */
function startWorker(url: string, ...how: readonly string[]) {
  const file = fileURLToPath(new URL('../support/job-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', file, url, AFTER, ...how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit') as Promise<[number | null]>;
  return {
    next: async (): Promise<string> => String((await lines.next()).value),
    rest: async (): Promise<string[]> => {
      const found: string[] = [];
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) found.push(line.value);
      return found;
    },
    kill: () => child.kill('SIGKILL'),
    ended,
  };
}

async function runs({ perform }: Scene): Promise<{ job: string; day: string | null; state: string }[]> {
  const found = await perform(commandLine, jobHistory, { window: { offset: 0, limit: 500 } });
  if (found.kind !== 'history') throw new Error(found.kind);
  return found.lines.map(({ job, day, state }) => ({ job, day, state })).toReversed();
}

const marks = async (database: TestDatabase): Promise<Record<string, string>> => {
  const found = await database.sql<{ key: string; value: string }>(
    "select key, value from settings where key like '% 2026-%'",
  );
  return Object.fromEntries(found.map((one) => [one.key, one.value]));
};
const allMarked = Object.fromEntries(WEEK.flatMap((day) => JOBS.map((job) => [`${job} ${day}`, '3'])));

onBothDatabases('workers in processes of their own', (it) => {
  it('JOB-02 two of them never run the same job at once, and do each day once', async ({ scene, database }) => {
    const workers = [startWorker(database.url), startWorker(database.url), startWorker(database.url)];
    const said = await Promise.all(workers.map(async (one) => one.rest()));
    expect(await Promise.all(workers.map(async (one) => one.ended))).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(
      said
        .flat()
        .filter((line) => line !== 'ready')
        .toSorted(),
    ).toEqual(WEEK.map((day) => `nightly ${day} done`));
    const all = await runs(scene);
    for (const job of ['nightly', ...JOBS])
      expect(all.filter((one) => one.job === job)).toEqual(WEEK.map((day) => ({ job, day, state: 'done' })));
    expect(await marks(database)).toEqual(allMarked);
    expect(await database.sql("select value from settings where key = 'overlap'")).toEqual([]);
  });

  it('JOB-02 CYC-04 one that is killed in the middle of a batch is taken up, and all ends as if it had not been', async ({
    scene,
    database,
  }) => {
    const killed = startWorker(database.url, 'expire-holds 2026-06-02 2');
    expect(await killed.next()).toBe('ready');
    expect([await killed.next(), await killed.next()]).toEqual(['nightly 2026-06-01 done', 'standing']);
    killed.kill();
    await killed.ended;
    expect((await marks(database))['expire-holds 2026-06-02']).toBe('1');
    const other = startWorker(database.url);
    const said = await other.rest();
    expect(said.slice(1)).toEqual(WEEK.slice(1).map((day) => `nightly ${day} done`));
    expect(await marks(database)).toEqual(allMarked);
    const second = (await runs(scene)).filter((one) => one.day === '2026-06-02');
    expect(second.map((one) => `${one.job} ${one.state}`)).toEqual([
      'nightly interrupted',
      'lift-blocks done',
      'expire-holds interrupted',
      'nightly done',
      'expire-holds done',
      'purge-letters done',
    ]);
  });
});

onBothDatabases('a worker of another machine', (it) => {
  const elsewhere = async (database: TestDatabase, silentFor: number): Promise<void> => {
    const now = database.url.startsWith('sqlite') ? NOW.SQLite : NOW.PostgreSQL;
    await database.sql(`insert into job_runs (job, state, started_at, worker, seen_at, day, exclusive)
      values ('lift-blocks', 'running', 0, 'elsewhere:12:x', ${now} - ${silentFor}, '2026-06-01', true)`);
  };
  const lift = marker('lift-blocks', {});

  it('JOB-02 is believed as long as it is heard of, by the clock of the database', async ({ scene, database }) => {
    await elsewhere(database, 100_000);
    scene.at('2026-06-02T03:00');
    const house = { perform: scene.perform, jobs: [lift] };
    expect(await runJob(house, { name: 'lift-blocks' })).toMatchObject({
      kind: 'busy',
      holder: { worker: 'elsewhere:12:x' },
    });
    expect(await marks(database)).toEqual({});
  });

  it('JOB-02 is given up when it has been silent for two minutes', async ({ scene, database }) => {
    await elsewhere(database, 121_000);
    scene.at('2026-06-02T03:00');
    const house = { perform: scene.perform, jobs: [lift] };
    expect(await runJob(house, { name: 'lift-blocks' })).toMatchObject({ kind: 'done', counters: { moved: 3 } });
    expect((await runs(scene)).map((one) => one.state)).toEqual(['interrupted', 'done']);
  });

  it('JOB-02 should it wake up, it writes nothing more', async ({ scene, database }) => {
    const job = jobOf('lift-blocks', async (on) => {
      await on.batch(markDay, { key: 'first' }, () => ({ counters: { moved: 1 } }));
      await database.sql("update job_runs set worker = 'elsewhere:12:x' where job = 'lift-blocks'");
      await on.batch(markDay, { key: 'second' }, () => ({ counters: { moved: 1 } }));
    });
    scene.at('2026-06-02T03:00');
    const house = { perform: scene.perform, jobs: [job] };
    expect(await runJob(house, { name: 'lift-blocks' })).toMatchObject({ kind: 'interrupted', counters: { moved: 1 } });
    expect(await database.sql("select key from settings where key in ('first', 'second')")).toEqual([{ key: 'first' }]);
    expect((await runs(scene)).map((one) => one.state)).toEqual(['running']);
    await database.sql("update job_runs set state = 'done', ended_at = 0");
  });

  it('JOB-02 a number of a process that has been given anew is not the worker that had it', async ({
    scene,
    database,
  }) => {
    await runJob(
      { perform: scene.perform, jobs: [jobOf('lift-blocks', async () => Promise.resolve())] },
      { name: 'lift-blocks' },
    );
    await database.sql(`insert into job_runs (job, state, started_at, worker, seen_at, day, exclusive)
      select 'expire-holds', 'running', 0, replace(worker, ':', ':') || 'before', seen_at, '2026-06-01', true from job_runs`);
    scene.at('2026-06-02T03:00');
    const house = { perform: scene.perform, jobs: [marker('expire-holds', {})] };
    expect(await runJob(house, { name: 'expire-holds' })).toMatchObject({ kind: 'done' });
  });
});
