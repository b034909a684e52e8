import { blockedUntil, stopsOf } from '../circulation/penalties.ts';
import { requesterRefusals } from '../circulation/request-refusals.ts';
import type { RequestRefusal } from '../circulation/request-refusals.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { Window } from '../records/loans.ts';
import { preferredAddress } from './letter-address.ts';
import { MOST_MESSAGES } from './own-messages.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { forPatron } from './personal.ts';

/** The account of who has signed in, at a glance (manual III.2.2). */
export type OwnAccount =
  | {
      readonly kind: 'account';
      /** First and last. */
      readonly name: string;
      /** The primary identifier. */
      readonly card: string | null;
      readonly group: string | null;
      readonly campus: string | null;
      /** Where letters go; null: nowhere. */
      readonly email: string | null;
      /** Last valid day; null: never expires. */
      readonly expiry: Day | null;
      readonly language: string;
      readonly status: 'active' | 'inactive';
      /** Whether there is a password here to change: a member of an institution has theirs there. */
      readonly mayChangePassword: boolean;
      readonly counts: {
        readonly loans: number;
        readonly late: number;
        readonly requests: number;
        /** Of the requests, those that lie on a hold shelf. */
        readonly ready: number;
        readonly notes: number;
        readonly blocks: number;
      };
      /** The last day on which nothing is lent; null: nothing stops loans, or without an end. */
      readonly blockedUntil: Day | null;
      /** Whether some block stops loans until it is taken away, however late others end. */
      readonly blockedForGood: boolean;
      /** Whether any request can be placed at all (manual V.2.1) … */
      readonly mayRequest: boolean;
      /** … and why not, whatever is asked for. */
      readonly againstRequests: readonly RequestRefusal[];
    }
  | Refusal;

/** What the account of who has signed in says first (KIO-03 to KIO-05). */
export const ownAccount = action(
  'own-account',
  { permission: 'view-patrons', readOnly: true, kiosk: 'self' },
  async (desk: Desk, request: { readonly patron: number }): Promise<OwnAccount> => {
    const { records, network, now } = desk;
    const today = dayOf(now, network.timeZone);
    const patron = await records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const { firstName, lastName, identifiers, group, campus, expiry, language, status, kind } = patron;
    const loans = await records.loans.counts(patron.id, now, 0);
    const { open, onShelf } = await records.requests.countsOfPatron(patron.id);
    const blocks = await records.blocks.standing(patron.id, today);
    const notes = await records.patronNotes.visibleTo(patron.id, MOST_MESSAGES);
    const against = requesterRefusals(network, today, { status, expiry, blocks, open, onLoan: null, asked: null });
    return {
      kind: 'account',
      name: [firstName, lastName].filter(Boolean).join(' '),
      card: identifiers[0]?.value ?? null,
      group,
      campus,
      email: await preferredAddress(desk, patron.id),
      expiry,
      language,
      status,
      mayChangePassword: kind === 'internal',
      counts: {
        loans: loans.reduce((sum, one) => sum + one.count, 0),
        late: loans.reduce((sum, one) => sum + one.late, 0),
        requests: open,
        ready: onShelf.reduce((sum, one) => sum + one.count, 0),
        notes: notes.length,
        blocks: blocks.length,
      },
      blockedUntil: blockedUntil(network, blocks, today),
      blockedForGood: blocks.some(
        ({ until, type, library }) => until === null && stopsOf(network, type, library).includes('loan'),
      ),
      mayRequest: against.length === 0,
      againstRequests: forPatron(desk, against),
    };
  },
);

/** A loan that has ended, until nobody knows any more whose it was (JOB-06). */
export type EarlierLoan = {
  readonly title: string;
  readonly author: string | null;
  readonly description: string | null;
  readonly library: string;
  readonly lentAt: Instant;
  readonly returnedAt: Instant;
};

export type OwnHistory =
  | { readonly kind: 'history'; readonly total: number; readonly lines: readonly EarlierLoan[] }
  | Refusal;

/** A window of the earlier loans of who has signed in, the latest return first (KIO-03, manual QP.1.5). */
export const ownHistory = action(
  'own-history',
  { permission: 'view-patrons', readOnly: true, kiosk: 'self' },
  async ({ records }: Desk, request: { readonly patron: number; readonly window: Window }): Promise<OwnHistory> => {
    const total = await records.loans.returnedCount(request.patron);
    const loans = await records.loans.returnedOfPatron(request.patron, request.window);
    const lines = loans.map(({ title, author, description, library, loanedAt: lentAt, returnedAt }) => ({
      title,
      author,
      description,
      library,
      lentAt,
      returnedAt: returnedAt ?? lentAt,
    }));
    return { kind: 'history', total, lines };
  },
);
