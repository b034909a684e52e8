import { beforeEach, expect } from 'vitest';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import { almaXml, cardNetwork } from '../support/card-users.ts';
import type { CardUser } from '../support/card-users.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import type { Scene } from '../support/house.ts';
import { mappingOf } from './patron-reading.ts';
import { everybody, importUsers } from './patrons-import.ts';

const ANA: CardUser = {
  id: 'ups.ana',
  last: 'MARTIN',
  first: 'Ana',
  group: 'L',
  campus: 'UPS',
  category: 'STUDENT',
  language: 'fr',
  birth: '2004-02-29Z',
  expiry: '2026-10-30Z',
  purge: '2027-01-29Z',
  status: 'ACTIVE',
  identifiers: [
    ['UNR', '1540001'],
    ['BARCODE', 'CARD-1'],
  ],
  emails: ['ana@univ.example.org'],
  phones: ['05 61 12 34 56'],
  addresses: [['21 rue Ozenne', 'Toulouse', '31000']],
  statistics: ['0ups'],
  notes: ['Note du SGC'],
};

const idOf = async (database: TestDatabase, value: string): Promise<number> => {
  const [found] = await database.sql<{ id: number }>(
    `select patron_id as id from patron_identifiers where value_key = '${value.toUpperCase()}'`,
  );
  return found?.id ?? 0;
};

/** What stands in a record, each part with whether it is the card system's. */
async function recordOf(database: TestDatabase, id: number) {
  const list = async (table: string, columns: string) =>
    (await database.sql(`select ${columns}, external from ${table} where patron_id = ${id} order by id`)).map(
      ({ external, ...one }) =>
        [...Object.values(one), external === 1 || external === true ? 'theirs' : 'ours'].join(' '),
    );
  const [patron] = await database.sql(
    `select last_name, first_name, group_code, campus, category, birth_day, language, expiry_day, purge_day, status, kind from patrons where id = ${id}`,
  );
  return {
    patron: Object.values(patron ?? {}).join(' '),
    identifiers: await list('patron_identifiers', 'type, value'),
    contacts: await list('patron_contacts', "kind, value, case when preferred then '*' else '-' end as preferred"),
    statistics: await list('patron_statistics', 'code'),
    notes: await list('patron_notes', "text, case when deleted_at is null then '' else 'deleted' end as gone"),
  };
}

