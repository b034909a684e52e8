import { expect } from 'vitest';
import { addDays } from '../../source/circulation/time.ts';
import { readList } from '../../source/desk/lists.ts';
import { changeHoldExpiry } from '../../source/desk/requests-shelf.ts';
import { catchUp, JOBS } from '../../source/jobs/index.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import { network } from '../support/network.ts';
import { lettersIn, nightOf, runFor } from '../support/nights.ts';
import { worldOf } from '../support/world.ts';

onBothDatabases('closing lost loans', (it) => {
  it('JOB-01 closes what was due a year ago or more: item missing, a note, no block, no letter', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', expiry: '2029-10-30', email: 'p1@example.org' });
    await scene.items({ barcode: 'S1' }, { barcode: 'S2' }, { barcode: 'NOTE' }, { barcode: 'LATER' });
    await database.sql("update items set internal_note = 'Reliure abîmée' where barcode = 'NOTE'");
    for (const barcode of ['S1', 'S2', 'NOTE']) await scene.lend('P1', barcode);
    scene.at('2026-06-11T10:00');
    await scene.lend('P1', 'LATER');
    // All but one are due on 22 June; it on 2 July.
    await nightOf(scene, '2026-07-29', 'overdue-and-lost');
    scene.at('2026-08-01T10:00');
    await scene.giveBack('S2');
    const letters = await lettersIn(database);
    const monthly = async (last: string) => {
      scene.at(`${addDays(last, 1)}T01:30`);
      return runFor(scene, 'close-lost-loans', last);
    };
    expect(await monthly('2027-05-31')).toEqual({});
    expect(await monthly('2027-06-30')).toEqual({ closed: 2 });
    expect(await monthly('2027-06-30')).toEqual({});
    const items = 'select barcode, process, internal_note as note from items order by id';
    expect(await database.sql(items)).toEqual([
      { barcode: 'S1', process: 'MISSING', note: 'Perdu Alma' },
      { barcode: 'S2', process: null, note: null },
      { barcode: 'NOTE', process: 'MISSING', note: 'Reliure abîmée\nPerdu Alma' },
      { barcode: 'LATER', process: 'LOST_LOAN', note: null },
    ]);
    expect(await lettersIn(database)).toEqual(letters);
    const blocks = await database.sql<{ n: number | string }>(`select count(*) as n from patron_blocks`);
    // The late return of August, and nothing since.
    expect(blocks.map((one) => Number(one.n))).toEqual([1]);
    const [event] = await database.records.read(async (records) => records.events.latest('loan-closed', 1));
    expect(event).toMatchObject({
      patronId: patron,
      data: { due: local('2026-06-22T19:00'), lostAt: local('2026-07-30T00:30'), library: 'sci' },
    });
    // The list of what was closed, with whose it was, for those who may know (manual XIII.7).
    const list = await scene.act(readList, { list: 'closed-loans', window: { offset: 0, limit: 9 } });
    expect(list).toMatchObject({
      total: 2,
      rows: [{ note: expect.stringContaining('Perdu Alma') as string, card: 'P1' }, {}],
    });
    const lines = await database.sql("select record, value from job_run_lines where problem = 'closed' order by id");
    expect(lines).toEqual([
      { record: 'S1', value: null },
      { record: 'NOTE', value: null },
    ]);
    expect(await monthly('2027-07-31')).toEqual({ closed: 1 });
    // Should it turn up after all (manual XIII.7): it is in place again, and was not on loan.
    expect(await scene.giveBack('S1')).toMatchObject({ kind: 'not-on-loan', was: 'MISSING', next: 'reshelve' });
  });

  it('JOB-01 in batches; whoever waited for it waits for another copy', async ({ scene, database, requests }) => {
    await scene.load(network({ limits: [] }));
    await scene.patron({ id: 'P1', expiry: '2029-10-30' });
    const barcodes = Array.from({ length: 7 }, (_, one) => `S${one}`);
    await scene.items(...barcodes.map((barcode) => ({ barcode })));
    for (const barcode of barcodes) await scene.lend('P1', barcode);
    await requests.place({ patron: await scene.patron({ id: 'R', expiry: '2029-10-30' }), barcode: 'S0' });
    await nightOf(scene, '2026-07-19', 'overdue-and-lost');
    scene.at('2027-07-01T01:30');
    expect(await runFor(scene, 'close-lost-loans', '2027-06-30')).toEqual({ closed: 7 });
    expect(await database.sql('select state, task from requests')).toEqual([{ state: 'WAITING', task: 'wait' }]);
  });
});

