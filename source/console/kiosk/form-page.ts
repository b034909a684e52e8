import { empty, erase, moveFocus, step, toEnd, typeInto } from '../form.ts';
import type { FormProblem, OpenForm } from '../form.ts';
import { key } from '../keyboard/keys.ts';
import type { ConsoleEvent, Scan } from '../keyboard/keys.ts';
import { plainKey } from './pressed.ts';
import type { FormPage } from './state.ts';
import { BACK } from './ui.ts';
import type { Back } from './ui.ts';

/** The form at the field that has a problem; a password that was refused is typed again. */
export function withProblem(page: FormPage, problem: FormProblem): FormPage {
  const at = page.form.fields.findIndex((one) => one.name === problem.field);
  const focused = at === -1 ? page.form.focused : at;
  const asked = page.form.fields[at];
  const isSecret = asked?.kind === 'text' && asked.masked === true;
  const fields = page.form.fields.map((one) =>
    one.kind === 'text' && one.masked === true && isSecret ? { ...one, value: '' } : one,
  );
  const field = fields[focused];
  const cursor = field?.kind === 'text' ? Array.from(field.value).length : 0;
  return { ...page, onSubmit: false, form: { ...page.form, fields, focused, cursor, problem } };
}

/** Longer than a password or a name may be, so that what is too long is said; the rest of a paste is not taken. */
const LONGEST = 500;

/** As much of a text as still has room in its field. */
function taken(form: OpenForm, text: string): string {
  const field = form.fields[form.focused];
  const room = field?.kind === 'text' ? LONGEST - field.value.length : LONGEST;
  return text.length <= room ? text : text.slice(0, Math.max(0, room)).toWellFormed();
}

/** A card read again within that time is one scan (TUI-03). */
const REPEAT_MS = 2000;

/** What events press in a form. */
type Hand = {
  pressesOf(page: FormPage, event: ConsoleEvent): ConsoleEvent[];
  /** The form was sent as it is. */
  sent(form: OpenForm): void;
};

/**
 * A scan, or a line that came at once, is what was typed with its Enter. A card is read as the desk reads it (`read`), takes the
 * place of one that was whole before, and read twice it does not go into the password (TUI-03).
 */
export function createHand(read: (scan: string) => string): Hand {
  /** Fields in which a whole number stands: what is scanned there next does not go on with it. */
  const whole = new Set<string>();
  let last: Scan | undefined;
  return {
    pressesOf({ form, onSubmit }, event) {
      const before = last;
      last = undefined;
      if (event.kind !== 'scan') return [event];
      const field = onSubmit ? undefined : form.fields[form.focused];
      const isCard = field?.kind === 'text' && field.scannable === true;
      const isAgain = before?.text === event.text && event.at - before.at <= REPEAT_MS;
      if (isAgain || isCard) last = event;
      if (isAgain) return [];
      if (!isCard) return [{ kind: 'text', text: event.text }, key('enter')];
      const anew = whole.has(field.name) ? [key('delete')] : [];
      whole.add(field.name);
      return [...anew, { kind: 'text', text: read(event.text) }, key('enter')];
    },
    sent({ fields }) {
      for (const one of fields) if (one.kind === 'text' && one.scannable === true) whole.add(one.name);
    },
  };
}

/** What a key makes of a form: Enter goes to the next field, then to the button, and only there it is sent. */
export function formKey(page: FormPage, event: ConsoleEvent, direct: boolean): FormPage | 'submit' | Back {
  const { form, onSubmit } = page;
  const to = (next: OpenForm): FormPage => ({ ...page, form: next, onSubmit: false });
  const isLast = form.focused === form.fields.length - 1;
  const onward = (): FormPage => (isLast ? { ...page, onSubmit: true } : to(moveFocus(form, 1)));
  if (event.kind === 'text') return onSubmit ? page : to(typeInto(form, taken(form, event.text)));
  const name = plainKey(event);
  switch (name) {
    case 'escape':
      return BACK;
    case 'enter':
      return onSubmit || (direct && isLast) ? 'submit' : onward();
    case 'down':
    case 'tab':
      if (event.kind === 'key' && event.shift)
        return onSubmit ? to(form) : form.focused === 0 ? page : to(moveFocus(form, -1));
      return onSubmit ? page : onward();
    case 'up':
      return onSubmit ? to(form) : form.focused === 0 ? page : to(moveFocus(form, -1));
    default:
      return onSubmit || name === undefined ? page : to(edited(form, name));
  }
}

const EDITS: Readonly<Record<string, (form: OpenForm) => OpenForm>> = {
  left: (form) => step(form, -1),
  right: (form) => step(form, 1),
  backspace: (form) => erase(form, -1),
  delete: empty,
  home: (form) => toEnd(form, false),
  end: (form) => toEnd(form, true),
  space: (form) => typeInto(form, taken(form, ' ')),
};

const edited = (form: OpenForm, name: string): OpenForm => EDITS[name]?.(form) ?? form;
