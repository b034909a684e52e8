import type { ContactContent, ContactKind } from './contacts.ts';
import type { Network } from './network.ts';
import type { Day } from './time.ts';

/** An identifier as the card system has it. */
export type CardIdentifier = { readonly type: string; readonly value: string };

/**
 * What the card system says of one person (IMP-01), checked, in the network's codes. What is absent it says nothing of: what
 * is stored stays. Null: it says that there is none.
 */
export type CardPatron = {
  readonly primaryId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly group: string;
  readonly status?: 'active' | 'inactive';
  readonly campus?: string | null;
  readonly category?: string | null;
  readonly birthDay?: Day | null;
  readonly language?: string;
  readonly expiry?: Day;
  readonly purge?: Day;
  /** Besides the primary one. */
  readonly identifiers?: readonly CardIdentifier[];
  readonly contacts?: Readonly<Partial<Record<ContactKind, readonly ContactContent[]>>>;
  readonly statistics?: readonly string[];
  readonly notes?: readonly { readonly text: string; readonly popup: boolean; readonly visible: boolean }[];
};

/** Whether a category says that a record waits for the card system (IMP-04): it is that of a profile of external records. */
export function isOverwriteCategory(network: Network, category: string | null): boolean {
  if (category === null) return false;
  return network.registrationProfiles.some((one) => one.kind === 'external' && one.category === category);
}

/**
 * Whether a record is to be overwritten by the card system's at once (IMP-04): it is external, has the category of a profile
 * of external records, and one of that profile's groups.
 */
export function isToOverwrite(
  network: Network,
  record: { readonly kind: 'internal' | 'external'; readonly category: string | null; readonly group: string | null },
): boolean {
  const { kind, category, group } = record;
  if (kind !== 'external' || category === null || group === null) return false;
  return network.registrationProfiles.some(
    (one) => one.kind === 'external' && one.category === category && one.groups.includes(group),
  );
}

/** What rejects a record of a card system's file, or the file (IMP-02). */
export const CARD_ERRORS = [
  // The file as a whole.
  'unknown-content',
  'no-records',
  'dtd-refused',
  'unknown-encoding',
  'missing-column',
  // How a record is written.
  'not-well-formed',
  'record-too-long',
  'wrong-columns',
  'not-delimited',
  'given-twice',
  'unreadable-character',
  'value-too-long',
  // What it says.
  'no-identifier',
  'bad-identifier',
  'no-name',
  'not-a-name',
  'no-group',
  'unknown-group',
  'unknown-campus',
  'unknown-category',
  'unknown-statistic',
  'unknown-status',
  'not-a-patron',
  'not-external',
  'not-a-day',
  'not-a-birth-date',
  'purge-before-expiry',
  'letters-for-digits',
  'not-an-email',
  'not-a-phone',
  'not-a-postal-code',
  // What is there already.
  'duplicate-record',
  'duplicate-identifier',
  'identifier-taken',
  'ambiguous',
  'internal-record',
] as const;

/** What was left out or put right; the record is imported. */
export const CARD_WARNINGS = [
  'mislabelled',
  'encoded-twice',
  'control-character',
  'language-not-offered',
  'unknown-contact-type',
  'internal-ignored',
  'blocks-ignored',
  'several-preferred',
] as const;

export type CardProblemCode = (typeof CARD_ERRORS)[number] | (typeof CARD_WARNINGS)[number];

/** Where something stands in a file: the line (from 1) and what the field is called there. */
export type CardSpot = { readonly line: number; readonly field?: string };

/** Something wrong with a record. `found`: what the file says; `other`: what it clashes with, or what would be right. */
export type CardProblem = CardSpot & {
  readonly problem: CardProblemCode;
  readonly found?: string;
  readonly other?: string;
};

const WARNINGS: ReadonlySet<string> = new Set(CARD_WARNINGS);

/** Whether a problem is only a remark. */
export const isCardWarning = (code: CardProblemCode): boolean => WARNINGS.has(code);
