/** A mode of the terminal that the console needs, and how to give the terminal back as it was found (REL-05). */
type TerminalMode = { readonly enter: string; readonly leave: string };

/** Pastes arrive between marks, so that their lines are told from keys. Programs find it off when they start. */
const BRACKETED_PASTE: TerminalMode = { enter: '\x1b[?2004h', leave: '\x1b[?2004l' };
/** The number block types digits, and arrows send `ESC [ A`. Both are the terminal's own default. */
const NUMERIC_KEYPAD: TerminalMode = { enter: '\x1b>', leave: '\x1b>' };
const NORMAL_ARROWS: TerminalMode = { enter: '\x1b[?1l', leave: '\x1b[?1l' };
/** xterm's modifyOtherKeys: Ctrl and Alt are reported with every key. Leaving sets it back to the terminal's own value. */
const MODIFY_OTHER_KEYS: TerminalMode = { enter: '\x1b[>4;1m', leave: '\x1b[>4m' };

export type TerminalModeSettings = {
  /**
   * Asks the terminal to report every key with its modifiers: for terminals that cannot send Alt+Ctrl otherwise. Off by
   * default, since some terminals then report plain keys in ways that others on the way (screen, tmux) do not pass on.
   */
  readonly modifyOtherKeys?: boolean;
};

function modesOf(settings: TerminalModeSettings): readonly TerminalMode[] {
  const always = [NUMERIC_KEYPAD, NORMAL_ARROWS, BRACKETED_PASTE];
  return settings.modifyOtherKeys === true ? [...always, MODIFY_OTHER_KEYS] : always;
}

/** What to write to the terminal before reading its keyboard. */
export function enterKeyboardModes(settings: TerminalModeSettings = {}): string {
  return modesOf(settings)
    .map((mode) => mode.enter)
    .join('');
}

/** What to write to give the terminal back: every mode that `enterKeyboardModes` set with these settings, last one first. */
export function leaveKeyboardModes(settings: TerminalModeSettings = {}): string {
  return modesOf(settings)
    .toReversed()
    .map((mode) => mode.leave)
    .join('');
}
