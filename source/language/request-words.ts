import type { Because, CopyWhy } from '../circulation/filling.ts';
import type { RequestRefusalCode, RequestRefusalFacts } from '../circulation/request-refusals.ts';
import type { TransitReason } from '../circulation/routing.ts';
import type { Saying } from './desk-words.ts';

type Closing = 'filled' | 'cancelled' | 'expired' | 'not-needed' | 'not-allowed' | 'missing';

/** Requests, the pick list and the hold shelves. Names from data come in already printable. */
export type RequestWords = {
  readonly requests: {
    readonly formTitle: (title: string) => string;
    readonly formFor: (title: string, patron: string) => string;
    readonly patron: string;
    readonly patronHint: string;
    readonly volume: string;
    readonly volumeHint: string;
    readonly pickup: string;
    readonly pickupHint: string;
    readonly until: string;
    readonly untilHint: string;
    readonly note: string;
    readonly placed: (title: string, what: string, position: number) => string;
    readonly refused: (title: string) => string;
    readonly notPlaced: (title: string) => string;
    readonly refusal: {
      readonly [Code in RequestRefusalCode]: (facts: RequestRefusalFacts[Code], say: Saying) => string;
    };
    readonly task: {
      readonly pick: (library: string) => string;
      readonly recall: (library: string, due: string) => string;
      readonly reception: (library: string) => string;
      readonly wait: string;
      readonly transit: (pickup: string) => string;
      readonly onShelf: (pickup: string, until: string) => string;
      readonly expired: (until: string) => string;
    };
    readonly closed: Readonly<Record<Closing, string>>;
    readonly cancelTitle: (title: string) => string;
    readonly reason: string;
    readonly reasonHint: string;
    readonly notify: string;
    readonly notifyHint: string;
    readonly cancelled: (title: string, item: string) => string;
    readonly closedAlready: (title: string) => string;
    /** What becomes of the item of a cancelled request (CAN-03). */
    readonly freed: Readonly<
      Record<
        'reshelve' | 'send' | 'hold-shelf' | 'transit' | 'on-its-way',
        (library: string, requester: string) => string
      >
    >;
    readonly tabHint: string;
    readonly expiryTitle: (title: string) => string;
    readonly expiryHint: string;
    readonly heldUntil: string;
    readonly notHeld: (title: string) => string;
    readonly expiryChanged: (title: string, until: string) => string;
    readonly expiryOfCancelled: (title: string) => string;
    readonly whyTitle: (title: string) => string;
    readonly because: Readonly<Record<Because, string>>;
    readonly copyWhy: Readonly<Record<CopyWhy, (request: number | null, days: number | null) => string>>;
    readonly queueHead: (title: string) => string;
    readonly queueHint: string;
    readonly noRequests: string;
    readonly moveTitle: (patron: string) => string;
    readonly moveHint: (count: number) => string;
    readonly moved: (position: number) => string;
    readonly columns: Readonly<Record<'position' | 'patron' | 'volume' | 'pickup' | 'state' | 'placed', string>>;
  };
  readonly picking: {
    readonly head: (library: string, total: number) => string;
    readonly hint: string;
    readonly next: string;
    readonly nothing: string;
    /** Not all of them are shown. */
    readonly filtered: string;
    readonly nothingFiltered: string;
    readonly filters: string;
    readonly any: string;
    readonly here: string;
    readonly elsewhere: string;
    readonly location: string;
    readonly destination: string;
    readonly type: string;
    readonly types: { readonly title: string; readonly item: string };
    readonly printed: string;
    readonly reported: string;
    readonly onHoldShelf: string;
    readonly holdShelf: string;
    readonly yes: string;
    readonly slipsPrinted: (count: number) => string;
    readonly noPick: string;
    readonly missingTitle: (title: string, others: number) => string;
    readonly noneMissing: string;
    readonly missingDone: (title: string, items: number, moved: number) => string;
    readonly skipped: (title: string, what: string) => string;
    readonly notSkipped: Readonly<Record<'NO_OTHER_LIBRARY' | 'PICKUP_NOT_POSSIBLE', (title: string) => string>>;
    readonly columns: Readonly<
      Record<
        'callNumber' | 'title' | 'location' | 'placed' | 'destination' | 'taken' | 'patron' | 'request' | 'barcode',
        string
      >
    >;
  };
  readonly transits: {
    readonly head: (library: string, tabs: string) => string;
    readonly lists: Readonly<Record<'all' | 'coming' | 'leaving' | 'too-long', string>>;
    readonly hint: string;
    readonly next: string;
    readonly nothing: string;
    readonly noneTooLong: string;
    readonly reasons: Readonly<Record<TransitReason, string>>;
    readonly days: (days: number) => string;
    readonly stops: (count: number, library: string) => string;
    readonly sorts: Readonly<Record<'since' | 'title' | 'from' | 'to', string>>;
    readonly columns: Readonly<
      Record<
        'title' | 'barcode' | 'from' | 'to' | 'why' | 'since' | 'days' | 'stops' | 'callNumber' | 'lastStop' | 'patron',
        string
      >
    >;
  };
  readonly shelves: {
    readonly head: (library: string, tabs: string) => string;
    readonly lists: Readonly<Record<'active' | 'expired' | 'reshelve' | 'send' | 'next', string>>;
    readonly does: Readonly<Record<'expired' | 'reshelve' | 'send' | 'next', string>>;
    readonly activeHint: string;
    readonly expiredHint: (does: string) => string;
    readonly nothing: string;
    readonly cancelled: string;
    readonly notExpired: string;
    readonly treated: (counts: Readonly<Record<'reshelve' | 'send' | 'next', number>>) => string;
    /** What a scan does here. */
    readonly scanned: string;
    readonly next: Readonly<Record<'reshelve' | 'send' | 'next', (library: string, requester: string) => string>>;
    readonly notThere: Readonly<Record<'NOT_EXPIRED' | 'NOT_ON_SHELF' | 'OTHER_LIST', (key: string) => string>>;
    readonly sorts: Readonly<Record<'placed' | 'expiry' | 'patron' | 'callNumber' | 'title', string>>;
    readonly sortedBy: (sort: string) => string;
    readonly columns: Readonly<
      Record<'patron' | 'title' | 'barcode' | 'since' | 'until' | 'next' | 'callNumber' | 'library', string>
    >;
  };
};
