import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { commandLine } from '../support/house.ts';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const CARD = '2999888000017';

describe('a clearance in a real terminal, from the bundled program', () => {
  let folder: string;
  let url: string;
  let desk: PtyDesk;
  const open = (): PtyDesk => {
    const args = ['demo', '--db', url, '--at', '2026-06-01T10:00', '--as', 'bib', '--desk', 'sci/PRET'];
    desk = runInPty(args, { cwd: folder });
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

  it('QUI-02 PERF-01 the barcode quitus leads to a PDF whose fonts and library come with the program', async () => {
    open();
    await desk.see('IDENTIFICATION LECTEUR');
    const house = openHouse(url);
    const added = await house.at(Date.now)(commandLine, addPatron, {
      lastName: 'ŻÓŁĆ',
      firstName: 'Ștefan',
      group: 'M',
      identifiers: [{ type: 'PRIMARY', value: CARD }],
    });
    expect(added).toMatchObject({ kind: 'added' });
    await house.close();

    desk.write(`${CARD}\r`);
    await desk.see(/ŻÓŁĆ Ștefan/);
    desk.write('quitus\r');
    await desk.see(/est en règle/);
    // Ctrl+S issues it; F asks for the file.
    desk.write('\u0013');
    await desk.see(/Fichier PDF/);
    desk.write('f');
    await desk.see(/PDF ENREGISTRÉ/);
    expect(await readdir(folder)).toContain('quitus-2026-000001.pdf');
    expect((await readFile(path.join(folder, 'quitus-2026-000001.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
