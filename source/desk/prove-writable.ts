import { action } from './perform.ts';
import type { Desk } from './perform.ts';

/**
 * Writes the time, so that a desk knows that the database takes what it is given again: one on a full disk, or locked by
 * another program, can be read all the while (REL-03). It says nothing about the library's work, so no event is written.
 */
export const proveWritable = action(
  'prove-writable',
  { permission: null },
  async ({ records, now }: Desk): Promise<{ readonly kind: 'writable' }> => {
    await records.settings.set('proved-writable', String(now));
    return { kind: 'writable' };
  },
);
