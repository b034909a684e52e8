import { daysLate } from '../circulation/due.ts';
import type { BlockType, Stops } from '../circulation/network.ts';
import { stopsOf } from '../circulation/penalties.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { CausedBlock } from '../records/blocks.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Nobody is written so many. */
export const MOST_MESSAGES = 200;

/** A block in force as the one whom it stops sees it. */
export type OwnBlock = {
  readonly type: BlockType;
  /** The library that set it; null: none. */
  readonly library: string | null;
  /** Last blocked day; null: until it is taken away. */
  readonly until: Day | null;
  readonly stops: readonly Stops[];
  /** The item that came back late; null: it was set by hand, or nobody knows any more. */
  readonly cause: {
    readonly title: string;
    readonly barcode: string;
    readonly due: Instant;
    readonly returnedAt: Instant;
    /** Calendar days. */
    readonly daysLate: number;
  } | null;
};

export type OwnMessages =
  | {
      readonly kind: 'messages';
      readonly notes: readonly { readonly text: string; readonly at: Instant }[];
      readonly blocks: readonly OwnBlock[];
    }
  | Refusal;

function ownBlock({ network }: Desk, { type, library, until, loan }: CausedBlock): OwnBlock {
  const stops = stopsOf(network, type, library);
  if (!loan) return { type, library, until, stops, cause: null };
  const { title, barcode, due, returnedAt } = loan;
  const late = daysLate(loan, returnedAt, network.timeZone);
  return { type, library, until, stops, cause: { title, barcode, due, returnedAt, daysLate: late } };
}

/**
 * What the libraries have to say to who has signed in (KIO-05): the notes that were made visible to them, the newest first,
 * and the blocks in force, each with the item that came back late, the latest end first. What staff have noted on a block is
 * not told: nothing says that its patron may read it; a note that is visible does.
 */
export const ownMessages = action(
  'own-messages',
  { permission: 'view-patrons', readOnly: true, kiosk: 'self' },
  async (desk: Desk, { patron }: { readonly patron: number }): Promise<OwnMessages> => {
    const { records, network, now } = desk;
    const notes = await records.patronNotes.visibleTo(patron, MOST_MESSAGES);
    const blocks = await records.blocks.caused(patron, dayOf(now, network.timeZone));
    return {
      kind: 'messages',
      notes: notes.map(({ text, createdAt: at }) => ({ text, at })),
      blocks: blocks.map((one) => ownBlock(desk, one)),
    };
  },
);
