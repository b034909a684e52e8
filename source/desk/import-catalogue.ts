import type { ImportRecord } from '../records/import-catalogue.ts';
import { planImport } from './import-plan.ts';
import type { ImportPlan, RecordOutcome } from './import-outcome.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import { replanItems } from './plan-queue.ts';

export type { Fate, ItemProblem, RecordOutcome } from './import-outcome.ts';

/** One batch of a run. */
export type ImportRequest = {
  /** The same for all batches of a run: they share one event. */
  readonly run: string;
  /** The file's name, as the audit shows it. */
  readonly file: string;
  /** Decides everything, writes nothing. */
  readonly dryRun?: boolean;
  readonly records: readonly ImportRecord[];
};

export type ImportOutcome = { readonly kind: 'imported'; readonly outcomes: readonly RecordOutcome[] } | Refusal;

/** The first code of a request that the network does not have. */
function unknownCode({ network }: Desk, records: readonly ImportRecord[]): Refusal | undefined {
  const places = new Set(network.libraries.flatMap((one) => one.locations.map((here) => `${one.code}/${here.code}`)));
  const materials = new Set(network.materials.map((one) => one.code));
  const policies = new Set(network.itemPolicies.map((one) => one.code));
  const invalid = (path: string, value: string): Refusal => ({ kind: 'invalid', path, problem: 'unknown-code', value });
  for (const [at, { items, holdings }] of records.entries()) {
    for (const [number, item] of items.entries()) {
      const path = `records[${at}].items[${number}]`;
      if (!places.has(item.location)) return invalid(`${path}.location`, item.location);
      if (!materials.has(item.material)) return invalid(`${path}.material`, item.material);
      if (item.policy !== null && !policies.has(item.policy)) return invalid(`${path}.policy`, item.policy);
    }
    const bare = holdings.find((one) => !places.has(one.location));
    if (bare) return invalid(`records[${at}].holdings`, bare.location);
  }
  return undefined;
}

type Counts = { readonly titles: number; readonly items: number };

/** What a run has written so far. */
type RunData = {
  readonly run: string;
  readonly file: string;
  readonly before: Counts;
  readonly after: Counts;
  readonly added: number;
  readonly updated: number;
  readonly items: { readonly added: number; readonly updated: number };
};

const countOf = <One>(list: readonly One[], value: One): number => list.filter((one) => one === value).length;

/** Tells the audit, in the transaction of the batch: one event for the run, and one for each record that was changed (REL-09). */
async function tell(desk: Desk, request: ImportRequest, plan: ImportPlan): Promise<void> {
  const { records, now, place } = desk;
  const { run, file } = request;
  const { newTitles, newItems, changedTitles } = plan.changes;
  const more = newTitles.length + changedTitles.filter((one) => one.isRestored).length;
  const cause = `import:${run}`;
  const known = await records.imports.eventOf(cause);
  const soFar = known?.data as RunData | undefined;
  // Counted before the first batch writes anything, so the batch's own are taken off again.
  const counts = soFar ? undefined : await records.imports.counts();
  const before = soFar?.before ?? {
    titles: (counts?.titles ?? 0) - more,
    items: (counts?.items ?? 0) - newItems.length,
  };
  const fates = plan.outcomes.flatMap((one) => one.items);
  const after = soFar?.after ?? before;
  const data: RunData = {
    run,
    file,
    before,
    after: { titles: after.titles + more, items: after.items + newItems.length },
    added:
      (soFar?.added ?? 0) +
      countOf(
        plan.outcomes.map((one) => one.title),
        'added',
      ),
    updated:
      (soFar?.updated ?? 0) +
      countOf(
        plan.outcomes.map((one) => one.title),
        'updated',
      ),
    items: {
      added: (soFar?.items.added ?? 0) + countOf(fates, 'added'),
      updated: (soFar?.items.updated ?? 0) + countOf(fates, 'updated'),
    },
  };
  const who = { at: now, staffId: staffId(desk), desk: placeName(place) };
  if (known) await records.imports.growEvent(known.id, data);
  else await records.events.append({ ...who, kind: 'catalogue-imported', data, cause });
  await records.events.appendAll(
    plan.edits.map(({ kind, itemId, name, before: was, after: is }) => ({
      ...who,
      kind,
      itemId,
      data: { ...(itemId === null ? { title: name } : { barcode: name }), before: was, after: is, import: run },
    })),
  );
}

const isNothing = ({ changes }: ImportPlan): boolean => Object.values(changes).every((list) => list.length === 0);

/**
 * Imports one batch of catalogue records in one transaction: all of it is written or nothing, and the same batch again
 * changes nothing. Titles are known by control number, else by text, author and ISBN; items by barcode. A barcode of
 * another title is refused, and nothing is moved; items in use keep their place and their loan. Codes that the network does
 * not have are `invalid`.
 */
export const importCatalogue = action(
  'import-catalogue',
  { permission: 'import-catalogue' },
  async (desk: Desk, request: ImportRequest): Promise<ImportOutcome> => {
    const { records, staff, now } = desk;
    const unknown = unknownCode(desk, request.records);
    if (unknown) return unknown;
    const known = await records.imports.known(request.records);
    const plan = planImport(request.records, known, (library) => isPermitted(staff.roles, 'import-catalogue', library));
    if (!request.dryRun && !isNothing(plan)) {
      await records.imports.write(plan.changes, now);
      await tell(desk, request, plan);
      await replanItems(
        desk,
        request.records.flatMap(({ items }) => items.map((one) => one.barcode)),
      );
    }
    return { kind: 'imported', outcomes: plan.outcomes };
  },
);
