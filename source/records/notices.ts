import type { PatronBlockFact } from '../circulation/blocks.ts';
import type { NoticeKind } from '../circulation/letters.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import type { BlockType } from '../circulation/network.ts';
import type { NoticeSlot } from '../circulation/notices.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { insertMany, lock, rows, truth } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** Where the search for whom to tell goes on: behind this loan, in the order of due dates. */
export type NoticeCursor = { readonly due: Instant; readonly patron: number };

/** A loan that is due in a slot. */
export type NextLoan = NoticeCursor & { readonly loan: number };

/** A loan of which its patron is told, as the rules of renewals look at it. */
export type NoticedLoan = {
  readonly id: number;
  readonly itemId: number;
  readonly titleId: number;
  readonly patronId: number;
  readonly library: string;
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly loanedAt: Instant;
  readonly renewedAt: Instant | null;
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly recalled: boolean;
};

/** What was said of a loan, so that it is never said again. */
export type WrittenNotice = {
  readonly loan: number;
  readonly kind: NoticeKind;
  readonly dueDay: Day;
  readonly night: Day;
  /** Null: nobody was told, because the loan was renewed (REN-10). */
  readonly letter: number | null;
};

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/**
 * Which loans a slot is about, whether it was said of them already or not: that is asked apart. PostgreSQL would read all
 * notices for each loan, as long as it does not know yet how many there are: a night writes thousands of them.
 */
function ofSlot({ library, from, until, madeBefore, hours }: NoticeSlot): { sql: string; values: Value[] } {
  const days = hours ? '' : " and coalesce(l.period_unit, 'days') = 'days'";
  return {
    sql: `l.returned_at is null and l.library = ? and l.due_at >= ? and l.due_at < ? and l.loaned_at < ?${days}
      and l.lost_at is null`,
    values: [library, from ?? 0, until, madeBefore],
  };
}

const loanFrom = (one: Row): NoticedLoan => ({
  id: one['id'] as number,
  itemId: one['item_id'] as number,
  titleId: one['title_id'] as number,
  patronId: one['patron_id'] as number,
  library: one['library'] as string,
  location: one['location'] as string,
  material: one['material'] as string,
  policy: one['policy'] as string | null,
  loanedAt: one['loaned_at'] as number,
  renewedAt: one['renewed_at'] as number | null,
  due: one['due_at'] as number,
  lateFrom: one['late_from'] as number,
  recalled: truth(one['recalled']),
});

