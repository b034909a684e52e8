import { expect } from 'vitest';
import type { LetterFacts, LetterKind } from '../../source/circulation/letters.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { settleRequests } from '../../source/desk/requests-outdated.ts';
import { moveDueDates } from '../../source/jobs/move-due-dates.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine, local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';

type Row = {
  readonly kind: LetterKind;
  readonly library: string | null;
  readonly to: string | null;
  readonly state: string;
  readonly error: string | null;
  readonly channel: string;
  readonly facts: LetterFacts[LetterKind];
};
const letters = async ({ sql }: TestDatabase): Promise<Row[]> => {
  const rows = await sql<Row & { readonly facts: unknown }>(
    'select kind, library, to_address as "to", state, error, channel, facts from letters order by id',
  );
  return rows.map((one) => ({ ...one, facts: JSON.parse(one.facts as unknown as string) as Row['facts'] }));
};

/** P1 (and others) ask for an item; answers with the request's number. */
async function asked(scene: Scene, patron: string, item: string, pickup = 'sci'): Promise<number> {
  const answer = await scene.act(placeRequest, { patron, item, pickup });
  if (answer.kind !== 'placed') throw new Error(JSON.stringify(answer));
  return answer.request.id;
}
async function people(scene: Scene): Promise<void> {
  for (const id of ['P1', 'P2', 'P3']) await scene.patron({ id, lastName: `Name ${id}`, email: `${id}@example.org` });
}

