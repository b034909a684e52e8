import { wordsIn } from '../source/language/index.ts';
import type { Language } from '../source/language/index.ts';
import type { LessonEntry } from '../source/training/lessons/index.ts';
import { table } from './table.ts';

/** A line break that a cell of a table may hold. */
const BREAK = '<br>';

/** Characters that Markdown would take for its own. */
const plain = (text: string): string => text.replaceAll(/[\\*_<>[\]`]/gu, String.raw`\$&`);

function chapterTitle(number: number, language: Language): string {
  const { chapters, chapter } = wordsIn(language).console.lessons.list;
  return chapters[number] ?? chapter(number);
}

const PLACES: Readonly<Record<LessonEntry['place'], string>> = {
  desk: '',
  offline: 'offline · hors ligne',
  kiosk: 'kiosk · poste public',
};

/** Title, what one learns, and the manual's page, in one language. */
function told({ title, learn, page }: LessonEntry, language: Language): string {
  return [`**${plain(title[language])}**`, plain(learn[language]), `*${plain(page[language])}*`].join(BREAK);
}

function row(lesson: LessonEntry): string[] {
  const { manual, file, place, rules } = lesson;
  const where = [`[${file}](../test/scenarios/${file})`, PLACES[place]].filter((one) => one !== '');
  return [plain(manual), told(lesson, 'en'), told(lesson, 'fr'), rules.join(' '), where.join(BREAK)];
}

/** The printed list of lessons: a table for each chapter, in both languages. */
export function lessonList(lessons: readonly LessonEntry[]): string {
  const chapters = [...new Set(lessons.map((one) => one.chapter))];
  const parts = chapters.map((number) => {
    const own = lessons.filter((one) => one.chapter === number);
    const name = `${number === 0 ? '' : `${number} · `}${chapterTitle(number, 'en')} · ${chapterTitle(number, 'fr')}`;
    const head = ['No.', 'Lesson', 'Leçon', 'Rules', 'File'];
    return `## ${name} (${own.length})\n\n${table(head, own.map(row))}`;
  });
  return [`${lessons.length} lessons.`, ...parts].join('\n\n');
}
