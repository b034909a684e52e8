import type { Refusal } from '../desk/perform.ts';
import type { RefusalWords } from '../language/command-words.ts';
import { failureResult } from '../training/results.ts';
import { refused } from './failure.ts';
import type { Failure } from './failure.ts';

/** Why an action was not done, in one sentence that says what to do next. */
export function refusalSentence(refusal: Refusal, say: RefusalWords): string {
  switch (refusal.kind) {
    case 'not-permitted':
      return refusal.needs === 'desk' ? say.needsDesk : say.needsRole(refusal.permission);
    case 'unknown':
      return say.unknown[refusal.what](refusal.key);
    case 'invalid':
      return say.invalid[refusal.problem](refusal.path, refusal.value ?? '');
  }
}

/** A refusal as the end of a command: exit status 1. */
export function refusedBy(refusal: Refusal, say: RefusalWords): Failure {
  return refused(refusalSentence(refusal, say), failureResult(refusal));
}

/** Narrows an answer to what was hoped for; throws Failure for a refusal. */
export function hoped<Outcome extends { readonly kind: string }>(
  outcome: Outcome | Refusal,
  say: RefusalWords,
): Exclude<Outcome, Refusal> {
  if (isRefusal(outcome)) throw refusedBy(outcome, say);
  return outcome as Exclude<Outcome, Refusal>;
}

/** Whether an answer is a refusal. */
export function isRefusal(outcome: { readonly kind: string }): outcome is Refusal {
  return outcome.kind === 'not-permitted' || outcome.kind === 'unknown' || outcome.kind === 'invalid';
}
