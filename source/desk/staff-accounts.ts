import { missingParts } from '../circulation/passwords.ts';
import type { StaffAccount } from '../records/staff.ts';
import { givenAddress } from './letter-address.ts';
import { hashPassword } from './passwords.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { ROLES } from './permissions.ts';
import type { Grant } from './permissions.ts';

/** Whether a password is as USR-11 wants it. */
export const isStrong = (password: string): boolean => missingParts(password).length === 0;

/** A role that is given twice is given once. */
const eachOnce = (roles: readonly Grant[]): Grant[] => [
  ...new Map(roles.map((one) => [`${one.role}@${one.library}`, one])).values(),
];

function problemIn(desk: Desk, roles: readonly Grant[]): Refusal | undefined {
  const wrong = roles.find((one) => !(ROLES as readonly string[]).includes(one.role));
  if (wrong) return { kind: 'invalid', path: 'role', problem: 'unknown-code', value: wrong.role };
  const libraries = desk.network.libraries.map((one) => one.code);
  const lost = roles.find((one) => one.library !== '*' && !libraries.includes(one.library));
  return lost ? { kind: 'unknown', what: 'LIBRARY', key: lost.library } : undefined;
}

export type StaffAdded = { readonly kind: 'added'; readonly id: number } | Refusal;

/**
 * Makes a staff account (DESK-02, DESK-03). `password` null: nobody can sign in with it until one is set. `weakAllowed`
 * only in training copies, whose accounts are thrown away.
 */
export const addStaff = action(
  'add-staff',
  { permission: 'manage-staff' },
  async (
    desk: Desk,
    request: {
      name: string;
      displayName?: string;
      password: string | null;
      roles: readonly Grant[];
      /** Where reports go to (OFF-04). */
      email?: string;
    },
  ): Promise<StaffAdded> => {
    const { records, now } = desk;
    const name = request.name.trim();
    if (name === '') return { kind: 'invalid', path: 'name', problem: 'empty' };
    const roles = eachOnce(request.roles);
    const problem = problemIn(desk, roles);
    if (problem) return problem;
    const email = request.email === undefined ? null : givenAddress(desk, request.email);
    if (email && !('address' in email)) return email;
    if (await records.staff.byName(name)) return { kind: 'invalid', path: 'name', problem: 'taken', value: name };
    const training = (await records.settings.get('training')) !== undefined;
    if (request.password !== null && !training && !isStrong(request.password)) {
      return { kind: 'invalid', path: 'password', problem: 'weak-password' };
    }
    const passwordHash = request.password === null ? null : await hashPassword(request.password, desk.passwordCost);
    const id = await records.staff.add({
      name,
      displayName: request.displayName ?? name,
      passwordHash,
      roles,
    });
    if (email) await records.staff.setEmail(id, email.address);
    await records.events.append({
      at: now,
      kind: 'staff-changed',
      staffId: staffId(desk),
      desk: null,
      data: {
        name,
        added: true,
        roles,
        ...(email ? { email: { before: null, after: email.address } } : {}),
      },
    });
    return { kind: 'added', id };
  },
);

/**
 * Makes the first administrator of a house without accounts (DESK-03): afterwards it is refused. Every role everywhere, so
 * that a small library can start at once.
 */
export const addFirstAdministrator = action(
  'add-first-administrator',
  { permission: null },
  async (desk: Desk, request: { name: string; password: string }): Promise<StaffAdded> => {
    const { records, now } = desk;
    const name = request.name.trim();
    if (name === '') return { kind: 'invalid', path: 'name', problem: 'empty' };
    await records.staff.lock();
    if ((await records.staff.count()) > 0) return { kind: 'not-permitted', permission: 'manage-staff', needs: 'role' };
    if (!isStrong(request.password)) return { kind: 'invalid', path: 'password', problem: 'weak-password' };
    const roles = (['network-administrator', 'user-administrator', 'manager'] as const).map((role) => ({
      role,
      library: '*',
    }));
    const id = await records.staff.add({
      name,
      displayName: name,
      passwordHash: await hashPassword(request.password, desk.passwordCost),
      roles,
    });
    await records.events.append({
      at: now,
      kind: 'staff-changed',
      staffId: id,
      desk: null,
      data: { name, first: true, roles },
    });
    return { kind: 'added', id };
  },
);

