import { LETTER_KINDS } from '../../../circulation/letters.ts';
import { isDay } from '../../../circulation/time.ts';
import type { AuditLine } from '../../../desk/audit.ts';
import { wordsIn } from '../../../language/index.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { contactText } from './contacts.ts';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is no field of its own, or is said by the line itself. */
const UNSAID: readonly string[] = ['before', 'after', 'note', 'block', 'letter', 'clearance', 'despite', 'run'];
/** Of an entry that holds these, `note` and `block` are numbers of rows; elsewhere a note is a text. */
const isNumber = (value: unknown): boolean => typeof value === 'number';

/** What a field is called: one of the form's, a tab of the record, or a word of the history. */
function labelOf(runtime: Runtime, field: string): string {
  const { fields, tabs, history } = runtime.words().records;
  const labels: Readonly<Record<string, string>> = { ...tabs, ...history.labels, ...fields };
  return labels[field] ?? field;
}

/** The name of a code, where a field has codes: groups, campuses, categories, blocks, kinds of letters. */
function codeName(runtime: Runtime, field: string, code: string): string {
  const { network, language } = runtime.store.get();
  const words = wordsIn(language);
  const named = (list: readonly { readonly code: string; readonly name: { fr: string; en: string } }[] = []) =>
    list.find((one) => one.code === code)?.name[language];
  const blocks: Readonly<Record<string, string>> = words.desk.block;
  const notes: Readonly<Record<string, string>> = words.console.notes.types;
  switch (field) {
    case 'group':
      return [code, named(network?.groups)].filter(Boolean).join(' ');
    case 'category':
      return named(network?.categories) ?? code;
    case 'campus':
      return [code, network?.campuses.find((one) => one.code === code)?.name].filter(Boolean).join(' ');
    case 'type':
      return blocks[`PATRON_BLOCK_${code}`] ?? notes[code] ?? code;
    case 'letterKind': {
      const kind = LETTER_KINDS.find((one) => one === code);
      return kind ? words.letters.kinds[kind] : code;
    }
    default:
      return words.console.records.history.values[code] ?? code;
  }
}

/** A contact, an identifier, a statistical category as one reads it: what it is, where it comes from, whether it is preferred. */
function partText(runtime: Runtime, part: Data): string {
  const { records } = runtime.words();
  const text = (name: string): string | null => {
    const value = part[name];
    return typeof value === 'string' ? value : null;
  };
  const said =
    text('value') === null
      ? (text('code') ?? text('text') ?? JSON.stringify(part))
      : contactText({
          value: text('value') ?? '',
          city: text('city'),
          postalCode: text('postalCode'),
          country: text('country'),
        });
  const marks = [
    part['preferred'] === true ? records.preferred.toLowerCase() : '',
    part['external'] === true ? records.fromCard : '',
  ].filter(Boolean);
  return marks.length === 0 ? said : `${said} (${marks.join(', ')})`;
}

/** What stood or stands in a field, as one reads it. */
function valueText(runtime: Runtime, field: string, value: unknown): string {
  const { none } = runtime.words().records;
  if (value === null || value === undefined || value === '') return none;
  if (typeof value === 'string') return isDay(value) ? runtime.dates().numeric(value) : codeName(runtime, field, value);
  if (typeof value === 'boolean') return value ? runtime.words().form.yes : runtime.words().form.no;
  if (typeof value === 'number') return field === 'expires' ? runtime.dates().moment(value) : String(value);
  if (Array.isArray(value))
    return value.length === 0 ? none : value.map((one) => valueText(runtime, field, one)).join(' ; ');
  return isData(value) ? partText(runtime, value) : JSON.stringify(value);
}

/** Fields of an entry besides what was and what is. */
const others = (data: Data): [string, unknown][] =>
  Object.entries(data).filter(([name, value]) => !UNSAID.includes(name) || (name === 'note' && !isNumber(value)));

/** The fields that an entry is about, by name: what the list shows of it. */
export function changedFields(runtime: Runtime, { data }: AuditLine): string {
  const content = isData(data['after']) ? data['after'] : isData(data['before']) ? data['before'] : undefined;
  const kind = data['letterKind'];
  if (typeof kind === 'string') return codeName(runtime, 'letterKind', kind);
  const names = content ? Object.keys(content) : others(data).map(([name]) => name);
  return printable(names.map((name) => labelOf(runtime, name)).join(', '));
}

/** What was and what is, a line for each field (USR-07); of what was added what it says, of what was deleted what it said. */
export function entryLines(runtime: Runtime, { data }: AuditLine): string[] {
  const { columns, language } = runtime.store.get();
  const before = isData(data['before']) ? data['before'] : undefined;
  const after = isData(data['after']) ? data['after'] : undefined;
  const { pair } = wordsIn(language).letters;
  const content = { ...before, ...after };
  const said = Object.keys(content).map((name) => {
    const [was, is] = [before, after].map((one) => one && valueText(runtime, name, one[name]));
    return pair(labelOf(runtime, name), before && after ? `${was} → ${is}` : (is ?? was ?? ''));
  });
  const more = others(data).map(([name, value]) => pair(labelOf(runtime, name), valueText(runtime, name, value)));
  return [...said, ...more].flatMap((line) => wrap(printable(line), columns - 6));
}
