import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { addItems } from '../../source/desk/add-items.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { commandLine } from '../support/house.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

const PASSWORD = 'Right-1-password';
const db = 'sqlite:work.db';

let guichet: Guichet;

/** Runs a command on the working database with a password in the environment. */
const run = async (args: readonly string[], password?: string) =>
  guichet.run([...args, '--db', db], password === undefined ? {} : { env: { GUICHET_PASSWORD: password } });

beforeAll(async () => {
  guichet = await newGuichet();
  expect(await run(['db', 'migrate'])).toMatchObject({ status: 0 });
  expect(await run(['network', 'load', 'toulouse'])).toMatchObject({ status: 0 });
  const house = openHouse(`sqlite:${guichet.home}/work.db`);
  const perform = house.at(Date.now);
  await perform(commandLine, addPatron, {
    lastName: 'Martin',
    firstName: 'Ana',
    group: 'L',
    identifiers: [{ type: 'primary', value: 'P1' }],
  });
  const item = { title: 'Algèbre', library: 'sci', location: 'sci/63S', material: 'BOOK' };
  await perform(commandLine, addItems, {
    items: ['B1', 'B2', 'B3'].map((barcode) => ({ ...item, barcode, title: `Algèbre ${barcode}` })),
  });
  await house.close();
});
afterAll(async () => guichet.leave());

describe('DESK-02, USR-11: guichet staff', () => {
  test('makes an account with roles, lists it, changes its roles; one that is given twice is given once', async () => {
    expect(await run(['staff', 'list'])).toEqual({ status: 0, stdout: 'No accounts.\n', stderr: '' });
    const added = await run(
      ['staff', 'add', 'jeanne', '--name', 'Jeanne Doe', '--role', 'operator@sci', '--role', 'manager@buc'],
      PASSWORD,
    );
    expect(added).toMatchObject({ status: 1, stderr: expect.stringContaining('no library or desk buc') as string });
    expect(await run(['staff', 'add', 'jeanne', '--name', 'Jeanne Doe', '--role', 'operator@sci'], PASSWORD)).toEqual({
      status: 0,
      stdout: 'Account jeanne made.\n',
      stderr: '',
    });
    expect((await run(['staff', 'list'])).stdout).toContain('jeanne · Jeanne Doe · operator (sci)');
    const roles = ['operator@sci', 'cataloguer@sci', 'operator@sci'].flatMap((role) => ['--role', role]);
    expect(await run(['staff', 'role', 'jeanne', ...roles])).toMatchObject({
      status: 0,
    });
    expect(JSON.parse((await run(['staff', 'list', '--json'])).stdout)).toMatchObject({
      count: 1,
      lines: [
        {
          name: 'jeanne',
          roles: [
            { role: 'cataloguer', library: 'sci' },
            { role: 'operator', library: 'sci' },
          ],
        },
      ],
    });
    expect(await run(['staff', 'role', 'nobody', '--role', 'operator'])).toMatchObject({
      status: 1,
      stderr: 'guichet: no account nobody: "guichet staff list" lists them.\n',
    });
  });

  test('OFF-04 an account has an address for its reports, from the beginning or later, or none', async () => {
    const add = ['staff', 'add', 'rose', '--role', 'operator@sci', '--email'];
    expect(await run([...add, 'nonsense'], PASSWORD)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('"nonsense" is not an e-mail address') as string,
    });
    expect(await run([...add, 'rose@example.org'], PASSWORD)).toMatchObject({ status: 0 });
    const listed = async (): Promise<string> => (await run(['staff', 'list'])).stdout;
    expect(await listed()).toContain('rose · rose · operator (sci) · rose@example.org\n');
    expect(await run(['staff', 'email', 'rose', 'rose.marie@example.org'])).toMatchObject({
      status: 0,
      stdout: 'Account rose changed.\n',
    });
    expect(await listed()).toContain('operator (sci) · rose.marie@example.org\n');
    expect(await run(['staff', 'email', 'rose'])).toMatchObject({ status: 0 });
    expect(await listed()).toContain('rose · rose · operator (sci)\n');
    expect(await run(['staff', 'email', 'nobody', 'a@example.org'])).toMatchObject({ status: 1 });
  });

  test('a weak password, a name that is taken, no password at all: refused, nothing made', async () => {
    const add = ['staff', 'add', 'luc', '--role', 'operator'];
    expect(await run(add, 'weak')).toMatchObject({ status: 1, stderr: expect.stringContaining('too weak') as string });
    expect(await run(add)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('put it into GUICHET_PASSWORD') as string,
    });
    expect(await run(['staff', 'add', 'jeanne', '--role', 'operator'], PASSWORD)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('"jeanne" is taken') as string,
    });
    expect((await run(['staff', 'list'])).stdout).not.toContain('luc');
  });

  test('a password is never an option', async () => {
    expect(await run(['staff', 'add', 'luc', '--role', 'operator', '--password', PASSWORD])).toMatchObject({
      status: 2,
    });
  });
});

describe('REL-07: signing in from a script', () => {
  const lend = (item: string) => ['lend', 'P1', item, '--as', 'jeanne'];

  test('GUICHET_PASSWORD signs in; the only desk of the account is its desk (DESK-01)', async () => {
    expect(await run(lend('B1'), PASSWORD)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('LENT · Algèbre B1') as string,
    });
  });

  test('no password and no terminal, or a wrong password: refused, and the password is not repeated', async () => {
    expect(await run(lend('B2'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the password is missing') as string,
    });
    const wrong = await run(lend('B2'), 'Wrong-1-password');
    expect(wrong).toEqual({ status: 1, stdout: '', stderr: 'guichet: wrong name or password.\n' });
  });

  test('after the third wrong password the account waits, and staff password unlocks it', async () => {
    await run(['staff', 'add', 'paul', '--role', 'operator@sci'], PASSWORD);
    const asPaul = ['lend', 'P1', 'B2', '--as', 'paul'];
    for (const guess of ['Wrong-1', 'Wrong-2', 'Wrong-3']) await run(asPaul, guess);
    expect(await run(asPaul, PASSWORD)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/this account waits until \d\d:\d\d\./) as string,
    });
    expect(await run(['staff', 'password', 'paul'], 'Other-1-password')).toMatchObject({ status: 0 });
    expect(await run(asPaul, 'Other-1-password')).toMatchObject({ status: 0 });
  });
});

describe('a working database is not a training copy', () => {
  test('db sample leaves it alone', async () => {
    const { status, stderr } = await run(['db', 'sample']);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `guichet: ${db} is a working database, not a training copy: give --db an empty database or a training copy.\n`,
    );
    expect((await run(['staff', 'list'])).stdout).not.toContain('moniteur');
  });

  test('a scenario is not played in it', async () => {
    const file = new URL('../scenarios/late-return.yaml', import.meta.url).pathname;
    const { status, stderr } = await run(['scenario', 'run', file]);
    expect(status).toBe(1);
    expect(stderr).toContain('is not empty');
  });
});
