import { dayOf } from '../../circulation/time.ts';
import type { Network } from '../../circulation/network.ts';
import { readList } from '../../desk/lists.ts';
import type { ColumnKey, ListColumn, ListQuestion, ListRow } from '../../desk/lists.ts';
import { wrap } from '../../language/fit.ts';
import { wordsIn } from '../../language/index.ts';
import { listCells } from '../../language/list-cells.ts';
import { printable } from '../../language/printable.ts';
import type { BrowseColumn } from '../browse.ts';
import { chosenColumns } from '../columns.ts';
import { readPastDay } from '../day-input.ts';
import type { FormField, FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse } from './browse.ts';

/** What can be looked through here, the columns that matter most first; what has a screen of its own is not repeated. */
const FIRST: Readonly<Partial<Record<ListQuestion['list'], readonly ColumnKey[]>>> = {
  'late-loans': ['title', 'barcode', 'due', 'daysLate', 'patron', 'status', 'card', 'group', 'material'],
  loans: ['title', 'barcode', 'due', 'daysLate', 'patron', 'status', 'card', 'group', 'material'],
  'open-requests': ['title', 'patron', 'days', 'task', 'pickup', 'placedAt'],
  missing: ['title', 'barcode', 'callNumber', 'location', 'lastSeen'],
  'closed-loans': ['title', 'barcode', 'due', 'returnedAt', 'patron'],
  transactions: ['desk', 'day', 'loans', 'renewed', 'returns', 'scans', 'inHouse'],
};
const HERE = Object.keys(FIRST) as ListQuestion['list'][];

const BY_TYPE: Readonly<Partial<Record<ListColumn['type'], number>>> = { instant: 16, day: 10, number: 7, status: 8 };
const BY_KEY: Readonly<Partial<Record<ColumnKey, number>>> = { barcode: 11, card: 13, daysLate: 6, days: 5, desk: 24 };
const USUAL_WIDTH = 14;
/** The least that the first column keeps. */
const ROOM = 16;

const listWords = (runtime: Runtime) => wordsIn(runtime.store.get().language).lists;

/** The columns of a list; by default as many as this terminal has room for, those that matter most first. */
function columnsOf(
  runtime: Runtime,
  list: ListQuestion['list'],
  columns: readonly ListColumn[],
): BrowseColumn<ListRow>[] {
  const { network, language, timeZone, columns: width } = runtime.store.get();
  const cells = listCells(network, language, timeZone);
  const words = listWords(runtime);
  const first = FIRST[list] ?? [];
  const rank = (one: ListColumn): number => (first.includes(one.key) ? first.indexOf(one.key) : first.length);
  let left = width - 4;
  let isRoom = true;
  return columns
    .toSorted((one, other) => rank(one) - rank(other))
    .map((one, index) => {
      const own = index === 0 ? 0 : (BY_KEY[one.key] ?? BY_TYPE[one.type] ?? USUAL_WIDTH);
      isRoom &&= left - own - 1 >= ROOM;
      left -= own + 1;
      return {
        name: one.key,
        head: words.screen.short[one.key] ?? words.column[one.key],
        width: own,
        cell: (row) => printable(cells.text(one.type, row[one.key])),
        byDefault: index === 0 || isRoom,
      };
    });
}

/** All that a row knows, a line each. */
function showRow(runtime: Runtime, columns: readonly ListColumn[], row: ListRow): void {
  const { network, language, timeZone, columns: width } = runtime.store.get();
  const cells = listCells(network, language, timeZone);
  const { column, screen } = listWords(runtime);
  const [title = '', ...lines] = columns
    .map((one) => ({ head: column[one.key], text: printable(cells.text(one.type, row[one.key])) }))
    .filter(({ text }, index) => index === 0 || text !== '')
    .flatMap(({ head, text }, index) => wrap(index === 0 ? text : screen.line(head, text), width - 6));
  runtime.store.set({ overlay: { kind: 'lines', title, lines, offset: 0 } });
}

/** Which libraries a question is about, in words. */
function placesOf(runtime: Runtime, { library, campus }: ListQuestion): string {
  const known: Network | null = runtime.store.get().network;
  const name = known?.campuses.find((one) => one.code === campus)?.name ?? campus;
  return [library, name].filter(Boolean).join(' · ') || listWords(runtime).screen.everywhere;
}

