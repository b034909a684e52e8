import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedNetworkText } from '../../source/training/networks/index.ts';
import { SAMPLE_CARD } from '../../source/training/sample.ts';
import { newGuichet, newSample } from './guichet.ts';
import type { Guichet, Sample } from './guichet.ts';

const ITEM = '37000034179';

let guichet: Guichet;
let sample: Sample;
beforeAll(async () => {
  guichet = await newGuichet();
  sample = await newSample(guichet);
});
afterAll(async () => guichet.leave());

describe('guichet rules', () => {
  test('CONF-03: three tabs, in both languages: the row and what it asks for, later rows, the due date step by step', async () => {
    const command = ['rules', '--patron', SAMPLE_CARD, '--item', ITEM, '--db', await sample.copy('tabs')];
    const english = await guichet.run(command);
    expect(english).toMatchObject({ status: 0, stderr: '' });
    expect(english.stdout.replaceAll(/[Rr]ow \d+/g, 'row')).toBe(
      [
        'Loan',
        '  row of the loan rules (version 1):',
        '    for: location sci/63S · user group L, L-UT1, FC',
        '    loan 21 days, 28 days at the most with renewals · renewable: 7 days from the day of the renewal · may be requested',
        '  Lent now, the item would be due:',
        '    Monday 1 June 2026 + 21 days = Monday 22 June 2026',
        '    closing hour: Mon 22 June 19:00',
        '    = Mon 22 June 19:00',
        '  Later rows would have said:',
        '    row: loan 21 days, 42 days at the most with renewals · renewable: 21 days from the day of the renewal · may be requested',
        'Request',
        '  row of the loan rules (version 1):',
        '    for: location sci/63S · user group L, L-UT1, FC',
        '    may be requested',
        '  10 requests at the most per patron, over the whole network',
        'Late',
        '  grace: 3 days',
        '  1 day of suspension per day late, grace deducted',
        '  notices, cycle 1: D−3, D, D+7, D+14, D+21, bill D+28',
        '',
      ].join('\n'),
    );
    const french = await guichet.run([...command, '--lang', 'fr']);
    expect(french.stdout).toMatch(
      /^Prêt\n {2}Ligne \d+ des règles de prêt \(version 1\) :\n {4}pour : localisation sci\/63S/,
    );
    expect(french.stdout).toContain('lundi 1 juin 2026 + 21 jours = lundi 22 juin 2026');
    expect(french.stdout).toContain('\nDemande\n');
    expect(french.stdout).toContain('\nRetard\n  délai de grâce : 3 jours\n');
  });

  test('CONF-03 CONF-01: another row in the network file, loaded, changes the answer and shows in the difference', async () => {
    const db = await sample.copy('changed');
    const command = ['rules', '--patron', SAMPLE_CARD, '--item', ITEM, '--db', db];
    const before = await guichet.json(command);
    expect(before).toMatchObject({
      status: 0,
      value: {
        period: '21 days',
        due: '2026-06-22T19:00',
        matched: {
          table: 'loanRules',
          location: 'sci/63S',
          group: ['L', 'L-UT1', 'FC'],
          period: '21 days',
          max: '28 days',
        },
        steps: [
          { step: 'period', from: '2026-06-01', period: '21 days', to: '2026-06-22' },
          { step: 'closing', day: '2026-06-22', at: '2026-06-22T19:00' },
        ],
        later: [{ period: '21 days', max: '42 days' }],
        late: { grace: 3, daysPerDayLate: 1, cycle: { code: 1, courtesy: 3 } },
        version: 1,
      },
    });
    const { row } = (before.value as { matched: { row: number } }).matched;
    const file = path.join(guichet.home, 'network.yaml');
    const line = '{location: sci/63S, group: [L, L-UT1, FC], period: 21 days, max: 28 days}';
    const text = shippedNetworkText('toulouse') ?? '';
    expect(text).toContain(line);
    await writeFile(
      file,
      text.replace(line, '{location: sci/63S, group: [L, L-UT1, FC], period: 20 days, max: 30 days}'),
    );
    const difference = await guichet.json(['network', 'diff', file, '--db', db]);
    expect(difference).toMatchObject({ status: 0, value: { count: 1 } });
    expect(difference.value).toMatchObject({ lines: [{ path: expect.stringContaining(`loanRules[${row - 1}]`) }] });
    expect(await guichet.json(['network', 'load', file, '--db', db])).toMatchObject({
      status: 0,
      value: { version: 2, changed: true },
    });
    expect(await guichet.json(command)).toMatchObject({
      value: {
        due: '2026-06-22T19:00',
        period: '20 days',
        matched: { row, period: '20 days', max: '30 days' },
        steps: [
          { step: 'period', to: '2026-06-21' },
          { step: 'closed', day: '2026-06-21', because: 'weekly', to: '2026-06-22' },
          { step: 'closing' },
        ],
        version: 2,
      },
    });
  });
});
