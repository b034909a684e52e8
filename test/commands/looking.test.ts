import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { patronIn, SAMPLE_CARD, SAMPLE_ITEMS } from '../../source/training/sample.ts';
import { commandLine } from '../support/house.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const ITEM = '37000034179';

let guichet: Guichet;
let sample: Sample;
let db: string;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
  db = await sample.copy('looking');
  await guichet.run(['lend', SAMPLE_CARD, ITEM, '--as', 'bib', '--desk', 'sci/PRET', '--db', db]);
});
afterAll(async () => guichet.leave());

describe('guichet show', () => {
  test('a patron: counts, blocks, dates', async () => {
    expect(await guichet.json(['show', 'patron', SAMPLE_CARD, '--db', db])).toMatchObject({
      status: 0,
      value: {
        id: SAMPLE_CARD,
        name: 'Martin Ana',
        loans: 1,
        late: 0,
        requests: 0,
        returned: 0,
        blocks: [],
        group: 'L',
        status: 'active',
      },
    });
    const { stdout } = await guichet.run(['show', 'patron', patronIn('blocked-once'), '--db', db, '--lang', 'fr']);
    expect(stdout).toMatch(/^Blocages +Retour tardif \(PATRON_BLOCK_LATE_RETURN\)$/mu);
    expect(stdout).toMatch(/^Bloqué jusqu'au +\w+ \d+ \w+ 2026$/mu);
  });

  test('an item and its loan', async () => {
    const item = await guichet.json(['show', 'item', ITEM, '--db', db]);
    expect(item).toMatchObject({
      status: 0,
      value: { barcode: ITEM, process: 'LOAN', patron: SAMPLE_CARD, location: 'sci/63S' },
    });
    const loan = await guichet.json(['show', 'loan', ITEM, '--db', db]);
    expect(loan).toMatchObject({
      status: 0,
      value: { item: ITEM, patron: SAMPLE_CARD, due: '2026-06-22T19:00', status: 'Normal', renewals: 0 },
    });
    const { stdout } = await guichet.run(['show', 'loan', ITEM, '--db', db]);
    expect(stdout).toMatch(/^Due +Mon 22 June 19:00$/m);
    expect((await guichet.run(['show', 'loan', '37000034180', '--db', db])).stdout).toMatch(
      /^Status +is not on loan$/m,
    );
  });

  test('TRA-01 TRA-02 an item on its way: from, to, why, since when, how long, and that it is too long', async () => {
    const asked = ['show', 'item', SAMPLE_ITEMS.onItsWayHome, '--db', db];
    expect(await guichet.json(asked)).toMatchObject({
      status: 0,
      value: {
        process: 'TRANSIT',
        from: 'MAN',
        destination: 'sci',
        reason: 'home',
        since: expect.stringMatching(/T16:00$/) as string,
        days: 9,
        tooLong: true,
      },
    });
    const { stdout } = await guichet.run(asked);
    expect(stdout).toMatch(/^Comes from +BU de la Manufacture$/m);
    expect(stdout).toMatch(/^Sent for +back to its library$/m);
    expect(stdout).toMatch(/^Under way +! 9 days · TOO LONG \(limit: 5 days\)$/m);
    const other = await guichet.run(['show', 'item', SAMPLE_ITEMS.onItsWayToAnotherLibrary, '--db', db]);
    expect(other.stdout).toMatch(/^Under way +1 day$/m);
  });

  test('a title, by its first words', async () => {
    const { status, value } = await guichet.json(['show', 'title', 'Algèbre', 'linéaire', '--db', db]);
    expect(status).toBe(0);
    expect(value).toMatchObject({ title: 'Algèbre linéaire', count: expect.any(Number) as number });
    expect((await guichet.run(['show', 'title', 'algebre lineaire', '--db', db])).stdout).toContain(
      `${ITEM} · BU Sciences · on loan`,
    );
  });

  test.each([
    ['patron', 'UNKNOWN_PATRON', 'no patron has the identifier X: check the card.'],
    ['item', 'UNKNOWN_ITEM', 'no item has the barcode X: scan it once more.'],
    ['loan', 'UNKNOWN_ITEM', 'no item has the barcode X: scan it once more.'],
    ['title', 'UNKNOWN_TITLE', 'no title begins with "X".'],
  ])('an unknown %s', async (thing, fails, sentence) => {
    const { status, value, stderr } = await guichet.json(['show', thing, 'X', '--db', db]);
    expect({ status, value, stderr }).toEqual({
      status: 1,
      value: { fails, key: 'X' },
      stderr: `guichet: ${sentence}\n`,
    });
  });

  test('a request by its number: who fills it, where it is in the queue, how it ended', async () => {
    const shown = await guichet.run(['show', 'request', '3', '--db', db, '--json']);
    expect(shown).toMatchObject({ status: 0 });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      request: 3,
      state: 'waiting',
      task: 'recall',
      position: 1,
      pickup: 'sci',
    });
    const said = await guichet.run(['show', 'request', '1', '--db', db]);
    expect(said.stdout).toMatch(/BU Sciences/);
    expect(said.stdout).toMatch(/on the hold shelf|in transit/);
    expect(await guichet.run(['show', 'request', 'mine', '--db', db])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'guichet: no request mine.\n',
    });
  });
});

