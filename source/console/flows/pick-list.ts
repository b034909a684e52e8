import { markMissing, previewMissing, skipLibrary } from '../../desk/requests-missing.ts';
import { markTaken, pickList } from '../../desk/requests-pick.ts';
import type { PickLine } from '../../desk/requests-pick.ts';
import { printable } from '../../language/printable.ts';
import type { FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { sentence } from './lending.ts';
import { openFromList } from './open-from-list.ts';
import { printPickSlips } from './receipts.ts';
import { cancelByForm, explainCopy, showQueue } from './request-actions.ts';
import { taskText } from './request-lines.ts';

type Filters = {
  readonly location?: string;
  readonly destination?: string;
  readonly printed?: boolean;
  readonly reported?: boolean;
  readonly type?: 'title' | 'item';
};

const ANY = '';

/** What was filled in, as the desk is asked. */
function filtersOf(values: FormValues | undefined): Filters {
  const text = (name: string): string => String(values?.[name] ?? ANY);
  const yes = (name: 'printed' | 'reported') => (text(name) === ANY ? {} : { [name]: text(name) === 'yes' });
  const type = text('type');
  return {
    ...(text('location') === ANY ? {} : { location: text('location') }),
    ...(text('destination') === ANY ? {} : { destination: text('destination') }),
    ...(type === 'title' || type === 'item' ? { type } : {}),
    ...yes('printed'),
    ...yes('reported'),
  };
}

type Counts = readonly { readonly code: string; readonly count: number }[];

async function fillFilters(
  runtime: Runtime,
  before: FormValues | undefined,
  locations: Counts,
  destinations: Counts,
): Promise<FormValues | undefined> {
  const words = runtime.words().picking;
  const any = { value: ANY, label: words.any };
  const yesNo = [
    any,
    { value: 'yes', label: runtime.words().form.yes },
    { value: 'no', label: runtime.words().form.no },
  ];
  const value = (name: string): string => String(before?.[name] ?? ANY);
  const counted = (list: Counts) => list.map((one) => ({ value: one.code, label: `${one.code} (${one.count})` }));
  return runtime.askForm({
    key: 'pick-list',
    title: words.filters,
    fields: [
      {
        kind: 'choice',
        name: 'location',
        label: words.location,
        value: value('location'),
        options: [any, ...counted(locations)],
      },
      {
        kind: 'choice',
        name: 'destination',
        label: words.destination,
        value: value('destination'),
        options: [
          any,
          { value: 'here', label: words.here },
          { value: 'elsewhere', label: words.elsewhere },
          ...counted(destinations),
        ],
      },
      {
        kind: 'choice',
        name: 'type',
        label: words.type,
        value: value('type'),
        options: [any, { value: 'title', label: words.types.title }, { value: 'item', label: words.types.item }],
      },
      { kind: 'choice', name: 'printed', label: words.printed, value: value('printed'), options: yesNo },
      { kind: 'choice', name: 'reported', label: words.reported, value: value('reported'), options: yesNo },
    ],
  });
}

/** Missing (PICK-04): what it touches is listed and can be left out before it is done. */
async function missingByForm(runtime: Runtime, line: PickLine): Promise<void> {
  const words = runtime.words().picking;
  const preview = await runtime.perform(previewMissing, { request: line.request });
  if (preview.kind === 'not-a-pick') return runtime.tell('information', words.noPick);
  if (preview.kind !== 'missing-preview') return runtime.refuse(preview);
  const values = await runtime.askForm({
    key: `request ${line.request} missing`,
    title: words.missingTitle(printable(line.title), preview.others.length),
    fields: [
      ...preview.items.map((one) => ({
        kind: 'yes-no' as const,
        name: `item ${one.barcode}`,
        label: one.barcode,
        value: true,
        hint: [printable(one.description ?? ''), one.location, printable(one.callNumber ?? '')]
          .filter(Boolean)
          .join(' · '),
      })),
      { kind: 'yes-no' as const, name: 'notify', label: runtime.words().requests.notify, value: true },
    ],
    check: (filled) =>
      preview.items.some((one) => filled[`item ${one.barcode}`] === true)
        ? undefined
        : { field: `item ${preview.items[0]?.barcode ?? ''}`, text: words.noneMissing },
  });
  if (!values) return;
  const items = preview.items.map((one) => one.barcode).filter((barcode) => values[`item ${barcode}`] === true);
  const outcome = await runtime.perform(markMissing, {
    request: line.request,
    items,
    notify: values['notify'] === true,
  });
  if (outcome.kind === 'missing') {
    const say = (title: string) => words.missingDone(title, outcome.items.length, outcome.moved.length);
    runtime.tell('done', sentence(runtime, say, printable(line.title)));
  } else if (outcome.kind === 'not-a-pick') runtime.tell('information', words.noPick);
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

/** *Skip this library* (PICK-05): the request goes to the next that could fill it, or why there is none. */
async function skip(runtime: Runtime, line: PickLine): Promise<void> {
  const words = runtime.words().picking;
  const outcome = await runtime.perform(skipLibrary, { request: line.request });
  const title = printable(line.title);
  if (outcome.kind === 'skipped') {
    const what = taskText(outcome.request, runtime.words(), runtime.dates());
    runtime.tell(
      'done',
      sentence(runtime, (shown) => words.skipped(shown, what), title),
    );
  } else if (outcome.kind === 'not-skipped') {
    runtime.tell('refusal', sentence(runtime, words.notSkipped[outcome.reason], title));
  } else if (outcome.kind === 'not-a-pick') runtime.tell('information', words.noPick);
  else runtime.refuse(outcome);
  await refreshBrowse(runtime);
}

/** Pick from shelf (PICK-01 to PICK-05): what this library is asked for, live; scanning an item in confirms its pick. */
export async function showPickList(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().picking;
  let values: FormValues | undefined;
  let total = 0;
  const isFiltered = (): boolean => Object.keys(filtersOf(values)).length > 0;
  const chosen = (row: PickLine | undefined, marked: readonly PickLine[]): readonly PickLine[] =>
    marked.length > 0 ? marked : row ? [row] : [];
  await openBrowse<PickLine>(runtime, {
    table: 'pick-list',
    scansIn: true,
    title: () => {
      const head = words().head(runtime.store.get().place?.library ?? '', total);
      return isFiltered() ? `${head} · ${words().filtered}` : head;
    },
    hint: () => words().hint,
    next: () => words().next,
    columns: () => {
      const { columns: heads } = words();
      return [
        { name: 'callNumber', head: heads.callNumber, width: 12, cell: (row) => printable(row.callNumber ?? '') },
        {
          name: 'title',
          head: heads.title,
          width: 0,
          cell: (row) => printable([row.title, row.description].filter(Boolean).join(' · ')),
        },
        {
          name: 'location',
          head: heads.location,
          width: 10,
          cell: (row) => (row.onHoldShelf ? words().onHoldShelf : (row.location ?? '')),
        },
        { name: 'placed', head: heads.placed, width: 7, cell: (row) => runtime.dates().dayAndMonth(row.placedAt) },
        {
          name: 'destination',
          head: heads.destination,
          width: 11,
          cell: (row) => (row.here ? words().holdShelf : row.pickup),
        },
        {
          name: 'taken',
          head: heads.taken,
          width: 5,
          cell: (row) => (row.printedAt !== null || row.reportedAt !== null ? words().yes : ''),
        },
        { name: 'patron', head: heads.patron, width: 16, byDefault: false, cell: (row) => printable(row.patron ?? '') },
        { name: 'request', head: heads.request, width: 8, byDefault: false, cell: (row) => String(row.request) },
        { name: 'barcode', head: heads.barcode, width: 13, byDefault: false, cell: (row) => printable(row.item ?? '') },
      ];
    },
    keyOf: (row) => String(row.request),
    itemOf: (row) => row.item ?? undefined,
    patronOf: (row) => row.patronId ?? undefined,
    empty: () => (isFiltered() ? words().nothingFiltered : words().nothing),
    read: async (window) => {
      const found = await runtime.perform(pickList, { ...filtersOf(values), window });
      if (found.kind !== 'picks') {
        runtime.refuse(found);
        return undefined;
      }
      ({ total } = found);
      return found;
    },
    open: async (row) => showQueue(runtime, row.titleId),
    commands: {
      edit: async () => {
        const all = await runtime.perform(pickList, { counts: true, window: { offset: 0, limit: 1 } });
        if (all.kind !== 'picks') return runtime.refuse(all);
        const filled = await fillFilters(runtime, values, all.locations, all.destinations);
        if (!filled) return;
        values = filled;
        await refreshBrowse(runtime, { selected: 0, offset: 0, marked: [] });
      },
      'print-slip': async (row, marked) => {
        if (!runtime.hasPrinter()) return;
        const requests = chosen(row, marked).map((one) => one.request);
        const outcome = await runtime.perform(markTaken, { requests, as: 'printed' });
        if (outcome.kind !== 'marked') return runtime.refuse(outcome);
        await printPickSlips(runtime, outcome.lines);
        await refreshBrowse(runtime, { marked: [] });
        runtime.tell('done', words().slipsPrinted(outcome.lines.length));
      },
      missing: async (row) => {
        if (row) await missingByForm(runtime, row);
      },
      skip: async (row) => {
        if (row) await skip(runtime, row);
      },
      delete: async (row) => {
        if (row) await cancelByForm(runtime, { id: row.request, title: row.title });
      },
      rules: async (row) => {
        if (row) await explainCopy(runtime, row.request);
      },
      borrower: async (row) => {
        if (row?.patronId != null) await openFromList(runtime, row.patronId);
      },
    },
    exported: async (rows) => {
      await runtime.perform(markTaken, { requests: rows.map((one) => one.request), as: 'reported' });
      await refreshBrowse(runtime);
    },
  });
}
