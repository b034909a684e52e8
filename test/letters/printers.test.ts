import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskPrinter } from '../../source/circulation/network.ts';
import { createPrinter, mailPrinter } from '../../source/letters/index.ts';
import { reach, startMailServer } from '../support/mail-server.ts';
import { LANGUAGES, wordsIn } from '../../source/language/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'guichet-printers-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const job = { title: 'Reçu', lines: ['REÇU DE PRÊT', 'Algèbre linéaire'] };

/** An `lp` (and `lpstat`) of our own on a PATH of its own: programs of another make, as far as ours can tell. */
async function programs(
  name: string,
  scripts: Readonly<Record<string, string>>,
): Promise<{ PATH: string; seen: string }> {
  const bin = path.join(folder, name);
  await mkdir(bin);
  for (const [program, script] of Object.entries(scripts)) {
    const file = path.join(bin, program);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return { PATH: `${bin}:/usr/bin:/bin`, seen: path.join(bin, 'seen') };
}
const recording = (seen: string): string =>
  `for one in "$@"; do printf '%s\\n' "$one"; done > ${seen}.args; cat > ${seen}`;
const FINE = 'echo "$2 accepting requests since now"; echo "printer $2 is idle."';

describe('TUI-08: a print queue', () => {
  test('is handed the job by lp: queue and title as arguments, the text as UTF-8', async () => {
    const seen = path.join(folder, 'fine', 'seen');
    const { PATH } = await programs('fine', { lp: recording(seen), lpstat: FINE });
    const printer = createPrinter({ printer: { queue: 'pret' }, env: { PATH } });
    expect(printer).toMatchObject({ kind: 'queue', columns: 80 });
    expect(await printer.check()).toEqual({ kind: 'ready', by: 'queue', where: 'pret' });
    expect(await printer.print(job)).toEqual({ kind: 'printed', by: 'queue', where: 'pret' });
    expect(await readFile(`${seen}.args`, 'utf8')).toBe('-d\npret\n-t\nReçu\n');
    expect(await readFile(seen, 'utf8')).toBe('REÇU DE PRÊT\nAlgèbre linéaire\n');
  });

  test('REL-06 nothing of a title reaches a shell, nor a control character the printer', async () => {
    const seen = path.join(folder, 'hostile', 'seen');
    const { PATH } = await programs('hostile', { lp: recording(seen), lpstat: FINE });
    const printer = createPrinter({ printer: { queue: 'pret' }, env: { PATH } });
    const title = `-o $(touch ${folder}/broken-in); \`id\` "'\u0000\n\u001B[2J`;
    expect(await printer.print({ title, lines: ['\u001B[4i\u0007\f\u009B4i'] })).toMatchObject({ kind: 'printed' });
    expect((await readFile(`${seen}.args`, 'utf8')).split('\n')).toEqual([
      '-d',
      'pret',
      '-t',
      `-o $(touch ${folder}/broken-in); \`id\` "'␀␊␛[2J`,
      '',
    ]);
    expect(await readFile(seen, 'utf8')).toBe('␛[4i␇␌�4i\n');
    await expect(stat(path.join(folder, 'broken-in'))).rejects.toThrow('ENOENT');
  });

  test.each([
    ['an unknown queue', 'echo "lp: The printer or class does not exist." >&2; exit 1', 'no-queue'],
    [
      'a queue that refuses jobs',
      'echo "lp: Destination \\"pret\\" is not accepting jobs." >&2; exit 1',
      'queue-stopped',
    ],
    ['anything else', 'echo "lp: Bad \\033[1mfile" >&2; exit 1', 'refused'],
  ])('REL-04 %s is an answer, not an exception', async (name, script, because) => {
    const { PATH } = await programs(name, { lp: script, lpstat: FINE });
    const report = await createPrinter({ printer: { queue: 'pret' }, env: { PATH } }).print(job);
    expect(report).toMatchObject({ kind: 'failed', by: 'queue', where: 'pret', because });
    expect(JSON.stringify(report)).not.toContain('\\u001b');
  });

  test('REL-04 a queue that stands still has taken the job, and that is told', async () => {
    const { PATH } = await programs('still', {
      lp: 'cat > /dev/null',
      lpstat: 'echo "pret accepting requests since now"; echo "printer pret disabled since now -"',
    });
    const printer = createPrinter({ printer: { queue: 'pret' }, env: { PATH } });
    expect(await printer.print(job)).toEqual({ kind: 'waiting', by: 'queue', where: 'pret' });
    expect(await printer.check()).toEqual({ kind: 'waiting', by: 'queue', where: 'pret' });
  });

  test('REL-04 a machine without lp, and one whose lp may not be run', async () => {
    const nothing = { PATH: path.join(folder, 'nowhere') };
    const without = createPrinter({ printer: { queue: 'pret' }, env: nothing });
    expect(await without.print(job)).toMatchObject({ kind: 'failed', because: 'no-program' });
    expect(await without.check()).toMatchObject({ kind: 'failed', because: 'no-program' });
    const { PATH } = await programs('closed', { lp: 'exit 0' });
    const [bin = ''] = PATH.split(':');
    await chmod(path.join(bin, 'lp'), 0o600);
    const closed = createPrinter({ printer: { queue: 'pret' }, env: { PATH: bin } });
    expect(await closed.print(job)).toMatchObject({ kind: 'failed', because: 'no-permission' });
  });

  test('REL-04 an lp that never ends is ended, with what it started; so is one that is given up', async () => {
    const { PATH, seen } = await programs('hanging', {
      lp: `echo $$ > ${path.join(folder, 'hanging', 'seen')}; sleep 600 & wait`,
    });
    const printer = createPrinter({ printer: { queue: 'pret' }, env: { PATH }, timeLimit: 1500 });
    expect(await printer.print(job)).toMatchObject({ kind: 'failed', because: 'timed-out' });
    const group = Number(await readFile(seen, 'utf8'));
    await expect.poll(async () => isAlive(group)).toBe(false);

    const giveUp = new AbortController();
    const printing = printer.print(job, giveUp.signal);
    giveUp.abort();
    expect(await printing).toMatchObject({ kind: 'failed', because: 'cancelled' });
  });
});

/** Whether a process of a group still runs; one that has ended and that nobody has asked after does not. */
async function isAlive(group: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,stat=']);
  return stdout.split('\n').some((line) => {
    const [of, state = 'Z'] = line.trim().split(/ +/);
    return Number(of) === group && !state.startsWith('Z');
  });
}

describe('TUI-08: a file', () => {
  test('gets every job at its end, a form feed after each; jobs of many desks never mix', async () => {
    const file = path.join(folder, 'receipts.txt');
    const desks = Array.from({ length: 20 }, (_, desk) =>
      createPrinter({ printer: { file, columns: desk % 2 === 0 ? 42 : 80 } }),
    );
    const lines = (desk: number): string[] => Array.from({ length: 400 }, () => `line of desk ${desk}`);
    const reports = await Promise.all(desks.map(async (one, desk) => one.print({ title: 't', lines: lines(desk) })));
    expect(new Set(reports.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ kind: 'printed', by: 'file', where: file })]),
    );
    const jobs = (await readFile(file, 'utf8')).split('\f');
    expect(jobs.pop()).toBe('');
    expect(jobs.map((one) => new Set(one.trimEnd().split('\n')).size)).toEqual(jobs.map(() => 1));
    expect(jobs).toHaveLength(20);
  });

  test('REL-07 a new one is for its owner alone', async () => {
    const file = path.join(folder, 'own.txt');
    await createPrinter({ printer: { file } }).print(job);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe('REÇU DE PRÊT\nAlgèbre linéaire\n\f');
  });

  test('REL-04 a folder that is missing, or no file at all, is an answer; looking makes nothing', async () => {
    const printer = (file: string) => createPrinter({ printer: { file } });
    const missing = path.join(folder, 'missing', 'x.txt');
    const expected = { kind: 'failed', by: 'file', where: missing, because: 'no-folder', detail: '' };
    expect(await printer(missing).print(job)).toEqual(expected);
    expect(await printer(missing).check()).toEqual(expected);
    expect(await printer(folder).print(job)).toMatchObject({ because: 'not-a-file' });
    expect(await printer(folder).check()).toMatchObject({ because: 'not-a-file' });
    const fresh = path.join(folder, 'fresh.txt');
    expect(await printer(fresh).check()).toEqual({ kind: 'ready', by: 'file', where: fresh });
    await expect(stat(fresh)).rejects.toThrow('ENOENT');
  });
});

