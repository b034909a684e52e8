import { expect } from 'vitest';
import { ownAccount } from '../../source/desk/own-account.ts';
import { ownRequests } from '../../source/desk/own-requests.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest, requestForm } from '../../source/desk/requests-place.ts';
import { findLetters } from '../../source/desk/letters-find.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, said, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { asPatron, kioskOf } from '../support/kiosk.ts';
import { network, withLibrary } from '../support/network.ts';

async function linesOf(scene: Scene, patron: number) {
  const shown = await asPatron(scene, patron, ownRequests, {});
  if (shown.kind !== 'requests') throw new Error(JSON.stringify(shown));
  return shown.lines;
}
async function statusOf(scene: Scene, patron: number) {
  return (await linesOf(scene, patron))[0]?.status;
}
async function placed(scene: Scene, patron: number, item: string, pickup = 'sci'): Promise<number> {
  const outcome = await asPatron(scene, patron, placeRequest, { item, pickup });
  if (outcome.kind !== 'placed') throw new Error(JSON.stringify(outcome));
  return outcome.request.id;
}

onBothDatabases("a patron's own requests", (it) => {
  it('KIO-04 follow what is done for them, in the words of who waits', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const first = await scene.patron({ id: 'P2' });
    await scene.patron({ id: 'P3' });
    await scene.items({ barcode: 'B1', title: 'Algèbre', author: 'A. B.', location: 'buc/SALLE' });
    await scene.lend('P3', 'B1');
    await placed(scene, first, 'B1', 'buc');
    const id = await placed(scene, patron, 'B1');
    expect(await linesOf(scene, patron)).toEqual([
      {
        request: id,
        titleId: expect.any(Number) as number,
        title: 'Algèbre',
        author: 'A. B.',
        description: null,
        pickup: 'sci',
        placedAt: scene.now(),
        until: null,
        status: { kind: 'waiting', position: 2, due: null },
      },
    ]);
    const recalled = await statusOf(scene, first);
    expect(recalled).toMatchObject({ kind: 'waiting', position: 1 });
    expect(recalled?.kind === 'waiting' && said(recalled.due)).toBe('2026-06-15T20:00');
    const atBuc = seatAt(scene.bib, 'buc/PRET');
    await scene.giveBack('B1', {}, atBuc);
    expect(await statusOf(scene, first)).toMatchObject({ kind: 'ready', library: 'buc', isOver: false });
    await asPatron(scene, first, cancelRequest, { request: (await linesOf(scene, first))[0]?.request ?? 0 });
    expect(await statusOf(scene, patron)).toEqual({ kind: 'on-its-way' });
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ instruction: 'hold-shelf' });
    expect(await statusOf(scene, patron)).toEqual({
      kind: 'ready',
      library: 'sci',
      until: '2026-06-10',
      isOver: false,
    });
    scene.at('2026-06-11T10:00');
    expect(await statusOf(scene, patron)).toMatchObject({ kind: 'ready', until: '2026-06-10', isOver: true });
    await scene.lend('P1', 'B1');
    expect(await linesOf(scene, patron)).toEqual([]);
  });

  it('KIO-04 REQ-07 asked for from the shelves, or being received', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', location: 'buc/SALLE' }, { barcode: 'B2', process: 'ACQ' });
    await placed(scene, patron, 'B1');
    await placed(scene, patron, 'B2');
    expect((await linesOf(scene, patron)).map((one) => one.status)).toEqual([
      { kind: 'being-fetched', library: 'buc' },
      { kind: 'acquisition', library: 'sci' },
    ]);
  });

  it('KIO-04 REQ-02 the form offers the possible pickup libraries alone, the own one first', async ({ scene }) => {
    await scene.load(withLibrary('sci', { pickup: [{ at: ['sci', 'med'] }] }));
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1', title: 'Algèbre' });
    const form = async (library: string | null) =>
      scene.perform(kioskOf(patron, library), requestForm, { item: 'B1', patron });
    expect(await form('med')).toMatchObject({
      kind: 'form',
      title: 'Algèbre',
      patron: null,
      libraries: [
        { code: 'sci', possible: true },
        { code: 'med', possible: true },
      ],
      possible: ['sci', 'med'],
      proposed: 'med',
      refusals: [],
    });
    expect(await form('buc')).toMatchObject({ proposed: 'sci' });
    expect(await form(null)).toMatchObject({ proposed: 'sci' });
    const elsewhere = await asPatron(scene, patron, placeRequest, { item: 'B1', pickup: 'buc' });
    expect(elsewhere).toMatchObject({ kind: 'refused', reasons: [{ code: 'PICKUP_NOT_POSSIBLE' }] });
  });

  it('KIO-04 REQ-01 a volume is chosen first; not needed after a day to come', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items(
      { barcode: 'B1', title: 'Encyclopédie', description: 't. 1' },
      { barcode: 'B2', title: 'Encyclopédie', description: 't. 2' },
    );
    const form = await asPatron(scene, patron, requestForm, { item: 'B2' });
    if (form.kind !== 'form') throw new Error(form.kind);
    expect(form.volumes.map((one) => one.description)).toEqual(['t. 1', 't. 2']);
    const ask = async (more: { item?: string; title?: number; until?: string }) =>
      asPatron(scene, patron, placeRequest, { pickup: 'sci', ...more });
    expect(await ask({ title: form.titleId })).toMatchObject({ kind: 'invalid', path: 'item', problem: 'empty' });
    expect(await ask({ item: 'B2', until: '2026-05-31' })).toMatchObject({ kind: 'invalid', path: 'until' });
    expect(await ask({ item: 'B2', until: '2026-06-30' })).toMatchObject({ kind: 'placed' });
    expect(await linesOf(scene, patron)).toMatchObject([{ description: 't. 2', until: '2026-06-30' }]);
    expect(await eventsIn(database, 'request-placed')).toMatchObject([
      { staff: null, desk: '-', patronId: patron, data: { by: 'patron', until: '2026-06-30', note: null } },
    ]);
    // What the desk writes on its slips is not the patron's to write.
    const noted = await asPatron(scene, patron, placeRequest, { item: 'B1', pickup: 'sci', note: 'vite' });
    expect(noted).toMatchObject({ kind: 'not-permitted' });
  });

  it('KIO-04 V.2.1 PEN-06 a blocked patron asks for nothing, and is not told what staff noted', async ({ scene }) => {
    await scene.load(network({ blockTypes: [{ code: 'MANUAL', stops: ['request'] }] }));
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.act(blockPatron, { patron, type: 'MANUAL', until: '2026-06-30', note: 'Difficile' });
    const told = [
      await asPatron(scene, patron, ownAccount, {}),
      await asPatron(scene, patron, requestForm, { item: 'B1' }),
      await asPatron(scene, patron, placeRequest, { item: 'B1', pickup: 'sci' }),
    ];
    const reason = { code: 'PATRON_BLOCKED', facts: { blocks: [{ type: 'MANUAL', until: '2026-06-30', note: null }] } };
    expect(told).toMatchObject([
      { kind: 'account', mayRequest: false, againstRequests: [reason] },
      { kind: 'form', refusals: [reason] },
      { kind: 'refused', reasons: [reason] },
    ]);
    expect(JSON.stringify(told)).not.toContain('Difficile');
    expect(await scene.act(requestForm, { item: 'B1', patron })).toMatchObject({
      refusals: [{ facts: { blocks: [{ note: 'Difficile' }] } }],
    });
  });
});

