/** Lessons and what trainers do. Titles and texts of lessons come in as the file has them; keys as people read them. */
export type LessonWords = {
  /** In the header, in capitals. */
  readonly mode: (number: string) => string;
  /** First row of the pane: number and title; which step of how many. */
  readonly head: (number: string, title: string) => string;
  readonly step: (at: number, of: number) => string;
  /** What the next key does now. */
  readonly hint: {
    readonly do: (key: string) => string;
    readonly on: (key: string) => string;
    readonly back: (back: string, key: string) => string;
    readonly skip: (skip: string) => string;
    readonly following: (key: string) => string;
    /** Where no list of lessons is behind this one. */
    readonly leave: (key: string) => string;
    readonly working: string;
  };
  readonly wrong: {
    /** What was done instead: somebody or something else, with another result, or another thing. */
    readonly subject: string;
    readonly result: string;
    readonly other: string;
    readonly back: (back: string) => string;
  };
  readonly stuck: (skip: string) => string;
  readonly finished: (again: string, leave: string) => string;
  readonly takenBack: string;
  /** At a terminal of the patrons. */
  readonly takenBackHere: string;
  readonly begun: string;
  readonly left: string;
  readonly skipped: string;
  readonly none: string;
  readonly noneOpen: string;
  /** A lesson of the patrons is opened by a command of its own, by its name. */
  readonly kiosk: (name: string) => string;
  readonly offline: string;
  readonly askLeave: string;
  readonly failed: (because: string) => string;
  readonly list: {
    readonly title: (done: number, all: number) => string;
    readonly hint: string;
    readonly field: string;
    readonly empty: string;
    /** On the sign-in screen of a training copy. */
    readonly signIn: (key: string) => string;
    readonly columns: {
      readonly number: string;
      readonly title: string;
      readonly rules: string;
      readonly done: string;
    };
    readonly chapters: Readonly<Record<number, string>>;
    readonly chapter: (number: number) => string;
  };
  readonly keysTitle: string;
  readonly keysShown: string;
  readonly keysHidden: string;
  readonly slow: string;
  readonly fast: string;
  readonly trainer: {
    readonly noTrainer: string;
    readonly setTitle: string;
    readonly advanceTitle: string;
    readonly day: string;
    readonly hour: string;
    readonly real: string;
    readonly realHint: string;
    readonly dayHint: string;
    readonly hourHint: string;
    readonly noSuchTime: string;
    readonly notBack: string;
    readonly refused: string;
    readonly standsAt: (moment: string) => string;
    readonly isReal: string;
    readonly running: (moment: string) => string;
    readonly askReset: string;
    readonly resetLines: readonly string[];
    readonly reset: string;
    readonly operators: string;
    readonly operatorsHint: string;
    readonly account: string;
    readonly name: string;
    readonly role: string;
    readonly now: (name: string) => string;
  };
};
