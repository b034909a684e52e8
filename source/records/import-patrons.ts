import type { ContactContent, ContactKind } from '../circulation/contacts.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { writePatronChanges } from './import-patron-changes.ts';
import type { PatronChanges } from './import-patron-changes.ts';
import { lock, rows, truth } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** What an import may change of a record. */
export type CardFields = {
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string | null;
  readonly campus: string | null;
  readonly category: string | null;
  readonly birthDay: Day | null;
  readonly language: string;
  readonly expiry: Day | null;
  readonly purge: Day | null;
  readonly status: 'active' | 'inactive';
  readonly deactivatedAt: Instant | null;
  readonly deactivatedBecause: string | null;
};

export type KnownIdentifier = {
  readonly id: number;
  readonly type: string;
  readonly value: string;
  readonly key: string;
  readonly external: boolean;
};
export type KnownContact = ContactContent & { readonly id: number; readonly external: boolean };
export type KnownNote = {
  readonly id: number;
  readonly text: string;
  readonly popup: boolean;
  readonly visible: boolean;
};

/** A record as an import finds it, with its own data (which it leaves alone) and the card system's. */
export type KnownPatron = CardFields & {
  readonly id: number;
  readonly kind: 'internal' | 'external';
  readonly groupProtected: boolean;
  /** What the card system said last; null: unknown, or changed here since. */
  readonly digest: string | null;
  readonly importedAt: Instant | null;
  /** The primary one first. */
  readonly identifiers: readonly KnownIdentifier[];
  readonly contacts: readonly KnownContact[];
  readonly statistics: readonly { readonly id: number; readonly code: string; readonly external: boolean }[];
  /** Those of the card system only. */
  readonly notes: readonly KnownNote[];
};

/** What the card system said last of somebody. */
export type CardDigest = { readonly patron: number; readonly digest: string };

const BATCH = 400;

/** Reads in few statements: `sqlOf` is given the marks for some of the values. */
async function inBatches(
  db: Connection,
  values: readonly Value[],
  sqlOf: (marks: string) => string,
  more: readonly Value[] = [],
): Promise<Row[]> {
  const found: Row[] = [];
  for (let start = 0; start < values.length; start += BATCH) {
    const part = values.slice(start, start + BATCH);
    found.push(...(await rows(db, sqlOf(part.map(() => '?').join(', ')), [...more, ...part])));
  }
  return found;
}

/** Rows by the patron whom they are of. */
function byPatron<One>(found: readonly Row[], from: (one: Row) => One): (id: number) => One[] {
  const lists = new Map<number, One[]>();
  for (const one of found) {
    const id = one['patron_id'] as number;
    const list = lists.get(id);
    if (list) list.push(from(one));
    else lists.set(id, [from(one)]);
  }
  return (id) => lists.get(id) ?? [];
}

const identifierFrom = (one: Row): KnownIdentifier => ({
  id: one['id'] as number,
  type: one['type'] as string,
  value: one['value'] as string,
  key: one['value_key'] as string,
  external: truth(one['external']),
});

const contactFrom = (one: Row): KnownContact => ({
  id: one['id'] as number,
  kind: one['kind'] as ContactKind,
  type: one['type'] as string | null,
  value: one['value'] as string,
  city: one['city'] as string | null,
  postalCode: one['postal_code'] as string | null,
  country: one['country'] as string | null,
  preferred: truth(one['preferred']),
  external: truth(one['external']),
});

const noteFrom = (one: Row): KnownNote => ({
  id: one['id'] as number,
  text: one['text'] as string,
  popup: truth(one['popup']),
  visible: truth(one['visible']),
});

const fieldsFrom = (one: Row) => ({
  id: one['id'] as number,
  lastName: one['last_name'] as string,
  firstName: one['first_name'] as string,
  group: one['group_code'] as string | null,
  campus: one['campus'] as string | null,
  category: one['category'] as string | null,
  birthDay: one['birth_day'] as string | null,
  language: one['language'] as string,
  expiry: one['expiry_day'] as string | null,
  purge: one['purge_day'] as string | null,
  status: one['status'] as 'active' | 'inactive',
  kind: one['kind'] as 'internal' | 'external',
  groupProtected: truth(one['group_protected']),
  digest: one['card_digest'] as string | null,
  importedAt: one['imported_at'] as number | null,
  deactivatedAt: one['deactivated_at'] as number | null,
  deactivatedBecause: one['deactivated_because'] as string | null,
});

/** Patrons' records as an import reads and writes them: many in few statements. */
export function patronImportsOn(db: Connection) {
  const ownersOf = async (keys: readonly string[]): Promise<number[]> => {
    const found = await inBatches(
      db,
      keys,
      (marks) => `select patron_id from patron_identifiers where value_key in (${marks})`,
    );
    return [...new Set(found.map((one) => one['patron_id'] as number))];
  };

  /** Locks records in the order of their numbers: two imports and any desk wait for each other, never in a circle. */
  const lockAll = async (ids: readonly number[]): Promise<Row[]> => {
    const sorted = ids.toSorted((one, other) => one - other);
    return inBatches(
      db,
      sorted,
      (marks) => `select p.* from patrons p where p.id in (${marks}) order by p.id${lock(db, 'p')}`,
    );
  };

  return {
    /** What the card system said last of the people who have these identifiers (`keyOf`); who was changed since is left out. */
    async digests(keys: readonly string[]): Promise<Map<string, CardDigest>> {
      const found = await inBatches(
        db,
        keys,
        (
          marks,
        ) => `select i.value_key, i.patron_id, p.card_digest from patron_identifiers i join patrons p on p.id = i.patron_id
          where i.value_key in (${marks}) and p.card_digest is not null`,
      );
      const digestFrom = (one: Row): CardDigest => ({
        patron: one['patron_id'] as number,
        digest: one['card_digest'] as string,
      });
      return new Map(found.map((one) => [one['value_key'] as string, digestFrom(one)]));
    },

    /** The records that have any of these identifiers (`keyOf`), whole, locked until the transaction ends. */
    async known(keys: readonly string[]): Promise<KnownPatron[]> {
      let locked = new Map<number, Row>();
      for (let ids = await ownersOf(keys); ids.some((id) => !locked.has(id)); ids = await ownersOf(keys)) {
        // An identifier may have changed hands while we waited for its owner.
        const all = await lockAll([...new Set([...ids, ...locked.keys()])]);
        locked = new Map(all.map((one) => [one['id'] as number, one]));
        if (ids.some((id) => !locked.has(id))) break;
      }
      const ids = [...locked.keys()];
      const list = async (what: string, more = ''): Promise<Row[]> =>
        inBatches(db, ids, (marks) => `select * from ${what} where patron_id in (${marks})${more} order by id`);
      const identifiers = byPatron(await list('patron_identifiers'), identifierFrom);
      const contacts = byPatron(await list('patron_contacts'), contactFrom);
      const statistics = byPatron(await list('patron_statistics'), (one) => ({
        id: one['id'] as number,
        code: one['code'] as string,
        external: truth(one['external']),
      }));
      const notes = byPatron(await list('patron_notes', ' and external and deleted_at is null'), noteFrom);
      return [...locked.values()].map((one) => {
        const fields = fieldsFrom(one);
        const { id } = fields;
        return {
          ...fields,
          identifiers: identifiers(id),
          contacts: contacts(id),
          statistics: statistics(id),
          notes: notes(id),
        };
      });
    },

    /** Writes what a batch changes; answers with the numbers of the new records, in their order. */
    write: async (changes: PatronChanges, now: Instant): Promise<number[]> => writePatronChanges(db, changes, now),
  };
}
