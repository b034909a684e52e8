import { describe, expect, it } from 'vitest';
import { linesOf, listLessons, openLesson, shippedLesson } from '../../source/training/lessons/index.ts';
import type { LessonFile } from '../../source/training/lessons/index.ts';
import { Trainee } from './lesson-trainee.ts';

const lessons = await listLessons();

function fileOf(name: string): LessonFile {
  const file = shippedLesson(name);
  if (!file) throw new Error(`${name} is not shipped`);
  return file;
}

describe('Every lesson that ships', () => {
  it('is in the list once, by the number of its procedure', () => {
    const numbers = lessons.map((one) => one.manual);
    expect(numbers.filter((one, at) => numbers.indexOf(one) !== at)).toEqual([]);
    expect(lessons.length).toBeGreaterThan(0);
  });

  it('stands at a place of its own in its chapter', () => {
    const places = lessons.map((one) => `${one.chapter}/${one.order}`);
    expect(places.filter((one, at) => places.indexOf(one) !== at)).toEqual([]);
  });

  describe.each(lessons.map((one) => one.file))('%s', (name) => {
    it('can be followed to its end by doing its steps, however each is reached', async () => {
      const file = fileOf(name);
      const opening = await openLesson(file);
      if ('errors' in opening) throw new Error(JSON.stringify(opening.errors));
      const { lesson } = opening;
      try {
        const trainee = new Trainee(lesson, file);
        const stuck: unknown[] = [];
        const said: string[] = [];
        let guided = 0;
        for (let step = lesson.current(); step; step = lesson.current()) {
          said.push(
            ...(step.say ? [step.say.fr, step.say.en] : []),
            ...(step.then ? [step.then.fr, step.then.en] : []),
          );
          if (step.kind === 'told') await lesson.goOn();
          else {
            guided += 1;
            await trainee.do(step);
            await lesson.settled();
            if (lesson.current()?.number === step.number) {
              stuck.push({ step: step.number, name: step.name, wrong: lesson.wrong() });
              await lesson.skip();
            }
          }
        }
        expect({ stuck, drift: lesson.drift() }).toEqual({ stuck: [], drift: [] });
        expect(guided).toBeGreaterThan(0);
        // Straight apostrophes: what a keyboard types and every terminal shows.
        expect(said.filter((one) => /[‘’]/u.test(one))).toEqual([]);
        expect(said.filter((one) => linesOf(one).length > 2)).toEqual([]);
        expect(lesson.position().at).toBe(lesson.position().of + 1);
      } finally {
        await lesson.close();
      }
    });
  });
});
