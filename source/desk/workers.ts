import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import type { RunningJob } from '../records/job-runs.ts';

/** Numbers of processes mean the same only within one of these: containers may share a name, but not this. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '');
  } catch {
    return '';
  }
}

/** This machine, and the space in which its numbers of processes mean something. */
export const HERE = [hostname(), processSpace()].filter((one) => one !== '').join('/');
/** A process that begins later under the same number is not this one. */
const BORN = Math.round(performance.timeOrigin).toString(36);

/** What works here: machine, process, and when it was born (`host/space:process:birth`). */
export const WORKER = `${HERE}:${process.pid}:${BORN}`;

/** Milliseconds after which a run that nobody has heard of is taken for dead. */
export const LEASE = 2 * 60_000;

/** Runs that this very process works at. */
const own = new Set<number>();

/** From now on until the answer is called, a run is known to be worked at here. */
export function workingAt(run: number): () => void {
  own.add(run);
  return () => own.delete(run);
}

function exists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

/** Whether the process that works at a run is there; undefined: it is of another machine, where one cannot look. */
export function isThere({ worker }: Pick<RunningJob, 'worker'>): boolean | undefined {
  if (worker === WORKER) return true;
  const [, place, processId] = /^(.*):(\d+):[^:]*$/.exec(worker) ?? [];
  if (place !== HERE || processId === undefined) return undefined;
  return Number(processId) !== process.pid && exists(Number(processId));
}

/**
 * Whether what works at a run still does (JOB-02). On this machine one can look, so that what was killed is taken up at
 * once; of another machine one hears now and then. A process that hangs longer than the lease counts as dead: should it
 * wake up, it finds that it has lost its run.
 */
export function isWorkerAlive(run: RunningJob): boolean {
  if (run.worker === WORKER) return own.has(run.id);
  return run.silentFor < LEASE && isThere(run) !== false;
}
