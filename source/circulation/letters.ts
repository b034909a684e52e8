import type { Day, Instant } from './time.ts';

/** Letters that this version writes (LET-01). */
export const LETTER_KINDS = ['quitus', 'identity'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** `queued`: waits to leave, or, without an address, to be printed (LET-04). */
export type LetterState = 'queued' | 'sent' | 'printed' | 'failed' | 'cancelled';

/** Whom a letter is about, as the record said when it was written. */
export type LetterPatron = {
  readonly lastName: string;
  readonly firstName: string;
  /** The primary identifier. */
  readonly identifier: string;
};

/** What a clearance certifies (QUI-02); everything that its document says, so that it can be made again as it was. */
export type ClearanceFacts = {
  readonly number: number;
  readonly patron: LetterPatron & { readonly birthDay: Day | null };
  readonly issuedAt: Instant;
  /** The day in the network's time zone. */
  readonly day: Day;
  /** Who issues it (manual XII.1); null: the network itself. */
  readonly authority: string | null;
  readonly place: string | null;
  readonly network: string;
};

/** What the identity message says beside its code (USR-11), which is made when it leaves. */
export type IdentityFacts = { readonly patron: LetterPatron; readonly network: string };

/** What is kept of each kind of letter. Never a secret. */
export type LetterFacts = { readonly quitus: ClearanceFacts; readonly identity: IdentityFacts };

/** A line of a patron's letters (USR-07). */
export type LetterLine = {
  readonly id: number;
  readonly kind: LetterKind;
  readonly createdAt: Instant;
  /** When it left or was printed. */
  readonly sentAt: Instant | null;
  /** Null: nobody can be written to; it waits to be printed. */
  readonly address: string | null;
  readonly state: LetterState;
  /** Why it has not left. */
  readonly error: string | null;
  /** It repeats an earlier letter (LET-04). */
  readonly again: boolean;
  readonly library: string | null;
  /** The patron's preferred one when it was written. */
  readonly language: string;
};

/** A letter with what it is made of. */
export type Letter = {
  [Kind in LetterKind]: Omit<LetterLine, 'kind'> & {
    readonly kind: Kind;
    readonly patronId: number | null;
    readonly facts: LetterFacts[Kind];
  };
}[LetterKind];

/** A one-time code in plain: shown once, to whoever prints or sends it. */
export type PlainCode = { readonly code: string; readonly expires: Instant };

/** The number of a clearance as people read it: `2026-000012`. */
export const clearanceNumber = ({ number, day }: Pick<ClearanceFacts, 'number' | 'day'>): string =>
  `${day.slice(0, 4)}-${String(number).padStart(6, '0')}`;
