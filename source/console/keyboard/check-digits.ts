import type { CHECK_DIGITS } from '../../circulation/network.ts';

/** How the last character of a barcode proves the others. */
export type CheckDigitScheme = (typeof CHECK_DIGITS)[number];

/** `absent`: the barcode is not of a kind that carries this check digit. */
export type CheckDigitVerdict = 'right' | 'wrong' | 'absent';

/** The 43 characters of Code 39, in the order of their values. */
const CODE_39 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** Luhn's sum over all digits, the check digit among them; every second digit from the right but one is doubled. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (const [index, digit] of Array.from(digits).toReversed().entries()) {
    const value = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += value > 9 ? value - 9 : value;
  }
  return sum;
}

function verdict(right: boolean): CheckDigitVerdict {
  return right ? 'right' : 'wrong';
}

function mod43(text: string): CheckDigitVerdict {
  const values = Array.from(text).map((character) => CODE_39.indexOf(character));
  if (values.length < 2 || values.includes(-1)) return 'absent';
  const last = values.pop();
  return verdict(values.reduce((sum, value) => sum + value, 0) % 43 === last);
}

/**
 * Whether the last character of a barcode is its right check digit (TUI-03): `luhn` (modulo 10) for digits of any number,
 * `codabar14` for the 14 digits of library Codabar labels (2 patron or 3 item, 4 library, 8 number, 1 check digit by Luhn),
 * `mod43` for Code 39 in upper case.
 */
export function checkDigitOf(text: string, scheme: CheckDigitScheme): CheckDigitVerdict {
  if (scheme === 'mod43') return mod43(text);
  const fits = scheme === 'luhn' ? /^\d{2,}$/ : /^[23]\d{13}$/;
  return fits.test(text) ? verdict(luhnSum(text) % 10 === 0) : 'absent';
}