/** Notices of the cycles (CYC-01): whom to tell of what, many at once, and what has been told. */
export function noticesOn(db: Connection) {
  return {
    /** The first of some slots in whose time any loan falls due; -1: none. One statement, however many there are. */
    async firstWithLoans(slots: readonly NoticeSlot[]): Promise<number> {
      if (slots.length === 0) return -1;
      const values = '(cast(? as integer), cast(? as text), cast(? as bigint), cast(? as bigint))';
      const found = await rows<{ n: number | null }>(
        db,
        `with slots (n, library, since, until) as (values ${slots.map(() => values).join(', ')})
         select min(s.n) as n from slots s where exists (select 1 from loans l where l.library = s.library
           and l.returned_at is null and l.due_at >= s.since and l.due_at < s.until)`,
        slots.flatMap(({ library, from, until }, n) => [n, library, from ?? 0, until]),
      );
      return found[0]?.n ?? -1;
    },

    /** The next loans of a slot, in the order of due dates and patrons: whose they are, and where to go on. Nothing is locked. */
    async next(slot: NoticeSlot, after: NoticeCursor | null, limit: number): Promise<NextLoan[]> {
      const { sql, values } = ofSlot(slot);
      return rows(
        db,
        `select l.id as loan, l.due_at as due, l.patron_id as patron from loans l
         where ${sql} and (l.due_at, l.patron_id) > (cast(? as bigint), cast(? as integer))
         order by l.due_at, l.patron_id limit ?`,
        [...values, after?.due ?? 0, after?.patron ?? 0, limit],
      );
    },

    /** Locks patrons, as every desk does first that deals with them; those that are left, in the order of their numbers. */
    async lockPatrons(ids: readonly number[]): Promise<void> {
      if (ids.length > 0)
        await rows(db, `select p.id from patrons p where p.id in (${marks(ids)}) order by p.id${lock(db, 'p')}`, ids);
    },

    /** All loans of a slot that some patrons have; nobody else changes them until the transaction ends. */
    async loans(slot: NoticeSlot, patrons: readonly number[], locking: boolean): Promise<NoticedLoan[]> {
      if (patrons.length === 0) return [];
      const { sql, values } = ofSlot(slot);
      const found = await rows(
        db,
        `select l.* from loans l where l.patron_id in (${marks(patrons)}) and ${sql}
         order by l.id${locking ? lock(db, 'l') : ''}`,
        [...patrons, ...values],
      );
      return found.map(loanFrom);
    },

    /** Of some loans those of which that notice was written already, each with the due day that it was about. */
    async said(kind: NoticeKind, loans: readonly number[]): Promise<{ readonly loan: number; readonly dueDay: Day }[]> {
      if (loans.length === 0) return [];
      return rows(
        db,
        `select loan_id as loan, due_day as "dueDay" from notices where kind = ? and loan_id in (${marks(loans)})`,
        [kind, ...loans],
      );
    },

    /** Writes down what was said. */
    async write(list: readonly WrittenNotice[]): Promise<void> {
      const lines = list.map(({ loan, kind, dueDay, night, letter }) => ({
        loan_id: loan,
        kind,
        due_day: dueDay,
        night,
        outcome: letter === null ? 'renewed' : 'letter',
        letter_id: letter,
      }));
      await insertMany(db, 'notices', lines);
    },

    /**
     * What the rules of renewals look at in some patrons: what is late at an instant, blocks in force on a day. Two
     * statements; which loans are late, and which they have, nobody asks here.
     */
    async borrowers(ids: readonly number[], at: Instant, today: Day): Promise<Map<number, PatronFacts>> {
      const found = await rows(
        db,
        `select p.id, p.group_code, p.status, p.expiry_day, (select count(*) from loans l
             where l.patron_id = p.id and l.returned_at is null and l.late_from <= ?) as late
         from patrons p where p.id in (${marks(ids)})`,
        [at, ...ids],
      );
      const standing = await rows(
        db,
        `select b.patron_id, b.type, b.until_day, b.note, b.library from patron_blocks b
         where b.patron_id in (${marks(ids)}) and b.lifted_at is null and b.active
           and (b.until_day is null or b.until_day >= ?) order by b.id`,
        [...ids, today],
      );
      const blocks = new Map<number, PatronBlockFact[]>();
      for (const one of standing) {
        const fact: PatronBlockFact = {
          type: one['type'] as BlockType,
          until: one['until_day'] as Day | null,
          note: one['note'] as string | null,
          library: one['library'] as string | null,
          item: null,
        };
        const patron = one['patron_id'] as number;
        blocks.set(patron, [...(blocks.get(patron) ?? []), fact]);
      }
      return new Map(
        found.map((one) => {
          const id = one['id'] as number;
          const facts: PatronFacts = {
            id,
            group: one['group_code'] as string | null,
            status: one['status'] as 'active' | 'inactive',
            expiry: one['expiry_day'] as Day | null,
            late: { count: one['late'] as number, loans: [] },
            blocks: blocks.get(id) ?? [],
            openLoans: [],
          };
          return [id, facts];
        }),
      );
    },

    /** Of some titles those for which somebody waits, in the order of their numbers. */
    async titlesWaitedFor(titles: readonly number[]): Promise<number[]> {
      if (titles.length === 0) return [];
      const unique = [...new Set(titles)];
      const found = await rows<{ title: number }>(
        db,
        `select distinct title_id as title from requests where closed_at is null and title_id in (${marks(unique)})
         order by title_id`,
        unique,
      );
      return found.map((one) => one.title);
    },

    /** Gives many loans the same new due date by renewal. */
    async renew(loans: readonly number[], due: Instant, lateFrom: Instant, now: Instant): Promise<void> {
      if (loans.length === 0) return;
      await rows(
        db,
        `update loans set due_at = ?, late_from = ?, renewals = renewals + 1, renewed_at = ?, due_by_hand = false,
           shortened = false where id in (${marks(loans)})`,
        [due, lateFrom, now, ...loans],
      );
    },

    /** Locks items, in the order of their numbers; their titles are locked already, or nobody waits for them. */
    async lockItems(ids: readonly number[]): Promise<void> {
      if (ids.length > 0)
        await rows(db, `select i.id from items i where i.id in (${marks(ids)}) order by i.id${lock(db, 'i')}`, ids);
    },

    /** Open loans become *Lost*, and their items with them (CYC-03). */
    async markLost(loans: readonly NoticedLoan[], at: Instant): Promise<void> {
      if (loans.length === 0) return;
      const ids = loans.map((one) => one.id);
      const items = loans.map((one) => one.itemId);
      await rows(db, `update loans set lost_at = ? where id in (${marks(ids)})`, [at, ...ids]);
      await rows(db, `update items set process = 'LOST_LOAN' where id in (${marks(items)})`, items);
    },
  };
}
