import { expect } from 'vitest';
import { LIST_NAMES, listKeys, readList, recordExport, rowsOfList } from '../../source/desk/lists.ts';
import type { ListName, ListQuestion, ListRow } from '../../source/desk/lists.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { onBothDatabases } from '../support/desk.ts';
import type { AtTheDesk } from '../support/desk.ts';
import { said, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';

const window = { offset: 0, limit: 100 };

/** A window of a list, or the test fails. */
async function read(scene: Scene, question: ListQuestion & { window?: typeof window }, seat?: Seat) {
  const answer = await scene.act(readList, { window, ...question }, seat);
  if (answer.kind !== 'list') throw new Error(JSON.stringify(answer));
  return answer;
}
const titles = (rows: readonly ListRow[]): string[] => rows.map((row) => String(row.title));

/** Ana has B1 (due on 22 June) and B2 (med); Luc has B3 of sci, of the year before; P3 nothing. */
async function somebodyReads(scene: Scene): Promise<{ ana: number; luc: number }> {
  const ana = await scene.patron({ id: 'P1', lastName: 'Étienne', firstName: 'Ana', campus: 'UPS' });
  const luc = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc', group: 'M' });
  await scene.items(
    { barcode: 'B1', title: 'Zoologie', author: 'Buffon', callNumber: '590 BUF' },
    { barcode: 'B2', title: 'Anatomie', location: 'med/SALLE' },
    { barcode: 'B3', title: 'étoiles', callNumber: '523' },
  );
  scene.at('2026-04-01T10:00');
  await scene.lend('P2', 'B3');
  scene.at('2026-06-01T10:00');
  await scene.lend('P1', 'B1');
  await scene.lend('P1', 'B2', {}, seatAt(scene.bib, 'med/PRET'));
  return { ana, luc };
}

onBothDatabases('lists', (it) => {
  it('JOB-05 open loans: what each row says, sorted by any column, alike on both databases', async ({ scene }) => {
    await somebodyReads(scene);
    const { total, columns, rows } = await read(scene, { list: 'loans' });
    expect(total).toBe(3);
    expect(columns.map((one) => one.key)).toContain('patron');
    const [first, , last] = rows;
    expect({ ...first, due: said(first?.due as number), loanedAt: said(first?.loanedAt as number) }).toEqual({
      title: 'étoiles',
      author: null,
      barcode: 'B3',
      callNumber: '523',
      material: 'BOOK',
      library: 'sci',
      location: 'sci/63S',
      loanedAt: '2026-04-01T10:00',
      due: '2026-04-29T19:00',
      daysLate: 33,
      status: 'Normal',
      patron: 'Dupont Luc',
      card: 'P2',
      group: 'M',
      campus: null,
    });
    expect(last).toMatchObject({ barcode: 'B1', daysLate: 0, patron: 'Étienne Ana', card: 'P1', campus: 'UPS' });

    const sorted = async (by: string, descending = false) =>
      titles((await read(scene, { list: 'loans', sort: { by, descending } })).rows);
    expect(await sorted('title')).toEqual(['Anatomie', 'étoiles', 'Zoologie']);
    expect(await sorted('title', true)).toEqual(['Zoologie', 'étoiles', 'Anatomie']);
    expect((await sorted('patron'))[0]).toBe('étoiles');
    expect((await sorted('daysLate', true))[0]).toBe('étoiles');
    expect((await sorted('daysLate'))[0]).toBe('Zoologie');
    expect((await sorted('author', true))[0]).toBe('Zoologie');
    expect((await sorted('library'))[0]).toBe('Anatomie');
    for (const { key } of columns) expect(await sorted(key)).toHaveLength(3);
  });

  it('JOB-05 late loans: by library, campus and due day; a loan is late from the day after', async ({ scene }) => {
    await somebodyReads(scene);
    const late = async (more: Partial<ListQuestion> = {}) =>
      titles((await read(scene, { list: 'late-loans', ...more })).rows);
    expect(await late()).toEqual(['étoiles']);
    expect(await late({ library: 'med' })).toEqual([]);
    expect(await late({ campus: 'UPS', library: 'sci' })).toEqual(['étoiles']);
    scene.at('2026-06-22T21:00');
    expect(await late()).not.toContain('Zoologie');
    scene.at('2026-06-23T00:30');
    expect(await late()).toContain('Zoologie');
    expect(await late({ from: '2026-06-22', to: '2026-06-22' })).toEqual(['Zoologie']);
    expect(await late({ to: '2026-04-29' })).toEqual(['étoiles']);
  });

  it('TUI-12 a window is part of the whole; the keys read piece by piece are the same rows', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    const many = Array.from({ length: 7 }, (_, one) => ({ barcode: `M${one}`, location: 'buc/SALLE' }));
    await scene.items(...many);
    for (const { barcode } of many) await scene.lend('P1', barcode);
    const all = await read(scene, { list: 'loans' });
    const part = await read(scene, { list: 'loans', window: { offset: 2, limit: 3 } });
    expect({ total: part.total, rows: part.rows }).toEqual({ total: 7, rows: all.rows.slice(2, 5) });
    const answer = await scene.act(listKeys, { list: 'loans', sort: { by: 'barcode', descending: true } });
    if (answer.kind !== 'keys' || answer.keys === null) throw new Error(answer.kind);
    const pieces = [answer.keys.slice(0, 4), answer.keys.slice(4)];
    await scene.giveBack('M1');
    const rows: ListRow[] = [];
    for (const keys of pieces) {
      const piece = await scene.act(rowsOfList, { list: 'loans', keys });
      if (piece.kind === 'rows') rows.push(...piece.rows);
    }
    // What has come back meanwhile is no longer on the list.
    expect(rows.map((row) => row.barcode)).toEqual(['M6', 'M5', 'M4', 'M3', 'M2', 'M0']);
  });

  it('JOB-05 items in transit too long: from both ends, in calendar days', async ({ scene }) => {
    await scene.items({ barcode: 'B1', location: 'buc/SALLE', title: 'Away' });
    scene.at('2026-06-01T23:30');
    await scene.giveBack('B1');
    scene.at('2026-06-04T00:10');
    const transits = async (more: Partial<ListQuestion> = {}) =>
      (await read(scene, { list: 'transits', ...more })).rows;
    expect(await transits()).toMatchObject([{ title: 'Away', from: 'sci', to: 'buc', reason: 'home', days: 3 }]);
    expect(await transits({ days: 3, library: 'buc' })).toHaveLength(1);
    expect(await transits({ days: 3, library: 'sci' })).toHaveLength(1);
    expect(await transits({ days: 4 })).toEqual([]);
    expect(await transits({ library: 'med' })).toEqual([]);
  });

  it('TUI-09 the hold shelf, missing items, items in treatment', async ({ scene, database, requests }) => {
    await scene.items({ barcode: 'B1', title: 'Held' }, { barcode: 'B2', title: 'Gone' });
    const ana = await scene.patron({ id: 'P1', lastName: 'Étienne' });
    await requests.place({ patron: ana, barcode: 'B1' });
    await scene.giveBack('B1');
    expect((await read(scene, { list: 'hold-shelf', library: 'sci' })).rows).toMatchObject([
      { title: 'Held', pickup: 'sci', heldUntil: '2026-06-10', days: 0, patron: 'Étienne Ana' },
    ]);
    expect((await read(scene, { list: 'hold-shelf', to: '2026-06-09' })).total).toBe(0);
    await database.records.transaction(async (records) => {
      const item = await records.items.byBarcode('B2');
      await records.items.setProcess(item?.id ?? 0, 'MISSING', 'sci');
    });
    const missing = await read(scene, { list: 'missing' });
    expect(missing.rows).toMatchObject([{ title: 'Gone', library: 'sci', location: 'sci/63S' }]);
    await scene.items({ barcode: 'B3', title: 'New', process: 'ACQ', department: 'ACQ' });
    expect((await read(scene, { list: 'treatment', library: 'sci' })).rows).toMatchObject([
      { title: 'New', department: 'ACQ' },
    ]);
  });

  it('JOB-05, CAL-01 transactions per local day and desk, across a change of the clock', async ({ scene }) => {
    await scene.patron({ id: 'P1' });
    await scene.items(...['B1', 'B2', 'B3'].map((barcode) => ({ barcode, location: 'buc/SALLE' })));
    // The night of 25 October 2026 has an hour twice; midnight there is another hour in UTC than the night before.
    for (const [time, barcode] of [
      ['2026-10-24T23:50', 'B1'],
      ['2026-10-25T23:50', 'B2'],
      ['2026-10-26T00:10', 'B3'],
    ] as const) {
      scene.at(time);
      expect(await scene.lend('P1', barcode)).toMatchObject({ kind: 'lent' });
    }
    await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'));
    const days = async (more: Partial<ListQuestion> = {}) =>
      (await read(scene, { list: 'transactions', sort: { by: 'day' }, ...more })).rows.map(
        ({ day, desk, loans, returns }) => [day, desk, loans, returns],
      );
    expect(await days()).toEqual([
      ['2026-10-24', 'sci/PRET', 1, 0],
      ['2026-10-25', 'sci/PRET', 1, 0],
      ['2026-10-26', 'buc/PRET', 0, 1],
      ['2026-10-26', 'sci/PRET', 1, 0],
    ]);
    expect(await days({ from: '2026-10-25', to: '2026-10-25' })).toHaveLength(1);
    expect(await days({ library: 'buc' })).toHaveLength(1);
    expect(await days({ from: '2026-10-27', to: '2026-10-27' })).toEqual([]);
    expect(await scene.act(listKeys, { list: 'transactions' })).toMatchObject({ kind: 'keys', keys: null });
  });

  it('TUI-09 the loans and the returns of one patron', async ({ scene }) => {
    const { ana } = await somebodyReads(scene);
    expect(titles((await read(scene, { list: 'patron-loans', patron: 'p1' })).rows).toSorted()).toEqual([
      'Anatomie',
      'Zoologie',
    ]);
    await scene.giveBack('B1');
    expect((await read(scene, { list: 'patron-returns', patron: ana })).rows).toMatchObject([
      { title: 'Zoologie', returnedAt: scene.now() },
    ]);
    expect((await read(scene, { list: 'patron-returns', patron: ana, to: '2026-05-31' })).total).toBe(0);
    const ask = async (patron?: string) =>
      scene.act(readList, { list: 'patron-loans', window, ...(patron === undefined ? {} : { patron }) });
    expect(await ask()).toMatchObject({ kind: 'invalid', path: 'patron', problem: 'empty' });
    expect(await ask('who')).toEqual({ kind: 'unknown', what: 'PATRON', key: 'who' });
  });

  it('REL-09 the audit: by day and library, with overrides; an export is in it', async ({ scene }) => {
    await somebodyReads(scene);
    const chef = await scene.staff('chef', 'manager');
    const audit = await read(scene, { list: 'audit', library: 'sci', from: '2026-06-01' }, chef);
    expect(audit.rows.map((row) => [row.event, row.desk, row.staff, row.barcode])).toEqual([
      ['item-lent', 'sci/PRET', 'bib', 'B1'],
    ]);
    expect(await scene.act(recordExport, { list: 'audit', rows: 1, form: 'csv' }, chef)).toEqual({ kind: 'recorded' });
    const [latest] = (await read(scene, { list: 'audit' }, chef)).rows;
    expect(latest).toMatchObject({ event: 'list-exported', staff: 'chef', desk: 'sci/PRET' });
    expect(JSON.parse(String(latest?.data))).toEqual({ list: 'audit', rows: 1, form: 'csv' });
  });

  it('REL-08 who may not see patrons sees none; who may not see the audit does not', async ({ scene }) => {
    await somebodyReads(scene);
    const cataloguer = await scene.staff('cat', 'cataloguer');
    const { columns, rows } = await read(scene, { list: 'loans' }, cataloguer);
    expect(columns.map((one) => one.key)).not.toContain('patron');
    expect(rows.map((row) => [row.patron, row.card, row.group, row.campus])).toEqual(
      rows.map(() => [null, null, null, null]),
    );
    const refused = { kind: 'not-permitted', permission: 'view-patrons', needs: 'role' };
    expect(await scene.act(readList, { list: 'patron-loans', patron: 'P1', window }, cataloguer)).toEqual(refused);
    expect(await scene.act(rowsOfList, { list: 'patron-loans', keys: [1] }, cataloguer)).toEqual(refused);
    expect(await scene.act(readList, { list: 'loans', sort: { by: 'patron' }, window }, cataloguer)).toMatchObject({
      kind: 'invalid',
      path: 'sort',
    });
    const noAudit = { kind: 'not-permitted', permission: 'view-audit', needs: 'role' };
    expect(await scene.act(readList, { list: 'audit', window })).toEqual(noAudit);
    expect(await scene.act(listKeys, { list: 'audit' })).toEqual(noAudit);
    expect(await scene.act(rowsOfList, { list: 'audit', keys: [1] })).toEqual(noAudit);
    expect(await scene.act(recordExport, { list: 'audit', rows: 0, form: 'csv' })).toEqual(noAudit);
    const network = await scene.staff('net', 'network-administrator');
    const [first] = (await read(scene, { list: 'audit', sort: { by: 'at' }, library: 'sci' }, network)).rows;
    expect(first).toMatchObject({ event: 'item-lent', patron: null });
    expect(JSON.stringify(first)).not.toMatch(/Dupont|Luc/);
  });

  it('what cannot be asked is named; columns are a whitelist', async ({ scene }) => {
    const ask = async (more: Partial<ListQuestion>) => scene.act(readList, { list: 'loans', window, ...more });
    expect(await ask({ library: 'moon' })).toEqual({ kind: 'unknown', what: 'LIBRARY', key: 'moon' });
    expect(await ask({ campus: 'moon' })).toMatchObject({ kind: 'invalid', path: 'campus', problem: 'unknown-code' });
    expect(await ask({ from: '2026-02-30' })).toMatchObject({ kind: 'invalid', path: 'from', problem: 'not-a-day' });
    expect(await ask({ from: '2026-06-02', to: '2026-06-01' })).toMatchObject({ path: 'to', problem: 'backwards' });
    expect(await ask({ list: 'transactions', from: '1990-01-01' })).toMatchObject({
      path: 'from',
      problem: 'backwards',
    });
    for (const by of ['l.due_at; drop table loans', 'toString', ''])
      expect(await ask({ sort: { by } })).toMatchObject({ kind: 'invalid', path: 'sort', value: by });
  });

  it('every list can be sorted by every one of its columns, either way', async ({ scene }: AtTheDesk) => {
    await somebodyReads(scene);
    const chef = await scene.staff('chef', 'manager');
    const patron = 'P1';
    for (const list of LIST_NAMES as readonly ListName[]) {
      const { columns } = await read(scene, { list, patron }, chef);
      for (const { key } of columns) {
        const up = await read(scene, { list, patron, sort: { by: key } }, chef);
        const down = await read(scene, { list, patron, sort: { by: key, descending: true } }, chef);
        expect(down.total).toBe(up.total);
        const value = (row: ListRow | undefined) => row?.[key] ?? null;
        const [first, last] = [value(up.rows[0]), value(down.rows[0])];
        if (typeof first === 'number' && typeof last === 'number') expect(first).toBeLessThanOrEqual(last);
      }
    }
  });
});
