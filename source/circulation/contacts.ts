/** What an e-mail address is; `alternative`: the network's placeholder for somebody who has none (USR-03). */
export const EMAIL_TYPES = ['personal', 'work', 'school', 'alternative'] as const;
export const PHONE_TYPES = ['mobile', 'home', 'work'] as const;
export const ADDRESS_TYPES = ['home', 'work', 'school', 'alternative'] as const;
export const CONTACT_KINDS = ['email', 'phone', 'address'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A way to reach a patron. The preferred one of its kind is written to (manual X.2.2.3). */
export type ContactContent = {
  readonly kind: ContactKind;
  /** One of the types of its kind; null: not said. */
  readonly type: string | null;
  /** The address, the number; of a postal address its lines, one below the other. */
  readonly value: string;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly preferred: boolean;
};

/** The types that contacts of a kind may have. */
export function typesOf(kind: ContactKind): readonly string[] {
  if (kind === 'email') return EMAIL_TYPES;
  return kind === 'phone' ? PHONE_TYPES : ADDRESS_TYPES;
}

/** What is wrong with a contact. `placeholder`: the network's address for who has none, as another type than that (USR-03). */
export type ContactProblem =
  | 'empty'
  | 'too-long'
  | 'unknown-code'
  | 'not-an-email'
  | 'not-a-phone'
  | 'not-a-postal-code'
  | 'placeholder';

/** A contact that cannot be kept: which of its fields, and why. */
export type WrongContact = {
  readonly path: 'kind' | 'type' | 'value' | 'city' | 'postalCode' | 'country';
  readonly problem: ContactProblem;
  readonly value?: string;
};

/** A contact as it is given: what is left out is not known. */
export type NewContact = {
  readonly kind: ContactKind;
  readonly type?: string | null;
  readonly value: string;
  readonly city?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
};

/** In characters; more is a slip of somebody's clipboard. */
export const LONGEST_CONTACT = 300;
const LONGEST_EMAIL = 254;

/** Without control characters, and with single spaces. */
const onOneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

/** Lines of a postal address, one below the other; empty ones are dropped. */
const lines = (text: string): string =>
  text
    .split(/\r?\n/u)
    .map(onOneLine)
    .filter((one) => one !== '')
    .join('\n');

/** Whether a text can be an e-mail address: one `@`, a domain with a dot, nothing that mail programs trip over. */
export function isEmail(text: string): boolean {
  if (text.length > LONGEST_EMAIL || text.includes('..')) return false;
  return /^[^\s\p{Cc}@"(),:;<>[\\\].][^\s\p{Cc}@"(),:;<>[\\\]]*(?<!\.)@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(
    text,
  );
}

/**
 * A phone number as it is kept: a French one as `XX XX XX XX XX` (manual IX.2.1.3), however it was written
 * (`05.61.12.34.56`, `+33 5 61 12 34 56`); a foreign one as it is, with single spaces. Undefined: it is none.
 */
export function tidyPhone(text: string): string | undefined {
  const written = onOneLine(text.replaceAll(/[./\-\u2010-\u2015\u00A0\u202F]/gu, ' '));
  if (!/^\+?[\d ()]+$/u.test(written)) return undefined;
  const bare = written.replaceAll(/[ ()]/gu, '').replace(/^00/u, '+');
  const french = /^(?:\+?330?|0)([1-9]\d{8})$/u.exec(bare)?.[1];
  if (french !== undefined) return `0${french}`.replaceAll(/\d\d(?=\d)/gu, '$& ');
  // Any other number that begins so is a French one with a digit too few or too many.
  if (/^(?:0|\+33)/u.test(bare)) return undefined;
  return /^\+?\d{5,15}$/u.test(bare) ? written : undefined;
}

const isFrance = (country: string | null): boolean => country === null || /^(?:fr|fra|france)$/iu.test(country);

/** A postal code as it is kept: of France (or of no country) five digits; of others what they have. Undefined: it is none. */
export function tidyPostalCode(text: string, country: string | null): string | undefined {
  const written = onOneLine(text).toUpperCase();
  if (!isFrance(country)) return /^[\p{L}\p{N}][\p{L}\p{N} -]{1,11}$/u.test(written) ? written : undefined;
  const digits = written.replaceAll(' ', '');
  return /^\d{5}$/u.test(digits) ? digits : undefined;
}

/** A text of a contact; an empty one is none. */
function textOf(text: string | null | undefined): string | null {
  const tidied = onOneLine(text ?? '');
  return tidied === '' ? null : tidied;
}

/** An e-mail address with its type: the placeholder is *alternative*, and nothing else is (USR-03). */
function tidyEmail(
  text: string,
  type: string | null,
  placeholder: string | undefined,
): WrongContact | [string, string | null] {
  const value = onOneLine(text);
  if (!isEmail(value)) return { path: 'value', problem: 'not-an-email', value };
  const isPlaceholder = placeholder !== undefined && value.toLowerCase() === placeholder.toLowerCase();
  if (isPlaceholder) {
    const isAllowed = type === null || type === 'alternative';
    return isAllowed ? [value, 'alternative'] : { path: 'type', problem: 'placeholder', value: type };
  }
  return type === 'alternative' ? { path: 'type', problem: 'placeholder', value: type } : [value, type];
}

/** The value of a contact as it is kept, with its type. */
function tidyValue(
  { kind, value }: NewContact,
  type: string | null,
  placeholder: string | undefined,
): WrongContact | [string, string | null] {
  if (onOneLine(value) === '') return { path: 'value', problem: 'empty' };
  if (value.length > LONGEST_CONTACT) return { path: 'value', problem: 'too-long', value: String(LONGEST_CONTACT) };
  if (kind === 'email') return tidyEmail(value, type, placeholder);
  if (kind === 'address') return [lines(value), type];
  const phone = tidyPhone(value);
  return phone === undefined ? { path: 'value', problem: 'not-a-phone', value: onOneLine(value) } : [phone, type];
}

/**
 * A contact as it is kept, or what is wrong with it (USR-03; manual IX.2.1.1 and IX.2.1.3): known kind and type, an e-mail
 * address that can be one, a phone number in pairs of digits, a postal code. `placeholder`: the network's address for who
 * has none; it is of the type *alternative*, which nothing else is.
 */
export function tidyContact(
  contact: NewContact,
  placeholder?: string,
): Omit<ContactContent, 'preferred'> | WrongContact {
  const { kind } = contact;
  if (!CONTACT_KINDS.includes(kind)) return { path: 'kind', problem: 'unknown-code', value: kind };
  const type = textOf(contact.type);
  if (type !== null && !typesOf(kind).includes(type)) return { path: 'type', problem: 'unknown-code', value: type };
  const tidied = tidyValue(contact, type, placeholder);
  if ('problem' in tidied) return tidied;
  const [value, typeKept] = tidied;
  const isAddress = kind === 'address';
  const [city, country, code] = isAddress
    ? [textOf(contact.city), textOf(contact.country), textOf(contact.postalCode)]
    : [null, null, null];
  for (const [path, text] of [
    ['city', city],
    ['country', country],
  ] as const) {
    if ((text ?? '').length > LONGEST_CONTACT) return { path, problem: 'too-long', value: String(LONGEST_CONTACT) };
  }
  const postalCode = code === null ? null : tidyPostalCode(code, country);
  if (postalCode === undefined) return { path: 'postalCode', problem: 'not-a-postal-code', value: code ?? '' };
  return { kind, type: typeKept, value, city, postalCode, country };
}
