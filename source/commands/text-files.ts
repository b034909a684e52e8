import { readFileSync } from 'node:fs';
import type { Context } from './context.ts';
import { refused } from './failure.ts';

/** What an editor of Windows calls *Unicode*: YAML may be written in it too. */
const UTF_16 = { '\u00FF\u00FE': 'utf-16le', '\u00FE\u00FF': 'utf-16be' } as const;

function decoded(bytes: Buffer): string {
  const mark = bytes.toString('latin1', 0, 2);
  const encoding = Object.entries(UTF_16).find(([begins]) => begins === mark)?.[1];
  return encoding === undefined ? bytes.toString('utf8') : new TextDecoder(encoding).decode(bytes);
}

/** The text of a file. Throws Failure where there is none, or none that may be read. */
export function readTextFile({ words }: Pick<Context, 'words'>, file: string): string {
  const { refusal } = words.commands;
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    throw refused(missing ? refusal.noFile(file) : refusal.notReadable(file));
  }
}
