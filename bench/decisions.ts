// RULES: pure decisions per second on the sample network, so that lists can show due dates and renewability live (issue 3).
import { decideLoan } from '../source/circulation/loan.ts';
import type { ItemFacts, PatronFacts } from '../source/circulation/loan.ts';
import type { Network } from '../source/circulation/network.ts';
import { decideRenewal } from '../source/circulation/renewal.ts';
import { readNetworkText } from '../source/exchange/network-file/index.ts';
import { shippedNetworkText } from '../source/training/networks/index.ts';
import { NOW } from './data-set/scale.ts';
import type { Measurement, Result } from './result.ts';
import { median } from './support/statistics.ts';

const TARGET = 100_000;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const patron: PatronFacts = {
  id: 1,
  group: 'L',
  status: 'active',
  expiry: null,
  late: { count: 0, loans: [] },
  blocks: [],
  openLoans: [{ library: 'sci', location: 'sci/63S', material: 'BOOK', policy: null, count: 3 }],
};

function sampleNetwork(): Network {
  const reading = readNetworkText(shippedNetworkText('toulouse') ?? '', 'toulouse');
  if ('errors' in reading) throw new Error('the sample network is broken');
  return reading.network;
}

/** An item of each of the network's locations, with and without its policies: no two decisions in a row are alike. */
function itemsOf({ libraries, itemPolicies, materials }: Network): ItemFacts[] {
  const policies = [null, null, ...itemPolicies.map((one) => one.code)];
  return libraries.flatMap((library, at) =>
    library.locations.map((location, place) => ({
      id: at,
      barcode: 'B',
      library: library.code,
      location: `${library.code}/${location.code}`,
      material: materials[(at + place) % materials.length]?.code ?? 'BOOK',
      policy: policies[(at * 7 + place) % policies.length] ?? null,
      description: null,
      process: null,
      openLoan: null,
      hold: null,
      transit: null,
      department: null,
      sameTitle: [],
    })),
  );
}

/** Decisions per second: each about another item, some minutes later. */
function rate(count: number, items: readonly ItemFacts[], decide: (item: ItemFacts, now: number) => void): number {
  const before = performance.now();
  for (let done = 0; done < count; done += 1) {
    const item = items[done % items.length];
    if (item) decide(item, NOW + done * 7 * MINUTE);
  }
  return (count * 1000) / (performance.now() - before);
}

/** Loans and renewals decided per second. */
export const measureDecisions: Measurement = async ({ quick }) => {
  const network = sampleNetwork();
  const items = itemsOf(network);
  const count = quick ? 20_000 : 200_000;
  const loan = (item: ItemFacts, now: number) => {
    decideLoan({ network, now, patron, item });
  };
  const renewal = (item: ItemFacts, now: number) => {
    const dates = { loanedAt: now - 9 * DAY, renewedAt: null, due: now + 5 * DAY, lateFrom: now + 6 * DAY };
    decideRenewal({ network, now, patron, loan: { ...item, ...dates, recalled: false, requestWaits: false } });
  };
  const result = (what: string, decide: (item: ItemFacts, now: number) => void): Result => {
    const measured = median(Array.from({ length: 5 }, () => rate(count, items, decide)));
    return { id: 'RULES', what, measured, unit: '/s', target: '≥ 100,000/s', met: measured >= TARGET };
  };
  return [result('loans decided', loan), result('renewals decided', renewal)];
};
