import type { PlainResult } from '../training/results.ts';

/** Exit status of a command: done, refused or failed, wrong usage (spec 9). */
export type Status = 0 | 1 | 2;

/** A command ends here, with sentences for standard error. `result`: what `--json` prints all the same. */
export class Failure extends Error {
  readonly status: 1 | 2;
  readonly sentences: readonly string[];
  readonly result: PlainResult | undefined;
  constructor(status: 1 | 2, sentences: readonly string[], result?: PlainResult) {
    super(sentences.join(' '));
    this.name = 'Failure';
    this.status = status;
    this.sentences = sentences;
    this.result = result;
  }
}

/** The command cannot be done: exit status 1. */
export function refused(sentence: string, result?: PlainResult): Failure {
  return new Failure(1, [sentence], result);
}

/** The command is written wrongly: exit status 2. */
export function misused(...sentences: readonly string[]): Failure {
  return new Failure(2, sentences);
}
