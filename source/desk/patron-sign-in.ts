import { CODE_TRIES, codeKey, waitAfter } from '../circulation/passwords.ts';
import { dayOf } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import type { StoredCode } from '../records/patron-passwords.ts';
import type { PatronView } from '../records/patrons.ts';
import type { Records } from '../records/records.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import { passwordProblem } from './patron-passwords.ts';
import type { NotAPassword } from './patron-passwords.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

type Wrong = { readonly kind: 'wrong' };
const WRONG: Wrong = { kind: 'wrong' };

/** Whom a name means, as long as they have a password here: a member of an institution signs in elsewhere (KIO-02). */
async function accountCalled(records: Records, name: string): Promise<PatronView | undefined> {
  const id = await records.patronPasswords.patronCalled(name);
  const patron = id === undefined ? undefined : await records.patrons.byId(id);
  return patron?.kind === 'internal' ? patron : undefined;
}

/** Nobody was signed in: who tried is known only where the account is; what was typed is written down nowhere. */
async function recordFailure(
  desk: Desk,
  patronId: number | null,
  data: { readonly failures: number; readonly lockedUntil: Instant | null },
): Promise<Wrong> {
  const event = { at: desk.now, staffId: staffId(desk), desk: placeName(desk.place), patronId, data };
  await desk.records.events.append({ ...event, kind: 'patron-sign-in-failed' });
  return WRONG;
}

/** What was found before the transaction: whom the name means, the hash that was compared, whether it was right. */
type Checked = { readonly patron: number | null; readonly hash: string | null; readonly right: boolean };

type SignInRequest = { readonly id: string; readonly password: string };

/** As slow for a name that nobody has as for a wrong password (REL-07). */
async function checkPassword(records: Records, { id, password }: SignInRequest): Promise<Checked> {
  const patron = await accountCalled(records, id);
  const hash = patron ? (await records.patronPasswords.credentials(patron.id)).hash : null;
  return { patron: patron?.id ?? null, hash, right: await verifyPassword(password, hash) };
}

export type PatronSignIn =
  | { readonly kind: 'signed-in'; readonly patron: PatronView }
  /** Unknown, wrong, without a password, or locked for a while: told alike. */
  | Wrong
  /** The password was right, and does not help: the record has ended (manual IX.2.1.1). */
  | { readonly kind: 'not-valid'; readonly because: 'expired' | 'inactive' }
  | Refusal;

/**
 * Signs a patron in at their own terminal (KIO-02, USR-11) by any identifier, or an e-mail address that nobody else has.
 * Failures lock the account for a growing time, without saying so: the answer to somebody who guesses is always the same.
 */
export const signInPatron = action(
  'sign-in-patron',
  { permission: null, prepare: checkPassword },
  async (desk: Desk, _: SignInRequest, checked: Checked): Promise<PatronSignIn> => {
    const { records, network, now } = desk;
    if (checked.patron === null) return recordFailure(desk, null, { failures: 0, lockedUntil: null });
    const locked = await records.patrons.locked(checked.patron);
    const patron = locked && (await records.patrons.byId(locked.id));
    if (!patron) return recordFailure(desk, null, { failures: 0, lockedUntil: null });
    const { hash, failures: before, lockedUntil } = await records.patronPasswords.credentials(patron.id);
    if (lockedUntil !== null && lockedUntil > now)
      return recordFailure(desk, patron.id, { failures: before, lockedUntil });
    if (!checked.right || checked.hash !== hash || patron.kind === 'external') {
      const failures = await records.patronPasswords.failed(patron.id);
      const wait = waitAfter(failures);
      if (wait > 0) await records.patronPasswords.lockUntil(patron.id, now + wait);
      return recordFailure(desk, patron.id, { failures, lockedUntil: wait > 0 ? now + wait : null });
    }
    await records.patronPasswords.succeeded(patron.id);
    if (patron.status === 'inactive') return { kind: 'not-valid', because: 'inactive' };
    if (patron.expiry !== null && patron.expiry < dayOf(now, network.timeZone))
      return { kind: 'not-valid', because: 'expired' };
    await recordAbout(desk, 'patron-signed-in', patron.id, {});
    return { kind: 'signed-in', patron };
  },
);

type RedeemRequest = { readonly id: string; readonly code: string; readonly password: string };

/** What was found before the transaction. `hash`: of the new password, where the code was right. */
type CheckedCode = { readonly patron: number | null; readonly code: number | null; readonly hash: string | null };

const isAlive = (code: StoredCode, now: Instant): boolean =>
  code.usedAt === null && code.expiresAt > now && code.failures < CODE_TRIES;

async function checkCode(records: Records, { id, code, password }: RedeemRequest): Promise<CheckedCode> {
  if (passwordProblem(password)) return { patron: null, code: null, hash: null };
  const patron = await accountCalled(records, id);
  const stored = patron && (await records.patronPasswords.code(patron.id));
  const right = await verifyPassword(codeKey(code), stored?.hash ?? null);
  return { patron: patron?.id ?? null, code: stored?.id ?? null, hash: right ? await hashPassword(password) : null };
}

export type CodeRedeemed = { readonly kind: 'password-set' } | NotAPassword | Wrong | Refusal;

/**
 * Sets a patron's password by a one-time code (USR-11): the latest one, within 24 hours, once, and not after five wrong
 * tries. A password that is too weak is refused before the code is looked at. `wrong`: also where nobody has that name.
 */
export const redeemCode = action(
  'redeem-code',
  { permission: null, prepare: checkCode },
  async (desk: Desk, request: RedeemRequest, checked: CheckedCode): Promise<CodeRedeemed> => {
    const { records, now } = desk;
    const weak = passwordProblem(request.password);
    if (weak) return weak;
    const patron = checked.patron === null ? undefined : await records.patrons.locked(checked.patron);
    const code = patron && (await records.patronPasswords.code(patron.id));
    const nothing = { failures: 0, lockedUntil: null };
    // A code that has been replaced meanwhile is not tried against its successor.
    if (!patron || patron.kind === 'external' || !code || code.id !== checked.code || !isAlive(code, now))
      return recordFailure(desk, patron?.id ?? null, nothing);
    if (checked.hash === null) {
      await records.patronPasswords.codeFailed(code.id);
      return recordFailure(desk, patron.id, { ...nothing, failures: code.failures + 1 });
    }
    await records.patronPasswords.codeUsed(code.id, now);
    await records.patronPasswords.set(patron.id, checked.hash, now);
    await recordAbout(desk, 'code-used', patron.id, {});
    await recordAbout(desk, 'password-set', patron.id, { by: 'patron' });
    return { kind: 'password-set' };
  },
);
