import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import { archiveFile, openDeskJournal, openJournal, readOfflineFile } from '../../source/offline/index.ts';
import type { Journal } from '../../source/offline/index.ts';
import { CSV_WORDS } from '../support/journal-words.ts';
import {
  briefly,
  linesOf,
  makeFolder,
  mountDisk,
  openTestJournal,
  startWriter,
  unmountDisk,
} from '../support/journal.ts';

const NO_MOUNT = 'mounting is not permitted here';
const options = { timeZone: 'Europe/Paris', clock: Date.now, csv: CSV_WORDS };
const PAGE = 4096;

const cleaning: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).toReversed()) await clean();
});

async function temporary(): Promise<string> {
  const { folder, remove } = await makeFolder();
  cleaning.push(remove);
  return folder;
}
async function disk(size: string, ...mountOptions: readonly string[]): Promise<string | undefined> {
  const folder = await mountDisk(size, ...mountOptions);
  if (folder !== undefined) cleaning.push(async () => unmountDisk(folder));
  return folder;
}

/** Fills what is left of a disk. */
async function fillUp(folder: string): Promise<() => Promise<void>> {
  const filler = path.join(folder, 'filler');
  await writeFile(filler, Buffer.alloc(10_000_000)).catch((error: unknown) =>
    expect(error).toMatchObject({ code: 'ENOSPC' }),
  );
  return async () => rm(filler);
}
const recordTo = async (journal: Journal, item: string): Promise<string> =>
  briefly(await journal.record({ kind: 'loan', patron: 'P1', item }));

describe('a disk that does not let us', () => {
  it('REL-03 full in the middle of a line: nothing half written, told, and going on when there is room', async ({
    skip,
  }) => {
    const folder = await disk('256k');
    if (folder === undefined) return skip(NO_MOUNT);
    const file = path.join(folder, 'X.dat');
    const journal = await openTestJournal({ file });
    // Up to a line that needs another page of the disk than it begins in.
    const lineLength = 13 + 80 + 2 + 2;
    const fitting = Math.floor(PAGE / lineLength);
    for (let number = 0; number < fitting; number += 1) expect(await recordTo(journal, `B${number}`)).toBe('recorded');
    expect(PAGE % lineLength).toBeGreaterThan(0);
    const empty = await fillUp(folder);
    for (let tries = 0; tries < 3; tries += 1) expect(await recordTo(journal, 'full')).toBe('full');
    expect((await stat(file)).size).toBe(fitting * lineLength);
    await empty();
    expect(await recordTo(journal, 'after')).toBe('recorded');
    await journal.close();
    const { lines, bad } = readOfflineFile(await readFile(file));
    expect(bad).toEqual([]);
    expect(lines.map(({ item }) => item)).toEqual([...Array.from({ length: fitting }, (_, one) => `B${one}`), 'after']);
    expect((await readFile(journal.csv, 'utf8')).split('\r\n')).toHaveLength(fitting + 3);
  });

  it('REL-03 full when a journal is opened: the next folder is used', async ({ skip }) => {
    const folder = await disk('64k');
    if (folder === undefined) return skip(NO_MOUNT);
    await fillUp(folder);
    expect(await openJournal({ ...options, file: path.join(folder, 'X.dat') })).toMatchObject({ problem: 'full' });
    const other = await temporary();
    const opened = await openDeskJournal({ ...options, folders: [folder, other], name: 'X' });
    if (opened.kind === 'problem') expect.unreachable(opened.detail);
    expect(await recordTo(opened.journal, 'B1')).toBe('recorded');
    expect(opened.journal.file).toBe(path.join(other, 'X.dat'));
    await opened.journal.close();
    expect((await readdir(folder)).filter((name) => name !== 'filler' && name !== 'X.dat')).toEqual([]);
  });

  it('REL-03 full for files of this size (no rights needed): the line that does not fit is taken back, smaller ones were kept', async () => {
    const file = path.join(await temporary(), 'X.dat');
    const writer = startWriter([file, 'few', '60'], 4);
    const said: string[] = [];
    for await (const text of writer.said) said.push(text);
    await writer.ended;
    const recorded = said.filter((text) => text === 'recorded').length;
    expect(recorded).toBeGreaterThan(10);
    expect(said).toEqual(['starting', 'open', ...said.slice(2, 2 + recorded), ...Array(60 - recorded).fill('full')]);
    expect(await linesOf(file)).toHaveLength(recorded);
    expect(readOfflineFile(await readFile(file))).toMatchObject({ bad: [], unfinished: null });
  });

  it('REL-03 a read-only disk: told; the next folder is used; a file there cannot be archived', async ({ skip }) => {
    const folder = await disk('64k', 'ro');
    if (folder === undefined) return skip(NO_MOUNT);
    const file = path.join(folder, 'offline', 'X.dat');
    expect(await openJournal({ ...options, file })).toMatchObject({ problem: 'read-only', detail: 'EROFS' });
    expect(await openDeskJournal({ ...options, folders: [folder], name: 'X' })).toMatchObject({ problem: 'read-only' });
    expect(await archiveFile(path.join(folder, 'X.dat'), { day: '2026-06-22', minutes: 0 })).toMatchObject({
      problem: 'read-only',
    });
    const opened = await openDeskJournal({ ...options, folders: [folder, await temporary()], name: 'X' });
    if (opened.kind === 'problem') expect.unreachable(opened.detail);
    expect(await recordTo(opened.journal, 'B1')).toBe('recorded');
    await opened.journal.close();
  });

  it('REL-03 a folder without the right to write', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('modes do not bind root');
    const folder = path.join(await temporary(), 'closed');
    await mkdir(folder, { mode: 0o500 });
    cleaning.push(async () => chmod(folder, 0o700));
    expect(await openJournal({ ...options, file: path.join(folder, 'X.dat') })).toMatchObject({ problem: 'read-only' });
  });
});
