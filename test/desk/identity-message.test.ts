import { expect } from 'vitest';
import { CODE_TRIES } from '../../source/circulation/passwords.ts';
import { printIdentityMessage, sendIdentityMessage } from '../../source/desk/identity-message.ts';
import { letterHasLeft, letterLeaves } from '../../source/desk/letters-leaving.ts';
import { listLetters, printLetter, sendAgain } from '../../source/desk/letters.ts';
import { patronAccess, removePatronPassword, setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { redeemCode, signInPatron } from '../../source/desk/patron-sign-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { kioskOf } from '../support/kiosk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';
import { tablesWith } from '../support/secrets.ts';

const GOOD = 'Abricot-7';
const WRONG = { kind: 'wrong' };
const window = { offset: 0, limit: 10 };

const redeems = async (scene: Scene, id: string, code: string, password = GOOD) =>
  scene.perform(kioskOf(null), redeemCode, { id, code, password });
const signsIn = async (scene: Scene, id: string, password = GOOD) =>
  (await scene.perform(kioskOf(null), signInPatron, { id, password })).kind;

/** A code on paper. */
async function printed(scene: Scene, patron: number | string): Promise<string> {
  const outcome = await scene.act(printIdentityMessage, { patron });
  if (outcome.kind !== 'printed') throw new Error(outcome.kind);
  return outcome.code.code;
}

/** A letter leaves, as the delivery takes it. */
const leaves = async (scene: Scene, letter: number, leaseFor = 60_000) =>
  scene.act(letterLeaves, { letter, leaseFor }, commandLine);

onBothDatabases('a one-time code', (it) => {
  it('USR-11 sets a password, once', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const code = await printed(scene, 'P1');
    expect(code).toMatch(/^[3479A-Y]{5}-[3479A-Y]{5}$/);
    expect(await redeems(scene, 'P1', code, 'abricot')).toEqual({
      kind: 'weak',
      missing: ['length', 'digit', 'upper-case', 'special'],
    });
    expect(await redeems(scene, 'ana@example.org', code.toLowerCase().replace('-', ' '))).toEqual({
      kind: 'password-set',
    });
    expect(await signsIn(scene, 'P1')).toBe('signed-in');
    expect(await redeems(scene, 'P1', code, 'Another-1')).toEqual(WRONG);
    expect(await signsIn(scene, 'P1')).toBe('signed-in');
    expect(await eventsIn(database, 'code-used')).toMatchObject([{ patronId: patron, staff: null }]);
    expect((await eventsIn(database, 'password-set'))[0]?.data).toEqual({ by: 'patron' });
  });

  it('USR-11 REL-07 stands in no table, before and after it is used', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const code = await printed(scene, 'P1');
    expect(await tablesWith(database, code)).toEqual([]);
    await redeems(scene, 'P1', 'AAAAA-AAAAA');
    await redeems(scene, code, code);
    await redeems(scene, 'P1', code);
    expect(await tablesWith(database, code)).toEqual([]);
    expect(await tablesWith(database, GOOD)).toEqual([]);
    const [stored] = await database.sql<{ hash: string }>('select hash from patron_codes');
    expect(stored?.hash).toMatch(/^scrypt\$/);
  });

  it('USR-11 expires after 24 hours', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const code = await printed(scene, 'P1');
    const access = await scene.act(patronAccess, { patron });
    expect(access).toMatchObject({ code: { expires: local('2026-06-02T10:00') } });
    scene.at('2026-06-02T10:00');
    expect(await redeems(scene, 'P1', code)).toEqual(WRONG);
    scene.at('2026-06-02T09:59');
    expect(await redeems(scene, 'P1', code)).toEqual({ kind: 'password-set' });
  });

  it('USR-11 makes the earlier ones void', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    const [first, second] = [await printed(scene, 'P1'), await printed(scene, 'P1')];
    expect(await redeems(scene, 'P1', first)).toEqual(WRONG);
    expect(await redeems(scene, 'P1', second)).toEqual({ kind: 'password-set' });
    expect(await database.sql('select id from patron_codes')).toHaveLength(1);
  });

  it('REL-07 is locked after several wrong tries', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    const code = await printed(scene, 'P1');
    // All but the last two, without the time that each of them takes.
    await database.sql(`update patron_codes set failures = ${CODE_TRIES - 2}`);
    expect(await redeems(scene, 'P1', 'AAAAA-AAAAA')).toEqual(WRONG);
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ code: { expires: expect.any(Number) } });
    await redeems(scene, 'P1', 'AAAAA-AAAAA');
    expect(await redeems(scene, 'P1', code)).toEqual(WRONG);
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ code: null });
    await printed(scene, 'P1');
    expect(await scene.act(patronAccess, { patron })).toMatchObject({ code: { expires: expect.any(Number) } });
  });

  it('REL-07 is of one patron, and nobody learns whose', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    const code = await printed(scene, 'P1');
    for (const id of ['P2', 'nobody']) expect(await redeems(scene, id, code)).toEqual(WRONG);
    expect(await eventsIn(database, 'patron-sign-in-failed')).toHaveLength(2);
    expect(await redeems(scene, 'P1', code)).toEqual({ kind: 'password-set' });
  });

  it('USR-11 is void once staff set or remove the password', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const first = await printed(scene, 'P1');
    await scene.act(setPatronPassword, { patron, password: GOOD });
    expect(await redeems(scene, 'P1', first, 'Another-1')).toEqual(WRONG);
    const second = await printed(scene, 'P1');
    await scene.act(removePatronPassword, { patron });
    expect(await redeems(scene, 'P1', second)).toEqual(WRONG);
  });

  it('REL-02 of two who use it at one moment sets one password', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    const code = await printed(scene, 'P1');
    const both = await Promise.all(['Password-1', 'Password-2'].map(async (one) => redeems(scene, 'P1', code, one)));
    expect(both.map((one) => one.kind).toSorted()).toEqual(['password-set', 'wrong']);
  });
});

