import type { PatronBlockFact } from '../circulation/blocks.ts';
import type { BlockType } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { insert, rows } from './sql.ts';
import type { Connection } from './sql.ts';

export type NewBlock = {
  readonly patronId: number;
  readonly type: BlockType;
  readonly until: Day | null;
  readonly note: string | null;
  readonly library: string | null;
  readonly loanId: number | null;
  readonly at: Instant;
  readonly staffId: number | null;
};

/** Blocks on patrons: facts with an end, never a cached suspension. */
export function blocksOn(db: Connection) {
  return {
    /** Blocks that nobody has lifted and that have not ended before `today`; whether they stop anything is for the rules. */
    async standing(patronId: number, today: Day): Promise<PatronBlockFact[]> {
      const found = await rows(
        db,
        `select b.type, b.until_day, b.note, b.library, i.barcode, t.title, l.returned_at
         from patron_blocks b left join loans l on l.id = b.loan_id
           left join items i on i.id = l.item_id left join titles t on t.id = l.title_id
         where b.patron_id = ? and b.lifted_at is null and b.active and (b.until_day is null or b.until_day >= ?)
         order by b.until_day desc, b.id limit 100`,
        [patronId, today],
      );
      return found.map((one) => ({
        type: one['type'] as BlockType,
        until: one['until_day'] as string | null,
        note: one['note'] as string | null,
        library: one['library'] as string | null,
        item:
          one['barcode'] === null
            ? null
            : {
                barcode: one['barcode'] as string,
                title: one['title'] as string,
                returned: one['returned_at'] as number,
              },
      }));
    },

    /** Sets a block. The database refuses a second one for the same loan. */
    async add(block: NewBlock): Promise<number> {
      return insert(db, 'patron_blocks', {
        patron_id: block.patronId,
        type: block.type,
        until_day: block.until,
        note: block.note,
        library: block.library,
        loan_id: block.loanId,
        created_at: block.at,
        created_by: block.staffId,
      });
    },
  };
}
