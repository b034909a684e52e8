import type { ResourceType } from '../../circulation/resource-types.ts';
import type { ImportHolding, ImportItem } from '../../records/import-catalogue.ts';
import type { Codes } from './codes.ts';
import type { Draft } from './draft.ts';
import type { ItemField } from './mapping.ts';
import type { Spot } from './problems.ts';
import { valuesOf } from './record.ts';
import type { MarcField, MarcRecord } from './record.ts';

/** Barcodes are not longer; what is, is something else. */
const LONGEST_BARCODE = 80;

/** What a field or a row says of an item, before its codes are looked up. Absent texts are null. */
export type SaidOfItem = {
  readonly barcode: string | null;
  readonly libraries: readonly string[];
  readonly locations: readonly string[];
  readonly material: string | null;
  readonly policy: string | null;
  readonly description: string | null;
  readonly callNumber: string | null;
  readonly fulfilmentNote: string | null;
  readonly publicNote: string | null;
  readonly internalNote: string | null;
};

/** The place of each part, for errors: `995[2]$f`. */
export type SpotOf = (part: 'barcode' | 'location' | 'material' | 'policy') => {
  field: string;
  at?: number;
  line?: number;
};

/** An item with the network's codes; undefined: it cannot be imported, and the draft says why. */
export function itemFrom(
  said: SaidOfItem,
  type: ResourceType,
  { codes, draft, spotOf }: { readonly codes: Codes; readonly draft: Draft; readonly spotOf: SpotOf },
): ImportItem | undefined {
  const { barcode, libraries, locations, ...rest } = said;
  if (barcode === null) {
    draft.report('no-barcode', {}, spotOf('barcode'));
    return undefined;
  }
  if (barcode.length > LONGEST_BARCODE) {
    draft.report('value-too-long', { found: barcode.length, allowed: LONGEST_BARCODE }, spotOf('barcode'));
    return undefined;
  }
  const place = codes.place(libraries, locations);
  const material = codes.material(said.material, type);
  const policy = codes.policy(said.policy);
  if (place === undefined) draft.report('no-location', {}, spotOf('location'));
  else if ('unknown' in place) draft.report('unknown-location', { found: place.unknown }, spotOf('location'));
  if (material === undefined) draft.report('unknown-material', { found: said.material ?? type }, spotOf('material'));
  if (place === undefined || 'unknown' in place || material === undefined) return undefined;
  if (material.guessed)
    draft.report('unmapped-material', { found: said.material ?? '', used: material.value }, spotOf('material'));
  if (policy.unknown) draft.report('unmapped-policy', { found: said.policy ?? '' }, spotOf('policy'));
  const [library = ''] = place.value.split('/');
  return { ...rest, barcode, library, location: place.value, material: material.value, policy: policy.value };
}

/** Sirsi's comments begin with what they are for. */
const COMMENT = /^\.(NOTE|PUBLIC|STAFF|CIRCNOTE)\.\s*/;

/** Volume, and the number of a copy that is not the only one. */
function described(field: MarcField, config: ItemField, draft: Draft): string | null {
  const volume = draft.all(field, config.description ?? '');
  const copy = draft.first(field, config.copy ?? '');
  const second = copy !== null && !/^(?:c\.\s*)?1?$/i.test(copy) ? `c.${copy.replace(/^c\.\s*/i, '')}` : '';
  return [volume, second].filter(Boolean).join(' ') || null;
}

function saidIn(field: MarcField, config: ItemField, draft: Draft): SaidOfItem {
  const every = (codes: string | undefined): string[] =>
    Array.from(codes ?? '').flatMap((code) => valuesOf(field, code).map((one) => draft.clean(one, field.spot)));
  return {
    barcode: draft.first(field, config.barcode ?? ''),
    libraries: every(config.library),
    locations: every(config.location),
    material: draft.first(field, config.material ?? ''),
    policy: draft.first(field, config.policy ?? ''),
    description: described(field, config, draft),
    callNumber: draft.all(field, config.callNumber ?? ''),
    fulfilmentNote: draft.all(field, config.fulfilmentNote ?? ''),
    publicNote: draft.all(field, config.publicNote ?? ''),
    internalNote: draft.all(field, config.internalNote ?? '')?.replace(COMMENT, '') ?? null,
  };
}

/** Where a place is said: the location's subfields, else the library's. */
const codesOf = ({ location = '', library = '' }: ItemField): string => location + library;

/** Where one of these subfields stands; the first of them where the field has none. */
function spotIn(field: MarcField, codes: string): Spot & { field: string } {
  const code = Array.from(codes).find((one) => valuesOf(field, one).length > 0) ?? codes[0] ?? '';
  return { ...field.spot, field: code === '' ? field.name : `${field.name}$${code}` };
}

/** A holding without items (852 without a barcode); undefined where its place is unknown. */
function holdingFrom(said: SaidOfItem, codes: Codes, draft: Draft, spotOf: SpotOf): ImportHolding | undefined {
  const place = codes.place(said.libraries, said.locations);
  if (place === undefined) return undefined;
  if ('unknown' in place) {
    draft.report('unknown-location', { found: place.unknown }, spotOf('location'));
    return undefined;
  }
  const [library = ''] = place.value.split('/');
  return { library, location: place.value, callNumber: said.callNumber };
}

/** The items (`spots`: where their barcodes stand) and the bare holdings of a record. `lost`: items that cannot be imported; the draft says why. */
export function itemsOf(
  record: MarcRecord,
  type: ResourceType,
  configs: readonly ItemField[],
  { codes, draft }: { readonly codes: Codes; readonly draft: Draft },
): { readonly items: ImportItem[]; readonly spots: Spot[]; readonly holdings: ImportHolding[]; readonly lost: number } {
  const items: ImportItem[] = [];
  const spots: Spot[] = [];
  const holdings: ImportHolding[] = [];
  let lost = 0;
  for (const config of configs) {
    for (const field of record.fields) {
      if (field.tag !== config.field) continue;
      const said = saidIn(field, config, draft);
      // A local field of somebody else's that only has the same number.
      if (said.barcode === null && said.libraries.length === 0 && said.locations.length === 0) continue;
      const spotOf: SpotOf = (part) => spotIn(field, part === 'location' ? codesOf(config) : (config[part] ?? ''));
      if (said.barcode === null && config.holding) {
        const holding = holdingFrom(said, codes, draft, spotOf);
        if (holding) holdings.push(holding);
        continue;
      }
      const item = itemFrom(said, type, { codes, draft, spotOf });
      if (item) {
        items.push(item);
        spots.push(spotOf('barcode'));
      } else lost += 1;
    }
  }
  return { items, spots, holdings, lost };
}
