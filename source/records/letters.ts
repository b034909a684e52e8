import type { Letter, LetterFacts, LetterKind, LetterLine, LetterState } from '../circulation/letters.ts';
import type { Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { lock, row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A letter that is to leave, or to be printed. */
export type NewLetter<Kind extends LetterKind = LetterKind> = {
  readonly kind: Kind;
  /** Unique: whatever is tried again, one letter leaves for a cause (LET-05). One that repeats a letter begins with `again:`. */
  readonly cause: string;
  readonly patronId: number | null;
  /** The library that writes; null: the network. */
  readonly library: string | null;
  readonly language: string;
  /** Null: it waits to be printed. */
  readonly address: string | null;
  /** Never a secret: codes are made when a letter leaves. */
  readonly facts: LetterFacts[Kind];
  readonly at: Instant;
  readonly staffId: number | null;
};

/** How far the delivery of a letter is. */
export type Delivery = {
  readonly state: LetterState;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
};

/** How the cause of a letter begins that repeats another (LET-04). */
export const AGAIN = 'again:';

function lineFrom(one: Row): LetterLine {
  return {
    id: one['id'] as number,
    kind: one['kind'] as LetterKind,
    createdAt: one['created_at'] as number,
    sentAt: one['sent_at'] as number | null,
    address: one['to_address'] as string | null,
    state: one['state'] as LetterState,
    error: one['error'] as string | null,
    again: (one['cause'] as string).startsWith(AGAIN),
    library: one['library'] as string | null,
    language: one['language'] as string,
  };
}

const letterFrom = (one: Row): Letter =>
  ({
    ...lineFrom(one),
    patronId: one['patron_id'] as number | null,
    facts: JSON.parse(one['facts'] as string) as LetterFacts[LetterKind],
  }) as Letter;

/** The queue of letters, and what has left (LET-04). */
export function lettersOn(db: Connection) {
  return {
    /** Queues a letter. `isNew` false: there is one for that cause already; nothing was done, `id` is its number. */
    async queue(letter: NewLetter): Promise<{ readonly id: number; readonly isNew: boolean }> {
      const { kind, cause, patronId, library, language, address, facts, at, staffId } = letter;
      const added = await row<{ id: number }>(
        db,
        `insert into letters (kind, cause, patron_id, library, language, to_address, facts, created_at, created_by, next_attempt_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (cause) do nothing returning id`,
        [
          kind,
          cause,
          patronId,
          library,
          language,
          address,
          JSON.stringify(facts),
          at,
          staffId,
          address === null ? null : at,
        ],
      );
      if (added) return { id: added.id, isNew: true };
      const found = await row<{ id: number }>(db, 'select id from letters where cause = ?', [cause]);
      if (!found) throw new Error(`no letter for ${cause}, and none could be queued`);
      return { id: found.id, isNew: false };
    },

    /** A window of a patron's letters since an instant, the newest first (USR-07). */
    async ofPatron(patronId: number, since: Instant, window: Window): Promise<LetterLine[]> {
      const found = await rows(
        db,
        'select * from letters where patron_id = ? and created_at >= ? order by created_at desc, id desc limit ? offset ?',
        [patronId, since, window.limit, window.offset],
      );
      return found.map(lineFrom);
    },

    /** How many letters a patron has since an instant. */
    async count(patronId: number, since: Instant): Promise<number> {
      const sql = 'select count(*) as n from letters where patron_id = ? and created_at >= ?';
      return (await row<{ n: number }>(db, sql, [patronId, since]))?.n ?? 0;
    },

    /** A cause that no letter has yet: that beginning, and a number. */
    async freshCause(beginning: string): Promise<string> {
      const sql = 'select count(*) as n from letters where cause >= ? and cause < ?';
      const count = (await row<{ n: number }>(db, sql, [`${beginning}:`, `${beginning};`]))?.n ?? 0;
      return `${beginning}:${count}`;
    },

    /** Letters of a kind that still wait to leave for that address. */
    async waiting(patronId: number, kind: LetterKind, address: string): Promise<Letter[]> {
      const found = await rows(
        db,
        "select * from letters where patron_id = ? and kind = ? and state = 'queued' and to_address = ? order by id",
        [patronId, kind, address],
      );
      return found.map(letterFrom);
    },

    /** Letters of a kind that wait need not leave any more. */
    async cancel(patronId: number, kind: LetterKind): Promise<void> {
      const sql = `update letters set state = 'cancelled', next_attempt_at = null where patron_id = ? and kind = ? and state = 'queued'`;
      await rows(db, sql, [patronId, kind]);
    },

    async byId(id: number): Promise<Letter | undefined> {
      const found = await row(db, 'select * from letters where id = ?', [id]);
      return found && letterFrom(found);
    },

    /** Its cause and how far its delivery is; nobody else changes it until the transaction ends. */
    async locked(id: number): Promise<(Delivery & { readonly cause: string }) | undefined> {
      return row<Delivery & { readonly cause: string }>(
        db,
        `select l.cause, l.state, l.attempts, l.next_attempt_at as "nextAttemptAt" from letters l
         where l.id = ?${lock(db, 'l')}`,
        [id],
      );
    },

    /** One letter need not leave any more. */
    async withdraw(id: number): Promise<void> {
      await rows(db, "update letters set state = 'cancelled', next_attempt_at = null where id = ?", [id]);
    },

    /** A try begins: nobody else begins one until then. Answers with its number. */
    async begin(id: number, until: Instant): Promise<number> {
      const sql = 'update letters set attempts = attempts + 1, next_attempt_at = ? where id = ? returning attempts';
      return (await row<{ attempts: number }>(db, sql, [until, id]))?.attempts ?? 0;
    },

    /** It has left, or has been printed. */
    async done(id: number, state: 'sent' | 'printed', at: Instant): Promise<void> {
      const sql = 'update letters set state = ?, sent_at = ?, next_attempt_at = null, error = null where id = ?';
      await rows(db, sql, [state, at, id]);
    },

    /** It has not left: it is tried again then, or (null) never. */
    async notSent(id: number, error: string, retryAt: Instant | null): Promise<void> {
      const sql = 'update letters set state = ?, error = ?, next_attempt_at = ? where id = ?';
      await rows(db, sql, [retryAt === null ? 'failed' : 'queued', error, retryAt, id]);
    },
  };
}
