import type { Action } from '../../desk/perform.ts';

/** What changes something and yet is no turn of its own: signing in, moving about, looking after paper and mail. */
const FREE: ReadonlySet<string> = new Set([
  'sign-in',
  'choose-place',
  'override-record',
  'end-session',
  'mark-taken',
  'record-export',
  'print-letter',
  'send-letter-again',
  'send-receipt',
  'send-report',
  'print-identity-message',
]);

/** Whether an action that has changed something is no step of anybody's, whatever the lesson waits for. */
export function isFree({
  name,
  readOnly,
  permission,
}: Pick<Action<never, unknown>, 'name' | 'readOnly' | 'permission'>): boolean {
  return readOnly || permission === 'run-jobs' || permission === 'load-network' || FREE.has(name);
}
