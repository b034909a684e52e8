import { isWarning } from '../exchange/catalogue/index.ts';
import type { CatalogueProblem, ProblemCode } from '../exchange/catalogue/index.ts';
import type { ImportProblems, ImportWords } from '../language/import-words.ts';

// Each code has its own facts: the compiler checks here that every code of the file room has its sentence with those facts.
type SentenceFor<Problem> = (problem: Problem) => string;
type Sentences = { readonly [Code in ProblemCode]: SentenceFor<Extract<CatalogueProblem, { problem: Code }>> };

/** `error: record 12 (023572116), 995[2]$f, byte 5412: …`: one line about one problem. */
export function importProblemLine(problem: CatalogueProblem, say: ImportWords): string {
  const { record, control, field, at, line } = problem;
  const sentences: ImportProblems & Sentences = say.problem;
  const where = [
    record === 0 ? say.file : say.record(record, control ?? null),
    ...(field === undefined ? [] : [field]),
    ...(at === undefined ? [] : [say.byte(at)]),
    ...(line === undefined ? [] : [say.line(line)]),
  ];
  const sentence = (sentences[problem.problem] as SentenceFor<CatalogueProblem>)(problem);
  return `${isWarning(problem.problem) ? say.warning : say.error}: ${where.join(', ')}: ${sentence}`;
}
