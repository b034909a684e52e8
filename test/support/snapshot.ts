import type { TestDatabase } from './databases.ts';

const TABLES = [
  'events',
  'overrides',
  'loans',
  'patron_blocks',
  'items',
  'requests',
  'transits',
  'transit_stops',
  'work_orders',
  'letters',
] as const;

/** What a desk writes when it lends, takes back and scans: every row, to compare before and after. */
export async function everyRow({ sql }: Pick<TestDatabase, 'sql'>): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of TABLES) found[table] = await sql(`select * from ${table} order by id`);
  return found;
}
