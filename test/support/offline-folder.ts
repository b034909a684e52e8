import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { deskScript } from './desk-script.ts';

/** Seats each test of a script at a desk that writes offline into a folder of its own; answers with that folder. */
export function offlineFolder(script: ReturnType<typeof deskScript>): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-offline-'));
    await script.sit({ offline: { folders: [folder], alone: false } });
  });
  afterEach(async () => {
    // What it still writes would come back.
    await script.desk.leave();
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}
