import type { CatalogueProblem, ImportReport } from '../exchange/catalogue/index.ts';
import type { PatronImportReport, PatronProblem } from '../exchange/patrons/index.ts';
import type { PlainResult } from './results.ts';

/**
 * An import of catalogue records, with the fields of spec 8: `added, updated, unchanged, rejected` (records; one whose
 * items were all refused is `rejected` unless its title was added or changed), the same of `items`, and `errors`, each with its record, its field and what is wrong. `warnings` is how many there were.
 */
export function importResult(report: ImportReport, errors: readonly CatalogueProblem[]): PlainResult {
  const { added, updated, unchanged, rejected, items, warnings, records, canceled } = report;
  return { records, added, updated, unchanged, rejected, items, errors, warnings, ...(canceled ? { canceled } : {}) };
}

/**
 * An import of card holders, with the fields of spec 8: `added, updated, unchanged, rejected` and `errors`, each with its line,
 * its record (the identifier; its number where it has none), its field and what is wrong. `run`: under which it is kept.
 */
export function patronImportResult(report: PatronImportReport, errors: readonly PatronProblem[]): PlainResult {
  const { records, added, updated, unchanged, rejected, warnings, run, canceled } = report;
  const told = errors.map(({ number, record, ...one }) => ({ ...one, record: record ?? number, number }));
  const counts = { records, added, updated, unchanged, rejected, errors: told, warnings };
  return { ...counts, ...(run === null ? {} : { run }), ...(canceled ? { canceled } : {}) };
}
