import type { ImportRecord } from '../../records/import-catalogue.ts';
import type { LocalProblem, Spot } from './problems.ts';

/** A record of a file, ready to be imported, or null where it cannot be. */
export type CatalogueEntry = {
  /** Bytes read of the file until here. */
  readonly bytes: number;
  readonly control: string | null;
  readonly record: Omit<ImportRecord, 'number'> | null;
  /** Where the barcode of each item stands. */
  readonly spots: readonly Spot[];
  /** Items that cannot be imported. */
  readonly lost: number;
  readonly problems: readonly LocalProblem[];
  /** Not a record: something is wrong with the file itself. */
  readonly isFile?: boolean;
};

/** What is wrong with a file as a whole. */
export function wrongFile(problem: LocalProblem): CatalogueEntry {
  return { bytes: 0, control: null, record: null, spots: [], lost: 0, problems: [problem], isFile: true };
}
