import { askForCode } from '../../desk/ask-for-code.ts';
import { findForClearance, requestClearance } from '../../desk/kiosk-clearance.ts';
import type { MemberSignIn } from '../../desk/member-sign-in.ts';
import { ownAccount, ownHistory } from '../../desk/own-account.ts';
import { ownLoans } from '../../desk/own-loans.ts';
import { ownMessages } from '../../desk/own-messages.ts';
import { ownRequests } from '../../desk/own-requests.ts';
import { redeemCode, signInPatron } from '../../desk/patron-sign-in.ts';
import { preRegister } from '../../desk/pre-register.ts';
import { openPublic, searchPublic } from '../../desk/public-catalogue.ts';
import { kioskClearanceResult, preRegisterResult } from '../kiosk-form-results.ts';
import { codeAskedResult, passwordSetResult, signInResult } from '../sign-in-results.ts';
import { asSeen, given } from './seen.ts';
import type { Done, On } from './seen.ts';

/** What the desk calls the end of a member's sign-in; it keeps the action itself to itself, as nobody else may do it. */
const MEMBER_TRIED = { name: 'member-tried' };

function signedIn({ seen }: On): Done[] {
  const own = asSeen(seen, signInPatron);
  if (own) {
    const { outcome, request } = own;
    const patron = outcome.kind === 'signed-in' ? outcome.patron.id : undefined;
    return [{ name: 'sign-in', fields: given({ id: request.id, patron }), result: signInResult(outcome) }];
  }
  if (seen.what.name !== MEMBER_TRIED.name) return [];
  const outcome = seen.outcome as MemberSignIn;
  const { institution } = seen.request as { readonly institution: string };
  const patron = outcome.kind === 'signed-in' ? outcome.patron.id : undefined;
  return [{ name: 'sign-in', fields: given({ institution, patron }), result: signInResult(outcome) }];
}

/** A part of the account that was looked at: its result is asked afresh by whoever compares it. */
const lookedAt = (patron: unknown, part: string, more: Record<string, unknown> = {}): Done[] => [
  { name: 'account', fields: { patron, part, ...more }, result: {} },
];

function account({ seen }: On): Done[] {
  const loans = asSeen(seen, ownLoans);
  if (loans) return lookedAt(loans.request.patron, 'loans', { sort: loans.request.sort });
  const parts = { account: ownAccount, earlier: ownHistory, requests: ownRequests, messages: ownMessages };
  const part = Object.entries(parts).find(([, { name }]) => name === seen.what.name)?.[0];
  return part === undefined ? [] : lookedAt((seen.request as { readonly patron: unknown }).patron, part);
}

function looked({ seen }: On): Done[] {
  const sought = asSeen(seen, searchPublic);
  if (sought) {
    const { text, field = 'any', library } = sought.request;
    return [{ name: 'search', fields: given({ text, field, library }), result: {} }];
  }
  const opened = asSeen(seen, openPublic);
  if (opened?.outcome.kind !== 'title') return [];
  return [{ name: 'search', fields: { opened: opened.outcome.title.title }, result: {} }];
}

function registered({ seen }: On): Done[] {
  const one = asSeen(seen, preRegister);
  if (!one) return [];
  const { lastName, firstName, birthDay, email, phone, library, occupation, duration, language } = one.request;
  const said = {
    name: lastName,
    firstName,
    birthDate: birthDay,
    email,
    phone,
    library,
    occupation,
    duration,
    language,
  };
  return [{ name: 'pre-register', fields: given(said), result: preRegisterResult(one.outcome) }];
}

function passwords({ seen }: On): Done[] {
  const asked = asSeen(seen, askForCode);
  if (asked)
    return [{ name: 'forgot-password', fields: { id: asked.request.name }, result: codeAskedResult(asked.outcome) }];
  const redeemed = asSeen(seen, redeemCode);
  if (!redeemed) return [];
  const { id } = redeemed.request;
  return [{ name: 'set-password', fields: { id }, result: passwordSetResult(redeemed.outcome) }];
}

function cleared({ seen }: On): Done[] {
  const asked = asSeen(seen, requestClearance);
  const found = asked ? undefined : asSeen(seen, findForClearance);
  const proof = (asked ?? found)?.request.proof;
  const patron = proof?.card ?? seen.kiosk?.patron;
  const card = proof?.card ?? '';
  const quitus = (outcome: Parameters<typeof kioskClearanceResult>[0]): Done[] => [
    { name: 'quitus', fields: given({ patron }), result: kioskClearanceResult(outcome, card) },
  ];
  if (asked) return quitus(asked.outcome);
  if (!found) return [];
  const { outcome } = found;
  if (outcome.kind !== 'found') return quitus(outcome);
  // What stands against it is said before it is asked for.
  return outcome.obstacles.length > 0 ? quitus({ kind: 'not-clear', obstacles: outcome.obstacles }) : [];
}

/** What only patrons do, at a terminal of their own, as steps. */
export const doneAtKiosk = (on: On): Done[] =>
  [signedIn, account, looked, registered, passwords, cleared].flatMap((one) => one(on));

/** Steps that are done at desks too, as a patron does them: they know who it is. */
export function asPatron({ seen }: On, done: Done): Done {
  if (!seen.kiosk) return done;
  const { patron } = seen.kiosk;
  return { ...done, fields: { ...given({ patron }), ...done.fields, at: 'kiosk' } };
}
