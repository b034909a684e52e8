import { column, ITEM_COLUMNS, LOAN_STATUS, PATRON_COLUMNS, REQUEST_TASK } from './list-columns.ts';
import type { ColumnKey, ColumnSource } from './list-columns.ts';

/** Lists that can be read, sorted and exported (JOB-05, TUI-09). */
export const LIST_NAMES = [
  'late-loans',
  'loans',
  'transits',
  'hold-shelf',
  'open-requests',
  'pick-list',
  'active-shelf',
  'expired-shelf',
  'treatment',
  'missing',
  'closed-loans',
  'transactions',
  'patron-loans',
  'patron-returns',
  'audit',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Where a list comes from. Joins are left joins on keys, so that what a statement does not ask for is not read. */
export type ListSource = {
  /** The key of a row; null: rows have none, they are sums. */
  readonly id: string | null;
  readonly from: string;
  /** What every row is. */
  readonly where: string;
  /** SQL of the libraries that a row belongs to; a place (`LIBRARY/DESK`) begins with its library. */
  readonly libraries: readonly string[];
  /** SQL of the libraries between which a row is under way (TRA-02). */
  readonly ends: { readonly from: string; readonly to: string } | null;
  /** What the days of a search are about: an instant, or a day. */
  readonly time: string | null;
  readonly day: string | null;
  /** From when the days of a row are counted. */
  readonly since: string | null;
  readonly patron: string | null;
  readonly order: { readonly by: ColumnKey; readonly descending: boolean };
  readonly columns: readonly ColumnSource[];
};

const nothing = { time: null, day: null, since: null, patron: null, ends: null } as const;
const ascending = (by: ColumnKey): ListSource['order'] => ({ by, descending: false });
const descending = (by: ColumnKey): ListSource['order'] => ({ by, descending: true });

const LOANS = `loans l left join items i on i.id = l.item_id left join titles t on t.id = l.title_id
  left join patrons p on p.id = l.patron_id`;

const OPEN_LOAN: readonly ColumnSource[] = [
  ...ITEM_COLUMNS,
  column('material', 'material', 'l.material'),
  column('library', 'library', 'l.library'),
  column('location', 'location', 'l.location'),
  column('loanedAt', 'instant', 'l.loaned_at'),
  column('due', 'instant', 'l.due_at'),
  column('daysLate', 'number', 'l.due_at', { daysSince: 'late' }),
  column('status', 'status', LOAN_STATUS),
];

const openLoans: ListSource = {
  ...nothing,
  id: 'l.id',
  from: LOANS,
  where: 'l.returned_at is null',
  libraries: ['l.library'],
  time: 'l.due_at',
  order: ascending('due'),
  columns: [...OPEN_LOAN, ...PATRON_COLUMNS, column('campus', 'campus', 'p.campus', { personal: true })],
};

/** A request `r` with the copy that it has, or that is meant for it, or that it has left on a shelf. */
const REQUESTS = `requests r left join items i on i.id = coalesce(r.assigned_item_id, r.planned_item_id, r.remains_item_id)
  left join titles t on t.id = r.title_id left join patrons p on p.id = r.patron_id`;

const activeShelf: ListSource = {
  ...nothing,
  id: 'r.id',
  from: REQUESTS,
  where: "r.state = 'ON_SHELF' and r.closed_at is null",
  libraries: ['r.pickup'],
  day: 'r.held_until',
  since: 'r.held_since',
  order: ascending('heldUntil'),
  columns: [
    ...ITEM_COLUMNS,
    column('library', 'library', 'i.library'),
    column('pickup', 'library', 'r.pickup'),
    column('heldSince', 'instant', 'r.held_since'),
    column('heldUntil', 'day', 'r.held_until'),
    column('days', 'number', 'r.held_since', { daysSince: 'always' }),
    ...PATRON_COLUMNS,
  ],
};

const openRequests: ListSource = {
  ...nothing,
  id: 'r.id',
  from: REQUESTS,
  where: 'r.closed_at is null',
  libraries: ['r.pickup', 'r.asked_library'],
  time: 'r.placed_at',
  since: 'r.placed_at',
  order: ascending('placedAt'),
  columns: [
    ...ITEM_COLUMNS,
    column('pickup', 'library', 'r.pickup'),
    column('task', 'task', REQUEST_TASK),
    column('library', 'library', 'coalesce(r.asked_library, i.library)'),
    column('position', 'number', 'r.queue_position'),
    column('placedAt', 'instant', 'r.placed_at'),
    column('days', 'number', 'r.placed_at', { daysSince: 'always' }),
    column('until', 'day', 'r.not_after'),
    column('heldUntil', 'day', 'r.held_until'),
    column('note', 'text', 'r.note'),
    ...PATRON_COLUMNS,
  ],
};

const lastStop = (what: 'desk' | 'at'): string =>
  `(select s.${what} from transit_stops s where s.transit_id = x.id order by s.id desc limit 1)`;

/** Every list; the names of its columns are its whitelist for sorting. */
export const LIST_SOURCES: Readonly<Record<ListName, ListSource>> = {
  'late-loans': { ...openLoans, where: 'l.returned_at is null and l.late_from <= :now' },
  loans: openLoans,
  transits: {
    ...nothing,
    id: 'x.id',
    from: `transits x left join items i on i.id = x.item_id left join titles t on t.id = i.title_id
      left join requests r on r.id = x.request_id left join patrons p on p.id = r.patron_id`,
    where: 'x.ended_at is null',
    libraries: ['x.from_library', 'x.to_library'],
    ends: { from: 'x.from_library', to: 'x.to_library' },
    time: 'x.since',
    since: 'x.since',
    order: ascending('since'),
    columns: [
      ...ITEM_COLUMNS,
      column('library', 'library', 'i.library'),
      column('from', 'library', 'x.from_library'),
      column('to', 'library', 'x.to_library'),
      column('department', 'text', 'x.to_department'),
      column('reason', 'reason', 'x.reason'),
      column('since', 'instant', 'x.since'),
      column('days', 'number', 'x.since', { daysSince: 'always' }),
      // Counted by the desk, like the days: only the order of a list needs it here.
      column('tooLong', 'flag', '0', { sort: ':too-long' }),
      column('stops', 'number', '(select count(*) from transit_stops s where s.transit_id = x.id)'),
      column('lastStop', 'desk', lastStop('desk')),
      column('lastStopAt', 'instant', lastStop('at')),
      ...PATRON_COLUMNS.filter(({ key }) => key !== 'group'),
    ],
  },
  'hold-shelf': activeShelf,
  'active-shelf': activeShelf,
  'expired-shelf': {
    ...activeShelf,
    where: "((r.state = 'ON_SHELF' and r.held_until < :today) or r.remains_item_id is not null)",
    columns: [...activeShelf.columns, column('closing', 'closing', "coalesce(r.closing, 'waiting')")],
  },
  'open-requests': openRequests,
  'pick-list': {
    ...openRequests,
    where: "r.task = 'pick' and r.closed_at is null",
    libraries: ['r.asked_library'],
    order: ascending('location'),
    columns: [
      ...ITEM_COLUMNS,
      column('location', 'location', 'i.location', { sort: "i.location || ' ' || coalesce(i.call_number, '')" }),
      column('library', 'library', 'r.asked_library'),
      column('pickup', 'library', 'r.pickup'),
      column('placedAt', 'instant', 'r.placed_at'),
      column('days', 'number', 'r.placed_at', { daysSince: 'always' }),
      column('until', 'day', 'r.not_after'),
      column('note', 'text', 'r.note'),
      column('printedAt', 'instant', 'r.printed_at'),
      column('reportedAt', 'instant', 'r.reported_at'),
      ...PATRON_COLUMNS,
    ],
  },
  treatment: {
    ...nothing,
    id: 'i.id',
    from: `items i left join work_orders w on w.item_id = i.id and w.closed_at is null
      left join titles t on t.id = i.title_id left join staff o on o.id = w.ordered_by`,
    where: "i.deleted_at is null and (w.id is not null or i.process in ('ACQ', 'WORK_ORDER_DEPARTMENT'))",
    libraries: ['coalesce(w.library, i.library)'],
    time: 'w.ordered_at',
    since: 'w.ordered_at',
    order: ascending('orderedAt'),
    columns: [
      ...ITEM_COLUMNS,
      column('library', 'library', 'coalesce(w.library, i.library)'),
      column('department', 'text', 'coalesce(w.department, i.department)'),
      column('treatment', 'treatment', 'coalesce(w.type, i.process)'),
      column('note', 'text', 'w.note'),
      column('orderedAt', 'instant', 'w.ordered_at'),
      column('orderedBy', 'text', 'o.name'),
      column('receivedAt', 'instant', 'w.received_at'),
      column('days', 'number', 'w.ordered_at', { daysSince: 'always' }),
    ],
  },
  missing: {
    ...nothing,
    id: 'i.id',
    from: 'items i left join titles t on t.id = i.title_id',
    where: "i.process = 'MISSING' and i.deleted_at is null",
    libraries: ['i.library'],
    order: ascending('callNumber'),
    columns: [
      ...ITEM_COLUMNS,
      column('material', 'material', 'i.material'),
      column('library', 'library', 'i.library'),
      column('location', 'location', 'i.location'),
      column('note', 'text', 'i.internal_note'),
      column('lastSeen', 'instant', '(select max(e.at) from events e where e.item_id = i.id)'),
    ],
  },
  // Loans that were lost and have been closed (manual XIII.7): the items concerned, and their patrons until they are anonymised.
  'closed-loans': {
    ...nothing,
    id: 'e.id',
    from: `events e left join loans l on l.id = e.loan_id left join items i on i.id = e.item_id
      left join titles t on t.id = i.title_id left join patrons p on p.id = e.patron_id`,
    where: "e.kind = 'loan-closed'",
    libraries: ['l.library'],
    time: 'e.at',
    order: descending('returnedAt'),
    columns: [
      ...OPEN_LOAN.filter(({ key }) => key !== 'daysLate' && key !== 'status'),
      column('returnedAt', 'instant', 'e.at'),
      column('note', 'text', 'i.internal_note'),
      ...PATRON_COLUMNS,
    ],
  },
  transactions: {
    ...nothing,
    id: null,
    from: '(:days) d',
    where: 'd.day is not null',
    libraries: ['d.desk'],
    order: descending('day'),
    columns: [
      column('day', 'day', 'd.day'),
      column('desk', 'desk', 'd.desk'),
      column('loans', 'number', 'd.loans'),
      column('renewed', 'number', 'd.renewed'),
      column('returns', 'number', 'd.returns'),
      column('scans', 'number', 'd.scans'),
      column('inHouse', 'number', 'd.in_house'),
    ],
  },
  'patron-loans': { ...openLoans, patron: 'l.patron_id', columns: OPEN_LOAN },
  'patron-returns': {
    ...nothing,
    id: 'l.id',
    from: LOANS,
    where: 'l.returned_at is not null',
    libraries: ['l.library'],
    time: 'l.returned_at',
    patron: 'l.patron_id',
    order: descending('returnedAt'),
    columns: [
      ...ITEM_COLUMNS,
      column('library', 'library', 'l.library'),
      column('location', 'location', 'l.location'),
      column('loanedAt', 'instant', 'l.loaned_at'),
      column('due', 'instant', 'l.due_at'),
      column('returnedAt', 'instant', 'l.returned_at'),
      column('renewals', 'number', 'l.renewals'),
    ],
  },
  audit: {
    ...nothing,
    id: 'e.id',
    from: `events e left join staff o on o.id = e.staff_id left join patrons p on p.id = e.patron_id
      left join items i on i.id = e.item_id left join titles t on t.id = i.title_id`,
    where: 'e.id > 0',
    libraries: ['e.desk'],
    time: 'e.at',
    order: descending('at'),
    columns: [
      column('at', 'instant', 'e.at'),
      column('event', 'event', 'e.kind'),
      column('staff', 'text', 'o.name'),
      column('desk', 'desk', 'e.desk'),
      ...PATRON_COLUMNS.filter(({ key }) => key !== 'group'),
      column('barcode', 'text', 'i.barcode'),
      column('title', 'text', 't.title', { sort: 't.match_key' }),
      column('overrides', 'text', '(select :codes from overrides v where v.event_id = e.id)'),
      column('data', 'data', 'e.data'),
    ],
  },
};
