import type { ContactContent, ContactKind } from '../circulation/contacts.ts';
import { insert, row, rows, truth } from './sql.ts';
import type { Connection, Row } from './sql.ts';

/** A way to reach a patron, as it stands in their record. */
export type PatronContact = ContactContent & {
  readonly id: number;
  /** Comes from the card system, whose import overwrites it (USR-02). */
  readonly external: boolean;
};

const contactFrom = (one: Row): PatronContact => ({
  id: one['id'] as number,
  kind: one['kind'] as ContactKind,
  type: one['type'] as string | null,
  value: one['value'] as string,
  city: one['city'] as string | null,
  postalCode: one['postal_code'] as string | null,
  country: one['country'] as string | null,
  preferred: truth(one['preferred']),
  external: truth(one['external']),
});

/** E-mail addresses first, then phone numbers, then addresses; of each kind the preferred one, then the oldest. */
const ORDER = "case kind when 'email' then 0 when 'phone' then 1 else 2 end, case when preferred then 0 else 1 end, id";

/** What a patron can be reached by: of each kind one is preferred, as long as there is any (manual X.2.2.3). */
export function patronContactsOn(db: Connection) {
  return {
    /** All contacts of a patron, of one kind if it is given: the preferred one first. */
    async ofPatron(patronId: number, kind?: ContactKind): Promise<PatronContact[]> {
      const ofKind = kind === undefined ? '' : ' and kind = ?';
      const found = await rows(
        db,
        `select * from patron_contacts where patron_id = ?${ofKind} order by ${ORDER}`,
        kind === undefined ? [patronId] : [patronId, kind],
      );
      return found.map(contactFrom);
    },

    /** Whose contact it is; undefined: there is none. */
    async ownerOf(id: number): Promise<number | undefined> {
      const sql = 'select patron_id from patron_contacts where id = ?';
      return (await row<{ patron_id: number }>(db, sql, [id]))?.patron_id;
    },

    /** Adds a contact, which is not preferred yet; returns its id. */
    async add(patronId: number, contact: Omit<ContactContent, 'preferred'>, external: boolean): Promise<number> {
      const { kind, type, value, city, postalCode, country } = contact;
      return insert(db, 'patron_contacts', {
        patron_id: patronId,
        kind,
        type,
        value,
        city,
        postal_code: postalCode,
        country,
        preferred: false,
        external,
      });
    },

    /** Gives a contact another content. */
    async change(
      id: number,
      { type, value, city, postalCode, country }: Omit<ContactContent, 'preferred' | 'kind'>,
    ): Promise<void> {
      const sql = 'update patron_contacts set type = ?, value = ?, city = ?, postal_code = ?, country = ? where id = ?';
      await rows(db, sql, [type, value, city, postalCode, country, id]);
    },

    /** Takes a contact away; the audit keeps it. */
    async remove(id: number): Promise<void> {
      await rows(db, 'delete from patron_contacts where id = ?', [id]);
    },

    /** Prefers one contact of a patron to all others of its kind. */
    async prefer(patronId: number, kind: ContactKind, id: number): Promise<void> {
      const others = 'update patron_contacts set preferred = false where patron_id = ? and kind = ? and id <> ?';
      await rows(db, `${others} and preferred`, [patronId, kind, id]);
      await rows(db, 'update patron_contacts set preferred = true where id = ?', [id]);
    },
  };
}
