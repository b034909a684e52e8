import { dayOf } from '../../circulation/time.ts';
import { printable } from '../../language/printable.ts';
import { wrap } from '../../language/fit.ts';
import type { Runtime } from '../runtime.ts';
import type { OpenRecord, ReturnRow, SessionRow } from '../state.ts';

/** All that a row knows, a line each: what 80 columns cut stays readable (RET-08). */
function returnLines(runtime: Runtime, row: ReturnRow): string[] {
  const { columns: heads } = runtime.words().lists;
  const dates = runtime.dates();
  const { timeZone } = runtime.store.get();
  return [
    row.title,
    `${heads.barcode} : ${row.barcode}`,
    `${heads.patron} : ${row.patron}`,
    ...(row.due === null ? [] : [`${heads.due} : ${dates.day(dayOf(row.due, timeZone))}`]),
    ...(row.returnedAt === null ? [] : [`${heads.returned} : ${dates.moment(row.returnedAt)}`]),
    `${heads.next} : ${row.next}`,
  ];
}

function loanLines(runtime: Runtime, row: Pick<SessionRow, 'title' | 'barcode'> & { readonly due?: number }): string[] {
  const { columns: heads } = runtime.words().lists;
  const due = row.due === undefined ? [] : [`${heads.due} : ${runtime.dates().moment(row.due)}`];
  return [printable(row.title), `${heads.barcode} : ${printable(row.barcode)}`, ...due];
}

function linesOfRecord(runtime: Runtime, record: OpenRecord): string[] | undefined {
  const at = record.selected;
  if (record.tab === 'returns' && !record.all) {
    const row = record.returned[at];
    return row && returnLines(runtime, row);
  }
  const row = record.all ? record.loans[at - record.offset] : record.tab === 'loans' ? record.lent[at] : undefined;
  return row && loanLines(runtime, row);
}

/** Shows the chosen row whole. Answers false where there is none. */
export async function showRow(runtime: Runtime): Promise<boolean> {
  const { record, screen, returns, returnsSelected, columns } = runtime.store.get();
  const row = returns[returnsSelected];
  const lines =
    screen === 'patron' && record
      ? linesOfRecord(runtime, record)
      : screen === 'returns' && row
        ? returnLines(runtime, row)
        : undefined;
  if (!lines) return false;
  const [title = '', ...rest] = lines.flatMap((line) => wrap(line, columns - 6));
  runtime.store.set({ overlay: { kind: 'lines', title, lines: rest, offset: 0 } });
  return true;
}
