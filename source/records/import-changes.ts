import type { Instant } from '../circulation/time.ts';
import type { holdingsFor } from './add-items.ts';
import type { ImportHolding, ImportItem, ImportTitle } from './import-types.ts';
import { insertMany, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { keyOf, matchKey } from './text.ts';
import { indexTitles } from './title-words.ts';

/** A title that is there, or will be: its number in `newTitles`. */
export type TitleRef = { readonly id: number } | { readonly fresh: number };

/** What a batch of an import writes. Digests say what the file had: see `desk/import-digest.ts`. */
export type ImportChanges = {
  readonly newTitles: readonly (ImportTitle & { readonly digest: string | null })[];
  readonly changedTitles: readonly {
    readonly id: number;
    readonly title: ImportTitle;
    readonly digest: string;
    readonly isRestored: boolean;
  }[];
  readonly newItems: readonly { readonly title: TitleRef; readonly item: ImportItem; readonly digest: string }[];
  readonly changedItems: readonly {
    readonly id: number;
    readonly titleId: number;
    readonly item: ImportItem;
    readonly digest: string;
    /** Its holding's place and call number; null: it stays with its holding. */
    readonly holding: Pick<ImportItem, 'location' | 'callNumber'> | null;
    readonly oldHolding: number | null;
    /** It is in place, and belongs to another library now: there it is. */
    readonly isAtHome: boolean;
  }[];
  readonly holdings: readonly { readonly title: TitleRef; readonly holding: ImportHolding }[];
};

type HoldingsFor = typeof holdingsFor;

const titleColumns = (title: ImportTitle): Record<string, Value> => ({
  title: title.title,
  author: title.author,
  isbn: title.isbn,
  resource_type: title.resourceType,
  publisher: title.publisher,
  year: title.year,
  subjects: title.subjects,
  control_key: title.controlKey,
  match_key: matchKey(title.title, title.author),
});

const itemColumns = (item: ImportItem): Record<string, Value> => ({
  library: item.library,
  location: item.location,
  material: item.material,
  policy: item.policy,
  description: item.description,
  call_number: item.callNumber,
  fulfilment_note: item.fulfilmentNote,
  public_note: item.publicNote,
  internal_note: item.internalNote,
});

const update = async (
  db: Connection,
  table: string,
  id: number,
  columns: Readonly<Record<string, Value>>,
  more = '',
): Promise<void> => {
  const sets = Object.keys(columns).map((name) => `${name} = ?`);
  await rows(db, `update ${table} set ${sets.join(', ')}${more} where id = ?`, [...Object.values(columns), id]);
};

/** What tells a new title from the others of its batch: nothing else has its key, or its text, author and number. */
const signature = (controlKey: string | null, match: string, isbn: string | null): string =>
  controlKey === null ? ['', match, isbn ?? ''].join('\u0001') : controlKey;

/** Inserts titles, in few statements; answers with their ids in that order. */
async function insertTitles(db: Connection, list: ImportChanges['newTitles']): Promise<number[]> {
  const ids = new Map<string, number>();
  for (let start = 0; start < list.length; start += 90) {
    const part = list.slice(start, start + 90).map((one) => ({ ...titleColumns(one), import_digest: one.digest }));
    const columns = Object.keys(part[0] ?? {}) as (keyof (typeof part)[number])[];
    const marks = part.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const made = await rows<{ id: number; control_key: string | null; match_key: string; isbn: string | null }>(
      db,
      `insert into titles (${columns.join(', ')}) values ${marks} returning id, control_key, match_key, isbn`,
      part.flatMap((one) => columns.map((column) => one[column])),
    );
    for (const one of made) ids.set(signature(one.control_key, one.match_key, one.isbn), one.id);
  }
  return list.map((one) => {
    const id = ids.get(signature(one.controlKey, matchKey(one.title, one.author), one.isbn));
    if (id === undefined) throw new Error('a title was not inserted');
    return id;
  });
}

/** Takes away holdings that a batch has emptied, unless somebody has written a note on them. */
async function dropEmptied(db: Connection, ids: readonly number[], now: Instant): Promise<void> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return;
  await rows(
    db,
    `update holdings set deleted_at = ? where id in (${unique.map(() => '?').join(', ')}) and note is null
     and not exists (select 1 from items i where i.holding_id = holdings.id and i.deleted_at is null)`,
    [now, ...unique],
  );
}

/** Writes what a batch changes: titles, then holdings, then items, then what titles are found by. */
export async function writeChanges(
  db: Connection,
  changes: ImportChanges,
  holdingsOf: HoldingsFor,
  now: Instant,
): Promise<void> {
  const { newTitles, changedTitles, newItems, changedItems, holdings } = changes;
  const fresh = await insertTitles(db, newTitles);
  const idOf = (ref: TitleRef): number => ('id' in ref ? ref.id : (fresh[ref.fresh] ?? 0));
  for (const { id, title, digest, isRestored } of changedTitles) {
    await update(
      db,
      'titles',
      id,
      { ...titleColumns(title), import_digest: digest },
      isRestored ? ', deleted_at = null' : '',
    );
  }
  const places = [
    ...newItems.map(({ title, item }) => ({
      titleId: idOf(title),
      location: item.location,
      callNumber: item.callNumber,
    })),
    ...changedItems.flatMap(({ titleId, holding }) => (holding ? [{ titleId, ...holding }] : [])),
    ...holdings.map(({ title, holding: { location, callNumber } }) => ({ titleId: idOf(title), location, callNumber })),
  ].map(({ titleId, location, callNumber }) => ({ titleId, location, callNumber }));
  const holdingOf = await holdingsOf(db, places, now);
  await insertMany(
    db,
    'items',
    newItems.map(({ title, item, digest }) => {
      const { location, callNumber } = item;
      return {
        title_id: idOf(title),
        holding_id: holdingOf({ titleId: idOf(title), location, callNumber }),
        barcode: item.barcode,
        barcode_key: keyOf(item.barcode),
        ...itemColumns(item),
        at_library: item.library,
        created_at: now,
        import_digest: digest,
      };
    }),
  );
  for (const { id, titleId, item, digest, holding, isAtHome } of changedItems) {
    const { location = '', callNumber = null } = holding ?? {};
    const held: Record<string, Value> = holding ? { holding_id: holdingOf({ titleId, location, callNumber }) } : {};
    await update(db, 'items', id, {
      ...itemColumns(item),
      ...held,
      ...(isAtHome ? { at_library: item.library } : {}),
      import_digest: digest,
    });
  }
  await dropEmptied(
    db,
    changedItems.flatMap(({ holding, oldHolding }) => (holding && oldHolding !== null ? [oldHolding] : [])),
    now,
  );
  await indexTitles(db, [
    ...fresh,
    ...changedTitles.map((one) => one.id),
    ...newItems.map((one) => idOf(one.title)),
    ...changedItems.map((one) => one.titleId),
    ...holdings.map((one) => idOf(one.title)),
  ]);
}
