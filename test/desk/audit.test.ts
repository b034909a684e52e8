import { expect } from 'vitest';
import { EVENT_KINDS, readAudit } from '../../source/desk/audit.ts';
import type { AuditLine, AuditQuestion, EventKind } from '../../source/desk/audit.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { choosePlace, signIn } from '../../source/desk/sign-in.ts';
import { addStaff, setPassword } from '../../source/desk/staff-accounts.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine, local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 50 };

/** A manager of every library at sci/PRET, who may read the audit. */
const chief = async (scene: Scene): Promise<Seat> => scene.staff('chef', 'manager');

/** What a question finds. */
async function asked(scene: Scene, seat: Seat, filters: AuditQuestion, part = window) {
  const answer = await scene.act(readAudit, { filters, window: part }, seat);
  if (answer.kind !== 'audit') throw new Error(JSON.stringify(answer));
  return answer;
}

const kindsOf = (lines: readonly AuditLine[]): EventKind[] => lines.map((one) => one.kind);

/** P1 borrows B1 with an override on 1 June and brings it back late on the 30th at another desk. */
async function aLateLoan(scene: Scene): Promise<number> {
  const patron = await scene.patron({ id: 'P1', lastName: 'Martin', expiry: '2026-05-01' });
  await scene.patron({ id: 'P2' });
  await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2' });
  await scene.lend('P1', 'B1', { override: { codes: 'all', reason: 'carte en cours' } });
  await scene.lend('P2', 'B2');
  scene.at('2026-06-30T11:00');
  await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'));
  return patron;
}

