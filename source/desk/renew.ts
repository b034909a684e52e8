import type { RenewalRefusal } from '../circulation/blocks.ts';
import { RENEWAL_REFUSALS } from '../circulation/blocks.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import type { ItemView } from '../records/items.ts';
import type { PatronView } from '../records/patrons.ts';
import { patronFacts } from './loan-facts.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { notPermitted } from './personal.ts';
import { renewNow } from './renew-now.ts';
import type { NotRenewed, RenewedLoan } from './renew-now.ts';

/** Which refusals are set aside, and why. */
export type RenewalOverride = { readonly codes: readonly RenewalRefusal[] | 'all'; readonly reason?: string };

export type RenewRequest = {
  /** All open loans of a patron (id or identifier) … */
  readonly patron?: number | string;
  /** … or those of these items. */
  readonly barcodes?: readonly string[];
  readonly override?: RenewalOverride;
};

/** One loan's answer: each line answers for itself (REN-08). */
export type RenewalLine =
  | RenewedLoan
  | NotRenewed
  | { readonly kind: 'not-on-loan'; readonly item: ItemView }
  | { readonly kind: 'unknown'; readonly what: 'ITEM'; readonly key: string };

export type RenewOutcome = { readonly kind: 'renewals'; readonly lines: readonly RenewalLine[] } | Refusal;

/** All open loans of a patron are read at once up to this many; nobody borrows more. */
const MOST_LOANS = 10_000;

/** A patron whose loans are being renewed: the record is locked, its facts are read once. */
type Borrower = { readonly patron: PatronView; readonly facts: PatronFacts };

async function borrowerOf(desk: Desk, key: number | string): Promise<Borrower | undefined> {
  const patron = await desk.records.patrons.locked(key);
  if (!patron) return undefined;
  const counts = await desk.records.loans.counts(patron.id, desk.now, 0);
  return { patron, facts: await patronFacts(desk, patron, counts) };
}

/** At a kiosk every loan but the patron's own is nobody's affair: it is answered like an item that does not exist (KIO-07). */
const isNotTheirs = ({ kiosk }: Desk, item: ItemView | undefined): boolean =>
  kiosk !== undefined && item?.loan?.patronId !== kiosk.patron;

async function renewItem(
  desk: Desk,
  barcode: string,
  borrowers: Map<number, Borrower>,
  override: RenewalOverride | undefined,
): Promise<RenewalLine> {
  const known = await desk.records.items.byBarcode(barcode);
  if (!known || isNotTheirs(desk, known)) return { kind: 'unknown', what: 'ITEM', key: barcode };
  if (!known.loan) return { kind: 'not-on-loan', item: known };
  const { patronId } = known.loan;
  const borrower = borrowers.get(patronId) ?? (await borrowerOf(desk, patronId));
  if (!borrower) return { kind: 'not-on-loan', item: known };
  borrowers.set(patronId, borrower);
  // Read again behind the patron's lock: another desk may have taken it back meanwhile.
  const item = await desk.records.items.byBarcode(barcode, true);
  if (isNotTheirs(desk, item)) return { kind: 'unknown', what: 'ITEM', key: barcode };
  if (!item?.loan || item.loan.patronId !== patronId) return { kind: 'not-on-loan', item: item ?? known };
  const given = override?.codes === 'all' ? RENEWAL_REFUSALS : (override?.codes ?? []);
  const reason = override?.reason ?? null;
  const line = await renewNow(desk, borrower.facts, item, item.loan.id, {
    given,
    used: (codes) => codes.map((code) => ({ code, reason, automatic: false })),
  });
  // A late loan that has been renewed is late no more: the next line asks afresh.
  if (line.kind === 'renewed' && line.overridden.includes('PATRON_OVERDUE')) borrowers.delete(patronId);
  return line;
}

/** The barcodes of all open loans of a patron, the soonest due first. */
async function allOf(desk: Desk, patron: number): Promise<string[]> {
  const loans = await desk.records.loans.ofPatron(patron, 'due', { offset: 0, limit: MOST_LOANS });
  return loans.map((one) => one.barcode);
}

/**
 * Renews one loan, several, or all of a patron (REN-08), by the rules of today; each line says its new due date or every
 * reason against it in the order of REN-05. Overrides by rank as REN-06 has them, recorded (BLK-06). At a kiosk a patron's own
 * loans alone, without overrides (KIO-03).
 */
export const renew = action(
  'renew',
  { permission: 'renew', needsDesk: true, kiosk: 'self' },
  async (desk: Desk, request: RenewRequest): Promise<RenewOutcome> => {
    if (desk.kiosk && request.override !== undefined) return notPermitted('renew');
    const borrowers = new Map<number, Borrower>();
    let { barcodes = [] } = request;
    if (request.patron !== undefined) {
      const borrower = await borrowerOf(desk, request.patron);
      if (!borrower) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
      borrowers.set(borrower.patron.id, borrower);
      if (request.barcodes === undefined) barcodes = await allOf(desk, borrower.patron.id);
    }
    const lines: RenewalLine[] = [];
    for (const barcode of barcodes) lines.push(await renewItem(desk, barcode, borrowers, request.override));
    return { kind: 'renewals', lines };
  },
);
