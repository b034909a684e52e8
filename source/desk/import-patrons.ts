import type { CardProblem } from '../circulation/card-system.ts';
import { isCardWarning, isToOverwrite } from '../circulation/card-system.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { PatronRef } from '../records/import-patron-changes.ts';
import type { CardDigest } from '../records/import-patrons.ts';
import type { JobCounters, JobLine, RunningJob } from '../records/job-runs.ts';
import { keyOf } from '../records/text.ts';
import type { CardRecord, LookUpOutcome } from './card-system.ts';
import { PatronPlanner } from './import-patrons-plan.ts';
import type { CardFate, PatronPlan } from './import-patrons-outcome.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

export type { CardFate } from './import-patrons-outcome.ts';

/** The job under which runs of this import are kept. */
export const PATRON_IMPORT = 'import-patrons';

export type PatronImportStarted =
  | {
      readonly kind: 'started';
      /** Null: nothing is written. */
      readonly run: number | null;
      /** The day of the import, in the network's time zone. */
      readonly today: Day;
      /** Runs that had been broken off, and are marked so now. */
      readonly interrupted: readonly number[];
    }
  | Refusal;

/**
 * Begins an import of card holders: the run is kept with all that it cannot do (IMP-02). `isAlive`: whether what works at
 * another run still does; those that were killed are marked as interrupted.
 */
export const startPatronImport = action(
  'start-patron-import',
  { permission: 'import-patrons' },
  async (
    desk: Desk,
    request: {
      /** The file's name. */
      readonly file: string;
      readonly worker: string;
      readonly isAlive?: (run: RunningJob) => boolean;
      readonly dryRun?: boolean;
    },
  ): Promise<PatronImportStarted> => {
    const { records, now, network } = desk;
    const { file, worker, isAlive = () => true, dryRun = false } = request;
    const today = dayOf(now, network.timeZone);
    if (dryRun) return { kind: 'started', run: null, today, interrupted: [] };
    const dead = (await records.jobRuns.running(PATRON_IMPORT)).filter((one) => !isAlive(one));
    for (const { id } of dead) await records.jobRuns.end(id, 'interrupted', { at: now });
    const run = await records.jobRuns.start({
      job: PATRON_IMPORT,
      subject: file,
      worker,
      at: now,
      staffId: staffId(desk),
    });
    return { kind: 'started', run, today, interrupted: dead.map((one) => one.id) };
  },
);

export type CardDigests = { readonly kind: 'digests'; readonly digests: ReadonlyMap<string, CardDigest> } | Refusal;

/** What the card system said last of those who have these identifiers, by `keyOf`: records that say it again need not be read. */
export const cardDigests = action(
  'card-digests',
  { permission: 'import-patrons', readOnly: true },
  async ({ records }: Desk, request: { readonly keys: readonly string[] }): Promise<CardDigests> => ({
    kind: 'digests',
    digests: await records.patronImports.digests([...new Set(request.keys)]),
  }),
);

/** Something that was rejected, with the identifier of its record. */
export type Rejection = CardProblem & { readonly record: string | null };

/** One batch of a run. */
export type PatronImportRequest = {
  readonly run: number | null;
  readonly records: readonly CardRecord[];
  /** What was rejected while the file was read. */
  readonly rejections: readonly Rejection[];
  /** Whether the run has had a record of that patron already: the first one counts. */
  readonly isDone?: (patron: number) => boolean;
  /** What the run has counted before this batch. */
  readonly counters: JobCounters;
};

export type PatronsImported =
  | {
      readonly kind: 'imported';
      readonly fates: readonly CardFate[];
      /** Whose records they were, those that were not rejected. */
      readonly patrons: readonly number[];
    }
  | Refusal;

const keysOf = ({ patron }: CardRecord): string[] =>
  [patron.primaryId, ...(patron.identifiers ?? []).map((one) => one.value)].map(keyOf);

const lineOf = ({ line, record, field, problem, found, other }: Rejection): JobLine => ({
  line,
  record,
  field: field ?? null,
  problem,
  value: found === undefined ? null : other === undefined ? found : `${found} (${other})`,
});

/** Decides what some records change; the records that they may be about are locked. */
async function planned(
  { records, network, now }: Desk,
  list: readonly CardRecord[],
  isDone: (patron: number) => boolean = () => false,
): Promise<PatronPlan> {
  const known = await records.patronImports.known([...new Set(list.flatMap(keysOf))]);
  const planner = new PatronPlanner(known, { network, now, today: dayOf(now, network.timeZone) }, isDone);
  for (const one of list) planner.plan(one);
  return planner.done;
}