onBothDatabases('the audit', (it) => {
  it('REL-09 BLK-06 who, when, desk, action, what was before and after, and what was overridden', async ({ scene }) => {
    const seat = await chief(scene);
    const patron = await aLateLoan(scene);
    const { lines } = await asked(scene, seat, { item: ' b1', kinds: ['item-lent', 'item-returned'] });
    expect(kindsOf(lines)).toEqual(['item-returned', 'item-lent']);
    expect(lines[1]).toEqual({
      id: expect.any(Number) as number,
      at: local('2026-06-01T10:00'),
      kind: 'item-lent',
      staff: 'bib',
      desk: 'sci/PRET',
      patron: { id: patron, name: 'Martin Ana' },
      item: { barcode: 'B1', title: 'Optique' },
      overrides: [{ code: 'PATRON_EXPIRED', reason: 'carte en cours', automatic: false }],
      data: expect.objectContaining({ barcode: 'B1', due: local('2026-06-22T19:00') }) as Record<string, unknown>,
    });
    expect(lines[0]).toMatchObject({ desk: 'buc/PRET', data: { daysLate: 8 }, overrides: [] });
  });

  it('REL-09 BLK-08 BLK-09 a loan tells what the item was in before, and what became of the requests', async ({
    scene,
    database,
    requests,
  }) => {
    const holder = await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron: holder, barcode: 'B1' });
    await scene.giveBack('B1');
    await scene.lend('P2', 'B1', { override: { codes: 'all' } });
    await scene.giveBack('B1');
    await scene.lend('P1', 'B1');
    const before = { process: 'HOLDSHELF', at: 'sci', transit: null, hold: request };
    expect(await eventsIn(database, 'item-lent')).toMatchObject([
      { data: { before, filled: request, status: 'Normal' } },
      { data: { before, filled: null, status: 'Recalled' } },
    ]);
  });

  it('REL-09 is searched by patron, item, account, desk, kind and day, one or several of them', async ({ scene }) => {
    const seat = await chief(scene);
    const patron = await aLateLoan(scene);
    await scene.act(addPatronNote, { patron, text: 'à voir' }, seat);
    const kinds = async (filters: AuditQuestion) => kindsOf((await asked(scene, seat, filters)).lines);
    const ofLoan = ['block-set', 'item-returned', 'item-lent', 'patron-added'];
    expect(await kinds({ patron })).toEqual(['note-added', ...ofLoan]);
    expect(await kinds({ patron: 'P1', staff: 'bib' })).toEqual(['block-set', 'item-returned', 'item-lent']);
    expect(await kinds({ staff: 'chef' })).toEqual(['note-added']);
    expect(await kinds({ desk: 'buc/PRET' })).toEqual(['block-set', 'item-returned']);
    expect(await kinds({ kinds: ['item-lent', 'note-added'] })).toEqual(['note-added', 'item-lent', 'item-lent']);
    expect(await kinds({ kinds: ['item-lent'], patron })).toEqual(['item-lent']);
    expect(await kinds({ kinds: [] })).toEqual([]);
    expect(await kinds({ from: '2026-06-02' })).toEqual(['note-added', 'block-set', 'item-returned']);
    expect(await kinds({ desk: 'sci/PRET', to: '2026-06-29' })).toEqual(['item-lent', 'item-lent']);
    expect(await kinds({ from: '2026-06-02', to: '2026-06-29' })).toEqual([]);
  });

  it('REL-09 the first and the last day are whole days of the library', async ({ scene }) => {
    const seat = await chief(scene);
    await scene.patron({ id: 'P1' });
    for (const time of ['2026-06-09T23:59', '2026-06-10T00:00', '2026-06-10T23:59', '2026-06-11T00:00']) {
      scene.at(time);
      await scene.act(addPatronNote, { patron: 'P1', text: time }, seat);
    }
    const { lines } = await asked(scene, seat, { from: '2026-06-10', to: '2026-06-10' });
    expect(lines.map((one) => one.at)).toEqual([local('2026-06-10T23:59'), local('2026-06-10T00:00')]);
  });

  it('REL-09 refuses what cannot be asked: no day, no kind, nobody, nothing', async ({ scene }) => {
    const seat = await chief(scene);
    const ask = async (filters: AuditQuestion) => scene.act(readAudit, { filters, window }, seat);
    const noDay = { kind: 'invalid', path: 'to', problem: 'not-a-day', value: 'June' };
    expect(await ask({ from: '2026-06-01', to: 'June' })).toEqual(noDay);
    const kind = 'tea-break' as EventKind;
    const noKind = { kind: 'invalid', path: 'kinds', problem: 'unknown-code', value: 'tea-break' };
    expect(await ask({ kinds: ['item-lent', kind] })).toEqual(noKind);
    expect(await ask({ patron: 'P9' })).toEqual({ kind: 'unknown', what: 'PATRON', key: 'P9' });
    expect(await ask({ item: 'B9' })).toEqual({ kind: 'unknown', what: 'ITEM', key: 'B9' });
    expect(await ask({ staff: 'nobody' })).toEqual({ kind: 'unknown', what: 'STAFF', key: 'nobody' });
  });

  it('REL-08 REL-09 who may not see patrons sees the work, and neither the people nor what is said of them', async ({
    scene,
  }) => {
    const patron = await aLateLoan(scene);
    await scene.act(addPatronNote, { patron, text: 'secret' });
    await scene.act(blockPatron, { patron, type: 'MANUAL', note: 'secret' });
    const admin = await scene.staff('reseau', 'network-administrator');
    const answer = await asked(scene, admin, {});
    expect(answer.personal).toBe(false);
    expect(kindsOf(answer.lines)).toEqual(expect.arrayContaining(['item-lent', 'note-added', 'block-set']));
    expect(answer.lines.filter((one) => one.patron !== null)).toEqual([]);
    expect(JSON.stringify(answer.lines)).not.toMatch(/secret|Martin|carte en cours|"P1"/u);
    expect(answer.lines.find((one) => one.kind === 'item-returned')).toMatchObject({
      item: { barcode: 'B1' },
      data: { daysLate: 8 },
    });
    const refused = { kind: 'not-permitted', permission: 'view-patrons', needs: 'role' };
    expect(await scene.act(readAudit, { filters: { patron }, window }, admin)).toEqual(refused);
    expect((await asked(scene, await chief(scene), {})).personal).toBe(true);
  });
});

/** Kinds of unequal number, so that each can be the rarest of a question. */
const MIXED: readonly EventKind[] = [
  'item-lent',
  'item-lent',
  'item-lent',
  'item-returned',
  'loan-deleted',
  'session-ended',
];

/** Six hundred events whose parts follow different rhythms; their times are not quite in the order of their numbers. */
async function manyEvents(scene: Scene, database: TestDatabase): Promise<void> {
  await scene.patron({ id: 'P1' });
  await scene.patron({ id: 'P2' });
  await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
  const start = local('2026-07-01T10:00');
  const events = Array.from({ length: 600 }, (_, one) => ({
    at: start + (one + (one % 7 === 0 ? -20 : 0)) * 3_600_000,
    kind: MIXED[one % MIXED.length] ?? 'item-lent',
    staffId: 1 + (one % 2),
    desk: one % 5 === 0 ? 'buc/PRET' : 'sci/PRET',
    patronId: 1 + (one % 3),
    itemId: one % 11 === 0 ? 2 : 1,
    data: { one },
  }));
  await database.records.transaction(async (records) => records.events.appendAll(events));
}

