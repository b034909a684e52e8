import { expect } from 'vitest';
import { readAudit } from '../../source/desk/audit.ts';
import { DatabaseAway } from '../../source/desk/away.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { lend } from '../../source/desk/lend.ts';
import { listUploads, uploadReport } from '../../source/desk/offline-report.ts';
import { applyLines, endUpload } from '../../source/desk/offline-upload.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import type { Perform } from '../../source/desk/perform.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { placeWorkOrder } from '../../source/desk/work-orders.ts';
import { onBothDatabases, recordedOverrides } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { local, said, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { offlineFile, summary, upload, uploadFile } from '../support/offline.ts';

const window = { offset: 0, limit: 50 };

/** PostgreSQL gives large numbers as texts here. */
type Large = number | string;

type Logged = { kind: string; at: Large; desk: string; data: string };
const sentence = ({ kind, at, desk, data }: Logged): string =>
  `${said(Number(at))} ${kind} ${desk} upload ${String((JSON.parse(data) as { upload?: number }).upload)}`;

/** What is in the audit, the oldest first, without what set the scene. */
const log = async ({ sql }: TestDatabase): Promise<string[]> =>
  (
    await sql<Logged>(
      "select kind, at, desk, data from events where kind not in ('staff-changed', 'network-loaded', 'patron-added', 'items-added') order by id",
    )
  ).map(sentence);

/** Who has what, and since when and until when: `P1 B1 2026-06-01T10:00–2026-06-22T19:00`; returned loans in brackets. */
async function loans({ sql }: TestDatabase): Promise<string[]> {
  const found = await sql<{ id: string; barcode: string; from: Large; due: Large; back: Large | null }>(
    `select n.value as id, i.barcode, l.loaned_at as "from", l.due_at as due, l.returned_at as back from loans l
     join items i on i.id = l.item_id join patron_identifiers n on n.patron_id = l.patron_id and n.type = 'primary' order by l.id`,
  );
  return found.map(({ id, barcode, from, due, back }) =>
    back === null
      ? `${id} ${barcode} ${said(Number(from))}–${said(Number(due))}`
      : `(${id} ${barcode} ${said(Number(from))}–${said(Number(back))})`,
  );
}

/** P1, P2 and six books in place; it is 8 June, ten in the morning. */
async function eightJune(scene: Scene): Promise<void> {
  await scene.patron({ id: 'P1' });
  await scene.patron({ id: 'P2' });
  await scene.items(...['B1', 'B2', 'B3', 'B4', 'B5', 'B6'].map((barcode) => ({ barcode })));
  scene.at('2026-06-08T10:00');
}

onBothDatabases('uploading an offline file', (it) => {
  it('OFF-05 REL-09 the audit has each line at its own time, at the desk of the upload, with its number', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    const answer = await upload(scene, ['202606051000LB1 P1', '202606051001LB2 P1', '202606051530RB1', 'junk']);
    expect(answer).toMatchObject({ total: 4, completed: 3, failed: 1, duplicates: 0, stopped: false });
    expect(await log(database)).toEqual([
      '2026-06-05T10:00 item-lent sci/PRET upload 1',
      '2026-06-05T10:01 item-lent sci/PRET upload 1',
      '2026-06-05T15:30 item-returned sci/PRET upload 1',
      '2026-06-08T10:00 offline-uploaded sci/PRET upload 1',
    ]);
    expect(await loans(database)).toEqual([
      '(P1 B1 2026-06-05T10:00–2026-06-05T15:30)',
      'P1 B2 2026-06-05T10:01–2026-06-26T19:00',
    ]);
    const chief = await scene.staff('chief', 'manager');
    const audit = await scene.act(readAudit, { filters: { kinds: ['offline-uploaded'] }, window }, chief);
    const data = { upload: 1, file: 'day.dat', lines: 4, completed: 3, failed: 1, duplicates: 0 };
    expect(audit).toMatchObject({ lines: [{ staff: 'bib', desk: 'sci/PRET', data }] });
  });

  it('OFF-05 BLK-06 every block is set aside, and the audit says which', async ({ scene, database }) => {
    await eightJune(scene);
    const patron = await scene.patron({ id: 'P3', group: 'PEB', expiry: '2026-06-01' });
    await scene.act(blockPatron, { patron, type: 'QUITUS' });
    await scene.items({ barcode: 'EXC', policy: 'EXC', fulfilmentNote: 'Look at it.' });
    const answer = await upload(scene, ['202606051000LEXC P3']);
    expect(summary(answer)).toBe('1 0 0');
    const overrides = await recordedOverrides(database);
    expect(overrides.map(({ code }) => code).toSorted()).toEqual([
      'NOT_LOANABLE',
      'PATRON_BLOCK_QUITUS',
      'PATRON_EXPIRED',
      'PATRON_GROUP_NOT_ALLOWED',
    ]);
    const same = { reason: 'offline', automatic: false, staff: 'bib', at: local('2026-06-05T10:00'), patronId: patron };
    expect(overrides.map((one) => ({ ...one, code: '' }))).toEqual(
      overrides.map((one) => ({ ...same, code: '', itemId: one.itemId, desk: 'sci/PRET' })),
    );
  });

  it('OFF-03 what was committed although the desk was cut off is known again, and nothing changes', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    await scene.lend('P1', 'B1');
    await scene.lend('P1', 'B2');
    await scene.giveBack('B3');
    const before = await log(database);
    // The due date of B2 was changed since: that is a later action, but the loan itself is there.
    scene.at('2026-06-08T15:00');
    await scene.act(changeDue, { barcodes: ['B2'], due: '2026-07-06' });
    const lines = ['202606081000LB1 P1', '202606081000LB2 p1', '202606081000RB3'];
    expect(summary(await upload(scene, lines))).toBe('0 0 3');
    expect((await log(database)).slice(0, before.length)).toEqual(before);
    expect(await loans(database)).toEqual([
      'P1 B1 2026-06-08T10:00–2026-06-29T19:00',
      'P1 B2 2026-06-08T10:00–2026-07-06T19:00',
    ]);
    // Noted as done: nor is it applied later.
    scene.at('2026-06-23T10:00');
    await scene.giveBack('B1');
    expect(summary(await upload(scene, lines.slice(0, 1)))).toBe('0 0 1');
  });

  it('OFF-03 only the last move of that minute is the line’s: else it is applied after it', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    await scene.lend('P1', 'B1');
    await scene.giveBack('B1');
    await scene.lend('P1', 'B2');
    await scene.giveBack('B3');
    scene.at('2026-06-08T10:05');
    const lines = ['202606081000LB1 P1', '202606081000LB2 P2', '202606081000RB2', '202606081000LB3 P1'];
    expect(summary(await upload(scene, lines))).toBe('4 0 0');
    expect((await loans(database)).slice(2)).toEqual([
      'P1 B1 2026-06-08T10:00–2026-06-29T19:00',
      '(P2 B2 2026-06-08T10:00–2026-06-08T10:00)',
      'P1 B3 2026-06-08T10:00–2026-06-29T19:00',
    ]);
  });

  it('OFF-05 a line of a clock that is fast counts as now, keeps its order and is listed', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    const lines = ['202606091200LB1 P1', '202606091201RB1', '202606091202LB1 P2', '202606080900LB2 P1'];
    const answer = await upload(scene, lines);
    expect(summary(answer)).toBe('4 0 0');
    expect(answer.attention.map(({ number, attention }) => [number, attention])).toEqual([
      [1, ['future']],
      [2, ['future']],
      [3, ['future']],
    ]);
    expect(await loans(database)).toEqual([
      'P1 B2 2026-06-08T09:00–2026-06-29T19:00',
      '(P1 B1 2026-06-08T10:00–2026-06-08T10:00)',
      'P2 B1 2026-06-08T10:00–2026-06-29T19:00',
    ]);
  });

  it('OFF-05 CAL-04 in the hour that comes twice the first one counts; one that never came is an hour later', async ({
    scene,
    database,
  }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' });
    // The second 02:30 of that night: the desk was cut off in the middle of this loan.
    scene.at('2026-10-25T02:30');
    const again = local('2026-10-25T02:30') + 3_600_000;
    const night = database.house.at(() => again);
    scene.at('2026-10-26T09:00');
    expect(await night(scene.bib, lend, { patron: 'P1', barcode: 'B1' })).toMatchObject({ kind: 'lent' });
    expect(summary(await upload(scene, ['202610250230LB1 P1', '202610250230LB2 P1']))).toBe('1 0 1');
    scene.at('2027-03-29T09:00');
    expect(summary(await upload(scene, ['202703280230LB3 P1']))).toBe('1 0 0');
    const made = await database.sql<{ at: Large }>('select loaned_at as at from loans order by id');
    expect(made.map(({ at }) => Number(at))).toEqual([again, again - 3_600_000, local('2027-03-28T03:30')]);
  });

  it('OFF-04 two desks without the server: what the other one recorded later stands', async ({ scene, database }) => {
    await eightJune(scene);
    const buc = seatAt(scene.bib, 'buc/PRET');
    expect(summary(await upload(scene, ['202606050900LB1 P1', '202606051200LB1 P2']))).toBe('2 0 0');
    const other = await upload(scene, ['202606051100RB1', '202606051130LB2 P1', '202606051200RB1'], { seat: buc });
    expect(summary(other)).toBe('2 1 0, 1 LATER_ACTION');
    expect((await loans(database)).slice(1)).toEqual([
      '(P2 B1 2026-06-05T12:00–2026-06-05T12:00)',
      'P1 B2 2026-06-05T11:30–2026-06-26T19:00',
    ]);
  });

  it('OFF-06 short or padded, in capitals or not, in another file or the same one: a line is applied once', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    const padded = `202606051000L${'b1'.padEnd(80)}p1`;
    expect(summary(await upload(scene, ['202606051000LB1 P1', padded, `202606051001R${'B1'.padEnd(80)}`]))).toBe(
      '2 0 1',
    );
    await scene.lend('P2', 'B1');
    const seat = seatAt(scene.bib, 'buc/PRET');
    for (const again of [{}, { seat }, { file: 'copy.dat', digest: 'other' }])
      expect(summary(await upload(scene, ['202606051000LB1 P1', padded, '202606051001RB1'], again))).toBe('0 0 3');
    expect(await loans(database)).toEqual([
      '(P1 B1 2026-06-05T10:00–2026-06-05T10:01)',
      'P2 B1 2026-06-08T10:00–2026-06-29T19:00',
    ]);
  });

  it('OFF-06 a line that failed is tried again, and so is each of its repetitions', async ({ scene }) => {
    await eightJune(scene);
    const lines = ['202606051000LB1 NEW', '202606051000LB1 NEW', '202606051000LB2 P1'];
    for (const batch of [20, 1])
      expect(summary(await upload(scene, lines, { batch }))).toBe(
        `${batch === 20 ? 1 : 0} 2 ${batch === 20 ? 0 : 1}, 1 PATRON_NOT_FOUND, 2 PATRON_NOT_FOUND`,
      );
    await scene.patron({ id: 'NEW' });
    expect(summary(await upload(scene, lines))).toBe('1 0 2');
  });
});

