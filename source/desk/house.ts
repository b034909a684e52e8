import type { Instant } from '../circulation/time.ts';
import type { Violation } from '../records/check.ts';
import type { Counts } from '../records/counts.ts';
import { openDatabase } from '../records/database.ts';
import type { DatabaseKind } from '../records/database.ts';
import type { SchemaStatus } from '../records/schema.ts';
import { PASSWORD_COST } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { createPerform } from './perform.ts';
import type { Perform } from './perform.ts';

export type { Violation } from '../records/check.ts';
export type { Counts } from '../records/counts.ts';
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
  /** Whether nothing at all has been put into it, whatever its schema. */
  isEmpty(): Promise<boolean>;
  /** How many patrons, titles, items … there are. */
  count(): Promise<Counts>;
  /** Copies everything as it stands at one moment into an empty SQLite file, while desks go on (REL-10). Throws DatabaseAway. */
  backUp(file: string, signal?: AbortSignal): Promise<void>;
  /** Fills an empty database of the same schema from such a file, all or nothing (REL-10). Throws DatabaseAway. */
  fillFrom(file: string, signal?: AbortSignal): Promise<'filled' | 'not-empty'>;
  close(): Promise<void>;
};

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`; nothing is read or made yet. `passwordCost`: of the hashes that are made
 * here (REL-07); only a test, which has other things to prove, asks for less. Throws DatabaseAway.
 */
export function openHouse(url: string, { passwordCost = PASSWORD_COST }: { passwordCost?: PasswordCost } = {}): House {
  const database = openDatabase(url);
  const place = { url, where: database.where };
  return {
    kind: database.kind,
    where: database.where,
    at: (clock) => createPerform(database, clock, passwordCost),
    migrate: async () => database.migrate(),
    status: async () => database.status(),
    check: async () =>
      database.kind === 'postgres'
        ? (await import('../records/server.ts')).checkServer(url, database.where)
        : database.read(async (records) => records.check()),
    isEmpty: async () => database.read(async (records) => records.isEmpty()),
    count: async () => database.read(async (records) => records.count()),
    backUp: async (file, signal) => (await import('../records/backup.ts')).backUp(place, file, signal),
    fillFrom: async (file, signal) => (await import('../records/backup.ts')).fillFrom(file, place, signal),
    close: async () => database.close(),
  };
}
