import { HOLDINGS_OF_ITEMS } from '../../migrations/0006-the-whole-desk.ts';
import type { Network } from '../../source/circulation/network.ts';
import { openHouse } from '../../source/desk/house.ts';
import { loadNetwork, markTraining } from '../../source/desk/networks.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import type { Perform, Seat } from '../../source/desk/perform.ts';
import { runSettleRequests } from '../../source/desk/requests-outdated.ts';
import { markTaken, pickList } from '../../source/desk/requests-pick.ts';
import { addThrowAwayAccounts } from '../../source/desk/setting-the-scene.ts';
import { readNetworkText } from '../../source/exchange/network-file/index.ts';
import { ACCOUNTS } from '../../source/training/accounts.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';
import { catalogueTables, holdings, statesOf, titleWords } from './catalogue.ts';
import { circulationTables } from './circulation.ts';
import { operatorAt } from '../support/seat.ts';
import { patronTables } from './patrons.ts';
import { postgresSink } from './postgres.ts';
import { requestTables } from './request-tables.ts';
import { waitingOf } from './requests.ts';
import { BUSY_LIBRARY, NOW, sizeAt } from './scale.ts';
import { sqliteSink } from './sqlite.ts';
import { wordTables } from './words.ts';

/** The sample network `toulouse`: 49 libraries. */
export function toulouse(): Network {
  const reading = readNetworkText(shippedNetworkText('toulouse') ?? '', 'toulouse.yaml');
  if ('errors' in reading) throw new Error(`toulouse.yaml: ${JSON.stringify(reading.errors.slice(0, 3))}`);
  return reading.network;
}

const OFFICE: Seat = { staff: COMMAND_LINE, place: null };

function must(outcome: { readonly kind: string }, kind: string): void {
  if (outcome.kind !== kind) throw new Error(`the data set: ${JSON.stringify(outcome)}`);
}

/** Makes the database by our own migrations and actions: schema, network, the accounts of the training copy. */
export async function found(url: string, network: Network): Promise<void> {
  const house = openHouse(url);
  try {
    await house.migrate();
    const perform = house.at(() => NOW);
    must(await perform(OFFICE, markTraining, { clock: NOW }), 'changed');
    must(await perform(OFFICE, loadNetwork, { network, difference: [] }), 'loaded');
    const accounts = ACCOUNTS.map(({ role, ...one }) => ({ ...one, roles: [{ role, library: '*' }] }));
    must(await perform(OFFICE, addThrowAwayAccounts, { accounts }), 'added');
  } finally {
    await house.close();
  }
}

/** Of the busy pick list, this many of a hundred lines have their slips printed, and half as many are in a report. */
const IN_HAND_PERCENT = 20;

/** The staff of the busy library has taken a part of its pick list in hand (PICK-02). */
async function takeInHand(perform: Perform): Promise<number> {
  const seat = operatorAt(BUSY_LIBRARY);
  const at = { sort: 'placed' } as const;
  const first = await perform(seat, pickList, { ...at, window: { offset: 0, limit: 1 } });
  if (first.kind !== 'picks') throw new Error(`the data set: ${JSON.stringify(first)}`);
  const limit = Math.ceil((first.total * IN_HAND_PERCENT) / 100);
  const part = await perform(seat, pickList, { ...at, window: { offset: 0, limit } });
  const requests = part.kind === 'picks' ? part.lines.map((one) => one.request) : [];
  must(await perform(seat, markTaken, { requests, as: 'printed' }), 'marked');
  must(await perform(seat, markTaken, { requests: requests.slice(limit / 2), as: 'reported' }), 'marked');
  return first.total;
}

/** Decides who fills the requests that wait, as every night does. Throws where a request could not have been placed. */
async function plan(url: string, say: (line: string) => void): Promise<void> {
  const start = performance.now();
  const house = openHouse(url);
  try {
    const perform = house.at(() => NOW);
    const { titles, changed, notNeeded, notAllowed } = await runSettleRequests(perform);
    if (notNeeded + notAllowed > 0)
      throw new Error(`${notNeeded} + ${notAllowed} requests should not have been placed`);
    const picks = await takeInHand(perform);
    say(
      `  ${changed} requests of ${titles} titles planned, ${picks} picks at ${BUSY_LIBRARY} ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  } finally {
    await house.close();
  }
}

/**
 * Fills an empty database with the data set at a scale (1: the large one). `say` hears what has been written. The same
 * rows on both databases; what comes out passes `guichet db check`.
 */
export async function fill(url: string, scale: number, say: (line: string) => void): Promise<void> {
  const network = toulouse();
  await found(url, network);
  const size = sizeAt(scale);
  const held = holdings(network, size);
  const states = statesOf(network, size, held);
  const waiting = waitingOf(network, size, held, states);
  const kind = url.startsWith('sqlite:') ? 'sqlite' : 'postgres';
  const sink = kind === 'sqlite' ? await sqliteSink(url.slice('sqlite:'.length)) : await postgresSink(url);
  for (const rows of [
    ...patronTables(size, network),
    ...catalogueTables(size, held, states, waiting.elsewhere),
    ...circulationTables(network, size, held, states),
    ...requestTables(size, waiting),
    ...wordTables(kind, titleWords(size, held)),
  ]) {
    const start = performance.now();
    const count = await sink.write(rows);
    say(
      `  ${rows.table.padEnd(20)} ${String(count).padStart(9)} rows ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`,
    );
  }
  const start = performance.now();
  await sink.finish(HOLDINGS_OF_ITEMS);
  say(`  indexes and checks ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await plan(url, say);
}
