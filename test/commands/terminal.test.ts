import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { addItems } from '../../source/desk/add-items.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { commandLine } from '../support/house.ts';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const PASSWORD = 'Right-1-password';

let guichet: Guichet;
let sample: Sample;
let db: string;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
  db = `sqlite:${path.join(guichet.home, 'work.db')}`;
  await guichet.run(['db', 'migrate', '--db', db]);
  await guichet.run(['network', 'load', 'toulouse', '--db', db]);
  await guichet.run(['staff', 'add', 'jeanne', '--role', 'operator@sci', '--db', db], {
    env: { GUICHET_PASSWORD: PASSWORD },
  });
  const house = openHouse(db);
  const perform = house.at(Date.now);
  await perform(commandLine, addPatron, {
    lastName: 'Martin',
    firstName: 'Ana',
    group: 'L',
    identifiers: [{ type: 'primary', value: 'P1' }],
  });
  const item = { title: 'Algèbre', library: 'sci', location: 'sci/63S', material: 'BOOK' };
  await perform(commandLine, addItems, { items: [{ ...item, barcode: 'B1' }] });
  await house.close();
});
afterAll(async () => guichet.leave());

/** Runs a command at a terminal, in English. */
const atTerminal = (...args: string[]): PtyDesk => runInPty(args, { env: { HOME: guichet.home, LANG: 'en_GB.UTF-8' } });

describe('REL-07: the password is asked for at a terminal, and not shown', () => {
  test('typed, with a letter taken back, it signs in', async () => {
    const desk = atTerminal('lend', 'P1', 'B1', '--as', 'jeanne', '--db', db);
    await desk.see('Password of jeanne: ');
    desk.write(`${PASSWORD}x\u007F\r`);
    const { exitCode } = await desk.ended;
    expect(exitCode).toBe(0);
    expect(desk.output()).toContain('LENT · Algèbre (B1)');
    expect(desk.output()).not.toContain(PASSWORD);
  });

  test('Ctrl+C gives up: nothing is done', async () => {
    const desk = atTerminal('return', 'B1', '--as', 'jeanne', '--db', db);
    await desk.see('Password of jeanne: ');
    desk.write('abc\u0003');
    expect((await desk.ended).exitCode).toBe(1);
    expect(await guichet.json(['show', 'loan', 'B1', '--db', db])).toMatchObject({ value: { patron: 'P1' } });
  });

  test('a new password is asked for twice; two that differ change nothing', async () => {
    const typed = async (first: string, second: string): Promise<PtyDesk> => {
      const desk = atTerminal('staff', 'add', 'luc', '--role', 'operator@sci', '--db', db);
      await desk.see('New password of luc: ');
      desk.write(`${first}\r`);
      await desk.see('Once more: ');
      desk.write(`${second}\r`);
      return desk;
    };
    const differing = await typed(PASSWORD, 'Wrong-1-password');
    expect((await differing.ended).exitCode).toBe(1);
    expect(differing.output()).toContain('the two passwords differ: nothing has changed.');
    const equal = await typed(PASSWORD, PASSWORD);
    expect((await equal.ended).exitCode).toBe(0);
    expect(equal.output()).toContain('Account luc made.');
  });
});

describe('a working database is never used as a training copy, nor the other way round', () => {
  test('guichet demo --db on a working database', async () => {
    const desk = atTerminal('demo', '--db', db);
    expect((await desk.ended).exitCode).toBe(1);
    expect(desk.output()).toContain('is a working database, not a training copy');
    expect((await guichet.run(['staff', 'list', '--db', db])).stdout).not.toContain('moniteur');
  });

  test('guichet --db on a training copy', async () => {
    const desk = atTerminal('--db', await sample.copy('training'));
    expect((await desk.ended).exitCode).toBe(1);
    expect(desk.output()).toContain('is a training copy: open it with "guichet demo --db …"');
  });
});

describe('what cannot be opened is told when the terminal has been given back', () => {
  test.each([
    ['guichet', ['--db', 'sqlite:no/where.db'], 'does not exist: create it, or mend the URL'],
    ['guichet demo', ['demo', '--as', 'nobody'], 'no account nobody'],
    ['guichet demo', ['demo', '--as', 'bib', '--desk', 'sci/NO'], 'no library or desk sci/NO'],
  ])('%s %j', async (_, args, sentence) => {
    const desk = atTerminal(...args);
    expect((await desk.ended).exitCode).toBe(1);
    const output = desk.output();
    expect(output).toContain(sentence);
    expect(output.lastIndexOf('\u001B[?1049l')).toBeLessThan(output.lastIndexOf(sentence));
  });
});

describe('guichet doctor at a terminal', () => {
  test('a window that is too small and a locale without UTF-8 are faults, with what to do', async () => {
    const poor = runInPty(['doctor'], {
      columns: 70,
      rows: 20,
      env: { HOME: guichet.home, LANG: 'en_GB', LC_ALL: '', LC_CTYPE: '' },
    });
    expect((await poor.ended).exitCode).toBe(1);
    expect(poor.output()).toContain('70 × 20 characters: enlarge the window to 80 × 24 at least');
    expect(poor.output()).toContain('the locale is not UTF-8');
    const good = runInPty(['doctor'], { env: { HOME: guichet.home, LANG: 'en_GB.UTF-8', TERM: 'xterm-256color' } });
    expect((await good.ended).exitCode).toBe(0);
    expect(good.output()).toContain('256 colours');
  });
});
