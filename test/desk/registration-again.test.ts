import { expect } from 'vitest';
import { finishForm, finishRegistration } from '../../source/desk/finish-registration.ts';
import type { FinishRequest } from '../../source/desk/finish-registration.ts';
import { addPatronNote, listPatronNotes } from '../../source/desk/patron-notes.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import { reRegister, reRegistrationForm } from '../../source/desk/re-register.ts';
import { registerPatron } from '../../source/desk/register-patron.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { registrationNetwork } from '../support/network.ts';

/** A reader of BU Sciences with what a registration there gives. */
async function reader(scene: Scene): Promise<number> {
  await scene.load(registrationNetwork);
  const outcome = await scene.act(registerPatron, {
    profile: 'AUTHORISED',
    lastName: 'DURAND',
    identifier: '29990001',
    statistics: ['0ups', 'SAL'],
  });
  if (outcome.kind !== 'registered') throw new Error(JSON.stringify(outcome));
  return outcome.id;
}

onBothDatabases('registering again', (it) => {
  it('USR-12 elsewhere: campus, statistics and dates are proposed and updated together, in one event', async ({
    scene,
    database,
  }) => {
    const patron = await reader(scene);
    scene.at('2027-05-20T10:00');
    const there = seatAt(scene.bib, 'buc/PRET');
    const proposed = { campus: 'UT2J', expiry: '2028-05-20', purge: '2028-08-20', statistics: ['SAL', '0ut2j'] };
    expect(await scene.act(reRegistrationForm, { patron: '29990001' }, there)).toMatchObject({
      kind: 're-registration',
      external: false,
      proposed,
    });
    expect(await scene.act(reRegister, { patron }, there)).toMatchObject({
      kind: 're-registered',
      patron: { campus: 'UT2J', expiry: '2028-05-20', purge: '2028-08-20' },
      statistics: ['SAL', '0ut2j'],
    });
    expect(await eventsIn(database, 'patron-changed')).toEqual([
      {
        staff: 'bib',
        desk: 'buc/PRET',
        patronId: patron,
        itemId: null,
        data: {
          before: { campus: 'UPS', expiry: '2027-06-01', purge: '2027-09-01', statistics: ['0ups', 'SAL'] },
          after: proposed,
        },
      },
    ]);
    expect(await database.sql('select code from patron_statistics order by code')).toEqual([
      { code: '0ut2j' },
      { code: 'SAL' },
    ]);
  });

  it('USR-12 USR-04 what is typed counts, and the purge date follows it', async ({ scene }) => {
    const patron = await reader(scene);
    expect(await scene.act(reRegistrationForm, { patron, expiry: '2027-11-30', campus: 'UT2J' })).toMatchObject({
      proposed: { campus: 'UT2J', expiry: '2027-11-30', purge: '2028-02-29', statistics: ['SAL', '0ut2j'] },
    });
    expect(
      await scene.act(reRegister, { patron, campus: 'UPS', expiry: '2027-11-30', purge: '2027-11-29' }),
    ).toMatchObject({ kind: 'refused', code: 'PURGE_BEFORE_EXPIRY', path: 'purge' });
    const typed = { campus: 'UPS', expiry: '2027-11-30', purge: '2027-11-30', statistics: [] };
    expect(await scene.act(reRegister, { patron, ...typed })).toMatchObject({
      kind: 're-registered',
      patron: { expiry: '2027-11-30', purge: '2027-11-30' },
      statistics: [],
    });
  });

  it('USR-12 who is valid for longer already does not lose it', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const patron = await scene.patron({ id: '29990001', group: 'LA', expiry: '2029-01-31' });
    expect(await scene.act(reRegistrationForm, { patron })).toMatchObject({
      proposed: { expiry: '2029-01-31', purge: '2029-04-30' },
    });
  });

  it('USR-06 USR-12 a record keeps the dates and the campus of its profile', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const school = await scene.act(registerPatron, { profile: 'SCHOOL', lastName: 'A', identifier: '29990001' });
    const ensa = await scene.act(registerPatron, { profile: 'ENSA', lastName: 'B', identifier: '14100000001' });
    expect([school.kind, ensa.kind]).toEqual(['registered', 'registered']);
    scene.at('2027-02-01T10:00');
    const there = seatAt(scene.bib, 'buc/PRET');
    const dates = { expiry: '2027-10-30', purge: '2028-01-29' };
    expect(await scene.act(reRegistrationForm, { patron: '29990001' }, there)).toMatchObject({
      proposed: { campus: 'UPS', ...dates },
    });
    expect(await scene.act(reRegistrationForm, { patron: '14100000001' }, there)).toMatchObject({
      proposed: { campus: 'UT2J', ...dates },
    });
  });

  it('USR-12 a record of the card system is warned of first; its own statistics stay, and it is imported anew', async ({
    scene,
    database,
  }) => {
    await scene.load(registrationNetwork);
    const patron = await scene.patron({
      id: 'ups.ana',
      kind: 'external',
      expiry: '2025-10-30',
      statistics: [{ code: '0ups', external: true }, { code: '0school' }],
    });
    await database.sql(`update patrons set card_digest = 'x' where id = ${patron}`);
    expect(await scene.act(reRegistrationForm, { patron })).toMatchObject({ external: true });
    expect(await scene.act(reRegister, { patron })).toMatchObject({
      kind: 'warning',
      because: 'external-record',
      patron: { id: patron, expiry: '2025-10-30' },
    });
    expect(await eventsIn(database, 'patron-changed')).toEqual([]);
    expect(await scene.act(reRegister, { patron, statistics: ['0ups', 'SAL'], despite: true })).toMatchObject({
      kind: 're-registered',
      patron: { kind: 'external', expiry: '2027-06-01' },
    });
    expect(await database.sql('select code from patron_statistics order by id')).toEqual([
      { code: '0ups' },
      { code: 'SAL' },
    ]);
    expect(await database.sql('select card_digest from patrons')).toEqual([{ card_digest: null }]);
  });

  it('USR-12 nobody, a code and a day that there are not', async ({ scene }) => {
    const patron = await reader(scene);
    const answers = [
      await scene.act(reRegister, { patron: 'nobody' }),
      await scene.act(reRegister, { patron, campus: 'NONE' }),
      await scene.act(reRegister, { patron, statistics: ['NONE'] }),
      await scene.act(reRegister, { patron, expiry: '2027-02-30' }),
      await scene.act(reRegistrationForm, { patron: 'nobody' }),
      await scene.act(reRegistrationForm, { patron, expiry: 'x' }),
    ];
    expect(answers.map((one) => [one.kind, 'path' in one ? one.path : ''])).toEqual([
      ['unknown', ''],
      ['invalid', 'campus'],
      ['invalid', 'statistics'],
      ['invalid', 'expiry'],
      ['unknown', ''],
      ['invalid', 'expiry'],
    ]);
  });
});

