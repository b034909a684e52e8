import { dayOf, addDays } from '../circulation/time.ts';
import { addMonths } from '../circulation/patron-dates.ts';
import { runCommand } from './flows/commands.ts';
import { paletteCommands } from './flows/palette.ts';
import { inColumns } from './flows/columns.ts';
import { setDue } from './flows/loan-lines.ts';
import type { CommandName } from './keymap.ts';
import type { Key, TypedText } from './keyboard/keys.ts';
import type { Runtime } from './runtime.ts';
import type { DueChoice, Overlay, State } from './state.ts';
import { detailLines, helpLines } from './views/overlays.tsx';

/** How far the list keys move, in a list of that many rows. */
export const LIST_MOVES: Partial<Readonly<Record<CommandName, (rows: number) => number>>> = {
  'line-up': () => -1,
  'line-down': () => 1,
  'page-up': (rows) => -rows,
  'page-down': (rows) => rows,
  'first-line': () => -Infinity,
  'last-line': () => Infinity,
};

const TABS: Partial<Readonly<Record<CommandName, 'loan' | 'request' | 'late'>>> = {
  'loans-tab': 'loan',
  'returns-tab': 'request',
  'requests-tab': 'late',
};

type Scrolled = Exclude<Overlay, { kind: 'palette' | 'due' | 'columns' }>;

/** How many lines an overlay has. */
function linesOf(state: State, overlay: Scrolled): number {
  switch (overlay.kind) {
    case 'help':
      return helpLines(state).length;
    case 'details':
      return state.record ? detailLines(state, state.record).length : 0;
    case 'lines':
      return overlay.lines.length + 1;
    case 'rules':
      return overlay.answer[overlay.tab].length + 2;
  }
}

function scroll({ store, listRows }: Runtime, overlay: Scrolled, by: number): void {
  const last = Math.max(0, linesOf(store.get(), overlay) - listRows() - 1);
  store.set({ overlay: { ...overlay, offset: Math.max(0, Math.min(last, overlay.offset + by)) } });
}

/** Keys in an overlay of lines: they scroll; any other command closes it first. */
async function inLines(
  runtime: Runtime,
  overlay: Scrolled,
  event: TypedText | Key,
  command: CommandName | undefined,
): Promise<void> {
  const move = command && LIST_MOVES[command];
  if (move) return scroll(runtime, overlay, move(runtime.listRows()));
  const tab = overlay.kind === 'rules' && command ? TABS[command] : undefined;
  if (tab && overlay.kind === 'rules') return runtime.store.set({ overlay: { ...overlay, tab, offset: 0 } });
  runtime.store.set({ overlay: null });
  const opener: Partial<Record<Scrolled['kind'], CommandName>> = {
    help: 'help',
    details: 'record-details',
    rules: 'rules',
  };
  const closes =
    event.kind === 'text' || event.name === 'enter' || command === 'close' || command === opener[overlay.kind];
  return closes || !command ? undefined : runCommand(runtime, command);
}

/** Keys in the palette: they narrow it down, choose, and run. */
async function inPalette(
  runtime: Runtime,
  selected: number,
  event: TypedText | Key,
  command: CommandName | undefined,
): Promise<void> {
  const { store } = runtime;
  const { paletteText } = store.get();
  const commands = paletteCommands(runtime);
  const type = (text: string) => {
    store.set({ paletteText: text, overlay: { kind: 'palette', selected: 0 } });
  };
  const leave = async (next: CommandName | undefined) => {
    store.set({ overlay: null, paletteText: '' });
    if (next && next !== 'palette' && next !== 'close') await runCommand(runtime, next);
  };
  if (event.kind === 'text') return type(paletteText + event.text);
  if (event.name === 'backspace') return type(paletteText.slice(0, -1));
  if (event.name === 'enter') return leave(commands[selected]);
  const move = command && LIST_MOVES[command];
  if (!move) return command ? leave(command) : undefined;
  const line = Math.max(0, Math.min(commands.length - 1, selected + move(runtime.listRows())));
  return store.set({ overlay: { kind: 'palette', selected: line } });
}

const STEPS: Readonly<Record<string, (day: string) => string>> = {
  left: (day) => addDays(day, -1),
  right: (day) => addDays(day, 1),
  up: (day) => addDays(day, -7),
  down: (day) => addDays(day, 7),
  'page-up': (day) => addMonths(day, -1),
  'page-down': (day) => addMonths(day, 1),
};

/** Keys in the small calendar: arrows move the day, text is a date, Enter sets it, Escape leaves (REN-09). */
async function inCalendar(
  runtime: Runtime,
  choice: DueChoice,
  event: TypedText | Key,
  command: CommandName | undefined,
): Promise<void> {
  const { store } = runtime;
  const change = (next: Partial<DueChoice>) => {
    store.set({ overlay: { kind: 'due', choice: { ...choice, ...next } } });
  };
  if (event.kind === 'text') return change({ typed: choice.typed + event.text });
  const step = STEPS[event.name];
  if (step) {
    const { now, timeZone } = store.get();
    const today = dayOf(now, timeZone);
    const day = step(choice.day);
    return change({ day: day < today ? today : day, typed: '' });
  }
  if (event.name === 'backspace') return change({ typed: choice.typed.slice(0, -1) });
  if (event.name === 'enter') return setDue(runtime, choice);
  if (!command) return undefined;
  store.set({ overlay: null });
  return command === 'close' ? undefined : runCommand(runtime, command);
}

/** Handles a key while an overlay is open. */
export async function inOverlay(
  runtime: Runtime,
  overlay: Overlay,
  event: TypedText | Key,
  command: CommandName | undefined,
): Promise<void> {
  switch (overlay.kind) {
    case 'palette':
      return inPalette(runtime, overlay.selected, event, command);
    case 'columns':
      return inColumns(runtime, overlay, event, command);
    case 'due':
      return inCalendar(runtime, overlay.choice, event, command);
    case 'help':
    case 'details':
    case 'lines':
    case 'rules':
      return inLines(runtime, overlay, event, command);
  }
}
