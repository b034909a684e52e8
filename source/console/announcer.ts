import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { State } from './state.ts';
import { printable } from '../language/printable.ts';
import { CURSOR } from './views/form-pane.tsx';
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

/** The clock at the end of the header, in either language. */
const CLOCK = /\S+ \d{1,2} \S+ \d\d:\d\d$/;

/** A line as it is known again: without the sign of the chosen line, without the cursor of a form. */
const said = (line: string): string =>
  (line.startsWith(SIGNS.chosen) ? line.slice(1).trim() : line).replaceAll(CURSOR, '');

/** What of a screen is told apart from its lines. */
export type Heard = Pick<State, 'form' | 'field' | 'answer'> & {
  readonly screen: string;
  readonly given: readonly string[];
};

/** Where one types: the field, or a text of the open form. */
type Typing = { readonly where: string; readonly value: string; readonly masked: boolean };

function typingIn({ form, field, screen, given }: Heard): Typing {
  const focused = form?.fields[form.focused];
  if (form && focused?.kind === 'text') {
    return { where: `${form.key} ${form.focused}`, value: focused.value, masked: focused.masked === true };
  }
  return { where: `${screen} ${given.length}`, value: form ? '' : field.value, masked: field.masked };
}

/**
 * Screen-reader mode (TUI-05): what changes on the screen is said once, a line each, top to bottom, with no cursor movement;
 * a line that is chosen is said when it is chosen, an answer whenever it is given. What is typed is echoed character by
 * character.
 */
export function createAnnouncer(options: {
  readonly hidden: HiddenScreen;
  readonly stdout: NodeJS.WriteStream;
  readonly store: { get(): Heard };
}): void {
  const { hidden, stdout, store } = options;
  let heard = new Set<string>();
  let chosen = '';
  let header = '';
  let answer: Heard['answer'] = null;
  let typing: Typing = { where: '', value: '', masked: false };
  let midLine = false;

  const say = (line: string): void => {
    stdout.write(`${midLine ? '\r\n' : ''}${line}\r\n`);
    midLine = false;
  };

  /** Place and modes, without the clock, which would be said every minute. */
  const headerOf = (first: string): string => first.replace(CLOCK, '').trim();

  /** What was typed since the last frame. Answers whether that was all that happened in the chosen line. */
  const echo = (state: Heard): boolean => {
    const before = typing;
    const now = typingIn(state);
    typing = now;
    if (now.value === before.value || (now.where !== before.where && now.value !== '')) return false;
    if (now.where !== before.where) return false;
    if (now.value.startsWith(before.value)) {
      const added = now.value.slice(before.value.length);
      stdout.write(now.masked ? '*'.repeat(added.length) : printable(added));
    } else if (before.value.startsWith(now.value)) stdout.write('\b \b'.repeat(before.value.length - now.value.length));
    else stdout.write(`\r\n${now.masked ? '*'.repeat(now.value.length) : printable(now.value)}`);
    midLine = now.value !== '';
    return state.form !== null;
  };

  hidden.on('frame', (frame: string) => {
    const state = store.get();
    const typedInForm = echo(state);
    const first = (stripVTControlCharacters(frame).split('\n')[0]?.trim() ?? '').replaceAll(/\s{2,}/g, '  ');
    if (headerOf(first) !== header) {
      header = headerOf(first);
      say(first);
    }
    const lines = linesOf(frame, state.field.label);
    const now = lines.find((line) => line.startsWith(SIGNS.chosen)) ?? '';
    const answered = state.answer !== answer && state.answer ? said(state.answer.text) : undefined;
    const saidNow = new Set<string>();
    for (const line of lines) {
      const plain = said(line);
      if (saidNow.has(plain) || (typedInForm && line === now)) continue;
      const isNew = !heard.has(plain) || plain === answered;
      if (!isNew && !(line === now && now !== chosen)) continue;
      say(line.replaceAll(CURSOR, ''));
      saidNow.add(plain);
    }
    answer = state.answer;
    chosen = now;
    heard = new Set(lines.map(said));
  });
}
