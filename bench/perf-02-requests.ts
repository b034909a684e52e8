// PERF-02 with 20,000 open requests: pick list, hold shelves, scans that fill a request, placing one where fifty wait.
import { openHouse } from '../source/desk/house.ts';
import { placeRequest } from '../source/desk/requests-place.ts';
import { BUSY_LIBRARY, NOW } from './data-set/scale.ts';
import type { Bench, Measurement, Result } from './result.ts';
import type { BenchDatabase } from './support/databases.ts';
import { atDesk, KEYS, listOf } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import { latency } from './support/latency.ts';
import { operatorAt } from './support/seat.ts';
import { timed } from './support/statistics.ts';
import { waitingSupply } from './support/waiting.ts';
import type { WaitingSupply } from './support/waiting.ts';

/** Calm for so long: the key before is done with. */
const CALM_MS = 60;
/** Not counted: the program has not been used yet. As many as before the scans of a visit. */
const WARM_UP = 20;

/** The first line below the heads of a list, and the last one that fits. */
const FIRST = 9;
const LAST = 21;

const lineOf = (screen: string, row: number): string => screen.split('\n')[row] ?? '';
const isChosen = (screen: string, row: number): boolean => lineOf(screen, row).startsWith(' ▸');

/** Presses a key; answers with the milliseconds until the screen is as wanted. */
async function pressed({ terminal }: Desk, key: string, wanted: (screen: string) => boolean): Promise<number> {
  const start = performance.now();
  terminal.write(key);
  const at = await terminal.shown(wanted);
  await terminal.calm(CALM_MS);
  return at - start;
}

/** So many of the first rounds do not count: of few, a third. */
const warmUpOf = (count: number): number => Math.min(WARM_UP, Math.ceil(count / 3));

async function repeated(count: number, once: (round: number) => Promise<readonly number[]>): Promise<number[]> {
  const times: number[] = [];
  const warmUp = warmUpOf(count);
  for (let round = 0; round < count + warmUp; round += 1) {
    const some = await once(round);
    if (round >= warmUp) times.push(...some);
  }
  return times;
}

const toReturns = async (desk: Desk): Promise<number> =>
  pressed(desk, KEYS.returns, (screen) => lineOf(screen, 2).trim() === 'RETOURS');

const isFull = (head: string) => (screen: string) =>
  lineOf(screen, 2).includes(head) && isChosen(screen, FIRST) && lineOf(screen, LAST).trim() !== '';

const openPicks = async (desk: Desk): Promise<number> =>
  pressed(desk, KEYS.pickList, isFull(`PRENDRE EN RAYON · ${BUSY_LIBRARY}`));

async function pickListOpened(desk: Desk, count: number): Promise<number[]> {
  return repeated(count, async () => {
    await toReturns(desk);
    return [await openPicks(desk)];
  });
}

async function pickListScrolled(desk: Desk, count: number): Promise<number[]> {
  await openPicks(desk);
  return repeated(count, async () => {
    const before = lineOf(desk.terminal.screen(), LAST);
    return [await pressed(desk, KEYS.pageDown, (screen) => isChosen(screen, LAST) && lineOf(screen, LAST) !== before)];
  });
}

/** From the key that keeps the filter until its lines are there; *here* and *elsewhere* take turns. */
async function pickListFiltered(desk: Desk, count: number): Promise<number[]> {
  return repeated(count, async (round) => {
    await toReturns(desk);
    await openPicks(desk);
    await pressed(desk, KEYS.edit, (screen) => screen.includes('FILTRER'));
    await pressed(desk, KEYS.down, (screen) => lineOf(screen, FIRST + 1).startsWith(' ▸ Destination'));
    for (let step = 0; step <= round % 2; step += 1)
      await pressed(desk, KEYS.right, (screen) => !lineOf(screen, FIRST + 1).includes('tous'));
    return [await pressed(desk, KEYS.save, (screen) => !screen.includes('FILTRER') && isChosen(screen, FIRST))];
  });
}

