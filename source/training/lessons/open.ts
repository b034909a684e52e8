import type { House } from '../../desk/house.ts';
import type { Job } from '../../jobs/index.ts';
import { readScenario } from '../scenario/read.ts';
import type { LessonOpening } from './contract.ts';
import { FollowedLesson } from './followed-lesson.ts';
import { newScene } from './house.ts';

/** A file that tells a lesson: its text, what it is called, and the folder that its relative files are in. */
export type LessonFile = { readonly text: string; readonly name: string; readonly directory: string };

/**
 * Opens a scenario as a lesson, in a house of its own that it closes itself: the scene is set, and the steps before the first
 * one with a text are played. `jobs`: what nights run, those of this version unless given; `makeHouse`: an empty, migrated
 * house for each scene, in memory unless given.
 */
export async function openLesson(
  { text, name, directory }: LessonFile,
  { jobs, makeHouse }: { readonly jobs?: readonly Job[]; readonly makeHouse?: () => Promise<House> } = {},
): Promise<LessonOpening> {
  const reading = readScenario(text, name);
  if ('errors' in reading) return { errors: reading.errors };
  const source = { reading, directory, jobs, makeHouse };
  const scene = await newScene(source);
  if ('errors' in scene) return scene;
  const lesson = new FollowedLesson(source, scene);
  try {
    await lesson.begin();
  } catch (error) {
    await lesson.close();
    throw error;
  }
  return { lesson };
}
