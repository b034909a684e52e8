import type { ReactNode } from 'react';
import { dayOf } from '../../circulation/time.ts';
import { datesIn } from '../../language/dates.ts';
import { aroundPath } from '../../language/fit.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { OfflineDesk, State } from '../state.ts';
import { titleLines } from './screens.tsx';
import { Table } from './table.tsx';

/** What is done without the database, for whom, why, and where it is written (OFF-01, OFF-03). */
export function offlineLines(state: State, offline: OfflineDesk, backKey: string): ReactNode[] {
  const words = wordsIn(state.language).console;
  const { mode, borrower, because, back, count } = offline;
  const who = borrower === null ? null : printable([borrower.name ?? '', borrower.code].join('   ').trim());
  const why = back
    ? words.offline.backHint(backKey)
    : because === null
      ? words.offline.unchecked
      : words.offline.uncheckedBecause(words.refusal.awayBecause[because]);
  const file = aroundPath((shown) => words.offline.file(shown, count), printable(offline.file), state.columns - 2);
  return titleLines(mode === 'loan' ? words.offline.title.loan(who) : words.offline.title.return, why, file);
}

/** What was recorded without the database, the latest first; then what the database took before. */
export function OfflineList({
  state,
  offline,
  height,
}: {
  readonly state: State;
  readonly offline: OfflineDesk;
  readonly height: number;
}): ReactNode {
  const words = wordsIn(state.language).console.offline;
  const dates = datesIn(state.language, state.timeZone);
  const { rows, selected } = offline;
  const dayAt = (at: number): string => dayOf(at, state.timeZone);
  const today = dayAt(state.now);
  const isOfToday = (at: number | null): boolean => at === null || dayAt(at) === today;
  const timeOf = (at: number): string => (isOfToday(at) ? dates.hour(at) : dates.short(at));
  // The last one is the oldest.
  const width = isOfToday(rows.at(-1)?.at ?? null) ? 8 : 16;
  const offset = Math.max(0, selected - height + 2);
  return (
    <Table
      columns={[
        {
          head: words.column.time,
          width,
          cell: (row) => (row.at === null ? words.inDatabase : timeOf(row.at)),
        },
        { head: words.column.action, width: 8, cell: (row) => words.action[row.action] },
        { head: words.column.item, width: 24, cell: (row) => row.item },
        { head: words.column.borrower, width: 0, cell: (row) => [row.patron ?? '', row.name ?? ''].join('  ').trim() },
      ]}
      rows={rows.slice(offset)}
      keyOf={(row) => String(row.number)}
      chosen={selected - offset}
      width={state.columns}
      height={height}
      empty={words.empty}
    />
  );
}
