import { purgeAfter } from '../circulation/patron-dates.ts';
import { isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { GeneralChange, PatronGeneral } from '../records/patron-record.ts';
import { dueProposals, recomputeDueDates } from './due-proposals.ts';
import type { DueProposal } from './due-proposals.ts';
import { recordAbout } from './patron-events.ts';
import { fieldProblem, notADay, tidyChange } from './patron-fields.ts';
import type { PatronChange } from './patron-fields.ts';
import { LOCKED_FIELDS, recordNumbered, recordOf, unknownPatron } from './patron-record.ts';
import type { PatronRecord } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isReused } from './reused-record.ts';

export type { DueProposal } from './due-proposals.ts';
export type { PatronChange } from './patron-fields.ts';

export type EditPatronRequest = {
  readonly patron: number | string;
  readonly change: PatronChange;
  /** What a form showed of the fields that it changes: where one says something else by now, nothing is done. */
  readonly seen?: PatronChange;
  /** Accepts LOAN-07's offer; also later, with nothing to change. */
  readonly recompute?: boolean;
};

/** What follows from an expiry date. */
export type Proposes = {
  /** The purge date that goes with it (USR-04); null: the expiry date has not changed, or there is none. */
  readonly purge: Day | null;
  /** Loans that were shortened to the old expiry date, with their due dates under the new one (LOAN-07). */
  readonly loans: readonly DueProposal[];
};

type Edited = {
  readonly record: PatronRecord;
  readonly proposes: Proposes;
  /** Those of the loans that have their new due dates. */
  readonly recomputed: readonly DueProposal[];
};

export type PatronEdited =
  | (Edited & {
      readonly kind: 'changed';
      readonly changed: readonly (keyof PatronChange)[];
      /** USR-12: a former institutional patron has become an authorised reader in their old record. */
      readonly warnings: readonly 'external-reused'[];
    })
  | (Edited & { readonly kind: 'unchanged' })
  | { readonly kind: 'locked'; readonly fields: readonly string[] }
  | { readonly kind: 'purge-before-expiry'; readonly purge: Day; readonly expiry: Day }
  | { readonly kind: 'changed-meanwhile'; readonly fields: readonly string[]; readonly record: PatronRecord }
  | Refusal;

type Field = keyof PatronChange;
type Fields = Readonly<Partial<Record<Field, unknown>>>;

/** Lists are the same whatever their order. */
const textOf = (value: unknown): string =>
  JSON.stringify(
    Array.isArray(value) ? value.map(String).toSorted((one, other) => (one < other ? -1 : 1)) : (value ?? null),
  );
const isSame = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

/** What a record says of the fields that can be changed. */
const fieldsOf = (record: PatronRecord): Fields => ({
  ...record,
  statistics: record.statistics.map((one) => one.code),
});

/** The purge date that a change leads to: the one that is given, the one that follows, or the one that stands (USR-04). */
function withPurge(change: PatronChange, before: Fields): PatronChange {
  const { expiry, purge, ...others } = change;
  const kept = expiry === undefined ? others : { ...others, expiry };
  if (purge === 'keep') return kept;
  if (purge !== undefined) return { ...kept, purge };
  const isMoved = expiry !== undefined && !isSame(expiry, before.expiry);
  return isMoved ? { ...kept, purge: purgeAfter(expiry) } : kept;
}

/** The statistics that shall be there: what is asked for, and what is locked. */
function withLocked(change: PatronChange, record: PatronRecord): PatronChange {
  if (change.statistics === undefined) return change;
  const locked = record.statistics.filter((one) => one.locked).map((one) => one.code);
  return { ...change, statistics: [...new Set([...locked, ...change.statistics])] };
}

/** What a change really changes. */
function differing(change: PatronChange, before: Fields): PatronChange {
  const changed = Object.entries(change).filter(
    ([key, value]) => value !== undefined && !isSame(value, before[key as Field]),
  );
  return Object.fromEntries(changed) as PatronChange;
}

/** Fields that say by now what neither the form showed nor the change says. */
function changedMeanwhile(change: PatronChange, seen: PatronChange, before: Fields): Field[] {
  const keys = Object.keys(seen) as Field[];
  return keys.filter(
    (key) => change[key] !== undefined && !isSame(seen[key], before[key]) && !isSame(change[key], before[key]),
  );
}

/** Why a change cannot be written. */
async function refusalFor(
  desk: Desk,
  record: PatronRecord,
  change: PatronChange,
): Promise<Exclude<PatronEdited, Edited> | undefined> {
  const locked = LOCKED_FIELDS.filter((field) => record.locked.includes(field) && change[field] !== undefined);
  if (locked.length > 0) return { kind: 'locked', fields: locked };
  const problem = fieldProblem(desk, change);
  if (problem) return problem;
  const { expiry = record.expiry, purge = record.purge, identifier } = change;
  const isDated = change.expiry !== undefined || change.purge !== undefined;
  if (isDated && expiry !== null && purge !== null && purge !== 'keep' && purge < expiry)
    return { kind: 'purge-before-expiry', purge, expiry };
  if (identifier === undefined) return undefined;
  const holder = await desk.records.patronIdentifiers.holderOf(identifier);
  const isTaken = holder !== undefined && holder.id !== record.identifiers[0]?.id;
  return isTaken ? { kind: 'invalid', path: 'identifier', problem: 'taken', value: identifier } : undefined;
}

