import type { Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { insert, insertMany, isPostgres, lock, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A note on a patron's record. */
export type PatronNote = {
  readonly id: number;
  readonly text: string;
  readonly type: string;
  /** Shown when the record is opened (PAT-04). */
  readonly popup: boolean;
  /** The patron may read it. */
  readonly visible: boolean;
  /** Comes from the card system: its import writes it, nobody here does (USR-02). */
  readonly external: boolean;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
  readonly deletedAt: Instant | null;
};

/** What a note says, without who wrote it when. */
export type NoteContent = Pick<PatronNote, 'text' | 'type' | 'popup' | 'visible'>;

/** A note with the patron on whose record it stands. */
export type NoteOfPatron = PatronNote & { readonly patronId: number };

const SELECT = 'select n.*, s.display_name from patron_notes n left join staff s on s.id = n.created_by';

const noteFrom = (one: Row): PatronNote => ({
  id: one['id'] as number,
  text: one['text'] as string,
  type: one['type'] as string,
  popup: truth(one['popup']),
  visible: truth(one['visible']),
  external: truth(one['external']),
  createdAt: one['created_at'] as number,
  createdBy: one['display_name'] as string | null,
  deletedAt: one['deleted_at'] as number | null,
});

/** Notes on patrons' records (ITEM-02). One that was deleted stays, so that the deletion can be undone. */
export function patronNotesOn(db: Connection) {
  const standing = (deleted: boolean): string => (deleted ? '' : ' and n.deleted_at is null');
  return {
    /** A window of the notes of a patron, the newest first (PAT-05). `deleted`: with those that were deleted. */
    async ofPatron(patronId: number, window: Window, deleted = false): Promise<PatronNote[]> {
      const found = await rows(
        db,
        `${SELECT} where n.patron_id = ?${standing(deleted)} order by n.created_at desc, n.id desc limit ? offset ?`,
        [patronId, window.limit, window.offset],
      );
      return found.map(noteFrom);
    },

    /** How many notes there are to list. */
    async count(patronId: number, deleted = false): Promise<number> {
      const sql = `select count(*) as n from patron_notes n where n.patron_id = ?${standing(deleted)}`;
      return (await row<{ n: number }>(db, sql, [patronId]))?.n ?? 0;
    },

    /** The latest notes that the patron may read, the newest first (KIO-05). */
    async visibleTo(patronId: number, limit: number): Promise<PatronNote[]> {
      const found = await rows(
        db,
        `${SELECT} where n.patron_id = ? and n.visible and n.deleted_at is null order by n.created_at desc, n.id desc limit ?`,
        [patronId, limit],
      );
      return found.map(noteFrom);
    },

    /** One note, deleted or not; nobody else changes it until the transaction ends. */
    async locked(id: number): Promise<NoteOfPatron | undefined> {
      if (isPostgres(db)) await rows(db, `select n.id from patron_notes n where n.id = ?${lock(db, 'n')}`, [id]);
      const found = await row(db, `${SELECT} where n.id = ?`, [id]);
      return found && { ...noteFrom(found), patronId: found['patron_id'] as number };
    },

    /** The oldest standing note of our own that begins so, to the letter (USR-09). */
    async firstBeginning(patronId: number, beginning: string): Promise<PatronNote | undefined> {
      const found = await row(
        db,
        `${SELECT} where n.patron_id = ? and n.deleted_at is null and n.external = false
           and substr(n.text, 1, ?) = ? order by n.created_at, n.id limit 1`,
        [patronId, Array.from(beginning).length, beginning],
      );
      return found && noteFrom(found);
    },

    /** Writes a note; returns its id. */
    async add(patronId: number, note: NoteContent, by: { at: Instant; staffId: number | null }): Promise<number> {
      return insert(db, 'patron_notes', {
        patron_id: patronId,
        ...note,
        created_at: by.at,
        created_by: by.staffId,
      });
    },

    /** Writes the notes of a new record at once. */
    async addAll(
      patronId: number,
      notes: readonly NoteContent[],
      by: { at: Instant; staffId: number | null },
    ): Promise<void> {
      const list = notes.map(({ text, type, popup, visible }) => ({
        patron_id: patronId,
        text,
        type,
        popup,
        visible,
        created_at: by.at,
        created_by: by.staffId,
      }));
      await insertMany(db, 'patron_notes', list);
    },

    /** Changes what a note says. */
    async change(id: number, { text, type, popup, visible }: NoteContent): Promise<void> {
      const sql = 'update patron_notes set text = ?, type = ?, popup = ?, visible = ? where id = ?';
      await rows(db, sql, [text, type, popup, visible, id]);
    },

    /** Deletes a note (an instant) or brings it back (null). */
    async setDeleted(id: number, at: Instant | null): Promise<void> {
      await rows(db, 'update patron_notes set deleted_at = ? where id = ?', [at, id]);
    },
  };
}
