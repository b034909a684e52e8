import { expect } from 'vitest';
import { patronAccess, removePatronPassword, setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { signInPatron } from '../../source/desk/patron-sign-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { kioskOf } from '../support/kiosk.ts';
import { said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { tablesWith } from '../support/secrets.ts';

const GOOD = 'Abricot-7';
const WRONG = { kind: 'wrong' };

/** Somebody tries to sign in at a terminal; each at another one, unless it is named. */
let terminals = 0;
const tries = async (scene: Scene, id: string, password: string, terminal = `T${(terminals += 1)}`) =>
  scene.perform(kioskOf(null, null, terminal), signInPatron, { id, password });

onBothDatabases('the password of a patron', (it) => {
  it('USR-11 is set by staff and lets its owner in, by any identifier', async ({ scene, database }) => {
    const patron = await scene.patron({
      id: '2999000000017',
      identifiers: [
        { type: 'PRIMARY', value: '2999000000017' },
        { type: 'BARCODE', value: 'ab12' },
      ],
    });
    expect(await tries(scene, '2999000000017', GOOD)).toEqual(WRONG);
    expect(await scene.act(setPatronPassword, { patron, password: GOOD })).toEqual({ kind: 'password-set', patron });
    for (const id of ['2999000000017', ' 2999000000017 ', 'AB12']) {
      expect(await tries(scene, id, GOOD)).toMatchObject({ kind: 'signed-in', patron: { id: patron } });
    }
    expect(await tries(scene, 'AB12', 'abricot-7')).toEqual(WRONG);
    expect((await eventsIn(database, 'password-set'))[0]).toMatchObject({
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: patron,
      data: { by: 'staff' },
    });
    expect(await eventsIn(database, 'patron-signed-in')).toHaveLength(3);
  });

  it('USR-11 is refused when it is weak, and what is missing is said', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await scene.act(setPatronPassword, { patron, password: 'abricot7' })).toEqual({
      kind: 'weak',
      missing: ['upper-case', 'special'],
    });
    expect(await scene.act(setPatronPassword, { patron, password: `aA1!${'x'.repeat(200)}` })).toMatchObject({
      kind: 'invalid',
      path: 'password',
      problem: 'too-long',
    });
    expect(await scene.act(setPatronPassword, { patron: 'P2', password: GOOD })).toMatchObject({ kind: 'unknown' });
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
    expect(await eventsIn(database, 'password-set')).toHaveLength(1);
  });

  it('USR-11 REL-07 stands in no table, whatever becomes of it', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    await tries(scene, 'P1', GOOD);
    await tries(scene, 'P1', `${GOOD}x`);
    await tries(scene, GOOD, GOOD);
    expect(await tablesWith(database, GOOD)).toEqual([]);
    // The test finds what is there.
    expect(await tablesWith(database, 'ana@example.org')).toContain('patron_contacts');
    const [stored] = await database.sql<{ hash: string }>('select hash from patron_passwords');
    expect(stored?.hash).toMatch(/^scrypt\$/);
  });

  it('USR-11 has a salt of its own for each patron', async ({ scene, database }) => {
    for (const id of ['P1', 'P2'])
      await scene.act(setPatronPassword, { patron: await scene.patron({ id }), password: GOOD });
    const hashes = await database.sql<{ hash: string }>('select hash from patron_passwords');
    expect(new Set(hashes.map((one) => one.hash)).size).toBe(2);
  });

  it('USR-11 is taken away', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    expect(await scene.act(removePatronPassword, { patron })).toEqual({ kind: 'no-password' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await scene.act(patronAccess, { patron })).toMatchObject({
      password: { setAt: scene.now() },
      lockedUntil: null,
      code: null,
      mayHave: true,
    });
    expect(await scene.act(removePatronPassword, { patron })).toEqual({ kind: 'password-removed' });
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ password: null });
    expect(await eventsIn(database, 'password-removed')).toHaveLength(1);
  });

  it('KIO-02 a member of an institution has none here', async ({ scene }) => {
    const member = await scene.patron({ id: 'M1', kind: 'external' });
    expect(await scene.act(setPatronPassword, { patron: member, password: GOOD })).toEqual({ kind: 'external' });
    expect(await scene.act(patronAccess, { patron: member })).toMatchObject({ mayHave: false });
    expect(await tries(scene, 'M1', GOOD)).toEqual(WRONG);
  });

  it('KIO-02 of somebody whom the card system has taken over no longer lets them in', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    await database.sql("update patrons set kind = 'external'");
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
  });
});

