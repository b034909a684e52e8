import { isToOverwrite } from '../../../circulation/card-system.ts';
import type { Runtime } from '../../runtime.ts';
import { recordChanged } from './tabs.ts';

type Candidate = {
  readonly id: number;
  readonly kind: 'internal' | 'external';
  readonly category: string | null;
  readonly group: string | null;
};

/** Looks a record up in the card system at once; it stays a candidate where that says nothing (IMP-04). */
export async function lookUp(runtime: Runtime, patron: number): Promise<void> {
  const words = runtime.words().records;
  runtime.tell('information', words.lookingUp);
  const outcome = await runtime.lookUpCard(patron);
  if (outcome.kind === 'updated') {
    await recordChanged(runtime);
    runtime.tell('done', words.lookedUp);
  } else if (outcome.kind === 'not-found') runtime.tell('warning', words.notInCardSystem);
  else if (outcome.kind === 'no-card-system') runtime.tell('information', words.noCardSystem);
  else runtime.tell('warning', words.lookUpFailed[outcome.because]);
}

/** After a record was saved: where its category says *to overwrite*, it is looked up (USR-06, IMP-04). */
export async function lookUpWhereAsked(runtime: Runtime, record: Candidate): Promise<void> {
  const { network } = runtime.store.get();
  if (network && isToOverwrite(network, record)) await lookUp(runtime, record.id);
}
