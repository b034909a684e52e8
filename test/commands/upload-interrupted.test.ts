import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../support/databases.ts';
import { faultyLine } from '../support/faulty-line.ts';
import type { AtCommit, FaultyLine } from '../support/faulty-line.ts';
import { runInPty } from '../support/pty.ts';
import { archivedIn, barcodes, kinds, lentTimes, loan, sampleOn, startUpload } from '../support/upload.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

/** How often uploads are killed on each database: as often as a run of all tests can wait for; more by GUICHET_KILLS. */
const KILLS = Number(process.env['GUICHET_KILLS'] ?? 12);
const LINES = 60;
const USED = 7 * LINES;
const FIRST_DAY = 12;
const MINUTE = 60_000;

type Result = { readonly completed: number; readonly failed: number; readonly duplicates: number };

/** Waits for an upload that was started; its exit status, or null where it was killed. */
async function ended(child: ChildProcess): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const { stdout: out, stderr: err } = child;
  if (!out || !err) throw new Error('no pipes');
  const [[status], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(out),
    text(err),
  ]);
  return { status, stdout, stderr };
}

const resultIn = (stdout: string): Result => JSON.parse(stdout) as Result;
const onceEach = (items: readonly string[]): Map<string, number> => new Map(items.map((one) => [one, 1]));

/** A file of loans, one a minute of a day of May (without another, the last Friday), in a folder of its own. */
async function fileOf({ home }: Guichet, folder: string, items: readonly string[], day = 29): Promise<string> {
  await mkdir(path.join(home, folder), { recursive: true });
  const stamp = (at: number): string =>
    `202605${day}${String(8 + Math.floor(at / 60)).padStart(2, '0')}${String(at % 60).padStart(2, '0')}`;
  const name = path.join(folder, 'sci-PRET.dat');
  await writeFile(path.join(home, name), items.map((item, at) => `${loan(stamp(at), item)}\r\n`).join(''));
  return name;
}

describe.each(kinds)('an upload that is interrupted, %s', (_, kind) => {
  let guichet: Guichet;
  let database: TestDatabase;
  beforeAll(async () => {
    guichet = await newGuichet();
    database = await sampleOn(kind, guichet);
  }, 2 * MINUTE);
  afterAll(async () => {
    await database.drop();
    await guichet.leave();
  });

  test(
    `OFF-06 REL-03 killed at ${KILLS} random moments: run again, each line is there once, whole batches at a time`,
    { timeout: 10 * MINUTE },
    async () => {
      // One that is left alone says how long they take, here and now.
      const start = performance.now();
      const calm = await ended(
        startUpload(guichet, await fileOf(guichet, 'calm', barcodes(0, LINES), FIRST_DAY), database.url),
      );
      const longest = performance.now() - start;
      expect(resultIn(calm.stdout)).toMatchObject({ completed: LINES, failed: 0, duplicates: 0 });
      let kills = 0;
      for (let round = 1; kills < KILLS; round += 1) {
        // When all items have had their turn, they have it again, on another day.
        const items = barcodes((round * LINES) % USED, LINES);
        const day = FIRST_DAY + Math.floor((round * LINES) / USED);
        const before = await lentTimes(database, items);
        const name = await fileOf(guichet, `killed-${round}`, items, day);
        let done: Awaited<ReturnType<typeof ended>> | undefined;
        while (!done) {
          const child = startUpload(guichet, name, database.url);
          const over = ended(child);
          if (kills < KILLS) {
            await wait(Math.random() * longest);
            child.kill('SIGKILL');
          }
          const outcome = await over;
          if (outcome.status === null) kills += 1;
          // Killed after the file was put away: all had been done.
          else if (outcome.status === 0 || outcome.stderr.includes('uploaded already')) done = outcome;
          else throw new Error(`${String(outcome.status)}: ${outcome.stderr}`);
          const now = await lentTimes(database, items);
          const fresh = items.filter((one) => (now.get(one) ?? 0) - (before.get(one) ?? 0) === 1).length;
          expect([0, 20, 40, 60]).toContain(fresh);
        }
        if (done.status === 0) expect(resultIn(done.stdout)).toMatchObject({ failed: 0 });
        expect(await lentTimes(database, items)).toEqual(
          new Map(items.map((one) => [one, (before.get(one) ?? 0) + 1])),
        );
        expect(await archivedIn(path.join(guichet.home, `killed-${round}`))).toHaveLength(1);
      }
      expect(await guichet.run(['db', 'check', '--db', database.url])).toMatchObject({ status: 0 });
    },
  );
  test(
    'OFF-06 two uploads of one file and of a copy of it at once: each line is there once',
    async () => {
      const items = barcodes(440, LINES);
      const before = await lentTimes(database, items);
      const name = await fileOf(guichet, 'twice', items);
      const copy = path.join('twice', 'copy.dat');
      await copyFile(path.join(guichet.home, name), path.join(guichet.home, copy));
      const both = await Promise.all([name, copy].map(async (one) => ended(startUpload(guichet, one, database.url))));
      for (const { status, stdout, stderr } of both) {
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        const { completed, failed, duplicates } = resultIn(stdout);
        expect({ done: completed + duplicates, failed }).toEqual({ done: LINES, failed: 0 });
      }
      const after = await lentTimes(database, items);
      expect(after).toEqual(new Map(items.map((one) => [one, (before.get(one) ?? 0) + 1])));
    },
    MINUTE,
  );
});

