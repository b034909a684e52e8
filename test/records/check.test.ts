import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanIn } from '../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import { INVARIANTS, invariantSql } from '../../source/records/check.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { requestsOf } from '../support/desk.ts';
import { seatAt, setScene } from '../support/house.ts';

/**
 * How each invariant is broken by hand, and what the check then names. What the schema itself forbids is first taken out of
 * it, by kind of database. The house: B1 is on loan (loan 1) to P1, B2 on the shelf for P2 (request 1), B3 on its way
 * home, B4 on its way to a requester (request 2), B5 came back late (loan 2, block 1), B6 is in place, B7 is being treated
 * (order 1), B8 on its way to be treated (order 2), B9 is on loan (loan 3) and recalled for P2 (request 3), B10 is in place
 * and to be picked for P2 (request 4).
 */
type Case = { readonly by: readonly string[]; readonly names: readonly string[] };
const withoutChecks = (table: string, name: string) => [
  `sqlite: pragma ignore_check_constraints = on`,
  `postgres: alter table ${table} drop constraint ${name}`,
];

const CASES: Readonly<Record<string, Case>> = {
  'one-open-loan-per-item': {
    by: [
      'drop index loans_one_open_per_item',
      'update loans set returned_at = null, item_id = 1, title_id = 1 where id = 2',
    ],
    names: ['B1'],
  },
  'item-on-loan-has-process-loan': { by: ["update items set process = 'MISSING' where barcode = 'B1'"], names: ['B1'] },
  'process-loan-has-open-loan': { by: ["update items set process = 'LOAN' where barcode = 'B6'"], names: ['B6'] },
  'lost-loan-agrees': { by: ["update items set process = 'LOST_LOAN' where barcode = 'B1'"], names: ['B1'] },
  'process-transit-has-open-transit': {
    by: ["update items set process = 'TRANSIT' where barcode = 'B6'"],
    names: ['B6'],
  },
  'process-holdshelf-has-request': { by: ["update items set process = null where barcode = 'B2'"], names: ['B2'] },
  'queue-positions-without-gaps': {
    by: ['update requests set queue_position = 2 where id = 4'],
    names: ['10'],
  },
  'closed-request-is-in-no-queue': {
    by: ["update requests set state = 'FILLED', closed_at = 1 where id = 4"],
    names: ['4'],
  },
  'request-on-its-way-or-held-has-item': {
    by: ['update requests set assigned_item_id = 6 where id = 4'],
    names: ['4'],
  },
  'one-item-serves-one-request': { by: ['update requests set planned_item_id = 2 where id = 4'], names: ['B2'] },
  'not-in-transit-and-on-a-shelf': {
    by: ["update requests set state = 'ON_SHELF', held_until = '2026-06-10' where id = 2"],
    names: ['B4'],
  },
  'held-item-stands-at-its-pickup-library': {
    by: ["update items set at_library = 'buc' where barcode = 'B2'"],
    names: ['B2'],
  },
  'recalled-loan-has-request': { by: ['update loans set recalled = true where id = 1'], names: ['B1'] },
  'recall-has-recalled-loan': { by: ['update loans set recalled = false where id = 3'], names: ['3'] },
  'pick-stands-where-it-is-asked': {
    by: ["update items set process = 'MISSING' where barcode = 'B10'"],
    names: ['4'],
  },
  'nothing-waits-for-what-stands-still': { by: ["update requests set task = 'wait' where id = 4"], names: ['4'] },
  'request-is-for-an-item-of-its-title': { by: ['update requests set planned_item_id = 6 where id = 4'], names: ['4'] },
  'request-in-transit-has-transit': {
    by: ["update transits set ended_at = since where to_library = 'med'"],
    names: ['2'],
  },
  'one-open-transit-per-item': {
    by: [
      'drop index transits_one_open_per_item',
      "update transits set item_id = (select id from items where barcode = 'B3') where to_library = 'med'",
    ],
    names: ['B3'],
  },
  'one-open-work-order-per-item': {
    by: ['drop index work_orders_one_open_per_item', 'update work_orders set item_id = 7'],
    names: ['B7'],
  },
  'item-to-be-treated-is-not-in-place': { by: ["update items set process = null where barcode = 'B7'"], names: ['B7'] },
  'item-in-treatment-has-order': { by: ['update work_orders set received_at = null where id = 1'], names: ['B7'] },
  'transit-to-treatment-has-order': { by: ['update work_orders set closed_at = 1 where id = 2'], names: ['B8'] },
  'no-late-return-block-without-return': { by: ['update patron_blocks set loan_id = 1'], names: ['1'] },
  'open-loan-has-patron': { by: ['update loans set patron_id = null where id = 1'], names: ['1'] },
  'due-after-loan': {
    by: [...withoutChecks('loans', 'loans_due_after_loan'), 'update loans set due_at = loaned_at where id = 1'],
    names: ['1'],
  },
  'open-loan-agrees-with-item': { by: ["update loans set library = 'med' where id = 1"], names: ['B1'] },
  // The audit refuses to be rewritten (REL-09): its guard has to go first.
  'loan-has-event': {
    by: [
      'sqlite: drop trigger events_stay',
      'postgres: drop trigger events_stay on events',
      "delete from events where kind = 'item-lent' and loan_id = 1",
    ],
    names: ['1'],
  },
  'notice-of-open-loan-has-its-letter': {
    by: [
      "insert into notices (loan_id, kind, due_day, night, outcome) values (1, 'courtesy', '2026-06-22', '2026-06-19', 'letter')",
    ],
    names: ['1'],
  },
  'billed-loan-is-lost': {
    by: [
      "insert into letters (kind, cause, language, facts, created_at) values ('lost-item-bill', 'bill', 'fr', '{}', 1)",
      "insert into notices (loan_id, kind, due_day, night, outcome, letter_id) select 1, kind, '2026-06-22', '2026-07-19', 'letter', id from letters where cause = 'bill'",
    ],
    names: ['1'],
  },
  'anonymous-loan-is-nobodys': { by: ['update loans set patron_id = null where id = 2'], names: ['2'] },
  'offline-line-agrees-with-loan': {
    by: [
      "insert into offline_uploads (id, file, digest, desk, started_at, lines) values (1, 'f', 'd', 'sci/PRET', 1, 1)",
      "insert into offline_lines (id, upload_id, number, key, raw, kept_from, state, item_id, loan_id) values (1, 1, 1, 'k', 'x', 1, 'applied', 2, 1)",
    ],
    names: ['1'],
  },
  'offline-line-of-anonymous-loan-is-nobodys': {
    by: [
      "insert into offline_uploads (id, file, digest, desk, started_at, lines) values (1, 'f', 'd', 'sci/PRET', 1, 1)",
      "insert into offline_lines (id, upload_id, number, key, raw, kept_from, state, item_id, loan_id) values (1, 1, 1, 'k', 'x', 1, 'applied', 5, 2)",
      'update loans set patron_id = null where id = 2',
    ],
    names: ['1'],
  },
  'offline-upload-counts-its-lines': {
    by: [
      "insert into offline_uploads (id, file, digest, desk, started_at, lines) values (1, 'f', 'd', 'sci/PRET', 1, 1)",
      'update offline_uploads set ended_at = 2',
    ],
    names: ['1'],
  },
  'item-hangs-on-its-title': {
    by: ["update items set holding_id = (select holding_id from items where barcode = 'B5') where barcode = 'B6'"],
    names: ['B6'],
  },
  'holding-has-title': { by: ["update titles set deleted_at = 1, match_key = '' where id = 6"], names: ['6'] },
  'title-can-be-found': {
    by: [
      'sqlite: delete from title_words where rowid = 6',
      'postgres: delete from title_words where title_id = 6',
      'sqlite: delete from title_fields where rowid = 5',
      'postgres: delete from title_fields where title_id = 5',
    ],
    names: ['5', '6'],
  },
  'deleted-title-cannot-be-found': {
    by: ['update titles set deleted_at = 1 where id = 6'],
    names: ['6'],
  },
  'patron-has-identifier': { by: ['delete from patron_identifiers where patron_id = 1'], names: ['1'] },
};

