import { endSession, openPatron } from '../../../desk/patrons.ts';
import { choosePlace, recallStaff } from '../../../desk/sign-in.ts';
import { placeName } from '../../../desk/perform.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** `as`: somebody else signs in at the same desk. */
export async function asStep(stage: Stage, name: string): Promise<PlainResult> {
  const recalled = await stage.act(recallStaff, { name });
  if (recalled.kind !== 'signed-in') return failureResult(recalled);
  await stage.sit({ ...stage.seat, staff: recalled.staff });
  return { as: recalled.staff.name, desk: placeName(stage.seat.place) };
}

/** `desk`: the same person sits down at `LIBRARY/DESK` or `LIBRARY/DEPARTMENT`. */
export async function deskStep(stage: Stage, place: string): Promise<PlainResult> {
  const seated = await stage.act(choosePlace, { place });
  if (seated.kind !== 'seated') return failureResult(seated);
  await stage.sit({ ...stage.seat, place: seated.place });
  return { as: stage.seat.staff.name, desk: placeName(stage.seat.place) };
}

/** `done`: the patron session ends (TAB-07); of a patron whose record is not open, one that lent nothing. */
export async function doneStep(stage: Stage, fields: StepFields<'done'>): Promise<PlainResult> {
  const identifier = fields?.patron;
  if (identifier !== undefined) {
    const opened = await stage.act(openPatron, { patron: identifier });
    if (opened.kind !== 'opened') return failureResult(opened);
    const { id } = opened.pane.patron;
    if (stage.openPatron !== id) {
      const ended = await stage.act(endSession, { patron: id, loans: [], because: 'done' });
      return ended.kind === 'ended' ? { outcome: 'ended' } : failureResult(ended);
    }
  }
  const refused = await stage.endSession('done');
  return refused ? failureResult(refused) : { outcome: 'ended' };
}
