import { randomBytes, scryptSync } from 'node:crypto';
import { expect } from 'vitest';
import { markTraining } from '../../source/desk/networks.ts';
import { choosePlace, listPlaces, NOBODY, recallStaff, signIn } from '../../source/desk/sign-in.ts';
import { addStaff, setPassword } from '../../source/desk/staff-accounts.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const PASSWORD = 'Rangueil-31!';
const roles = [{ role: 'operator', library: 'sci' }] as const;
const nobody = { staff: NOBODY, place: null };
const wrong = { kind: 'wrong' };

/** A hash of the password that costs little to verify: the cost is in the hash. */
function cheapHash(): string {
  const salt = randomBytes(16);
  const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  return ['scrypt', 2 ** 10, 8, 1, salt.toString('base64'), key.toString('base64')].join('$');
}

/** An account that can sign in. */
async function withAccount(scene: Scene, database: TestDatabase, name = 'Élise'): Promise<void> {
  expect(await scene.act(addStaff, { name, password: null, roles }, commandLine)).toMatchObject({ kind: 'added' });
  await database.sql(`update staff set password_hash = '${cheapHash()}' where name = '${name}'`);
}

const attempt = async (scene: Scene, password: string, name = 'Élise') => scene.act(signIn, { name, password }, nobody);

