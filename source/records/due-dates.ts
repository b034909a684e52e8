import type { Period } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import { lock, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A moment at which loans of a library fall due. */
export type DueInstant = { readonly library: string; readonly due: Instant };

/** A loan that is about to get another due date, with what its event says. */
export type DueLoan = DueInstant & {
  readonly id: number;
  readonly itemId: number;
  readonly patronId: number | null;
  readonly barcode: string;
  readonly title: string;
};

/** A loan that was shortened to its patron's expiry date, with what its full due date is found by (LOAN-07). */
export type ShortenedLoan = DueLoan & {
  readonly loanedAt: Instant;
  /** Null for a fixed date: that is in the row that gave it. */
  readonly period: Period | null;
  readonly networkVersion: number;
  readonly ruleRow: number | null;
};

/** Loans whose due date follows the calendar (CAL-07): counted in days, not set by hand, not the one minute of LOAN-03. */
const FOLLOWS = `l.returned_at is null and l.due_by_hand = false and coalesce(l.period_unit, 'days') = 'days'
  and l.due_at - l.loaned_at > 60000`;

/** Due dates of open loans that follow the calendar, many at once (CAL-07). */
export function dueDatesOn(db: Connection) {
  return {
    /** Every moment at which such loans fall due, per library: few, whatever the number of loans. */
    async instants(): Promise<DueInstant[]> {
      return rows(
        db,
        `select distinct l.library, l.due_at as due from loans l where ${FOLLOWS} order by l.library, due`,
      );
    },

    /** The first of the loans that fall due at these moments; nobody else changes them until the transaction ends. */
    async loansAt(instants: readonly DueInstant[], limit: number): Promise<DueLoan[]> {
      if (instants.length === 0) return [];
      const marks = instants.map(() => '(?, cast(? as bigint))').join(', ');
      return rows(
        db,
        `select l.id, l.item_id as "itemId", l.patron_id as "patronId", l.library, l.due_at as due, i.barcode, t.title
         from loans l join items i on i.id = l.item_id join titles t on t.id = l.title_id
         where ${FOLLOWS} and (l.library, l.due_at) in (values ${marks}) order by l.id limit ?${lock(db, 'l')}`,
        [...instants.flatMap(({ library, due }) => [library, due]), limit],
      );
    },

    /** Gives many loans the same due date; they go on following the calendar. */
    async move(ids: readonly number[], due: Instant, lateFrom: Instant): Promise<void> {
      if (ids.length === 0) return;
      const marks = ids.map(() => '?').join(', ');
      await rows(db, `update loans set due_at = ?, late_from = ? where id in (${marks})`, [due, lateFrom, ...ids]);
    },

    /**
     * A patron's open loans that were shortened to their expiry date (LOAN-07), the first due first; lost ones apart, which
     * have to be found first. `forUpdate`: nobody else changes them until the transaction ends.
     */
    async shortenedOf(patronId: number, forUpdate: boolean): Promise<ShortenedLoan[]> {
      const found = await rows<ShortenedLoan & { unit: Period['unit'] | null; count: number }>(
        db,
        `select l.id, l.item_id as "itemId", l.patron_id as "patronId", l.library, l.due_at as due, i.barcode, t.title,
           l.loaned_at as "loanedAt", l.period_unit as unit, l.period_count as count,
           l.network_version as "networkVersion", l.rule_row as "ruleRow"
         from loans l join items i on i.id = l.item_id join titles t on t.id = l.title_id
         where l.patron_id = ? and l.returned_at is null and l.shortened and l.lost_at is null
         order by l.due_at, l.id${forUpdate ? lock(db, 'l') : ''}`,
        [patronId],
      );
      return found.map(({ unit, count, ...loan }) => ({ ...loan, period: unit === null ? null : { unit, count } }));
    },

    /** Gives a shortened loan a later due date; `shortened`: also that one is the patron's expiry date. */
    async lengthen(id: number, due: Instant, lateFrom: Instant, shortened: boolean): Promise<void> {
      const sql = 'update loans set due_at = ?, late_from = ?, shortened = ? where id = ?';
      await rows(db, sql, [due, lateFrom, shortened, id]);
    },
  };
}
