import type { Context } from './context.ts';
import { misused } from './failure.ts';
import { nearest } from './suggest.ts';

/** What is set aside, and why: `--override CODE` (repeatable, or `all`) and `--reason`. */
export type Overridden<Code extends string> = { readonly codes: readonly Code[] | 'all'; readonly reason?: string };

/** Reads `--override`, in capitals or not; undefined where nothing is set aside. Throws Failure for a code that is not known here. */
export function overrideIn<Code extends string>(
  { options, words }: Context,
  known: readonly Code[],
): Overridden<Code> | undefined {
  const given = options.list('override').map((code) => code.toUpperCase());
  if (given.length === 0) return undefined;
  const isKnown = (code: string): code is Code => (known as readonly string[]).includes(code);
  const wrong = given.find((code) => code !== 'ALL' && !isKnown(code));
  if (wrong !== undefined) {
    throw misused(words.commands.usage.notOneOf('--override', wrong, ['all', ...known], nearest(wrong, known)));
  }
  const reason = options.text('reason');
  return {
    codes: given.includes('ALL') ? 'all' : given.filter(isKnown),
    ...(reason === undefined ? {} : { reason }),
  };
}
