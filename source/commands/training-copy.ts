import type { Instant } from '../circulation/time.ts';
import { DatabaseAway } from '../desk/away.ts';
import { openHouse } from '../desk/house.ts';
import type { House } from '../desk/house.ts';
import { markTraining } from '../desk/networks.ts';
import { parseNetworkDocument } from '../exchange/network-file/index.ts';
import { shippedNetworkText } from '../training/networks/index.ts';
import { makeTrainingCopy } from '../training/sample.ts';
import type { Context } from './context.ts';
import { momentOf, openFor, readOpened } from './database.ts';
import type { Opened } from './database.ts';
import { refused } from './failure.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

/** Where a copy is that is gone when it is closed. */
export const THROW_AWAY = 'sqlite::memory:';
/** The network of the training copy (CONF-04). */
const SAMPLE = 'toulouse';

/** Where the clock of a copy that is still to be made stands: `--at` in the local time of the sample network. */
function momentAsked(context: Context): Instant | null {
  if (context.options.text('at') === undefined) return null;
  const parsed = parseNetworkDocument(shippedNetworkText(SAMPLE) ?? '');
  const document = 'document' in parsed ? (parsed.document as { network?: { timeZone?: string } }) : {};
  return momentOf(context, 'at', document.network?.timeZone ?? 'UTC') ?? null;
}

/** Brings the schema of a copy up to date; an empty database gets one, on PostgreSQL too. Throws DatabaseAway. */
async function prepare(house: House): Promise<void> {
  const { done, pending, unknown } = await house.status();
  if (unknown.length > 0) throw new DatabaseAway('newer-schema', house.where);
  if (house.kind === 'postgres' && done.length > 0 && pending.length > 0)
    throw new DatabaseAway('older-schema', house.where);
  if (pending.length > 0) await house.migrate();
}

/** A training copy, ready for work, and whether it was made just now. */
export type TrainingCopy = { readonly opened: Opened; readonly made: boolean };

/**
 * Opens the training copy at `url`, made if the database there is empty; without an URL, a throw-away one in memory.
 * `--at` sets its clock. The caller closes its house. Throws Failure for a working database, and DatabaseAway.
 */
export async function openTrainingCopy(context: Context, url: string | undefined): Promise<TrainingCopy> {
  const house = url === undefined ? openHouse(THROW_AWAY) : openFor(context, url, true);
  return fillTrainingCopy(context, house, momentAsked(context));
}

/**
 * Makes a training copy of a house, if it is empty, and opens it; its clock stands at `at` (null: it follows the real one, or stays
 * where it stands). Closes the house where that fails. Throws Failure for a working database, and DatabaseAway.
 */
export async function fillTrainingCopy(context: Context, house: House, at: Instant | null): Promise<TrainingCopy> {
  try {
    await prepare(house);
    const { kind } = await makeTrainingCopy(house, { at });
    const say = context.words.commands.refusal;
    if (kind === 'not-empty') throw refused(say.isWorkingDatabase(house.where));
    if (kind === 'training' && at !== null)
      hoped(await house.at(context.machine.clock)(COMMAND_LINE_SEAT, markTraining, { clock: at }), say);
    return { opened: await readOpened(context, house), made: kind === 'made' };
  } catch (error) {
    await house.close();
    throw error;
  }
}
