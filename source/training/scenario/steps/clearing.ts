import { issueClearance } from '../../../desk/clearance.ts';
import { signInPatron } from '../../../desk/patron-sign-in.ts';
import { clearanceResult, signInResult } from '../../clearance-results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** `quitus`: a clearance at the desk, or as the patron asks for it at a kiosk (QUI-02, QUI-03). */
export async function quitusStep(stage: Stage, fields: StepFields<'quitus'>): Promise<PlainResult> {
  const { patron, at, ...said } = fields;
  return clearanceResult(await stage.act(issueClearance, at === 'kiosk' ? { patron, at } : { patron, at, ...said }));
}

/** `sign-in`: a patron at their own terminal (KIO-02). */
export async function signInStep(stage: Stage, fields: StepFields<'sign-in'>): Promise<PlainResult> {
  return signInResult(await stage.act(signInPatron, fields));
}
