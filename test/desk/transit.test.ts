import { expect } from 'vitest';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { showItem } from '../../source/desk/show.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const scan = async (scene: Scene, barcode: string, place: string, kind: 'desk' | 'department' = 'desk') =>
  scene.act(scanIn, { barcode }, seatAt(scene.bib, place, kind));

/** B1 of med has come back at sci, and is on its way home. */
async function onItsWayHome(scene: Scene): Promise<void> {
  await scene.patron({ id: 'P1' });
  await scene.items({ barcode: 'B1', location: 'med/SALLE' });
  await scene.lend('P1', 'B1');
  expect(await scene.giveBack('B1')).toMatchObject({ next: 'transit', destination: 'med' });
}

onBothDatabases('an item on its way', (it) => {
  it('TRA-01 knows from, to, why and since when', async ({ scene }) => {
    await onItsWayHome(scene);
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({
      item: {
        process: 'TRANSIT',
        at: 'sci',
        transit: { from: 'sci', to: 'med', department: null, reason: 'home', request: null, since: scene.now() },
      },
      stops: [],
    });
  });

  it('RET-03 SCAN-01 it is back in its place once its own desk has scanned it in, and no earlier', async ({
    scene,
    database,
  }) => {
    await onItsWayHome(scene);
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({
      instruction: 'reshelve',
      was: 'TRANSIT',
      arrived: true,
    });
    expect(await database.sql('select process, at_library from items')).toEqual([{ process: null, at_library: 'med' }]);
    const [journey] = await database.sql<{ ended_at: unknown }>('select ended_at from transits');
    expect(Number(journey?.ended_at)).toBe(scene.now());
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({ instruction: 'reshelve', was: null, arrived: false });
  });

  it('SCAN-05 every library where it is scanned on its way is a stop of the one journey', async ({
    scene,
    database,
  }) => {
    await onItsWayHome(scene);
    const stop = { library: 'buc', desk: 'buc/PRET', at: local('2026-06-02T09:00'), staff: 'bib' };
    // Where it set out it has not stopped.
    expect(await scan(scene, 'B1', 'sci/PRET')).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      stops: [],
    });
    scene.at('2026-06-02T09:00');
    expect(await scan(scene, 'B1', 'buc/PRET')).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      arrived: false,
      stops: [stop],
    });
    expect(await scan(scene, 'B1', 'buc/PRET')).toMatchObject({ stops: [stop] });
    scene.at('2026-06-03T09:00');
    // Back where it came from, in the Returns screen: another stop.
    const again = { library: 'sci', desk: 'sci/PRET', at: scene.now(), staff: 'bib' };
    expect(await scene.giveBack('B1')).toMatchObject({ destination: 'med', stops: [stop, again] });
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ item: { at: 'sci' }, stops: [stop, again] });
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({ arrived: true, stops: [stop, again] });
    const journeys = await database.sql<{ from_library: string; since: unknown }>(
      'select from_library, since from transits',
    );
    expect(journeys.map((one) => ({ ...one, since: Number(one.since) }))).toEqual([
      { from_library: 'sci', since: local('2026-06-01T10:00') },
    ]);
    expect(await scene.act(showItem, { barcode: 'B1' })).toMatchObject({ stops: [] });
  });

  it('SCAN-01 at a department of its library it has not arrived: only the desk puts it in place', async ({
    scene,
    database,
  }) => {
    await onItsWayHome(scene);
    expect(await scan(scene, 'B1', 'med/ACQ', 'department')).toMatchObject({
      instruction: 'transit',
      destination: 'med',
      department: null,
      arrived: false,
      atDepartment: true,
      stops: [{ desk: 'med/ACQ' }],
    });
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true });
    expect(await database.sql('select id from transits')).toHaveLength(1);
  });

  it('TRA-01 somebody asks for it at the library to which it goes: the same journey, now for them', async ({
    scene,
    requests,
    database,
  }) => {
    await onItsWayHome(scene);
    const patron = await scene.patron({ id: 'P2' });
    const request = await requests.place({ patron, barcode: 'B1', pickup: 'med' });
    expect(await scan(scene, 'B1', 'buc/PRET')).toMatchObject({ destination: 'med', requesterId: patron });
    expect(await requests.state(request)).toMatchObject({ state: 'TRANSIT' });
    expect(await database.sql('select reason, request_id, ended_at from transits')).toEqual([
      { reason: 'request', request_id: request, ended_at: null },
    ]);
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({
      instruction: 'hold-shelf',
      arrived: true,
      requesterId: patron,
    });
  });

  it('TRA-01 RET-03 somebody asks for it elsewhere: the next scan sends it there, and the old journey is over', async ({
    scene,
    requests,
    database,
  }) => {
    await onItsWayHome(scene);
    await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1', pickup: 'sci' });
    expect(await scan(scene, 'B1', 'buc/PRET')).toMatchObject({ instruction: 'transit', destination: 'sci' });
    expect(await database.sql('select from_library, to_library from transits order by id')).toMatchObject([
      { from_library: 'sci', to_library: 'med' },
      { from_library: 'buc', to_library: 'sci' },
    ]);
    expect(await database.sql('select to_library from transits where ended_at is null')).toEqual([
      { to_library: 'sci' },
    ]);
  });

  it('CAN-03 its request was cancelled meanwhile: back to its library', async ({ scene, requests }) => {
    await scene.items({ barcode: 'B1' });
    const request = await requests.place({ patron: await scene.patron({ id: 'P2' }), barcode: 'B1', pickup: 'med' });
    await scan(scene, 'B1', 'sci/PRET');
    expect(await scene.act(cancelRequest, { request })).toMatchObject({
      kind: 'cancelled',
      item: { next: 'on-its-way' },
    });
    expect(await scan(scene, 'B1', 'med/PRET')).toMatchObject({
      instruction: 'transit',
      destination: 'sci',
      requester: null,
      arrived: true,
    });
    expect(await scan(scene, 'B1', 'sci/PRET')).toMatchObject({ instruction: 'reshelve', arrived: true });
  });

  it('TRA-01 a journey that ended with a loan is not taken up again', async ({ scene, database }) => {
    await onItsWayHome(scene);
    expect(await scene.lend('P1', 'B1', { override: { codes: ['ITEM_IN_TRANSIT'] } })).toMatchObject({ kind: 'lent' });
    const back = await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'));
    expect(back).toMatchObject({ kind: 'returned', next: 'transit', destination: 'med', stops: [] });
    expect(await database.sql('select from_library from transits where ended_at is null')).toEqual([
      { from_library: 'buc' },
    ]);
  });
});
