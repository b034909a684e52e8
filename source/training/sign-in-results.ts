import type { CodeAsked } from '../desk/ask-for-code.ts';
import type { MemberSignIn } from '../desk/member-sign-in.ts';
import type { CodeRedeemed, PatronSignIn } from '../desk/patron-sign-in.ts';
import { failureResult } from './results.ts';
import type { PlainResult } from './results.ts';

const refused = (reason: string, more: Readonly<Record<string, unknown>> = {}): PlainResult => ({
  outcome: 'refused',
  reason,
  ...more,
});

/**
 * Somebody signs in at a kiosk: `outcome: signed-in, refused`; `patron` (primary identifier), `reason: WRONG, WAIT, EXPIRED, INACTIVE`;
 * of a member of an institution also `DIRECTORY_AWAY, NO_RECORD`.
 */
export function signInResult(outcome: PatronSignIn | MemberSignIn): PlainResult {
  switch (outcome.kind) {
    case 'signed-in':
      return { outcome: 'signed-in', patron: outcome.patron.identifier };
    case 'wrong':
    case 'wait':
      return refused(outcome.kind.toUpperCase());
    case 'directory-away':
      return refused('DIRECTORY_AWAY');
    case 'no-record':
      return refused('NO_RECORD');
    case 'not-valid':
      return refused(outcome.because.toUpperCase());
    default:
      return failureResult(outcome);
  }
}

/** A code is asked for: `outcome: asked, refused`; `reason: WAIT`. */
export function codeAskedResult(outcome: CodeAsked): PlainResult {
  if (outcome.kind === 'asked') return { outcome: 'asked' };
  return outcome.kind === 'wait' ? refused('WAIT') : failureResult(outcome);
}

/** A password is set by a code: `outcome: password-set, refused`; `reason: WRONG, WEAK, WAIT`, `missing` (of a weak one). */
export function passwordSetResult(outcome: CodeRedeemed): PlainResult {
  switch (outcome.kind) {
    case 'password-set':
      return { outcome: 'password-set' };
    case 'wrong':
    case 'wait':
      return refused(outcome.kind.toUpperCase());
    case 'weak':
      return refused('WEAK', { missing: outcome.missing });
    default:
      return failureResult(outcome);
  }
}
