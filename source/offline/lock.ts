import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { HERE } from '../desk/workers.ts';
import { codeOf } from './disk.ts';

/** Who holds a file. */
export type LockHolder = 'nobody' | 'this-process' | 'another';

/** A lock that is held until it is released. */
export type Lock = {
  /** Whether it is still ours: nobody else has taken or deleted it. */
  isOurs(): Promise<boolean>;
  release(): Promise<void>;
};

/** What a lock file says: the machine, the process on it, and when that began (empty where the system does not say). */
type Owner = { readonly host: string; readonly pid: number; readonly start: string };

/** A holder on another machine touches its lock; one that has been silent so long is dead. Milliseconds. */
const TOUCH = 30_000;
const LEASE = 5 * 60_000;
/** So often we look again while others take over a dead process's lock. */
const TRIES = 50;

function readNow(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Since this start of the machine, numbers and times of processes are what they are. */
const BOOT = readNow('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/** When a process began, so that a later one of the same number is not taken for it; undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  const line = readNow(`/proc/${pid}/stat`);
  if (line === undefined) return undefined;
  // `pid (any name) state …`; the start is field 22. A zombie does nothing any more.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : `${BOOT}/${fields[19] ?? ''}`;
}

const OURS: Owner = { host: HERE, pid: process.pid, start: startOf(process.pid) ?? '' };

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function parsed(text: string): Owner | undefined {
  try {
    const { host, pid, start } = JSON.parse(text) as Partial<Owner>;
    if (typeof host === 'string' && typeof pid === 'number' && typeof start === 'string') return { host, pid, start };
  } catch {
    // Not ours, or cut.
  }
  return undefined;
}

/** Whether the owner lives, as far as one can see from here; undefined: one cannot see. */
function isAlive(owner: Owner | undefined): boolean | undefined {
  if (owner?.host !== HERE) return undefined;
  const start = owner.start === '' ? undefined : startOf(owner.pid);
  return start === undefined ? exists(owner.pid) : start === owner.start;
}

type Found = { readonly text: string; readonly touched: number; readonly owner: Owner | undefined };

async function look(file: string): Promise<Found | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, touched: mtimeMs, owner: parsed(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

type Creation = { readonly handle: FileHandle | undefined; readonly now: number };

/** Makes a file with its whole content at once; no handle: there is one already. `now` is the disk's own time. */
async function createWhole(file: string, text: string): Promise<Creation> {
  const own = `${file}.${randomUUID()}`;
  const handle = await open(own, 'wx', 0o600);
  let isKept = false;
  try {
    await handle.writeFile(text);
    const now = (await handle.stat()).mtimeMs;
    try {
      await link(own, file);
      isKept = true;
      return { handle, now };
    } catch (error) {
      return { handle: codeOf(error) === 'EEXIST' ? undefined : await createPlainly(file, text), now };
    }
  } finally {
    if (!isKept) await handle.close();
    await rm(own, { force: true });
  }
}

/** The same where a disk has no links (a memory stick): for an instant the file is empty. */
async function createPlainly(file: string, text: string): Promise<FileHandle | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    return handle;
  } catch (error) {
    await handle?.close();
    if (codeOf(error) === 'EEXIST') return undefined;
    if (handle !== undefined) await rm(file, { force: true });
    throw error;
  }
}

function held(file: string, text: string, handle: FileHandle): Lock {
  // Written again, not dated: the time is the disk's, whatever the clocks of two machines say.
  const touching = setInterval(() => {
    // Should it fail, another machine takes over after a while, and we notice before we write.
    handle.write(text, 0).catch(() => undefined);
  }, TOUCH);
  touching.unref();
  const isOurs = async (): Promise<boolean> => (await look(file))?.text === text;
  return {
    isOurs,
    async release() {
      clearInterval(touching);
      await handle.close();
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}

/** Removes the lock of a dead process, unless another takes it over at this moment: a second lock guards the first. */
async function removeDead(file: string, dead: Found): Promise<void> {
  const guard = await acquireFile(`${file}~`);
  if (guard === undefined) return;
  try {
    if ((await look(file))?.text === dead.text) await rm(file, { force: true });
  } finally {
    await guard.release();
  }
}

async function acquireFile(file: string): Promise<Lock | undefined> {
  const text = `${JSON.stringify({ ...OURS, id: randomUUID() })}\n`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { handle, now } = await createWhole(file, text);
    if (handle !== undefined) return held(file, text, handle);
    const found = await look(file);
    if (found === undefined) continue;
    if (isAlive(found.owner) ?? now - found.touched < LEASE) return undefined;
    await removeDead(file, found);
  }
  return undefined;
}

/** Removes what processes left that were killed while they made a lock. */
async function sweep(file: string): Promise<void> {
  const folder = path.dirname(file);
  const isRest = (name: string): boolean => name.startsWith(path.basename(file)) && /\.[\da-f-]{36}$/.test(name);
  for (const name of (await readdir(folder)).filter(isRest)) {
    const rest = path.join(folder, name);
    const found = await look(rest);
    if (found !== undefined && !(isAlive(found.owner) ?? Date.now() - found.touched < LEASE))
      await rm(rest, { force: true });
  }
}

const lockOf = (file: string): string => `${file}.lock`;

/**
 * Takes the lock of a file (`NAME.lock` beside it), once for all processes (LP 1768947: one writer); undefined: another has
 * it, be it this very process. That of a dead process is taken over. Errors of the disk are thrown.
 */
export async function acquire(file: string): Promise<Lock | undefined> {
  const lock = await acquireFile(lockOf(file));
  // Only tidying: what goes wrong with it harms nobody.
  if (lock !== undefined) await sweep(lockOf(file)).catch(() => undefined);
  return lock;
}

/** Who holds the lock of a file. */
export async function holderOf(file: string): Promise<LockHolder> {
  const found = await look(lockOf(file));
  if (found === undefined) return 'nobody';
  const { owner } = found;
  if (owner !== undefined && owner.host === HERE && owner.pid === OURS.pid && owner.start === OURS.start)
    return 'this-process';
  return (isAlive(owner) ?? Date.now() - found.touched < LEASE) ? 'another' : 'nobody';
}
