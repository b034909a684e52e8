import type { Day } from '../circulation/time.ts';
import { addressColumn, lowerAscii } from './patron-search.ts';
import { PATRON_LINE, patronLineFrom } from './patrons.ts';
import type { PatronLine } from './patrons.ts';
import { rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';
import { keyOf, wordsOf } from './text.ts';

/** What two records have in common (USR-05). */
export type DuplicateWhy = 'identifier' | 'email' | 'name-and-birth-date';

/** A record that may be of the same person. */
export type LikelyDuplicate = PatronLine & {
  readonly why: readonly DuplicateWhy[];
  readonly recordKind: 'internal' | 'external';
  readonly status: 'active' | 'inactive';
  readonly expiry: Day | null;
  /** The identifier that both have; null: none. */
  readonly taken: string | null;
};

/** What is known of the person who may have a record already. */
export type Known = {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDay: Day | null;
  readonly identifiers: readonly string[];
  readonly emails: readonly string[];
};

type Hit = { readonly id: number; readonly why: DuplicateWhy; readonly taken?: string };
type Name = { readonly lastName: string; readonly firstName: string };

/** Nobody compares a new record with more of them; the most telling come first. */
const MOST = 20;
/** People of one birth date who share a word of their names. */
const MOST_NAMESAKES = 200;

const marksFor = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((one) => all.includes(one));
const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && isWithin(one, other);

/**
 * Whether two names may be one person's: the same words, whichever of the two fields they stand in; or the same last name
 * and a first name that has all words of the other (Marie, Marie-Anne). Accents, case and hyphens do not matter.
 */
export function mayBeSameName(one: Name, other: Name): boolean {
  const [last, otherLast] = [wordsOf(one.lastName), wordsOf(other.lastName)];
  const [first, otherFirst] = [wordsOf(one.firstName), wordsOf(other.firstName)];
  if (isSame([...new Set([...last, ...first])], [...new Set([...otherLast, ...otherFirst])])) return true;
  if (!isSame(last, otherLast) || first.length === 0 || otherFirst.length === 0) return false;
  return isWithin(first, otherFirst) || isWithin(otherFirst, first);
}

/** Records that may be of a person of whom something is known (USR-05). */
export function likelyDuplicatesOn(db: Connection) {
  const byIdentifier = async (identifiers: readonly string[]): Promise<Hit[]> => {
    if (identifiers.length === 0) return [];
    const sql = `select patron_id as id, value from patron_identifiers where value_key in (${marksFor(identifiers)})`;
    const found = await rows<{ id: number; value: string }>(db, sql, identifiers.map(keyOf));
    return found.map(({ id, value }) => ({ id, why: 'identifier', taken: value }));
  };

  const byEmail = async (emails: readonly string[]): Promise<Hit[]> => {
    if (emails.length === 0) return [];
    // Without the sum, PostgreSQL would go through all patrons in their order until there are enough.
    const found = await rows<{ id: number }>(
      db,
      `select distinct patron_id + 0 as id from patron_contacts where kind = 'email'
         and ${addressColumn(db)} in (${marksFor(emails)}) order by id limit ?`,
      [...emails.map((one) => lowerAscii(one.trim())), MOST],
    );
    return found.map(({ id }) => ({ id, why: 'email' }));
  };

  const byName = async (name: Name, birthDay: Day | null): Promise<Hit[]> => {
    const words = [...new Set([...wordsOf(name.lastName), ...wordsOf(name.firstName)])];
    if (birthDay === null || words.length === 0) return [];
    const values: Value[] = [birthDay, ...words, MOST_NAMESAKES];
    const found = await rows<Name & { id: number }>(
      db,
      `select p.id, p.last_name as "lastName", p.first_name as "firstName" from patrons p where p.birth_day = ?
         and p.id in (select patron_id from patron_words where word in (${marksFor(words)})) order by p.id limit ?`,
      values,
    );
    return found
      .filter((one) => mayBeSameName(one, name))
      .map(({ id }): Hit => ({ id, why: 'name-and-birth-date' }))
      .slice(0, MOST);
  };

  return {
    /** Those who have an identifier, an e-mail address, or name and birth date in common; the identifier's first. */
    async find(known: Known): Promise<LikelyDuplicate[]> {
      const hits = [
        ...(await byIdentifier(known.identifiers)),
        ...(await byEmail(known.emails)),
        ...(await byName(known, known.birthDay)),
      ];
      const ids = [...new Set(hits.map((one) => one.id))].slice(0, MOST);
      if (ids.length === 0) return [];
      const found = await rows(
        db,
        `select ${PATRON_LINE}, p.kind, p.status, p.expiry_day from patrons p where p.id in (${marksFor(ids)})`,
        ids,
      );
      const lines = found.map((one): LikelyDuplicate => {
        const about = hits.filter((hit) => hit.id === one['id']);
        return {
          ...patronLineFrom(one),
          why: [...new Set(about.map((hit) => hit.why))],
          recordKind: one['kind'] as 'internal' | 'external',
          status: one['status'] as 'active' | 'inactive',
          expiry: one['expiry_day'] as string | null,
          taken: about.find((hit) => hit.taken !== undefined)?.taken ?? null,
        };
      });
      return ids.flatMap((id) => lines.filter((one) => one.id === id));
    },
  };
}
