import type { CardIdentifier } from '../circulation/card-system.ts';
import type { ContactContent } from '../circulation/contacts.ts';
import type { Instant } from '../circulation/time.ts';
import type { CardFields } from './import-patrons.ts';
import { nameWords } from './new-patron.ts';
import { insertMany, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { keyOf, plain } from './text.ts';

/** A record that is there, or will be: its place in `newPatrons`. */
export type PatronRef = { readonly id: number } | { readonly fresh: number };

/** What a batch of an import writes: what goes, what changes, then what is new. Everything that is added is the card system's. */
export type PatronChanges = {
  readonly newPatrons: readonly { readonly fields: CardFields; readonly digest: string }[];
  readonly changed: readonly {
    readonly id: number;
    /** Only what is to be written; nothing: the digest alone. */
    readonly fields: Partial<CardFields>;
    readonly name: Pick<CardFields, 'lastName' | 'firstName'>;
    readonly digest: string;
  }[];
  /** Records of which only the digest is new. */
  readonly digests: readonly { readonly id: number; readonly digest: string }[];
  readonly gone: {
    readonly identifiers: readonly number[];
    readonly contacts: readonly number[];
    readonly statistics: readonly number[];
    readonly notes: readonly number[];
  };
  /** Primary identifiers, by the number of their row: changed in place. */
  readonly primary: readonly { readonly row: number; readonly value: string }[];
  /** Identifiers whose value is written otherwise, or whose type has changed. */
  readonly identifiers: readonly (CardIdentifier & { readonly row: number })[];
  readonly added: {
    readonly identifiers: readonly (CardIdentifier & { readonly patron: PatronRef })[];
    readonly contacts: readonly (ContactContent & { readonly patron: PatronRef })[];
    readonly statistics: readonly { readonly patron: PatronRef; readonly code: string }[];
    readonly notes: readonly {
      readonly patron: PatronRef;
      readonly text: string;
      readonly popup: boolean;
      readonly visible: boolean;
    }[];
  };
};

const COLUMNS: Readonly<Record<keyof CardFields, string>> = {
  lastName: 'last_name',
  firstName: 'first_name',
  group: 'group_code',
  campus: 'campus',
  category: 'category',
  birthDay: 'birth_day',
  language: 'language',
  expiry: 'expiry_day',
  purge: 'purge_day',
  status: 'status',
  deactivatedAt: 'deactivated_at',
  deactivatedBecause: 'deactivated_because',
};

const columnsOf = (fields: Partial<CardFields>): Record<string, Value> =>
  Object.fromEntries(
    (Object.entries(fields) as [keyof CardFields, Value][]).map(([name, value]) => [COLUMNS[name], value]),
  );

const sortName = ({ lastName, firstName }: Pick<CardFields, 'lastName' | 'firstName'>): string =>
  plain(`${lastName} ${firstName}`);

/** Rows in one statement. */
const AT_ONCE = 60;

/** Inserts records in few statements; answers with their numbers in that order. A digest belongs to one person: it tells them apart. */
async function insertPatrons(db: Connection, list: PatronChanges['newPatrons'], now: Instant): Promise<number[]> {
  const ids = new Map<string, number>();
  for (let start = 0; start < list.length; start += AT_ONCE) {
    const part = list.slice(start, start + AT_ONCE).map(({ fields, digest }) => ({
      ...columnsOf(fields),
      sort_name: sortName(fields),
      kind: 'external',
      card_digest: digest,
      imported_at: now,
      created_at: now,
    })) as Record<string, Value>[];
    const columns = Object.keys(part[0] ?? {});
    const marks = part.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
    const made = await rows<{ id: number; card_digest: string }>(
      db,
      `insert into patrons (${columns.join(', ')}) values ${marks} returning id, card_digest`,
      part.flatMap((one) => columns.map((column) => one[column] ?? null)),
    );
    for (const one of made) ids.set(one.card_digest, one.id);
  }
  return list.map(({ digest }) => {
    const id = ids.get(digest);
    if (id === undefined) throw new Error('a record was not inserted');
    return id;
  });
}

async function deleteRows(db: Connection, table: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await rows(db, `delete from ${table} where id in (${ids.map(() => '?').join(', ')})`, ids);
}

/** Writes digests of records in which nothing else has changed. */
async function writeDigests(db: Connection, list: PatronChanges['digests']): Promise<void> {
  for (let start = 0; start < list.length; start += AT_ONCE) {
    const part = list.slice(start, start + AT_ONCE);
    const cases = part.map(() => 'when ? then ?').join(' ');
    await rows(
      db,
      `update patrons set card_digest = case id ${cases} else card_digest end where id in (${part.map(() => '?').join(', ')})`,
      [...part.flatMap(({ id, digest }) => [id, digest]), ...part.map((one) => one.id)],
    );
  }
}

/** Writes what has changed in a record itself. */
async function changePatron(db: Connection, one: PatronChanges['changed'][number], now: Instant): Promise<void> {
  const isRenamed = one.fields.lastName !== undefined || one.fields.firstName !== undefined;
  const columns = {
    ...columnsOf(one.fields),
    ...(isRenamed ? { sort_name: sortName(one.name) } : {}),
    card_digest: one.digest,
    imported_at: now,
  };
  const sets = Object.keys(columns).map((name) => `${name} = ?`);
  await rows(db, `update patrons set ${sets.join(', ')} where id = ?`, [...Object.values(columns), one.id]);
  if (!isRenamed) return;
  await rows(db, 'delete from patron_words where patron_id = ?', [one.id]);
  await insertMany(db, 'patron_words', nameWords(one.id, one.name));
}

/** Writes what a batch changes. Values that one record gives up are free before another takes them. */
export async function writePatronChanges(db: Connection, changes: PatronChanges, now: Instant): Promise<number[]> {
  const { newPatrons, changed, digests, gone, primary, identifiers, added } = changes;
  await deleteRows(db, 'patron_identifiers', gone.identifiers);
  await deleteRows(db, 'patron_contacts', gone.contacts);
  await deleteRows(db, 'patron_statistics', gone.statistics);
  if (gone.notes.length > 0) {
    const marks = gone.notes.map(() => '?').join(', ');
    await rows(db, `update patron_notes set deleted_at = ? where id in (${marks})`, [now, ...gone.notes]);
  }
  for (const one of changed) await changePatron(db, one, now);
  await writeDigests(db, digests);
  for (const { row, value } of primary) {
    const sql = 'update patron_identifiers set value = ?, value_key = ?, external = ? where id = ?';
    await rows(db, sql, [value, keyOf(value), true, row]);
  }
  for (const { row, type, value } of identifiers)
    await rows(db, 'update patron_identifiers set type = ?, value = ? where id = ?', [type, value, row]);
  const fresh = await insertPatrons(db, newPatrons, now);
  const idOf = (ref: PatronRef): number => ('id' in ref ? ref.id : (fresh[ref.fresh] ?? 0));
  await insertMany(
    db,
    'patron_identifiers',
    added.identifiers.map(({ patron, type, value }) => ({
      patron_id: idOf(patron),
      type,
      value,
      value_key: keyOf(value),
      external: true,
    })),
  );
  await insertMany(
    db,
    'patron_words',
    newPatrons.flatMap(({ fields }, at) => nameWords(fresh[at] ?? 0, fields)),
  );
  await insertMany(
    db,
    'patron_contacts',
    added.contacts.map(({ patron, postalCode, ...one }) => ({
      patron_id: idOf(patron),
      ...one,
      postal_code: postalCode,
      external: true,
    })),
  );
  await insertMany(
    db,
    'patron_statistics',
    added.statistics.map(({ patron, code }) => ({ patron_id: idOf(patron), code, external: true })),
  );
  await insertMany(
    db,
    'patron_notes',
    added.notes.map(({ patron, text, popup, visible }) => ({
      patron_id: idOf(patron),
      text,
      type: 'general',
      popup,
      visible,
      external: true,
      created_at: now,
    })),
  );
  return fresh;
}
