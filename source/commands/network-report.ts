import type {
  Difference,
  NetworkError,
  NetworkWarning,
  ProblemCode,
  WarningCode,
} from '../exchange/network-file/index.ts';
import type { NetworkProblems, NetworkWarnings, NetworkWords } from '../language/network-words.ts';

// Each code has its own facts: the compiler checks here that every code of the file room has its sentence with those facts.
type SentenceFor<Remark> = (remark: Remark) => string;
type ProblemSentences = { readonly [Code in ProblemCode]: SentenceFor<Extract<NetworkError, { problem: Code }>> };
type WarningSentences = { readonly [Code in WarningCode]: SentenceFor<Extract<NetworkWarning, { warning: Code }>> };

/** `loanRules[3].period (line 41): …`. */
function placed(
  { path, line }: { readonly path: string; readonly line?: number },
  sentence: string,
  say: NetworkWords,
): string {
  const where = path === '' ? say.wholeFile : path;
  return `${where}${line === undefined ? '' : ` (${say.line(line)})`}: ${sentence}`;
}

/** One error of a network file: its place, what stands there, what may. */
export function problemLine(error: NetworkError, say: NetworkWords): string {
  const problems: NetworkProblems & ProblemSentences = say.problem;
  return placed(error, (problems[error.problem] as SentenceFor<NetworkError>)(error), say);
}

/** One warning about a network file. */
export function warningLine(warning: NetworkWarning, say: NetworkWords): string {
  const warnings: NetworkWarnings & WarningSentences = say.warning;
  return placed(warning, (warnings[warning.warning] as SentenceFor<NetworkWarning>)(warning), say);
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One change of a network: `~ path: from → to`, `+` for what is new, `-` for what is gone. */
export function differenceLine({ path, from, to }: Difference): string {
  if (from === undefined) return `+ ${path}: ${written(to)}`;
  if (to === undefined) return `- ${path}: ${written(from)}`;
  return `~ ${path}: ${written(from)} → ${written(to)}`;
}
