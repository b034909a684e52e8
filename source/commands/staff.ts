import type { Grant, Role } from '../desk/permissions.ts';
import { ROLES } from '../desk/permissions.ts';
import { addStaff, listStaff, setEmail, setPassword, setRoles } from '../desk/staff-accounts.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { askPassword } from './prompt.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';
import { nearest } from './suggest.ts';

const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);

/** `--role ROLE` (everywhere) and `--role ROLE@LIBRARY`, repeated. Throws Failure for none, or for one that does not exist. */
function rolesIn({ options, words }: Context): Grant[] {
  const { usage } = words.commands;
  const grants = options.list('role').map((given): Grant => {
    const [held = '', library = '*'] = given.split('@');
    if (!isRole(held)) throw misused(usage.notOneOf('--role', held, ROLES, nearest(held, ROLES)));
    return { role: held, library };
  });
  if (grants.length === 0) throw misused(usage.needsRole(ROLES));
  return grants;
}

/** A new password: GUICHET_PASSWORD, else typed twice at the terminal. Throws Failure. */
async function newPassword(context: Context, name: string): Promise<string> {
  const { machine, words } = context;
  const { prompt, refusal } = words.commands;
  const given = machine.env['GUICHET_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  if (!machine.stdin.isTTY) throw refused(refusal.noPassword);
  const first = await askPassword(machine, prompt.newPassword(name));
  const second = await askPassword(machine, prompt.again);
  if (first !== second) throw refused(refusal.passwordsDiffer);
  return first;
}

/** `guichet staff add NAME --role ROLE[@LIB]`: makes an account. */
export async function add(context: Context): Promise<Status> {
  const { input, options, words } = context;
  const [name = ''] = input;
  const roles = rolesIn(context);
  return withDatabase(context, {}, async (opened) => {
    const displayName = options.text('name');
    const address = options.text('email');
    const request = {
      name,
      password: await newPassword(context, name),
      roles,
      ...(displayName === undefined ? {} : { displayName }),
      ...(address === undefined ? {} : { email: address }),
    };
    hoped(await opened.perform(COMMAND_LINE_SEAT, addStaff, request), words.commands.refusal);
    report(context, { name, roles }, () => [words.commands.staff.added(name)]);
    return 0;
  });
}

/** `guichet staff role NAME --role ROLE[@LIB]`: gives an account other roles, all at once. */
export async function role(context: Context): Promise<Status> {
  const { input, words } = context;
  const [name = ''] = input;
  const roles = rolesIn(context);
  return withDatabase(context, {}, async (opened) => {
    hoped(await opened.perform(COMMAND_LINE_SEAT, setRoles, { name, roles }), words.commands.refusal);
    report(context, { name, roles }, () => [words.commands.staff.changed(name)]);
    return 0;
  });
}

/** `guichet staff password NAME`: sets a password and unlocks the account. */
export async function password(context: Context): Promise<Status> {
  const { input, words } = context;
  const [name = ''] = input;
  return withDatabase(context, {}, async (opened) => {
    const accounts = hoped(await opened.perform(COMMAND_LINE_SEAT, listStaff, {}), words.commands.refusal).accounts;
    const known = accounts.some((one) => one.name === name);
    const typed = known ? await newPassword(context, name) : '';
    hoped(await opened.perform(COMMAND_LINE_SEAT, setPassword, { name, password: typed }), words.commands.refusal);
    report(context, { name }, () => [words.commands.staff.changed(name)]);
    return 0;
  });
}

/** `guichet staff email NAME [ADDRESS]`: says where reports go to an account (OFF-04); without an address, nowhere. */
export async function email(context: Context): Promise<Status> {
  const { input, words } = context;
  const [name = '', address = null] = input;
  return withDatabase(context, {}, async (opened) => {
    hoped(await opened.perform(COMMAND_LINE_SEAT, setEmail, { name, email: address }), words.commands.refusal);
    report(context, { name, email: address }, () => [words.commands.staff.changed(name)]);
    return 0;
  });
}

/** `guichet staff list`: the accounts and their roles. */
export async function list(context: Context): Promise<Status> {
  const { words } = context;
  const { staff } = words.commands;
  return withDatabase(context, {}, async (opened) => {
    const { accounts } = hoped(await opened.perform(COMMAND_LINE_SEAT, listStaff, {}), words.commands.refusal);
    const plain = accounts.map(({ name, displayName, roles, active, lastPlace, email: address }) => ({
      name,
      displayName,
      roles,
      active,
      lastPlace,
      email: address,
    }));
    report(context, { count: plain.length, lines: plain }, () => {
      if (accounts.length === 0) return [staff.none];
      return accounts.map(({ name, displayName, roles, active, email: address }) => {
        const held = roles.map(
          (one) => `${words.desk.role[one.role] ?? one.role} (${one.library === '*' ? staff.everywhere : one.library})`,
        );
        const more = [...(address === null ? [] : [address]), ...(active ? [] : [staff.inactive])];
        return [name, displayName, held.join(', '), ...more].join(' · ');
      });
    });
    return 0;
  });
}
