import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../../source/desk/house.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { commandLine } from '../support/house.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet } from './guichet.ts';

let guichet: Guichet;
let db: string;
beforeAll(async () => {
  guichet = await newGuichet();
  db = await (await newSample(guichet)).copy('clearance');
  const house = openHouse(db);
  for (const [id, email] of [
    ['Q1', 'ana@example.org'],
    ['Q2', null],
  ] as const) {
    const patron = {
      lastName: 'Martin',
      firstName: 'Ana',
      group: 'M',
      email,
      identifiers: [{ type: 'PRIMARY', value: id }],
    };
    expect(await house.at(Date.now)(commandLine, addPatron, patron)).toMatchObject({ kind: 'added' });
  }
  await house.close();
});
afterAll(async () => guichet.leave());

const seat = ['--as', 'bib', '--desk', 'sci/PRET'];

describe('guichet lend PATRON quitus', () => {
  test('QUI-02 gives a clearance, once', async () => {
    const given = await guichet.run(['lend', 'Q1', 'quitus', ...seat, '--db', db]);
    expect(given).toMatchObject({ status: 0, stdout: 'CLEARANCE ISSUED · letter to ana@example.org\n' });
    const again = await guichet.run(['lend', 'Q1', 'QUITUS', ...seat, '--db', db]);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('NO CLEARANCE\n  ALREADY_ISSUED · a clearance was issued already');
    expect(await guichet.json(['show', 'patron', 'Q1', '--db', db])).toMatchObject({
      value: { blocks: ['PATRON_BLOCK_QUITUS'], loans: 0 },
    });
  });

  test('QUI-01 as JSON, with what is missing', async () => {
    const lent = await guichet.json(['lend', 'Q2', '37000034179', ...seat, '--db', db]);
    expect(lent).toMatchObject({ status: 0, value: { outcome: 'lent' } });
    expect(await guichet.json(['lend', 'Q2', 'quitus', ...seat, '--db', db])).toMatchObject({
      status: 1,
      value: { patron: 'Q2', item: 'quitus', outcome: 'refused', reasons: ['OPEN_LOANS'] },
    });
  });
});
