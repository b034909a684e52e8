import { issueClearance } from '../../../desk/clearance.ts';
import { lend } from '../../../desk/lend.ts';
import type { LendOutcome, LendRequest } from '../../../desk/lend.ts';
import type { PatronSession } from '../../../desk/patron-session.ts';
import { openPatron } from '../../../desk/patrons.ts';
import { clearanceLent } from '../../clearance-results.ts';
import { lendResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** The session of a patron, opened as by their card; undefined: nobody has that identifier, or they may not be opened here. */
export async function sessionFor(stage: Stage, identifier: string): Promise<PatronSession | undefined> {
  const opened = await stage.act(openPatron, { patron: identifier });
  return opened.kind === 'opened' ? stage.sessionOf(opened.pane.patron.id) : undefined;
}

function requestOf(fields: StepFields<'lend'>, session: PatronSession | undefined): LendRequest {
  const { patron, item, override, expiry, acknowledge } = fields;
  return {
    patron: session?.patronId ?? patron,
    barcode: item,
    standing: session?.standing(item) ?? [],
    ...(override === undefined ? {} : { override: { codes: override } }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(acknowledge === undefined ? {} : { acknowledged: acknowledge }),
  };
}

/** What is set aside in a loan that succeeds, or while a note waits, holds as BLK-03 says. */
export function keepInSession(session: PatronSession | undefined, outcome: LendOutcome, barcode: string): void {
  if (outcome.kind === 'lent' || outcome.kind === 'renewed') {
    session?.remember(outcome.overridden);
    session?.lent(outcome.loan, barcode);
  }
  if (outcome.kind === 'note') session?.remember(outcome.overridden, barcode);
}

/** `lend`: a loan in the patron's session; what is set aside in a loan that succeeds holds as BLK-03 says. */
export async function lendStep(stage: Stage, fields: StepFields<'lend'>): Promise<PlainResult> {
  const session = await sessionFor(stage, fields.patron);
  const outcome = await stage.act(lend, requestOf(fields, session));
  // As the console does it: the dummy barcode asks for a clearance (QUI-02).
  if (outcome.kind === 'clearance-asked')
    return clearanceLent(await stage.act(issueClearance, { patron: outcome.patronId, at: 'desk' }));
  keepInSession(session, outcome, fields.item);
  return lendResult(outcome, stage.network);
}
