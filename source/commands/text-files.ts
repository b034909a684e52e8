import { readFileSync } from 'node:fs';
import type { Context } from './context.ts';
import { refused } from './failure.ts';

/** The text of a file. Throws Failure where there is none, or none that may be read. */
export function readTextFile({ words }: Pick<Context, 'words'>, file: string): string {
  const { refusal } = words.commands;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    throw refused(missing ? refusal.noFile(file) : refusal.notReadable(file));
  }
}
