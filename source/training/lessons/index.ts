export type {
  Drift,
  GuidedStep,
  Lesson,
  LessonEntry,
  LessonEvent,
  LessonOpening,
  LessonSeat,
  Said,
  ToldStep,
  WrongTurn,
} from './contract.ts';
export { linesOf } from '../scenario/lesson-format.ts';
export { listLessons, placeOf, shippedLesson } from './list.ts';
export { openLesson } from './open.ts';
export type { LessonFile } from './open.ts';