/** Somebody who has pre-registered online, with the note for the desk. */
async function preRegistered(scene: Scene, more: object = {}): Promise<number> {
  await scene.load(registrationNetwork);
  return scene.patron({
    id: 'ana@example.org',
    group: 'PEB',
    expiry: null,
    notes: [{ text: 'To be finished', popup: true }],
    ...more,
  });
}

onBothDatabases('finishing a pre-registration', (it) => {
  const finish = async (scene: Scene, more: Partial<FinishRequest> = {}) =>
    scene.act(finishRegistration, { patron: 'ana@example.org', identifier: '29990002', ...more });

  it('USR-13 what it proposes, and what it removes', async ({ scene }) => {
    const patron = await preRegistered(scene);
    const namesake = await scene.patron({ id: 'P2', email: 'ana@example.org' });
    await scene.act(addPatronNote, { patron, text: 'Came on Monday' });
    expect(await scene.act(finishForm, { patron })).toMatchObject({
      kind: 'finish',
      profile: 'AUTHORISED',
      proposed: { group: 'LA', campus: 'UPS', expiry: '2027-06-01', purge: '2027-09-01' },
      identifier: { type: 'CARD', prefixes: ['2999'] },
      groups: [{ code: 'LA' }, { code: 'D' }],
      notes: [{ text: 'To be finished' }],
      lines: [{ id: namesake, why: ['email'] }],
    });
    expect(await scene.act(finishForm, { patron, profile: 'ENSA' })).toMatchObject({
      profile: 'ENSA',
      proposed: { expiry: '2026-10-30', purge: '2027-01-29' },
      identifier: { type: 'UNR', prefixes: ['141', '142'] },
    });
    for (const profile of ['NONE', 'CARD_PENDING']) {
      expect(await scene.act(finishForm, { patron, profile })).toMatchObject({ kind: 'invalid', path: 'profile' });
    }
  });

  it('USR-13 the group is the right one, the card takes the place of the address, the note goes', async ({
    scene,
    database,
  }) => {
    const patron = await preRegistered(scene);
    await scene.act(addPatronNote, { patron, text: 'Came on Monday' });
    const [before] = await database.sql<{ id: number }>('select id from patron_identifiers');
    expect(await finish(scene, { group: 'D' })).toMatchObject({
      kind: 'finished',
      removed: 1,
      patron: {
        id: patron,
        group: 'D',
        campus: 'UPS',
        expiry: '2027-06-01',
        purge: '2027-09-01',
        identifiers: [{ type: 'CARD', value: '29990002' }],
      },
    });
    expect(await scene.act(openPatron, { patron: 'ana@example.org' })).toMatchObject({ kind: 'unknown' });
    expect(await database.sql('select id, value_key from patron_identifiers')).toEqual([
      { id: before?.id, value_key: '29990002' },
    ]);
    const notes = await scene.act(listPatronNotes, { patron, window: { offset: 0, limit: 9 } });
    expect(notes).toMatchObject({ total: 1, lines: [{ text: 'Came on Monday' }] });
    // The address is not lost: letters go there.
    expect(await database.records.read(async (records) => records.patrons.preferredEmail(patron))).toBe(
      'ana@example.org',
    );
    expect(await eventsIn(database, 'registration-finished')).toMatchObject([
      {
        staff: 'bib',
        desk: 'sci/PRET',
        patronId: patron,
        data: {
          before: { identifier: 'ana@example.org', group: 'PEB' },
          after: { identifier: '29990002', group: 'D', expiry: '2027-06-01' },
        },
      },
    ]);
    expect(await eventsIn(database, 'note-deleted')).toMatchObject([{ data: { before: { text: 'To be finished' } } }]);
  });

  it('USR-13 an address that the record has already is not added again; chosen notes go, and a validity stays', async ({
    scene,
    database,
  }) => {
    const patron = await preRegistered(scene, {
      email: 'Ana@Example.org',
      expiry: '2026-12-31',
      purge: '2027-03-31',
      campus: 'UT2J',
    });
    const own = await scene.act(addPatronNote, { patron, text: 'Came on Monday' });
    const note = own.kind === 'added' ? own.note.id : 0;
    expect(await finish(scene, { notes: [note] })).toMatchObject({
      kind: 'finished',
      removed: 1,
      patron: { campus: 'UT2J', expiry: '2026-12-31', purge: '2027-03-31' },
    });
    expect(await database.sql("select value from patron_contacts where kind = 'email'")).toHaveLength(1);
    const notes = await scene.act(listPatronNotes, { patron, window: { offset: 0, limit: 9 } });
    expect(notes).toMatchObject({ lines: [{ text: 'To be finished' }] });
  });

  it('USR-13 USR-06 what is refused, and nothing is changed', async ({ scene, database }) => {
    const patron = await preRegistered(scene);
    const holder = await scene.patron({ id: '29990003' });
    const cases: readonly [Partial<FinishRequest>, string][] = [
      [{ identifier: '' }, 'IDENTIFIER_REQUIRED'],
      [{ identifier: 'ana@example.org' }, 'IDENTIFIER_PREFIX'],
      [{ identifier: '29990003' }, 'IDENTIFIER_TAKEN'],
      [{ group: 'PEB' }, 'GROUP_REQUIRED'],
      [{ group: null }, 'GROUP_REQUIRED'],
      [{ group: 'M' }, 'GROUP_NOT_OF_PROFILE'],
      [{ expiry: '2027-01-01', purge: '2026-01-01' }, 'PURGE_BEFORE_EXPIRY'],
    ];
    for (const [more, code] of cases) expect(await finish(scene, more)).toMatchObject({ kind: 'refused', code });
    expect(await finish(scene, { identifier: '29990003' })).toMatchObject({ lines: [{ id: holder }] });
    expect(await finish(scene, { campus: 'NONE' })).toMatchObject({ kind: 'invalid', path: 'campus' });
    expect(await finish(scene, { patron: 'nobody' })).toMatchObject({ kind: 'unknown', what: 'PATRON' });
    expect(await eventsIn(database, 'registration-finished')).toEqual([]);
    expect(await scene.act(openPatron, { patron })).toMatchObject({
      pane: { patron: { group: 'PEB' }, notes: [{ text: 'To be finished' }] },
    });
  });

  it('USR-13 REL-02 is done once: two desks at the same time, and a record that was never pre-registered', async ({
    scene,
    database,
  }) => {
    const patron = await preRegistered(scene);
    const answers = await Promise.all([finish(scene, { patron }), finish(scene, { patron, identifier: '29990009' })]);
    expect(answers.map((one) => one.kind).toSorted()).toEqual(['finished', 'not-pre-registered']);
    expect(await eventsIn(database, 'registration-finished')).toHaveLength(1);
    expect(await scene.act(finishForm, { patron })).toMatchObject({
      kind: 'not-pre-registered',
      patron: { group: 'LA' },
    });
  });
});
