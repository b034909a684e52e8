import type { ProcessType } from '../circulation/loan.ts';
import type { ResourceType } from '../circulation/resource-types.ts';
import type { Instant } from '../circulation/time.ts';
import { holdingsFor } from './add-items.ts';
import { writeChanges } from './import-changes.ts';
import type { ImportChanges } from './import-changes.ts';
import type { ImportItem, ImportRecord, KnownItem, KnownRecords, KnownTitle } from './import-types.ts';
import { rows } from './sql.ts';
import type { Connection, Row } from './sql.ts';
import { keyOf, matchKey } from './text.ts';

export type {
  ImportHolding,
  ImportItem,
  ImportRecord,
  ImportTitle,
  KnownItem,
  KnownRecords,
  KnownTitle,
} from './import-types.ts';

/** How a deleted item is known again. */
export const deletedItem = (titleId: number, barcode: string, digest: string): string =>
  [titleId, keyOf(barcode), digest].join('\u0001');
/** How a holding is known again. */
export const heldAt = (
  titleId: number,
  { location, callNumber }: Pick<ImportItem, 'location' | 'callNumber'>,
): string => [titleId, location, callNumber ?? ''].join('\u0001');

const BATCH = 400;

/** Reads in few statements: `sqlOf` is given the marks for some of the values. */
async function inBatches(
  db: Connection,
  values: readonly (string | number)[],
  sqlOf: (marks: string) => string,
): Promise<Row[]> {
  const found: Row[] = [];
  const all = [...new Set(values)];
  for (let start = 0; start < all.length; start += BATCH) {
    const part = all.slice(start, start + BATCH);
    found.push(...(await rows(db, sqlOf(part.map(() => '?').join(', ')), part)));
  }
  return found;
}

const TITLES =
  'select id, title, author, isbn, resource_type, publisher, year, subjects, control_key, match_key, import_digest, deleted_at from titles';

function titleFrom(one: Row): KnownTitle {
  return {
    id: one['id'] as number,
    controlKey: one['control_key'] as string | null,
    title: one['title'] as string,
    author: one['author'] as string | null,
    isbn: one['isbn'] as string | null,
    resourceType: one['resource_type'] as ResourceType,
    publisher: one['publisher'] as string | null,
    year: one['year'] as string | null,
    subjects: one['subjects'] as string | null,
    matchKey: one['match_key'] as string,
    digest: one['import_digest'] as string | null,
    deleted: one['deleted_at'] !== null,
  };
}

const ITEMS = `select i.id, i.title_id, t.title, i.barcode, i.barcode_key, i.library, i.location, i.material, i.policy, i.description,
  i.call_number, i.fulfilment_note, i.public_note, i.internal_note, i.import_digest, i.holding_id, i.temporary, i.process
  from items i join titles t on t.id = i.title_id`;

function itemFrom(one: Row): KnownItem {
  return {
    id: one['id'] as number,
    titleId: one['title_id'] as number,
    title: one['title'] as string,
    barcode: one['barcode'] as string,
    library: one['library'] as string,
    location: one['location'] as string,
    material: one['material'] as string,
    policy: one['policy'] as string | null,
    description: one['description'] as string | null,
    callNumber: one['call_number'] as string | null,
    fulfilmentNote: one['fulfilment_note'] as string | null,
    publicNote: one['public_note'] as string | null,
    internalNote: one['internal_note'] as string | null,
    digest: one['import_digest'] as string | null,
    holdingId: one['holding_id'] as number | null,
    temporary: one['temporary'] === true || one['temporary'] === 1,
    process: one['process'] as ProcessType | null,
  };
}

/** Titles that may be those of some records, each once: by their number, and where no title has it, by their text. */
async function knownTitles(db: Connection, records: readonly ImportRecord[]): Promise<KnownTitle[]> {
  const keys = records.flatMap(({ title }) => title.controlKey ?? []);
  const numbered = await inBatches(db, keys, (marks) => `${TITLES} where control_key in (${marks})`);
  const known = new Set(numbered.map((one) => one['control_key'] as string | null));
  const others = records.filter(({ title }) => title.controlKey === null || !known.has(title.controlKey));
  const matches = others.map(({ title }) => matchKey(title.title, title.author));
  const alike = await inBatches(
    db,
    matches,
    (marks) => `${TITLES} where match_key in (${marks}) and deleted_at is null`,
  );
  const titles = new Map([...numbered, ...alike].map((one) => [one['id'] as number, titleFrom(one)]));
  return [...titles.values()].toSorted((one, other) => one.id - other.id);
}

/** Items of some titles that were deleted here: `deletedItem`. */
async function deletedOf(db: Connection, titleIds: readonly number[]): Promise<Set<string>> {
  const found = await inBatches(
    db,
    titleIds,
    (marks) => `select title_id, barcode, import_digest from items
      where title_id in (${marks}) and deleted_at is not null and import_digest is not null`,
  );
  return new Set(
    found.map((one) =>
      deletedItem(one['title_id'] as number, one['barcode'] as string, one['import_digest'] as string),
    ),
  );
}

/** Holdings of some titles: `heldAt`. */
async function holdingsOf(db: Connection, titleIds: readonly number[]): Promise<Set<string>> {
  const found = await inBatches(
    db,
    titleIds,
    (marks) =>
      `select title_id, location, call_number from holdings where title_id in (${marks}) and deleted_at is null`,
  );
  return new Set(
    found.map((one) =>
      heldAt(one['title_id'] as number, {
        location: one['location'] as string,
        callNumber: one['call_number'] as string | null,
      }),
    ),
  );
}

/** The catalogue as imports read and write it: many records in few statements. */
export function importsOn(db: Connection) {
  return {
    /** What is there of some records: eight statements for 400 of them at most, three for such as are all there. */
    async known(records: readonly ImportRecord[]): Promise<KnownRecords> {
      const barcodes = records.flatMap((one) => one.items.map((item) => keyOf(item.barcode)));
      const titles = await knownTitles(db, records);
      const ids = titles.map((one) => one.id);
      const found = await inBatches(db, barcodes, (marks) => `${ITEMS} where i.barcode_key in (${marks})`);
      const items = new Map(found.map((one) => [one['barcode_key'] as string, itemFrom(one)]));
      const isAllThere = barcodes.every((one) => items.has(one)) && !titles.some((one) => one.deleted);
      return {
        titles,
        items,
        deletedItems: isAllThere ? new Set() : await deletedOf(db, ids),
        holdings: records.some((one) => one.holdings.length > 0) ? await holdingsOf(db, ids) : new Set(),
      };
    },

    /** Writes what a batch changes, full text included. */
    write: async (changes: ImportChanges, now: Instant): Promise<void> => writeChanges(db, changes, holdingsFor, now),
  };
}
