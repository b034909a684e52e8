import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../support/databases.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

let guichet: Guichet;
beforeAll(async () => {
  guichet = await newGuichet();
});
afterAll(async () => guichet.leave());

/** The example of spec 8. */
const EXAMPLE = `title: A late return suspends the patron, grace deducted
rules: [PEN-02, PEN-03, PEN-05]
network: toulouse
with:
  libraries:
    - code: sci
      closures: [{from: 2026-07-14}]
at: 2026-06-01T10:00
as: bib
desk: sci/PRET
patrons: [{id: P1, name: Martin, firstName: Ana, group: L, expiry: 2027-10-30, email: ana@example.org}]
items:   [{barcode: B1, title: Algèbre, location: sci/63S, material: BOOK}]
steps:
  - lend: {patron: P1, item: B1}
    expect: {outcome: lent, due: 2026-06-22T19:00}
  - advance: 2026-06-30T11:00
  - return: {item: B1}
    expect: {outcome: returned, daysLate: 8, blockedUntil: 2026-07-05, next: reshelve}
  - lend: {patron: P1, item: B1}
    expect: {outcome: blocked, blocks: [PATRON_BLOCK_LATE_RETURN]}
  - lend: {patron: P1, item: B1, override: [PATRON_BLOCK_LATE_RETURN]}
    expect: {outcome: lent}
`;

async function file(name: string, content: string): Promise<string> {
  await writeFile(path.join(guichet.home, name), content);
  return name;
}

