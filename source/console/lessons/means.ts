import type { Lesson, LessonEvent } from '../../training/lessons/contract.ts';
import { beginningOf, changedTo, presented, readOn, toldBy } from '../guide/phases.ts';
import type { ShownLesson } from '../guide/shown.ts';
import type { CommandName } from '../keymap.ts';
import { chordOf } from '../keyboard/keys.ts';
import type { ConsoleEvent } from '../keyboard/keys.ts';
import { leaving } from '../prompt-keys.ts';
import type { Runtime } from '../runtime.ts';
import { beginSeat, leaveSeat, putAway, refreshAll, sitAs, visitOf } from './seat.ts';
import type { Visit } from './seat.ts';
import type { LessonCommand, LessonMeans, LessonOptions } from './contract.ts';
import { playStep } from './play.ts';

type Followed = { readonly lesson: Lesson; readonly visit: Visit; readonly stop: () => void };

/** Keeps so many keys for an audience. */
const SHOWN_KEYS = 8;

/** What a key is called for an audience. */
function keyText(event: ConsoleEvent, runtime: Runtime): string {
  if (event.kind === 'scan') return `[${event.text}]`;
  const chord = chordOf(event);
  if (chord === undefined) return event.kind === 'text' ? event.text : '';
  return runtime.words().keyName(chord);
}

