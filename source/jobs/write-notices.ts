import type { NoticeKind } from '../circulation/letters.ts';
import { findNotices, writeNotices } from '../desk/notices.ts';
import type { NoticePlace, NoticesWritten } from '../desk/notices.ts';
import { JobRefused } from './job.ts';
import type { JobWork, RunLine, Told } from './job.ts';
import { untilDone } from './pace.ts';

/** The figures of a batch, and the records behind them. */
function told({ notice, ...done }: Extract<NoticesWritten, { kind: 'noticed' }>): Told {
  const lines = (figure: RunLine['figure'], records: readonly string[]): RunLine[] =>
    records.map((record) => ({ figure, record }));
  return {
    counters: {
      [notice]: done.told.length,
      renewed: done.renewed.length,
      notRenewed: done.notRenewed.length,
      lost: done.lost.length,
    },
    lines: [
      ...lines(notice, done.told),
      ...lines('no-address', done.unreachable),
      ...lines('renewed', done.renewed),
      ...lines('notRenewed', done.notRenewed),
      ...lines('lost', done.lost),
    ],
  };
}

/** Writes all notices of some kinds that the night of a business day has (CYC-02), some patrons in each transaction. */
export async function writeAllNotices(on: JobWork, kinds: readonly NoticeKind[]): Promise<void> {
  const { day: night, perform, seat, batch } = on;
  if (night === null) return;
  let from: NoticePlace = { slot: null, after: null };
  await untilDone(on, async () => {
    const found = await perform(seat, findNotices, { night, kinds, from });
    if (found.kind === 'none') return false;
    if (found.kind !== 'found') throw new JobRefused(findNotices.name, found);
    const { slot, patrons, next } = found;
    await batch(writeNotices, { night, kinds, slot, patrons }, told);
    from = next;
    return true;
  });
}
