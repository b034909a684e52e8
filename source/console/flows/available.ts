import type { RequestCard } from '../../desk/request-card.ts';
import type { CommandName } from '../keymap.ts';
import type { State } from '../state.ts';
import { isLessonCommand } from '../lessons/shown.ts';
import { chosenRow } from './browse.ts';
import { worksOffline } from './offline/commands.ts';
import { chosenItem } from './chosen.ts';

/** Commands on a row that need no item: only a list that offers them has them. */
const OF_LISTS: readonly CommandName[] = [
  'edit',
  'undo',
  'skip',
  'queue',
  'duplicate',
  'prefer',
  'send-again',
  'download',
  'run-job',
  'next-tab',
  'previous-tab',
];

/** Whether the list on top has a command of its own for what is chosen in it. */
function inBrowse(state: State, command: CommandName): boolean {
  return state.browse.at(-1)?.source.commands?.[command] !== undefined;
}

/** Commands that make sense now: what the palette lists and the key line shows. */
export function isAvailable(state: State, command: CommandName): boolean {
  if (state.offline) return worksOffline(state.offline, command) || (state.lesson !== null && isLessonCommand(command));
  if (inBrowse(state, command)) return true;
  if (command === 'add' && state.record?.tab === 'loans' && state.browse.length === 0)
    return state.unknownItem !== null;
  if (OF_LISTS.includes(command)) return false;
  switch (command) {
    case 'done':
    case 'loans-tab':
    case 'returns-tab':
    case 'requests-tab':
    case 'record-details':
    case 'other-list':
    case 'renew-all':
    case 'notes':
    case 'blocks':
    case 'loan-receipt':
    case 'return-receipt':
    case 'activity-report':
    case 'requests-report':
      return state.record !== null;
    case 'mark':
      return state.browse.length > 0 || (state.record !== null && state.record.tab === 'loans');
    case 'renew':
    case 'delete-loan':
      return state.record !== null && state.record.tab === 'loans' && state.browse.length === 0;
    case 'change-due':
      return state.record !== null && state.record.tab !== 'returns' && state.browse.length === 0;
    case 'sort-list':
      return state.record?.tab === 'loans' && state.record.all;
    case 'full-record':
    case 'verify':
    case 're-register':
    case 'identity-message':
    case 'set-password':
    case 'clearance':
    case 'look-up':
    case 'open-for-update':
      return state.place !== null && patronInView(state) !== undefined;
    case 'register':
    case 'patron-services':
    case 'returns':
    case 'recent-patrons':
    case 'find-patron':
    case 'rules':
    case 'scan-in':
    case 'pick-list':
    case 'hold-shelf':
    case 'transits':
    case 'lists':
    case 'catalogue':
    case 'book-drop':
    case 'in-house':
    case 'slips':
    case 'bell':
    case 'columns':
    case 'export':
    case 'work-orders':
    case 'audit':
    case 'jobs':
    case 'work-offline':
    case 'uploads':
      return state.place !== null;
    case 'add':
      return state.record?.tab === 'requests' && state.browse.length === 0;
    case 'delete':
      return chosenRequest(state) !== undefined;
    case 'request':
      return state.record !== null || chosenItem(state) !== undefined;
    case 'item-card':
    case 'item-note':
    case 'work-order':
    case 'item-history':
    case 'missing':
    case 'print-slip':
      return chosenItem(state) !== undefined;
    case 'borrower':
      return chosenItem(state) !== undefined || patronOfRow(state) !== undefined;
    case 'save-form':
      return false;
    case 'lessons':
    case 'show-keys':
      return state.training !== null;
    case 'lesson-next':
    case 'lesson-back':
    case 'lesson-again':
    case 'lesson-skip':
    case 'lesson-leave':
    case 'slow-motion':
      return state.lesson !== null;
    case 'set-clock':
    case 'advance-clock':
    case 'run-night':
    case 'reset-scene':
    case 'switch-operator':
      return state.training !== null && state.staff !== null;
    case 'change-desk':
    case 'sign-out':
      return state.staff !== null;
    default:
      return !command.startsWith('answer-');
  }
}

/** The request under the cursor of the open record, if one is. */
export function chosenRequest(state: State): RequestCard | undefined {
  const { record, browse } = state;
  if (record?.tab !== 'requests' || browse.length > 0) return undefined;
  return record.requests[record.selected - record.offset];
}

/** Id of the patron in view: the one a list is about, the one whose record is open, the one in the chosen row. */
export function patronInView(state: State): number | undefined {
  const top = state.browse.at(-1);
  return top?.source.patron ?? patronOfRow(state) ?? state.record?.pane.patron.id;
}

/** Id of the patron that the chosen row of a list is about. */
export function patronOfRow(state: State): number | undefined {
  const top = state.browse.at(-1);
  const row = top && chosenRow(top);
  return row === undefined ? undefined : top?.source.patronOf?.(row);
}
