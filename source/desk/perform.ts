import { NoOpenDay } from '../circulation/calendar.ts';
import type { Network } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import type { Database } from '../records/database.ts';
import type { Records } from '../records/records.ts';
import { writeLetters } from './letters-from-events.ts';
import type { PasswordCost } from './passwords.ts';
import { isPermitted } from './permissions.ts';
import type { Grant, Permission } from './permissions.ts';

/** Somebody who works here. `id` 0: the command line itself, without an account. */
export type StaffMember = {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly Grant[];
};

/** A circulation desk or a department where staff sit (DESK-01). */
export type Place = { readonly kind: 'desk' | 'department'; readonly library: string; readonly code: string };

/**
 * A terminal of the patrons (KIO-07): nobody of the staff sits there, and what is done there is done for the patron who has
 * signed in, or for nobody.
 */
export type KioskSeat = {
  /** What the terminal is called: attempts to sign in are counted for each. */
  readonly terminal: string;
  /** The library where it stands; null: none. */
  readonly library: string | null;
  /** Who has signed in; null: nobody. */
  readonly patron: number | null;
};

/** Who acts, and where. With `kiosk` it is no member of staff, whatever `staff` says. */
export type Seat = { readonly staff: StaffMember; readonly place: Place | null; readonly kiosk?: KioskSeat };

/** What an action works with: one transaction, one frozen moment, one person at one desk. */
export type Desk = {
  readonly records: Records;
  readonly network: Network;
  readonly networkVersion: number;
  readonly now: Instant;
  /** The moment at which this is written, where it happened earlier and `now` is when (OFF-05); absent: `now`. */
  readonly actual?: Instant;
  readonly staff: StaffMember;
  readonly place: Place | null;
  /** What a new hash of a password costs here. */
  readonly passwordCost: PasswordCost;
  /** Acts for a patron alone (KIO-07); absent: for the staff. */
  readonly kiosk?: KioskSeat;
};

/** Why an action was not even tried, or what it could not find: values that every caller can meet. */
export type Refusal =
  | { readonly kind: 'not-permitted'; readonly permission: Permission | null; readonly needs: 'desk' | 'role' }
  | { readonly kind: 'unknown'; readonly what: UnknownThing; readonly key: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly problem: InvalidProblem; readonly value?: string };
export type UnknownThing = 'PATRON' | 'ITEM' | 'TITLE' | 'REQUEST' | 'LIBRARY' | 'STAFF';
export type InvalidProblem =
  | 'in-the-future'
  | 'in-the-past'
  | 'taken'
  | 'empty'
  | 'unknown-code'
  | 'not-a-day'
  | 'weak-password'
  | 'no-network'
  | 'codes-in-use'
  | 'no-open-day'
  | 'too-long'
  | 'backwards'
  | 'not-an-email'
  | 'not-a-phone'
  | 'not-a-postal-code'
  | 'placeholder';

type KioskUse = 'anybody' | 'self';

/** One thing that staff can do. It decides by the rules, writes in its transaction, and answers with a value. */
export type Action<Request, Outcome> = {
  readonly name: string;
  /** Null: nobody has to be signed in. */
  readonly permission: Permission | null;
  /** A desk is needed (DESK-01); else any place or none will do, unless … */
  readonly needsDesk: boolean;
  /** … a desk or a department is needed (SCAN-01). */
  readonly needsPlace: boolean;
  /** Only reads: no lock is taken. */
  readonly readOnly: boolean;
  /**
   * What patrons may do at a kiosk (KIO-07): `anybody`, or `self`: who has signed in, for the `patron` (id) of the request, who
   * must be themselves; whatever else the request names is checked by the action. Absent: staff only.
   */
  readonly kiosk: KioskUse | null;
  /** Slow work that needs no lock, done before the transaction: its answer is handed to `run`. */
  readonly prepare?: (records: Records, request: Request, cost: PasswordCost) => Promise<unknown>;
  /**
   * What an attempt at one of these moments at this place has answered, if it was committed; undefined: none was. It locks
   * first what `run` locks first: a server that was only slow may be committing still.
   */
  readonly recall?: (desk: Desk, request: Request, lost: readonly Instant[]) => Promise<Outcome | undefined>;
  run(desk: Desk, request: Request, prepared?: unknown): Promise<Outcome>;
};

type Options<Request, Outcome, Prepared> = {
  readonly permission: Permission | null;
  readonly needsDesk?: boolean;
  readonly needsPlace?: boolean;
  readonly readOnly?: boolean;
  readonly kiosk?: KioskUse;
  readonly prepare?: (records: Records, request: Request, cost: PasswordCost) => Promise<Prepared>;
  readonly recall?: (desk: Desk, request: Request, lost: readonly Instant[]) => Promise<Outcome | undefined>;
};

/** Declares an action. */
export function action<Request, Outcome, Prepared = undefined>(
  name: string,
  {
    permission,
    needsDesk = false,
    needsPlace = needsDesk,
    readOnly = false,
    kiosk,
    prepare,
    recall,
  }: Options<Request, Outcome, Prepared>,
  run: (desk: Desk, request: Request, prepared: Prepared) => Promise<Outcome>,
): Action<Request, Outcome> {
  return {
    name,
    permission,
    needsDesk,
    needsPlace,
    readOnly,
    kiosk: kiosk ?? null,
    ...(prepare ? { prepare } : {}),
    ...(recall ? { recall } : {}),
    run: async (desk, request, prepared) => run(desk, request, prepared as Prepared),
  };
}

