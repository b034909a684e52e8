import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
import { itemHistory } from '../../source/desk/item-history.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { ROLES } from '../../source/desk/permissions.ts';
import type { Role } from '../../source/desk/permissions.ts';
import { consultRules, showItem, showLoan } from '../../source/desk/show.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { everyAction } from '../support/every-action.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { NETWORK, window } from '../support/permission-lines.ts';
import type { Act, Line } from '../support/permission-lines.ts';
import { worldOf } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { LINES, NO_EVENT, OWN_CHECK } from '../support/every-line.ts';

const isNetworkWide = ({ roles }: Line): boolean => roles === NETWORK;
const RESTRICTED = LINES.filter((one) => one.roles !== 'anybody');

describe('the table of permissions', () => {
  test('REL-08 speaks of every action that there is', async () => {
    const found = (await everyAction()).map((one) => one.name);
    expect(found.toSorted()).toEqual([...LINES.map((one) => one.name), ...OWN_CHECK].toSorted());
  });
});

describe.each(databases)('permissions on $name', ({ create }) => {
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

  /** Somebody with one role at a library, or with none, who sits somewhere. */
  const somebody = (role: Role | null, library: string, place: string | null = 'sci/PRET'): Seat => {
    const roles = role === null ? [] : [{ role, library }];
    const seat = { staff: { ...scene.bib.staff, roles }, place: null };
    return place === null ? seat : seatAt(seat, place);
  };
  const at =
    (seat: Seat): Act =>
    async (what, request) =>
      scene.perform(seat, what, request);

  test.each(RESTRICTED)('REL-08 DESK-02 $name, by every role, here and elsewhere', async (line) => {
    for (const role of ROLES) {
      const may = line.roles.includes(role);
      // What concerns the whole network takes a role that is held everywhere; what needs no desk is done by a role of any
      // library when one sits nowhere.
      const seats: [Seat, boolean, string][] = [
        [somebody(null, '*'), false, 'no role at all'],
        [somebody(role, 'buc'), false, `${role} of another library`],
        [
          somebody(role, 'buc', null),
          may && !line.desk && !line.place && !line.ofLibrary && !isNetworkWide(line),
          `${role} without a desk`,
        ],
        [somebody(role, 'sci'), may && !isNetworkWide(line), `${role} of this library`],
        [somebody(role, '*'), may, `${role} of every library`],
      ];
      let doIt = await line.prepare(world);
      for (const [seat, permitted, who] of seats) {
        const { kind } = await doIt(at(seat));
        expect(kind, `${who}: ${kind}`).toBe(permitted ? line.done : 'not-permitted');
        // What is done is done; a refused request can be asked again by the next one.
        if (permitted) doIt = await line.prepare(world);
      }
    }
  });

  test.each(RESTRICTED.filter((one) => one.desk))(
    'DESK-01 $name needs a desk: neither a department nor no place will do',
    async ({ prepare }) => {
      const doIt = await prepare(world);
      for (const seat of [{ ...scene.bib, place: null }, seatAt(scene.bib, 'sci/ACQ', 'department')]) {
        expect(await doIt(at(seat))).toMatchObject({ kind: 'not-permitted', needs: 'desk' });
      }
    },
  );

  test.each(LINES.filter((one) => !one.readOnly && !NO_EVENT.includes(one.name)))(
    'REL-09 $name leaves an event: who, when, and what was before or after',
    async ({ prepare, done }) => {
      const roles = ROLES.map((role) => ({ role, library: '*' }));
      const doIt = await prepare(world);
      const last = async () =>
        database.sql<{ id: number; at: string; staff_id: number | null; data: string }>(
          'select id, at, staff_id, data from events order by id desc limit 1',
        );
      const [before] = await last();
      expect(await doIt(at({ ...scene.bib, staff: { ...scene.bib.staff, roles } }))).toMatchObject({ kind: done });
      const [event] = await last();
      expect(event?.id).toBeGreaterThan(before?.id ?? 0);
      expect(Number(event?.at)).toBe(scene.now());
      expect(event?.staff_id).not.toBeNull();
      expect(JSON.parse(event?.data ?? '')).toBeTypeOf('object');
    },
  );

  test.each(LINES.filter((one) => one.roles === 'anybody'))(
    'DESK-01 $name is for whoever has not signed in yet',
    async ({ prepare, done }) => {
      const doIt = await prepare(world);
      expect(await doIt(at({ staff: NOBODY, place: null }))).toMatchObject({ kind: done });
    },
  );
});

onBothDatabases('permissions', (it) => {
  it('REL-08 a refused action changes nothing', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    const before = await database.sql('select kind from events');
    const cataloguer = await scene.staff('cat', 'cataloguer');
    expect(await scene.lend('P1', 'B1', {}, cataloguer)).toEqual({
      kind: 'not-permitted',
      permission: 'lend',
      needs: 'role',
    });
    expect(await database.sql('select id from loans')).toEqual([]);
    expect((await database.sql('select kind from events')).length).toBe(before.length + 1);
  });
});

onBothDatabases('whoever may not see patrons', (it) => {
  it('REL-08 is told of an item without its borrower and its requester', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' });
    await scene.lend('P1', 'B1');
    await requests.place({ patron, barcode: 'B2' });
    await scene.giveBack('B2');
    await scene.lend('P1', 'B3');
    await scene.giveBack('B3');
    const cataloguer = await scene.staff('cat', 'cataloguer');
    for (const barcode of ['B1', 'B2', 'B3']) {
      const told = [
        await scene.act(showItem, { barcode }, cataloguer),
        await scene.act(showLoan, { barcode }, cataloguer),
        await scene.act(consultRules, { group: 'L', item: barcode }, cataloguer),
        await scene.act(itemHistory, { barcode, window }, cataloguer),
      ];
      expect(told.map((one) => one.kind)).toEqual(['item', 'loan', 'rules', 'item-history']);
      expect(JSON.stringify(told)).not.toMatch(/Martin|"P1"|"patronId":[1-9]/u);
      expect(JSON.stringify(await scene.act(showItem, { barcode }))).toMatch(/Martin/u);
    }
  });
});