/** A connection that is cut after some actions. */
function cutAfter(perform: Perform, actions: number): Perform {
  let left = actions;
  return async (...order) => {
    if (left === 0) throw new DatabaseAway('unreachable', 'postgres://nowhere/');
    left -= 1;
    return perform(...order);
  };
}

onBothDatabases('an upload that is cut off', (it) => {
  const LINES = [
    '202606051000LB1 P1',
    '202605010900LEXC P1',
    'junk',
    '202606051002LB2 NOBODY',
    '202606051003RB1',
    '202606051004LB3 P2',
  ];

  it('OFF-06 goes on under its number, whenever it was cut; the counts and the lists are those of the whole file', async ({
    scene,
    database,
  }) => {
    await eightJune(scene);
    await scene.items({ barcode: 'EXC', policy: 'EXC' });
    const file = { ...offlineFile(LINES), batch: 1 };
    for (const cut of [0, 1, 2, 4, 6, 7])
      await expect(uploadFile(cutAfter(scene.perform, cut), scene.bib, file)).rejects.toThrow(DatabaseAway);
    const done = await uploadFile(scene.perform, scene.bib, file);
    expect(summary(done)).toBe('4 2 0, 3 BAD_LINE, 4 PATRON_NOT_FOUND');
    expect(done.attention).toMatchObject([{ number: 2, attention: ['not-loanable'], due: local('2026-06-08T19:00') }]);
    expect(done.upload).toBe(1);
    expect(await loans(database)).toEqual([
      'P1 EXC 2026-05-01T09:00–2026-06-08T19:00',
      '(P1 B1 2026-06-05T10:00–2026-06-05T10:03)',
      'P2 B3 2026-06-05T10:04–2026-06-26T19:00',
    ]);
    // Ended: the same file is a new upload, in which only failures are tried.
    expect(await uploadFile(scene.perform, scene.bib, file)).toMatchObject({ upload: 2, duplicates: 4, failed: 2 });
  });

  it('OFF-04 is listed as unfinished with what it has done, and tries again what had failed', async ({ scene }) => {
    await eightJune(scene);
    const file = { ...offlineFile(LINES.slice(3)), batch: 1 };
    await expect(uploadFile(cutAfter(scene.perform, 3), scene.bib, file)).rejects.toThrow(DatabaseAway);
    const unfinished = await scene.act(listUploads, { window });
    expect(unfinished).toMatchObject({ uploads: [{ endedAt: null, lines: 3, completed: 1, failed: 1 }] });
    await scene.patron({ id: 'NOBODY' });
    expect(summary(await uploadFile(scene.perform, scene.bib, file))).toBe('3 0 0');
  });

  it('OFF-04 is stopped between two batches by whoever wants it', async ({ scene }) => {
    await eightJune(scene);
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }): void => {
      seen.push(done);
      if (done === 2) stop.abort();
    };
    const file = { ...offlineFile(LINES.slice(3)), batch: 1, onProgress };
    const stopped = await uploadFile(scene.perform, scene.bib, { ...file, signal: stop.signal });
    expect(stopped).toMatchObject({ stopped: true, completed: 1, failed: 1, total: 3 });
    const { stopped: again, ...rest } = await uploadFile(scene.perform, scene.bib, file);
    expect([again, rest.upload, rest.completed, rest.failed]).toEqual([false, stopped.upload, 2, 1]);
    expect(seen).toEqual([1, 2, 1, 2, 3]);
  });

  it('OFF-04 what is asked of an upload that there is not is invalid; an upload ends once', async ({ scene }) => {
    const none = { kind: 'invalid', path: 'upload', value: '7' };
    const counts = { completed: 0, failed: 0, duplicates: 0 };
    expect(await scene.act(applyLines, { upload: 7, lines: [] })).toMatchObject(none);
    expect(await scene.act(endUpload, { upload: 7, ...counts })).toMatchObject(none);
    expect(await scene.act(uploadReport, { upload: 7, show: 'failed', window })).toMatchObject(none);
    const { upload: number } = await upload(scene, []);
    expect(await scene.act(endUpload, { upload: number, ...counts })).toEqual({ kind: 'ended', first: false });
    const elsewhere = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(endUpload, { upload: number, ...counts }, elsewhere)).toMatchObject({ kind: 'invalid' });
  });
});

