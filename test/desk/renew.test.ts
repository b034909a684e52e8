import { expect } from 'vitest';
import { RENEWAL_REFUSALS } from '../../source/circulation/blocks.ts';
import type { RenewalRefusal } from '../../source/circulation/blocks.ts';
import { renew } from '../../source/desk/renew.ts';
import type { RenewRequest } from '../../source/desk/renew.ts';
import { listLoans } from '../../source/desk/patrons.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { onBothDatabases, recordedOverrides } from '../support/desk.ts';
import type { AtTheDesk } from '../support/desk.ts';
import { local, said, seatAt } from '../support/house.ts';
import type { Scene, TestPatron } from '../support/house.ts';
import { days, loanRules, network, withLibrary } from '../support/network.ts';

/** A library of 14 days, at most 21 (REN-01). */
const BUC = { barcode: 'B1', location: 'buc/SALLE' };

/** Lends B1 of `buc` to P1 on 1 June: due on Monday 15 June at 20:00. */
async function lent(scene: Scene, patron: Partial<TestPatron> = {}): Promise<number> {
  const id = await scene.patron({ id: 'P1', ...patron });
  await scene.items(BUC);
  expect(await scene.lend('P1', 'B1', { override: { codes: 'all' } })).toMatchObject({
    kind: 'lent',
    due: local('2026-06-15T20:00'),
  });
  return id;
}

/** Each line of an answer in a word: the new due date, or the reasons. */
async function answer(scene: Scene, request: RenewRequest, seat?: Seat): Promise<string[]> {
  const outcome = await scene.act(renew, request, seat);
  if (outcome.kind !== 'renewals') throw new Error(JSON.stringify(outcome));
  return outcome.lines.map((line) => {
    if (line.kind === 'renewed') return `${line.item.barcode} ${said(line.due)}`;
    return line.kind === 'not-renewed' ? line.refusals.join(' ') : line.kind;
  });
}

const B1: RenewRequest = { barcodes: ['B1'] };
const despite = (...codes: RenewalRefusal[]): RenewRequest => ({ ...B1, override: { codes } });

onBothDatabases('renewing one loan', (it) => {
  it('REN-01 gives the loan its new due date, counts it, and appends the event', async ({ scene, database }) => {
    const patron = await lent(scene);
    scene.at('2026-06-10T10:00');
    expect(await scene.act(renew, B1)).toMatchObject({
      kind: 'renewals',
      lines: [
        {
          kind: 'renewed',
          patronId: patron,
          due: local('2026-06-17T20:00'),
          before: local('2026-06-15T20:00'),
          lateFrom: local('2026-06-18T00:00'),
          status: 'Renewed',
          overridden: [],
        },
      ],
    });
    const [loan] = await database.records.read(async (records) =>
      records.loans.ofPatron(patron, 'due', { offset: 0, limit: 9 }),
    );
    expect(loan).toMatchObject({
      due: local('2026-06-17T20:00'),
      renewals: 1,
      renewedAt: local('2026-06-10T10:00'),
      status: 'Renewed',
    });
    const [event] = await database.records.read(async (records) => records.events.latest('loan-renewed', 1));
    expect(event).toMatchObject({
      at: local('2026-06-10T10:00'),
      staff: 'bib',
      desk: 'sci/PRET',
      patronId: patron,
      data: { barcode: 'B1', due: local('2026-06-17T20:00'), before: local('2026-06-15T20:00'), group: 'L' },
    });
  });

  it('REN-03 a second time on the same day, or one that moves nothing, changes nothing', async ({
    scene,
    database,
  }) => {
    await lent(scene);
    expect(await answer(scene, B1)).toEqual(['DUE_DATE_UNCHANGED']);
    scene.at('2026-06-10T10:00');
    expect(await answer(scene, { barcodes: ['B1', 'b1'] })).toEqual(['B1 2026-06-17T20:00', 'DUE_DATE_UNCHANGED']);
    expect(await database.sql("select id from events where kind = 'loan-renewed'")).toHaveLength(1);
  });

  it('REN-04 on the due day until the closing hour', async ({ scene }) => {
    await lent(scene);
    scene.at('2026-06-15T20:01');
    expect(await answer(scene, B1)).toEqual(['AFTER_CLOSING']);
    scene.at('2026-06-15T20:00');
    expect(await answer(scene, B1)).toEqual(['B1 2026-06-22T20:00']);
  });

  it('REN-08 what is not on loan, and what is unknown', async ({ scene }) => {
    await scene.items(BUC);
    expect(await answer(scene, { barcodes: ['B1', 'NOPE'] })).toEqual(['not-on-loan', 'unknown']);
    expect(await scene.act(renew, { patron: 'NOBODY' })).toEqual({ kind: 'unknown', what: 'PATRON', key: 'NOBODY' });
  });

  it('CAL-03 a library that never opens again: nothing is renewed, and the answer names it', async ({
    scene,
    database,
  }) => {
    await lent(scene);
    await scene.items({ barcode: 'B2', location: 'med/SALLE' });
    await scene.lend('P1', 'B2');
    await scene.load(withLibrary('buc', { closures: [{ from: '2026-06-16', to: '2029-06-01' }] }));
    scene.at('2026-06-10T10:00');
    expect(await scene.act(renew, { barcodes: ['B2', 'B1'] })).toMatchObject({
      kind: 'invalid',
      path: 'libraries.buc',
      problem: 'no-open-day',
    });
    expect(await database.sql("select id from events where kind = 'loan-renewed'")).toEqual([]);
  });
});

