import type { OfflineAttention, OfflineFailure } from '../circulation/offline.ts';
import type { Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { offlineBatchOn } from './offline-batch.ts';
import { attentionIn, offlineLinesOn } from './offline-lines.ts';
import type { LineState } from './offline-lines.ts';
import { nameIn, PATRON_NAMED } from './request-queues.ts';
import { insert, row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** An upload as lists and reports name it. */
export type UploadView = {
  readonly id: number;
  readonly file: string;
  readonly digest: string;
  /** `LIBRARY/DESK`. */
  readonly desk: string;
  readonly staff: string | null;
  readonly startedAt: Instant;
  /** Null: unfinished; its counts are those of the lines so far. */
  readonly endedAt: Instant | null;
  /** Lines of the file, the bad ones too. */
  readonly lines: number;
  readonly completed: number;
  readonly failed: number;
  readonly duplicates: number;
  /** How many lines somebody should look at though they were applied. */
  readonly attention: number;
};

/** A line of a report. */
export type UploadLine = {
  readonly number: number;
  /** The whole line; null: kept no longer. */
  readonly raw: string | null;
  /** When it happened; null: the line does not say. */
  readonly at: Instant | null;
  readonly state: LineState;
  readonly failure: OfflineFailure | null;
  readonly attention: readonly OfflineAttention[];
  readonly barcode: string | null;
  readonly title: string | null;
  readonly patronId: number | null;
  readonly patron: string | null;
  /** The patron's primary identifier. */
  readonly card: string | null;
  readonly loan: number | null;
  readonly due: Instant | null;
  /** The loan is still open: its due date can be set by hand. */
  readonly open: boolean;
};

/** How an upload ended. */
export type UploadCounts = Pick<UploadView, 'completed' | 'failed' | 'duplicates'>;

/** An unfinished upload has no counts of its own yet. */
const UPLOAD = `u.id, u.file, u.digest, u.desk, s.display_name as staff, u.started_at, u.ended_at, u.lines, u.completed,
  u.failed, u.duplicates,
  (select count(*) from offline_lines a where a.upload_id = u.id and a.attention is not null) as attention`;
const SO_FAR = `case when u.ended_at is null then (select count(*) from offline_lines o where o.upload_id = u.id and o.state = 'STATE') else 0 end`;
const FROM = `select ${UPLOAD}, ${SO_FAR.replace('STATE', 'applied')} as applied, ${SO_FAR.replace('STATE', 'known')} as known,
  ${SO_FAR.replace('STATE', 'failed')} as bad from offline_uploads u left join staff s on s.id = u.staff_id`;

const uploadFrom = (one: Row): UploadView => ({
  id: one['id'] as number,
  file: one['file'] as string,
  digest: one['digest'] as string,
  desk: one['desk'] as string,
  staff: one['staff'] as string | null,
  startedAt: one['started_at'] as number,
  endedAt: one['ended_at'] as number | null,
  lines: one['lines'] as number,
  completed: (one['completed'] as number) + (one['applied'] as number),
  failed: (one['failed'] as number) + (one['bad'] as number),
  duplicates: (one['duplicates'] as number) + (one['known'] as number),
  attention: one['attention'] as number,
});

const lineFrom = (one: Row): UploadLine => ({
  number: one['number'] as number,
  raw: one['raw'] as string | null,
  at: one['line_at'] as number | null,
  state: one['state'] as LineState,
  failure: one['failure'] as OfflineFailure | null,
  attention: attentionIn(one),
  barcode: one['barcode'] as string | null,
  title: one['title'] as string | null,
  patronId: one['patron_id'] as number | null,
  patron: one['patron_id'] === null ? null : nameIn(one),
  card: one['card'] as string | null,
  loan: one['loan_id'] as number | null,
  due: one['due_at'] as number | null,
  open: one['loan_id'] !== null && one['returned_at'] === null,
});

/** What a report shows: lines that were not applied, or those that somebody should look at. */
export type ReportPart = 'failed' | 'attention';
/** The first half of each is what the index of such lines has. */
const SHOWN: Readonly<Record<ReportPart, string>> = {
  failed: '(failure is not null or attention is not null) and failure is not null',
  attention: '(failure is not null or attention is not null) and attention is not null',
};

/** Uploads of offline files and their lines (OFF-04 to OFF-06). */
export function offlineUploadsOn(db: Connection) {
  return {
    ...offlineLinesOn(db),
    ...offlineBatchOn(db),

    /** The upload of a file at a desk that was never finished. */
    async unfinished(digest: string, desk: string): Promise<number | undefined> {
      const found = await row<{ id: number }>(
        db,
        'select id from offline_uploads where digest = ? and desk = ? and ended_at is null',
        [digest, desk],
      );
      return found?.id;
    },

    /** Begins an upload; answers with its number. The database refuses a second unfinished one of the file at that desk. */
    async begin(upload: {
      file: string;
      digest: string;
      desk: string;
      staffId: number | null;
      at: Instant;
      lines: number;
    }): Promise<number> {
      const { file, digest, desk, staffId, at, lines } = upload;
      return insert(db, 'offline_uploads', { file, digest, desk, staff_id: staffId, started_at: at, lines });
    },

    /** Whether an upload has ended; undefined: there is none of that number at that desk. */
    async ended(id: number, desk: string): Promise<boolean | undefined> {
      const found = await row<{ ended: number | null }>(
        db,
        'select ended_at as ended from offline_uploads where id = ? and desk = ?',
        [id, desk],
      );
      return found && found.ended !== null;
    },

    /** Ends an upload; undefined: somebody else has already. */
    async end(id: number, at: Instant, counts: UploadCounts): Promise<{ file: string; lines: number } | undefined> {
      return row<{ file: string; lines: number }>(
        db,
        `update offline_uploads set ended_at = ?, completed = ?, failed = ?, duplicates = ?
         where id = ? and ended_at is null returning file, lines`,
        [at, counts.completed, counts.failed, counts.duplicates, id],
      );
    },

    /** One upload. */
    async upload(id: number): Promise<UploadView | undefined> {
      const found = await row(db, `${FROM} where u.id = ?`, [id]);
      return found && uploadFrom(found);
    },

    /** How many uploads there were, and a window of them, the latest first. */
    async uploads(window: Window): Promise<{ total: number; uploads: UploadView[] }> {
      const count = await row<{ n: number }>(db, 'select count(*) as n from offline_uploads');
      const found = await rows(db, `${FROM} order by u.id desc limit ? offset ?`, [window.limit, window.offset]);
      return { total: count?.n ?? 0, uploads: found.map(uploadFrom) };
    },

    /** How many lines of an upload a report shows, and a window of them in the order of the file. */
    async report(id: number, part: ReportPart, window: Window): Promise<{ total: number; lines: UploadLine[] }> {
      const where = `upload_id = ? and ${SHOWN[part]}`;
      const count = await row<{ n: number }>(db, `select count(*) as n from offline_lines where ${where}`, [id]);
      const found = await rows(
        db,
        `select o.*, i.barcode, t.title, l.due_at, l.returned_at, ${PATRON_NAMED}
         from (select * from offline_lines where ${where} order by number limit ? offset ?) o
           left join items i on i.id = o.item_id left join titles t on t.id = i.title_id
           left join loans l on l.id = o.loan_id left join patrons p on p.id = o.patron_id order by o.number`,
        [id, window.limit, window.offset],
      );
      return { total: count?.n ?? 0, lines: found.map(lineFrom) };
    },
  };
}
