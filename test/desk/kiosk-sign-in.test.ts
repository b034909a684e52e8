import { expect } from 'vitest';
import { askForCode } from '../../source/desk/ask-for-code.ts';
import { patronAccess, setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { printIdentityMessage } from '../../source/desk/identity-message.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import { openHouse } from '../../source/desk/house.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { tablesWith } from '../support/secrets.ts';
import { statementsOf } from '../support/statements.ts';

const GOOD = 'Abricot-7';
const WRONG = { kind: 'wrong' };

const tries = async (scene: Scene, id: string, password: string, terminal = 'hall') =>
  scene.perform(kioskOf(null, null, terminal), signInPatron, { id, password });

/** What counts at a terminal as a wrong password does, without the time that one takes. */
const asks = async (scene: Scene) => scene.perform(kioskOf(null), askForCode, { name: 'nobody' });

/** Somebody with a password. */
async function reader(scene: Scene, id: string): Promise<number> {
  const patron = await scene.patron({ id });
  await scene.act(setPatronPassword, { patron, password: GOOD });
  return patron;
}

/** How many tries count at a terminal, without the time that each of them takes. */
const failedAt = async ({ sql }: TestDatabase, terminal: string, failures: number, now: number) =>
  sql(
    `insert into sign_in_attempts (subject, failures, forgotten_at)
     values ('terminal:${terminal}', ${failures}, ${now + failures * 300_000})`,
  );

onBothDatabases('a terminal at which somebody guesses', (it) => {
  it('KIO-02 REL-07 waits from the fifth failure on, whoever is guessed, and whoever asks is told', async ({
    scene,
  }) => {
    await reader(scene, 'P1');
    for (const id of ['P1', 'P2', 'nobody', 'P3']) expect(await tries(scene, id, 'x')).toEqual(WRONG);
    expect(await tries(scene, 'P4', 'x')).toEqual(WRONG);
    const wait = { kind: 'wait', until: local('2026-06-01T10:00') + 30_000 };
    // The right password tells no more than any other.
    expect(await tries(scene, 'P1', GOOD)).toEqual(wait);
    expect(await tries(scene, 'nobody', 'x')).toEqual(wait);
    expect(await tries(scene, 'P1', GOOD, 'first-floor')).toMatchObject({ kind: 'signed-in' });
    scene.at('2026-06-01T10:01');
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
  });

  it('KIO-02 REL-07 waits longer each time, a quarter of an hour at the most, and no try counts meanwhile', async ({
    scene,
    database,
  }) => {
    const waited: (string | null)[] = [];
    await failedAt(database, 'hall', 4, scene.now());
    for (let round = 0; round < 8; round += 1) {
      expect(await asks(scene)).toEqual({ kind: 'asked' });
      const answer = await asks(scene);
      if (answer.kind !== 'wait') throw new Error(answer.kind);
      waited.push(said(answer.until));
      await database.sql('update sign_in_attempts set locked_until = null');
    }
    const minutes = ['00', '01', '02', '04', '08', '15', '15', '15'];
    expect(waited).toEqual(minutes.map((minute) => `2026-06-01T10:${minute}`));
  });

  it('KIO-02 REL-07 is not free again for somebody who signs in to an account of their own', async ({
    scene,
    database,
  }) => {
    await reader(scene, 'MINE');
    await failedAt(database, 'hall', 4, scene.now());
    expect(await tries(scene, 'MINE', GOOD)).toMatchObject({ kind: 'signed-in' });
    expect(await tries(scene, 'P1', 'x')).toEqual(WRONG);
    expect(await tries(scene, 'MINE', GOOD)).toMatchObject({ kind: 'wait' });
  });

  it('KIO-02 REL-07 forgets a failure every five minutes', async ({ scene, database }) => {
    await failedAt(database, 'hall', 10, scene.now());
    scene.at('2026-06-01T10:30');
    expect(await asks(scene)).toEqual({ kind: 'asked' });
    // Five are left, this one among them.
    expect(await asks(scene)).toEqual({ kind: 'wait', until: scene.now() + 30_000 });
    scene.at('2026-06-01T12:00');
    for (let round = 0; round < 4; round += 1) expect(await asks(scene)).toEqual({ kind: 'asked' });
    expect(await asks(scene)).toEqual({ kind: 'asked' });
    expect(await asks(scene)).toMatchObject({ kind: 'wait' });
  });

  it('KIO-02 REL-07 waits after a restart too', async ({ scene, database }) => {
    await failedAt(database, 'hall', 4, scene.now());
    await tries(scene, 'P1', 'x');
    const again = openHouse(database.url);
    const perform = again.at(scene.now);
    expect(await perform(kioskOf(null), signInPatron, { id: 'P1', password: GOOD })).toMatchObject({ kind: 'wait' });
    await again.close();
  });

  it('KIO-02 REL-07 waits for codes as for passwords, and wrong codes count', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    const printed = await scene.act(printIdentityMessage, { patron: 'P1' });
    const code = printed.kind === 'printed' ? printed.code.code : '';
    await failedAt(database, 'hall', 4, scene.now());
    const redeems = async (typed: string, terminal = 'hall') =>
      scene.perform(kioskOf(null, null, terminal), redeemCode, { id: 'P1', code: typed, password: GOOD });
    expect(await redeems('AAAAA-AAAAA')).toEqual(WRONG);
    expect(await redeems(code)).toMatchObject({ kind: 'wait' });
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'wait' });
    expect(await redeems(code, 'first-floor')).toEqual({ kind: 'password-set' });
  });

  it('REL-07 is not locked out by a clock that was wrong', async ({ scene, database }) => {
    const patron = await reader(scene, 'P1');
    const far = local('2031-01-01T00:00');
    await database.sql(
      `insert into sign_in_attempts (subject, failures, forgotten_at, locked_until)
       values ('terminal:hall', 9, ${far}, ${far}), ('patron:${patron}', 9, ${far}, ${far})`,
    );
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ lockedUntil: null });
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
    expect(await tries(scene, 'P1', 'x')).toEqual(WRONG);
    expect(await tries(scene, 'P1', 'x')).toEqual({ kind: 'wait', until: scene.now() + 15 * 60_000 });
    // Set back, it holds nobody longer than an hour either.
    scene.at('2026-05-31T10:00');
    expect(await tries(scene, 'P1', GOOD)).toMatchObject({ kind: 'signed-in' });
  });
});