onBothDatabases('reminders of holds', (it) => {
  it('HOLD-01 at eight after as many days as the library says, once, as long as it waits', async ({
    scene,
    database,
  }) => {
    const world = worldOf(scene);
    const one = await world.held();
    const gone = await world.held();
    scene.at('2026-06-03T10:00');
    await scene.lend(await world.patron(), gone.barcode, { override: { codes: 'all' } });
    const told = async () => (await lettersIn(database)).filter((letter) => letter.kind === 'hold-reminder');
    const morning = async (day: string) => {
      scene.at(`${day}T08:00`);
      return runFor(scene, 'hold-reminders', day);
    };
    expect(await morning('2026-06-04')).toEqual({});
    expect(await morning('2026-06-05')).toEqual({});
    expect(await told()).toMatchObject([{ cause: `hold-reminder:${one.request}`, library: 'sci', state: 'failed' }]);
    for (const day of ['2026-06-05', '2026-06-06', '2026-06-07']) expect(await morning(day)).toEqual({});
    expect(await told()).toHaveLength(1);
  });

  it('HOLD-01 says what waits where until when; to the preferred address', async ({ scene, database, requests }) => {
    const patron = await scene.patron({ id: 'P1', email: 'p1@example.org', language: 'en' });
    await scene.items({ barcode: 'S1', title: 'Algèbre', author: 'Martin' });
    const request = await requests.place({ patron, barcode: 'S1' });
    await scene.giveBack('S1');
    scene.at('2026-06-05T08:00');
    expect(await runFor(scene, 'hold-reminders', '2026-06-05')).toEqual({ 'hold-reminder': 1 });
    const letter = (await lettersIn(database)).find((one) => one.kind === 'hold-reminder');
    expect(letter).toMatchObject({
      cause: `hold-reminder:${request}`,
      patron,
      language: 'en',
      address: 'p1@example.org',
      facts: { title: 'Algèbre', author: 'Martin', pickup: 'sci', heldUntil: '2026-06-10', closing: null },
    });
  });

  it('HOLD-01 HOLD-04 not once the hold is over; again possible when its date is moved', async ({
    scene,
    database,
  }) => {
    const world = worldOf(scene);
    const { request } = await world.held();
    await scene.act(changeHoldExpiry, { request, until: '2026-06-04' });
    scene.at('2026-06-05T08:00');
    expect(await runFor(scene, 'hold-reminders', '2026-06-05')).toEqual({});
    expect((await lettersIn(database)).map((one) => one.kind)).not.toContain('hold-reminder');
    await scene.act(changeHoldExpiry, { request, until: '2026-06-09' });
    scene.at('2026-06-06T08:00');
    await runFor(scene, 'hold-reminders', '2026-06-06');
    expect((await lettersIn(database)).map((one) => one.kind)).toContain('hold-reminder');
  });

  it('CYC-04 HOLD-01 mornings that were missed: one reminder', async ({ scene, database }) => {
    const world = worldOf(scene);
    await catchUp({ perform: scene.perform, jobs: JOBS });
    await world.held();
    scene.at('2026-06-08T12:00');
    await catchUp({ perform: scene.perform, jobs: JOBS });
    expect((await lettersIn(database)).filter((one) => one.kind === 'hold-reminder')).toHaveLength(1);
  });
});

