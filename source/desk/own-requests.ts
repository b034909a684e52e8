import { isOver } from '../circulation/hold-shelf.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from '../records/loans.ts';
import type { RequestRow } from '../records/request-rows.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What a request is in, as the one who waits understands it (KIO-04). Libraries by their codes. */
export type OwnRequestStatus =
  /** `due`: when the loan that was recalled for it falls due; null: it waits for whatever comes first. */
  | { readonly kind: 'waiting'; readonly position: number; readonly due: Instant | null }
  /** That library has been asked to take it from its shelves. */
  | { readonly kind: 'being-fetched'; readonly library: string }
  /** It is being received or treated there. */
  | { readonly kind: 'acquisition'; readonly library: string }
  | { readonly kind: 'on-its-way' }
  /** `until`: the last day on which it lies there; `isOver`: that has passed, and it may still. */
  | { readonly kind: 'ready'; readonly library: string; readonly until: Day | null; readonly isOver: boolean };

export type OwnRequest = {
  readonly request: number;
  readonly titleId: number;
  readonly title: string;
  readonly author: string | null;
  /** Of the volume or issue that is asked for. */
  readonly description: string | null;
  readonly pickup: string;
  readonly placedAt: Instant;
  /** Not needed after that day. */
  readonly until: Day | null;
  readonly status: OwnRequestStatus;
};

function statusOf({ network, now }: Desk, row: RequestRow): OwnRequestStatus {
  const { state, task, askedLibrary: library, position, due, pickup, heldUntil } = row;
  if (state === 'TRANSIT') return { kind: 'on-its-way' };
  if (state === 'ON_SHELF')
    return {
      kind: 'ready',
      library: pickup,
      until: heldUntil,
      isOver: isOver(heldUntil, dayOf(now, network.timeZone)),
    };
  if (task === 'pick' && library !== null) return { kind: 'being-fetched', library };
  if (task === 'reception' && library !== null) return { kind: 'acquisition', library };
  return { kind: 'waiting', position: position ?? 1, due };
}

/** An open request as its patron sees it: neither who else waits, nor what staff have noted. */
function ownRequest(desk: Desk, row: RequestRow): OwnRequest {
  const { id: request, titleId, title, author, description, pickup, placedAt, notAfter: until } = row;
  return { request, titleId, title, author, description, pickup, placedAt, until, status: statusOf(desk, row) };
}

export type OwnRequests =
  | { readonly kind: 'requests'; readonly total: number; readonly lines: readonly OwnRequest[] }
  | Refusal;

const ALL: Window = { offset: 0, limit: 200 };

/** The open requests of who has signed in, the oldest first (KIO-04). */
export const ownRequests = action(
  'own-requests',
  { permission: 'view-patrons', readOnly: true, kiosk: 'self' },
  async (
    desk: Desk,
    { patron, window = ALL }: { readonly patron: number; readonly window?: Window },
  ): Promise<OwnRequests> => {
    const { requests, requestRows } = desk.records;
    const { open: total } = await requests.countsOfPatron(patron);
    const lines = await requestRows.ofPatron(patron, window);
    return { kind: 'requests', total, lines: lines.map((row) => ownRequest(desk, row)) };
  },
);
