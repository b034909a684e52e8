import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { readOfflineFile, uploadLines } from '../../source/offline/index.ts';
import { digestOf } from '../../source/offline/upload.ts';
import type { Language } from '../../source/language/index.ts';
import { noDiskBecause, smallDisk } from '../support/broken-files.ts';
import { onPostgres, sqliteFile } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { faultyLine } from '../support/faulty-line.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { outageDesk, titleOf } from '../support/outage-desk.ts';
import type { Doing, OutageDesk } from '../support/outage-desk.ts';
import { postgresFaults, sqliteFaults } from '../support/outage-faults.ts';
import type { Fault } from '../support/outage-faults.ts';
import { ownPostgres } from '../support/own-postgres.ts';
import { randomFrom, seedFromEnvironment } from '../support/random.ts';

/** Injections on each of the two databases: 200 in all. */
const INJECTIONS = 100;
const ITEMS_EACH = 4;

/** A database with what makes it fail. `url`: as the desk opens it. */
type Rig = {
  readonly database: TestDatabase;
  readonly url: string;
  readonly faults: readonly Fault[];
  readonly language: Language;
  end(): Promise<void>;
};

const RIGS: readonly [name: string, open: (random: (below: number) => number) => Promise<Rig>][] = [
  [
    'PostgreSQL',
    async (random) => {
      const server = await ownPostgres();
      const database = onPostgres(server.url, async () => server.remove());
      await database.house.migrate();
      const line = await faultyLine(server.url);
      const faults = postgresFaults(line, server, random);
      const url = line.through(server.url);
      const end = async (): Promise<void> => line.close();
      return { database, url, faults, language: 'en', end };
    },
  ],
  [
    'SQLite',
    async () => {
      const disk = noDiskBecause() === undefined ? await smallDisk(48) : undefined;
      const database = await sqliteFile(
        inject('sqliteTemplate'),
        disk && (await mkdtemp(path.join(disk.folder, 'data-'))),
      );
      const { faults, end } = await sqliteFaults(database, disk);
      const leave = async (): Promise<void> => {
        await end();
        await disk?.remove();
      };
      return { database, url: database.url, faults, language: 'fr', end: leave };
    },
  ],
];

/** A number of a card or an item that looks like those of the manual. */
const card = (number: number): string => `99210000${String(number).padStart(5, '0')}`;
const item = (number: number): string => `370000${String(number).padStart(5, '0')}`;

/** One patron and four items for each injection; of every other one the items are on loan already. */
async function fill(scene: Scene): Promise<void> {
  const all = Array.from({ length: INJECTIONS * ITEMS_EACH }, (_, number) => item(number));
  await scene.items(...all.map((barcode) => ({ barcode, title: titleOf(barcode) })));
  for (let number = 0; number < INJECTIONS; number += 1) {
    await scene.patron({ id: card(number), lastName: `Reader${number}` });
    if (number % 2 === 0) continue;
    for (let at = 0; at < ITEMS_EACH; at += 1) {
      const lent = await scene.lend(card(number), item(number * ITEMS_EACH + at));
      expect(lent).toMatchObject({ kind: 'lent' });
    }
  }
}

/** Reads the journals that are left and applies them by the driver; how many lines were there already. */
async function uploadAll(scene: Scene, folder: string): Promise<{ lines: number; failures: unknown[] }> {
  let lines = 0;
  const failures: unknown[] = [];
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.dat'))) {
    const bytes = await readFile(path.join(folder, name));
    const read = readOfflineFile(bytes);
    const file = { file: name, digest: digestOf(bytes), lines: read.lines, bad: read.bad };
    const done = await uploadLines(scene.perform, scene.bib, file);
    if (done.kind !== 'uploaded') throw new Error(JSON.stringify(done));
    lines += done.total;
    failures.push(...done.errors, ...read.bad);
  }
  return { lines, failures };
}

/** How often the database has it that each thing was done, by item; only what was done after a moment. */
async function recorded({ sql }: TestDatabase, since: number): Promise<Map<string, number>> {
  const found = await sql<{ kind: string; barcode: string; n: number | string }>(
    `select e.kind, i.barcode, count(*) as n from events e join items i on i.id = e.item_id where e.at > ${since}
     group by e.kind, i.barcode`,
  );
  return new Map(found.map(({ kind, barcode, n }) => [`${kind} ${barcode}`, Number(n)]));
}

type Play = {
  readonly desk: OutageDesk;
  readonly faults: readonly Fault[];
  readonly random: (below: number) => number;
  /** Ends the fault that has been injected, if one has. */
  lift(): Promise<void>;
};

const EVENT = { loan: 'item-lent', return: 'item-returned' } as const;

/** The reader changes their mind: what was lent goes back, by the same way or by another. */
async function bringBack(
  desk: OutageDesk,
  lent: readonly Doing[],
  random: (below: number) => number,
): Promise<readonly Doing[]> {
  await desk.begin('return');
  const returned: Doing[] = [];
  for (const { item: barcode, patron } of lent.slice(0, 1 + random(lent.length))) {
    const doing: Doing = { what: 'return', item: barcode, patron };
    returned.push(doing);
    desk.expects(doing);
    await desk.scan([barcode]);
  }
  return returned;
}

