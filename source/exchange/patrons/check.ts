import type { CardPatron, CardProblem, CardProblemCode, CardSpot } from '../../circulation/card-system.ts';
import { isCardWarning } from '../../circulation/card-system.ts';
import { tidyContact, typesOf } from '../../circulation/contacts.ts';
import type { ContactContent, ContactKind, ContactProblem, NewContact } from '../../circulation/contacts.ts';
import type { Day } from '../../circulation/time.ts';
import { keyOf } from '../../records/text.ts';
import { cleaned, cutTo } from '../catalogue/text.ts';
import type { CodeName, PatronCodes } from './codes.ts';
import { dayIn } from './dates.ts';
import type { ReadPatron, Said, SaidAddress, SaidPatron } from './said.ts';

/** Characters; more is a slip of somebody's export. */
const MOST = { name: 150, identifier: 100, contact: 300, note: 2000 } as const;
/** The year before which nobody living was born. */
const FIRST_BIRTHS = '1890-01-01';

const UNKNOWN: Readonly<Record<CodeName, CardProblemCode>> = {
  group: 'unknown-group',
  campus: 'unknown-campus',
  category: 'unknown-category',
  statistic: 'unknown-statistic',
};
const hasLetters = (text: string): boolean => /\p{L}/u.test(text);

const WRONG_CONTACT: Readonly<Record<ContactProblem, CardProblemCode>> = {
  empty: 'no-identifier',
  'too-long': 'value-too-long',
  'unknown-code': 'unknown-contact-type',
  'not-an-email': 'not-an-email',
  'not-a-phone': 'not-a-phone',
  'not-a-postal-code': 'not-a-postal-code',
  placeholder: 'not-an-email',
};

/** Checks one record: every field of it, so that whoever mends it mends it once (IMP-02). */
class Checker {
  readonly problems: CardProblem[] = [];
  readonly #codes: PatronCodes;
  readonly #today: Day;

  constructor(codes: PatronCodes, today: Day) {
    this.#codes = codes;
    this.#today = today;
  }

  report(problem: CardProblemCode, spot: CardSpot, found?: string, other?: string): undefined {
    this.problems.push({
      ...spot,
      problem,
      ...(found === undefined ? {} : { found: cutTo(found, 120) }),
      ...(other === undefined ? {} : { other }),
    });
    return undefined;
  }

  /** A text as it is stored; empty: there is none. */
  text(said: Said | undefined, most: number): string {
    if (said === undefined) return '';
    const { text, encodedTwice, control } = cleaned(said.text);
    if (text.includes('\uFFFD')) this.report('unreadable-character', said.spot, text);
    if (encodedTwice) this.report('encoded-twice', said.spot, text);
    if (control !== undefined) this.report('control-character', said.spot, control);
    if (text.length > most) this.report('value-too-long', said.spot, `${text.slice(0, 40)}…`, String(most));
    return text;
  }

  /** A name: it has letters, where columns have not shifted. */
  name(said: Said | undefined, spot: CardSpot, isNeeded: boolean): string {
    const text = this.text(said, MOST.name);
    if (text === '') {
      if (isNeeded) this.report('no-name', said?.spot ?? spot);
    } else if (!hasLetters(text)) this.report('not-a-name', said?.spot ?? spot, text);
    return text;
  }

  identifier(said: Said | undefined, spot: CardSpot): string {
    const text = this.text(said, MOST.identifier);
    if (text === '') this.report('no-identifier', said?.spot ?? spot);
    else if (/\s/u.test(text)) this.report('bad-identifier', said?.spot ?? spot, text);
    return text;
  }

  /** A code of the network; undefined: the file says nothing; null: it says none. */
  code(name: CodeName, said: Said | undefined): string | null | undefined {
    if (said === undefined) return undefined;
    const text = said.text.trim();
    if (text === '') return null;
    const code = this.#codes.code(name, text);
    return code === undefined ? this.report(UNKNOWN[name], said.spot, text) : code;
  }