onBothDatabases('letters that follow from what happens', (it) => {
  it('HOLD-01 LET-03 an item on the hold shelf: its requester is told at once, by its owner, until when', async ({
    scene,
    database,
  }) => {
    await people(scene);
    await scene.items({ barcode: 'B1', title: 'Optique', author: 'Durand', location: 'buc/SALLE' });
    await asked(scene, 'P1', 'B1');
    expect(await letters(database)).toEqual([]);
    await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'buc/PRET'));
    expect(await letters(database)).toEqual([]);
    scene.at('2026-06-02T10:00');
    await scene.act(scanIn, { barcode: 'B1' });
    expect(await letters(database)).toEqual([
      {
        kind: 'hold-available',
        library: 'buc',
        to: 'P1@example.org',
        state: 'queued',
        error: null,
        channel: 'mail',
        facts: {
          patron: { lastName: 'Name P1', firstName: 'Ana', identifier: 'P1' },
          title: 'Optique',
          author: 'Durand',
          description: null,
          pickup: 'sci',
          placedAt: local('2026-06-01T10:00'),
          heldUntil: '2026-06-11',
          closing: null,
          reason: null,
        },
      },
    ]);
    // Scanned again it is no news.
    await scene.act(scanIn, { barcode: 'B1' });
    expect(await letters(database)).toHaveLength(1);
  });

  it('CAN-01 a request that is cancelled: told with its reason, unless staff choose not to', async ({
    scene,
    database,
  }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    const [told, untold] = [await asked(scene, 'P1', 'B1'), await asked(scene, 'P1', 'B2')];
    await scene.act(cancelRequest, { request: told, reason: 'Exemplaire abîmé' });
    await scene.act(cancelRequest, { request: untold, notify: false });
    expect(await letters(database)).toMatchObject([
      {
        kind: 'request-cancelled',
        library: 'sci',
        to: 'P1@example.org',
        facts: { title: 'Title B1', closing: 'cancelled', reason: 'Exemplaire abîmé', heldUntil: null },
      },
    ]);
  });

  it('CAN-02 one that the system cancels: its patron is told', async ({ scene, database }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' });
    const answer = await scene.act(placeRequest, { patron: 'P1', item: 'B1', pickup: 'sci', until: '2026-06-03' });
    expect(answer).toMatchObject({ kind: 'placed' });
    scene.at('2026-06-04T00:40');
    await scene.act(settleRequests, {}, commandLine);
    expect(await letters(database)).toMatchObject([
      { kind: 'request-cancelled', to: 'P1@example.org', facts: { closing: 'not-needed' } },
    ]);
  });

  it('REQ-08 a loan that is recalled, and is no more: its borrower is told of both', async ({ scene, database }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' });
    await scene.lend('P2', 'B1');
    const request = await asked(scene, 'P1', 'B1');
    await scene.act(cancelRequest, { request, notify: false });
    const loan = { barcode: 'B1', library: 'sci', due: local('2026-06-22T19:00'), daysLate: 0 };
    expect(await letters(database)).toMatchObject([
      { kind: 'recalled', library: 'sci', to: 'P2@example.org', facts: { patron: { identifier: 'P2' }, loan } },
      { kind: 'recall-cancelled', to: 'P2@example.org', facts: { loan } },
    ]);
  });

  it('REQ-08 a request that is at once another one’s recall is told once', async ({ scene, database }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' });
    await scene.lend('P2', 'B1');
    const first = await asked(scene, 'P1', 'B1');
    await asked(scene, 'P3', 'B1');
    // The first one goes, the loan stays recalled for the second.
    await scene.act(cancelRequest, { request: first, notify: false });
    expect((await letters(database)).map(({ kind }) => kind)).toEqual(['recalled']);
    // It comes back: nobody is told that it is not recalled any more; whoever waits is told that it is there.
    await scene.act(returnItem, { barcode: 'B1' });
    expect((await letters(database)).map(({ kind, to }) => [kind, to])).toEqual([
      ['recalled', 'P2@example.org'],
      ['hold-available', 'P3@example.org'],
    ]);
  });

  it('REN-09 due dates changed by hand: one letter for each borrower and library, with old and new dates', async ({
    scene,
    database,
  }) => {
    await people(scene);
    const buc = { location: 'buc/SALLE' };
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3', ...buc }, { barcode: 'B4' });
    for (const barcode of ['B1', 'B2', 'B3']) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
    await scene.lend('P2', 'B4');
    const manager = await scene.staff('head', 'manager');
    const changed = await scene.act(changeDue, { barcodes: ['B1', 'B2', 'B3', 'B4'], due: '2026-06-30' }, manager);
    expect(changed).toMatchObject({ kind: 'changed' });
    const moved = { due: local('2026-06-30T19:00'), before: local('2026-06-22T19:00') };
    expect(await letters(database)).toMatchObject([
      {
        kind: 'due-date-changed',
        library: 'sci',
        to: 'P1@example.org',
        facts: {
          because: 'by-hand',
          loans: [
            { barcode: 'B1', ...moved },
            { barcode: 'B2', ...moved },
          ],
        },
      },
      { library: 'buc', to: 'P1@example.org', facts: { loans: [{ barcode: 'B3', due: local('2026-06-30T20:00') }] } },
      { library: 'sci', to: 'P2@example.org', facts: { loans: [{ barcode: 'B4' }] } },
    ]);
    // A second change at the same moment is news of its own.
    await scene.act(changeDue, { barcodes: ['B1'], due: '2026-07-01' }, manager);
    expect(await letters(database)).toHaveLength(4);
  });

  it('CAL-07 due dates that the calendar has moved, however many batches it took', async ({ scene, database }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    for (const barcode of ['B1', 'B2']) await scene.lend('P1', barcode);
    await scene.load(withLibrary('sci', { closures: [{ from: '2026-06-22', to: '2026-06-22' }] }));
    for (let more = true; more;) {
      const done = await scene.act(moveDueDates, { most: 1 }, commandLine);
      if (done.kind !== 'moved') throw new Error(done.kind);
      ({ more } = done);
    }
    const all = await letters(database);
    expect(all).toMatchObject([{ kind: 'due-date-changed' }, { kind: 'due-date-changed' }]);
    expect(
      all.flatMap(({ facts }) => (facts as LetterFacts['due-date-changed']).loans.map((one) => one.barcode)),
    ).toEqual(['B1', 'B2']);
    // Run again nothing is written again (CYC-04).
    await scene.act(moveDueDates, {}, commandLine);
    expect(await letters(database)).toHaveLength(2);
  });

  it('LET-06 without a usable address they fail where that is seen, or wait for paper, as the library has it', async ({
    scene,
    database,
  }) => {
    const network = {
      ...withLibrary('buc', {
        letters: { withoutAddress: 'paper' },
        desks: [{ code: 'PRET', name: 'Prêt', printer: { email: 'printer-buc@example.org' } }],
      }),
      placeholderEmail: 'none@example.org',
    };
    await scene.load(network);
    await scene.patron({ id: 'P1', email: 'none@example.org' });
    await scene.patron({ id: 'P2', email: null });
    await scene.items(
      { barcode: 'B1' },
      { barcode: 'B2', location: 'buc/SALLE' },
      { barcode: 'B3', location: 'med/SALLE' },
    );
    for (const [patron, barcode] of [
      ['P1', 'B1'],
      ['P1', 'B2'],
      ['P2', 'B3'],
    ] as const)
      expect(await scene.lend(patron, barcode)).toMatchObject({ kind: 'lent' });
    const manager = await scene.staff('head', 'manager');
    await scene.act(changeDue, { barcodes: ['B1', 'B2', 'B3'], due: '2026-06-30' }, manager);
    const failed = { state: 'failed', error: 'no-address', to: null, channel: 'mail' };
    expect(await letters(database)).toMatchObject([
      { library: 'sci', ...failed },
      { library: 'buc', state: 'queued', error: null, to: 'printer-buc@example.org', channel: 'paper' },
      { library: 'med', ...failed },
    ]);
    expect(await eventsIn(database, 'letter-failed')).toMatchObject([
      { data: { letterKind: 'due-date-changed', error: 'no-address' } },
      { data: { letterKind: 'due-date-changed', error: 'no-address' } },
    ]);
    await scene.load({
      ...withLibrary('buc', { letters: { withoutAddress: 'paper' } }),
      placeholderEmail: 'none@example.org',
    });
    await scene.act(changeDue, { barcodes: ['B2'], due: '2026-07-01' }, manager);
    // No printer has an address: it waits to be printed at a desk.
    expect((await letters(database)).at(-1)).toMatchObject({ state: 'queued', channel: 'paper', to: null });
  });

  it('REL-09 what is refused, or undone, is told to nobody', async ({ scene, database }) => {
    await people(scene);
    await scene.items({ barcode: 'B1' });
    await scene.lend('P2', 'B1');
    const manager = await scene.staff('head', 'manager');
    expect(await scene.act(changeDue, { barcodes: ['B1', 'NONE'], due: '2026-06-30' }, manager)).toMatchObject({
      kind: 'unknown',
    });
    expect(await letters(database)).toEqual([]);
  });
});
