import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Home } from './support/home.ts';

const BIN = path.resolve(import.meta.dirname, '../bin/guichet.js');

type Run = { readonly seconds: number; readonly megabytes: number; readonly stdout: string };

/** The most memory that a process has had, in MB; 0 where the system does not say (only Linux does, as a file). */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs the program: how long it took, how much memory at most, and what it printed. Throws unless it ends with `expected`. */
export async function runCommand(args: readonly string[], { env }: Home, expected = 0): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let megabytes = 0;
  let stdout = '';
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString('utf8');
  });
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 50);
  const status = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  clearInterval(watch);
  if (status !== expected)
    throw new Error(`"guichet ${args[0] ?? ''}" ended with ${String(status)}: ${stdout.slice(0, 500)}`);
  return { seconds: (performance.now() - start) / 1000, megabytes, stdout };
}

/** Imports a file by `guichet import`: how long it took, and how much memory at most. Throws unless all of it was taken. */
export async function importFile(what: readonly string[], url: string, home: Home): Promise<Run> {
  return runCommand(['import', ...what, '--db', url, '--errors', path.join(home.folder, 'errors')], home);
}
