import type { ResourceType } from '../../circulation/resource-types.ts';
import { subjectsOf } from './draft.ts';
import type { Draft, DraftTitle, SubjectField } from './draft.ts';
import { fieldsOf, firstOf, valuesOf } from './record.ts';
import type { MarcField, MarcRecord } from './record.ts';
import { withoutIsbd, yearIn } from './text.ts';

/** The fields that a title is made of. */
export const MARC21_TAGS: readonly string[] = '001 003 008 020 022 100 110 111 245 260 264 502 700 710 711'
  .split(' ')
  .concat('600 610 611 630 648 650 651 653 655'.split(' '));

/** Names, titles, periods, topics, places, free words, genres. */
const SUBJECTS: Readonly<Record<string, SubjectField>> = {
  '600': { heading: 'abcdqt', divisions: 'vxyz' },
  '610': { heading: 'abt', divisions: 'vxyz' },
  '611': { heading: 'acdet', divisions: 'vxyz' },
  '630': { heading: 'anp', divisions: 'vxyz' },
  '648': { heading: 'a', divisions: 'vxyz' },
  '650': { heading: 'ab', divisions: 'vxyz' },
  '651': { heading: 'a', divisions: 'vxyz' },
  '655': { heading: 'a', divisions: 'vxyz' },
};

const BY_TYPE: Readonly<Record<string, ResourceType>> = {
  c: 'SCORE',
  d: 'SCORE',
  e: 'MAP',
  f: 'MAP',
  g: 'VIDEO',
  i: 'AUDIO',
  j: 'AUDIO',
  k: 'IMAGE',
  m: 'SOFTWARE',
  o: 'MIXED',
  p: 'MIXED',
  r: 'OBJECT',
};
const BY_LEVEL: Readonly<Record<string, ResourceType>> = { a: 'ARTICLE', b: 'ARTICLE', s: 'JOURNAL', i: 'JOURNAL' };

/** Leader/06 and, for text, leader/07; 502 makes it a thesis. */
function resourceType(record: MarcRecord): ResourceType {
  const { leader } = record;
  return (
    BY_TYPE[leader[6] ?? ''] ?? BY_LEVEL[leader[7] ?? ''] ?? (fieldsOf(record, '502').length > 0 ? 'THESIS' : 'BOOK')
  );
}

const BEFORE: Readonly<Record<string, string>> = { a: ' ', b: ' : ', n: '. ', p: '. ' };

function titleOf(field: MarcField, draft: Draft): string {
  let last = '';
  const parts = field.subfields.flatMap(({ code, value }) => {
    const before = code === 'p' && last === 'n' ? ', ' : BEFORE[code];
    if (before === undefined) return [];
    last = code;
    return [{ text: value, before }];
  });
  return draft.title(parts, { ...field.spot, field: `${field.name}$a` });
}

/** The main entry; without one, the first added entry that is not about a part. */
function authorOf(record: MarcRecord, draft: Draft): string | null {
  const main = record.fields.find((one) => ['100', '110', '111'].includes(one.tag));
  const added = record.fields.find((one) => ['700', '710', '711'].includes(one.tag) && one.indicators[1] !== '2');
  const field = main ?? added;
  if (!field) return null;
  return field.tag.endsWith('00') ? draft.author(field, 'abc', ' ') : draft.author(field, 'ab', '. ');
}

/** A title of a MARC 21 record, or null without a 245 that says something. */
export function titleOfMarc21(record: MarcRecord, draft: Draft): DraftTitle | null {
  const [field] = fieldsOf(record, '245');
  const title = field ? titleOf(field, draft) : '';
  if (title === '') return null;
  const published =
    fieldsOf(record, '264').find((one) => one.indicators[1] === '1') ??
    fieldsOf(record, '260')[0] ??
    fieldsOf(record, '264')[0];
  const [fixed] = fieldsOf(record, '008');
  const publisher = withoutIsbd(draft.first(published, 'b') ?? '');
  const year = yearIn(published ? valuesOf(published, 'c').join(' ') : '') ?? yearIn(fixed?.value.slice(7, 11) ?? '');
  return {
    title,
    author: authorOf(record, draft),
    isbn: draft.isbn(fieldsOf(record, '020'), fieldsOf(record, '022')),
    resourceType: resourceType(record),
    publisher: publisher || null,
    year: year ?? null,
    subjects: subjectsOf(record, draft, { fields: SUBJECTS, free: '653' }),
  };
}

/** `marc21:003:001`; null without a 001. */
export function marc21Key(record: MarcRecord): string | null {
  const [number] = fieldsOf(record, '001');
  const [agency] = fieldsOf(record, '003');
  return number && number.value !== '' ? `marc21:${agency?.value ?? ''}:${number.value}` : null;
}

/** Whether a record looks like MARC 21: it has a 245, and no UNIMARC title. */
export function isMarc21(record: MarcRecord): boolean {
  return fieldsOf(record, '245').some((one) => firstOf(one, 'abnp') !== undefined);
}
