import type { Refusal } from '../../desk/perform.ts';
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
  return { at, error: { ...error, path: pathText(at) } };
}

type Invalid = Extract<Refusal, { kind: 'invalid' }>;
const isInvalid = (answer: { readonly kind: string }): answer is Invalid => answer.kind === 'invalid';

/** What the desk's own refusal says about a part of the file. Throws where the desk refuses for a reason that no file can give. */
export function refusedByDesk(at: Path, answer: { readonly kind: string }): SceneFault {
  if (!isInvalid(answer)) throw new Error(`the scene cannot be set: ${JSON.stringify(answer)}`);
  return faultAt(at, { problem: 'refused-by-desk', reason: answer.problem, found: answer.value ?? null });
}
