import type { LetterItem, LetterPatron, PostalAddress } from '../circulation/letters.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** Whom a letter is for: what it calls them, their language, the preferred addresses as they stand in the record. */
export type Recipient = {
  readonly patron: LetterPatron;
  readonly language: string;
  /** Not the placeholder's type; null: none is preferred. */
  readonly email: string | null;
  readonly postal: PostalAddress | null;
};

/** A loan as letters name it, with what decides how late it is. */
export type LoanForLetter = LetterItem & {
  readonly id: number;
  readonly patronId: number | null;
  readonly loanedAt: Instant;
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly returnedAt: Instant | null;
};

/** A request as letters name it. `library`: of the copy that it has or was to have, else of whoever was asked. */
export type RequestForLetter = {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly pickup: string;
  readonly placedAt: Instant;
  readonly heldUntil: Day | null;
  readonly library: string | null;
};

/** Rows asked for by one statement. */
const AT_ONCE = 500;

/** Runs a statement for the rows of some numbers, in as few parts as it takes. */
async function forAll<T>(db: Connection, ids: readonly number[], sql: (marks: string) => string): Promise<T[]> {
  const unique = [...new Set(ids)];
  const found: T[] = [];
  for (let start = 0; start < unique.length; start += AT_ONCE) {
    const part = unique.slice(start, start + AT_ONCE);
    found.push(...(await rows<T>(db, sql(part.map(() => '?').join(', ')), part)));
  }
  return found;
}

type NamedRow = {
  readonly id: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly language: string;
  readonly identifier: string | null;
  readonly email: string | null;
};
type PostalRow = Omit<PostalAddress, 'lines'> & { readonly patronId: number; readonly value: string };

/** What letters are made of, for many at once. */
export function letterFactsOn(db: Connection) {
  return {
    /** Patrons by number; those that are gone are not among them. */
    async recipients(patronIds: readonly number[]): Promise<Map<number, Recipient>> {
      const named = await forAll<NamedRow>(
        db,
        patronIds,
        (marks) => `select p.id, p.last_name as "lastName", p.first_name as "firstName", p.language,
           (select value from patron_identifiers i where i.patron_id = p.id order by i.id limit 1) as identifier,
           (select value from patron_contacts c where c.patron_id = p.id and c.kind = 'email' and c.preferred
              and (c.type is null or c.type <> 'alternative') order by c.id limit 1) as email
         from patrons p where p.id in (${marks})`,
      );
      const addresses = await forAll<PostalRow>(
        db,
        patronIds,
        (marks) => `select patron_id as "patronId", value, city, postal_code as "postalCode", country
         from patron_contacts where patron_id in (${marks}) and kind = 'address' and preferred order by id desc`,
      );
      const postal = new Map(
        addresses.map(({ patronId, value, ...rest }) => [patronId, { lines: value.split('\n'), ...rest }]),
      );
      return new Map(
        named.map(({ id, lastName, firstName, identifier, language, email }) => [
          id,
          {
            patron: { lastName, firstName, identifier: identifier ?? '' },
            language,
            email,
            postal: postal.get(id) ?? null,
          },
        ]),
      );
    },

    /** Loans by number, open or not. */
    async loans(ids: readonly number[]): Promise<Map<number, LoanForLetter>> {
      const found = await forAll<LoanForLetter>(
        db,
        ids,
        (marks) => `select l.id, l.patron_id as "patronId", l.library, l.loaned_at as "loanedAt", l.due_at as due,
           l.late_from as "lateFrom", l.returned_at as "returnedAt", i.barcode, i.description,
           i.call_number as "callNumber", t.title, t.author
         from loans l join items i on i.id = l.item_id join titles t on t.id = l.title_id where l.id in (${marks})`,
      );
      return new Map(found.map((one) => [one.id, one]));
    },

    /** Requests by number, open or not. */
    async requests(ids: readonly number[]): Promise<Map<number, RequestForLetter>> {
      const found = await forAll<RequestForLetter>(
        db,
        ids,
        (marks) => `select r.id, t.title, t.author, v.description, r.pickup, r.placed_at as "placedAt",
           r.held_until as "heldUntil", coalesce(i.library, r.asked_library) as library
         from requests r join titles t on t.id = r.title_id left join items v on v.id = r.item_id
         left join items i on i.id = coalesce(r.assigned_item_id, r.planned_item_id, r.remains_item_id)
         where r.id in (${marks})`,
      );
      return new Map(found.map((one) => [one.id, one]));
    },
  };
}
