import { hash } from 'node:crypto';
import type { CardProblem } from '../../circulation/card-system.ts';
import type { Day } from '../../circulation/time.ts';
import { MOST_CHARACTERS, piecesOf } from '../xml-pieces.ts';
import type { Piece } from '../xml-pieces.ts';
import { checkPatron } from './check.ts';
import type { PatronCodes } from './codes.ts';
import type { PatronEntry, ReadPatron, Said, SaidPatron } from './said.ts';
import { below, elementIn, first, saidIn } from './xml-tree.ts';
import type { Element } from './xml-tree.ts';

/** How records of a file are read. `today`: nobody is born later. */
export type PatronReadingHow = { readonly codes: PatronCodes; readonly today: Day };

/** The element of a record in Ex Libris's user XML (v2). */
const USER = 'user';
/** A document type or an entity of one's own: refused, whatever it says (REL-06). */
const FORBIDDEN = /<!(?:DOCTYPE|ENTITY)/i;

/** Fields that a record has once. */
const ONCE = [
  'record_type',
  'account_type',
  'primary_id',
  'first_name',
  'last_name',
  'user_group',
  'campus_code',
  'job_category',
  'preferred_language',
  'birth_date',
  'expiry_date',
  'purge_date',
  'status',
] as const;

const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true';

/** Collects what a record says. Of what it has in lists, only what is the card system's own: its `Internal` parts are ours to write. */
class UserElement {
  readonly problems: CardProblem[] = [];
  readonly #user: Element;

  constructor(user: Element) {
    this.#user = user;
    for (const name of ONCE) {
      const [, second] = below(user, name);
      if (second)
        this.problems.push({ problem: 'given-twice', line: second.line, field: name, found: second.text.trim() });
    }
    const [block] = below(first(user, 'user_blocks'), 'user_block');
    if (block) this.problems.push({ problem: 'blocks-ignored', line: block.line, field: 'user_block' });
  }

