import { describe, expect, it } from 'vitest';
import { listLessons } from '../../source/training/lessons/index.ts';
import { playThrough, sitInLesson } from '../support/lesson-play.ts';

const all = await listLessons();
/** At a kiosk, and without a database at all: other programs. */
const atTheDesk = all.filter((one) => one.place === 'desk');

describe('each lesson, played through the real console by its one key (en)', () => {
  it('there are lessons', () => {
    expect(atTheDesk.length).toBeGreaterThan(0);
  });

  it.each(atTheDesk.map(({ file, manual, rules, title }) => ({ file, name: [manual, ...rules, title.en].join(' ') })))(
    '$name',
    { timeout: 60_000 },
    async ({ file }) => {
      const played = await sitInLesson(file.replace(/\.yaml$/, ''), 'en');
      try {
        await playThrough(played);
      } finally {
        await played.leave();
      }
    },
  );
});
