import { browseOf } from '../browse.ts';
import type { BrowseSpec, OpenBrowse } from '../browse.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';

/** The list on top, if one is open. */
export const topBrowse = (runtime: Runtime): OpenBrowse | undefined => runtime.store.get().browse.at(-1);

function replaceTop(runtime: Runtime, top: OpenBrowse): void {
  runtime.store.set({ browse: [...runtime.store.get().browse.slice(0, -1), top] });
}

/** Reads the window of the top list around its chosen line; nothing reads more than fits (TUI-12). False: it was refused. */
export async function refreshBrowse(runtime: Runtime, change: Partial<OpenBrowse> = {}): Promise<boolean> {
  const before = topBrowse(runtime);
  if (!before) return false;
  const next = { ...before, ...change };
  const size = runtime.listRows();
  const selected = Math.max(0, next.selected);
  const kept = Math.min(Math.max(0, next.offset), selected);
  const offset = selected >= kept + size ? selected - size + 1 : kept;
  const found = await next.source.read({ offset, limit: size });
  if (!found) return false;
  if (topBrowse(runtime)?.source !== next.source) return true;
  const last = Math.max(0, found.total - 1);
  if (selected > last && found.total > 0) return refreshBrowse(runtime, { ...change, selected: last });
  replaceTop(runtime, { ...next, lines: found.lines, total: found.total, offset, selected });
  return true;
}

/**
 * Opens a list over what is shown, once its first rows have been read: an empty one first would only be drawn in vain. Who
 * may not see it stays where they were; why has been said. Escape goes back.
 */
export async function openBrowse<Row>(runtime: Runtime, spec: BrowseSpec<Row>): Promise<void> {
  const { store } = runtime;
  const limit = runtime.listRows();
  const selected = spec.begin ?? 0;
  // A row far down is shown in the middle.
  const offset = selected < limit ? 0 : selected - Math.floor(limit / 2);
  const found = await spec.read({ offset, limit });
  if (!found) return;
  const { browse, under, screen, field } = store.get();
  const opened: OpenBrowse = {
    source: browseOf(spec),
    lines: found.lines,
    total: found.total,
    offset,
    selected,
    marked: [],
    text: '',
  };
  const isNextTab = spec.group !== undefined && browse.at(-1)?.source.group === spec.group;
  store.set({
    browse: [...(isNextTab ? browse.slice(0, -1) : browse), opened],
    under: under ?? { screen, field },
    screen: 'browse',
    overlay: null,
    matches: null,
    itemMatches: null,
    answer: null,
    field: { label: (spec.field ?? defaultLabel)(runtime), value: '', masked: false },
  });
}

/** Opens a list as a place of its own: what was open before is left, Escape goes back to identification. */
export function forgetBrowse(runtime: Runtime): void {
  runtime.store.set({ browse: [], under: null });
}

const defaultLabel = (runtime: Runtime): string => runtime.words().browse.field;

/** Leaves the top list; below the last one is what was shown before. Answers false where no list is open. */
export async function closeBrowse(runtime: Runtime): Promise<boolean> {
  const { browse, under } = runtime.store.get();
  if (browse.length === 0) return false;
  const rest = browse.slice(0, -1);
  const below = rest.at(-1);
  if (below) {
    const label = (below.source.field ?? defaultLabel)(runtime);
    runtime.store.set({ browse: rest, answer: null, field: { label, value: below.text, masked: false } });
    await refreshBrowse(runtime);
    return true;
  }
  leaveBrowse(runtime);
  if (under) runtime.store.set({ answer: null });
  return true;
}

/** Leaves all lists at once, for what was shown before them. */
export function leaveBrowse(runtime: Runtime): void {
  const { under } = runtime.store.get();
  if (!under) return;
  runtime.store.set({ browse: [], under: null, screen: under.screen, field: { ...under.field, value: '' } });
}

/** Moves in the top list and reads the window around the chosen line where it has left it. */
export async function moveInBrowse(runtime: Runtime, by: number): Promise<void> {
  const top = topBrowse(runtime);
  if (!top || top.total === 0) return;
  const selected = Math.max(0, Math.min(top.total - 1, top.selected + by));
  const size = runtime.listRows();
  if (selected >= top.offset && selected < top.offset + size) return replaceTop(runtime, { ...top, selected });
  await refreshBrowse(runtime, { selected });
}

/** The row under the cursor. */
export const chosenRow = (top: OpenBrowse): unknown => top.lines[top.selected - top.offset];

/** Enter on a row. Answers false where there is none, or nothing to open. */
export async function openChosen(runtime: Runtime): Promise<boolean> {
  const top = topBrowse(runtime);
  const row = top && chosenRow(top);
  if (!top?.source.open || row === undefined) return false;
  await top.source.open(row);
  return true;
}

/** Marks the chosen row or unmarks it, and goes on to the next. */
export async function markInBrowse(runtime: Runtime): Promise<void> {
  const top = topBrowse(runtime);
  const row = top && chosenRow(top);
  if (!top || row === undefined) return;
  const { keyOf } = top.source;
  const isMarked = top.marked.some((one) => keyOf(one) === keyOf(row));
  const marked = isMarked ? top.marked.filter((one) => keyOf(one) !== keyOf(row)) : [...top.marked, row];
  replaceTop(runtime, { ...top, marked });
  await moveInBrowse(runtime, 1);
}

/** What is typed in the field of a list that searches. */
export async function typedInBrowse(runtime: Runtime, text: string): Promise<void> {
  const top = topBrowse(runtime);
  if (!top?.source.typed) return;
  top.source.typed(text);
  await refreshBrowse(runtime, { text, selected: 0, offset: 0, marked: [] });
  // What is found stands under its heading.
  const found = topBrowse(runtime);
  const row = found && chosenRow(found);
  if (row !== undefined && found?.source.tone?.(row) === 'head') await moveInBrowse(runtime, 1);
}

/** Does a command that the list on top has of its own. Answers false where it has none. */
export async function browseCommand(runtime: Runtime, command: CommandName): Promise<boolean> {
  const top = topBrowse(runtime);
  const run = top?.source.commands?.[command];
  if (!top || !run) return false;
  await run(chosenRow(top), top.marked);
  return true;
}
