import { hash } from 'node:crypto';

/**
 * What an import remembers of a record: a short hash of each of its fields. The same record again is known by all of them,
 * so that nothing has to be compared or written; of a changed one only the fields that the file has changed are taken, and
 * what staff have written into the others stays.
 */
export const TITLE_FIELDS = ['title', 'author', 'isbn', 'resourceType', 'publisher', 'year', 'subjects'] as const;
/** Its library is its location's. */
export const ITEM_FIELDS = [
  'location',
  'material',
  'policy',
  'description',
  'callNumber',
  'fulfilmentNote',
  'publicNote',
  'internalNote',
] as const;

/** The last one came later: where there is none it has no hash, so that digests of before are still right. */
const LATER = 'subjects';

/** 36 bits for each field. */
const WIDTH = 6;
const NOTHING = '-'.repeat(WIDTH);

/** Values come again and again (places, materials, years): a few are remembered. */
const remembered = new Map<string, string>();
const MOST_REMEMBERED = 5000;

function hashOf(value: string | null): string {
  if (value === null) return NOTHING;
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const made = hash('sha1', value, 'base64url').slice(0, WIDTH);
  if (value.length < 40 && remembered.size < MOST_REMEMBERED) remembered.set(value, made);
  return made;
}

const partOf = (name: string, hashed: string): string => (name === LATER && hashed === NOTHING ? '' : hashed);

type Fields<Name extends string> = Readonly<Record<Name, string | null>>;

/** The digest of some fields, in their order. */
export function digestOf<Name extends string>(fields: Fields<Name>, names: readonly Name[]): string {
  return names.map((name) => partOf(name, hashOf(fields[name]))).join('');
}

/** Fields that staff write, and that a file must not take from them. */
const isNote = (name: string): boolean => name.endsWith('Note');

/**
 * What is to be stored when a file has `next`, the database `stored`, and the last import left `digest` (null: there was
 * none). A field that the file has not changed stays as it is stored; so does a note that staff have written since, and
 * whatever the file has nothing for when it has never been imported. `kept`: fields that may not change now.
 */
export function merged<Name extends string>(
  names: readonly Name[],
  {
    next,
    stored,
    digest,
    kept = [],
  }: {
    readonly next: Fields<Name>;
    readonly stored: Fields<Name>;
    readonly digest: string | null;
    readonly kept?: readonly Name[];
  },
): { readonly values: Record<Name, string | null>; readonly digest: string } {
  const values = {} as Record<Name, string | null>;
  let left = '';
  names.forEach((name, at) => {
    const before = digest === null ? undefined : digest.slice(at * WIDTH, (at + 1) * WIDTH) || NOTHING;
    const now = hashOf(next[name]);
    const isKept = kept.includes(name);
    const isEdited = before !== undefined && hashOf(stored[name]) !== before;
    const stays =
      isKept ||
      before === now ||
      (isNote(name) && isEdited) ||
      (before === undefined && stored[name] !== null && (next[name] === null || isNote(name)));
    values[name] = stays ? stored[name] : next[name];
    left += partOf(name, isKept ? (before ?? NOTHING) : now);
  });
  return { values, digest: left };
}
