import { z } from 'zod';
import type { Network } from '../../circulation/network.ts';
import { readMappingFile } from '../mapping-file.ts';
import type { CodeList } from '../mapping-file.ts';
import type { NetworkError } from '../network-file/problems.ts';
import { location, strictMap } from '../network-file/schema-parts.ts';

/** What a column of a delimited file may be. */
export const COLUMNS = [
  'barcode',
  'title',
  'author',
  'isbn',
  'publisher',
  'year',
  'location',
  'library',
  'material',
  'policy',
  'description',
  'callNumber',
  'fulfilmentNote',
  'publicNote',
  'internalNote',
] as const;
export type Column = (typeof COLUMNS)[number];

const text = z.union([z.string().min(1), z.int()]).transform(String);
/** Subfield codes, in order of preference: `cb`. */
const codes = z
  .union([z.string().min(1), z.int()])
  .transform(String)
  .exactOptional();

const itemField = strictMap({
  field: text,
  barcode: codes,
  library: codes,
  location: codes,
  callNumber: codes,
  material: codes,
  policy: codes,
  description: codes,
  copy: codes,
  fulfilmentNote: codes,
  publicNote: codes,
  internalNote: codes,
  /** Without a barcode it says where copies stand, not that there is one (852). */
  holding: z.boolean().exactOptional(),
});
export type ItemField = z.output<typeof itemField>;

const shape = strictMap({
  locations: z.record(z.string(), location).default({}),
  materials: z.record(z.string(), text).default({}),
  /** null: none. */
  policies: z.record(z.string(), text.nullable()).default({}),
  defaults: strictMap({
    location: location.exactOptional(),
    material: text.exactOptional(),
    policy: text.exactOptional(),
  }).default({}),
  /** Instead of the fields that are read without a mapping. */
  items: z.array(itemField).exactOptional(),
  /** The names of a delimited file's columns. */
  columns: z.record(z.string(), z.enum(COLUMNS)).default({}),
});

/** How a file's codes and fields become the network's. */
export type ImportMapping = z.output<typeof shape>;

/** Nothing is mapped: codes of the file are codes of the network. */
export const NO_MAPPING: ImportMapping = shape.parse({});

/** MARC 21: 852 as in the format; 952 as Koha, 949 as Sirsi have it. */
export const MARC21_ITEMS: readonly ItemField[] = [
  {
    field: '852',
    barcode: 'p',
    library: 'ba',
    location: 'cb',
    callNumber: 'khim',
    description: '3',
    copy: 't',
    publicNote: 'z',
    internalNote: 'x',
    holding: true,
  },
  {
    field: '952',
    barcode: 'p',
    library: 'ba',
    location: 'c',
    callNumber: 'o',
    material: 'y',
    description: 'h',
    copy: 't',
    publicNote: 'z',
    internalNote: 'x',
  },
  {
    field: '949',
    barcode: 'i',
    library: 'm',
    location: 'l',
    callNumber: 'a',
    material: 't',
    description: 'v',
    copy: 'c',
    internalNote: 'o',
  },
];

/** UNIMARC: 995 as in the French recommendation. */
export const UNIMARC_ITEMS: readonly ItemField[] = [
  {
    field: '995',
    barcode: 'f',
    library: 'cb',
    location: 'ed',
    callNumber: 'k',
    material: 'r',
    policy: 'o',
    description: 'lv',
    internalNote: 'u',
  },
];

/** The parts of a mapping that name codes of the network. */
function codeLists(mapping: ImportMapping, network: Network): readonly CodeList[] {
  const places = network.libraries.flatMap((one) => one.locations.map((here) => `${one.code}/${here.code}`));
  const materials = network.materials.map((one) => one.code);
  const policies = network.itemPolicies.map((one) => one.code);
  const { defaults } = mapping;
  return [
    { kind: 'location', allowed: places, at: 'locations', map: mapping.locations, fallback: defaults.location },
    { kind: 'material', allowed: materials, at: 'materials', map: mapping.materials, fallback: defaults.material },
    { kind: 'policy', allowed: policies, at: 'policies', map: mapping.policies, fallback: defaults.policy },
  ];
}

/** Reads a mapping file (YAML or JSON) against a network; every error with its path and its line. Never throws. */
export function readImportMapping(
  written: string,
  network: Network,
): { readonly mapping: ImportMapping } | { readonly errors: readonly NetworkError[] } {
  return readMappingFile(written, network, shape, codeLists);
}
