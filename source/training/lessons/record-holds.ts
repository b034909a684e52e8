import { tidyPhone } from '../../circulation/contacts.ts';
import type { PatronRecord } from '../../desk/patron-record.ts';
import { keyOf } from './same.ts';

type Fields = Readonly<Record<string, unknown>>;
type Holds = (record: PatronRecord, value: unknown, result: Fields) => boolean;

/** The same text, or both nothing. */
const isSaid = (said: unknown, value: unknown): boolean =>
  value === null || said === null ? value === said : keyOf(said) === keyOf(value);

const several = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as readonly Fields[]) : []);

const hasContacts =
  (kind: 'email' | 'phone' | 'address'): Holds =>
  (record, value) => {
    const key = (text: unknown): string => keyOf((kind === 'phone' ? tidyPhone(String(text)) : undefined) ?? text);
    const list = several(value);
    return list.every((wanted) => {
      const preferred = wanted['preferred'] ?? list.length === 1;
      return record.contacts.some(
        (one) => one.kind === kind && key(one.value) === key(wanted['value']) && (preferred !== true || one.preferred),
      );
    });
  };

const always: Holds = () => true;

/** What each field of `edit-patron` asks of a record. */
const FIELDS: Readonly<Record<string, Holds>> = {
  patron: always,
  name: (record, value) => isSaid(record.lastName, value),
  firstName: (record, value) => isSaid(record.firstName, value),
  birthDate: (record, value) => isSaid(record.birthDay, value),
  group: (record, value) => isSaid(record.group, value),
  campus: (record, value) => isSaid(record.campus, value),
  language: (record, value) => isSaid(record.language, value),
  category: (record, value) => isSaid(record.category, value),
  expiry: (record, value) => isSaid(record.expiry, value),
  purge: (record, value) => value === 'keep' || isSaid(record.purge, value),
  status: (record, value) => record.status === value,
  id: (record, value) => isSaid(record.identifier, value),
  statistics: (record, value) =>
    Array.isArray(value) && value.every((code) => record.statistics.some((one) => one.code === code)),
  email: hasContacts('email'),
  phone: hasContacts('phone'),
  address: hasContacts('address'),
  identifiers: (record, value) =>
    several(value).every((one) => record.identifiers.some((other) => isSaid(other.value, one['value']))),
  open: (record, value) => record.openForUpdate === value,
  openForUpdate: (record, value) => record.openForUpdate === value,
  protectGroup: always,
  verified: (record) => record.verified !== null,
  recompute: (_, value, result) => value !== true || result['recomputed'] !== undefined,
};

/** Whether a record holds everything that an `edit-patron` says; `result`: what the edits have answered so far. */
export function recordHolds(record: PatronRecord, wanted: Fields, result: Fields): boolean {
  return Object.entries(wanted).every(([key, value]) => FIELDS[key]?.(record, value, result) ?? true);
}
