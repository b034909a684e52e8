import type { Heard } from '../announcer.ts';
import { wordsIn } from '../../language/index.ts';
import type { KioskState } from './state.ts';

/** What somebody who listens is told apart from the lines of the screen: what they type, and what is answered. */
export function heardOf({ page, answer, language }: KioskState): Heard {
  const body = page?.body;
  return {
    form: body?.kind === 'form' && !body.onSubmit ? body.form : null,
    field: {
      label: body?.kind === 'list' && body.field ? body.field.label : wordsIn(language).kiosk.noField,
      value: body?.kind === 'list' ? (body.field?.value ?? '') : '',
      masked: false,
    },
    screen: page?.title ?? '',
    given: [],
    answer,
  };
}
