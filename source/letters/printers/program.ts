import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** What has become of a program: it ended by itself, or why it did not. */
export type Ended =
  | { readonly kind: 'ended'; readonly status: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' | 'no-permission' | 'timed-out' | 'cancelled' | 'unexpected' };

export type ProgramOptions = {
  readonly input: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal | undefined;
};

/** As much as is kept of what a program says. */
const MOST_SAID = 4000;

/** Collects what a stream says, up to a measure. */
function listen(stream: NodeJS.ReadableStream | null): () => string {
  let said = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (part: string) => {
    said = (said + part).slice(0, MOST_SAID);
  });
  return () => said;
}

/** Ends a program with everything that it has started. */
function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

const whyNotStarted = (error: NodeJS.ErrnoException): Ended => ({
  kind: error.code === 'ENOENT' ? 'missing' : error.code === 'EACCES' ? 'no-permission' : 'unexpected',
});

/**
 * Runs a program with arguments, never through a shell, and hands it a text. Answers within the time limit whatever the
 * program does; then, or when it is cancelled, the program is killed with all that it started. Never throws.
 */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<Ended> {
  const { input, env, timeLimit, signal } = options;
  if (signal?.aborted === true) return { kind: 'cancelled' };
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, args, { env: { ...env }, stdio: 'pipe', detached: true });
    } catch {
      resolve({ kind: 'unexpected' });
      return;
    }
    const stdout = listen(child.stdout);
    const stderr = listen(child.stderr);
    const finish = (ended: Ended): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancelled);
      resolve(ended);
    };
    const giveUp = (kind: 'timed-out' | 'cancelled'): void => {
      end(child);
      finish({ kind });
    };
    const cancelled = (): void => {
      giveUp('cancelled');
    };
    const timer = setTimeout(() => {
      giveUp('timed-out');
    }, timeLimit);
    signal?.addEventListener('abort', cancelled, { once: true });
    child.once('error', (error) => {
      finish(whyNotStarted(error));
    });
    child.once('close', (status) => {
      finish({ kind: 'ended', status, stdout: stdout(), stderr: stderr() });
    });
    // A program that does not want to read all of it says why by its exit status.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
