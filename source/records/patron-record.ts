import type { Day, Instant } from '../circulation/time.ts';
import { nameWords, patronFrom } from './patrons.ts';
import type { PatronView } from './patrons.ts';
import { insertMany, lock, row, rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';
import { keyOf, plain } from './text.ts';

/** What a record says of a person, without what hangs on it. */
export type PatronGeneral = Omit<PatronView, 'identifiers'> & {
  readonly createdAt: Instant;
  /** The last import that wrote it; null: none has. */
  readonly importedAt: Instant | null;
  readonly deactivatedAt: Instant | null;
  /** `kiosk-quitus`, `by-hand`, `import` (QUI-03, QUI-04). */
  readonly deactivatedBecause: string | null;
};

/** What can be changed in place. */
export type GeneralChange = {
  readonly lastName?: string;
  readonly firstName?: string;
  readonly birthDay?: Day | null;
  readonly group?: string | null;
  readonly campus?: string | null;
  readonly language?: string;
  readonly category?: string | null;
  readonly expiry?: Day | null;
  readonly purge?: Day | null;
  readonly status?: 'active' | 'inactive';
  readonly deactivatedAt?: Instant | null;
  readonly deactivatedBecause?: string | null;
  readonly openForUpdate?: boolean;
  readonly groupProtected?: boolean;
};

const COLUMN: Readonly<Record<keyof GeneralChange, string>> = {
  lastName: 'last_name',
  firstName: 'first_name',
  birthDay: 'birth_day',
  group: 'group_code',
  campus: 'campus',
  language: 'language',
  category: 'category',
  expiry: 'expiry_day',
  purge: 'purge_day',
  status: 'status',
  deactivatedAt: 'deactivated_at',
  deactivatedBecause: 'deactivated_because',
  openForUpdate: 'open_for_update',
  groupProtected: 'group_protected',
};

function generalFrom(one: Row): PatronGeneral {
  const { identifiers: _, ...view } = patronFrom(one, []);
  return {
    ...view,
    createdAt: one['created_at'] as number,
    importedAt: one['imported_at'] as number | null,
    deactivatedAt: one['deactivated_at'] as number | null,
    deactivatedBecause: one['deactivated_because'] as string | null,
  };
}

/** How much hangs on a record: what its tabs say before they are opened (USR-07). */
export type RecordCounts = { readonly notes: number; readonly blocks: number; readonly letters: number };

/** The general part of patrons' records: reading it whole, changing it field by field (USR-07). */
export function patronRecordOn(db: Connection) {
  return {
    /** The general part of a record, by its number or any identifier. */
    async general(key: number | string): Promise<PatronGeneral | undefined> {
      const byId = typeof key === 'number';
      const where = byId ? 'id = ?' : 'id = (select patron_id from patron_identifiers where value_key = ?)';
      const found = await row(db, `select * from patrons where ${where}`, [byId ? key : keyOf(key)]);
      return found && generalFrom(found);
    },

    /** The same, and nobody else changes it until the transaction ends. */
    async locked(key: number | string): Promise<PatronGeneral | undefined> {
      const byId = typeof key === 'number';
      const where = byId ? 'p.id = ?' : 'p.id = (select patron_id from patron_identifiers where value_key = ?)';
      const sql = `select p.* from patrons p where ${where}${lock(db, 'p')}`;
      const found = await row(db, sql, [byId ? key : keyOf(key)]);
      return found && generalFrom(found);
    },

    /** How many notes, blocks and letters there are. One statement. */
    async counts(id: number): Promise<RecordCounts> {
      const found = await row<RecordCounts>(
        db,
        `select (select count(*) from patron_notes where patron_id = ? and deleted_at is null) as notes,
           (select count(*) from patron_blocks where patron_id = ? and lifted_at is null) as blocks,
           (select count(*) from letters where patron_id = ?) as letters`,
        [id, id, id],
      );
      return found ?? { notes: 0, blocks: 0, letters: 0 };
    },

    /** Changes what is given; a new name is also what the record is found and sorted by (PAT-01). */
    async change(before: PatronGeneral, change: GeneralChange): Promise<void> {
      const values: Record<string, Value> = {};
      for (const [key, value] of Object.entries(change)) {
        const column = COLUMN[key as keyof GeneralChange];
        if (value !== undefined) values[column] = value;
      }
      const { lastName = before.lastName, firstName = before.firstName } = change;
      const isRenamed = lastName !== before.lastName || firstName !== before.firstName;
      if (isRenamed) values['sort_name'] = plain(`${lastName} ${firstName}`);
      const columns = Object.keys(values);
      if (columns.length === 0) return;
      const sets = columns.map((column) => `${column} = ?`).join(', ');
      await rows(db, `update patrons set ${sets} where id = ?`, [...Object.values(values), before.id]);
      if (!isRenamed) return;
      await rows(db, 'delete from patron_words where patron_id = ?', [before.id]);
      await insertMany(db, 'patron_words', nameWords(before.id, { lastName, firstName }));
    },

    /** What the card system said last is no longer what the record says: its next import writes it again (IMP-03). */
    async forgetDigest(id: number): Promise<void> {
      await rows(db, 'update patrons set card_digest = null where id = ?', [id]);
    },
  };
}
