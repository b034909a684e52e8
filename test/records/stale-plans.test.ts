import { expect } from 'vitest';
import { showPatron } from '../../source/desk/show.ts';
import { onBothDatabases } from '../support/desk.ts';

onBothDatabases('a schema that changes under a desk at work', (it) => {
  it('REL-10 the desk goes on, reading and writing, without a restart', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    expect(await scene.act(showPatron, { identifier: 'P1' })).toMatchObject({ kind: 'patron', loans: 1 });
    await database.sql('alter table patrons add column of_tomorrow text');
    await database.sql('alter table items add column of_tomorrow text');
    expect(await scene.lend('P1', 'B2')).toMatchObject({ kind: 'lent' });
    await database.sql('alter table patrons add column of_next_week text');
    expect(await scene.act(showPatron, { identifier: 'P1' })).toMatchObject({ kind: 'patron', loans: 2 });
  });
});
