import { expect } from 'vitest';
import { anonymise } from '../../source/desk/anonymise.ts';
import { ownAccount } from '../../source/desk/own-account.ts';
import { ownMessages } from '../../source/desk/own-messages.ts';
import { changeOwnPassword } from '../../source/desk/own-password.ts';
import { blockPatron, changeBlock } from '../../source/desk/patron-blocks.ts';
import { addPatronNote, deletePatronNote } from '../../source/desk/patron-notes.ts';
import { setPatronPassword } from '../../source/desk/patron-passwords.ts';
import { signInPatron } from '../../source/desk/patron-sign-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { asPatron, kioskOf } from '../support/kiosk.ts';
import { network } from '../support/network.ts';

onBothDatabases("a patron's own account", (it) => {
  it('KIO-03 KIO-04 KIO-05 says who they are and what there is', async ({ scene }) => {
    const patron = await scene.patron({
      id: '299900001234',
      firstName: 'Ana',
      lastName: 'Martin',
      campus: 'UPS',
      language: 'en',
      email: 'ana@example.org',
    });
    await scene.items({ barcode: 'B1', policy: 'P48NN' }, { barcode: 'B2' });
    await scene.lend(patron, 'B1');
    await scene.act(addPatronNote, { patron, text: 'Pour elle', visible: true });
    await scene.act(addPatronNote, { patron, text: 'Pour nous' });
    await scene.act(blockPatron, { patron, type: 'MANUAL', until: '2026-06-20' });
    scene.at('2026-06-05T10:00');
    const account = await asPatron(scene, patron, ownAccount, {});
    expect(account).toEqual({
      kind: 'account',
      name: 'Ana Martin',
      card: '299900001234',
      group: 'L',
      campus: 'UPS',
      email: 'ana@example.org',
      expiry: '2027-10-30',
      language: 'en',
      status: 'active',
      mayChangePassword: true,
      counts: { loans: 1, late: 1, requests: 0, ready: 0, notes: 1, blocks: 1 },
      blockedUntil: '2026-06-20',
      blockedForGood: false,
      // This network's manual blocks stop loans alone.
      mayRequest: true,
      againstRequests: [],
    });
    await scene.act(blockPatron, { patron, type: 'MANUAL' });
    expect(await asPatron(scene, patron, ownAccount, {})).toMatchObject({ blockedForGood: true });
  });

  it('USR-03 USR-11 no placeholder for an address, no password of an institution', async ({ scene }) => {
    await scene.load(network({ placeholderEmail: 'nobody@example.org' }));
    const patron = await scene.patron({
      id: 'P1',
      kind: 'external',
      status: 'inactive',
      email: 'nobody@example.org',
    });
    expect(await asPatron(scene, patron, ownAccount, {})).toMatchObject({
      email: null,
      mayChangePassword: false,
      mayRequest: false,
      againstRequests: [{ code: 'PATRON_INACTIVE' }],
    });
  });
});

onBothDatabases("a patron's messages", (it) => {
  const messages = async (scene: Scene, patron: number) => asPatron(scene, patron, ownMessages, {});

  it('KIO-05 QP.4.1.3 the notes that they may read, the newest first, and no other', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    const at = scene.now();
    await scene.act(addPatronNote, { patron, text: "Carte à l'accueil", visible: true });
    await scene.act(addPatronNote, { patron, text: 'À surveiller', popup: true });
    await scene.act(addPatronNote, { patron: other, text: 'Autre', visible: true });
    const gone = await scene.act(addPatronNote, { patron, text: 'Effacée', visible: true });
    if (gone.kind === 'added') await scene.act(deletePatronNote, { note: gone.note.id });
    scene.at('2026-06-02T10:00');
    await scene.act(addPatronNote, { patron, text: 'Bonjour', visible: true });
    expect(await messages(scene, patron)).toEqual({
      kind: 'messages',
      notes: [
        { text: 'Bonjour', at: local('2026-06-02T10:00') },
        { text: "Carte à l'accueil", at },
      ],
      blocks: [],
    });
  });

  it('KIO-05 PEN-02 the blocks in force, with the item that came back late; what staff noted is not told', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Algèbre' });
    await scene.lend('P1', 'B1');
    await scene.act(blockPatron, { patron, type: 'MANUAL', note: 'Désagréable' });
    const off = await scene.act(blockPatron, { patron, type: 'MANUAL', until: '2026-12-31' });
    if (off.kind === 'set') await scene.act(changeBlock, { block: off.block.id, active: false });
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B1');
    const due = local('2026-06-22T19:00');
    const manual = { type: 'MANUAL', library: 'sci', until: null, stops: ['loan'], cause: null };
    const late = { type: 'LATE_RETURN', library: 'sci', until: '2026-07-05', stops: ['loan', 'request'] };
    const cause = { title: 'Algèbre', barcode: 'B1', due, returnedAt: scene.now(), daysLate: 8 };
    expect(await messages(scene, patron)).toEqual({
      kind: 'messages',
      notes: [],
      blocks: [manual, { ...late, cause }],
    });
    scene.at('2026-07-06T11:00');
    expect(await messages(scene, patron)).toEqual({ kind: 'messages', notes: [], blocks: [manual] });
  });

  it('KIO-05 JOB-06 a block outlives what is known of its loan', async ({ scene }) => {
    await scene.load(
      network({ penalties: { graceDays: 0, shortLoan: { upToDays: 7, graceDays: 0 }, daysPerDayLate: 30 } }),
    );
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-30T11:00');
    await scene.giveBack('B1');
    scene.at('2026-10-05T11:00');
    await scene.perform(commandLine, anonymise, { asOf: scene.now() });
    expect(await messages(scene, patron)).toMatchObject({ blocks: [{ type: 'LATE_RETURN', cause: null }] });
  });
});

