import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newGuichet } from '../commands/guichet.ts';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const DESK = ['--at', '2026-06-01T10:00', '--as', 'bib', '--desk', 'sci/PRET'];

describe('guichet scenario new', () => {
  let folder: string;
  let desk: PtyDesk | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-recorded-'));
  });
  afterEach(async () => {
    desk?.kill('SIGKILL');
    await desk?.ended;
    await rm(folder, { recursive: true, force: true });
  });

  it('writes what was done at the console to a file that runs, and never over another', async () => {
    const file = path.join(folder, 'prêt.yaml');
    desk = runInPty(['scenario', 'new', file, '--title', 'Un prêt', ...DESK]);
    await desk.see('IDENTIFICATION LECTEUR');
    desk.write('9921000000164\r37000034179\r');
    await desk.see(/PRÊTÉ · .* · à rendre lun\. 22 juin 19:00/);
    desk.write('\u0011');
    await desk.see('Quitter Guichet');
    desk.write('o');
    expect((await desk.ended).exitCode).toBe(0);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('title: Un prêt\n');
    expect(text).toContain('at: 2026-06-01T10:00\n');
    expect(text).toMatch(
      / {2}- lend: \{ patron: "9921000000164", item: "37000034179" \}\n {4}expect: \{ outcome: lent, due: 2026-06-22T19:00/u,
    );
    const guichet = await newGuichet();
    try {
      expect(await guichet.run(['scenario', 'run', file])).toMatchObject({ status: 0, stderr: '' });
      await writeFile(file, 'mine');
      expect(await guichet.run(['scenario', 'new', file])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('is there already: give another name.'),
      });
      expect(await readFile(file, 'utf8')).toBe('mine');
    } finally {
      await guichet.leave();
    }
  });
});
