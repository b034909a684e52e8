import { expect } from 'vitest';
import { RUNNABLE_NAMES, JOB_FIGURES, JOB_NAMES, JOB_PROBLEMS } from '../../source/circulation/jobs.ts';
import { findLetters } from '../../source/desk/letters-find.ts';
import { jobHistory, jobRunLines } from '../../source/desk/jobs.ts';
import { listJobs } from '../../source/jobs/history.ts';
import { catchUp, jobsWith, runJob, unitsOf } from '../../source/jobs/index.ts';
import { LANGUAGES, wordsIn } from '../../source/language/index.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import { diary, jobOf } from '../support/jobs.ts';
import { network } from '../support/network.ts';

const window = { offset: 0, limit: 500 };
const reportTo = ['nuit@example.org', 'chef@example.org'];

onBothDatabases('reports of jobs', (it) => {
  it('JOB-04 after each night and month those who look after jobs are written to, once for an outcome', async ({
    scene,
  }) => {
    await scene.load({ ...network({}), jobs: { reportTo, language: 'en' } });
    let broken = true;
    const jobs = [
      diary([], 'lift-blocks'),
      jobOf('expire-holds', async (on) => {
        await on.count({ counters: { replanned: 2 }, lines: [{ figure: 'no-open-day', value: 'med' }] });
        if (broken) throw new RangeError('too far');
      }),
      diary([], 'close-lost-loans', { every: 'month' }),
      diary([], 'hold-reminders', { every: 'day', at: 480 }),
    ];
    const house = { perform: scene.perform, jobs };
    const letters = async () => {
      const found = await scene.perform(commandLine, findLetters, { letterKind: 'job-report', window });
      return found.kind === 'letters' ? found.letters : [];
    };
    scene.at('2026-06-02T09:00');
    await catchUp(house);
    broken = false;
    scene.at('2026-06-02T10:00');
    await catchUp(house);
    // A night that is done again is not reported again.
    await runJob(house, { name: 'nightly', day: '2026-06-01', again: true });
    const found = await letters();
    expect(found.map(({ address, patron, language, state }) => ({ address, patron, language, state }))).toEqual(
      [...reportTo, ...reportTo].map((address) => ({ address, patron: null, language: 'en', state: 'queued' })),
    );
    expect(found.map((one) => one.facts)[0]).toEqual({
      job: 'nightly',
      day: '2026-06-01',
      startedAt: local('2026-06-02T09:00'),
      endedAt: local('2026-06-02T09:00'),
      counters: { moved: 1, replanned: 2 },
      problems: [{ problem: 'no-open-day', count: 1 }],
      error: 'JobsFailed: expire-holds: RangeError: too far',
    });
    // What was done before it failed belongs to what the second report says.
    expect(found.map((one) => one.facts)[2]).toMatchObject({ error: null, counters: { moved: 1, replanned: 4 } });
    scene.at('2026-07-01T02:00');
    await catchUp(house);
    expect((await letters()).at(-1)?.facts).toMatchObject({
      job: 'monthly',
      day: '2026-06-30',
      counters: { moved: 1 },
    });
  });

  it('REL-09 the audit hears of each run that is no part of another', async ({ scene, database }) => {
    const house = { perform: scene.perform, jobs: [diary([], 'lift-blocks')] };
    scene.at('2026-06-02T09:00');
    await runJob(house, { name: 'nightly' });
    await runJob(house, { name: 'lift-blocks', again: true });
    expect((await eventsIn(database, 'job-run')).map((one) => one.data)).toEqual([
      { job: 'lift-blocks', run: 3, day: '2026-06-01', state: 'done' },
      { job: 'nightly', run: 1, day: '2026-06-01', state: 'done' },
    ]);
  });

  it('JOB-06 records behind figures are kept for 90 days, the figures stay', async ({ scene }) => {
    const lift = diary([], 'lift-blocks');
    const all = jobsWith(null).filter((one) => one.name === 'purge-job-lines');
    scene.at('2026-06-02T09:00');
    const done = await runJob({ perform: scene.perform, jobs: [lift] }, { name: 'lift-blocks' });
    if (done.kind !== 'done') throw new Error(done.kind);
    const lines = async () => scene.perform(commandLine, jobRunLines, { run: done.run, window });
    const purge = async () => runJob({ perform: scene.perform, jobs: all }, { name: 'purge-job-lines' });
    scene.at('2026-08-31T09:00');
    expect(await purge()).toMatchObject({ counters: { linesPurged: 0 } });
    expect(await lines()).toMatchObject({ total: 1 });
    scene.at('2026-09-01T09:00');
    expect(await purge()).toMatchObject({ counters: { linesPurged: 1 } });
    expect(await lines()).toMatchObject({ total: 0 });
    const kept = await scene.perform(commandLine, jobHistory, { job: 'lift-blocks', window });
    expect(kept).toMatchObject({ lines: [{ counters: { moved: 1 } }] });
  });

  it('JOB-01 JOB-02 every job is there, with when it runs, the last time and the next', async ({ scene }) => {
    const jobs = jobsWith(async () => Promise.resolve());
    expect(jobs.map((one) => one.name)).toEqual(JOB_NAMES);
    const house = { perform: scene.perform, jobs: [diary([], 'lift-blocks')] };
    scene.at('2026-06-02T09:00');
    await runJob(house, { name: 'lift-blocks' });
    const listed = await scene.perform(commandLine, listJobs, { units: unitsOf(jobs) });
    if (listed.kind !== 'jobs') throw new Error(listed.kind);
    expect(listed.jobs.map((one) => one.name)).toEqual(RUNNABLE_NAMES);
    const lift = listed.jobs.find((one) => one.name === 'lift-blocks');
    expect(lift).toMatchObject({ last: { day: '2026-06-01', state: 'done' }, next: local('2026-06-03T00:30') });
    expect(listed.jobs.find((one) => one.name === 'monthly')?.next).toBe(local('2026-07-01T01:30'));
    expect(listed.jobs.find((one) => one.name === 'hold-reminders')?.next).toBe(local('2026-06-03T08:00'));
    for (const { jobs: say } of LANGUAGES.map((language) => wordsIn(language))) {
      for (const name of RUNNABLE_NAMES) expect(say.name(name)).not.toBe(name);
      for (const figure of JOB_FIGURES) expect(say.figure(figure)).not.toBe('');
      for (const problem of JOB_PROBLEMS) expect(say.problem(problem)).not.toBe(problem);
      expect(say.name('some-import')).toBe('some-import');
    }
  });
});
