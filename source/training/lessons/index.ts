export type {
  Drift,
  GuidedStep,
  KioskFacts,
  Lesson,
  LessonEntry,
  LessonEvent,
  LessonOpening,
  LessonSeat,
  Person,
  Said,
  ToldStep,
  WrongTurn,
} from './contract.ts';
export { linesOf } from '../scenario/lesson-format.ts';
export { listLessons, shippedLesson } from './list.ts';
export { openLesson } from './open.ts';
export type { LessonFile } from './open.ts';