onBothDatabases('what is kept no longer', (it) => {
  it('LET-04 letters go after as many days as the network says, with what they were notices of', async ({
    scene,
    database,
  }) => {
    await scene.load(network({ keepLettersDays: 30 }));
    await scene.patron({ id: 'P1', email: 'p1@example.org' });
    await scene.items({ barcode: 'S1' });
    await scene.lend('P1', 'S1');
    await nightOf(scene, '2026-06-19', 'notices-courtesy');
    expect(await lettersIn(database)).toHaveLength(1);
    expect(await nightOf(scene, '2026-07-19', 'purge-letters')).toEqual({});
    expect(await nightOf(scene, '2026-07-20', 'purge-letters')).toEqual({ lettersPurged: 1 });
    expect(await runFor(scene, 'purge-letters', '2026-07-20')).toEqual({});
    expect(await lettersIn(database)).toEqual([]);
    expect(await database.sql('select * from notices')).toEqual([]);
  });

  it('USR-13 unfinished pre-registrations go after three months; finished, borrowing and blocked people stay', async ({
    scene,
    database,
  }) => {
    const world = worldOf(scene);
    await world.preRegistered();
    await scene.patron({ id: 'FINISHED', group: 'L' });
    await scene.patron({ id: 'BLOCKED', group: 'PEB' });
    await scene.patron({ id: 'BORROWS', group: 'PEB' });
    await scene.items({ barcode: 'S1' });
    await scene.lend('BORROWS', 'S1', { override: { codes: 'all' } });
    await database.sql(
      `insert into patron_blocks (patron_id, type, created_at) select patron_id, 'MANUAL', 0 from patron_identifiers where value = 'BLOCKED'`,
    );
    scene.at('2026-06-15T10:00');
    await world.preRegistered();
    const left = async () =>
      (await database.sql<{ value: string }>('select value from patron_identifiers order by patron_id')).map(
        (one) => one.value,
      );
    const all = await left();
    expect(await nightOf(scene, '2026-08-30', 'purge-pre-registrations')).toEqual({});
    expect(await nightOf(scene, '2026-08-31', 'purge-pre-registrations')).toEqual({ preRegistrationsDeleted: 1 });
    expect(await runFor(scene, 'purge-pre-registrations', '2026-08-31')).toEqual({});
    expect(await left()).toEqual(all.slice(1));
    const [event] = await database.records.read(async (records) => records.events.latest('patron-deleted', 1));
    expect(event).toMatchObject({ patronId: null, data: { because: 'pre-registration', before: { group: 'PEB' } } });
  });

  it('IMP-05 JOB-01 records past their purge date go, and it is counted what keeps the others', async ({ scene }) => {
    await scene.patron({ id: 'GOES', purge: '2026-06-10' });
    await scene.patron({ id: 'BORROWS', purge: '2026-06-10' });
    await scene.items({ barcode: 'S1' });
    await scene.lend('BORROWS', 'S1');
    expect(await nightOf(scene, '2026-06-09', 'purge-patrons')).toEqual({});
    expect(await nightOf(scene, '2026-06-10', 'purge-patrons')).toEqual({ patronsDeleted: 1, keptForLoans: 1 });
  });
});

onBothDatabases('what ends by itself', (it) => {
  it('JOB-01 blocks, holds and due dates that a day has ended are counted; nothing is written', async ({
    scene,
    database,
  }) => {
    const world = worldOf(scene);
    await world.held();
    const { barcode } = await world.loan();
    await world.loan('2026-05-05T10:00');
    await database.sql(
      "insert into patron_blocks (patron_id, type, until_day, created_at) values (1, 'MANUAL', '2026-06-10', 0), (1, 'MANUAL', '2026-06-11', 0)",
    );
    expect(await nightOf(scene, '2026-06-10', 'lift-blocks')).toEqual({ blocksEnded: 1 });
    expect(await nightOf(scene, '2026-06-10', 'expire-holds')).toEqual({ holdsExpired: 1 });
    expect(await nightOf(scene, '2026-06-22', 'overdue-and-lost')).toMatchObject({ becameLate: 1 });
    scene.at('2026-06-23T10:00');
    expect(await scene.giveBack(barcode)).toMatchObject({ kind: 'returned', daysLate: 1 });
  });
});
