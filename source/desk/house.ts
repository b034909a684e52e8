import type { Instant } from '../circulation/time.ts';
import type { Violation } from '../records/check.ts';
import { openDatabase } from '../records/database.ts';
import type { DatabaseKind } from '../records/database.ts';
import type { SchemaStatus } from '../records/schema.ts';
import { createPerform } from './perform.ts';
import type { Perform } from './perform.ts';

export type { Violation } from '../records/check.ts';
export type { SchemaStatus } from '../records/schema.ts';

/** An opened database behind the desk's door: what everybody but the desk works with. */
export type House = {
  readonly kind: DatabaseKind;
  /** The URL without its password. */
  readonly where: string;
  /** Does actions at the moments that a clock gives. */
  at(clock: () => Instant): Perform;
  /** Brings the schema up to date; returns the names of the steps done. Throws DatabaseAway. */
  migrate(): Promise<string[]>;
  status(): Promise<SchemaStatus>;
  /** Broken invariants of the data; none in a sound database (REL-01). */
  check(): Promise<Violation[]>;
  close(): Promise<void>;
};

/** Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`; nothing is read or made yet. Throws DatabaseAway. */
export function openHouse(url: string): House {
  const database = openDatabase(url);
  return {
    kind: database.kind,
    where: database.where,
    at: (clock) => createPerform(database, clock),
    migrate: async () => database.migrate(),
    status: async () => database.status(),
    check: async () => database.read(async (records) => records.check()),
    close: async () => database.close(),
  };
}
