import { describe, expect, inject, it } from 'vitest';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { renew } from '../../source/desk/renew.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { sqliteFile } from '../support/databases.ts';
import { setScene } from '../support/house.ts';
import { upload } from '../support/offline.ts';
import { statementsOf } from '../support/statements.ts';

/** Everything that is in the hands of a desk a thousand times a day: its tables only grow. */
const GROWING = /^SCAN (l|loans|i|items|e|events|p|patrons|t|titles|r|requests|o|offline_lines)\b/;
/** Half of all events are of one kind: read by that, a scan would take longer every day. */
const BY_KIND = /USING (COVERING )?INDEX events_of_kind/;

describe('what SQLite reads for what a desk does', () => {
  it('PERF-02 PERF-03 PERF-07 a loan, a renewal, a return, a request, a scan and an upload read no table as a whole, nor events by their kind', async () => {
    const database = await sqliteFile(inject('sqliteTemplate'));
    try {
      const scene = await setScene(database.house);
      await scene.patron({ id: 'P1' });
      const reader = await scene.patron({ id: 'P2' });
      // As many as an upload has in one transaction.
      const many = Array.from({ length: 20 }, (_, number) => `C${number}`);
      await scene.items(...['B1', ...many].map((barcode) => ({ barcode })));
      const texts = await statementsOf(async () => {
        expect(await scene.lend('P1', 'B1')).toMatchObject({ kind: 'lent' });
        expect(await scene.act(renew, { patron: 'P1', barcodes: ['B1'] })).toMatchObject({ kind: 'renewals' });
        expect(await scene.act(placeRequest, { patron: reader, item: 'B1', pickup: 'sci' })).toMatchObject({
          kind: 'placed',
        });
        expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned' });
        expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ kind: 'scanned' });
        const lines = many.map((item) => `202606010900L${item.padEnd(80)}P1`);
        expect(await upload(scene, lines)).toMatchObject({ completed: 20 });
      });
      const faulty: string[] = [];
      let explained = 0;
      for (const text of new Set(texts.filter((one) => /^\s*(select|update|delete|with)\b/i.test(one)))) {
        explained += 1;
        const plan = await database.sql<{ detail: string }>(`explain query plan ${text}`);
        const found = plan.map((one) => one.detail).filter((one) => GROWING.test(one) || BY_KIND.test(one));
        if (found.length > 0) faulty.push(`${found.join(', ')}: ${text.replaceAll(/\s+/g, ' ')}`);
      }
      expect(faulty).toEqual([]);
      expect(explained).toBeGreaterThan(30);
    } finally {
      await database.drop();
    }
  });
});
