import type { Instant } from '../circulation/time.ts';
import { addressColumn, lowerAscii } from './patron-search.ts';
import { insert, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf } from './text.ts';

/** What signing in needs to know: never leaves the action that checks it. */
export type PatronCredentials = {
  /** Null: no password has been set. */
  readonly hash: string | null;
  readonly setAt: Instant | null;
  /** Wrong ones in a row. */
  readonly failures: number;
  readonly lockedUntil: Instant | null;
};

/** A one-time code, as it is stored: never the code itself. */
export type StoredCode = {
  readonly id: number;
  readonly hash: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly failures: number;
};

const NOTHING: PatronCredentials = { hash: null, setAt: null, failures: 0, lockedUntil: null };

/** Patrons' passwords and one-time codes (USR-11): hashes, apart from everything that lists read. */
export function patronPasswordsOn(db: Connection) {
  return {
    /** Whom a name at the terminal means: any identifier, or an e-mail address that one patron alone has. */
    async patronCalled(name: string): Promise<number | undefined> {
      const sql = 'select patron_id from patron_identifiers where value_key = ?';
      const known = await row<{ patron_id: number }>(db, sql, [keyOf(name)]);
      if (known) return known.patron_id;
      const found = await rows<{ patron_id: number }>(
        db,
        `select distinct patron_id from patron_contacts where kind = 'email' and ${addressColumn(db)} = ?
           and (type is null or type <> 'alternative') limit 2`,
        [lowerAscii(name.trim())],
      );
      return found.length === 1 ? found[0]?.patron_id : undefined;
    },

    async credentials(patronId: number): Promise<PatronCredentials> {
      const found = await row<PatronCredentials>(
        db,
        `select hash, set_at as "setAt", failures, locked_until as "lockedUntil" from patron_passwords where patron_id = ?`,
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
         on conflict (patron_id) do update set hash = excluded.hash, set_at = excluded.set_at, failures = 0, locked_until = null`,
        values,
      );
    },

    /** Counts a wrong password, and says how many there were in a row. */
    async failed(patronId: number): Promise<number> {
      const found = await row<{ failures: number }>(
        db,
        `insert into patron_passwords (patron_id, failures) values (?, 1)
         on conflict (patron_id) do update set failures = patron_passwords.failures + 1 returning failures`,
        [patronId],
      );
      return found?.failures ?? 0;
    },

    /** Nobody signs in to that account until then. */
    async lockUntil(patronId: number, until: Instant): Promise<void> {
      await rows(db, 'update patron_passwords set locked_until = ? where patron_id = ?', [until, patronId]);
    },

    async succeeded(patronId: number): Promise<void> {
      await rows(db, 'update patron_passwords set failures = 0, locked_until = null where patron_id = ?', [patronId]);
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
