import { addDays, daysBetween, instantOf, isDay } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import { tooLongBefore } from '../circulation/transit.ts';
import { LIST_SOURCES } from '../records/lists.ts';
import type { ColumnKey, DayStretch, ListName, ListSearch } from '../records/lists.ts';
import type { Desk, Refusal } from './perform.ts';
import { maySeePatrons } from './personal.ts';

/** What a list is asked for; what is left out does not matter. */
export type ListQuestion = {
  readonly list: ListName;
  /** Owning library; of transits either end, of the hold shelf the pickup library, of transactions the desk's. */
  readonly library?: string;
  /** All libraries of a campus (*institution*). */
  readonly campus?: string;
  /** First and last day, both inclusive, in the network's time zone. */
  readonly from?: Day;
  readonly to?: Day;
  /** At least so many days in transit, on the shelf, in treatment. */
  readonly days?: number;
  /** Of transits: only those that are too long under way (TRA-02). */
  readonly tooLong?: boolean;
  /** The patron whose loans or returns it is: number, or any identifier. */
  readonly patron?: number | string;
  readonly sort?: { readonly by: string; readonly descending?: boolean };
};

/** Days that *transactions* goes back, where nobody says how many; and the most that it does. */
const USUAL_DAYS = 30;
const MOST_DAYS = 3660;
const A_DAY = 86_400_000;

const invalid = (
  path: string,
  problem: 'unknown-code' | 'not-a-day' | 'empty' | 'backwards',
  value: string,
): Refusal => ({
  kind: 'invalid',
  path,
  problem,
  value,
});

/** The libraries that are asked for; null: all. */
function librariesOf({ network }: Desk, { library, campus }: ListQuestion): readonly string[] | null | Refusal {
  if (library !== undefined && !network.libraries.some((one) => one.code === library)) {
    return { kind: 'unknown', what: 'LIBRARY', key: library };
  }
  if (campus !== undefined && !network.campuses.some((one) => one.code === campus)) {
    return invalid('campus', 'unknown-code', campus);
  }
  if (library === undefined && campus === undefined) return null;
  const chosen = network.libraries.filter((one) => campus === undefined || one.campus === campus);
  return chosen.map((one) => one.code).filter((code) => library === undefined || code === library);
}

/** The column that a list is sorted by; its own where none is named. Nobody may sort by what they may not see. */
function orderOf(desk: Desk, { list, sort }: ListQuestion): ListSearch['order'] | Refusal {
  const source = LIST_SOURCES[list];
  if (!sort) return source.order;
  const found = source.columns.find((one) => one.key === sort.by);
  if (!found || (found.personal === true && !maySeePatrons(desk))) return invalid('sort', 'unknown-code', sort.by);
  return { by: found.key satisfies ColumnKey, descending: sort.descending === true };
}

/** The patron whose list it is; null: the list is nobody's. */
async function patronOf(desk: Desk, { list, patron }: ListQuestion): Promise<number | null | Refusal> {
  if (LIST_SOURCES[list].patron === null) return null;
  if (!maySeePatrons(desk)) return { kind: 'not-permitted', permission: 'view-patrons', needs: 'role' };
  if (patron === undefined) return invalid('patron', 'empty', '');
  const id = typeof patron === 'number' ? patron : await desk.records.patrons.idByIdentifier(patron);
  const known = id === undefined ? undefined : await desk.records.patrons.byId(id);
  return known ? known.id : { kind: 'unknown', what: 'PATRON', key: String(patron) };
}

/** The local days from one to another as stretches: all days of one length together, the days of a clock change alone. */
function stretches(from: Day, to: Day, timeZone: string): DayStretch[] {
  const found: DayStretch[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const start = instantOf(day, 0, timeZone);
    const until = instantOf(addDays(day, 1), 0, timeZone);
    const offset = daysBetween('1970-01-01', day) * A_DAY - start;
    const last = found.at(-1);
    if (until - start !== A_DAY) found.push({ until, day });
    else if (last && 'offset' in last && last.offset === offset) found.splice(-1, 1, { until, offset });
    else found.push({ until, offset });
  }
  return found;
}

type Times = Pick<ListSearch, 'from' | 'until' | 'fromDay' | 'toDay' | 'days' | 'before'>;

/** Days as instants of the network's time zone. */
function timesOf({ network }: Desk, question: ListQuestion, today: Day): Times | Refusal {
  const { list, days } = question;
  const summed = LIST_SOURCES[list].id === null;
  const to = question.to ?? (summed ? today : undefined);
  const from = question.from ?? (summed && to !== undefined && isDay(to) ? addDays(to, 1 - USUAL_DAYS) : undefined);
  for (const [path, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day)) return invalid(path, 'not-a-day', day);
  }
  if (from !== undefined && to !== undefined && to < from) return invalid('to', 'backwards', to);
  const isLong = summed && from !== undefined && to !== undefined && daysBetween(from, to) > MOST_DAYS;
  if (isLong) return invalid('from', 'backwards', from);
  const start = (day: Day): Instant => instantOf(day, 0, network.timeZone);
  return {
    from: from === undefined ? null : start(from),
    until: to === undefined ? null : start(addDays(to, 1)),
    fromDay: from ?? null,
    toDay: to ?? null,
    before: days === undefined ? null : start(addDays(today, 1 - days)),
    days: summed && from !== undefined && to !== undefined ? stretches(from, to, network.timeZone) : [],
  };
}

const isRefusal = (found: unknown): found is Refusal => typeof found === 'object' && found !== null && 'kind' in found;

/** What a question means at this moment, for these eyes; or why it cannot be asked. */
export async function searchFor(desk: Desk, question: ListQuestion, today: Day): Promise<ListSearch | Refusal> {
  const libraries = librariesOf(desk, question);
  if (isRefusal(libraries)) return libraries;
  const times = timesOf(desk, question, today);
  if (isRefusal(times)) return times;
  const order = orderOf(desk, question);
  if (isRefusal(order)) return order;
  const patron = await patronOf(desk, question);
  if (isRefusal(patron)) return patron;
  const tooLong = tooLongBefore(desk.network, desk.now);
  const journeys = { end: null, tooLong, onlyTooLong: question.tooLong === true };
  return { now: desk.now, today, libraries, order, patron, ...journeys, ...times };
}
