import type { AuditLine } from '../../desk/audit.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';

/** What readers alone do. */
const OWN_KINDS: readonly AuditLine['kind'][] = ['patron-signed-in', 'patron-sign-in-failed', 'code-used'];

/** Who did what an entry of the audit says: staff, the reader at their own terminal, or what runs without an account. */
export function whoDid(runtime: Runtime, { staff, kind, data }: Pick<AuditLine, 'staff' | 'kind' | 'data'>): string {
  const words = runtime.words().audit;
  if (staff !== null) return printable(staff);
  const { by, at, preRegistration } = data;
  const isTheirs = OWN_KINDS.includes(kind) || by === 'patron' || at === 'kiosk' || preRegistration !== undefined;
  return isTheirs ? words.reader : words.commandLine;
}
