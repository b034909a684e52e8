import type { OfflineAttention, OfflineFailure } from '../circulation/offline.ts';
import type { Instant } from '../circulation/time.ts';
import { rows } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** A line of an offline file that is about to be applied. */
export type LineToClaim = {
  readonly number: number;
  /** Digest of the transaction: two lines with the same one are the same transaction. */
  readonly key: string;
  readonly raw: string;
  readonly lineAt: Instant;
};

/** What became of a line. `known`: it was in the database already. */
export type LineState = 'applied' | 'known' | 'failed';

/** What became of a line, with what it was about, where that is known. */
export type LineFate = {
  readonly number: number;
  readonly state: LineState;
  readonly failure: OfflineFailure | null;
  readonly attention: readonly OfflineAttention[];
  readonly itemId: number | null;
  readonly loanId: number | null;
  readonly patronId: number | null;
  /** From when its text grows old. */
  readonly keptFrom: Instant;
};

/** A line that could not even be tried, or not again. */
export type FailedLine = Omit<LineFate, 'state' | 'attention' | 'loanId'> & {
  readonly key: string | null;
  readonly raw: string;
  readonly lineAt: Instant | null;
};

/** What an upload has already done with a line. */
export type KnownFate = Pick<LineFate, 'number' | 'state' | 'failure' | 'attention'> & {
  readonly key: string | null;
  readonly due: Instant | null;
  readonly title: string | null;
};

/** Text of a line that is kept; ours have 350 characters at most. */
const MOST_RAW = 2000;
/** Without what no database takes. */
const keptText = (raw: string): string => raw.slice(0, MOST_RAW).replaceAll('\0', '\uFFFD').toWellFormed();

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

const said = (attention: readonly OfflineAttention[]): string | null =>
  attention.length === 0 ? null : attention.join(' ');
export const attentionIn = (one: Row): OfflineAttention[] =>
  typeof one['attention'] === 'string' ? (one['attention'].split(' ') as OfflineAttention[]) : [];

/** Some rows of values as a table of their own, `v`, with columns `column1` …, alike on both databases. */
const tableOf = (types: readonly string[], count: number): string => {
  const one = `(${types.map((type) => `cast(? as ${type})`).join(', ')})`;
  return `(values ${Array.from({ length: count }, () => one).join(', ')}) as v`;
};

/** Lines of offline files, each applied once (OFF-06). */
export function offlineLinesOn(db: Connection) {
  return {
    /**
     * Takes some lines for an upload and answers with the numbers of those that are its own: not those that have been applied
     * before, by any upload, nor those with which this upload has dealt. Whoever claims the same line at the same time waits
     * here. Their state is `applied` until `settle` says otherwise.
     */
    async claim(upload: number, lines: readonly LineToClaim[]): Promise<Set<number>> {
      if (lines.length === 0) return new Set();
      // In one order, so that two uploads never wait for each other in a circle.
      const sorted = lines.toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
      const found = await rows<{ number: number }>(
        db,
        `insert into offline_lines (upload_id, number, key, raw, line_at, kept_from, state)
         values ${sorted.map(() => "(?, ?, ?, ?, ?, ?, 'applied')").join(', ')} on conflict do nothing returning number`,
        sorted.flatMap((one) => [upload, one.number, one.key, keptText(one.raw), one.lineAt, one.lineAt]),
      );
      return new Set(found.map((one) => one.number));
    },

    /** Writes what became of claimed lines. */
    async settle(upload: number, fates: readonly LineFate[]): Promise<void> {
      if (fates.length === 0) return;
      const types = ['integer', 'text', 'text', 'text', 'integer', 'integer', 'integer', 'bigint'];
      await rows(
        db,
        `update offline_lines set state = v.column2, failure = v.column3, attention = v.column4, item_id = v.column5,
           loan_id = v.column6, patron_id = v.column7, kept_from = v.column8
         from ${tableOf(types, fates.length)} where upload_id = ? and number = v.column1`,
        [
          ...fates.flatMap((one): Value[] => [
            one.number,
            one.state,
            one.failure,
            said(one.attention),
            one.itemId,
            one.loanId,
            one.patronId,
            one.keptFrom,
          ]),
          upload,
        ],
      );
    },

    /** Writes lines that were never claimed, as failed; those with which the upload has dealt already stay as they are. */
    async fail(upload: number, lines: readonly FailedLine[]): Promise<void> {
      if (lines.length === 0) return;
      await rows(
        db,
        `insert into offline_lines (upload_id, number, key, raw, line_at, kept_from, state, failure, item_id, patron_id)
         values ${lines.map(() => "(?, ?, ?, ?, ?, ?, 'failed', ?, ?, ?)").join(', ')} on conflict do nothing`,
        lines.flatMap((one): Value[] => [
          upload,
          one.number,
          one.key,
          keptText(one.raw),
          one.lineAt,
          one.keptFrom,
          one.failure,
          one.itemId,
          one.patronId,
        ]),
      );
    },

    /** Forgets that some lines of an upload have failed: they are tried again. */
    async forgetFailed(upload: number, numbers: readonly number[]): Promise<void> {
      if (numbers.length === 0) return;
      await rows(
        db,
        `delete from offline_lines where upload_id = ? and state = 'failed' and number in (${marks(numbers)})`,
        [upload, ...numbers],
      );
    },

    /** What an upload has already done with some of its lines. */
    async fates(upload: number, numbers: readonly number[]): Promise<KnownFate[]> {
      if (numbers.length === 0) return [];
      const found = await rows(
        db,
        `select o.number, o.key, o.state, o.failure, o.attention, l.due_at as due, t.title
         from offline_lines o left join loans l on l.id = o.loan_id left join items i on i.id = o.item_id
           left join titles t on t.id = i.title_id
         where o.upload_id = ? and o.number in (${marks(numbers)})`,
        [upload, ...numbers],
      );
      return found.map((one) => ({
        number: one['number'] as number,
        key: one['key'] as string | null,
        state: one['state'] as LineState,
        failure: one['failure'] as OfflineFailure | null,
        attention: attentionIn(one),
        due: one['due'] as number | null,
        title: one['title'] as string | null,
      }));
    },

    /** Empties the first lines that are older than an instant: they name patrons (JOB-06). Answers with how many. */
    async emptyLines(before: Instant, limit: number): Promise<number> {
      const found = await rows(
        db,
        `update offline_lines set raw = null, patron_id = null where id in (
           select id from offline_lines where raw is not null and kept_from < ? order by kept_from, id limit ?) returning id`,
        [before, limit],
      );
      return found.length;
    },
  };
}
