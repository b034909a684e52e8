import { hash } from 'node:crypto';
import type { CardProblem } from '../circulation/card-system.ts';
import type { PatronChanges, PatronRef } from '../records/import-patron-changes.ts';
import type { CardRecord } from './card-system.ts';

/** What became of a record. */
export type CardFate =
  | { readonly fate: 'added' | 'updated' | 'unchanged'; readonly patron: PatronRef }
  | { readonly fate: 'rejected'; readonly problem: CardProblem };

/** What changed in a record, field by field, for the audit (REL-09). */
export type CardEdit = {
  readonly patron: PatronRef;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

export type PatronPlan = {
  readonly changes: PatronChanges;
  readonly edits: readonly CardEdit[];
  readonly fates: readonly CardFate[];
};

/** Characters of the half of a digest that says what a record says. */
const CONTENT = 20;

/** What is kept of a record: a hash of what it says, and after it the hash of how it is written, where that is known. */
export const digestOf = ({ patron, raw }: Pick<CardRecord, 'patron' | 'raw'>): string =>
  `${hash('sha1', JSON.stringify(patron), 'base64url').slice(0, CONTENT)}${raw ?? ''}`;

/** Whether two digests are of the same content, however it is written. */
export const isSameContent = (one: string | null, other: string): boolean =>
  one?.slice(0, CONTENT) === other.slice(0, CONTENT);

type Lists<Value> = Value extends readonly (infer One)[] ? One[] : { [Name in keyof Value]: Lists<Value[Name]> };
type Mutable = { [Name in keyof PatronChanges]: Lists<PatronChanges[Name]> };

/** Nothing is changed yet. */
export const noChanges = (): Mutable => ({
  newPatrons: [],
  changed: [],
  digests: [],
  gone: { identifiers: [], contacts: [], statistics: [], notes: [] },
  primary: [],
  identifiers: [],
  added: { identifiers: [], contacts: [], statistics: [], notes: [] },
});

const UNSAID: readonly string[] = ['id', 'external', 'kind'];
/** A contact as the audit says it, under its kind. */
export const plainContact = (one: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(one).filter(([name, value]) => !UNSAID.includes(name) && value !== null));

/** Collects what one record changes, and says it as the audit reads it. */
export class Difference {
  readonly before: Record<string, unknown> = {};
  readonly after: Record<string, unknown> = {};

  say(name: string, before: unknown, after: unknown): void {
    this.before[name] = before;
    this.after[name] = after;
  }

  get isNothing(): boolean {
    return Object.keys(this.after).length === 0;
  }
}

/** A contact as the audit says it, among those of other kinds. */
export const saidContact = (one: { readonly kind: string }): Record<string, unknown> => ({
  kind: one.kind,
  ...plainContact(one),
});
