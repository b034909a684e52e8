import { searchItems } from '../../desk/catalogue-search.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';

/** Below so many characters a word would find half the library. */
const SHORTEST_SEARCH = 3;

/** Whether a typed text is words to be found, not a barcode being typed: barcodes have digits. */
const isWords = (text: string): boolean =>
  text.trim().length >= SHORTEST_SEARCH &&
  (/^[^\d]+$/u.test(text.trim()) || /\p{L}{2,}[^\d]*\s/u.test(text) || text.includes(' '));

/** Lists the items that match what is typed where an item is expected: title, author, call number, ISBN (TAB-05). */
export async function searchItemsTyped(runtime: Runtime, text: string): Promise<void> {
  const { store } = runtime;
  if (!isWords(text)) {
    if (store.get().itemMatches) store.set({ itemMatches: null, answer: null });
    return;
  }
  const found = await runtime.perform(searchItems, { text, window: { offset: 0, limit: runtime.listRows() } });
  if (found.kind !== 'items') return runtime.refuse(found);
  const { total, lines } = found;
  store.set({ itemMatches: { text, total, lines, offset: 0, selected: -1 } });
  const words = runtime.words().catalogue;
  runtime.tell('information', total === 0 ? words.noMatch(printable(text)) : words.matches(total));
}

/** Moves in the items found and reads the window around the chosen one. */
export async function moveInItemMatches(runtime: Runtime, by: number): Promise<void> {
  const { itemMatches: matches } = runtime.store.get();
  if (!matches || matches.total === 0) return;
  const size = runtime.listRows();
  const selected = Math.max(0, Math.min(matches.total - 1, matches.selected + by));
  if (selected >= matches.offset && selected < matches.offset + size) {
    return runtime.store.set({ itemMatches: { ...matches, selected } });
  }
  const offset = Math.max(0, selected < matches.offset ? selected : selected - size + 1);
  const found = await runtime.perform(searchItems, { text: matches.text, window: { offset, limit: size } });
  if (found.kind === 'items')
    runtime.store.set({ itemMatches: { ...matches, lines: found.lines, total: found.total, offset, selected } });
}

/** The barcode of the item that was chosen, or of the only one that matches. */
export function chosenMatch(runtime: Runtime): string | undefined {
  const { itemMatches: matches } = runtime.store.get();
  if (!matches) return undefined;
  const chosen = matches.selected >= 0 ? matches.lines[matches.selected - matches.offset] : undefined;
  return (chosen ?? (matches.total === 1 ? matches.lines[0] : undefined))?.barcode;
}
