import type { State } from './state.ts';

/** Columns of every table as an operator has them: names in order, by table (TUI-07). */
export type ColumnChoices = Readonly<Record<string, readonly string[]>>;

type Named = { readonly name: string; readonly byDefault?: boolean };

/** The columns to show: those chosen, in the chosen order; names that no longer exist are passed over. */
export function chosenColumns<Column extends Named>(
  state: Pick<State, 'columnChoices'>,
  table: string,
  all: readonly Column[],
): Column[] {
  const wanted = state.columnChoices[table];
  if (!wanted) return all.filter((one) => one.byDefault !== false);
  const found = wanted.flatMap((name) => all.find((one) => one.name === name) ?? []);
  return found.length > 0 ? found : [...all];
}

/** Where the choices of somebody are kept. */
export const choicesKey = (staffName: string): string => `columns ${staffName}`;

/** Choices as they were kept, as far as they can be understood. */
export function readChoices(kept: unknown): ColumnChoices {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([table, names]) =>
      Array.isArray(names) && names.every((one): one is string => typeof one === 'string') ? [[table, names]] : [],
    ),
  );
}

/** Shows a hidden column (at the end) or hides a shown one; the last one stays. */
export function toggleColumn(shown: readonly string[], name: string): readonly string[] {
  if (!shown.includes(name)) return [...shown, name];
  return shown.length === 1 ? shown : shown.filter((one) => one !== name);
}

/** Moves a shown column to the left or to the right. */
export function moveColumn(shown: readonly string[], name: string, by: 1 | -1): readonly string[] {
  const at = shown.indexOf(name);
  const to = at + by;
  if (at < 0 || to < 0 || to >= shown.length) return shown;
  const moved = [...shown];
  moved.splice(at, 1);
  moved.splice(to, 0, name);
  return moved;
}
