import { checkClearance, issueClearance } from '../../../desk/clearance.ts';
import { requestClearance } from '../../../desk/kiosk-clearance.ts';
import { preRegister, registrationOffers } from '../../../desk/pre-register.ts';
import { clearanceResult } from '../../clearance-results.ts';
import { kioskClearanceResult, preRegisterResult } from '../../kiosk-form-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** A clearance asked for at a kiosk: by card and birth date; where the record has none, by who has signed in. */
async function atKiosk(stage: Stage, card: string, birthDate: string | undefined): Promise<PlainResult> {
  const known = await stage.perform(SCENE_BUILDER, checkClearance, { patron: card });
  const own = known.kind === 'clearance-check' ? known.patron : undefined;
  const birthDay = birthDate ?? own?.birthDay ?? null;
  const isSignedIn = birthDay === null && own !== undefined;
  const request = isSignedIn ? {} : { proof: { card, birthDay: birthDay ?? '' } };
  return kioskClearanceResult(await stage.atKiosk(isSignedIn ? own.id : null, requestClearance, request), card);
}

/** `quitus`: a clearance at the desk, or as the patron asks for it at a kiosk (QUI-02, QUI-03). */
export async function quitusStep(stage: Stage, fields: StepFields<'quitus'>): Promise<PlainResult> {
  const { patron, at, birthDate, ...said } = fields;
  if (at === 'kiosk') return atKiosk(stage, patron, birthDate);
  return clearanceResult(await stage.act(issueClearance, { patron, at, ...said }));
}

/** `pre-register`: somebody registers by themselves at a kiosk (KIO-06, USR-13). */
export async function preRegisterStep(stage: Stage, fields: StepFields<'pre-register'>): Promise<PlainResult> {
  const { name: lastName, birthDate: birthDay, library, terms, ...same } = fields;
  const offers = await stage.atKiosk(null, registrationOffers, {});
  if (offers.kind !== 'offers') return failureResult(offers);
  const outcome = await stage.atKiosk(null, preRegister, {
    ...same,
    lastName,
    birthDay,
    library: library ?? stage.seat.place?.library ?? '',
    termsAccepted: terms ? (offers.terms?.version ?? null) : null,
  });
  return preRegisterResult(outcome);
}