async function writeStatistics({ records }: Desk, record: PatronRecord, wanted: readonly string[]): Promise<void> {
  const before = record.statistics.map((one) => one.code);
  const gone = before.filter((code) => !wanted.includes(code));
  const added = wanted.filter((code) => !before.includes(code));
  await records.patronStatistics.change(record.id, { gone, added });
}

/** Writes what differs, with its event; what the card system said last is forgotten, so that its next import writes again. */
async function write(desk: Desk, general: PatronGeneral, record: PatronRecord, change: PatronChange): Promise<void> {
  const { records, now } = desk;
  const { identifier, statistics, purge, ...others } = change;
  const { status } = others;
  const since: GeneralChange =
    status === undefined
      ? {}
      : {
          deactivatedAt: status === 'inactive' ? now : null,
          deactivatedBecause: status === 'inactive' ? 'by-hand' : null,
        };
  const dates = purge === undefined || purge === 'keep' ? {} : { purge };
  await records.patronRecord.change(general, { ...others, ...dates, ...since });
  const primary = record.identifiers[0];
  if (identifier !== undefined && primary) await records.patronIdentifiers.change(primary.id, primary.type, identifier);
  if (statistics !== undefined) await writeStatistics(desk, record, statistics);
  if (record.kind === 'external') await records.patronRecord.forgetDigest(record.id);
  const before = fieldsOf(record);
  const was = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as Field] ?? null]));
  await recordAbout(desk, 'patron-changed', record.id, { before: was, after: change });
}

/**
 * Changes what a record says of a person (USR-07, USR-12), all of it or nothing. Of an external record what was inherited is
 * `locked` until it is open for update (USR-08): names, birth date, campus, primary identifier; group, category, language,
 * dates, status and statistics of our own are free (manual X.2.2). With a new expiry date the purge date follows unless the
 * request says otherwise (USR-04), and loans that were shortened to the old one are offered longer due dates; `recompute`
 * gives them (LOAN-07). Invalid: a field's own name as `path`.
 */
export const editPatron = action(
  'edit-patron',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    { patron, change: asked, seen = {}, recompute = false }: EditPatronRequest,
  ): Promise<PatronEdited> => {
    const general = await desk.records.patronRecord.locked(patron);
    if (!general) return unknownPatron(patron);
    const record = await recordOf(desk, general);
    const before = fieldsOf(record);
    const tidied = withLocked(tidyChange(asked), record);
    const noDay = notADay(tidied);
    if (noDay) return noDay;
    const stale = changedMeanwhile(tidied, seen, before);
    if (stale.length > 0) return { kind: 'changed-meanwhile', fields: stale, record };
    const change = differing(withPurge(tidied, before), before);
    const refused = await refusalFor(desk, record, change);
    if (refused) return refused;

    const changed = Object.keys(change) as Field[];
    if (changed.length > 0) await write(desk, general, record, change);
    const { expiry = general.expiry } = change;
    const isMoved = change.expiry !== undefined;
    const loans = isMoved || recompute ? await dueProposals(desk, general.id, expiry, recompute) : [];
    if (recompute) await recomputeDueDates(desk, general.id, loans);
    const after = await recordNumbered(desk, general.id);
    const edited = {
      record: after,
      proposes: { purge: isMoved ? purgeAfter(expiry) : null, loans },
      recomputed: recompute ? loans : [],
    };
    if (changed.length === 0 && edited.recomputed.length === 0) return { kind: 'unchanged', ...edited };
    const warnings = isReused(desk.network, general, after) ? (['external-reused'] as const) : [];
    return { kind: 'changed', changed, warnings, ...edited };
  },
);

export type ExpiryPreview = (Proposes & { readonly kind: 'preview' }) | Refusal;

/** What would follow from an expiry date (USR-04, LOAN-07), while it is typed. Invalid: `expiry`. */
export const previewExpiry = action(
  'preview-expiry',
  { permission: 'edit-patrons', readOnly: true },
  async (desk: Desk, { patron, expiry }: { patron: number | string; expiry: Day | null }): Promise<ExpiryPreview> => {
    if (expiry !== null && !isDay(expiry))
      return { kind: 'invalid', path: 'expiry', problem: 'not-a-day', value: expiry };
    const general = await desk.records.patronRecord.general(patron);
    if (!general) return unknownPatron(patron);
    return { kind: 'preview', purge: purgeAfter(expiry), loans: await dueProposals(desk, general.id, expiry) };
  },
);
