import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, COMMON_OPTIONS } from '../../source/commands/definitions.ts';
import { KEYMAP } from '../../source/console/keymap.ts';
import { ACCOUNTS } from '../../source/training/accounts.ts';
import { wordsIn } from '../../source/language/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string): string => readFileSync(path.join(ROOT, page), 'utf8');

/** What headings are called in links (as GitHub does it). */
const anchorsOf = (text: string): string[] =>
  Array.from(text.matchAll(/^#+ (.+)$/gmu), (one) =>
    (one[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

type Link = { readonly page: string; readonly target: string };
const LINKS: readonly Link[] = PAGES.flatMap((page) =>
  Array.from(textOf(page).matchAll(/\]\(([^)\s]+)\)/gu), (one) => ({ page, target: one[1] ?? '' })),
).filter(({ target }) => !/^[a-z]+:/u.test(target));

const isThere = ({ page, target }: Link): boolean => {
  const [file = '', anchor] = target.split('#');
  const full = file === '' ? path.join(ROOT, page) : path.resolve(ROOT, path.dirname(page), file);
  if (!existsSync(full)) return false;
  return anchor === undefined || anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
};

/** What stands as code on a page: in blocks and within lines. */
const codeOf = (text: string): string[] => [
  ...Array.from(text.matchAll(/^```sh\n([\s\S]*?)^```/gmu), (one) => one[1] ?? '').flatMap((block) =>
    block.split('\n'),
  ),
  ...Array.from(text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/gu), (one) => one[1] ?? ''),
];

const OPTION_NAMES = Object.fromEntries(
  Object.keys(wordsIn('en').commands.option).map((name) => [
    `--${name.replaceAll(/[A-Z]/gu, (one) => `-${one.toLowerCase()}`)}`,
    name,
  ]),
);

/** The command lines of a page: words after `guichet`, up to whatever the shell takes for itself. */
const callsOf = (page: string): string[] =>
  codeOf(textOf(page)).flatMap((line) => {
    const call = /(?:^|\s)guichet((?:\s+[^|;&#]+)?)/u.exec(line)?.[1];
    return call === undefined ? [] : [call.trim()];
  });

/** What is wrong with a command line: its command, or an option that this command does not take. */
function faultOf(call: string): string | undefined {
  const words = call.split(/\s+/u).filter((word) => word !== '');
  const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  const named = names
    .filter((name) => name.split(' ').every((word, index) => words[index] === word))
    .toSorted((one, other) => other.length - one.length)[0];
  const command = named ?? (words[0] === undefined || words[0].startsWith('-') ? 'console' : undefined);
  if (command === undefined) return `no command: ${call}`;
  const own: readonly string[] = [...COMMANDS[command].options, ...COMMON_OPTIONS];
  const wrong = words.find((word) => word.startsWith('--') && !own.includes(OPTION_NAMES[word] ?? ''));
  return wrong === undefined ? undefined : `${command} takes no ${wrong}`;
}

describe('the pages of the documentation', () => {
  it('every link leads to a file, and to a heading of it', () => {
    expect(LINKS.length).toBeGreaterThan(100);
    expect(LINKS.filter((link) => !isThere(link))).toEqual([]);
  });

  it.for(PAGES)('%s names commands and options that there are', (page) => {
    expect(callsOf(page).flatMap((call) => faultOf(call) ?? [])).toEqual([]);
  });

  it('a command or an option that there is not would be found', () => {
    expect(faultOf('demo --scenario FILE --lang fr')).toBeUndefined();
    expect(faultOf('demo --json')).toBe('demo takes no --json');
    expect(faultOf('teach me')).toBe('no command: teach me');
    expect(callsOf('docs/training.md').length).toBeGreaterThan(10);
  });

  it('docs/training.md: a command of the console stands with its own key, and accounts and desks exist', () => {
    const text = textOf('docs/training.md');
    const { command } = wordsIn('en').console;
    const pairs = Array.from(text.matchAll(/\*([^*\n]+)\* \(`([^`]+)`\)/gu), (one) => ({ name: one[1], key: one[2] }));
    expect(pairs.length).toBeGreaterThan(2);
    const isBound = ({ name, key }: (typeof pairs)[number]): boolean =>
      KEYMAP.some((one) => command[one.command].name === name && Array.isArray(one.keys) && one.keys.includes(key));
    expect(pairs.filter((pair) => !isBound(pair))).toEqual([]);
    for (const [, name] of text.matchAll(/--as (\w+)/gu)) expect(ACCOUNTS.map((one) => one.name)).toContain(name);
    const network = readFileSync(path.join(ROOT, 'source/training/networks/toulouse.yaml'), 'utf8');
    for (const [, library] of text.matchAll(/--desk (\w+)\/\w+/gu)) expect(network).toContain(`code: ${library}`);
  });
});
