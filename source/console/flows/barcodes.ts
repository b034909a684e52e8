import type { Library, ScannerSettings } from '../../circulation/network.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { DEFAULT_SCAN_SETTINGS, readScan } from '../keyboard/hygiene.ts';
import type { State } from '../state.ts';

type Here = Pick<State, 'network' | 'place'>;

const libraryHere = ({ network, place }: Here): Library | undefined =>
  network?.libraries.find((one) => one.code === place?.library);

/** How the scanners of this place send barcodes (TUI-03). */
export const scannerOf = (state: Here): ScannerSettings => libraryHere(state)?.scanner ?? DEFAULT_SCAN_SETTINGS;

/** A code typed by hand, or by a scanner that is as slow: only digits that the keyboard garbled are put right (TUI-03). */
export function typedCode(state: Here, text: string): string {
  const { frenchDigits } = scannerOf(state);
  return readScan(text, { prefixes: [], suffixes: [], startStop: [], frenchDigits }).text;
}

/** Patterns are read once: they are the same for every scan. */
const patterns = new Map<string, RegExp>();

function matches(pattern: string, code: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  patterns.set(pattern, known);
  return known.test(code);
}

/**
 * What a code that nobody knows looks like, by the library's patterns and check digit (TUI-11): a card, an item, a barcode of
 * which a part is missing, or nothing that can be told.
 */
export function looksLike(state: Here, code: string): 'patron' | 'item' | 'half-read' | undefined {
  const library = libraryHere(state);
  if (!library) return undefined;
  const { patron, item } = library.barcodes ?? { patron: [], item: [] };
  if (readScan(code, { ...scannerOf(state), prefixes: [], suffixes: [] }).checkDigit === 'wrong') return 'half-read';
  if (patron.some((one) => matches(one, code))) return 'patron';
  if (item.some((one) => matches(one, code))) return 'item';
  return patron.length > 0 && item.length > 0 ? 'half-read' : undefined;
}

/** Whether a code begins as the network's own cards do, by its registration profiles (USR-06). */
export const isNetworkCard = ({ network }: Here, code: string): boolean =>
  (network?.registrationProfiles ?? []).some(
    ({ identifier }) => identifier.type === 'CARD' && identifier.prefixes.some((prefix) => code.startsWith(prefix)),
  );

/** What an unknown code looks like, where the library has patterns; else what is said of any (TUI-11). */
export function unknownText(runtime: Runtime, barcode: string, otherwise: string): string {
  const words = runtime.words().unknownBarcode;
  const shown = printable(barcode);
  const looks = looksLike(runtime.store.get(), barcode);
  return looks === 'patron' ? words.card(shown) : looks === 'half-read' ? words.halfRead(shown) : otherwise;
}
