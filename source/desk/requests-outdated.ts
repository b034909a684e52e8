import { against, ruleAgainst, standingOf } from '../circulation/requested-copy.ts';
import { dayOf } from '../circulation/time.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import type { Closing, QueuedRequest } from '../records/requests.ts';
import { action, COMMAND_LINE } from './perform.ts';
import type { Desk, Perform, Refusal } from './perform.ts';
import { replanNow } from './plan-queue.ts';
import { cardOf } from './request-card.ts';
import { cancelNow } from './requests-cancel.ts';

export type RequestsSettled = {
  readonly kind: 'settled';
  readonly titles: number;
  /** Requests that were cancelled, by why (CAN-02). */
  readonly notNeeded: number;
  readonly notAllowed: number;
  /** Requests whose task has changed. */
  readonly changed: number;
  /** There is more: the same again after this title. Null: that was all. */
  readonly next: number | null;
};

/** Titles in one transaction: no desk waits long. */
const BATCH = 10;

/**
 * Whether the rules still allow a copy to fill a request, some day: one that is missing may be found again. What stands in
 * place where no requests are taken, or may not be handed out, will not.
 */
function isAllowed({ network, now }: Desk, request: QueuedRequest, copy: TitleCopy): boolean {
  const [today, judge] = [dayOf(now, network.timeZone), standingOf(copy) === 'in-place' ? against : ruleAgainst];
  return judge(network, today, request, copy, request.pickup) === undefined;
}

/** Why the system cancels a request that is neither on a shelf nor on its way (CAN-02); undefined: it does not. */
function outdated(desk: Desk, request: QueuedRequest, copies: readonly TitleCopy[]): Closing | undefined {
  if (request.state !== 'WAITING') return undefined;
  const today = dayOf(desk.now, desk.network.timeZone);
  if (request.notAfter !== null && request.notAfter < today) return 'not-needed';
  return copies.some((copy) => isAllowed(desk, request, copy)) ? undefined : 'not-allowed';
}

/**
 * Plans the queues of a batch of titles anew and cancels what is outdated (CAN-02): *not needed after* has passed (that day
 * included), or the rules no longer allow the request; the patrons are told. A later expiry or block of the patron cancels
 * nothing. For the night. Repeatable.
 */
export const settleRequests = action(
  'settle-requests',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    { after = 0, most = BATCH }: { readonly after?: number; readonly most?: number },
  ): Promise<RequestsSettled | Refusal> => {
    const { requests, requestCopies } = desk.records;
    const titles = await requests.titlesWaitedFor({ after, limit: most });
    const counts = { notNeeded: 0, notAllowed: 0, changed: 0 };
    for (const titleId of titles) {
      const queue = await requests.queue(titleId);
      const copies = await requestCopies.ofTitle(titleId);
      for (const request of queue) {
        const closing = outdated(desk, request, copies);
        if (closing === undefined) continue;
        const now = await requests.open(titleId);
        const end = { closing, notify: true } as const;
        await cancelNow(desk, { titleId, queue: now, request }, request, await cardOf(desk, request.id), end);
        counts[closing === 'not-needed' ? 'notNeeded' : 'notAllowed'] += 1;
      }
      counts.changed += (await replanNow(desk, titleId)).changed;
    }
    return {
      kind: 'settled',
      titles: titles.length,
      ...counts,
      next: titles.length < most ? null : (titles.at(-1) ?? null),
    };
  },
);

/** The nightly job: every queue, a batch in each transaction. */
export async function runSettleRequests(
  perform: Perform,
  most?: number,
): Promise<Omit<RequestsSettled, 'kind' | 'next'>> {
  const seat = { staff: COMMAND_LINE, place: null };
  const sum = { titles: 0, notNeeded: 0, notAllowed: 0, changed: 0 };
  let after: number | null = 0;
  while (after !== null) {
    const done: RequestsSettled | Refusal = await perform(seat, settleRequests, {
      after,
      ...(most === undefined ? {} : { most }),
    });
    if (done.kind !== 'settled') throw new Error(`the command line may not run jobs: ${JSON.stringify(done)}`);
    for (const key of ['titles', 'notNeeded', 'notAllowed', 'changed'] as const) sum[key] += done[key];
    after = done.next;
  }
  return sum;
}
