import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseAway } from '../../source/desk/away.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { requestsOf } from '../support/desk.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { offlineFile, uploadFile } from '../support/offline.ts';
import type { Perform } from '../../source/desk/perform.ts';

/** What one line says; `minute` of the first hour, patron 3 is nobody, item 4 is none. */
type Said = { readonly minute: number; readonly loan: boolean; readonly item: number; readonly patron: number };

const anyLine: fc.Arbitrary<Said> = fc.record({
  minute: fc.nat(3),
  loan: fc.boolean(),
  item: fc.nat(4),
  patron: fc.nat(3),
});
/** How a file is uploaded: lines in a batch, after how many actions it is cut off each time, how often it comes again. */
const anyCourse = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  cuts: fc.array(fc.nat(6), { maxLength: 3 }),
  copies: fc.nat(2),
  waits: fc.boolean(),
});

const written = (prefix: string, { minute, loan, item, patron }: Said): string =>
  `20260608090${minute}${loan ? 'L' : 'R'}${prefix}-I${item}${loan ? ` ${prefix}-P${patron}` : ''}`;

/** A connection that is cut after some actions. */
function cutAfter(perform: Perform, actions: number): Perform {
  let left = actions;
  return async (...order) => {
    if (left === 0) throw new DatabaseAway('unreachable', 'postgres://nowhere/');
    left -= 1;
    return perform(...order);
  };
}

describe.each(databases)('a file uploaded again and again on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let made = 0;
  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house, { at: '2026-05-04T10:00' });
  });
  afterAll(async () => {
    await database.drop();
  });

  /** Three patrons and four books: the first is late at P0, the second on time at P1, for the third P2 waits if so. */
  async function world(waits: boolean): Promise<string> {
    made += 1;
    const prefix = `W${made}`;
    scene.at('2026-05-04T10:00');
    for (const one of [0, 1, 2]) await scene.patron({ id: `${prefix}-P${one}` });
    await scene.items(...[0, 1, 2, 3].map((one) => ({ barcode: `${prefix}-I${one}`, title: `${prefix} ${one}` })));
    expect(await scene.lend(`${prefix}-P0`, `${prefix}-I0`)).toMatchObject({ kind: 'lent' });
    scene.at('2026-06-05T10:00');
    expect(await scene.lend(`${prefix}-P1`, `${prefix}-I1`)).toMatchObject({ kind: 'lent' });
    const [patron] = await database.sql<{ id: number }>(
      `select patron_id as id from patron_identifiers where value = '${prefix}-P2'`,
    );
    if (waits) await requestsOf(database, scene).place({ patron: patron?.id ?? 0, barcode: `${prefix}-I2` });
    scene.at('2026-06-08T10:00');
    return prefix;
  }

  /** Everything that has become of a world, by the names that two worlds have in common. */
  async function outcome(prefix: string): Promise<unknown[]> {
    const named = `substr(n.value, ${prefix.length + 1})`;
    const of = `from items i where i.barcode like '${prefix}-%'`;
    const queries = [
      `select substr(i.barcode, ${prefix.length + 1}) as item, i.process, i.at_library ${of} order by i.barcode`,
      `select i.id - (select min(i.id) ${of}) as item, ${named} as patron, l.loaned_at, l.due_at, l.returned_at, l.recalled
       from loans l join items i on i.id = l.item_id join patron_identifiers n on n.patron_id = l.patron_id
       where i.barcode like '${prefix}-%' order by l.id`,
      `select e.kind, e.at, i.id - (select min(i.id) ${of}) as item from events e join items i on i.id = e.item_id
       where i.barcode like '${prefix}-%' order by e.id`,
      `select ${named} as patron, b.type, b.until_day from patron_blocks b join patron_identifiers n on n.patron_id = b.patron_id
       where n.value like '${prefix}-%' order by b.id`,
      `select r.state, r.held_until, r.task from requests r join titles t on t.id = r.title_id where t.title like '${prefix} %' order by r.id`,
      `select o.code from overrides o join events e on e.id = o.event_id join items i on i.id = e.item_id
       where i.barcode like '${prefix}-%' order by o.id`,
    ];
    return Promise.all(queries.map(async (query) => database.sql(query)));
  }

  it('OFF-06 however it was cut off and repeated, everything is as if it had been uploaded once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 12 }), anyCourse, async (said, course) => {
        const [once, often] = [await world(course.waits), await world(course.waits)];
        const fileOf = (prefix: string) => offlineFile(said.map((one) => written(prefix, one)));
        const first = await uploadFile(scene.perform, scene.bib, fileOf(once));

        const file = { ...fileOf(often), batch: course.batch };
        for (const cut of course.cuts)
          await uploadFile(cutAfter(scene.perform, cut), scene.bib, file).catch((error: unknown) => {
            if (!(error instanceof DatabaseAway)) throw error;
          });
        const last = await uploadFile(scene.perform, scene.bib, file);
        for (let copy = 0; copy < course.copies; copy += 1) {
          scene.at('2026-06-08T11:00');
          await uploadFile(scene.perform, scene.bib, { ...file, digest: `${file.digest} ${copy}` });
        }
        expect(await outcome(often)).toEqual(await outcome(once));
        const { completed, failed, duplicates } = last;
        // Cut off right before it said that it had ended, it is a new upload the next time.
        expect(completed === 0 || completed === first.completed).toBe(true);
        expect([failed, completed + duplicates]).toEqual([first.failed, first.completed + first.duplicates]);
      }),
      { numRuns: 25 },
    );
    expect(await database.house.check()).toEqual([]);
  });
});
