import { isToOverwrite } from '../../../circulation/card-system.ts';
import type { Runtime } from '../../runtime.ts';
import type { Tone } from '../../state.ts';
import { recordChanged } from './tabs.ts';

type Candidate = {
  readonly id: number;
  readonly kind: 'internal' | 'external';
  readonly category: string | null;
  readonly group: string | null;
};

/**
 * Looks a record up in the card system at once; it stays a candidate where that says nothing (IMP-04). `after`: what has just
 * been done to it, which is said too.
 */
export async function lookUp(runtime: Runtime, patron: number, after = ''): Promise<void> {
  const words = runtime.words().records;
  const tell = (tone: Tone, text: string) => {
    runtime.tell(tone, after === '' ? text : `${after} · ${text}`);
  };
  tell('information', words.lookingUp);
  const outcome = await runtime.lookUpCard(patron);
  if (outcome.kind === 'updated') {
    await recordChanged(runtime);
    tell('done', words.lookedUp);
  } else if (outcome.kind === 'not-found') tell('warning', words.notInCardSystem);
  else if (outcome.kind === 'no-card-system') tell('information', words.noCardSystem);
  else tell('warning', words.lookUpFailed[outcome.because]);
}

/** After a record was saved: where its category says *to overwrite*, it is looked up (USR-06, IMP-04). */
export async function lookUpWhereAsked(runtime: Runtime, record: Candidate, after: string): Promise<void> {
  const { network } = runtime.store.get();
  if (network && isToOverwrite(network, record)) await lookUp(runtime, record.id, after);
}
