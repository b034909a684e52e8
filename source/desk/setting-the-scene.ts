import { scryptSync } from 'node:crypto';
import type { Instant } from '../circulation/time.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Action, Desk, Place, Refusal, StaffMember } from './perform.ts';
import { ROLES } from './permissions.ts';
import { replan } from './plan-queue.ts';
import { enqueue } from './requests-place.ts';
import type { Grant } from './permissions.ts';

/**
 * What sets the scene of a training copy where this version has no desk action for it yet. Each refuses to work on any
 * other database.
 */
type Scened<Done> = Done | Refusal;

const NOT_HERE: Refusal = { kind: 'not-permitted', permission: 'load-network', needs: 'role' };

const isTraining = async ({ records }: Desk): Promise<boolean> =>
  (await records.settings.get('training')) !== undefined;

/** Little work for passwords that are known to everybody: a slow hash would only make the training copy slow to open. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

/** In the form that `passwords.ts` verifies, which reads the cost from the hash. No chance in it: the same copy comes out every time. */
function throwAwayHash(password: string): string {
  const salt = Buffer.from(`training ${password}`);
  const key = scryptSync(password.normalize('NFKC'), salt, 32, CHEAP);
  return ['scrypt', CHEAP.N, CHEAP.r, CHEAP.p, salt.toString('base64'), key.toString('base64')].join('$');
}

export type ThrowAwayAccount = {
  readonly name: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly Grant[];
  /** `LIBRARY/DESK` that is proposed first (DESK-01). */
  readonly place?: string;
  /** Where reports go to (OFF-04). */
  readonly email?: string;
};

/** Makes the throw-away accounts of a training copy (DESK-03), all at once; their passwords are no secret. */
export const addThrowAwayAccounts = action(
  'add-throw-away-accounts',
  { permission: 'load-network' },
  async (
    desk: Desk,
    request: { accounts: readonly ThrowAwayAccount[] },
  ): Promise<Scened<{ readonly kind: 'added' }>> => {
    if (!(await isTraining(desk))) return NOT_HERE;
    const { records, now } = desk;
    for (const { name, displayName, password, roles, place, email } of request.accounts) {
      const id = await records.staff.add({ name, displayName, passwordHash: throwAwayHash(password), roles });
      if (place !== undefined) await records.staff.setLastPlace(id, place);
      if (email !== undefined) await records.staff.setEmail(id, email);
      await records.events.append({
        at: now,
        kind: 'staff-changed',
        staffId: staffId(desk),
        desk: placeName(desk.place),
        data: { name, added: true, roles, ...(email === undefined ? {} : { email: { before: null, after: email } }) },
      });
    }
    return { kind: 'added' };
  },
);

/** Gives readers of a training copy one password, which is no secret, for their own terminal (KIO-02). Nobody else is named. */
export const giveThrowAwayPassword = action(
  'give-throw-away-password',
  { permission: 'load-network' },
  async (
    desk: Desk,
    request: { readonly patrons: readonly string[]; readonly password: string },
  ): Promise<Scened<{ readonly kind: 'added' }>> => {
    if (!(await isTraining(desk))) return NOT_HERE;
    const { records, now } = desk;
    const hash = throwAwayHash(request.password);
    for (const identifier of request.patrons) {
      const id = await records.patrons.idByIdentifier(identifier);
      if (id === undefined) return { kind: 'unknown', what: 'PATRON', key: identifier };
      await records.patronPasswords.set(id, hash, now);
    }
    return { kind: 'added' };
  },
);

/** Puts a patron in the queue of an item's title (of a volume itself, REQ-01), whatever stands against it. */
export const queueRequest = action(
  'queue-request',
  { permission: 'load-network' },
  async (
    desk: Desk,
    request: { patron: string; barcode: string; pickup: string },
  ): Promise<Scened<{ readonly kind: 'placed'; readonly id: number }>> => {
    if (!(await isTraining(desk))) return NOT_HERE;
    const { records } = desk;
    const patronId = await records.patrons.idByIdentifier(request.patron);
    if (patronId === undefined) return { kind: 'unknown', what: 'PATRON', key: request.patron };
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    const { titleId, title } = item;
    await records.requests.lockedQueue(titleId);
    const volume = item.description === null ? null : item;
    const { id } = await enqueue(desk, { patronId, titleId, title, volume, pickup: request.pickup });
    return { kind: 'placed', id };
  },
);

/** Declares the loan of an item lost: it stays open, its item is `LOST_LOAN`. `not-on-loan`: there is none to be lost. */
export const declareLost = action(
  'declare-lost',
  { permission: 'load-network' },
  async (
    desk: Desk,
    request: { barcode: string },
  ): Promise<Scened<{ readonly kind: 'lost'; readonly at: Instant } | { readonly kind: 'not-on-loan' }>> => {
    if (!(await isTraining(desk))) return NOT_HERE;
    const { records, now } = desk;
    const item = await records.items.byBarcode(request.barcode, true);
    if (!item) return { kind: 'unknown', what: 'ITEM', key: request.barcode };
    if (!item.loan) return { kind: 'not-on-loan' };
    await records.loans.markLost(item.loan.id, now);
    await records.items.setProcess(item.id, 'LOST_LOAN', item.at);
    await replan(desk, item.titleId);
    return { kind: 'lost', at: now };
  },
);

/** Something that happened earlier: when, who did it (an account; null: the command line), where, and how it must have turned out. */
export type SceneAct = {
  readonly at: Instant;
  readonly by: string | null;
  readonly place: Place | null;
  readonly play: (desk: Desk) => Promise<{ readonly kind: string }>;
  readonly expects: string;
};

/** An action with its request, done at a moment by somebody; `expects`: the kind of its answer. */
export function sceneAct<Request, Outcome extends { readonly kind: string }>(
  when: Pick<SceneAct, 'at' | 'by' | 'place'>,
  what: Action<Request, Outcome>,
  request: Request,
  expects: string,
): SceneAct {
  return { ...when, play: async (desk) => what.run(desk, request), expects };
}

/** The account of that name with its roles, read where it may have been made a moment ago. */
async function memberCalled({ records }: Desk, name: string): Promise<StaffMember> {
  const account = await records.staff.byName(name);
  if (!account) throw new Error(`a scene knows no account ${name}`);
  const { id, displayName } = account;
  const roles = account.roles.filter((one): one is Grant => (ROLES as readonly string[]).includes(one.role));
  return { id, name, displayName, roles };
}

/**
 * Plays what happened earlier, in order, each act at its own moment, in one transaction: all of it or nothing. Throws (and
 * undoes everything) where an act does not turn out as it must: then the sample is wrong, not its user.
 */
export const playScene = action(
  'play-scene',
  { permission: 'load-network' },
  async (desk: Desk, request: { acts: readonly SceneAct[] }): Promise<Scened<{ readonly kind: 'played' }>> => {
    if (!(await isTraining(desk))) return NOT_HERE;
    const members = new Map<string | null, StaffMember>([[null, desk.staff]]);
    for (const { at, by, place, play, expects } of request.acts) {
      const staff = members.get(by) ?? (await memberCalled(desk, by ?? ''));
      members.set(by, staff);
      const answer = await play({ ...desk, staff, place, now: at });
      if (answer.kind !== expects) throw new Error(`a scene expected ${expects}: ${JSON.stringify(answer)}`);
    }
    return { kind: 'played' };
  },
);