/** Gives an account other roles, all at once. */
export const setRoles = action(
  'set-roles',
  { permission: 'manage-staff' },
  async (desk: Desk, request: { name: string; roles: readonly Grant[] }): Promise<{ kind: 'changed' } | Refusal> => {
    const account = await desk.records.staff.byName(request.name);
    if (!account) return { kind: 'unknown', what: 'STAFF', key: request.name };
    const problem = problemIn(desk, request.roles);
    if (problem) return problem;
    const roles = eachOnce(request.roles);
    await desk.records.staff.setRoles(account.id, roles);
    const data = { name: account.name, before: account.roles, roles };
    await desk.records.events.append({ at: desk.now, kind: 'staff-changed', staffId: staffId(desk), desk: null, data });
    return { kind: 'changed' };
  },
);

/** Sets an account's password and unlocks it. */
export const setPassword = action(
  'set-password',
  { permission: 'manage-staff' },
  async (desk: Desk, request: { name: string; password: string }): Promise<{ kind: 'changed' } | Refusal> => {
    const account = await desk.records.staff.byName(request.name);
    if (!account) return { kind: 'unknown', what: 'STAFF', key: request.name };
    if (!isStrong(request.password)) return { kind: 'invalid', path: 'password', problem: 'weak-password' };
    await desk.records.staff.setPassword(account.id, await hashPassword(request.password, desk.passwordCost));
    await desk.records.events.append({
      at: desk.now,
      kind: 'staff-changed',
      staffId: staffId(desk),
      desk: null,
      data: { name: account.name, password: true },
    });
    return { kind: 'changed' };
  },
);

/** Says where reports of what an account does go to (OFF-04); null: nowhere. */
export const setEmail = action(
  'set-email',
  { permission: 'manage-staff' },
  async (desk: Desk, request: { name: string; email: string | null }): Promise<{ kind: 'changed' } | Refusal> => {
    const { records, now } = desk;
    const account = await records.staff.byName(request.name);
    if (!account) return { kind: 'unknown', what: 'STAFF', key: request.name };
    const given = request.email === null ? null : givenAddress(desk, request.email);
    if (given && !('address' in given)) return given;
    const email = { before: await records.staff.emailOf(account.id), after: given?.address ?? null };
    if (email.before === email.after) return { kind: 'changed' };
    await records.staff.setEmail(account.id, email.after);
    const data = { name: account.name, email };
    await records.events.append({ at: now, kind: 'staff-changed', staffId: staffId(desk), desk: null, data });
    return { kind: 'changed' };
  },
);

/** All accounts with their roles. */
export const listStaff = action(
  'list-staff',
  { permission: 'manage-staff', readOnly: true },
  async ({ records }: Desk): Promise<{ kind: 'staff'; accounts: readonly StaffAccount[] } | Refusal> => ({
    kind: 'staff',
    accounts: await records.staff.list(),
  }),
);

/** Whether the house has no accounts yet: then the first administrator is made interactively (DESK-03). */
export const isUnstaffed = action(
  'is-unstaffed',
  { permission: null, readOnly: true },
  async ({
    records,
  }: Desk): Promise<{ kind: 'unstaffed'; unstaffed: boolean; network: boolean; training: boolean }> => ({
    kind: 'unstaffed',
    unstaffed: (await records.staff.count()) === 0,
    network: (await records.networks.currentVersion()) > 0,
    training: (await records.settings.get('training')) !== undefined,
  }),
);
