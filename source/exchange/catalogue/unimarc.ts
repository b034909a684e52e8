import type { ResourceType } from '../../circulation/resource-types.ts';
import { subjectsOf } from './draft.ts';
import type { Draft, DraftTitle, SubjectField } from './draft.ts';
import { fieldsOf, firstOf, valuesOf } from './record.ts';
import type { MarcField, MarcRecord } from './record.ts';
import { withoutIsbd, yearIn } from './text.ts';

/** The fields that a title is made of. */
export const UNIMARC_TAGS: readonly string[] = '001 010 011 100 200 210 214 328 700 701 702 710 711 712 720'
  .split(' ')
  .concat('600 601 602 604 605 606 607 608 610'.split(' '));

/** Persons, bodies, families, works, titles, topics, places, forms; 610 has free words. */
const SUBJECTS: Readonly<Record<string, SubjectField>> = {
  '600': { heading: 'abcdft', divisions: 'jxyz', between: ', ' },
  '601': { heading: 'abcdeft', divisions: 'jxyz', between: ', ' },
  '602': { heading: 'af', divisions: 'jxyz', between: ', ' },
  '604': { heading: 'abt', divisions: 'jxyz', between: ', ' },
  '605': { heading: 'ahi', divisions: 'jxyz', between: '. ' },
  '606': { heading: 'a', divisions: 'jxyz' },
  '607': { heading: 'a', divisions: 'jxyz' },
  '608': { heading: 'a', divisions: 'jxyz' },
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
  l: 'SOFTWARE',
  m: 'MIXED',
  r: 'OBJECT',
};
const BY_LEVEL: Readonly<Record<string, ResourceType>> = { a: 'ARTICLE', s: 'JOURNAL', i: 'JOURNAL' };

/** Leader/06 and, for text, leader/07; 328 makes it a thesis. */
function resourceType(record: MarcRecord): ResourceType {
  const { leader } = record;
  return (
    BY_TYPE[leader[6] ?? ''] ?? BY_LEVEL[leader[7] ?? ''] ?? (fieldsOf(record, '328').length > 0 ? 'THESIS' : 'BOOK')
  );
}

const BEFORE: Readonly<Record<string, string>> = { a: ' ; ', e: ' : ', h: '. ', i: '. ' };

function titleOf(field: MarcField, draft: Draft): string {
  let last = '';
  const parts = field.subfields.flatMap(({ code, value }) => {
    const before = code === 'i' && last === 'h' ? ', ' : BEFORE[code];
    if (before === undefined) return [];
    last = code;
    return [{ text: withoutIsbd(value), before }];
  });
  return draft.title(parts, { ...field.spot, field: `${field.name}$a` });
}

/** The first person or body responsible; without one, the first statement of responsibility as it is printed. */
function authorOf(record: MarcRecord, draft: Draft): string | null {
  const field = ['700', '710', '720', '701', '711', '702', '712']
    .map((tag) => fieldsOf(record, tag)[0])
    .find((one) => one !== undefined);
  if (field) return field.tag.startsWith('71') ? draft.author(field, 'ab', '. ') : draft.author(field, 'ab', ', ');
  return draft.first(fieldsOf(record, '200')[0], 'f');
}

/** A title of a UNIMARC record, or null without a 200 that says something. */
export function titleOfUnimarc(record: MarcRecord, draft: Draft): DraftTitle | null {
  const [field] = fieldsOf(record, '200');
  const title = field ? titleOf(field, draft) : '';
  if (title === '') return null;
  const published =
    fieldsOf(record, '214').find((one) => one.indicators[1] === '0') ??
    fieldsOf(record, '210')[0] ??
    fieldsOf(record, '214')[0];
  const publisher = withoutIsbd(draft.first(published, 'c') ?? '');
  const coded = firstOf(fieldsOf(record, '100')[0], 'a') ?? '';
  return {
    title,
    author: authorOf(record, draft),
    isbn: draft.isbn(fieldsOf(record, '010'), fieldsOf(record, '011')),
    resourceType: resourceType(record),
    publisher: publisher || null,
    year: yearIn(published ? valuesOf(published, 'dh').join(' ') : '') ?? yearIn(coded.slice(9, 13)) ?? null,
    subjects: subjectsOf(record, draft, { fields: SUBJECTS, free: '610' }),
  };
}

/** `unimarc::001`; null without a 001. The 003 of UNIMARC is a link to the record, not whose number it is. */
export function unimarcKey(record: MarcRecord): string | null {
  const [number] = fieldsOf(record, '001');
  return number && number.value !== '' ? `unimarc::${number.value}` : null;
}

/** Whether a record looks like UNIMARC: it has a 200 with a title. */
export function isUnimarc(record: MarcRecord): boolean {
  return fieldsOf(record, '200').some((one) => firstOf(one, 'a') !== undefined);
}
