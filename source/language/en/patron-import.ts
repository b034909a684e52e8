import type { PatronImportWords } from '../patron-import-words.ts';

const number = (value: number): string => value.toLocaleString('en-GB');

export const patronImports: PatronImportWords = {
  problem: {
    'unknown-content': () => 'is not what --format asks for',
    'no-records': () => 'has no card holder',
    'dtd-refused': () => 'DOCTYPE or ENTITY declaration: refused',
    'unknown-encoding': ({ found }) => `unknown XML encoding "${found}": UTF-8, UTF-16, ISO-8859-1 or windows-1252`,
    'missing-column': ({ found }) => `the column "${found}" is missing`,
    'not-well-formed': ({ found }) => `XML is not well formed: ${found}`,
    'record-too-long': ({ other }) => `record too long: ${other} characters at most`,
    'wrong-columns': ({ found, other }) => `${found} columns instead of ${other}: perhaps a separator in an address`,
    'not-delimited': () => 'unreadable line, perhaps a stray quotation mark',
    'given-twice': ({ found }) => `the field is given twice ("${found}")`,
    'unreadable-character': ({ found }) => `unreadable character in "${found}"`,
    'value-too-long': ({ found, other }) => `"${found}": ${other} characters at most`,
    'no-identifier': () => 'no identifier',
    'bad-identifier': ({ found }) => `"${found}" is no identifier`,
    'no-name': () => 'no name',
    'not-a-name': ({ found }) => `"${found}" is no name: shifted columns?`,
    'no-group': () => 'no user group: give a default with --mapping',
    'unknown-group': ({ found }) => `unknown group "${found}": map it with --mapping`,
    'unknown-campus': ({ found }) => `unknown campus "${found}": map it with --mapping`,
    'unknown-category': ({ found }) => `unknown category "${found}": map it with --mapping`,
    'unknown-statistic': ({ found }) => `unknown statistical category "${found}": map it with --mapping`,
    'unknown-status': ({ found }) => `unknown status "${found}"`,
    'not-a-patron': ({ found }) => `is no patron (record_type "${found}")`,
    'not-external': ({ found }) => `is no external record (account_type "${found}")`,
    'not-a-day': ({ found }) => `"${found}" is no date`,
    'not-a-birth-date': ({ found }) => `nobody was born on ${found}`,
    'purge-before-expiry': ({ found, other }) =>
      `purge date ${found} before the expiry date${other === '' ? '' : ` ${other}`}`,
    'letters-for-digits': ({ found }) => `letters where digits belong: "${found}"`,
    'not-an-email': ({ found }) => `"${found}" is no e-mail address`,
    'not-a-phone': ({ found }) => `"${found}" is no phone number`,
    'not-a-postal-code': ({ found }) => `"${found}" is no postal code`,
    'duplicate-record': ({ found, other }) =>
      `same identifier as record ${other} ("${found}"), other content: the first counts`,
    'duplicate-identifier': ({ found, other }) =>
      `the identifier "${found}" is already ${other === '' ? 'in the file' : `that of record ${other}`}: the first counts`,
    'identifier-taken': ({ found, other }) => `the identifier "${found}" is another person's (${other})`,
    ambiguous: ({ other }) => `its identifiers are those of several people: ${other}`,
    'internal-record': ({ found }) => `"${found}" is an internal record: it was not overwritten`,
    mislabelled: ({ other }) => `is not UTF-8: read as ${other}`,
    'encoded-twice': () => 'text encoded twice in UTF-8: repaired',
    'control-character': ({ found }) => `control character ${found}: left out`,
    'language-not-offered': ({ found }) => `no letters in "${found}": English`,
    'unknown-contact-type': ({ found }) => `unknown type "${found}": left out`,
    'internal-ignored': () => 'internal part: left out',
    'blocks-ignored': () => 'blocks: left out',
    'several-preferred': () => 'several preferred contacts: the first',
  },
  record: (record, identifier) => `record ${record}${identifier === null ? '' : ` (${identifier})`}`,
  progress: (records, percent, { added, updated, rejected }) =>
    `${number(records)} records${percent === null ? '' : `, ${percent}%`}: ${number(added)} new, ${number(updated)} changed, ${number(rejected)} rejected`,
  people: ({ added, updated, unchanged, rejected }) =>
    `Patrons: ${number(added)} new, ${number(updated)} changed, ${number(unchanged)} unchanged, ${number(rejected)} rejected.`,
  kept: (run) => `Report ${run}.`,
  canceled: (records) =>
    `Interrupted after ${number(records)} records: what is done stays; run the command again for the rest.`,
  cardSystem: {
    none: 'card system: no file is set (cardSystem), no immediate updates',
    found: (file, megabytes, date) => `card system: ${file}, ${number(megabytes)} MB, of ${date}`,
    missing: (file) => `card system: ${file} cannot be read; check the setting cardSystem and the permissions`,
    wrong: (what) => `card system: the setting cardSystem is incomplete (${what}): file, format, mapping, encoding`,
    mapping: (file) => `card system: the mapping ${file} has errors`,
  },
};