onBothDatabases('the report of an upload', (it) => {
  it('OFF-04 OFF-05 has the failed lines whole, and those to look at, with what is known of them', async ({
    scene,
  }) => {
    await eightJune(scene);
    await scene.items({ barcode: 'EXC', title: 'Atlas', policy: 'EXC' });
    const lines = ['202606051000LNONE P1', '202606051001LB1 NOBODY', '202606051002LEXC P1', '', '2026'];
    const { upload: number } = await upload(scene, lines);
    const failed = await scene.act(uploadReport, { upload: number, show: 'failed', window });
    expect(failed).toMatchObject({
      upload: { file: 'day.dat', desk: 'sci/PRET', staff: 'bib', lines: 4, completed: 1, failed: 3, attention: 1 },
      total: 3,
      lines: [
        { number: 1, raw: lines[0], failure: 'ITEM_NOT_FOUND', patron: 'Name P1 Ana', card: 'P1', title: null },
        { number: 2, raw: lines[1], failure: 'PATRON_NOT_FOUND', patron: null, title: 'Title B1', barcode: 'B1' },
        { number: 5, raw: '2026', failure: 'BAD_LINE', at: null },
      ],
    });
    const toSee = await scene.act(uploadReport, { upload: number, show: 'attention', window });
    expect(toSee).toMatchObject({
      total: 1,
      lines: [
        {
          number: 3,
          attention: ['not-loanable'],
          at: local('2026-06-05T10:02'),
          title: 'Atlas',
          card: 'P1',
          due: local('2026-06-08T19:00'),
          open: true,
        },
      ],
    });
    const second = await scene.act(uploadReport, { upload: number, show: 'failed', window: { offset: 1, limit: 1 } });
    expect(second).toMatchObject({ total: 3, lines: [{ number: 2 }] });
    await upload(scene, ['202606051010RB1']);
    const list = await scene.act(listUploads, { window: { offset: 0, limit: 1 } });
    expect(list).toMatchObject({ total: 2, uploads: [{ id: 2, completed: 1, endedAt: scene.now() }] });
  });
});

