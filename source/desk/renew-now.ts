import type { BlockCode, RenewalRefusal } from '../circulation/blocks.ts';
import type { PatronFacts } from '../circulation/loan.ts';
import { standingRefusals } from '../circulation/overrides.ts';
import { decideRenewal } from '../circulation/renewal.ts';
import type { Instant } from '../circulation/time.ts';
import type { UsedOverride } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { ItemLine, Lent } from './lend.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { rankAt } from './permissions.ts';

/** A renewal that was refused, with every reason that stands in the order of REN-05. */
export type NotRenewed = {
  readonly kind: 'not-renewed';
  readonly item: ItemLine;
  readonly due: Instant;
  readonly refusals: readonly RenewalRefusal[];
};

/** What a block of a loan is called when it stands against a renewal. */
const SAME_REASON: Partial<Readonly<Record<BlockCode, RenewalRefusal>>> = {
  PATRON_GROUP_NOT_ALLOWED: 'PATRON_NO_ROLE',
  PATRON_INACTIVE: 'PATRON_INACTIVE',
  PATRON_EXPIRED: 'PATRON_EXPIRED',
  PATRON_BLOCK_LATE_RETURN: 'PATRON_BLOCKED',
  PATRON_BLOCK_MANUAL: 'PATRON_BLOCKED',
  PATRON_OVERDUE: 'PATRON_OVERDUE',
};

/** What the operator has set aside already while lending: the same code is not asked twice (BLK-09). */
type SetAside = { readonly overridden: readonly BlockCode[]; readonly used: readonly UsedOverride[] };

/** Renews the open loan of an item that its own borrower brings to the desk (BLK-07), by the rules of today (REN-*). */
export async function renewNow(
  desk: Desk,
  patron: PatronFacts,
  item: ItemView,
  loanId: number,
  { overridden, used }: SetAside,
): Promise<Lent | NotRenewed> {
  const { records, network, now, place } = desk;
  const loan = await records.loans.byId(loanId);
  if (!loan) throw new Error(`loan ${loanId} has gone while its item was locked`);
  const requestWaits = (await records.requests.firstWaiting(item.titleId, item.id)) !== undefined;
  const facts = { ...loan, recalled: loan.status === 'Recalled', requestWaits };
  const decision = decideRenewal({ network, now, patron, loan: facts });
  const library = place?.library ?? '';
  const rank = rankAt(desk.staff.roles, library);
  const given = overridden.flatMap((code) => SAME_REASON[code] ?? []);
  const refusals = standingRefusals(network, rank, decision.refusals, given, library);
  const { id, barcode, title } = item;
  const line: ItemLine = { id, barcode, title, library: item.library };
  if (refusals.length > 0) return { kind: 'not-renewed', item: line, due: loan.due, refusals };

  const { due, lateFrom } = decision.due;
  await records.loans.renew(loanId, due, lateFrom, now);
  await records.items.setProcess(item.id, 'LOAN', item.at);
  const data = { barcode, title, library: item.library, due, before: loan.due, group: patron.group };
  await records.events.append(
    { at: now, kind: 'loan-renewed', staffId: staffId(desk), desk: placeName(place), patronId: patron.id, itemId: id, loanId, data },
    used,
  );
  const status = 'Renewed';
  return { kind: 'renewed', loan: loanId, item: line, patronId: patron.id, due, loanedAt: loan.loanedAt, lateFrom, status, overridden, returnedFrom: null };
}
