import { CODE_TRIES, codeKey, LONGEST_NAME, LONGEST_PASSWORD } from '../circulation/passwords.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { PatronAccount, StoredCode } from '../records/patron-passwords.ts';
import type { Records } from '../records/records.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import { passwordProblem } from './patron-passwords.ts';
import type { NotAPassword } from './patron-passwords.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { isLocked, recordFailure, subjectOf, terminalFailed, terminalWaits, tryFailed } from './sign-in-attempts.ts';
import type { Wait } from './sign-in-attempts.ts';

type Wrong = { readonly kind: 'wrong' };
const WRONG: Wrong = { kind: 'wrong' };

/** Nobody's number: what is asked of it is asked, and takes as long, and finds nothing. */
const NOBODY_S = 0;

/** Whom a name means, as long as they have a password here: a member of an institution signs in elsewhere (KIO-02). Two statements. */
export async function accountCalled(records: Records, name: string): Promise<PatronAccount | undefined> {
  const id = await records.patronPasswords.patronCalled(name.slice(0, LONGEST_NAME));
  const account = await records.patronPasswords.account(id ?? NOBODY_S);
  return account?.kind === 'internal' ? account : undefined;
}

/** What was found before the transaction: whom the name means, the hash that was compared, whether it was right. */
type Checked = { readonly patron: number | null; readonly hash: string | null; readonly right: boolean };

type SignInRequest = { readonly id: string; readonly password: string };

/** As slow for a name that nobody has as for a wrong password (REL-07); more than anybody types is not looked at. */
async function checkPassword(records: Records, { id, password }: SignInRequest, cost: PasswordCost): Promise<Checked> {
  const account = await accountCalled(records, id);
  const hash = account?.hash ?? null;
  const right = await verifyPassword(password.slice(0, LONGEST_PASSWORD + 1), hash, cost);
  return { patron: account?.id ?? null, hash, right: right && password.length <= LONGEST_PASSWORD };
}

/** Who has signed in, as the terminal may know them: what is their own. */
export type SignedInPatron = {
  readonly id: number;
  /** The primary one. */
  readonly identifier: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: string;
  readonly kind: 'internal' | 'external';
};

/** The record has ended (manual IX.2.1.1): said to who has proved that it is theirs. */
export type NotValid = { readonly kind: 'not-valid'; readonly because: 'expired' | 'inactive' };

/** Why nobody signs in to a record any more; undefined: they do. The last valid day is one. */
export function notValid({ now, network }: Desk, { status, expiry }: PatronAccount): NotValid | undefined {
  if (status === 'inactive') return { kind: 'not-valid', because: 'inactive' };
  const isOver = expiry !== null && expiry < dayOf(now, network.timeZone);
  return isOver ? { kind: 'not-valid', because: 'expired' } : undefined;
}

/** Signs somebody in who has proved who they are, and writes it down. */
export async function signedIn(
  desk: Desk,
  patronId: number,
  how: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly kind: 'signed-in'; readonly patron: SignedInPatron }> {
  const found = await desk.records.patrons.byId(patronId);
  if (!found) throw new Error(`patron ${patronId} was locked and is not there`);
  const { id, firstName, lastName, language, kind, identifiers } = found;
  const where = desk.kiosk ? { terminal: desk.kiosk.terminal } : {};
  await recordAbout(desk, 'patron-signed-in', id, { ...where, ...how });
  const identifier = identifiers[0]?.value ?? '';
  return { kind: 'signed-in', patron: { id, identifier, firstName, lastName, language, kind } };
}

export type PatronSignIn =
  | { readonly kind: 'signed-in'; readonly patron: SignedInPatron }
  /** Unknown, wrong, without a password, or locked for a while: told alike. */
  | Wrong
  /** This terminal has to wait, whoever asks. */
  | Wait
  /** The password was right, and does not help. */
  | NotValid
  | Refusal;