/** Somebody of every rank at the desk of `sci`, whose limited operators override like operators. */
const ranksOf = async (scene: Scene) => ({
  operator: scene.bib,
  manager: await scene.staff('head', 'manager'),
});

const stopping = network({ blockTypes: [{ code: 'MANUAL', stops: ['loan', 'renewal'] }] });
/** A row that renews nothing, but would leave room for it. */
const notRenewable = network({ loanRules: [{ period: days(14), max: days(21), renewable: false }] });

type Case = {
  readonly code: RenewalRefusal;
  /** What it takes to set it aside (REN-06). */
  readonly by: 'operator' | 'manager' | 'nobody';
  /** What comes with it. */
  readonly also?: readonly RenewalRefusal[];
  /** When it is asked: 10 June, unless … */
  readonly at?: string;
  /** Brings it about for B1, lent to P1. */
  readonly set: (desk: AtTheDesk) => Promise<unknown>;
};

const CASES: readonly Case[] = [
  {
    code: 'PATRON_NO_ROLE',
    by: 'manager',
    set: async ({ database }) => database.sql("update patrons set group_code = 'PEB'"),
  },
  {
    code: 'PATRON_INACTIVE',
    by: 'manager',
    set: async ({ database }) => database.sql("update patrons set status = 'inactive'"),
  },
  {
    code: 'PATRON_EXPIRED',
    by: 'manager',
    also: ['EXPIRES_BEFORE_RENEWAL'],
    set: async ({ database }) => database.sql("update patrons set expiry_day = '2026-06-09'"),
  },
  {
    code: 'PATRON_BLOCKED',
    by: 'manager',
    set: async ({ scene, database }) => {
      await scene.load(stopping);
      await database.sql("insert into patron_blocks (patron_id, type, created_at) values (1, 'MANUAL', 0)");
    },
  },
  {
    code: 'PATRON_OVERDUE',
    by: 'operator',
    set: async ({ scene }) => {
      await scene.items({ barcode: 'LATE', policy: 'P48NN' });
      await scene.lend('P1', 'LATE');
    },
  },
  { code: 'NOT_RENEWABLE', by: 'operator', set: async ({ scene }) => scene.load(notRenewable) },
  {
    code: 'RECALLED',
    by: 'manager',
    set: async ({ scene, requests }) => requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' }),
  },
  {
    code: 'RENEWAL_PERIOD_EXCEEDED',
    by: 'nobody',
    also: ['DUE_DATE_UNCHANGED'],
    set: async ({ database }) => database.sql(`update loans set due_at = ${local('2026-06-23T20:00')}`),
  },
  { code: 'AFTER_CLOSING', by: 'operator', at: '2026-06-15T20:01', set: async () => undefined },
  {
    code: 'EXPIRES_BEFORE_RENEWAL',
    by: 'manager',
    set: async ({ database }) => database.sql("update patrons set expiry_day = '2026-06-16'"),
  },
  {
    code: 'REQUEST_CONFLICT',
    by: 'manager',
    // Nothing has been recalled for it yet: it was placed before anybody decided who fills requests.
    set: async ({ scene, requests, database }) => {
      await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
      await database.sql(UNPLANNED);
    },
  },
  { code: 'DUE_DATE_UNCHANGED', by: 'nobody', at: '2026-06-06T10:00', set: async () => undefined },
];