onBothDatabases('an account that is guessed', (it) => {
  it('KIO-02 REL-07 is locked from wherever it is tried, right password or not, and staff see until when', async ({
    scene,
  }) => {
    const patron = await reader(scene, 'P1');
    for (const terminal of ['a', 'b', 'c']) expect(await tries(scene, 'P1', 'x', terminal)).toEqual(WRONG);
    for (const terminal of ['d', 'e']) expect(await tries(scene, 'P1', GOOD, terminal)).toEqual(WRONG);
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ lockedUntil: local('2026-06-01T10:01') });
    scene.at('2026-06-01T10:01');
    expect(await tries(scene, 'P1', GOOD, 'f')).toMatchObject({ kind: 'signed-in' });
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ lockedUntil: null });
  });

  it('REL-07 is one account by whatever it is called', async ({ scene }) => {
    const patron = await scene.patron({
      id: 'P1',
      email: 'ana@example.org',
      identifiers: [
        { type: 'PRIMARY', value: 'P1' },
        { type: 'BARCODE', value: 'B1' },
      ],
    });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    for (const id of ['P1', 'b1', 'ANA@example.org']) await tries(scene, id, 'x');
    expect(await tries(scene, 'P1', GOOD)).toEqual(WRONG);
  });

  it('REL-07 forgets its failures after a day, and is opened by a new password or a code', async ({ scene }) => {
    const patron = await reader(scene, 'P1');
    for (const terminal of ['a', 'b']) await tries(scene, 'P1', 'x', terminal);
    scene.at('2026-06-02T10:01');
    await tries(scene, 'P1', 'x', 'c');
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ lockedUntil: null });
    for (const terminal of ['d', 'e']) await tries(scene, 'P1', 'x', terminal);
    expect(await tries(scene, 'P1', GOOD, 'f')).toEqual(WRONG);
    await scene.act(setPatronPassword, { patron, password: 'Banane-8' });
    expect(await tries(scene, 'P1', 'Banane-8', 'g')).toMatchObject({ kind: 'signed-in' });
    for (const terminal of ['h', 'i', 'j']) await tries(scene, 'P1', 'x', terminal);
    const printed = await scene.act(printIdentityMessage, { patron });
    const code = printed.kind === 'printed' ? printed.code.code : '';
    expect(await scene.perform(kioskOf(null, null, 'k'), redeemCode, { id: 'P1', code, password: GOOD })).toEqual({
      kind: 'password-set',
    });
    expect(await tries(scene, 'P1', GOOD, 'l')).toMatchObject({ kind: 'signed-in' });
  });

  it('KIO-07 tells who has signed in what is their own and nothing else', async ({ scene }) => {
    const patron = await scene.patron({
      id: 'P1',
      lastName: 'Martin',
      birthDay: '1999-02-09',
      notes: [{ text: 'Secret', popup: true }],
    });
    await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await tries(scene, 'P1', GOOD)).toEqual({
      kind: 'signed-in',
      patron: { id: patron, identifier: 'P1', firstName: 'Ana', lastName: 'Martin', language: 'fr', kind: 'internal' },
    });
  });
});

