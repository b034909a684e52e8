import type { LoanCount } from '../circulation/limits.ts';
import type { Period } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import { insert, row, rows, truth } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** Loan statuses as the manual names them (TAB-03). */
export type LoanStatus = 'Normal' | 'Renewed' | 'Recalled' | 'Lost';

/** A loan as lists and screens show it. */
export type LoanView = {
  readonly id: number;
  readonly itemId: number;
  readonly titleId: number;
  readonly patronId: number | null;
  readonly barcode: string;
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly library: string;
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly loanedAt: Instant;
  readonly due: Instant;
  readonly lateFrom: Instant;
  readonly period: Period | null;
  readonly renewals: number;
  /** The last renewal; null: none yet. */
  readonly renewedAt: Instant | null;
  readonly status: LoanStatus;
  /** Somebody waits for it; a lost loan may be recalled too. */
  readonly recalled: boolean;
  readonly networkVersion: number;
  readonly ruleRow: number | null;
  readonly returnedAt: Instant | null;
};

/** A new loan. */
export type NewLoan = {
  readonly itemId: number;
  readonly titleId: number;
  readonly patronId: number;
  readonly library: string;
  readonly location: string;
  readonly material: string;
  readonly policy: string | null;
  readonly described: boolean;
  readonly loanedAt: Instant;
  readonly desk: string;
  readonly staffId: number;
  readonly due: Instant;
  readonly lateFrom: Instant;
  /** Null for a fixed date. */
  readonly period: Period | null;
  readonly shortened: boolean;
  readonly networkVersion: number;
  readonly ruleRow: number | null;
};

/** How a list of loans is sorted (TAB-02). */
export type LoanOrder = 'due' | 'title' | 'library' | 'loaned' | 'status';

/** How a patron sorts their own (KIO-03). */
export type OwnLoanOrder = 'title' | 'due' | 'due-desc';

/** A window of a list (TUI-12): nothing reads a thousand rows to show ten. */
export type Window = { readonly offset: number; readonly limit: number };

const COLUMNS = `l.*, i.barcode, i.description, i.call_number, t.title, t.author
  from loans l join items i on i.id = l.item_id join titles t on t.id = l.title_id`;

const ORDERS: Readonly<Record<LoanOrder | OwnLoanOrder, string>> = {
  due: 'l.due_at, l.id',
  'due-desc': 'l.due_at desc, l.id desc',
  title: 't.match_key, l.id',
  library: 'l.library, l.due_at, l.id',
  loaned: 'l.loaned_at desc, l.id desc',
  status:
    'case when l.lost_at is not null then 0 when l.recalled then 1 when l.renewals > 0 then 2 else 3 end, l.due_at, l.id',
};

function statusOf(one: Row): LoanStatus {
  if (one['lost_at'] !== null) return 'Lost';
  if (truth(one['recalled'])) return 'Recalled';
  return Number(one['renewals']) > 0 ? 'Renewed' : 'Normal';
}

function loanFrom(one: Row): LoanView {
  const unit = one['period_unit'] as Period['unit'] | null;
  return {
    id: one['id'] as number,
    itemId: one['item_id'] as number,
    titleId: one['title_id'] as number,
    patronId: one['patron_id'] as number | null,
    barcode: one['barcode'] as string,
    title: one['title'] as string,
    author: one['author'] as string | null,
    description: one['description'] as string | null,
    callNumber: one['call_number'] as string | null,
    library: one['library'] as string,
    location: one['location'] as string,
    material: one['material'] as string,
    policy: one['policy'] as string | null,
    loanedAt: one['loaned_at'] as number,
    due: one['due_at'] as number,
    lateFrom: one['late_from'] as number,
    period: unit === null ? null : { unit, count: one['period_count'] as number },
    renewals: one['renewals'] as number,
    renewedAt: one['renewed_at'] as number | null,
    status: statusOf(one),
    recalled: truth(one['recalled']),
    networkVersion: one['network_version'] as number,
    ruleRow: one['rule_row'] as number | null,
    returnedAt: one['returned_at'] as number | null,
  };
}

/** Only loans with those numbers; without a list, any. */
const among = (ids: readonly number[] | undefined): string =>
  ids === undefined ? '' : ` and l.id in (${ids.length === 0 ? 'null' : ids.map(() => '?').join(', ')})`;

/** A patron's open loans counted for limits, with how many of each are late and are copies of one title. */
export type OpenLoanCount = LoanCount & { readonly late: number; readonly sameTitle: number };

