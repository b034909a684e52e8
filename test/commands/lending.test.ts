import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patronIn, SAMPLE_CARD, SAMPLE_ITEMS } from '../../source/training/sample.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const AT_DESK = ['--as', 'bib', '--desk', 'sci/PRET'];
const [FIRST, SECOND, THIRD] = ['37000034179', '37000034180', '37000034181'];

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
});
afterAll(async () => guichet.leave());

const lateCard = patronIn('late-here');

describe('guichet lend', () => {
  test('LOAN-01: lends, and says until when', async () => {
    const db = await sample.copy('lend');
    const ran = await guichet.run(['lend', SAMPLE_CARD, FIRST, ...AT_DESK, '--db', db]);
    expect(ran).toEqual({
      status: 0,
      stdout: 'LENT · Algèbre linéaire (37000034179) · due Mon 22 June 19:00\n',
      stderr: '',
    });
    const again = await guichet.run(['lend', SAMPLE_CARD, FIRST, ...AT_DESK, '--db', db, '--lang', 'fr']);
    expect(again.status).toBe(1);
    expect(again.stdout).toBe('');
    expect(again.stderr).toContain('ON_LOAN_TO_SAME · Déjà prêté ici');
  });

  test('--json: the fields of spec 8, and nothing else on standard output', async () => {
    const db = await sample.copy('lend-json');
    expect(await guichet.json(['lend', SAMPLE_CARD, FIRST, ...AT_DESK, '--db', db])).toEqual({
      status: 0,
      stderr: '',
      value: {
        patron: SAMPLE_CARD,
        item: FIRST,
        title: 'Algèbre linéaire',
        outcome: 'lent',
        due: '2026-06-22T19:00',
        status: 'Normal',
        blocks: [],
        overridden: [],
      },
    });
  });

  test('several items are one patron session: a refused one does not stop the others, and fails the command', async () => {
    const db = await sample.copy('several');
    const { status, value, stderr } = await guichet.json([
      'lend',
      SAMPLE_CARD,
      FIRST,
      'NOPE',
      SECOND,
      ...AT_DESK,
      '--db',
      db,
    ]);
    expect(status).toBe(1);
    expect(value).toMatchObject({
      patron: SAMPLE_CARD,
      lines: [
        { item: FIRST, outcome: 'lent' },
        { item: 'NOPE', outcome: 'refused', blocks: ['ITEM_UNKNOWN'] },
        { item: SECOND, outcome: 'lent' },
      ],
    });
    expect(stderr).toContain('ITEM_UNKNOWN');
    expect(stderr).toContain('scan it a second time');
    const told = await guichet.run(['lend', SAMPLE_CARD, THIRD, 'NOPE', ...AT_DESK, '--db', db]);
    expect(told.stdout).toContain('LENT · ');
    expect(told.stderr).toContain('1 of 2 done.');
  });

  test('BLK-01, BLK-03: a block is told with its facts; --override sets it aside for the session', async () => {
    const db = await sample.copy('override');
    const refused = await guichet.json(['lend', lateCard, FIRST, ...AT_DESK, '--db', db]);
    expect(refused).toMatchObject({ status: 1, value: { outcome: 'blocked', blocks: ['PATRON_OVERDUE'] } });
    expect(refused.stderr).toMatch(/PATRON_OVERDUE · Late · .+ days late/);
    const command = [
      'lend',
      lateCard,
      FIRST,
      SECOND,
      ...AT_DESK,
      '--override',
      'patron_overdue',
      '--reason',
      'exam',
      '--db',
      db,
    ];
    expect(await guichet.json(command)).toMatchObject({
      status: 0,
      value: { lines: [{ outcome: 'lent', overridden: ['PATRON_OVERDUE'] }, { outcome: 'lent' }] },
    });
    expect(await guichet.json(['lend', lateCard, THIRD, ...AT_DESK, '--override', 'all', '--db', db])).toMatchObject({
      status: 0,
    });
  });

  test('LOAN-07: --expiry keep or shorten answers a due date after expiry', async () => {
    const card = patronIn('expires-soon');
    const lend = async (name: string, ...more: string[]) =>
      guichet.json(['lend', card, FIRST, ...AT_DESK, ...more, '--db', await sample.copy(name)]);
    expect(await lend('asked')).toMatchObject({ status: 1, value: { blocks: ['DUE_AFTER_EXPIRY'] } });
    expect(await lend('kept', '--expiry', 'keep')).toMatchObject({ status: 0, value: { due: '2026-06-22T19:00' } });
    const shortened = await lend('shortened', '--expiry', 'shorten');
    expect(shortened).toMatchObject({ status: 0, value: { outcome: 'lent', overridden: [] } });
    expect((shortened.value as { due: string }).due < '2026-06-22').toBe(true);
  });

  test('BLK-10: a fulfilment note waits for --acknowledge', async () => {
    const db = await sample.copy('note');
    const noted = SAMPLE_ITEMS.setWithNote;
    expect(await guichet.json(['lend', SAMPLE_CARD, noted, ...AT_DESK, '--db', db])).toMatchObject({
      status: 1,
      value: { outcome: 'note' },
    });
    expect(await guichet.json(['lend', SAMPLE_CARD, noted, ...AT_DESK, '--acknowledge', '--db', db])).toMatchObject({
      status: 0,
      value: { outcome: 'lent' },
    });
  });

  test('an unknown card: one sentence, UNKNOWN_PATRON, nothing lent', async () => {
    const db = await sample.copy('unknown');
    const { status, value, stderr } = await guichet.json(['lend', '999', FIRST, ...AT_DESK, '--db', db]);
    expect({ status, value }).toEqual({ status: 1, value: { fails: 'UNKNOWN_PATRON', key: '999' } });
    expect(stderr).toBe('guichet: no patron has the identifier 999: check the card.\n');
    expect(await guichet.json(['show', 'loan', FIRST, '--db', db])).toMatchObject({ value: { outcome: 'none' } });
  });
});

