import { returnItem } from '../desk/return-item.ts';
import { borrowerOf } from '../training/borrower.ts';
import { returnResult } from '../training/results.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { momentOf, withDatabase } from './database.ts';
import type { Status } from './failure.ts';
import { tellReturn } from './outcomes.ts';
import { deskSeat } from './seat.ts';

/** `guichet return ITEM…`: records returns, also book-drop ones (`--dated`, RET-04). Refused items do not stop the others. */
export async function run(context: Context): Promise<Status> {
  const { input, options, words } = context;
  return withDatabase(context, {}, async (opened) => {
    const seat = await deskSeat(context, opened);
    const dated = momentOf(context, 'dated', opened.timeZone);
    const lines: Record<string, unknown>[] = [];
    let done = 0;
    for (const barcode of input) {
      const patron = options.has('json') ? await borrowerOf(opened.perform, seat, barcode) : undefined;
      const request = { barcode, acknowledged: options.has('acknowledge'), ...(dated === undefined ? {} : { dated }) };
      const outcome = await opened.perform(seat, returnItem, request);
      const told = tellReturn(context, opened, outcome);
      if (told.done) done += 1;
      if (!told.done) for (const line of told.lines) complain(context, line);
      else if (!options.has('json')) for (const line of told.lines) print(context, line);
      lines.push({ item: barcode, ...returnResult(outcome, opened, patron) });
    }
    if (options.has('json')) printJson(context, lines.length === 1 ? lines[0] : { lines });
    else if (input.length > 1 && done < input.length)
      complain(context, words.commands.result.someNotDone(done, input.length));
    return done === input.length ? 0 : 1;
  });
}
