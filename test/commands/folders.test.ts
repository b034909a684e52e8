import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldersOf } from '../../source/commands/folders.ts';
import { openSettings } from '../../source/commands/settings.ts';
import { newGuichet } from './guichet.ts';
import type { Guichet } from './guichet.ts';

describe('where a user keeps things', () => {
  let guichet: Guichet;
  beforeAll(async () => {
    guichet = await newGuichet();
  });
  afterAll(async () => guichet.leave());

  it.each([{}, { HOME: '' }, { HOME: 'relative' }])(
    "OFF-01 REL-05 whatever the account's home is, no folder depends on where the program is started: %o",
    (env) => {
      for (const folder of Object.values(foldersOf(env))) expect(path.isAbsolute(folder)).toBe(true);
    },
  );

  it('REL-05 an empty HOME leaves nothing in the folder where the program is started', async () => {
    const cwd = await mkdtemp(path.join(tmpdir(), 'guichet-cwd-'));
    const { status } = await guichet.run(['--help'], { cwd, env: { HOME: '' } });
    expect(status).toBe(0);
    expect(await readdir(cwd)).toEqual([]);
    await rm(cwd, { recursive: true });
  });

  it('REL-03 one preference that could not be written does not keep the next from being written, and is not forgotten', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'guichet-settings-'));
    const settings = openSettings(folder);
    // What JSON cannot say cannot be written.
    settings.set('first', 1n);
    settings.set('second', 'kept');
    await expect(settings.settled()).rejects.toThrow(TypeError);
    expect(openSettings(folder).get('second')).toBe('kept');
    await rm(folder, { recursive: true });
  });
});
