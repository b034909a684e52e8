import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

const TOULOUSE = path.resolve(import.meta.dirname, '../../source/training/networks/toulouse.yaml');

let guichet: Guichet;
let text: string;
beforeAll(async () => {
  guichet = await newGuichet();
  text = await readFile(TOULOUSE, 'utf8');
});
afterAll(async () => guichet.leave());

/** Writes a network file of one's own; answers with its name. */
async function file(name: string, content: string): Promise<string> {
  await writeFile(path.join(guichet.home, name), content);
  return name;
}

describe('CONF-01: guichet network check', () => {
  test('the shipped network is valid; no database is needed', async () => {
    const { status, stdout } = await guichet.run(['network', 'check', TOULOUSE]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${TOULOUSE} is valid.\n` });
  });

  test('every error is told with its path, its line and what is allowed there', async () => {
    const wrong = text
      .replace('timeZone: Europe/Paris', 'timeZone: Europe/Tolosa')
      .replace('routing: campus', 'routing: canal')
      .replace('requestLimit: 10', 'requestLimit: many');
    const name = await file('wrong.yaml', wrong);
    const { status, stdout, stderr } = await guichet.run(['network', 'check', name]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      'guichet: wrong.yaml: 3 errors, nothing has been loaded:',
      expect.stringMatching(/^ {2}network\.timeZone \(line \d+\): "Europe\/Tolosa"; expected: a time zone/) as string,
      expect.stringMatching(/^ {2}network\.requestLimit \(line \d+\): a text; expected: a number/) as string,
      expect.stringMatching(/^ {2}network\.routing \(line \d+\): "canal"; allowed: campus, site/) as string,
    ]);
    const french = await guichet.run(['network', 'check', name, '--lang', 'fr']);
    expect(french.stderr).toContain("wrong.yaml : 3 erreurs, rien n'a été chargé :");
    expect(french.stderr).toContain('« canal » ; possible : campus, site');
    const { value } = await guichet.json(['network', 'check', name]);
    expect(value).toMatchObject({
      valid: false,
      errors: [{ path: 'network.timeZone' }, { path: 'network.requestLimit' }, { path: 'network.routing' }],
    });
  });

  test.each([
    ['no YAML', 'a: [1, 2', /is not YAML/],
    ['nothing at all', '', /is missing|expected/],
  ])('%s', async (_, content, sentence) => {
    const { status, stderr } = await guichet.run(['network', 'check', await file('broken.yaml', content)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
  });

  test('CONF-02: rows that are never read are remarks, not errors', async () => {
    const hidden = text.replace('loanRules:\n', 'loanRules:\n  - {period: 7 days}\n');
    const { status, stdout, stderr } = await guichet.run(['network', 'check', await file('hidden.yaml', hidden)]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'hidden.yaml is valid.\n' });
    expect(stderr).toMatch(/loanRules\[3\] \(line \d+\): never read: loanRules\[0\] answers before it/);
  });

  test('a file that is not there', async () => {
    expect(await guichet.run(['network', 'check', 'nope.yaml'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'guichet: the file nope.yaml does not exist.\n',
    });
  });
});

describe('CONF-01: guichet network load', () => {
  const db = ['--db', 'sqlite:network.db'];
  beforeAll(async () => {
    await guichet.run(['db', 'migrate', ...db]);
  });

  test('before anything is loaded: what to do', async () => {
    expect(await guichet.run(['network', 'show', ...db])).toMatchObject({
      status: 1,
      stderr: 'guichet: no network has been loaded: "guichet network load FILE".\n',
    });
  });

  test('a file with errors loads nothing', async () => {
    const name = await file('errors.yaml', text.replace('routing: campus', 'routing: canal'));
    expect(await guichet.run(['network', 'load', name, ...db])).toMatchObject({ status: 1, stdout: '' });
    expect(await guichet.run(['network', 'show', ...db])).toMatchObject({ status: 1 });
  });

  test('loads as a version; the same file again changes nothing; a shipped network goes by its name', async () => {
    expect(await guichet.run(['network', 'load', TOULOUSE, ...db])).toMatchObject({
      status: 0,
      stdout: 'Loaded: version 1.\n',
    });
    expect(await guichet.run(['network', 'load', 'toulouse', ...db])).toMatchObject({
      status: 0,
      stdout: 'Nothing new: version 1 says so already.\n',
    });
    expect(await guichet.json(['network', 'load', 'toulouse', ...db])).toMatchObject({
      value: { version: 1, changed: false },
    });
  });

  test('--dry-run and diff print the difference and write nothing; then the version has it', async () => {
    const name = await file('more.yaml', text.replace('requestLimit: 10', 'requestLimit: 12'));
    const line = '  ~ network.requestLimit: 10 → 12';
    for (const command of [
      ['network', 'load', name, '--dry-run'],
      ['network', 'diff', name],
    ]) {
      const { status, stdout } = await guichet.run([...command, ...db]);
      expect(status).toBe(0);
      expect(stdout.trim().split('\n')).toEqual(['1 change:', line.replace('network.', '')]);
    }
    expect(await guichet.json(['network', 'show', ...db])).toMatchObject({
      value: { version: 1, network: { requestLimit: 10 } },
    });
    await guichet.run(['network', 'load', name, ...db]);
    expect(await guichet.json(['network', 'show', ...db])).toMatchObject({
      value: { version: 2, network: { requestLimit: 12 } },
    });
    const { stdout } = await guichet.run(['network', 'show', ...db]);
    expect(stdout).toContain('(toulouse)');
    expect(stdout).toContain('sci/PRET');
    expect(stdout).toMatch(/^version 2, loaded .+\n {2}~ requestLimit: 10 → 12\nversion 1, loaded .+\n$/m);
    expect(await guichet.json(['network', 'show', ...db])).toMatchObject({
      value: {
        versions: [
          { version: 2, difference: [{ path: 'requestLimit', from: 10, to: 12 }] },
          { version: 1, difference: null },
        ],
      },
    });
  });

  test('codes that records still use are not dropped', async () => {
    const copy = ['--db', 'sqlite:in-use.db'];
    await guichet.run(['db', 'sample', ...copy]);
    const name = await file(
      'dropped.yaml',
      text
        .replace('- {code: L, name:', '- {code: LX, name:')
        .replaceAll(/group: L,/g, 'group: LX,')
        .replaceAll(/\[L, /g, '[LX, '),
    );
    const { status, value, stderr } = await guichet.json(['network', 'load', name, ...copy]);
    expect({ status, value }).toMatchObject({ status: 1, value: { fails: 'INVALID', problem: 'codes-in-use' } });
    expect(stderr).toContain('still in use: group L.');
    expect(await guichet.json(['network', 'show', ...copy])).toMatchObject({ value: { version: 1 } });
  });
});
