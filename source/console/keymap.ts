import { COMMANDS } from './command-list.ts';
import type { CommandName } from './command-list.ts';
import { parseChord } from './keyboard/keys.ts';

/** Where one is in the console; `anywhere` holds wherever nothing nearer answers. */
export type KeyPlace = 'anywhere' | 'patron' | 'row' | 'list' | 'form' | 'prompt' | 'training';

export { COMMANDS };
export type { CommandName };

/** A key of a command. Answers to prompts are letters of the language's own words. */
export type Binding = {
  readonly command: CommandName;
  readonly place: KeyPlace;
  /** Chords as the keyboard names them; for prompts, the letter by language. */
  readonly keys: readonly string[] | { readonly fr: string; readonly en: string };
  /** Shown in the key line, in this order. */
  readonly inKeyLine?: boolean;
};

/**
 * The one table of keys (TUI-01): key line, `F1` help, palette and the README's reference are made from it. Each Alt+Ctrl
 * chord has a function-key twin, for terminals and desktops that keep Alt+Ctrl for themselves.
 */
export const KEYMAP: readonly Binding[] = [
  { command: 'help', place: 'anywhere', keys: ['F1', 'Alt+H'], inKeyLine: true },
  { command: 'patron-services', place: 'anywhere', keys: ['F2', 'Alt+Ctrl+L'], inKeyLine: true },
  { command: 'returns', place: 'anywhere', keys: ['F3', 'Alt+Ctrl+R'], inKeyLine: true },
  { command: 'scan-in', place: 'anywhere', keys: ['F4', 'Alt+Ctrl+S'], inKeyLine: true },
  { command: 'pick-list', place: 'anywhere', keys: ['F5', 'Alt+Ctrl+P'], inKeyLine: true },
  { command: 'hold-shelf', place: 'anywhere', keys: ['F6', 'Alt+Ctrl+H'], inKeyLine: true },
  { command: 'transits', place: 'anywhere', keys: ['Alt+6', 'Alt+Ctrl+N'] },
  { command: 'recent-patrons', place: 'anywhere', keys: ['F7', 'Alt+P'] },
  { command: 'find-patron', place: 'anywhere', keys: ['Alt+Z', 'Alt+Ctrl+F'] },
  { command: 'done', place: 'patron', keys: ['F8', 'Alt+Ctrl+D'], inKeyLine: true },
  { command: 'palette', place: 'anywhere', keys: ['Ctrl+P'], inKeyLine: true },
  { command: 'loans-tab', place: 'patron', keys: ['Alt+1', 'F9'] },
  { command: 'returns-tab', place: 'patron', keys: ['Alt+2', 'F10'] },
  { command: 'requests-tab', place: 'patron', keys: ['Alt+3', 'F11'] },
  { command: 'other-list', place: 'patron', keys: ['Alt+T'] },
  { command: 'sort-list', place: 'patron', keys: ['Alt+O'] },
  { command: 'record-details', place: 'patron', keys: ['Alt+F'] },
  { command: 'notes', place: 'patron', keys: ['Alt+N'] },
  { command: 'blocks', place: 'patron', keys: ['Alt+K'] },
  { command: 'register', place: 'anywhere', keys: ['Alt+7', 'Alt+Ctrl+U'] },
  { command: 'full-record', place: 'patron', keys: ['Alt+4', 'Alt+Ctrl+E'] },
  { command: 'next-tab', place: 'list', keys: ['Tab'] },
  { command: 'previous-tab', place: 'list', keys: ['Shift+Tab'] },
  { command: 'verify', place: 'patron', keys: ['Ctrl+V'] },
  { command: 're-register', place: 'patron', keys: ['Alt+Ctrl+X'] },
  { command: 'identity-message', place: 'patron', keys: ['Alt+Ctrl+T'] },
  { command: 'set-password', place: 'patron', keys: ['Alt+Ctrl+V'] },
  { command: 'clearance', place: 'patron', keys: ['Alt+Ctrl+Q'] },
  { command: 'look-up', place: 'patron', keys: ['Alt+Ctrl+G'] },
  { command: 'open-for-update', place: 'patron', keys: ['Alt+Ctrl+O'] },
  { command: 'duplicate', place: 'row', keys: ['Alt+Ctrl+C'] },
  { command: 'prefer', place: 'row', keys: ['Alt+Ctrl+A'] },
  { command: 'send-again', place: 'row', keys: ['Alt+Ctrl+B'] },
  { command: 'download', place: 'row', keys: ['Alt+0'] },
  { command: 'loan-receipt', place: 'patron', keys: ['Ctrl+R'] },
  { command: 'return-receipt', place: 'patron', keys: ['Ctrl+T'] },
  { command: 'activity-report', place: 'patron', keys: ['Ctrl+A'] },
  { command: 'requests-report', place: 'patron', keys: ['Ctrl+D'] },
  { command: 'mark', place: 'patron', keys: ['Space', 'Insert'] },
  { command: 'renew', place: 'patron', keys: ['Alt+R'] },
  { command: 'renew-all', place: 'patron', keys: ['Alt+A'] },
  { command: 'change-due', place: 'patron', keys: ['Alt+D'] },
  { command: 'delete-loan', place: 'patron', keys: ['Alt+X'] },
  { command: 'rules', place: 'anywhere', keys: ['Alt+L'] },
  { command: 'item-card', place: 'row', keys: ['Alt+I'] },
  { command: 'item-note', place: 'row', keys: ['Alt+E'] },
  { command: 'work-order', place: 'row', keys: ['Alt+W'] },
  { command: 'item-history', place: 'row', keys: ['Alt+Y'] },
  { command: 'borrower', place: 'row', keys: ['Alt+U'] },
  { command: 'missing', place: 'row', keys: ['Alt+J'] },
  { command: 'print-slip', place: 'row', keys: ['Alt+S'] },
  { command: 'request', place: 'row', keys: ['Alt+Q'] },
  { command: 'queue', place: 'row', keys: ['Ctrl+F'] },
  { command: 'skip', place: 'row', keys: ['Ctrl+K'] },
  { command: 'add', place: 'row', keys: ['Ctrl+N'] },
  { command: 'edit', place: 'row', keys: ['Alt+M'] },
  { command: 'delete', place: 'row', keys: ['Ctrl+X'] },
  { command: 'undo', place: 'row', keys: ['Ctrl+Z'] },
  { command: 'catalogue', place: 'anywhere', keys: ['Alt+C'] },
  { command: 'book-drop', place: 'anywhere', keys: ['Ctrl+B'] },
  { command: 'in-house', place: 'anywhere', keys: ['Ctrl+U'] },
  { command: 'slips', place: 'anywhere', keys: ['Ctrl+W'] },
  { command: 'work-orders', place: 'anywhere', keys: ['Alt+Ctrl+W'] },
  { command: 'audit', place: 'anywhere', keys: ['Ctrl+Y'] },
  { command: 'jobs', place: 'anywhere', keys: ['Alt+8'] },
  { command: 'run-job', place: 'row', keys: ['Alt+9'] },
  { command: 'work-offline', place: 'anywhere', keys: ['Alt+5'] },
  { command: 'uploads', place: 'anywhere', keys: ['Shift+F5'] },
  { command: 'outage', place: 'anywhere', keys: ['Alt+?', 'Shift+F1'] },
  { command: 'columns', place: 'anywhere', keys: ['Alt+V'] },
  { command: 'export', place: 'anywhere', keys: ['Ctrl+E'] },
  { command: 'bell', place: 'anywhere', keys: ['Ctrl+G'] },
  { command: 'save-form', place: 'form', keys: ['Ctrl+S', 'Alt+Enter'] },
  { command: 'lessons', place: 'training', keys: ['Shift+F2'] },
  { command: 'lesson-next', place: 'training', keys: ['n', 'Alt+Right'] },
  { command: 'lesson-back', place: 'training', keys: ['Alt+Left'] },
  { command: 'lesson-again', place: 'training', keys: ['Shift+F6'] },
  { command: 'lesson-skip', place: 'training', keys: ['Shift+F8'] },
  { command: 'lesson-leave', place: 'training', keys: ['Shift+F7'] },
  { command: 'show-keys', place: 'training', keys: ['Shift+F3'] },
  { command: 'slow-motion', place: 'training', keys: ['Shift+F4'] },
  { command: 'set-clock', place: 'training', keys: ['Shift+F9'] },
  { command: 'advance-clock', place: 'training', keys: ['Shift+F10'] },
  { command: 'run-night', place: 'training', keys: ['Shift+F11'] },
  { command: 'reset-scene', place: 'training', keys: ['Shift+F12'] },
  { command: 'switch-operator', place: 'training', keys: ['Ctrl+F9'] },
  { command: 'change-desk', place: 'anywhere', keys: ['F12', 'Alt+B'] },
  { command: 'change-language', place: 'anywhere', keys: ['Alt+G'] },
  { command: 'sign-out', place: 'anywhere', keys: ['Ctrl+O'] },
  { command: 'redraw', place: 'anywhere', keys: ['Ctrl+L'] },
  { command: 'quit', place: 'anywhere', keys: ['Ctrl+Q', 'Ctrl+C'] },
  { command: 'close', place: 'anywhere', keys: ['Escape'] },
  { command: 'line-up', place: 'list', keys: ['Up'] },
  { command: 'line-down', place: 'list', keys: ['Down'] },
  { command: 'page-up', place: 'list', keys: ['PageUp'] },
  { command: 'page-down', place: 'list', keys: ['PageDown'] },
  { command: 'first-line', place: 'list', keys: ['Ctrl+Home', 'Alt+Home'] },
  { command: 'last-line', place: 'list', keys: ['Ctrl+End', 'Alt+End'] },
  { command: 'answer-override', place: 'prompt', keys: { fr: 'O', en: 'O' } },
  { command: 'answer-keep', place: 'prompt', keys: { fr: 'G', en: 'F' } },
  { command: 'answer-shorten', place: 'prompt', keys: { fr: 'R', en: 'S' } },
  { command: 'answer-cancel', place: 'prompt', keys: { fr: 'A', en: 'C' } },
  { command: 'answer-ok', place: 'prompt', keys: { fr: 'K', en: 'K' } },
  { command: 'answer-read', place: 'prompt', keys: { fr: 'K', en: 'K' } },
  { command: 'answer-retry', place: 'prompt', keys: { fr: 'R', en: 'R' } },
  { command: 'answer-yes', place: 'prompt', keys: { fr: 'O', en: 'Y' } },
  { command: 'answer-why', place: 'prompt', keys: { fr: 'P', en: 'W' } },
  { command: 'answer-patron', place: 'prompt', keys: { fr: 'L', en: 'P' } },
  { command: 'answer-item', place: 'prompt', keys: { fr: 'D', en: 'I' } },
  { command: 'answer-create', place: 'prompt', keys: { fr: 'C', en: 'N' } },
  { command: 'answer-delete', place: 'prompt', keys: { fr: 'S', en: 'D' } },
  { command: 'answer-return', place: 'prompt', keys: { fr: 'R', en: 'R' } },
  { command: 'answer-treated', place: 'prompt', keys: { fr: 'E', en: 'D' } },
  { command: 'answer-xlsx', place: 'prompt', keys: { fr: 'X', en: 'X' } },
  { command: 'answer-csv', place: 'prompt', keys: { fr: 'V', en: 'V' } },
  { command: 'answer-print', place: 'prompt', keys: { fr: 'I', en: 'P' } },
  { command: 'answer-pdf', place: 'prompt', keys: { fr: 'F', en: 'F' } },
  { command: 'answer-email', place: 'prompt', keys: { fr: 'M', en: 'E' } },
  { command: 'answer-phone', place: 'prompt', keys: { fr: 'T', en: 'T' } },
  { command: 'answer-address', place: 'prompt', keys: { fr: 'P', en: 'P' } },
  { command: 'answer-new', place: 'prompt', keys: { fr: 'N', en: 'N' } },
  { command: 'answer-open', place: 'prompt', keys: { fr: 'O', en: 'O' } },
  { command: 'answer-back', place: 'prompt', keys: { fr: 'R', en: 'B' } },
  { command: 'answer-offline', place: 'prompt', keys: { fr: 'H', en: 'O' } },
  { command: 'answer-upload', place: 'prompt', keys: { fr: 'D', en: 'U' } },
  { command: 'answer-online', place: 'prompt', keys: { fr: 'E', en: 'B' } },
  { command: 'answer-later', place: 'prompt', keys: { fr: 'T', en: 'L' } },
  { command: 'answer-quit', place: 'prompt', keys: { fr: 'Q', en: 'Q' } },
  { command: 'answer-assistant', place: 'prompt', keys: { fr: 'P', en: 'A' } },
  { command: 'answer-no', place: 'prompt', keys: { fr: 'N', en: 'N' } },
  { command: 'answer-previous', place: 'prompt', keys: { fr: 'R', en: 'B' } },
  { command: 'answer-leave', place: 'prompt', keys: { fr: 'F', en: 'L' } },
];

