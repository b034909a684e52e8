import type { GuidedName, GuidedStep } from '../../../training/lessons/contract.ts';
import { parseChord } from '../../keyboard/keys.ts';
import { COMMANDS, keysOf } from '../../keymap.ts';
import type { CommandName } from '../../keymap.ts';
import type { State } from '../../state.ts';
import { answer, atMost, clearAway, command, text } from './hands.ts';
import type { Memo, Next, Sight } from './hands.ts';
import { changeDue, deleteLoan, done, giveBack, lend, quickAdd, renew } from './lending.ts';
import { block, find, note, quitus, rules, showItemOrPatron, unblock } from './people.ts';
import { editPatron, register } from './records.ts';
import {
  cancelRequest,
  clearShelf,
  markMissing,
  pickList,
  request,
  scanIn,
  shelf,
  showRequest,
  skipLibrary,
  workOrder,
} from './requests.ts';
import { atTitle } from './places.ts';
import { press, scan, type } from '../../guide/strokes.ts';
import type { Stroke } from '../../guide/strokes.ts';

export { bytesOf } from '../../guide/strokes.ts';
export type { Stroke } from '../../guide/strokes.ts';
export type { Memo, Sight } from './hands.ts';

/** `show`: whatever it is that is shown. */
function show(sight: Sight): Next {
  if (text(sight, 'request') !== undefined) return showRequest(sight);
  const title = text(sight, 'title');
  if (title === undefined) return showItemOrPatron(sight);
  const way = atTitle(sight, title);
  return way === 'there' ? atMost(sight, 1, 'title', press('Enter')) : way;
}

/** `desk`: its name, read like a barcode, chooses it. */
function desk(sight: Sight): Next {
  const name = typeof sight.step.fields === 'string' ? sight.step.fields : '';
  if (sight.state.screen === 'choose-desk') return atMost(sight, 2, 'desk', scan(name));
  return clearAway(sight) ?? atMost(sight, 2, 'change-desk', command(sight, 'change-desk'));
}

/** `console` steps have their own keys; what only patrons do is typed at their terminal. */
const TYPISTS: Readonly<Partial<Record<GuidedName, (sight: Sight) => Next>>> = {
  lend,
  return: giveBack,
  renew,
  done,
  'scan-in': scanIn,
  'change-due': changeDue,
  'delete-loan': deleteLoan,
  request,
  'cancel-request': cancelRequest,
  note,
  block,
  unblock,
  'work-order': workOrder,
  'quick-add': quickAdd,
  register,
  'edit-patron': editPatron,
  quitus,
  show,
  find,
  rules,
  'pick-list': pickList,
  shelf,
  'activate-next': clearShelf,
  reshelve: clearShelf,
  send: clearShelf,
  'mark-missing': markMissing,
  'skip-library': skipLibrary,
  desk,
};

/**
 * The next keys of a step, made from what the console shows now. Undefined or none: there is no way on from here. `console`
 * steps have their keys from the file (`consoleStrokes`).
 */
export function nextKeys(sight: Sight): Next {
  return TYPISTS[sight.step.name]?.(sight);
}

/** The fields of a step as a map. */
export const fieldsOf = ({ fields }: GuidedStep): Readonly<Record<string, unknown>> =>
  typeof fields === 'object' && fields !== null ? fields : {};

export const freshMemo = (): Memo => ({ done: new Map() });

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);
const isAnswer = (name: CommandName): boolean => name.startsWith('answer-');

/** One of the keys of a `console` step: a chord, the name of a command (its key, its letter), or a text to type. */
export function keyStroke(state: State, written: string): Stroke[] {
  if (isCommand(written)) {
    const [key = ''] = keysOf(state.keymap, written, state.language);
    return press(isAnswer(written) ? key.toLowerCase() : key);
  }
  const chord = parseChord(written);
  const isKey = chord !== undefined && (chord.length > 1 || Array.from(written).length === 1);
  return isKey ? press(chord) : type(written);
}

/** Puts away what would take the key of a `console` step for something else; undefined: nothing does. */
export function wayToConsoleStep(sight: Sight): Next {
  const { console } = sight.step;
  if (!console || !isCommand(console.command)) return undefined;
  if (isAnswer(console.command) || ['save-form', 'close'].includes(console.command)) return undefined;
  const place = sight.state.keymap.find((one) => one.command === console.command)?.place;
  if (place === 'list' || place === 'prompt' || place === 'form') return undefined;
  return clearAway(sight);
}

/** The first key of a `console` step. */
export const consoleCommand = (sight: Sight): Stroke[] => {
  const { console } = sight.step;
  if (!console || !isCommand(console.command)) return [];
  return isAnswer(console.command) ? answer(sight, console.command) : command(sight, console.command);
};
