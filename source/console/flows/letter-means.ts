import type { LetterPaper } from '../../letters/index.ts';
import type { Runtime } from '../runtime.ts';

/** Letters are put into words only when one is looked at: starting the console does not wait for it (PERF-01). */
export const letters = async () => import('../../letters/index.ts');

/** What letters are written with at this desk, for its screen and its printer. */
export async function letterMeans(runtime: Runtime): Promise<LetterPaper> {
  const { network, timeZone } = runtime.store.get();
  return { network, timeZone, templates: await runtime.letterTemplates(), columns: runtime.paperColumns() };
}
