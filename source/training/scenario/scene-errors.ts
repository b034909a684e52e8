import type { InvalidProblem, Refusal } from '../../desk/perform.ts';
import { pathText } from '../../exchange/network-file/path.ts';
import type { Path } from '../../exchange/network-file/path.ts';
import type { ScenarioError } from './problems.ts';

/** Something in the file that does not make a scene. */
export type SceneFault = { readonly at: Path; readonly error: ScenarioError };

/** An error without its place. */
type Unplaced = ScenarioError extends infer One
  ? One extends ScenarioError
    ? Omit<One, 'path' | 'line'>
    : never
  : never;

/** A fault at a path of the file. */
export function faultAt(at: Path, error: Unplaced): SceneFault {
  return { at, error: { ...error, path: pathText(at) } as ScenarioError };
}

/** What the desk's own refusal says about a part of the file; its path begins at `at`. */
export function refusedByDesk(at: Path, answer: Refusal | { readonly kind: string }): SceneFault {
  const refusal = answer as Refusal;
  if (refusal.kind === 'invalid') return refusedFor(at, refusal.problem, refusal.value ?? null);
  throw new Error(`the scene cannot be set: ${JSON.stringify(answer)}`);
}

function refusedFor(at: Path, reason: InvalidProblem, found: string | null): SceneFault {
  return faultAt(at, { problem: 'refused-by-desk', reason, found });
}
