import type { CardProblem, CardSpot } from '../../circulation/card-system.ts';
import type { CardRecord } from '../../desk/card-system.ts';

/** A text of a file, where it stands. */
export type Said = { readonly text: string; readonly spot: CardSpot };

type SaidContact = { readonly value: Said; readonly type: string | null; readonly preferred: boolean };

/** A postal address as a file has it. */
export type SaidAddress = {
  readonly lines: readonly Said[];
  readonly city: Said | undefined;
  readonly postalCode: Said | undefined;
  readonly country: Said | undefined;
  readonly type: string | null;
  readonly preferred: boolean;
  readonly spot: CardSpot;
};

/**
 * What a record of a file says, whatever the file's form, before anything is checked. Undefined: the file has no such field;
 * an empty text: it has, and there is nothing in it.
 */
export type SaidPatron = {
  readonly spot: CardSpot;
  readonly recordType?: Said | undefined;
  readonly accountType?: Said | undefined;
  readonly primaryId?: Said | undefined;
  readonly lastName?: Said | undefined;
  readonly firstName?: Said | undefined;
  readonly group?: Said | undefined;
  readonly campus?: Said | undefined;
  readonly category?: Said | undefined;
  readonly language?: Said | undefined;
  readonly birthDate?: Said | undefined;
  readonly expiry?: Said | undefined;
  readonly purge?: Said | undefined;
  readonly status?: Said | undefined;
  readonly identifiers?: readonly { readonly type: string; readonly value: Said }[] | undefined;
  readonly emails?: readonly SaidContact[] | undefined;
  readonly phones?: readonly SaidContact[] | undefined;
  readonly addresses?: readonly SaidAddress[] | undefined;
  readonly statistics?: readonly Said[] | undefined;
  readonly notes?: readonly { readonly text: Said; readonly popup: boolean; readonly visible: boolean }[] | undefined;
  /** What was noticed while it was read. */
  readonly problems: readonly CardProblem[];
};

/** A record that has been read: ready to be imported, or null where something is wrong with it. */
export type ReadPatron = {
  readonly record: CardRecord | null;
  /** Its primary identifier, where it has one. */
  readonly identifier: string | null;
  readonly problems: readonly CardProblem[];
};

/** Something of a file: a record, which is read only when it is asked for, or a problem of the file itself. */
export type PatronEntry =
  | { readonly kind: 'file'; readonly problem: CardProblem; readonly bytes: number }
  | {
      readonly kind: 'record';
      readonly line: number;
      /** Its primary identifier, as far as one sees without reading it; null: one does not. */
      readonly key: string | null;
      /** A short hash of how it is written, under what the codes mean now. */
      readonly raw: string;
      /** Bytes of the file until here. */
      readonly bytes: number;
      read(): ReadPatron;
    };
