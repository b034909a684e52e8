import { databases } from '../support/databases.ts';
import type { DatabaseUnderTest, TestDatabase } from '../support/databases.ts';

/** Does something on a migrated, empty database of its own, which is taken away afterwards. */
export async function onDatabase<Answer>(
  kind: DatabaseUnderTest,
  work: (database: TestDatabase) => Promise<Answer>,
): Promise<Answer> {
  const database = await kind.create();
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/** Where a test needs one database and not each. */
export function oneKind(): DatabaseUnderTest {
  const [first] = databases;
  if (!first) throw new Error('no database to test on');
  return first;
}
