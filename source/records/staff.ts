import type { Instant } from '../circulation/time.ts';
import { insert, insertMany, lockTable, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A role somebody holds at a library (`*`: at every library). */
export type StaffRole = { readonly role: string; readonly library: string };

/** A staff account. */
export type StaffAccount = {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly StaffRole[];
  readonly active: boolean;
  /** `LIBRARY/DESK` chosen last (DESK-01). */
  readonly lastPlace: string | null;
  /** Where reports go to; null: nowhere. */
  readonly email: string | null;
};

/** What signing in needs to know: never leaves the action that checks it. */
export type Credentials = {
  readonly id: number;
  readonly passwordHash: string | null;
  readonly failures: number;
  readonly lockedUntil: Instant | null;
  readonly active: boolean;
};

const accountFrom = (one: Row, roles: readonly StaffRole[]): StaffAccount => ({
  id: one['id'] as number,
  name: one['name'] as string,
  displayName: one['display_name'] as string,
  roles,
  active: truth(one['active']),
  lastPlace: one['last_place'] as string | null,
  email: one['email'] as string | null,
});

/** Staff accounts and their roles. */
export function staffOn(db: Connection) {
  const rolesOf = async (id: number): Promise<StaffRole[]> =>
    rows<StaffRole>(db, 'select role, library from staff_roles where staff_id = ? order by role, library', [id]);

  return {
    /** Nobody else makes or changes an account until the transaction ends. */
    async lock(): Promise<void> {
      await lockTable(db, 'staff');
    },

    async byName(name: string): Promise<StaffAccount | undefined> {
      const found = await row(db, 'select * from staff where name = ?', [name]);
      return found && accountFrom(found, await rolesOf(found['id'] as number));
    },

    async credentials(name: string): Promise<Credentials | undefined> {
      const found = await row(db, 'select * from staff where name = ?', [name]);
      return (
        found && {
          id: found['id'] as number,
          passwordHash: found['password_hash'] as string | null,
          failures: found['failures'] as number,
          lockedUntil: found['locked_until'] as number | null,
          active: truth(found['active']),
        }
      );
    },

    async list(): Promise<StaffAccount[]> {
      const found = await rows(db, 'select * from staff order by name');
      const roles = await rows<StaffRole & { staff_id: number }>(
        db,
        'select * from staff_roles order by role, library',
      );
      return found.map((one) =>
        accountFrom(
          one,
          roles.filter((role) => role.staff_id === one['id']).map(({ role, library }) => ({ role, library })),
        ),
      );
    },

    async count(): Promise<number> {
      return (await row<{ n: number }>(db, 'select count(*) as n from staff'))?.n ?? 0;
    },

    async add(account: {
      name: string;
      displayName: string;
      passwordHash: string | null;
      roles: readonly StaffRole[];
    }): Promise<number> {
      const id = await insert(db, 'staff', {
        name: account.name,
        display_name: account.displayName,
        password_hash: account.passwordHash,
      });
      await this.setRoles(id, account.roles);
      return id;
    },

    async setRoles(id: number, roles: readonly StaffRole[]): Promise<void> {
      await rows(db, 'delete from staff_roles where staff_id = ?', [id]);
      const list = roles.map(({ role, library }) => ({ staff_id: id, role, library }));
      if (list.length > 0) await insertMany(db, 'staff_roles', list);
    },

    async setPassword(id: number, hash: string): Promise<void> {
      await rows(db, 'update staff set password_hash = ?, failures = 0, locked_until = null where id = ?', [hash, id]);
    },

    /** Counts a failed sign-in, and says how many there were in a row. */
    async failed(id: number): Promise<number> {
      const found = await row<{ failures: number }>(
        db,
        'update staff set failures = failures + 1 where id = ? returning failures',
        [id],
      );
      return found?.failures ?? 0;
    },

    /** Nobody signs in to an account until then. */
    async lockUntil(id: number, until: Instant): Promise<void> {
      await rows(db, 'update staff set locked_until = ? where id = ?', [until, id]);
    },

    async succeeded(id: number): Promise<void> {
      await rows(db, 'update staff set failures = 0, locked_until = null where id = ?', [id]);
    },

    /** Where reports are sent to; null: nowhere. */
    async emailOf(id: number): Promise<string | null> {
      return (await row<{ email: string | null }>(db, 'select email from staff where id = ?', [id]))?.email ?? null;
    },

    async setEmail(id: number, email: string | null): Promise<void> {
      await rows(db, 'update staff set email = ? where id = ?', [email, id]);
    },

    async setLastPlace(id: number, place: string): Promise<void> {
      await rows(db, 'update staff set last_place = ? where id = ?', [place, id]);
    },
  };
}
