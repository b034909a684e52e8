import { ownAccount, ownHistory } from '../../../desk/own-account.ts';
import { ownLoans } from '../../../desk/own-loans.ts';
import { ownMessages } from '../../../desk/own-messages.ts';
import { ownRequests } from '../../../desk/own-requests.ts';
import { openPatron } from '../../../desk/patrons.ts';
import type { Action, Refusal } from '../../../desk/perform.ts';
import { accountResult } from '../../account-result.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

const WINDOW = { offset: 0, limit: 500 };

/** The number of the record that an identifier means, as signing in finds it. */
export async function recordOf(stage: Stage, identifier: string): Promise<number | Refusal> {
  const opened = await stage.perform(SCENE_BUILDER, openPatron, { patron: identifier });
  return opened.kind === 'opened' ? opened.pane.patron.id : opened;
}

/** Does an action at a kiosk as a patron who has signed in there, for themselves. */
export async function asSignedIn<Request extends { readonly patron?: number | string }, Outcome>(
  stage: Stage,
  identifier: string,
  what: Action<Request, Outcome>,
  request: Omit<Request, 'patron'>,
): Promise<Outcome | Refusal> {
  const patron = await recordOf(stage, identifier);
  if (typeof patron !== 'number') return patron;
  return stage.atKiosk(patron, what, { ...request, patron } as Request);
}

/** `account`: what a patron sees at a kiosk of their own (KIO-03 to KIO-05). */
export async function accountStep(stage: Stage, { patron, sort }: StepFields<'account'>): Promise<PlainResult> {
  const account = await asSignedIn(stage, patron, ownAccount, {});
  if (account.kind !== 'account') return failureResult(account);
  const loans = await asSignedIn(stage, patron, ownLoans, { sort, window: WINDOW });
  if (loans.kind !== 'loans') return failureResult(loans);
  const earlier = await asSignedIn(stage, patron, ownHistory, { window: WINDOW });
  if (earlier.kind !== 'history') return failureResult(earlier);
  const requests = await asSignedIn(stage, patron, ownRequests, { window: WINDOW });
  if (requests.kind !== 'requests') return failureResult(requests);
  const messages = await asSignedIn(stage, patron, ownMessages, {});
  if (messages.kind !== 'messages') return failureResult(messages);
  return accountResult({ account, loans, earlier, requests, messages }, stage.network, stage.nameOfRequest);
}
