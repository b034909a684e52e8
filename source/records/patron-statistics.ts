import { insertMany, rows, truth } from './sql.ts';
import type { Connection } from './sql.ts';

/** A statistical category of a patron: a code of the network's. */
export type PatronStatistic = {
  readonly code: string;
  /** Comes from the card system, whose import overwrites it (USR-02). */
  readonly external: boolean;
};

/** The statistical categories of patrons (USR-01). */
export function patronStatisticsOn(db: Connection) {
  return {
    /** Those of a patron, in the order in which they were given. */
    async ofPatron(patronId: number): Promise<PatronStatistic[]> {
      const sql = 'select code, external from patron_statistics where patron_id = ? order by id';
      const found = await rows<{ code: string; external: unknown }>(db, sql, [patronId]);
      return found.map(({ code, external }) => ({ code, external: truth(external) }));
    },

    /** Takes some away and adds others, of our own unless they are `external`. */
    async change(
      patronId: number,
      { gone, added }: { readonly gone: readonly string[]; readonly added: readonly string[] },
      external = false,
    ): Promise<void> {
      if (gone.length > 0) {
        const marks = gone.map(() => '?').join(', ');
        await rows(db, `delete from patron_statistics where patron_id = ? and code in (${marks})`, [patronId, ...gone]);
      }
      const list = added.map((code) => ({ patron_id: patronId, code, external }));
      await insertMany(db, 'patron_statistics', list);
    },
  };
}