  said(name: string): Said | undefined {
    return saidIn(first(this.#user, name));
  }

  /** The elements of a list; undefined: there is no list. */
  list(container: Element | undefined, name: string): Element[] | undefined {
    if (!container) return undefined;
    const all = below(container, name);
    const kept = all.filter((one) => one.attributes['segment_type']?.toLowerCase() !== 'internal');
    const ours = all.find((one) => !kept.includes(one));
    if (ours) this.problems.push({ problem: 'internal-ignored', line: ours.line, field: name });
    return kept;
  }

  contacts(list: string, name: string, value: string, types: string, type: string): SaidPatron['emails'] {
    const info = first(this.#user, 'contact_info');
    return this.list(first(info, list), name)?.flatMap((one, at) => {
      const field = at === 0 ? value : `${value}[${at + 1}]`;
      const said = saidIn(first(one, value), field);
      if (!said) return [];
      return [{ value: said, type: typeOf(one, types, type), preferred: isTrue(one.attributes['preferred']) }];
    });
  }

  addresses(): SaidPatron['addresses'] {
    const info = first(this.#user, 'contact_info');
    return this.list(first(info, 'addresses'), 'address')?.map((one, at) => {
      const named = (name: string): string => (at === 0 ? name : `${name}[${at + 1}]`);
      const said = (name: string): Said | undefined => saidIn(first(one, name), named(name));
      return {
        lines: ['line1', 'line2', 'line3', 'line4', 'line5'].flatMap((name) => said(name) ?? []),
        city: said('city'),
        postalCode: said('postal_code'),
        country: said('country'),
        type: typeOf(one, 'address_types', 'address_type'),
        preferred: isTrue(one.attributes['preferred']),
        spot: { line: one.line, field: named('address') },
      };
    });
  }

  identifiers(): SaidPatron['identifiers'] {
    return this.list(first(this.#user, 'user_identifiers'), 'user_identifier')?.flatMap((one, at) => {
      const type = first(one, 'id_type')?.text.trim() ?? '';
      const value = saidIn(first(one, 'value'), `user_identifier[${at + 1}] ${type}`.trim());
      // A card that was lost is still in the file.
      const isGone = first(one, 'status')?.text.trim().toUpperCase() === 'INACTIVE';
      return value && !isGone ? [{ type, value }] : [];
    });
  }

  statistics(): SaidPatron['statistics'] {
    return this.list(first(this.#user, 'user_statistics'), 'user_statistic')?.flatMap((one) => {
      const said = saidIn(first(one, 'statistic_category'));
      return said && said.text.trim() !== '' ? [said] : [];
    });
  }

  notes(): SaidPatron['notes'] {
    return this.list(first(this.#user, 'user_notes'), 'user_note')?.flatMap((one) => {
      const text = saidIn(first(one, 'note_text'));
      const is = (name: string): boolean => isTrue(first(one, name)?.text);
      return text ? [{ text, popup: is('popup_note'), visible: is('user_viewable') }] : [];
    });
  }
}

/** The first type that an element of a list of types names. */
function typeOf(element: Element, types: string, type: string): string | null {
  return (
    below(first(element, types), type)
      .map((one) => one.text.trim())
      .find(Boolean) ?? null
  );
}

function saidOf(user: Element): SaidPatron {
  const element = new UserElement(user);
  const said = {
    spot: { line: user.line, field: USER },
    recordType: element.said('record_type'),
    accountType: element.said('account_type'),
    primaryId: element.said('primary_id'),
    lastName: element.said('last_name'),
    firstName: element.said('first_name'),
    group: element.said('user_group'),
    campus: element.said('campus_code'),
    category: element.said('job_category'),
    language: element.said('preferred_language'),
    birthDate: element.said('birth_date'),
    expiry: element.said('expiry_date'),
    purge: element.said('purge_date'),
    status: element.said('status'),
    identifiers: element.identifiers(),
    emails: element.contacts('emails', 'email', 'email_address', 'email_types', 'email_type'),
    phones: element.contacts('phones', 'phone', 'phone_number', 'phone_types', 'phone_type'),
    addresses: element.addresses(),
    statistics: element.statistics(),
    notes: element.notes(),
  };
  return { ...said, problems: element.problems };
}

const PRIMARY = /<primary_id(?:\s[^>]*)?>([^<&]*)<\/primary_id>/;
const identifierIn = (text: string): string | null => PRIMARY.exec(text)?.[1]?.trim() || null;

/** Reads one `<user>`. `text`: from its beginning on; `line`: on which that is. */
export function readUser(
  text: string,
  line: number,
  raw: string | null,
  { codes, today }: PatronReadingHow,
): ReadPatron {
  const user = elementIn(text, USER, line);
  if ('problem' in user) return { record: null, identifier: identifierIn(text), problems: [user] };
  return checkPatron(saidOf(user), codes, today, raw);
}

const END = /<\/(?:[\w.-]+:)?user\s*>/;

function entryOf({ text, line, bytes }: Piece, how: PatronReadingHow): PatronEntry {
  const end = END.exec(text);
  const whole = end ? text.slice(0, end.index + end[0].length) : text;
  const raw = hash('sha1', `${how.codes.salt}${whole}`, 'base64url').slice(0, 12);
  return {
    kind: 'record',
    line,
    key: end ? identifierIn(whole) : null,
    raw,
    bytes,
    read: () => readUser(whole, line, raw, how),
  };
}

/**
 * Reads Alma user XML (v2), record by record, in bounded memory: a damaged record is skipped, and the next `<user>` is read. A
 * document type or an entity before the first record refuses the whole file (REL-06). `label`: for TextDecoder.
 */
export async function* readAlmaXml(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
  how: PatronReadingHow,
): AsyncGenerator<PatronEntry> {
  for await (const piece of piecesOf(chunks, label, USER)) {
    const { line, bytes, text } = piece;
    if (piece.kind === 'preamble') {
      const forbidden = FORBIDDEN.exec(text);
      if (!forbidden) continue;
      const at = text.slice(0, forbidden.index).split('\n').length;
      yield { kind: 'file', problem: { problem: 'dtd-refused', line: at }, bytes };
      return;
    }
    if (piece.kind === 'record') yield entryOf(piece, how);
    else {
      const problem: CardProblem = { problem: 'record-too-long', line, other: String(MOST_CHARACTERS) };
      const read = (): ReadPatron => ({ record: null, identifier: null, problems: [problem] });
      yield { kind: 'record', line, key: null, raw: '', bytes, read };
    }
  }
}