/** One reader, some items, and a fault at a random moment. */
async function episode(
  number: number,
  { desk, faults, random, lift }: Play,
): Promise<{ readonly fault: string; readonly doings: readonly Doing[] }> {
  const what = number % 2 === 0 ? 'loan' : 'return';
  const fault = faults[random(faults.length)];
  if (!fault) throw new Error('no fault');
  const patron = card(number);
  const doings = Array.from({ length: 1 + random(ITEMS_EACH) }, (_, at): Doing => ({
    what,
    item: item(number * ITEMS_EACH + at),
    patron,
  }));
  await desk.begin(what);
  const at = random(doings.length + 1);
  const turns = random(60);
  const injection = async (): Promise<void> => {
    for (let done = 0; done < turns; done += 1) await turn();
    await fault.inject();
  };
  // The card of the reader first; a burst now and then, as of a scanner that nobody waits for.
  if (what === 'loan') await desk.scan([patron], at === 0 ? injection : undefined);
  else if (at === 0) await injection();
  for (let next = 0; next < doings.length;) {
    const some = doings.slice(next, next + 1 + (random(3) === 0 ? 1 : 0));
    for (const doing of some) desk.expects(doing);
    const isNow = at > next && at <= next + some.length;
    // The database may be back before the desk knows, or while it goes on without it.
    const isEnough = at < next && random(4) === 0;
    await desk.scan(
      some.map((doing) => doing.item),
      isNow ? injection : isEnough ? lift : undefined,
    );
    next += some.length;
  }
  const again = what === 'loan' && random(3) === 0 ? await bringBack(desk, doings, random) : [];
  return { fault: fault.name, doings: [...doings, ...again] };
}

/** What is told of a run. */
type Figures = {
  injections: Record<string, number>;
  'went offline': number;
  online: number;
  offline: number;
  'not acknowledged': number;
  'duplicates recognised': number;
  failures: number;
};

/** What is not as it should be after a run: nothing. */
type Faulty = Record<'wrong' | 'failures' | 'more' | 'odd' | 'errors' | 'violations', readonly unknown[]>;

/** All injections on one database, then the upload of what is left, then a look at what the database has. */
async function run(
  rig: Rig,
  folder: string,
  random: (below: number) => number,
): Promise<{ figures: Figures; faulty: Faulty }> {
  const { database, faults, language } = rig;
  const scene = await setScene(database.house);
  await fill(scene);
  const began = scene.now();
  const started = performance.now();
  // The clock runs, six times as fast as the world's, so that minutes pass.
  const now = (): number => began + 60_000 + Math.round((performance.now() - started) * 6);
  const house = openHouse(rig.url);
  let injected: Fault | undefined;
  const lift = async (): Promise<void> => {
    const lifting = injected;
    injected = undefined;
    await lifting?.lift();
  };
  const watched = faults.map((one) => ({
    ...one,
    inject: async () => {
      injected = one;
      await one.inject();
    },
  }));
  const desk = await outageDesk({ ...scene, now, perform: house.at(now) }, { folder, language, lift });
  const doings: Doing[] = [];
  const figures: Figures = {
    injections: {},
    'went offline': 0,
    online: 0,
    offline: 0,
    'not acknowledged': 0,
    'duplicates recognised': 0,
    failures: 0,
  };
  try {
    for (let number = 0; number < INJECTIONS; number += 1) {
      const done = await episode(number, { desk, faults: watched, random, lift });
      doings.push(...done.doings);
      figures.injections[done.fault] = (figures.injections[done.fault] ?? 0) + 1;
      await lift();
      if (desk.isOffline()) figures['went offline'] += 1;
      await desk.comeBack(random(4) === 0);
    }
  } finally {
    await lift();
    await desk.leave();
    await house.close();
  }

  const { failures } = await uploadAll({ ...scene, perform: database.house.at(now) }, folder);
  const states = await database.sql<{ state: string; n: number | string }>(
    'select state, count(*) as n from offline_lines group by state',
  );
  const linesIn = (state: string): number => Number(states.find((one) => one.state === state)?.n ?? 0);
  const inDatabase = await recorded(database, began);
  const wrong: string[] = [];
  for (const doing of doings) {
    const how = desk.acknowledged(doing);
    figures[how ?? 'not acknowledged'] += 1;
    const key = `${EVENT[doing.what]} ${doing.item}`;
    const times = inDatabase.get(key) ?? 0;
    inDatabase.delete(key);
    if (how === null ? times > 1 : times !== 1) wrong.push(`${key}: acknowledged ${how}, recorded ${times} times`);
  }
  figures['duplicates recognised'] = linesIn('known');
  const violations = await database.house.check();
  const { odd, errors } = desk;
  const faulty = { wrong, failures, more: [...inDatabase.keys()], odd, errors, violations };
  figures.failures = Object.values(faulty).flat().length + linesIn('failed');
  return { figures, faulty };
}

const NOTHING: Faulty = { wrong: [], failures: [], more: [], odd: [], errors: [], violations: [] };

describe.each(RIGS)('a desk whose database fails, on %s', (name, open) => {
  it(`OFF-03 REL-01 REL-03 ${INJECTIONS} faults at random moments: everything that the screen acknowledged is in the database once, nothing else`, async () => {
    const seed = seedFromEnvironment();
    const random = randomFrom(seed);
    const folder = await mkdtemp(path.join(tmpdir(), 'guichet-outage-'));
    const rig = await open(random);
    try {
      const { figures, faulty } = await run(rig, folder, random);
      console.log(`${name}, seed ${seed}:`, JSON.stringify(figures));
      expect(faulty).toEqual(NOTHING);
      // Each scan has its answer, and faults were no mere decoration.
      expect(figures).toMatchObject({ 'not acknowledged': 0, failures: 0 });
      expect([figures.online, figures.offline].every((count) => count > 0)).toBe(true);
    } catch (error) {
      throw new Error(`${name}, seed ${seed}`, { cause: error });
    } finally {
      await rig.database.drop();
      await rig.end();
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);
});
