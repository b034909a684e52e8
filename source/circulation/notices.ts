import type { NoticeKind } from './letters.ts';
import type { Network, NoticeCycle } from './network.ts';
import { addDays, instantOf } from './time.ts';
import type { Day, Instant } from './time.ts';

/** The loans of one library that get a notice in one night (CYC-02). */
export type NoticeSlot = {
  readonly kind: NoticeKind;
  readonly library: string;
  /** The day on which they fall or fell due. Of bills: the last such day; what fell due before and is not lost yet goes with it. */
  readonly dueDay: Day;
  /** Due from then on (null: whenever), and before then. */
  readonly from: Instant | null;
  readonly until: Instant;
  /** Loans that were made later than the business day are another night's. */
  readonly madeBefore: Instant;
  /** Loans by the hour too: they are told when they are late, as nobody can be warned days ahead of a loan of hours. */
  readonly hours: boolean;
};

/** How many days after the business day the loans fall due that a cycle wants to have told; negative: they fell due before. */
function daysAhead(cycle: NoticeCycle, kind: NoticeKind): number | undefined {
  switch (kind) {
    case 'courtesy':
      return cycle.courtesy;
    case 'due-today':
      return 1;
    case 'overdue-1':
    case 'overdue-2':
    case 'overdue-3': {
      const days = cycle.overdue[Number(kind.slice(-1)) - 1];
      return days === undefined ? undefined : 1 - days;
    }
    case 'lost-item-bill':
      return 1 - cycle.bill;
  }
}

/**
 * What a night has to tell (CYC-01, CYC-02), per owning library by its cycle: `day` is the business day X, whose run happens
 * after midnight of X+1. The courtesy notice is for loans due X + as many days as the cycle says (the night of the 12th to
 * the 13th for the 15th), the others are in the mailbox on their day: *due today* for X+1, overdue for X+1 − so many days.
 * Calendar days in the network's time zone. In the order of the kinds.
 */
export function noticeSlots(network: Network, day: Day, kinds: readonly NoticeKind[]): NoticeSlot[] {
  const { timeZone, cycles, libraries } = network;
  const start = (one: Day): Instant => instantOf(one, 0, timeZone);
  const madeBefore = start(addDays(day, 1));
  return kinds.flatMap((kind) =>
    libraries.flatMap(({ code: library, notices }): NoticeSlot[] => {
      const cycle = cycles.find((one) => one.code === notices.cycle);
      const ahead = cycle && daysAhead(cycle, kind);
      if (ahead === undefined) return [];
      const dueDay = addDays(day, ahead);
      const isBill = kind === 'lost-item-bill';
      const until = start(addDays(dueDay, 1));
      const hours = kind !== 'courtesy' && kind !== 'due-today';
      return [{ kind, library, dueDay, from: isBill ? null : start(dueDay), until, madeBefore, hours }];
    }),
  );
}
