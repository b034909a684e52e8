import type { Network } from '../../source/circulation/network.ts';
import { network } from './network.ts';

/** A card holder as a test writes them; what is left out is ordinary. `extra`: XML at the end of the record. */
export type CardUser = {
  readonly id: string;
  readonly last?: string;
  readonly first?: string;
  readonly group?: string;
  readonly campus?: string;
  readonly category?: string;
  readonly language?: string;
  readonly birth?: string;
  readonly expiry?: string;
  readonly purge?: string;
  readonly status?: string;
  readonly account?: string;
  readonly type?: string;
  readonly identifiers?: readonly (readonly [type: string, value: string])[];
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly addresses?: readonly (readonly [line: string, city: string, postalCode: string])[];
  readonly statistics?: readonly string[];
  readonly notes?: readonly string[];
  readonly extra?: string;
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const tag = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `  <${name} desc="x">${escaped(value)}</${name}>\n`;
const list = (name: string, items: readonly string[] | undefined): string =>
  items === undefined ? '' : `  <${name}>\n${items.join('')}  </${name}>\n`;
const external = (name: string, at: number, inner: string): string =>
  `    <${name} preferred="${at === 0}" segment_type="External">${inner}</${name}>\n`;

/** One `<user>` of Ex Libris's user XML (v2), a line for each field. */
export function almaUser(user: CardUser): string {
  const { id, last = `NOM ${id}`, first = 'Ana', group = 'L', account = 'EXTERNAL', type = 'PUBLIC' } = user;
  const emails = user.emails?.map((one, at) =>
    external(
      'email',
      at,
      `<email_address>${escaped(one)}</email_address><email_types><email_type>school</email_type></email_types>`,
    ),
  );
  const phones = user.phones?.map((one, at) =>
    external(
      'phone',
      at,
      `<phone_number>${escaped(one)}</phone_number><phone_types><phone_type>mobile</phone_type></phone_types>`,
    ),
  );
  const addresses = user.addresses?.map(([line, city, postalCode], at) =>
    external(
      'address',
      at,
      `<line1>${escaped(line)}</line1><city>${escaped(city)}</city><postal_code>${escaped(postalCode)}</postal_code><address_types><address_type>home</address_type></address_types>`,
    ),
  );
  const contacts = [list('addresses', addresses), list('emails', emails), list('phones', phones)].join('');
  const identifiers = user.identifiers?.map(
    ([kind, value]) =>
      `    <user_identifier segment_type="External"><id_type>${kind}</id_type><value>${escaped(value)}</value><status>ACTIVE</status></user_identifier>\n`,
  );
  const statistics = user.statistics?.map(
    (one) =>
      `    <user_statistic segment_type="External"><statistic_category>${one}</statistic_category></user_statistic>\n`,
  );
  const notes = user.notes?.map(
    (one) =>
      `    <user_note segment_type="External"><note_type>CIRCULATION</note_type><note_text>${escaped(one)}</note_text><user_viewable>false</user_viewable></user_note>\n`,
  );
  return [
    '<user>\n',
    tag('record_type', type),
    tag('primary_id', id),
    tag('first_name', first),
    tag('last_name', last),
    tag('user_group', group),
    tag('campus_code', user.campus),
    tag('job_category', user.category),
    tag('preferred_language', user.language),
    tag('birth_date', user.birth),
    tag('expiry_date', user.expiry),
    tag('purge_date', user.purge),
    tag('account_type', account),
    tag('status', user.status),
    contacts === '' ? '' : `  <contact_info>\n${contacts}  </contact_info>\n`,
    list('user_identifiers', identifiers),
    list('user_notes', notes),
    list('user_statistics', statistics),
    user.extra ?? '',
    '</user>\n',
  ].join('');
}

/** A file of card holders. */
export const almaXml = (users: readonly (CardUser | string)[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<users>\n${users.map((one) => (typeof one === 'string' ? one : almaUser(one))).join('')}</users>\n`;

const words = (code: string) => ({ fr: code, en: code });

/** The small network with what registrations and imports know: campuses, categories, statistics, the profile of pending cards. */
export const cardNetwork: Network = network({
  campuses: ['UPS', 'UT2J', 'INP'].map((code) => ({ code, name: code })),
  placeholderEmail: 'adresse.manquante@example.org',
  categories: ['OVERWRITE', 'PURPAN', 'STUDENT'].map((code) => ({ code, name: words(code) })),
  statisticTypes: [{ code: 'INSTITUTION', name: words('INSTITUTION') }],
  statistics: ['0ups', '0inp', '0ut2'].map((code) => ({ code, type: 'INSTITUTION', name: words(code) })),
  registrationProfiles: [
    {
      code: 'CARD_PENDING',
      name: words('CARD_PENDING'),
      kind: 'external',
      groups: ['LA'],
      category: 'OVERWRITE',
      identifier: { type: 'UNR', prefixes: [], primary: false },
      statistics: [],
    },
  ],
});
