import { block } from '../circulation/blocks.ts';
import type { Block, BlockCode, RenewalRefusal } from '../circulation/blocks.ts';
import { isClearanceBarcode } from '../circulation/clearance.ts';
import { decideLoan } from '../circulation/loan.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import { loanOverrideLevel, passes } from '../circulation/overrides.ts';
import type { OverrideLevel } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import type { UsedOverride } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanStatus } from '../records/loans.ts';
import type { PatronView } from '../records/patrons.ts';
import { loanFacts } from './loan-facts.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { recallLend } from './lend-recalled.ts';
import { openLoan } from './open-loan.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { rankAt } from './permissions.ts';
import { renewNow } from './renew-now.ts';
import type { NotRenewed } from './renew-now.ts';

/** What is given to set blocks aside: the same request again with codes (BLK-03), and why. */
export type Override = { readonly codes: readonly BlockCode[] | 'all'; readonly reason?: string };

export type LendRequest = {
  /** The patron's id, or any identifier of theirs. */
  readonly patron: number | string;
  readonly barcode: string;
  readonly override?: Override;
  /** Codes set aside earlier in this patron session (`PatronSession.standing`). */
  readonly standing?: readonly BlockCode[];
  /** The answer to DUE_AFTER_EXPIRY (LOAN-07). */
  readonly expiry?: 'keep' | 'shorten';
  /** The fulfilment note has been read (BLK-10). */
  readonly acknowledged?: boolean;
};

/** A block with who may set it aside, and whether this operator may (BLK-01). */
export type OpenBlock = Block & { readonly by: OverrideLevel; readonly mayOverride: boolean };

export type Lent = {
  readonly kind: 'lent' | 'renewed';
  readonly loan: number;
  readonly item: ItemLine;
  readonly patronId: number;
  readonly due: Instant;
  readonly loanedAt: Instant;
  readonly lateFrom: Instant;
  readonly status: LoanStatus;
  /** Codes that were set aside for this loan, automatic ones apart: they hold for the session (BLK-03). */
  readonly overridden: readonly BlockCode[];
  /** The loan that was returned first, because it was somebody else's (BLK-07). */
  readonly returnedFrom: string | null;
};

export type LendOutcome =
  | Lent
  | {
      readonly kind: 'blocked';
      readonly blocks: readonly OpenBlock[];
      readonly mayOverride: boolean;
      readonly item: ItemLine | null;
      readonly due: Instant | null;
    }
  | { readonly kind: 'note'; readonly note: string; readonly item: ItemLine; readonly overridden: readonly BlockCode[] }
  /** The dummy barcode (QUI-02): nothing has been done; `issueClearance` is what it asks for. */
  | { readonly kind: 'clearance-asked'; readonly patronId: number }
  | NotRenewed
  | Refusal;

/** Adds to each block who may set it aside at this desk. */
export function withLevels(
  { network, staff, place }: Pick<Desk, 'network' | 'staff' | 'place'>,
  blocks: readonly Block[],
): OpenBlock[] {
  const library = place?.library ?? '';
  const rank = rankAt(staff.roles, library);
  return blocks.map((one) => {
    const by = loanOverrideLevel(network, one.code, library);
    return { ...one, by, mayOverride: passes(network, rank, by, one.code, library) };
  });
}

/** LOAN-07 answered by shortening: nothing is overridden. */
const isShortening = (one: OpenBlock, request: LendRequest): boolean =>
  one.code === 'DUE_AFTER_EXPIRY' && request.expiry === 'shorten';

/** Whether the request sets a block aside, and is allowed to. */
function isSetAside(one: OpenBlock, request: LendRequest): boolean {
  if (one.by === 'automatic') return true;
  if (isShortening(one, request)) return true;
  if (!one.mayOverride) return false;
  const codes = request.override?.codes ?? [];
  const given = codes === 'all' || codes.includes(one.code) || (request.standing ?? []).includes(one.code);
  return given || (one.code === 'DUE_AFTER_EXPIRY' && request.expiry === 'keep');
}

function blocked(blocks: readonly OpenBlock[], item: ItemView | undefined, due: Instant | null): LendOutcome {
  return {
    kind: 'blocked',
    blocks,
    mayOverride: blocks.every((one) => one.mayOverride),
    item: item ? itemLine(item) : null,
    due,
  };
}

/** What the overrides of a loan leave behind in the audit (BLK-06); standing ones were recorded when they were given. */
function usedOverrides(blocks: readonly OpenBlock[], request: LendRequest): UsedOverride[] {
  const reason = request.override?.reason ?? null;
  return blocks
    .filter((one) => !(request.standing ?? []).includes(one.code) && !isShortening(one, request))
    .map((one) => ({ code: one.code, reason, automatic: one.by === 'automatic' }));
}

