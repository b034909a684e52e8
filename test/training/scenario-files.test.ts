import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario, runScenario } from '../../source/training/scenario/index.ts';
import type { ScenarioError } from '../../source/training/scenario/index.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

/** What is wrong with a text when it is read. */
function errorsIn(text: string): readonly ScenarioError[] {
  const reading = readScenario(text, 'test.yaml');
  return 'errors' in reading ? reading.errors : [];
}

const about = (errors: readonly ScenarioError[]): unknown[] =>
  errors.map(({ problem, path: at, line }) => [problem, at, line]);

describe('A bad scenario file is refused with the path and the line of every error', () => {
  it('unknown keys, steps and fields', () => {
    const text = `at: 2026-06-01T10:00
titel: Wrong
patrons:
  - {id: P1, groupe: L}
steps:
  - lennd: {patron: P1, item: B1}
  - lend: {patron: P1, itme: B1}
  - lend: {patron: P1, item: B1, override: [PATRON_TOO_NICE]}
    expects: {outcome: lent}
  - show: {patron: P1}
    return: {item: B1}
`;
    expect(about(errorsIn(text))).toEqual([
      ['unknown-key', 'titel', 2],
      ['unknown-key', 'patrons[0].groupe', 4],
      ['unknown-step', 'steps[0].lennd', 6],
      ['missing-key', 'steps[1].lend.item', 7],
      ['unknown-key', 'steps[1].lend.itme', 7],
      ['unknown-step', 'steps[2].expects', 9],
      ['not-one-step', 'steps[3]', 10],
    ]);
  });

  it('KIO-03 KIO-04 at a kiosk without who has signed in there; and somebody signed in at the desk', () => {
    const text = `at: 2026-06-01T10:00
steps:
  - renew: {item: B1, at: kiosk}
  - renew: {patron: P1, item: B1, at: kiosk}
  - renew: {patron: P1, item: B1}
  - cancel-request: {request: mine, at: kiosk}
  - cancel-request: {request: mine, patron: P1}
  - account: {}
`;
    expect(about(errorsIn(text))).toEqual([
      ['missing-key', 'steps[0].renew.patron', 3],
      ['not-one-field', 'steps[2].renew', 5],
      ['missing-key', 'steps[3].cancel-request.patron', 6],
      ['missing-key', 'steps[4].cancel-request.at', 7],
      ['missing-key', 'steps[5].account.patron', 8],
    ]);
  });

  it('what is found, and what is allowed there', () => {
    const [error] = errorsIn(
      '{at: 2026-06-01T10:00, steps: [{lend: {patron: P1, item: B1, override: [PATRON_TOO_NICE]}}]}',
    );
    expect(error).toMatchObject({ problem: 'not-one-of', path: 'steps[0].lend.override[0]', found: 'PATRON_TOO_NICE' });
    expect(error).toHaveProperty('allowed', expect.arrayContaining(['PATRON_EXPIRED', 'LOAN_LIMIT']));
    const [step] = errorsIn('{at: 2026-06-01T10:00, steps: [{borrow: {}}]}');
    expect(step).toHaveProperty('allowed', expect.arrayContaining(['lend', 'renew', 'sign-in']));
  });

  it.each([
    ['no time', '{steps: []}', 'missing-key', 'at'],
    ['a time that does not exist', '{at: 2026-02-30T10:00}', 'not-a-local-time', 'at'],
    ['a day where a time belongs', '{at: 2026-06-01}', 'not-a-local-time', 'at'],
    [
      'a wrong day',
      '{at: 2026-06-01T10:00, patrons: [{id: P1, expiry: 30/10/2027}]}',
      'bad-format',
      'patrons[0].expiry',
    ],
    [
      'a late return without end',
      '{at: 2026-06-01T10:00, patrons: [{id: P1, blocks: [{type: LATE_RETURN}]}]}',
      'missing-key',
      'patrons[0].blocks[0].until',
    ],
    [
      'an unknown block',
      '{at: 2026-06-01T10:00, patrons: [{id: P1, blocks: [{type: LATE}]}]}',
      'not-one-of',
      'patrons[0].blocks[0].type',
    ],
    [
      'an unknown process',
      '{at: 2026-06-01T10:00, items: [{barcode: B, process: GONE}]}',
      'not-one-of',
      'items[0].process',
    ],
    ['an unknown role', '{at: 2026-06-01T10:00, staff: [{id: bib, role: boss}]}', 'not-one-of', 'staff[0].role'],
    [
      'an unknown typed error',
      '{at: 2026-06-01T10:00, steps: [{done: {}, fails: OOPS}]}',
      'not-one-of',
      'steps[0].fails',
    ],
    ['rules about nothing', '{at: 2026-06-01T10:00, steps: [{rules: {group: L}}]}', 'not-one-field', 'steps[0].rules'],
    [
      'rules about two things',
      '{at: 2026-06-01T10:00, steps: [{rules: {item: B, location: sci/63S}}]}',
      'not-one-field',
      'steps[0].rules',
    ],
    [
      'show of two things',
      '{at: 2026-06-01T10:00, steps: [{show: {item: B, patron: P}}]}',
      'not-one-field',
      'steps[0].show',
    ],
    [
      'expect without fields',
      '{at: 2026-06-01T10:00, steps: [{done: {}, expect: lent}]}',
      'wrong-type',
      'steps[0].expect',
    ],
    ['a step without a step', '{at: 2026-06-01T10:00, steps: [{expect: {outcome: lent}}]}', 'not-one-step', 'steps[0]'],
    ['no map at all', 'just a text', 'wrong-type', ''],
    ['no YAML', '{at: [', 'not-yaml', ''],
    ['a key twice', '{at: 2026-06-01T10:00, at: 2026-06-01T10:00}', 'duplicate-key', 'at'],
  ])('%s', (_, text, problem, at) => {
    expect(errorsIn(text)).toEqual(expect.arrayContaining([expect.objectContaining({ problem, path: at })]));
  });

  it('reads what is right, with numbers where texts are meant', () => {
    const reading = readScenario(
      '{at: 2026-06-01T10:00, steps: [{lend: {patron: 9921000000164, item: 37000034179}}, {done: }]}',
      'a.yaml',
    );
    expect(reading).toMatchObject({
      scenario: {
        title: 'a.yaml',
        network: 'toulouse',
        steps: [
          { number: 1, name: 'lend', fields: { patron: '9921000000164', item: '37000034179' } },
          { name: 'done' },
        ],
      },
    });
  });
});