/** The keys of a command in a language, the first one the best known. */
export function keysOf(keymap: readonly Binding[], command: CommandName, language: 'fr' | 'en'): readonly string[] {
  const keys = keymap.find((one) => one.command === command)?.keys ?? [];
  return 'fr' in keys ? [keys[language]] : keys;
}

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

/** A wish for other keys that cannot be granted, as it was written. */
export type BadBinding = { readonly command: string; readonly keys: string };

const asList = (wanted: unknown): string[] => {
  const list: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
};

/**
 * The keymap with somebody's own keys (TUI-01): `wishes` is `{command: chord or chords}` as they wrote it. A command that does
 * not exist, a key that is none or is taken, and answers to prompts (whose letters are words) are told and change nothing.
 */
export function rebind(wishes: unknown): { readonly keymap: readonly Binding[]; readonly bad: readonly BadBinding[] } {
  const bad: BadBinding[] = [];
  let keymap = KEYMAP;
  const entries = typeof wishes === 'object' && wishes !== null ? Object.entries(wishes) : [];
  for (const [command, wanted] of entries) {
    const chords = asList(wanted).map((one) => parseChord(one));
    const taken = (chord: string) =>
      keymap.some(
        (one) => one.command !== command && one.place !== 'prompt' && keysOf(keymap, one.command, 'en').includes(chord),
      );
    const good = chords.filter(
      (chord) => chord !== undefined && chord.length > 1 && chord !== 'Enter' && !taken(chord),
    );
    const known = isCommand(command) && keymap.some((one) => one.command === command && one.place !== 'prompt');
    if (!known || good.length === 0 || good.length < chords.length)
      bad.push({ command, keys: asList(wanted).join(', ') });
    else keymap = keymap.map((one) => (one.command === command ? { ...one, keys: good as string[] } : one));
  }
  return { keymap, bad };
}
