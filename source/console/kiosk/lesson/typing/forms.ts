import type { FormField, FormValues } from '../../../form.ts';
import type { Stroke } from '../../../guide/strokes.ts';
import type { FormPage } from '../../state.ts';
import { atMost, press, times, type } from './hands.ts';
import type { Next, Sight } from './hands.ts';

const isSame = (field: FormField, wanted: string | boolean): boolean =>
  field.kind === 'text' && field.masked !== true ? field.value.trim() === wanted : field.value === wanted;

/** The keys that give the field in which one is its value; undefined: it cannot have it. */
function fill(field: FormField, wanted: string | boolean): Stroke[] | undefined {
  if (field.kind === 'yes-no') return press('Space');
  if (field.kind === 'text') return [...(field.value === '' ? [] : press('Delete')), ...type(String(wanted))];
  const from = field.options.findIndex((one) => one.value === field.value);
  const to = field.options.findIndex((one) => one.value === wanted);
  if (to < 0) return undefined;
  return to >= from ? times('Right', to - from) : times('Left', from - to);
}

/** From where one is in a form to a field; behind the last one is the button. */
function wayTo({ form, onSubmit }: FormPage, target: number): Stroke[] {
  const by = target - (onSubmit ? form.fields.length : form.focused);
  return by >= 0 ? times('Down', by) : times('Up', -by);
}

/**
 * The next keys towards a form that says what is wanted, field by field; in the end its button. Fields that are not named stay as they
 * are. Undefined: it cannot be brought to that, or was sent and is open still.
 */
export function fillForm(sight: Sight, page: FormPage, wanted: FormValues): Next {
  const { fields, key } = page.form;
  for (const [name, value] of Object.entries(wanted)) {
    const index = fields.findIndex((one) => one.name === name);
    const field = fields[index];
    if (!field && (value === '' || value === false)) continue;
    if (!field) return undefined;
    if (isSame(field, value)) continue;
    const keys = fill(field, value);
    return keys && atMost(sight, 3, `fill ${key} ${name}`, [...wayTo(page, index), ...keys]);
  }
  return atMost(sight, 2, `send ${key}`, [...wayTo(page, fields.length), ...press('Enter')]);
}
