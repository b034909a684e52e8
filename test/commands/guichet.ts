import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { quickFolder } from '../support/quick-folder.ts';

export const BIN = path.resolve(import.meta.dirname, '../../bin/guichet.js');

/** What a run of the program has left: its exit status and what it printed. */
export type Ran = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What runs the program: this Node with the real `bin/guichet.js`, unless a test brings its own. */
  readonly command?: readonly [string, ...string[]];
};

/** The program as a script runs it, in a home of its own: no terminal, no configuration but what the test puts there. */
export type Guichet = {
  readonly home: string;
  /** Runs `guichet` with arguments; English, unless `env` says otherwise. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The same with `--json`: what was printed, as a value. */
  json(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ readonly status: number | null; readonly value: unknown; readonly stderr: string }>;
  /** Takes the home away. */
  leave(): Promise<void>;
};

/** Makes a home for the program. */
export async function newGuichet(): Promise<Guichet> {
  const home = await mkdtemp(path.join(quickFolder, 'guichet-command-'));
  const ours = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|GUICHET|XDG_|LC_|LANG|NODE_OPTIONS|NODE_V8)/.test(name)),
  );
  const run: Guichet['run'] = async (args, { env = {}, cwd = home, command = [process.execPath, BIN] } = {}) => {
    const [program, ...first] = command;
    const child = spawn(program, [...first, ...args], {
      cwd,
      env: { ...ours, HOME: home, LANG: 'en_GB.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[status], stdout, stderr] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      text(child.stdout),
      text(child.stderr),
    ]);
    return { status, stdout, stderr };
  };
  return {
    home,
    run,
    json: async (args, options) => {
      const { status, stdout, stderr } = await run([...args, '--json'], options);
      return { status, value: JSON.parse(stdout) as unknown, stderr };
    },
    leave: async () => {
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A training copy whose clock stands at Monday 1 June 2026, 10:00, made once and copied for every test that wants one. */
export type Sample = {
  /** A fresh copy; answers with its URL. */
  copy(name: string): Promise<string>;
};

/** Makes the sample by the command itself. Throws what it said if it failed. */
export async function newSample(guichet: Guichet): Promise<Sample> {
  const file = path.join(guichet.home, 'sample.db');
  const { status, stderr } = await guichet.run(['db', 'sample', '--db', `sqlite:${file}`, '--at', '2026-06-01T10:00']);
  if (status !== 0) throw new Error(stderr);
  return {
    copy: async (name) => {
      const copied = path.join(guichet.home, `${name}.db`);
      await copyFile(file, copied);
      return `sqlite:${copied}`;
    },
  };
}
