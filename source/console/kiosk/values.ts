import type { FormValues } from '../form.ts';

/** What was typed into a field of a form. */
export const textOf = (values: FormValues, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};
