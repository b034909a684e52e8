import type { TooLongBefore } from '../circulation/transit.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { addDays } from '../circulation/time.ts';
import type { ColumnKey, ColumnSource, ColumnType } from './list-columns.ts';
import { LIST_SOURCES } from './list-sources.ts';
import type { ListName, ListSource } from './list-sources.ts';
import type { Window } from './loans.ts';
import { isPostgres, row, rows } from './sql.ts';
import type { Connection, Value } from './sql.ts';

export { LIST_NAMES, LIST_SOURCES } from './list-sources.ts';
export type { ListName } from './list-sources.ts';
export type { ColumnKey, ColumnType } from './list-columns.ts';

/** One row; a column without a value is null. Of `daysSince` columns: the instant from which days are counted. */
export type ListRow = Readonly<Partial<Record<ColumnKey, string | number | null>>>;

/** A stretch of time in which days are the local ones: of equal length at an offset (ms), or one longer or shorter day. */
export type DayStretch = { readonly until: Instant } & ({ readonly offset: number } | { readonly day: Day });

/** What rows are wanted; what is null does not matter. */
export type ListSearch = {
  readonly now: Instant;
  readonly today: Day;
  readonly libraries: readonly string[] | null;
  /** From this instant, and before that one. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly fromDay: Day | null;
  readonly toDay: Day | null;
  /** Counted from before this instant: too long in transit, on the shelf, in treatment. */
  readonly before: Instant | null;
  readonly patron: number | null;
  /** Under way to one of the libraries, or from one of them; null: either. */
  readonly end: 'from' | 'to' | null;
  /** What is too long under way (TRA-02), and whether only that is wanted. */
  readonly tooLong: TooLongBefore;
  readonly onlyTooLong: boolean;
  /** The local days of `transactions`, in order. */
  readonly days: readonly DayStretch[];
  readonly order: { readonly by: ColumnKey; readonly descending: boolean };
};

/** A statement under construction: what it says, and its values in the order of their marks. */
type Part = { readonly sql: string; readonly values: readonly Value[] };

const MILLISECONDS_OF_A_DAY = 86_400_000;
const dayNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_OF_A_DAY);

/** What counts as which transaction. */
const COUNTED: Readonly<Record<string, string>> = {
  loans: 'item-lent',
  renewed: 'loan-renewed',
  returns: 'item-returned',
  scans: 'item-scanned',
  in_house: 'in-house-use',
};

/** Transactions per local day and desk: the day of an event is counted from the stretch in which it lies. */
function transactions({ days, from, until }: ListSearch): Part {
  const cases = days.map((one) =>
    'day' in one
      ? { sql: 'when e.at < cast(? as bigint) then cast(? as bigint)', values: [one.until, dayNumber(one.day)] }
      : {
          sql: `when e.at < cast(? as bigint) then (e.at + cast(? as bigint)) / ${MILLISECONDS_OF_A_DAY}`,
          values: [one.until, one.offset],
        },
  );
  const counts = Object.entries(COUNTED).map(
    ([name, kind]) => `cast(sum(case when kind = '${kind}' then 1 else 0 end) as integer) as ${name}`,
  );
  const kinds = Object.values(COUNTED).map((kind) => `'${kind}'`);
  return {
    sql: `select day, desk, ${counts.join(', ')} from (
        select case ${cases.map((one) => one.sql).join(' ')} end as day, e.desk, e.kind from events e
        where e.at >= ? and e.at < ? and e.desk is not null and e.kind in (${kinds.join(', ')})) one
      group by day, desk`,
    values: [...cases.flatMap((one) => one.values), from ?? 0, until ?? 0],
  };
}

