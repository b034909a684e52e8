import type { LetterFacts, LetterKind, LetterState } from '../circulation/letters.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from './loans.ts';
import { row, rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** Which letters are asked for; those that need not leave any more are none. */
export type LetterFilter = {
  readonly patronId?: number | undefined;
  readonly kind?: LetterKind | undefined;
  readonly since?: Instant | undefined;
};

/** A letter as lists of all letters show it. */
export type ListedLetter = {
  readonly id: number;
  readonly kind: LetterKind;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  /** The patron's primary identifier; null: it is not for a patron, or for one who is gone. */
  readonly patron: string | null;
  readonly library: string | null;
  readonly language: string;
  readonly channel: 'mail' | 'paper';
  readonly address: string | null;
  /** As they were when it left; null: it has not. */
  readonly sender: string | null;
  readonly replyTo: string | null;
  readonly subject: string | null;
  readonly state: LetterState;
  readonly error: string | null;
  /** The business day of the night that wrote it (CYC-02). */
  readonly night: Day | null;
  readonly facts: LetterFacts[LetterKind];
};

const letterFrom = (one: Row): ListedLetter => ({
  ...(one as Omit<ListedLetter, 'facts'>),
  facts: JSON.parse(one['facts'] as string) as ListedLetter['facts'],
});

/** Letters of all patrons, in the order in which they were written. */
export function letterListOn(db: Connection) {
  return {
    /** A window of letters, the oldest first, and how many there are. */
    async find(filter: LetterFilter, window: Window): Promise<{ total: number; letters: ListedLetter[] }> {
      const wanted = [
        ['l.patron_id = ?', filter.patronId],
        ['l.kind = ?', filter.kind],
        ['l.created_at >= ?', filter.since],
      ] as const;
      const given = wanted.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
      const where = ["l.state <> 'cancelled'", ...given.map((one) => one.sql)].join(' and ');
      const values = given.map((one) => one.value);
      const total = await row<{ n: number }>(db, `select count(*) as n from letters l where ${where}`, values);
      const found = await rows(
        db,
        `select l.id, l.kind, l.created_at as "createdAt", l.sent_at as "sentAt", l.library, l.language, l.channel,
           l.to_address as address, l.sender, l.reply_to as "replyTo", l.subject, l.state, l.error, l.night, l.facts,
           (select value from patron_identifiers i where i.patron_id = l.patron_id order by i.id limit 1) as patron
         from letters l where ${where} order by l.created_at, l.id limit ? offset ?`,
        [...values, window.limit, window.offset],
      );
      return { total: total?.n ?? 0, letters: found.map(letterFrom) };
    },
  };
}