async function shelfOpened(desk: Desk, count: number): Promise<number[]> {
  return repeated(count, async () => {
    await toReturns(desk);
    return [await pressed(desk, KEYS.holdShelf, isFull(`ÉTAGÈRE · ${BUSY_LIBRARY} [Actives`))];
  });
}

/** The lists of the expired shelf, one after the other. */
async function expiredOpened(desk: Desk, count: number): Promise<number[]> {
  return repeated(Math.ceil(count / 4), async () => {
    await toReturns(desk);
    await pressed(desk, KEYS.holdShelf, isFull('[Actives'));
    const times: number[] = [];
    for (const list of ['Remettre', 'Envoyer', 'Suivante', 'Expiré'])
      times.push(
        await pressed(desk, KEYS.otherList, (screen) => screen.includes(`[${list}`) && isChosen(screen, FIRST)),
      );
    return times;
  });
}

/** Where the item is to go to its requester: the first line of what was scanned here says so. */
const SENT = /ÉTAGÈRE|NAVETTE/;

/** Scans items that all fill a request; the line of each is the first of the list. */
async function scanned(desk: Desk, barcodes: readonly string[], count: number): Promise<number[]> {
  if (barcodes.length < count + warmUpOf(count))
    throw new Error('the data set has too few requests: use a larger scale');
  return repeated(count, async (round) => {
    const before = lineOf(desk.terminal.screen(), FIRST);
    return [
      await pressed(desk, `${barcodes[round] ?? ''}\r`, (screen) => {
        const line = lineOf(screen, FIRST);
        return line !== before && SENT.test(line) && listOf(screen).includes('▸');
      }),
    ];
  });
}

async function scansOf(desk: Desk, supply: WaitingSupply, count: number): Promise<Record<string, number[]>> {
  await toReturns(desk);
  const filled = await scanned(desk, supply.recalled, count);
  const popular = await scanned(desk, supply.popular, Math.min(count, Math.floor(supply.popular.length / 2)));
  await pressed(desk, KEYS.scanIn, (screen) => screen.includes('SCANNER LES EXEMPLAIRES'));
  const picked = await scanned(desk, supply.picks, count);
  return {
    'a return that fills a request': filled,
    'a return where 50 wait': popular,
    'a scan-in that confirms a pick': picked,
  };
}

/** Somebody asks for a title for which very many wait. */
async function placed(on: BenchDatabase, titles: readonly number[], count: number): Promise<number[]> {
  const house = openHouse(on.url);
  try {
    const perform = house.at(() => NOW);
    const seat = operatorAt(BUSY_LIBRARY);
    return await repeated(count, async (round) => {
      const { id: patron } = on.supply.borrower();
      const request = { patron, title: titles[round % titles.length] ?? 1, pickup: BUSY_LIBRARY };
      return [
        await timed(async () => {
          const outcome = await perform(seat, placeRequest, request);
          if (outcome.kind !== 'placed') throw new Error(`it was to be placed: ${JSON.stringify(outcome)}`);
        }),
      ];
    });
  } finally {
    await house.close();
  }
}

async function measured(on: BenchDatabase, { quick, scale }: Bench): Promise<Result[]> {
  const count = quick ? 8 : 80;
  const supply = await waitingSupply(on, scale);
  const times = await atDesk(
    on,
    async (desk) => ({
      'pick list opened': await pickListOpened(desk, count),
      'pick list, a page on': await pickListScrolled(desk, quick ? 4 : 60),
      'pick list filtered': await pickListFiltered(desk, count / 2),
      'hold shelf opened': await shelfOpened(desk, count),
      'expired shelf, one of its lists': await expiredOpened(desk, count),
      ...(await scansOf(desk, supply, count)),
    }),
    BUSY_LIBRARY,
  );
  const place = { 'a request placed where 50 wait, action level': await placed(on, supply.titles, count) };
  return Object.entries({ ...times, ...place }).map(([what, values]) =>
    latency({ id: 'PERF-02', what, database: on.name }, values),
  );
}

export const measureRequests: Measurement = async (bench) => {
  const results: Result[] = [];
  for (const name of bench.databases) results.push(...(await measured(await bench.database(name), bench)));
  return results;
};
