import path from 'node:path';
import { wordsIn } from '../../language/index.ts';
import { wrap } from '../../language/fit.ts';
import { printable } from '../../language/printable.ts';
import type { LessonEntry } from '../../training/lessons/contract.ts';
import { chosenRow, closeBrowse, openBrowse, topBrowse } from '../flows/browse.ts';
import { closeRecord } from '../flows/record.ts';
import type { Runtime } from '../runtime.ts';

const TABLE = 'lessons';

/** A line of the list: a chapter, or one of its lessons. */
type Line =
  | { readonly kind: 'chapter'; readonly chapter: number }
  | { readonly kind: 'lesson'; readonly lesson: LessonEntry };

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Lessons that have every word of what is typed, in their title, in what one learns, in their number or their rules. */
function matching(lessons: readonly LessonEntry[], typed: string): readonly LessonEntry[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return lessons;
  return lessons.filter(({ title, page, learn, manual, rules }) => {
    const all = plain([manual, title.fr, title.en, page.fr, page.en, learn.fr, learn.en, ...rules].join(' '));
    return wanted.every((one) => all.includes(one));
  });
}

/** Lessons under their chapters. */
function linesOf(lessons: readonly LessonEntry[]): Line[] {
  return lessons.flatMap((lesson, index): Line[] => {
    const isFirst = lessons[index - 1]?.chapter !== lesson.chapter;
    const line: Line = { kind: 'lesson', lesson };
    return isFirst ? [{ kind: 'chapter', chapter: lesson.chapter }, line] : [line];
  });
}

/** The lesson after the one that was followed last, else the first. */
function beginAt(lines: readonly Line[], latest: string | undefined, finished: ReadonlySet<string>): number {
  const last = lines.findIndex((one) => one.kind === 'lesson' && one.lesson.file === latest);
  const from = last < 0 ? 0 : finished.has(latest ?? '') ? last + 1 : last;
  const next = lines.findIndex((one, index) => index >= from && one.kind === 'lesson');
  return Math.max(0, next);
}

/** Begins a lesson of the list: in a house of its own, which takes some time to make. */
export async function beginLesson(runtime: Runtime, file: string): Promise<void> {
  const words = runtime.words().lessons;
  const { lessons } = await runtime.lessons.house();
  if (!lessons) return runtime.tell('information', words.none);
  runtime.store.set({ working: true });
  try {
    const opened = await lessons.open(file);
    if ('errors' in opened) runtime.tell('refusal', words.failed(printable(opened.errors[0] ?? '')));
    else await runtime.lessons.begin(opened.house, opened.lesson);
  } finally {
    runtime.store.set({ working: false });
  }
}

/** A lesson of the patrons: the console ends, their terminal opens, and then the console with this list again. */
async function openAtKiosk(runtime: Runtime, file: string): Promise<void> {
  const { lessons } = await runtime.lessons.house();
  if (!lessons?.wish) return runtime.tell('information', runtime.words().lessons.kiosk(path.basename(file, '.yaml')));
  await closeRecord(runtime, 'left');
  lessons.wish(runtime.lessons.left(file));
  runtime.quit(0);
}

/** Enter on a line. */
async function open(runtime: Runtime, line: Line): Promise<void> {
  if (line.kind !== 'lesson') return;
  const words = runtime.words().lessons;
  const { place, file } = line.lesson;
  if (place === 'kiosk') return openAtKiosk(runtime, file);
  if (place === 'offline') return runtime.tell('information', words.offline);
  await beginLesson(runtime, file);
}

/** What one learns in the chosen lesson, in two lines. */
function learnt(runtime: Runtime): readonly string[] {
  const top = topBrowse(runtime);
  const row = top?.source.table === TABLE ? (chosenRow(top) as Line | undefined) : undefined;
  if (row?.kind !== 'lesson') return [runtime.words().lessons.list.hint];
  const { language, columns } = runtime.store.get();
  return wrap(printable(row.lesson.learn[language]), columns - 3);
}

/** The lessons by chapter: number, title, the rules that each shows; what is learnt stands above. Typing searches, Enter begins. */
export async function showLessons(runtime: Runtime): Promise<void> {
  if (topBrowse(runtime)?.source.table === TABLE) {
    await closeBrowse(runtime);
    return;
  }
  const { lessons } = await runtime.lessons.house();
  if (!lessons) return runtime.tell('information', runtime.words().lessons.none);
  const all = await lessons.list();
  const words = () => runtime.words().lessons.list;
  const finished = runtime.lessons.finished();
  let lines = linesOf(all);
  const chapter = (number: number): string => words().chapters[number] ?? words().chapter(number);
  await openBrowse<Line>(runtime, {
    table: TABLE,
    title: () => words().title(all.filter(({ file }) => finished.has(file)).length, all.length),
    hint: () => learnt(runtime)[0] ?? '',
    next: () => learnt(runtime)[1] ?? '',
    field: () => words().field,
    columns: () => {
      const { columns: heads } = words();
      const { language } = runtime.store.get();
      return [
        {
          name: 'done',
          head: heads.done,
          width: 1,
          cell: (row) => (row.kind === 'lesson' && finished.has(row.lesson.file) ? '✓' : ''),
        },
        {
          name: 'number',
          head: heads.number,
          width: 14,
          cell: (row) => (row.kind === 'lesson' ? row.lesson.manual : ''),
        },
        {
          name: 'title',
          head: heads.title,
          width: 0,
          cell: (row) =>
            row.kind === 'lesson' ? printable(row.lesson.title[language]) : chapter(row.chapter).toUpperCase(),
        },
        {
          name: 'rules',
          head: heads.rules,
          width: 17,
          cell: (row) => (row.kind === 'lesson' ? row.lesson.rules.join(' ') : ''),
        },
      ];
    },
    keyOf: (row) => (row.kind === 'lesson' ? row.lesson.file : `chapter ${row.chapter}`),
    tone: (row) => (row.kind === 'chapter' ? 'head' : 'plain'),
    empty: () => words().empty,
    begin: beginAt(lines, runtime.lessons.latest(), finished),
    typed: (text) => {
      lines = linesOf(matching(all, text));
    },
    read: async ({ offset, limit }) => ({ total: lines.length, lines: lines.slice(offset, offset + limit) }),
    open: async (row) => open(runtime, row),
    // A card that is scanned here belongs to no lesson.
    scan: async () => undefined,
  });
}

/** The words of roles, as lists show them. */
export const roleText = (runtime: Runtime, role: string): string =>
  wordsIn(runtime.store.get().language).desk.role[role] ?? role;
