import { expect } from 'vitest';
import { listKeys, readList } from '../../source/desk/lists.ts';
import type { ListQuestion } from '../../source/desk/lists.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { showItem } from '../../source/desk/show.ts';
import { TRANSIT_SORTS, transitsOf } from '../../source/desk/transits.ts';
import type { TransitList, TransitSort } from '../../source/desk/transits.ts';
import { showResult } from '../../source/training/results.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network, withLibrary } from '../support/network.ts';

const window = { offset: 0, limit: 100 };

type Asked = { readonly list?: TransitList; readonly library?: string; readonly sort?: TransitSort };

async function read(scene: Scene, { list = 'all', ...more }: Asked = {}, part = window) {
  const found = await scene.act(transitsOf, { list, window: part, ...more });
  if (found.kind !== 'transits') throw new Error(JSON.stringify(found));
  return found;
}
const barcodes = async (scene: Scene, asked: Asked = {}) => (await read(scene, asked)).lines.map((one) => one.barcode);

/** A1 is on its way home to buc since 20 May, C1 to sci since the 28th, M1 from buc to med since the 29th. */
async function threeJourneys(scene: Scene): Promise<void> {
  await scene.items(
    { barcode: 'A1', title: 'Zoologie', location: 'buc/SALLE', callNumber: '590 ZOO' },
    { barcode: 'C1', title: 'Chimie' },
    { barcode: 'M1', title: 'Botanique', location: 'med/SALLE' },
  );
  scene.at('2026-05-20T23:30');
  await scene.giveBack('A1');
  scene.at('2026-05-28T10:00');
  await scene.giveBack('C1', {}, seatAt(scene.bib, 'buc/PRET'));
  scene.at('2026-05-29T10:00');
  await scene.giveBack('M1', {}, seatAt(scene.bib, 'buc/PRET'));
  scene.at('2026-06-01T10:00');
}

