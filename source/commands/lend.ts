import { BLOCK_CODES } from '../circulation/blocks.ts';
import { issueClearance } from '../desk/clearance.ts';
import { lend } from '../desk/lend.ts';
import type { LendOutcome, Override } from '../desk/lend.ts';
import { PatronSession } from '../desk/patron-session.ts';
import { endSession, openPatron } from '../desk/patrons.ts';
import type { Seat } from '../desk/perform.ts';
import { clearanceLent } from '../training/clearance-results.ts';
import { lendResult, primaryOf } from '../training/results.ts';
import { complain, print, printJson } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused } from './failure.ts';
import type { Status } from './failure.ts';
import { tellClearance, tellLend } from './outcomes.ts';
import type { Told } from './outcomes.ts';
import { overrideIn } from './override-option.ts';
import { hoped } from './refusals.ts';
import { deskSeat } from './seat.ts';
import { nearest } from './suggest.ts';

const EXPIRY = ['keep', 'shorten'] as const;

/** The answer to DUE_AFTER_EXPIRY (LOAN-07). */
function expiryIn({ options, words }: Context): 'keep' | 'shorten' | undefined {
  const given = options.text('expiry');
  const known = EXPIRY.find((one) => one === given);
  if (given !== undefined && known === undefined) {
    throw misused(words.commands.usage.notOneOf('--expiry', given, EXPIRY, nearest(given, EXPIRY)));
  }
  return known;
}

type Wishes = {
  readonly override: Override | undefined;
  readonly expiry: 'keep' | 'shorten' | undefined;
  readonly acknowledged: boolean;
};

/** Lends one item within the patron session: what was overridden in it holds on (BLK-03). */
async function lendOne(
  { perform }: Opened,
  seat: Seat,
  session: PatronSession,
  barcode: string,
  wishes: Wishes,
): Promise<LendOutcome> {
  const { override, expiry, acknowledged } = wishes;
  const outcome = await perform(seat, lend, {
    patron: session.patronId,
    barcode,
    standing: session.standing(barcode),
    acknowledged,
    ...(override ? { override } : {}),
    ...(expiry ? { expiry } : {}),
  });
  if (outcome.kind === 'lent' || outcome.kind === 'renewed') {
    session.remember(outcome.overridden);
    session.lent(outcome.loan, outcome.item.barcode);
  }
  if (outcome.kind === 'note') session.remember(outcome.overridden, outcome.item.barcode);
  return outcome;
}

function tell(context: Context, told: Told): void {
  if (!told.done) for (const line of told.lines) complain(context, line);
  else if (!context.options.has('json')) for (const line of told.lines) print(context, line);
}

/** `guichet lend PATRON ITEM…`: lends items in one patron session, as the desk does. Refused items do not stop the others. */
export async function run(context: Context): Promise<Status> {
  const { input, options, words } = context;
  const [card = '', ...barcodes] = input;
  const wishes = {
    override: overrideIn(context, BLOCK_CODES),
    expiry: expiryIn(context),
    acknowledged: options.has('acknowledge'),
  };
  return withDatabase(context, {}, async (opened) => {
    const seat = await deskSeat(context, opened);
    const { pane } = hoped(await opened.perform(seat, openPatron, { patron: card }), words.commands.refusal);
    const session = new PatronSession(pane.patron.id);
    const lines: Record<string, unknown>[] = [];
    let done = 0;
    for (const barcode of barcodes) {
      const outcome = await lendOne(opened, seat, session, barcode, wishes);
      // The dummy barcode asks for a clearance (QUI-02).
      const cleared =
        outcome.kind === 'clearance-asked'
          ? await opened.perform(seat, issueClearance, { patron: outcome.patronId, at: 'desk' })
          : undefined;
      const told = cleared ? tellClearance(context, cleared) : tellLend(context, opened, outcome, barcode);
      tell(context, told);
      if (told.done) done += 1;
      lines.push({ item: barcode, ...(cleared ? clearanceLent(cleared) : lendResult(outcome, opened)) });
    }
    hoped(
      await opened.perform(seat, endSession, { patron: session.patronId, loans: session.loans, because: 'done' }),
      words.commands.refusal,
    );
    const patron = primaryOf(pane.patron);
    if (options.has('json')) printJson(context, lines.length === 1 ? { patron, ...lines[0] } : { patron, lines });
    else if (barcodes.length > 1 && done < barcodes.length)
      complain(context, words.commands.result.someNotDone(done, barcodes.length));
    return done === barcodes.length ? 0 : 1;
  });
}
