import type { Instant } from '../circulation/time.ts';
import type { EventKind, UsedOverride } from './events.ts';
import type { Window } from './loans.ts';
import { row, rows, truth } from './sql.ts';
import type { Connection, Row, Value } from './sql.ts';

/** What is searched for; everything that is given must be true of an event. */
export type AuditFilters = {
  readonly patronId?: number;
  readonly itemId?: number;
  readonly staffId?: number;
  /** `LIBRARY/DESK`. */
  readonly desk?: string;
  readonly kinds?: readonly EventKind[];
  /** From this instant on … */
  readonly from?: Instant;
  /** … and before that one. */
  readonly before?: Instant;
};

/** An event with who and what it was about, and what was set aside for it. */
export type AuditEntry = {
  readonly id: number;
  readonly at: Instant;
  readonly kind: EventKind;
  /** The account; null: the command line. */
  readonly staff: string | null;
  readonly desk: string | null;
  readonly patron: { readonly id: number; readonly name: string } | null;
  readonly item: { readonly barcode: string; readonly title: string } | null;
  readonly overrides: readonly UsedOverride[];
  readonly data: Readonly<Record<string, unknown>>;
};

/** A condition in two forms: one for which there is an index, and one that only looks at what another index has found. */
type Condition = { readonly found: readonly Part[]; readonly seen: Part };
type Part = { readonly sql: string; readonly values: readonly Value[] };

const part = (sql: string, ...values: readonly Value[]): Part => ({ sql, values });
const number = (column: string, value: number): Condition => ({
  found: [part(`e.${column} = ?`, value)],
  seen: part(`+e.${column} = ?`, value),
});
const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
const all = (parts: readonly Part[]): Part => ({
  sql: parts.map((one) => one.sql).join(' and ') || '1 = 1',
  values: parts.flatMap((one) => one.values),
});

/** The conditions that have an index, those that find the fewest events first as far as one can know. */
function conditionsOf({ patronId, itemId, staffId, desk, kinds }: AuditFilters): Condition[] {
  return [
    ...(patronId === undefined ? [] : [number('patron_id', patronId)]),
    ...(itemId === undefined ? [] : [number('item_id', itemId)]),
    ...(kinds === undefined
      ? []
      : [
          {
            found: kinds.map((kind) => part('e.kind = ?', kind)),
            seen: kinds.length === 0 ? part('1 = 0') : part(`e.kind || '' in (${marks(kinds.length)})`, ...kinds),
          },
        ]),
    ...(staffId === undefined ? [] : [number('staff_id', staffId)]),
    ...(desk === undefined ? [] : [{ found: [part('e.desk = ?', desk)], seen: part("e.desk || '' = ?", desk) }]),
  ];
}

