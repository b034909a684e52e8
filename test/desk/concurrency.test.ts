import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadNetwork } from '../../source/desk/networks.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { blockCodes, requestsOf } from '../support/desk.ts';
import { commandLine, seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network, smallNetwork } from '../support/network.ts';
import { startDesk } from '../support/other-desk.ts';
import type { OtherDesk } from '../support/other-desk.ts';

/** `B001`, `B002` … */
const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, one) => `${letter}${String(one + 1).padStart(3, '0')}`);

describe.each(databases)('two desks in two processes at the same instant on $name', ({ create, createEmpty }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desks: readonly [OtherDesk, OtherDesk];
  let seats: readonly [Seat, Seat];

  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house);
    seats = [scene.bib, seatAt(await scene.staff('eve', 'operator'), 'med/PRET')];
    desks = [await startDesk(database.url), await startDesk(database.url)];
  });
  afterEach(async () => {
    expect(await database.house.check()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all(desks.map(async (desk) => desk.stop()));
    await database.drop();
  });

  /** Both do something at once; their answers. */
  const both = async <One, Other>(
    one: (desk: OtherDesk, now: number, seat: Seat) => Promise<One>,
    other: (desk: OtherDesk, now: number, seat: Seat) => Promise<Other>,
  ): Promise<[One, Other]> =>
    Promise.all([one(desks[0], scene.now(), seats[0]), other(desks[1], scene.now(), seats[1])]);

  it('REL-02 lend one item to two patrons, 200 times: one lent, one blocked ON_LOAN_TO_OTHER', async () => {
    await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    const barcodes = numbered('B', 200);
    await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'med/SALLE' })));
    const answers: string[] = [];
    for (const barcode of barcodes) {
      const pair = await both(
        async (desk, now, seat) => desk.lend(now, seat, { patron: 'P1', barcode }),
        async (desk, now, seat) => desk.lend(now, seat, { patron: 'P2', barcode }),
      );
      answers.push(
        pair
          .map((one) => [one.kind, ...blockCodes(one)].join(' '))
          .toSorted()
          .join(', '),
      );
    }
    expect([...new Set(answers)]).toEqual(['blocked ON_LOAN_TO_OTHER, lent']);
    const [open] = await database.sql<{ n: unknown }>('select count(*) as n from loans where returned_at is null');
    expect(Number(open?.n)).toBe(200);
  });

  it('REL-02 LOAN-05 lend the last two items under a limit to one patron: never over the limit', async () => {
    const patrons = numbered('L', 20);
    const answers: string[] = [];
    for (const id of patrons) {
      await scene.patron({ id });
      await scene.items(...['a', 'b', 'c'].map((copy) => ({ barcode: `D-${id}-${copy}`, material: 'DVD' })));
      expect(await scene.lend(id, `D-${id}-a`)).toMatchObject({ kind: 'lent' });
      const pair = await both(
        async (desk, now, seat) => desk.lend(now, seat, { patron: id, barcode: `D-${id}-b` }),
        async (desk, now, seat) => desk.lend(now, seat, { patron: id, barcode: `D-${id}-c` }),
      );
      answers.push(
        pair
          .map((one) => [one.kind, ...blockCodes(one)].join(' '))
          .toSorted()
          .join(', '),
      );
    }
    expect([...new Set(answers)]).toEqual(['blocked LOAN_LIMIT, lent']);
    const over = await database.sql(
      "select patron_id from loans where material = 'DVD' and returned_at is null group by patron_id having count(*) <> 2",
    );
    expect(over).toEqual([]);
  });

  it('REL-02 LOAN-08 lend two copies of a title to one patron: one only', async () => {
    const answers: string[] = [];
    for (const id of numbered('S', 20)) {
      await scene.patron({ id });
      await scene.items(...['a', 'b'].map((copy) => ({ barcode: `${id}-${copy}`, title: `Same ${id}` })));
      const pair = await both(
        async (desk, now, seat) => desk.lend(now, seat, { patron: id, barcode: `${id}-a` }),
        async (desk, now, seat) => desk.lend(now, seat, { patron: id, barcode: `${id}-b` }),
      );
      answers.push(
        pair
          .map((one) => [one.kind, ...blockCodes(one)].join(' '))
          .toSorted()
          .join(', '),
      );
    }
    expect([...new Set(answers)]).toEqual(['blocked SAME_TITLE, lent']);
  });

  it('REL-02 PEN-02 return one late item: one return, one penalty', async () => {
    await scene.patron({ id: 'R1' });
    const barcodes = numbered('R', 20);
    await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'med/SALLE' })));
    for (const barcode of barcodes) expect(await scene.lend('R1', barcode)).toMatchObject({ kind: 'lent' });
    scene.at('2026-07-01T10:00');
    const answers: string[] = [];
    for (const barcode of barcodes) {
      const pair = await both(
        async (desk, now, seat) => desk.giveBack(now, seat, { barcode }),
        async (desk, now, seat) => desk.giveBack(now, seat, { barcode }),
      );
      answers.push(
        pair
          .map((one) => one.kind)
          .toSorted()
          .join(', '),
      );
    }
    expect([...new Set(answers)]).toEqual(['not-on-loan, returned']);
    const [blocks] = await database.sql<{ n: unknown }>('select count(*) as n from patron_blocks');
    expect(Number(blocks?.n)).toBe(20);
    scene.at('2026-06-01T10:00');
  });

  it('REL-02 BLK-07 one returns what the other lends on: lent, or blocked and told why', async () => {
    await scene.patron({ id: 'T1' });
    await scene.patron({ id: 'T2' });
    const barcodes = numbered('T', 20);
    await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'med/SALLE' })));
    for (const barcode of barcodes) {
      expect(await scene.lend('T1', barcode)).toMatchObject({ kind: 'lent' });
      const [returned, lent] = await both(
        async (desk, now, seat) => desk.giveBack(now, seatAt(seat, 'med/PRET'), { barcode }),
        async (desk, now, seat) => desk.lend(now, seat, { patron: 'T2', barcode }),
      );
      expect(returned.kind).toBe('returned');
      expect(['lent', 'blocked ON_LOAN_TO_OTHER']).toContain([lent.kind, ...blockCodes(lent)].join(' '));
    }
  });

  it('REL-02 two copies of a title come back while one request waits: one fills it', async () => {
    const requests = requestsOf(database, scene);
    const answers: string[] = [];
    for (const id of numbered('Q', 20)) {
      const patron = await scene.patron({ id });
      await scene.items(
        ...['a', 'b'].map((copy) => ({ barcode: `${id}-${copy}`, title: `Wanted ${id}`, location: 'med/SALLE' })),
      );
      await requests.place({ patron, barcode: `${id}-a`, pickup: 'med' });
      const pair = await both(
        async (desk, now, seat) => desk.giveBack(now, seatAt(seat, 'med/PRET'), { barcode: `${id}-a` }),
        async (desk, now, seat) => desk.giveBack(now, seatAt(seat, 'med/PRET'), { barcode: `${id}-b` }),
      );
      answers.push(
        pair
          .map((one) => ('next' in one ? one.next : one.kind))
          .toSorted()
          .join(', '),
      );
    }
    expect([...new Set(answers)]).toEqual(['hold-shelf, reshelve']);
  });

  it('REL-02 HOLD-05 a copy comes back for a request while another is lent to its requester', async () => {
    const requests = requestsOf(database, scene);
    for (const id of numbered('H', 20)) {
      const patron = await scene.patron({ id });
      await scene.items(
        ...['a', 'b'].map((copy) => ({ barcode: `${id}-${copy}`, title: `Held ${id}`, location: 'med/SALLE' })),
      );
      const request = await requests.place({ patron, barcode: `${id}-a`, pickup: 'med' });
      const [back, lent] = await both(
        async (desk, now, seat) => desk.giveBack(now, seatAt(seat, 'med/PRET'), { barcode: `${id}-a` }),
        async (desk, now, seat) => desk.lend(now, seat, { patron: id, barcode: `${id}-b` }),
      );
      expect([back.kind, lent.kind]).toEqual(['not-on-loan', 'lent']);
      expect(await requests.state(request)).toEqual({ state: 'FILLED', assigned: null });
    }
  });

  it('REL-02 SCAN-05 scan one foreign item in, each on another desk: one journey, and one stop on it', async () => {
    const barcodes = numbered('X', 20);
    await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'buc/SALLE' })));
    const next: string[] = [];
    for (const barcode of barcodes) {
      const pair = await both(
        async (desk, now, seat) => desk.scanIn(now, seat, { barcode }),
        async (desk, now, seat) => desk.scanIn(now, seat, { barcode }),
      );
      next.push(...pair.map((one) => (one.kind === 'scanned' ? `${one.next} ${one.destination}` : one.kind)));
    }
    expect([...new Set(next)]).toEqual(['transit buc']);
    const [journeys] = await database.sql<{ n: unknown; stops: unknown }>(
      `select count(*) as n, (select count(*) from transit_stops) as stops from transits x join items i on i.id = x.item_id
       where i.barcode like 'X%' and x.to_library = 'buc'`,
    );
    expect([Number(journeys?.n), Number(journeys?.stops)]).toEqual([20, 20]);
  });

  it('REL-02 RET-03 one returns what the other scans in: one return, one journey', async () => {
    await scene.patron({ id: 'Y1' });
    const barcodes = numbered('Y', 20);
    await scene.items(...barcodes.map((barcode) => ({ barcode, location: 'buc/SALLE' })));
    for (const barcode of barcodes) {
      expect(await scene.lend('Y1', barcode)).toMatchObject({ kind: 'lent' });
      const [back, scanned] = await both(
        async (desk, now, seat) => desk.giveBack(now, seat, { barcode }),
        async (desk, now, seat) => desk.scanIn(now, seat, { barcode }),
      );
      expect(back).toMatchObject({ kind: 'returned', next: 'transit', destination: 'buc' });
      expect(['on-loan', 'scanned']).toContain(scanned.kind);
    }
    const [journeys] = await database.sql<{ n: unknown }>(
      "select count(*) as n from transits x join items i on i.id = x.item_id where i.barcode like 'Y%'",
    );
    expect(Number(journeys?.n)).toBe(20);
  });

  it('REL-02 CONF-01 load the same network: one new version', async () => {
    const next = network({ limits: [{ library: ['sci'], max: 99 }] });
    const pair = await both(
      async (desk, now) => desk.load(now, commandLine, next),
      async (desk, now) => desk.load(now, commandLine, next),
    );
    expect(pair.map((one) => String(one.kind === 'loaded' && one.changed)).toSorted()).toEqual(['false', 'true']);
    expect((await database.sql('select version from network_versions')).length).toBe(2);
    expect(await scene.act(loadNetwork, { network: smallNetwork, difference: [] }, commandLine)).toMatchObject({
      changed: true,
    });
  });

  it('REL-10 DESK-03 bring an empty database up to date and make its first administrator: one does it, the other finds it done', async () => {
    const fresh = await createEmpty();
    const pair = [await startDesk(fresh.url), await startDesk(fresh.url)];
    const done = await Promise.all(pair.map(async (desk) => desk.migrate(0, commandLine)));
    expect(done.filter((steps) => steps.length > 0).length).toBe(1);
    expect(await fresh.house.status()).toMatchObject({ pending: [] });
    const nobody = { staff: NOBODY, place: null };
    const made = await Promise.all(
      pair.map(async (desk, one) =>
        desk.addFirstAdministrator(0, nobody, { name: `chief${one}`, password: 'Rangueil-31!' }),
      ),
    );
    expect(made.map((one) => one.kind).toSorted()).toEqual(['added', 'not-permitted']);
    expect((await fresh.sql('select name from staff')).length).toBe(1);
    await Promise.all(pair.map(async (desk) => desk.stop()));
    await fresh.drop();
  });
});
