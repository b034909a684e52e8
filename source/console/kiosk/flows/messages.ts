import { dayOf } from '../../../circulation/time.ts';
import { ownMessages } from '../../../desk/own-messages.ts';
import type { OwnBlock } from '../../../desk/own-messages.ts';
import type { Reader, Visit } from '../visit.ts';

/** A block with what it stops, until when, and the item that caused it, which the manual's catalogue cannot say (KIO-05). */
function blockLines(visit: Visit, block: OwnBlock): string[] {
  const { messages: words } = visit.words();
  const dates = visit.dates();
  const day = (instant: number): string => dates.numeric(dayOf(instant, visit.greeting().timeZone));
  const until = block.until === null ? words.untilLifted : words.until(dates.day(block.until));
  const stopped = block.stops.map((one) => words.stops[one]).join(', ');
  const { cause } = block;
  return [
    `  ${words.block[block.type]} · ${until}`,
    ...(stopped === '' ? [] : [`    ${words.stopped(stopped)}`]),
    ...(cause === null
      ? []
      : [`    ${words.cause(cause.title, day(cause.due), day(cause.returnedAt), cause.daysLate)}`]),
    ...(block.library === null ? [] : [`    ${words.setBy(visit.library(block.library))}`]),
    '',
  ];
}

/** Notes that the library wrote to the reader, and blocks (KIO-05, manual III.2.2 and QP.4.1.3). */
export async function showMessages(visit: Visit, reader: Reader): Promise<void> {
  const found = await visit.act(ownMessages, { patron: reader.id });
  if (found.kind !== 'messages') return;
  const { messages: words, back } = visit.words();
  const { notes, blocks } = found;
  const dates = visit.dates();
  const lines = [
    ...(blocks.length > 0 ? [words.blocks, '', ...blocks.flatMap((block) => blockLines(visit, block))] : []),
    ...(notes.length > 0 ? [words.notes, ''] : []),
    ...notes.flatMap(({ text, at }) => [
      `  ${text}`,
      `    ${words.on(dates.day(dayOf(at, visit.greeting().timeZone)))}`,
      '',
    ]),
  ];
  await visit.ui.text({ title: words.title, lines: lines.length === 0 ? [words.none] : lines, back });
}
