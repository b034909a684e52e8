import type { State } from '../state.ts';
import { chosenRow } from './browse.ts';
import { chosenLine } from './loan-lines.ts';

/** Barcode of the item under the cursor, wherever one is; what commands on rows work with (TAB-04). */
export function chosenItem(state: State): string | undefined {
  const top = state.browse.at(-1);
  if (top) {
    const row = chosenRow(top);
    return row === undefined ? undefined : top.source.itemOf?.(row);
  }
  const { record, screen } = state;
  if (record?.tab === 'loans') return chosenLine(record)?.barcode;
  if (record?.tab === 'returns') {
    return record.all
      ? record.loans[record.selected - record.offset]?.barcode
      : barcodeOf(record.returned[record.selected]);
  }
  if (screen === 'returns') return barcodeOf(state.returns[state.returnsSelected]);
  return screen === 'scan-in' ? barcodeOf(state.scannedIn[state.scannedInSelected]) : undefined;
}

/** A row that names a known item; what was not found has none. */
const barcodeOf = (row: { readonly item: { readonly barcode: string } | null } | undefined): string | undefined =>
  row?.item?.barcode;
