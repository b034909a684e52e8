import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
import type { Seat } from '../../source/desk/perform.ts';
import { ROLES } from '../../source/desk/permissions.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { everyAction } from '../support/every-action.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { KIOSK_LINES } from '../support/kiosk-lines.ts';
import type { Act } from '../support/permission-lines.ts';
import { worldOf } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { LINES } from '../support/every-line.ts';

const ACTIONS = await everyAction();
const isForKiosks = ({ name }: { readonly name: string }): boolean => KIOSK_LINES.some((one) => one.name === name);

describe('the column for kiosks', () => {
  test('KIO-07 its column for kiosks speaks of what they may do and of nothing else', () => {
    const found = ACTIONS.flatMap(({ name, kiosk }) => (kiosk === null ? [] : [`${name}: ${kiosk}`]));
    expect(found.toSorted()).toEqual(KIOSK_LINES.map(({ name, use }) => `${name}: ${use}`).toSorted());
  });
});

describe.each(databases)('the column for kiosks on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let world: World;
  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house);
    world = worldOf(scene);
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
  });
  afterAll(async () => {
    await database.drop();
  });

  const at =
    (seat: Seat): Act =>
    async (what, request) =>
      scene.perform(seat, what, request);
  const lastEvent = async () =>
    (
      await database.sql<{ id: number; staff_id: number | null; patron_id: number | null }>(
        'select id, staff_id, patron_id from events order by id desc limit 1',
      )
    )[0];

  test.each(LINES.filter((one) => !isForKiosks(one)))(
    'KIO-07 $name is refused to every kiosk, and nothing is written',
    async ({ prepare }) => {
      const patron = await world.patron();
      const doIt = await prepare(world);
      const before = await lastEvent();
      // Whoever sits there, a kiosk is a kiosk.
      const chief = { ...scene.bib.staff, roles: ROLES.map((role) => ({ role, library: '*' })) };
      const seats = [kioskOf(null), kioskOf(patron), { ...scene.bib, staff: chief, kiosk: kioskOf(patron).kiosk }];
      for (const seat of seats) expect(await doIt(at(seat as Seat))).toMatchObject({ kind: 'not-permitted' });
      expect(await lastEvent()).toEqual(before);
    },
  );

  test.each(KIOSK_LINES.filter((one) => one.use === 'self'))(
    'KIO-07 $name is done by who has signed in for themselves, and for nobody else',
    async ({ prepare, done, readOnly }) => {
      const [patron, another] = [await world.patron(), await world.patron()];
      const doIt = await prepare(world, patron);
      const before = await lastEvent();
      for (const seat of [kioskOf(null), kioskOf(another)])
        expect(await doIt(at(seat))).toMatchObject({ kind: 'not-permitted' });
      expect(await lastEvent()).toEqual(before);
      expect(await doIt(at(kioskOf(patron)))).toMatchObject({ kind: done });
      const event = await lastEvent();
      if (readOnly) expect(event).toEqual(before);
      else expect(event).toMatchObject({ staff_id: null, patron_id: patron });
    },
  );

  test.each(KIOSK_LINES.filter((one) => one.use === 'anybody'))(
    'KIO-07 $name is for whoever stands there',
    async ({ prepare, done }) => {
      const doIt = await prepare(world, await world.patron());
      expect(await doIt(at(kioskOf(null)))).toMatchObject({ kind: done });
    },
  );
});
