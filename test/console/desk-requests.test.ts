import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(databases)('requests at a desk on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
    await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
    await scene.items(
      { barcode: 'B1000', title: 'Optique', location: 'buc/SALLE' },
      { barcode: 'B2000', title: 'Logique', location: 'buc/SALLE' },
    );
    desk = await sitAt(scene, { seat: scene.bib });
  });
  afterEach(async () => {
    await desk.leave();
    expect(desk.errors).toEqual([]);
    expect(await database.house.check()).toEqual([]);
    await database.drop();
  });

  it('look', async () => {
    await desk.scan(ANA);
    await desk.press('Alt+3');
    await desk.bytes('\u001Bq');
    await desk.type('opti');
    console.log(await desk.text());
    await desk.bytes('\u001Bq');
    console.log(await desk.text());
    await desk.press('Ctrl+S');
    console.log(await desk.text());
    await desk.press('Escape');
    console.log(await desk.text());
    await desk.press('Alt+L');
    console.log(await desk.text());
    await desk.press('Escape');
    await desk.bytes('\u001B[15~');
    console.log(await desk.text());
    await desk.bytes('\u001B[17~');
    console.log(await desk.text());
  });
});
