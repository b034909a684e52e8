import meow from 'meow';
import { COMMAND_NAMES, OPTION_NAMES } from '../language/command-words.ts';
import type { CommandName, OptionName, UsageWords } from '../language/command-words.ts';
import { misused } from './failure.ts';
import { COMMANDS, COMMON_OPTIONS, REPEATABLE_OPTIONS, VALUED_OPTIONS } from './definitions.ts';
import type { Options } from './options.ts';
import { nearest } from './suggest.ts';

/** A command line, read but not yet checked against its command. */
export type TypedLine = {
  readonly words: readonly string[];
  readonly options: Options;
  /** Options that no command knows, as typed. */
  readonly unknown: readonly string[];
  /** Options that lack their value, or have too many. */
  readonly faulty: readonly { readonly name: OptionName; readonly fault: 'no-value' | 'twice' }[];
};

/** `dryRun` → `--dry-run`. */
export function typedAs(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** How a command is typed: `guichet lend`; `guichet` alone opens the console. */
export function commandLineOf(name: CommandName): string {
  return name === 'console' ? 'guichet' : `guichet ${name}`;
}

const takesValue = (name: OptionName): boolean => VALUED_OPTIONS.includes(name);

const FLAGS = Object.fromEntries(
  OPTION_NAMES.map((name) => {
    const short = name === 'help' ? { shortFlag: 'h' } : {};
    return [
      name,
      takesValue(name) ? { type: 'string' as const, isMultiple: true } : { type: 'boolean' as const, ...short },
    ];
  }),
);

/** How often an option is typed before `--`. */
function timesTyped(argv: readonly string[], name: OptionName): number {
  const end = argv.indexOf('--');
  const typed = [typedAs(name), `--${name}`];
  const options = (end < 0 ? argv : argv.slice(0, end)).map((one) => one.split('=', 1)[0] ?? '');
  return options.filter((one) => typed.includes(one)).length;
}

/** Reads a command line; nothing is refused yet, so that the language is known before anything is said. */
export function readLine(argv: readonly string[]): TypedLine {
  const cli = meow({
    importMeta: import.meta,
    pkg: { name: 'guichet' },
    argv: [...argv],
    autoHelp: false,
    autoVersion: false,
    help: false,
    description: false,
    booleanDefault: undefined,
    flags: FLAGS,
  });
  const flags: Readonly<Record<string, unknown>> = cli.unnormalizedFlags;
  const values = (name: OptionName): readonly string[] => {
    const value = flags[name];
    return Array.isArray(value) ? value.map(String).filter((one) => one !== '') : [];
  };
  const known = new Set<string>([...OPTION_NAMES, 'h']);
  return {
    words: cli.input,
    options: { text: (name) => values(name)[0], list: values, has: (name) => flags[name] === true },
    unknown: Object.keys(flags)
      .filter((key) => !known.has(key))
      .map(typedAs),
    faulty: VALUED_OPTIONS.flatMap((name): TypedLine['faulty'] => {
      const given = values(name).length;
      if (timesTyped(argv, name) > given) return [{ name, fault: 'no-value' }];
      return given > 1 && !REPEATABLE_OPTIONS.includes(name) ? [{ name, fault: 'twice' }] : [];
    }),
  };
}

const isCommand = (name: string): name is CommandName => (COMMAND_NAMES as readonly string[]).includes(name);

/** The command that the first words name, and the arguments that follow. Throws Failure for what is none. */
export function commandIn(
  words: readonly string[],
  say: UsageWords,
): { command: CommandName; input: readonly string[] } {
  const [first, second] = words;
  if (first === undefined) return { command: 'console', input: [] };
  if (first !== 'console' && isCommand(first)) return { command: first, input: words.slice(1) };
  const both = `${first} ${second ?? ''}`.trim();
  if (isCommand(both) && both !== 'console') return { command: both, input: words.slice(2) };
  const choices = COMMAND_NAMES.filter((name) => name.startsWith(`${first} `)).map((name) =>
    name.slice(first.length + 1),
  );
  if (choices.length > 0 && second === undefined) throw misused(say.incompleteCommand(first, choices));
  const typed = choices.length > 0 ? both : first;
  const near = nearest(both, COMMAND_NAMES);
  if (choices.length > 0 && near === null)
    throw misused(say.unknownCommand(typed, null), say.incompleteCommand(first, choices));
  const meant = near ?? nearest(first, [...new Set(COMMAND_NAMES.map((name) => name.split(' ')[0] ?? name))]);
  throw misused(say.unknownCommand(typed, meant === 'console' ? null : meant), say.seeHelp('guichet'));
}

/** Checks options and arguments against a command. Throws Failure with what to type instead. */
export function checkLine(
  line: TypedLine,
  command: CommandName,
  input: readonly string[],
  usage: string,
  say: UsageWords,
): void {
  const definition = COMMANDS[command];
  const allowed = [...COMMON_OPTIONS, ...definition.options];
  const foreign = OPTION_NAMES.filter(
    (name) => !allowed.includes(name) && (line.options.has(name) || line.options.list(name).length > 0),
  );
  const [stranger] = [...line.unknown, ...foreign.map(typedAs)];
  const help = say.seeHelp(commandLineOf(command));
  if (stranger !== undefined) throw misused(say.unknownOption(stranger, nearest(stranger, allowed.map(typedAs))), help);
  const [faulty] = line.faulty;
  if (faulty?.fault === 'no-value') throw misused(say.noValue(typedAs(faulty.name)), help);
  if (faulty?.fault === 'twice') throw misused(say.givenTwice(typedAs(faulty.name)), help);
  if (input.length < definition.least) throw misused(say.missingArguments(usage), help);
  if (input.length > definition.most) throw misused(say.tooManyArguments(input[definition.most] ?? '', usage), help);
}
