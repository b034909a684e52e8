import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monotonicNow, setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import type { Perform } from '../../source/desk/perform.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { sitAt } from '../support/console-driver.ts';
import type { DeskDriver } from '../support/console-driver.ts';
import { setScene } from '../support/house.ts';
import { createHandClock } from './hand-clock.ts';
import type { HandClock } from './hand-clock.ts';

const ANA = '9921000000164';
const LINES = 30;

describe.each(databases)('an upload to a database that falls silent, on $name', ({ create }) => {
  let folder: string;
  let database: TestDatabase;
  let desk: DeskDriver;
  let clock: HandClock;
  /** What a silent server does not answer, until it speaks. */
  let held: (() => void)[];
  let isSilent: boolean;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-silent-'));
    database = await create();
    const scene = await setScene(database.house);
    await scene.patron({ id: ANA });
    const lines = Array.from({ length: LINES }, (_, at) => `2026060109${String(10 + at)}LB${at} ${ANA}\r\n`);
    await scene.items(...lines.map((_, at) => ({ barcode: `B${at}` })));
    await writeFile(path.join(folder, 'sci-PRET.dat'), lines.join(''));
    held = [];
    isSilent = false;
    const perform: Perform = async (seat, what, request, how) => {
      if (isSilent) await new Promise<void>((resolve) => held.push(resolve));
      const answer = await scene.perform(seat, what, request, how);
      // The first time only.
      if (what.name === 'begin-upload' && held.length === 0) isSilent = true;
      return answer;
    };
    clock = createHandClock();
    desk = await sitAt(
      { ...scene, perform },
      {
        seat: scene.bib,
        language: 'en',
        offline: { folders: [folder], alone: false },
        now: monotonicNow,
        // Only the long waits are the test's.
        setTimer: (milliseconds, callback) =>
          milliseconds < 1000 ? setTimerAfterInput(milliseconds, callback) : clock.setTimer(milliseconds, callback),
      },
    );
  });
  afterEach(async () => {
    await desk.leave();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const applied = async (): Promise<number> =>
    (await database.sql("select number from offline_lines where state = 'applied'")).length;

  it('OFF-04 REL-03 says that it stopped, keeps saying so when an answer comes late, and finds the database again', async () => {
    await desk.bytes('\u001B[15;2~');
    await desk.press('Enter');
    // The answer is the upload, which waits for the database.
    const uploading = desk.press('u');
    await expect.poll(() => held.length).toBe(1);
    clock.advance(1600);
    await uploading;
    // What to do stands before the reason, which may be cut.
    expect(await desk.answer()).toContain('! UPLOAD STOPPED at 0 of 30, start it again: the database');
    expect(desk.state().away).toBe(true);

    isSilent = false;
    for (const speak of held) speak();
    await expect.poll(applied).toBe(20);
    await desk.idle();
    expect(await desk.answer()).toContain('UPLOAD STOPPED');

    clock.advance(3100);
    await desk.idle();
    expect(desk.state().away).toBe(false);
    expect((await desk.screen())[0]).toContain('online');

    // The same file again goes on.
    await desk.press('Enter');
    await desk.press('u');
    expect(await desk.answer()).toContain('UPLOADED · 30 completed · 0 failed');
    expect(await applied()).toBe(LINES);
  });
});
