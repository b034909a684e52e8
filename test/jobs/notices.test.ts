import { expect } from 'vitest';
import type { Network } from '../../source/circulation/network.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import { renew } from '../../source/desk/renew.ts';
import { findNotices, writeNotices } from '../../source/desk/notices.ts';
import type { NoticePlace } from '../../source/desk/notices.ts';
import { onBothDatabases } from '../support/desk.ts';
import { local, said } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { days, hours, withLibrary } from '../support/network.ts';
import { lettersIn, nightOf, nightsFrom, noticesIn, runFor } from '../support/nights.ts';

const email = (who: string) => ({ email: `${who.toLowerCase()}@example.org` });

/** Three libraries with three cycles (CYC-01); everything is lent for two weeks from Monday 1 June, due Monday 15 June. */
const threeCycles: Network = {
  ...withLibrary('buc', { notices: { cycle: 2 } }, withLibrary('med', { notices: { cycle: 3 } })),
  loanRules: [
    { policy: ['H2'], period: hours(2) },
    { period: days(14), max: days(21) },
  ],
  limits: [],
  cycles: [
    { code: 1, courtesy: 3, overdue: [7, 14, 21], bill: 28 },
    { code: 2, courtesy: 3, overdue: [4, 16, 28], bill: 40 },
    { code: 3, courtesy: 3, overdue: [10, 24, 38], bill: 52 },
  ],
};

async function lendAtThree(scene: Scene): Promise<void> {
  await scene.load(threeCycles);
  await scene.patron({ id: 'P1', ...email('P1') });
  await scene.items(
    { barcode: 'S1' },
    { barcode: 'B1', location: 'buc/SALLE' },
    { barcode: 'M1', location: 'med/SALLE' },
  );
  for (const barcode of ['S1', 'B1', 'M1']) expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
}

