import { expect } from 'vitest';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { purgePatrons } from '../../source/desk/purge-patrons.ts';
import type { PatronsPurged } from '../../source/desk/purge-patrons.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const PAST = { expiry: '2026-01-31', purge: '2026-05-31' };

/** Purges all that is due, batch after batch; the sums. */
async function purgeAll(scene: Scene, limit = 2) {
  const sums = { deleted: 0, loans: 0, requests: 0, blocks: 0 };
  for (let after: number | null = 0; after !== null;) {
    const answer: PatronsPurged = await scene.act(purgePatrons, { after, limit }, commandLine);
    if (answer.kind !== 'purged') throw new Error(JSON.stringify(answer));
    sums.deleted += answer.deleted;
    for (const reason of ['loans', 'requests', 'blocks'] as const) sums[reason] += answer.kept[reason];
    after = answer.last;
  }
  return sums;
}

onBothDatabases('records past their purge date', (it) => {
  it('IMP-05 go, unless they have loans, requests or blocks that still run; a clearance keeps none alive', async ({
    scene,
    requests,
    database,
  }) => {
    const someone = async (id: string, more: object = PAST) => scene.patron({ id, ...more });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' });
    const borrower = await someone('BORROWER');
    await scene.lend(borrower, 'B1', { override: { codes: 'all' } });
    const requester = await someone('REQUESTER');
    await requests.place({ patron: requester, barcode: 'B2' });
    const blocked = await someone('BLOCKED');
    await scene.act(blockPatron, { patron: blocked, type: 'MANUAL', note: 'x' });
    const today = await someone('TODAY', { expiry: '2026-01-31', purge: '2026-06-01' });
    const never = await someone('NEVER', { expiry: null, purge: null });
    const over = await someone('OVER');
    await scene.act(blockPatron, { patron: over, type: 'MANUAL', until: '2026-06-01', note: 'x' });
    await database.sql(`update patron_blocks set until_day = '2026-05-30' where patron_id = ${over}`);
    const cleared = await someone('CLEARED');
    await scene.act(blockPatron, { patron: cleared, type: 'QUITUS', note: 'x' });
    const plain = await someone('PLAIN');

    expect(await scene.act(purgePatrons, { dryRun: true }, commandLine)).toMatchObject({ deleted: 3 });
    expect(await purgeAll(scene)).toEqual({ deleted: 3, loans: 1, requests: 1, blocks: 1 });
    const left = await database.sql<{ id: number }>('select id from patrons order by id');
    expect(left.map((one) => one.id)).toEqual([borrower, requester, blocked, today, never]);
    expect([over, cleared, plain]).not.toContain(left.at(-1)?.id);
    expect(await purgeAll(scene)).toEqual({ deleted: 0, loans: 1, requests: 1, blocks: 1 });
    expect(await scene.act(purgePatrons, {})).toMatchObject({ kind: 'not-permitted' });
  });

  it('IMP-05 JOB-06 all that hangs on them goes with them; loans and the audit stay, without the person', async ({
    scene,
    database,
  }) => {
    await scene.items({ barcode: 'B1' });
    const id = await scene.patron({ id: 'GONE', lastName: 'MARTIN', email: 'ana@example.org', ...PAST });
    await scene.act(addPatronNote, { patron: id, text: 'a secret of Ana' });
    await scene.lend(id, 'B1', { override: { codes: 'all', reason: 'Ana asked nicely' } });
    await scene.giveBack('B1');
    await database.sql(`
      insert into letters (kind, cause, patron_id, language, facts, created_at, state) values ('identity', 'x', ${id}, 'fr', '{"name":"Ana"}', 1, 'sent');
      insert into patron_statistics (patron_id, code) values (${id}, '0ups');
      insert into patron_passwords (patron_id, hash) values (${id}, 'h');
      insert into clearances (patron_id, at, issued_at) values (${id}, 'kiosk', 1)`);
    const before = await database.sql<{ n: number }>('select count(*) as n from events');
    expect(await purgeAll(scene)).toMatchObject({ deleted: 1 });
    for (const table of [
      'patrons',
      'patron_identifiers',
      'patron_contacts',
      'patron_words',
      'patron_notes',
      'patron_statistics',
      'patron_passwords',
      'clearances',
      'letters',
    ])
      expect({ table, rows: await database.sql(`select * from ${table}`) }).toEqual({ table, rows: [] });
    expect(await database.sql('select patron_id from loans')).toEqual([{ patron_id: null }]);
    const events = await database.sql<{ kind: string; patron_id: number | null; data: string }>(
      'select kind, patron_id, data from events order by id',
    );
    expect(events.length).toBe(Number(before[0]?.n) + 1);
    expect(events.filter((one) => one.patron_id !== null)).toEqual([]);
    expect(JSON.stringify(events)).not.toMatch(/Ana|MARTIN|GONE|example\.org|secret/);
    expect(events.find((one) => one.kind === 'item-lent')?.data).toContain('"group":"L"');
    expect(await database.sql('select reason from overrides where reason is not null')).toEqual([]);
    expect(await eventsIn(database, 'patron-deleted')).toMatchObject([
      {
        patronId: null,
        data: { before: { kind: 'internal', group: 'L', purge: '2026-05-31' }, because: 'purge-date' },
      },
    ]);
  });
});