onBothDatabases('searching many events', (it) => {
  it('REL-09 whatever is asked together: the same events, the newest first, as by reading all of them', async ({
    scene,
    database,
  }) => {
    const seat = await chief(scene);
    await manyEvents(scene, database);
    const staff = [undefined, 'bib', 'chef'];
    const desks = [undefined, 'buc/PRET'];
    const kinds = [undefined, ['item-lent'], ['loan-deleted', 'session-ended']] as const;
    const days: AuditQuestion[] = [
      {},
      { from: '2026-07-10' },
      { to: '2026-07-12' },
      { from: '2026-07-05', to: '2026-07-06' },
    ];
    const things: AuditQuestion[] = [{}, { patron: 'P2' }, { item: 'B2' }, { patron: 'P1', item: 'B1' }];
    const everything: AuditLine[] = [];
    for (let offset = 0; offset < 700; offset += 100)
      everything.push(...(await asked(scene, seat, {}, { offset, limit: 100 })).lines);
    expect(everything.length).toBeGreaterThan(600);
    const fits = (line: AuditLine, { from, to, patron, item, ...other }: AuditQuestion) =>
      (other.staff === undefined || line.staff === other.staff) &&
      (other.desk === undefined || line.desk === other.desk) &&
      (other.kinds === undefined || other.kinds.includes(line.kind)) &&
      (patron === undefined || line.patron?.name === `Name ${patron} Ana`) &&
      (item === undefined || line.item?.barcode === item) &&
      (from === undefined || line.at >= local(`${from}T00:00`)) &&
      (to === undefined || line.at < local(`${to}T00:00`) + 24 * 3_600_000);
    const questions = staff.flatMap((who) =>
      desks.flatMap((where) =>
        kinds.flatMap((what) =>
          days.flatMap((when) =>
            things.map((thing) => ({
              ...(who === undefined ? {} : { staff: who }),
              ...(where === undefined ? {} : { desk: where }),
              ...(what === undefined ? {} : { kinds: what }),
              ...when,
              ...thing,
            })),
          ),
        ),
      ),
    );
    for (const question of questions) {
      const expected = everything.filter((line) => fits(line, question)).map((line) => line.id);
      const { total, lines } = await asked(scene, seat, question, { offset: 3, limit: 8 });
      const said = JSON.stringify(question);
      expect(
        lines.map((line) => line.id),
        `asked: ${said}`,
      ).toEqual(expected.slice(3, 11));
      expect(total, `asked: ${said}`).toBe(expected.length);
    }
  });

  it('TUI-12 is not counted further than ten thousand, and says so', async ({ scene, database }) => {
    const seat = await chief(scene);
    const events = Array.from({ length: 9_990 }, () => ({
      at: scene.now(),
      kind: 'session-ended' as const,
      staffId: null,
      desk: 'sci/PRET',
      data: {},
    }));
    await database.records.transaction(async (records) => records.events.appendAll(events));
    const question = { kinds: ['session-ended', 'signed-in'] as const };
    expect(await asked(scene, seat, question)).toMatchObject({ total: 9_990, capped: false });
    await database.records.transaction(async (records) => records.events.appendAll(events.slice(0, 20)));
    expect(await asked(scene, seat, question)).toMatchObject({ total: 10_000, capped: true });
    expect(await asked(scene, seat, {}, { offset: 10_009, limit: 5 })).toMatchObject({ total: 10_000, capped: true });
  });

  const searches: [string, string][] = [
    ['events_by_time', 'select id from events where at >= 1 and at < 2'],
    ['events_of_kind', "select id from events where kind = 'loan-deleted'"],
    ['events_of_staff', 'select id from events where staff_id = 1'],
    ['overrides_of_event', 'select code from overrides where event_id in (1, 2)'],
  ];
  it.for(searches)(
    'REL-09 no search reads the whole audit: there is an index %s',
    async ([index, sql], { database }) => {
      const isFile = database.url.startsWith('sqlite');
      const plan = isFile ? `explain query plan ${sql}` : `set enable_seqscan = off; explain ${sql}`;
      expect(JSON.stringify(await database.sql(plan))).toContain(index);
    },
  );
});

