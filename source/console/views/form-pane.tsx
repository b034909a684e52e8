import type { ReactNode } from 'react';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { cut, fit, widthOf, wrap } from '../../language/fit.ts';
import { problemIn } from '../form.ts';
import type { FormField, OpenForm } from '../form.ts';
import { keysOf } from '../keymap.ts';
import type { State } from '../state.ts';
import { CHOSEN, LATE, QUIET, SIGNS } from './style.ts';
import type { Style } from './style.ts';
import { Pane } from './table.tsx';

type Lines = (string | { readonly text: string; readonly style: Style })[];

/** The sign of the place where the next character goes. */
export const CURSOR = '_';

/** The part of a text that is shown, with the cursor in it. */
function withCursor(value: string, cursor: number, room: number): string {
  const characters = Array.from(value);
  const before = printable(characters.slice(0, cursor).join(''));
  const after = printable(characters.slice(cursor).join(''));
  let shown = before;
  while (widthOf(shown) > room - 2) shown = Array.from(shown).slice(1).join('');
  return cut(`${shown}${CURSOR}${after}`, room);
}

function valueText(state: State, form: OpenForm, field: FormField, focused: boolean, room: number): string {
  const words = wordsIn(state.language).console.form;
  // Where nothing can be typed no cursor stands.
  const chosen = focused && field.locked === undefined;
  switch (field.kind) {
    case 'text': {
      if (field.masked === true) {
        const stars = '*'.repeat(Array.from(field.value).length);
        return chosen ? withCursor(stars, form.cursor, room) : cut(stars, room);
      }
      const meaning = field.means?.(field.value.trim());
      if (meaning !== undefined) {
        const shown = chosen ? withCursor(field.value, form.cursor, 24) : cut(printable(field.value), 24);
        return cut(`${shown}  ${printable(meaning)}`, room);
      }
      return chosen ? withCursor(field.value, form.cursor, room) : cut(printable(field.value), room);
    }
    case 'yes-no':
      return field.value ? `[x] ${words.yes}` : `[ ] ${words.no}`;
    case 'choice': {
      const label = field.options.find((one) => one.value === field.value)?.label ?? '';
      return cut(chosen && field.options.length > 1 ? `< ${printable(label)} >` : printable(label), room);
    }
  }
}

const LABEL_WIDTH = 24;

/** Lines of what a field expects, or of what is wrong with it. */
const MOST_SAID = 2;

/** In so few rows a form gives up its title. */
const SMALL_FORM = 7;

/** A form in the place of the list: its fields, what is wrong, and the keys that save or leave it. */
export function FormPane({
  state,
  form,
  height,
}: {
  readonly state: State;
  readonly form: OpenForm;
  readonly height: number;
}): ReactNode {
  const words = wordsIn(state.language).console.form;
  const { columns, keymap, language } = state;
  const room = Math.max(10, columns - LABEL_WIDTH - 7);
  const lines: Lines = form.fields.map((field, index) => {
    const chosen = index === form.focused;
    const wrong = form.problem?.field === field.name || (!chosen && problemIn(field) !== undefined);
    const locked = field.locked !== undefined;
    const text = ` ${chosen ? SIGNS.chosen : ' '} ${fit(field.label, LABEL_WIDTH)} ${wrong ? '! ' : locked ? '= ' : ''}${valueText(state, form, field, chosen, room)}`;
    return { text: fit(text, columns - 1), style: chosen ? CHOSEN : wrong ? LATE : locked ? QUIET : {} };
  });
  const focused = form.fields[form.focused];
  const { problem } = form;
  // Elsewhere its field keeps its mark, and the line says what is expected there.
  const isHere =
    problem !== undefined &&
    (problem.field === focused?.name || !form.fields.some((one) => one.name === problem.field));
  const wrongNow = isHere ? problem.text : focused && problemIn(focused);
  const expected = focused?.locked ?? focused?.hint ?? '';
  const said: Lines = wrap(wrongNow === undefined ? expected : `! ${wrongNow}`, columns - 4)
    .slice(0, MOST_SAID)
    .map((text) => ({ text: `   ${text}`, style: wrongNow === undefined ? QUIET : LATE }));
  const save = keysOf(keymap, 'save-form', language)[0] ?? '';
  const waiting =
    state.waiting.length === 0
      ? ''
      : `   ${wordsIn(language).console.prompt.waiting(state.waiting.length)}${state.waiting.slice(0, 4).map(printable).join(', ')}`;
  const foot: Lines = [
    ...said,
    { text: `   ${words.keys(save, keysOf(keymap, 'delete', language)[0] ?? '')}`, style: { bold: true } },
    { text: cut(waiting, columns - 1), style: { bold: true } },
  ];
  // In a small window the field that is being filled in comes first.
  const small = height < SMALL_FORM;
  const below = small ? foot.slice(0, Math.max(0, height - 1)) : foot;
  const rooms = Math.max(1, height - (small ? 0 : 1) - below.length);
  const top = Math.max(0, Math.min(Math.max(form.focused - rooms + 1, form.focused - 1), form.fields.length - rooms));
  const first = rooms === 1 ? form.focused : top;
  const more = form.fields.length > rooms ? `  ${words.place(form.focused + 1, form.fields.length)}` : '';
  const head: Lines = small ? [] : [{ text: cut(` ${form.title}${more}`, columns - 1), style: { bold: true } }];
  return <Pane lines={[...head, ...lines.slice(first, first + rooms), ...below]} offset={0} height={height} />;
}
