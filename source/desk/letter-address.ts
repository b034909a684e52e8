import { isEmail } from '../circulation/contacts.ts';
import type { Desk, Refusal } from './perform.ts';

type OfNetwork = Pick<Desk, 'network'>;

/** The network's address for who has none stands for nobody (USR-03). */
const isPlaceholder = ({ network }: OfNetwork, address: string): boolean =>
  address.trim().toLowerCase() === network.placeholderEmail?.toLowerCase();

/** Whether a letter can be addressed so: the placeholder never, nor what is no address (REL-06). */
const isUsable = (desk: OfNetwork, address: string): boolean =>
  !isPlaceholder(desk, address) && isEmail(address.trim());

/** An address as letters are sent to it; null: there is none, or nobody can be written to by it. */
export function usableAddress(network: Desk['network'], address: string | null): string | null {
  return address !== null && isUsable({ network }, address) ? address.trim() : null;
}

/** The addresses that a patron can be written to, the preferred one first. */
export async function addressesOf(desk: Desk, patronId: number): Promise<string[]> {
  const found = await desk.records.patronContacts.ofPatron(patronId, 'email');
  const real = found.filter((one) => one.type !== 'alternative' && isUsable(desk, one.value));
  return [...new Set(real.map((one) => one.value.trim()))];
}

/** The address that a patron's letters go to: the preferred one; null: there is none that is real. */
export async function preferredAddress(desk: Desk, patronId: number): Promise<string | null> {
  return usableAddress(desk.network, await desk.records.patrons.preferredEmail(patronId));
}

/** An address that was chosen or typed for one letter. Invalid: `email`. */
export function givenAddress(desk: Desk, email: string): { readonly address: string } | Refusal {
  const address = email.trim();
  if (address === '') return { kind: 'invalid', path: 'email', problem: 'empty' };
  if (isUsable(desk, address)) return { address };
  const problem = isPlaceholder(desk, address) ? 'placeholder' : 'not-an-email';
  return { kind: 'invalid', path: 'email', problem, value: address };
}
