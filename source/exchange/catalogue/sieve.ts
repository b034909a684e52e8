import type { ImportItem, ImportRecord, ImportTitle } from '../../records/import-catalogue.ts';
import { keyOf, matchKey } from '../../records/text.ts';
import type { CatalogueEntry } from './entry.ts';
import type { LocalProblem, Spot } from './problems.ts';
import { Seen } from './seen.ts';

/** An entry of which nothing contradicts what the file had before. */
export type Sieved = {
  readonly record: ImportRecord | null;
  readonly spots: readonly Spot[];
  readonly lost: number;
  /** Items that the file has had already, the same. */
  readonly repeated: number;
  readonly problems: readonly LocalProblem[];
};

const contentOfTitle = (title: ImportTitle): string => JSON.stringify(title);
const identityOf = ({ controlKey, title, author, isbn }: ImportTitle): string =>
  controlKey ?? ['', matchKey(title, author), isbn ?? ''].join('\u0001');

/**
 * Keeps a file from contradicting itself: of two records with one control number the first counts, of two items with one
 * barcode too. Otherwise a second import of the file would change the catalogue to and fro.
 */
export class Sieve {
  readonly #titles = new Seen();
  readonly #items = new Seen();

  #sift(record: Omit<ImportRecord, 'number'>, number: number, spots: readonly Spot[]) {
    const kept: ImportItem[] = [];
    const keptSpots: Spot[] = [];
    const problems: LocalProblem[] = [];
    let repeated = 0;
    record.items.forEach((item, at) => {
      const spot = spots[at] ?? {};
      const before = this.#items.add(keyOf(item.barcode), JSON.stringify([identityOf(record.title), item]), number);
      if (before === undefined) {
        kept.push(item);
        keptSpots.push(spot);
      } else if (before.same) repeated += 1;
      else problems.push({ problem: 'duplicate-barcode', barcode: item.barcode, first: before.first, ...spot });
    });
    return { items: kept, spots: keptSpots, problems, repeated };
  }

  /** What is left of an entry, the record of that number (from 1). */
  sift({ record, spots, lost, problems }: CatalogueEntry, number: number): Sieved {
    if (record === null) return { record: null, spots: [], lost, repeated: 0, problems };
    const found: LocalProblem[] = [...problems];
    let { attach } = record;
    if (!attach) {
      const before = this.#titles.add(identityOf(record.title), contentOfTitle(record.title), number);
      if (before && !before.same) {
        const { first } = before;
        if (record.title.controlKey !== null) {
          found.push({ problem: 'duplicate-record', first, field: '001' });
          return { record: null, spots: [], lost, repeated: 0, problems: found };
        }
        found.push({ problem: 'title-differs', first });
        attach = true;
      }
    }
    const items = this.#sift(record, number, spots);
    found.push(...items.problems);
    const isEmptyRow = record.attach && items.items.length === 0 && items.problems.length > 0;
    return {
      record: isEmptyRow ? null : { ...record, number, attach, items: items.items },
      spots: items.spots,
      lost: lost + (isEmptyRow ? 0 : items.problems.length),
      repeated: items.repeated,
      problems: found,
    };
  }
}