onBothDatabases('the audit only grows', (it) => {
  it('REL-09 the database itself refuses to delete or rewrite events and overrides', async ({ scene, database }) => {
    await aLateLoan(scene);
    // One that is nobody's: the sign-in of an account.
    await database.records.transaction(async (records) =>
      records.events.append({ at: scene.now(), kind: 'signed-in', staffId: null, desk: null, data: {} }),
    );
    const refused = [
      'delete from events',
      'delete from overrides',
      "update overrides set reason = 'other'",
      'update overrides set reason = null',
      ...["kind = 'signed-in'", 'at = 0', 'staff_id = null', "desk = 'x'", 'item_id = null', 'loan_id = 1'].map(
        (change) => `update events set ${change}`,
      ),
      // Nor what was done, nor why, nor to whom, while the patron stays (JOB-06).
      ...["data = '{}'", "cause = 'x'", "data = '{}', patron_id = patron_id"].map(
        (change) => `update events set ${change} where patron_id is not null`,
      ),
      ...["data = '{}'", "cause = 'x'", 'patron_id = 1', "data = '{}', patron_id = null"].map(
        (change) => `update events set ${change} where patron_id is null`,
      ),
      "update events set patron_id = (select max(id) from patrons), data = '{}' where patron_id is not null",
    ];
    const read = async () => [
      await database.sql('select * from events order by id'),
      await database.sql('select * from overrides order by id'),
    ];
    const before = await read();
    for (const statement of refused) {
      const ran = await database.sql(statement).then(() => `done: ${statement}`, String);
      expect(ran).toMatch(/append-only/u);
    }
    expect(await read()).toEqual(before);
  });

  it('JOB-06 anonymising takes the person away, and leaves what was done', async ({ scene, database }) => {
    const seat = await chief(scene);
    const patron = await aLateLoan(scene);
    await database.sql(`update events set patron_id = null, data = '{}' where patron_id = ${patron}`);
    await database.sql('update overrides set reason = null');
    expect((await asked(scene, seat, { patron })).lines).toEqual([]);
    const { lines } = await asked(scene, seat, { item: 'B1' });
    expect(lines).toMatchObject([
      { kind: 'block-set', patron: null, data: {} },
      { kind: 'item-returned', patron: null, staff: 'bib', data: {} },
      { kind: 'item-lent', patron: null, staff: 'bib', overrides: [{ code: 'PATRON_EXPIRED' }] },
    ]);
  });
});

onBothDatabases('accounts in the audit', (it) => {
  it('REL-07 REL-09 failed sign-ins: whose account, how many, until when it waits; never what was typed', async ({
    scene,
    database,
  }) => {
    const name = 'ana';
    await scene.act(addStaff, { name, password: null, roles: [] }, commandLine);
    await scene.act(setPassword, { name, password: 'Correct!1' }, commandLine);
    for (let times = 0; times < 3; times += 1) await scene.act(signIn, { name, password: 'Wrong!123' });
    await scene.act(signIn, { name: 'Wrong!123', password: 'ana' });
    const lockedUntil = scene.now() + 60_000;
    expect(await eventsIn(database, 'sign-in-failed')).toMatchObject([
      { staff: 'ana', data: { failures: 3, lockedUntil } },
      { staff: 'ana', data: { failures: 2, lockedUntil: null } },
      { staff: 'ana', data: { failures: 1, lockedUntil: null } },
    ]);
    expect(JSON.stringify(await database.sql('select data from events'))).not.toContain('!1');
  });

  it('DESK-01 REL-09 where somebody sits down, from where; once as long as they stay', async ({ scene, database }) => {
    const place = async (code: string) => scene.act(choosePlace, { place: code });
    for (const code of ['sci/PRET', 'sci/PRET', 'buc/PRET'])
      expect(await place(code)).toMatchObject({ kind: 'seated' });
    expect(await eventsIn(database, 'place-chosen')).toMatchObject([
      { staff: 'bib', desk: 'buc/PRET', data: { before: 'sci/PRET', after: 'buc/PRET' } },
      { staff: 'bib', desk: 'sci/PRET', data: { before: null, after: 'sci/PRET' } },
    ]);
  });

  it('REL-09 every kind of event has a name of its own', () => {
    expect(new Set(EVENT_KINDS).size).toBe(EVENT_KINDS.length);
  });
});
