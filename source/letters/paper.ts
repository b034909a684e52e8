import type { Network } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { DeskWords, Saying } from '../language/desk-words.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { LetterWords } from '../language/letter-words.ts';
import { sayingIn } from '../language/saying.ts';

/** Widths that receipts and slips are laid out for, in columns: thermal paper and a sheet (TUI-08). */
export type PaperColumns = 42 | 80;

const NARROW = 42;

/** A paper to write on: how wide it is, in which language, with whose names and in which time zone. */
export type Paper = {
  readonly columns: PaperColumns;
  readonly network: Network | null;
  readonly timeZone: string;
  readonly words: LetterWords;
  readonly desk: DeskWords;
  readonly say: Saying;
  /** `lundi 22 juin 2026, 19:00`; on narrow paper `lun. 22 juin 2026, 19:00`. */
  moment(instant: Instant): string;
  /** `lundi 22 juin 2026`. */
  day(day: Day): string;
};

/** A paper in a language; names of libraries and departments come from the network, days are those of the time zone (IANA name). */
export function paperFor(options: {
  readonly columns: PaperColumns;
  readonly language: Language;
  readonly network: Network | null;
  readonly timeZone: string;
}): Paper {
  const { columns, language, network, timeZone } = options;
  const { letters, desk } = wordsIn(language);
  const say = sayingIn(network, language, timeZone);
  return {
    columns,
    network,
    timeZone,
    words: letters,
    desk,
    say,
    moment: (instant) =>
      columns === NARROW
        ? say.dates.dated(instant)
        : `${say.dates.day(dayOf(instant, timeZone))}, ${say.dates.hour(instant)}`,
    day: say.dates.day,
  };
}

/** The language in which a patron is written to: French where they prefer it, else English (TUI-06). */
export function languageOfPatron(preferred: string): Language {
  return /^fr/i.test(preferred.trim()) ? 'fr' : 'en';
}
