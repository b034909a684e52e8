import type { WrongTurn } from './contract.ts';
import type { Verdict } from './match.ts';
import type { Done, Seen } from './seen.ts';

/** What was done instead of a step: the thing itself, and what is wrong with it. */
export function wrongTurn({ what }: Seen, dones: readonly Done[], verdict: Verdict): WrongTurn {
  const isNear = verdict.kind === 'subject' || verdict.kind === 'result';
  const done = isNear ? verdict.done : dones[0];
  return {
    action: what.name,
    done: done ? { name: done.name, fields: done.fields } : null,
    result: done?.result ?? null,
    because: isNear ? verdict.kind : 'other',
    mismatches: verdict.kind === 'result' ? verdict.mismatches : [],
  };
}
