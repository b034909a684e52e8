import type { Institution } from '../circulation/institutions.ts';
import type { Words } from '../circulation/network.ts';
import { LONGEST_NAME, LONGEST_PASSWORD } from '../circulation/passwords.ts';
import { notValid, signedIn } from './patron-sign-in.ts';
import type { NotValid, SignedInPatron } from './patron-sign-in.ts';
import { action } from './perform.ts';
import type { Desk, Perform, Refusal, Seat } from './perform.ts';
import {
  isLocked,
  nameSubject,
  recordFailure,
  subjectFailed,
  takeBack,
  terminalFailed,
  terminalWaits,
} from './sign-in-attempts.ts';
import type { Counted, Wait } from './sign-in-attempts.ts';

/** What an institution's directory says of a name and a password. */
export type DirectoryAnswer =
  | {
      readonly kind: 'known';
      /** By which the record here may be called, the likeliest first. */
      readonly identifiers: readonly string[];
    }
  | { readonly kind: 'wrong' }
  /** It cannot be asked, or has not answered in time. */
  | { readonly kind: 'away' };

/** The institutions' directories. Neither throws, and both answer within the institution's `timeout`. */
export type Directory = {
  /** Asks with somebody's password; an empty one is always `wrong`. */
  verify(institution: Institution, name: string, password: string): Promise<DirectoryAnswer>;
  /** Whether it can be asked now: nobody's password is tried. */
  answers(institution: Institution): Promise<boolean>;
};

type MemberRequest = { readonly institution: string; readonly name: string; readonly password: string };

/** More identifiers than that are not looked up. */
const MOST_IDENTIFIERS = 20;

/** Failures that were counted before it was known whether they are any. `name` null: it was locked, and nothing more counts. */
type CountedTry = { readonly name: Counted | null; readonly terminal: Counted };

type Begun = { readonly kind: 'try' | 'locked'; readonly institution: Institution; readonly counted: CountedTry };
type MayTry = Begun | Wait | Refusal;

/**
 * Counts a try before it is made, for the name and for the terminal: the institution's own account is never locked by ours, and
 * nobody gets tries for nothing by cutting them off. Known to this file alone.
 */
const memberMayTry = action(
  'member-may-try',
  { permission: null, kiosk: 'anybody' },
  async (desk: Desk, { institution: code, name }: Omit<MemberRequest, 'password'>): Promise<MayTry> => {
    const institution = desk.network.institutions?.find((one) => one.code === code);
    if (!institution) return { kind: 'invalid', path: 'institution', problem: 'unknown-code', value: code };
    const wait = await terminalWaits(desk);
    if (wait) return wait;
    const subject = await nameSubject(desk, `institution ${institution.code}`, name);
    const locked = await isLocked(desk, subject);
    const ofName = await subjectFailed(desk, subject);
    const counted = { name: locked ? null : ofName, terminal: await terminalFailed(desk) };
    return { kind: locked ? 'locked' : 'try', institution, counted };
  },
);

type Tried = {
  readonly institution: string;
  readonly answer: DirectoryAnswer;
  readonly counted: CountedTry;
};

/** The first of a member's records that is valid; else why the first of them is not. Undefined: none. */
async function recordOf(desk: Desk, identifiers: readonly string[]): Promise<number | NotValid | undefined> {
  const { records } = desk;
  let ended: NotValid | undefined;
  for (const identifier of identifiers.slice(0, MOST_IDENTIFIERS)) {
    const id = await records.patrons.idByIdentifier(identifier);
    const account = id === undefined ? undefined : await records.patronPasswords.lockedAccount(id);
    if (account?.kind !== 'external') continue;
    const because = notValid(desk, account);
    if (!because) return account.id;
    ended ??= because;
  }
  return ended;
}

