import type { OptionName } from '../language/command-words.ts';

/** Options as they were typed. */
export type Options = {
  /** The value of an option; undefined where it is not given. */
  readonly text: (name: OptionName) => string | undefined;
  /** All values of an option that may be repeated. */
  readonly list: (name: OptionName) => readonly string[];
  readonly has: (name: OptionName) => boolean;
};
