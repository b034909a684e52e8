import { expect } from 'vitest';
import { readPatronRecord } from '../../source/desk/patron-record.ts';
import type { PatronRecord } from '../../source/desk/patron-record.ts';
import type { FormField, OpenForm } from '../../source/console/form.ts';
import type { DeskDriver } from './console-driver.ts';
import type { Scene } from './house.ts';

/** The form that is open. */
export function formOf(desk: DeskDriver): OpenForm {
  const { form } = desk.state();
  if (!form) throw new Error('no form is open');
  return form;
}

/** A field of the open form, as it stands. */
export function fieldOf(desk: DeskDriver, name: string): FormField {
  const found = formOf(desk).fields.find((one) => one.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

/** Goes to a field with the arrow keys, the shorter way round. */
export async function goTo(desk: DeskDriver, name: string): Promise<void> {
  const { fields, focused } = formOf(desk);
  const at = fields.findIndex((one) => one.name === name);
  expect(at, `field ${name}`).toBeGreaterThanOrEqual(0);
  const down = (at - focused + fields.length) % fields.length;
  const isDown = down <= fields.length / 2;
  for (let steps = isDown ? down : fields.length - down; steps > 0; steps -= 1)
    await desk.press(isDown ? 'Down' : 'Up');
}

/** Fills fields by the keyboard: a text is emptied and typed, a choice is stepped to its value, a box is ticked. */
export async function fill(desk: DeskDriver, values: Readonly<Record<string, string | boolean>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await goTo(desk, name);
    const field = fieldOf(desk, name);
    if (field.kind === 'text') {
      if (field.value !== '') await desk.press('Ctrl+X');
      if (value !== '') await desk.type(String(value));
    } else if (field.kind === 'yes-no') {
      if (field.value !== value) await desk.press('Space');
    } else {
      expect(field.options.map((one) => one.value)).toContain(value);
      while (fieldOf(desk, name).value !== value) await desk.press('Right');
    }
  }
}

/** The whole record of a patron, by any identifier. */
export async function recordOf(scene: Scene, patron: string | number): Promise<PatronRecord> {
  const found = await scene.act(readPatronRecord, { patron });
  if (found.kind !== 'record') throw new Error(`no record ${patron}: ${JSON.stringify(found)}`);
  return found.record;
}

/** Values of the contacts of a kind, the preferred one first, with a star. */
export const contactsOf = ({ contacts }: PatronRecord, kind: string): string[] =>
  contacts.filter((one) => one.kind === kind).map((one) => `${one.preferred ? '* ' : ''}${one.value}`);
