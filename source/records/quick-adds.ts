import { row, rows, truth } from './sql.ts';
import type { Connection } from './sql.ts';

/** What may go with an item that was made at the desk (RET-07): nothing else hangs on it. */
export type Loose = {
  /** No other item stands under its holding. */
  readonly withHolding: boolean;
  /** There is no other item, holding or open request of its title. */
  readonly withTitle: boolean;
};

/** Items that were made at the desk and wait for their cataloguing (TAB-06, RET-07). */
export function quickAddsOn(db: Connection) {
  return {
    /** What hangs on nothing but this item: it could be deleted together with it. */
    async loose(item: {
      readonly id: number;
      readonly titleId: number;
      readonly holdingId: number | null;
    }): Promise<Loose> {
      const { id, titleId, holdingId } = item;
      const found = await row(
        db,
        `select not exists (select 1 from items where holding_id = ? and id <> ? and deleted_at is null) as holding,
           not exists (select 1 from items where title_id = ? and id <> ? and deleted_at is null)
             and not exists (select 1 from holdings where title_id = ? and id <> ? and deleted_at is null)
             and not exists (select 1 from requests where title_id = ? and closed_at is null) as title`,
        [holdingId ?? 0, id, titleId, id, titleId, holdingId ?? 0, titleId],
      );
      return {
        withHolding: holdingId !== null && truth(found?.['holding']),
        withTitle: truth(found?.['title']),
      };
    },

    /** The department has catalogued it: from now on it is an item like others. */
    async catalogued(id: number): Promise<void> {
      await rows(db, 'update items set quick_add = ? where id = ?', [false, id]);
    },
  };
}
