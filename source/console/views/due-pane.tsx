import type { ReactNode } from 'react';
import { isOpenDay } from '../../circulation/calendar.ts';
import { addDays, weekdayOf } from '../../circulation/time.ts';
import type { Day } from '../../circulation/time.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import type { DueChoice, State } from '../state.ts';
import { LATE, QUIET } from './style.ts';
import { Pane } from './table.tsx';

/** The days of six weeks around a month, Monday first. */
function weeksAround(day: Day): Day[][] {
  const first = `${day.slice(0, 8)}01`;
  const start = addDays(first, -weekdayOf(first));
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, weekday) => addDays(start, week * 7 + weekday)),
  );
}

/**
 * A small calendar that knows the closed days of the owning library (REN-09): closed in round brackets, the chosen day in
 * square ones, so that nothing depends on colour.
 */
export function DuePane({
  state,
  choice,
  openDay,
  height,
}: {
  readonly state: State;
  readonly choice: DueChoice;
  readonly openDay: Day;
  readonly height: number;
}): ReactNode {
  const words = wordsIn(state.language).console.dueDate;
  const dates = datesIn(state.language, state.timeZone);
  const library = state.network?.libraries.find((one) => one.code === choice.library);
  const cell = (day: Day): string => {
    const number = String(Number(day.slice(8))).padStart(2);
    if (day.slice(0, 7) !== choice.day.slice(0, 7)) return '    ';
    if (day === choice.day) return `[${number}]`;
    return library && !isOpenDay(library, day) ? `(${number})` : ` ${number} `;
  };
  const weeks = weeksAround(choice.day).map((week) => `   ${week.map(cell).join(' ')}`);
  const said = choice.typed === '' ? words.chosen(dates.day(choice.day)) : words.typed(printable(choice.typed));
  const moved = choice.typed === '' && openDay !== choice.day ? ` · ${words.moved(dates.day(openDay))}` : '';
  return (
    <Pane
      lines={[
        {
          text: ` ${words.title(choice.barcodes.length, printable(library?.name ?? choice.library))}`,
          style: { bold: true },
        },
        { text: ` ${words.hint}`, style: QUIET },
        `   ${words.month(choice.day)}`,
        { text: `   ${words.weekdays.map((name) => ` ${name} `).join(' ')}`, style: QUIET },
        ...weeks,
        { text: ` ${said}${moved}`, style: moved === '' ? { bold: true } : LATE },
      ]}
      offset={0}
      height={height}
    />
  );
}
