import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { State } from './state.ts';
import type { Store } from './store.ts';
import { SIGNS } from './views/style.ts';

/** Wide enough that nothing is cut, for lines that are heard, not seen. */
const COLUMNS = 200;
const ROWS = 20;

/** A screen that nobody sees: whole frames are drawn on it, for the announcer to read. */
export class HiddenScreen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly columns = COLUMNS;
  readonly rows = ROWS;

  write(frame: string, ...rest: unknown[]): boolean {
    if (frame !== '') this.emit('frame', frame);
    const done = rest.at(-1);
    if (typeof done === 'function') (done as () => void)();
    return true;
  }
}

/** Lines of a frame that are worth hearing: no rules, no blanks, no clock, no key line, not the field that is being typed in. */
function linesOf(frame: string, field: string): string[] {
  const all = stripVTControlCharacters(frame)
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s{2,}/g, '  '));
  const rule = new RegExp(`^${SIGNS.rule}+$`);
  return all
    .slice(0, -1)
    .filter((line, index) => line !== '' && !rule.test(line) && index > 0 && !line.startsWith(field));
}

const said = (line: string): string => (line.startsWith(SIGNS.chosen) ? line.slice(1).trim() : line);

/**
 * Screen-reader mode (TUI-05): what changes on the screen is said once, a line each, top to bottom, with no cursor movement;
 * a line that is chosen is said when it is chosen. What is typed is echoed character by character.
 */
export function createAnnouncer(options: {
  readonly hidden: HiddenScreen;
  readonly stdout: NodeJS.WriteStream;
  readonly store: Store<State>;
}): void {
  const { hidden, stdout, store } = options;
  let heard = new Set<string>();
  let chosen = '';
  let header = '';
  let typed = '';
  let midLine = false;

  const say = (line: string): void => {
    stdout.write(`${midLine ? '\r\n' : ''}${line}\r\n`);
    midLine = false;
  };

  /** Place and modes, without the clock, which would be said every minute. */
  const headerOf = (state: State): string => {
    const place = state.place ? `${state.place.library}/${state.place.code}` : '';
    return [place, state.staff?.name, state.modes.bookDrop, state.modes.inHouse, state.away].join(' ');
  };

  const echo = (state: State): void => {
    const { value, masked } = state.field;
    if (value === typed) return;
    if (value.startsWith(typed))
      stdout.write(masked ? '*'.repeat(value.length - typed.length) : value.slice(typed.length));
    else if (typed.startsWith(value)) stdout.write('\b \b'.repeat(typed.length - value.length));
    else stdout.write(`\r\n${value}`);
    typed = value;
    midLine = value !== '';
  };

  hidden.on('frame', (frame: string) => {
    const state = store.get();
    echo(state);
    const first = stripVTControlCharacters(frame).split('\n')[0]?.trim() ?? '';
    if (headerOf(state) !== header) {
      header = headerOf(state);
      say(first.replaceAll(/\s{2,}/g, '  '));
    }
    const lines = linesOf(frame, state.field.label);
    const now = lines.find((line) => line.startsWith(SIGNS.chosen)) ?? '';
    for (const line of lines) {
      const isNew = !heard.has(said(line));
      if (isNew || (line === now && now !== chosen)) say(line);
    }
    chosen = now;
    heard = new Set(lines.map(said));
  });
}
