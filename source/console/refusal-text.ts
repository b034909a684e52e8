import type { Refusal } from '../desk/perform.ts';
import type { ConsoleWords } from '../language/console-words.ts';

/** Why an action was refused, in a sentence. `register`: the key that registers somebody whom nobody knows. */
export function refusalText(refusal: Refusal, words: ConsoleWords, register: string): string {
  const { refusal: say } = words;
  switch (refusal.kind) {
    case 'not-permitted':
      return refusal.needs === 'desk' ? say.needsDesk : say.notPermitted;
    case 'unknown':
      return refusal.what === 'ITEM' ? words.loan.unknown(refusal.key) : words.identify.unknown(refusal.key, register);
    case 'invalid':
      return refusal.problem === 'no-open-day' ? say.noOpenDay(refusal.path) : say.invalid(refusal.path);
  }
}
