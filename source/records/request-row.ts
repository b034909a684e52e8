import type { Task } from '../circulation/filling.ts';
import type { ProcessType } from '../circulation/loan.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { nameIn, PATRON_NAMED } from './request-queues.ts';
import type { Closing } from './requests.ts';
import { truth } from './sql.ts';
import type { Row } from './sql.ts';

/** A request with everything that screens, slips and letters say of it. */
export type RequestRow = {
  readonly id: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  /** The volume or issue that is asked for. */
  readonly itemId: number | null;
  readonly description: string | null;
  readonly patronId: number | null;
  readonly patron: string;
  readonly card: string | null;
  readonly group: string | null;
  readonly pickup: string;
  readonly state: 'WAITING' | 'TRANSIT' | 'ON_SHELF' | 'FILLED' | 'CANCELLED';
  readonly task: Task | null;
  readonly askedLibrary: string | null;
  readonly skipped: readonly string[];
  /** Place among the open requests for the same, from 1, and how many there are. */
  readonly position: number | null;
  readonly of: number | null;
  readonly placedAt: Instant;
  readonly notAfter: Day | null;
  readonly note: string | null;
  readonly heldSince: Instant | null;
  readonly heldUntil: Day | null;
  readonly closedAt: Instant | null;
  readonly closing: Closing | null;
  readonly reason: string | null;
  readonly closedBy: string | null;
  readonly notify: boolean | null;
  readonly printedAt: Instant | null;
  readonly reportedAt: Instant | null;
  /** The copy that it has, or that is meant for it, or that it has left on the shelf. */
  readonly copy: {
    readonly id: number;
    readonly barcode: string;
    readonly library: string;
    readonly location: string;
    readonly callNumber: string | null;
    readonly description: string | null;
    readonly process: ProcessType | null;
    readonly at: string;
  } | null;
  /** When the loan that was recalled for it falls due. */
  readonly due: Instant | null;
  /** Its item still stands on the hold shelf though it has ended. */
  readonly left: boolean;
};

const same = 'q.title_id = r.title_id and q.closed_at is null and coalesce(q.item_id, 0) = coalesce(r.item_id, 0)';
/** What a row is read from. */
export const REQUEST_COLUMNS = `r.*, t.title, t.author, p.group_code, ${PATRON_NAMED}, v.description as volume,
  i.id as copy_id, i.barcode, i.library as copy_library, i.location, i.call_number, i.description as copy_description,
  i.process, i.at_library, l.due_at, s.display_name as closer,
  case when r.closed_at is null then (select count(*) from requests q where ${same} and q.queue_position <= r.queue_position) end as place,
  case when r.closed_at is null then (select count(*) from requests q where ${same}) end as places`;
export const REQUEST_TABLES = `requests r join titles t on t.id = r.title_id left join patrons p on p.id = r.patron_id
  left join items v on v.id = r.item_id
  left join items i on i.id = coalesce(r.assigned_item_id, r.planned_item_id, r.remains_item_id)
  left join loans l on l.id = r.recalled_loan_id left join staff s on s.id = r.closed_by`;

/** A row as the driver gives it. */
export function requestFrom(one: Row): RequestRow {
  const copyId = one['copy_id'] as number | null;
  return {
    id: one['id'] as number,
    titleId: one['title_id'] as number,
    title: one['title'] as string,
    author: one['author'] as string | null,
    itemId: one['item_id'] as number | null,
    description: one['volume'] as string | null,
    patronId: one['patron_id'] as number | null,
    patron: nameIn(one),
    card: one['card'] as string | null,
    group: one['group_code'] as string | null,
    pickup: one['pickup'] as string,
    state: one['state'] as RequestRow['state'],
    task: one['task'] as Task | null,
    askedLibrary: one['asked_library'] as string | null,
    skipped: JSON.parse(one['skipped'] as string) as string[],
    position: one['place'] as number | null,
    of: one['places'] as number | null,
    placedAt: one['placed_at'] as number,
    notAfter: one['not_after'] as string | null,
    note: one['note'] as string | null,
    heldSince: one['held_since'] as number | null,
    heldUntil: one['held_until'] as string | null,
    closedAt: one['closed_at'] as number | null,
    closing: one['closing'] as Closing | null,
    reason: one['closed_reason'] as string | null,
    closedBy: one['closer'] as string | null,
    notify: one['notify'] === null ? null : truth(one['notify']),
    printedAt: one['printed_at'] as number | null,
    reportedAt: one['reported_at'] as number | null,
    copy:
      copyId === null
        ? null
        : {
            id: copyId,
            barcode: one['barcode'] as string,
            library: one['copy_library'] as string,
            location: one['location'] as string,
            callNumber: one['call_number'] as string | null,
            description: one['copy_description'] as string | null,
            process: one['process'] as ProcessType | null,
            at: one['at_library'] as string,
          },
    due: one['due_at'] as number | null,
    left: one['remains_item_id'] !== null,
  };
}