/** Whose records those were that are there already. */
const known = (fates: readonly CardFate[]): number[] =>
  fates.flatMap((one) => (one.fate !== 'rejected' && 'id' in one.patron ? [one.patron.id] : []));

/** Writes what was decided, with an event for each record that changes (REL-09); answers with whose records they were. */
async function written(desk: Desk, { changes, edits, fates }: PatronPlan, run: number | null): Promise<number[]> {
  const { records, now, place } = desk;
  const fresh = await records.patronImports.write(changes, now);
  const idOf = (ref: PatronRef): number => ('id' in ref ? ref.id : (fresh[ref.fresh] ?? 0));
  await records.events.appendAll(
    edits.map(({ patron, before, after }) => ({
      at: now,
      kind: 'patron-imported' as const,
      staffId: staffId(desk),
      desk: placeName(place),
      patronId: idOf(patron),
      data: { run, before, after },
    })),
  );
  return fates.flatMap((one) => (one.fate === 'rejected' ? [] : [idOf(one.patron)]));
}

const countOf = (fates: readonly CardFate[], fate: CardFate['fate']): number =>
  fates.filter((one) => one.fate === fate).length;

/** What a run has counted when a batch is done. */
function counted(before: JobCounters, fates: readonly CardFate[]): JobCounters {
  const names = ['added', 'updated', 'unchanged', 'rejected'] as const;
  const sums = names.map((name) => [name, (before[name] ?? 0) + countOf(fates, name)] as const);
  return { ...before, ...Object.fromEntries(sums) };
}

/**
 * Imports one batch of card holders in one transaction (IMP-01): all of it is written or nothing, and the same batch again
 * changes nothing (IMP-03). External data is overwritten, our own never touched (USR-02). Each record stands or falls alone;
 * those that fall are kept with the run, with line, field and reason (IMP-02).
 */
export const importPatrons = action(
  'import-patrons',
  { permission: 'import-patrons' },
  async (desk: Desk, request: PatronImportRequest): Promise<PatronsImported> => {
    const { records } = desk;
    const { run, isDone } = request;
    const plan = await planned(desk, request.records, isDone);
    if (run === null) return { kind: 'imported', fates: plan.fates, patrons: known(plan.fates) };
    const patrons = await written(desk, plan, run);
    const fallen = plan.fates.flatMap((one, at): Rejection[] =>
      one.fate === 'rejected' ? [{ ...one.problem, record: request.records[at]?.patron.primaryId ?? null }] : [],
    );
    const errors = [...request.rejections, ...fallen].filter((one) => !isCardWarning(one.problem));
    await records.jobRuns.addLines(run, errors.map(lineOf));
    await records.jobRuns.tick(run, counted(request.counters, plan.fates));
    return { kind: 'imported', fates: plan.fates, patrons };
  },
);

/** Ends a run: what it counted is kept, and the audit hears of it. Undefined counters: those of its last batch stay. */
export const endPatronImport = action(
  'end-patron-import',
  { permission: 'import-patrons' },
  async (
    desk: Desk,
    request: {
      readonly run: number;
      readonly file: string;
      readonly state: 'done' | 'failed' | 'interrupted';
      readonly counters: JobCounters;
      readonly error?: string;
    },
  ): Promise<{ kind: 'ended' } | Refusal> => {
    const { records, now, place } = desk;
    const { run, file, state, counters, error = null } = request;
    await records.jobRuns.end(run, state, { counters, at: now, error });
    await records.events.append({
      at: now,
      kind: 'patrons-imported',
      staffId: staffId(desk),
      desk: placeName(place),
      data: { run, file, state, ...counters },
    });
    return { kind: 'ended' };
  },
);

/**
 * Overwrites a record with what the card system has for it (IMP-04), as an import would. Nothing is done where the record is
 * not to be overwritten any more, or where the card system's is that of somebody else.
 */
export const overwriteFromCard = action(
  'overwrite-from-card',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    request: { readonly patron: number; readonly record: CardRecord },
  ): Promise<LookUpOutcome | Refusal> => {
    const patron = await desk.records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (!isToOverwrite(desk.network, patron)) return { kind: 'failed', because: 'not-to-overwrite' };
    const plan = await planned(desk, [request.record]);
    const [fate] = plan.fates;
    if (fate?.fate === 'rejected') return { kind: 'failed', because: 'rejected', problem: fate.problem.problem };
    if (fate === undefined || !('id' in fate.patron) || fate.patron.id !== request.patron)
      return { kind: 'failed', because: 'rejected', problem: 'identifier-taken' };
    await written(desk, plan, null);
    return { kind: 'updated', changes: Object.keys(plan.edits[0]?.after ?? {}) };
  },
);
