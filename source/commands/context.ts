import type { CommandName } from '../language/command-words.ts';
import { printable } from '../language/printable.ts';
import type { Language } from '../language/index.ts';
import type { Words } from '../language/words.ts';
import type { Status } from './failure.ts';
import type { Folders } from './folders.ts';
import type { Machine } from './machine.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';

/** What a command works with. */
export type Context = {
  readonly machine: Machine;
  readonly folders: Folders;
  readonly settings: Settings;
  readonly language: Language;
  readonly words: Words;
  readonly command: CommandName;
  /** The arguments after the command's name. */
  readonly input: readonly string[];
  readonly options: Options;
};

/** What a command is: it prints, and answers with its exit status. Throws Failure and DatabaseAway. */
export type Run = (context: Context) => Promise<Status>;

/** Prints a line on standard output; whatever comes from data in it is made safe to show (REL-06). */
export function print({ machine }: Pick<Context, 'machine'>, line: string): void {
  machine.stdout.write(`${printable(line)}\n`);
}

/** Prints a line on standard error, likewise. */
export function complain({ machine }: Pick<Context, 'machine'>, line: string): void {
  machine.stderr.write(`${printable(line)}\n`);
}

/** Prints the one JSON document of `--json`; what a terminal might obey in it is escaped, which JSON itself does not do. */
export function printJson({ machine }: Pick<Context, 'machine'>, value: unknown): void {
  const text = JSON.stringify(value, null, 2).replaceAll(
    /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g,
    (found) => `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  machine.stdout.write(`${text}\n`);
}

/** Prints a result: as JSON where `--json` is given, else in words. */
export function report(context: Context, result: unknown, lines: () => readonly string[]): void {
  if (context.options.has('json')) printJson(context, result);
  else for (const line of lines()) print(context, line);
}
