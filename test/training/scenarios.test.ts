import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../source/training/scenario/index.ts';
import type { ScenarioResult, StepFailure } from '../../source/training/scenario/index.ts';
import { databases } from '../support/databases.ts';
import type { DatabaseUnderTest } from '../support/databases.ts';
import { oneKind, onDatabase } from './on-a-database.ts';

const FOLDER = new URL('../scenarios/', import.meta.url).pathname;
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const textOf = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8');

/** Plays a text on a database of its own, which is sound afterwards whatever became of the scenario. */
async function play(kind: DatabaseUnderTest, text: string, name = 'test.yaml'): Promise<ScenarioResult> {
  return onDatabase(kind, async ({ house }) => {
    const result = await runScenario(text, { name, directory: FOLDER, house });
    expect(await house.check()).toEqual([]);
    return result;
  });
}

/** What failed, by the step's number and name. */
function failuresOf(result: ScenarioResult): (StepFailure & { step: string })[] {
  if (result.kind === 'unreadable') throw new Error(JSON.stringify(result.errors));
  return result.steps.flatMap(({ number, name, failures }) =>
    failures.map((one) => ({ step: `${number} ${name}`, ...one })),
  );
}

describe.each(databases)('Every scenario passes on $name', (database) => {
  it.each(FILES)('%s', async (name) => {
    const result = await play(database, textOf(name), name);
    expect(failuresOf(result)).toEqual([]);
    expect(result).toMatchObject({ kind: 'played', passed: true });
  });
});

const sqlite = oneKind();

const EXAMPLE = textOf('late-return.yaml');

describe('The example of spec 8 fails where one figure in it is changed', () => {
  it.each([
    ['due: 2026-06-22T19:00', 'due: 2026-06-22T18:00', '1 lend', 'due', '2026-06-22T18:00', '2026-06-22T19:00'],
    ['due: 2026-06-22T19:00', 'due: 2026-06-23', '1 lend', 'due', '2026-06-23', '2026-06-22T19:00'],
    ['daysLate: 8', 'daysLate: 9', '3 return', 'daysLate', 9, 8],
    ['blockedUntil: 2026-07-05', 'blockedUntil: 2026-07-06', '3 return', 'blockedUntil', '2026-07-06', '2026-07-05'],
    ['next: reshelve', 'next: transit', '3 return', 'next', 'transit', 'reshelve'],
    ['outcome: blocked', 'outcome: refused', '4 lend', 'outcome', 'refused', 'blocked'],
    ['blocks: [PATRON_BLOCK_LATE_RETURN]', 'blocks: []', '4 lend', 'blocks', [], ['PATRON_BLOCK_LATE_RETURN']],
    [
      'blocks: [PATRON_BLOCK_LATE_RETURN]',
      'blocks: [PATRON_OVERDUE]',
      '4 lend',
      'blocks[0]',
      'PATRON_OVERDUE',
      'PATRON_BLOCK_LATE_RETURN',
    ],
  ])('%s → %s', async (from, to, step, path, expected, actual) => {
    expect(EXAMPLE).toContain(from);
    const result = await play(sqlite, EXAMPLE.replace(from, to));
    expect(result.passed).toBe(false);
    expect(failuresOf(result)).toEqual([{ step, kind: 'mismatch', path, expected, actual }]);
  });

  it('and where the story itself is changed: a day later, one day more', async () => {
    const result = await play(sqlite, EXAMPLE.replace('advance: 2026-06-30', 'advance: 2026-07-01'));
    expect(failuresOf(result).map(({ step, path, actual }) => [step, path, actual])).toEqual([
      ['3 return', 'daysLate', 9],
      ['3 return', 'blockedUntil', '2026-07-07'],
    ]);
  });
});

const scene = (steps: string): string =>
  `{network: toulouse, at: 2026-06-01T10:00, desk: sci/PRET, patrons: [{id: P1}, {id: P2}],
    items: [{barcode: B1}, {barcode: EXC, policy: EXC}, {barcode: SET, note: 3 discs}], steps: [${steps}]}`;