  day(said: Said | undefined): Day | null | undefined {
    if (said === undefined) return undefined;
    const text = said.text.trim();
    if (text === '') return null;
    return dayIn(text, this.#codes.mapping.dates) ?? this.report('not-a-day', said.spot, text);
  }

  birthDay(said: Said | undefined): Day | null | undefined {
    const day = this.day(said);
    if (said && day && (day >= this.#today || day < FIRST_BIRTHS))
      return this.report('not-a-birth-date', said.spot, day);
    return day;
  }

  language(said: Said | undefined): string | undefined {
    const text = said?.text.trim() ?? '';
    if (!said || text === '') return this.#codes.mapping.defaults.language;
    const language = this.#codes.language(text);
    if (language === undefined) this.report('language-not-offered', said.spot, text);
    return language ?? 'en';
  }

  status(said: Said | undefined): 'active' | 'inactive' | undefined {
    const text = said?.text.trim() ?? '';
    if (!said || text === '') return undefined;
    return this.#codes.status(text) ?? this.report('unknown-status', said.spot, text);
  }

  group(said: Said | undefined, spot: CardSpot): string {
    const { group: usual } = this.#codes.mapping.defaults;
    const text = said?.text.trim() ?? '';
    if (text === '') {
      if (usual === undefined) this.report('no-group', said?.spot ?? spot);
      return usual ?? '';
    }
    return this.code('group', said) ?? '';
  }

  /** Only people who borrow, and only those whom the card system keeps. */
  kind({ recordType, accountType }: SaidPatron): void {
    const type = recordType?.text.trim().toUpperCase() ?? '';
    if (recordType && !['', 'PUBLIC', 'STAFF'].includes(type)) this.report('not-a-patron', recordType.spot, type);
    const account = accountType?.text.trim().toUpperCase() ?? '';
    if (accountType && !['', 'EXTERNAL'].includes(account)) this.report('not-external', accountType.spot, account);
  }

  identifiers(said: SaidPatron['identifiers'], primaryId: string): { type: string; value: string; spot: CardSpot }[] {
    const kept = new Map<string, { type: string; value: string; spot: CardSpot }>();
    for (const one of said ?? []) {
      const { spot } = one.value;
      if (one.value.text.trim() === '') continue;
      const value = this.identifier(one.value, spot);
      const type = this.#codes.identifierType(one.type);
      if (this.#codes.isDigits(type) && !/^\d+$/.test(value)) this.report('letters-for-digits', spot, value);
      // The primary identifier again, or the same number twice, says nothing more.
      if (keyOf(value) !== keyOf(primaryId) && !kept.has(keyOf(value))) kept.set(keyOf(value), { type, value, spot });
    }
    return [...kept.values()];
  }

  #type(kind: ContactKind, written: string | null, spot: CardSpot): string | null {
    if (written === null || written.trim() === '') return null;
    const type = this.#codes.contactType(written);
    if (typesOf(kind).includes(type)) return type;
    this.report('unknown-contact-type', spot, written);
    return null;
  }

  #contact(contact: NewContact, spots: Partial<Record<string, CardSpot>>, spot: CardSpot): ContactContent | undefined {
    const tidied = tidyContact(contact, this.#codes.placeholderEmail);
    if (!('problem' in tidied)) return { ...tidied, preferred: false };
    const found = tidied.value ?? contact.value;
    const isDigits = tidied.problem === 'not-a-phone' || tidied.problem === 'not-a-postal-code';
    const code = isDigits && hasLetters(found) ? 'letters-for-digits' : WRONG_CONTACT[tidied.problem];
    return this.report(code, spots[tidied.path] ?? spot, found);
  }

  simple(kind: 'email' | 'phone', said: SaidPatron['emails']): ContactContent[] | undefined {
    if (said === undefined) return undefined;
    const list: ContactContent[] = [];
    for (const { value, type: written, preferred } of said) {
      const text = this.text(value, MOST.contact);
      if (text === '') continue;
      const type = this.#type(kind, written, value.spot);
      // Only the network's placeholder is *alternative* here, whatever others call so.
      const isPlaceholder = text.toLowerCase() === this.#codes.placeholderEmail?.toLowerCase();
      const kept = type === 'alternative' || isPlaceholder ? null : type;
      const contact = this.#contact({ kind, value: text, type: kept }, {}, value.spot);
      if (contact) list.push({ ...contact, preferred });
    }
    return this.#onePreferred(list, said[0]?.value.spot);
  }

  addresses(said: readonly SaidAddress[] | undefined): ContactContent[] | undefined {
    if (said === undefined) return undefined;
    const list: ContactContent[] = [];
    for (const one of said) {
      const lines = one.lines.map((line) => this.text(line, MOST.contact)).filter((line) => line !== '');
      const city = this.text(one.city, MOST.contact);
      const postalCode = this.text(one.postalCode, MOST.contact);
      const country = this.text(one.country, MOST.contact);
      const value = lines.join('\n') || city;
      if (value === '' && postalCode === '') continue;
      const { spot } = one;
      const spots = {
        city: one.city?.spot ?? spot,
        postalCode: one.postalCode?.spot ?? spot,
        country: one.country?.spot ?? spot,
      };
      const type = this.#type('address', one.type, spot);
      const contact = this.#contact(
        { kind: 'address', type, value: value || postalCode, city, postalCode, country },
        spots,
        one.lines[0]?.spot ?? spot,
      );
      if (contact) list.push({ ...contact, preferred: one.preferred });
    }
    return this.#onePreferred(list, said[0]?.spot);
  }

  #onePreferred(list: readonly ContactContent[], spot: CardSpot | undefined): ContactContent[] {
    const preferred = list.filter((one) => one.preferred);
    if (preferred.length > 1 && spot) this.report('several-preferred', spot, preferred[1]?.value);
    return list.map((one) => ({ ...one, preferred: one === preferred[0] }));
  }

  statistics(said: readonly Said[] | undefined): string[] | undefined {
    if (said === undefined) return undefined;
    return [...new Set(said.flatMap((one) => this.code('statistic', one) ?? []))];
  }

  notes(said: SaidPatron['notes']): { text: string; popup: boolean; visible: boolean }[] | undefined {
    return said
      ?.map(({ text, popup, visible }) => ({ text: this.text(text, MOST.note), popup, visible }))
      .filter((one) => one.text !== '');
  }
}

const given = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });

/**
 * What a record says, in the network's codes, or all that is wrong with it (IMP-02). `today`: nobody is born later. `raw`: the
 * hash of how it is written.
 */
export function checkPatron(said: SaidPatron, codes: PatronCodes, today: Day, raw: string | null): ReadPatron {
  const check = new Checker(codes, today);
  const { spot } = said;
  check.kind(said);
  const primaryId = check.identifier(said.primaryId, spot);
  const lastName = check.name(said.lastName, spot, true);
  const firstName = check.name(said.firstName, spot, false);
  const group = check.group(said.group, spot);
  const expiry = check.day(said.expiry) ?? undefined;
  const purge = check.day(said.purge) ?? undefined;
  if (said.purge && purge !== undefined && expiry !== undefined && purge < expiry)
    check.report('purge-before-expiry', said.purge.spot, purge, expiry);
  const identifiers = said.identifiers && check.identifiers(said.identifiers, primaryId);
  const contacts = {
    ...given('email', check.simple('email', said.emails)),
    ...given('phone', check.simple('phone', said.phones)),
    ...given('address', check.addresses(said.addresses)),
  };
  const campus = check.code('campus', said.campus);
  const patron: CardPatron = {
    primaryId,
    lastName,
    firstName,
    group,
    ...given('status', check.status(said.status)),
    ...given(
      'campus',
      campus === null ? (codes.mapping.defaults.campus ?? null) : (campus ?? codes.mapping.defaults.campus),
    ),
    ...given('category', check.code('category', said.category)),
    ...given('birthDay', check.birthDay(said.birthDate)),
    ...given('language', check.language(said.language)),
    ...given('expiry', expiry),
    ...given('purge', purge),
    ...given(
      'identifiers',
      identifiers?.map(({ type, value }) => ({ type, value })),
    ),
    ...(Object.keys(contacts).length > 0 ? { contacts } : {}),
    ...given('statistics', check.statistics(said.statistics)),
    ...given('notes', check.notes(said.notes)),
  };
  const problems = [...said.problems, ...check.problems];
  const isWrong = problems.some((one) => !isCardWarning(one.problem));
  const record = {
    patron,
    raw,
    spot,
    primaryId: said.primaryId?.spot ?? spot,
    purge: said.purge?.spot ?? said.expiry?.spot ?? spot,
    identifiers: (identifiers ?? []).map((one) => one.spot),
  };
  return { record: isWrong ? null : record, identifier: primaryId || null, problems };
}