/** Which list, of which libraries and days, in which order. */
async function fillFilters(
  runtime: Runtime,
  question: ListQuestion,
  columns: readonly ListColumn[],
): Promise<ListQuestion | undefined> {
  const { screen: words, list: names, column } = listWords(runtime);
  const { now, timeZone, network } = runtime.store.get();
  const today = dayOf(now, timeZone);
  const any = { value: '', label: words.all };
  const choice = (
    name: string,
    label: string,
    value: string,
    options: { value: string; label: string }[],
  ): FormField => ({
    kind: 'choice',
    name,
    label,
    value,
    options,
  });
  const dated = (name: 'from' | 'to', label: string): FormField => {
    const day = question[name];
    const value = day === undefined ? '' : runtime.dates().numeric(day);
    return { kind: 'text', name, label, value, hint: words.dayHint };
  };
  const dayIn = (values: FormValues, name: string) => readPastDay(String(values[name]), today);
  const values = await runtime.askForm({
    key: 'lists',
    title: words.filters,
    fields: [
      choice(
        'list',
        words.list,
        question.list,
        HERE.map((value) => ({ value, label: names[value] })),
      ),
      choice('library', column.library, question.library ?? '', [
        any,
        ...(network?.libraries ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
      ]),
      choice('campus', column.campus, question.campus ?? '', [
        any,
        ...(network?.campuses ?? []).map(({ code, name }) => ({ value: code, label: name })),
      ]),
      dated('from', words.from),
      dated('to', words.to),
      choice('sort', words.sort, question.sort?.by ?? '', [
        { value: '', label: words.usual },
        ...columns.map(({ key }) => ({ value: key, label: column[key] })),
      ]),
      { kind: 'yes-no', name: 'descending', label: words.descending, value: question.sort?.descending === true },
    ],
    check: (given): FormProblem | undefined => {
      const bad = ['from', 'to'].find((name) => given[name] !== '' && dayIn(given, name) === undefined);
      if (bad !== undefined) return { field: bad, text: runtime.words().dueDate.bad };
      const [from, to] = [dayIn(given, 'from'), dayIn(given, 'to')];
      return from !== undefined && to !== undefined && to < from ? { field: 'to', text: words.backwards } : undefined;
    },
  });
  if (!values) return undefined;
  const list = HERE.find((one) => one === values['list']) ?? question.list;
  const by = String(values['sort']);
  const given = {
    library: String(values['library']),
    campus: String(values['campus']),
    from: dayIn(values, 'from') ?? '',
    to: dayIn(values, 'to') ?? '',
  };
  return {
    list,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
    ...(by === '' || list !== question.list ? {} : { sort: { by, descending: values['descending'] === true } }),
  };
}

/** What is asked for, beside the libraries: the order, and the days. */
function narrowed(runtime: Runtime, { sort, from, to }: ListQuestion): string {
  const { screen: words, column } = listWords(runtime);
  const dates = runtime.dates();
  const name = sort && (Object.entries(column).find(([key]) => key === sort.by)?.[1] ?? sort.by);
  const period = [
    ...(from === undefined ? [] : [`${words.from.toLowerCase()} ${dates.numeric(from)}`]),
    ...(to === undefined ? [] : [`${words.to.toLowerCase()} ${dates.numeric(to)}`]),
  ].join(' ');
  return [
    ...(name === undefined ? [] : [words.sortedBy(name, sort?.descending === true)]),
    ...(period === '' ? [] : [period]),
    words.borrower(runtime.keyFor('borrower')),
  ].join(' · ');
}

async function openList(runtime: Runtime, question: ListQuestion): Promise<void> {
  const { list } = question;
  const words = () => listWords(runtime);
  let columns: readonly ListColumn[] = [];
  let total = 0;
  const table = `list ${list}`;
  await openBrowse<ListRow>(runtime, {
    table,
    group: 'lists',
    title: () => words().screen.head(words().list[list], placesOf(runtime, question), total),
    name: () => `${words().list[list]} · ${placesOf(runtime, question)}`,
    hint: () =>
      words().screen.hint(
        runtime.keyFor('other-list'),
        runtime.keyFor('sort-list'),
        runtime.keyFor('edit'),
        runtime.keyFor('export'),
      ),
    next: () => narrowed(runtime, question),
    columns: () => columnsOf(runtime, list, columns),
    keyOf: (row) => String(row.barcode ?? `${row.day} ${row.desk}`),
    itemOf: (row) => (typeof row.barcode === 'string' ? row.barcode : undefined),
    tone: (row) => (row.status === 'Lost' ? 'late' : 'plain'),
    empty: () => words().screen.none,
    read: async (window) => {
      const found = await runtime.perform(readList, { ...question, window });
      if (found.kind !== 'list') {
        runtime.refuse(found);
        return undefined;
      }
      ({ columns, total } = found);
      return { total, lines: found.rows };
    },
    open: async (row) => showRow(runtime, columns, row),
    commands: {
      'other-list': async () => {
        const { sort: _, ...rest } = question;
        await openList(runtime, { ...rest, list: HERE[(HERE.indexOf(list) + 1) % HERE.length] ?? list });
      },
      'sort-list': async () => {
        const shown = chosenColumns(runtime.store.get(), table, columnsOf(runtime, list, columns));
        const at = shown.findIndex((one) => one.name === question.sort?.by);
        const by = shown[(at + 1) % shown.length]?.name;
        if (by !== undefined) await openList(runtime, { ...question, sort: { by } });
      },
      edit: async () => {
        const asked = await fillFilters(runtime, question, columns);
        if (asked) await openList(runtime, asked);
      },
    },
  });
}

/** The lists of JOB-05 of this library or of others, late loans first: sorted by any column, narrowed down, exported (manual XIII.6). */
export async function showLists(runtime: Runtime): Promise<void> {
  const library = runtime.store.get().place?.library;
  await openList(runtime, { list: 'late-loans', ...(library === undefined ? {} : { library }) });
}
