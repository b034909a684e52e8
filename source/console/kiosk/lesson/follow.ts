import { wordsIn } from '../../../language/index.ts';
import type { Language } from '../../../language/index.ts';
import type { GuidedStep, Lesson, LessonEvent } from '../../../training/lessons/contract.ts';
import { beginningOf, changedTo, presented, readOn, toldBy } from '../../guide/phases.ts';
import { bytesOf } from '../../guide/strokes.ts';
import type { Stroke } from '../../guide/strokes.ts';
import { chordOf } from '../../keyboard/keys.ts';
import type { ConsoleEvent } from '../../keyboard/keys.ts';
import type { SetTimer } from '../../keyboard/timers.ts';
import type { Store } from '../../store.ts';
import type { KioskState } from '../state.ts';
import type { Reader } from '../visit.ts';
import { LESSON_KEYS, letterGoesOn } from './shown.ts';
import type { LessonHere } from './shown.ts';
import { nextKeys } from './typing/index.ts';

/** No step needs so many looks at the page: what does is going round in circles. */
const MOST_LOOKS = 80;
/** In slow motion: between letters, and before another key, in milliseconds. */
const SLOW = { text: 120, key: 300, scan: 600 } as const;
/** A clock that jumps further than this has left the terminal alone. */
const ALONE_MS = 60_000;

/** Where the next session begins, when a turn was taken back. */
export type Resumed = { readonly language: Language; readonly reader: Reader | null };

/** The lesson that is followed at a terminal. */
export type Guide = {
  /** Whether a key is one of the lesson's: then it has been taken. */
  takes(event: ConsoleEvent): boolean;
  /** Resolves when the lesson types and plays nothing any more. */
  settled(): Promise<void>;
  /** Where the session that begins now goes on; undefined: it begins with the language. */
  resumed(): Resumed | undefined;
  stop(): void;
};

type GuideMeans = {
  readonly lesson: Lesson;
  readonly fromList: boolean;
  readonly store: Store<KioskState>;
  readonly setTimer: SetTimer;
  readonly reader: () => Reader | null;
  /** Hands bytes to the keyboard, as the terminal does. */
  readonly type: (bytes: string) => void;
  /** Resolves when everything that was typed is answered. */
  readonly calm: () => Promise<void>;
  /** Ends the session; the next one begins. */
  readonly endSession: () => void;
  /** Reads again what is shown. */
  readonly redraw: () => void;
  /** The lesson is left. */
  readonly leave: () => void;
  readonly failed: (error: unknown) => void;
};

