import { expect } from 'vitest';
import { changeDue } from '../../source/desk/change-due.ts';
import { editPatron, previewExpiry } from '../../source/desk/edit-patron.ts';
import type { PatronChange, PatronEdited } from '../../source/desk/edit-patron.ts';
import { closeForUpdate, openForUpdate } from '../../source/desk/open-for-update.ts';
import { LOCKED_FIELDS, readPatronRecord } from '../../source/desk/patron-record.ts';
import type { PatronRecord } from '../../source/desk/patron-record.ts';
import { searchPatrons } from '../../source/desk/patron-search.ts';
import { declareLost } from '../../source/desk/setting-the-scene.ts';
import { findPatrons } from '../../source/desk/patrons.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local, said } from '../support/house.ts';
import type { Scene, TestPatron } from '../support/house.ts';
import { network } from '../support/network.ts';

const named = (code: string) => ({ code, name: { fr: code, en: code } });

/** The small network with what records are described by. */
const WITH_CODES = network({
  campuses: ['UPS', 'INP'].map((code) => ({ code, name: code })),
  groups: ['L', 'M', 'D', 'PROF', 'LA', 'PEB', 'AUT'].map(named),
  categories: ['OVERWRITE', 'PURPAN'].map(named),
  statisticTypes: [named('INSTITUTION')],
  statistics: ['0ups', '0inpt', '0eip'].map((code) => ({ ...named(code), type: 'INSTITUTION' })),
  registrationProfiles: [
    {
      ...named('AUTHORISED'),
      kind: 'internal',
      groups: ['AUT'],
      identifier: { type: 'CARD', prefixes: ['2999'], primary: true },
      statistics: [],
    },
    {
      ...named('CARD_PENDING'),
      kind: 'external',
      groups: ['AUT'],
      category: 'OVERWRITE',
      identifier: { type: 'UNR', prefixes: [], primary: false },
      statistics: [],
    },
  ],
});

const CARD_RECORD: TestPatron = {
  id: 'ut1.ana.martin',
  kind: 'external',
  lastName: 'MARTIN',
  firstName: 'Ana',
  birthDay: '2004-03-02',
  group: 'L',
  campus: 'UPS',
  expiry: '2026-10-30',
  purge: '2027-01-30',
};

/** Something else for every field that can be changed. */
const OTHERS = {
  lastName: 'MARTINEZ',
  firstName: 'Anna',
  birthDay: '2004-03-03',
  campus: 'INP',
  identifier: 'ut1.anna.martinez',
  group: 'M',
  language: 'en',
  category: 'OVERWRITE',
  expiry: '2027-10-30',
  purge: '2028-02-28',
  status: 'inactive',
  statistics: ['0inpt'],
} as const satisfies PatronChange;
const FIELDS = Object.keys(OTHERS) as (keyof typeof OTHERS)[];
const isLockedField = (field: string): boolean => (LOCKED_FIELDS as readonly string[]).includes(field);

async function recordOf(scene: Scene, patron: number | string): Promise<PatronRecord> {
  const answer = await scene.act(readPatronRecord, { patron });
  if (answer.kind !== 'record') throw new Error(JSON.stringify(answer));
  return answer.record;
}

/** A change that must be done; answers with what it led to. */
async function changed(
  scene: Scene,
  patron: number,
  change: PatronChange,
  recompute = false,
): Promise<Extract<PatronEdited, { kind: 'changed' }>> {
  const answer = await scene.act(editPatron, { patron, change, recompute });
  if (answer.kind !== 'changed') throw new Error(JSON.stringify(answer));
  return answer;
}

/** What the card system said last, and what it is when nobody has touched the record since. */
async function digestOf(database: TestDatabase, patron: number): Promise<string | null> {
  const found = await database.sql<{ digest: string | null }>(
    `select card_digest as digest from patrons where id = ${patron}`,
  );
  return found[0]?.digest ?? null;
}
const imported = async (database: TestDatabase, patron: number): Promise<void> => {
  await database.sql(`update patrons set card_digest = 'as-imported', imported_at = 1 where id = ${patron}`);
};

