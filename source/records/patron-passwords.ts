import type { Day, Instant } from '../circulation/time.ts';
import { addressColumn, lowerAscii } from './patron-search.ts';
import { patronSubject, signInAttemptsOn } from './sign-in-attempts.ts';
import { insert, lock, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf, stored } from './text.ts';

/** A patron's password: its hash never leaves the action that checks it. */
export type PatronCredentials = {
  /** Null: no password has been set. */
  readonly hash: string | null;
  readonly setAt: Instant | null;
};

/** What signing in needs to know of a record. */
export type PatronAccount = {
  readonly id: number;
  readonly kind: 'internal' | 'external';
  readonly status: 'active' | 'inactive';
  /** Last valid day, inclusive. */
  readonly expiry: Day | null;
  /** Null: no password has been set. */
  readonly hash: string | null;
};

/** A one-time code, as it is stored: never the code itself. */
export type StoredCode = {
  readonly id: number;
  readonly hash: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly failures: number;
};

const NOTHING: PatronCredentials = { hash: null, setAt: null };

/** Patrons' passwords and one-time codes (USR-11): hashes, apart from everything that lists read. */
export function patronPasswordsOn(db: Connection) {
  return {
    /**
     * Whom a name at the terminal means: any identifier, or an e-mail address that one patron alone has. One statement, whatever
     * it is, so that nothing tells one from the other (REL-07).
     */
    async patronCalled(name: string): Promise<number | undefined> {
      const called = stored(name) ?? '';
      const owner = `from patron_contacts where kind = 'email' and ${addressColumn(db)} = ? and (type is null or type <> 'alternative')`;
      const address = lowerAscii(called);
      // Without the sums, PostgreSQL would go through all patrons in their order for the first and the last.
      const found = await row<{ known: number | null; first: number | null; last: number | null }>(
        db,
        `select (select patron_id from patron_identifiers where value_key = ?) as known,
           (select min(patron_id + 0) ${owner}) as first, (select max(patron_id + 0) ${owner}) as last`,
        [keyOf(called), address, address],
      );
      if (!found) return undefined;
      return found.known ?? (found.first === found.last ? found.first : null) ?? undefined;
    },

    /** What signing in to a record needs to know. One statement, whoever it is. */
    async account(patronId: number): Promise<PatronAccount | undefined> {
      return row<PatronAccount>(
        db,
        `select p.id, p.kind, p.status, p.expiry_day as expiry,
           (select w.hash from patron_passwords w where w.patron_id = p.id) as hash from patrons p where p.id = ?`,
        [patronId],
      );
    },

    /** The same of a record that nobody else changes until the transaction ends. Two statements, whoever it is. */
    async lockedAccount(patronId: number): Promise<PatronAccount | undefined> {
      await rows(db, `select p.id from patrons p where p.id = ?${lock(db, 'p')}`, [patronId]);
      return this.account(patronId);
    },

    async credentials(patronId: number): Promise<PatronCredentials> {
      const found = await row<PatronCredentials>(
        db,
        'select hash, set_at as "setAt" from patron_passwords where patron_id = ?',
        [patronId],
      );
      return found ?? NOTHING;
    },

    /** Sets a password, or takes it away (null); nothing is locked any more. */
    async set(patronId: number, hash: string | null, at: Instant): Promise<void> {
      const values = [patronId, hash, hash === null ? null : at];
      await rows(
        db,
        `insert into patron_passwords (patron_id, hash, set_at) values (?, ?, ?)
         on conflict (patron_id) do update set hash = excluded.hash, set_at = excluded.set_at`,
        values,
      );
      await signInAttemptsOn(db).clear(patronSubject(patronId));
    },

    /** The latest code of a patron, whatever has become of it. */
    async code(patronId: number): Promise<StoredCode | undefined> {
      return row<StoredCode>(
        db,
        `select id, hash, expires_at as "expiresAt", used_at as "usedAt", failures from patron_codes
         where patron_id = ? order by id desc limit 1`,
        [patronId],
      );
    },

    /** Stores a new code in place of all earlier ones. */
    async addCode(patronId: number, hash: string, at: Instant, expiresAt: Instant): Promise<void> {
      await this.removeCodes(patronId);
      await insert(db, 'patron_codes', { patron_id: patronId, hash, created_at: at, expires_at: expiresAt });
    },

    async removeCodes(patronId: number): Promise<void> {
      await rows(db, 'delete from patron_codes where patron_id = ?', [patronId]);
    },

    async codeUsed(id: number, at: Instant): Promise<void> {
      await rows(db, 'update patron_codes set used_at = ? where id = ?', [at, id]);
    },

    async codeFailed(id: number): Promise<void> {
      await rows(db, 'update patron_codes set failures = failures + 1 where id = ?', [id]);
    },
  };
}
