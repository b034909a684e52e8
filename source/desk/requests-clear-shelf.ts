import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Action, Desk, Refusal } from './perform.ts';
import { replanNow } from './plan-queue.ts';
import { refusalAt } from './requests-pick.ts';
import { onShelf } from './requests-shelf.ts';
import type { OnShelf, ShelfStep } from './requests-shelf.ts';
import { route } from './route.ts';
import type { Instruction } from './route.ts';
import { routeData } from './take-back.ts';

/** What became of one line of an expired shelf. */
export type ShelfDone =
  | { readonly kind: 'done'; readonly request: number; readonly item: ItemLine; readonly instruction: Instruction }
  | {
      readonly kind: 'not-there';
      /** The number or barcode that was given. */
      readonly key: string;
      /** Its hold is not over; it stands on no hold shelf; something else is to be done with it (`instead`). */
      readonly reason: 'NOT_EXPIRED' | 'NOT_ON_SHELF' | 'OTHER_LIST';
      readonly instead: ShelfStep | null;
    };

export type ShelfCleared = { readonly kind: 'shelved'; readonly lines: readonly ShelfDone[] } | Refusal;

/** One line or the marked ones, by barcode, by the request that is over, or by the one whose turn it is now. */
export type ShelfLines = { readonly requests?: readonly number[]; readonly items?: readonly string[] };

type Wanted = { readonly key: string; readonly request: number | undefined };

/** The requests that are meant, in the order in which their titles are locked: two desks never wait in a circle. */
async function wantedOf({ records }: Desk, { requests = [], items = [] }: ShelfLines): Promise<Wanted[]> {
  const found: (Wanted & { titleId: number })[] = [];
  for (const id of requests) {
    const titleId = await records.requests.titleOf(id);
    found.push({ key: String(id), request: titleId === undefined ? undefined : id, titleId: titleId ?? 0 });
  }
  for (const barcode of items) {
    const item = await records.items.byBarcode(barcode);
    const request = item && (await records.requestRows.shelvedOfItem(item.id));
    found.push({ key: barcode, request, titleId: item?.titleId ?? 0 });
  }
  return found.toSorted((one, other) => one.titleId - other.titleId);
}

/** The line of the expired shelf that is meant by a request: its own, or the one whose item it is to have next. */
async function lineOf(desk: Desk, request: number): Promise<OnShelf | undefined> {
  const own = await onShelf(desk, request);
  if (own) return own;
  const { requests, requestRows } = desk.records;
  const titleId = await requests.titleOf(request);
  for (const id of titleId === undefined ? [] : await requestRows.shelvedOfTitle(titleId)) {
    const other = await onShelf(desk, id);
    if (other?.way.nextRequest === request) return other;
  }
  return undefined;
}

/** Takes it from the shelf where it stands, as a scan there would, and says what to do with it. */
async function clear(desk: Desk, { row, item }: OnShelf): Promise<Instruction> {
  const { records, now } = desk;
  const where = { kind: 'desk', library: row.pickup, code: '' } as const;
  const instruction = await route(desk, item, { where });
  await replanNow(desk, item.titleId);
  const { id, barcode, title, library, process, at } = item;
  const { arrived, received, treated, holdEnded } = instruction;
  const data = {
    barcode,
    title,
    library,
    ...routeData(item, instruction),
    request: row.id,
    from: { process, at, transit: null },
    arrived,
    received,
    treated,
    holdEnded: holdEnded?.request ?? null,
  };
  const by = { at: now, staffId: staffId(desk), desk: placeName(desk.place) };
  await records.events.append({ ...by, kind: 'shelf-cleared', itemId: id, data });
  return instruction;
}

async function clearLine(desk: Desk, step: ShelfStep, { key, request }: Wanted): Promise<ShelfDone | Refusal> {
  const found = request === undefined ? undefined : await lineOf(desk, request);
  if (!found) return { kind: 'not-there', key, reason: 'NOT_ON_SHELF', instead: null };
  const refused = refusalAt(desk, found.row.pickup);
  if (refused) return refused;
  if (!found.mayLeave) return { kind: 'not-there', key, reason: 'NOT_EXPIRED', instead: null };
  if (found.way.next !== step) return { kind: 'not-there', key, reason: 'OTHER_LIST', instead: found.way.next };
  return { kind: 'done', request: found.row.id, item: itemLine(found.item), instruction: await clear(desk, found) };
}

/** An action on lines of the expired shelf; each line answers for itself. */
const clearing = (name: string, step: ShelfStep): Action<ShelfLines, ShelfCleared> =>
  action(name, { permission: 'work-shelves' }, async (desk: Desk, request: ShelfLines): Promise<ShelfCleared> => {
    const lines: ShelfDone[] = [];
    for (const wanted of await wantedOf(desk, request)) {
      const line = await clearLine(desk, step, wanted);
      if (line.kind !== 'done' && line.kind !== 'not-there') return line;
      lines.push(line);
    }
    return { kind: 'shelved', lines };
  });

/** *Reshelve here* (HOLD-03): nobody waits for it, and it is this library's own. */
export const reshelve = clearing('reshelve', 'reshelve');
/** *Send to library* (HOLD-03): home, or to the pickup library of whoever waits next. */
export const send = clearing('send', 'send');
/** *Activate next request* (HOLD-03): somebody waits who fetches it here too. */
export const activateNext = clearing('activate-next', 'next');
