import { LONGEST_NOTE, NOTE_TYPES, tidyNote } from '../circulation/notes.ts';
import type { NoteType } from '../circulation/notes.ts';
import type { Window } from '../records/loans.ts';
import type { NoteContent, NoteOfPatron, PatronNote } from '../records/patron-notes.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** The card system's own notes are its import's affair (USR-02); one that is `gone` was deleted, perhaps at another desk. */
type NotOurs = { readonly kind: 'external'; readonly note: PatronNote } | { readonly kind: 'gone' } | Refusal;

export type NoteRequest = {
  readonly text?: string;
  readonly type?: NoteType;
  /** Shown when the record is opened (PAT-04). */
  readonly popup?: boolean;
  /** The patron may read it. */
  readonly visible?: boolean;
};

/** A note as it would be kept, or what is wrong with it: the text is mandatory and brief. */
function contentOf(request: NoteRequest, before: NoteContent): NoteContent | Refusal {
  const text = request.text === undefined ? before.text : tidyNote(request.text);
  const { type = before.type, popup = before.popup, visible = before.visible } = request;
  if (text === '') return { kind: 'invalid', path: 'text', problem: 'empty' };
  if (request.text !== undefined && text.length > LONGEST_NOTE)
    return { kind: 'invalid', path: 'text', problem: 'too-long', value: String(LONGEST_NOTE) };
  if (request.type !== undefined && !(NOTE_TYPES as readonly string[]).includes(type))
    return { kind: 'invalid', path: 'type', problem: 'unknown-code', value: type };
  return { text, type, popup, visible };
}

function viewOf(one: NoteOfPatron): PatronNote {
  const { patronId: _, ...note } = one;
  return note;
}

const contentAlone = ({ text, type, popup, visible }: NoteContent): NoteContent => ({ text, type, popup, visible });

/** The note as the database has it now. */
async function readAgain({ records }: Desk, id: number): Promise<PatronNote> {
  const note = await records.patronNotes.locked(id);
  if (!note) throw new Error(`note ${id} has gone while it was locked`);
  return viewOf(note);
}

export type NoteAdded = { readonly kind: 'added'; readonly note: PatronNote } | Refusal;

const NOTHING_YET: NoteContent = { text: '', type: 'general', popup: false, visible: false };

/**
 * Adds a note to a patron's record (ITEM-02). Invalid: `text` (empty, or longer than `LONGEST_NOTE` characters), `type`.
 * White space within becomes single spaces.
 */
export const addPatronNote = action(
  'add-patron-note',
  { permission: 'edit-patron-notes' },
  async (desk: Desk, request: NoteRequest & { patron: number | string; text: string }): Promise<NoteAdded> => {
    const { records, now } = desk;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const content = contentOf(request, NOTHING_YET);
    if ('kind' in content) return content;
    const id = await records.patronNotes.add(patron.id, content, { at: now, staffId: staffId(desk) });
    await recordAbout(desk, 'note-added', patron.id, { note: id, after: content });
    return { kind: 'added', note: await readAgain(desk, id) };
  },
);

export type NoteChanged =
  | { readonly kind: 'changed'; readonly note: PatronNote; readonly before: PatronNote }
  | NotOurs;

/** A note that may be changed here; else why not. */
async function ourNote({ records }: Desk, id: number): Promise<NoteOfPatron | NotOurs> {
  const note = await records.patronNotes.locked(id);
  if (!note || note.deletedAt !== null) return { kind: 'gone' };
  return note.external ? { kind: 'external', note: viewOf(note) } : note;
}

/** Changes what a note says, its type, or who sees it (ITEM-02); what the request leaves out stays. */
export const changePatronNote = action(
  'change-patron-note',
  { permission: 'edit-patron-notes' },
  async (desk: Desk, request: NoteRequest & { note: number }): Promise<NoteChanged> => {
    const before = await ourNote(desk, request.note);
    if ('kind' in before) return before;
    const after = contentOf(request, before);
    if ('kind' in after) return after;
    await desk.records.patronNotes.change(before.id, after);
    await recordAbout(desk, 'note-changed', before.patronId, { note: before.id, before: contentAlone(before), after });
    return { kind: 'changed', note: await readAgain(desk, before.id), before: viewOf(before) };
  },
);

export type NoteDeleted = { readonly kind: 'deleted'; readonly note: PatronNote } | NotOurs;

/** Deletes a note (ITEM-02): the console has asked before, the audit keeps the whole note, `restorePatronNote` undoes it. */
export const deletePatronNote = action(
  'delete-patron-note',
  { permission: 'edit-patron-notes' },
  async (desk: Desk, request: { note: number }): Promise<NoteDeleted> => {
    const note = await ourNote(desk, request.note);
    if ('kind' in note) return note;
    await desk.records.patronNotes.setDeleted(note.id, desk.now);
    const { createdAt, createdBy } = note;
    const before = { ...contentAlone(note), createdAt, createdBy };
    await recordAbout(desk, 'note-deleted', note.patronId, { note: note.id, before });
    return { kind: 'deleted', note: await readAgain(desk, note.id) };
  },
);

export type NoteRestored =
  | { readonly kind: 'restored'; readonly note: PatronNote }
  | { readonly kind: 'gone' }
  | Refusal;

/** Brings a deleted note back as it was (ITEM-02); one that stands already stays as it is. */
export const restorePatronNote = action(
  'restore-patron-note',
  { permission: 'edit-patron-notes' },
  async (desk: Desk, request: { note: number }): Promise<NoteRestored> => {
    const { records } = desk;
    const note = await records.patronNotes.locked(request.note);
    if (!note) return { kind: 'gone' };
    if (note.deletedAt !== null) {
      await records.patronNotes.setDeleted(note.id, null);
      await recordAbout(desk, 'note-restored', note.patronId, { note: note.id, after: contentAlone(note) });
    }
    return { kind: 'restored', note: await readAgain(desk, note.id) };
  },
);

export type PatronNotes =
  | { readonly kind: 'notes'; readonly total: number; readonly lines: readonly PatronNote[] }
  | Refusal;

/** A window of a patron's notes with their authors, the newest first (PAT-05). `deleted`: with those that were deleted. */
export const listPatronNotes = action(
  'list-patron-notes',
  { permission: 'view-patrons', readOnly: true },
  async (
    { records }: Desk,
    { patron, window, deleted = false }: { patron: number; window: Window; deleted?: boolean },
  ): Promise<PatronNotes> => ({
    kind: 'notes',
    total: await records.patronNotes.count(patron, deleted),
    lines: await records.patronNotes.ofPatron(patron, window, deleted),
  }),
);