onBothDatabases('changing a record', (it) => {
  it('USR-08 field by field: what is inherited is refused, all else is written; the next import writes again', async ({
    scene,
    database,
  }) => {
    await scene.load(WITH_CODES);
    for (const field of FIELDS) {
      const patron = await scene.patron({ ...CARD_RECORD, id: `card ${field}` });
      await imported(database, patron);
      const change: PatronChange = { [field]: field === 'identifier' ? `other ${field}` : OTHERS[field] };
      const answer = await scene.act(editPatron, { patron, change });
      if (isLockedField(field)) {
        expect(answer, `field ${field}`).toEqual({ kind: 'locked', fields: [field] });
        expect(await digestOf(database, patron), `field ${field}`).toBe('as-imported');
      } else {
        expect(answer, `field ${field}`).toMatchObject({
          kind: 'changed',
          changed: expect.arrayContaining([field]) as string[],
        });
        expect(await digestOf(database, patron), `field ${field}`).toBeNull();
      }
    }
  });

  it('USR-08 field by field: opened for update, every field is written; closed again, it is locked again', async ({
    scene,
  }) => {
    await scene.load(WITH_CODES);
    const patron = await scene.patron(CARD_RECORD);
    expect(await recordOf(scene, patron)).toMatchObject({ locked: LOCKED_FIELDS, openForUpdate: false });
    expect(await scene.act(openForUpdate, { patron, protectGroup: false })).toMatchObject({
      kind: 'open',
      record: { locked: [], openForUpdate: true, groupProtected: false },
    });
    for (const field of FIELDS) {
      await changed(scene, patron, { [field]: OTHERS[field] });
      const record = await recordOf(scene, patron);
      const now = field === 'statistics' ? record.statistics.map((one) => one.code) : record[field];
      expect(now, `field ${field}`).toEqual(OTHERS[field]);
    }
    expect(await scene.act(closeForUpdate, { patron })).toMatchObject({
      kind: 'closed',
      record: { locked: LOCKED_FIELDS },
    });
    const change = { lastName: 'MARTIN', group: 'L' };
    expect(await scene.act(editPatron, { patron, change })).toEqual({ kind: 'locked', fields: ['lastName'] });
    expect(await recordOf(scene, patron)).toMatchObject({ group: 'M' });
  });

  it('USR-08 REL-09 the group can be protected, which outlasts the closing; a record of our own has nothing to open', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron(CARD_RECORD);
    const own = await scene.patron({ id: 'P1' });
    await scene.act(openForUpdate, { patron, protectGroup: true });
    await scene.act(openForUpdate, { patron, protectGroup: true });
    expect(await scene.act(closeForUpdate, { patron })).toMatchObject({ record: { groupProtected: true } });
    expect(await scene.act(closeForUpdate, { patron, protectGroup: false })).toMatchObject({
      record: { groupProtected: false },
    });
    const data = (await eventsIn(database, 'patron-opened')).map((one) => one.data);
    expect(data).toEqual([
      { open: false, protectGroup: false },
      { open: false, protectGroup: true },
      { open: true, protectGroup: true },
    ]);
    expect(await scene.act(openForUpdate, { patron: own, protectGroup: false })).toEqual({ kind: 'internal' });
    expect(await scene.act(openForUpdate, { patron: 99, protectGroup: false })).toMatchObject({ kind: 'unknown' });
  });

  it('USR-07 REL-09 the event has what changed and nothing else, before and after', async ({ scene, database }) => {
    await scene.load(WITH_CODES);
    const patron = await scene.patron({ id: 'P1', campus: 'UPS', statistics: [{ code: '0ups' }] });
    const change = { campus: 'INP', group: 'L', language: 'fr', statistics: ['0inpt'], lastName: '  Name \t P1 ' };
    expect(await changed(scene, patron, change)).toMatchObject({ changed: ['campus', 'statistics'], warnings: [] });
    expect(await eventsIn(database, 'patron-changed')).toEqual([
      {
        staff: 'bib',
        desk: 'sci/PRET',
        patronId: patron,
        itemId: null,
        data: { before: { campus: 'UPS', statistics: ['0ups'] }, after: { campus: 'INP', statistics: ['0inpt'] } },
      },
    ]);
    expect(await scene.act(editPatron, { patron, change })).toMatchObject({
      kind: 'unchanged',
      proposes: { loans: [] },
    });
    expect(await eventsIn(database, 'patron-changed')).toHaveLength(1);
  });

  it('PAT-01 USR-07 a new name is found, the old one is not', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1', lastName: 'Lefèvre', firstName: 'Zoé' });
    await changed(scene, patron, { lastName: 'DUPONT-MOREAU' });
    const find = async (text: string) => {
      const found = await scene.act(findPatrons, { text, window: { offset: 0, limit: 10 } });
      return found.kind === 'matches' ? found.lines.map((one) => one.id) : found;
    };
    expect(await find('moreau zoe')).toEqual([patron]);
    expect(await find('lefevre')).toEqual([]);
    const byName = { name: 'dupont', firstName: 'zoé', window: { offset: 0, limit: 10 } };
    expect(await scene.act(searchPatrons, byName)).toMatchObject({ total: 1 });
  });

  it('USR-07 the primary identifier is changed in place; one that somebody has is refused', async ({ scene }) => {
    const identifiers = [
      { type: 'PRIMARY', value: '29990001' },
      { type: 'UNR', value: 'U1' },
    ];
    const patron = await scene.patron({ id: 'P1', identifiers });
    await scene.patron({ id: 'Taken' });
    const taken = { kind: 'invalid', path: 'identifier', problem: 'taken' };
    for (const identifier of ['taken', ' TAKEN ', 'u1']) {
      expect(await scene.act(editPatron, { patron, change: { identifier } })).toMatchObject(taken);
    }
    await changed(scene, patron, { identifier: '29990002' });
    expect(await recordOf(scene, '29990002')).toMatchObject({
      id: patron,
      identifier: '29990002',
      identifiers: [
        { type: 'PRIMARY', value: '29990002', primary: true },
        { type: 'UNR', value: 'U1', primary: false },
      ],
    });
    expect(await scene.act(readPatronRecord, { patron: '29990001' })).toMatchObject({ kind: 'unknown' });
  });

  it('USR-07 what cannot be is refused by its field, and nothing is written', async ({ scene, database }) => {
    await scene.load(WITH_CODES);
    const patron = await scene.patron({ id: 'P1' });
    const wrong: [PatronChange, string, string][] = [
      [{ lastName: ' ' }, 'lastName', 'empty'],
      [{ lastName: 'x'.repeat(101) }, 'lastName', 'too-long'],
      [{ identifier: '' }, 'identifier', 'empty'],
      [{ birthDay: '2004-02-30' }, 'birthDay', 'not-a-day'],
      [{ birthDay: '2026-06-01' }, 'birthDay', 'in-the-future'],
      [{ expiry: 'demain' }, 'expiry', 'not-a-day'],
      [{ purge: '2027-13-01' }, 'purge', 'not-a-day'],
      [{ group: null }, 'group', 'empty'],
      [{ group: 'X' }, 'group', 'unknown-code'],
      [{ campus: 'X' }, 'campus', 'unknown-code'],
      [{ category: 'X' }, 'category', 'unknown-code'],
      [{ language: 'de' }, 'language', 'unknown-code'],
      [{ statistics: ['0ups', 'X'] }, 'statistics', 'unknown-code'],
    ];
    for (const [change, path, problem] of wrong) {
      const answer = await scene.act(editPatron, { patron, change: { firstName: 'Autre', ...change } });
      expect(answer).toMatchObject({ kind: 'invalid', path, problem });
    }
    expect(await recordOf(scene, patron)).toMatchObject({ firstName: 'Ana' });
    expect(await eventsIn(database, 'patron-changed')).toEqual([]);
    expect(await scene.act(editPatron, { patron: 'nobody', change: {} })).toMatchObject({ what: 'PATRON' });
  });

  it('USR-07 REL-04 a form that another desk has overtaken changes nothing, unless both want the same', async ({
    scene,
  }) => {
    await scene.load(WITH_CODES);
    const patron = await scene.patron({ id: 'P1', campus: 'UPS', group: 'L' });
    const seen = { campus: 'UPS', group: 'L' };
    await changed(scene, patron, { group: 'M' });
    const stale = await scene.act(editPatron, { patron, change: { campus: 'INP', group: 'D' }, seen });
    expect(stale).toMatchObject({
      kind: 'changed-meanwhile',
      fields: ['group'],
      record: { group: 'M', campus: 'UPS' },
    });
    const same = await scene.act(editPatron, { patron, change: { campus: 'INP', group: 'M' }, seen });
    expect(same).toMatchObject({ kind: 'changed', changed: ['campus'] });
  });

  it('QUI-04 USR-07 switched off by hand it says since when and why; switched on again it says nothing', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const off = await changed(scene, patron, { status: 'inactive' });
    expect(off.record).toMatchObject({ deactivatedAt: local('2026-06-01T10:00'), deactivatedBecause: 'by-hand' });
    const on = await changed(scene, patron, { status: 'active' });
    expect(on.record).toMatchObject({ status: 'active', deactivatedAt: null, deactivatedBecause: null });
  });

  it('USR-02 USR-07 statistics of the card system stay while they are locked', async ({ scene }) => {
    await scene.load(WITH_CODES);
    const statistics = [{ code: '0ups', external: true }, { code: '0inpt' }];
    const patron = await scene.patron({ ...CARD_RECORD, statistics });
    await changed(scene, patron, { statistics: ['0eip'] });
    expect((await recordOf(scene, patron)).statistics).toEqual([
      { code: '0ups', external: true, locked: true },
      { code: '0eip', external: false, locked: false },
    ]);
    await scene.act(openForUpdate, { patron, protectGroup: false });
    await changed(scene, patron, { statistics: [] });
    expect((await recordOf(scene, patron)).statistics).toEqual([]);
  });

  it('USR-12 the old record of a former institutional patron is not to be reused: it warns', async ({ scene }) => {
    await scene.load(WITH_CODES);
    const patron = await scene.patron(CARD_RECORD);
    const own = await scene.patron({ id: 'P1' });
    expect(await changed(scene, patron, { group: 'AUT' })).toMatchObject({ warnings: ['external-reused'] });
    expect(await changed(scene, patron, { group: 'M' })).toMatchObject({ warnings: [] });
    expect(await changed(scene, patron, { group: 'AUT', category: 'OVERWRITE' })).toMatchObject({ warnings: [] });
    expect(await changed(scene, own, { group: 'AUT' })).toMatchObject({ warnings: [] });
  });
});