/** Requests as a database of before has them: nobody has decided yet who fills them. */
const UNPLANNED =
  'update requests set task = null, planned_item_id = null, recalled_loan_id = null; update loans set recalled = false';

onBothDatabases('what stands against a renewal', (it) => {
  it('REN-05 every code there is, in its order', () => {
    expect(CASES.map((one) => one.code)).toEqual(RENEWAL_REFUSALS);
  });

  it.for(CASES)(
    'REN-05 REN-06 BLK-06 $code, overridden by: $by',
    async ({ code, by, also = [], at = '2026-06-10T10:00', set }, { scene, database, requests }) => {
      await lent(scene);
      await set({ scene, database, requests });
      scene.at(at);
      const reasons = [code, ...also];
      const { operator, manager } = await ranksOf(scene);
      const refused = async (seat: Seat, override = false) =>
        scene.act(renew, { ...B1, ...(override ? { override: { codes: [code], reason: 'exam' } } : {}) }, seat);
      const due = local('2026-06-15T20:00');
      const line = { kind: 'not-renewed', refusals: reasons, ...(code === 'RENEWAL_PERIOD_EXCEEDED' ? {} : { due }) };
      expect(await refused(operator)).toMatchObject({ lines: [{ ...line, mayOverride: by === 'operator' }] });
      expect(await refused(manager)).toMatchObject({ lines: [{ ...line, mayOverride: by !== 'nobody' }] });

      if (by !== 'operator') expect(await refused(operator, true)).toMatchObject({ lines: [line] });
      if (by === 'nobody') expect(await refused(manager, true)).toMatchObject({ lines: [line] });
      expect(await recordedOverrides(database)).toEqual([]);
      if (by === 'nobody') return;

      const seat = by === 'operator' ? operator : manager;
      const [barcode, day] = ['B1', code === 'AFTER_CLOSING' ? '2026-06-22' : '2026-06-17'];
      expect(await answer(scene, { barcodes: [barcode], override: { codes: [code], reason: 'exam' } }, seat)).toEqual([
        `B1 ${day}T20:00`,
      ]);
      const recorded = await recordedOverrides(database);
      expect(recorded.map((one) => one.code).toSorted()).toEqual(reasons.toSorted());
      expect(recorded[0]).toMatchObject({
        reason: 'exam',
        automatic: false,
        staff: seat.staff.name,
        desk: 'sci/PRET',
        patronId: 1,
        at: local(at),
      });
    },
  );

  it('REN-05 all at once, in the public order', async ({ scene, database, requests }) => {
    await lent(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
    await requests.place({ patron: await scene.patron({ id: 'P3' }), barcode: 'B1' });
    await database.sql(
      "update patrons set status = 'inactive', expiry_day = '2026-06-10' where id = 1; update loans set recalled = true",
    );
    scene.at('2026-06-17T10:00');
    expect(await answer(scene, B1)).toEqual([
      'PATRON_INACTIVE PATRON_EXPIRED PATRON_OVERDUE RECALLED AFTER_CLOSING EXPIRES_BEFORE_RENEWAL REQUEST_CONFLICT',
    ]);
  });

  it('REN-05 no conflict where a copy is recalled for each request that waits', async ({
    scene,
    database,
    requests,
  }) => {
    await lent(scene);
    await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'COPY', title: 'Title B1', location: 'buc/SALLE' });
    await scene.lend('P2', 'COPY');
    await requests.place({ patron: await scene.patron({ id: 'P3' }), barcode: 'B1' });
    scene.at('2026-06-10T10:00');
    expect(await answer(scene, { barcodes: ['COPY', 'B1'] })).toEqual(['COPY 2026-06-17T20:00', 'RECALLED']);
    await database.sql(UNPLANNED);
    expect(await answer(scene, { barcodes: ['B1'] })).toEqual(['REQUEST_CONFLICT']);
  });

  it('REN-05 a request for one volume is no reason against another', async ({ scene, requests }) => {
    await scene.patron({ id: 'P1' });
    const volumes = ['V1', 'V2'].map((barcode) => ({
      barcode,
      title: 'Work',
      description: barcode,
      location: 'buc/SALLE',
    }));
    await scene.items(...volumes);
    for (const { barcode } of volumes) await scene.lend('P1', barcode);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'V1', ofItem: true });
    scene.at('2026-06-10T10:00');
    expect(await answer(scene, { barcodes: ['V1', 'V2'] })).toEqual(['RECALLED', 'V2 2026-06-17T20:00']);
  });

  it('REN-06 a recalled loan that a manager renews stays recalled', async ({ scene, requests }) => {
    await lent(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
    scene.at('2026-06-10T10:00');
    const manager = await scene.staff('head', 'manager');
    expect(await scene.act(renew, despite('RECALLED'), manager)).toMatchObject({
      lines: [{ kind: 'renewed', status: 'Recalled' }],
    });
  });

  it('REN-06 AFTER_CLOSING passes with what an operator overrides, the others only with a manager', async ({
    scene,
    requests,
    database,
  }) => {
    await lent(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
    await database.sql(UNPLANNED);
    scene.at('2026-06-16T10:00');
    expect(await answer(scene, B1)).toEqual(['PATRON_OVERDUE AFTER_CLOSING REQUEST_CONFLICT']);
    expect(await answer(scene, despite('PATRON_OVERDUE'))).toEqual(['REQUEST_CONFLICT']);
    const manager = await scene.staff('head', 'manager');
    expect(await answer(scene, despite('PATRON_OVERDUE'), manager)).toEqual(['B1 2026-06-22T20:00']);
  });

  it('BLK-05 limited operators override like operators, but nothing patron-level where the library says no', async ({
    scene,
  }) => {
    await lent(scene);
    await scene.load(notRenewable);
    const helper = await scene.staff('mon', 'limited-operator');
    scene.at('2026-06-16T10:00');
    const atBuc = seatAt(helper, 'buc/PRET');
    expect(await answer(scene, { ...B1, override: { codes: 'all' } }, atBuc)).toEqual(['PATRON_OVERDUE']);
    expect(await answer(scene, { ...B1, override: { codes: 'all' } }, helper)).toEqual(['B1 2026-06-22T20:00']);
  });

  it('BLK-02 levels are data, per library of the desk; what is handled automatically is recorded as such', async ({
    scene,
    database,
    requests,
  }) => {
    await lent(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1' });
    const overrides = [
      { code: 'RECALLED', by: 'operator' as const },
      { code: 'NOT_RENEWABLE', by: 'automatic' as const, library: ['sci'] },
      { code: 'NOT_RENEWABLE', by: 'nobody' as const },
    ];
    await scene.load({ ...notRenewable, overrides });
    scene.at('2026-06-10T10:00');
    expect(await answer(scene, { ...B1, override: { codes: 'all' } }, seatAt(scene.bib, 'buc/PRET'))).toEqual([
      'NOT_RENEWABLE',
    ]);
    expect(await answer(scene, despite('RECALLED'))).toEqual(['B1 2026-06-17T20:00']);
    const recorded = await recordedOverrides(database);
    expect(recorded.map(({ code, automatic }) => `${code} ${automatic}`).toSorted()).toEqual([
      'NOT_RENEWABLE true',
      'RECALLED false',
    ]);
  });

  it('REN-07 renewals are judged by the rules of their own day', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'buc/ETE' });
    scene.at('2026-08-31T10:00');
    expect(await scene.lend('P1', 'B1')).toMatchObject({ due: local('2026-09-15T20:00') });
    expect(await answer(scene, B1)).toEqual(['NOT_RENEWABLE RENEWAL_PERIOD_EXCEEDED DUE_DATE_UNCHANGED']);
    scene.at('2026-09-10T10:00');
    expect(await answer(scene, B1)).toEqual(['B1 2026-09-17T20:00']);
  });
});

