import type { ImportWords } from '../import-words.ts';

const ENCODINGS = { 'utf-8': 'UTF-8', 'marc-8': 'MARC-8', 'iso-5426': 'ISO 5426', 'latin-1': 'Latin-1' };
const number = (value: number): string => value.toLocaleString('en-GB');
const counted = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`;

const REST = { imported: '; everything else is imported', nothing: '; nothing is imported', none: '' };

export const imports: ImportWords = {
  problem: {
    'unknown-content': () => 'is neither ISO 2709 nor MARCXML (or not what --format asks for)',
    'no-records': () => 'has no record',
    'dtd-refused': () => 'DOCTYPE or ENTITY declaration: refused',
    'unknown-encoding': ({ found }) => `unknown XML encoding "${found}": UTF-8, UTF-16, ISO-8859-1 or windows-1252`,
    'missing-column': ({ found }) => `there is no column "${found}"`,
    truncated: ({ found }) => `the record ends after ${number(found)} bytes, with the file`,
    'bad-leader': ({ found }) => `unreadable leader "${found}"`,
    'record-too-long': ({ allowed }) => `the record is too long: ${number(allowed)} at most`,
    'bad-directory': ({ found }) => `the directory does not match the fields${found === '' ? '' : ` ("${found}")`}`,
    'bad-tag': ({ found }) => `"${found}" cannot be a field's tag`,
    'not-well-formed': ({ detail }) => `XML is not well formed: ${detail}`,
    'not-bibliographic': ({ found }) => `is not a bibliographic record (type "${found}")`,
    'marked-deleted': () => 'the record is marked as deleted',
    'other-flavour': ({ found }) => `the record is ${found === 'unimarc' ? 'UNIMARC' : 'MARC 21'}: change --format`,
    'no-title': () => 'no title',
    'duplicate-record': ({ first }) => `same number as record ${number(first)}, other content: the first one counts`,
    'wrong-columns': ({ found, allowed }) => `${found} columns instead of ${allowed}`,
    'not-delimited': ({ detail }) => `unreadable line, perhaps a stray quotation mark (${detail})`,
    'no-barcode': () => 'an item without barcode',
    'no-location': () => 'an item without location: give a default one with --mapping',
    'unknown-location': ({ found }) => `unknown location "${found}": map it with --mapping`,
    'unknown-material': ({ found }) => `unknown material type "${found}": map it with --mapping`,
    'duplicate-barcode': ({ barcode, first }) =>
      `record ${number(first)} has barcode ${barcode} already, otherwise: the first one counts`,
    'clearance-barcode': ({ barcode }) =>
      `the barcode ${barcode} asks for a clearance when it is lent: no item can have it`,
    'barcode-of-other-title': ({ barcode, title }) =>
      `barcode ${barcode} belongs to another title, "${title}": nothing has been moved`,
    'not-your-library': ({ library }) => `this account may not import for library ${library}`,
    'value-too-long': ({ found, allowed }) => `${found} characters: ${allowed} at most`,
    'item-in-use': ({ barcode, process }) =>
      `item ${barcode} is in use (${process}): it keeps its place, a later import will change it`,
    'wrong-length': ({ found, actual }) => `length "${found}" instead of ${number(actual)}: put right`,
    'no-terminator': () => 'the end of the record is missing: found by the next record',
    'wrong-base-address': ({ found }) => `wrong base address "${found}": put right`,
    'directory-repaired': () => 'the directory did not match the fields: made anew from their separators',
    'no-indicators': () => 'no indicators',
    'text-before-subfield': () => 'text before the first subfield: left out',
    'no-subfield-code': () => 'a subfield without code: left out',
    mislabelled: ({ declared, used }) => `said to be ${ENCODINGS[declared]}, read as ${ENCODINGS[used]}`,
    'encoded-twice': () => 'text that was made UTF-8 twice: put right',
    'unknown-character': ({ found }) => `unreadable character ${found}: replaced`,
    'unknown-set': ({ found }) => `character set ${found} cannot be read: replaced`,
    'control-character': ({ found }) => `control character ${found}: left out`,
    'bad-isbn': ({ found }) => `"${found}" is no valid ISBN`,
    'text-cut': ({ allowed }) => `text cut to ${number(allowed)} bytes`,
    'unmapped-material': ({ found, used }) => `unknown material type "${found}": ${used}`,
    'unmapped-policy': ({ found }) => `unknown item policy "${found}": left out`,
    'title-differs': ({ first }) => `same title as record ${number(first)}, described otherwise: the first one counts`,
  },
  error: 'error',
  warning: 'warning',
  file: 'the file',
  record: (record, control) => `record ${record}${control === null ? '' : ` (${control})`}`,
  byte: (at) => `byte ${at}`,
  line: (line) => `line ${line}`,
  progress: (records, percent, { added, updated, rejected }) =>
    `${number(records)} records${percent === null ? '' : `, ${percent}%`}: ${number(added)} new, ${number(updated)} changed, ${number(rejected)} rejected`,
  titles: ({ added, updated, unchanged, rejected }) =>
    `Records: ${number(added)} new, ${number(updated)} changed, ${number(unchanged)} unchanged, ${number(rejected)} rejected.`,
  items: ({ added, updated, unchanged, rejected }) =>
    `Items: ${number(added)} new, ${number(updated)} changed, ${number(unchanged)} unchanged, ${number(rejected)} rejected.`,
  repeated: (count) => `${counted(count, 'more warning of these kinds', 'more warnings of these kinds')}.`,
  nothingWritten: 'Checked only: nothing has been written.',
  canceled: (records) =>
    `Stopped after ${number(records)} records: what is done stays, run the command again for the rest.`,
  someRejected: (errors, file, rest) =>
    `${counted(errors, 'error', 'errors')}${file === null ? '' : `: see ${file}`}${REST[rest ?? 'none']}.`,
  mappingErrors: (file, count) => `${file}: ${counted(count, 'error', 'errors')}, nothing has been imported:`,
  needsFormat: (formats) => `say what the file is: --format ${formats.join('|')}.`,
  onlyMarcXml: (option) => `${option} goes with --format marcxml only.`,
  cannotWrite: (file) => `the file ${file} cannot be written: check the folder and its rights.`,
};
