import { isPostgres, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A broken invariant of the data: which one, and the records that break it. */
export type Violation = { readonly invariant: string; readonly records: readonly string[] };

/** Each query lists what must not exist; one column, named `record`. Kept as data so that every rule is one line of SQL. */
export const INVARIANTS: Readonly<Record<string, string>> = {
  'one-open-loan-per-item':
    'select i.barcode as record from loans l join items i on i.id = l.item_id where l.returned_at is null group by i.barcode having count(*) > 1',
  'item-on-loan-has-process-loan':
    "select i.barcode as record from loans l join items i on i.id = l.item_id where l.returned_at is null and (i.process is null or i.process not in ('LOAN', 'LOST_LOAN'))",
  'process-loan-has-open-loan':
    "select i.barcode as record from items i where i.process in ('LOAN', 'LOST_LOAN') and not exists (select 1 from loans l where l.item_id = i.id and l.returned_at is null)",
  'lost-loan-agrees':
    "select i.barcode as record from loans l join items i on i.id = l.item_id where l.returned_at is null and (l.lost_at is not null) <> (i.process = 'LOST_LOAN')",
  'process-transit-has-open-transit':
    "select i.barcode as record from items i where (i.process is not null and i.process = 'TRANSIT') <> (exists (select 1 from transits x where x.item_id = i.id and x.ended_at is null))",
  'process-holdshelf-has-request':
    "select i.barcode as record from items i where (i.process is not null and i.process = 'HOLDSHELF') <> (exists (select 1 from requests r where r.assigned_item_id = i.id and r.state = 'ON_SHELF' and r.closed_at is null) or exists (select 1 from requests r where r.remains_item_id = i.id))",
  'request-in-transit-has-transit':
    "select cast(r.id as text) as record from requests r where r.state = 'TRANSIT' and not exists (select 1 from transits x where x.item_id = r.assigned_item_id and x.ended_at is null)",
  'queue-positions-without-gaps':
    'select cast(title_id as text) as record from requests where closed_at is null group by title_id having count(distinct queue_position) <> count(*) or min(queue_position) <> 1 or max(queue_position) <> count(*)',
  'closed-request-is-in-no-queue':
    'select cast(id as text) as record from requests where closed_at is not null and (queue_position is not null or planned_item_id is not null or recalled_loan_id is not null or assigned_item_id is not null or task is not null)',
  'request-on-its-way-or-held-has-item':
    "select cast(id as text) as record from requests where (state in ('TRANSIT', 'ON_SHELF')) <> (assigned_item_id is not null)",
  // Held for somebody, meant for somebody: for one only. A shelf where it was left is nobody's.
  'one-item-serves-one-request':
    "select i.barcode as record from (select assigned_item_id as item from requests where closed_at is null union all select planned_item_id from requests where closed_at is null and task in ('pick', 'reception')) one join items i on i.id = one.item group by i.barcode having count(*) > 1",
  'not-in-transit-and-on-a-shelf':
    "select i.barcode as record from transits x join items i on i.id = x.item_id where x.ended_at is null and (exists (select 1 from requests r where r.assigned_item_id = i.id and r.state = 'ON_SHELF' and r.closed_at is null) or exists (select 1 from requests r where r.remains_item_id = i.id))",
  'held-item-stands-at-its-pickup-library':
    "select i.barcode as record from requests r join items i on i.id = coalesce(r.assigned_item_id, r.remains_item_id) where (r.state = 'ON_SHELF' or r.remains_item_id is not null) and i.at_library <> r.pickup",
  'recalled-loan-has-request':
    "select i.barcode as record from loans l join items i on i.id = l.item_id where l.returned_at is null and l.recalled and not exists (select 1 from requests r where r.recalled_loan_id = l.id and r.closed_at is null and r.state = 'WAITING' and r.task = 'recall')",
  'recall-has-recalled-loan':
    'select cast(r.id as text) as record from requests r left join loans l on l.id = r.recalled_loan_id where r.recalled_loan_id is not null and (l.id is null or l.returned_at is not null or not l.recalled or l.item_id <> r.planned_item_id)',
  'pick-stands-where-it-is-asked':
    "select cast(r.id as text) as record from requests r left join items i on i.id = r.planned_item_id where r.closed_at is null and r.task = 'pick' and (i.id is null or i.deleted_at is not null or i.title_id <> r.title_id or i.at_library <> r.asked_library or (i.process is not null and i.process <> 'HOLDSHELF'))",
  'nothing-waits-for-what-stands-still':
    "select cast(r.id as text) as record from requests r join items i on i.id = r.planned_item_id where r.closed_at is null and r.state = 'WAITING' and r.task <> 'pick' and (i.process is null or i.process = 'HOLDSHELF') and not exists (select 1 from work_orders w where w.item_id = i.id and w.closed_at is null)",
  'request-is-for-an-item-of-its-title':
    'select cast(r.id as text) as record from requests r left join items v on v.id = r.item_id left join items a on a.id = r.assigned_item_id left join items n on n.id = r.planned_item_id left join items x on x.id = r.remains_item_id where v.title_id <> r.title_id or a.title_id <> r.title_id or n.title_id <> r.title_id or x.title_id <> r.title_id',
  'one-open-transit-per-item':
    'select i.barcode as record from transits x join items i on i.id = x.item_id where x.ended_at is null group by i.barcode having count(*) > 1',
  'one-open-work-order-per-item':
    'select i.barcode as record from work_orders w join items i on i.id = w.item_id where w.closed_at is null group by i.barcode having count(*) > 1',
  'item-to-be-treated-is-not-in-place':
    'select i.barcode as record from work_orders w join items i on i.id = w.item_id where w.closed_at is null and i.process is null and i.deleted_at is null',
  'item-in-treatment-has-order':
    "select i.barcode as record from items i where i.process = 'WORK_ORDER_DEPARTMENT' and not exists (select 1 from work_orders w where w.item_id = i.id and w.closed_at is null and w.received_at is not null and w.department = i.department)",
  'transit-to-treatment-has-order':
    "select i.barcode as record from transits x join items i on i.id = x.item_id where x.ended_at is null and x.reason = 'treatment' and not exists (select 1 from work_orders w where w.item_id = i.id and w.closed_at is null and w.received_at is null and w.library = x.to_library and w.department = x.to_department)",
  'no-late-return-block-without-return':
    "select cast(b.id as text) as record from patron_blocks b left join loans l on l.id = b.loan_id where b.type = 'LATE_RETURN' and b.loan_id is not null and l.returned_at is null",
  'open-loan-has-patron':
    'select cast(id as text) as record from loans where returned_at is null and patron_id is null',
  'due-after-loan': 'select cast(id as text) as record from loans where due_at <= loaned_at',
  'open-loan-agrees-with-item':
    'select i.barcode as record from loans l join items i on i.id = l.item_id where l.returned_at is null and (l.title_id <> i.title_id or l.library <> i.library)',
  // A difference of two sets, because events have no index on their loan: a search for each loan would take hours.
  'loan-has-event':
    "select cast(id as text) as record from (select id from loans except select loan_id from events where kind = 'item-lent') unheard",
  'notice-of-open-loan-has-its-letter':
    "select cast(n.loan_id as text) as record from notices n join loans l on l.id = n.loan_id where l.returned_at is null and (n.outcome = 'letter') <> (n.letter_id is not null)",
  'billed-loan-is-lost':
    "select cast(l.id as text) as record from notices n join loans l on l.id = n.loan_id join letters x on x.id = n.letter_id where n.kind = 'lost-item-bill' and l.returned_at is null and l.lost_at is null and (l.renewed_at is null or l.renewed_at < x.created_at)",
  // Once its patron has gone from a loan, nothing else says whose it was (JOB-06).
  'anonymous-loan-is-nobodys':
    'select cast(l.id as text) as record from events e join loans l on l.id = e.loan_id where e.patron_id is not null and l.patron_id is null union select cast(l.id as text) from patron_blocks b join loans l on l.id = b.loan_id where l.patron_id is null union select cast(l.id as text) from notices n join loans l on l.id = n.loan_id where n.letter_id is not null and l.patron_id is null',
  'offline-line-agrees-with-loan':
    'select cast(o.id as text) as record from offline_lines o join loans l on l.id = o.loan_id where o.item_id is null or l.item_id <> o.item_id',
  'offline-line-of-anonymous-loan-is-nobodys':
    'select cast(o.id as text) as record from offline_lines o join loans l on l.id = o.loan_id where l.patron_id is null and (o.patron_id is not null or o.raw is not null)',
  'offline-upload-counts-its-lines':
    'select cast(id as text) as record from offline_uploads where ended_at is not null and lines <> completed + failed + duplicates',
  'patron-has-identifier':
    'select cast(p.id as text) as record from patrons p where not exists (select 1 from patron_identifiers i where i.patron_id = p.id)',
  'item-hangs-on-its-title':
    'select i.barcode as record from items i left join holdings h on h.id = i.holding_id join titles t on t.id = i.title_id where i.deleted_at is null and (h.id is null or h.deleted_at is not null or h.title_id <> i.title_id or t.deleted_at is not null)',
  'holding-has-title':
    'select cast(h.id as text) as record from holdings h join titles t on t.id = h.title_id where h.deleted_at is null and t.deleted_at is not null',
  'title-can-be-found':
    'select cast(id as text) as record from (select id from titles where deleted_at is null except select id from (select title_words.rowid as id from title_words intersect select title_fields.rowid as id from title_fields) found) lost',
  'deleted-title-cannot-be-found':
    'select cast(id as text) as record from (select id from (select title_words.rowid as id from title_words union select title_fields.rowid as id from title_fields) found except select id from titles where deleted_at is null) left_behind',
};

/** The statement of an invariant; SQLite's full text knows its titles by another name. */
export const invariantSql = (invariant: string, kind: 'sqlite' | 'postgres'): string =>
  (INVARIANTS[invariant] ?? '').replaceAll(
    /title_(?:words|fields)\.rowid/g,
    kind === 'postgres' ? 'title_id' : 'rowid',
  );

/** Proves the invariants of the data (REL-01): an empty list is a clean bill. At most 20 records of each are named. */
export async function checkData(db: Connection): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const invariant of Object.keys(INVARIANTS)) {
    const sql = invariantSql(invariant, isPostgres(db) ? 'postgres' : 'sqlite');
    const records = await rows<{ record: string }>(db, `${sql} limit 20`);
    if (records.length > 0) found.push({ invariant, records: records.map((one) => one.record) });
  }
  return found;
}