onBothDatabases('renewing several loans', (it) => {
  /** P1 has, in the order in which they fall due: LATE (3 June), S1 (22 June) and M1 (21 June at `med`), on 1 June. */
  async function three(scene: Scene): Promise<number> {
    const id = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'S1' }, { barcode: 'M1', location: 'med/SALLE' }, { barcode: 'N1', policy: 'P48NN' });
    for (const barcode of ['S1', 'M1', 'N1']) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
    return id;
  }

  it('REN-08 all of a patron: each line answers for itself, the soonest due first', async ({ scene }) => {
    await three(scene);
    scene.at('2026-06-03T10:00');
    expect(await answer(scene, { patron: 'P1' })).toEqual([
      'NOT_RENEWABLE DUE_DATE_UNCHANGED',
      'M1 2026-06-23T18:00',
      'DUE_DATE_UNCHANGED',
    ]);
  });

  it('REN-08 the selected ones, in the order in which they were selected; the others stay', async ({ scene }) => {
    const patron = await three(scene);
    scene.at('2026-06-18T10:00');
    await scene.giveBack('N1');
    expect(await answer(scene, { patron, barcodes: ['S1', 'M1'] })).toEqual([
      'S1 2026-06-25T19:00',
      'M1 2026-07-08T18:00',
    ]);
  });

  it('REN-08 the list is sorted anew: what was renewed goes down', async ({ scene }) => {
    const patron = await three(scene);
    const order = async () => {
      const list = await scene.act(listLoans, { patron, order: 'due', window: { offset: 0, limit: 9 } });
      return list.kind === 'loans' ? list.lines.map((one) => `${one.barcode} ${one.status}`) : [];
    };
    scene.at('2026-06-03T10:00');
    expect(await order()).toEqual(['N1 Normal', 'M1 Normal', 'S1 Normal']);
    await scene.act(renew, { patron });
    expect(await order()).toEqual(['N1 Normal', 'S1 Normal', 'M1 Renewed']);
  });

  it('REN-08 PATRON_OVERDUE once overridden for the late loan stands against none of the others', async ({
    scene,
    database,
  }) => {
    await scene.load(network({ loanRules: [{ library: ['buc'], period: days(14), max: days(28) }, ...loanRules] }));
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'LATE', location: 'buc/SALLE' }, { barcode: 'S1' });
    await scene.lend('P1', 'LATE');
    await scene.lend('P1', 'S1');
    scene.at('2026-06-17T10:00');
    expect(await answer(scene, { patron: 'P1' })).toEqual(['PATRON_OVERDUE AFTER_CLOSING', 'PATRON_OVERDUE']);
    const override = { codes: ['PATRON_OVERDUE' as const] };
    expect(await answer(scene, { patron: 'P1', override })).toEqual(['LATE 2026-06-29T20:00', 'S1 2026-06-24T19:00']);
    expect((await recordedOverrides(database)).map((one) => one.code).toSorted()).toEqual([
      'AFTER_CLOSING',
      'PATRON_OVERDUE',
    ]);
  });

  it('REN-08 nothing on loan: no line', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    expect(await answer(scene, { patron: 'P1' })).toEqual([]);
  });

  it('REN-08 the loans of several patrons at once', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2', expiry: '2026-06-20' });
    await scene.items({ barcode: 'A', location: 'med/SALLE' }, { barcode: 'B', location: 'med/SALLE' });
    await scene.lend('P1', 'A');
    await scene.lend('P2', 'B', { expiry: 'keep' });
    scene.at('2026-06-05T10:00');
    expect(await answer(scene, { barcodes: ['A', 'B'] })).toEqual(['A 2026-06-25T18:00', 'EXPIRES_BEFORE_RENEWAL']);
  });
});