onBothDatabases('signing in', (it) => {
  it('DESK-01 with name and password: who one is, and what one may where', async ({ scene, database }) => {
    await withAccount(scene, database);
    expect(await attempt(scene, PASSWORD, ' Élise ')).toEqual({
      kind: 'signed-in',
      staff: { id: expect.any(Number) as number, name: 'Élise', displayName: 'Élise', roles },
      lastPlace: null,
    });
    const events = await database.sql("select desk, data from events where kind = 'signed-in'");
    expect(events).toEqual([{ desk: null, data: '{}' }]);
  });

  it('REL-07 a wrong name and a wrong password are told alike, as are accounts without a password or closed ones', async ({
    scene,
    database,
  }) => {
    await withAccount(scene, database);
    expect(await attempt(scene, 'rangueil-31!')).toEqual(wrong);
    expect(await attempt(scene, '')).toEqual(wrong);
    expect(await attempt(scene, PASSWORD, 'Elise')).toEqual(wrong);
    expect(await attempt(scene, PASSWORD, 'bib')).toEqual(wrong);
    await database.sql('update staff set active = false, failures = 0');
    expect(await attempt(scene, PASSWORD)).toEqual(wrong);
  });

  it('REL-07 three failures lock the account for a minute, even for the right password, and no other account', async ({
    scene,
    database,
  }) => {
    await withAccount(scene, database);
    await withAccount(scene, database, 'Luc');
    for (let failure = 1; failure <= 3; failure += 1) expect(await attempt(scene, 'no')).toEqual(wrong);
    expect(await attempt(scene, PASSWORD)).toEqual({ kind: 'locked', until: local('2026-06-01T10:01') });
    expect(await attempt(scene, PASSWORD, 'Luc')).toMatchObject({ kind: 'signed-in' });
    scene.at('2026-06-01T10:01');
    expect(await attempt(scene, PASSWORD)).toMatchObject({ kind: 'signed-in' });
    expect(await attempt(scene, 'no')).toEqual(wrong);
    expect(await attempt(scene, PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  it('REL-07 the delay grows with every failure, an hour at most', async ({ scene, database }) => {
    await withAccount(scene, database);
    const delays: [number, string][] = [
      [3, '2026-06-01T10:02'],
      [4, '2026-06-01T10:04'],
      [8, '2026-06-01T11:00'],
      [40, '2026-06-01T11:00'],
    ];
    for (const [failures, until] of delays) {
      await database.sql(`update staff set failures = ${failures}, locked_until = null where name = 'Élise'`);
      expect(await attempt(scene, 'no')).toEqual(wrong);
      expect(await attempt(scene, PASSWORD)).toEqual({ kind: 'locked', until: local(until) });
    }
  });

  it('REL-07 a new password unlocks', async ({ scene, database }) => {
    await withAccount(scene, database);
    await database.sql(`update staff set failures = 9, locked_until = ${scene.now() + 1000}`);
    expect(await scene.act(setPassword, { name: 'Élise', password: `${PASSWORD}2` }, commandLine)).toEqual({
      kind: 'changed',
    });
    expect(await attempt(scene, PASSWORD)).toEqual(wrong);
    expect(await attempt(scene, `${PASSWORD}2`)).toMatchObject({ kind: 'signed-in' });
  });

  it('REL-07 a password is nowhere but in its salted slow hash, which differs for two of the same', async ({
    scene,
    database,
  }) => {
    for (const name of ['Élise', 'Luc']) await scene.act(addStaff, { name, password: PASSWORD, roles }, commandLine);
    const hashes = (await database.sql<{ password_hash: string | null }>('select password_hash from staff')).flatMap(
      (one) => one.password_hash ?? [],
    );
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) expect(hash).toMatch(/^scrypt\$16\$8\$1\$[^$]{24}\$[^$]{44}$/);
    const events = await database.sql<{ data: string }>('select data from events');
    expect(events.filter((one) => one.data.includes('Rangueil'))).toEqual([]);
  });
});

onBothDatabases('choosing a place', (it) => {
  it('DESK-01 the desks and departments of one’s libraries, and no others', async ({ scene }) => {
    const seat = await scene.staff('one', 'operator', 'buc', 'buc/PRET');
    expect(await scene.act(listPlaces, {}, { ...seat, place: null })).toMatchObject({
      kind: 'places',
      timeZone: 'Europe/Paris',
      places: [
        { kind: 'desk', library: 'buc', code: 'PRET' },
        { kind: 'department', library: 'buc', code: 'ACQ' },
      ],
    });
    expect(await scene.act(listPlaces, {}, nobody)).toMatchObject({ places: [] });
    const everywhere = await scene.act(listPlaces, {});
    expect(everywhere.kind === 'places' && everywhere.places.length).toBe(6);
  });

  it('DESK-01 the one chosen is remembered for the next time', async ({ scene, database }) => {
    await withAccount(scene, database);
    const first = await attempt(scene, PASSWORD);
    if (first.kind !== 'signed-in') throw new Error(first.kind);
    const seat = { staff: first.staff, place: null };
    expect(await scene.act(choosePlace, { place: ' SCI/pret ' }, seat)).toMatchObject({
      kind: 'seated',
      place: { kind: 'desk', library: 'sci', code: 'PRET' },
    });
    expect(await attempt(scene, PASSWORD)).toMatchObject({ kind: 'signed-in', lastPlace: 'sci/PRET' });
  });

  it('DESK-01 REL-08 not one of another library, nor one that does not exist', async ({ scene }) => {
    const seat = await scene.staff('one', 'operator', 'buc', 'buc/PRET');
    expect(await scene.act(choosePlace, { place: 'sci/PRET' }, seat)).toEqual({
      kind: 'not-permitted',
      permission: null,
      needs: 'role',
    });
    expect(await scene.act(choosePlace, { place: 'sci/MOON' }, seat)).toMatchObject({
      kind: 'unknown',
      key: 'sci/MOON',
    });
  });
});

onBothDatabases('training copies', (it) => {
  it('DESK-03 staff are recalled without a password there, and nowhere else', async ({ scene, database }) => {
    expect(await scene.act(recallStaff, { name: 'bib' }, nobody)).toEqual({
      kind: 'unknown',
      what: 'STAFF',
      key: 'bib',
    });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
    expect(await scene.act(recallStaff, { name: 'bib' }, nobody)).toMatchObject({
      kind: 'signed-in',
      staff: { name: 'bib' },
    });
    expect(await scene.act(recallStaff, { name: 'who' }, nobody)).toMatchObject({ kind: 'unknown' });
  });

  it('DESK-03 a house that is in use does not become one', async ({ scene }) => {
    expect(await scene.act(markTraining, { clock: null }, commandLine)).toEqual({
      kind: 'invalid',
      path: 'db',
      problem: 'taken',
    });
    expect(await scene.act(recallStaff, { name: 'bib' }, nobody)).toMatchObject({ kind: 'unknown' });
  });
});
