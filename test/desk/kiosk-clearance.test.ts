import { expect } from 'vitest';
import { checkClearance, issueClearance } from '../../source/desk/clearance.ts';
import {
  clearanceAgain,
  findForClearance,
  readClearance,
  requestClearance,
} from '../../source/desk/kiosk-clearance.ts';
import type { AtKiosk } from '../../source/desk/kiosk-clearance.ts';
import { listLetters } from '../../source/desk/letters.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { listPatronNotes } from '../../source/desk/patron-notes.ts';
import { editPatron } from '../../source/desk/edit-patron.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import type { Action, Seat } from '../../source/desk/perform.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene, TestPatron } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { smallNetwork } from '../support/network.ts';

const at = (terminal: string, patron: number | null = null): Seat => kioskOf(patron, 'sci', terminal);
const hall = at('hall');
const proof = { card: '2999', birthDay: '1999-02-09' };
const ACTIONS: readonly Action<AtKiosk, { readonly kind: string }>[] = [
  findForClearance,
  requestClearance,
  readClearance,
  clearanceAgain,
];
const window = { offset: 0, limit: 20 };
const NOT_FOUND = { kind: 'not-found' };

/** Ana, with card 2999. */
const ana = async (scene: Scene, more: Partial<TestPatron> = {}) =>
  scene.patron({ id: '2999', lastName: 'Martin', birthDay: '1999-02-09', email: 'ana@example.org', ...more });

const ask = async <Outcome>(scene: Scene, what: Action<AtKiosk, Outcome>, request: AtKiosk = { proof }, seat = hall) =>
  scene.perform(seat, what, request);

const statusOf = async (scene: Scene, patron: number) => {
  const opened = await scene.act(openPatron, { patron });
  return opened.kind === 'opened' ? opened.pane.patron.status : opened.kind;
};

/** Nothing of a clearance is there. */
async function expectNothing(database: TestDatabase): Promise<void> {
  for (const table of ['clearances', 'letters', 'patron_notes'])
    expect(await database.sql(`select id from ${table}`)).toEqual([]);
}

/** Everything that waits is mailed. */
async function mailAll(scene: Scene, database: TestDatabase): Promise<void> {
  const waiting = await database.sql<{ id: number }>("select id from letters where state = 'queued'");
  for (const { id } of waiting)
    await database.records.transaction(async (records) => records.letters.done(id, 'sent', scene.now()));
}