/** Six names: of an account, of one that is locked, without a password, external, nobody's, and a mailbox that two have. */
async function sixNames(scene: Scene): Promise<string[]> {
  await reader(scene, 'KNOWN');
  await reader(scene, 'LOCKED');
  for (const terminal of ['x', 'y', 'z']) await tries(scene, 'LOCKED', 'x', terminal);
  await scene.patron({ id: 'BARE', email: 'two@example.org' });
  await scene.patron({ id: 'MEMBER', kind: 'external', email: 'two@example.org' });
  return ['KNOWN', 'LOCKED', 'BARE', 'MEMBER', 'nobody', 'two@example.org'];
}

onBothDatabases('whether a name is anybody’s', (it) => {
  it('KIO-02 REL-07 can be told neither from the answer nor from the work that is done for it', async ({
    scene,
    database,
  }) => {
    const names = await sixNames(scene);
    const done: string[][] = [];
    for (const id of names) {
      // What is prepared once for a connection is.
      await tries(scene, 'WARM', 'x', 'warm');
      await database.sql("delete from sign_in_attempts where subject like 'terminal:%'");
      done.push(
        await statementsOf(async () => {
          expect(await tries(scene, id, 'x')).toEqual(WRONG);
        }),
      );
    }
    for (const statements of done) expect(statements).toEqual(done[0]);
    expect(done[0]?.length).toBeGreaterThan(8);
  });

  it('KIO-02 REL-07 cannot be told by a code either', async ({ scene, database }) => {
    const names = await sixNames(scene);
    await scene.act(printIdentityMessage, { patron: 'KNOWN' });
    const done: string[][] = [];
    for (const id of ['WARM', ...names]) {
      await database.sql("delete from sign_in_attempts where subject like 'terminal:%'");
      done.push(
        await statementsOf(async () => {
          const request = { id, code: 'AAAAA-AAAAA', password: GOOD };
          expect(await scene.perform(kioskOf(null), redeemCode, request)).toEqual(WRONG);
        }),
      );
    }
    for (const statements of done.slice(1)) expect(statements).toEqual(done[1]);
  });

  it('REL-07 what was typed as a name can be read back from nowhere, and is counted all the same', async ({
    scene,
    database,
  }) => {
    for (const terminal of ['a', 'b', 'c']) await tries(scene, 'Mon-mot-de-passe-9', GOOD, terminal);
    expect(await tablesWith(database, 'Mon-mot-de-passe-9')).toEqual([]);
    const counted = await database.sql<{ subject: string; failures: number }>(
      "select subject, failures from sign_in_attempts where subject like 'name:%'",
    );
    expect(counted).toEqual([{ subject: expect.stringMatching(/^name:[\da-f]{4}$/), failures: 3 }]);
    expect((await eventsIn(database, 'patron-sign-in-failed'))[0]).toMatchObject({
      patronId: null,
      data: { failures: 0, lockedUntil: null, terminal: 'c' },
    });
  });

  it('REL-05 REL-06 survives whatever is typed', async ({ scene, database }) => {
    const patron = await reader(scene, 'P1');
    const odd = [
      '',
      ' ',
      '\0',
      'P1\0',
      "' or 1=1 --",
      '%',
      '\uD800',
      'é'.repeat(10_000),
      '🔑'.repeat(300),
      '\u001B[2J',
    ];
    for (const [at, id] of odd.entries()) {
      const answer = await tries(scene, id, odd[odd.length - 1 - at] ?? '', `t${at}`);
      expect(answer).toEqual(WRONG);
    }
    expect(await tries(scene, 'P1', `${GOOD}${'x'.repeat(100_000)}`, 'u')).toEqual(WRONG);
    expect(await tries(scene, 'P1', GOOD, 'terminal\0\n'.repeat(100))).toMatchObject({ kind: 'signed-in' });
    const [row] = await database.sql<{ n: number }>(`select count(*) as n from patrons where id = ${patron}`);
    expect(Number(row?.n)).toBe(1);
  });

  it('REL-07 counts that no longer count are taken away', async ({ scene, database }) => {
    for (const id of ['a', 'b', 'c']) await tries(scene, id, 'x', id);
    scene.at('2026-06-03T10:00');
    await tries(scene, 'd', 'x', 'd');
    const left = await database.sql<{ subject: string }>('select subject from sign_in_attempts order by subject');
    expect(left).toEqual([{ subject: expect.stringMatching(/^name:/) }, { subject: 'terminal:d' }]);
  });
});

onBothDatabases('a terminal whose name somebody chose', (it) => {
  it('KIO-07 REL-08 at a kiosk nothing is done that is not for patrons, whoever is said to sit there', async ({
    scene,
  }) => {
    const patron = await reader(scene, 'P1');
    const seat = { ...scene.bib, kiosk: { terminal: 'hall', library: null, patron: null } };
    expect(seat.staff.roles).not.toEqual([]);
    expect(await scene.perform(seat, setPatronPassword, { patron, password: 'Cerise-8!' })).toMatchObject({
      kind: 'not-permitted',
    });
  });
});
