import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { sitAt } from '../support/desk.ts';
import type { DeskDriver } from '../support/desk.ts';
import { setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

describe.each(databases)('a desk on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let desk: DeskDriver;

  beforeEach(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: '9921000000164', lastName: 'Martin', firstName: 'Ana' });
    await scene.items({ barcode: '37000034179', title: 'Algèbre linéaire' }, { barcode: '37000034180', title: 'Topologie' });
    desk = await sitAt(scene, { seat: scene.bib });
  });
  afterEach(async () => {
    await desk.leave();
    await database.drop();
  });

  it('TAB-01 PAT-01 a card, then items: each scan lends, nothing else is pressed', async () => {
    await desk.scan('9921000000164', '37000034179', '37000034180');
    console.log((await desk.screen()).join('\n'));
    expect(desk.errors).toEqual([]);
    expect(await desk.answer()).toBe('PRÊTÉ · Topologie · à rendre lun. 22 juin 19:00');
    expect(await desk.text()).toContain('Algèbre linéaire');
    expect(await database.house.check()).toEqual([]);
  });
});
