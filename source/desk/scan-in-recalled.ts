import type { Instant } from '../circulation/time.ts';
import type { Trace, TraceOf } from '../records/lost-attempts.ts';
import { instructionRecalled } from './instruction-recalled.ts';
import { itemLine } from './item-line.ts';
import { placeName } from './perform.ts';
import type { Desk } from './perform.ts';
import type { ScanInRequest, ScannedIn } from './scan-in.ts';

type Scan = TraceOf<'item-scanned'> | TraceOf<'in-house-use'>;

const isScan = (one: Trace): one is Scan => one.kind === 'item-scanned' || one.kind === 'in-house-use';

/** What a scan has answered whose answer was lost (OFF-03); undefined: it was not committed. A use in the house counts once. */
export async function recallScanIn(
  desk: Desk,
  request: ScanInRequest,
  lost: readonly Instant[],
): Promise<ScannedIn | undefined> {
  const { records, place } = desk;
  const item = await records.items.byBarcode(request.barcode, true);
  if (!item) return undefined;
  const traces = await records.lostAttempts.traces(item.id, placeName(place), lost);
  const scan = traces.findLast(isScan);
  const instruction = scan && (await instructionRecalled(desk, item, scan, traces));
  if (!instruction) return undefined;
  return {
    kind: 'scanned',
    instruction: scan.kind === 'in-house-use' ? 'in-house' : instruction.next,
    item: itemLine(item),
    was: scan.data.was,
    atDepartment: place?.kind === 'department',
    ...instruction,
  };
}