/** What may be said of an attempt: how long it is waited for, and what came of those before it. */
export type Attempt = {
  /** Moments of earlier attempts of this very request by this seat whose answer was lost (`DatabaseAway.at`). */
  readonly lost?: readonly Instant[] | undefined;
  /** Aborted: nobody waits any longer. Then it throws at once, and is never committed unless that was under way already. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Does an action: the permission is checked, the transaction opened, retried and closed here. What a lost attempt has done
 * is not done again by an action that can recall it. Throws DatabaseAway.
 */
export type Perform = <Request, Outcome>(
  seat: Seat,
  what: Action<Request, Outcome>,
  request: Request,
  attempt?: Attempt,
) => Promise<Outcome | Refusal>;

/** The current network and its version; it is read again only when another version has been loaded. */
async function currentNetwork(
  records: Records,
  known: { network: Network; version: number } | undefined,
): Promise<{ network: Network; version: number } | undefined> {
  const version = await records.networks.currentVersion();
  return known?.version === version ? known : records.networks.current();
}

/** Whether a kiosk may do an action: what is not declared for patrons is not for them, whatever the screen shows (KIO-07). */
function refusalAtKiosk<Request>(kiosk: KioskSeat, what: Action<Request, unknown>, request: Request) {
  const asked = (request as { readonly patron?: unknown } | undefined)?.patron;
  const isTheirs = what.kiosk === 'self' && kiosk.patron !== null && asked === kiosk.patron;
  if (what.kiosk === 'anybody' || isTheirs) return undefined;
  return { kind: 'not-permitted', permission: what.permission, needs: 'role' } as const;
}

/** Whether a seat may do an action; undefined: yes. */
function refusalFor<Request>(seat: Seat, what: Action<Request, unknown>, request: Request): Refusal | undefined {
  const { permission } = what;
  if (seat.kiosk) return refusalAtKiosk(seat.kiosk, what, request);
  const isPlaced = what.needsDesk ? seat.place?.kind === 'desk' : seat.place !== null || !what.needsPlace;
  if (!isPlaced) return { kind: 'not-permitted', permission, needs: 'desk' };
  if (permission === null || isPermitted(seat.staff.roles, permission, seat.place?.library ?? null)) return undefined;
  return { kind: 'not-permitted', permission, needs: 'role' };
}

/** Actions that work before any network has been loaded (EMPTY_NETWORK is what they see). */
const EMPTY_NETWORK: Network = {
  code: '',
  name: '',
  timeZone: 'UTC',
  requestLimit: 0,
  anonymiseAfterMonths: 3,
  keepLettersDays: 365,
  routing: 'campus',
  campuses: [],
  sites: [],
  groups: [],
  materials: [],
  itemPolicies: [],
  libraries: [],
  loanRules: [],
  limits: [],
  penalties: { graceDays: 0, shortLoan: { upToDays: 7, graceDays: 0 }, daysPerDayLate: 0 },
  blockTypes: [],
  overrides: [],
  cycles: [],
  registrationProfiles: [],
};

/**
 * The one function that owns transaction, clock, permission check and retry. `clock` gives the moment of each action; it
 * is read once per attempt, so that a retried action happens at one moment too. `passwordCost`: of the hashes that are made here.
 */
export function createPerform(database: Database, clock: () => Instant, passwordCost: PasswordCost): Perform {
  let known: { network: Network; version: number } | undefined;
  return async (seat, what, request, { lost = [], signal } = {}) => {
    const refusal = refusalFor(seat, what, request);
    if (refusal) return refusal;
    const { prepare } = what;
    const prepared = prepare
      ? await database.read(async (records) => prepare(records, request, passwordCost), signal)
      : undefined;
    const now = clock();
    const work = async (records: Records) => {
      const current = await currentNetwork(records, known);
      if (current) known = current;
      const network = current?.network ?? EMPTY_NETWORK;
      const desk = { records, network, networkVersion: current?.version ?? 0, now, passwordCost, ...seat };
      const recalled = lost.length > 0 ? await what.recall?.(desk, request, lost) : undefined;
      if (recalled !== undefined) return recalled;
      const outcome = await what.run(desk, request, prepared);
      await writeLetters(desk, records.events.written());
      return outcome;
    };
    try {
      return await (what.readOnly ? database.read(work, signal) : database.transaction(work, { at: now, signal }));
    } catch (error) {
      // A library that never opens again: nothing has been done, and the network file has to be mended (CAL-03).
      if (!(error instanceof NoOpenDay)) throw error;
      return { kind: 'invalid', path: `libraries.${error.library}`, problem: 'no-open-day', value: error.from };
    }
  };
}

/** From when those are asked, told and waited for who are told now: holds, picks, recalls (OFF-05). */
export const actualNow = ({ now, actual }: Pick<Desk, 'now' | 'actual'>): Instant => actual ?? now;

/** `LIBRARY/CODE` of a place, as it is stored and shown; `-` where there is none. */
export function placeName(place: Place | null): string {
  return place ? `${place.library}/${place.code}` : '-';
}

/** The staff id to record; null for the command line. */
export function staffId(desk: Pick<Desk, 'staff'>): number | null {
  return desk.staff.id === 0 ? null : desk.staff.id;
}

/** The command line without an account: it may set the house up, not lend. */
export const COMMAND_LINE: StaffMember = {
  id: 0,
  name: 'command-line',
  displayName: 'command line',
  roles: [
    { role: 'network-administrator', library: '*' },
    { role: 'user-administrator', library: '*' },
    { role: 'cataloguer', library: '*' },
  ],
};
