import type { PickFilter, PickSort, RequestRow } from '../records/request-rows.ts';
import type { Window } from '../records/loans.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import { requestCard } from './request-card.ts';
import type { RequestCard } from './request-card.ts';

/** A line of a pick list (PICK-01): what is to be taken from which shelf, for whom, and where it goes then. */
export type PickLine = Pick<
  RequestCard,
  | 'titleId'
  | 'title'
  | 'author'
  | 'description'
  | 'callNumber'
  | 'item'
  | 'itemId'
  | 'pickup'
  | 'patron'
  | 'card'
  | 'patronId'
  | 'placedAt'
  | 'until'
  | 'note'
  | 'printedAt'
  | 'reportedAt'
  | 'position'
> & {
  readonly request: number;
  readonly library: string;
  /** `LIBRARY/LOCATION` of the copy that is meant; any copy of the library will do. */
  readonly location: string | null;
  /** It stands on the hold shelf, where an ended request has left it. */
  readonly onHoldShelf: boolean;
  /** It is to be fetched at this library. */
  readonly here: boolean;
  readonly type: 'title' | 'item';
};

export function pickLine(desk: Desk, row: RequestRow): PickLine {
  const card = requestCard(desk, row);
  const library = row.askedLibrary ?? '';
  return {
    ...card,
    request: row.id,
    library,
    onHoldShelf: row.copy?.process === 'HOLDSHELF',
    here: row.pickup === library,
    type: row.itemId === null ? 'title' : 'item',
  };
}

/** Whether one may work on the shelves of a library, wherever one sits (REL-08). */
export function refusalAt({ network, staff }: Desk, library: string): Refusal | undefined {
  if (!network.libraries.some((one) => one.code === library)) return { kind: 'unknown', what: 'LIBRARY', key: library };
  if (isPermitted(staff.roles, 'work-shelves', library)) return undefined;
  return { kind: 'not-permitted', permission: 'work-shelves', needs: 'role' };
}

/** The library that is meant: the desk's, unless another is named. */
export function libraryMeant(desk: Desk, library: string | undefined): string | Refusal {
  const meant = library ?? desk.place?.library;
  if (meant === undefined) return { kind: 'not-permitted', permission: 'work-shelves', needs: 'desk' };
  return refusalAt(desk, meant) ?? meant;
}

export type PickListRequest = Omit<PickFilter, 'library'> & {
  readonly library?: string;
  readonly sort?: PickSort;
  readonly descending?: boolean;
  readonly window: Window;
  /** Also what there is to filter by. */
  readonly counts?: boolean;
};

export type PickList =
  | {
      readonly kind: 'picks';
      readonly library: string;
      readonly total: number;
      readonly lines: readonly PickLine[];
      /** What there is to filter by, with how many lines: locations of this library, pickup libraries. None unless asked for. */
      readonly locations: readonly { readonly code: string; readonly count: number }[];
      readonly destinations: readonly { readonly code: string; readonly count: number }[];
    }
  | Refusal;

/**
 * The live pick list of a library (PICK-01), filtered by location, destination (`here`: its own hold shelf, `elsewhere`, or
 * a library), slip printed or not, in a report or not, request on a title or on a volume; in the order of the shelves,
 * unless another is asked for.
 */
export const pickList = action(
  'pick-list',
  { permission: 'work-shelves', readOnly: true },
  async (desk: Desk, request: PickListRequest): Promise<PickList> => {
    const library = libraryMeant(desk, request.library);
    if (typeof library !== 'string') return library;
    const { sort = 'shelf', descending = false, window, counts = false, ...filter } = request;
    const { requestRows } = desk.records;
    const { total, lines } = await requestRows.picks({ ...filter, library }, { sort, descending }, window);
    return {
      kind: 'picks',
      library,
      total,
      lines: lines.map((row) => pickLine(desk, row)),
      locations: counts ? await requestRows.picksBy(library, 'location') : [],
      destinations: counts ? await requestRows.picksBy(library, 'destination') : [],
    };
  },
);

export type TakenInHand =
  | { readonly kind: 'marked'; readonly requests: readonly number[]; readonly lines: readonly PickLine[] }
  | Refusal;

/**
 * Marks lines of a pick list as taken in hand (PICK-02): their slips were printed, or they are in a report. Lines that are
 * no picks any more, or of a library where one may not work, are left out; answers with the others, as their slips say it.
 */
export const markTaken = action(
  'mark-taken',
  { permission: 'work-shelves' },
  async (
    desk: Desk,
    { requests, as }: { requests: readonly number[]; as: 'printed' | 'reported' },
  ): Promise<TakenInHand> => {
    const { records, now } = desk;
    const rows = await records.requestRows.withIds(requests);
    const refused = rows.map((row) => (row.askedLibrary === null ? undefined : refusalAt(desk, row.askedLibrary)));
    const [first] = refused;
    if (first && refused.every((one) => one !== undefined)) return first;
    const picks = rows.filter((row, at) => row.task === 'pick' && row.closedAt === null && refused[at] === undefined);
    const ids = picks.map((row) => row.id);
    await records.requests.mark(ids, as, now);
    const libraries = [...new Set(picks.map((row) => row.askedLibrary ?? ''))];
    for (const library of libraries) {
      const marked = picks.filter((row) => row.askedLibrary === library).map((row) => row.id);
      const by = { at: now, staffId: staffId(desk), desk: placeName(desk.place) };
      await records.events.append({ ...by, kind: 'picks-marked', data: { as, library, requests: marked } });
    }
    const marked = await records.requestRows.withIds(ids);
    return { kind: 'marked', requests: ids, lines: marked.map((row) => pickLine(desk, row)) };
  },
);