onBothDatabases('a clearance at a kiosk', (it) => {
  it('QUI-03 is found by card and birth date, sent, and ends the record; the audit says that nobody of the staff did it', async ({
    scene,
    database,
  }) => {
    await scene.load({ ...smallNetwork, name: 'Réseau', clearance: { authority: 'La directrice', place: 'Toulouse' } });
    const patron = await ana(scene);
    expect(await ask(scene, findForClearance)).toEqual({
      kind: 'found',
      name: 'Ana Martin',
      address: 'ana@example.org',
      obstacles: [],
      openRequests: 0,
    });
    await expectNothing(database);
    const issued = await ask(scene, requestClearance);
    const facts = {
      number: 1,
      patron: { lastName: 'Martin', firstName: 'Ana', identifier: '2999', birthDay: '1999-02-09' },
      issuedAt: scene.now(),
      day: '2026-06-01',
      authority: 'La directrice',
      place: 'Toulouse',
      network: 'Réseau',
    };
    expect(issued).toEqual({
      kind: 'issued',
      number: '2026-000001',
      address: 'ana@example.org',
      facts,
      language: 'fr',
    });
    expect(await statusOf(scene, patron)).toBe('inactive');
    expect(await scene.act(listPatronNotes, { patron, window })).toMatchObject({
      lines: [{ text: 'QUITUS 01/06/2026 : ana@example.org', visible: false }],
    });
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({
      total: 1,
      lines: [{ kind: 'quitus', address: 'ana@example.org', state: 'queued' }],
    });
    expect(await eventsIn(database, 'clearance-issued')).toMatchObject([
      { staff: null, patronId: patron, data: { at: 'kiosk', address: 'ana@example.org' } },
    ]);
    expect(await ask(scene, readClearance)).toEqual({
      kind: 'document',
      facts,
      language: 'fr',
      address: 'ana@example.org',
    });
    const given = { code: 'ALREADY_ISSUED', issuedAt: scene.now(), address: 'ana@example.org' };
    expect(await ask(scene, findForClearance)).toMatchObject({ kind: 'found', obstacles: [given] });
    expect(await ask(scene, requestClearance)).toEqual({ kind: 'not-clear', obstacles: [given] });
    expect(await database.sql('select id from clearances')).toHaveLength(1);
  });

  it('KIO-07 QUI-03 unknown card, wrong birth date, none in the record and none given are answered alike', async ({
    scene,
    database,
  }) => {
    await ana(scene);
    await scene.patron({ id: 'NODATE', birthDay: null });
    const wrong: readonly AtKiosk[] = [
      { proof: { card: '2998', birthDay: '1999-02-09' } },
      { proof: { card: '2999', birthDay: '1999-02-10' } },
      { proof: { card: 'NODATE', birthDay: '' } },
      { proof: { card: 'NODATE', birthDay: '1999-02-09' } },
      { proof: { card: '', birthDay: '' } },
      { proof: { card: `2999\u0000${'9'.repeat(10_000)}`, birthDay: '1999-02-09' } },
      { proof: { card: "' or 1=1 --", birthDay: "' or 1=1 --" } },
      {},
    ];
    for (const [index, request] of wrong.entries()) {
      for (const [step, what] of ACTIONS.entries())
        expect(await ask(scene, what, request, at(`terminal ${index} ${step}`))).toEqual(NOT_FOUND);
      await expectNothing(database);
    }
    expect(await eventsIn(database, 'clearance-issued')).toEqual([]);
  });

  it('KIO-07 who has signed in needs no proof, and gets nobody else’s clearance by one', async ({ scene }) => {
    const patron = await ana(scene);
    const other = await scene.patron({ id: 'P2', firstName: 'Eve', lastName: 'Petit', birthDay: null });
    expect(await ask(scene, findForClearance, {}, at('hall', other))).toMatchObject({
      name: 'Eve Petit',
      address: null,
    });
    expect(await ask(scene, findForClearance, { proof }, at('hall', other))).toMatchObject({ name: 'Eve Petit' });
    expect(await ask(scene, requestClearance, { proof }, at('hall', other))).toMatchObject({
      kind: 'issued',
      facts: { patron: { identifier: 'P2' } },
    });
    expect(await statusOf(scene, patron)).toBe('active');
    expect(await statusOf(scene, other)).toBe('inactive');
    // Still there, until they leave.
    expect(await ask(scene, readClearance, {}, at('hall', other))).toMatchObject({ kind: 'document' });
    expect(await ask(scene, readClearance, {})).toEqual(NOT_FOUND);
  });

  it('REL-08 is not for the staff, whose own action stays as it is', async ({ scene, database }) => {
    const patron = await ana(scene);
    for (const seat of [scene.bib, commandLine, { staff: NOBODY, place: null }]) {
      for (const what of ACTIONS)
        expect(await ask(scene, what, { proof }, seat)).toEqual({
          kind: 'not-permitted',
          permission: null,
          needs: 'role',
        });
    }
    await expectNothing(database);
    expect(await scene.perform(hall, issueClearance, { patron, at: 'kiosk' })).toMatchObject({ kind: 'not-permitted' });
    expect(await scene.perform(at('hall', patron), issueClearance, { patron, at: 'kiosk' })).toMatchObject({
      kind: 'not-permitted',
    });
    expect(await scene.act(issueClearance, { patron, at: 'kiosk' })).toMatchObject({ kind: 'issued' });
  });

  it('REL-07 guesses are slowed by the terminal, and by the card whatever terminal they come from', async ({
    scene,
    database,
  }) => {
    const patron = await ana(scene);
    const guess = async (terminal: string, day: number, card = '2999') =>
      ask(scene, findForClearance, { proof: { card, birthDay: `1999-03-0${day}` } }, at(terminal));
    // Three at as many terminals: the right date is no use for a minute, and nobody is told.
    for (const day of [1, 2, 3]) expect(await guess(`terminal ${day}`, day)).toEqual(NOT_FOUND);
    expect(await ask(scene, findForClearance, { proof }, at('terminal 4'))).toEqual(NOT_FOUND);
    expect(await ask(scene, requestClearance, { proof }, at('terminal 5'))).toEqual(NOT_FOUND);
    // The patron's own sign-in is not locked by it, nor is their terminal.
    expect(await ask(scene, findForClearance, {}, at('terminal 1', patron))).toMatchObject({ kind: 'found' });
    scene.at('2026-06-01T10:01');
    expect(await ask(scene, findForClearance, { proof }, at('terminal 4'))).toMatchObject({ kind: 'found' });
    // Many cards at one terminal.
    const answers = [];
    for (const day of [1, 2, 3, 4, 5, 6]) answers.push((await guess('one', day, `card ${day}`)).kind);
    expect(answers).toEqual([...Array.from({ length: 5 }, () => 'not-found'), 'wait']);
    for (const what of ACTIONS) expect(await ask(scene, what, { proof }, at('one'))).toMatchObject({ kind: 'wait' });
    expect(await ask(scene, findForClearance, { proof }, at('two'))).toMatchObject({ kind: 'found' });
    expect(await statusOf(scene, patron)).toBe('active');
    const kept = JSON.stringify(await database.sql('select subject from sign_in_attempts'));
    expect(kept).not.toMatch(/2999|1999|card/u);
  });

  it('QUI-01 KIO-07 what is missing is said of their own, without a word of the staff’s', async ({
    scene,
    database,
  }) => {
    const patron = await ana(scene);
    await scene.items({ barcode: 'B1' });
    await scene.lend(patron, 'B1');
    scene.at('2026-06-23T10:00');
    await scene.act(blockPatron, { patron, type: 'MANUAL', note: 'do not trust' });
    const obstacles = [
      {
        code: 'OPEN_LOANS',
        count: 1,
        loans: [{ barcode: 'B1', title: 'Title B1', library: 'sci', due: local('2026-06-22T19:00') }],
      },
      {
        code: 'LATE_LOANS',
        count: 1,
        loans: [{ barcode: 'B1', title: 'Title B1', library: 'sci', due: local('2026-06-22T19:00'), daysLate: 1 }],
      },
      { code: 'BLOCKED', blocks: [{ type: 'MANUAL', until: null, library: 'sci' }] },
    ];
    expect(await ask(scene, findForClearance)).toMatchObject({ kind: 'found', obstacles });
    const answer = await ask(scene, requestClearance);
    expect(answer).toEqual({ kind: 'not-clear', obstacles });
    expect(JSON.stringify(answer)).not.toContain('trust');
    expect(await ask(scene, readClearance)).toEqual({ kind: 'none' });
    expect(await ask(scene, clearanceAgain)).toEqual({ kind: 'none' });
    await expectNothing(database);
    expect(await statusOf(scene, patron)).toBe('active');
  });

  it('QUI-03 without an address the desk prints it; it can be read at once', async ({ scene }) => {
    const patron = await ana(scene, { email: null });
    expect(await ask(scene, findForClearance)).toMatchObject({ kind: 'found', address: null });
    expect(await ask(scene, requestClearance)).toMatchObject({ kind: 'issued', address: null });
    expect(await ask(scene, readClearance)).toMatchObject({ kind: 'document', address: null });
    expect(await ask(scene, clearanceAgain)).toEqual({ kind: 'no-address' });
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({
      lines: [{ kind: 'quitus', address: null, state: 'queued' }],
    });
  });

  it('QUI-03 LET-04 is sent again to where it went first, not too often', async ({ scene, database }) => {
    const patron = await ana(scene);
    await ask(scene, requestClearance);
    const address = 'ana@example.org';
    const again = async () => ask(scene, clearanceAgain);
    expect(await again()).toEqual({ kind: 'waiting', address });
    await mailAll(scene, database);
    expect(await again()).toEqual({ kind: 'waiting', address });
    scene.at('2026-06-01T10:09');
    expect(await again()).toEqual({ kind: 'waiting', address });
    for (const hour of ['11', '12', '13', '14']) {
      scene.at(`2026-06-01T${hour}:00`);
      expect(await again()).toEqual({ kind: 'queued', address });
      expect(await again()).toEqual({ kind: 'waiting', address });
      await mailAll(scene, database);
    }
    scene.at('2026-06-01T15:00');
    expect(await again()).toEqual({ kind: 'enough', address });
    scene.at('2026-06-02T12:30');
    expect(await again()).toEqual({ kind: 'queued', address });
    expect(await database.sql("select id from letters where kind = 'quitus'")).toHaveLength(6);
    expect(await database.sql('select id from clearances')).toHaveLength(1);
    const lines = await scene.act(listLetters, { patron, window });
    expect(lines.kind === 'letters' ? lines.lines.map((one) => one.again) : []).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('QUI-04 QUI-03 one that holds no more is neither read nor sent: the record is active again', async ({ scene }) => {
    const patron = await ana(scene);
    await ask(scene, requestClearance);
    await scene.act(editPatron, { patron, change: { status: 'active' } });
    expect(await scene.act(checkClearance, { patron })).toMatchObject({ obstacles: [] });
    expect(await ask(scene, readClearance)).toEqual({ kind: 'none' });
    expect(await ask(scene, clearanceAgain)).toEqual({ kind: 'none' });
    expect(await ask(scene, requestClearance)).toMatchObject({ kind: 'issued', number: '2026-000002' });
  });

  it('QUI-02 QUI-03 one that the desk has given is read and sent again too', async ({ scene, database }) => {
    const patron = await ana(scene);
    await scene.act(issueClearance, { patron, at: 'desk', email: 'new@example.org' });
    await mailAll(scene, database);
    scene.at('2026-06-02T10:00');
    expect(await ask(scene, findForClearance)).toMatchObject({
      obstacles: [{ code: 'ALREADY_ISSUED', address: 'new@example.org' }],
    });
    expect(await ask(scene, clearanceAgain)).toEqual({ kind: 'queued', address: 'new@example.org' });
    expect(await statusOf(scene, patron)).toBe('active');
  });

  it('REL-02 QUI-03 is given once, by however many terminals it is asked for', async ({ scene, database }) => {
    await ana(scene);
    const answers = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => ask(scene, requestClearance, { proof }, at(name))),
    );
    expect(answers.map((one) => one.kind).toSorted()).toEqual(['issued', 'not-clear', 'not-clear']);
    expect(await database.sql('select id from clearances')).toHaveLength(1);
    expect(await database.sql('select id from letters')).toHaveLength(1);
  });
});
