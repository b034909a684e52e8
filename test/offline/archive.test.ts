import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveFile, holdFile, pendingJournals } from '../../source/offline/index.ts';
import { makeFolder, openTestJournal, startWriter } from '../support/journal.ts';

const WHEN = { day: '2026-06-22', minutes: 9 * 60 + 5 };

let folder: string;
let file: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  file = path.join(folder, 'MED-PRET.dat');
});
afterEach(async () => remove());

async function fill(item: string): Promise<void> {
  const journal = await openTestJournal({ file });
  await journal.record({ kind: 'return', item });
  await journal.close();
}
const inArchive = async (): Promise<string[]> => (await readdir(path.join(folder, 'archive'))).toSorted();

describe('the archive of offline files', () => {
  it('OFF-06 a file goes there by its time, with its copy, never over another', async () => {
    for (const item of ['B1', 'B2']) {
      await fill(item);
      await writeFile(path.join(folder, 'MED-PRET.torn'), item);
      expect(await archiveFile(file, WHEN)).toMatchObject({ kind: 'archived' });
    }
    expect(await inArchive()).toEqual(
      ['-2.csv', '-2.dat', '-2.torn', '.csv', '.dat', '.torn'].map((end) => `MED-PRET-20260622-0905${end}`),
    );
    expect(await readFile(path.join(folder, 'archive', 'MED-PRET-20260622-0905.dat'), 'utf8')).toContain('B1');
    expect(await readFile(path.join(folder, 'archive', 'MED-PRET-20260622-0905-2.dat'), 'utf8')).toContain('B2');
    expect(await readdir(folder)).toEqual(['archive']);
    expect(await pendingJournals(folder)).toEqual([]);
  });

  it('OFF-06 refuses while this process or another writes it, and where there is none', async () => {
    const journal = await openTestJournal({ file });
    expect(await archiveFile(file, WHEN)).toMatchObject({ kind: 'problem', problem: 'locked' });
    await journal.close();
    const writer = startWriter([file, 'hold']);
    await writer.said.next();
    await writer.said.next();
    expect(await archiveFile(file, WHEN)).toMatchObject({ problem: 'locked' });
    writer.process.kill('SIGKILL');
    await writer.ended;
    expect(await archiveFile(file, WHEN)).toMatchObject({ kind: 'archived' });
    expect(await archiveFile(file, WHEN)).toMatchObject({ problem: 'gone' });
    expect(await inArchive()).toHaveLength(2);
  });

  it('OFF-03 OFF-06 nobody writes a file that is held for its upload; released, it is free', async () => {
    await fill('B1');
    const held = await holdFile(file);
    if (held.kind === 'problem') expect.unreachable(held.detail);
    expect(await holdFile(file)).toMatchObject({ problem: 'locked' });
    expect(await pendingJournals(folder)).toMatchObject([{ holder: 'this-process' }]);
    await held.release();
    await fill('B2');
    expect(await pendingJournals(folder)).toMatchObject([{ returns: 2, holder: 'nobody' }]);
  });

  it('OFF-06 to another disk, by a copy', async ({ skip }) => {
    const elsewhere = await mkdtemp('/dev/shm/guichet-').catch(() => undefined);
    if (elsewhere === undefined || (await stat(elsewhere)).dev === (await stat(folder)).dev)
      return skip('there is no second disk here');
    try {
      await symlink(elsewhere, path.join(folder, 'archive'));
      await fill('B1');
      const archived = await archiveFile(file, WHEN);
      expect(archived).toMatchObject({ kind: 'archived' });
      expect(await readFile(archived.file, 'utf8')).toContain('B1');
      expect(await readdir(folder)).toEqual(['archive']);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('REL-03 where there can be no archive, the file stays', async () => {
    await fill('B1');
    await writeFile(path.join(folder, 'archive'), 'a file');
    expect(await archiveFile(file, WHEN)).toMatchObject({ kind: 'problem' });
    expect(await pendingJournals(folder)).toMatchObject([{ returns: 1, holder: 'nobody' }]);
    await rm(path.join(folder, 'archive'));
    await mkdir(path.join(folder, 'archive'));
    expect(await archiveFile(file, WHEN)).toMatchObject({ kind: 'archived' });
  });
});
