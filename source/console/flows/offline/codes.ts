import { printable } from '../../../language/printable.ts';
import type { OfflineMeans } from '../../offline-means.ts';
import type { Runtime } from '../../runtime.ts';
import { looksLike } from '../barcodes.ts';

/** What a code is taken for when nobody can be asked but the operator. */
export type CodeKind = 'card' | 'item' | 'cancelled';

/**
 * What a code is, as far as anybody can tell without the database: by the library's patterns, else by what cards and items
 * looked like so far. With a borrower at the desk an item is expected; only a code of a shape never seen before is asked
 * about, once both kinds have been seen, and a card is never lent to the reader before (lessons: on a clash ask, never guess).
 */
export async function kindOfCode(runtime: Runtime, means: OfflineMeans, code: string): Promise<CodeKind> {
  const state = runtime.store.get();
  const looks = looksLike(state, code);
  if (looks === 'patron') return 'card';
  if (looks === 'item') return 'item';
  const { shapes } = means;
  const guess = shapes.guess(code);
  if (guess === 'card') return shapes.knows('item') ? 'card' : 'item';
  if (guess === 'unknown' && shapes.knows('item') && shapes.knows('card')) return ask(runtime, code);
  return 'item';
}

async function ask(runtime: Runtime, code: string): Promise<CodeKind> {
  const words = runtime.words().offline;
  const { offline } = runtime.store.get();
  const borrower = offline?.borrower;
  const answer = await runtime.ask({
    title: words.cardOrItem(printable(code)),
    lines: borrower ? [words.cardOrItemLine(printable(borrower.name ?? borrower.code))] : [],
    why: [],
    choices: ['answer-patron', 'answer-item', 'answer-cancel'],
  });
  return answer === 'answer-patron' ? 'card' : answer === 'answer-item' ? 'item' : 'cancelled';
}

/** Remembers what a code that was read while the database answered turned out to be. */
export function learnCode(runtime: Runtime, kind: 'card' | 'item', code: string): void {
  runtime.offline?.shapes.learn(kind, code);
}