describe('What strangers write (spec 8)', () => {
  it('texts that look like numbers stay what is written; anchors, also merged; a code alone', () => {
    const reading = readScenario(
      `at: 2026-06-01 10:00:00
patrons:
  - &ana {id: 00042, name: 007, group: L}
  - {<<: *ana, id: 37000034179000012345}
items: [{barcode: 0x1F}, {barcode: 1e5}, {barcode: 12}]
steps:
  - lend: {patron: 00042, item: 0x1F, override: PATRON_OVERDUE}
  - renew: {item: 0x1F, override: all}
`,
      'a.yaml',
    );
    expect(reading).toMatchObject({
      scenario: {
        patrons: [
          { id: '00042', name: '007' },
          { id: '37000034179000012345', name: '007', group: 'L' },
        ],
        items: [{ barcode: '0x1F' }, { barcode: '1e5' }, { barcode: '12' }],
        steps: [
          { fields: { patron: '00042', item: '0x1F', override: ['PATRON_OVERDUE'] } },
          { fields: { override: 'all' } },
        ],
      },
    });
  });

  it('tells what is wrong with the other steps beside one that is no step at all', () => {
    const text = `at: 2026-06-01T10:00
steps:
  - just text
  - lend: {patron: P1}
`;
    expect(about(errorsIn(text))).toEqual([
      ['wrong-type', 'steps[0]', 3],
      ['missing-key', 'steps[1].lend.item', 4],
    ]);
  });

  it('two documents in one file: no advice for programmers', () => {
    const [error] = errorsIn('at: 2026-06-01T10:00\n---\nat: 2026-06-01T10:00\n');
    expect(error).toMatchObject({ problem: 'not-yaml', line: 2, detail: 'Source contains multiple documents' });
  });
});

/** What is wrong with a text when its scene is set. */
const errorsOf = async (text: string, directory = tmpdir()): Promise<readonly ScenarioError[]> =>
  onDatabase(oneKind(), async ({ house }) => {
    const result = await runScenario(text, { name: 'test.yaml', directory, house });
    return result.kind === 'unreadable' ? result.errors : [];
  });

describe('A scene that the network does not allow', () => {
  it.each([
    ['patrons: [{id: P1, group: ELF}]', 'unknown-code', 'patrons[0].group', 2],
    ['patrons: [{id: P1}, {id: P2, campus: ELF}]', 'unknown-code', 'patrons[1].campus', 2],
    ['items: [{barcode: B1, location: sci/ATTIC}]', 'unknown-code', 'items[0].location', 2],
    ['items: [{barcode: B1, material: CLAY}]', 'unknown-code', 'items[0].material', 2],
    ['items: [{barcode: B1, policy: P0}]', 'unknown-code', 'items[0].policy', 2],
    ['items: [{barcode: B1}, {barcode: b1}]', 'refused-by-desk', 'items[1].barcode', 2],
    ['patrons: [{id: P1}, {id: p1}]', 'refused-by-desk', 'patrons[1].id', 2],
    ['as: nobody', 'unknown-in-scene', 'as', 2],
    ['desk: sci/ATTIC', 'unknown-in-scene', 'desk', 2],
    ['staff: [{id: x, role: operator, libraries: [moon]}]', 'unknown-in-scene', 'staff[0].libraries', 2],
    ['network: atlantis.yaml', 'unreadable-network', 'network', 2],
    ['with: {libraries: [{code: sci, hours: {mon-sun: never}}]}', 'network-errors', 'with', 2],
  ])('%s', async (line, problem, at, number) => {
    const errors = await errorsOf(`at: 2026-06-01T10:00\n${line}\n`);
    expect(errors).toEqual([expect.objectContaining({ problem, path: at, line: number })]);
  });

  it('finds a network file beside the scenario, and names what is wrong in it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'guichet-'));
    try {
      writeFileSync(path.join(folder, 'net.yaml'), 'network: {code: x, name: X, timeZone: Mars}\n');
      const errors = await errorsOf('{network: net.yaml, at: 2026-06-01T10:00}', folder);
      expect(errors).toMatchObject([
        {
          problem: 'network-errors',
          path: 'network',
          errors: expect.arrayContaining([expect.objectContaining({ path: 'network.timeZone' })]),
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
