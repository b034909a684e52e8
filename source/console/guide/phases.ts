import { guideText } from '../../language/guide-text.ts';
import type { GuidedStep, Lesson, LessonEvent, Said, ToldStep } from '../../training/lessons/contract.ts';
import type { ShownLesson } from './shown.ts';

type Change = Partial<ShownLesson>;

/** What a step says; one of a file without texts says what its name and fields say. */
function saidOf({ say, name, fields }: GuidedStep | ToldStep): Said {
  return say ?? { fr: guideText('fr', name, fields), en: guideText('en', name, fields) };
}

/** A lesson as it is shown at first: its situation, where it has one. */
export function beginningOf(lesson: Lesson): ShownLesson {
  const { name: file, title, head } = lesson;
  const text = head?.situation ?? null;
  const phase = text ? 'situation' : 'do';
  return { file, number: head?.manual ?? '', title, ...lesson.position(), phase, text, turn: null };
}

/** What the lesson waits for. `shown`: what is shown now. */
export function presented(lesson: Lesson, shown: ShownLesson | null): Change {
  const place = lesson.position();
  const current = lesson.current();
  const turn = lesson.wrong();
  if (lesson.busy()) return { ...place, phase: 'working', turn: null };
  if (!current) return { ...place, phase: 'finished', text: null, turn: null };
  if (turn && shown?.phase === 'wrong') return { ...place, turn };
  return { ...place, phase: current.kind, text: saidOf(current), turn: null };
}

/** The lesson stands elsewhere: what a step meant, and how a lesson begins, is read before anything else is told. */
export function changedTo(lesson: Lesson, shown: ShownLesson | null): Change {
  const { at, of } = lesson.position();
  if (shown?.phase === 'then') return { at: at - 1, of };
  return shown?.phase === 'situation' ? { at, of } : presented(lesson, shown);
}

/** What is shown after something that a lesson tells; undefined: the same. */
export function toldBy(lesson: Lesson, shown: ShownLesson | null, event: LessonEvent): Change | undefined {
  switch (event.kind) {
    case 'done':
      if (event.then && event.by === 'trainee') return { phase: 'then', text: event.then, turn: null };
      return { phase: 'do', turn: null };
    case 'changed':
      return changedTo(lesson, shown);
    case 'wrong':
      return { phase: 'wrong', text: null, turn: event.turn };
    case 'anew':
      return { phase: 'do', turn: null };
    case 'finished':
      return shown?.phase === 'then' ? undefined : presented(lesson, shown);
    default:
      return undefined;
  }
}

/** What is shown when somebody has read what was said and goes on; undefined: there was nothing to read. */
export function readOn(lesson: Lesson, shown: ShownLesson | null): Change | undefined {
  switch (shown?.phase) {
    case 'situation':
    case 'then':
      return { text: null, ...presented(lesson, { ...shown, phase: 'do' }) };
    case 'wrong':
      return presented(lesson, { ...shown, phase: 'do' });
    default:
      return undefined;
  }
}
