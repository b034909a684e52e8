// A desk in a process of its own: one order a line on standard input, one answer a line on standard output.
import { createInterface } from 'node:readline';
import { DatabaseAway } from '../../source/desk/away.ts';
import { openHouse } from '../../source/desk/house.ts';
import { lend } from '../../source/desk/lend.ts';
import { loadNetwork } from '../../source/desk/networks.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { activateNext, reshelve, send } from '../../source/desk/requests-clear-shelf.ts';
import { markMissing, skipLibrary } from '../../source/desk/requests-missing.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import { addFirstAdministrator } from '../../source/desk/staff-accounts.ts';
import type { Answer, Order } from './other-desk.ts';

const house = openHouse(process.argv[2] ?? '');

async function carryOut({ now, seat, ...order }: Order): Promise<unknown> {
  const perform = house.at(() => now);
  switch (order.what) {
    case 'migrate':
      return house.migrate();
    case 'load':
      return perform(seat, loadNetwork, order.request);
    case 'first-administrator':
      return perform(seat, addFirstAdministrator, order.request);
    case 'lend':
      return perform(seat, lend, order.request);
    case 'return':
      return perform(seat, returnItem, order.request);
    case 'scan-in':
      return perform(seat, scanIn, order.request);
    case 'place':
      return perform(seat, placeRequest, order.request);
    case 'cancel':
      return perform(seat, cancelRequest, order.request);
    case 'skip':
      return perform(seat, skipLibrary, order.request);
    case 'missing':
      return perform(seat, markMissing, order.request);
    case 'reshelve':
      return perform(seat, reshelve, order.request);
    case 'send':
      return perform(seat, send, order.request);
    case 'activate-next':
      return perform(seat, activateNext, order.request);
  }
}

async function answerTo(line: string): Promise<Answer> {
  try {
    return { done: await carryOut(JSON.parse(line) as Order) };
  } catch (error) {
    if (error instanceof DatabaseAway) return { away: error.reason };
    return { failed: String(error) };
  }
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(line))}\n`);
}
await house.close();
