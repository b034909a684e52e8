import type { Day } from './time.ts';

/** What a patron's note is about; it only sorts the notes in a list (manual, *Note sur les usagers*). */
export const NOTE_TYPES = ['general', 'circulation', 'address', 'library', 'barcode', 'other'] as const;
export type NoteType = (typeof NOTE_TYPES)[number];

/** A note is read in a pop-up while somebody waits: in characters, no more than fits there. */
export const LONGEST_NOTE = 500;

/** A day as notes say it that are the same in every language: `09/02/2026` (manual XII.2.3). */
export const noteDay = (day: Day): string => day.split('-').toReversed().join('/');

/** A note as it is kept: on one line, so that it reads the same in a list, in a pop-up and on paper. */
export const tidyNote = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