describe('CONF-03: guichet rules', () => {
  test('the row that matched, what it says, the due date step by step', async () => {
    const command = ['rules', '--patron', SAMPLE_CARD, '--item', ITEM, '--db', db];
    expect(await guichet.json(command)).toMatchObject({
      status: 0,
      value: {
        loanable: true,
        period: '21 days',
        due: '2026-06-22T19:00',
        version: 1,
        matched: { table: 'loanRules' },
      },
    });
    const { stdout } = await guichet.run(command);
    expect(stdout).toMatch(/Row \d+ of the loan rules \(version 1\):/);
    expect(stdout).toContain('Monday 1 June 2026 + 21 days = Monday 22 June 2026');
    expect(stdout).toContain('= Mon 22 June 19:00');
    expect(stdout).toMatch(/Later rows would have said:\n +row \d+: /);
  });

  test('for a group and a location, without a loan; an unknown code is told', async () => {
    expect(await guichet.json(['rules', '--group', 'D', '--location', 'sci/63S', '--db', db])).toMatchObject({
      status: 0,
    });
    const wrong = await guichet.json(['rules', '--group', 'NO', '--location', 'sci/63S', '--db', db]);
    expect(wrong).toMatchObject({ status: 1, value: { fails: 'INVALID', path: 'group' } });
    expect(wrong.stderr).toContain('the network has no code "NO"');
  });
});

describe('REL-06: data is never trusted by the output', () => {
  test('control characters in a name are shown, not executed; in JSON they are escaped', async () => {
    const own = await sample.copy('hostile');
    const house = openHouse(own);
    const added = await house.at(Date.now)(commandLine, addPatron, {
      lastName: 'Evil\u001B[2J\u009B1m\u202E',
      firstName: 'Line\nbreak',
      group: 'L',
      identifiers: [{ type: 'primary', value: 'EVIL1' }],
    });
    expect(added).toMatchObject({ kind: 'added' });
    await house.close();
    const { stdout } = await guichet.run(['show', 'patron', 'EVIL1', '--db', own]);
    expect(stdout).toContain('Evil␛[2J�1m� Line␊break');
    const json = await guichet.run(['show', 'patron', 'EVIL1', '--db', own, '--json']);
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(json.stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/);
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'Evil\u001B[2J\u009B1m\u202E Line\nbreak' });
  });
});

describe('guichet doctor', () => {
  test('says what works; without a terminal that is no fault', async () => {
    const { status, stdout, stderr } = await guichet.run(['doctor', '--db', db]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`ok Node ${process.versions.node}`);
    expect(stdout).toContain('answers');
    expect(stdout).toContain('this is a training copy');
    expect(stdout).toContain('version 1');
    expect(stdout).toContain('All is well.');
  });

  test('says what does not work and what to do; --json has the same findings', async () => {
    const { status, value, stderr } = await guichet.json([
      'doctor',
      '--db',
      'postgres://nobody:secret@127.0.0.1:1/none',
    ]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(value).toMatchObject({
      well: false,
      database: [{ state: 'wrong', text: expect.stringContaining('does not answer') as string }],
    });
    expect(JSON.stringify(value)).not.toContain('secret');
  });

  test('a database that is not there yet is no fault, and is not made', async () => {
    const { status, stdout } = await guichet.run(['doctor']);
    expect(status).toBe(0);
    expect(stdout).toContain('does not exist yet');
    expect((await guichet.run(['doctor'])).stdout).toContain('does not exist yet');
  });
});
