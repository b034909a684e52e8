import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../source/circulation/time.ts';
import { databases } from '../support/databases.ts';
import type { DatabaseUnderTest, TestDatabase } from '../support/databases.ts';
import { requestsOf } from '../support/desk.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network, withLibrary } from '../support/network.ts';
import { runFor } from '../support/nights.ts';

/** Saturday morning: courtesy notices and renewals for Monday, what is due today, overdue ones, bills. */
const DAY: Day = '2026-06-12';
const NOW = '2026-06-13T00:30';
const PATRONS = 6;

/** People with loans of every age at three libraries, one of which renews by itself; some of it is waited for. */
async function people(database: TestDatabase): Promise<Scene> {
  const rules = withLibrary('buc', { autoRenew: true }, network({ limits: [] }));
  const scene = await setScene(database.house, { network: rules });
  const ids = Array.from({ length: PATRONS }, (_, one) => `P${one}`);
  for (const id of ids) await scene.patron({ id, email: `${id.toLowerCase()}@example.org` });
  const lend = async (at: string, prefix: string, more: { location?: string; policy?: string }) => {
    scene.at(at);
    await scene.items(...ids.map((id) => ({ barcode: `${prefix}-${id}`, ...more })));
    for (const id of ids)
      expect(await scene.lend(id, `${prefix}-${id}`, { override: { codes: 'all' } })).toMatchObject({ kind: 'lent' });
  };
  // Due on Saturday 16 May: billed in this night; on Saturday 23 May and 6 June: overdue for the third and the first time.
  await lend('2026-05-14T10:00', 'BILL', { policy: 'P48NN' });
  await lend('2026-05-21T10:00', 'THIRD', { policy: 'P48NN' });
  await lend('2026-06-04T10:00', 'FIRST', { policy: 'P48NN' });
  await lend('2026-05-26T10:00', 'MED', { location: 'med/SALLE' });
  await lend('2026-06-01T10:00', 'BUC', { location: 'buc/SALLE' });
  await lend('2026-06-11T10:00', 'TODAY', { policy: 'P48NN' });
  const requests = requestsOf(database, scene);
  const requester = await scene.patron({ id: 'R', email: 'r@example.org' });
  for (const barcode of ['BILL-P4', 'BUC-P1']) await requests.place({ patron: requester, barcode });
  // Who is late renews nothing: some are not.
  scene.at('2026-06-12T10:00');
  for (const id of ids.slice(0, 3))
    for (const prefix of ['BILL', 'THIRD', 'FIRST']) await scene.giveBack(`${prefix}-${id}`);
  scene.at(NOW);
  return scene;
}

/** Everything that a night can write, but for numbers and for the history of runs. */
async function written({ sql }: TestDatabase) {
  return {
    letters: await sql(
      'select kind, cause, patron_id, library, language, to_address, channel, state, night, facts, created_at from letters order by cause',
    ),
    notices: await sql('select loan_id, kind, due_day, night, outcome from notices order by loan_id, kind, due_day'),
    loans: await sql('select * from loans order by id'),
    items: await sql('select id, process, at_library from items order by id'),
    requests: await sql('select id, state, task, planned_item_id, recalled_loan_id from requests order by id'),
    events: await sql(
      `select kind, patron_id, item_id, loan_id, data from events where kind not in ('job-run', 'letter-queued')
       order by kind, loan_id, patron_id, item_id, data`,
    ),
  };
}

/** Sums of what all runs of each job have counted. */
async function counted({ sql }: TestDatabase): Promise<Record<string, number>> {
  const runs = await sql<{ counters: string }>("select counters from job_runs where job <> 'nightly'");
  const sums: Record<string, number> = {};
  for (const { counters } of runs)
    for (const [name, count] of Object.entries(JSON.parse(counters) as Record<string, number>))
      sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** A worker in a process of its own. `killAfter`: it is killed when it has done so many batches. Answers with its last line. */
async function work(
  { url }: TestDatabase,
  scene: Scene,
  { mode = 'run', killAfter = 0 }: { mode?: 'run' | 'unlocked'; killAfter?: number } = {},
): Promise<string> {
  const worker = fileURLToPath(new URL('../support/night-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', worker, url, String(scene.now()), DAY, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let last = '';
  let batches = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    batches += line === 'batch' ? 1 : 0;
    if (killAfter > 0 && batches === killAfter) child.kill('SIGKILL');
  }
  await closed;
  return killAfter > 0 ? `killed ${child.signalCode}` : last;
}

/** Does something on two databases of a kind that begin alike. */
async function onTwo(
  kind: DatabaseUnderTest,
  compare: (clean: TestDatabase, other: TestDatabase, scenes: readonly [Scene, Scene]) => Promise<void>,
): Promise<void> {
  const [clean, other] = [await kind.create(), await kind.create()];
  try {
    const scenes = [await people(clean), await people(other)] as const;
    expect(await written(other)).toEqual(await written(clean));
    await compare(clean, other, scenes);
    expect(await other.house.check()).toEqual([]);
  } finally {
    await clean.drop();
    await other.drop();
  }
}

describe.each(databases)('workers that are killed, or meet, on $name', (kind) => {
  it('CYC-04 REL-01 JOB-02 kill -9 in mid-run, again and again: the letters and states of one clean run', async () => {
    await onTwo(kind, async (clean, crashed, [scene, again]) => {
      const done = await runFor(scene, 'nightly', DAY);
      expect(done).toMatchObject({ renewed: 2, lost: 3, 'overdue-1': 3, 'overdue-3': 3, 'lost-item-bill': 3 });
      for (const killAfter of [2, 3, 4]) expect(await work(crashed, again, { killAfter })).toBe('killed SIGKILL');
      expect(await work(crashed, again)).toBe('done');
      expect(await written(crashed)).toEqual(await written(clean));
      expect(await counted(crashed)).toEqual(await counted(clean));
    });
  }, 60_000);

  it('JOB-02 two workers begin the same night: one does it', async () => {
    await onTwo(kind, async (clean, both, [scene, other]) => {
      await runFor(scene, 'nightly', DAY);
      const ends = await Promise.all([work(both, other), work(both, other)]);
      expect(ends).toContain('done');
      expect(ends.filter((one) => one !== 'done')).toEqual([expect.stringMatching(/^(?:busy|done-already)$/u)]);
      expect(await written(both)).toEqual(await written(clean));
      expect(await counted(both)).toEqual(await counted(clean));
    });
  }, 60_000);

  it('CYC-04 two that write the same notices at once, past that lock: each letter once', async () => {
    await onTwo(kind, async (clean, both, [scene, other]) => {
      expect(await work(clean, scene, { mode: 'unlocked' })).toBe('done');
      const three = [1, 2, 3].map(async () => work(both, other, { mode: 'unlocked' }));
      expect(await Promise.all(three)).toEqual(['done', 'done', 'done']);
      expect(await written(both)).toEqual(await written(clean));
    });
  }, 60_000);
});
