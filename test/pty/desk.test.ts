import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../source/records/database.ts';
import { databases } from '../support/databases.ts';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const run = promisify(execFile);
const BIN = path.resolve(import.meta.dirname, '../../bin/guichet.js');
const ANA = '9921000000164';
const FIRST = 37_000_034_179;
const barcodes = (count: number): string[] => Array.from({ length: count }, (_, index) => String(FIRST + index));
const typed = (codes: readonly string[]): string => codes.map((code) => `${code}\r`).join('');

describe('the program in a real terminal', () => {
  let folder: string;
  let url: string;
  let desk: PtyDesk;
  const guichet = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run(process.execPath, [BIN, ...args, '--db', url, '--json']);
    return JSON.parse(stdout) as unknown;
  };
  const open = (...args: string[]) => {
    desk = runInPty(['demo', '--db', url, '--at', '2026-06-01T10:00', '--as', 'bib', '--desk', 'sci/PRET', ...args]);
    return desk;
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

  it('CONF-04 DESK-01 demo opens straight at the desk, and a card and an item are a loan', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    expect(desk.screen()).toContain('FORMATION');
    desk.write(typed([ANA, '37000034179']));
    const screen = await desk.see(/PRÊTÉ · .* · à rendre lun\. 22 juin 19:00/);
    expect(screen.split('\n')).toHaveLength(24);
  });

  it('TUI-02 TUI-13 PERF-12 1,000 scans in one write: each is answered, in order', { timeout: 60_000 }, async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write('\u001BOR');
    await desk.see('RETOURS');
    const codes = [...barcodes(500), ...barcodes(500)];
    desk.write(typed(codes));
    await desk.see('1000=1000');
    const database = openDatabase(url);
    const events = await database.read(async (records) => records.events.latest('return-without-loan', 2000));
    await database.close();
    expect(events.toReversed().map((one) => one.data['barcode'])).toEqual(codes);
    expect(await guichet('db', 'check')).toMatchObject({ violations: [] });
  });

  it('TUI-02 LOAN-06 a scan that arrives while a prompt is open waits in view, and is then processed', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write(typed([ANA, ...barcodes(12)]));
    await desk.see('! BLOQUÉ');
    await desk.see('1 scan en attente : 37000034190');
    desk.write('\r');
    await desk.see('Ni Entrée ni un scan ne répondent');
    desk.write('o');
    await desk.see(/Prêts 11/);
    await desk.see('! BLOQUÉ');
    desk.write('k');
    await desk.see('13=13');
  });

  it('TUI-01 function keys, Alt+Ctrl chords, resize and a clean exit that gives the terminal back (REL-05)', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write('\u001B\u0012');
    await desk.see('RETOURS');
    desk.write('\u001BOQ');
    await desk.see('IDENTIFICATION LECTEUR');
    desk.resize(100, 30);
    await desk.see((screen) => screen.split('\n')[29]?.includes('F1 Aide') ?? false);
    desk.resize(80, 24);
    await desk.see((screen) => screen.split('\n')[23]?.includes('F1 Aide') ?? false);
    desk.write('\u0011');
    expect((await desk.ended).exitCode).toBe(0);
    const output = desk.output();
    expect(output.lastIndexOf('\u001B[?1049l')).toBeGreaterThan(output.lastIndexOf('\u001B[?1049h'));
    expect(output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(output.lastIndexOf('\u001B[?25l'));
    expect(output.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(output.lastIndexOf('\u001B[?2004h'));
  });

  it('REL-01 kill -9 right after the answer loses nothing', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write(typed([ANA, '37000034179']));
    await desk.see('PRÊTÉ');
    desk.kill('SIGKILL');
    await desk.ended;
    expect(await guichet('db', 'check')).toMatchObject({ violations: [] });
    expect(await guichet('show', 'loan', '37000034179')).toMatchObject({ due: '2026-06-22T19:00', status: 'Normal' });
  });

  it('REL-05 any bytes on the keyboard: no crash, the desk goes on', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    let seed = 7;
    const noise = Array.from({ length: 4000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const byte = seed % 256;
      return [3, 17].includes(byte) ? 0 : byte;
    });
    desk.write(Buffer.from(noise).toString('latin1'));
    // Whatever that opened is left, and the desk still lends.
    desk.write('\u001B[201~');
    for (let tries = 0; tries < 3; tries += 1) desk.write('\u001B\u001B');
    desk.write('\u001BOQ');
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write(typed([ANA, '37000034179']));
    await desk.see(/PRÊTÉ · .* · à rendre/);
  });
});

describe('the program in a real terminal on PostgreSQL', () => {
  it('CONF-04 the same desk on a real server', async () => {
    const kind = databases.find((one) => one.name === 'PostgreSQL');
    if (!kind) throw new Error('no PostgreSQL in the tests');
    const database = await kind.create();
    const desk = runInPty([
      'demo',
      '--db',
      database.url,
      '--at',
      '2026-06-01T10:00',
      '--as',
      'bib',
      '--desk',
      'sci/PRET',
    ]);
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write(typed([ANA, '37000034179']));
    await desk.see(/PRÊTÉ · .* · à rendre lun\. 22 juin 19:00/);
    desk.kill('SIGKILL');
    await desk.ended;
    await database.drop();
  });
});