onBothDatabases('notices of the cycles', (it) => {
  it('CYC-01 CYC-02 each library’s cycle from courtesy to bill, each letter in its night', async ({
    scene,
    database,
  }) => {
    await lendAtThree(scene);
    await nightsFrom(scene, '2026-06-01', '2026-08-08');
    expect(await noticesIn(database)).toEqual([
      '2026-06-12 courtesy P1 sci S1',
      '2026-06-12 courtesy P1 buc B1',
      '2026-06-12 courtesy P1 med M1',
      '2026-06-14 due-today P1 sci S1',
      '2026-06-14 due-today P1 buc B1',
      '2026-06-14 due-today P1 med M1',
      '2026-06-18 overdue-1 P1 buc B1',
      '2026-06-21 overdue-1 P1 sci S1',
      '2026-06-24 overdue-1 P1 med M1',
      '2026-06-28 overdue-2 P1 sci S1',
      '2026-06-30 overdue-2 P1 buc B1',
      '2026-07-05 overdue-3 P1 sci S1',
      '2026-07-08 overdue-2 P1 med M1',
      '2026-07-12 overdue-3 P1 buc B1',
      '2026-07-12 lost-item-bill P1 sci S1',
      '2026-07-22 overdue-3 P1 med M1',
      '2026-07-24 lost-item-bill P1 buc B1',
      '2026-08-05 lost-item-bill P1 med M1',
    ]);
    const letters = await lettersIn(database);
    expect(letters.map((one) => said(one.at)?.slice(11))).toEqual(letters.map(() => '00:30'));
    expect(letters[7]?.facts).toMatchObject({ dueDay: '2026-06-15', loans: [{ barcode: 'S1', daysLate: 7 }] });
  });

  it('CYC-02 LET-03 one letter per patron, library, kind and due day, by title, in the patron’s language', async ({
    scene,
    database,
  }) => {
    await scene.load(threeCycles);
    const ana = await scene.patron({ id: 'P1', language: 'en', ...email('P1') });
    await scene.patron({ id: 'P2', ...email('P2') });
    await scene.items(
      { barcode: 'S1', title: 'Zoologie' },
      { barcode: 'S2', title: 'Algèbre', author: 'Martin', callNumber: '512 ALG' },
      { barcode: 'S3' },
      { barcode: 'B1', location: 'buc/SALLE' },
      { barcode: 'OTHER' },
    );
    for (const barcode of ['S1', 'S2', 'B1']) await scene.lend('P1', barcode);
    await scene.lend('P2', 'OTHER');
    await scene.lend('P1', 'S3');
    await scene.act(changeDue, { barcodes: ['S3'], due: '2026-06-16' });
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({ courtesy: 3 });
    expect((await noticesIn(database)).toSorted()).toEqual([
      '2026-06-12 courtesy P1 buc B1',
      '2026-06-12 courtesy P1 sci S2 S1',
      '2026-06-12 courtesy P2 sci OTHER',
    ]);
    const letter = (await lettersIn(database)).find(
      (one) => one.patron === ana && one.library === 'sci' && one.night !== null,
    );
    expect(letter).toMatchObject({
      kind: 'courtesy',
      language: 'en',
      address: 'p1@example.org',
      channel: 'mail',
      state: 'queued',
      facts: {
        patron: { lastName: 'Name P1', identifier: 'P1' },
        library: 'sci',
        dueDay: '2026-06-15',
        postal: null,
        notRenewed: [],
        loans: [
          { title: 'Algèbre', author: 'Martin', callNumber: '512 ALG', due: local('2026-06-15T19:00'), daysLate: 0 },
          { title: 'Zoologie', loanedAt: local('2026-06-01T10:00') },
        ],
      },
    });
    expect(await nightOf(scene, '2026-06-13', 'notices-courtesy')).toEqual({ courtesy: 1 });
  });

  it('CYC-02 what was returned or renewed before the night is not told of; what was renewed is warned of again', async ({
    scene,
    database,
  }) => {
    await lendAtThree(scene);
    scene.at('2026-06-12T10:00');
    await scene.giveBack('S1');
    expect(await scene.act(renew, { barcodes: ['B1'] })).toMatchObject({ lines: [{ kind: 'renewed' }] });
    await nightsFrom(scene, '2026-06-12', '2026-06-16', 'notices-courtesy');
    expect(await noticesIn(database)).toEqual(['2026-06-12 courtesy P1 med M1', '2026-06-16 courtesy P1 buc B1']);
  });

  it('CYC-02 CAL-06 loans by the hour are told of when they are late, not days before', async ({ scene, database }) => {
    await scene.load(threeCycles);
    await scene.patron({ id: 'P1', ...email('P1') });
    await scene.items({ barcode: 'HOUR', policy: 'H2' }, { barcode: 'NEXT', policy: 'H2' });
    await scene.lend('P1', 'HOUR');
    // Closed by then: due when the library opens the next morning.
    scene.at('2026-06-01T18:30');
    expect(await scene.lend('P1', 'NEXT', { override: { codes: 'all' } })).toMatchObject({
      due: local('2026-06-02T08:00'),
    });
    await nightsFrom(scene, '2026-06-01', '2026-06-08');
    expect(await noticesIn(database)).toEqual(['2026-06-07 overdue-1 P1 sci HOUR', '2026-06-08 overdue-1 P1 sci NEXT']);
  });

  it('CYC-02 days are those of the network: the nights in which the clocks change, the turn of the year', async ({
    scene,
    database,
  }) => {
    await scene.load({ ...threeCycles, libraries: threeCycles.libraries.map((one) => ({ ...one, closures: [] })) });
    await scene.patron({ id: 'P1', expiry: '2029-10-30', ...email('P1') });
    await scene.items(...['SPRING', 'AUTUMN', 'YEAR'].map((barcode) => ({ barcode })));
    scene.at('2026-10-12T10:00');
    await scene.lend('P1', 'AUTUMN');
    // Due Monday 26 October: the clocks went back on Sunday.
    await nightsFrom(scene, '2026-10-22', '2026-10-25');
    scene.at('2026-10-26T10:00');
    await scene.giveBack('AUTUMN');
    scene.at('2026-12-19T10:00');
    await scene.lend('P1', 'YEAR');
    await nightsFrom(scene, '2026-12-28', '2027-01-08');
    scene.at('2027-01-09T10:00');
    await scene.giveBack('YEAR');
    scene.at('2027-03-15T10:00');
    await scene.lend('P1', 'SPRING', { override: { codes: 'all' } });
    await nightsFrom(scene, '2027-03-25', '2027-03-28');
    expect(await noticesIn(database)).toEqual([
      '2026-10-23 courtesy P1 sci AUTUMN',
      '2026-10-25 due-today P1 sci AUTUMN',
      '2026-12-30 courtesy P1 sci YEAR',
      '2027-01-01 due-today P1 sci YEAR',
      '2027-01-08 overdue-1 P1 sci YEAR',
      '2027-03-26 courtesy P1 sci SPRING',
      '2027-03-28 due-today P1 sci SPRING',
    ]);
  });

  it('LET-06 who cannot be written to is counted apart; the bill goes on paper to the postal address', async ({
    scene,
    database,
  }) => {
    await scene.load(threeCycles);
    const home = { kind: 'address', type: 'home', city: 'Toulouse', postalCode: '31000', country: null } as const;
    await scene.patron({ id: 'P1', contacts: [{ ...home, value: '1 rue Neuve\nBât. B', preferred: true }] });
    await scene.items({ barcode: 'S1' });
    await scene.lend('P1', 'S1');
    expect(await nightOf(scene, '2026-06-12', 'notices-courtesy')).toEqual({});
    expect(await lettersIn(database)).toMatchObject([{ kind: 'courtesy', state: 'failed', address: null }]);
    expect(await nightOf(scene, '2026-07-12', 'overdue-and-lost')).toEqual({ 'lost-item-bill': 1, lost: 1 });
    expect((await lettersIn(database))[1]).toMatchObject({
      kind: 'lost-item-bill',
      channel: 'paper',
      state: 'queued',
      facts: { postal: { lines: ['1 rue Neuve', 'Bât. B'], postalCode: '31000', city: 'Toulouse' } },
    });
  });

  it('CYC-03 the bill turns the loan Lost and its item LOST_LOAN, with an event', async ({ scene, database }) => {
    await lendAtThree(scene);
    await nightOf(scene, '2026-07-11', 'overdue-and-lost');
    expect(await database.sql("select barcode from items where process = 'LOST_LOAN'")).toEqual([]);
    expect(await nightOf(scene, '2026-07-12', 'overdue-and-lost')).toMatchObject({ lost: 1 });
    expect(await database.sql("select barcode, at_library as at from items where process = 'LOST_LOAN'")).toEqual([
      { barcode: 'S1', at: 'sci' },
    ]);
    const events = await database.records.read(async (records) => records.events.latest('loan-lost', 10));
    expect(events).toMatchObject([
      { staff: null, at: scene.now(), data: { barcode: 'S1', library: 'sci', due: local('2026-06-15T19:00') } },
    ]);
    expect(await scene.giveBack('S1')).toMatchObject({ kind: 'returned', was: 'LOST_LOAN' });
  });

  it('CYC-03 a loan that no night has found on its day becomes lost all the same', async ({ scene, database }) => {
    await lendAtThree(scene);
    expect(await nightOf(scene, '2026-08-31', 'overdue-and-lost')).toEqual({ 'lost-item-bill': 3, lost: 3 });
    expect((await lettersIn(database)).map((one) => one.facts)).toMatchObject(
      ['sci', 'buc', 'med'].map((library) => ({ library, dueDay: '2026-06-15' })),
    );
  });

  it('CYC-03 CYC-04 a lost loan that was found and due on the same day again is lost again, and billed once', async ({
    scene,
    database,
  }) => {
    await lendAtThree(scene);
    await nightOf(scene, '2026-07-12', 'overdue-and-lost');
    // Nobody can at a desk; somebody with the database in hand.
    await database.sql("update loans set lost_at = null where id = 1; update items set process = 'LOAN' where id = 1");
    expect(await nightOf(scene, '2026-07-13', 'overdue-and-lost')).toEqual({ lost: 1 });
    expect((await lettersIn(database)).filter((one) => one.kind === 'lost-item-bill')).toHaveLength(1);
  });

  it('CYC-03 REQ-07 who waited for the lost copy waits for another one', async ({ scene, database, requests }) => {
    await scene.load(threeCycles);
    await scene.patron({ id: 'P1', ...email('P1') });
    const waiting = await scene.patron({ id: 'P2', ...email('P2') });
    await scene.items({ barcode: 'S1', title: 'Same' }, { barcode: 'S2', title: 'Same' });
    await scene.lend('P1', 'S1');
    scene.at('2026-06-09T10:00');
    await scene.patron({ id: 'P3' });
    await scene.lend('P3', 'S2');
    await requests.place({ patron: waiting, barcode: 'S1' });
    const recalled = async () =>
      (
        await database.sql<{ barcode: string }>(
          'select i.barcode from loans l join items i on i.id = l.item_id where l.recalled',
        )
      ).map((one) => one.barcode);
    // The furthest due date is recalled, and stays so when the other copy is lost first.
    expect(await recalled()).toEqual(['S2']);
    await nightOf(scene, '2026-07-12', 'overdue-and-lost');
    expect(await recalled()).toEqual(['S2']);
    await nightsFrom(scene, '2026-07-12', '2026-07-20', 'overdue-and-lost');
    expect(await database.sql("select barcode from items where process = 'LOST_LOAN' order by id")).toEqual([
      { barcode: 'S1' },
      { barcode: 'S2' },
    ]);
    expect(await recalled()).toEqual([]);
    const told = await lettersIn(database);
    expect(told.filter((one) => one.kind === 'recall-cancelled')).toEqual([]);
  });
});