onBothDatabases('an import of card holders', (it) => {
  beforeEach<{ scene: Scene }>(async ({ scene }) => {
    await scene.load(cardNetwork);
  });

  it('IMP-01 IMP-03 adds whole records, found at once; the same file again changes nothing and leaves no event', async ({
    scene,
    database,
  }) => {
    const users = [ANA, { id: 'ups.luc', identifiers: [['BARCODE', 'CARD-2']] as const }];
    const counts = { records: 2, added: 2, updated: 0, unchanged: 0, rejected: 0, errors: 0 };
    expect(await importUsers(scene, users)).toMatchObject(counts);
    expect(await recordOf(database, await idOf(database, 'card-1'))).toEqual({
      patron: 'MARTIN Ana L UPS STUDENT 2004-02-29 fr 2026-10-30 2027-01-29 active external',
      identifiers: ['PRIMARY ups.ana theirs', 'UNR 1540001 theirs', 'BARCODE CARD-1 theirs'],
      contacts: [
        'email ana@univ.example.org * theirs',
        'phone 05 61 12 34 56 * theirs',
        'address 21 rue Ozenne * theirs',
      ],
      statistics: ['0ups theirs'],
      notes: ['Note du SGC  theirs'],
    });
    // USR-03: without dates a year, and three months more.
    expect((await recordOf(database, await idOf(database, 'ups.luc'))).patron).toContain(' 2027-06-01 2027-09-01 ');
    const before = await everybody(database);
    const events = await eventsIn(database, 'patron-imported');
    expect(events).toHaveLength(2);
    expect(await importUsers(scene, users)).toMatchObject({ ...counts, added: 0, unchanged: 2 });
    expect(await everybody(database)).toEqual(before);
    expect(await eventsIn(database, 'patron-imported')).toEqual(events);
  });

  it('IMP-03 the same records written otherwise are unchanged too', async ({ scene, database }) => {
    await importUsers(scene, [ANA]);
    const before = (await eventsIn(database, 'patron-imported')).length;
    const otherwise = almaXml([ANA]).replaceAll('  <', '\t<').replaceAll(' desc="x"', '');
    expect(await importUsers(scene, otherwise)).toMatchObject({ unchanged: 1, updated: 0 });
    expect(await importUsers(scene, otherwise)).toMatchObject({ unchanged: 1 });
    expect((await eventsIn(database, 'patron-imported')).length).toBe(before);
  });

  it('USR-02 overwrites every external field, and never what is our own', async ({ scene, database }) => {
    await importUsers(scene, [ANA]);
    const id = await idOf(database, 'ups.ana');
    await scene.act(addPatronNote, { patron: id, text: 'Dossier vérifié' });
    await scene.act(blockPatron, { patron: id, type: 'MANUAL', note: 'ours' });
    await database.sql(`
      insert into patron_contacts (patron_id, kind, value, preferred, external) values (${id}, 'email', 'home@example.org', true, false);
      update patron_contacts set preferred = false where patron_id = ${id} and kind = 'email' and external;
      insert into patron_contacts (patron_id, kind, value, preferred, external) values (${id}, 'phone', '06 00 00 00 00', false, false);
      insert into patron_identifiers (patron_id, type, value, value_key, external) values (${id}, 'LOCKER', 'L7', 'L7', false);
      insert into patron_statistics (patron_id, code, external) values (${id}, '0ut2', false);
      insert into patron_passwords (patron_id, hash, set_at) values (${id}, 'secret', 1);
      update patrons set open_for_update = true where id = ${id}`);
    const next: CardUser = {
      id: 'ups.ana.martin',
      last: 'MARTIN-DUPONT',
      first: 'Anne',
      group: 'M',
      campus: 'INP',
      category: 'PURPAN',
      language: 'en',
      birth: '2004-03-01Z',
      expiry: '2027-10-30Z',
      purge: '2028-01-29Z',
      status: 'INACTIVE',
      identifiers: [
        ['UNR', '1540001'],
        ['BARCODE', 'CARD-9'],
      ],
      emails: ['anne@inp.example.org'],
      phones: [],
      addresses: [['31 rue Ozenne', 'Toulouse', '31000']],
      statistics: ['0inp'],
      notes: ['Autre note du SGC'],
    };
    expect(await importUsers(scene, [next])).toMatchObject({ updated: 1, added: 0, rejected: 0 });
    expect(await recordOf(database, id)).toEqual({
      patron: 'MARTIN-DUPONT Anne M INP PURPAN 2004-03-01 en 2027-10-30 2028-01-29 inactive external',
      identifiers: ['PRIMARY ups.ana.martin theirs', 'UNR 1540001 theirs', 'LOCKER L7 ours', 'BARCODE CARD-9 theirs'],
      contacts: [
        'email home@example.org * ours',
        'phone 06 00 00 00 00 - ours',
        'email anne@inp.example.org - theirs',
        'address 31 rue Ozenne * theirs',
      ],
      statistics: ['0ut2 ours', '0inp theirs'],
      notes: ['Note du SGC deleted theirs', 'Dossier vérifié  ours', 'Autre note du SGC  theirs'],
    });
    const [kept] = await database.sql(
      `select p.hash, b.note from patron_passwords p join patron_blocks b on b.patron_id = p.patron_id where p.patron_id = ${id}`,
    );
    expect(kept).toEqual({ hash: 'secret', note: 'ours' });
    const [event] = await eventsIn(database, 'patron-imported');
    expect(event?.data).toMatchObject({
      before: { lastName: 'MARTIN', group: 'L', primaryId: 'ups.ana', status: 'active' },
      after: { lastName: 'MARTIN-DUPONT', group: 'M', primaryId: 'ups.ana.martin', status: 'inactive' },
    });
    const { records } = database;
    expect(
      await records.read(async ({ patrons }) => patrons.search('dupont anne', { offset: 0, limit: 5 })),
    ).toMatchObject({ total: 1 });
    expect(await records.read(async ({ patrons }) => patrons.search('ana', { offset: 0, limit: 5 }))).toMatchObject({
      total: 0,
    });
  });

  it('USR-02 what the file does not speak of stays; USR-08 a protected group stays', async ({ scene, database }) => {
    await importUsers(scene, [ANA]);
    const id = await idOf(database, 'ups.ana');
    await database.sql(
      `update patrons set group_protected = true, group_code = 'PROF', card_digest = null where id = ${id}`,
    );
    expect(await importUsers(scene, [{ id: 'ups.ana', last: 'MARTIN', group: 'M' }])).toMatchObject({ unchanged: 1 });
    const record = await recordOf(database, id);
    expect(record.patron).toBe('MARTIN Ana PROF UPS STUDENT 2004-02-29 fr 2026-10-30 2027-01-29 active external');
    expect(record.identifiers).toHaveLength(3);
    expect(record.contacts).toHaveLength(3);
  });

  it('IMP-04 a record to overwrite, known by its UNR, becomes the card system’s: group, category, number, names, dates', async ({
    scene,
    database,
  }) => {
    const id = await scene.patron({
      id: '7000000001',
      lastName: 'MARTIN',
      firstName: 'A.',
      group: 'LA',
      kind: 'external',
      category: 'OVERWRITE',
      expiry: '2027-06-01',
      purge: '2027-09-01',
      email: 'ours@example.org',
      identifiers: [
        { type: 'PRIMARY', value: '7000000001' },
        { type: 'UNR', value: '1540001', external: true },
      ],
    });
    const { category: _, ...withoutCategory } = ANA;
    expect(await importUsers(scene, [withoutCategory])).toMatchObject({
      updated: 1,
      added: 0,
    });
    const record = await recordOf(database, id);
    expect(record.patron).toMatch(/^MARTIN Ana L UPS ( ?)2004-02-29 fr 2026-10-30 2027-01-29 active external$/);
    expect(record.identifiers).toEqual(['PRIMARY ups.ana theirs', 'UNR 1540001 theirs', 'BARCODE CARD-1 theirs']);
    expect(record.contacts).toContain('email ours@example.org * ours');
    expect(record.contacts).toContain('email ana@univ.example.org - theirs');
    expect(await scene.act(openPatron, { patron: 'card-1' })).toMatchObject({
      kind: 'opened',
      pane: { patron: { id, group: 'L' } },
    });
  });

  it('IMP-02 refuses what is somebody else’s: several owners, a taken identifier, an internal record; nothing is changed', async ({
    scene,
    database,
  }) => {
    await importUsers(scene, [ANA, { id: 'ups.luc', identifiers: [['BARCODE', 'CARD-2']] }]);
    await scene.patron({
      id: 'LOCAL-1',
      identifiers: [
        { type: 'PRIMARY', value: 'LOCAL-1' },
        { type: 'CARD', value: 'CARD-3' },
      ],
    });
    const before = await everybody(database);
    const { problems, ...counts } = await importUsers(scene, [
      {
        id: 'ups.new',
        identifiers: [
          ['BARCODE', 'CARD-1'],
          ['OTHER', 'CARD-2'],
        ],
      },
      { id: 'local-1' },
      { id: 'ups.x', identifiers: [['BARCODE', 'CARD-3']] },
      { id: 'ups.luc', purge: '2026-01-01Z' },
      { id: 'UPS.LUC', purge: '2026-01-02Z' },
    ]);
    const taken = await importUsers(scene, [{ id: 'ups.luc', group: 'M', identifiers: [['BARCODE', 'card-1']] }]);
    expect(taken.problems).toEqual([
      {
        number: 1,
        line: 11,
        record: 'ups.luc',
        field: 'user_identifier[1] BARCODE',
        problem: 'identifier-taken',
        found: 'card-1',
        other: 'ups.ana',
      },
    ]);
    const base = { field: 'primary_id' };
    expect(problems.toSorted((one, other) => one.number - other.number)).toEqual([
      {
        ...base,
        number: 1,
        line: 5,
        record: 'ups.new',
        problem: 'ambiguous',
        found: 'ups.new',
        other: 'ups.ana, ups.luc',
      },
      { ...base, number: 2, line: 17, record: 'local-1', problem: 'internal-record', found: 'local-1' },
      {
        field: 'user_identifier[1] BARCODE',
        number: 3,
        line: 31,
        record: 'ups.x',
        problem: 'internal-record',
        found: 'CARD-3',
      },
      {
        field: 'purge_date',
        number: 4,
        line: 40,
        record: 'ups.luc',
        problem: 'purge-before-expiry',
        found: '2026-01-01',
      },
      { ...base, number: 5, line: 45, record: 'UPS.LUC', problem: 'duplicate-record', found: 'UPS.LUC', other: '4' },
    ]);
    expect(counts).toMatchObject({ added: 0, rejected: 5, errors: 5 });
    expect(await everybody(database)).toEqual(before);
    // JOB report: every rejected record with line, record, field, problem.
    const run = counts.run ?? 0;
    const report = await database.records.read(async ({ jobRuns }) => ({
      run: await jobRuns.byId(run),
      lines: await jobRuns.lines(run, { offset: 0, limit: 10 }),
      kinds: await jobRuns.problems(run),
    }));
    expect(report.run).toMatchObject({
      job: 'import-patrons',
      subject: 'users.xml',
      state: 'done',
      counters: { records: 5, added: 0, rejected: 5 },
    });
    expect(report.lines.total).toBe(5);
    expect(report.lines.lines[0]).toEqual({
      line: 5,
      record: 'ups.new',
      field: 'primary_id',
      problem: 'ambiguous',
      value: 'ups.new (ups.ana, ups.luc)',
    });
    expect(report.kinds[0]).toEqual({ problem: 'internal-record', count: 2 });
  });

  it('IMP-01 an identifier that somebody gives up is free for the next one; a new primary may be an old card', async ({
    scene,
    database,
  }) => {
    await importUsers(scene, [ANA, { id: 'ups.luc' }]);
    const swapped = [
      { ...ANA, id: 'CARD-1', identifiers: [['UNR', '1540001']] as const },
      { id: 'ups.luc', identifiers: [['LOGIN', 'ups.ana']] as const },
    ];
    expect(await importUsers(scene, swapped)).toMatchObject({ updated: 2, rejected: 0 });
    expect((await recordOf(database, await idOf(database, '1540001'))).identifiers).toEqual([
      'PRIMARY CARD-1 theirs',
      'UNR 1540001 theirs',
    ]);
    expect((await recordOf(database, await idOf(database, 'ups.ana'))).identifiers).toEqual([
      'PRIMARY ups.luc theirs',
      'LOGIN ups.ana theirs',
    ]);
  });

  it('IMP-01 delimited text and XML of the same people make the same records', async ({ scene, database }) => {
    const header =
      'identifiant;nom;prénom;groupe;campus;naissance;expiration;élimination;unr;code-barres;courriel;téléphone;adresse;cp;ville;statistiques\n';
    const row =
      'ups.ana;MARTIN;Ana;ETU;UPS;29/02/2004;30/10/2026;29/01/2027;1540001;CARD-1;ana@univ.example.org;0561123456;21 rue Ozenne;31000;Toulouse;0ups\n';
    const mapping = mappingOf('groups: {ETU: L}');
    expect(await importUsers(scene, header + row, { format: 'delimited', mapping })).toMatchObject({ added: 1 });
    const id = await idOf(database, 'ups.ana');
    const first = await recordOf(database, id);
    expect(await importUsers(scene, header + row, { format: 'delimited', mapping })).toMatchObject({ unchanged: 1 });
    expect(await importUsers(scene, [{ ...ANA, notes: [] }])).toMatchObject({ updated: 1 });
    expect({ ...(await recordOf(database, id)), patron: '' }).toEqual({ ...first, patron: '' });
  });

  it('a dry run writes nothing, and says the same', async ({ scene, database }) => {
    const before = await everybody(database);
    expect(await importUsers(scene, [ANA, { id: 'x', group: 'NONE' }], { dryRun: true })).toMatchObject({
      run: null,
      added: 1,
      rejected: 1,
    });
    expect(await everybody(database)).toEqual(before);
    expect(await database.sql('select * from job_runs')).toEqual([]);
  });

  it('IMP-02 a file that is none, or has nobody in it, is an error of its run', async ({ scene, database }) => {
    expect(await importUsers(scene, 'hello')).toMatchObject({ records: 0, errors: 1, told: ['unknown-content'] });
    expect(await importUsers(scene, '')).toMatchObject({ records: 0, errors: 1, told: ['no-records'] });
    expect(await database.sql('select problem, line from job_run_lines order by id')).toEqual([
      { problem: 'unknown-content', line: 1 },
      { problem: 'no-records', line: 1 },
    ]);
  });
});