const START = '\u001B[5i';
const STOP = '\u001B[4i';

/** What a terminal's printer gets of some bytes: everything between the two sequences, as a terminal reads them. */
function copied(bytes: Buffer, read: 'utf8' | 'latin1'): string {
  const text = bytes.toString(read);
  const end = [STOP, '\u009B4i'].map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  expect(text.startsWith(START)).toBe(true);
  return Buffer.from(text.slice(START.length, Math.min(...end)), read).toString('utf8');
}

describe("TUI-08: the terminal's printer", () => {
  const onTerminal = async (lines: readonly string[], columns: 42 | 80 = 80): Promise<Buffer> => {
    const written: string[] = [];
    const terminal = (text: string): void => void written.push(text);
    const printer = createPrinter({ printer: { terminal: true, columns }, terminal });
    expect(await printer.print({ title: 't', lines })).toEqual({ kind: 'printed', by: 'terminal', where: '' });
    expect(written).toHaveLength(1);
    return Buffer.from(written.join(''));
  };

  test('gets the lines between two sequences, in one write: CR LF, and a form feed after a sheet', async () => {
    expect((await onTerminal(job.lines)).toString()).toBe(`${START}REÇU DE PRÊT\r\nAlgèbre linéaire\r\n\f${STOP}`);
    expect((await onTerminal(['a'], 42)).toString()).toBe(`${START}a\r\n\r\n\r\n\r\n\r\n${STOP}`);
  });

  test.each([
    ['the sequence itself', 'title \u001B[4i rm -rf', 'title ␛[4i rm -rf'],
    ['its 8-bit form', 'title \u009B4i', 'title �4i'],
    ['a letter whose last byte is CSI', 'Û4i ě?4i Ō4i', 'U4i e?4i Ō4i'],
    ['an astral letter that ends so', '\u{1F41B}4i', '?4i'],
    ['line ends, bells, deletes, the direction of the line', 'a\r\nb\u0007\u007F\u202Ec', 'a␍␊b␇␡�c'],
  ])('REL-06 no text ends the copy early: %s', async (_, title, shown) => {
    const bytes = await onTerminal([title]);
    for (const read of ['utf8', 'latin1'] as const) expect(copied(bytes, read)).toBe(`${shown}\r\n\f`);
  });

  test('REL-04 without a terminal the next way is taken; without any, that is the answer', async () => {
    const file = path.join(folder, 'instead.txt');
    expect(createPrinter({ printer: { terminal: true, file } }).kind).toBe('file');
    expect(await createPrinter({ printer: { terminal: true } }).print(job)).toMatchObject({ because: 'no-terminal' });
    const broken = createPrinter({
      printer: { terminal: true },
      terminal: () => {
        throw new Error('EIO');
      },
    });
    expect(await broken.print(job)).toMatchObject({ kind: 'failed', because: 'unexpected' });
  });
});