onBothDatabases('expiry and purge', (it) => {
  it('USR-04 the purge date follows the expiry date, is given, or is kept; never before the expiry date', async ({
    scene,
  }) => {
    scene.at('2027-02-09T10:00');
    const patron = await scene.patron({ id: 'P1', expiry: '2028-02-09', purge: '2028-05-09' });
    const follows = await changed(scene, patron, { expiry: '2029-02-09' });
    expect(follows).toMatchObject({ changed: ['expiry', 'purge'], proposes: { purge: '2029-05-09' } });
    expect(follows.record).toMatchObject({ expiry: '2029-02-09', purge: '2029-05-09' });
    const given = await changed(scene, patron, { expiry: '2029-10-30', purge: '2030-01-29' });
    expect(given.proposes.purge).toBe('2030-01-30');
    expect(given.record.purge).toBe('2030-01-29');
    const kept = await changed(scene, patron, { expiry: '2029-11-30', purge: 'keep' });
    expect(kept).toMatchObject({ changed: ['expiry'], record: { purge: '2030-01-29' } });
    const early = { kind: 'purge-before-expiry', purge: '2030-01-29', expiry: '2030-02-09' };
    expect(await scene.act(editPatron, { patron, change: { expiry: '2030-02-09', purge: 'keep' } })).toEqual(early);
    expect(await scene.act(editPatron, { patron, change: { purge: '2029-11-29' } })).toMatchObject({
      kind: 'purge-before-expiry',
      purge: '2029-11-29',
    });
    await changed(scene, patron, { purge: '2029-11-30' });
    const never = await changed(scene, patron, { expiry: null });
    expect(never.record).toMatchObject({ expiry: null, purge: null });
  });

  it('USR-04 bad dates that were imported do not keep anybody from changing the rest', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1', expiry: '2027-02-09', purge: '2027-01-01' });
    expect((await changed(scene, patron, { group: 'M' })).record.purge).toBe('2027-01-01');
  });
});