onBothDatabases("a patron's own password", (it) => {
  const OLD = 'Abricot-7';
  const NEW = 'Cerise-88';
  const change = async (scene: Scene, patron: number, current: string, password = NEW) =>
    asPatron(scene, patron, changeOwnPassword, { current, password });
  const opens = async (scene: Scene, password: string) =>
    (await scene.perform(kioskOf(null), signInPatron, { id: 'P1', password })).kind === 'signed-in';

  it('USR-11 is changed by who knows the one before, and is written down as theirs', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: OLD });
    expect(await change(scene, patron, OLD, 'cerise')).toEqual({
      kind: 'weak',
      missing: ['length', 'digit', 'upper-case', 'special'],
    });
    expect(await change(scene, patron, OLD)).toEqual({ kind: 'password-set' });
    expect(await opens(scene, OLD)).toBe(false);
    expect(await opens(scene, NEW)).toBe(true);
    expect((await eventsIn(database, 'password-set'))[0]).toMatchObject({
      staff: null,
      patronId: patron,
      data: { by: 'patron' },
    });
  });

  it('KIO-02 REL-07 a wrong one counts as at the sign-in, and locks alike', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: OLD });
    for (let tried = 0; tried < 3; tried += 1) expect(await change(scene, patron, NEW)).toEqual({ kind: 'wrong' });
    expect(await eventsIn(database, 'patron-sign-in-failed')).toHaveLength(3);
    // Locked: the right one does not help either, here or at the sign-in.
    expect(await change(scene, patron, OLD)).toEqual({ kind: 'wrong' });
    expect(await opens(scene, OLD)).toBe(false);
    scene.at('2026-06-01T12:00');
    expect(await change(scene, patron, OLD)).toEqual({ kind: 'password-set' });
  });

  it('KIO-02 a terminal where too much was guessed waits', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(setPatronPassword, { patron, password: OLD });
    for (let tried = 0; tried < 6; tried += 1)
      await scene.perform(kioskOf(null), signInPatron, { id: 'nobody', password: NEW });
    expect(await change(scene, patron, OLD)).toMatchObject({ kind: 'wait' });
    const elsewhere = await scene.perform(kioskOf(patron, null, 'other'), changeOwnPassword, {
      patron,
      current: OLD,
      password: NEW,
    });
    expect(elsewhere).toEqual({ kind: 'password-set' });
  });

  it('XI.2 is not here for a member of an institution, nor where there is none', async ({ scene, database }) => {
    const member = await scene.patron({ id: 'P1', kind: 'external' });
    const without = await scene.patron({ id: 'P2' });
    expect(await change(scene, member, OLD)).toEqual({ kind: 'external' });
    expect(await change(scene, without, '')).toEqual({ kind: 'wrong' });
    expect(await scene.act(changeOwnPassword, { patron: without, current: '', password: NEW })).toMatchObject({
      kind: 'not-permitted',
    });
    expect(await eventsIn(database, 'password-set')).toEqual([]);
  });
});