describe('A step that says nothing of what it expects must succeed', () => {
  it('blocked, refused and note are no success', async () => {
    const steps = [
      'lend: {patron: P1, item: EXC}',
      'lend: {patron: P1, item: SET}',
      'lend: {patron: P1, item: B1}',
      'return: {item: B1, within: P2}',
      'return: {item: B1}',
    ];
    const failures = failuresOf(await play(sqlite, scene(steps.map((one) => `{${one}}`).join(', '))));
    expect(failures.map(({ step, kind, path }) => [step, kind, path])).toEqual([
      ['1 lend', 'not-done', 'outcome'],
      ['2 lend', 'not-done', 'outcome'],
      ['4 return', 'not-done', 'outcome'],
    ]);
    expect(failures[0]?.actual).toMatchObject({ outcome: 'blocked', blocks: ['NOT_LOANABLE'] });
  });

  it('nor is a typed error, with or without `expect`', async () => {
    const failures = failuresOf(
      await play(sqlite, scene('{return: {item: B9}}, {return: {item: B9}, expect: {outcome: returned}}')),
    );
    expect(failures.map(({ step, kind, actual }) => [step, kind, actual])).toEqual([
      ['1 return', 'error', { fails: 'UNKNOWN_ITEM', key: 'B9' }],
      ['2 return', 'error', { fails: 'UNKNOWN_ITEM', key: 'B9' }],
    ]);
  });

  it('`fails` wants its own error: another one, or success, is a failure', async () => {
    const steps = '{lend: {patron: P1, item: B1}, fails: UNKNOWN_ITEM}, {return: {item: B9}, fails: UNKNOWN_PATRON}';
    const failures = failuresOf(await play(sqlite, scene(steps)));
    expect(failures).toEqual([
      { step: '1 lend', kind: 'no-error', path: 'fails', expected: 'UNKNOWN_ITEM', actual: 'lent' },
      { step: '2 return', kind: 'no-error', path: 'fails', expected: 'UNKNOWN_PATRON', actual: 'UNKNOWN_ITEM' },
    ]);
  });
});

describe('A scene', () => {
  it('brings an item into every process type, so that the data stays sound', async () => {
    const processes = ['MISSING', 'ACQ', 'WORK_ORDER_DEPARTMENT', 'TRANSIT', 'LOAN', 'HOLDSHELF', 'LOST_LOAN'];
    const items = processes.map((one) => `{barcode: ${one}, process: ${one}}`);
    const steps = processes.map((one) => `{show: {item: ${one}}, expect: {process: ${one}}}`);
    const text = `{at: 2026-06-01T10:00, desk: sci/PRET, items: [${items.join(', ')}], steps: [${steps.join(', ')}]}`;
    expect(failuresOf(await play(sqlite, text))).toEqual([]);
  });

  it('gives people and items what they need where the file says nothing, and takes `null` at its word', async () => {
    const text = `
at: 2028-02-29T10:00
desk: MAN/PRET
patrons: [{id: 9921000000900}, {id: P2, expiry: null, group: null, identifiers: [{type: BARCODE, value: 0042}]}]
items: [{barcode: 37000099999}]
steps:
  - show: {patron: 9921000000900}
    expect: {id: 9921000000900, name: 9921000000900, group: L, expiry: 2029-02-28, status: active}
  - show: {patron: P2}
    expect: {expiry: {absent: true}, group: {absent: true}}
  - show: {item: 37000099999}
    expect: {title: 37000099999, location: MAN/SAL, material: BOOK}
`;
    expect(failuresOf(await play(sqlite, text))).toEqual([]);
  });

  it('has an operator of every library even where it takes the name `bib` for somebody else', async () => {
    const text = `
at: 2026-06-01T10:00
staff: [{id: bib, role: cataloguer}]
patrons: [{id: P1}]
items: [{barcode: B1}]
steps:
  - lend: {patron: P1, item: B1}
  - as: bib
  - return: {item: B1}
    fails: NOT_PERMITTED
`;
    expect(failuresOf(await play(sqlite, text))).toEqual([]);
  });
});
