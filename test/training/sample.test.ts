import { describe, expect, it } from 'vitest';
import { parseLocal } from '../../source/circulation/time.ts';
import { addStaff } from '../../source/desk/staff-accounts.ts';
import { lend } from '../../source/desk/lend.ts';
import { trainingCopy } from '../../source/desk/networks.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { NOBODY, signIn } from '../../source/desk/sign-in.ts';
import { showItem, showPatron } from '../../source/desk/show.ts';
import {
  ACCOUNTS,
  SAMPLE_BARCODE,
  SAMPLE_BARCODES,
  SAMPLE_CARD,
  SAMPLE_ITEMS,
  SAMPLE_PATRONS,
  SAMPLE_STATES,
  makeTrainingCopy,
  patronIn,
} from '../../source/training/sample.ts';
import type { SampleState } from '../../source/training/sample.ts';
import { databases } from '../support/databases.ts';
import { withCopy } from './copy.ts';
import type { Copy } from './copy.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

/** What a desk is told about the patron who shows a state. */
async function stateOf(copy: Copy, state: SampleState) {
  const shown = await copy.act(showPatron, { identifier: patronIn(state) });
  if (shown.kind !== 'patron') throw new Error(`${state}: ${shown.kind}`);
  const { loans, late, requests, blocks } = shown;
  return { loans, late, requests, blocks };
}

const nothing = { loans: 0, late: 0, requests: 0, blocks: [] };

/** What every state must look like, whenever the copy is made. */
const STATES: Record<SampleState, object> = {
  ordinary: nothing,
  'late-here': { loans: 1, late: 1, requests: 0, blocks: ['PATRON_OVERDUE'] },
  'late-elsewhere': { loans: 1, late: 1, requests: 0, blocks: ['PATRON_OVERDUE'] },
  'late-here-and-elsewhere': { loans: 2, late: 2, requests: 0, blocks: ['PATRON_OVERDUE'] },
  'blocked-once': { ...nothing, blocks: ['PATRON_BLOCK_LATE_RETURN'] },
  'blocked-twice': { ...nothing, blocks: ['PATRON_BLOCK_LATE_RETURN'] },
  'late-and-blocked': { loans: 1, late: 1, requests: 0, blocks: ['PATRON_OVERDUE', 'PATRON_BLOCK_LATE_RETURN'] },
  'block-ended': nothing,
  'blocked-by-hand': { ...nothing, blocks: ['PATRON_BLOCK_MANUAL'] },
  quitus: { ...nothing, blocks: ['PATRON_BLOCK_QUITUS'] },
  expired: { ...nothing, blocks: ['PATRON_EXPIRED'] },
  'expires-soon': nothing,
  'pre-registered': nothing,
  'not-yet-imported': nothing,
  'import-problem': nothing,
  inactive: { ...nothing, blocks: ['PATRON_INACTIVE'] },
  'no-group': { ...nothing, blocks: ['PATRON_GROUP_NOT_ALLOWED'] },
  'many-loans': { ...nothing, loans: 19 },
  'limit-reached': { ...nothing, loans: 10 },
  'dvd-limit-reached': { ...nothing, loans: 2 },
  'pop-up-note': nothing,
  'authorised-reader': { ...nothing, loans: 1 },
  'request-on-shelf': { ...nothing, requests: 1 },
  'request-on-its-way': { ...nothing, requests: 1 },
  'request-waiting': { ...nothing, requests: 1 },
  'lost-an-item': { loans: 1, late: 1, requests: 0, blocks: ['PATRON_OVERDUE'] },
  interlibrary: nothing,
  'doctoral-student': { ...nothing, loans: 2 },
};

const openStacks = Array.from({ length: SAMPLE_BARCODES }, (_, index) => String(SAMPLE_BARCODE + index));

