import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patronIn, SAMPLE_CARD } from '../../source/training/sample.ts';
import { openHouse } from '../../source/desk/house.ts';
import { markTraining } from '../../source/desk/networks.ts';
import { commandLine, local } from '../support/house.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const AT_DESK = ['--as', 'bib', '--desk', 'sci/PRET'];
const [FIRST, SECOND] = ['37000034179', '37000034180'];

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
});
afterAll(async () => guichet.leave());

/** A copy in which the sample's card has two loans of 1 June (due on the 22nd), and whose clock has gone on to a later moment. */
async function copyAt(name: string, later: string): Promise<string> {
  const db = await sample.copy(name);
  const lent = await guichet.run(['lend', SAMPLE_CARD, FIRST, SECOND, ...AT_DESK, '--db', db]);
  expect(lent.status).toBe(0);
  const house = openHouse(db);
  expect(await house.at(Date.now)(commandLine, markTraining, { clock: local(later) })).toEqual({ kind: 'changed' });
  await house.close();
  return db;
}

describe('guichet renew', () => {
  test('REN-08: renews the items that are named, each answering for itself', async () => {
    const db = await copyAt('named', '2026-06-17T10:00');
    const ran = await guichet.run(['renew', FIRST, ...AT_DESK, '--db', db]);
    expect(ran).toEqual({
      status: 0,
      stdout: 'RENEWED · Algèbre linéaire (37000034179) · due Wed 24 June 19:00\n',
      stderr: '',
    });
    const several = await guichet.run(['renew', FIRST, SECOND, 'NOPE', '37000034182', ...AT_DESK, '--db', db]);
    expect(several.status).toBe(1);
    expect(several.stdout).toMatch(/^RENEWED · .+ \(37000034180\) · due Wed 24 June 19:00\n$/);
    expect(several.stderr).toContain('NOT RENEWED · Algèbre linéaire (37000034179) · still due Wed 24 June 19:00');
    expect(several.stderr).toContain('DUE_DATE_UNCHANGED · ');
    expect(several.stderr).toContain('no item has the barcode NOPE');
    expect(several.stderr).toMatch(/^NOT ON LOAN · .+ \(37000034182\)$/m);
    expect(several.stderr).toContain('1 of 4 done.');
  });

  test('REN-08: --patron renews all loans of a patron; --json has the fields of the scenario step', async () => {
    const db = await copyAt('all', '2026-06-17T10:00');
    expect(await guichet.json(['renew', '--patron', SAMPLE_CARD, ...AT_DESK, '--db', db])).toMatchObject({
      status: 0,
      stderr: '',
      value: {
        outcome: 'renewed',
        lines: [
          {
            item: FIRST,
            outcome: 'renewed',
            due: '2026-06-24T19:00',
            before: '2026-06-22T19:00',
            status: 'Renewed',
            reasons: [],
            overridden: [],
          },
          { item: SECOND, outcome: 'renewed', due: '2026-06-24T19:00' },
        ],
      },
    });
    expect(await guichet.json(['renew', FIRST, ...AT_DESK, '--db', db])).toMatchObject({
      status: 1,
      value: {
        item: FIRST,
        outcome: 'refused',
        reason: 'DUE_DATE_UNCHANGED',
        due: '2026-06-24T19:00',
        status: 'Renewed',
      },
    });
    expect(await guichet.json(['renew', 'NOPE', ...AT_DESK, '--db', db])).toMatchObject({
      status: 1,
      value: { fails: 'UNKNOWN_ITEM', key: 'NOPE' },
    });
  });

  test('REN-05 REN-06: every reason in the manual’s words with who may override it, and --override', async () => {
    const db = await copyAt('override', '2026-06-23T10:00');
    const refused = await guichet.run(['renew', FIRST, ...AT_DESK, '--db', db, '--lang', 'fr']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("PATRON_OVERDUE · L'utilisateur a dépassé les limites de prêts en retard");
    expect(refused.stderr).toContain('AFTER_CLOSING · ');
    const overridden = ['renew', FIRST, ...AT_DESK, '--override', 'patron_overdue', '--reason', 'exam', '--db', db];
    expect(await guichet.json(overridden)).toMatchObject({
      status: 0,
      value: { outcome: 'renewed', due: '2026-06-29T19:00', overridden: ['PATRON_OVERDUE', 'AFTER_CLOSING'] },
    });
    const wrong = await guichet.run(['renew', FIRST, ...AT_DESK, '--override', 'LOAN_LIMIT', '--db', db]);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('--override cannot be "LOAN_LIMIT"');
  });

  test('nothing on loan, nobody known, and what is typed wrongly', async () => {
    const db = await sample.copy('nothing');
    const none = await guichet.run(['renew', '--patron', patronIn('expired'), ...AT_DESK, '--db', db]);
    expect(none).toEqual({ status: 1, stdout: '', stderr: 'This patron has nothing on loan: nothing to renew.\n' });
    const nobody = await guichet.json(['renew', '--patron', 'WHO', ...AT_DESK, '--db', db]);
    expect(nobody).toMatchObject({ status: 1, value: { fails: 'UNKNOWN_PATRON' } });
    for (const args of [[], [FIRST, '--patron', SAMPLE_CARD]]) {
      const wrong = await guichet.run(['renew', ...args, ...AT_DESK, '--db', db]);
      expect(wrong.status).toBe(2);
      expect(wrong.stderr).toContain('say what to renew');
    }
    const cataloguer = await guichet.run(['renew', FIRST, '--as', 'admin', '--desk', 'sci/PRET', '--db', db]);
    expect(cataloguer.status).toBe(1);
    expect(cataloguer.stderr).toContain('(renew)');
  });
});

describe('guichet network schema', () => {
  test('prints the JSON Schema of network files, without a database', async () => {
    const { status, stdout } = await guichet.run(['network', 'schema', '--db', 'sqlite:/nowhere/at/all.db']);
    expect(status).toBe(0);
    const schema = JSON.parse(stdout) as { $schema: string; properties: Record<string, unknown>; required: string[] };
    expect(schema.$schema).toContain('2020-12');
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['network', 'libraries', 'loanRules', 'limits']),
    );
    expect(schema.required).toContain('network');
  });
});
