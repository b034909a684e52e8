import { hash } from 'node:crypto';
import type { Network } from '../../circulation/network.ts';
import type { PatronMapping } from './mapping.ts';

const keyOf = (code: string): string => code.trim().toLowerCase();
const OTHERS = '*';

/** A table of codes: what the mapping says, else the network's own. */
type Table = { readonly known: ReadonlyMap<string, string | null>; readonly others: string | null | undefined };

function tableOf(
  own: readonly { readonly code: string }[] | undefined,
  mapped: Readonly<Record<string, string | null>>,
): Table {
  const known = new Map<string, string | null>([
    ...(own ?? []).map(({ code }) => [keyOf(code), code] as const),
    ...Object.entries(mapped).map(([key, value]) => [keyOf(key), value] as const),
  ]);
  return { known, others: mapped[OTHERS] };
}

/** Kinds of codes that a record has. */
export type CodeName = 'group' | 'campus' | 'category' | 'statistic';

/** What e-mail, phone and address types of other systems are here. */
const CONTACT_TYPES: Readonly<Record<string, string>> = {
  office: 'work',
  professional: 'work',
  bureau: 'work',
  travail: 'work',
  personnel: 'personal',
  domicile: 'home',
  cell: 'mobile',
};

/** Languages in which letters are written; anybody else reads English (manual IX.2.1.1). */
const LANGUAGES: Readonly<Record<string, string>> = {
  fr: 'fr',
  fre: 'fr',
  fra: 'fr',
  'fr-fr': 'fr',
  en: 'en',
  eng: 'en',
  'en-gb': 'en',
  'en-us': 'en',
};
const STATUSES: Readonly<Record<string, 'active' | 'inactive'>> = { active: 'active', inactive: 'inactive' };

/** Codes of a file, made the network's: by the mapping, else because the network has the same code. */
export class PatronCodes {
  readonly #tables: Readonly<Record<CodeName, Table>>;
  readonly #languages: ReadonlyMap<string, string>;
  readonly #statuses: ReadonlyMap<string, 'active' | 'inactive'>;
  readonly #types: ReadonlyMap<string, string>;
  readonly #digits: ReadonlySet<string>;
  readonly mapping: PatronMapping;
  readonly placeholderEmail: string | undefined;
  /** A hash of all that decides what a record means: the same text under other codes is another record. */
  readonly salt: string;

  constructor(network: Network, mapping: PatronMapping) {
    this.mapping = mapping;
    this.placeholderEmail = network.placeholderEmail;
    this.#tables = {
      group: tableOf(network.groups, mapping.groups),
      campus: tableOf(network.campuses, mapping.campuses),
      category: tableOf(network.categories, mapping.categories),
      statistic: tableOf(network.statistics, mapping.statistics),
    };
    this.#languages = new Map([...Object.entries(LANGUAGES), ...lowered(mapping.languages)]);
    this.#statuses = new Map([...Object.entries(STATUSES), ...lowered(mapping.statuses)]);
    this.#types = new Map(lowered(mapping.identifiers));
    this.#digits = new Set(mapping.digits.map((one) => one.toUpperCase()));
    const tables = Object.values(this.#tables).map(({ known, others }) => [[...known], others]);
    this.salt = hash('sha1', JSON.stringify([1, tables, mapping, network.placeholderEmail]), 'base64url').slice(0, 10);
  }

  /** A code of the network; null: the mapping says that it is none; undefined: nobody knows it. */
  code(name: CodeName, written: string): string | null | undefined {
    const { known, others } = this.#tables[name];
    const found = known.get(keyOf(written));
    return found === undefined ? others : found;
  }

  /** `fr` or `en`; undefined: letters are not written in that language. */
  language(written: string): string | undefined {
    return this.#languages.get(keyOf(written)) ?? this.#languages.get(OTHERS);
  }

  status(written: string): 'active' | 'inactive' | undefined {
    return this.#statuses.get(keyOf(written)) ?? this.#statuses.get(OTHERS);
  }

  identifierType(written: string): string {
    return this.#types.get(keyOf(written)) ?? (written.trim().toUpperCase() || 'OTHER');
  }

  isDigits(type: string): boolean {
    return this.#digits.has(type.toUpperCase());
  }

  contactType(written: string): string {
    const key = keyOf(written);
    return CONTACT_TYPES[key] ?? key;
  }
}

const lowered = <Value>(map: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(map).map(([key, value]) => [keyOf(key), value]);