describe.each(databases)('CONF-04 The training copy on $name', (database) => {
  it('holds what spec 9 counts on, and its data is sound', async () => {
    await withCopy(database, '2026-11-21T10:00', async (copy) => {
      expect(await copy.house.check()).toEqual([]);
      expect(SAMPLE_CARD).toBe('9921000000164');
      expect(openStacks[0]).toBe('37000034179');
      expect(openStacks).toHaveLength(500);
      for (const state of SAMPLE_STATES) expect([state, await stateOf(copy, state)]).toEqual([state, STATES[state]]);

      const placed = await copy.sql<{ n: number }>(
        `select count(*) as n from items where barcode between '37000034179' and '37000034678' and length(barcode) = 11
         and location = 'sci/63S' and process is null and policy is null and fulfilment_note is null`,
      );
      expect(Number(placed[0]?.n)).toBe(500);
      const policies = await copy.sql<{ policy: string }>('select distinct policy from items where policy is not null');
      expect(policies).toHaveLength(17);
      const processes = await copy.sql<{ process: string }>(
        'select distinct process from items where process is not null order by process',
      );
      expect(processes.map((one) => one.process)).toEqual([
        'ACQ',
        'HOLDSHELF',
        'LOAN',
        'LOST_LOAN',
        'MISSING',
        'TRANSIT',
        'WORK_ORDER_DEPARTMENT',
      ]);
    });
  });

  it('lends the first card the first book', async () => {
    await withCopy(database, '2026-06-01T10:00', async (copy) => {
      const lent = await copy.act(lend, { patron: SAMPLE_CARD, barcode: String(SAMPLE_BARCODE) });
      expect(lent).toMatchObject({ kind: 'lent', due: parseLocal('2026-06-22T19:00', 'Europe/Paris') });
    });
  });
});

const sqlite = oneKind();

describe('The training copy, whenever it is made', () => {
  it.each([
    '2026-01-02T08:00',
    '2026-08-10T23:30',
    '2027-01-03T00:00',
    '2026-09-15T10:00',
    '2028-02-29T12:00',
    '2031-07-01T18:00',
  ])('has everybody in their state at %s', async (local) => {
    await withCopy(sqlite, local, async (copy) => {
      for (const state of SAMPLE_STATES) expect([state, await stateOf(copy, state)]).toEqual([state, STATES[state]]);
      expect(await copy.house.check()).toEqual([]);
    });
  });

  it('is the same for the same moment', async () => {
    const tables = [
      'staff',
      'patrons',
      'patron_notes',
      'patron_blocks',
      'titles',
      'items',
      'loans',
      'requests',
      'transits',
      'events',
    ];
    await withCopy(sqlite, '2026-11-21T10:00', async (one) =>
      withCopy(sqlite, '2026-11-21T10:00', async (other) => {
        for (const table of tables) {
          const found = await one.sql(`select * from ${table} order by id`);
          expect(found.length).toBeGreaterThan(0);
          expect(await other.sql(`select * from ${table} order by id`)).toEqual(found);
        }
      }),
    );
  });

  it('BLK-01 shows the blocks and notes that opening a record warns of', async () => {
    await withCopy(sqlite, '2026-11-21T10:00', async (copy) => {
      const paneOf = async (state: SampleState) => {
        const opened = await copy.act(openPatron, { patron: patronIn(state) });
        if (opened.kind !== 'opened') throw new Error(opened.kind);
        return opened.pane;
      };
      expect((await paneOf('blocked-twice')).blocks).toHaveLength(2);
      expect(await paneOf('late-here-and-elsewhere')).toMatchObject({ late: 2, lateHere: 1 });
      expect(await paneOf('request-on-shelf')).toMatchObject({ onShelfHere: 1, onShelfElsewhere: 0 });
      expect((await paneOf('pop-up-note')).notes.filter((note) => note.popup)).toHaveLength(1);
      expect((await paneOf('not-yet-imported')).patron).toMatchObject({
        kind: 'external',
        identifiers: [{ type: 'UNR' }],
      });
      expect((await paneOf('pre-registered')).patron).toMatchObject({ group: 'PREINS' });
    });
  });

  it('LOAN-05 stops 300 books in a row by limits only', async () => {
    await withCopy(sqlite, '2026-11-21T10:00', async (copy) => {
      const first = openStacks.slice(0, 300);
      for (const barcode of first.slice(0, 10))
        expect(await copy.act(lend, { patron: SAMPLE_CARD, barcode })).toMatchObject({ kind: 'lent' });
      for (const barcode of first.slice(10)) {
        const answer = await copy.act(lend, { patron: SAMPLE_CARD, barcode });
        expect(answer).toMatchObject({ kind: 'blocked', mayOverride: true });
        expect(answer.kind === 'blocked' ? answer.blocks.map((one) => one.code) : []).toEqual(['LOAN_LIMIT']);
        expect(
          await copy.act(lend, { patron: SAMPLE_CARD, barcode, override: { codes: ['LOAN_LIMIT'] } }),
        ).toMatchObject({ kind: 'lent' });
      }
    });
  });

  it('keeps one of everything that a lesson needs', async () => {
    await withCopy(sqlite, '2026-11-21T10:00', async (copy) => {
      const itemOf = async (barcode: string) => {
        const shown = await copy.act(showItem, { barcode });
        if (shown.kind !== 'item') throw new Error(`${barcode}: ${shown.kind}`);
        return shown.item;
      };
      expect(await itemOf(SAMPLE_ITEMS.lost)).toMatchObject({
        process: 'LOST_LOAN',
        loan: { patron: 'Arnaud Victor' },
      });
      expect(await itemOf(SAMPLE_ITEMS.held)).toMatchObject({
        process: 'HOLDSHELF',
        hold: { patron: 'Marty Solène', pickup: 'sci', state: 'ON_SHELF' },
      });
      expect(await itemOf(SAMPLE_ITEMS.onItsWayHome)).toMatchObject({
        process: 'TRANSIT',
        at: 'MAN',
        transit: { to: 'sci' },
        hold: null,
      });
      expect(await itemOf(SAMPLE_ITEMS.onItsWayToAnotherLibrary)).toMatchObject({ at: 'sci', transit: { to: 'MAN' } });
      expect(await itemOf(SAMPLE_ITEMS.onItsWayToARequester)).toMatchObject({
        transit: { to: 'sci' },
        hold: { state: 'TRANSIT' },
      });
      expect(await itemOf(SAMPLE_ITEMS.setWithNote)).toMatchObject({
        material: 'MIXED',
        fulfilmentNote: 'Vérifier les 3 disques',
      });
      const issues = await Promise.all(SAMPLE_ITEMS.issues.map(itemOf));
      expect(new Set(issues.map((one) => one.titleId)).size).toBe(1);
      expect(new Set(issues.map((one) => one.description)).size).toBe(6);
      const volumes = await Promise.all(SAMPLE_ITEMS.volumes.map(itemOf));
      expect(new Set(volumes.map((one) => one.titleId)).size).toBe(1);
    });
  });
});

