import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { toRemove } from './undo.ts';

/** A home of its own for the program: no settings, no cache, no data of the person who measures. */
export type Home = { readonly folder: string; readonly env: Readonly<Record<string, string>>; remove(): Promise<void> };

export async function makeHome(): Promise<Home> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-bench-home-'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'fr_FR.UTF-8', TERM: 'xterm-256color' };
  return { folder, env, remove: toRemove(folder) };
}
