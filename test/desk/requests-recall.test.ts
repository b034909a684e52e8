import { expect } from 'vitest';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { showLoan } from '../../source/desk/show.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';

/** The network in which what is recalled of sci falls due in a week. */
const shortening = withLibrary('sci', { recall: { dueWithinDays: 7 } });
const WANTED = { title: 'Wanted', location: 'sci/63S' };

async function asked(scene: Scene, patron: string): Promise<number> {
  const answer = await scene.act(placeRequest, { patron, item: 'B1', pickup: 'sci' });
  if (answer.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(answer)}`);
  return answer.request.id;
}

onBothDatabases('recalls that shorten loans', (it) => {
  it('REQ-08 CAL-03 a recalled loan falls due so many days after the recall, on an open day; only where configured', async ({
    scene,
    database,
  }) => {
    await scene.load(shortening);
    for (const id of ['P1', 'P2', 'P3']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED }, { barcode: 'B2', title: 'Wanted', location: 'med/SALLE' });
    await scene.lend('P1', 'B1');
    await scene.lend('P2', 'B2');
    // A week later it is Sunday the 14th.
    scene.at('2026-06-07T10:00');
    const id = await asked(scene, 'P3');
    const [before, due] = [local('2026-06-22T19:00'), local('2026-06-15T19:00')];
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { status: 'Recalled', due } });
    expect(await eventsIn(database, 'loan-recalled')).toMatchObject([{ patronId: 1, data: { due, before } }]);
    // Nobody waits any more: the date stays, and it can be renewed again.
    await scene.act(cancelRequest, { request: id });
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { status: 'Normal', due } });
    scene.at('2026-06-13T10:00');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
    const next = await scene.act(placeRequest, { patron: 'P3', item: 'B2', pickup: 'med' });
    expect(next).toMatchObject({ request: { task: 'recall', item: 'B2', due: local('2026-06-21T18:00') } });
  });

  it('REQ-08 what falls due sooner anyway keeps its date', async ({ scene, database }) => {
    await scene.load(shortening);
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-18T10:00');
    await asked(scene, 'P2');
    const due = local('2026-06-22T19:00');
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { status: 'Recalled', due } });
    expect(await eventsIn(database, 'loan-recalled')).toMatchObject([{ data: { due, before: due } }]);
  });

  it('REQ-08 BLK-08 a loan that is recalled as it is made says the date that holds', async ({ scene }) => {
    await scene.load(shortening);
    for (const id of ['P1', 'P2']) await scene.patron({ id });
    await scene.items({ barcode: 'B1', ...WANTED });
    await asked(scene, 'P2');
    const due = local('2026-06-08T19:00');
    expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent', status: 'Recalled', due });
    expect(await scene.act(showLoan, { barcode: 'B1' })).toMatchObject({ loan: { due } });
  });
});