/**
 * Signs a patron in at their own terminal (KIO-02, USR-11) by any identifier, or an e-mail address that nobody else has.
 * Failures lock the account and the terminal for a growing time. The account's lock is never said: the answer to somebody who
 * guesses is always the same, and costs the same statements and one slow hash, whether the name is anybody's or not.
 */
export const signInPatron = action(
  'sign-in-patron',
  { permission: null, kiosk: 'anybody', prepare: checkPassword },
  async (desk: Desk, { id }: SignInRequest, checked: Checked): Promise<PatronSignIn> => {
    const { records } = desk;
    const wait = await terminalWaits(desk);
    if (wait) return wait;
    const account = await records.patronPasswords.lockedAccount(checked.patron ?? NOBODY_S);
    const subject = await subjectOf(desk, account?.id ?? null, 'sign-in', id);
    const locked = await isLocked(desk, subject);
    const right = checked.right && checked.hash === account?.hash && account.kind === 'internal';
    if (locked || !account || !right) {
      await tryFailed(desk, subject, account?.id ?? null);
      return WRONG;
    }
    await records.signInAttempts.clear(subject);
    return notValid(desk, account) ?? signedIn(desk, account.id);
  },
);

type RedeemRequest = { readonly id: string; readonly code: string; readonly password: string };

/** What was found before the transaction. `hash`: of the new password, where the code was right. */
type CheckedCode = { readonly patron: number | null; readonly code: number | null; readonly hash: string | null };

const isAlive = (code: StoredCode, now: Instant): boolean =>
  code.usedAt === null && code.expiresAt > now && code.failures < CODE_TRIES;

async function checkCode(
  records: Records,
  { id, code, password }: RedeemRequest,
  cost: PasswordCost,
): Promise<CheckedCode> {
  if (passwordProblem(password)) return { patron: null, code: null, hash: null };
  const account = await accountCalled(records, id);
  const stored = await records.patronPasswords.code(account?.id ?? NOBODY_S);
  const right = await verifyPassword(codeKey(code.slice(0, LONGEST_PASSWORD)), stored?.hash ?? null, cost);
  return {
    patron: account?.id ?? null,
    code: stored?.id ?? null,
    hash: right ? await hashPassword(password, cost) : null,
  };
}

export type CodeRedeemed = { readonly kind: 'password-set' } | NotAPassword | Wrong | Wait | Refusal;

/**
 * Sets a patron's password by a one-time code (USR-11): the latest one, within 24 hours, once, and not after five wrong
 * tries; an account that was locked is open again. A password that is too weak is refused before the code is looked at.
 * `wrong`: also where nobody has that name. A failure counts for the code and for the terminal.
 */
export const redeemCode = action(
  'redeem-code',
  { permission: null, kiosk: 'anybody', prepare: checkCode },
  async (desk: Desk, request: RedeemRequest, checked: CheckedCode): Promise<CodeRedeemed> => {
    const { records, now } = desk;
    const weak = passwordProblem(request.password);
    if (weak) return weak;
    const wait = await terminalWaits(desk);
    if (wait) return wait;
    const account = await records.patronPasswords.lockedAccount(checked.patron ?? NOBODY_S);
    const code = await records.patronPasswords.code(account?.id ?? NOBODY_S);
    // A code that has been replaced meanwhile is not tried against its successor.
    const isTried =
      account?.kind === 'internal' && code !== undefined && code.id === checked.code && isAlive(code, now);
    if (!isTried || checked.hash === null) {
      await records.patronPasswords.codeFailed(isTried ? code.id : NOBODY_S);
      await terminalFailed(desk);
      await recordFailure(desk, account?.id ?? null, { failures: isTried ? code.failures + 1 : 0, lockedUntil: null });
      return WRONG;
    }
    await records.patronPasswords.codeUsed(code.id, now);
    await records.patronPasswords.set(account.id, checked.hash, now);
    await recordAbout(desk, 'code-used', account.id, {});
    await recordAbout(desk, 'password-set', account.id, { by: 'patron' });
    return { kind: 'password-set' };
  },
);