onBothDatabases('a patron cancels a request', (it) => {
  it('KIO-04 CAN-01 CAN-03 at any stage, also on the hold shelf: the next one has it, and is not named', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const next = await scene.patron({ id: 'P2', lastName: 'Petit', email: 'luc@example.org' });
    await scene.patron({ id: 'P3' });
    await scene.items({ barcode: 'B1' });
    await scene.lend('P3', 'B1');
    const request = await placed(scene, patron, 'B1');
    await placed(scene, next, 'B1');
    await scene.giveBack('B1');
    expect(await statusOf(scene, patron)).toMatchObject({ kind: 'ready' });
    const cancelled = await asPatron(scene, patron, cancelRequest, { request, reason: 'Plus besoin' });
    expect(cancelled).toMatchObject({ kind: 'cancelled', item: null, was: { state: 'on-shelf' } });
    expect(JSON.stringify(cancelled)).not.toMatch(/Petit|"P2"|"patronId":[1-9]/u);
    expect(await statusOf(scene, next)).toMatchObject({ kind: 'ready', library: 'sci' });
    expect(await eventsIn(database, 'request-cancelled')).toMatchObject([
      { staff: null, desk: '-', patronId: patron, data: { by: 'patron', reason: 'Plus besoin', notify: false } },
    ]);
    const again = await asPatron(scene, patron, cancelRequest, { request });
    expect(again).toMatchObject({ kind: 'closed-already', request: { closedBy: null, reason: null } });
    // Who cancels themselves knows; the next one is told.
    const letters = await scene.perform(commandLine, findLetters, { window: { offset: 0, limit: 50 } });
    const kinds = letters.kind === 'letters' ? letters.letters.map(({ kind, address }) => [kind, address]) : [];
    expect(kinds).toContainEqual(['hold-available', 'luc@example.org']);
    expect(kinds.filter(([kind]) => kind === 'request-cancelled')).toEqual([]);
  });

  it('KIO-04 CAN-01 with a letter where they ask for one', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items({ barcode: 'B1' });
    const request = await placed(scene, patron, 'B1');
    const tooLong = await asPatron(scene, patron, cancelRequest, { request, reason: 'x'.repeat(1001) });
    expect(tooLong).toMatchObject({ kind: 'invalid', path: 'reason', problem: 'too-long' });
    expect(await asPatron(scene, patron, cancelRequest, { request, notify: true })).toMatchObject({
      kind: 'cancelled',
    });
    expect(await database.sql("select kind from letters where kind = 'request-cancelled'")).toHaveLength(1);
  });

  it("KIO-07 tells nothing of the staff's part in one that the desk has cancelled", async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    const request = await placed(scene, patron, 'B1');
    await scene.act(cancelRequest, { request, reason: 'Introuvable, sans doute volé' });
    const told = await asPatron(scene, patron, cancelRequest, { request });
    expect(told).toMatchObject({ kind: 'closed-already', request: { state: 'cancelled', closing: 'cancelled' } });
    expect(JSON.stringify(told)).not.toMatch(/bib|volé/u);
  });
});
