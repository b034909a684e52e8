// Writes the generated parts of the README: what stands between `<!-- keys:start -->` and `<!-- keys:end -->` and the like
// comes from the program itself. `--check` changes nothing and fails if a part is not current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { COMMANDS, COMMON_OPTIONS } from '../source/commands/definitions.ts';
import { optionText, usageOf } from '../source/commands/help.ts';
import { KEYMAP } from '../source/console/keymap.ts';
import type { Binding, KeyPlace } from '../source/console/keymap.ts';
import { PERMISSIONS, ROLES } from '../source/desk/permissions.ts';
import { COMMAND_NAMES } from '../source/language/command-words.ts';
import { wordsIn } from '../source/language/index.ts';

const root = path.join(import.meta.dirname, '..');
const readme = path.join(root, 'README.md');
const words = wordsIn('en');

type DoorRules = { readonly forbidden: readonly { readonly name: string; readonly comment?: string }[] };
type BenchFile = {
  readonly results?: readonly BenchLine[];
  readonly scale: number;
  readonly date: string;
  readonly node: string;
  readonly machine: { readonly cores: number };
};
type BenchLine = {
  readonly id: string;
  readonly what: string;
  readonly database?: string;
  readonly measured: number;
  readonly median?: number;
  readonly unit: string;
  readonly ratio?: number;
  readonly target: string;
  readonly met: boolean | null;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A Markdown table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const PLACES: Readonly<Record<KeyPlace, string>> = {
  anywhere: 'Everywhere',
  patron: 'In a patron’s record',
  row: 'On the chosen line',
  list: 'In lists',
  form: 'In a form',
  prompt: 'At a prompt',
};

function keysOf({ keys }: Binding): string {
  const typed = (key: string): string => `\`${key}\``;
  if (!('fr' in keys)) return keys.map(typed).join(', ');
  return keys.fr === keys.en ? typed(keys.en) : `${typed(keys.en)} (French: ${typed(keys.fr)})`;
}

function keysPart(): string {
  const places = [...new Set(KEYMAP.map((one) => one.place))];
  return table(
    ['Where', 'Keys', 'Command', 'What it does'],
    places.flatMap((place) =>
      KEYMAP.filter((one) => one.place === place).map((one) => {
        const { name, help } = words.console.command[one.command];
        return [PLACES[place], keysOf(one), name, help];
      }),
    ),
  );
}

function permissionsPart(): string {
  const rows = Object.entries(PERMISSIONS).map(([permission, roles]: [string, readonly string[]]) => [
    permission,
    ...ROLES.map((role) => (roles.includes(role) ? '✓' : '')),
  ]);
  return table(['Permission', ...ROLES], rows);
}

function doorsPart(): string {
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as DoorRules;
  const said = (prefix: string): string[] =>
    forbidden.flatMap(({ name, comment }) => (name.startsWith(prefix) && comment !== undefined ? [comment] : []));
  return ['```', ...said('door-'), '', ...said('only-'), '```'].join('\n');
}

function commandsPart(): string {
  const { commands } = words;
  const list = (names: Parameters<typeof optionText>[0][], command?: (typeof COMMAND_NAMES)[number]): string =>
    names.map((name) => `\`${optionText(name, commands, command)}\``).join(' ');
  const rows = COMMAND_NAMES.map((name) => [
    `\`${usageOf(name, commands)}\``,
    commands.command[name].summary,
    list([...COMMANDS[name].options], name),
  ]);
  return `${table(['Command', 'Does', 'Options'], rows)}\n\n${commands.help.common}: ${list([...COMMON_OPTIONS])}.`;
}

/** The measured figures; undefined before anything has been measured. */
/** Three figures are as many as the next run repeats. */
const shortly = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-GB');

function benchPart(): string | undefined {
  const file = path.join(root, 'bench', 'results.json');
  if (!existsSync(file)) return undefined;
  const { results = [], scale, date, node, machine } = JSON.parse(readFileSync(file, 'utf8')) as BenchFile;
  const hasMedians = results.some((one) => one.median !== undefined);
  const rows = results.map(({ id, what, database, measured, median, unit, ratio, target, met }) => [
    id,
    database === undefined ? what : `${what} (${database})`,
    `${shortly(measured)} ${unit}`,
    ...(hasMedians ? [median === undefined ? '' : `${shortly(median)} ${unit}`] : []),
    ratio === undefined ? '' : ratio.toFixed(2),
    target,
    met === null ? '' : met ? 'yes' : '**no**',
  ]);
  const where = `Measured ${date.slice(0, 10)} at scale ${scale} (1: 200,000 patrons, 1,000,000 items, 300,000 open loans) on ${machine.cores} cores, Node ${node}.`;
  return `${where}\n\n${table(['', 'What', 'Measured', ...(hasMedians ? ['Median'] : []), 'Ratio', 'Target', 'Met'], rows)}`;
}

const PARTS: Readonly<Record<string, () => string | undefined>> = {
  keys: keysPart,
  permissions: permissionsPart,
  doors: doorsPart,
  commands: commandsPart,
  bench: benchPart,
};

/** The README with one part made anew; the same text where it has no such part, or nothing to put into it. */
function withPart(text: string, name: string, make: () => string | undefined): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 && to < 0) return text;
  if (from < 0 || to < from) throw new Error(`README.md: ${start} and ${end} do not belong together`);
  const part = make();
  return part === undefined ? text : `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`;
}

if (existsSync(readme)) {
  const before = readFileSync(readme, 'utf8');
  const stale = Object.entries(PARTS)
    .filter(([name, make]) => withPart(before, name, make) !== before)
    .map(([name]) => name);
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      console.error(`README.md is not current (${stale.join(', ')}): run "npm run docs".`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(
      readme,
      Object.entries(PARTS).reduce((text, [name, make]) => withPart(text, name, make), before),
    );
    console.log(stale.length > 0 ? `README.md: ${stale.join(', ')} made anew.` : 'README.md is current.');
  }
}