/** Owns the lesson that is followed: shows what it tells, does what its commands say, types its steps. */
export function createLessons(options: LessonOptions): LessonMeans {
  const finished = new Set<string>();
  let followed: Followed | undefined;
  let isTyping = false;
  let latest: string | undefined;
  let pending: CommandName[] = [];
  let hasNews = false;
  const scanned = { last: '' };

  const state = () => options.runtime().store.get();
  const show = (change: Partial<ShownLesson>): void => {
    const { lesson } = state();
    if (lesson) options.runtime().store.set({ lesson: { ...lesson, ...change } });
  };

  /** Shows what the lesson waits for. */
  const present = (): void => {
    if (followed) show(presented(followed.lesson, state().lesson));
  };

  /** Waits in its turn for what the lesson plays, then reads again what is shown. */
  const follow = (lesson: Lesson): void => {
    options.add(async () => {
      await lesson.settled();
      if (followed?.lesson === lesson) await refreshAll(options.runtime(), lesson);
    });
  };

  const hear = (lesson: Lesson, event: LessonEvent): void => {
    const runtime = options.runtime();
    if (event.kind === 'anew') sitAs(runtime, lesson, event.seat);
    if (event.kind === 'finished') finished.add(lesson.name);
    if (event.kind === 'changed' && lesson.busy()) follow(lesson);
    show(toldBy(lesson, state().lesson, event) ?? {});
    switch (event.kind) {
      case 'clock':
        return runtime.store.set({ now: event.now });
      case 'seated':
        return options.add(async () => sitAs(runtime, lesson, event.seat));
      case 'session-ended':
        return options.add(async () => {
          if (state().record?.pane.patron.id === event.patron) putAway(runtime);
        });
      default:
        return undefined;
    }
  };

  /** Leaves the question or the form that is open: nothing is done while somebody is asked. */
  const leaveQuestions = (): void => {
    const runtime = options.runtime();
    const { prompt, form, overlay } = runtime.store.get();
    if (prompt) runtime.answer(leaving(prompt.choices));
    else if (form) runtime.leaveForm('cancelled');
    else if (overlay) runtime.store.set({ overlay: null, paletteText: '' });
  };

  const typeStep = async (lesson: Lesson): Promise<void> => {
    const step = lesson.current();
    if (isTyping || step?.kind !== 'do') return;
    isTyping = true;
    try {
      const { type, calm, screen } = options;
      const typist = { runtime: options.runtime(), lesson, type, calm, screen, scanned };
      const isDone = await playStep(typist, step);
      if (!isDone && followed?.lesson === lesson && lesson.wrong() === null) show({ phase: 'stuck', text: null });
    } finally {
      isTyping = false;
      pending = [];
    }
  };

  const goOn = (lesson: Lesson): void => {
    const phase = state().lesson?.phase;
    if (isTyping || phase === 'working') return;
    const read = readOn(lesson, state().lesson);
    if (read) return show(read);
    if (phase === 'finished') return options.add(async () => leave().then(options.showList));
    if (lesson.current()?.kind === 'do') return options.beside(typeStep(lesson));
    leaveQuestions();
    options.add(async () => lesson.goOn());
  };

  const leave = async (): Promise<void> => {
    const runtime = options.runtime();
    if (!followed) return;
    const { lesson, visit, stop } = followed;
    if (visit.isHome) {
      const { askLeave } = runtime.words().lessons;
      const answer = await runtime.ask({
        title: askLeave,
        lines: [],
        why: [],
        choices: ['answer-yes', 'answer-cancel'],
      });
      if (answer === 'answer-yes') runtime.quit(0);
      return;
    }
    followed = undefined;
    stop();
    await options.leave();
    await leaveSeat(runtime, visit);
    await lesson.close();
    runtime.tell('information', runtime.words().lessons.left);
  };

  const inTurn = (work: (lesson: Lesson) => Promise<void>): void => {
    leaveQuestions();
    options.add(async () => {
      if (followed) await work(followed.lesson);
    });
  };

  const DOES: Readonly<Record<LessonCommand, (lesson: Lesson) => void>> = {
    'lesson-next': goOn,
    'lesson-back': () => {
      inTurn(async (lesson) => {
        await lesson.takeBack();
        present();
        options.runtime().tell('information', options.runtime().words().lessons.takenBack);
      });
    },
    'lesson-again': () => {
      inTurn(async (lesson) => {
        await lesson.reset();
        show(beginningOf(lesson));
        show(changedTo(lesson, state().lesson));
        options.runtime().tell('information', options.runtime().words().lessons.begun);
      });
    },
    'lesson-skip': () => {
      inTurn(async (lesson) => {
        if (lesson.current()?.kind !== 'do') return;
        show({ phase: 'do' });
        await lesson.skip();
        present();
        options.runtime().tell('information', options.runtime().words().lessons.skipped);
      });
    },
    'lesson-leave': () => {
      leaveQuestions();
      options.add(leave);
    },
  };

  return {
    house: options.house,
    isOpen: () => followed !== undefined,
    finished: () => finished,
    latest: () => latest,
    left(chosen) {
      const { language, ...now } = state();
      const { staff, place } = followed && !followed.visit.isHome ? followed.visit.kept : now;
      return { finished: [...finished], latest: chosen, language, signedIn: staff && { staff, place } };
    },
    async resume(left) {
      for (const file of left.finished) finished.add(file);
      ({ latest } = left);
      await options.showList();
    },
    async begin(house, lesson) {
      const runtime = options.runtime();
      if (followed?.visit.isHome === true) followed.stop();
      else if (followed) await leave();
      const before = await options.house();
      const visit = await visitOf(runtime, before.lesson !== undefined);
      if (before !== house) options.enter(house);
      latest = lesson.name;
      const shown = beginningOf(lesson);
      followed = { lesson, visit, stop: lesson.listen((event) => hear(lesson, event)) };
      beginSeat(runtime, house, lesson, shown);
      if (lesson.busy()) follow(lesson);
      if (shown.phase === 'do') present();
      runtime.tell('information', runtime.words().lessons.begun);
    },
    async run(command) {
      const runtime = options.runtime();
      if (followed) DOES[command](followed.lesson);
      else runtime.tell('information', runtime.words().lessons.noneOpen);
    },
    pressed(event, command) {
      const runtime = options.runtime();
      const { shownKeys, lesson } = runtime.store.get();
      if (shownKeys && command !== 'show-keys')
        runtime.store.set({ shownKeys: [...shownKeys, keyText(event, runtime)].slice(-SHOWN_KEYS) });
      hasNews = true;
      if (event.kind === 'scan' && !isTyping) scanned.last = event.text;
      if (command) pending.push(command);
      if (isTyping || command === 'lesson-next' || lesson?.phase !== 'then') return;
      show({ phase: 'do', text: null });
      present();
    },
    ran(command) {
      pending.push(command);
    },
    answered() {
      // What is typed for one is looked at when its last key has been answered.
      if (isTyping) return;
      const commands = pending;
      const isNew = hasNews || commands.length > 0;
      pending = [];
      hasNews = false;
      const current = followed?.lesson.current();
      if (!isNew || !followed || current?.kind !== 'do' || current.name !== 'console') return;
      const screen = options.screen();
      for (const command of commands.length > 0 ? commands : ['']) followed.lesson.commandRun(command, screen);
    },
    async close() {
      followed?.stop();
      await followed?.lesson.close();
    },
  };
}
