import type { PatronBlockFact } from '../circulation/blocks.ts';
import type { BlockType } from '../circulation/network.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { insert, isPostgres, lock, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

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

/** A block as a list of them shows it (USR-10). */
export type PatronBlock = PatronBlockFact & {
  readonly id: number;
  /** Switched on; one that is off stops nothing. */
  readonly active: boolean;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
};

/** A block with the loan that caused it (KIO-05); null: none did, or nobody knows any more. */
export type CausedBlock = PatronBlock & {
  readonly loan: {
    readonly barcode: string;
    readonly title: string;
    readonly due: Instant;
    readonly lateFrom: Instant;
    readonly returnedAt: Instant;
  } | null;
};

/** A block with the patron whom it stops. */
export type BlockOfPatron = PatronBlock & { readonly patronId: number };

const COLUMNS = 'b.*, i.barcode, t.title, l.returned_at, l.due_at, l.late_from, s.display_name';
const FROM = `from patron_blocks b left join loans l on l.id = b.loan_id left join items i on i.id = l.item_id
    left join titles t on t.id = l.title_id left join staff s on s.id = b.created_by`;

/** Neither switched off nor ended before a day (PEN-05): what the database can say of *in force* without the rules. */
const IN_FORCE = 'b.active and (b.until_day is null or b.until_day >= ?)';
const LAST_DAY = "coalesce(b.until_day, '9999-12-31')";

function factFrom(one: Row): PatronBlockFact {
  const barcode = one['barcode'] as string | null;
  const item = { title: one['title'] as string, returned: one['returned_at'] as number };
  return {
    type: one['type'] as BlockType,
    until: one['until_day'] as string | null,
    note: one['note'] as string | null,
    library: one['library'] as string | null,
    item: barcode === null ? null : { barcode, ...item },
  };
}

const blockFrom = (one: Row): PatronBlock => ({
  ...factFrom(one),
  id: one['id'] as number,
  active: truth(one['active']),
  createdAt: one['created_at'] as number,
  createdBy: one['display_name'] as string | null,
});

const causedFrom = (one: Row): CausedBlock => {
  const returnedAt = one['returned_at'] as number | null;
  const named = { barcode: one['barcode'] as string, title: one['title'] as string };
  const dates = { due: one['due_at'] as number, lateFrom: one['late_from'] as number };
  return { ...blockFrom(one), loan: returnedAt === null ? null : { ...named, ...dates, returnedAt } };
};

/** Blocks on patrons: facts with an end, never a cached suspension. */
export function blocksOn(db: Connection) {
  /** Not lifted, switched on, not ended before `today`; a hundred of them tell enough. */
  const inForce = async (patronId: number, today: Day): Promise<Row[]> =>
    rows(
      db,
      `select ${COLUMNS} ${FROM} where b.patron_id = ? and b.lifted_at is null and ${IN_FORCE}
       order by ${LAST_DAY} desc, b.id limit 100`,
      [patronId, today],
    );

  return {
    /** Blocks in force on a day, as the rules judge them; whether they stop anything is for those to say. */
    async standing(patronId: number, today: Day): Promise<PatronBlockFact[]> {
      return (await inForce(patronId, today)).map(factFrom);
    },

    /** The same blocks, as the desk works with them. */
    async inForce(patronId: number, today: Day): Promise<PatronBlock[]> {
      return (await inForce(patronId, today)).map(blockFrom);
    },

    /** The same blocks, with the loans that caused them. */
    async caused(patronId: number, today: Day): Promise<CausedBlock[]> {
      return (await inForce(patronId, today)).map(causedFrom);
    },

    /** A window of all blocks that nobody has deleted: those in force first, the latest end first; then the newest. */
    async ofPatron(
      patronId: number,
      today: Day,
      window: Window,
    ): Promise<(PatronBlock & { readonly inForce: boolean })[]> {
      const found = await rows(
        db,
        `select ${COLUMNS}, case when ${IN_FORCE} then ${LAST_DAY} else '' end as ends ${FROM}
         where b.patron_id = ? and b.lifted_at is null order by ends desc, b.created_at desc, b.id desc limit ? offset ?`,
        [today, patronId, window.limit, window.offset],
      );
      return found.map((one) => ({ ...blockFrom(one), inForce: one['ends'] !== '' }));
    },

    /** How many blocks of a patron nobody has deleted. */
    async count(patronId: number): Promise<number> {
      const sql = 'select count(*) as n from patron_blocks where patron_id = ? and lifted_at is null';
      return (await row<{ n: number }>(db, sql, [patronId]))?.n ?? 0;
    },

    /** One block that nobody has deleted; nobody else changes it until the transaction ends. */
    async locked(id: number): Promise<BlockOfPatron | undefined> {
      if (isPostgres(db)) await rows(db, `select b.id from patron_blocks b where b.id = ?${lock(db, 'b')}`, [id]);
      const found = await row(db, `select ${COLUMNS} ${FROM} where b.id = ? and b.lifted_at is null`, [id]);
      return found && { ...blockFrom(found), patronId: found['patron_id'] as number };
    },

    /** Ids of the blocks of a patron that nobody has deleted, the oldest first. */
    async idsOf(patronId: number): Promise<number[]> {
      const sql = 'select id from patron_blocks where patron_id = ? and lifted_at is null order by id';
      return (await rows<{ id: number }>(db, sql, [patronId])).map((one) => one.id);
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

    /** Gives a block another end or note, or switches it off or on. */
    async change(id: number, { until, note, active }: Pick<PatronBlock, 'until' | 'note' | 'active'>): Promise<void> {
      const sql = 'update patron_blocks set until_day = ?, note = ?, active = ? where id = ?';
      await rows(db, sql, [until, note, active, id]);
    },

    /** Deletes a block: from then on it stops nothing and is in no list. The audit keeps it. */
    async lift(id: number, at: Instant): Promise<void> {
      await rows(db, 'update patron_blocks set lifted_at = ? where id = ?', [at, id]);
    },
  };
}