/** Whether one of the libraries is that of a row; the library of a place is what stands before its stroke. */
function ofLibraries(source: ListSource, libraries: readonly string[], end: ListSearch['end']): Part {
  if (libraries.length === 0) return { sql: '1 = 0', values: [] };
  const wanted = end === null || source.ends === null ? source.libraries : [source.ends[end]];
  const parts = wanted.map((sql): Part => {
    if (!sql.endsWith('.desk')) return { sql: `${sql} in (${libraries.map(() => '?').join(', ')})`, values: libraries };
    const begins = libraries.map((code) => `substr(${sql}, 1, ${code.length + 1}) = ?`);
    return { sql: begins.join(' or '), values: libraries.map((code) => `${code}/`) };
  });
  return { sql: `(${parts.map((one) => one.sql).join(' or ')})`, values: parts.flatMap((one) => one.values) };
}

/** Whether a row is too long under way: by the numbers of both its ends. */
function isTooLong({ ends, since }: ListSource, { usual, libraries }: TooLongBefore): Part {
  if (ends === null || since === null) return { sql: '1 = 0', values: [] };
  const parts = [ends.from, ends.to].map((end): Part => {
    if (libraries.length === 0) return { sql: `${since} < ?`, values: [usual] };
    const cases = libraries.map(() => 'when ? then cast(? as bigint)').join(' ');
    return {
      sql: `${since} < case ${end} ${cases} else cast(? as bigint) end`,
      values: [...libraries.flatMap((one) => [one.library, one.before]), usual],
    };
  });
  return { sql: parts.map((one) => one.sql).join(' and '), values: parts.flatMap((one) => one.values) };
}

/** What every row is, now and today. */
function ofSource({ where }: ListSource, { now, today }: Pick<ListSearch, 'now' | 'today'>): Part {
  const values = [...where.matchAll(/:(now|today)/g)].map(([, name]) => (name === 'now' ? now : today));
  return { sql: where.replaceAll(/:(?:now|today)/g, '?'), values };
}

/** Everything that a search asks of the rows. */
function conditions(source: ListSource, search: ListSearch): Part {
  const { time, day, since, patron } = source;
  const compare = (sql: string | null, sign: string, value: Value): Part[] =>
    sql === null || value === null ? [] : [{ sql: `${sql} ${sign} ?`, values: [value] }];
  const parts: Part[] = [
    ofSource(source, search),
    ...(search.libraries === null ? [] : [ofLibraries(source, search.libraries, search.end)]),
    ...compare(time, '>=', search.from),
    ...compare(time, '<', search.until),
    ...compare(day, '>=', search.fromDay),
    ...compare(day, '<=', search.toDay),
    ...compare(since, '<', search.before),
    ...compare(patron, '=', search.patron),
    ...(search.onlyTooLong ? [isTooLong(source, search.tooLong)] : []),
  ];
  return { sql: parts.map((one) => one.sql).join(' and '), values: parts.flatMap((one) => one.values) };
}

const NUMBERS: readonly ColumnType[] = ['number', 'instant'];
const columnOf = (source: ListSource, key: ColumnKey): ColumnSource | undefined =>
  source.columns.find((one) => one.key === key);