onBothDatabases('signing in at the terminal', (it) => {
  it('KIO-02 works with an e-mail address that one patron alone has', async ({ scene }) => {
    const ana = await scene.patron({ id: 'P1', email: 'Ana@example.org' });
    const luc = await scene.patron({ id: 'P2', email: 'luc@example.org' });
    for (const patron of [ana, luc]) await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await tries(scene, ' ana@EXAMPLE.org', GOOD)).toMatchObject({ kind: 'signed-in', patron: { id: ana } });
    await scene.patron({ id: 'P3', email: 'ANA@example.org' });
    expect(await tries(scene, 'ana@example.org', GOOD)).toEqual(WRONG);
    expect(await tries(scene, 'luc@example.org', GOOD)).toMatchObject({ kind: 'signed-in', patron: { id: luc } });
  });

  it('KIO-02 an identifier comes before an address', async ({ scene }) => {
    const pre = await scene.patron({ id: 'ana@example.org' });
    await scene.patron({ id: 'P2', email: 'ana@example.org' });
    await scene.act(setPatronPassword, { patron: pre, password: GOOD });
    expect(await tries(scene, 'ana@example.org', GOOD)).toMatchObject({ kind: 'signed-in', patron: { id: pre } });
  });

  it('REL-07 answers and writes the same whether anybody has that name or not', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    for (const id of ['P1', 'P2', 'nobody', 'nobody@example.org']) expect(await tries(scene, id, 'x')).toEqual(WRONG);
    const failed = await eventsIn(database, 'patron-sign-in-failed');
    expect(failed.map((one) => one.patronId)).toEqual([null, null, patron + 1, patron]);
    // What was typed is written down nowhere: it may be a password.
    expect(await tablesWith(database, 'nobody@example.org')).toEqual([]);
  });

  it('REL-07 locks an account for a growing time without saying so, and forgets failures after a success', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    const locked = async () => {
      const access = await scene.act(patronAccess, { patron });
      return access.kind === 'access' ? said(access.lockedUntil) : access.kind;
    };
    await tries(scene, 'P1', 'wrong');
    await tries(scene, 'P1', 'wrong');
    expect(await locked()).toBeNull();
    await tries(scene, 'P1', 'wrong');
    expect(await locked()).toBe('2026-06-01T10:01');
    // Right or wrong, nobody gets in, and no try counts meanwhile.
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
    expect(await tries(scene, 'P1', 'wrong')).toEqual(WRONG);
    expect(await locked()).toBe('2026-06-01T10:01');
    scene.at('2026-06-01T10:02');
    await tries(scene, 'P1', 'wrong');
    expect(await locked()).toBe('2026-06-01T10:04');
    scene.at('2026-06-01T10:05');
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
    await tries(scene, 'P1', 'wrong');
    expect(await locked()).toBeNull();
    expect((await eventsIn(database, 'patron-sign-in-failed'))[0]?.data).toMatchObject({
      failures: 1,
      lockedUntil: null,
    });
  });

  it('REL-07 a new password opens a locked account', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await tries(scene, 'P1', 'wrong');
    await database.sql(`update sign_in_attempts set failures = 9, locked_until = ${scene.now() + 3_600_000}`);
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
    await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
  });

  it('USR-11 ends with the record: on the last valid day yes, the day after no; an inactive one neither', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1', expiry: '2026-06-01' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    scene.at('2026-06-01T23:59');
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
    scene.at('2026-06-02T00:00');
    expect(await tries(scene, 'P1', GOOD)).toEqual({ kind: 'not-valid', because: 'expired' });
    // Only who knows the password learns that.
    expect(await tries(scene, 'P1', 'wrong')).toEqual(WRONG);
    const left = await scene.patron({ id: 'P2', status: 'inactive' });
    await scene.act(setPatronPassword, { patron: left, password: GOOD });
    expect(await tries(scene, 'P2', GOOD)).toEqual({ kind: 'not-valid', because: 'inactive' });
  });

  it('REL-02 many wrong tries at one moment count each', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    await Promise.all([1, 2, 3].map(async (one) => tries(scene, 'P1', `wrong ${one}`)));
    const [counted] = await database.sql<{ failures: number }>(
      "select failures from sign_in_attempts where subject like 'patron:%'",
    );
    expect(counted?.failures).toBe(3);
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
  });
});
