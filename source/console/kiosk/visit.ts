import type { Action, Refusal } from '../../desk/perform.ts';
import { widthOf } from '../../language/fit.ts';
import { datesIn } from '../../language/dates.ts';
import type { Dates } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import type { KioskWords } from '../../language/kiosk-words.ts';
import type { Language } from '../../language/index.ts';
import type { KioskGreeting } from '../../desk/kiosk-greeting.ts';
import type { Now, SetTimer } from '../keyboard/timers.ts';
import type { Tone } from '../state.ts';
import type { Store } from '../store.ts';
import type { KioskHouse } from './contract.ts';
import { actAs, SessionOver } from './means.ts';
import type { KioskState } from './state.ts';
import type { Ui } from './ui.ts';

/** Who has signed in. */
export type Reader = { readonly id: number; readonly name: string; readonly identifier: string };

/** The answers of a kiosk to somebody who may be guessing come at whole multiples of this. */
const BEAT_MS = 500;
/** Columns of a line of a list that are not text. */
const LIST_MARGIN = 6;

/** What one session's flows work with: the screen, the desk as a patron sees it, and who has signed in. */
export type Visit = {
  readonly ui: Ui;
  readonly house: KioskHouse;
  /** Does what patrons may do, as who has signed in or as nobody. Throws DatabaseAway, and SessionOver where it came too late. */
  act<Request, Outcome>(what: Action<Request, Outcome>, request: Request): Promise<Outcome | Refusal>;
  /** Waits for something else of the house: what comes after the session is nobody's. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Resolves at the next beat after `started`: how long an answer took says nothing (KIO-02). */
  beat(started: number): Promise<void>;
  now(): number;
  /** The moment of the house's clock. */
  moment(): number;
  reader(): Reader | null;
  signedIn(reader: Reader): void;
  words(): KioskWords;
  language(): Language;
  choose(language: Language): void;
  dates(): Dates;
  /** As many of these texts as have room in a line of a list, one behind the other. */
  fitting(...parts: readonly string[]): string;
  library(code: string): string;
  group(code: string): string;
  tell(tone: Tone, text: string): void;
  greeting(): KioskGreeting;
};

/** Makes what a session works with. `isOver`: nobody waits for its answers any more. */
export function createVisit(options: {
  readonly house: KioskHouse;
  readonly greeting: () => KioskGreeting;
  readonly store: Store<KioskState>;
  readonly ui: Ui;
  readonly setTimer: SetTimer;
  readonly now: Now;
  readonly isOver: () => boolean;
  /** Calls when the session ends; answers with what calls that off. */
  readonly whenOver: (call: () => void) => () => void;
}): Visit {
  const { house, store, ui, setTimer, now, isOver, whenOver, greeting } = options;
  let reader: Reader | null = null;

  async function hold<T>(work: Promise<T>): Promise<T> {
    let callOff: (() => void) | undefined;
    const over = new Promise<never>((_, reject) => {
      callOff = whenOver(() => reject(new SessionOver()));
    });
    try {
      // Whoever comes next does not wait for what the one before has asked.
      const done = await Promise.race([work, over]);
      if (isOver()) throw new SessionOver();
      return done;
    } finally {
      callOff?.();
    }
  }

  return {
    ui,
    house,
    hold,
    now,
    greeting,
    moment: () => house.clock(),
    act: async (what, request) => {
      if (isOver()) throw new SessionOver();
      const { terminal, library } = house;
      const act = actAs(house.perform, { terminal, library, patron: reader?.id ?? null });
      return hold(act(what, request));
    },
    beat: async (started) => {
      const left = BEAT_MS - ((now() - started) % BEAT_MS);
      await hold(
        new Promise<void>((resolve) => {
          setTimer(left, resolve);
        }),
      );
    },
    reader: () => reader,
    signedIn(who) {
      reader = who;
      store.set({ who: who.name });
    },
    words: () => wordsIn(store.get().language).kiosk,
    language: () => store.get().language,
    choose: (language) => store.set({ language }),
    dates: () => datesIn(store.get().language, store.get().timeZone),
    fitting: (...parts) =>
      parts
        .filter((one) => one !== '')
        .reduce((line, part) => {
          const longer = line === '' ? part : `${line} · ${part}`;
          return line !== '' && widthOf(longer) > store.get().columns - LIST_MARGIN ? line : longer;
        }, ''),
    library: (code) => greeting().libraries.find((one) => one.code === code)?.name ?? code,
    group: (code) => greeting().groups.find((one) => one.code === code)?.name[store.get().language] ?? code,
    tell: (tone, text) => store.set({ answer: { tone, text } }),
  };
}
