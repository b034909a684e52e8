import type { EventKind } from '../circulation/event-kinds.ts';
import type { Instant } from '../circulation/time.ts';
import { patronFrom } from './patrons.ts';
import type { PatronView } from './patrons.ts';
import { isPostgres, lock, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf } from './text.ts';

/** What has happened to an item at a desk. */
export type DeskEvent = {
  readonly itemId: number;
  readonly kind: EventKind;
  readonly at: Instant;
  readonly patronId: number | null;
};

/** What happens to an item where staff have it in hand: after it, what was recorded before is out of date (OFF-04). */
const AT_A_DESK: ReadonlySet<EventKind> = new Set<EventKind>([
  'item-lent',
  'item-returned',
  'return-without-loan',
  'item-scanned',
  'in-house-use',
  'loan-renewed',
  'due-date-changed',
  'loan-deleted',
  'work-order-placed',
  'work-order-received',
  'work-order-closed',
]);

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');
const keysOf = (values: readonly string[]): string[] => [...new Set(values.map(keyOf))];

/**
 * Patrons and items of a batch of lines, looked up and locked all at once. In the order in which desks lock (patrons, titles,
 * items), and within each by number: whoever waits for a batch never holds what it wants.
 */
export function offlineBatchOn(db: Connection) {
  /** All of them: nobody places the first request for one while the batch has its copies in hand. */
  const lockTitles = async (keys: readonly string[]): Promise<void> => {
    await rows(
      db,
      `select t.id from titles t where t.id in (select i.title_id from items i where i.barcode_key in (${marks(keys)}))
       order by t.id${lock(db, 't')}`,
      keys,
    );
  };

  return {
    /** Patrons by any of their identifiers, as `keyOf` writes them, with the columns that decide a loan; locked. */
    async lockPatrons(identifiers: readonly string[]): Promise<ReadonlyMap<string, PatronView>> {
      const keys = keysOf(identifiers);
      if (keys.length === 0) return new Map();
      const found = await rows(
        db,
        `select p.* from patrons p
         where p.id in (select n.patron_id from patron_identifiers n where n.value_key in (${marks(keys)}))
         order by p.id${lock(db, 'p')}`,
        keys,
      );
      const patrons = new Map(found.map((one) => [one['id'], patronFrom(one, [])]));
      const named = await rows<{ key: string; id: number }>(
        db,
        `select value_key as key, patron_id as id from patron_identifiers where value_key in (${marks(keys)})`,
        keys,
      );
      return new Map(
        named.flatMap(({ key, id }) => {
          const patron = patrons.get(id);
          return patron ? [[key, patron] as const] : [];
        }),
      );
    },

    /** Numbers of items by their barcodes, as `keyOf` writes them; locked, and so are their titles. */
    async lockItems(barcodes: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const keys = keysOf(barcodes);
      if (keys.length === 0) return new Map();
      if (isPostgres(db)) await lockTitles(keys);
      const found = await rows<{ key: string; id: number }>(
        db,
        `select i.barcode_key as key, i.id from items i where i.barcode_key in (${marks(keys)}) order by i.id${lock(db, 'i')}`,
        keys,
      );
      return new Map(found.map(({ key, id }) => [key, id]));
    },

    /** Which of some titles, which are locked, somebody waits for. */
    async awaitedTitles(titleIds: readonly number[]): Promise<ReadonlySet<number>> {
      if (titleIds.length === 0) return new Set();
      const found = await rows<{ id: number }>(
        db,
        `select distinct title_id as id from requests where closed_at is null and title_id in (${marks(titleIds)})`,
        titleIds,
      );
      return new Set(found.map((one) => one.id));
    },

    /**
     * What has happened at desks to some items from an instant on, in the order in which it was written. The kinds are chosen
     * here: asked for in SQL, SQLite would go through all loans that ever were by the index of kinds (PERF-07).
     */
    async deskEvents(itemIds: readonly number[], from: Instant): Promise<DeskEvent[]> {
      if (itemIds.length === 0) return [];
      const found = await rows<DeskEvent>(
        db,
        `select e.item_id as "itemId", e.kind, e.at, e.patron_id as "patronId" from events e
         where e.item_id in (${marks(itemIds)}) and e.at >= ? and e.desk <> '-' order by e.id`,
        [...itemIds, from],
      );
      return found.filter(({ kind }) => AT_A_DESK.has(kind));
    },
  };
}
