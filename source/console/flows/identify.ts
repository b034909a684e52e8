import { findPatrons, recentPatrons } from '../../desk/patrons.ts';
import { printable } from '../../language/printable.ts';
import type { Runtime } from '../runtime.ts';
import { looksLike } from './barcodes.ts';
import { askWhatItIs } from './loans.ts';
import { openRecord } from './record.ts';

/** Clears the field and what was found for it. */
function clearField(runtime: Runtime): void {
  const { field } = runtime.store.get();
  runtime.store.set({ matches: null, field: { ...field, value: '' } });
}

/** A card was scanned (PAT-01): only an exact identifier opens a record, never a likely name. */
export async function scanCard(runtime: Runtime, code: string): Promise<void> {
  clearField(runtime);
  if (runtime.store.get().place?.kind !== 'desk') return runtime.tell('refusal', runtime.words().refusal.needsDesk);
  const what = await askWhatItIs(runtime, code);
  const words = runtime.words().identify;
  const shown = printable(code.trim());
  if (typeof what === 'object') await openRecord(runtime, what.patronId);
  else if (what === 'item') {
    const orphans = [...runtime.store.get().orphans, shown];
    runtime.store.set({ orphans });
    runtime.tell('refusal', orphans.length === 1 ? words.thatIsAnItem(shown) : words.theseAreItems(orphans));
  } else if (what === 'neither') {
    const looks = looksLike(runtime.store.get(), code.trim());
    const { halfRead, item } = runtime.words().unknownBarcode;
    const isCard = looks !== 'half-read' && looks !== 'item';
    runtime.store.set({ unknownCard: isCard ? code.trim() : null });
    runtime.tell(
      'refusal',
      looks === 'half-read'
        ? halfRead(shown)
        : looks === 'item'
          ? item(shown)
          : words.unknown(shown, runtime.keyFor('register')),
    );
  }
}

/** Lists the patrons whose names match what is typed, as it is typed (PAT-01). */
export async function searchNames(runtime: Runtime, text: string): Promise<void> {
  if (text.trim() === '') return runtime.store.set({ matches: null, answer: null });
  const found = await runtime.perform(findPatrons, { text, window: { offset: 0, limit: runtime.listRows() } });
  if (found.kind !== 'matches') return runtime.refuse(found);
  const { total, lines } = found;
  runtime.store.set({ matches: { recent: false, text, total, lines, offset: 0, selected: -1 } });
  const words = runtime.words().identify;
  runtime.tell('information', total === 0 ? words.noMatch(printable(text)) : words.matches(total));
}

/** Shows the last five patrons of this desk (PAT-03). */
export async function showRecent(runtime: Runtime): Promise<void> {
  const found = await runtime.perform(recentPatrons, {});
  if (found.kind !== 'matches') return runtime.refuse(found);
  const { total, lines } = found;
  const words = runtime.words().identify;
  if (total === 0) return runtime.tell('information', words.noRecent);
  runtime.store.set({ matches: { recent: true, text: '', total, lines, offset: 0, selected: 0 } });
  runtime.tell('information', words.recent);
}

/** Moves in the list of matches and reads the window around the chosen line. */
export async function moveInMatches(runtime: Runtime, by: number): Promise<void> {
  const { matches } = runtime.store.get();
  if (!matches || matches.total === 0) return;
  const size = runtime.listRows();
  const selected = Math.max(0, Math.min(matches.total - 1, matches.selected + by));
  const fits = selected >= matches.offset && selected < matches.offset + size;
  if (matches.recent || fits) return runtime.store.set({ matches: { ...matches, selected } });
  const offset = Math.max(0, selected < matches.offset ? selected : selected - size + 1);
  const found = await runtime.perform(findPatrons, { text: matches.text, window: { offset, limit: size } });
  if (found.kind === 'matches')
    runtime.store.set({ matches: { ...matches, lines: found.lines, total: found.total, offset, selected } });
}

/** Enter: the chosen line, else the exact identifier, else the only match. */
export async function submitIdentification(runtime: Runtime, text: string): Promise<void> {
  const { matches } = runtime.store.get();
  const chosen = matches && matches.selected >= 0 ? matches.lines[matches.selected - matches.offset] : undefined;
  if (chosen) {
    clearField(runtime);
    await openRecord(runtime, chosen.id);
    return;
  }
  if (text.trim() === '') return;
  if (await openRecord(runtime, text)) return;
  const [only] = matches?.lines ?? [];
  const words = runtime.words().identify;
  if (matches?.total === 1 && only) {
    clearField(runtime);
    await openRecord(runtime, only.id);
  } else if (matches && matches.total > 1) runtime.tell('warning', words.choose(matches.total));
  else if (/\d/.test(text)) await scanCard(runtime, text);
  else runtime.tell('warning', words.noMatch(printable(text)));
}
