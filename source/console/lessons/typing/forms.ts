import { moveFocus, typeInto } from '../../form.ts';
import type { FormField, FormValues, OpenForm } from '../../form.ts';
import { atMost, command } from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { press, times, type } from '../../guide/strokes.ts';
import type { Stroke } from '../../guide/strokes.ts';

const same = (field: FormField, wanted: string | boolean): boolean =>
  field.kind === 'text' && typeof wanted === 'string' ? field.value.trim() === wanted.trim() : field.value === wanted;

/** The characters that find an option, as few as will do; undefined: arrows do it. */
function beginning(form: OpenForm, wanted: string): string | undefined {
  const field = form.fields[form.focused];
  const option = field?.kind === 'choice' ? field.options.find((one) => one.value === wanted) : undefined;
  if (!option) return undefined;
  const found = (typed: string): boolean => {
    const letters = Array.from(typed).reduce((shown, letter) => typeInto(shown, letter), form);
    const at = (shown: OpenForm) => shown.fields[shown.focused]?.value === wanted;
    return at(letters) && at(typeInto(form, typed));
  };
  for (const source of [option.label, option.value]) {
    const letters = Array.from(source);
    for (let length = 1; length <= Math.min(12, letters.length); length += 1) {
      const typed = letters.slice(0, length).join('');
      // A blank alone goes to the next option.
      if (!typed.startsWith(' ') && found(typed)) return typed;
    }
  }
  return undefined;
}

/** The keys that give the focused field its value. */
function fill(sight: Sight, form: OpenForm, wanted: string | boolean): Stroke[] | undefined {
  const field = form.fields[form.focused];
  if (!field) return undefined;
  if (field.kind === 'yes-no') return press('Space');
  if (field.kind === 'text') return [...(field.value === '' ? [] : command(sight, 'delete')), ...type(String(wanted))];
  const from = field.options.findIndex((one) => one.value === field.value);
  const to = field.options.findIndex((one) => one.value === wanted);
  if (to < 0) return undefined;
  const typed = beginning(form, String(wanted));
  if (typed !== undefined) return type(typed);
  return to >= from ? times('Right', to - from) : times('Left', from - to);
}

/** How many fields up or down, whichever way is shorter. */
function wayTo({ focused, fields }: OpenForm, target: number): Stroke[] {
  const down = (target - focused + fields.length) % fields.length;
  const up = fields.length - down;
  return down <= up ? times('Down', down) : times('Up', up);
}

/**
 * The next keys towards a form that says what is wanted, field by field; in the end the key that saves it. Fields that are not named stay
 * as they are. Undefined: it cannot be brought to that (no such field or option, a locked one), or was saved and is open still.
 */
export function fillForm(sight: Sight, wanted: FormValues): Next {
  const { form } = sight.state;
  if (!form) return undefined;
  for (const [name, value] of Object.entries(wanted)) {
    const index = form.fields.findIndex((one) => one.name === name);
    const field = form.fields[index];
    if (!field) {
      if (value === '' || value === false) continue;
      return undefined;
    }
    if (same(field, value)) continue;
    if (field.locked !== undefined) return undefined;
    const there = { ...moveFocus(form, index - form.focused) };
    const keys = fill(sight, there, value);
    if (!keys) return undefined;
    return atMost(sight, 3, `fill ${form.key} ${name}`, [...wayTo(form, index), ...keys]);
  }
  return atMost(sight, 3, `save ${form.key}`, command(sight, 'save-form'));
}
