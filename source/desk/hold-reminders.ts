import { reminderAt } from '../circulation/hold-shelf.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { REMINDER } from '../records/hold-reminders.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { queueLetters } from './queue-letters.ts';
import type { LetterDraft } from './queue-letters.ts';

/** Requests in one transaction. */
const BATCH = 50;

export type HoldsReminded =
  | {
      readonly kind: 'reminded';
      /** Primary identifiers of whom a letter was queued for, and of those to whom none can be sent (LET-06). */
      readonly told: readonly string[];
      readonly unreachable: readonly string[];
      /** Whence to go on; null: that was all. */
      readonly last: number | null;
    }
  | Refusal;

/**
 * Reminds a batch of patrons of what waits for them on a hold shelf (HOLD-01): from eight in the morning after as many days
 * as the pickup library says, once for each request, as long as it is held. In the name of the library that owns the item.
 */
export const remindOfHolds = action(
  'remind-of-holds',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: { readonly asOf: Instant; readonly after: number; readonly most?: number },
  ): Promise<HoldsReminded> => {
    const { records, network, now } = desk;
    const { after, most = BATCH } = request;
    const asOf = Math.min(request.asOf, now);
    const today = dayOf(asOf, network.timeZone);
    const found = await records.holdReminders.due(asOf, today, after, most);
    const reminded = await records.holdReminders.reminded(found.map((one) => one.id));
    const due = found.filter(({ id, pickup, heldSince, heldUntil }) => {
      if (reminded.has(id)) return false;
      const at = reminderAt(network, pickup, heldSince, heldUntil);
      return at !== null && at <= asOf;
    });
    const known = await records.letterFacts.requests(due.map((one) => one.id));
    const names = new Map<string, string>();
    const drafts = due.flatMap(({ id, patronId }): LetterDraft[] => {
      const one = known.get(id);
      if (!one) return [];
      const { title, author, description, pickup, placedAt, heldUntil } = one;
      const said = { title, author, description, pickup, placedAt, heldUntil, closing: null, reason: null };
      const cause = `${REMINDER}${id}`;
      const facts: Extract<LetterDraft, { kind: 'hold-reminder' }>['facts'] = ({ patron }) => {
        names.set(cause, patron.identifier);
        return { patron, ...said };
      };
      return [{ kind: 'hold-reminder', cause, patronId, library: one.library ?? pickup, facts }];
    });
    const queued = await queueLetters(desk, drafts);
    const namesOf = (state: 'queued' | 'failed') =>
      queued.flatMap((one) => (one.state === state && one.isNew ? (names.get(one.cause) ?? []) : []));
    const last = found.length < most ? null : (found.at(-1)?.id ?? null);
    return { kind: 'reminded', told: namesOf('queued'), unreachable: namesOf('failed'), last };
  },
);
