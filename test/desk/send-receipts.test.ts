import { expect } from 'vitest';
import type { LetterFacts, LetterKind } from '../../source/circulation/letters.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { endSession } from '../../source/desk/patrons.ts';
import { sendReceipt, sendReport } from '../../source/desk/send-receipts.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { withLibrary } from '../support/network.ts';

async function lent(scene: Scene, ...barcodes: string[]): Promise<number[]> {
  const loans: number[] = [];
  for (const barcode of barcodes) {
    const answer = await scene.lend('P1', barcode);
    if (answer.kind !== 'lent') throw new Error(JSON.stringify(answer));
    loans.push(answer.loan);
  }
  return loans;
}

/** The letters of a kind, with their facts. */
async function lettersOf<Kind extends LetterKind>({ sql }: TestDatabase, kind: Kind) {
  const rows = await sql<{ library: string | null; to_address: string; facts: string }>(
    `select library, to_address, facts from letters where kind = '${kind}' order by id`,
  );
  return rows.map(({ facts, library, to_address: to }) => ({
    library,
    to,
    facts: JSON.parse(facts) as LetterFacts[Kind],
  }));
}

const automatic = withLibrary('sci', { receipts: { loan: 'automatic', return: 'automatic' } });
const items = [{ barcode: 'B1', title: 'Optique' }, { barcode: 'B2' }, { barcode: 'B3', location: 'buc/SALLE' }];

onBothDatabases('receipts and reports by mail', (it) => {
  it('TAB-07 where the library does so automatically, the end of a session sends what was lent and returned', async ({
    scene,
    database,
  }) => {
    await scene.load(automatic);
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items(...items);
    const loans = await lent(scene, 'B1', 'B2');
    scene.at('2026-06-01T10:05');
    await scene.giveBack('B2');
    const ended = await scene.act(endSession, { patron, loans, returned: [loans[1] ?? 0], because: 'done' });
    expect(ended).toEqual({
      kind: 'ended',
      receipts: [
        { kind: 'queued', letter: 1, letterKind: 'loan-receipt', address: 'ana@example.org' },
        { kind: 'queued', letter: 2, letterKind: 'return-receipt', address: 'ana@example.org' },
      ],
    });
    expect(await lettersOf(database, 'loan-receipt')).toEqual([
      {
        library: 'sci',
        to: 'ana@example.org',
        facts: {
          patron: { lastName: 'Name P1', firstName: 'Ana', identifier: 'P1' },
          at: scene.now(),
          desk: 'sci/PRET',
          loans: [
            {
              barcode: 'B1',
              title: 'Optique',
              author: null,
              description: null,
              callNumber: null,
              library: 'sci',
              loanedAt: local('2026-06-01T10:00'),
              due: local('2026-06-22T19:00'),
              daysLate: 0,
            },
          ],
        },
      },
    ]);
    expect(await lettersOf(database, 'return-receipt')).toMatchObject([
      { facts: { returns: [{ barcode: 'B2', returnedAt: local('2026-06-01T10:05') }], blockedUntil: null } },
    ]);
    expect(await eventsIn(database, 'receipt-asked')).toMatchObject([
      { patronId: patron, data: { letter: 2, letterKind: 'return-receipt' } },
      { data: { letter: 1, letterKind: 'loan-receipt' } },
    ]);
    expect((await eventsIn(database, 'session-ended'))[0]).toMatchObject({ data: { loans, returned: [loans[1]] } });
    // A session in which nothing happened sends nothing.
    expect(await scene.act(endSession, { patron, loans: [], because: 'done' })).toEqual({
      kind: 'ended',
      receipts: [],
    });
  });

  it('TAB-07 elsewhere nothing leaves by itself', async ({ scene, database }) => {
    await scene.load(automatic);
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items(...items);
    const loans = await lent(scene, 'B1');
    const buc = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(endSession, { patron, loans, because: 'done' }, buc)).toEqual({
      kind: 'ended',
      receipts: [],
    });
    expect(await lettersOf(database, 'loan-receipt')).toEqual([]);
  });

  it.for([null, 'none@example.org'])(
    'TAB-07 without a usable address (%s) nothing is stored: the desk prints it',
    async (email, { scene, database }) => {
      await scene.load({ ...automatic, placeholderEmail: 'none@example.org' });
      const patron = await scene.patron({ id: 'P1', email });
      await scene.items(...items);
      const loans = await lent(scene, 'B1');
      expect(await scene.act(endSession, { patron, loans, because: 'done' })).toMatchObject({
        receipts: [{ kind: 'no-address', letterKind: 'loan-receipt' }],
      });
      expect(await scene.act(sendReport, { patron, report: 'activity' })).toMatchObject({ kind: 'no-address' });
      expect(await lettersOf(database, 'loan-receipt')).toEqual([]);
    },
  );

  it('TAB-07 on demand, as often as it is asked for; nothing where there is nothing to say', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items(...items);
    const loans = await lent(scene, 'B1', 'B3');
    const ask = async () => scene.act(sendReceipt, { patron, receipt: 'loan', loans });
    expect(await ask()).toEqual({ kind: 'queued', letter: 1, letterKind: 'loan-receipt', address: 'ana@example.org' });
    expect(await ask()).toMatchObject({ kind: 'queued', letter: 2 });
    // LET-03: over items of several libraries nobody can be answered.
    expect((await lettersOf(database, 'loan-receipt')).map(({ library }) => library)).toEqual([null, null]);
    expect(await scene.act(sendReceipt, { patron, receipt: 'return', loans })).toEqual({
      kind: 'nothing',
      letterKind: 'return-receipt',
    });
    expect(await scene.act(sendReceipt, { patron: 99, receipt: 'loan', loans })).toMatchObject({ kind: 'unknown' });
  });

  it('TAB-09 the activity report by library, and the requests report', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items(...items, { barcode: 'B4', title: 'Acoustique', author: 'Petit' });
    await lent(scene, 'B1', 'B3');
    expect(await scene.act(placeRequest, { patron: 'P1', item: 'B4', pickup: 'sci' })).toMatchObject({
      kind: 'placed',
    });
    scene.at('2026-06-17T10:00');
    expect(await scene.act(sendReport, { patron, report: 'activity' })).toMatchObject({ kind: 'queued' });
    expect(await lettersOf(database, 'activity-report')).toMatchObject([
      {
        library: null,
        facts: {
          libraries: [
            { library: 'buc', loans: [{ barcode: 'B3', daysLate: 2 }] },
            { library: 'sci', loans: [{ barcode: 'B1', daysLate: 0 }] },
          ],
        },
      },
    ]);
    expect(await scene.act(sendReport, { patron, report: 'requests' })).toMatchObject({ kind: 'queued' });
    expect(await lettersOf(database, 'requests-report')).toMatchObject([
      {
        library: 'sci',
        facts: { requests: [{ title: 'Acoustique', author: 'Petit', pickup: 'sci', state: 'waiting' }] },
      },
    ]);
  });
});