/** A note waits: the overrides given meanwhile hold, so they are recorded now (BLK-10). */
async function noteFirst(
  desk: Desk,
  patron: PatronView,
  item: ItemView,
  note: string,
  overridden: readonly BlockCode[],
  used: readonly UsedOverride[],
): Promise<LendOutcome> {
  const { barcode } = item;
  const event = {
    at: desk.now,
    staffId: staffId(desk),
    desk: placeName(desk.place),
    patronId: patron.id,
    itemId: item.id,
  };
  if (used.length > 0)
    await desk.records.events.append({ ...event, kind: 'record-overridden', data: { barcode } }, used);
  return { kind: 'note', note, item: itemLine(item), overridden };
}

/** What a block of a loan is called when it stands against a renewal. */
const SAME_REASON: Partial<Readonly<Record<BlockCode, RenewalRefusal>>> = {
  PATRON_GROUP_NOT_ALLOWED: 'PATRON_NO_ROLE',
  PATRON_INACTIVE: 'PATRON_INACTIVE',
  PATRON_EXPIRED: 'PATRON_EXPIRED',
  PATRON_BLOCK_LATE_RETURN: 'PATRON_BLOCKED',
  PATRON_BLOCK_MANUAL: 'PATRON_BLOCKED',
  PATRON_OVERDUE: 'PATRON_OVERDUE',
  NOT_LOANABLE: 'NOT_RENEWABLE',
  DUE_AFTER_EXPIRY: 'EXPIRES_BEFORE_RENEWAL',
};

/** The patron's own item is renewed (BLK-07): what was set aside while lending is not asked again (BLK-09). */
async function renewInstead(
  desk: Desk,
  patron: PatronFacts,
  item: ItemView,
  loan: number,
  { overridden, used }: { readonly overridden: readonly BlockCode[]; readonly used: readonly UsedOverride[] },
): Promise<LendOutcome> {
  const given = overridden.flatMap((code) => SAME_REASON[code] ?? []);
  const renewed = await renewNow(desk, patron, item, loan, { given, used: () => used });
  if (renewed.kind === 'not-renewed') return renewed;
  const { before: _, ...rest } = renewed;
  return { ...rest, overridden, returnedFrom: null };
}

/**
 * Lends an item to a patron (LOAN-*, BLK-01 to BLK-10). All blocks at once; an override is the same request with codes and
 * decides again in its own transaction. Answers `lent`, `renewed` (BLK-07), `blocked`, `note`, `not-renewed`, or
 * `clearance-asked` for the barcode `quitus` (QUI-02).
 */
export const lend = action(
  'lend',
  { permission: 'lend', needsDesk: true, recall: recallLend },
  async (desk: Desk, request: LendRequest): Promise<LendOutcome> => {
    const { records, now } = desk;
    const patron = await records.patrons.locked(request.patron);
    if (patron && isClearanceBarcode(request.barcode)) return { kind: 'clearance-asked', patronId: patron.id };
    const item = await records.items.byBarcode(request.barcode, true);
    if (!patron || !item) {
      const found: Block[] = [];
      if (!item) found.push(block('ITEM_UNKNOWN', [{ barcode: request.barcode }]));
      if (!patron) found.push(block('PATRON_UNKNOWN', [{ identifier: String(request.patron) }]));
      return blocked(withLevels(desk, found), item, null);
    }
    const facts = await loanFacts(desk, patron, item);
    const decision = decideLoan(facts);
    const blocks = withLevels(desk, decision.blocks);
    const open = blocks.filter((one) => !isSetAside(one, request));
    if (open.length > 0) return blocked(open, item, decision.due.due);

    const overridden = blocks
      .filter((one) => one.by !== 'automatic' && !isShortening(one, request))
      .map((one) => one.code);
    const used = usedOverrides(blocks, request);
    if (item.fulfilmentNote !== null && request.acknowledged !== true) {
      return noteFirst(desk, patron, item, item.fulfilmentNote, overridden, used);
    }
    if (item.loan?.patronId === patron.id)
      return renewInstead(desk, facts.patron, item, item.loan.id, { overridden, used });
    const due = request.expiry === 'shorten' && decision.shortened ? decision.shortened : decision.due;
    const lent = await openLoan(
      desk,
      patron,
      item,
      { terms: decision.terms, due, shortened: due === decision.shortened },
      used,
    );
    return {
      kind: 'lent',
      ...lent,
      item: itemLine(item),
      patronId: patron.id,
      loanedAt: now,
      overridden,
      returnedFrom: item.loan?.patron ?? null,
    };
  },
);
