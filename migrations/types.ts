import type { Knex } from 'knex';

/** One step of the schema. Its name is stored in the database: never rename one that has landed. */
export type Migration = {
  readonly name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
};

/** Whether the database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return (knex.client as { dialect: string }).dialect === 'postgresql';
}

/**
 * A text column that compares byte by byte on both databases, so that prefix searches and orders agree (SQLite does so
 * anyway; PostgreSQL only with the "C" collation).
 */
export function plainText(table: Knex.CreateTableBuilder, knex: Knex, name: string): Knex.ColumnBuilder {
  return table.specificType(name, isPostgres(knex) ? 'text collate "C"' : 'text');
}
