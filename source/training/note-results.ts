import type { ItemChanged } from '../desk/catalogue-items.ts';
import type { BlockChanged, BlockSet, Unblocked } from '../desk/patron-blocks.ts';
import type { NoteAdded } from '../desk/patron-notes.ts';
import { failureResult, present } from './results.ts';
import type { PlainResult } from './results.ts';

const NO_BLOCK = { outcome: 'refused', reason: 'NO_BLOCK' };

/** A block by hand: `outcome: set, changed` (switched off or on), `type, until, note, active`; `refused`: there is none to switch. */
export function blockResult(outcome: BlockSet | BlockChanged): PlainResult {
  switch (outcome.kind) {
    case 'set':
    case 'changed': {
      const { type, until, note, active } = outcome.block;
      return { outcome: outcome.kind, type, active, ...present({ until, note }) };
    }
    case 'gone':
      return NO_BLOCK;
    default:
      return failureResult(outcome);
  }
}

/** Blocks deleted: `outcome: lifted, refused` (there is none), `count`. */
export function unblockResult(outcome: Unblocked): PlainResult {
  if (outcome.kind === 'lifted') return { outcome: 'lifted', count: outcome.blocks.length };
  return outcome.kind === 'gone' ? NO_BLOCK : failureResult(outcome);
}

/** A note on a patron or an item: `outcome: noted`. */
export function noteResult(outcome: NoteAdded | ItemChanged): PlainResult {
  switch (outcome.kind) {
    case 'added':
      return { outcome: 'noted', text: outcome.note.text };
    case 'changed':
      return { outcome: 'noted', item: outcome.item.barcode, changed: outcome.changed };
    case 'in-use':
      return { outcome: 'refused', reason: outcome.because };
    default:
      return failureResult(outcome);
  }
}
