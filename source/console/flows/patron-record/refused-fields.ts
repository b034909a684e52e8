/** Fields of forms by the names that the desk has for them. */
const FIELDS: Readonly<Record<string, string>> = {
  lastName: 'lastName',
  firstName: 'firstName',
  birthDay: 'birthDay',
  identifier: 'identifier',
  identifiers: 'identifier',
  group: 'group',
  campus: 'campus',
  language: 'language',
  expiry: 'expiry',
  purge: 'purge',
  email: 'email',
  emails: 'email',
  noEmail: 'noEmail',
  address: 'line1',
  addresses: 'line1',
  postalCode: 'postalCode',
  city: 'city',
  phone: 'phone',
  phones: 'phone',
  statistics: 'statistics',
};

/** The field of a form that a refusal is about: `addresses[0].postalCode` is the postal code, `emails[0].value` the e-mail. */
export function fieldOfPath(path: string): string | undefined {
  const [head = '', ...rest] = path.split('.');
  return FIELDS[rest.at(-1) ?? ''] ?? FIELDS[head.replace(/\[\d+\]$/, '')];
}
