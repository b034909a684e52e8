import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Another program that can keep a SQLite file locked. */
export type FileLocker = { lock(): Promise<void>; unlock(): Promise<void>; leave(): Promise<void> };

/** Starts a program that has a SQLite file open. */
export async function fileLocker(file: string): Promise<FileLocker> {
  const worker = fileURLToPath(new URL('file-locker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', worker, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (order: 'lock' | 'unlock'): Promise<void> => {
    child.stdin.write(`${order}\n`);
    const { value } = await lines.next();
    if (value !== order) throw new Error(`the file could not be told: ${order}`);
  };
  return {
    lock: async () => say('lock'),
    unlock: async () => say('unlock'),
    leave: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** A SQLite database has these files beside its own. */
const BESIDE = ['', '-wal', '-shm'];

/** Takes a database file away, with what stands beside it; the answer puts it back. */
export async function takeAway(file: string): Promise<() => Promise<void>> {
  const taken = BESIDE.filter((one) => existsSync(file + one));
  for (const one of taken) await rename(file + one, `${file}.taken${one}`);
  return async () => {
    for (const one of taken) await rename(`${file}.taken${one}`, file + one);
  };
}

/** A disk of its own, which can be filled up. */
export type SmallDisk = {
  readonly folder: string;
  /** Leaves not a byte. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
};

/** Why this machine lends no disk to a test; undefined: it does. */
export const noDiskBecause = (): string | undefined => {
  if (process.platform !== 'linux') return 'only Linux mounts a disk in memory';
  return userInfo().uid === 0 ? undefined : 'only root may mount a disk';
};

/** Mounts a disk in memory. Throws where that is not permitted, in a container for instance. */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'guichet-test', folder]);
  const filler = path.join(folder, 'filler');
  return {
    folder,
    async fill() {
      const file = await open(filler, 'a');
      try {
        for (const size of [65_536, 4096, 512, 1]) {
          const piece = Buffer.alloc(size);
          // It says by an error when there is no room.
          for (;;) if ((await file.write(piece)).bytesWritten < size) break;
        }
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: async () => rm(filler, { force: true }),
    async remove() {
      await run('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
