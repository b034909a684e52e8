import { isDay } from '../../../circulation/time.ts';
import type { AuditLine } from '../../../desk/audit.ts';
import { patronHistory } from '../../../desk/patron-history.ts';
import { wrap } from '../../../language/fit.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { contactText } from './contacts.ts';
import { showEntry } from '../audit.ts';
import { openTabOf } from './tabs.ts';
import type { TabFrame } from './tabs.ts';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a field is called: one of the form's, or a tab of the record. */
function labelOf(runtime: Runtime, field: string): string {
  const { fields, tabs } = runtime.words().records;
  const labels: Readonly<Record<string, string>> = { ...tabs, ...fields };
  return labels[field] ?? field;
}

/** What stood or stands in a field, as one reads it. */
function valueText(runtime: Runtime, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'string') return isDay(value) ? runtime.dates().numeric(value) : value;
  if (typeof value === 'boolean') return value ? runtime.words().form.yes : runtime.words().form.no;
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => valueText(runtime, one)).join(' ; ');
  if (!isData(value)) return JSON.stringify(value);
  const { value: text, city, postalCode, country } = value;
  const line = (part: unknown): string | null => (typeof part === 'string' ? part : null);
  if (typeof text !== 'string') return JSON.stringify(value);
  return contactText({ value: text, city: line(city), postalCode: line(postalCode), country: line(country) });
}

/** What was and what is, field by field; of a record that was added, what it said. */
function changeLines(runtime: Runtime, { data }: AuditLine): string[] {
  const before = isData(data['before']) ? data['before'] : {};
  const after = isData(data['after']) ? data['after'] : {};
  const { columns } = runtime.store.get();
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [was, is] = [valueText(runtime, before[field]), valueText(runtime, after[field])];
    const change = isData(data['before']) ? `${was} → ${is}` : is;
    return wrap(printable(`${labelOf(runtime, field)} : ${change}`), columns - 6);
  });
}

/** Who changed what in the record, when, from what to what (USR-07, USR-09). */
export async function showHistory(runtime: Runtime, frame: TabFrame): Promise<void> {
  const { patron } = frame;
  const words = () => runtime.words().audit;
  const changed = ({ data }: AuditLine): string => {
    const after = data['after'];
    return isData(after)
      ? Object.keys(after)
          .map((field) => labelOf(runtime, field))
          .join(', ')
      : '';
  };
  await openTabOf<AuditLine>(runtime, frame, {
    table: 'record-history',
    title: () => '',
    hint: () => runtime.words().records.historyHint,
    columns: () => {
      const { columns: heads, kind } = words();
      return [
        { name: 'at', head: heads.at, width: 16, cell: (row) => runtime.dates().short(row.at) },
        { name: 'what', head: heads.what, width: 28, cell: (row) => kind[row.kind] },
        {
          name: 'fields',
          head: runtime.words().records.columns.field,
          width: 0,
          cell: (row) => printable(changed(row)),
        },
        { name: 'who', head: heads.who, width: 10, cell: (row) => printable(row.staff ?? words().commandLine) },
        { name: 'where', head: heads.where, width: 10, cell: (row) => row.desk ?? '' },
      ];
    },
    keyOf: (row) => String(row.id),
    empty: () => words().none,
    read: async (window) => {
      const found = await runtime.perform(patronHistory, { patron, window });
      if (found.kind === 'audit') return found;
      runtime.refuse(found);
      return undefined;
    },
    open: async (row) => {
      const lines = changeLines(runtime, row);
      if (lines.length === 0) return showEntry(runtime, row);
      const who = [runtime.dates().dated(row.at), printable(row.staff ?? words().commandLine), row.desk ?? ''];
      const title = words().kind[row.kind];
      const head = who.filter(Boolean).join(' · ');
      runtime.store.set({ overlay: { kind: 'lines', title, lines: [head, '', ...lines], offset: 0 } });
    },
  });
}
