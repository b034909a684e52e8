import { automaticRenewal } from '../circulation/automatic-renewal.ts';
import { NoOpenDay } from '../circulation/calendar.ts';
import type { Due } from '../circulation/due.ts';
import { libraryOf } from '../circulation/network.ts';
import type { NoticeSlot } from '../circulation/notices.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { NewEvent } from '../records/events.ts';
import type { LoanForLetter } from '../records/letter-facts.ts';
import type { NoticedLoan } from '../records/notices.ts';
import { placeName, staffId } from './perform.ts';
import type { Desk } from './perform.ts';
import { outnumbered } from './renew-now.ts';

/** Whether a library renews by itself the loans of which it would send a courtesy notice (REN-10). */
export const renewsByItself = ({ network }: Pick<Desk, 'network'>, { kind, library }: NoticeSlot): boolean =>
  kind === 'courtesy' && libraryOf(network, library).autoRenew;

/** What is to be renewed, with all that is locked for it. */
type Renewing = {
  readonly slot: NoticeSlot;
  readonly night: Day;
  readonly loans: readonly NoticedLoan[];
  readonly items: ReadonlyMap<number, LoanForLetter>;
  /** Titles for which somebody waits. */
  readonly titles: readonly number[];
};

/** What has come of it: numbers of renewed loans; of the others the first reason against it (REN-05). */
export type AutomaticallyRenewed = {
  readonly renewed: readonly number[];
  readonly refused: ReadonlyMap<number, string>;
};

/** Loans for which more requests wait than can be filled without them (REN-05): only titles in demand are looked at. */
async function wantedLoans(desk: Desk, { loans, titles }: Renewing): Promise<Set<number>> {
  const inDemand = loans.filter((one) => titles.includes(one.titleId));
  const items = await desk.records.items.withIds(inDemand.map((one) => one.itemId));
  const wanted = new Set<number>();
  for (const title of titles) {
    const queue = await desk.records.requests.open(title);
    for (const item of items) {
      if (item.titleId === title && item.loan && outnumbered(desk, item, queue)) wanted.add(item.loan.id);
    }
  }
  return wanted;
}

/** What the rules say of one; a library that never opens again renews nothing. */
function decide(...[facts, night]: Parameters<typeof automaticRenewal>): ReturnType<typeof automaticRenewal> {
  try {
    return automaticRenewal(facts, night);
  } catch (error) {
    if (error instanceof NoOpenDay) return { kind: 'courtesy-letter', refusals: [] };
    throw error;
  }
}

const eventOf = (desk: Desk, loan: NoticedLoan, item: LoanForLetter, due: Due, group: string | null): NewEvent => ({
  at: desk.now,
  kind: 'loan-renewed',
  staffId: staffId(desk),
  desk: placeName(desk.place),
  patronId: loan.patronId,
  itemId: loan.itemId,
  loanId: loan.id,
  data: {
    barcode: item.barcode,
    title: item.title,
    library: loan.library,
    due: due.due,
    before: loan.due,
    group,
    because: 'automatic',
  },
});

/**
 * Renews by itself what the rules allow (REN-10), counted from the business day: decided for each loan, written for all that
 * get the same date at once. Nobody is told, and what was said of the old due date is settled; of the others answers why not.
 */
export async function renewAutomatically(desk: Desk, renewing: Renewing): Promise<AutomaticallyRenewed> {
  const { records, network, now } = desk;
  const { slot, night, loans, items } = renewing;
  const refused = new Map<number, string>();
  if (loans.length === 0) return { renewed: [], refused };
  const patrons = await records.notices.borrowers(
    [...new Set(loans.map((one) => one.patronId))],
    slot.madeBefore - 1,
    night,
  );
  const wanted = await wantedLoans(desk, renewing);
  const moves = new Map<number, { due: Due; ids: number[] }>();
  const events: NewEvent[] = [];
  const renewed: NoticedLoan[] = [];
  for (const loan of loans) {
    const [patron, item] = [patrons.get(loan.patronId), items.get(loan.id)];
    if (!patron || !item) continue;
    const answer = decide({ network, patron, loan: { ...loan, requestWaits: wanted.has(loan.id) } }, night);
    if (answer.kind === 'courtesy-letter') {
      const [reason] = answer.refusals;
      if (reason !== undefined) refused.set(loan.id, reason);
      continue;
    }
    const { due } = answer;
    const move = moves.get(due.due) ?? { due, ids: [] };
    move.ids.push(loan.id);
    moves.set(due.due, move);
    events.push(eventOf(desk, loan, item, due, patron.group));
    renewed.push(loan);
  }
  for (const { due, ids } of moves.values()) await records.notices.renew(ids, due.due, due.lateFrom, now);
  await records.events.appendAll(events);
  const said = { kind: slot.kind, night, letter: null };
  await records.notices.write(
    renewed.map((one) => ({ loan: one.id, dueDay: dayOf(one.due, network.timeZone), ...said })),
  );
  return { renewed: renewed.map((one) => one.id), refused };
}
