import { expect } from 'vitest';
import { issueClearance } from '../../source/desk/clearance.ts';
import { letterHasLeft, letterLeaves } from '../../source/desk/letters-leaving.ts';
import { listLetters, printLetter, readLetter, sendAgain } from '../../source/desk/letters.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const window = { offset: 0, limit: 10 };

/** A clearance's letter, queued for an address or, without one, for paper. */
async function letterOf(scene: Scene, id: string, email: string | null = 'ana@example.org'): Promise<number> {
  await scene.patron({ id, lastName: 'Martin', email });
  const issued = await scene.act(issueClearance, { patron: id, at: 'desk' });
  if (issued.kind !== 'issued') throw new Error(JSON.stringify(issued));
  return issued.letter;
}

const leaves = async (scene: Scene, letter: number) =>
  scene.act(letterLeaves, { letter, leaseFor: 600_000 }, commandLine);
const hasLeft = async (scene: Scene, request: Parameters<typeof letterHasLeft.run>[1]) =>
  scene.act(letterHasLeft, request, commandLine);

onBothDatabases('the letters of a patron', (it) => {
  it('USR-07 LET-04 are listed with date, kind, address and state, the newest first, for 365 days', async ({
    scene,
  }) => {
    const letter = await letterOf(scene, 'P1');
    const read = await scene.act(readLetter, { letter });
    const patron = read.kind === 'letter' ? (read.letter.patronId ?? 0) : 0;
    await leaves(scene, letter);
    await hasLeft(scene, { letter, attempt: 1 });
    scene.at('2026-06-02T10:00');
    await scene.act(sendAgain, { letter, email: 'new@example.org' });
    const common = { kind: 'quitus', error: null, library: 'sci', language: 'fr' };
    const first = {
      ...common,
      id: letter,
      createdAt: local('2026-06-01T10:00'),
      sentAt: local('2026-06-01T10:00'),
      address: 'ana@example.org',
      state: 'sent',
      again: false,
    };
    expect(await scene.act(listLetters, { patron, window })).toEqual({
      kind: 'letters',
      total: 2,
      lines: [
        {
          ...common,
          id: letter + 1,
          createdAt: scene.now(),
          sentAt: null,
          address: 'new@example.org',
          state: 'queued',
          again: true,
        },
        first,
      ],
    });
    expect(await scene.act(listLetters, { patron, window: { offset: 1, limit: 1 } })).toMatchObject({
      total: 2,
      lines: [first],
    });
    scene.at('2027-06-02T00:00');
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({ total: 1 });
    scene.at('2027-06-03T00:00');
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({ total: 0, lines: [] });
  });

  it('LET-04 are read with the facts that they were made of, whatever has become of the record', async ({
    scene,
    database,
  }) => {
    const letter = await letterOf(scene, 'P1');
    await database.sql("update patrons set last_name = 'Dupont'");
    expect(await scene.act(readLetter, { letter })).toMatchObject({
      kind: 'letter',
      letter: { id: letter, kind: 'quitus', facts: { patron: { lastName: 'Martin', identifier: 'P1' } } },
    });
    expect(await scene.act(readLetter, { letter: letter + 1 })).toEqual({ kind: 'gone' });
  });

  it('LET-04 are sent again to the preferred address or another one, not twice at once', async ({
    scene,
    database,
  }) => {
    const letter = await letterOf(scene, 'P1');
    // The first one has not left yet.
    expect(await scene.act(sendAgain, { letter })).toEqual({ kind: 'waiting', letter, address: 'ana@example.org' });
    const other = await scene.act(sendAgain, { letter, email: ' new@example.org ' });
    expect(other).toEqual({ kind: 'queued', letter: letter + 1, address: 'new@example.org' });
    expect(await scene.act(sendAgain, { letter, email: 'new@example.org' })).toMatchObject({ kind: 'waiting' });
    for (const id of [letter, letter + 1]) {
      await leaves(scene, id);
      await hasLeft(scene, { letter: id, attempt: 1 });
    }
    expect(await scene.act(sendAgain, { letter })).toMatchObject({ kind: 'queued', letter: letter + 2 });
    expect(await scene.act(sendAgain, { letter: letter + 1, email: 'new@example.org' })).toMatchObject({
      kind: 'queued',
      letter: letter + 3,
    });
    expect(await eventsIn(database, 'letter-queued')).toMatchObject([
      { data: { letter: letter + 3, letterKind: 'quitus' } },
      { data: { letter: letter + 2 } },
      { data: { letter: letter + 1 } },
    ]);
  });

  it('USR-03 REL-06 go to no placeholder and to nothing that is no address', async ({ scene }) => {
    await scene.load({ ...smallNetwork, placeholderEmail: 'missing@example.org' });
    const letter = await letterOf(scene, 'P1', null);
    expect(await scene.act(sendAgain, { letter })).toEqual({ kind: 'no-address' });
    for (const [email, problem] of [
      ['', 'empty'],
      ['Missing@example.org', 'placeholder'],
      ['ana', 'not-an-email'],
      ['a@example.org\nBcc: b@example.org', 'not-an-email'],
    ] as const) {
      expect(await scene.act(sendAgain, { letter, email })).toMatchObject({ kind: 'invalid', path: 'email', problem });
    }
    expect(await scene.act(sendAgain, { letter: 99 })).toEqual({ kind: 'gone' });
  });

  it('LET-04 without an address wait for paper, and are printed then', async ({ scene, database }) => {
    const letter = await letterOf(scene, 'P1', null);
    expect(await leaves(scene, letter)).toEqual({ kind: 'not-waiting' });
    expect(await scene.act(printLetter, { letter })).toMatchObject({
      kind: 'printed',
      code: null,
      letter: { state: 'printed', sentAt: scene.now() },
    });
    const mailed = await letterOf(scene, 'P2');
    expect(await scene.act(printLetter, { letter: mailed })).toMatchObject({ letter: { state: 'queued' } });
    expect(await scene.act(printLetter, { letter: 99 })).toEqual({ kind: 'gone' });
    expect(await eventsIn(database, 'receipt-printed')).toMatchObject([
      { data: { letter: mailed, letterKind: 'quitus' } },
      { data: { letter } },
    ]);
  });
});

