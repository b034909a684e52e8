import { planQueue } from '../circulation/filling.ts';
import type { Plan, RequestFacts } from '../circulation/filling.ts';
import { dueWhenRecalled } from '../circulation/recall.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { NewEvent } from '../records/events.ts';
import type { TitleCopy } from '../records/request-copies.ts';
import type { PlannedTask, QueuedRequest } from '../records/requests.ts';
import { actualNow, placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';

/** What a new plan has changed: loans recalled for somebody, or no longer; how many requests have another task. */
export type Replanned = {
  readonly recalled: readonly number[];
  readonly restored: readonly number[];
  readonly changed: number;
};

/** Nothing is waited for. */
const NOTHING: Replanned = { recalled: [], restored: [], changed: 0 };

/** A request as the planner looks at it. */
export const planFacts = (one: QueuedRequest): RequestFacts => ({
  id: one.id,
  patronId: one.patronId,
  group: one.group,
  itemId: one.itemId,
  pickup: one.pickup,
  skipped: one.skipped,
  before: one.task === null ? null : { task: one.task, copy: one.plannedItemId, loan: one.recalledLoanId },
});

/** Plans for those of a queue that wait (REQ-05 to REQ-08). */
export function plansFor(
  desk: Pick<Desk, 'network' | 'now' | 'actual'>,
  queue: readonly QueuedRequest[],
  copies: readonly TitleCopy[],
): Plan[] {
  const requests = queue.filter((one) => one.state === 'WAITING').map(planFacts);
  const { network } = desk;
  return planQueue({ network, today: dayOf(actualNow(desk), network.timeZone), requests, copies });
}

const written = (plan: Plan): PlannedTask => ({
  task: plan.task,
  askedLibrary: plan.library,
  plannedItemId: plan.copy,
  recalledLoanId: plan.loan,
  skipped: plan.skipped,
});

const isSame = (one: QueuedRequest, next: PlannedTask): boolean =>
  one.task === next.task &&
  one.askedLibrary === next.askedLibrary &&
  one.plannedItemId === next.plannedItemId &&
  one.recalledLoanId === next.recalledLoanId &&
  one.skipped.join() === next.skipped.join();

type Moved = { readonly one: QueuedRequest; readonly next: PlannedTask };

/** Writes what differs: what is given up first, so that another request can have it. */
async function writePlans(desk: Desk, moved: readonly Moved[]): Promise<void> {
  const { records } = desk;
  await records.requests.unplan(
    moved.flatMap(({ one }) => (one.plannedItemId === null && one.recalledLoanId === null ? [] : [one.id])),
  );
  for (const { one, next } of moved)
    await records.requests.plan(one.id, next, one.askedLibrary === next.askedLibrary ? null : actualNow(desk));
}

/** A pick that one library had and another has, or nobody: it disappears from the first one's list (REQ-09). */
function pickMoved(desk: Desk, title: string, { one, next }: Moved): NewEvent<'pick-moved'>[] {
  const [before, after] = [
    one.task === 'pick' ? one.askedLibrary : null,
    next.task === 'pick' ? next.askedLibrary : null,
  ];
  if (before === null || before === after) return [];
  const data = { request: one.id, title, pickup: one.pickup, before, after };
  return [{ ...here(desk), kind: 'pick-moved', patronId: one.patronId, data }];
}

const here = (desk: Desk) => ({ at: desk.now, staffId: staffId(desk), desk: placeName(desk.place) });

/** A recalled loan falls due sooner where its library has it so (REQ-08); it keeps that date. Answers when it is due now. */
async function shorten(
  desk: Desk,
  library: string,
  { id, due: before }: NonNullable<TitleCopy['loan']>,
): Promise<Instant> {
  const { records, network } = desk;
  const sooner = dueWhenRecalled(network, library, before, actualNow(desk));
  if (sooner) await records.loans.setDue(id, sooner.due, sooner.lateFrom, false);
  return sooner?.due ?? before;
}

/** Loans are recalled for whoever waits for them, and no longer than that; their borrowers are told (REQ-08). */
async function writeRecalls(
  desk: Desk,
  copies: readonly TitleCopy[],
  plans: readonly Plan[],
): Promise<Omit<Replanned, 'changed'>> {
  const wanted = new Map(plans.flatMap((one) => (one.loan === null ? [] : [[one.loan, one.request] as const])));
  const [recalled, restored]: [number[], number[]] = [[], []];
  for (const { id: itemId, barcode, title, library, loan } of copies) {
    if (!loan || loan.recalled === wanted.has(loan.id)) continue;
    const request = wanted.get(loan.id);
    (request === undefined ? restored : recalled).push(loan.id);
    await desk.records.loans.setRecalled(loan.id, request !== undefined);
    const about = { ...here(desk), patronId: loan.patronId, itemId, loanId: loan.id };
    const data = { barcode, title, library, due: loan.due };
    if (request !== undefined) {
      const due = await shorten(desk, library, loan);
      await desk.records.events.append({
        ...about,
        kind: 'loan-recalled',
        data: { ...data, request, due, before: loan.due },
      });
    }
    // Nobody is told that a lost item is waited for no more.
    else if (!loan.lost) await desk.records.events.append({ ...about, kind: 'loan-recall-ended', data });
  }
  return { recalled, restored };
}

/**
 * Plans the queue of a title anew and writes what differs, in a constant number of statements beside that. The title must
 * be locked (`requests.queue`, `requests.lockedQueue`). Also where nobody waits any more: a loan may still be recalled.
 */
export async function replanNow(desk: Desk, titleId: number): Promise<Replanned> {
  const { requests, requestCopies, events } = desk.records;
  const queue = await requests.open(titleId);
  const copies = await requestCopies.ofTitle(titleId);
  const plans = plansFor(desk, queue, copies);
  const byId = new Map(queue.map((one) => [one.id, one]));
  const moved = plans.flatMap((plan): Moved[] => {
    const [one, next] = [byId.get(plan.request), written(plan)];
    return one && !isSame(one, next) ? [{ one, next }] : [];
  });
  await writePlans(desk, moved);
  const recalls = await writeRecalls(desk, copies, plans);
  await events.appendAll(moved.flatMap((one) => pickMoved(desk, copies[0]?.title ?? '', one)));
  return { ...recalls, changed: moved.length };
}

/** Plans anew for what somebody waits among the titles of some items that have been added or changed. */
export async function replanItems(desk: Desk, barcodes: readonly string[]): Promise<void> {
  for (const titleId of await desk.records.requests.titlesOfItemsWaitedFor(barcodes)) await replan(desk, titleId);
}

/**
 * Plans the queue of a title anew after something has happened to a copy or a request: called in the same transaction by
 * everything that can change who fills it. A title without requests costs one statement.
 */
export async function replan(desk: Desk, titleId: number): Promise<Replanned> {
  const queue = await desk.records.requests.queue(titleId);
  return queue.length === 0 ? NOTHING : replanNow(desk, titleId);
}