onBothDatabases('items in transit', (it) => {
  it('TRA-01 SCAN-05 each says from where, to where, why, since when, for whom, and where it was scanned last', async ({
    scene,
    requests,
  }) => {
    await threeJourneys(scene);
    const ana = await scene.patron({ id: 'P1', lastName: 'Martin' });
    await requests.place({ patron: ana, barcode: 'A1', pickup: 'buc' });
    await scene.act(scanIn, { barcode: 'A1' }, seatAt(scene.bib, 'med/PRET'));
    const { lines, library } = await read(scene);
    expect(library).toBe('sci');
    expect(lines).toEqual([
      {
        title: 'Zoologie',
        barcode: 'A1',
        callNumber: '590 ZOO',
        from: 'sci',
        to: 'buc',
        department: null,
        reason: 'request',
        since: local('2026-05-20T23:30'),
        days: 12,
        tooLong: true,
        stops: 1,
        lastStop: 'med/PRET',
        lastStopAt: scene.now(),
        patron: 'Martin Ana',
      },
      expect.objectContaining({ barcode: 'C1', reason: 'home', days: 4, tooLong: false, stops: 0, lastStop: null }),
    ]);
  });

  it('TRA-02 all of a library, to it, from it, or too long; the longest under way first', async ({ scene }) => {
    await threeJourneys(scene);
    expect(await barcodes(scene)).toEqual(['A1', 'C1']);
    expect(await barcodes(scene, { list: 'coming' })).toEqual(['C1']);
    expect(await barcodes(scene, { list: 'leaving' })).toEqual(['A1']);
    expect(await barcodes(scene, { list: 'too-long' })).toEqual(['A1']);
    expect(await barcodes(scene, { library: 'buc' })).toEqual(['A1', 'C1', 'M1']);
    expect((await read(scene, { library: 'buc' })).counts).toEqual({ all: 3, coming: 1, leaving: 2, 'too-long': 1 });
    expect((await read(scene, { library: 'buc' }, { offset: 1, limit: 1 })).lines).toMatchObject([{ barcode: 'C1' }]);
    for (const sort of TRANSIT_SORTS) expect(await barcodes(scene, { library: 'buc', sort })).toHaveLength(3);
    expect(await barcodes(scene, { library: 'buc', sort: 'title' })).toEqual(['M1', 'C1', 'A1']);
    expect(await barcodes(scene, { library: 'buc', sort: 'from' })).toEqual(['C1', 'M1', 'A1']);
    expect(await scene.act(transitsOf, { list: 'all', library: 'no', window })).toMatchObject({ kind: 'unknown' });
    const nowhere = { ...scene.bib, place: null };
    expect(await scene.act(transitsOf, { list: 'all', window }, nowhere)).toMatchObject({ needs: 'desk' });
    expect(await scene.act(transitsOf, { list: 'all', library: 'buc', window }, nowhere)).toMatchObject({ total: 3 });
    // What has arrived is on no list.
    await scene.act(scanIn, { barcode: 'C1' });
    expect(await barcodes(scene)).toEqual(['A1']);
  });

  it('TRA-02 the screen, the exported list and the item say the same of what is too long, whatever the numbers are', async ({
    scene,
  }) => {
    await threeJourneys(scene);
    const numbers = [
      network({ transitAlertDays: 3 }),
      network({ transitAlertDays: 4 }),
      network({ transitAlertDays: 13 }),
      withLibrary('med', { transitAlertDays: 2 }, network({ transitAlertDays: 12 })),
      withLibrary('med', { transitAlertDays: 9 }, network({ transitAlertDays: 3 })),
      withLibrary('buc', { transitAlertDays: 4 }, network({ transitAlertDays: 2 })),
      withLibrary('sci', { transitAlertDays: 1 }, withLibrary('buc', { transitAlertDays: 1 })),
    ];
    const expected = [['A1', 'C1', 'M1'], ['A1', 'C1'], [], ['A1'], ['A1', 'C1'], ['A1', 'C1'], ['A1', 'C1']];
    for (const [at, one] of numbers.entries()) {
      await scene.load(one);
      const shown = await barcodes(scene, { list: 'too-long', library: 'buc' });
      expect(shown).toEqual(expected[at]);
      const question: ListQuestion = { list: 'transits', library: 'buc' };
      const asked = async (more: Partial<ListQuestion>) => {
        const found = await scene.act(readList, { ...question, ...more, window });
        return found.kind === 'list' ? found.rows : [];
      };
      expect((await asked({ tooLong: true })).map((row) => row.barcode)).toEqual(shown);
      expect((await asked({})).filter((row) => row.tooLong === 1).map((row) => row.barcode)).toEqual(shown);
      const last = await asked({ sort: { by: 'tooLong', descending: true } });
      const first = last.slice(0, shown.length).map((row) => String(row.barcode));
      expect(shown.every((barcode) => first.includes(barcode))).toBe(true);
      const keys = await scene.act(listKeys, { ...question, tooLong: true });
      expect(keys.kind === 'keys' && keys.keys?.length).toBe(shown.length);
      for (const barcode of ['A1', 'C1', 'M1']) {
        const found = await scene.act(showItem, { barcode });
        if (found.kind !== 'item') throw new Error(found.kind);
        expect(found.underWay?.tooLong).toBe(shown.includes(barcode));
        expect(showResult(found, { timeZone: 'Europe/Paris' })['tooLong']).toBe(shown.includes(barcode) || undefined);
      }
    }
  });

  it('TRA-01 REL-08 who may not see patrons sees the journeys, not whom they are for', async ({ scene, requests }) => {
    await scene.items({ barcode: 'B1' });
    await requests.place({ patron: await scene.patron({ id: 'P1' }), barcode: 'B1', pickup: 'med' });
    await scene.act(scanIn, { barcode: 'B1' });
    const cataloguer = await scene.staff('cat', 'cataloguer');
    const found = await scene.act(transitsOf, { list: 'all', window }, cataloguer);
    expect(found).toMatchObject({ kind: 'transits', lines: [{ barcode: 'B1', reason: 'request', patron: null }] });
  });
});
