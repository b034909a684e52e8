import type { LetterKind } from '../circulation/letters.ts';
import type { Instant } from '../circulation/time.ts';
import type { ListedLetter } from '../records/letter-list.ts';
import type { Window } from '../records/loans.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type { ListedLetter } from '../records/letter-list.ts';

export type LettersFound =
  | { readonly kind: 'letters'; readonly total: number; readonly letters: readonly ListedLetter[] }
  | Refusal;

/** A window of the letters that have been written, the oldest first: of a patron (any identifier), of a kind, since a moment. */
export const findLetters = action(
  'find-letters',
  { permission: 'view-patrons', readOnly: true },
  async (
    { records }: Desk,
    request: {
      readonly patron?: string;
      readonly letterKind?: LetterKind;
      readonly since?: Instant;
      readonly window: Window;
    },
  ): Promise<LettersFound> => {
    const { patron, letterKind, since, window } = request;
    const patronId = patron === undefined ? undefined : await records.patrons.idByIdentifier(patron);
    if (patron !== undefined && patronId === undefined) return { kind: 'unknown', what: 'PATRON', key: patron };
    return { kind: 'letters', ...(await records.letterList.find({ patronId, kind: letterKind, since }, window)) };
  },
);
