import type { Network } from '../circulation/network.ts';
import { waitAfter } from '../circulation/passwords.ts';
import type { Instant } from '../circulation/time.ts';
import type { Records } from '../records/records.ts';
import type { StaffAccount } from '../records/staff.ts';
import { verifyPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { action, COMMAND_LINE, placeName, staffId } from './perform.ts';
import type { Desk, Place, Refusal, StaffMember } from './perform.ts';
import { ROLES, rolesAt } from './permissions.ts';
import type { Grant } from './permissions.ts';

/** A seat before anybody has signed in: it may do nothing that needs a permission. */
export const NOBODY: StaffMember = { id: 0, name: '', displayName: '', roles: [] };

/** Grants as permissions understand them; a role that this version does not know gives nothing. */
function memberOf(account: StaffAccount): StaffMember {
  const known = account.roles.filter((one): one is Grant => (ROLES as readonly string[]).includes(one.role));
  return { id: account.id, name: account.name, displayName: account.displayName, roles: known };
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly staff: StaffMember; readonly lastPlace: string | null }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly until: Instant }
  | Refusal;

type SignInRequest = { readonly name: string; readonly password: string };

/** Whether the password belongs to a hash: slow on purpose, so done before the transaction, where it holds nobody up. */
type Checked = { readonly hash: string | null; readonly right: boolean };

async function checkPassword(
  records: Records,
  { name, password }: SignInRequest,
  cost: PasswordCost,
): Promise<Checked> {
  const hash = (await records.staff.credentials(name.trim()))?.passwordHash ?? null;
  return { hash, right: await verifyPassword(password, hash, cost) };
}

/**
 * Signs staff in by name and password (DESK-01, REL-07). Wrong name and wrong password are told alike; failures lock the
 * account for a growing time.
 */
export const signIn = action(
  'sign-in',
  { permission: null, prepare: checkPassword },
  async ({ records, now }: Desk, request: SignInRequest, checked: Checked): Promise<SignInOutcome> => {
    const name = request.name.trim();
    const found = await records.staff.credentials(name);
    if (!found) return { kind: 'wrong' };
    if (found.lockedUntil && found.lockedUntil > now) return { kind: 'locked', until: found.lockedUntil };
    const right = checked.right && checked.hash === found.passwordHash && found.active;
    const account = right ? await records.staff.byName(name) : undefined;
    if (!account) {
      const failures = await records.staff.failed(found.id);
      const wait = waitAfter(failures);
      const lockedUntil = wait > 0 ? now + wait : null;
      if (lockedUntil !== null) await records.staff.lockUntil(found.id, lockedUntil);
      // The account is known; what somebody typed is not written down: it may be the password, one field too early.
      const data = { failures, lockedUntil };
      await records.events.append({ at: now, kind: 'sign-in-failed', staffId: found.id, desk: null, data });
      return { kind: 'wrong' };
    }
    await records.staff.succeeded(account.id);
    await records.events.append({ at: now, kind: 'signed-in', staffId: account.id, desk: null, data: {} });
    return { kind: 'signed-in', staff: memberOf(account), lastPlace: account.lastPlace };
  },
);

/** The staff member of that name without a password: for training copies, where accounts are thrown away (DESK-03). */
export const recallStaff = action(
  'recall-staff',
  { permission: null, readOnly: true },
  async (
    { records }: Desk,
    request: { name: string },
  ): Promise<{ kind: 'signed-in'; staff: StaffMember; lastPlace: string | null } | Refusal> => {
    const training = await records.settings.get('training');
    const account = training === undefined ? undefined : await records.staff.byName(request.name);
    if (!account) return { kind: 'unknown', what: 'STAFF', key: request.name };
    return { kind: 'signed-in', staff: memberOf(account), lastPlace: account.lastPlace };
  },
);

/** A place that can be chosen, with its names. */
export type PlaceChoice = Place & {
  readonly libraryName: string;
  readonly name: string;
  /** What becomes of scans that arrive while a prompt is open (TUI-02): the library's choice. */
  readonly scansAtPrompt: 'wait' | 'refuse';
};

/** The desks and departments of the libraries where somebody holds a role (DESK-01). */
export function placesOf(network: Network, staff: StaffMember): PlaceChoice[] {
  return network.libraries.flatMap((library) => {
    if (rolesAt(staff.roles, library.code).length === 0) return [];
    const at = { library: library.code, libraryName: library.name, scansAtPrompt: library.scansAtPrompt };
    return [
      ...library.desks.map((one) => ({ kind: 'desk' as const, ...at, code: one.code, name: one.name })),
      ...library.departments.map((one) => ({ kind: 'department' as const, ...at, code: one.code, name: one.name })),
    ];
  });
}

export type PlacesOutcome =
  | { readonly kind: 'places'; readonly places: readonly PlaceChoice[]; readonly timeZone: string }
  | Refusal;

/** Where the person on the seat may sit. */
export const listPlaces = action(
  'list-places',
  { permission: null, readOnly: true },
  async ({ network, staff }: Desk): Promise<PlacesOutcome> => ({
    kind: 'places',
    places: placesOf(network, staff),
    timeZone: network.timeZone,
  }),
);

/** The next time this place is proposed first; where somebody has sat is told by the audit. */
async function rememberPlace(desk: Desk, place: string): Promise<void> {
  const { records, now, staff } = desk;
  const account = staffId(desk) === null ? undefined : await records.staff.byName(staff.name);
  if (!account || account.lastPlace === place) return;
  await records.staff.setLastPlace(account.id, place);
  const data = { before: account.lastPlace, after: place };
  await records.events.append({ at: now, kind: 'place-chosen', staffId: account.id, desk: place, data });
}

/** Sits down at `LIBRARY/CODE` and remembers it for the next time (DESK-01). */
export const choosePlace = action(
  'choose-place',
  { permission: null },
  async (desk: Desk, request: { place: string }): Promise<{ kind: 'seated'; place: PlaceChoice } | Refusal> => {
    const all = placesOf(desk.network, desk.staff);
    const place = all.find((one) => placeName(one).toLowerCase() === request.place.trim().toLowerCase());
    if (!place) {
      const exists = placesOf(desk.network, { ...COMMAND_LINE }).some(
        (one) => placeName(one).toLowerCase() === request.place.trim().toLowerCase(),
      );
      if (exists) return { kind: 'not-permitted', permission: null, needs: 'role' };
      return { kind: 'unknown', what: 'LIBRARY', key: request.place };
    }
    await rememberPlace(desk, placeName(place));
    return { kind: 'seated', place };
  },
);
