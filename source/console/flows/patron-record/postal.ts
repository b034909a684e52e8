import { tidyPostalCode } from '../../../circulation/contacts.ts';
import type { FormField, FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { typeOptions } from './contacts.ts';

/** Fields of a postal address, with what was typed before. `type`: also what kind of address it is. */
export function postalFields(runtime: Runtime, before: FormValues, withType = true): FormField[] {
  const { address: words, badPostalCode, choiceHint } = runtime.words().records;
  const text = (name: string, label: string, hint: string): Extract<FormField, { kind: 'text' }> => ({
    kind: 'text',
    name,
    label,
    value: String(before[name] ?? ''),
    hint,
  });
  const options = typeOptions(runtime, 'address');
  return [
    text('line1', words.line1, words.line1Hint),
    text('line2', words.line2, words.line2Hint),
    text('line3', words.line3, words.line2Hint),
    {
      ...text('postalCode', words.postalCode, words.postalCodeHint),
      live: (value) => (tidyPostalCode(value, null) === undefined ? badPostalCode : undefined),
    },
    text('city', words.city, ''),
    ...(withType
      ? [
          {
            kind: 'choice' as const,
            name: 'addressType',
            label: words.type,
            value: String(before['addressType'] ?? options[0]?.value ?? ''),
            options,
            hint: choiceHint,
          },
        ]
      : []),
  ];
}
