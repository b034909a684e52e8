import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

const NETWORK = new URL('../../source/training/networks/toulouse.yaml', import.meta.url).pathname;
let guichet: Guichet;
let db: string;
beforeAll(async () => {
  guichet = await newGuichet();
  db = `sqlite:${guichet.home}/jobs.db`;
  await guichet.run(['db', 'migrate', '--db', db]);
  const { status } = await guichet.run(['network', 'load', NETWORK, '--db', db]);
  expect(status).toBe(0);
});
afterAll(async () => {
  await guichet.leave();
});

describe('guichet jobs', () => {
  it('JOB-02 lists what runs by itself, in French and in English', async () => {
    const english = await guichet.run(['jobs', 'list', '--db', db]);
    expect(english.status).toBe(0);
    expect(english.stdout).toMatch(/^nightly +The night +every night, at 00:30 for the day before +never/m);
    expect(english.stdout).toMatch(/^hold-reminders +Hold reminders +every day at 08:00/m);
    const french = await guichet.run(['jobs', 'list', '--db', db, '--lang', 'fr']);
    expect(french.stdout).toMatch(/^nightly +La nuit +chaque nuit, à 00:30 pour la veille +jamais/m);
    const { value } = await guichet.json(['jobs', 'list', '--db', db]);
    expect(value).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'nightly', last: null })]));
  });

  it('JOB-02 runs a job for a day, says what it did, and shows it in the history', async () => {
    const ran = await guichet.json(['jobs', 'run', 'nightly', '--db', db]);
    expect(ran).toMatchObject({ status: 0, value: { outcome: 'done', jobs: { 'move-due-dates': {} } } });
    const again = await guichet.run(['jobs', 'run', 'settle-requests', '--db', db]);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toMatch(/^Queues and outdated requests \(\d{4}-\d\d-\d\d\): done in \d+ s\n$/);
    const history = await guichet.json(['jobs', 'history', '--job', 'settle-requests', '--days', '3', '--db', db]);
    expect(history.value).toMatchObject({ total: 2, lines: [{ state: 'done', error: null }, { state: 'done' }] });
    const told = await guichet.run(['jobs', 'history', '--state', 'failed', '--db', db]);
    expect(told).toMatchObject({ status: 0, stdout: 'No runs.\n' });
  });

  it.each([
    [['jobs', 'run', 'nightly', '--day', '2999-01-01'], 1, 'day: this time is in the future.'],
    [['jobs', 'run', 'nightly', '--day', '2026-02-30'], 1, 'day: "2026-02-30" is not a date such as 2026-06-01.'],
    [['jobs', 'run', 'night'], 2, 'there is no job "night"'],
    [['jobs', 'run'], 2, 'something is missing'],
    [['jobs', 'history', '--job', 'nope'], 2, 'there is no job "nope"'],
    [['jobs', 'history', '--days', 'many'], 2, '--days needs a whole number'],
    [['jobs', 'history', '--state', 'don'], 2, 'Did you mean "done"?'],
  ] as const)('JOB-02 %j ends with %i: %s', async (args, status, sentence) => {
    const ran = await guichet.run([...args, '--db', db]);
    expect([ran.status, ran.stdout]).toEqual([status, '']);
    expect(ran.stderr).toContain(sentence);
  });

  it('JOB-02 works once, for cron: what has fallen due, then the end', async () => {
    expect(await guichet.run(['jobs', 'work', '--once', '--db', db])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('JOB-02 works until it is told to stop, and ends gracefully', async () => {
    const child = spawn(process.execPath, [BIN, 'jobs', 'work', '--db', db], {
      env: { ...process.env, HOME: guichet.home, LANG: 'en_GB.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stderr })) {
      said.push(line);
      if (said.length === 1) child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(said).toEqual([
      `guichet: at work on ${db}; Ctrl-C ends it after the batch that is being written.`,
      'guichet: ending after this batch…',
      'guichet: ended.',
    ]);
  });
});
