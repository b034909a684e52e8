import type { Codes } from './codes.ts';
import { Draft } from './draft.ts';
import type { CatalogueEntry } from './entry.ts';
import type { Flavour } from './iso2709.ts';
import { itemsOf } from './item-fields.ts';
import { MARC21_ITEMS, UNIMARC_ITEMS } from './mapping.ts';
import type { ImportMapping } from './mapping.ts';
import { isMarc21, MARC21_TAGS, marc21Key, titleOfMarc21 } from './marc21.ts';
import type { LocalProblem } from './problems.ts';
import type { MarcRecord, ReadRecord } from './record.ts';
import { isUnimarc, titleOfUnimarc, UNIMARC_TAGS, unimarcKey } from './unimarc.ts';

type MarcFormat = {
  readonly looksLike: (record: MarcRecord) => boolean;
  readonly titleOf: typeof titleOfMarc21;
  readonly keyOf: (record: MarcRecord) => string | null;
  readonly items: typeof MARC21_ITEMS;
  /** Leader/06 of what is not bibliographic: authorities, holdings, classification. */
  readonly other: RegExp;
};

const FORMATS: Readonly<Record<Flavour, MarcFormat>> = {
  marc21: { looksLike: isMarc21, titleOf: titleOfMarc21, keyOf: marc21Key, items: MARC21_ITEMS, other: /[quvwxyz]/ },
  unimarc: { looksLike: isUnimarc, titleOf: titleOfUnimarc, keyOf: unimarcKey, items: UNIMARC_ITEMS, other: /[xyz]/ },
};
const OTHER: Readonly<Record<Flavour, Flavour>> = { marc21: 'unimarc', unimarc: 'marc21' };

/** How records become titles and items. `flavour` null: each record is looked at. */
export type MarcMapping = { readonly flavour: Flavour | null; readonly codes: Codes; readonly mapping: ImportMapping };

/** The fields that are read, whatever the flavour turns out to be. */
export function wantedTags({ flavour, mapping }: MarcMapping): (tag: string) => boolean {
  const items = mapping.items ?? [
    ...(flavour === 'unimarc' ? [] : MARC21_ITEMS),
    ...(flavour === 'marc21' ? [] : UNIMARC_ITEMS),
  ];
  const tags = new Set([...MARC21_TAGS, ...UNIMARC_TAGS, ...items.map((one) => one.field)]);
  return (tag) => tags.has(tag);
}

/** Why a record is not one of a title. */
function unsuited(record: MarcRecord, flavour: Flavour): LocalProblem | undefined {
  const { leader } = record;
  const format = FORMATS[flavour];
  if (leader[5] === 'd') return { problem: 'marked-deleted', field: 'leader' };
  if (format.other.test(leader[6] ?? ''))
    return { problem: 'not-bibliographic', found: leader[6] ?? '', field: 'leader' };
  const other = OTHER[flavour];
  if (!format.looksLike(record) && FORMATS[other].looksLike(record)) return { problem: 'other-flavour', found: other };
  return undefined;
}

/** A MARC record as it is imported. Never throws. */
export function entryOf(read: ReadRecord, { flavour, codes, mapping }: MarcMapping): CatalogueEntry {
  const { bytes, control, record } = read;
  const rejected = (...more: readonly LocalProblem[]): CatalogueEntry => ({
    bytes,
    control,
    record: null,
    spots: [],
    lost: 0,
    problems: [...read.problems, ...more],
  });
  if (record === null) return rejected();
  const actual = flavour ?? (!isMarc21(record) && isUnimarc(record) ? 'unimarc' : 'marc21');
  const problem = unsuited(record, actual);
  if (problem) return rejected(problem);
  const format = FORMATS[actual];
  const draft = new Draft();
  const title = format.titleOf(record, draft);
  if (title === null)
    return rejected(...draft.problems, { problem: 'no-title', field: actual === 'marc21' ? '245$a' : '200$a' });
  const controlKey = format.keyOf(record);
  const { items, spots, holdings, lost } = itemsOf(record, title.resourceType, mapping.items ?? format.items, {
    codes,
    draft,
  });
  return {
    bytes,
    control,
    record: { attach: false, title: { ...title, controlKey }, items, holdings },
    spots,
    lost,
    problems: [...read.problems, ...draft.problems],
  };
}
