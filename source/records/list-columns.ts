/** Columns of lists, as the words name them. */
export type ColumnKey =
  | 'title'
  | 'author'
  | 'barcode'
  | 'callNumber'
  | 'material'
  | 'library'
  | 'location'
  | 'loanedAt'
  | 'due'
  | 'daysLate'
  | 'status'
  | 'returnedAt'
  | 'renewals'
  | 'patron'
  | 'card'
  | 'group'
  | 'campus'
  | 'from'
  | 'to'
  | 'department'
  | 'reason'
  | 'since'
  | 'days'
  | 'tooLong'
  | 'stops'
  | 'lastStop'
  | 'lastStopAt'
  | 'pickup'
  | 'heldSince'
  | 'heldUntil'
  | 'placedAt'
  | 'until'
  | 'task'
  | 'position'
  | 'printedAt'
  | 'reportedAt'
  | 'closing'
  | 'treatment'
  | 'note'
  | 'orderedAt'
  | 'orderedBy'
  | 'receivedAt'
  | 'lastSeen'
  | 'day'
  | 'desk'
  | 'loans'
  | 'renewed'
  | 'returns'
  | 'scans'
  | 'inHouse'
  | 'at'
  | 'event'
  | 'staff'
  | 'overrides'
  | 'data';

/**
 * What the values of a column are: instants are UTC milliseconds, days `YYYY-MM-DD` and numbers calendar days or counts;
 * the others are texts, most of them codes that have a name.
 */
export type ColumnType =
  | 'text'
  | 'number'
  | 'instant'
  | 'day'
  | 'library'
  | 'location'
  | 'material'
  | 'group'
  | 'campus'
  | 'desk'
  | 'status'
  | 'reason'
  | 'treatment'
  | 'task'
  | 'closing'
  | 'event'
  /** 1: yes; anything else: no. */
  | 'flag'
  /** What an event has kept, as JSON; its instants are UTC milliseconds. */
  | 'data';

/** A column of a list and where its values come from. */
export type ColumnSource = {
  readonly key: ColumnKey;
  readonly type: ColumnType;
  /** The SQL of the value. Of `daysSince`: of the instant from which days are counted until today. */
  readonly sql: string;
  /** The SQL that it is sorted by, where that is another; `:too-long`: whether the row is too long under way. */
  readonly sort?: string;
  /** Names a patron: only for those who may see patrons (REL-08). */
  readonly personal?: boolean;
  /** The value is the number of calendar days from that instant until today; `late`: none while it is not late. */
  readonly daysSince?: 'late' | 'always';
};

type More = Omit<ColumnSource, 'key' | 'type' | 'sql'>;

/** A column. */
export const column = (key: ColumnKey, type: ColumnType, sql: string, more: More = {}): ColumnSource => ({
  key,
  type,
  sql,
  ...more,
});

/** Title, barcode and shelf of an item `i` with its title `t`. */
export const ITEM_COLUMNS: readonly ColumnSource[] = [
  column('title', 'text', 't.title', { sort: 't.match_key' }),
  column('author', 'text', 't.author'),
  column('barcode', 'text', 'i.barcode'),
  column('callNumber', 'text', 'i.call_number'),
];

/** Name, card and group of a patron `p`. */
export const PATRON_COLUMNS: readonly ColumnSource[] = [
  column('patron', 'text', "p.last_name || ' ' || p.first_name", { sort: 'p.sort_name', personal: true }),
  column(
    'card',
    'text',
    `(select n.value from patron_identifiers n where n.patron_id = p.id
       order by case when n.type = 'primary' then 0 else 1 end, n.id limit 1)`,
    { personal: true },
  ),
  column('group', 'group', 'p.group_code', { personal: true }),
];

/** What is done for an open request `r` (REQ-07). */
export const REQUEST_TASK = `case r.state when 'TRANSIT' then 'transit' when 'ON_SHELF' then 'hold-shelf' else coalesce(r.task, 'wait') end`;

/** What is said of a loan `l`. */
export const LOAN_STATUS = `case when l.lost_at is not null then 'Lost' when l.recalled then 'Recalled'
  when l.renewals > 0 then 'Renewed' else 'Normal' end`;