describe('TUI-08: of several ways to print', () => {
  const all: DeskPrinter = { email: 'desk@example.org', file: '/x', queue: 'q', terminal: true };
  const terminal = (): void => undefined;
  test('the terminal comes first, then the queue, the file, the address; `use` names another', () => {
    expect(createPrinter({ printer: all, terminal }).kind).toBe('terminal');
    expect(createPrinter({ printer: all }).kind).toBe('queue');
    expect(createPrinter({ printer: { email: 'desk@example.org', file: '/x' } }).kind).toBe('file');
    expect(createPrinter({ printer: { ...all, use: 'email' }, terminal }).kind).toBe('email');
  });

  test('an address gets a mail that looks like the paper, or it is said why not (REL-04)', async () => {
    const server = await startMailServer();
    const printer = { email: 'desk@example.org' };
    const desk = createPrinter({ printer, mail: mailPrinter(reach(server.port), 4000) });
    const where = { by: 'email', where: 'desk@example.org' };
    expect(await desk.check()).toEqual({ kind: 'ready', ...where });
    expect(await desk.print({ title: 'Slip\r\nBcc: x@example.org', lines: ['A  < B', '  \u001B[2J'] })).toEqual({
      kind: 'printed',
      ...where,
    });
    const [mail] = server.taken;
    expect(mail?.to).toEqual(['desk@example.org']);
    expect(mail?.mail.bcc).toBeUndefined();
    expect(mail?.mail.text?.trimEnd()).toBe('A  < B\n  ␛[2J');
    expect(mail?.mail.html).toContain('>A  &lt; B\n');
    await server.close();
    expect(await desk.print(job)).toMatchObject({ kind: 'failed', ...where, because: 'refused' });
  });

  test('without a mail server an address is no printer; a desk without a printer says so', async () => {
    const later = { kind: 'no-mail', by: 'email', where: 'desk@example.org' };
    expect(await createPrinter({ printer: { email: 'desk@example.org' } }).print(job)).toEqual(later);
    expect(await createPrinter({ printer: undefined }).print(job)).toEqual({ kind: 'no-printer' });
    expect(await createPrinter({ printer: {} }).check()).toEqual({ kind: 'no-printer' });
  });

  test.each(LANGUAGES)('TUI-06 every answer is one sentence (%s)', async (language) => {
    const { printed, failure } = wordsIn(language).letters;
    const by = 'queue' as const;
    const because = Object.keys(failure) as (keyof typeof failure)[];
    const reports = [
      { kind: 'printed' as const, by, where: 'pret' },
      { kind: 'ready' as const, by, where: 'pret' },
      { kind: 'waiting' as const, by, where: 'pret' },
      { kind: 'no-mail' as const, by: 'email' as const, where: 'a@b.c' },
      { kind: 'no-printer' as const },
      ...because.map((one) => ({ kind: 'failed' as const, by, where: 'pret', because: one, detail: '' })),
    ];
    const said = reports.map((one) => printed(one));
    expect(new Set(said).size).toBe(reports.length);
    expect(said.every((one) => one.length > 8 && !one.includes('undefined'))).toBe(true);
  });
});
