import { describe, expect, it } from 'vitest';
import { listLessons } from '../../source/training/lessons/index.ts';
import { playAtKiosk, standInLesson } from '../support/kiosk-lesson.ts';

const all = await listLessons();
const atTheKiosk = all.filter((one) => one.place === 'kiosk');

describe.each(['fr', 'en'] as const)(
  'each lesson of the patrons, played through their real terminal by its one key (%s)',
  (language) => {
    it('there are lessons', () => {
      expect(atTheKiosk.length).toBeGreaterThan(9);
    });

    it.each(
      atTheKiosk.map(({ file, manual, rules, title }) => ({
        file,
        name: [manual, ...rules, title[language]].join(' '),
      })),
    )('$name', { timeout: 60_000 }, async ({ file }) => {
      const stood = await standInLesson(file.replace(/\.yaml$/, ''), language);
      try {
        await playAtKiosk(stood);
      } finally {
        await stood.leave();
      }
    });
  },
);
