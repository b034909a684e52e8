// Writes the generated parts of the README and of the pages in docs/: what stands between `<!-- keys:start -->` and
// `<!-- keys:end -->` and the like comes from the program itself. `--check` changes nothing and fails if a part is not current.
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
import { listLessons } from '../source/training/lessons/index.ts';
import { lessonList } from './lesson-list.ts';
import { table } from './table.ts';

const root = path.join(import.meta.dirname, '..');
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
  /** Of a measurement that was repeated by itself. */
  readonly date?: string;
};

const PLACES: Readonly<Record<KeyPlace, string>> = {
  anywhere: 'Everywhere',
  patron: 'In a patron’s record',
  row: 'On the chosen line',
  list: 'In lists',
  form: 'In a form',
  prompt: 'At a prompt',
  training: 'In a training copy',
};

function keysOf({ keys }: Binding): string {
  const typed = (key: string): string => `\`${key}\``;
  if (!('fr' in keys)) return keys.map(typed).join(', ');
  return keys.fr === keys.en ? typed(keys.en) : `${typed(keys.en)} (French: ${typed(keys.fr)})`;
}

/** What somebody does by a key: keys, name, what it does. */
function keyRow(one: Binding): string[] {
  const { name, help } = words.console.command[one.command];
  return [keysOf(one), name, help];
}

function keysPart(): string {
  const places = [...new Set(KEYMAP.map((one) => one.place))];
  return table(
    ['Where', 'Keys', 'Command', 'What it does'],
    places.flatMap((place) =>
      KEYMAP.filter((one) => one.place === place).map((one) => [PLACES[place], ...keyRow(one)]),
    ),
  );
}

/** The keys of lessons and trainers. */
const trainingKeysPart = (): string =>
  table(['Keys', 'Command', 'What it does'], KEYMAP.filter((one) => one.place === 'training').map(keyRow));

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

/** Three figures are as many as the next run repeats. */
const shortly = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-GB');

/** What was measured, where it was kept; undefined before anything has been. */
function benchFile(): BenchFile | undefined {
  const file = path.join(root, 'bench', 'results.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BenchFile) : undefined;
}

function benchTable(results: readonly BenchLine[], day: string): string {
  const hasMedians = results.some((one) => one.median !== undefined);
  const rows = results.map(({ id, what, database, measured, median, unit, ratio, target, met, date = day }) => [
    id,
    database === undefined ? what : `${what} (${database})`,
    `${shortly(measured)} ${unit}`,
    ...(hasMedians ? [median === undefined ? '' : `${shortly(median)} ${unit}`] : []),
    ratio === undefined ? '' : ratio.toFixed(2),
    target,
    met === null ? '' : met ? 'yes' : '**no**',
    date.slice(0, 10),
  ]);
  return table(['', 'What', 'Measured', ...(hasMedians ? ['Median'] : []), 'Ratio', 'Target', 'Met', 'Day'], rows);
}

function benchPart(): string | undefined {
  const found = benchFile();
  if (!found) return undefined;
  const { results = [], scale, date, node, machine } = found;
  const where = `At scale ${scale} (1: 200,000 patrons, 1,000,000 items, 300,000 open loans), on ${machine.cores} cores, Node ${node}.`;
  return `${where}\n\n${benchTable(results, date)}`;
}

/** The figures of a class; undefined (what stands there stays) where the last whole run had none. */
function classPart(): string | undefined {
  const found = benchFile();
  const results = found?.results?.filter((one) => one.id === 'CLASS') ?? [];
  if (!found || results.length === 0) return undefined;
  const rows = results.map(({ what, measured, median, unit }) => [
    what,
    `${shortly(measured)} ${unit}`,
    median === undefined ? '' : `${shortly(median)} ${unit}`,
  ]);
  const where = `Measured ${(results[0]?.date ?? found.date).slice(0, 10)} on ${found.machine.cores} cores, Node ${found.node}; of several, the worst.`;
  return `${where}\n\n${table(['What', 'Measured', 'Median'], rows)}`;
}

const lessonsPart = async (): Promise<string> => lessonList(await listLessons());

type Make = () => string | undefined | Promise<string | undefined>;

/** The pages with generated parts. */
const PAGES: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  'README.md': {
    keys: keysPart,
    permissions: permissionsPart,
    doors: doorsPart,
    commands: commandsPart,
    bench: benchPart,
  },
  'docs/lessons.md': { lessons: lessonsPart },
  'docs/training.md': { keys: trainingKeysPart, class: classPart },
};

/** A page with one part made anew; the same text where there is nothing to put into it. Throws where the page has no such part. */
async function withPart(text: string, page: string, name: string, make: Make): Promise<string> {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page}: ${start} and ${end} do not belong together`);
  const part = await make();
  return part === undefined ? text : `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`;
}

/** Makes the parts of a page anew, or (`isCheck`) says which are not current. */
async function makePage(page: string, isCheck: boolean): Promise<void> {
  const file = path.join(root, page);
  const before = readFileSync(file, 'utf8');
  let text = before;
  const stale: string[] = [];
  for (const [name, make] of Object.entries(PAGES[page] ?? {})) {
    const next = await withPart(text, page, name, make);
    if (next !== text) stale.push(name);
    text = next;
  }
  if (!isCheck) {
    if (stale.length > 0) writeFileSync(file, text);
    console.log(stale.length > 0 ? `${page}: ${stale.join(', ')} made anew.` : `${page} is current.`);
  } else if (stale.length > 0) {
    console.error(`${page} is not current (${stale.join(', ')}): run "npm run docs".`);
    process.exitCode = 1;
  }
}

for (const page of Object.keys(PAGES)) await makePage(page, process.argv.includes('--check'));
