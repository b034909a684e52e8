import type { KnownTitle } from '../records/import-catalogue.ts';
import type { ImportChanges, TitleRef } from '../records/import-changes.ts';

/** What became of a title or an item. */
export type Fate = 'added' | 'updated' | 'unchanged' | 'rejected';

/** Why an item was not imported, or not moved. */
export type ItemProblem = {
  /** Which item of its record, from 0. */
  readonly item: number;
  readonly barcode: string;
} & (
  | { readonly problem: 'barcode-of-other-title'; readonly title: string }
  /** It asks for a clearance when it is lent (QUI-02). */
  | { readonly problem: 'clearance-barcode' }
  | { readonly problem: 'not-your-library'; readonly library: string }
  /** A warning: its place is taken over when it is back. */
  | { readonly problem: 'item-in-use'; readonly process: string }
);

/** What became of one record. */
export type RecordOutcome = {
  readonly number: number;
  readonly title: Exclude<Fate, 'rejected'>;
  readonly items: readonly Fate[];
  readonly problems: readonly ItemProblem[];
};

/** What was before and after, for the audit (REL-09). */
export type ImportEdit = {
  readonly kind: 'title-changed' | 'item-changed';
  readonly itemId: number | null;
  readonly name: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

export type ImportPlan = {
  readonly changes: ImportChanges;
  readonly edits: readonly ImportEdit[];
  readonly outcomes: readonly RecordOutcome[];
};

/** A title of the batch, there or to come. */
export type PlannedTitle = {
  readonly ref: TitleRef;
  readonly text: string;
  controlKey: string | null;
  readonly isbn: string | null;
  readonly known: KnownTitle | null;
  /** An earlier record of the batch has brought it up to date. */
  isDone: boolean;
};

/** Something of a title or item that differs between two states. */
export function difference<Name extends string>(
  names: readonly Name[],
  before: Readonly<Record<Name, string | null>>,
  after: Readonly<Record<Name, string | null>>,
): { before: Record<string, string | null>; after: Record<string, string | null> } | undefined {
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return undefined;
  return {
    before: Object.fromEntries(changed.map((name) => [name, before[name]])),
    after: Object.fromEntries(changed.map((name) => [name, after[name]])),
  };
}