onBothDatabases('QUI-04 an import after a clearance', (it) => {
  const RENEWED: CardUser = { ...ANA, campus: 'INP', expiry: '2027-10-30Z', purge: '2028-01-29Z' };
  const deactivate = async (database: TestDatabase, id: number, because: string, more = ''): Promise<void> => {
    await database.sql(
      `update patrons set status = 'inactive', deactivated_at = 1, deactivated_because = '${because}'${more} where id = ${id}`,
    );
  };
  const statusOf = async (database: TestDatabase, id: number) =>
    (await database.sql(`select status, deactivated_because, deactivated_at from patrons where id = ${id}`))[0];
  const ACTIVE = { status: 'active', deactivated_because: null, deactivated_at: null };

  beforeEach<{ scene: Scene }>(async ({ scene }) => {
    await scene.load(cardNetwork);
  });

  it('reactivates who has enrolled again since; the same old record does not', async ({ scene, database }) => {
    await importUsers(scene, [ANA]);
    const id = await idOf(database, 'ups.ana');
    await deactivate(database, id, 'kiosk-quitus');
    await scene.act(blockPatron, { patron: id, type: 'QUITUS', note: 'sci 01/06/2026' });
    expect(await importUsers(scene, [ANA])).toMatchObject({ unchanged: 1 });
    expect(await statusOf(database, id)).toMatchObject({ status: 'inactive' });
    expect(await importUsers(scene, [RENEWED])).toMatchObject({ updated: 1 });
    expect(await statusOf(database, id)).toEqual(ACTIVE);
    // The block of a clearance at the desk is taken away by hand.
    expect(
      await database.sql(`select type from patron_blocks where patron_id = ${id} and lifted_at is null and active`),
    ).toEqual([{ type: 'QUITUS' }]);
  });

  it('leaves inactive who had enrolled again before the clearance (manual XII.4), also after a change by hand', async ({
    scene,
    database,
  }) => {
    await importUsers(scene, [ANA]);
    await importUsers(scene, [RENEWED]);
    const id = await idOf(database, 'ups.ana');
    await deactivate(database, id, 'kiosk-quitus');
    expect(await importUsers(scene, [RENEWED])).toMatchObject({ unchanged: 1 });
    await database.sql(`update patrons set card_digest = null, first_name = 'Anna' where id = ${id}`);
    expect(await importUsers(scene, [RENEWED])).toMatchObject({ updated: 1 });
    expect(await statusOf(database, id)).toMatchObject({ status: 'inactive', deactivated_because: 'kiosk-quitus' });
    await database.sql(`update patrons set card_digest = null where id = ${id}`);
    await importUsers(scene, [{ ...RENEWED, group: 'M' }]);
    expect(await statusOf(database, id)).toEqual(ACTIVE);
  });

  it('reactivates whose record the card system never sent before; not who it says has gone', async ({
    scene,
    database,
  }) => {
    const identifiers = [{ type: 'PRIMARY', value: 'ups.ana' }];
    const id = await scene.patron({ id: 'ups.ana', kind: 'external', identifiers });
    await deactivate(database, id, 'kiosk-quitus');
    await importUsers(scene, [{ ...ANA, status: 'INACTIVE' }]);
    expect(await statusOf(database, id)).toMatchObject({ status: 'inactive', deactivated_because: 'kiosk-quitus' });
    await importUsers(scene, [ANA]);
    expect(await statusOf(database, id)).toEqual(ACTIVE);
  });
});
