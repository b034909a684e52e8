import type { PatronRecord } from '../desk/patron-record.ts';
import { local, present } from './plain.ts';
import type { Zone } from './plain.ts';

const some = <Value>(list: readonly Value[]): readonly Value[] | undefined => (list.length > 0 ? list : undefined);

/** What `show` says of a record beside its state: what its tabs show (USR-07). */
export function recordFields(record: PatronRecord, network: Zone): Record<string, unknown> {
  const { contacts, identifiers, statistics, verified, birthDay, language, category } = record;
  const preferred = (kind: string) => contacts.find((one) => one.kind === kind && one.preferred)?.value;
  const lines = contacts.map((one) => present({ ...one, id: null, locked: null }));
  const others = identifiers.flatMap(({ primary, type, value, external }) =>
    primary ? [] : [{ type, value, external }],
  );
  return present({
    birthDate: birthDay,
    language,
    category,
    email: preferred('email'),
    phone: preferred('phone'),
    address: preferred('address'),
    contacts: some(lines),
    identifiers: some(others),
    statistics: some(statistics.map((one) => one.code)),
    openForUpdate: record.openForUpdate || undefined,
    protectGroup: record.groupProtected || undefined,
    verified: verified ? { at: local(verified.at, network), ...present({ by: verified.by }) } : undefined,
  });
}
