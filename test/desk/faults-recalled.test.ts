import { expect } from 'vitest';
import { lend } from '../../source/desk/lend.ts';
import type { LendRequest } from '../../source/desk/lend.ts';
import type { Action, Seat } from '../../source/desk/perform.ts';
import { quickAdd } from '../../source/desk/quick-add.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import type { ReturnRequest } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import type { ScanInRequest } from '../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import type { AtTheDesk } from '../support/desk.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene, TestItem } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';
import { everyRow } from '../support/snapshot.ts';

type Try = { readonly what: Action<never, { readonly kind: string }>; readonly request: unknown; readonly seat?: Seat };
type World = Pick<AtTheDesk, 'scene' | 'requests'>;

const lending = (request: Partial<LendRequest> = {}): Try => ({
  what: lend,
  request: { patron: 'P1', barcode: 'B1', ...request },
});
const returning = (request: Partial<ReturnRequest> = {}, seat?: Seat): Try => ({
  what: returnItem,
  request: { barcode: 'B1', ...request },
  ...(seat ? { seat } : {}),
});
const scanning = (request: Partial<ScanInRequest> = {}, seat?: Seat): Try => ({
  what: scanIn,
  request: { barcode: 'B1', ...request },
  ...(seat ? { seat } : {}),
});

/** P1, P2 and a copy B1 of 63S, with what a case wants of it. */
async function people(scene: Scene, item: TestItem = { barcode: 'B1' }): Promise<number> {
  await scene.patron({ id: 'P1', lastName: 'Martin' });
  const second = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc' });
  await scene.items(item);
  return second;
}

const on = (scene: Scene, place: string, kind: 'desk' | 'department' = 'desk') => seatAt(scene.bib, place, kind);

/** What an attempt can have done before its answer was lost; set up at 10:00, attempted on Monday 22 June at 10:05. */
const CASES: readonly [title: string, kind: string, setUp: (world: World) => Promise<Try>][] = [
  [
    'a loan',
    'lent',
    async ({ scene }) => {
      await people(scene);
      return lending();
    },
  ],
  [
    'a loan over somebody else’s, late, with what was set aside and why',
    'lent',
    async ({ scene }) => {
      await people(scene, { barcode: 'B1', policy: 'EXC' });
      await scene.lend('P2', 'B1', { override: { codes: 'all' } });
      scene.at('2026-08-01T10:00');
      return lending({ override: { codes: 'all', reason: 'dean’s letter' } });
    },
  ],
  [
    'a loan that fills its reader’s request',
    'lent',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await requests.place({ patron, barcode: 'B1' });
      await scene.giveBack('B1');
      return lending({ patron: 'P2' });
    },
  ],
  [
    'a loan that is recalled at once',
    'lent',
    async ({ scene, requests }) => {
      await scene.load(withLibrary('sci', { recall: { dueWithinDays: 7 } }));
      const patron = await people(scene);
      await requests.place({ patron, barcode: 'B1' });
      return lending({ override: { codes: 'all' } });
    },
  ],
  [
    'a renewal by the borrower’s second scan',
    'renewed',
    async ({ scene }) => {
      await people(scene);
      scene.at('2026-07-14T10:00');
      await scene.lend('P1', 'B1');
      return lending({ override: { codes: 'all' } });
    },
  ],
  [
    'overrides that were recorded while a note waits',
    'note',
    async ({ scene }) => {
      await people(scene, { barcode: 'B1', policy: 'EXC', fulfilmentNote: 'CD joint' });
      return lending({ override: { codes: ['NOT_LOANABLE'] } });
    },
  ],
  [
    'a return',
    'returned',
    async ({ scene }) => {
      await people(scene);
      await scene.lend('P1', 'B1');
      return returning();
    },
  ],
  [
    'a late return from the book drop, in the open record',
    'returned',
    async ({ scene }) => {
      await people(scene);
      await scene.lend('P1', 'B1');
      scene.at('2026-08-03T10:00');
      return returning({ dated: local('2026-08-01T09:00'), within: 1 });
    },
  ],
  [
    'a return of what somebody waits for here',
    'returned',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await scene.lend('P1', 'B1');
      await requests.place({ patron, barcode: 'B1' });
      return returning();
    },
  ],
  [
    'a return of what somebody waits for elsewhere',
    'returned',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await scene.lend('P1', 'B1');
      await requests.place({ patron, barcode: 'B1', pickup: 'med' });
      return returning();
    },
  ],
  [
    'a return of another library’s, which is to be treated there',
    'returned',
    async ({ scene }) => {
      await people(scene);
      await scene.lend('P1', 'B1');
      await scene.act(placeWorkOrder, { barcode: 'B1', note: 'dos' });
      return returning({}, on(scene, 'med/PRET'));
    },
  ],
  [
    'a return of what was made at the desk',
    'returned',
    async ({ scene }) => {
      await people(scene);
      const added = { title: 'Mémoire', barcode: 'Q1', holding: 'new', location: 'sci/63S', patron: 'P1' } as const;
      expect(await scene.act(quickAdd, added)).toMatchObject({ kind: 'lent' });
      return returning({ barcode: 'Q1' });
    },
  ],
  [
    'a return without a loan, of what has come by the shuttle',
    'not-on-loan',
    async ({ scene }) => {
      await people(scene);
      await scene.act(scanIn, { barcode: 'B1' }, on(scene, 'buc/PRET'));
      await scene.act(scanIn, { barcode: 'B1' }, on(scene, 'med/PRET'));
      return returning();
    },
  ],
  [
    'a return that ends a hold for which nobody came',
    'not-on-loan',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await requests.place({ patron, barcode: 'B1' });
      await scene.giveBack('B1');
      scene.at('2026-08-01T10:00');
      return returning();
    },
  ],
  [
    'a use in the house',
    'scanned',
    async ({ scene }) => {
      await people(scene);
      return scanning({ inHouse: true });
    },
  ],
  [
    'a scan of a pick',
    'scanned',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await requests.place({ patron, barcode: 'B1' });
      return scanning();
    },
  ],
  [
    'a scan on the way, for somebody elsewhere',
    'scanned',
    async ({ scene, requests }) => {
      const patron = await people(scene);
      await requests.place({ patron, barcode: 'B1', pickup: 'med' });
      await scene.act(scanIn, { barcode: 'B1' });
      return scanning({}, on(scene, 'buc/PRET'));
    },
  ],
  [
    'the end of its treatment',
    'scanned',
    async ({ scene }) => {
      await people(scene);
      await scene.act(placeWorkOrder, { barcode: 'B1' });
      const department = on(scene, 'sci/ACQ', 'department');
      await scene.act(scanIn, { barcode: 'B1' }, department);
      return scanning({ treated: true }, department);
    },
  ],
  [
    'its reception by the department that is to treat it',
    'scanned',
    async ({ scene }) => {
      await people(scene);
      await scene.act(placeWorkOrder, { barcode: 'B1', note: 'dos' });
      return scanning({}, on(scene, 'sci/ACQ', 'department'));
    },
  ],
];

