import { isEmail } from '../circulation/contacts.ts';
import type { Desk, Refusal } from './perform.ts';

/** The network's address for who has none stands for nobody (USR-03). */
const isPlaceholder = ({ network }: Desk, address: string): boolean =>
  address.trim().toLowerCase() === network.placeholderEmail?.toLowerCase();

/** Whether a letter can be addressed so: the placeholder never, nor what is no address (REL-06). */
const isUsable = (desk: Desk, address: string): boolean => !isPlaceholder(desk, address) && isEmail(address.trim());

/** The addresses that a patron can be written to, the preferred one first. */
export async function addressesOf(desk: Desk, patronId: number): Promise<string[]> {
  const found = await desk.records.patronContacts.ofPatron(patronId, 'email');
  const real = found.filter((one) => one.type !== 'alternative' && isUsable(desk, one.value));
  return [...new Set(real.map((one) => one.value.trim()))];
}

/** The address that a patron's letters go to: the preferred one; null: there is none that is real. */
export async function preferredAddress(desk: Desk, patronId: number): Promise<string | null> {
  const preferred = await desk.records.patrons.preferredEmail(patronId);
  return preferred !== null && isUsable(desk, preferred) ? preferred.trim() : null;
}

/** An address that was chosen or typed for one letter. Invalid: `email`. */
export function givenAddress(desk: Desk, email: string): { readonly address: string } | Refusal {
  const address = email.trim();
  if (address === '') return { kind: 'invalid', path: 'email', problem: 'empty' };
  if (isUsable(desk, address)) return { address };
  const problem = isPlaceholder(desk, address) ? 'placeholder' : 'not-an-email';
  return { kind: 'invalid', path: 'email', problem, value: address };
}