describe('Where a training copy is made', () => {
  it('DESK-03 its accounts sign in with their names, and are no others', async () => {
    await withCopy(sqlite, '2026-11-21T10:00', async (copy) => {
      const perform = copy.house.at(() => 0);
      for (const { name, password, role } of ACCOUNTS) {
        const signed = await perform({ staff: NOBODY, place: null }, signIn, { name, password });
        expect(signed).toMatchObject({ kind: 'signed-in', staff: { name, roles: [{ role, library: '*' }] } });
      }
      expect(ACCOUNTS.map((one) => one.name)).toEqual(['bib', 'moniteur', 'chef', 'admin']);
      const wrong = await perform({ staff: NOBODY, place: null }, signIn, { name: 'bib', password: 'chef' });
      expect(wrong).toEqual({ kind: 'wrong' });
    });
  });

  it('only on an empty database: a real one is left alone, a copy is not made twice', async () => {
    await onDatabase(sqlite, async (database) => {
      const { house } = database;
      const real = {
        name: 'camille',
        password: null,
        roles: [{ role: 'network-administrator' as const, library: '*' }],
      };
      expect(await house.at(() => 0)({ staff: COMMAND_LINE, place: null }, addStaff, real)).toMatchObject({
        kind: 'added',
      });
      expect(await makeTrainingCopy(house)).toEqual({ kind: 'not-empty' });
      expect(await database.sql('select * from patrons')).toEqual([]);
      expect(await database.sql('select * from settings')).toEqual([]);
    });
    await withCopy(sqlite, '2026-11-21T10:00', async (copy) => {
      expect(await makeTrainingCopy(copy.house)).toEqual({ kind: 'training' });
      expect(await copy.sql('select id from patrons')).toHaveLength(SAMPLE_PATRONS.length);
    });
  });

  it('remembers where its clock stands, or that it follows the real one', async () => {
    const at = parseLocal('2026-11-21T10:00', 'Europe/Paris') ?? 0;
    for (const clock of [at, null]) {
      await onDatabase(sqlite, async ({ house }) => {
        expect(await makeTrainingCopy(house, { at: clock })).toEqual({ kind: 'made' });
        const told = await house.at(() => 0)({ staff: NOBODY, place: null }, trainingCopy, undefined);
        expect(told).toEqual({ kind: 'training', training: true, clock });
      });
    }
  });
});
