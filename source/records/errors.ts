import type { Instant } from '../circulation/time.ts';

/** Why the database cannot be used; the sentence for it is in `language/`. */
export type AwayReason =
  | 'unreachable'
  /** It has not answered in time; what was asked may still be done. */
  | 'silent'
  | 'refused'
  | 'missing-database'
  | 'not-a-database'
  | 'no-permission'
  | 'read-only'
  | 'full'
  | 'locked'
  | 'no-folder'
  | 'newer-schema'
  | 'older-schema'
  | 'bad-url';

/** The database cannot be used now. The one error type for all of that; caught once, at the edge. */
export class DatabaseAway extends Error {
  readonly reason: AwayReason;
  /** What was asked for, without its password. */
  readonly where: string;
  /**
   * The moment of the attempt whose commit may have been carried out although nobody heard so. Null: certainly nothing was
   * recorded, and nothing will be.
   */
  readonly at: Instant | null;
  constructor(reason: AwayReason, where: string, cause?: unknown, at: Instant | null = null) {
    super(`database ${reason}: ${where}`, { cause });
    this.name = 'DatabaseAway';
    this.reason = reason;
    this.where = where;
    this.at = at;
  }
}

/** COMMIT was sent, and nobody knows whether it was carried out; its cause is what the driver said. */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super('COMMIT was not answered', { cause });
    this.name = 'CommitUnknown';
  }
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

const CONNECTION_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
];
const REASONS: Readonly<Record<string, AwayReason>> = {
  SQLITE_NOTADB: 'not-a-database',
  SQLITE_CORRUPT: 'not-a-database',
  SQLITE_CANTOPEN: 'no-permission',
  SQLITE_PERM: 'no-permission',
  SQLITE_READONLY: 'read-only',
  SQLITE_FULL: 'full',
  SQLITE_IOERR: 'full',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  '53100': 'full',
  '55P03': 'locked',
  '57014': 'locked',
  '25006': 'read-only',
  '28P01': 'refused',
  '28000': 'refused',
  '3D000': 'missing-database',
};

/** PostgreSQL: somebody has changed the schema under a prepared statement; prepared anew it works. */
export const isStalePlan = (error: unknown): boolean => codeOf(error) === '0A000';

/** SQLite: the file as it was opened is of no use; opened anew it may be, once somebody has seen to it. */
const isAmiss = (error: unknown): boolean =>
  ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_IOERR', 'SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(codeOf(error));

/** Whether what a connection said means that another one has to be opened. */
export const isLost = (error: unknown): boolean => isAmiss(error) || awayReason(error) === 'unreachable';

/** Another desk got there first: the same work again, from the start, may succeed. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error);
  if (isStalePlan(error)) return true;
  if (['40001', '40P01', '23505', 'SQLITE_BUSY', 'SQLITE_LOCKED'].includes(code)) return true;
  return code === 'SQLITE_CONSTRAINT' && error instanceof Error && error.message.includes('UNIQUE');
}

/** Why the database is away, if that is what the error says; undefined for any other error (a bug). */
export function awayReason(error: unknown): AwayReason | undefined {
  if (error instanceof DatabaseAway) return error.reason;
  // Whatever was said about it: who answers a COMMIT is there.
  if (error instanceof CommitUnknown) return awayReason(error.cause) ?? 'unreachable';
  const code = codeOf(error);
  if (CONNECTION_CODES.includes(code)) return 'unreachable';
  const known = REASONS[code];
  if (known) return known;
  if (!(error instanceof Error)) return undefined;
  if (
    /Connection terminated|timeout exceeded when trying to connect|Timeout acquiring a connection|Client has encountered a connection error|Query read timeout|timeout expired/.test(
      error.message,
    )
  )
    return 'unreachable';
  if (error instanceof AggregateError) return error.errors.map(awayReason).find((reason) => reason !== undefined);
  return undefined;
}
