import type { CardProblemCode } from '../circulation/card-system.ts';

/** What a sentence about a problem speaks of: what the file has there, and what it clashes with or should have been. */
export type PatronProblemFacts = { readonly found: string; readonly other: string };

type Counts = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
};

/** What an import from the card system says: problems, counts, the card system itself. */
export type PatronImportWords = {
  readonly problem: Readonly<Record<CardProblemCode, (facts: PatronProblemFacts) => string>>;
  /** The record of a problem: its number, and its identifier where it has one. */
  readonly record: (number: number, identifier: string | null) => string;
  readonly progress: (records: number, percent: number | null, counts: Counts) => string;
  readonly people: (counts: Counts) => string;
  /** The report of a run is kept. */
  readonly kept: (run: number) => string;
  readonly canceled: (records: number) => string;
  /** What can be seen of the card system: `guichet doctor`. */
  readonly cardSystem: {
    readonly none: string;
    readonly found: (file: string, megabytes: number, date: string) => string;
    readonly missing: (file: string) => string;
    readonly wrong: (what: string) => string;
    readonly mapping: (file: string) => string;
  };
};
