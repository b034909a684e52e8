import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BIN, newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

let guichet: Guichet;
let clone: string;
let oldNode: string;

/** A clone without packages, and a Node that says it is old: what a newcomer may have. */
beforeAll(async () => {
  guichet = await newGuichet();
  clone = path.join(guichet.home, 'clone');
  await mkdir(path.join(clone, 'bin'), { recursive: true });
  await cp(BIN, path.join(clone, 'bin', 'guichet.js'));
  await writeFile(path.join(clone, 'package.json'), '{"version": "0.0.1", "type": "module"}');
  oldNode = path.join(guichet.home, 'old-node.cjs');
  await writeFile(oldNode, "Object.defineProperty(process.versions, 'node', { value: '20.11.1' });\n");
});
afterAll(async () => guichet.leave());

const onOldNode = (): readonly [string, ...string[]] => [
  process.execPath,
  '-r',
  oldNode,
  path.join(clone, 'bin', 'guichet.js'),
];

/** Puts a program where `npm ci` puts the pinned Node; it is called as `node -r OLD BIN ARGUMENTS…`. */
async function pin(script: string): Promise<void> {
  const folder = path.join(clone, 'node_modules', 'node', 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'node'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(folder, 'node'), 0o755);
}

describe('bin/guichet.js', () => {
  test('before the program is built: one sentence that says what to run, in both languages', async () => {
    const command = [process.execPath, path.join(clone, 'bin', 'guichet.js')] as const;
    const english = await guichet.run(['doctor'], { command });
    expect(english).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('run "npm run build" in ') as string,
    });
    const french = await guichet.run(['doctor', '--lang', 'fr'], { command });
    expect(french.stderr).toContain('lancez « npm run build » dans ');
  });

  test('an old Node without the pinned one is refused in one sentence, in both languages; --version answers all the same', async () => {
    const english = await guichet.run(['doctor'], { command: onOldNode() });
    expect(english).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Node 22.13 or later is needed and this one is 20.11.1') as string,
    });
    expect(english.stderr.trim().split('\n')).toHaveLength(1);
    const french = await guichet.run(['doctor'], { command: onOldNode(), env: { LANG: 'fr_FR.UTF-8' } });
    expect(french.stderr).toContain('Node 22.13 ou plus récent est nécessaire et celui-ci est 20.11.1');
    expect(await guichet.run(['--version'], { command: onOldNode() })).toEqual({
      status: 0,
      stdout: '0.0.1\n',
      stderr: '',
    });
  });

  test('an old Node hands over to the pinned one: arguments, output and exit status are its own', async () => {
    await pin('shift 3; echo "handed: $*"; echo trouble >&2; exit 7');
    expect(await guichet.run(['lend', 'P 1', 'B1'], { command: onOldNode() })).toEqual({
      status: 7,
      stdout: 'handed: lend P 1 B1\n',
      stderr: 'trouble\n',
    });
  });

  test('a signal reaches the one that has taken over, and is its end', async () => {
    await pin("trap 'echo told; exit 9' TERM; echo ready; while :; do sleep 0.05; done");
    const [program, ...args] = onOldNode();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const seen: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen.push(text);
      if (text.includes('ready')) child.kill('SIGTERM');
    });
    const [status] = (await once(child, 'close')) as [number | null];
    expect({ status, said: seen.join('') }).toEqual({ status: 9, said: 'ready\ntold\n' });
  });

  test('the one that has taken over ends with the one that handed over, even when that one is killed', async () => {
    await mkdir(path.join(clone, 'dist'), { recursive: true });
    const endless =
      "export const main = async () => { process.on('exit', () => undefined); console.log(process.pid); setInterval(() => undefined, 1000); };\n";
    await writeFile(path.join(clone, 'dist', 'main.js'), endless);
    await pin(`shift 2; exec "${process.execPath}" "$@"`);
    const [program, ...args] = onOldNode();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.setEncoding('utf8').on('data', () => child.kill('SIGKILL'));
    // The pipe closes when the last of the two that hold it has ended.
    await once(child.stdout, 'close');
    const [, signal] =
      child.exitCode === null && child.signalCode === null
        ? ((await once(child, 'exit')) as [null, string])
        : [null, child.signalCode];
    expect(signal).toBe('SIGKILL');
  });
});