/** Lists of the records (JOB-05): sorted and cut to windows by the database, alike on both. */
export function listsOn(db: Connection) {
  const codes = isPostgres(db) ? "string_agg(v.code, ' ' order by v.id)" : "group_concat(v.code, ' ')";
  const binary = isPostgres(db) ? ' collate "C"' : '';

  const sqlOf = ({ sql }: ColumnSource): string => sql.replace(':codes', codes);

  /** One order on both databases: texts by their bytes, what is missing first. More days are an earlier instant. */
  const orderBy = (source: ListSource, { order, tooLong }: ListSearch): Part => {
    const found = columnOf(source, order.by) ?? source.columns[0];
    if (!found) throw new Error('a list without columns');
    const last = source.id === null ? `d.day desc, d.desk${binary}` : `${source.id}${order.descending ? ' desc' : ''}`;
    const isReversed = (found.daysSince !== undefined) !== order.descending;
    const ordered = (sql: string): string => `${sql}${isReversed ? ' desc' : ''}, ${last}`;
    if (found.sort === ':too-long') {
      const { sql, values } = isTooLong(source, tooLong);
      return { sql: ordered(`case when ${sql} then 1 else 0 end`), values };
    }
    const isNumber = NUMBERS.includes(found.type) || (source.id === null && found.type === 'day');
    const sql = `coalesce(${found.sort ?? sqlOf(found)}, ${isNumber ? '0' : "''"})${isNumber ? '' : binary}`;
    return { sql: ordered(sql), values: [] };
  };

  const fromOf = (source: ListSource, search: ListSearch): Part => {
    if (!source.from.includes(':days')) return { sql: source.from, values: [] };
    const { sql, values } = transactions(search);
    return { sql: source.from.replace(':days', sql), values };
  };

  const selected = (source: ListSource): string =>
    source.columns.map((one) => `${sqlOf(one)} as "${one.key}"`).join(', ');

  /** Sums have no key: they are read as they come. */
  const sums = async (source: ListSource, search: ListSearch, { limit, offset }: Window): Promise<ListRow[]> => {
    const from = fromOf(source, search);
    const where = conditions(source, search);
    const order = orderBy(source, search);
    const found = await rows<Record<string, string | number | null>>(
      db,
      `select ${selected(source)} from ${from.sql} where ${where.sql} order by ${order.sql} limit ? offset ?`,
      [...from.values, ...where.values, ...order.values, limit, offset],
    );
    return found.map((one) => ({ ...one, day: addDays('1970-01-01', Number(one['day'])) }));
  };

  const keys = async (source: ListSource, search: ListSearch, { limit, offset }: Window): Promise<number[]> => {
    const where = conditions(source, search);
    const order = orderBy(source, search);
    const found = await rows<{ key: number }>(
      db,
      `select ${source.id} as key from ${source.from} where ${where.sql} order by ${order.sql} limit ? offset ?`,
      [...where.values, ...order.values, limit, offset],
    );
    return found.map((one) => one.key);
  };

  /** The rows of keys, in their order; what is no longer on the list is left out. */
  const rowsOf = async (
    source: ListSource,
    list: readonly number[],
    moment: Pick<ListSearch, 'now' | 'today'>,
  ): Promise<ListRow[]> => {
    if (list.length === 0) return [];
    const where = ofSource(source, moment);
    const found = await rows<{ key: number } & Record<string, string | number | null>>(
      db,
      `select ${source.id} as key, ${selected(source)} from ${source.from}
       where ${where.sql} and ${source.id} in (${list.map(() => '?').join(', ')})`,
      [...where.values, ...list],
    );
    const byKey = new Map(found.map(({ key, ...one }) => [key, one as ListRow]));
    return list.flatMap((key) => byKey.get(key) ?? []);
  };

  return {
    /** How many rows a list has. */
    async count(name: ListName, search: ListSearch): Promise<number> {
      const source = LIST_SOURCES[name];
      const from = fromOf(source, search);
      const where = conditions(source, search);
      const found = await row<{ n: number }>(db, `select count(*) as n from ${from.sql} where ${where.sql}`, [
        ...from.values,
        ...where.values,
      ]);
      return found?.n ?? 0;
    },

    /** A window of a list: the keys are sorted first, so that only the window is read as a whole. */
    async page(name: ListName, search: ListSearch, window: Window): Promise<ListRow[]> {
      const source = LIST_SOURCES[name];
      if (source.id === null) return sums(source, search, window);
      return rowsOf(source, await keys(source, search, window), search);
    },

    /** The keys of all rows in order, for reading a long list piece by piece; null: the list has none, it is short. */
    async keys(name: ListName, search: ListSearch, limit: number): Promise<number[] | null> {
      const source = LIST_SOURCES[name];
      return source.id === null ? null : keys(source, search, { offset: 0, limit });
    },

    /** The rows of some keys, in their order. */
    async ofKeys(
      name: ListName,
      list: readonly number[],
      moment: Pick<ListSearch, 'now' | 'today'>,
    ): Promise<ListRow[]> {
      const source = LIST_SOURCES[name];
      return source.id === null ? [] : rowsOf(source, list, moment);
    },
  };
}
