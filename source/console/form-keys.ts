import { empty, erase, moveFocus, step, toEnd, typeInto } from './form.ts';
import type { OpenForm } from './form.ts';
import type { CommandName } from './keymap.ts';
import type { Key, TypedText } from './keyboard/keys.ts';
import { isLessonCommand } from './lessons/shown.ts';
import type { Runtime } from './runtime.ts';

/** Keys that change a form without ending it. */
const EDITS: Readonly<Record<string, (form: OpenForm) => OpenForm>> = {
  up: (form) => moveFocus(form, -1),
  down: (form) => moveFocus(form, 1),
  // Enter goes on to the next field and never saves: a scanner ends every barcode with it.
  enter: (form) => moveFocus(form, 1),
  left: (form) => step(form, -1),
  right: (form) => step(form, 1),
  backspace: (form) => erase(form, -1),
  delete: (form) => erase(form, 0),
  home: (form) => toEnd(form, false),
  end: (form) => toEnd(form, true),
};

/** A key while a form is open: it edits, moves, saves (Ctrl+S) or leaves (Escape). */
export async function inForm(
  runtime: Runtime,
  event: TypedText | Key,
  command: CommandName | undefined,
  run: (command: CommandName) => Promise<void>,
): Promise<void> {
  const { store } = runtime;
  const { form } = store.get();
  if (!form) return;
  if (event.kind === 'text') return store.set({ form: typeInto(form, event.text) });
  if (command === 'save-form') return runtime.saveForm();
  if (command === 'close') {
    const { answer } = store.get();
    if (answer?.text === runtime.words().form.finishFirst) store.set({ answer: null });
    return runtime.leaveForm('cancelled');
  }
  if (event.name === 'tab') return store.set({ form: moveFocus(form, event.shift ? -1 : 1) });
  if (event.name === 'space' && !event.alt && !event.ctrl) return store.set({ form: typeInto(form, ' ') });
  if (command === 'delete') return store.set({ form: empty(form) });
  if (command === 'redraw' || isLessonCommand(command)) return run(command);
  const edit = event.alt || event.ctrl ? undefined : EDITS[event.name];
  if (edit) store.set({ form: edit(form) });
  else if (command) runtime.tell('warning', runtime.words().form.finishFirst);
}
