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
  /** The same for all batches of a run: by it their events are known to belong together. */
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

const countOf = <One>(list: readonly One[], value: One): number => list.filter((one) => one === value).length;

/** Tells the audit, in the transaction of the batch: one event for the batch, and one for each record that was changed (REL-09). */
async function tell(desk: Desk, { run, file }: ImportRequest, { outcomes, edits }: ImportPlan): Promise<void> {
  const { records, now, place } = desk;
  const titles = outcomes.map((one) => one.title);
  const items = outcomes.flatMap((one) => one.items);
  const who = { at: now, staffId: staffId(desk), desk: placeName(place) };
  await records.events.append({
    ...who,
    kind: 'catalogue-imported',
    data: {
      run,
      file,
      added: countOf(titles, 'added'),
      updated: countOf(titles, 'updated'),
      items: { added: countOf(items, 'added'), updated: countOf(items, 'updated') },
    },
  });
  await records.events.appendAll(
    edits.map(({ kind, itemId, name, before: was, after: is }) => ({
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
