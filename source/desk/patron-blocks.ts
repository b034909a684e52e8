import type { BlockType } from '../circulation/network.ts';
import { LONGEST_NOTE, tidyNote } from '../circulation/notes.ts';
import { dayOf, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { BlockOfPatron, PatronBlock } from '../records/blocks.ts';
import type { Window } from '../records/loans.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What can be said of a block by hand. */
type BlockContent = Pick<PatronBlock, 'until' | 'note' | 'active'>;

/** A new end of a block, or what is wrong with it: it is the last blocked day (PEN-05), and a late return has one (PEN-02). */
function endProblem({ network, now }: Desk, type: BlockType, until: Day | null): Refusal | undefined {
  if (until === null) return type === 'LATE_RETURN' ? { kind: 'invalid', path: 'until', problem: 'empty' } : undefined;
  if (!isDay(until)) return { kind: 'invalid', path: 'until', problem: 'not-a-day', value: until };
  const isPast = until < dayOf(now, network.timeZone);
  return isPast ? { kind: 'invalid', path: 'until', problem: 'in-the-past', value: until } : undefined;
}

/** A note as it is kept; an empty one is none. */
function noteOf(note: string | null | undefined): string | null | Refusal {
  const text = tidyNote(note ?? '');
  if (text.length <= LONGEST_NOTE) return text === '' ? null : text;
  return { kind: 'invalid', path: 'note', problem: 'too-long', value: String(LONGEST_NOTE) };
}

function viewOf(one: BlockOfPatron): PatronBlock {
  const { patronId: _, ...block } = one;
  return block;
}

const contentOf = ({ until, note, active }: BlockContent): BlockContent => ({ until, note, active });

/** The block as the database has it now. */
async function readAgain({ records }: Desk, id: number): Promise<BlockOfPatron> {
  const block = await records.blocks.locked(id);
  if (!block) throw new Error(`block ${id} has gone while it was locked`);
  return block;
}

export type BlockSet = { readonly kind: 'set'; readonly block: PatronBlock } | Refusal;

/**
 * Blocks a patron by hand (USR-10) until a day, inclusive (PEN-05), or until somebody takes the block away; for the desk's
 * library. Of any type, also that of a clearance given on paper; that of a late return must end. Invalid: `until, note`.
 */
export const blockPatron = action(
  'block-patron',
  { permission: 'block-patrons' },
  async (
    desk: Desk,
    request: { patron: number | string; type: BlockType; until?: Day | null; note?: string | null },
  ): Promise<BlockSet> => {
    const { records, now, place } = desk;
    const { type, until = null } = request;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const problem = endProblem(desk, type, until);
    if (problem) return problem;
    const note = noteOf(request.note);
    if (typeof note === 'object' && note !== null) return note;
    const library = place?.library ?? null;
    const by = { loanId: null, at: now, staffId: staffId(desk) };
    const id = await records.blocks.add({ patronId: patron.id, type, until, note, library, ...by });
    const block = await readAgain(desk, id);
    await recordAbout(desk, 'block-set', patron.id, { block: id, type, library, until, note });
    return { kind: 'set', block: viewOf(block) };
  },
);

export type BlockChanged =
  | { readonly kind: 'changed'; readonly block: PatronBlock; readonly before: PatronBlock }
  | { readonly kind: 'gone' }
  | Refusal;

/**
 * Gives a block another end or note, or switches it off or on again (USR-10); what the request leaves out stays. One that
 * is off stops nothing from that moment. `gone`: somebody has deleted it.
 */
export const changeBlock = action(
  'change-block',
  { permission: 'block-patrons' },
  async (
    desk: Desk,
    request: { block: number; until?: Day | null; note?: string | null; active?: boolean },
  ): Promise<BlockChanged> => {
    const before = await desk.records.blocks.locked(request.block);
    if (!before) return { kind: 'gone' };
    const problem = request.until === undefined ? undefined : endProblem(desk, before.type, request.until);
    if (problem) return problem;
    const note = request.note === undefined ? before.note : noteOf(request.note);
    if (typeof note === 'object' && note !== null) return note;
    const { until = before.until, active = before.active } = request;
    const after = { until, note, active };
    await desk.records.blocks.change(before.id, after);
    const { id, type, patronId } = before;
    await recordAbout(desk, 'block-changed', patronId, { block: id, type, before: contentOf(before), after });
    return { kind: 'changed', block: viewOf(await readAgain(desk, before.id)), before: viewOf(before) };
  },
);

/** One block by its number, or those of a patron: all, or of a type, an end, a note. */
export type UnblockRequest =
  | { readonly block: number }
  | { readonly patron: number | string; readonly type?: BlockType; readonly until?: Day; readonly note?: string };

export type Unblocked =
  | { readonly kind: 'lifted'; readonly blocks: readonly PatronBlock[] }
  | { readonly kind: 'gone' }
  | Refusal;

/** The blocks that are meant, each locked. */
async function blocksMeant({ records }: Desk, request: UnblockRequest): Promise<BlockOfPatron[] | Refusal> {
  if ('block' in request) {
    const block = await records.blocks.locked(request.block);
    return block ? [block] : [];
  }
  const patron = await records.patrons.locked(request.patron);
  if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
  const meant: BlockOfPatron[] = [];
  for (const id of await records.blocks.idsOf(patron.id)) {
    const block = await records.blocks.locked(id);
    const { type = block?.type, until = block?.until, note = block?.note } = request;
    if (block && block.type === type && block.until === until && block.note === note) meant.push(block);
  }
  return meant;
}

/**
 * Deletes blocks, all that are meant or none (USR-10): the console has asked before, the audit keeps them. They stop nothing
 * from that moment. `gone`: there is no such block (any more). That of a clearance is no different (QUI-04).
 */
export const unblockPatron = action(
  'unblock-patron',
  { permission: 'block-patrons' },
  async (desk: Desk, request: UnblockRequest): Promise<Unblocked> => {
    const meant = await blocksMeant(desk, request);
    if ('kind' in meant) return meant;
    if (meant.length === 0) return { kind: 'gone' };
    for (const block of meant) {
      await desk.records.blocks.lift(block.id, desk.now);
      const { id, type, ...before } = viewOf(block);
      await recordAbout(desk, 'block-deleted', block.patronId, { block: id, type, before });
    }
    return { kind: 'lifted', blocks: meant.map(viewOf) };
  },
);

/** A line of a patron's blocks: also those that are switched off or have ended. */
export type BlockLine = PatronBlock & { readonly inForce: boolean };

export type PatronBlocks =
  | { readonly kind: 'blocks'; readonly total: number; readonly lines: readonly BlockLine[] }
  | Refusal;

/** A window of a patron's blocks: those in force first, the latest end first; then those that are off or have ended. */
export const listPatronBlocks = action(
  'list-patron-blocks',
  { permission: 'view-patrons', readOnly: true },
  async ({ records, network, now }: Desk, request: { patron: number; window: Window }): Promise<PatronBlocks> => ({
    kind: 'blocks',
    total: await records.blocks.count(request.patron),
    lines: await records.blocks.ofPatron(request.patron, dayOf(now, network.timeZone), request.window),
  }),
);
