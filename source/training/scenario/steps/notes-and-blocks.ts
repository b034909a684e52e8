import { changeItem } from '../../../desk/catalogue-items.ts';
import { blockPatron, changeBlock, listPatronBlocks, unblockPatron } from '../../../desk/patron-blocks.ts';
import { addPatronNote } from '../../../desk/patron-notes.ts';
import { openPatron } from '../../../desk/patrons.ts';
import { blockResult, noteResult, unblockResult } from '../../note-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** Nobody in a scenario has more. */
const ALL = { offset: 0, limit: 100 };

/** Switches a patron's blocks of a type off or on again; answers for the last of them. */
async function switchBlocks(
  stage: Stage,
  { patron, type }: StepFields<'block'>,
  active: boolean,
): Promise<PlainResult> {
  const opened = await stage.act(openPatron, { patron });
  if (opened.kind !== 'opened') return failureResult(opened);
  const listed = await stage.act(listPatronBlocks, { patron: opened.pane.patron.id, window: ALL });
  if (listed.kind !== 'blocks') return failureResult(listed);
  let result = blockResult({ kind: 'gone' });
  for (const block of listed.lines.filter((one) => one.type === type && one.active !== active)) {
    result = blockResult(await stage.act(changeBlock, { block: block.id, active }));
  }
  return result;
}

/** `block`: a block by hand (USR-10); with `active`, those that the patron has are switched off or on. */
export async function blockStep(stage: Stage, fields: StepFields<'block'>): Promise<PlainResult> {
  const { active, ...block } = fields;
  return active === undefined ? blockResult(await stage.act(blockPatron, block)) : switchBlocks(stage, fields, active);
}

/** `unblock`: deletes the blocks of a patron, all or those of a type, an end, a note (USR-10). */
export async function unblockStep(stage: Stage, fields: StepFields<'unblock'>): Promise<PlainResult> {
  return unblockResult(await stage.act(unblockPatron, fields));
}

/** `note`: on a patron; or on an item: for the desk (`popup`), in the catalogue (`public`), else internal (ITEM-02). */
export async function noteStep(stage: Stage, fields: StepFields<'note'>): Promise<PlainResult> {
  const { patron = '', item, text, popup, public: visible } = fields;
  if (item === undefined) return noteResult(await stage.act(addPatronNote, { patron, text, popup, visible }));
  const change = {
    ...(popup ? { fulfilmentNote: text } : {}),
    ...(visible ? { publicNote: text } : {}),
    ...(popup || visible ? {} : { internalNote: text }),
  };
  return noteResult(await stage.act(changeItem, { barcode: item, change }));
}
