import { COMMANDS } from '../keymap.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import { isAvailable } from './available.ts';

/** The commands of the palette, by the names of the reader's language. */
export function paletteCommands(runtime: Runtime): CommandName[] {
  const state = runtime.store.get();
  const { command: words } = runtime.words();
  const wanted = state.paletteText.trim().toLowerCase();
  const quiet: readonly CommandName[] = [
    'palette',
    'close',
    'mark',
    'line-up',
    'line-down',
    'page-up',
    'page-down',
    'first-line',
    'last-line',
  ];
  return COMMANDS.filter(
    (one) =>
      !quiet.includes(one) &&
      isAvailable(state, one) &&
      `${words[one].name} ${words[one].help}`.toLowerCase().includes(wanted),
  );
}
