import type { ProcessType } from '../circulation/loan.ts';
import type { CopyFacts } from '../circulation/requested-copy.ts';
import { rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A copy of a title with what is going on with it, for the planner and for those who ask why. */
export type TitleCopy = CopyFacts & {
  readonly titleId: number;
  readonly title: string;
  readonly barcode: string;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly loan: (NonNullable<CopyFacts['loan']> & { readonly lost: boolean }) | null;
};

function copyFrom(one: Row): TitleCopy {
  return {
    id: one['id'] as number,
    titleId: one['title_id'] as number,
    title: one['title'] as string,
    barcode: one['barcode'] as string,
    description: one['description'] as string | null,
    callNumber: one['call_number'] as string | null,
    library: one['library'] as string,
    location: one['location'] as string,
    material: one['material'] as string,
    policy: one['policy'] as string | null,
    described: one['description'] !== null,
    process: one['process'] as ProcessType | null,
    at: one['at_library'] as string,
    assignedTo: one['assigned_to'] as number | null,
    toTreat: truth(one['to_treat']),
    loan:
      one['loan_id'] === null
        ? null
        : {
            id: one['loan_id'] as number,
            patronId: one['loan_patron'] as number | null,
            due: one['due_at'] as number,
            recalled: truth(one['recalled']),
            lost: one['lost_at'] !== null,
          },
  };
}

const COPIES = `select i.id, i.title_id, t.title, i.barcode, i.description, i.call_number, i.library, i.location, i.material, i.policy,
    i.process, i.at_library, r.id as assigned_to,
    l.id as loan_id, l.patron_id as loan_patron, l.due_at, l.recalled, l.lost_at,
    (w.id is not null or x.to_department is not null) as to_treat
  from items i join titles t on t.id = i.title_id
    left join loans l on l.item_id = i.id and l.returned_at is null
    left join requests r on r.assigned_item_id = i.id and r.closed_at is null
    left join transits x on x.item_id = i.id and x.ended_at is null
    left join work_orders w on w.item_id = i.id and w.closed_at is null`;

/** Copies of titles as the planner looks at them. */
export function requestCopiesOn(db: Connection) {
  return {
    /** Every copy of a title. */
    async ofTitle(titleId: number): Promise<TitleCopy[]> {
      const found = await rows(db, `${COPIES} where i.title_id = ? and i.deleted_at is null order by i.id`, [titleId]);
      return found.map(copyFrom);
    },

    /** The copies with those ids. */
    async withIds(ids: readonly number[]): Promise<TitleCopy[]> {
      const found: TitleCopy[] = [];
      for (let start = 0; start < ids.length; start += 500) {
        const part = ids.slice(start, start + 500);
        const some = await rows(db, `${COPIES} where i.id in (${part.map(() => '?').join(', ')})`, part);
        found.push(...some.map(copyFrom));
      }
      return found;
    },
  };
}
