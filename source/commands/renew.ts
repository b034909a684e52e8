import { RENEWAL_REFUSALS } from '../circulation/blocks.ts';
import { renewalOverrideLevel } from '../circulation/overrides.ts';
import type { Network } from '../circulation/network.ts';
import type { Seat } from '../desk/perform.ts';
import { renew } from '../desk/renew.ts';
import type { RenewalLine } from '../desk/renew.ts';
import { renewResult } from '../training/loan-results.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { sayingFor } from './outcomes.ts';
import type { Told } from './outcomes.ts';
import { overrideIn } from './override-option.ts';
import { hoped, refusalSentence } from './refusals.ts';
import { deskSeat } from './seat.ts';

/** What became of one loan; a refused one with every reason, in the manual's words, and who may set it aside (REN-05, REN-06). */
function tell(context: Context, opened: Opened, network: Network, { place }: Seat, line: RenewalLine): Told {
  const { desk, commands } = context.words;
  const { result } = commands;
  const { moment } = sayingFor(context, opened).dates;
  switch (line.kind) {
    case 'renewed':
      return { done: true, lines: [result.renewed(line.item.title, line.item.barcode, moment(line.due))] };
    case 'not-renewed': {
      const reasons = line.refusals.map((code) => {
        const level = renewalOverrideLevel(network, code, place?.library ?? '');
        return `  ${code} · ${desk.renewal[code]} (${desk.level[level]})`;
      });
      return {
        done: false,
        lines: [result.notRenewed(line.item.title, line.item.barcode, moment(line.due)), ...reasons],
      };
    }
    case 'not-on-loan':
      return { done: false, lines: [result.isNotOnLoan(line.item.title, line.item.barcode)] };
    case 'unknown':
      return { done: false, lines: [refusalSentence(line, commands.refusal)] };
  }
}

/**
 * `guichet renew ITEM…` or `guichet renew --patron PATRON` (all of a patron's loans, the soonest due first): each loan
 * answers for itself (REN-08). Exit status 1 where any was refused, or there was none.
 */
export async function run(context: Context): Promise<Status> {
  const { input, options, words } = context;
  const { usage, result, refusal } = words.commands;
  const patron = options.text('patron');
  if ((patron === undefined) === (input.length === 0)) throw misused(usage.renewNeeds);
  const override = overrideIn(context, RENEWAL_REFUSALS);
  return withDatabase(context, {}, async (opened) => {
    const seat = await deskSeat(context, opened);
    if (opened.network === null) throw refused(words.commands.network.none);
    const loans = patron === undefined ? { barcodes: input } : { patron };
    const outcome = hoped(await opened.perform(seat, renew, { ...loans, ...(override ? { override } : {}) }), refusal);
    let done = 0;
    for (const line of outcome.lines) {
      const told = tell(context, opened, opened.network, seat, line);
      if (told.done) done += 1;
      if (!told.done) for (const one of told.lines) complain(context, one);
      else if (!options.has('json')) for (const one of told.lines) print(context, one);
    }
    const all = outcome.lines.length;
    if (options.has('json')) printJson(context, renewResult(outcome, opened, input.length === 1 ? 'one' : 'several'));
    if (all === 0) complain(context, result.nothingToRenew);
    else if (all > 1 && done < all && !options.has('json')) complain(context, result.someNotDone(done, all));
    return done > 0 && done === all ? 0 : 1;
  });
}
