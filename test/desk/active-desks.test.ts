import { expect } from 'vitest';
import { activeDesks } from '../../source/desk/active-desks.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';

onBothDatabases('other desks that were active lately', (it) => {
  it('OUT-02 names the other desks with something done in the last minutes, the latest first; no patron, no staff', async ({
    scene,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'A1' }, { barcode: 'A2' }, { barcode: 'A3' }, { barcode: 'A4' });
    const lendAt = async (time: string, barcode: string, place: string) => {
      scene.at(time);
      expect(await scene.lend('P1', barcode, {}, seatAt(scene.bib, place))).toMatchObject({ kind: 'lent' });
    };
    await lendAt('2026-06-01T09:44', 'A1', 'med/PRET');
    await lendAt('2026-06-01T09:46', 'A2', 'buc/PRET');
    await lendAt('2026-06-01T09:50', 'A3', 'sci/PRET');
    scene.at('2026-06-01T10:00');
    const desks = async (minutes: number, place?: string) =>
      scene.act(activeDesks, { minutes }, place === undefined ? undefined : seatAt(scene.bib, place));
    expect(await desks(15)).toEqual({ kind: 'desks', desks: [{ desk: 'buc/PRET', at: local('2026-06-01T09:46') }] });
    expect(await desks(15, 'buc/PRET')).toMatchObject({ desks: [{ desk: 'sci/PRET' }] });
    expect(await desks(16, 'sci/ACQ')).toMatchObject({
      desks: [{ desk: 'sci/PRET' }, { desk: 'buc/PRET' }, { desk: 'med/PRET' }],
    });
    expect(await desks(1)).toEqual({ kind: 'desks', desks: [] });
    // Somebody who has not signed in may ask too: the assistant is for them as well.
    expect(
      await scene.perform({ staff: { ...scene.bib.staff, roles: [] }, place: null }, activeDesks, { minutes: 11 }),
    ).toMatchObject({ desks: [{ desk: 'sci/PRET' }] });
  });
});
