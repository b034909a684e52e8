import { expect } from 'vitest';
import { purgePatrons } from '../../source/desk/purge-patrons.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { commandLine } from '../support/house.ts';
import { nightOf } from '../support/nights.ts';
import { summary, upload } from '../support/offline.ts';

/** The lines that still have their text, and those that still have their patron. */
async function kept({ sql }: TestDatabase): Promise<{ texts: number[]; patrons: number[] }> {
  const numbers = async (column: string): Promise<number[]> => {
    const found = await sql<{ number: number }>(
      `select number from offline_lines where ${column} is not null order by number`,
    );
    return found.map((one) => one.number);
  };
  return { texts: await numbers('raw'), patrons: await numbers('patron_id') };
}

onBothDatabases('what is kept of an uploaded file', (it) => {
  it('JOB-06 OFF-06 lines are emptied at the age at which loans are anonymised; that they were applied is never forgotten', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    scene.at('2026-06-08T10:00');
    const lines = ['202606010900LB1 P1', '202606020900RB1', '202606030900LB2 P1', '202606030900LB2 NOBODY', 'junk'];
    expect(summary(await upload(scene, lines))).toBe('3 2 0, 4 PATRON_NOT_FOUND, 5 BAD_LINE');
    await nightOf(scene, '2026-08-31', 'anonymise-loans');
    // The loan of line 1 has its patron until tomorrow.
    expect(await kept(database)).toEqual({ texts: [2, 3, 4, 5], patrons: [2, 3] });
    await nightOf(scene, '2026-09-01', 'anonymise-loans');
    expect(await kept(database)).toEqual({ texts: [3, 4, 5], patrons: [3] });
    await nightOf(scene, '2026-09-02', 'anonymise-loans');
    expect(await kept(database)).toEqual({ texts: [4, 5], patrons: [] });
    await nightOf(scene, '2026-09-07', 'anonymise-loans');
    expect(await kept(database)).toEqual({ texts: [], patrons: [] });
    // Nothing of it names anybody, and all of it is still known.
    const left = JSON.stringify(await database.sql('select * from offline_lines'));
    expect(left).not.toMatch(/P1|B1|NOBODY/u);
    expect(summary(await upload(scene, lines))).toBe('0 2 3, 4 PATRON_NOT_FOUND, 5 BAD_LINE');
  });

  it('IMP-05 JOB-06 a patron who goes takes the text of their lines along', async ({ scene, database }) => {
    await scene.patron({ id: 'GOES', expiry: '2026-01-31', purge: '2026-05-31' });
    await scene.patron({ id: 'STAYS' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' });
    scene.at('2026-06-08T10:00');
    const lines = ['202606010900LB1 GOES', '202606010901RB1', '202606010902LB2 STAYS', '202606010903LGONE GOES'];
    expect(summary(await upload(scene, lines))).toBe('3 1 0, 4 ITEM_NOT_FOUND');
    expect(await scene.act(purgePatrons, {}, commandLine)).toMatchObject({ deleted: 1 });
    expect(await kept(database)).toEqual({ texts: [3], patrons: [3] });
  });
});