/** Notes what a directory has said. Known to this file alone: whoever could do it would be signed in without any password. */
const memberTried = action(
  'member-tried',
  { permission: null, kiosk: 'anybody' },
  async (desk: Desk, { institution, answer, counted }: Tried): Promise<MemberSignIn> => {
    if (answer.kind === 'wrong') {
      await recordFailure(desk, null, { failures: 0, lockedUntil: null });
      return { kind: 'wrong' };
    }
    await takeBack(desk, counted.terminal);
    if (answer.kind === 'away') {
      if (counted.name) await takeBack(desk, counted.name);
      return { kind: 'directory-away' };
    }
    if (counted.name) await desk.records.signInAttempts.clear(counted.name.subject);
    const found = await recordOf(desk, answer.identifiers);
    if (found === undefined) return { kind: 'no-record' };
    return typeof found === 'number' ? signedIn(desk, found, { institution }) : found;
  },
);

export type MemberSignIn =
  | { readonly kind: 'signed-in'; readonly patron: SignedInPatron }
  /** Unknown, wrong, or locked here for a while: told alike. */
  | { readonly kind: 'wrong' }
  | Wait
  /** It says nothing of the name or the password; it is not counted. */
  | { readonly kind: 'directory-away' }
  /** The institution knows them, the library does not (manual XI.2.1): the desk helps. */
  | { readonly kind: 'no-record' }
  | NotValid
  | Refusal;

/** What no directory is ever asked: an empty password would be taken for nobody's, and accepted (RFC 4513, 5.1.2). */
const isAskable = ({ name, password }: MemberRequest): boolean =>
  name.trim() !== '' &&
  password !== '' &&
  name.length <= LONGEST_NAME &&
  password.length <= LONGEST_PASSWORD &&
  !/\p{Cc}/u.test(name) &&
  !password.includes('\0');

/** What the directory says; a name that is locked here is not tried there, but takes its time. */
async function ask(
  directory: Directory,
  { kind, institution }: Begun,
  request: MemberRequest,
): Promise<DirectoryAnswer> {
  try {
    if (kind === 'try' && isAskable(request))
      return await directory.verify(institution, request.name.trim(), request.password);
    return (await directory.answers(institution)) ? { kind: 'wrong' } : { kind: 'away' };
  } catch {
    return { kind: 'away' };
  }
}

/**
 * Signs a member of an institution in (KIO-02, manual XI.2): the lock of name and terminal first, then the institution's
 * directory outside of any transaction, then the record here, which is always one of the card system's. It takes as long as the
 * directory's `timeout` at the most. Throws DatabaseAway.
 */
export async function signInMember(
  perform: Perform,
  seat: Seat,
  directory: Directory,
  request: MemberRequest,
): Promise<MemberSignIn> {
  const { institution, name } = request;
  const may = await perform(seat, memberMayTry, { institution, name });
  if (!('counted' in may)) return may;
  const answer = await ask(directory, may, request);
  return perform(seat, memberTried, { institution, answer, counted: may.counted });
}

export type InstitutionChoices =
  | {
      readonly kind: 'institutions';
      /** Those of the terminal's campus first, then by name. */
      readonly institutions: readonly { readonly code: string; readonly name: Words; readonly campus: string | null }[];
    }
  | Refusal;

/** The institutions whose members sign in here: none, and only internal readers do (manual XI.1.1). */
export const institutionChoices = action(
  'institution-choices',
  { permission: null, kiosk: 'anybody', readOnly: true },
  async ({ network, kiosk }: Desk): Promise<InstitutionChoices> => {
    const here = network.libraries.find(({ code }) => code === kiosk?.library)?.campus;
    const away = (campus: string | undefined): number => (campus !== undefined && campus === here ? 0 : 1);
    const sorted = (network.institutions ?? []).toSorted(
      (one, other) => away(one.campus) - away(other.campus) || one.name.fr.localeCompare(other.name.fr, 'fr'),
    );
    return {
      kind: 'institutions',
      institutions: sorted.map(({ code, name, campus = null }) => ({ code, name, campus })),
    };
  },
);
