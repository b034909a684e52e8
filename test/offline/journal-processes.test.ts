import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeskJournal, openJournal, pendingJournals, readOfflineFile } from '../../source/offline/index.ts';
import type { JournalOptions } from '../../source/offline/index.ts';
import { CSV_WORDS } from '../support/journal-words.ts';
import { briefly, makeFolder, openTestJournal, startWriter } from '../support/journal.ts';
import type { Writer } from '../support/journal.ts';

const options: Omit<JournalOptions, 'file'> = { timeZone: 'Europe/Paris', clock: Date.now, csv: CSV_WORDS };

let folder: string;
let file: string;
let remove: () => Promise<void>;
const writers: Writer[] = [];

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  file = path.join(folder, 'MED-PRET.dat');
});
afterEach(async () => {
  for (const { process: child, ended } of writers.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await remove();
});

function start(...args: readonly string[]): Writer {
  const writer = startWriter([file, ...args]);
  writers.push(writer);
  return writer;
}

/** Reads what a writer says until it says that, or ends. */
async function until({ said }: Writer, expected: string): Promise<string[]> {
  const heard: string[] = [];
  for (;;) {
    const { value, done } = await said.next();
    if (done === true) return heard;
    heard.push(value);
    if (value === expected) return heard;
  }
}

/** Starts a writer, kills it, and again; what stands in the file then is what was acknowledged, and at most one more of each writer. */
async function killOften(
  dat: string,
  times: number,
): Promise<{ acknowledged: number; found: number; writing: number }> {
  const acknowledged: string[] = [];
  const perhaps: string[] = [];
  let writing = 0;
  for (let run = 0; run < times; run += 1) {
    const writer = startWriter([dat, 'write', String(run)]);
    writers.push(writer);
    const heard = await until(writer, 'starting');
    // Every tenth while the file is being opened, the others while it is being written.
    const isWriting = run % 10 > 0;
    if (isWriting) heard.push(...(await until(writer, `${run}-${1 + Math.floor(Math.random() * 5)}`)));
    await setTimeout(Math.random() * (isWriting ? 3 : 30));
    writer.process.kill('SIGKILL');
    heard.push(...(await until(writer, 'the end')));
    await writer.ended;
    const items = heard.filter((text) => text.startsWith(`${run}-`));
    expect(heard).toEqual(['starting', ...(heard.length > 1 ? ['open'] : []), ...items]);
    if (items.length > 0) writing += 1;
    acknowledged.push(...items);
    perhaps.push(`${run}-${items.length + 1}`);
  }
  const journal = await openTestJournal({ file: dat });
  const { lines, bad, blank, unfinished } = readOfflineFile(await readFile(dat));
  await journal.close();
  const items = lines.map(({ item }) => item);
  expect([bad, blank, unfinished]).toEqual([[], 0, null]);
  expect(new Set(items).size).toBe(items.length);
  const found = new Set(items);
  expect(acknowledged.filter((item) => !found.has(item))).toEqual([]);
  const known = new Set([...acknowledged, ...perhaps]);
  expect(items.filter((item) => !known.has(item))).toEqual([]);
  expect((await readFile(journal.csv, 'utf8')).split('\r\n')).toHaveLength(items.length + 2);
  return { acknowledged: acknowledged.length, found: items.length, writing };
}

describe('kill -9', () => {
  it('REL-01 OFF-01 of a writer at 100 random moments: all that it acknowledged is there once, at most one more, no half line', async () => {
    // Four files at once: a hundred processes take their time to start.
    const files = Array.from({ length: 4 }, (_, one) => path.join(folder, `DESK-${one}.dat`));
    const results = await Promise.all(files.map(async (one) => killOften(one, 25)));
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    const acknowledged = sum(results.map((one) => one.acknowledged));
    const found = sum(results.map((one) => one.found));
    console.log(`100 kills: ${acknowledged} transactions acknowledged, ${found} in the files`);
    expect(sum(results.map((one) => one.writing))).toBeGreaterThanOrEqual(80);
    // Nothing lies about but what was killed in the middle of being made.
    for (const name of await readdir(folder)) {
      const isOurs = /^DESK-\d\.(dat|csv|torn|csv\.new|dat\.lock~)$/.test(name);
      if (!isOurs) expect([name, await readFile(path.join(folder, name), 'utf8')]).toEqual([name, '']);
    }
  }, 180_000);
});

describe('two processes', () => {
  it('LP-1768947 one file has one writer: the second is told, and gets a file of its own; after kill -9 it is free', async () => {
    const writer = start('hold');
    await until(writer, 'open');
    expect(await openJournal({ ...options, file })).toMatchObject({ kind: 'problem', problem: 'locked' });
    const second = await openDeskJournal({ ...options, folders: [folder], name: 'MED-PRET' });
    const third = await openDeskJournal({ ...options, folders: [folder], name: 'MED-PRET' });
    if (second.kind === 'problem' || third.kind === 'problem') expect.unreachable('no file');
    expect([second, third].map(({ journal }) => path.basename(journal.file))).toEqual([
      'MED-PRET-2.dat',
      'MED-PRET-3.dat',
    ]);
    await second.journal.record({ kind: 'return', item: 'B1' });
    expect(await pendingJournals(folder)).toMatchObject([{ file: second.journal.file, holder: 'this-process' }]);
    writer.process.kill('SIGKILL');
    await writer.ended;
    await second.journal.close();
    await third.journal.close();
    const first = await openTestJournal({ file });
    expect(briefly(await first.record({ kind: 'return', item: 'B2' }))).toBe('recorded');
    await first.close();
    expect((await pendingJournals(folder)).map(({ holder }) => holder)).toEqual(['nobody', 'nobody']);
  });

  it('LP-1768947 the lock of a dead process is taken over by exactly one of many', async () => {
    const dead = start('hold');
    await until(dead, 'open');
    dead.process.kill('SIGKILL');
    await dead.ended;
    const others = Array.from({ length: 4 }, () => start('hold'));
    const here = Promise.all(Array.from({ length: 10 }, async () => openJournal({ ...options, file })));
    const answers = await Promise.all(
      others.map(async ({ said }) => {
        await said.next();
        return (await said.next()).value as string;
      }),
    );
    const opened = (await here).filter((one) => one.kind === 'open');
    expect(opened.length + answers.filter((answer) => answer === 'open').length).toBe(1);
    expect(answers.filter((answer) => answer !== 'open' && answer !== 'locked')).toEqual([]);
    for (const { journal } of opened) await journal.close();
  });

  it.each([
    ['another process that has the number of a dead one', { pid: process.pid, start: 'long-ago/1' }, 0, true],
    ['a lock that was cut, long ago', null, 600_000, true],
    ['a lock that is being made', null, 0, false],
    ['another machine that was heard of just now', { host: 'elsewhere' }, 0, false],
    ['another machine that has been silent', { host: 'elsewhere' }, 600_000, true],
  ])('LP-1768947 %s', async (_, change, silentFor, isFree) => {
    const journal = await openTestJournal({ file });
    const lock = `${file}.lock`;
    const text = await readFile(lock, 'utf8');
    await journal.close();
    await writeFile(lock, change === null ? '{"ho' : JSON.stringify({ ...(JSON.parse(text) as object), ...change }));
    const then = new Date(Date.now() - silentFor);
    await utimes(lock, then, then);
    const opened = await openJournal({ ...options, file });
    expect(opened).toMatchObject(isFree ? { kind: 'open' } : { problem: 'locked' });
    if (opened.kind === 'open') await opened.journal.close();
  });

  it('LP-1768947 a guard that was left when its holder was killed while taking over is taken over too', async () => {
    const journal = await openTestJournal({ file });
    const text = await readFile(`${file}.lock`, 'utf8');
    await journal.close();
    const dead = JSON.stringify({ ...(JSON.parse(text) as object), start: 'long-ago/1' });
    for (const name of ['.lock', '.lock~', '.lock~~', '.lock.01234567-89ab-4def-8123-456789abcdef'])
      await writeFile(`${file}${name}`, dead);
    const again = await openTestJournal({ file });
    expect((await readdir(folder)).filter((name) => name.includes('lock'))).toEqual(['MED-PRET.dat.lock']);
    await again.close();
  });
});

describe('files that wait', () => {
  it('OFF-04 what stands in a folder: counts, times, who writes it', async () => {
    expect(await pendingJournals(path.join(folder, 'nowhere'))).toEqual([]);
    await mkdir(path.join(folder, 'archive'));
    await mkdir(path.join(folder, 'folder.dat'));
    await writeFile(path.join(folder, 'empty.dat'), '\r\n');
    await writeFile(path.join(folder, 'notes.txt'), '202606221000R1\r\n');
    await writeFile(path.join(folder, 'B.DAT'), '202606221000R1\r\n202606212359L1 2\r\njunk\r\n202606221001R1\r\n');
    await writeFile(path.join(folder, 'C.dat'), 'junk');
    expect(await pendingJournals(folder)).toEqual([
      {
        file: path.join(folder, 'B.DAT'),
        loans: 1,
        returns: 2,
        bad: 1,
        first: { day: '2026-06-21', minutes: 1439 },
        last: { day: '2026-06-22', minutes: 601 },
        holder: 'nobody',
        problem: null,
      },
      {
        file: path.join(folder, 'C.dat'),
        loans: 0,
        returns: 0,
        bad: 1,
        first: null,
        last: null,
        holder: 'nobody',
        problem: null,
      },
    ]);
    const writer = start('hold');
    await until(writer, 'open');
    await writeFile(file, '202606221000R1\r\n');
    expect((await pendingJournals(folder)).at(-1)).toMatchObject({ file, holder: 'another' });
  });
});
