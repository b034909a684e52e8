import { expect } from 'vitest';
import type { Instant } from '../../source/circulation/time.ts';
import { localText, parseLocal } from '../../source/circulation/time.ts';
import type { Network } from '../../source/circulation/network.ts';
import { addItems } from '../../source/desk/add-items.ts';
import type { House } from '../../source/desk/house.ts';
import { lend } from '../../source/desk/lend.ts';
import type { LendRequest } from '../../source/desk/lend.ts';
import { loadNetwork } from '../../source/desk/networks.ts';
import { addPatron } from '../../source/desk/patrons.ts';
import { COMMAND_LINE } from '../../source/desk/perform.ts';
import type { Action, Perform, Refusal, Seat } from '../../source/desk/perform.ts';
import type { Role } from '../../source/desk/permissions.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import type { ReturnRequest } from '../../source/desk/return-item.ts';
import { addStaff } from '../../source/desk/staff-accounts.ts';
import type { NewItem } from '../../source/records/items.ts';
import type { NewPatron } from '../../source/records/patrons.ts';
import { smallNetwork } from './network.ts';

/** A local time of the small network, `2026-06-01T10:00`, as an instant. Throws if it is none. */
export function local(text: string, timeZone = 'Europe/Paris'): Instant {
  const instant = parseLocal(text, timeZone);
  if (instant === undefined) throw new Error(`no local time: ${text}`);
  return instant;
}

/** An instant as `2026-06-22T19:00`, local: what a failing test can be read by. */
export const said = (instant: Instant | null | undefined, timeZone = 'Europe/Paris'): string | null =>
  instant === null || instant === undefined ? null : localText(instant, timeZone);

/** A patron of a test: what is left out is ordinary. */
export type TestPatron = Partial<NewPatron> & { readonly id: string };
/** An item of a test: a book of sci/63S, unless it says otherwise. */
export type TestItem = Partial<NewItem> & { readonly barcode: string };

/** A house with a network and people, and a clock that stands still until the test moves it. */
export type Scene = {
  readonly house: House;
  /** Loads another network as a new version. */
  load(network: Network): Promise<void>;
  /** An operator of every library, `bib`, at `sci/PRET`. */
  readonly bib: Seat;
  readonly now: () => Instant;
  /** Moves the clock to a local time. */
  at(time: string): void;
  readonly perform: Perform;
  /** Does an action at a seat; without one, `bib` does it. */
  act<Request, Outcome>(what: Action<Request, Outcome>, request: Request, seat?: Seat): Promise<Outcome | Refusal>;
  lend(
    patron: LendRequest['patron'],
    barcode: string,
    more?: Partial<LendRequest>,
    seat?: Seat,
  ): ReturnType<typeof lend.run>;
  giveBack(barcode: string, more?: Partial<ReturnRequest>, seat?: Seat): ReturnType<typeof returnItem.run>;
  /** Makes an account without a password and seats it. `library` `*`: everywhere. */
  staff(name: string, role: Role, library?: string, place?: string): Promise<Seat>;
  /** Adds a patron, whose primary identifier is `id`; answers with the record's number. */
  patron(patron: TestPatron): Promise<number>;
  items(...items: readonly TestItem[]): Promise<void>;
};

/** The same person at another place (`LIBRARY/CODE`). */
export function seatAt(seat: Seat, place: string, kind: 'desk' | 'department' = 'desk'): Seat {
  const [library = '', code = ''] = place.split('/');
  return { ...seat, place: { kind, library, code } };
}

/** The command line: it loads networks and adds people and items. */
export const commandLine: Seat = { staff: COMMAND_LINE, place: null };

/** The number in an answer of the kind `added`. */
function idIn(answer: { kind: string; id?: number }): number {
  expect(answer).toMatchObject({ kind: 'added' });
  return answer.id ?? 0;
}

/**
 * Opens a house for a test: loads the network (the small one unless another is given), makes the operator `bib`, and
 * sets the clock to Monday 1 June 2026, 10:00, or to `at`.
 */
export async function setScene(
  house: House,
  { network = smallNetwork, at = '2026-06-01T10:00' }: { network?: Network; at?: string } = {},
): Promise<Scene> {
  let now = local(at, network.timeZone);
  const perform = house.at(() => now);
  const setUp = async <Request, Outcome>(what: Action<Request, Outcome>, request: Request) =>
    perform(commandLine, what, request);
  const load: Scene['load'] = async (next) => {
    expect(await setUp(loadNetwork, { network: next, difference: [] })).toMatchObject({ kind: 'loaded' });
  };
  await load(network);

  const staff: Scene['staff'] = async (name, role, library = '*', place = 'sci/PRET') => {
    const roles = [{ role, library }];
    const id = idIn(await setUp(addStaff, { name, password: null, roles }));
    return seatAt({ staff: { id, name, displayName: name, roles }, place: null }, place);
  };
  const bib = await staff('bib', 'operator');

  return {
    house,
    load,
    bib,
    now: () => now,
    at: (time) => {
      now = local(time, network.timeZone);
    },
    perform,
    act: async (what, request, seat = bib) => perform(seat, what, request),
    lend: async (patron, barcode, more = {}, seat = bib) => perform(seat, lend, { patron, barcode, ...more }),
    giveBack: async (barcode, more = {}, seat = bib) => perform(seat, returnItem, { barcode, ...more }),
    staff,
    patron: async ({ id, ...more }) =>
      idIn(
        await setUp(addPatron, {
          lastName: `Name ${id}`,
          firstName: 'Ana',
          group: 'L',
          expiry: '2027-10-30',
          identifiers: [{ type: 'primary', value: id }],
          ...more,
        }),
      ),
    items: async (...items) => {
      const whole = items.map((one) => {
        const location = one.location ?? 'sci/63S';
        const library = location.split('/')[0] ?? '';
        return { title: `Title ${one.barcode}`, material: 'BOOK', ...one, location, library };
      });
      expect(await setUp(addItems, { items: whole })).toMatchObject({ kind: 'added' });
    },
  };
}
