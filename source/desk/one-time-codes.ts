import { CODE_ALPHABET, CODE_LENGTH, CODE_LIFETIME, codeKey, groupedCode } from '../circulation/passwords.ts';
import type { PlainCode } from '../circulation/letters.ts';
import { hashPassword } from './passwords.ts';
import type { PasswordCost } from './passwords.ts';
import { recordAbout } from './patron-events.ts';
import type { Desk } from './perform.ts';

/** A code that nobody has yet: in plain for whoever it goes to, hashed for the database. */
export type MadeCode = { readonly code: string; readonly hash: string };

/** Makes a one-time code (USR-11). Slow, as its hash is: done before a transaction, where it holds nobody up. */
export async function makeCode(cost: PasswordCost): Promise<MadeCode> {
  const { randomInt } = await import('node:crypto');
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]);
  const code = groupedCode(letters.join(''));
  return { code, hash: await hashPassword(codeKey(code), cost) };
}

/**
 * Gives a patron a code that was made: the earlier ones work no more, this one for 24 hours and once. Its plain text goes
 * to the caller and nowhere else.
 */
export async function issueCode(desk: Desk, patronId: number, made: MadeCode): Promise<PlainCode> {
  const expires = desk.now + CODE_LIFETIME;
  await desk.records.patronPasswords.addCode(patronId, made.hash, desk.now, expires);
  await recordAbout(desk, 'code-issued', patronId, { expires });
  return { code: made.code, expires };
}
