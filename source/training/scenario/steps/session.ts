import { endSession, openPatron } from '../../../desk/patrons.ts';
import { choosePlace, recallStaff } from '../../../desk/sign-in.ts';
import { findLetters } from '../../../desk/letters-find.ts';
import type { LettersFound } from '../../../desk/letters-find.ts';
import { placeName } from '../../../desk/perform.ts';
import type { Refusal } from '../../../desk/perform.ts';
import { lettersResult } from '../../letter-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import { SCENE_BUILDER } from '../stage.ts';
import type { Stage } from '../stage.ts';

/** Letters that one session can write, with room to spare. */
const MOST_LETTERS = 100;

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

/** How many letters have been written so far, or those that were written after so many. */
async function lettersAfter(stage: Stage, offset: number): Promise<LettersFound> {
  return stage.perform(SCENE_BUILDER, findLetters, { window: { offset, limit: MOST_LETTERS } });
}

async function endOne(stage: Stage, identifier: string | undefined): Promise<Refusal | undefined> {
  if (identifier === undefined) return stage.endSession('done');
  const opened = await stage.act(openPatron, { patron: identifier });
  if (opened.kind !== 'opened') return opened;
  const { id } = opened.pane.patron;
  if (stage.openPatron === id) return stage.endSession('done');
  const ended = await stage.act(endSession, { patron: id, loans: [], because: 'done' });
  return ended.kind === 'ended' ? undefined : ended;
}

/** `done`: the patron session ends (TAB-07), with the letters that this has written; of a patron whose record is not open, one that lent nothing. */
export async function doneStep(stage: Stage, fields: StepFields<'done'>): Promise<PlainResult> {
  const before = await lettersAfter(stage, 0);
  const refused = await endOne(stage, fields?.patron);
  if (refused) return failureResult(refused);
  const { lines } = lettersResult(
    await lettersAfter(stage, before.kind === 'letters' ? before.total : 0),
    stage.network,
  );
  return { outcome: 'ended', letters: lines };
}
