import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
import { almaXml, cardNetwork } from '../support/card-users.ts';
import type { CardUser } from '../support/card-users.ts';
import { databases } from '../support/databases.ts';
import type { DatabaseUnderTest, TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { everybody, importUsers } from './patrons-import.ts';

const WORKER = fileURLToPath(new URL('../support/import-worker.ts', import.meta.url));

const person = (at: number, more: Partial<CardUser> = {}): CardUser => ({
  id: `ups.person${at}`,
  last: `NOM${at}`,
  expiry: '2026-10-30Z',
  identifiers: [['UNR', String(1_540_000_000 + at)]],
  emails: [`person${at}@example.org`],
  ...more,
});
/** Who is there before, and the file: half of them changed, as many new ones, some damaged. */
const BEFORE = Array.from({ length: 1000 }, (_, at) => person(at));
const FILE = Array.from({ length: 2000 }, (_, at) =>
  person(at, at % 2 === 0 ? { expiry: '2027-10-30Z', group: at % 100 === 0 ? 'NONE' : 'M' } : {}),
);

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interrupted-'));
  file = path.join(folder, 'users.xml');
  await writeFile(file, almaXml(FILE));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

type Place = { readonly database: TestDatabase; readonly scene: Scene };

async function withPlace(kind: DatabaseUnderTest, work: (place: Place) => Promise<void>): Promise<void> {
  const database = await kind.create();
  try {
    const scene = await setScene(database.house, { network: cardNetwork });
    expect(await importUsers(scene, BEFORE)).toMatchObject({ added: 1000 });
    await work({ database, scene });
    expect(await database.house.check()).toEqual([]);
  } finally {
    await database.drop();
  }
}

/** Imports the file in a process of its own; killed after so many batches. */
async function importElsewhere({ database, scene }: Place, killAfter = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, ['--no-warnings', WORKER, database.url, String(scene.now()), file, '50'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let batches = 0;
  let report: { added: number; updated: number; unchanged: number; rejected: number } | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('done ')) report = JSON.parse(line.slice(5)) as typeof report;
    batches += 1;
    if (batches === killAfter) child.kill('SIGKILL');
  }
  await ended;
  return { signal: child.signalCode, report };
}

const counts = { added: 1000, updated: 490, unchanged: 490, rejected: 20 };

describe.each(databases)('an import that is disturbed on $name', (kind) => {
  test(
    'IMP-03 killed in the middle and begun again, it ends as one that was not; the run is known to have been interrupted',
    { timeout: 120_000 },
    async () => {
      let whole: unknown;
      await withPlace(kind, async (place) => {
        expect(await importElsewhere(place)).toMatchObject({ signal: null, report: { added: 990, rejected: 20 } });
        whole = await everybody(place.database);
      });
      await withPlace(kind, async (place) => {
        const { database } = place;
        expect(await importElsewhere(place, 2)).toEqual({ signal: 'SIGKILL', report: undefined });
        const [half] = await database.sql<{ n: unknown }>(
          "select count(*) as n from patrons where expiry_day = '2027-10-30'",
        );
        expect(Number(half?.n)).toBeGreaterThan(0);
        expect(Number(half?.n)).toBeLessThan(980);
        const { report } = await importElsewhere(place);
        expect(report?.unchanged).toBeGreaterThan(counts.unchanged);
        expect(await everybody(database)).toEqual(whole);
        expect(
          (await database.sql<{ state: string }>('select state from job_runs order by id')).map((one) => one.state),
        ).toEqual(['done', 'interrupted', 'done']);
      });
    },
  );

  test(
    'IMP-03 REL-02 two at once, and a desk that lends to the same people: the same end, nobody twice',
    { timeout: 120_000 },
    async () => {
      let whole: unknown;
      await withPlace(kind, async (place) => {
        await importElsewhere(place);
        whole = await everybody(place.database);
      });
      await withPlace(kind, async (place) => {
        const { scene, database } = place;
        const items = Array.from({ length: 30 }, (_, at) => ({ barcode: `B${at}` }));
        await scene.items(...items);
        const lending = async (): Promise<string[]> => {
          const kinds: string[] = [];
          for (const [at, { barcode }] of items.entries())
            kinds.push((await scene.lend(`ups.person${at * 30}`, barcode)).kind);
          return kinds;
        };
        const [one, other, lent] = await Promise.all([importElsewhere(place), importElsewhere(place), lending()]);
        expect([one.signal, other.signal]).toEqual([null, null]);
        expect((one.report?.added ?? 0) + (other.report?.added ?? 0)).toBe(990);
        expect((one.report?.updated ?? 0) + (other.report?.updated ?? 0)).toBe(490);
        expect([...new Set(lent)]).toEqual(['lent']);
        expect(await everybody(database)).toEqual(whole);
      });
    },
  );
});
