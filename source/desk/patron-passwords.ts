import { CODE_TRIES, LONGEST_PASSWORD, missingParts } from '../circulation/passwords.ts';
import type { PasswordPart } from '../circulation/passwords.ts';
import type { Instant } from '../circulation/time.ts';
import type { Records } from '../records/records.ts';
import { hashPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { accountLockedUntil } from './sign-in-attempts.ts';

/** A password that cannot be set: what USR-11 wants of it, or that nobody types so much. */
export type NotAPassword =
  | { readonly kind: 'weak'; readonly missing: readonly PasswordPart[] }
  | { readonly kind: 'invalid'; readonly path: 'password'; readonly problem: 'too-long'; readonly value: string };

/** What is wrong with a new password; undefined: nothing. */
export function passwordProblem(password: string): NotAPassword | undefined {
  if (password.length > LONGEST_PASSWORD)
    return { kind: 'invalid', path: 'password', problem: 'too-long', value: String(LONGEST_PASSWORD) };
  const missing = missingParts(password);
  return missing.length > 0 ? { kind: 'weak', missing } : undefined;
}

/** The hash of a password that can be set: slow on purpose, so made before the transaction. */
const hashOfStrong = async (
  _: Records,
  { password }: { readonly password: string },
  cost: PasswordCost,
): Promise<string | null> => (passwordProblem(password) ? null : hashPassword(password, cost));

export type PasswordSet =
  | { readonly kind: 'password-set'; readonly patron: number }
  | NotAPassword
  /** A member of an institution signs in with what the institution gave them (manual XI.2). */
  | { readonly kind: 'external' }
  | Refusal;

/** Sets a patron's password by hand (USR-11, manual IX.2.1.2); nothing is locked any more, codes that wait are void. */
export const setPatronPassword = action(
  'set-patron-password',
  { permission: 'set-passwords', prepare: hashOfStrong },
  async (
    desk: Desk,
    request: { readonly patron: number | string; readonly password: string },
    hash: string | null,
  ): Promise<PasswordSet> => {
    const { records, now } = desk;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    if (patron.kind === 'external') return { kind: 'external' };
    const strong = hash ?? (await hashOfStrong(records, request, desk.passwordCost));
    if (strong === null) return passwordProblem(request.password) ?? { kind: 'weak', missing: [] };
    await records.patronPasswords.set(patron.id, strong, now);
    await records.patronPasswords.removeCodes(patron.id);
    await recordAbout(desk, 'password-set', patron.id, { by: 'staff' });
    return { kind: 'password-set', patron: patron.id };
  },
);

export type PasswordRemoved = { readonly kind: 'password-removed' } | { readonly kind: 'no-password' } | Refusal;

/** Takes a patron's password and the codes that wait away: nobody signs in to the account until a new one is set. */
export const removePatronPassword = action(
  'remove-patron-password',
  { permission: 'set-passwords' },
  async (desk: Desk, request: { readonly patron: number | string }): Promise<PasswordRemoved> => {
    const { records, now } = desk;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const { hash } = await records.patronPasswords.credentials(patron.id);
    const code = await records.patronPasswords.code(patron.id);
    if (hash === null && !code) return { kind: 'no-password' };
    await records.patronPasswords.set(patron.id, null, now);
    await records.patronPasswords.removeCodes(patron.id);
    await recordAbout(desk, 'password-removed', patron.id, {});
    return { kind: 'password-removed' };
  },
);

export type PatronAccess =
  | {
      readonly kind: 'access';
      readonly password: { readonly setAt: Instant } | null;
      /** Null: the account is not locked now. */
      readonly lockedUntil: Instant | null;
      /** A code that still works. */
      readonly code: { readonly expires: Instant } | null;
      /** Whether there can be a password here: a member of an institution has none. */
      readonly mayHave: boolean;
    }
  | Refusal;

/** Whether somebody can sign in, for staff whom they ask: never with what. */
export const patronAccess = action(
  'patron-access',
  { permission: 'view-patrons', readOnly: true },
  async (desk: Desk, request: { readonly patron: number }): Promise<PatronAccess> => {
    const { records, now } = desk;
    const patron = await records.patrons.byId(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const { hash, setAt } = await records.patronPasswords.credentials(patron.id);
    const lockedUntil = await accountLockedUntil(desk, patron.id);
    const code = await records.patronPasswords.code(patron.id);
    const works = code !== undefined && code.usedAt === null && code.expiresAt > now && code.failures < CODE_TRIES;
    return {
      kind: 'access',
      password: hash === null || setAt === null ? null : { setAt },
      lockedUntil,
      code: works ? { expires: code.expiresAt } : null,
      mayHave: patron.kind === 'internal',
    };
  },
);