/** The statements of a case for a kind of database. */
function statementsOf({ by }: Case, kind: 'sqlite' | 'postgres'): string[] {
  return by.flatMap((one) => {
    const [, only, statement] = /^(sqlite|postgres): (.*)$/.exec(one) ?? [];
    if (statement === undefined) return [one];
    return only === kind ? [statement] : [];
  });
}

describe.each(databases)('the check of the data on $name', ({ create }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
    const scene = await setScene(database.house);
    const requests = requestsOf(database, scene);
    await scene.patron({ id: 'P1' });
    const requester = await scene.patron({ id: 'P2' });
    const barcodes = ['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10'];
    await scene.items(
      ...barcodes.map((barcode) => ({ barcode, location: barcode === 'B3' ? 'buc/SALLE' : 'sci/63S' })),
    );
    for (const barcode of ['B1', 'B5', 'B9']) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
    await requests.place({ patron: requester, barcode: 'B2' });
    await requests.place({ patron: requester, barcode: 'B4', pickup: 'med' });
    for (const barcode of ['B9', 'B10']) await requests.place({ patron: requester, barcode });
    for (const barcode of ['B2', 'B3', 'B4'])
      expect(await scene.giveBack(barcode)).toMatchObject({ kind: 'not-on-loan' });
    for (const barcode of ['B7', 'B8'])
      expect(await scene.act(placeWorkOrder, { barcode })).toMatchObject({ kind: 'placed' });
    const department = seatAt(scene.bib, 'sci/ACQ', 'department');
    expect(await scene.act(scanIn, { barcode: 'B7' }, department)).toMatchObject({ received: true });
    scene.at('2026-07-10T10:00');
    expect(await scene.giveBack('B5')).toMatchObject({ kind: 'returned', blockedUntil: '2026-07-25' });
  });
  afterAll(async () => {
    await database.drop();
  });

  it('REL-01 every invariant has its way to be broken', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(Object.keys(INVARIANTS).toSorted());
  });

  it('REL-01 a house in order breaks none', async () => {
    expect(await database.house.check()).toEqual([]);
  });

  it.each(Object.entries(CASES))('REL-01 finds %s broken, and which records break it', async (invariant, one) => {
    const { house, sql } = database;
    // Never committed: the next case finds the house in order again.
    const broken = ['begin', ...statementsOf(one, house.kind), invariantSql(invariant, house.kind)];
    expect(await sql(broken.join('; '))).toEqual(one.names.map((record) => ({ record })));
    expect(await house.check()).toEqual([]);
  });

  it('REL-01 names every invariant that is broken, with its records', async () => {
    await database.sql("update items set process = 'MISSING' where barcode = 'B1'");
    await database.sql('delete from patron_identifiers where patron_id in (1, 2)');
    expect(await database.house.check()).toEqual([
      { invariant: 'item-on-loan-has-process-loan', records: ['B1'] },
      { invariant: 'patron-has-identifier', records: ['1', '2'] },
    ]);
  });
});

