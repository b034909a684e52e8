import { chosenColumns, choicesKey, moveColumn, toggleColumn } from '../columns.ts';
import type { CommandName } from '../keymap.ts';
import type { Key, TypedText } from '../keyboard/keys.ts';
import type { Runtime } from '../runtime.ts';
import type { Overlay } from '../state.ts';
import { recordColumns } from '../views/record-columns.ts';
import { topBrowse } from './browse.ts';

type Here = {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly head: string; readonly byDefault?: boolean }[];
};

/** The table that is shown, with all the columns it could have; undefined where no table is. */
export function columnsHere(runtime: Runtime): Here | undefined {
  const top = topBrowse(runtime);
  if (top) return { table: top.source.table, columns: top.source.columns(runtime) };
  return recordColumns(runtime.store.get());
}

/** Opens the choice of columns for the table that is shown (TUI-07). */
export function chooseColumns(runtime: Runtime): void {
  const here = columnsHere(runtime);
  if (!here) return runtime.tell('information', runtime.words().columns.none);
  const names = chosenColumns(runtime.store.get(), here.table, here.columns).map((one) => one.name);
  runtime.store.set({ overlay: { kind: 'columns', table: here.table, names, selected: 0 } });
}

function keep(runtime: Runtime, table: string, names: readonly string[] | undefined): void {
  const { columnChoices, staff } = runtime.store.get();
  const { [table]: _, ...others } = columnChoices;
  const next = names ? { ...others, [table]: names } : others;
  runtime.store.set({ columnChoices: next });
  runtime.remember(choicesKey(staff?.name ?? ''), next);
}

/** Keys in the choice of columns: space shows or hides, left and right move, Ctrl+Z restores the default. */
export async function inColumns(
  runtime: Runtime,
  overlay: Extract<Overlay, { kind: 'columns' }>,
  event: TypedText | Key,
  command: CommandName | undefined,
): Promise<void> {
  const { store } = runtime;
  const all = columnsHere(runtime)?.columns ?? [];
  const hidden = all.filter((one) => !overlay.names.includes(one.name)).map((one) => one.name);
  const order = [...overlay.names, ...hidden];
  const name = order[overlay.selected];
  const change = (names: readonly string[]) => {
    keep(runtime, overlay.table, names);
    const rest = all.map((one) => one.name).filter((one) => !names.includes(one));
    const at = [...names, ...rest].indexOf(name ?? '');
    store.set({ overlay: { ...overlay, names, selected: Math.max(0, at) } });
  };
  const isSpace = event.kind === 'text' ? event.text === ' ' : event.name === 'space';
  if (name !== undefined && isSpace) return change(toggleColumn(overlay.names, name));
  if (command === 'undo') {
    keep(runtime, overlay.table, undefined);
    store.set({ overlay: null });
    return runtime.tell('done', runtime.words().columns.restored);
  }
  if (event.kind === 'text') return undefined;
  if (name !== undefined && event.name === 'left') return change(moveColumn(overlay.names, name, -1));
  if (name !== undefined && event.name === 'right') return change(moveColumn(overlay.names, name, 1));
  if (command === 'line-up' || command === 'line-down') {
    const selected = overlay.selected + (command === 'line-up' ? -1 : 1);
    return store.set({ overlay: { ...overlay, selected: Math.max(0, Math.min(order.length - 1, selected)) } });
  }
  if (command === 'close' || event.name === 'enter' || command === 'columns') {
    store.set({ overlay: null });
    return runtime.tell('done', runtime.words().columns.kept);
  }
  return undefined;
}
