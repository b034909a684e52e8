import type { Runtime } from '../runtime.ts';

/** Counts the transactions in files of this station that wait for their upload: the header says so until they have been. */
export async function countWaiting(runtime: Runtime): Promise<number> {
  const all = (await runtime.offline?.pending()) ?? [];
  const count = all
    .filter(({ holder }) => holder === 'nobody')
    .reduce((sum, one) => sum + one.loans + one.returns + one.bad, 0);
  runtime.store.set({ toUpload: count });
  return count;
}

/** Says, when somebody sits down, that files wait here. */
export async function tellWaiting(runtime: Runtime): Promise<void> {
  const count = await countWaiting(runtime);
  if (count > 0) runtime.tell('warning', runtime.words().offline.waiting(count, runtime.keyFor('uploads')));
}
