import path from 'node:path';
import headless from '@xterm/headless';
import { spawn } from 'node-pty';
import { toUndo } from './undo.ts';

const BIN = path.resolve(import.meta.dirname, '../../bin/guichet.js');

/** The program in a pseudo-terminal, with a clock on what it writes. */
export type Terminal = {
  readonly pid: number;
  /** Writes bytes in one chunk. */
  write(text: string): void;
  /**
   * Resolves with the moment (of `performance.now`) at which the bytes arrived that made the screen so; the time that the
   * emulator takes to draw them does not count. Rejects when the program ends, or after a minute, with the screen.
   */
  shown(wanted: (screen: string) => boolean): Promise<number>;
  /** Resolves when nothing has been written for so long. */
  calm(milliseconds: number): Promise<void>;
  screen(): string;
  /** Bytes that the program has written. */
  bytes(): number;
  /** Ends the program and waits until it is gone. */
  close(): Promise<void>;
};

const PATIENCE_MS = 60_000;
const LAST_WORD_MS = 3000;

type Waiter = { readonly wanted: (screen: string) => boolean; readonly resolve: (at: number) => void };

/** The lines of the screen, without blanks at their ends. */
function screenOf(terminal: headless.Terminal): string {
  const { active } = terminal.buffer;
  const line = (row: number): string => active.getLine(active.viewportY + row)?.translateToString(true) ?? '';
  return Array.from({ length: terminal.rows }, (_, row) => line(row)).join('\n');
}

/** Runs `guichet` with arguments in a terminal of 80 × 24. `env` is all that it inherits. */
export function openTerminal(args: readonly string[], env: Readonly<Record<string, string>>): Terminal {
  const child = spawn(process.execPath, [BIN, ...args], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    env,
    encoding: null,
  });
  const terminal = new headless.Terminal({ cols: 80, rows: 24, allowProposedApi: true, scrollback: 0 });
  let bytes = 0;
  let lastAt = performance.now();
  let waiters: Waiter[] = [];
  let isOver = false;

  const look = (at: number): void => {
    if (waiters.length === 0) return;
    const screen = screenOf(terminal);
    const done = waiters.filter((one) => one.wanted(screen));
    waiters = waiters.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve(at);
  };
  // Without an encoding, what comes are bytes, whatever the types say.
  child.onData((chunk: string | Uint8Array) => {
    const at = performance.now();
    lastAt = at;
    bytes += chunk.length;
    terminal.write(chunk, () => {
      look(at);
    });
  });
  const ended = new Promise<void>((resolve) => {
    child.onExit(() => {
      isOver = true;
      resolve();
    });
  });

  return {
    pid: child.pid,
    bytes: () => bytes,
    screen: () => screenOf(terminal),
    write: (text) => {
      child.write(text);
    },
    async shown(wanted) {
      if (wanted(screenOf(terminal))) return performance.now();
      let timer: NodeJS.Timeout | undefined;
      const seen = new Promise<number>((resolve) => {
        waiters.push({ wanted, resolve });
      });
      const given = new Promise<never>((_, reject) => {
        const tooLate = (why: string) => () => {
          reject(new Error(`${why}:\n${screenOf(terminal)}`));
        };
        timer = setTimeout(tooLate('not shown in a minute'), PATIENCE_MS);
        void ended.then(tooLate('the program has ended'));
      });
      try {
        return await Promise.race([seen, given]);
      } finally {
        clearTimeout(timer);
      }
    },
    async calm(milliseconds) {
      for (let left = milliseconds; left > 0; left = milliseconds - (performance.now() - lastAt)) {
        await new Promise((resolve) => {
          setTimeout(resolve, left);
        });
      }
    },
    close: toUndo(async () => {
      if (isOver) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        if (!isOver) child.kill('SIGKILL');
      }, LAST_WORD_MS);
      await ended;
      clearTimeout(timer);
    }),
  };
}
