import { ordinaryPlaces } from '../data-set/catalogue.ts';
import { toulouse } from '../data-set/fill.ts';
import { cardOf } from '../data-set/patrons.ts';
import { NOW } from '../data-set/scale.ts';

export type Borrower = { readonly id: number; readonly card: string };

/** Patrons in good standing and items in place: what is lent to whom passes all the rules. Each is given out once. */
export type Supply = {
  borrower(): Borrower;
  barcode(): string;
  /** How many barcodes are left. */
  left(): number;
};

/** No limit of the sample network is lower than these and the loans of one visit together. */
const EARLIER_LOANS = 2;

const BORROWERS = `select p.id from patrons p where p.id > 2 and p.status = 'active' and p.expiry_day > '2027-01-01'
  and p.group_code in ('L', 'M', 'D', 'PROF')
  and not exists (select 1 from patron_blocks b where b.patron_id = p.id and b.lifted_at is null)
  and not exists (select 1 from patron_notes n where n.patron_id = p.id)
  and not exists (select 1 from requests r where r.patron_id = p.id and r.closed_at is null)
  and (select count(*) from loans l where l.patron_id = p.id and l.returned_at is null) <= ${EARLIER_LOANS}
  and not exists (select 1 from loans l where l.patron_id = p.id and l.returned_at is null and l.late_from <= ${NOW})
  order by p.id % 997, p.id limit 20000`;

const itemsAt = (
  places: readonly string[],
): string => `select barcode from items where process is null and policy is null
  and material = 'BOOK' and fulfilment_note is null and location in (${places.map((one) => `'${one}'`).join(', ')})
  order by id % 9973, id limit 60000`;

function giver<T>(list: readonly T[], what: string): { next: () => T; left: () => number } {
  let given = 0;
  const next = (): T => {
    const one = list[given];
    if (one === undefined) throw new Error(`the data set has no more ${what}: use a larger scale`);
    given += 1;
    return one;
  };
  return { next, left: () => list.length - given };
}

/** Reads what is there to be lent, spread over the whole data set. */
export async function supplyFrom(sql: <Row>(statement: string) => Promise<Row[]>): Promise<Supply> {
  const people = await sql<{ id: number }>(BORROWERS);
  const items = await sql<{ barcode: string }>(itemsAt([...ordinaryPlaces(toulouse())]));
  const borrowers = giver(people, 'borrowers');
  const barcodes = giver(items, 'items');
  return {
    borrower: () => {
      const { id } = borrowers.next();
      return { id, card: cardOf(id) };
    },
    barcode: () => barcodes.next().barcode,
    left: barcodes.left,
  };
}