onBothDatabases('an answer that was lost', (it) => {
  it.for(CASES)(
    'OFF-03 REL-01 %s: asked again, the same answer, and nothing is done twice',
    async ([, kind, setUp], { scene, requests, database }) => {
      const { what, request, seat = scene.bib } = await setUp({ scene, requests });
      // What was set up has other moments than the attempt.
      const attempted = scene.now() + 300_000;
      scene.at('2026-08-03T10:05');
      const lost = [attempted, scene.now()];
      const first = await scene.perform(seat, what, request as never);
      expect(first).toMatchObject({ kind });
      const before = await everyRow(database);
      scene.at('2026-08-03T10:06');
      expect(await scene.perform(seat, what, request as never, { lost })).toEqual(first);
      expect(await everyRow(database)).toEqual(before);
    },
  );

  it.for(CASES)(
    'OFF-03 REL-01 %s: what was not committed is done now, once',
    async ([, kind, setUp], { scene, requests, database }) => {
      const { what, request, seat = scene.bib } = await setUp({ scene, requests });
      scene.at('2026-08-03T10:06');
      const lost = [local('2026-08-03T10:05')];
      expect(await scene.perform(seat, what, request as never, { lost })).toMatchObject({ kind });
      const done = await everyRow(database);
      const later = [...lost, scene.now()];
      expect(await scene.perform(seat, what, request as never, { lost: later })).toMatchObject({ kind });
      expect(await everyRow(database)).toEqual(done);
    },
  );

  it('OFF-03 what another desk did at the same moment is no answer of ours', async ({ scene, database }) => {
    await people(scene);
    const lost = [scene.now()];
    await scene.act(scanIn, { barcode: 'B1', inHouse: true }, on(scene, 'sci/PRET'));
    await scene.perform(on(scene, 'buc/PRET'), scanIn, { barcode: 'B1' }, { lost });
    const scans = await database.sql<{ kind: string; desk: string }>('select kind, desk from events where item_id = 1');
    expect(scans).toEqual([
      { kind: 'in-house-use', desk: 'sci/PRET' },
      { kind: 'item-scanned', desk: 'buc/PRET' },
    ]);
  });

  it('OFF-03 a loan that another desk has ended since was made all the same; it is not made anew', async ({
    scene,
    database,
  }) => {
    await people(scene);
    const first = await scene.lend('P1', 'B1');
    const lost = [scene.now()];
    scene.at('2026-06-01T10:01');
    await scene.giveBack('B1', {}, on(scene, 'med/PRET'));
    expect(await scene.perform(scene.bib, lend, { patron: 'P1', barcode: 'B1' }, { lost })).toEqual(first);
    expect(await database.sql('select returned_desk from loans')).toEqual([{ returned_desk: 'med/PRET' }]);
  });

  it('OFF-03 another reader’s loan of the same moment, an unknown card and an unknown book are asked as ever', async ({
    scene,
  }) => {
    await people(scene);
    const lost = [scene.now()];
    await scene.lend('P1', 'B1');
    const attempt = { lost };
    expect(await scene.perform(scene.bib, lend, { patron: 'P2', barcode: 'B1' }, attempt)).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'ON_LOAN_TO_OTHER' }],
    });
    expect(await scene.perform(scene.bib, lend, { patron: 'P9', barcode: 'B9' }, attempt)).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'ITEM_UNKNOWN' }, { code: 'PATRON_UNKNOWN' }],
    });
    expect(await scene.perform(scene.bib, returnItem, { barcode: 'B9' }, attempt)).toMatchObject({ kind: 'unknown' });
    expect(await scene.perform(scene.bib, scanIn, { barcode: 'B9' }, attempt)).toMatchObject({ kind: 'unknown' });
  });
});