/** Searching the audit (REL-09): fast whatever is asked, with any number of events. */
export function auditOn(db: Connection) {
  /** The first and last number of the events of a time: numbers grow with it, but for events that desks write at the same moment. */
  const between = async ({ from, before }: AuditFilters): Promise<Part[] | undefined> => {
    if (from === undefined && before === undefined) return [];
    const times = [
      ...(from === undefined ? [] : [part('at >= ?', from)]),
      ...(before === undefined ? [] : [part('at < ?', before)]),
    ];
    const { sql, values } = all(times);
    // `+ 0`: else PostgreSQL walks through the numbers from one end and looks for the first that fits.
    const found = await row<{ low: number | null; high: number | null }>(
      db,
      `select min(id + 0) as low, max(id + 0) as high from events where ${sql}`,
      values,
    );
    if (!found || found.low === null || found.high === null) return undefined;
    const looked = times.map((one) => part(`+e.${one.sql}`, ...one.values));
    return [part('e.id >= ?', found.low), part('e.id <= ?', found.high), ...looked];
  };

  const countOf = async (sources: readonly Part[], limit: number): Promise<number> => {
    if (sources.length === 0) return 0;
    const parts = sources.map(({ sql }) => `select * from (select 1 as one from events e where ${sql} limit ?) s`);
    const values = sources.flatMap((one) => [...one.values, limit]);
    const text = `select count(*) as n from (${parts.join(' union all ')}) x`;
    return Math.min(limit, (await row<{ n: number }>(db, text, values))?.n ?? 0);
  };

  /** Events are found by the condition that the fewest fulfil, one index for each of its parts; the others are looked at. */
  const sourcesFor = async (filters: AuditFilters, times: readonly Part[], limit: number): Promise<Part[]> => {
    const conditions = conditionsOf(filters);
    if (conditions.length === 0) return [all(times)];
    let best = { at: 0, count: Infinity };
    const isFew = filters.patronId !== undefined || filters.itemId !== undefined;
    if (!isFew && conditions.length > 1) {
      for (const [at, { found }] of conditions.entries()) {
        const count = await countOf(found, limit);
        if (count < best.count) best = { at, count };
      }
    }
    const others = conditions.filter((_, at) => at !== best.at).map((one) => one.seen);
    return (conditions[best.at]?.found ?? []).map((one) => all([one, ...times, ...others]));
  };

  const idsFrom = async (sources: readonly Part[], { offset, limit }: Window): Promise<number[]> => {
    if (sources.length === 0) return [];
    const parts = sources.map(
      ({ sql }) => `select * from (select e.id from events e where ${sql} order by e.id desc limit ?) s`,
    );
    const values = sources.flatMap((one) => [...one.values, offset + limit]);
    const text = `select id from (${parts.join(' union all ')}) x order by id desc limit ? offset ?`;
    return (await rows<{ id: number }>(db, text, [...values, limit, offset])).map((one) => one.id);
  };

  const overridesOf = async (ids: readonly number[]): Promise<Row[]> =>
    rows(
      db,
      `select event_id, code, reason, automatic from overrides where event_id in (${marks(ids.length)}) order by id`,
      ids,
    );

  const entriesOf = async (ids: readonly number[]): Promise<AuditEntry[]> => {
    if (ids.length === 0) return [];
    const found = await rows(
      db,
      `select e.id, e.at, e.kind, s.name as staff, e.desk, e.data, p.id as patron, p.last_name, p.first_name, i.barcode, t.title
       from events e left join staff s on s.id = e.staff_id left join patrons p on p.id = e.patron_id
         left join items i on i.id = e.item_id left join titles t on t.id = i.title_id
       where e.id in (${marks(ids.length)}) order by e.id desc`,
      ids,
    );
    const overrides = await overridesOf(ids);
    return found.map((one) => entryFrom(one, overrides));
  };

  return {
    /** A window of the events that fit, the newest first, and how many there are: counted up to `most`, no further. */
    async search(
      filters: AuditFilters,
      window: Window,
      most: number,
    ): Promise<{ total: number; capped: boolean; lines: AuditEntry[] }> {
      const times = await between(filters);
      if (!times) return { total: 0, capped: false, lines: [] };
      const sources = await sourcesFor(filters, times, most + 1);
      const count = await countOf(sources, most + 1);
      const lines = await entriesOf(await idsFrom(sources, window));
      return { total: Math.min(count, most), capped: count > most, lines };
    },
  };
}

function entryFrom(one: Row, overrides: readonly Row[]): AuditEntry {
  const barcode = one['barcode'] as string | null;
  const used = overrides.filter((other) => other['event_id'] === one['id']);
  const name = [one['last_name'], one['first_name']].filter(Boolean).join(' ');
  return {
    id: one['id'] as number,
    at: one['at'] as number,
    kind: one['kind'] as EventKind,
    staff: one['staff'] as string | null,
    desk: one['desk'] as string | null,
    patron: one['patron'] === null ? null : { id: one['patron'] as number, name },
    item: barcode === null ? null : { barcode, title: one['title'] as string },
    overrides: used.map((other) => ({
      code: other['code'] as string,
      reason: other['reason'] as string | null,
      automatic: truth(other['automatic']),
    })),
    data: JSON.parse(one['data'] as string) as Record<string, unknown>,
  };
}
