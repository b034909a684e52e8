import type { Instant } from '../circulation/time.ts';
import { isPostgres, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** Wrong passwords of an account, of a name that is nobody's, or at a terminal. */
export type Attempts = {
  readonly failures: number;
  /** From then on nothing of them counts. */
  readonly forgottenAt: Instant;
  readonly lockedUntil: Instant | null;
};

const COLUMNS = 'failures, forgotten_at as "forgottenAt", locked_until as "lockedUntil"';

/** The subject under which a patron's wrong passwords are counted. */
export const patronSubject = (patronId: number): string => `patron:${patronId}`;

/** Attempts to sign in that went wrong (KIO-02, REL-07): none of them says what was typed. */
export function signInAttemptsOn(db: Connection) {
  return {
    /** What is known of a subject; nobody else counts for it until the transaction ends. */
    async locked(subject: string): Promise<Attempts> {
      const found = await row<Attempts>(
        db,
        `insert into sign_in_attempts (subject, failures, forgotten_at) values (?, 0, 0)
         on conflict (subject) do update set subject = excluded.subject returning ${COLUMNS}`,
        [subject],
      );
      if (!found) throw new Error('no attempts returned');
      return found;
    },

    /** Sets what is known of a subject that is locked. */
    async set(subject: string, { failures, forgottenAt, lockedUntil }: Attempts): Promise<void> {
      await rows(db, 'update sign_in_attempts set failures = ?, forgotten_at = ?, locked_until = ? where subject = ?', [
        failures,
        forgottenAt,
        lockedUntil,
        subject,
      ]);
    },

    /** What is known of a subject, for reading only; undefined: nothing. */
    async of(subject: string): Promise<Attempts | undefined> {
      return row<Attempts>(db, `select ${COLUMNS} from sign_in_attempts where subject = ?`, [subject]);
    },

    /** Forgets a subject. */
    async clear(subject: string): Promise<void> {
      await rows(db, 'delete from sign_in_attempts where subject = ?', [subject]);
    },

    /** Takes some of those away that no longer count at an instant, but none that somebody is counting. */
    async removeForgotten(now: Instant, limit: number): Promise<void> {
      const free = isPostgres(db) ? ' for update skip locked' : '';
      await rows(
        db,
        `delete from sign_in_attempts where subject in (select subject from sign_in_attempts
           where forgotten_at <= ? and (locked_until is null or locked_until <= ?) limit ?${free})`,
        [now, now, limit],
      );
    },
  };
}
