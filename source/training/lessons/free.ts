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

/** At a kiosk one signs in again whenever the session has ended: that is a turn only where this very step waits. */
const ON_THE_WAY: Readonly<Record<string, string>> = {
  'sign-in-patron': 'sign-in',
  'member-may-try': 'sign-in',
  'member-tried': 'sign-in',
  'ask-for-code': 'forgot-password',
  'find-for-clearance': 'quitus',
};

/** Whether an action that has changed something is no step of anybody's; `waits`: the step that the lesson waits for. */
export function isFree(
  { name, readOnly, permission }: Pick<Action<never, unknown>, 'name' | 'readOnly' | 'permission'>,
  waits?: string,
): boolean {
  const ofStep = ON_THE_WAY[name];
  if (readOnly || permission === 'run-jobs' || permission === 'load-network' || FREE.has(name)) return true;
  return ofStep !== undefined && ofStep !== waits;
}
