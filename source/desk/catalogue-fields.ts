import { isClearanceBarcode } from '../circulation/clearance.ts';
import type { Network } from '../circulation/network.ts';
import { RESOURCE_TYPES } from '../circulation/resource-types.ts';
import type { ResourceType } from '../circulation/resource-types.ts';
import type { TitleFields } from '../records/catalogue.ts';
import { stored } from '../records/text.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import type { Permission } from './permissions.ts';

/** Characters; more is a slip of somebody's clipboard. */
const LONGEST = { barcode: 100, title: 2000, other: 1000 } as const;

type Invalid = Extract<Refusal, { kind: 'invalid' }>;

/** Something that is being used, and so cannot be deleted or moved. */
export type InUse = {
  readonly kind: 'in-use';
  readonly because: 'on-loan' | 'in-transit' | 'on-shelf' | 'requested' | 'in-treatment' | 'has-items' | 'has-holdings';
};

/** What is given of a title; what is left out stays as it is. An empty text is none. */
export type TitleChange = {
  readonly title?: string;
  readonly author?: string | null;
  readonly isbn?: string | null;
  readonly publisher?: string | null;
  readonly year?: string | null;
  readonly resourceType?: ResourceType;
  readonly suppressed?: boolean;
};

/** What is given of an item; what is left out stays as it is. An empty text is none. */
export type ItemTexts = {
  readonly policy?: string | null;
  readonly material?: string;
  readonly description?: string | null;
  readonly callNumber?: string | null;
  readonly fulfilmentNote?: string | null;
  readonly publicNote?: string | null;
  readonly internalNote?: string | null;
};

const unknownCode = (path: string, value: string): Invalid => ({
  kind: 'invalid',
  path,
  problem: 'unknown-code',
  value,
});

/** The first of some texts that is too long to be meant. */
export function tooLong(texts: Readonly<Record<string, unknown>>): Invalid | undefined {
  for (const [path, text] of Object.entries(texts)) {
    const longest = path === 'barcode' || path === 'title' ? LONGEST[path] : LONGEST.other;
    if (typeof text === 'string' && text.length > longest)
      return { kind: 'invalid', path, problem: 'too-long', value: String(longest) };
  }
  return undefined;
}

/** Whether a `LIBRARY/LOCATION` is one of the network, of that library if one is given. */
export function locationProblem(network: Network, location: string, library?: string): Invalid | undefined {
  const known = network.libraries
    .filter((one) => library === undefined || one.code === library)
    .some((one) => one.locations.some((place) => `${one.code}/${place.code}` === location));
  return known ? undefined : unknownCode('location', location);
}

/** Whether material and policy, where given, are the network's. */
export function codeProblem(network: Network, { material, policy }: ItemTexts): Invalid | undefined {
  if (material !== undefined && !network.materials.some((one) => one.code === material))
    return unknownCode('material', material);
  const wanted = stored(policy);
  return wanted === null || network.itemPolicies.some((one) => one.code === wanted)
    ? undefined
    : unknownCode('policy', wanted);
}

/** Whether a barcode can be given to an item that has none, or another one: it is there, nobody's, and asks for no clearance (QUI-02). */
export async function barcodeProblem({ records }: Desk, barcode: string): Promise<Invalid | undefined> {
  if (stored(barcode) === null) return { kind: 'invalid', path: 'barcode', problem: 'empty' };
  const [taken] = isClearanceBarcode(barcode) ? [barcode.trim()] : await records.items.taken([barcode]);
  return taken === undefined ? undefined : { kind: 'invalid', path: 'barcode', problem: 'taken', value: taken };
}

/** A title with what is given of it. */
export function titleFields(base: TitleFields, change: TitleChange): TitleFields | Invalid {
  const { resourceType = base.resourceType, suppressed = base.suppressed } = change;
  const long = tooLong(change);
  if (long) return long;
  if (!RESOURCE_TYPES.includes(resourceType)) return unknownCode('resourceType', resourceType);
  const given = (name: 'title' | 'author' | 'isbn' | 'publisher' | 'year'): string | null =>
    change[name] === undefined ? base[name] : stored(change[name]);
  const title = given('title');
  if (title === null || title === '') return { kind: 'invalid', path: 'title', problem: 'empty' };
  const [author, isbn, publisher, year] = [given('author'), given('isbn'), given('publisher'), given('year')];
  return { title, author, isbn, publisher, year, resourceType, suppressed, subjects: base.subjects };
}

/** A title of which nothing is known yet. */
export const NO_TITLE: TitleFields = {
  title: '',
  author: null,
  isbn: null,
  publisher: null,
  year: null,
  resourceType: 'BOOK',
  suppressed: false,
  subjects: [],
};

/** What differs between two states of a record: the audit's `before` and `after`, and the names of the fields. */
export function differenceOf<T extends object>(
  before: T,
  after: Partial<T>,
): { readonly before: Partial<T>; readonly after: Partial<T>; readonly changed: string[] } {
  const changed = (Object.keys(after) as (keyof T & string)[]).filter((name) => after[name] !== before[name]);
  const only = (from: Partial<T>): Partial<T> =>
    Object.fromEntries(changed.map((name) => [name, from[name] ?? null])) as Partial<T>;
  return { before: only(before), after: only(after), changed };
}

/**
 * Holdings and items are their library's: who has a role at some libraries only changes what is theirs, wherever they
 * sit. Undefined: permitted.
 */
export function notPermittedAt({ staff }: Desk, permission: Permission, library: string): Refusal | undefined {
  return isPermitted(staff.roles, permission, library)
    ? undefined
    : { kind: 'not-permitted', permission, needs: 'role' };
}
