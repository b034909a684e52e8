import { test as base, describe, expect } from 'vitest';
import type { TestAPI } from 'vitest';
import type { UsedOverride } from '../../source/records/events.ts';
import { databases } from './databases.ts';
import type { DatabaseUnderTest, TestDatabase } from './databases.ts';
import { setScene } from './house.ts';
import type { Scene } from './house.ts';

/** What every test of an action is given: a database of its own, and a desk on it. */
export type AtTheDesk = { readonly database: TestDatabase; readonly scene: Scene };

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
  });
}

/** Groups tests of actions, which all run on SQLite and on PostgreSQL. */
export function onBothDatabases(title: string, tests: (it: TestAPI<AtTheDesk>) => void): void {
  describe.each(databases)(`${title} on $name`, (kind) => {
    tests(testsOn(kind));
  });
}

/** Places a request by the record itself, as long as no action does: the patron's number, a copy's barcode, where to. */
export async function placeRequest(
  { database, scene }: AtTheDesk,
  request: { readonly patron: number; readonly barcode: string; readonly pickup?: string; readonly ofItem?: boolean },
): Promise<number> {
  return database.records.transaction(async (records) => {
    const item = await records.items.byBarcode(request.barcode);
    if (!item) throw new Error(`no item ${request.barcode}`);
    const { patron: patronId, pickup = 'sci', ofItem = false } = request;
    const itemId = ofItem ? item.id : null;
    return records.requests.place({ titleId: item.titleId, itemId, patronId, pickup, at: scene.now(), notAfter: null });
  });
}

/** A request as the database has it. */
export async function requestState(database: TestDatabase, id: number): Promise<{ state: string; assigned: number | null }> {
  const [found] = await database.sql<{ state: string; assigned: number | null }>(
    `select state, assigned_item_id as assigned from requests where id = ${id}`,
  );
  if (!found) throw new Error(`no request ${id}`);
  return found;
}

/** Every override that has been recorded, the latest first (BLK-06). */
export async function recordedOverrides(
  database: TestDatabase,
): Promise<(UsedOverride & { staff: string | null; desk: string | null; at: number })[]> {
  return database.records.read(async (records) => records.events.overrides(100));
}

/** The codes of an answer's blocks. */
export const blockCodes = (answer: { kind: string } & { readonly blocks?: readonly { readonly code: string }[] }): string[] =>
  (answer.blocks ?? []).map((one) => one.code);
