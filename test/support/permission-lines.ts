import type { Action } from '../../source/desk/perform.ts';
import { ROLES } from '../../source/desk/permissions.ts';
import type { Role } from '../../source/desk/permissions.ts';
import type { World } from './world.ts';

export const DESK_STAFF: Role[] = ['limited-operator', 'operator', 'manager'];
export const PATRON_STAFF: Role[] = [...DESK_STAFF, 'user-administrator'];
export const PATRON_EDITORS: Role[] = ['operator', 'manager', 'user-administrator'];
export const CATALOGUE_EDITORS: Role[] = ['operator', 'manager', 'cataloguer'];
export const EVERY_ROLE: Role[] = [...ROLES];
export const LIST_READERS: Role[] = EVERY_ROLE.filter((role) => role !== 'limited-operator');
export const NETWORK: Role[] = ['network-administrator'];

/** Does an action somewhere, as somebody. */
export type Act = <Request, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  request: Request,
) => Promise<{ kind: string }>;

/** One action as this table has it: who may do it (DESK-02), whether it needs a desk, and how it is done with success. */
export type Line = {
  readonly name: string;
  readonly roles: readonly Role[] | 'anybody';
  readonly desk: boolean;
  /** Concerns holdings or items of `sci`: a role of another library does not do, wherever one sits. */
  readonly ofLibrary?: boolean;
  /** Needs a desk or a department (SCAN-01). */
  readonly place?: boolean;
  readonly readOnly: boolean;
  /** What kind of answer says that it was done. */
  readonly done: string;
  /** Makes what the request speaks of; the same request can then be refused to one and done by another. */
  readonly prepare: (world: World) => Promise<(act: Act) => Promise<{ kind: string }>>;
};

/**
 * A line of the table: the action, who may do it, a request with which it succeeds (as it is, or made anew each time from
 * a world of things), whether it needs a desk, and the kind of its answer when it is done.
 */
export function lineOf<Request, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  roles: Line['roles'],
  request: Request | ((world: World) => Promise<Request>),
  desk = false,
  done = '',
): Line {
  const prepare: Line['prepare'] = async (world) => {
    const made = typeof request === 'function' ? await (request as (world: World) => Promise<Request>)(world) : request;
    return async (act) => act(what, made);
  };
  return { name: what.name, roles, desk, readOnly: what.readOnly, done, prepare };
}

export const ofLibrary = (line: Line): Line => ({ ...line, ofLibrary: true });
export const atPlace = (line: Line): Line => ({ ...line, place: true });

/** A window of the lists that the table reads. */
export const window = { offset: 0, limit: 10 };
/** Where an action needs a desk, and where not. */
export const DESK = true;
export const NO_DESK = false;
export const ofPatron = async ({ patron }: World) => ({ patron: await patron() });
export const inWindow = async ({ patron }: World) => ({ patron: await patron(), window });
