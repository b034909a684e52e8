import { COMMAND_NAMES } from '../language/command-words.ts';
import type { CommandName, CommandWords, OptionName } from '../language/command-words.ts';
import { commandLineOf, typedAs } from './parse.ts';
import { PERMISSIONS } from '../desk/permissions.ts';
import { COMMANDS, COMMON_OPTIONS } from './definitions.ts';

/** `guichet lend PATRON ITEM…`, in the reader's language. */
export function usageOf(command: CommandName, words: CommandWords): string {
  return `${commandLineOf(command)} ${words.command[command].arguments}`.trim();
}

/** Two columns, the left one as wide as it needs to be. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** `--desk LIB/DESK`; an option of a command that takes other values than elsewhere names those. */
export function optionText(name: OptionName, words: CommandWords, command?: CommandName): string {
  const own = command && COMMANDS[command].values?.[name];
  return [typedAs(name), own ?? words.option[name].value ?? ''].join(' ').trim();
}

function optionRows(names: readonly OptionName[], words: CommandWords, command?: CommandName): string[] {
  return columns(names.map((name) => [optionText(name, words, command), words.option[name].text] as const));
}

/** `guichet --help`, line by line. */
export function generalHelp(words: CommandWords): string[] {
  const commands = COMMAND_NAMES.map((name) => [usageOf(name, words), words.command[name].summary] as const);
  return [
    words.about,
    '',
    words.help.commands,
    ...columns(commands),
    '',
    words.help.common,
    ...optionRows(COMMON_OPTIONS, words),
    '',
    words.help.more,
    words.help.exit,
  ];
}

/** The one table of permissions and the roles that give them (DESK-02), for the commands that give roles. */
function permissionRows(words: CommandWords): string[] {
  const rows = Object.entries(PERMISSIONS).map(([name, roles]) => [name, roles.join(', ')] as const);
  return ['', words.help.permissions, ...columns(rows)];
}

/** `guichet COMMAND --help`, line by line. */
export function commandHelp(command: CommandName, words: CommandWords): string[] {
  const { options } = COMMANDS[command];
  return [
    `${words.help.usage}: ${usageOf(command, words)}`,
    `  ${words.command[command].summary}`,
    ...(options.length > 0 ? ['', words.help.options, ...optionRows(options, words, command)] : []),
    ...(command.startsWith('staff ') ? permissionRows(words) : []),
    '',
    words.help.common,
    ...optionRows(COMMON_OPTIONS, words),
    '',
    words.help.exit,
  ];
}
