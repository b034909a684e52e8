import { leaving } from '../prompt-keys.ts';
import type { Runtime } from '../runtime.ts';
import { leaveBrowse } from './browse.ts';
import { REGISTERING } from './patron-record/register-form.ts';
import { nextBorrower } from './offline/index.ts';
import { done } from './record.ts';

/** Nobody has touched anything for long: what is open is left, and nobody's record stays on the screen (TAB-08). */
export function clearIdle(runtime: Runtime, add: (task: () => Promise<void>) => void): void {
  const { prompt, record, form, browse, offline } = runtime.store.get();
  if (form) runtime.leaveForm('idle');
  if (form && !record && form.key.startsWith(REGISTERING)) {
    const { records } = runtime.words();
    runtime.tell('information', records.registrationKept(form.title, runtime.keyFor('register')));
  }
  if (prompt) runtime.answer(leaving(prompt.choices));
  // After what still waits: those items were scanned for this patron.
  if (record) add(async () => done(runtime, 'idle'));
  else if (offline?.borrower) add(async () => nextBorrower(runtime));
  // Histories, audits and cards name people too.
  else if (browse.length > 0) add(async () => leaveBrowse(runtime));
}
