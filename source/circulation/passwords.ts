/** What a password must have (USR-11), in the order in which it is told. */
export const PASSWORD_PARTS = ['length', 'digit', 'lower-case', 'upper-case', 'special'] as const;
export type PasswordPart = (typeof PASSWORD_PARTS)[number];

/** Nobody types more; a longer one would only keep the machine busy. */
export const LONGEST_PASSWORD = 200;

const NEEDED: Readonly<Record<PasswordPart, RegExp>> = {
  length: /^.{8,}$/su,
  digit: /\p{Nd}/u,
  'lower-case': /\p{Ll}/u,
  'upper-case': /\p{Lu}/u,
  special: /[^\p{L}\p{M}\p{N}]/u,
};

/**
 * What is missing from a password (USR-11): eight characters, a digit, a lower-case and an upper-case letter, a special
 * character. Empty: it is strong. Judged as it is hashed: composed and compatible (NFKC).
 */
export function missingParts(password: string): PasswordPart[] {
  const text = password.normalize('NFKC');
  return PASSWORD_PARTS.filter((part) => !NEEDED[part].test(text));
}

const MINUTE = 60_000;

/** How long an account waits after that many wrong passwords in a row (REL-07), in milliseconds: from the third on 1, 2, 4 … minutes, an hour at the most. */
export function waitAfter(failures: number): number {
  return failures < 3 ? 0 : Math.min(60, 2 ** (failures - 3)) * MINUTE;
}

/** A failure of an account counts for a day, unless another follows (REL-07). */
export const ACCOUNT_FORGETS = 24 * 60 * MINUTE;

/** A terminal forgets one failure in that time, whatever else happens there: who owns an account cannot set it to nought. */
export const TERMINAL_FORGETS = 5 * MINUTE;
/** More failures than that are not counted: a terminal is free again within an hour. */
export const TERMINAL_MOST = 10;
/** A terminal waits from that many failures on. */
const TERMINAL_PATIENCE = 5;

/**
 * How long a terminal waits after a failure there, in milliseconds; `failures`: those that it has not forgotten, this one among
 * them. From the fifth on half a minute, then 1, 2, 4, 8 minutes, a quarter of an hour at the most.
 */
export function terminalWaitAfter(failures: number): number {
  return failures < TERMINAL_PATIENCE ? 0 : Math.min(15, 2 ** (failures - TERMINAL_PATIENCE) / 2) * MINUTE;
}

/** No lock lasts longer; one that would was written by a clock that was wrong. */
export const LONGEST_WAIT = 60 * MINUTE;

/** Longer names belong to nobody. */
export const LONGEST_NAME = 300;

/** What codes are made of: nothing that looks like something else on paper (0 O D Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V). */
export const CODE_ALPHABET = '3479ACEFGHJKMNPRTWXY';
export const CODE_LENGTH = 10;
const GROUP = 5;

/** A one-time code as it is read and typed: in groups, `ACEFG-HJKMN`. */
export function groupedCode(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUP}}`, 'gu')) ?? []).join('-');
}

/** What was typed as a code, as it is compared: capitals, without what only groups them. */
export function codeKey(typed: string): string {
  return typed.replaceAll(/[\s\p{Pd}._]/gu, '').toUpperCase();
}

/** A one-time code works that long (USR-11), in milliseconds … */
export const CODE_LIFETIME = 24 * 60 * MINUTE;
/** … and not after that many wrong tries. */
export const CODE_TRIES = 5;
