import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory that behaves as a disk does, where Linux has it. */
const MEMORY = '/dev/shm';
const ENOUGH = 2 ** 30;

function isRoomy(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

/**
 * Where files of tests lie that need not outlive the machine: a SQLite file waits for the disk at each commit, and no test pulls the plug.
 * A container may have next to none of this memory: then it is the ordinary folder for temporary files.
 */
export const quickFolder: string = isRoomy() ? MEMORY : tmpdir();
