import type { Instant } from '../circulation/time.ts';
import type { NewItem } from './items.ts';
import { insertMany, rows } from './sql.ts';
import type { Connection } from './sql.ts';
import { keyOf, matchKey, stored, subjectsText } from './text.ts';
import { indexTitles } from './title-words.ts';

/** Values in one statement. */
const BATCH = 500;

/** Reads in as few statements as there may be values in one: `sql` ends in a list of marks. */
async function inBatches<T>(
  db: Connection,
  values: readonly (string | number)[],
  sqlOf: (marks: string) => string,
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < values.length; start += BATCH) {
    const part = values.slice(start, start + BATCH);
    found.push(...(await rows<T>(db, sqlOf(part.map(() => '?').join(', ')), part)));
  }
  return found;
}

/** Ids of the titles with those keys; of several with one key, the oldest. */
async function titlesWith(db: Connection, keys: readonly string[]): Promise<Map<string, number>> {
  const found = await inBatches<{ id: number; match_key: string }>(
    db,
    keys,
    (marks) => `select id, match_key from titles where match_key in (${marks}) order by id desc`,
  );
  return new Map(found.map((one) => [one.match_key, one.id]));
}

/** The titles of items, by key; made where there is none of that text and author. */
async function titlesFor(db: Connection, items: readonly NewItem[]): Promise<Map<string, number>> {
  const wanted = new Map(items.map((one) => [matchKey(one.title, one.author), one]));
  const ids = await titlesWith(db, [...wanted.keys()]);
  const missing = [...wanted].filter(([key]) => !ids.has(key));
  await insertMany(
    db,
    'titles',
    missing.map(([key, one]) => ({
      title: stored(one.title) ?? '',
      author: stored(one.author),
      isbn: stored(one.isbn),
      subjects: subjectsText(one.subjects ?? []),
      match_key: key,
    })),
  );
  const made = await titlesWith(
    db,
    missing.map(([key]) => key),
  );
  return new Map([...ids, ...made]);
}

type Place = { readonly titleId: number; readonly location: string; readonly callNumber: string | null };
const placeKey = ({ titleId, location, callNumber }: Place): string =>
  [titleId, location, callNumber ?? ''].join('\u0001');

/** Ids of the living holdings of titles by title, location and call number; of several such, the oldest. */
async function holdingsOf(db: Connection, titleIds: readonly number[]): Promise<Map<string, number>> {
  const found = await inBatches<Place & { id: number }>(
    db,
    [...new Set(titleIds)],
    (marks) =>
      `select id, title_id as "titleId", location, call_number as "callNumber" from holdings
       where title_id in (${marks}) and deleted_at is null order by id desc`,
  );
  return new Map(found.map((one) => [placeKey(one), one.id]));
}

/**
 * Ids of the holdings where items stand, by place: one for each title, location and call number, made where there is
 * none. In few statements for many.
 */
export async function holdingsFor(
  db: Connection,
  places: readonly Place[],
  now: Instant,
): Promise<(place: Place) => number> {
  const titleIds = places.map((one) => one.titleId);
  const known = await holdingsOf(db, titleIds);
  const missing = new Map(places.filter((one) => !known.has(placeKey(one))).map((one) => [placeKey(one), one]));
  await insertMany(
    db,
    'holdings',
    [...missing.values()].map(({ titleId, location, callNumber }) => ({
      title_id: titleId,
      library: location.split('/')[0] ?? '',
      location,
      call_number: callNumber,
      created_at: now,
    })),
  );
  const all = missing.size === 0 ? known : await holdingsOf(db, titleIds);
  return (place) => {
    const id = all.get(placeKey(place));
    if (id === undefined) throw new Error(`no holding at ${place.location}`);
    return id;
  };
}

/** Adds items, with the titles and holdings that they need, in few statements. */
export async function addItems(db: Connection, items: readonly NewItem[], now: Instant): Promise<void> {
  if (items.length === 0) return;
  const titles = await titlesFor(db, items);
  const placed = items.map((item) => {
    const titleId = titles.get(matchKey(item.title, item.author));
    if (titleId === undefined) throw new Error(`no title for ${item.barcode}`);
    return { item, titleId, location: item.location, callNumber: stored(item.callNumber) };
  });
  const holdingOf = await holdingsFor(db, placed, now);
  await insertMany(
    db,
    'items',
    placed.map((one) => ({
      title_id: one.titleId,
      holding_id: holdingOf(one),
      barcode: one.item.barcode.trim(),
      barcode_key: keyOf(one.item.barcode),
      library: one.item.library,
      location: one.location,
      material: one.item.material,
      policy: stored(one.item.policy),
      description: stored(one.item.description),
      call_number: one.callNumber,
      fulfilment_note: stored(one.item.fulfilmentNote),
      process: one.item.process ?? null,
      department: one.item.department ?? null,
      at_library: one.item.library,
      created_at: now,
    })),
  );
  await indexTitles(db, titles.values());
}
