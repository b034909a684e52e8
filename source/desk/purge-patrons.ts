import { dayOf } from '../circulation/time.ts';
import type { Purgeable } from '../records/purge-patrons.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Records in one transaction, where nothing else is asked for: no desk waits long for it (JOB-03). */
const BATCH = 100;

/** Why a record past its purge date is still needed. */
export type PurgeObstacle = 'loans' | 'requests' | 'blocks';

export type PatronsPurged =
  | {
      readonly kind: 'purged';
      readonly deleted: number;
      /** Kept, by the first of the reasons that hold. */
      readonly kept: Readonly<Record<PurgeObstacle, number>>;
      /** Whence to go on; null: that was all. */
      readonly last: number | null;
    }
  | Refusal;

/** What keeps a record; null: nothing. A clearance keeps none alive. */
const obstacleOf = (one: Purgeable): PurgeObstacle | null =>
  one.hasLoans ? 'loans' : one.hasRequests ? 'requests' : one.hasBlocks ? 'blocks' : null;

/**
 * Deletes a batch of the records past their purge date (IMP-05) that have no open loan, no open request and no block in
 * force but that of a clearance, from the record after `after` on. What hangs on a record goes with it; returned loans and
 * the audit stay, without the person (JOB-06). Today is the network's.
 */
export const purgePatrons = action(
  'purge-patrons',
  { permission: 'purge-patrons' },
  async (
    desk: Desk,
    request: { readonly after?: number; readonly limit?: number; readonly dryRun?: boolean },
  ): Promise<PatronsPurged> => {
    const { records, now, network, place } = desk;
    const { after = 0, limit = BATCH, dryRun = false } = request;
    const due = await records.patronPurge.due(dayOf(now, network.timeZone), after, limit);
    const kept = { loans: 0, requests: 0, blocks: 0 };
    const going: Purgeable[] = [];
    for (const one of due) {
      const obstacle = obstacleOf(one);
      if (obstacle === null) going.push(one);
      else kept[obstacle] += 1;
    }
    if (!dryRun) {
      await records.patronPurge.remove(going.map((one) => one.id));
      // Whom it was is nobody's to know any more; statistics need the rest.
      await records.events.appendAll(
        going.map(({ kind, group, campus, expiry, purge }) => ({
          at: now,
          kind: 'patron-deleted' as const,
          staffId: staffId(desk),
          desk: placeName(place),
          data: { before: { kind, group, campus, expiry, purge }, because: 'purge-date' },
        })),
      );
    }
    const last = due.length < limit ? null : (due.at(-1)?.id ?? null);
    return { kind: 'purged', deleted: going.length, kept, last };
  },
);
