import { z } from 'zod';
import type { Network } from '../../circulation/network.ts';
import { readMappingFile } from '../mapping-file.ts';
import type { CodeList } from '../mapping-file.ts';
import type { NetworkError } from '../network-file/problems.ts';
import { strictMap } from '../network-file/schema-parts.ts';

/** What a column of a delimited file may be. */
export const COLUMNS = [
  'primaryId',
  'lastName',
  'firstName',
  'group',
  'campus',
  'category',
  'language',
  'birthDate',
  'expiry',
  'purge',
  'status',
  'unr',
  'card',
  'barcode',
  'email',
  'email2',
  'phone',
  'mobile',
  'address',
  'address2',
  'address3',
  'city',
  'postalCode',
  'country',
  'statistics',
  'note',
] as const;
export type Column = (typeof COLUMNS)[number];

const text = z.union([z.string().min(1), z.int()]).transform(String);
/** Codes of the file to codes of the network; `*`: all others; null: none. */
const codes = z.record(z.string(), text.nullable()).default({});
/** Codes that every record has. */
const needed = z.record(z.string(), text).default({});

const shape = strictMap({
  groups: needed,
  campuses: codes,
  categories: codes,
  statistics: codes,
  languages: needed,
  statuses: z.record(z.string(), z.enum(['active', 'inactive'])).default({}),
  /** Types of identifiers. */
  identifiers: needed,
  defaults: strictMap({
    group: text.exactOptional(),
    campus: text.exactOptional(),
    language: text.exactOptional(),
  }).default({}),
  /** Types of identifiers that are digits only. */
  digits: z.array(text).default(['UNR']),
  /** Dates written with points, strokes or hyphens: the day or the month first. */
  dates: z.enum(['day-first', 'month-first']).default('day-first'),
  /** The names of a delimited file's columns. */
  columns: z.record(z.string(), z.enum(COLUMNS)).default({}),
});

/** How a file's codes and columns become the network's. */
export type PatronMapping = z.output<typeof shape>;

/** Nothing is mapped: codes of the file are codes of the network. */
export const NO_MAPPING: PatronMapping = shape.parse({});

const codesOf = (list: readonly { readonly code: string }[] | undefined): string[] =>
  (list ?? []).map((one) => one.code);

/** The parts of a mapping that name codes of the network. */
function codeLists(mapping: PatronMapping, network: Network): readonly CodeList[] {
  const { defaults } = mapping;
  return [
    { kind: 'group', allowed: codesOf(network.groups), at: 'groups', map: mapping.groups, fallback: defaults.group },
    {
      kind: 'campus',
      allowed: codesOf(network.campuses),
      at: 'campuses',
      map: mapping.campuses,
      fallback: defaults.campus,
    },
    {
      kind: 'category',
      allowed: codesOf(network.categories),
      at: 'categories',
      map: mapping.categories,
      fallback: undefined,
    },
    {
      kind: 'statistic',
      allowed: codesOf(network.statistics),
      at: 'statistics',
      map: mapping.statistics,
      fallback: undefined,
    },
  ];
}

/** Reads a mapping file (YAML or JSON) against a network; every error with its path and its line. Never throws. */
export function readPatronMapping(
  written: string,
  network: Network,
): { readonly mapping: PatronMapping } | { readonly errors: readonly NetworkError[] } {
  return readMappingFile(written, network, shape, codeLists);
}
