import { dayOf } from '../../circulation/time.ts';
import { EVENT_KINDS, readAudit } from '../../desk/audit.ts';
import type { AuditLine, AuditQuestion } from '../../desk/audit.ts';
import { printable } from '../../language/printable.ts';
import { wrap } from '../../language/fit.ts';
import { readPastDay } from '../day-input.ts';
import type { FormProblem, FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { whoDid } from './who-did.ts';
import { openBrowse, refreshBrowse } from './browse.ts';

/** What before and after were, a line each; plain data, so it is shown as it is stored. */
function dataLines(runtime: Runtime, line: AuditLine): string[] {
  const words = runtime.words().audit;
  const { columns } = runtime.store.get();
  const said = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  const overrides = line.overrides.map((one) => words.overridden(one.code, one.reason ?? '', one.automatic));
  return [
    `${words.columns.at} : ${runtime.dates().moment(line.at)}`,
    `${words.columns.who} : ${whoDid(runtime, line)}`,
    `${words.columns.where} : ${line.desk ?? ''}`,
    ...(line.patron ? [`${words.columns.patron} : ${line.patron.name}`] : []),
    ...(line.item ? [`${words.columns.item} : ${line.item.title} (${line.item.barcode})`] : []),
    ...overrides,
    ...Object.entries(line.data).map(([key, value]) => `${key} : ${said(value)}`),
  ].flatMap((text) => wrap(printable(text), columns - 6));
}

/** One event with all that was recorded of it. */
export function showEntry(runtime: Runtime, line: AuditLine): void {
  const title = runtime.words().audit.kind[line.kind];
  runtime.store.set({ overlay: { kind: 'lines', title, lines: dataLines(runtime, line), offset: 0 } });
}

async function fillFilters(runtime: Runtime, before: FormValues | undefined): Promise<FormValues | undefined> {
  const words = runtime.words().audit;
  const { now, timeZone } = runtime.store.get();
  const today = dayOf(now, timeZone);
  const text = (name: string): string => String(before?.[name] ?? '');
  const kinds = [
    { value: '', label: words.anyKind },
    ...EVENT_KINDS.map((one) => ({ value: one, label: words.kind[one] })),
  ];
  return runtime.askForm({
    key: 'audit',
    title: words.filters,
    fields: [
      {
        kind: 'text',
        name: 'patron',
        label: words.columns.patron,
        value: text('patron'),
        scannable: true,
        hint: words.patronHint,
      },
      {
        kind: 'text',
        name: 'item',
        label: words.columns.item,
        value: text('item'),
        scannable: true,
        hint: words.itemHint,
      },
      { kind: 'text', name: 'staff', label: words.columns.who, value: text('staff') },
      { kind: 'text', name: 'desk', label: words.columns.where, value: text('desk'), hint: words.deskHint },
      { kind: 'choice', name: 'kind', label: words.columns.what, value: text('kind'), options: kinds },
      { kind: 'text', name: 'from', label: words.from, value: text('from'), hint: words.dayHint },
      { kind: 'text', name: 'to', label: words.to, value: text('to'), hint: words.dayHint },
    ],
    check: (values): FormProblem | undefined => {
      const bad = ['from', 'to'].find(
        (name) => values[name] !== '' && readPastDay(String(values[name]), today) === undefined,
      );
      return bad === undefined ? undefined : { field: bad, text: runtime.words().dueDate.bad };
    },
  });
}

function filtersOf(runtime: Runtime, values: FormValues | undefined): AuditQuestion {
  const { now, timeZone } = runtime.store.get();
  const day = (name: string) => readPastDay(String(values?.[name] ?? ''), dayOf(now, timeZone));
  const given = Object.entries({
    patron: values?.['patron'],
    item: values?.['item'],
    staff: values?.['staff'],
    desk: values?.['desk'],
    from: day('from'),
    to: day('to'),
  }).filter(([, value]) => value !== undefined && value !== '');
  const kind = values?.['kind'];
  const kinds = EVENT_KINDS.filter((one) => one === kind);
  return { ...Object.fromEntries(given), ...(kinds.length > 0 ? { kinds } : {}) };
}

/** The audit (REL-09): who did what, when, at which desk; Enter shows before and after, Alt+M narrows it down. */
export async function showAudit(runtime: Runtime): Promise<void> {
  const words = () => runtime.words().audit;
  let values: FormValues | undefined;
  let capped = false;
  let total = 0;
  await openBrowse<AuditLine>(runtime, {
    table: 'audit',
    title: () => words().head(total, capped),
    hint: () => words().hint(runtime.keyFor('edit')),
    columns: () => {
      const { columns: heads, kind } = words();
      return [
        {
          name: 'at',
          head: heads.at,
          width: 11,
          cell: (row) => `${runtime.dates().dayAndMonth(row.at)} ${runtime.dates().hour(row.at)}`,
        },
        {
          name: 'what',
          head: heads.what,
          width: 0,
          cell: (row) =>
            kind[row.kind] + (row.overrides.length > 0 ? ` (${row.overrides.map((one) => one.code).join(', ')})` : ''),
        },
        { name: 'who', head: heads.who, width: 9, cell: (row) => whoDid(runtime, row) },
        { name: 'where', head: heads.where, width: 9, cell: (row) => row.desk ?? '' },
        { name: 'patron', head: heads.patron, width: 12, cell: (row) => printable(row.patron?.name ?? '') },
        { name: 'item', head: heads.item, width: 12, cell: (row) => printable(row.item?.title ?? '') },
        {
          name: 'barcode',
          head: runtime.words().lists.columns.barcode,
          width: 13,
          byDefault: false,
          cell: (row) => printable(row.item?.barcode ?? ''),
        },
      ];
    },
    keyOf: (row) => String(row.id),
    itemOf: (row) => row.item?.barcode,
    patronOf: (row) => row.patron?.id,
    empty: () => words().none,
    read: async (window) => {
      const found = await runtime.perform(readAudit, { filters: filtersOf(runtime, values), window });
      if (found.kind !== 'audit') {
        if (found.kind === 'unknown') return { total: 0, lines: [] };
        runtime.refuse(found);
        return undefined;
      }
      capped = found.capped;
      total = found.total;
      return found;
    },
    open: async (row) => showEntry(runtime, row),
    commands: {
      edit: async () => {
        const filled = await fillFilters(runtime, values);
        if (!filled) return;
        values = filled;
        await refreshBrowse(runtime, { selected: 0, offset: 0 });
      },
    },
  });
}
