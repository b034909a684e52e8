import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Home } from './support/home.ts';

const BIN = path.resolve(import.meta.dirname, '../bin/guichet.js');

type Run = { readonly seconds: number; readonly megabytes: number };

/** The most memory that a process has had, in MB; 0 where the system does not say (only Linux does, as a file). */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Imports a file by `guichet import`: how long it took, and how much memory at most. Throws unless all of it was taken. */
export async function importFile(what: readonly string[], url: string, { env, folder }: Home): Promise<Run> {
  const start = performance.now();
  const args = [BIN, 'import', ...what, '--db', url, '--errors', path.join(folder, 'errors')];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 50);
  const status = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  clearInterval(watch);
  if (status !== 0) throw new Error(`the import ended with ${String(status)}`);
  return { seconds: (performance.now() - start) / 1000, megabytes };
}