describe('guichet scenario run', () => {
  test('PEN-02, PEN-03, PEN-05: the example of the specification passes', async () => {
    const name = await file('example.yaml', EXAMPLE);
    const { status, stdout, stderr } = await guichet.run(['scenario', 'run', name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('PASSED  A late return suspends the patron, grace deducted (5 steps)\n1 passed, 0 failed\n');
    expect(await guichet.json(['scenario', 'run', name])).toMatchObject({
      status: 0,
      value: { passed: 1, failed: 0, scenarios: [{ passed: true }] },
    });
  });

  test('a file as editors of Windows write it: a byte order mark, CRLF, also UTF-16', async () => {
    const lines = EXAMPLE.replaceAll('\n', '\r\n');
    for (const [name, bytes] of Object.entries({
      'bom.yaml': Buffer.from(`\uFEFF${lines}`),
      'unicode.yaml': Buffer.from(`\uFEFF${lines}`, 'utf16le'),
    })) {
      await writeFile(path.join(guichet.home, name), bytes);
      const { status, stderr } = await guichet.run(['scenario', 'run', name]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });

  test('with one figure changed it fails with the step, the expected and the actual value', async () => {
    const name = await file('changed.yaml', EXAMPLE.replace('daysLate: 8', 'daysLate: 9'));
    const { status, stdout, stderr } = await guichet.run(['scenario', 'run', name]);
    expect(status).toBe(1);
    expect(stdout).toBe('0 passed, 1 failed\n');
    expect(stderr.trim().split('\n')).toEqual([
      'FAILED  A late return suspends the patron, grace deducted',
      '  step 3, return (line 17)',
      '    daysLate: expected 9, got 8',
    ]);
    const french = await guichet.run(['scenario', 'run', name, '--lang', 'fr']);
    expect(french.stderr).toContain('daysLate : attendu 9, obtenu 8');
  });

  test('a step that fails without an expectation, an error that does not come, one that nobody expects', async () => {
    const name = await file(
      'failing.yaml',
      `${EXAMPLE}  - lend: {patron: P1, item: NOPE}
  - show: {patron: P1}
    fails: UNKNOWN_PATRON
  - show: {item: NOPE}
`,
    );
    const { status, stderr } = await guichet.run(['scenario', 'run', name]);
    expect(status).toBe(1);
    expect(stderr).toContain('step 6, lend');
    expect(stderr).toContain('should have succeeded, got {"outcome":"refused"');
    expect(stderr).toContain('error UNKNOWN_PATRON expected');
    expect(stderr).toContain('no error expected, got {"fails":"UNKNOWN_ITEM"');
  });

  test('several files are played one after the other, each in a database of its own; one that fails fails the command', async () => {
    const good = await file('good.yaml', EXAMPLE);
    const bad = await file('bad.yaml', EXAMPLE.replace('outcome: returned', 'outcome: lost'));
    const { status, stdout } = await guichet.run(['scenario', 'run', good, bad, good]);
    expect(status).toBe(1);
    expect(stdout).toContain('2 passed, 1 failed');
  });

  test('a file with errors: every one with its path and its line, nothing played', async () => {
    const name = await file(
      'broken.yaml',
      EXAMPLE.replace('at: 2026-06-01T10:00', 'at: noon')
        .replace('- advance:', '- advnce:')
        .replace('group: L,', 'grop: L,'),
    );
    const { status, stderr } = await guichet.run(['scenario', 'run', name]);
    expect(status).toBe(1);
    expect(stderr).toContain('broken.yaml is not a valid scenario:');
    expect(stderr).toMatch(/^ {2}at \(line 8\): "noon" is not a local date and time/m);
    expect(stderr).toMatch(/^ {2}patrons\[0\]\.grop \(line 11\): there is no key "grop"; allowed: id, name/m);
    expect(stderr).toMatch(/^ {2}steps\[1\]\.advnce \(line 16\): there is no step "advnce"; allowed: at, advance/m);
  });

  test('a network with errors, people in no group of it, a desk that is not there', async () => {
    const run = async (name: string, content: string) =>
      (await guichet.run(['scenario', 'run', await file(name, content)])).stderr;
    expect(await run('network.yaml', EXAMPLE.replace('code: sci\n', 'code: sci\n      routing: x\n'))).toMatch(
      /with \(line \d+\): the network has errors:\n {4}libraries\[\d+\]\.routing/,
    );
    expect(await run('lost.yaml', EXAMPLE.replace('network: toulouse', 'network: nowhere'))).toContain(
      '"nowhere" is neither a shipped network nor a file',
    );
    expect(await run('desk.yaml', EXAMPLE.replace('desk: sci/PRET', 'desk: sci/NO'))).toContain(
      'no place "sci/NO"; allowed: ',
    );
    expect(await run('group.yaml', EXAMPLE.replace('group: L,', 'group: NO,'))).toContain(
      'no user group "NO"; allowed: L, M, D',
    );
  });

  test('a file that is not there', async () => {
    expect(await guichet.run(['scenario', 'run', 'nope.yaml'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'guichet: the file nope.yaml does not exist.\n',
    });
  });
});

describe('guichet scenario run --db', () => {
  test.each(databases.map((one) => [one.name, one] as const))(
    '%s: plays in an empty database, and touches none that is not',
    async (_, { createEmpty }) => {
      const database = await createEmpty();
      try {
        const name = await file('on-a-database.yaml', EXAMPLE);
        expect(await guichet.run(['scenario', 'run', name, '--db', database.url])).toMatchObject({ status: 0 });
        const [before] = await database.sql<{ n: number | string }>('select count(*) as n from events');
        const again = await guichet.run(['scenario', 'run', name, '--db', database.url]);
        expect(again).toMatchObject({
          status: 1,
          stdout: '',
          stderr: expect.stringContaining(
            'is not empty: give an empty database; nothing in it has been touched.',
          ) as string,
        });
        expect((await database.sql<{ n: number | string }>('select count(*) as n from events'))[0]).toEqual(before);
      } finally {
        await database.drop();
      }
    },
  );

  test('one scenario at a time', async () => {
    const name = await file('one.yaml', EXAMPLE);
    expect(await guichet.run(['scenario', 'run', name, name, '--db', 'sqlite:scenes.db'])).toMatchObject({ status: 2 });
    await expect(readFile(path.join(guichet.home, 'scenes.db'))).rejects.toThrow('ENOENT');
  });
});
