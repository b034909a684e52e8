import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesOf } from '../../source/console/lessons/typing/index.ts';
import { KEYMAP, keysOf } from '../../source/console/keymap.ts';
import type { CommandName } from '../../source/console/keymap.ts';
import { wordsIn } from '../../source/language/index.ts';
import type { Language } from '../../source/language/index.ts';
import { readScenario } from '../../source/training/scenario/index.ts';
import type { Said } from '../../source/training/lessons/index.ts';
import type { Move } from './play.ts';

const SCENARIOS = path.resolve(import.meta.dirname, '../../test/scenarios');

/** How long somebody looks at something before the next key, in seconds. */
export const PACE = { key: 0.8, scan: 0.5, read: 2.6 } as const;

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);

/** Finds a text that is broken into lines anywhere, with any key in the place of `{command}`. */
function wherever(said: string): RegExp {
  const words = said.split(/\s+/u).map((word) =>
    word
      .split(/\{[^{}]*\}/u)
      .map(literally)
      .join('.+?'),
  );
  return new RegExp(words.join(String.raw`\s+`), 'u');
}

/** What a lesson says, to be looked for on its screen. */
export type LessonTexts = {
  readonly situation: RegExp;
  /** Of the n-th step that has a text, from 1. */
  readonly say: (step: number) => RegExp;
  readonly meant: (step: number) => RegExp;
};

/** Reads the texts of a lesson in one language. Throws where it has no such text. */
export async function lessonTexts(file: string, language: Language): Promise<LessonTexts> {
  const reading = readScenario(await readFile(path.join(SCENARIOS, file), 'utf8'), file);
  if ('errors' in reading) throw new Error(`${file} cannot be read`);
  const { scenario } = reading;
  const steps = scenario.steps.filter((one) => one.say !== undefined);
  const text = (said: Said | undefined, what: string): RegExp => {
    if (!said) throw new Error(`${file} says nothing: ${what}`);
    return wherever(said[language]);
  };
  return {
    situation: text(scenario.lesson?.situation, 'situation'),
    say: (step) => text(steps[step - 1]?.say, `step ${step}`),
    meant: (step) => text(steps[step - 1]?.then, `after step ${step}`),
  };
}

/** How `guichet` is started in a lesson. */
export const inLesson = (file: string) => (): readonly string[] => ['demo', '--scenario', path.join(SCENARIOS, file)];

type More = Partial<Move>;

/** What is done at the console in one language. */
export type Hands = {
  /** The first key of a command, or its letter at a prompt. */
  readonly press: (command: CommandName, see: Move['see'], more?: More) => Move;
  /** The card of a patron, as a scanner sends it: Enter comes with it, before anything is looked up. */
  readonly card: (code: string, see: Move['see'], more?: More) => Move;
  /** The barcode of an item, seen in its field, then Enter. */
  readonly scan: (code: string, see: Move['see'], more?: More) => readonly Move[];
  /** The program's words, to look for. */
  readonly words: ReturnType<typeof wordsIn>['console'];
};

const ENTER = bytesOf({ kind: 'key', chord: 'Enter' });

export function handsIn(language: Language): Hands {
  return {
    words: wordsIn(language).console,
    press(command, see, more = {}) {
      const [chord = ''] = keysOf(KEYMAP, command, language);
      const send = command.startsWith('answer-') ? chord.toLowerCase() : bytesOf({ kind: 'key', chord });
      return { send, see, after: PACE.key, ...more };
    },
    card: (code, see, more = {}) => ({ send: code + ENTER, see, after: PACE.read, ...more }),
    scan: (code, see, more = {}) => [
      { send: code, see: new RegExp(String.raw`› .*${literally(code)}`, 'u'), after: PACE.read },
      { send: ENTER, see, after: PACE.scan, ...more },
    ],
  };
}