onBothDatabases('the identity message', (it) => {
  it('USR-11 is queued for the preferred address; its code is made when it leaves', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin', email: 'ana@example.org', language: 'en' });
    const queued = await scene.act(sendIdentityMessage, { patron: 'P1' });
    if (queued.kind !== 'queued') throw new Error(queued.kind);
    expect(queued.address).toBe('ana@example.org');
    expect(await database.sql('select id from patron_codes')).toEqual([]);
    expect(await eventsIn(database, 'identity-message-queued')).toMatchObject([
      { patronId: patron, data: { letter: queued.letter } },
    ]);
    scene.at('2026-06-01T10:05');
    const leaving = await leaves(scene, queued.letter);
    expect(leaving).toMatchObject({
      kind: 'leaving',
      attempt: 1,
      letter: {
        kind: 'identity',
        address: 'ana@example.org',
        language: 'en',
        facts: { patron: { lastName: 'Martin', identifier: 'P1' } },
      },
      code: { expires: local('2026-06-02T10:05') },
    });
    const code = leaving.kind === 'leaving' ? (leaving.code?.code ?? '') : '';
    expect(await tablesWith(database, code)).toEqual([]);
    expect(await scene.act(letterHasLeft, { letter: queued.letter, attempt: 1 }, commandLine)).toEqual({
      kind: 'noted',
      state: 'sent',
    });
    expect(await leaves(scene, queued.letter)).toEqual({ kind: 'not-waiting' });
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({
      total: 1,
      lines: [{ kind: 'identity', state: 'sent', sentAt: scene.now(), again: false }],
    });
    expect(await redeems(scene, 'P1', code)).toEqual({ kind: 'password-set' });
  });

  it('LET-05 is not doubled while one waits to leave; later it is a new one', async ({ scene, database }) => {
    await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const first = await scene.act(sendIdentityMessage, { patron: 'P1' });
    const letter = first.kind === 'queued' ? first.letter : 0;
    expect(await scene.act(sendIdentityMessage, { patron: 'P1' })).toEqual({
      kind: 'waiting',
      letter,
      address: 'ana@example.org',
    });
    await leaves(scene, letter);
    await scene.act(letterHasLeft, { letter, attempt: 1 }, commandLine);
    expect(await scene.act(sendIdentityMessage, { patron: 'P1' })).toMatchObject({ kind: 'queued' });
    expect(await database.sql('select id from letters')).toHaveLength(2);
    expect(await eventsIn(database, 'identity-message-queued')).toHaveLength(2);
  });

  it('USR-03 never goes to the placeholder, nor to nobody', async ({ scene, database }) => {
    await scene.load({ ...smallNetwork, placeholderEmail: 'adresse.manquante@example.org' });
    await scene.patron({ id: 'P1', email: 'Adresse.Manquante@example.org' });
    await scene.patron({ id: 'P2' });
    for (const patron of ['P1', 'P2'])
      expect(await scene.act(sendIdentityMessage, { patron })).toEqual({ kind: 'no-address' });
    expect(await scene.act(sendIdentityMessage, { patron: 'P3' })).toMatchObject({ kind: 'unknown' });
    expect(await database.sql('select id from letters')).toEqual([]);
  });

  it('KIO-02 is not for members of an institution', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'M1', kind: 'external', email: 'ana@example.org' });
    expect(await scene.act(sendIdentityMessage, { patron })).toEqual({ kind: 'external' });
    expect(await scene.act(printIdentityMessage, { patron })).toEqual({ kind: 'external' });
    expect(await database.sql('select id from letters')).toEqual([]);
    expect(await database.sql('select id from patron_codes')).toEqual([]);
  });

  it('USR-11 is printed at once, and one that waits to leave does not make the paper void', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const queued = await scene.act(sendIdentityMessage, { patron });
    const code = await printed(scene, patron);
    const listed = await scene.act(listLetters, { patron, window });
    expect(listed).toMatchObject({
      lines: [
        { state: 'printed', address: null },
        { state: 'cancelled', address: 'ana@example.org' },
      ],
    });
    expect(await leaves(scene, queued.kind === 'queued' ? queued.letter : 0)).toEqual({ kind: 'not-waiting' });
    expect(await redeems(scene, 'P1', code)).toEqual({ kind: 'password-set' });
  });

  it('LET-04 is sent and printed again with a new code', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const queued = await scene.act(sendIdentityMessage, { patron });
    const letter = queued.kind === 'queued' ? queued.letter : 0;
    expect(await scene.act(sendAgain, { letter })).toMatchObject({ kind: 'waiting', letter });
    const left = await leaves(scene, letter);
    await scene.act(letterHasLeft, { letter, attempt: 1 }, commandLine);
    const again = await scene.act(sendAgain, { letter });
    expect(again).toMatchObject({ kind: 'queued', address: 'ana@example.org' });
    const second = await leaves(scene, again.kind === 'queued' ? again.letter : 0);
    expect(second).toMatchObject({ kind: 'leaving', letter: { again: true } });
    const paper = await scene.act(printLetter, { letter });
    const codes = [left, second, paper].map((one) => ('code' in one ? one.code?.code : undefined) ?? '');
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) expect(await tablesWith(database, code)).toEqual([]);
    expect(await redeems(scene, 'P1', codes[0] ?? '')).toEqual(WRONG);
    expect(await redeems(scene, 'P1', codes[1] ?? '')).toEqual(WRONG);
    expect(await redeems(scene, 'P1', codes[2] ?? '')).toEqual({ kind: 'password-set' });
  });

  it('KIO-02 does not leave for somebody whom the card system has taken over meanwhile', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const queued = await scene.act(sendIdentityMessage, { patron });
    await database.sql("update patrons set kind = 'external'");
    expect(await leaves(scene, queued.kind === 'queued' ? queued.letter : 0)).toEqual({ kind: 'not-waiting' });
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({ lines: [{ state: 'cancelled' }] });
    expect(await database.sql('select id from patron_codes')).toEqual([]);
  });

  it('REL-08 whoever may not set passwords gets no code by sending or printing again', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const queued = await scene.act(sendIdentityMessage, { patron });
    const letter = queued.kind === 'queued' ? queued.letter : 0;
    const limited = await scene.staff('lim', 'limited-operator');
    const refused = { kind: 'not-permitted' };
    expect(await scene.act(sendAgain, { letter }, limited)).toMatchObject(refused);
    expect(await scene.act(printLetter, { letter }, limited)).toMatchObject(refused);
  });
});
