import { expect } from 'vitest';
import { DatabaseAway } from '../../source/desk/away.ts';
import { jobHistory, jobRun, jobRunLines } from '../../source/desk/jobs.ts';
import { catchUp, runJob } from '../../source/jobs/index.ts';
import type { Job, JobOutcome } from '../../source/jobs/index.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { diary, jobOf, markDay } from '../support/jobs.ts';

const window = { offset: 0, limit: 100 };

/** The whole history: job, day and state of each run, the oldest first. */
async function history({ perform }: Scene): Promise<string[]> {
  const found = await perform(commandLine, jobHistory, { window });
  if (found.kind !== 'history') throw new Error(found.kind);
  return found.lines.map(({ job, day, state }) => `${job} ${day ?? '-'} ${state}`).toReversed();
}

const kinds = (outcome: JobOutcome): string[] => [
  outcome.kind,
  ...(outcome.jobs ?? []).map((one) => `${one.job} ${one.outcome.kind}`),
];

onBothDatabases('a night', (it) => {
  it('JOB-01 CYC-02 runs all of a business day in order, by the clock of the next day, once', async ({ scene }) => {
    const ran: string[] = [];
    const jobs = [diary(ran, 'purge-letters'), diary(ran, 'lift-blocks')];
    const house = { perform: scene.perform, jobs };
    scene.at('2026-06-02T00:10');
    expect(await catchUp(house)).toEqual([]);
    scene.at('2026-06-02T00:30');
    expect((await catchUp(house)).map((one) => [one.name, one.day, ...kinds(one.outcome)])).toEqual([
      ['nightly', '2026-06-01', 'done', 'lift-blocks done', 'purge-letters done'],
    ]);
    expect(ran).toEqual(['lift-blocks 2026-06-01', 'purge-letters 2026-06-01']);
    expect(await catchUp(house)).toEqual([]);
    expect(await history(scene)).toEqual([
      'nightly 2026-06-01 done',
      'lift-blocks 2026-06-01 done',
      'purge-letters 2026-06-01 done',
    ]);
  });

  it('CYC-04 a week that nobody was there for is caught up day after day; the months and the hours of a day among them', async ({
    scene,
  }) => {
    const ran: string[] = [];
    const jobs = [
      diary(ran, 'lift-blocks'),
      diary(ran, 'hold-reminders', { every: 'day', at: 480 }),
      diary(ran, 'close-lost-loans', { every: 'month' }),
    ];
    const house = { perform: scene.perform, jobs };
    scene.at('2026-06-02T09:00');
    await catchUp(house);
    expect(ran.splice(0)).toEqual(['lift-blocks 2026-06-01', 'hold-reminders 2026-06-02']);
    scene.at('2026-07-01T07:59');
    const done = await catchUp(house);
    const days = Array.from({ length: 28 }, (_, one) => `2026-06-${String(one + 3).padStart(2, '0')}`);
    expect(ran).toEqual([
      'lift-blocks 2026-06-02',
      ...days.flatMap((day) => [`hold-reminders ${day}`, `lift-blocks ${day}`]),
      'close-lost-loans 2026-06-30',
    ]);
    expect(done.at(-1)).toMatchObject({ name: 'monthly', day: '2026-06-30', at: local('2026-07-01T01:30') });
  });

  it('JOB-04 its history has counters, and the records behind each figure', async ({ scene }) => {
    const jobs: Job[] = [
      diary([], 'lift-blocks'),
      jobOf('expire-holds', async (on) => {
        await on.count({ counters: { moved: 2 }, lines: [{ figure: 'moved', record: 'B1' }] });
        await on.count({ counters: { replanned: 1 }, lines: [{ figure: 'no-open-day', value: 'sci' }] });
        await on.count({ lines: [{ figure: 'no-open-day', value: 'med' }] });
      }),
    ];
    scene.at('2026-06-02T03:00');
    const done = await runJob({ perform: scene.perform, jobs }, { name: 'nightly' });
    expect(done).toMatchObject({ kind: 'done', day: '2026-06-01', counters: { moved: 3, replanned: 1 } });
    const part = done.jobs?.find((one) => one.job === 'expire-holds')?.outcome;
    if (part?.kind !== 'done') throw new Error('not done');
    expect(await scene.perform(commandLine, jobRun, { run: part.run })).toMatchObject({
      kind: 'run',
      run: { job: 'expire-holds', day: '2026-06-01', state: 'done', staff: null, counters: { moved: 2, replanned: 1 } },
      figures: [
        { figure: 'moved', count: 2, records: 1 },
        { figure: 'replanned', count: 1, records: 0 },
      ],
      problems: [{ figure: 'no-open-day', count: 2, records: 2 }],
    });
    const lines = { run: part.run, figure: 'no-open-day', window: { offset: 1, limit: 5 } };
    expect(await scene.perform(commandLine, jobRunLines, lines)).toEqual({
      kind: 'lines',
      total: 2,
      lines: [{ line: 3, record: null, field: null, problem: 'no-open-day', value: 'med' }],
    });
    expect(await scene.perform(commandLine, jobRun, { run: 999 })).toEqual({ kind: 'no-such-run' });
    const failed = await scene.perform(commandLine, jobHistory, { state: 'failed', window });
    expect(failed).toMatchObject({ total: 0 });
    scene.at('2026-06-03T03:00');
    await runJob({ perform: scene.perform, jobs }, { name: 'lift-blocks' });
    for (const [days, total] of [
      [1, 1],
      [2, 4],
      [3, 4],
    ] as const)
      expect(await scene.perform(commandLine, jobHistory, { days, window })).toMatchObject({ total });
    expect(await scene.perform(commandLine, jobHistory, { job: 'lift-blocks', window })).toMatchObject({ total: 2 });
  });

  it('JOB-02 a job that fails is in the history with its error, stops no other, and is tried again', async ({
    scene,
  }) => {
    const ran: string[] = [];
    let broken = true;
    const jobs = [
      diary(ran, 'lift-blocks'),
      jobOf('expire-holds', async (on) => {
        await on.batch(markDay, { key: 'first' }, () => ({ counters: { moved: 1 } }));
        if (broken) throw new TypeError('x is not a function');
      }),
      diary(ran, 'purge-letters'),
    ];
    const house = { perform: scene.perform, jobs };
    scene.at('2026-06-02T00:30');
    const [one] = await catchUp(house);
    expect(one && kinds(one.outcome)).toEqual([
      'failed',
      'lift-blocks done',
      'expire-holds failed',
      'purge-letters done',
    ]);
    expect(one?.outcome).toMatchObject({ error: 'JobsFailed: expire-holds: TypeError: x is not a function' });
    const failed = await scene.perform(commandLine, jobHistory, { job: 'expire-holds', state: 'failed', window });
    expect(failed).toMatchObject({ lines: [{ error: 'TypeError: x is not a function', counters: { moved: 1 } }] });
    // It rests for a minute, then longer, and holds up no other night.
    expect(await catchUp(house)).toEqual([]);
    scene.at('2026-06-02T00:31');
    expect((await catchUp(house)).map((again) => again.outcome.kind)).toEqual(['failed']);
    scene.at('2026-06-02T00:35');
    expect(await catchUp(house)).toEqual([]);
    broken = false;
    scene.at('2026-06-03T00:30');
    expect((await catchUp(house)).map((again) => [again.day, ...kinds(again.outcome)])).toEqual([
      ['2026-06-01', 'done', 'lift-blocks done-already', 'expire-holds done', 'purge-letters done-already'],
      ['2026-06-02', 'done', 'lift-blocks done', 'expire-holds done', 'purge-letters done'],
    ]);
    expect(ran).toEqual([
      'lift-blocks 2026-06-01',
      'purge-letters 2026-06-01',
      'lift-blocks 2026-06-02',
      'purge-letters 2026-06-02',
    ]);
  });

  it('JOB-02 stopped between two batches, what was done stays, and the day is done by whoever comes next', async ({
    scene,
    database,
  }) => {
    const stop = new AbortController();
    let batches = 0;
    const jobs = [
      jobOf('lift-blocks', async (on) => {
        for (let more = true; more;) {
          const done = await on.batch(markDay, { key: 'marks' }, () => ({ counters: { moved: 1 } }));
          batches += 1;
          if (batches === 2) stop.abort();
          more = done.more;
        }
      }),
    ];
    const house = { perform: scene.perform, jobs };
    scene.at('2026-06-02T00:30');
    const stopped = await runJob(house, { name: 'nightly', signal: stop.signal });
    expect(stopped).toMatchObject({ kind: 'interrupted' });
    expect(await database.sql("select value from settings where key = 'marks'")).toEqual([{ value: '2' }]);
    expect((await catchUp(house)).map((one) => one.outcome)).toMatchObject([{ kind: 'done', counters: { moved: 1 } }]);
    expect(await history(scene)).toEqual([
      'nightly 2026-06-01 interrupted',
      'lift-blocks 2026-06-01 interrupted',
      'nightly 2026-06-01 done',
      'lift-blocks 2026-06-01 done',
    ]);
  });

  it('JOB-02 a database that goes away leaves a run that is taken up', async ({ scene }) => {
    let away = true;
    const jobs = [
      jobOf('lift-blocks', async (on) => {
        await on.count({ counters: { moved: 1 } });
        if (away) throw new DatabaseAway('unreachable', 'a test');
      }),
    ];
    const house = { perform: scene.perform, jobs };
    scene.at('2026-06-02T00:30');
    await expect(catchUp(house)).rejects.toThrow(DatabaseAway);
    away = false;
    expect(await history(scene)).toEqual(['nightly 2026-06-01 running', 'lift-blocks 2026-06-01 running']);
    expect((await catchUp(house)).map((one) => kinds(one.outcome))).toEqual([['done', 'lift-blocks done']]);
    expect((await history(scene)).slice(0, 2)).toEqual([
      'nightly 2026-06-01 interrupted',
      'lift-blocks 2026-06-01 interrupted',
    ]);
  });

  it('JOB-02 of what runs every minute only those runs are kept that did something', async ({ scene }) => {
    const counts = [0, 2, 0];
    const jobs: Job[] = [
      {
        name: 'send-letters',
        schedule: { every: 'minutes', count: 1 },
        quiet: true,
        work: async (on) => {
          await on.count({ counters: { moved: counts.shift() ?? 0 } });
        },
      },
    ];
    for (let run = 0; run < 3; run += 1)
      expect(await runJob({ perform: scene.perform, jobs }, { name: 'send-letters' })).toMatchObject({ kind: 'done' });
    expect(await history(scene)).toEqual(['send-letters - done']);
  });

  it('JOB-02 by hand it is for whoever may run jobs, of a night that has begun, and may be done again', async ({
    scene,
  }) => {
    const ran: string[] = [];
    const house = { perform: scene.perform, jobs: [diary(ran, 'lift-blocks')] };
    const run = async (request: Omit<Parameters<typeof runJob>[1], 'name'>) =>
      runJob(house, { name: 'nightly', ...request });
    const head = await scene.staff('head', 'manager');
    const administrator = await scene.staff('admin', 'network-administrator');
    expect(await run({ seat: head })).toMatchObject({ kind: 'not-permitted', permission: 'run-jobs' });
    expect(await run({ day: '2026-06-31' })).toMatchObject({ kind: 'invalid', path: 'day', problem: 'not-a-day' });
    expect(await run({ day: '2026-06-01' })).toMatchObject({ kind: 'invalid', path: 'day', problem: 'in-the-future' });
    scene.at('2026-06-02T00:05');
    expect(await run({ seat: administrator })).toMatchObject({ kind: 'done', day: '2026-06-01' });
    expect(await run({})).toMatchObject({ kind: 'done-already', day: '2026-06-01' });
    expect(await run({ again: true, day: '2026-06-01' })).toMatchObject({ kind: 'done' });
    expect(ran).toEqual(['lift-blocks 2026-06-01', 'lift-blocks 2026-06-01']);
    const found = await scene.perform(commandLine, jobHistory, { job: 'nightly', window });
    expect(found).toMatchObject({ lines: [{ staff: null }, { staff: 'admin' }] });
    expect(await runJob(house, { name: 'purge-letters' })).toMatchObject({ kind: 'invalid', path: 'job' });
  });
});
