import type { Instant } from '../circulation/time.ts';
import type { EventKind } from './events.ts';
import type { Window } from './loans.ts';
import { row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A loan of an item, as its history tells it. */
export type ItemLoan = {
  readonly id: number;
  /** Null: the loan has been anonymised. */
  readonly patron: { readonly id: number; readonly name: string } | null;
  readonly library: string;
  readonly loanedAt: Instant;
  /** `LIBRARY/DESK`. */
  readonly loanedDesk: string;
  readonly due: Instant;
  readonly renewals: number;
  /** Null: on loan. */
  readonly returnedAt: Instant | null;
  readonly returnedDesk: string | null;
};

/** Something else that happened to an item. */
export type ItemEvent = {
  readonly id: number;
  readonly at: Instant;
  readonly kind: EventKind;
  readonly staff: string | null;
  readonly desk: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

type LoanRow = Omit<ItemLoan, 'patron'> & {
  patron: number | null;
  last_name: string | null;
  first_name: string | null;
};

/** What the loans of an item tell already, and what befell their borrowers. */
const TOLD = "('item-lent', 'item-returned', 'loan-renewed', 'block-set')";

/** What has happened to an item (ITEM-03). */
export function itemHistoryOn(db: Connection) {
  const count = async (sql: string, itemId: number): Promise<number> =>
    (await row<{ n: number }>(db, `select count(*) as n from ${sql}`, [itemId]))?.n ?? 0;

  return {
    /** How many loans of an item there have been, and a window of them, the newest first. */
    async loans(itemId: number, window: Window): Promise<{ total: number; lines: ItemLoan[] }> {
      const found = await rows<LoanRow>(
        db,
        `select l.id, p.id as patron, p.last_name, p.first_name, l.library, l.loaned_at as "loanedAt", l.loaned_desk as "loanedDesk",
           l.due_at as due, l.renewals, l.returned_at as "returnedAt", l.returned_desk as "returnedDesk"
         from loans l left join patrons p on p.id = l.patron_id
         where l.item_id = ? order by l.loaned_at desc, l.id desc limit ? offset ?`,
        [itemId, window.limit, window.offset],
      );
      const lines = found.map(({ patron, last_name: last, first_name: first, ...loan }) => ({
        ...loan,
        patron: patron === null ? null : { id: patron, name: [last, first].filter(Boolean).join(' ') },
      }));
      return { total: await count('loans where item_id = ?', itemId), lines };
    },

    /** How much else has happened to an item, and a window of it, the newest first. */
    async events(itemId: number, window: Window): Promise<{ total: number; lines: ItemEvent[] }> {
      const found = await rows<Omit<ItemEvent, 'data'> & { data: string }>(
        db,
        `select e.id, e.at, e.kind, s.name as staff, e.desk, e.data from events e left join staff s on s.id = e.staff_id
         where e.item_id = ? and e.kind not in ${TOLD} order by e.id desc limit ? offset ?`,
        [itemId, window.limit, window.offset],
      );
      const lines = found.map((one) => ({ ...one, data: JSON.parse(one.data) as Record<string, unknown> }));
      return { total: await count(`events where item_id = ? and kind not in ${TOLD}`, itemId), lines };
    },
  };
}