/** Loans: what is on loan to whom, until when, and what has come back. */
export function loansOn(db: Connection) {
  return {
    /** Opens a loan. The database refuses a second open loan of the item (unique index). */
    async open(loan: NewLoan): Promise<number> {
      const values: Record<string, Value> = {
        item_id: loan.itemId,
        title_id: loan.titleId,
        patron_id: loan.patronId,
        library: loan.library,
        location: loan.location,
        material: loan.material,
        policy: loan.policy,
        described: loan.described,
        loaned_at: loan.loanedAt,
        loaned_desk: loan.desk,
        loaned_by: loan.staffId,
        due_at: loan.due,
        late_from: loan.lateFrom,
        period_unit: loan.period?.unit ?? null,
        period_count: loan.period?.count ?? null,
        shortened: loan.shortened,
        network_version: loan.networkVersion,
        rule_row: loan.ruleRow,
      };
      return insert(db, 'loans', values);
    },

    /** Ends a loan at an instant; the row stays, closed in place. */
    async close(id: number, returnedAt: Instant, desk: string, staffId: number): Promise<void> {
      await rows(db, 'update loans set returned_at = ?, returned_desk = ?, returned_by = ? where id = ?', [
        returnedAt,
        desk,
        staffId,
        id,
      ]);
    },

    /** Gives a loan a new due date by renewal. */
    async renew(id: number, due: Instant, lateFrom: Instant, now: Instant): Promise<void> {
      await rows(
        db,
        'update loans set due_at = ?, late_from = ?, renewals = renewals + 1, renewed_at = ?, due_by_hand = false, shortened = false, lost_at = null where id = ?',
        [due, lateFrom, now, id],
      );
    },

    /** Marks an open loan as lost at an instant; renewing it finds it again. */
    async markLost(id: number, at: Instant): Promise<void> {
      await rows(db, 'update loans set lost_at = ? where id = ? and returned_at is null', [at, id]);
    },

    /** Sets a due date; `byHand`: it stays there when the calendar changes (CAL-07). */
    async setDue(id: number, due: Instant, lateFrom: Instant, byHand: boolean): Promise<void> {
      await rows(db, 'update loans set due_at = ?, late_from = ?, due_by_hand = ?, shortened = false where id = ?', [
        due,
        lateFrom,
        byHand,
        id,
      ]);
    },

    /** A request waits for a loan's item (REQ-08): it cannot be renewed (REN-06); or none waits any more. */
    async setRecalled(id: number, recalled: boolean): Promise<void> {
      await rows(db, 'update loans set recalled = ? where id = ? and returned_at is null', [recalled, id]);
    },

    /** Takes a loan away that was made by mistake (LOAN-09); the audit keeps it. */
    async remove(id: number): Promise<void> {
      await rows(db, 'delete from loans where id = ?', [id]);
    },

    /** The open loan of an item. */
    async openOfItem(itemId: number): Promise<LoanView | undefined> {
      const found = await row(db, `select ${COLUMNS} where l.item_id = ? and l.returned_at is null`, [itemId]);
      return found && loanFrom(found);
    },

    /** The last loan of an item that has ended. */
    async lastOfItem(itemId: number): Promise<LoanView | undefined> {
      const found = await row(
        db,
        `select ${COLUMNS} where l.item_id = ? and l.returned_at is not null order by l.returned_at desc, l.id desc limit 1`,
        [itemId],
      );
      return found && loanFrom(found);
    },

    /** One loan by its id. */
    async byId(id: number): Promise<LoanView | undefined> {
      const found = await row(db, `select ${COLUMNS} where l.id = ?`, [id]);
      return found && loanFrom(found);
    },

    /** Open loans of a patron counted for limits (LOAN-05); `titleId`: also how many are copies of that title (LOAN-08). */
    async counts(patronId: number, now: Instant, titleId: number): Promise<OpenLoanCount[]> {
      const found = await rows<Omit<OpenLoanCount, 'sameTitle'> & { same_title: number }>(
        db,
        `select library, location, material, policy, count(*) as count,
           sum(case when late_from <= ? then 1 else 0 end) as late,
           sum(case when title_id = ? and described = false then 1 else 0 end) as same_title
         from loans where patron_id = ? and returned_at is null group by library, location, material, policy`,
        [now, titleId, patronId],
      );
      return found.map(({ same_title: sameTitle, ...one }) => ({ ...one, sameTitle }));
    },

    /** A window of a patron's open loans (TAB-02). `session`: only those made since that instant. */
    async ofPatron(
      patronId: number,
      order: LoanOrder | OwnLoanOrder,
      window: Window,
      ids?: readonly number[],
    ): Promise<LoanView[]> {
      const found = await rows(
        db,
        `select ${COLUMNS} where l.patron_id = ? and l.returned_at is null${among(ids)} order by ${ORDERS[order]} limit ? offset ?`,
        [patronId, ...(ids ?? []), window.limit, window.offset],
      );
      return found.map(loanFrom);
    },

    /** A patron's late loans, the oldest due date first. */
    async lateOfPatron(patronId: number, now: Instant, limit: number): Promise<LoanView[]> {
      const found = await rows(
        db,
        `select ${COLUMNS} where l.patron_id = ? and l.returned_at is null and l.late_from <= ? order by l.due_at, l.id limit ?`,
        [patronId, now, limit],
      );
      return found.map(loanFrom);
    },

    /** A patron's open loans of copies without description of a title (LOAN-08). */
    async ofTitle(patronId: number, titleId: number): Promise<LoanView[]> {
      const found = await rows(
        db,
        `select ${COLUMNS} where l.patron_id = ? and l.title_id = ? and l.returned_at is null and l.described = false order by l.id`,
        [patronId, titleId],
      );
      return found.map(loanFrom);
    },

    /** How many loans of a patron have ended. */
    async returnedCount(patronId: number): Promise<number> {
      const found = await row<{ n: number }>(
        db,
        'select count(*) as n from loans where patron_id = ? and returned_at is not null',
        [patronId],
      );
      return found?.n ?? 0;
    },

    /** A window of a patron's ended loans (`ids`: of those), the latest first (RET-05), until they are anonymised. */
    async returnedOfPatron(patronId: number, window: Window, ids?: readonly number[]): Promise<LoanView[]> {
      const found = await rows(
        db,
        `select ${COLUMNS} where l.patron_id = ? and l.returned_at is not null${among(ids)}
         order by l.returned_at desc, l.id desc limit ? offset ?`,
        [patronId, ...(ids ?? []), window.limit, window.offset],
      );
      return found.map(loanFrom);
    },
  };
}
