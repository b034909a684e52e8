import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { summary, upload } from '../support/offline.ts';
import { startUploader } from '../support/other-uploader.ts';
import type { Uploader } from '../support/other-uploader.ts';

const HOUR = '2026060809';
const minute = (at: number): string => `${HOUR}${String(at % 60).padStart(2, '0')}`;
const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${letter}${at}`);

describe.each(databases)('uploads and desks at the same time on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let uploaders: readonly [Uploader, Uploader];

  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house, { at: '2026-06-08T10:00' });
    for (const id of numbered('P', 20)) await scene.patron({ id });
    uploaders = [await startUploader(database.url), await startUploader(database.url)];
  });
  afterEach(async () => {
    expect(await database.house.check()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all(uploaders.map(async (one) => one.stop()));
    await database.drop();
  });

  const order = (lines: readonly string[], { batch = 10, seat = scene.bib } = {}) => ({
    now: scene.now(),
    seat,
    lines,
    batch,
  });
  /** How many events of a kind there are for each item whose barcode begins so. */
  const events = async (kind: string, letter: string): Promise<{ barcode: string; n: number }[]> => {
    const found = await database.sql<{ barcode: string; n: unknown }>(
      `select i.barcode, count(*) as n from events e join items i on i.id = e.item_id
       where e.kind = '${kind}' and i.barcode like '${letter}%' group by i.barcode`,
    );
    return found.map(({ barcode, n }) => ({ barcode, n: Number(n) }));
  };

  it('OFF-06 REL-02 one file, two processes at one desk: each line once, and both know the whole result', async () => {
    await scene.items(...numbered('A', 100).map((barcode) => ({ barcode })));
    const lines = numbered('A', 100).flatMap((barcode, at) => [
      `${minute(at)}L${barcode} P${at % 20}`,
      ...(at % 3 === 0 ? [`${minute(at)}R${barcode}`] : []),
      ...(at % 10 === 0 ? [`${minute(at)}L${barcode}-GONE P1`] : []),
    ]);
    const [by, beside] = uploaders;
    const [one, other] = await Promise.all([by.upload(order(lines)), beside.upload(order(lines))]);
    // Who comes when the other one has ended finds nothing left to do.
    const done = { completed: 134, failed: 10, duplicates: 0 };
    const nothing = { completed: 0, failed: 10, duplicates: 134 };
    const [first, second] = [one, other].toSorted((left, right) => left.upload - right.upload);
    expect(first).toMatchObject(done);
    expect(second).toMatchObject(second?.upload === first?.upload ? done : nothing);
    expect(await events('item-lent', 'A')).toHaveLength(100);
    expect((await events('item-lent', 'A')).filter(({ n }) => n !== 1)).toEqual([]);
    expect((await events('item-returned', 'A')).filter(({ n }) => n !== 1)).toEqual([]);
    const ended = await database.sql("select id from events where kind = 'offline-uploaded'");
    expect(ended).toHaveLength(new Set([one.upload, other.upload]).size);
  });

  it('OFF-06 REL-02 one file, two processes at two desks: each line once, for the other one a duplicate', async () => {
    await scene.items(...numbered('B', 100).map((barcode) => ({ barcode })));
    const lines = numbered('B', 100).map((barcode, at) => `${minute(at)}L${barcode} P${at % 20}`);
    const seats = [scene.bib, seatAt(scene.bib, 'buc/PRET')];
    // The other one has a line more in front, so that its batches are other ones.
    const files = [lines, ['202606080800LB-GONE P1', ...lines]];
    const answers = await Promise.all(
      uploaders.map(async (by, at) => by.upload(order(files[at] ?? [], { seat: seats[at] ?? scene.bib }))),
    );
    expect(answers.map((one) => one.completed + one.duplicates)).toEqual([100, 100]);
    expect(answers.reduce((sum, one) => sum + one.completed, 0)).toBe(100);
    expect((await events('item-lent', 'B')).filter(({ n }) => n !== 1)).toEqual([]);
    expect(await events('item-lent', 'B')).toHaveLength(100);
  });

  it('OFF-04 REL-02 while a desk lends, takes back and requests the same items: one after the other, nobody is refused', async () => {
    const barcodes = numbered('C', 60);
    await scene.items(...barcodes.map((barcode) => ({ barcode })));
    const lines = barcodes.flatMap((barcode, at) => [
      `${minute(at)}L${barcode} P${at % 20}`,
      `${minute(at)}R${barcode}`,
    ]);
    const [by] = uploaders;
    const uploading = by.upload(order(lines));
    const kinds: string[] = [];
    for (const [at, barcode] of barcodes.toReversed().entries()) {
      // Patrons in another order than the file has them, so that both want what the other one has.
      const lent = await scene.lend(`P${(at * 7) % 20}`, barcode, { override: { codes: 'all' } });
      kinds.push(lent.kind);
      if (at % 2 === 0) kinds.push((await scene.giveBack(barcode)).kind);
      else await scene.act(placeRequest, { patron: `P${(at * 7 + 1) % 20}`, item: barcode, pickup: 'sci' });
    }
    const answer = await uploading;
    expect(kinds.filter((kind) => kind !== 'lent' && kind !== 'returned')).toEqual([]);
    expect(answer.completed + answer.failed + answer.duplicates).toBe(120);
    expect(answer.errors.filter(({ reason }) => reason !== 'LATER_ACTION')).toEqual([]);
    // Whatever came first: what the desk did last stands.
    const open = await database.sql<{ barcode: string }>(
      "select i.barcode from loans l join items i on i.id = l.item_id where l.returned_at is null and i.barcode like 'C%'",
    );
    const wanted = barcodes.toReversed().filter((_, at) => at % 2 === 1);
    expect(open.map(({ barcode }) => barcode).toSorted()).toEqual(wanted.toSorted());
  });

  it('OFF-06 REL-01 killed in the middle and uploaded again, and again: each line once', async () => {
    const barcodes = numbered('D', 60);
    await scene.items(...barcodes.map((barcode) => ({ barcode })));
    const lines = barcodes.flatMap((barcode, at) => [
      `${minute(at)}L${barcode} P${at % 20}`,
      `${minute(at)}R${barcode}`,
    ]);
    for (const done of [3, 30, 60, 90]) {
      const victim = await startUploader(database.url);
      await victim.uploadUntil(order(lines, { batch: 3 }), done);
    }
    const answer = await upload(scene, lines, { batch: 3 });
    expect(answer.completed + answer.duplicates).toBe(120);
    for (const kind of ['item-lent', 'item-returned']) {
      const found = await events(kind, 'D');
      expect(found).toHaveLength(60);
      expect(found.filter(({ n }) => n !== 1)).toEqual([]);
    }
    expect(summary(await upload(scene, lines))).toBe('0 0 120');
  });
});
