import { hash } from 'node:crypto';
import { isClearanceBarcode } from '../circulation/clearance.ts';
import { lineKey } from '../circulation/offline.ts';
import type { OfflineLine } from '../circulation/offline.ts';
import { momentOf } from '../circulation/offline-rules.ts';
import type { LineMoment } from '../circulation/offline-rules.ts';
import type { Instant } from '../circulation/time.ts';
import type { WrittenEvent } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { DeskEvent } from '../records/offline-batch.ts';
import type { PatronView } from '../records/patrons.ts';
import { keyOf } from '../records/text.ts';
import type { FoundLine } from './offline-line.ts';
import type { Desk } from './perform.ts';

/** A line with its moment and what makes it the transaction that it is (OFF-06). */
export type TimedLine = { readonly line: OfflineLine; readonly moment: LineMoment; readonly key: string };

/** A line as an upload takes it in hand. Its key is a digest: it stays when nobody may know any more whose loan it was. */
export function timedLine({ network, now }: Pick<Desk, 'network' | 'now'>, line: OfflineLine): TimedLine {
  const key = hash('sha256', lineKey(line), 'base64url');
  return { line, moment: momentOf(line, now, network.timeZone), key };
}

/** What the lines of a batch are about, looked up and locked together, then looked up again as the batch changes it. */
export type Batch = {
  /** The desk that works at it: it knows for which of its titles nobody waits, as they are locked. */
  readonly desk: Desk;
  /** All that is known of a line now. */
  find(timed: TimedLine): Promise<FoundLine>;
  /** A line has been applied to an item as it was: what was read of it, and of other copies of its title, holds no longer. */
  changed(item: ItemView): void;
};

/** An event of this transaction, as the database would answer it. */
const eventOf = (one: WrittenEvent): DeskEvent[] =>
  one.itemId == null ? [] : [{ itemId: one.itemId, kind: one.kind, at: one.at, patronId: one.patronId ?? null }];

type Standing = ReturnType<Desk['records']['blocks']['standing']>;

/** A desk that asks only once what it knows: for whom nobody waits, which blocks of a patron stand until a loan ends. */
function knowing(desk: Desk, awaited: ReadonlySet<number>, blocks: Map<string, Standing>): Desk {
  const { records } = desk;
  const queue: typeof records.requests.queue = async (titleId) =>
    awaited.has(titleId) ? records.requests.queue(titleId) : [];
  const standing: typeof records.blocks.standing = async (patronId, day) => {
    const key = `${patronId} ${day}`;
    const known = blocks.get(key) ?? records.blocks.standing(patronId, day);
    blocks.set(key, known);
    return known;
  };
  const knownRequests = { ...records.requests, queue };
  return { ...desk, records: { ...records, requests: knownRequests, blocks: { ...records.blocks, standing } } };
}

/**
 * Locks the patrons and items of some lines and reads what has happened to them (OFF-04): after the locks, as what is read
 * before may be out of date. A constant number of statements whatever the number of lines.
 */
export async function lockBatch(desk: Desk, lines: readonly TimedLine[]): Promise<Batch> {
  const { records } = desk;
  const patrons: ReadonlyMap<string, PatronView> = await records.offline.lockPatrons(
    lines.flatMap(({ line }) => (line.action === 'L' && line.patron !== null ? [line.patron] : [])),
  );
  const ids = await records.offline.lockItems(lines.map(({ line }) => line.item));
  const items = new Map((await records.items.withIds([...ids.values()])).map((one) => [one.id, one]));
  const awaited = await records.offline.awaitedTitles([...items.values()].map((one) => one.titleId));
  const blocks = new Map<string, Standing>();
  const earliest = lines.reduce<Instant>((least, { moment }) => Math.min(least, moment.from), Infinity);
  const events = Map.groupBy(await records.offline.deskEvents([...ids.values()], earliest), (one) => one.itemId);

  const itemOf = async (barcode: string): Promise<ItemView | undefined> => {
    const id = isClearanceBarcode(barcode) ? undefined : ids.get(keyOf(barcode));
    if (id === undefined) return undefined;
    const known = items.get(id);
    if (known) return known;
    const [fresh] = await records.items.withIds([id]);
    if (fresh) items.set(id, fresh);
    return fresh;
  };
  return {
    desk: knowing(desk, awaited, blocks),
    async find({ line, moment }) {
      const item = await itemOf(line.item);
      const patron = line.action === 'L' && line.patron !== null ? patrons.get(keyOf(line.patron)) : undefined;
      const now = records.events.written().flatMap(eventOf);
      const all = item ? [...(events.get(item.id) ?? []), ...now.filter((one) => one.itemId === item.id)] : [];
      return { line, moment, item, patron, events: all };
    },
    changed({ titleId, loan }) {
      if (loan) blocks.clear();
      for (const [id, one] of items) if (one.titleId === titleId) items.delete(id);
    },
  };
}