onBothDatabases('due dates that were shortened to the expiry date', (it) => {
  /** P1 expires on Sunday 14 June: B1 was shortened to the Saturday before, B2 was not. */
  async function shortened(scene: Scene): Promise<number> {
    const patron = await scene.patron({ id: 'P1', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    expect(await scene.lend(patron, 'B1', { expiry: 'shorten' })).toMatchObject({ due: local('2026-06-13T12:30') });
    expect(await scene.lend(patron, 'B2', { expiry: 'keep' })).toMatchObject({ due: local('2026-06-22T19:00') });
    return patron;
  }
  const dueOf = async (database: TestDatabase, barcode: string) => {
    const sql = `select l.due_at as due, l.shortened from loans l join items i on i.id = l.item_id
      where i.barcode = '${barcode}' and l.returned_at is null`;
    const [found] = await database.sql<{ due: number | string; shortened: boolean | number }>(sql);
    return { due: said(Number(found?.due)), shortened: found?.shortened === true || found?.shortened === 1 };
  };

  it('LOAN-07 a later expiry date offers the full period; nothing is written until it is accepted', async ({
    scene,
    database,
  }) => {
    const patron = await shortened(scene);
    scene.at('2026-06-05T10:00');
    const offer = {
      barcode: 'B1',
      before: local('2026-06-13T12:30'),
      due: local('2026-06-22T19:00'),
      shortened: false,
    };
    const preview = await scene.act(previewExpiry, { patron, expiry: '2027-06-14' });
    expect(preview).toMatchObject({ kind: 'preview', purge: '2027-09-14', loans: [offer] });
    const edited = await changed(scene, patron, { expiry: '2027-06-14' });
    expect(edited).toMatchObject({ proposes: { loans: [offer] }, recomputed: [] });
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-13T12:30', shortened: true });
    const done = await changed(scene, patron, {}, true);
    expect(done).toMatchObject({ changed: [], recomputed: [offer] });
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-22T19:00', shortened: false });
    expect(await dueOf(database, 'B2')).toMatchObject({ due: '2026-06-22T19:00' });
    const [event] = await eventsIn(database, 'due-date-changed');
    expect(event).toMatchObject({
      staff: 'bib',
      patronId: patron,
      data: { barcode: 'B1', due: offer.due, before: offer.before, because: 'expiry' },
    });
    expect(await scene.act(editPatron, { patron, change: {}, recompute: true })).toMatchObject({
      kind: 'unchanged',
      recomputed: [],
    });
  });

  it('LOAN-07 one that comes before the full period is over shortens again, and is offered once more', async ({
    scene,
    database,
  }) => {
    const patron = await shortened(scene);
    // The expiry day itself is still valid.
    await changed(scene, patron, { expiry: '2026-06-19' }, true);
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-19T19:00', shortened: true });
    await changed(scene, patron, { expiry: '2026-06-22' }, true);
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-22T19:00', shortened: false });
  });

  it('LOAN-07 never shortens; a date set by hand, a returned loan and a lost one stay', async ({ scene, database }) => {
    const patron = await shortened(scene);
    expect(await changed(scene, patron, { expiry: '2026-06-09' }, true)).toMatchObject({ proposes: { loans: [] } });
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-13T12:30', shortened: true });
    await scene.act(changeDue, { barcodes: ['B1'], due: '2026-06-10' });
    expect(await changed(scene, patron, { expiry: '2027-06-09' }, true)).toMatchObject({ recomputed: [] });
    expect(await dueOf(database, 'B1')).toEqual({ due: '2026-06-10T19:00', shortened: false });
    const other = await scene.patron({ id: 'P2', expiry: '2026-06-14' });
    await scene.items({ barcode: 'B3' }, { barcode: 'B4' });
    await scene.lend(other, 'B3', { expiry: 'shorten' });
    await scene.lend(other, 'B4', { expiry: 'shorten' });
    await scene.giveBack('B3');
    await database.records.transaction(async (records) => records.settings.set('training', ''));
    expect(await scene.act(declareLost, { barcode: 'B4' }, commandLine)).toMatchObject({ kind: 'lost' });
    expect(await changed(scene, other, { expiry: null }, true)).toMatchObject({ recomputed: [] });
  });

  it('LOAN-07 LOAN-04 by the rules of the loan: its own period, the fixed date of the network of then', async ({
    scene,
    database,
  }) => {
    scene.at('2026-06-16T10:00');
    const patron = await scene.patron({ id: 'P1', expiry: '2026-06-26' });
    await scene.items({ barcode: 'B1' }, { barcode: 'S1', location: 'buc/ETE' });
    await scene.lend(patron, 'B1', { expiry: 'shorten' });
    await scene.lend(patron, 'S1', { expiry: 'shorten' });
    expect(await dueOf(database, 'S1')).toEqual({ due: '2026-06-26T20:00', shortened: true });
    // Since then the rules are others, and the patron is of another group.
    await scene.load(network({ loanRules: [{ period: { unit: 'days', count: 2 } }] }));
    scene.at('2026-06-20T10:00');
    await changed(scene, patron, { expiry: '2027-06-26', group: 'M' }, true);
    expect(await dueOf(database, 'B1')).toMatchObject({ due: '2026-07-07T19:00' });
    expect(await dueOf(database, 'S1')).toMatchObject({ due: '2026-09-15T20:00' });
  });

  it('LOAN-07 CAL-06 a loan counted in hours stays late from its due instant on', async ({ scene, database }) => {
    scene.at('2026-06-12T18:00');
    const patron = await scene.patron({ id: 'P1', expiry: '2026-06-12' });
    await scene.items({ barcode: 'H1', policy: 'H2' });
    const lent = await scene.lend(patron, 'H1', { expiry: 'shorten' });
    expect(lent).toMatchObject({ kind: 'lent', due: local('2026-06-12T19:00') });
    await changed(scene, patron, { expiry: '2026-06-30' }, true);
    expect(await dueOf(database, 'H1')).toEqual({ due: '2026-06-13T09:00', shortened: false });
    const [late] = await database.sql<{ late: number | string }>('select late_from as late from loans');
    expect(said(Number(late?.late))).toBe('2026-06-13T09:00');
  });
});
