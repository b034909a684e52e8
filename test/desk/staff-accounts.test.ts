import { describe, expect, it as test } from 'vitest';
import type { Role } from '../../source/desk/permissions.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import {
  addFirstAdministrator,
  addStaff,
  isStrong,
  isUnstaffed,
  listStaff,
  setPassword,
  setRoles,
} from '../../source/desk/staff-accounts.ts';
import { databases } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine } from '../support/house.ts';

const PASSWORD = 'Rangueil-31!';
const nobody = { staff: NOBODY, place: null };
const operator = { role: 'operator', library: 'sci' } as const;

onBothDatabases('staff accounts', (it) => {
  it('DESK-02 roles are held per library, and given all at once', async ({ scene }) => {
    const roles = [operator, { role: 'manager', library: '*' }] as const;
    expect(
      await scene.act(addStaff, { name: 'ana', displayName: 'Ana M.', password: null, roles }, commandLine),
    ).toMatchObject({ kind: 'added' });
    expect(await scene.act(listStaff, {}, commandLine)).toMatchObject({
      kind: 'staff',
      accounts: [
        { name: 'ana', displayName: 'Ana M.', active: true, roles: [{ role: 'manager', library: '*' }, operator] },
        { name: 'bib', displayName: 'bib' },
      ],
    });
    expect(await scene.act(setRoles, { name: 'ana', roles: [operator] }, commandLine)).toEqual({ kind: 'changed' });
    expect(await scene.act(listStaff, {}, commandLine)).toMatchObject({
      accounts: [{ name: 'ana', roles: [operator] }, {}],
    });
  });

  it('DESK-02 what does not exist is named: role, library, account', async ({ scene }) => {
    const add = async (role: string, library: string, name = 'ana') =>
      scene.act(addStaff, { name, password: null, roles: [{ role: role as Role, library }] }, commandLine);
    expect(await add('king', 'sci')).toEqual({ kind: 'invalid', path: 'role', problem: 'unknown-code', value: 'king' });
    expect(await add('operator', 'moon')).toEqual({ kind: 'unknown', what: 'LIBRARY', key: 'moon' });
    expect(await add('operator', 'sci', '  ')).toEqual({ kind: 'invalid', path: 'name', problem: 'empty' });
    expect(await add('operator', 'sci', 'bib ')).toEqual({
      kind: 'invalid',
      path: 'name',
      problem: 'taken',
      value: 'bib',
    });
    const unknown = { kind: 'unknown', what: 'STAFF', key: 'who' };
    expect(await scene.act(setRoles, { name: 'who', roles: [] }, commandLine)).toEqual(unknown);
    expect(await scene.act(setPassword, { name: 'who', password: PASSWORD }, commandLine)).toEqual(unknown);
    expect(
      await scene.act(setRoles, { name: 'bib', roles: [{ role: 'operator', library: 'moon' }] }, commandLine),
    ).toMatchObject({ kind: 'unknown' });
    expect(await scene.act(listStaff, {}, commandLine)).toMatchObject({
      accounts: [{ name: 'bib', roles: [{ role: 'operator', library: '*' }] }],
    });
  });

  it('USR-11 a weak password is refused, for a new account and for an old one', async ({ scene }) => {
    const weak = { kind: 'invalid', path: 'password', problem: 'weak-password' };
    expect(await scene.act(addStaff, { name: 'ana', password: 'bib', roles: [operator] }, commandLine)).toEqual(weak);
    expect(await scene.act(setPassword, { name: 'bib', password: 'bib' }, commandLine)).toEqual(weak);
    expect(await scene.act(listStaff, {}, commandLine)).toMatchObject({ accounts: [{ name: 'bib' }] });
  });

  it('REL-09 changes of accounts are in the audit: before, after, by whom', async ({ scene, database }) => {
    await scene.act(setRoles, { name: 'bib', roles: [operator] }, commandLine);
    const [event] = await database.records.read(async (records) => records.events.latest('staff-changed', 1));
    expect(event).toMatchObject({
      staff: null,
      data: { name: 'bib', before: [{ role: 'operator', library: '*' }], roles: [operator] },
    });
  });
});

describe.each(databases)('a house without accounts on $name', ({ create }) => {
  test('DESK-03 the first administrator is made once; there is no default password', async () => {
    const { house, drop } = await create();
    const perform = house.at(() => Date.UTC(2026, 5, 1));
    expect(await perform(nobody, isUnstaffed, {})).toEqual({
      kind: 'unstaffed',
      unstaffed: true,
      network: false,
      training: false,
    });
    expect(await perform(nobody, addFirstAdministrator, { name: 'chief', password: 'chief' })).toMatchObject({
      problem: 'weak-password',
    });
    expect(await perform(nobody, addFirstAdministrator, { name: 'chief', password: PASSWORD })).toMatchObject({
      kind: 'added',
    });
    expect(await perform(nobody, addFirstAdministrator, { name: 'thief', password: PASSWORD })).toMatchObject({
      kind: 'not-permitted',
    });
    expect(await perform(commandLine, listStaff, {})).toMatchObject({ accounts: [{ name: 'chief' }] });
    expect(await perform(nobody, isUnstaffed, {})).toMatchObject({ unstaffed: false });
    await drop();
  });
});

describe('strong passwords', () => {
  test.each(['Abcdef1!', 'Ééééé1é ', 'Zz9-Zz9-Zz9'])('USR-11 %s is one', (password) => {
    expect(isStrong(password)).toBe(true);
  });
  test.each(['Abcde1!', 'abcdef1!', 'ABCDEF1!', 'Abcdefg!', 'Abcdefg1', ''])('USR-11 %s is none', (password) => {
    expect(isStrong(password)).toBe(false);
  });
});