describe.each(databases)('what the schema of $name forbids', ({ create }) => {
  it.each([
    [
      'a second open loan of an item',
      'insert into loans (item_id, title_id, patron_id, library, location, material, described, loaned_at, loaned_desk, loaned_by, due_at, late_from, network_version) select item_id, title_id, patron_id, library, location, material, described, loaned_at, loaned_desk, loaned_by, due_at, late_from, network_version from loans',
    ],
    ['a loan due before it was made', 'update loans set due_at = loaned_at - 1'],
    ['a loan returned before it was made', 'update loans set returned_at = loaned_at - 1'],
    ['a process that there is not', "update items set process = 'GONE'"],
    ['a loan of nothing', 'update loans set item_id = 99'],
    [
      'the same identifier twice, whatever its case',
      "insert into patron_identifiers (patron_id, type, value, value_key) values (1, 'UNR', 'p1', 'P1')",
    ],
    ['the same barcode twice', "update items set barcode_key = 'B2'"],
    [
      'a late-return block without an end',
      "insert into patron_blocks (patron_id, type, created_at) values (1, 'LATE_RETURN', 0)",
    ],
    ['a request on a shelf without its item', "update requests set state = 'ON_SHELF'"],
    ['a filled request that is open', "update requests set state = 'FILLED'"],
  ])('REL-01 %s', async (_, statement) => {
    const { house, records, sql, drop } = await create();
    const scene = await setScene(house);
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    await records.transaction(async ({ requests }) =>
      requests.place({ titleId: 2, itemId: null, patronId: patron, pickup: 'sci', at: 0, notAfter: null }),
    );
    const enforce = house.kind === 'sqlite' ? 'pragma foreign_keys = on; ' : '';
    await expect(sql(enforce + statement)).rejects.toThrow(/constraint|unique/i);
    expect(await house.check()).toEqual([]);
    await drop();
  });
});
