import { dayOf } from '../../../circulation/time.ts';
import type { PatronRecord } from '../../../desk/patron-record.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';

/** Fields of a record that its form asks, in its order. */
export const GENERAL_FIELDS = [
  'lastName',
  'firstName',
  'birthDay',
  'identifier',
  'group',
  'campus',
  'category',
  'language',
  'expiry',
  'purge',
  'status',
] as const;
export type GeneralField = (typeof GENERAL_FIELDS)[number];

/** A line of the first tab. */
export type GeneralLine = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly locked: boolean;
};

/** What the record says of a person, a line each, with whether that may be changed (USR-07, USR-08). */
export function generalLines(runtime: Runtime, record: PatronRecord): GeneralLine[] {
  const words = runtime.words().records;
  const { network, language, timeZone } = runtime.store.get();
  const date = (day: string | null): string => (day === null ? '' : runtime.dates().day(day));
  const at = (instant: number | null): string =>
    instant === null ? '' : runtime.dates().numeric(dayOf(instant, timeZone));
  const groupName = network?.groups.find(({ code }) => code === record.group)?.name[language] ?? '';
  const campusName = network?.campuses.find(({ code }) => code === record.campus)?.name ?? '';
  const category = network?.categories?.find(({ code }) => code === record.category)?.name[language];
  const shown: Readonly<Record<GeneralField, string>> = {
    lastName: record.lastName,
    firstName: record.firstName,
    birthDay: record.birthDay === null ? '' : runtime.dates().numeric(record.birthDay),
    identifier: record.identifier,
    group: [record.group, record.groupProtected ? words.protectedGroup : '', groupName].filter(Boolean).join(' '),
    campus: [record.campus, campusName].filter(Boolean).join(' '),
    category: category ?? record.category ?? '',
    language: words.languages[record.language === 'en' ? 'en' : 'fr'],
    expiry: date(record.expiry),
    purge: date(record.purge),
    status:
      record.status === 'active'
        ? words.status.active
        : words.inactiveSince(at(record.deactivatedAt), words.because[record.deactivatedBecause ?? ''] ?? ''),
  };
  const { locked } = record;
  const lockedNames: readonly string[] = locked;
  const opened = record.openForUpdate ? words.isOpen : '';
  const imported = record.importedAt === null ? words.neverImported : at(record.importedAt);
  const fields = GENERAL_FIELDS.map((name) => ({
    name,
    label: words.fields[name],
    value: printable(shown[name]),
    locked: lockedNames.includes(name),
  }));
  const facts = [
    {
      name: 'kind',
      label: words.facts.kind,
      value: record.kind === 'internal' ? words.internal : [words.external, opened].filter(Boolean).join(', '),
    },
    {
      name: 'verified',
      label: words.facts.verified,
      value: record.verified
        ? words.verifiedOn(at(record.verified.at), printable(record.verified.by ?? ''))
        : words.notVerified,
    },
    ...(record.kind === 'internal' ? [] : [{ name: 'imported', label: words.facts.imported, value: imported }]),
    { name: 'created', label: words.facts.created, value: at(record.createdAt) },
  ];
  return [...fields, ...facts.map((one) => ({ ...one, locked: false }))];
}