/** Owns the lesson at a terminal of the patrons: shows what it tells, does what its keys say, types its steps. */
export function followLesson(means: GuideMeans): Guide {
  const { lesson, store, calm, failed } = means;
  let work = Promise.resolve();
  let isTyping = false;
  let isSlow = false;
  let resume: Resumed | undefined;
  let codeOf = 0;

  const shown = (): LessonHere | null => store.get().lesson;
  const show = (change: Partial<LessonHere>): void => {
    const before = shown();
    if (before) store.set({ lesson: { ...before, ...change } });
  };
  const tell = (text: string): void => store.set({ answer: { tone: 'information', text } });
  const words = () => wordsIn(store.get().language).console.lessons;

  /** Does something after all that came before it. */
  const run = (task: () => Promise<void>): void => {
    work = work.then(task).catch(failed);
  };

  /** The letter that somebody is to read a code in is opened when the code is needed. */
  const readCode = (): void => {
    const step = lesson.current();
    if (step?.kind !== 'do' || step.name !== 'set-password' || codeOf === step.number) return;
    codeOf = step.number;
    const { id } = step.fields as { readonly id: string };
    run(async () => show({ code: (await lesson.kiosk.code(id)) ?? null }));
  };

  /** Looking is what some steps wait for: for them nothing is looked at again by itself. */
  const refresh = (): void => {
    const step = lesson.current();
    if (step?.kind !== 'do' || (step.name !== 'account' && step.name !== 'search')) means.redraw();
  };

  const hear = (event: LessonEvent): void => {
    if (event.kind === 'clock') {
      const isAlone = event.to - store.get().now > ALONE_MS;
      store.set({ now: event.now });
      if (isAlone) means.endSession();
      return;
    }
    if (event.kind === 'anew') {
      codeOf = 0;
      store.set({ now: lesson.clock() });
      means.endSession();
    }
    show(toldBy(lesson, shown(), event) ?? {});
    if (event.kind !== 'changed' || lesson.busy()) return;
    readCode();
    refresh();
  };

  /** Whether the step still waits. */
  const waits = (step: GuidedStep): boolean => {
    const current = lesson.current();
    return current?.kind === 'do' && current.number === step.number && lesson.wrong() === null;
  };

  /** The terminal is calm, and the lesson plays nothing. */
  const ready = async (): Promise<void> => {
    await calm();
    while (lesson.busy()) {
      await lesson.settled();
      await calm();
    }
  };

  const pause = async (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      means.setTimer(milliseconds, resolve);
    });

  /** Presses what a stroke says and waits for the answer; in slow motion letter by letter. */
  const feed = async (stroke: Stroke): Promise<void> => {
    const parts: Stroke[] =
      isSlow && stroke.kind === 'text' ? Array.from(stroke.text, (text) => ({ kind: 'text', text })) : [stroke];
    for (const part of parts) {
      if (isSlow) await pause(SLOW[part.kind]);
      means.type(bytesOf(part));
    }
    await calm();
  };

  /** Looks at the page, makes the next keys, lets them be answered, and looks again, until the step is done. Answers whether it is. */
  const play = async (step: GuidedStep): Promise<boolean> => {
    await ready();
    const memo = new Map<string, number>();
    const fields = typeof step.fields === 'object' && step.fields !== null ? step.fields : {};
    const requestCalled = (name: string): number | undefined => lesson.requestCalled(name);
    for (let looks = 0; looks < MOST_LOOKS && waits(step); looks += 1) {
      const sight = { state: store.get(), reader: means.reader(), step, fields, memo, requestCalled };
      const next = nextKeys({ ...sight, facts: lesson.kiosk, code: shown()?.code ?? null });
      if (!next || next.length === 0) return false;
      for (const stroke of next) {
        if (!waits(step)) return true;
        await feed(stroke);
      }
      await ready();
    }
    return !waits(step);
  };

  const typeStep = async (step: GuidedStep): Promise<void> => {
    isTyping = true;
    try {
      const isDone = await play(step);
      if (!isDone && lesson.wrong() === null) show({ phase: 'stuck', text: null });
    } finally {
      isTyping = false;
    }
  };

  const goOn = (): void => {
    const before = shown();
    if (isTyping || before?.phase === 'working') return;
    const read = readOn(lesson, before);
    if (read) return show(read);
    if (before?.phase === 'finished') return means.leave();
    const current = lesson.current();
    run(async () => (current?.kind === 'do' ? typeStep(current) : lesson.goOn()));
  };

  /** Makes the scene anew: the session that begins then goes on where one was. */
  const anew = (to: Resumed | undefined, task: () => Promise<void>, said: () => string): void => {
    if (isTyping) return;
    run(async () => {
      resume = to;
      await task();
      await ready();
      tell(said());
    });
  };

  const DOES: Readonly<Record<string, () => void>> = {
    [LESSON_KEYS.next]: goOn,
    [LESSON_KEYS.back]: () => {
      const { language } = store.get();
      const isSigningIn = lesson.current()?.name === 'sign-in';
      const to = { language, reader: isSigningIn ? null : means.reader() };
      anew(
        to,
        async () => {
          await lesson.takeBack();
          show(presented(lesson, shown()));
        },
        () => words().takenBackHere,
      );
    },
    [LESSON_KEYS.again]: () => {
      anew(
        undefined,
        async () => {
          await lesson.reset();
          show(beginningOf(lesson));
          show(changedTo(lesson, shown()));
        },
        () => words().begun,
      );
    },
    [LESSON_KEYS.skip]: () => {
      if (isTyping || lesson.current()?.kind !== 'do') return;
      run(async () => {
        show({ phase: 'do' });
        await lesson.skip();
        show(presented(lesson, shown()));
        tell(words().skipped);
      });
    },
    [LESSON_KEYS.slow]: () => {
      isSlow = !isSlow;
      tell(isSlow ? words().slow : words().fast);
    },
    [LESSON_KEYS.leave]: () => means.leave(),
  };

  const stopListening = lesson.listen(hear);
  const begun = beginningOf(lesson);
  store.set({ lesson: { ...begun, code: null, fromList: means.fromList }, now: lesson.clock() });
  if (begun.phase === 'do') show(presented(lesson, shown()));
  readCode();

  return {
    takes(event) {
      const chord = chordOf(event) ?? '';
      const isLetter = chord === LESSON_KEYS.letter && letterGoesOn(store.get());
      const does = isLetter ? goOn : DOES[chord];
      if (does) {
        does();
        return true;
      }
      // Whoever goes on by themselves has read what the step meant.
      if (!isTyping && shown()?.phase === 'then') show(readOn(lesson, shown()) ?? {});
      return false;
    },
    async settled() {
      let seen;
      do {
        seen = work;
        await seen;
      } while (seen !== work);
    },
    resumed() {
      const to = resume;
      resume = undefined;
      return to;
    },
    stop: stopListening,
  };
}
