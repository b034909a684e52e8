import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import type { ConsoleHouse, ConsoleOptions } from '../contract.ts';
import type { Input } from '../input.ts';
import type { Keyboard } from '../keyboard/dispatch.ts';
import type { Opening } from '../opening.ts';
import type { Runtime } from '../runtime.ts';
import { App } from '../views/app.tsx';
import { showLessons } from './list.ts';
import type { LessonMeans } from './contract.ts';
import { createLessons } from './means.ts';

/** The parts of a console that lessons work with; some are made after them. */
export type LessonParts = {
  readonly runtime: () => Runtime;
  readonly input: () => Input;
  readonly keyboard: () => Pick<Keyboard, 'idle'>;
  readonly opening: Opening;
  /** Where the terminal's bytes come from: what a lesson types comes from there too. */
  readonly stdin: NodeJS.ReadableStream;
  /** The clock of the house that one is in now. */
  readonly takeClock: (clock: () => number) => void;
  readonly beside: (work: Promise<void>) => void;
};

/** The screen as it would be drawn now, without colours. */
function screenOf(runtime: Runtime, { hears }: Input): string {
  const { columns } = runtime.store.get();
  return stripVTControlCharacters(renderToString(<App runtime={runtime} hears={hears} />, { columns }));
}

/** Gives a console its lessons. */
export function wireLessons({ runtime, input, keyboard, opening, stdin, takeClock, beside }: LessonParts): LessonMeans {
  const enter = (house: ConsoleHouse): void => {
    opening.enter(house);
    takeClock(house.clock);
  };
  return createLessons({
    runtime,
    beside,
    house: opening.house,
    enter,
    leave: async () => {
      opening.leave();
      takeClock((await opening.house()).clock);
    },
    add: (task) => {
      input().add(task);
    },
    // Nothing but keys: the bytes go the way that a person's go.
    type: (bytes) => {
      stdin.emit('data', Buffer.from(bytes));
    },
    calm: async () => {
      await keyboard().idle();
      await input().calm();
    },
    screen: () => screenOf(runtime(), input()),
    showList: async () => showLessons(runtime()),
  });
}

/** What stays of a person also when they leave a lesson. */
const PERSONAL = ['language', 'keys', 'screenReader'];

/** Preferences: while a lesson is followed, what is remembered is forgotten with it, and nothing earlier changes the lesson. */
export function lessonPreferences(
  lasting: ConsoleOptions['preferences'],
  isOpen: () => boolean,
): ConsoleOptions['preferences'] {
  let passing = new Map<string, unknown>();
  const own = (key: string): Map<string, unknown> | undefined => {
    if (!isOpen()) passing = new Map();
    return isOpen() && !PERSONAL.includes(key) ? passing : undefined;
  };
  return {
    get: (key) => (own(key) ?? lasting).get(key),
    set: (key, value) => {
      (own(key) ?? lasting).set(key, value);
    },
  };
}
