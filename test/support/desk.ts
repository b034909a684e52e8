import { test as base, describe, expect } from 'vitest';
import type { TestAPI } from 'vitest';
import { PASSWORD_COST } from '../../source/desk/passwords.ts';
import { enqueue } from '../../source/desk/requests-place.ts';
import type { EventKind, EventView, OverrideView } from '../../source/records/events.ts';
import { databases } from './databases.ts';
import type { DatabaseUnderTest, TestDatabase } from './databases.ts';
import { setScene } from './house.ts';
import type { Scene } from './house.ts';

/** Requests as somebody places them, whatever stands against them. */
export type Requests = {
  /** Places one by the patron's number and a copy's barcode; `ofItem`: on that very item. Picked up at `sci`, unless … */
  place(request: { patron: number; barcode: string; pickup?: string; ofItem?: boolean }): Promise<number>;
  /** How the database has it. */
  state(id: number): Promise<{ state: string; assigned: number | null }>;
};

/** What every test of an action is given: a database of its own, and a desk on it. */
export type AtTheDesk = { readonly database: TestDatabase; readonly scene: Scene; readonly requests: Requests };

/** Requests of a database, placed at the moment of a scene. */
export const requestsOf = (database: TestDatabase, scene: Scene): Requests => ({
  place: async ({ patron: patronId, barcode, pickup = 'sci', ofItem = false }) =>
    database.records.transaction(async (records) => {
      const item = await records.items.byBarcode(barcode);
      const current = await records.networks.current();
      if (!item || !current) throw new Error(`no item ${barcode}`);
      const { network, version: networkVersion } = current;
      const desk = { records, network, networkVersion, now: scene.now(), passwordCost: PASSWORD_COST, ...scene.bib };
      const { titleId, title } = item;
      await records.requests.lockedQueue(titleId);
      const { id } = await enqueue(desk, { patronId, titleId, title, volume: ofItem ? item : null, pickup });
      return id;
    }),
  state: async (id) => {
    const sql = `select state, assigned_item_id as assigned from requests where id = ${id}`;
    const [found] = await database.sql<{ state: string; assigned: number | null }>(sql);
    if (!found) throw new Error(`no request ${id}`);
    return found;
  },
});

/** Tests on one kind of database; each leaves sound data behind (REL-01). */
function testsOn({ create }: DatabaseUnderTest): TestAPI<AtTheDesk> {
  return base.extend<AtTheDesk>({
    // oxlint-disable-next-line no-empty-pattern -- the fixture's own form
    database: async ({}, use) => {
      const database = await create();
      await use(database);
      const violations = await database.house.check();
      await database.drop();
      expect(violations).toEqual([]);
    },
    scene: async ({ database }, use) => {
      await use(await setScene(database.house));
    },
    requests: async ({ database, scene }, use) => {
      await use(requestsOf(database, scene));
    },
  });
}

/** Groups tests of actions, which all run on SQLite and on PostgreSQL. */
export function onBothDatabases(title: string, tests: (it: TestAPI<AtTheDesk>) => void): void {
  describe.each(databases)(`${title} on $name`, (kind) => {
    tests(testsOn(kind));
  });
}

/** Every override that has been recorded, the latest first (BLK-06). */
export async function recordedOverrides(database: TestDatabase): Promise<OverrideView[]> {
  return database.records.read(async (records) => records.events.overrides(100));
}

/** What the audit has of a kind, the latest first: who, where, about whom and what, and its data. */
export async function eventsIn(
  database: TestDatabase,
  kind: EventKind,
): Promise<Pick<EventView, 'staff' | 'desk' | 'patronId' | 'itemId' | 'data'>[]> {
  const found = await database.records.read(async (records) => records.events.latest(kind, 100));
  return found.map(({ staff, desk, patronId, itemId, data }) => ({ staff, desk, patronId, itemId, data }));
}

/** The codes of an answer's blocks. */
export const blockCodes = (
  answer: { kind: string } & { readonly blocks?: readonly { readonly code: string }[] },
): string[] => (answer.blocks ?? []).map((one) => one.code);
