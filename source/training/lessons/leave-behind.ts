import { choosePlace } from '../../desk/sign-in.ts';
import type { Step } from '../scenario/read.ts';
import type { Stage } from '../scenario/stage.ts';
import { asSeen } from './seen.ts';
import type { Done, Seen } from './seen.ts';

/** What a step that was done at the console leaves behind for later ones: the name of a request, a place. */
export function leaveBehind(stage: Stage, step: Step, dones: readonly Done[], seen: Seen): void {
  if (step.name === 'request') {
    const number = dones.find((one) => one.name === 'request')?.fields['number'];
    const name = step.fields['as-name'];
    if (typeof number === 'number' && name !== undefined) stage.nameRequest(name, number);
  }
  const seated = asSeen(seen, choosePlace);
  if (step.name === 'desk' && seated?.outcome.kind === 'seated')
    stage.follow({ ...stage.seat, place: seated.outcome.place });
}
