import { tablesOf } from './copy-tables.ts';
import { row } from './sql.ts';
import type { Connection } from './sql.ts';

/** How much there is of what people ask for first. */
export type Counts = { readonly [What in 'patrons' | 'titles' | 'items' | 'loans' | 'openLoans' | 'requests']: number };

const COUNTED = {
  patrons: ['patrons', ''],
  titles: ['titles', ''],
  items: ['items', ''],
  loans: ['loans', ''],
  openLoans: ['loans', 'where returned_at is null'],
  requests: ['requests', ''],
} as const;

/** How much there is; nothing of what an older schema does not have. */
export async function countRows(db: Connection): Promise<Counts> {
  const tables = await tablesOf(db);
  const counts: Record<string, number> = {};
  for (const [what, [table, where]] of Object.entries(COUNTED)) {
    const found = tables.includes(table)
      ? await row<{ found: number }>(db, `select count(*) as found from ${table} ${where}`)
      : undefined;
    counts[what] = found?.found ?? 0;
  }
  return counts as Counts;
}
