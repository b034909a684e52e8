import { LONGEST_PASSWORD } from '../circulation/passwords.ts';
import type { Records } from '../records/records.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import { passwordProblem } from './patron-passwords.ts';
import type { NotAPassword } from './patron-passwords.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { notPermitted } from './personal.ts';
import { accountLocked, signInFailed, terminalWaits } from './sign-in-attempts.ts';
import type { Wait } from './sign-in-attempts.ts';

export type ChangePassword = {
  readonly patron: number;
  /** The one they have now. */
  readonly current: string;
  readonly password: string;
};

/** What was found before the transaction: the hash that was compared; of the new password, where that was right. */
type Checked = { readonly hash: string | null; readonly fresh: string | null };

async function checkBoth(
  records: Records,
  { patron, current, password }: ChangePassword,
  cost: PasswordCost,
): Promise<Checked> {
  if (passwordProblem(password)) return { hash: null, fresh: null };
  const { hash } = await records.patronPasswords.credentials(patron);
  // More than anybody types is not looked at.
  const right = await verifyPassword(current.slice(0, LONGEST_PASSWORD + 1), hash, cost);
  const isTyped = current.length <= LONGEST_PASSWORD;
  return { hash, fresh: right && isTyped ? await hashPassword(password, cost) : null };
}

export type OwnPasswordChanged =
  | { readonly kind: 'password-set' }
  | NotAPassword
  /** The current one is not right, or the account is locked: told alike. */
  | { readonly kind: 'wrong' }
  | Wait
  /** A member of an institution signs in with what the institution gave them (manual XI.2). */
  | { readonly kind: 'external' }
  | Refusal;

/**
 * Changes the password of who has signed in (USR-11): whoever finds a terminal open must know the current one too. A wrong
 * one counts as at the sign-in; one that is too weak is refused before it is looked at. Codes that wait are void.
 */
export const changeOwnPassword = action(
  'change-own-password',
  { permission: 'set-passwords', kiosk: 'self', prepare: checkBoth },
  async (desk: Desk, request: ChangePassword, checked: Checked): Promise<OwnPasswordChanged> => {
    const { records, now } = desk;
    if (!desk.kiosk) return notPermitted('set-passwords');
    const weak = passwordProblem(request.password);
    if (weak) return weak;
    const wait = await terminalWaits(desk);
    if (wait) return wait;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (patron.kind === 'external') return { kind: 'external' };
    const { hash } = await records.patronPasswords.credentials(patron.id);
    const isLocked = await accountLocked(desk, patron.id);
    if (checked.fresh === null || checked.hash !== hash || isLocked) {
      await signInFailed(desk, patron.id);
      return { kind: 'wrong' };
    }
    await records.patronPasswords.set(patron.id, checked.fresh, now);
    await records.patronPasswords.removeCodes(patron.id);
    await recordAbout(desk, 'password-set', patron.id, { by: 'patron' });
    return { kind: 'password-set' };
  },
);
