import { z } from 'zod';
import { strictMap } from '../../exchange/network-file/schema-parts.ts';
import { COMMAND_NAMES, isCommandName } from './command-names.ts';
import { text } from './format-parts.ts';
import { scenarioIssue } from './problems.ts';

/** A text in both languages. */
export type Said = { readonly fr: string; readonly en: string };

/** What fits on the screen beside the work: two lines. */
const SAID_LINES = 2;
const SAID_COLUMNS = 76;
/** The longest line of the list of lessons, in characters. */
const LEARN_LENGTH = 150;
/** How wide a key is at most: `{returns}` counts as this many characters. */
const KEY_COLUMNS = 6;

const PLACEHOLDER = /\{([^{}]*)\}/gu;

/** The lines of a text, broken between words where they are longer than `columns`; a longer word stands alone. */
export function linesOf(written: string, columns = SAID_COLUMNS): string[] {
  return written.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && Array.from(longer).length > columns) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** The text as it is at most: every key at its full width. */
const widest = (written: string): string => written.replaceAll(PLACEHOLDER, 'x'.repeat(KEY_COLUMNS));

/** What a text may tell beside keys: the one-time code that somebody has been sent. */
const TOLD: readonly string[] = ['code'];

/** What may be wrong in a text that is shown during a lesson. */
function checkSaid(context: { value: string; issues: unknown[] }): void {
  const { value } = context;
  for (const [, found = ''] of value.matchAll(PLACEHOLDER)) {
    if (!isCommandName(found) && !TOLD.includes(found))
      context.issues.push(scenarioIssue('unknown-command', { found, allowed: COMMAND_NAMES }, value));
  }
  const lines = linesOf(widest(value).trim());
  const longest = Math.max(...lines.map((one) => Array.from(one).length));
  if (lines.length > SAID_LINES || longest > SAID_COLUMNS) {
    const facts = { lines: lines.length, longest, allowed: { lines: SAID_LINES, columns: SAID_COLUMNS } };
    context.issues.push(scenarioIssue('said-too-long', facts, value));
  }
}

const line = z.string().trim().min(1);
const shown = line.check(checkSaid);

/** At most two lines of 76 columns in each language; keys as `{command}`. */
const said = strictMap({ fr: shown, en: shown });
/** One short text in each language. */
const named = strictMap({ fr: line, en: line });
const learnt = line.check((context) => {
  const found = Array.from(context.value).length;
  if (found > LEARN_LENGTH)
    context.issues.push(scenarioIssue('too-long', { found, allowed: LEARN_LENGTH }, context.value));
});

/** A text for both languages (written in English), or one in each. */
export const titleShape = z
  .union([z.string().min(1), z.int(), named])
  .transform((given): Said => (typeof given === 'object' ? given : { fr: String(given), en: String(given) }));

/** Chapters: 0 first steps, 1 to 13 the parts of the manual, 14 *Questions pratiques*, 15 the outage. */
const LAST_CHAPTER = 15;

/** What makes a scenario a lesson of the list. */
export const lessonShape = strictMap({
  /** The number of the procedure in the manual; no two lessons have the same. */
  manual: text,
  chapter: z.int().min(0).max(LAST_CHAPTER),
  /** The place within the chapter. */
  order: z.number(),
  /** The title of the manual's page. */
  page: named,
  /** What one learns: one sentence for the list. */
  learn: strictMap({ fr: learnt, en: learnt }),
  /** Who, where, and what has happened. */
  situation: said.exactOptional(),
  place: z.enum(['desk', 'offline', 'kiosk']).default('desk'),
});
export type LessonHead = z.output<typeof lessonShape>;

/** What stands beside a step that is guided or announced. */
export const guideShape = {
  say: said.exactOptional(),
  then: said.exactOptional(),
};

/** Something that only the console does: what is typed for one, and a text that is on the screen then. */
export const consoleShape = strictMap({
  command: z.string().check((context) => {
    const { value: found } = context;
    if (!isCommandName(found))
      context.issues.push(scenarioIssue('unknown-command', { found, allowed: COMMAND_NAMES }, found));
  }),
  keys: z.array(text).exactOptional(),
  sees: titleShape.exactOptional(),
});

export type ConsoleFields = z.output<typeof consoleShape>;

/** Steps that somebody at the console can do. */
export const GUIDED_STEPS = [
  'lend',
  'return',
  'renew',
  'done',
  'scan-in',
  'change-due',
  'delete-loan',
  'request',
  'cancel-request',
  'note',
  'block',
  'unblock',
  'work-order',
  'quick-add',
  'register',
  'edit-patron',
  'quitus',
  'show',
  'find',
  'rules',
  'pick-list',
  'shelf',
  'activate-next',
  'reshelve',
  'send',
  'mark-missing',
  'skip-library',
  'desk',
  'console',
  'sign-in',
  'account',
  'search',
  'pre-register',
  'forgot-password',
  'set-password',
] as const;
export type GuidedName = (typeof GUIDED_STEPS)[number];

/** Steps that the lesson does itself: with `say`, it tells of them first. */
export const ANNOUNCED_STEPS = ['at', 'advance', 'as', 'run', 'network', 'import-patrons', 'import-catalogue'] as const;
export type AnnouncedName = (typeof ANNOUNCED_STEPS)[number];

/** Steps that a patron alone does, at a terminal of their own; and those that they do too, there with `at: kiosk`. */
const KIOSK_STEPS: readonly string[] = [
  'sign-in',
  'account',
  'search',
  'pre-register',
  'forgot-password',
  'set-password',
] satisfies readonly GuidedName[];
const DONE_AT_BOTH: readonly string[] = [
  'renew',
  'request',
  'cancel-request',
  'quitus',
] satisfies readonly GuidedName[];

/** Whether a step is done at a terminal of the patrons, not at a desk. */
export function isAtKiosk({ name, fields }: { readonly name: string; readonly fields: unknown }): boolean {
  if (KIOSK_STEPS.includes(name)) return true;
  if (!DONE_AT_BOTH.includes(name) || typeof fields !== 'object' || fields === null) return false;
  return (fields as { readonly at?: unknown }).at === 'kiosk';
}

export type LessonPlace = LessonHead['place'];

/** Whether somebody who follows a lesson there can do the step. */
export const isGuidedAt = (step: { readonly name: string; readonly fields: unknown }, place: LessonPlace): boolean =>
  isGuidedName(step.name) && isAtKiosk(step) === (place === 'kiosk');

export const isGuidedName = (name: string): name is GuidedName => (GUIDED_STEPS as readonly string[]).includes(name);
export const isAnnouncedName = (name: string): name is AnnouncedName =>
  (ANNOUNCED_STEPS as readonly string[]).includes(name);