onBothDatabases('what an item was in when it was lent or returned offline', (it) => {
  it('OFF-05 whatever it is, it is on loan, and what it was in is settled', async ({ scene, requests, database }) => {
    await eightJune(scene);
    const [waiting, next] = [await scene.patron({ id: 'W1' }), await scene.patron({ id: 'W2' })];
    await scene.items({ barcode: 'M1', location: 'med/SALLE' }, { barcode: 'LOST', process: 'MISSING' });
    scene.at('2026-06-05T08:30');
    await scene.giveBack('M1');
    await scene.act(placeWorkOrder, { barcode: 'B2' });
    await scene.act(scanIn, { barcode: 'B2' }, seatAt(scene.bib, 'sci/ACQ', 'department'));
    const held = await requests.place({ patron: waiting, barcode: 'B3' });
    await scene.giveBack('B3');
    const own = await requests.place({ patron: next, barcode: 'B4' });
    await scene.giveBack('B4');
    scene.at('2026-06-08T10:00');
    const lines = ['M1 P1', 'B2 P1', 'B3 P1', 'B4 W2', 'LOST P1'].map((one, at) => `20260605100${at}L${one}`);
    expect(summary(await upload(scene, lines))).toBe('5 0 0');
    expect((await loans(database)).map((one) => one.slice(0, 7).trim())).toEqual([
      'P1 M1 2',
      'P1 B2 2',
      'P1 B3 2',
      'W2 B4 2',
      'P1 LOST',
    ]);
    expect(await requests.state(held)).toMatchObject({ state: 'WAITING' });
    expect(await requests.state(own)).toMatchObject({ state: 'FILLED' });
    // Back: to the department, to the one who waits, home.
    scene.at('2026-06-10T10:00');
    const back = ['M1', 'B2', 'B3', 'LOST'].map((one, at) => `20260609100${at}R${one}`);
    expect(summary(await upload(scene, back))).toBe('4 0 0');
    const places = await database.sql<{ barcode: string; process: string | null }>(
      "select barcode, process from items where barcode in ('M1', 'B2', 'B3', 'LOST') order by barcode",
    );
    expect(places).toEqual([
      { barcode: 'B2', process: 'TRANSIT' },
      { barcode: 'B3', process: 'HOLDSHELF' },
      { barcode: 'LOST', process: null },
      { barcode: 'M1', process: 'TRANSIT' },
    ]);
    // Eight open days from the upload on, not from the return.
    const [hold] = await database.sql<{ until: string; since: Large }>(
      `select held_until as until, held_since as since from requests where id = ${held}`,
    );
    expect([hold?.until, said(Number(hold?.since))]).toEqual(['2026-06-19', '2026-06-10T10:00']);
  });
});
