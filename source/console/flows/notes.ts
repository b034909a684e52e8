import { LONGEST_NOTE, NOTE_TYPES } from '../../circulation/notes.ts';
import type { NoteType } from '../../circulation/notes.ts';
import {
  addPatronNote,
  changePatronNote,
  deletePatronNote,
  listPatronNotes,
  restorePatronNote,
} from '../../desk/patron-notes.ts';
import type { Refusal } from '../../desk/perform.ts';
import type { PatronNote } from '../../desk/views.ts';
import { printable } from '../../language/printable.ts';
import type { FormValues } from '../form.ts';
import type { Runtime } from '../runtime.ts';
import { openBrowse, refreshBrowse } from './browse.ts';
import { refreshPane } from './record.ts';

/** A note by a form: its text, its type, whether the patron sees it, whether it pops up (ITEM-02). */
async function fillNote(
  runtime: Runtime,
  patron: number,
  note: PatronNote | undefined,
): Promise<FormValues | undefined> {
  const words = runtime.words().notes;
  return runtime.askForm({
    key: `patron ${patron} note ${note?.id ?? ''}`,
    title: note ? words.editing : words.adding,
    fields: [
      { kind: 'text', name: 'text', label: words.text, value: note?.text ?? '', hint: words.textHint },
      {
        kind: 'choice',
        name: 'type',
        label: words.type,
        value: note?.type ?? 'general',
        options: NOTE_TYPES.map((one) => ({ value: one, label: words.types[one] })),
      },
      { kind: 'yes-no', name: 'popup', label: words.popup, value: note?.popup ?? false, hint: words.popupHint },
      { kind: 'yes-no', name: 'visible', label: words.visible, value: note?.visible ?? false, hint: words.visibleHint },
    ],
    check: (filled) => {
      const length = Array.from(String(filled['text'])).length;
      if (length === 0) return { field: 'text', text: runtime.words().form.empty };
      return length > LONGEST_NOTE ? { field: 'text', text: words.tooLong(LONGEST_NOTE) } : undefined;
    },
  });
}

const noteOf = (values: FormValues) => ({
  text: String(values['text']),
  type: String(values['type']) as NoteType,
  popup: values['popup'] === true,
  visible: values['visible'] === true,
});

async function after(runtime: Runtime): Promise<void> {
  await refreshPane(runtime);
  await refreshBrowse(runtime);
}

/** The notes of the open record, newest first: add, change, delete after a question, undo (ITEM-02). */
export async function showNotes(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  if (!record) return;
  const patron = record.pane.patron.id;
  let deleted: PatronNote | undefined;
  const words = () => runtime.words().notes;
  const refuse = (outcome: Refusal | { readonly kind: 'external' } | { readonly kind: 'gone' }): void => {
    if (outcome.kind === 'external') runtime.tell('refusal', words().external);
    else if (outcome.kind === 'gone') runtime.tell('refusal', words().gone);
    else runtime.refuse(outcome);
  };
  await openBrowse<PatronNote>(runtime, {
    table: 'notes',
    title: () => words().head,
    hint: () => words().hint,
    columns: () => {
      const { columns: heads, types } = words();
      return [
        { name: 'at', head: heads.at, width: 16, cell: (row) => runtime.dates().short(row.createdAt) },
        { name: 'text', head: heads.text, width: 0, cell: (row) => printable(row.text) },
        { name: 'type', head: heads.type, width: 12, cell: (row) => types[row.type as NoteType] ?? row.type },
        { name: 'popup', head: heads.popup, width: 6, cell: (row) => (row.popup ? words().yes : '') },
        { name: 'visible', head: heads.visible, width: 8, cell: (row) => (row.visible ? words().yes : '') },
        { name: 'by', head: heads.by, width: 10, byDefault: false, cell: (row) => row.createdBy ?? '' },
      ];
    },
    keyOf: (row) => String(row.id),
    empty: () => words().none,
    read: async (window) => {
      const found = await runtime.perform(listPatronNotes, { patron, window });
      if (found.kind === 'notes') return found;
      runtime.refuse(found);
      return undefined;
    },
    open: async (row) => edit(row),
    commands: {
      add: async () => {
        const values = await fillNote(runtime, patron, undefined);
        if (!values) return;
        const outcome = await runtime.perform(addPatronNote, { patron, ...noteOf(values) });
        if (outcome.kind === 'added') runtime.tell('done', words().added);
        else runtime.refuse(outcome);
        await after(runtime);
      },
      edit: async (row) => {
        if (row) await edit(row);
      },
      delete: async (row) => {
        if (!row) return;
        const shown = printable(row.text);
        const answer = await runtime.ask({
          title: words().askDelete,
          lines: [shown],
          why: [],
          choices: ['answer-yes', 'answer-cancel'],
        });
        if (answer !== 'answer-yes') return;
        const outcome = await runtime.perform(deletePatronNote, { note: row.id });
        if (outcome.kind === 'deleted') {
          deleted = outcome.note;
          runtime.tell('done', words().deleted(runtime.keyFor('undo')));
        } else refuse(outcome);
        await after(runtime);
      },
      undo: async () => {
        if (!deleted) return runtime.tell('information', words().nothingToUndo);
        const outcome = await runtime.perform(restorePatronNote, { note: deleted.id });
        if (outcome.kind === 'restored') {
          deleted = undefined;
          runtime.tell('done', words().restored);
        } else refuse(outcome);
        await after(runtime);
      },
    },
  });

  async function edit(note: PatronNote): Promise<void> {
    if (note.external) return runtime.tell('refusal', words().external);
    const values = await fillNote(runtime, patron, note);
    if (!values) return;
    const outcome = await runtime.perform(changePatronNote, { note: note.id, ...noteOf(values) });
    if (outcome.kind === 'changed') runtime.tell('done', words().changed);
    else refuse(outcome);
    await after(runtime);
  }
}
