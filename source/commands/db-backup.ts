import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseAway } from '../desk/away.ts';
import { lookInto } from '../desk/backups.ts';
import type { Backup } from '../desk/backups.ts';
import { openHouse } from '../desk/house.ts';
import type { Counts, House, Violation } from '../desk/house.ts';
import { complain, report } from './context.ts';
import type { Context } from './context.ts';
import { databaseUrl, fileOf, openFor } from './database.ts';
import { refused } from './failure.ts';
import type { Status } from './failure.ts';
import { isSameFile, untilGivenUp, wholeFile } from './whole-file.ts';

/** What stands in a database that has been copied. */
type Found = { readonly counts: Counts; readonly violations: readonly Violation[] | null };

/** Says what has been copied; broken invariants, which were broken before, on standard error too. */
function tell(
  context: Context,
  { where, file, bytes }: { readonly where: string; readonly file: string; readonly bytes: number },
  { counts, violations }: Found,
  sentence: string,
): void {
  const { db } = context.words.commands;
  const sound = violations === null ? null : violations.length === 0;
  report(context, { where, file, bytes, counts, sound, violations: violations ?? [] }, () => [
    sentence,
    `  ${db.counted(counts)}`,
    ...(sound === true ? [`  ${db.allHold}`] : []),
    ...(sound === null ? [`  ${db.notChecked}`] : []),
  ]);
  if (violations === null || violations.length === 0) return;
  complain(context, `guichet: ${db.unsound(violations.length)}`);
  for (const { invariant, records } of violations) complain(context, `  ${invariant}: ${records.join(', ')}`);
}

/** A backup never takes the place of what it is made of. */
async function refuseItself(context: Context, house: House, file: string): Promise<void> {
  const own = fileOf(databaseUrl(context));
  if (own === undefined) return;
  for (const one of ['', '-wal', '-shm', '-journal']) {
    if ((await isSameFile(own + one, file)) || path.resolve(file) === own + one)
      throw refused(context.words.commands.db.itself(file, house.where));
  }
}

/** What is given up with Ctrl-C. */
async function givingUp<T>({ words }: Context, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return untilGivenUp(async (signal) => {
    try {
      return await work(signal);
    } catch (error) {
      if (signal.aborted) throw refused(words.commands.db.givenUp);
      throw error;
    }
  });
}

/**
 * `guichet db backup FILE` (REL-10): copies the database as it stands at one moment, while desks lend, into a SQLite file that is
 * whole or not there; looks into it. A file that exists is refused without `--replace`.
 */
export async function backup(context: Context): Promise<Status> {
  const [file = ''] = context.input;
  const { words, options } = context;
  const { db } = words.commands;
  const house = openFor(context, databaseUrl(context), false);
  try {
    const { where } = house;
    const { done, unknown } = await house.status();
    if (unknown.length > 0) throw new DatabaseAway('newer-schema', where);
    if (done.length === 0) throw refused(db.nothingThere(where));
    await refuseItself(context, house, file);
    const made = await givingUp(context, async (signal) =>
      wholeFile(file, { replace: options.has('replace'), words }, async (part) => {
        await house.backUp(part, signal);
        const found = await lookInto(part);
        if (found.kind !== 'backup') throw refused(db.badCopy(where));
        signal.throwIfAborted();
        return { found, bytes: (await stat(part)).size };
      }),
    );
    const { found, bytes } = made;
    tell(context, { where, file, bytes }, found, db.backedUp(where, file, bytes));
    return 0;
  } finally {
    await house.close();
  }
}

/** The backup in a file. Throws Failure for anything else, DatabaseAway for one of a newer program. */
async function backupIn({ words }: Context, file: string): Promise<Extract<Backup, { kind: 'backup' }>> {
  const { db, refusal } = words.commands;
  try {
    await (await open(file, 'r')).close();
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    throw refused(missing ? refusal.noFile(file) : refusal.notReadable(file));
  }
  const isFile = (await stat(file)).isFile();
  const found = isFile ? await lookInto(path.resolve(file)) : { kind: 'foreign' as const };
  if (found.kind !== 'backup') throw refused(db.notABackup[found.kind](file));
  if (found.schema.unknown.length > 0) throw new DatabaseAway('newer-schema', file);
  return found;
}

/** A copy of a backup, with the schema of this program; what the backup says stays as it is. */
async function copyOf(file: string, copy: string, signal: AbortSignal): Promise<Found> {
  const from = openHouse(`sqlite:${path.resolve(file)}`);
  try {
    await from.backUp(copy, signal);
  } finally {
    await from.close();
  }
  const house = openHouse(`sqlite:${copy}`);
  try {
    await house.migrate();
    return await foundIn(house);
  } finally {
    await house.close();
  }
}

const foundIn = async (house: House): Promise<Found> => ({
  counts: await house.count(),
  violations: await house.check(),
});

/** Fills a database that is there and empty. Throws Failure for one that is not, and DatabaseAway. */
async function fill(context: Context, house: House, file: string, isOlder: boolean): Promise<Found> {
  const notEmpty = () => refused(context.words.commands.refusal.notEmpty(house.where));
  const { unknown } = await house.status();
  if (unknown.length > 0) throw new DatabaseAway('newer-schema', house.where);
  if (!(await house.isEmpty())) throw notEmpty();
  await house.migrate();
  await givingUp(context, async (signal) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'guichet-restore-'));
    try {
      const current = path.join(folder, 'backup.db');
      if (isOlder) await copyOf(file, current, signal);
      const done = await house.fillFrom(isOlder ? current : path.resolve(file), signal);
      if (done === 'not-empty') throw notEmpty();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return foundIn(house);
}

/**
 * `guichet db restore FILE` (REL-10): makes the database anew from a backup, or fills one that is empty: SQLite or PostgreSQL,
 * whichever the backup was taken from. All or nothing; what is not empty is refused and not touched.
 */
export async function restore(context: Context): Promise<Status> {
  const [file = ''] = context.input;
  const { db } = context.words.commands;
  const url = databaseUrl(context);
  const target = fileOf(url);
  const known = await backupIn(context, file);
  const house = openFor(context, url, true);
  try {
    const { where } = house;
    if (house.kind === 'sqlite' && target === undefined) throw refused(db.forgets(where));
    const found =
      target === undefined || existsSync(target)
        ? await fill(context, house, file, known.schema.pending.length > 0)
        : await givingUp(context, async (signal) =>
            wholeFile(target, { replace: null, words: context.words }, async (part) => copyOf(file, part, signal)),
          );
    const { size: bytes } = await stat(file);
    tell(context, { where, file, bytes }, found, db.restored(where, file));
    return 0;
  } finally {
    await house.close();
  }
}
