import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION_KEYS } from '../console/terminal-sequences.ts';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const run = promisify(execFile);
const BIN = path.resolve(import.meta.dirname, '../../bin/guichet.js');
const WELCOME = 'Choisissez votre langue.';
const HOME = 'Que souhaitez-vous faire ?';
const F10 = '\u001B[21~';

/** The processes that a process has started, as far down as there are any. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((one) => /^\d+$/.test(one))
    .flatMap((one) => {
      try {
        const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${one}/stat`, 'utf8')) ?? [];
        return Number(parent) === pid ? [Number(one)] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

describe('the patrons’ terminal in a real terminal', () => {
  let folder: string;
  let url: string;
  let desk: PtyDesk;
  const open = (more: Parameters<typeof runInPty>[1] = {}, ...args: string[]): PtyDesk => {
    desk = runInPty(['demo', '--kiosk', '--db', url, '--at', '2026-06-01T10:00', ...args], more);
    return desk;
  };
  const home = async (): Promise<void> => {
    await desk.see(WELCOME);
    desk.write('1');
    await desk.see(HOME);
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-pty-'));
    url = `sqlite:${path.join(folder, 'x.db')}`;
  });
  afterEach(async () => {
    desk.kill('SIGKILL');
    await desk.ended;
    await rm(folder, { recursive: true, force: true });
  });

  it('KIO-07 REL-05 no key ends it, stops it or opens a shell: interrupt, suspend, quit, end of file, flow control, function keys', async () => {
    open();
    await home();
    let ended = false;
    void desk.ended.then(() => {
      ended = true;
    });
    const keys = [
      '\u0003',
      '\u001A',
      '\u001C',
      '\u0004',
      '\u0013',
      '\u0011',
      '\u0019',
      '\u000F',
      '\u0016',
      '\u0017',
      '\u0015',
    ];
    const afterEscape = [
      ...(FUNCTION_KEYS['xterm'] ?? []).filter((one) => one !== '[21~'),
      '\u0003',
      '\u001A',
      '[99;5u',
      '[122;5u',
      '[27;5;99~',
      '[3;5~',
      '[1;2P',
      '[24;5~',
      'b',
      'g',
      ':',
      '!',
      'x',
      '\r',
    ].map((one) => `\u001B${one}`);
    for (const key of [...keys, ...afterEscape]) desk.write(key.repeat(3));
    // Typed after all of them, and still answered: it reads on, nothing has been stopped by flow control.
    desk.write(F10);
    await home();
    desk.write('1');
    await desk.see('Chercher ›');
    desk.write(':!sh\r!sh\r`sh`\r');
    await desk.see(/Chercher › .*sh/);
    desk.write(F10);
    await desk.see(WELCOME);
    expect(childrenOf(desk.pid)).toEqual([]);
    expect(readFileSync(`/proc/${desk.pid}/stat`, 'utf8')).toMatch(/\) [SR] /);
    expect(ended).toBe(false);
  });

  it('KIO-07 REL-05 goes on after any bytes, and is the first page again', async () => {
    open();
    await home();
    let seed = 11;
    const noise = Array.from({ length: 6000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % 256;
    });
    desk.write(Buffer.from(noise).toString('latin1'));
    desk.write('\u001B[201~\u0007\u0018');
    desk.write(F10);
    await desk.see(WELCOME);
    await home();
    expect(childrenOf(desk.pid)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'])(
    'REL-05 KIO-07 %s ends it, and gives the terminal back',
    async (signal) => {
      open();
      await home();
      desk.kill(signal);
      await desk.ended;
      const output = desk.output();
      expect(output.lastIndexOf('\u001B[?1049l')).toBeGreaterThan(output.lastIndexOf('\u001B[?1049h'));
      expect(output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(output.lastIndexOf('\u001B[?25l'));
      expect(output.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(output.lastIndexOf('\u001B[?2004h'));
    },
  );

  it('KIO-07 what was on the screen is wiped from the terminal after a session, and nothing of it comes again', async () => {
    open();
    await home();
    desk.write('1');
    await desk.see('Chercher ›');
    desk.write('recherche intime');
    await desk.see('recherche intime');
    desk.write(F10);
    const screen = await desk.see(WELCOME);
    expect(screen).not.toContain('intime');
    const output = desk.output();
    const wiped = output.lastIndexOf('\u001B[2J\u001B[3J');
    expect(wiped).toBeGreaterThan(output.lastIndexOf('recherche intime'));
    expect(screen.split('\n')).toHaveLength(24);
    expect(screen).toContain('▸ 1  Français');
  });

  it('KIO-07 REL-08 whatever programs the environment names, none is started', async () => {
    const trap = path.join(folder, 'trap');
    const sprung = path.join(folder, 'sprung');
    await writeFile(trap, `#!/bin/sh\ntouch ${sprung}\n`);
    await chmod(trap, 0o755);
    const names = ['EDITOR', 'VISUAL', 'PAGER', 'BROWSER', 'SHELL', 'LESSOPEN', 'MAILER', 'GUICHET_EDITOR', 'PRINTER'];
    open({ env: { ...Object.fromEntries(names.map((name) => [name, trap])), LESSOPEN: `|${trap} %s` } });
    await home();
    desk.write('1');
    await desk.see('Chercher ›');
    desk.write('analyse\u0005\u000Fv!e|\u0010\r');
    desk.write(F10);
    await home();
    expect(childrenOf(desk.pid)).toEqual([]);
    expect(existsSync(sprung)).toBe(false);
  });

  it.each([
    ['LANG=C', { env: { LANG: 'C', LC_ALL: 'C' } }],
    ['TERM=dumb', { env: { TERM: 'dumb' } }],
    ['no colours', { env: { NO_COLOR: '1', TERM: 'linux' } }],
    ['a terminal of 20×5', { columns: 20, rows: 5 }],
    ['a terminal of 1×1', { columns: 1, rows: 1 }],
  ])('KIO-07 REL-05 it lives in any terminal: %s', async (_, options) => {
    open(options);
    await desk.see(() => desk.output().includes('\u001B[?2026l') || desk.output().length > 200);
    desk.write('1');
    desk.write('1');
    desk.write('analyse\r\r');
    desk.write(F10);
    desk.resize(80, 24);
    const screen = await desk.see('1  Français');
    expect(screen).toContain('2  English');
    expect(childrenOf(desk.pid)).toEqual([]);
  });

  it('KIO-07 only who runs the house says which house it is: without a network nothing opens', async () => {
    const empty = `sqlite:${path.join(folder, 'empty.db')}`;
    await run(process.execPath, [BIN, 'db', 'migrate', '--db', empty]);
    desk = runInPty(['kiosk', '--db', empty]);
    const { exitCode } = await desk.ended;
    expect(exitCode).not.toBe(0);
    expect(desk.output()).not.toContain('\u001B[?1049h');
  });
});