describe('an upload whose database goes away', () => {
  const [, [, postgres] = []] = kinds;
  let guichet: Guichet;
  let database: TestDatabase;
  let line: FaultyLine;
  beforeAll(async () => {
    if (!postgres) throw new Error('no PostgreSQL');
    guichet = await newGuichet();
    database = await sampleOn(postgres, guichet);
    line = await faultyLine(database.url);
  }, 2 * MINUTE);
  afterAll(async () => {
    await line.close();
    await database.drop();
    await guichet.leave();
  });

  /** Plans what happens to the next commit of an upload, and waits for it; an upload that ends before has failed the test. */
  async function atCommit(what: AtCommit, upload: ReturnType<typeof ended>): Promise<void> {
    const early = upload.then(({ stderr }) => {
      throw new Error(`the upload ended before that commit: ${stderr}`);
    });
    await Promise.race([line.atCommit(what), early]);
  }

  /** Lets the next commits of an upload through: the first one begins it, then comes one for each batch, the last one ends it. */
  async function letThrough(commits: number, upload: ReturnType<typeof ended>): Promise<void> {
    for (let count = 0; count < commits; count += 1) {
      await atCommit('hold', upload);
      line.release();
    }
  }

  test.each([
    ['before', 2],
    ['after', 2],
    ['before', 3],
    ['after', 4],
  ] as const)(
    'OFF-03 OFF-06 cut off %s commit %i: what to do is said, and the same command goes on',
    async (when, number) => {
      const items = barcodes(number * 100 + (when === 'after' ? LINES : 0), LINES - 20);
      const folder = `cut-${when}-${number}`;
      const name = await fileOf(guichet, folder, items);
      const running = ended(startUpload(guichet, name, line.through(database.url)));
      await letThrough(number - 1, running);
      await atCommit(when === 'before' ? 'cut-before' : 'cut-after', running);
      const { status, stdout, stderr } = await running;
      expect(status).toBe(1);
      expect(stderr).toMatch(/does not answer.*\n.*stopped after \d+ of 40 lines; those stay recorded\. Run it again/s);
      expect(stderr).not.toContain('unexpected');
      expect(JSON.parse(stdout)).toMatchObject({ stopped: true, lines: 40 });
      expect(existsSync(path.join(guichet.home, name))).toBe(true);

      const again = await ended(startUpload(guichet, name, database.url));
      expect(again).toMatchObject({ status: 0, stderr: '' });
      // The last commit ends the upload: the same file again is another one then, in which everything is done.
      const hadEnded = when === 'after' && number === 4;
      const done = hadEnded ? { completed: 0, duplicates: 40 } : { completed: 40, duplicates: 0 };
      expect(resultIn(again.stdout)).toMatchObject({ ...done, failed: 0 });
      expect(await lentTimes(database, items)).toEqual(onceEach(items));
      expect(await archivedIn(path.join(guichet.home, folder))).toHaveLength(1);
    },
    MINUTE,
  );

  test(
    'OFF-04 Ctrl+C stops after a batch; the file stays, and the same command goes on',
    async () => {
      const items = barcodes(0, 200);
      const name = await fileOf(guichet, 'stopped', items);
      const child = startUpload(guichet, name, line.through(database.url));
      const running = ended(child);
      await letThrough(2, running);
      await atCommit('hold', running);
      child.kill('SIGINT');
      line.release();
      const { status, stdout, stderr } = await running;
      expect(status).toBe(1);
      expect(stderr).toMatch(/^guichet: stopped after (\d+) of 200 lines; those stay recorded/);
      const { completed } = resultIn(stdout);
      expect(JSON.parse(stdout)).toMatchObject({ stopped: true, archived: null });
      expect(completed % 20).toBe(0);
      expect((await lentTimes(database, items)).size).toBe(completed);
      expect(existsSync(path.join(guichet.home, name))).toBe(true);

      const again = await ended(startUpload(guichet, name, database.url));
      expect(resultIn(again.stdout)).toMatchObject({ completed: 200, duplicates: 0, failed: 0 });
      expect(await lentTimes(database, items)).toEqual(onceEach(items));
    },
    MINUTE,
  );

  test(
    'OFF-04 a terminal sees how far it is, in one line that is taken away at the end',
    async () => {
      const items = barcodes(440, 40);
      const name = await fileOf(guichet, 'seen', items);
      const args = ['upload', name, '--db', line.through(database.url), '--as', 'bib', '--desk', 'sci/PRET'];
      const desk = runInPty(args, { cwd: guichet.home, env: { HOME: guichet.home, LANG: 'en_GB.UTF-8' } });
      const over = desk.ended.then(() => ({ status: null, stdout: '', stderr: desk.output() }));
      await letThrough(2, over);
      await atCommit('hold', over);
      await desk.see('20 of 40 lines');
      line.release();
      const screen = await desk.see('40 completed, 0 failed, 0 uploaded before.');
      expect(screen).not.toContain('of 40 lines');
      expect((await desk.ended).exitCode).toBe(0);
    },
    MINUTE,
  );
});
