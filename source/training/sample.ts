import { addDays, dayOf, instantOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { addItems } from '../desk/add-items.ts';
import type { House } from '../desk/house.ts';
import { loadNetwork, markTraining } from '../desk/networks.ts';
import { addPatron } from '../desk/patrons.ts';
import { COMMAND_LINE } from '../desk/perform.ts';
import type { Seat } from '../desk/perform.ts';
import { addThrowAwayAccounts, giveThrowAwayPassword, playScene, sceneAct } from '../desk/setting-the-scene.ts';
import { isUnstaffed } from '../desk/staff-accounts.ts';
import { readNetworkText } from '../exchange/network-file/index.ts';
import { ACCOUNTS, MEMBER_PASSWORD } from './accounts.ts';
import { shippedNetworkText } from './networks/index.ts';
import { sampleHistory } from './sample/history.ts';
import { sampleItems } from './sample/items.ts';
import { SAMPLE_PATRONS, recordOf } from './sample/people.ts';

/** The desk that a newcomer is offered first: the one of the tour. */
const FIRST_DESK = 'sci/PRET';

export { ACCOUNTS } from './accounts.ts';
export { SAMPLE_BARCODE, SAMPLE_BARCODES, SAMPLE_ITEMS } from './sample/items.ts';
export { SAMPLE_CARD, SAMPLE_PATRONS, SAMPLE_STATES, patronIn } from './sample/people.ts';
export type { SampleState } from './sample/people.ts';

/** The network of the training copy. */
const NETWORK = 'toulouse';

const SETTER: Seat = { staff: COMMAND_LINE, place: null };

/** `made`; `training`: it is a training copy already; `not-empty`: it is somebody's real database, and untouched. */
export type TrainingCopyMade = { readonly kind: 'made' | 'training' | 'not-empty' };

function sampleNetwork() {
  const text = shippedNetworkText(NETWORK);
  if (text === undefined) throw new Error(`network ${NETWORK} is not shipped`);
  const reading = readNetworkText(text, NETWORK);
  if ('errors' in reading) throw new Error(`network ${NETWORK}: ${JSON.stringify(reading.errors.slice(0, 3))}`);
  return reading.network;
}

/**
 * Makes a training copy of an empty, migrated house (spec 9): the network `toulouse`, throw-away accounts, people in every
 * state of the manual, and items, as they stand at `at` (an instant; null: now, and the clock follows the real one). What
 * comes from history is played by the desk's own actions at earlier moments. The same `at` makes the same copy. An
 * interrupted one is made anew. Throws DatabaseAway.
 */
export async function makeTrainingCopy(
  house: House,
  { at = null }: { readonly at?: Instant | null } = {},
): Promise<TrainingCopyMade> {
  const begin = at ?? Date.now();
  const found = await house.at(() => begin)(SETTER, isUnstaffed, undefined);
  if (found.kind === 'unstaffed' && !found.unstaffed) return { kind: found.training ? 'training' : 'not-empty' };

  const network = sampleNetwork();
  const { timeZone } = network;
  const today = dayOf(begin, timeZone);
  const opened = instantOf(addDays(today, -365), 480, timeZone);
  const perform = house.at(() => opened);
  const marked = await perform(SETTER, markTraining, { clock: at });
  if (marked.kind !== 'changed') return { kind: 'not-empty' };
  await perform(SETTER, loadNetwork, { network, difference: [] });

  const accounts = ACCOUNTS.map(({ name, displayName, password, role, email }) => ({
    name,
    displayName,
    password,
    email,
    roles: [{ role, library: '*' }],
    place: FIRST_DESK,
  }));
  const then = { at: opened, by: null, place: null };
  const people = SAMPLE_PATRONS.map((one) => recordOf(one, today));
  const ownReaders = people.filter((one) => one.kind !== 'external').map((one) => one.identifiers[0]?.value ?? '');
  await perform(SETTER, playScene, {
    acts: [
      sceneAct(then, addThrowAwayAccounts, { accounts }, 'added'),
      sceneAct(then, addItems, { items: sampleItems(network) }, 'added'),
      ...people.map((one) => sceneAct(then, addPatron, one, 'added')),
      ...sampleHistory(today, timeZone),
      sceneAct(then, giveThrowAwayPassword, { patrons: ownReaders, password: MEMBER_PASSWORD }, 'added'),
    ],
  });
  return { kind: 'made' };
}
