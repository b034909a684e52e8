import type { NetworkError, ProblemFacts } from '../../exchange/network-file/problems.ts';
import type { InvalidProblem } from '../../desk/perform.ts';

/** What can be wrong in a scenario beyond what can be wrong in any YAML file of ours. Sentences are in source/language. */
export type ScenarioFacts = {
  /** Neither `2026-06-01T10:00` nor a time that exists. */
  'not-a-local-time': { readonly found: string };
  'unknown-step': { readonly found: string; readonly allowed: readonly string[] };
  /** A step is one action: these keys are several, or none. */
  'not-one-step': { readonly found: readonly string[]; readonly allowed: readonly string[] };
  /** Exactly one of `allowed` must be given, or at most one where `least` is 0. */
  'not-one-field': { readonly found: readonly string[]; readonly allowed: readonly string[]; readonly least: 0 | 1 };
  /** `{…}` in a text, or a `console` step: no command of the console is called so. */
  'unknown-command': { readonly found: string; readonly allowed: readonly string[] };
  /** A text of a lesson has no room on the screen: its lines, and the longest of them. */
  'said-too-long': {
    readonly lines: number;
    readonly longest: number;
    readonly allowed: { readonly lines: number; readonly columns: number };
  };
  /** `say` beside a step that nobody does at the console. */
  'not-guided': { readonly found: string };
  /** Neither a shipped network nor a file that can be read. */
  'unreadable-network': { readonly found: string };
  /** The network (with `with` merged into it) has errors of its own: paths are those of the merged file. */
  'network-errors': { readonly errors: readonly NetworkError[] };
  /** `as`, `desk` or a library of `staff` that is not there. */
  'unknown-in-scene': {
    readonly what: 'staff' | 'place' | 'library';
    readonly found: string;
    readonly allowed: readonly string[];
  };
  'no-desk': Record<never, never>;
  /** No library has the desk that would bring an item into that process. */
  'process-impossible': { readonly found: string };
  /** The desk refused to add a person or an item: as its own actions say it. */
  'refused-by-desk': { readonly reason: InvalidProblem; readonly found: string | null };
};

/** One problem of a scenario file: `path` as `steps[2].lend.item`, `line` from 1 where it is known. */
export type ScenarioError =
  | NetworkError
  | {
      [Code in keyof ScenarioFacts]: {
        readonly problem: Code;
        readonly path: string;
        readonly line?: number;
      } & ScenarioFacts[Code];
    }[keyof ScenarioFacts];

type AllFacts = ProblemFacts & ScenarioFacts;

/** A zod issue that carries one of our problems. */
export function scenarioIssue<Code extends keyof AllFacts>(
  problem: Code,
  facts: AllFacts[Code],
  input: unknown,
  path: (string | number)[] = [],
): { code: 'custom'; params: Record<string, unknown>; input: unknown; path: (string | number)[]; message: string } {
  return { code: 'custom', params: { ...facts, problem }, input, path, message: problem };
}
