import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Network } from '../../source/circulation/network.ts';
import type { LendOutcome, LendRequest } from '../../source/desk/lend.ts';
import type { LoadOutcome } from '../../source/desk/networks.ts';
import type { Seat } from '../../source/desk/perform.ts';
import type { CancelOutcome } from '../../source/desk/requests-cancel.ts';
import type { ShelfCleared, ShelfLines } from '../../source/desk/requests-clear-shelf.ts';
import type { MarkedMissing, SkipOutcome } from '../../source/desk/requests-missing.ts';
import type { PlaceOutcome, PlaceRequest } from '../../source/desk/requests-place.ts';
import type { ScanInOutcome, ScanInRequest } from '../../source/desk/scan-in.ts';
import type { StaffAdded } from '../../source/desk/staff-accounts.ts';
import type { ReturnOutcome, ReturnRequest } from '../../source/desk/return-item.ts';

/** What a desk in another process can be told to do, at a moment, by somebody. */
export type Order = { readonly now: number; readonly seat: Seat } & (
  | { readonly what: 'migrate' }
  | { readonly what: 'load'; readonly request: { readonly network: Network; readonly difference: unknown } }
  | { readonly what: 'first-administrator'; readonly request: { readonly name: string; readonly password: string } }
  | { readonly what: 'lend'; readonly request: LendRequest }
  | { readonly what: 'return'; readonly request: ReturnRequest }
  | { readonly what: 'scan-in'; readonly request: ScanInRequest }
  | { readonly what: 'place'; readonly request: PlaceRequest }
  | { readonly what: 'cancel'; readonly request: { readonly request: number } }
  | { readonly what: 'skip'; readonly request: { readonly request: number } }
  | { readonly what: 'missing'; readonly request: { readonly request: number } }
  | { readonly what: 'reshelve' | 'send' | 'activate-next'; readonly request: ShelfLines }
);
export type Answer = { readonly done: unknown } | { readonly away: string } | { readonly failed: string };

/** A desk in a process of its own, on the same database. */
export type OtherDesk = {
  /** The answer, or `DatabaseAway` with its reason, or the failure, as a value. */
  order(order: Order): Promise<Answer>;
  lend(now: number, seat: Seat, request: LendRequest): Promise<LendOutcome>;
  giveBack(now: number, seat: Seat, request: ReturnRequest): Promise<ReturnOutcome>;
  scanIn(now: number, seat: Seat, request: ScanInRequest): Promise<ScanInOutcome>;
  place(now: number, seat: Seat, request: PlaceRequest): Promise<PlaceOutcome>;
  cancel(now: number, seat: Seat, request: number): Promise<CancelOutcome>;
  skip(now: number, seat: Seat, request: number): Promise<SkipOutcome>;
  missing(now: number, seat: Seat, request: number): Promise<MarkedMissing>;
  clear(now: number, seat: Seat, what: 'reshelve' | 'send' | 'activate-next', lines: ShelfLines): Promise<ShelfCleared>;
  migrate(now: number, seat: Seat): Promise<string[]>;
  load(now: number, seat: Seat, network: Network): Promise<LoadOutcome>;
  addFirstAdministrator(now: number, seat: Seat, request: { name: string; password: string }): Promise<StaffAdded>;
  stop(): Promise<void>;
};

/** What was done, as the order's own answer; throws what failed. */
function doneIn(answer: Answer): unknown {
  if ('done' in answer) return answer.done;
  throw new Error('away' in answer ? `database away: ${answer.away}` : answer.failed);
}

/** Starts a desk on a database and waits until it is ready. `user`: the user and group number to run as (root only). */
export async function startDesk(url: string, user?: number): Promise<OtherDesk> {
  const worker = fileURLToPath(new URL('desk-worker.ts', import.meta.url));
  const identity = user === undefined ? {} : { uid: user, gid: user };
  const child = spawn(process.execPath, ['--no-warnings', worker, url], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...identity,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the other desk has ended');
    return value;
  };
  await next();
  const order = async (one: Order): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(one)}\n`);
    return JSON.parse(await next()) as Answer;
  };
  return {
    order,
    lend: async (now, seat, request) => doneIn(await order({ now, seat, what: 'lend', request })) as LendOutcome,
    giveBack: async (now, seat, request) =>
      doneIn(await order({ now, seat, what: 'return', request })) as ReturnOutcome,
    scanIn: async (now, seat, request) => doneIn(await order({ now, seat, what: 'scan-in', request })) as ScanInOutcome,
    place: async (now, seat, request) => doneIn(await order({ now, seat, what: 'place', request })) as PlaceOutcome,
    cancel: async (now, seat, request) =>
      doneIn(await order({ now, seat, what: 'cancel', request: { request } })) as CancelOutcome,
    skip: async (now, seat, request) =>
      doneIn(await order({ now, seat, what: 'skip', request: { request } })) as SkipOutcome,
    missing: async (now, seat, request) =>
      doneIn(await order({ now, seat, what: 'missing', request: { request } })) as MarkedMissing,
    clear: async (now, seat, what, request) => doneIn(await order({ now, seat, what, request })) as ShelfCleared,
    migrate: async (now, seat) => doneIn(await order({ now, seat, what: 'migrate' })) as string[],
    load: async (now, seat, network) =>
      doneIn(await order({ now, seat, what: 'load', request: { network, difference: [] } })) as LoadOutcome,
    addFirstAdministrator: async (now, seat, request) =>
      doneIn(await order({ now, seat, what: 'first-administrator', request })) as StaffAdded,
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
