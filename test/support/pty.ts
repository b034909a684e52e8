import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import type { IPty } from 'node-pty';

/** The program in a real pseudo-terminal: only bytes go in and out. */
export type PtyDesk = {
  /** Writes bytes in one chunk. */
  write(text: string): void;
  /** Resolves when the screen shows what is wanted; looks again whenever something was drawn. */
  see(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  screen(): string;
  resize(columns: number, rows: number): void;
  kill(signal: string): void;
  readonly pid: number;
  /** The screen with its colours. */
  readonly emulator: headless.Terminal;
  /** Everything that was written to the terminal. */
  readonly output: () => string;
  readonly ended: Promise<{ exitCode: number; signal?: number | undefined }>;
};

const BIN = path.resolve(import.meta.dirname, '../../bin/guichet.js');

/** Runs `guichet` with arguments in a pseudo-terminal of that size. */
export function runInPty(
  args: readonly string[],
  {
    columns = 80,
    rows = 24,
    env = {},
    cwd = process.cwd(),
  }: { columns?: number; rows?: number; env?: Record<string, string>; cwd?: string } = {},
): PtyDesk {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|CI$|NODE_OPTIONS|GUICHET)/.test(name)),
  );
  // What somebody has set on this machine (a language, keys) is not what the tests are about.
  const configuration = mkdtempSync(path.join(tmpdir(), 'guichet-pty-'));
  const child: IPty = spawn(process.execPath, [BIN, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: {
      ...clean,
      XDG_CONFIG_HOME: configuration,
      XDG_DATA_HOME: path.join(configuration, 'data'),
      XDG_STATE_HOME: path.join(configuration, 'state'),
      LANG: 'fr_FR.UTF-8',
      TERM: 'xterm-256color',
      ...env,
    },
  });
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  let output = '';
  let watchers: (() => void)[] = [];
  const notify = () => {
    const all = watchers;
    watchers = [];
    for (const watcher of all) watcher();
  };
  child.onData((data) => {
    output += data;
    terminal.write(data, notify);
  });
  const ended = new Promise<{ exitCode: number; signal?: number | undefined }>((resolve) => {
    child.onExit((exit) => {
      rmSync(configuration, { recursive: true, force: true });
      resolve(exit);
      notify();
    });
  });
  const screen = () => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  };
  const isThere = (wanted: string | RegExp | ((text: string) => boolean), text: string): boolean =>
    typeof wanted === 'function'
      ? wanted(text)
      : typeof wanted === 'string'
        ? text.includes(wanted)
        : wanted.test(text);
  // A redraw can arrive in two pieces: a screen is looked at when the program has said that it is whole.
  const isWhole = () => output.lastIndexOf('\u001B[?2026h') <= output.lastIndexOf('\u001B[?2026l');
  return {
    screen,
    ended,
    emulator: terminal,
    pid: child.pid,
    output: () => output,
    write: (text) => {
      child.write(text);
    },
    async see(wanted) {
      while (!(isWhole() && isThere(wanted, screen()))) {
        await new Promise<void>((resolve) => {
          watchers.push(resolve);
        });
      }
      return screen();
    },
    resize(wide, high) {
      terminal.resize(wide, high);
      child.resize(wide, high);
    },
    kill: (signal) => {
      child.kill(signal);
    },
  };
}