onBothDatabases('nights that are run again, or late', (it) => {
  it('CYC-04 any night three times changes nothing more', async ({ scene, database }) => {
    await lendAtThree(scene);
    const all = async () => ({
      letters: await lettersIn(database),
      loans: await database.sql('select * from loans order by id'),
      notices: await database.sql('select * from notices order by loan_id, kind'),
      events: await database.sql("select kind from events where kind <> 'job-run' order by id"),
    });
    for (const day of ['2026-06-12', '2026-06-14', '2026-06-21', '2026-07-12', '2026-08-05']) {
      await nightOf(scene, day);
      const once = await all();
      await nightOf(scene, day);
      expect(await runFor(scene, 'nightly', day)).not.toMatchObject({ courtesy: 1 });
      expect(await all()).toEqual(once);
    }
  });

  it('CYC-04 a week that was missed is caught up in order: every letter of it, once', async ({ scene, database }) => {
    await lendAtThree(scene);
    await nightsFrom(scene, '2026-06-01', '2026-06-11');
    scene.at('2026-06-19T09:00');
    for (let day = 12; day <= 18; day += 1) await runFor(scene, 'nightly', `2026-06-${day}`);
    expect(await noticesIn(database)).toEqual([
      '2026-06-12 courtesy P1 sci S1',
      '2026-06-12 courtesy P1 buc B1',
      '2026-06-12 courtesy P1 med M1',
      '2026-06-14 due-today P1 sci S1',
      '2026-06-14 due-today P1 buc B1',
      '2026-06-14 due-today P1 med M1',
      '2026-06-18 overdue-1 P1 buc B1',
    ]);
    const letters = await lettersIn(database);
    // Written now, about their own day; how late it is is said as it is now.
    expect(new Set(letters.map((one) => said(one.at)))).toEqual(new Set(['2026-06-19T09:00']));
    expect(letters[0]?.facts).toMatchObject({ dueDay: '2026-06-15', loans: [{ daysLate: 4 }] });
  });

  it('CYC-04 a caught-up night knows nothing of loans that were made after it', async ({ scene, database }) => {
    await scene.load({ ...threeCycles, loanRules: [{ period: days(2) }] });
    await scene.patron({ id: 'P1', ...email('P1') });
    await scene.items({ barcode: 'S1' });
    scene.at('2026-06-02T10:00');
    await scene.lend('P1', 'S1');
    scene.at('2026-06-05T09:00');
    for (const day of ['2026-06-01', '2026-06-02', '2026-06-03']) await runFor(scene, 'nightly', day);
    // Due Thursday 4 June: the night before, its courtesy day, it was not lent yet.
    expect(await noticesIn(database)).toEqual(['2026-06-03 due-today P1 sci S1']);
  });

  it('JOB-03 in batches, also through one patron’s many loans: every loan told of once, in one letter', async ({
    scene,
    database,
  }) => {
    await scene.load(threeCycles);
    for (const who of ['P1', 'P2', 'P3', 'P4']) await scene.patron({ id: who, ...email(who) });
    const barcodes = Array.from({ length: 24 }, (_, one) => `S${one + 1}`);
    await scene.items(...barcodes.map((barcode) => ({ barcode })));
    for (const [index, barcode] of barcodes.entries()) await scene.lend(`P${(index % 4) + 1}`, barcode);
    // Not at the closing hour of that day: the patron is met again further on, and has been told of all then.
    await database.sql(
      "update loans set due_at = due_at + 60000 where item_id in (select id from items where barcode = 'S1')",
    );
    scene.at('2026-06-13T00:30');
    const seat = { staff: COMMAND_LINE, place: null };
    const night = { night: '2026-06-12', kinds: ['courtesy'] } as const;
    let from: NoticePlace = { slot: null, after: null };
    const sizes: number[] = [];
    for (;;) {
      const found = await scene.perform(seat, findNotices, { ...night, from, most: 5 });
      if (found.kind !== 'found') {
        expect(found).toEqual({ kind: 'none' });
        break;
      }
      const done = await scene.perform(seat, writeNotices, { ...night, slot: found.slot, patrons: found.patrons });
      if (done.kind === 'noticed') sizes.push(done.told.length);
      from = found.next;
    }
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(4);
    const told = (await lettersIn(database)).flatMap(({ facts }) => ('dueDay' in facts ? facts.loans : []));
    expect(told.map((one) => one.barcode).toSorted()).toEqual(barcodes.toSorted());
  });
});
