import type { TestDatabase } from './databases.ts';

/** The names of all tables of a database, ours and those of its tools. */
async function tablesOf({ sql, url }: TestDatabase): Promise<string[]> {
  const question = url.startsWith('sqlite:')
    ? "select name from sqlite_master where type = 'table'"
    : "select tablename as name from pg_tables where schemaname = 'public'";
  return (await sql<{ name: string }>(question)).map((one) => one.name);
}

/**
 * Tables in which a secret stands: as it is, in other case, without what groups it, or in base64. Everything that any table
 * says is looked through (USR-11, REL-07).
 */
export async function tablesWith(database: TestDatabase, secret: string): Promise<string[]> {
  const bare = secret.replaceAll('-', '');
  const forms = [secret, bare, Buffer.from(secret).toString('base64'), Buffer.from(bare).toString('base64')];
  const found: string[] = [];
  for (const table of await tablesOf(database)) {
    const text = JSON.stringify(await database.sql(`select * from "${table}"`)).toLowerCase();
    if (forms.some((form) => text.includes(form.toLowerCase()))) found.push(table);
  }
  return found;
}
