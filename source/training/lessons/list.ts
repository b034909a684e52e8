import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { lessonShape, titleShape } from '../scenario/lesson-format.ts';
import type { LessonEntry } from './contract.ts';
import type { LessonFile } from './open.ts';

/** What the list needs of a file: the top-level keys of its head, as the file writes them. */
const headShape = z.object({
  file: z.string(),
  title: titleShape,
  rules: z.array(z.string()).default([]),
  lesson: lessonShape,
});

const isFile = (name: string): boolean => name.endsWith('.yaml');

/** Where the lessons are: beside the bundle, or with the other scenarios of the source. */
function folder(): string {
  const places = ['./lessons/', '../../../test/scenarios/'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place) && readdirSync(place).some(isFile));
  if (found === undefined) throw new Error('no lessons are shipped');
  return found;
}

/** The blocks of a file under some of its top-level keys, without what is between them: the rest need not be read for a list. */
export function headOf(text: string, keys: readonly string[] = ['title', 'rules', 'lesson']): string {
  const blocks = text.split(/^(?=[A-Za-z])/mu);
  return blocks.filter((block) => keys.some((key) => block.startsWith(`${key}:`))).join('');
}

function entryOf(found: unknown): LessonEntry[] {
  const head = headShape.safeParse(found);
  // A file that cannot be read is no lesson here; opening it says what is wrong with it.
  if (!head.success) return [];
  const { file, title, rules, lesson } = head.data;
  const { situation = null, ...rest } = lesson;
  return [{ ...rest, file, title, situation, rules }];
}

/** The heads of all files: written down when the bundle was made, else read from the files. */
function headsIn(place: string): unknown[] {
  const index = path.join(place, 'index.json');
  if (existsSync(index)) return JSON.parse(readFileSync(index, 'utf8')) as unknown[];
  return readdirSync(place)
    .filter(isFile)
    .flatMap((file) => {
      const head = headOf(readFileSync(path.join(place, file), 'utf8'));
      if (!/^lesson:/mu.test(head)) return [];
      try {
        return [{ file, ...(parse(head) as object) }];
      } catch {
        return [];
      }
    });
}

/** Where the lesson of a file is followed, as far as its text can be read without reading all of it. */
export function placeOf({ text }: Pick<LessonFile, 'text'>): LessonEntry['place'] {
  try {
    const head: unknown = parse(headOf(text, ['lesson']));
    const read = z.object({ lesson: z.object({ place: lessonShape.shape.place }) }).safeParse(head);
    return read.success ? read.data.lesson.place : 'desk';
  } catch {
    return 'desk';
  }
}

/** All lessons that ship with the program, in their order: by chapter, then as the manual has them. */
export async function listLessons(): Promise<LessonEntry[]> {
  return headsIn(folder())
    .flatMap(entryOf)
    .toSorted((one, other) => one.chapter - other.chapter || one.order - other.order);
}

/** The file of a lesson that ships, by its name in the list; undefined: there is none. */
export function shippedLesson(file: string): LessonFile | undefined {
  const directory = folder();
  if (!/^[a-z0-9][a-z0-9-]*\.yaml$/u.test(file) || !existsSync(path.join(directory, file))) return undefined;
  return { text: readFileSync(path.join(directory, file), 'utf8'), name: file, directory };
}