describe('who, and where', () => {
  test('DESK-01: without --desk the last one counts, or the only one; else one is asked for', async () => {
    const db = await sample.copy('where');
    const last = await guichet.run(['lend', SAMPLE_CARD, FIRST, '--as', 'bib', '--db', db]);
    expect(last.status).toBe(0);
    const roles = ['--role', 'operator@sci', '--role', 'operator@BUC'];
    await guichet.run(['staff', 'add', 'zoe', ...roles, '--db', db], { env: { GUICHET_PASSWORD: 'Ouvre-toi-9' } });
    const asked = await guichet.run(['lend', SAMPLE_CARD, FIRST, '--as', 'zoe', '--db', db]);
    expect(asked.status).toBe(2);
    expect(asked.stderr).toContain('say at which desk: --desk LIB/DESK');
    const nobody = await guichet.run(['lend', SAMPLE_CARD, FIRST, '--db', db]);
    expect(nobody).toMatchObject({ status: 2, stderr: 'guichet: say who acts: --as STAFF.\n' });
  });

  test('unknown accounts and desks are told', async () => {
    const db = await sample.copy('unknown-desk');
    const lend = async (...who: string[]) => guichet.run(['lend', SAMPLE_CARD, FIRST, ...who, '--db', db]);
    expect(await lend('--as', 'bob', '--desk', 'sci/PRET')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no account bob') as string,
    });
    expect(await lend('--as', 'bib', '--desk', 'sci/X')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no library or desk sci/X') as string,
    });
    expect(await lend('--as', 'bib', '--desk', 'sci/ACQ')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('a department will not do') as string,
    });
    expect(await lend('--as', 'admin', '--desk', 'sci/PRET')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(view-patrons)') as string,
    });
  });
});

describe('guichet return', () => {
  test('RET-01, RET-06: returns, says what was due and where the item goes; one that was not on loan too', async () => {
    const db = await sample.copy('return');
    await guichet.run(['lend', SAMPLE_CARD, FIRST, ...AT_DESK, '--db', db]);
    const { status, stdout } = await guichet.run(['return', FIRST, SECOND, ...AT_DESK, '--db', db]);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'RETURNED · Algèbre linéaire (37000034179) · Martin Ana · was due Mon 22 June 19:00',
      '  RESHELVE',
      expect.stringMatching(/^WAS NOT ON LOAN · .* \(37000034180\)$/) as string,
      '  RESHELVE',
      '',
    ]);
  });

  test('--json and --dated (RET-04); a date in the future is refused, and so is one that is none', async () => {
    const db = await sample.copy('dated');
    await guichet.run(['lend', SAMPLE_CARD, FIRST, ...AT_DESK, '--db', db]);
    const back = async (...more: string[]) => guichet.run(['return', FIRST, ...AT_DESK, '--db', db, ...more]);
    expect(await back('--dated', '2026-06-02T10:00')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('in the future') as string,
    });
    expect(await back('--dated', 'yesterday')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('2026-06-01T10:00') as string,
    });
    expect(await guichet.json(['return', FIRST, ...AT_DESK, '--db', db, '--dated', '2026-06-01T09:00'])).toMatchObject({
      status: 0,
      value: {
        item: FIRST,
        outcome: 'returned',
        patron: SAMPLE_CARD,
        due: '2026-06-22T19:00',
        daysLate: 0,
        next: 'reshelve',
      },
    });
    expect(await guichet.json(['return', 'NOPE', ...AT_DESK, '--db', db])).toMatchObject({
      status: 1,
      value: { fails: 'UNKNOWN_ITEM' },
    });
  });
});

describe('REL-01: two processes lend one item at the same moment', () => {
  test('one lends it, the other is told that it is on loan', async () => {
    const db = await sample.copy('race');
    const cards = [SAMPLE_CARD, patronIn('doctoral-student')];
    for (const item of [FIRST, SECOND, THIRD]) {
      const answers = await Promise.all(
        cards.map(async (card) => guichet.json(['lend', card, item, ...AT_DESK, '--db', db])),
      );
      const outcomes = answers.map(({ value }) => value as { outcome: string; blocks: string[] });
      expect(outcomes.map((one) => one.outcome).toSorted()).toEqual(['blocked', 'lent']);
      expect(outcomes.find((one) => one.outcome === 'blocked')?.blocks).toEqual(['ON_LOAN_TO_OTHER']);
    }
    expect(await guichet.json(['db', 'check', '--db', db])).toMatchObject({ status: 0, value: { sound: true } });
  });
});