onBothDatabases('a letter that leaves', (it) => {
  it('LET-05 is taken by one at a time, and taken up when a try is lost', async ({ scene }) => {
    const letter = await letterOf(scene, 'P1');
    expect(await leaves(scene, letter)).toMatchObject({ kind: 'leaving', attempt: 1, code: null });
    expect(await leaves(scene, letter)).toEqual({ kind: 'not-waiting' });
    scene.at('2026-06-01T10:10');
    expect(await leaves(scene, letter)).toMatchObject({ kind: 'leaving', attempt: 2 });
    // The first one wakes up again: that it failed is no news any more.
    expect(await hasLeft(scene, { letter, attempt: 1, error: 'timed out' })).toEqual({ kind: 'not-waiting' });
    expect(await hasLeft(scene, { letter, attempt: 2 })).toEqual({ kind: 'noted', state: 'sent' });
    expect(await hasLeft(scene, { letter, attempt: 2 })).toEqual({ kind: 'not-waiting' });
  });

  it('LET-05 of two workers at one moment goes to one', async ({ scene }) => {
    const letter = await letterOf(scene, 'P1');
    const both = await Promise.all([leaves(scene, letter), leaves(scene, letter)]);
    expect(both.map((one) => one.kind).toSorted()).toEqual(['leaving', 'not-waiting']);
  });

  it('LET-05 is tried again when it could not, or fails for good and says why', async ({ scene }) => {
    const letter = await letterOf(scene, 'P1');
    await leaves(scene, letter);
    expect(await hasLeft(scene, { letter, attempt: 1, error: 'connection refused' })).toEqual({
      kind: 'noted',
      state: 'queued',
    });
    expect(await leaves(scene, letter)).toEqual({ kind: 'not-waiting' });
    scene.at('2026-06-01T10:01');
    expect(await leaves(scene, letter)).toMatchObject({ kind: 'leaving', attempt: 2 });
    expect(await hasLeft(scene, { letter, attempt: 2, error: '550 no such mailbox', isFinal: true })).toEqual({
      kind: 'noted',
      state: 'failed',
    });
    expect(await scene.act(readLetter, { letter })).toMatchObject({
      letter: { state: 'failed', error: '550 no such mailbox' },
    });
    expect(await scene.act(printLetter, { letter })).toMatchObject({ letter: { state: 'printed', error: null } });
  });

  it('LET-05 there is one letter for a cause', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await database.records.transaction(async (records) => {
      const letter = {
        kind: 'identity' as const,
        cause: 'a-cause',
        patronId: null,
        library: null,
        language: 'fr',
        address: null,
        facts: { patron: { lastName: '', firstName: '', identifier: '' }, network: '' },
        at: scene.now(),
        staffId: null,
      };
      const first = await records.letters.queue(letter);
      expect(first.isNew).toBe(true);
      expect(await records.letters.queue(letter)).toEqual({ id: first.id, isNew: false });
    });
    expect(await database.sql('select id from letters')).toHaveLength(1);
  });
});
