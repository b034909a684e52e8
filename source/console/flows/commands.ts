import { placeName } from '../../desk/perform.ts';
import type { LoanOrder } from '../../desk/views.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { State, Tab } from '../state.ts';
import { showDesks, showSignIn } from './arrive.ts';
import { findPatron } from './find-patron.ts';
import { showRecent } from './identify.ts';
import { chooseDue, mark, removeLoan, renewAll, renewMarked } from './loan-lines.ts';
import { chosenItem } from './chosen.ts';
import { closeRecord, done, refreshList, showIdentification } from './record.ts';
import { browseCommand, closeBrowse, forgetBrowse, markInBrowse } from './browse.ts';
import { rowCommand } from './row-commands.ts';
import { chosenRequest, isAvailable } from './available.ts';
import { showShelf } from './hold-shelf.ts';
import { showTransits } from './transits.ts';
import { showLists } from './lists.ts';
import { showPickList } from './pick-list.ts';
import { cancelByForm, changeExpiry, explainCopy } from './request-actions.ts';
import { requestHere, withRequest } from './request-here.ts';
import { consult } from './rules.ts';
import { showReturns } from './returns.ts';
import { createUnknown } from './loans.ts';
import { bookDrop, toggleBell, toggleInHouse, toggleSlips } from './modes.ts';
import { chooseColumns } from './columns.ts';
import { showScanIn } from './scan-in.ts';
import { showCatalogue } from './catalogue.ts';
import { patronCommand } from './patron-record/index.ts';
import { register } from './patron-record/choose-profile.ts';
import { showNotes } from './notes.ts';
import { showBlocks } from './patron-blocks.ts';
import { showWorkOrders } from './work-orders.ts';
import { goOffline, offlineCommand } from './offline/index.ts';
import { changeLanguage } from './change-language.ts';
import { showUploads } from './uploads.ts';
import { showJobs } from './jobs.ts';
import { showOutage } from './outage.ts';
import { showAudit } from './audit.ts';
import { giveReceipt } from './receipts.ts';
import { exportList } from './exporting.ts';
import { trainingCommand } from '../lessons/trainer.ts';

const ORDERS: readonly LoanOrder[] = ['due', 'title', 'library', 'loaned', 'status'];

async function openTab(runtime: Runtime, tab: Tab): Promise<void> {
  const { record, field } = runtime.store.get();
  if (!record) return;
  const words = runtime.words();
  runtime.otherPlace();
  const label = tab === 'returns' ? words.returning.field : words.loan.field;
  runtime.store.set({ field: { ...field, label } });
  await refreshList(runtime, { tab, all: false, offset: 0, selected: 0 });
}

/** Between the rows of the session and all of them (TAB-02, RET-05). */
async function otherList(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  if (!record || record.tab === 'requests') return;
  await refreshList(runtime, { all: !record.all, offset: 0, selected: 0 });
}

async function nextOrder(runtime: Runtime): Promise<void> {
  const { record } = runtime.store.get();
  if (!record?.all || record.tab !== 'loans') return;
  const order = ORDERS[(ORDERS.indexOf(record.order) + 1) % ORDERS.length] ?? 'due';
  await refreshList(runtime, { order, offset: 0, selected: 0 });
  const words = runtime.words().lists;
  runtime.tell('information', words.sortedBy(words.orders[order]));
}

/** Leaves: asks first where a record is open or scans wait. */
async function quit(runtime: Runtime): Promise<void> {
  const { record, waiting } = runtime.store.get();
  const words = runtime.words().prompt;
  if (record || waiting.length > 0) {
    const title = waiting.length > 0 ? words.quitWaiting(waiting.length) : words.quit;
    const answer = await runtime.ask({ title, lines: [], why: [], choices: ['answer-yes', 'answer-cancel'] });
    if (answer !== 'answer-yes') return;
    await closeRecord(runtime, 'left');
  }
  runtime.quit(0);
}

/** Escape: the nearest thing that is open closes. */
async function close(runtime: Runtime): Promise<void> {
  const { overlay, field, matches, itemMatches, browse } = runtime.store.get();
  const clear = { matches: null, itemMatches: null, field: { ...field, value: '' } };
  if (overlay) runtime.store.set({ overlay: null, paletteText: '' });
  else if (itemMatches || (browse.length === 0 && (field.value !== '' || matches))) runtime.store.set(clear);
  else if (!(await closeBrowse(runtime))) runtime.store.set({ answer: null });
}

/** Moves in what is on top: an overlay, a list of matches is moved elsewhere, else the record's or the returns' list. */
export async function moveInList(runtime: Runtime, by: number): Promise<void> {
  const { record, returns, returnsSelected, scannedIn, scannedInSelected, screen } = runtime.store.get();
  if (screen === 'scan-in') {
    const last = Math.max(0, scannedIn.length - 1);
    return runtime.store.set({ scannedInSelected: Math.max(0, Math.min(last, scannedInSelected + by)) });
  }
  if (record) {
    const total = record.total;
    const selected = Math.max(0, Math.min(total - 1, record.selected + by));
    const size = runtime.listRows();
    const offset = selected < record.offset ? selected : record.offset;
    if (selected >= offset && selected < record.offset + size && offset === record.offset) {
      runtime.store.set({ record: { ...record, selected } });
    } else await refreshList(runtime, { selected, offset });
  } else if (screen === 'returns') {
    runtime.store.set({ returnsSelected: Math.max(0, Math.min(returns.length - 1, returnsSelected + by)) });
  }
}

/** Why a command makes no sense now, and what to do first. */
function notNow(state: State, command: CommandName, words: ReturnType<Runtime['words']>): string {
  if (!state.place) return words.desk.needed;
  const place = state.keymap.find((one) => one.command === command)?.place;
  if (place === 'form') return words.browse.noForm;
  if (state.browse.length > 0 || (state.record && place === 'patron')) return words.browse.notHere;
  if (place !== 'row') return words.patron.needsPatron;
  return chosenItem(state) === undefined ? words.browse.noLine : words.browse.notHere;
}

/** Does a command that holds anywhere. Answers to prompts are dealt with where the prompt is. */
export async function runCommand(runtime: Runtime, command: CommandName): Promise<void> {
  const { store } = runtime;
  const state = store.get();
  if (!isAvailable(state, command)) {
    const words = runtime.words();
    if (state.offline) {
      const back = state.offline.alone ? null : runtime.keyFor('work-offline');
      return runtime.tell('warning', words.offline.notHere(back));
    }
    if (!state.staff) return;
    return runtime.tell('warning', notNow(state, command, words));
  }
  runtime.lessons.ran(command);
  if (await trainingCommand(runtime, command)) return;
  if (await offlineCommand(runtime, command)) return;
  if (await browseCommand(runtime, command)) return;
  if (await rowCommand(runtime, command)) return;
  if (await patronCommand(runtime, command)) return;
  switch (command) {
    case 'help':
      return store.set({ overlay: state.overlay?.kind === 'help' ? null : { kind: 'help', offset: 0 } });
    case 'record-details':
      return store.set({ overlay: state.overlay?.kind === 'details' ? null : { kind: 'details', offset: 0 } });
    case 'palette':
      return store.set({
        overlay: state.overlay?.kind === 'palette' ? null : { kind: 'palette', selected: 0 },
        paletteText: '',
      });
    case 'patron-services':
      if (state.record) return openTab(runtime, 'loans');
      return showIdentification(runtime);
    case 'returns':
      await closeRecord(runtime, 'next-patron');
      return showReturns(runtime);
    case 'pick-list':
      return showPickList(runtime);
    case 'hold-shelf':
      return showShelf(runtime);
    case 'transits':
      return showTransits(runtime);
    case 'lists':
      return showLists(runtime);
    case 'request':
      return requestHere(runtime);
    case 'delete':
      return withRequest(runtime, async (one) => cancelByForm(runtime, one));
    case 'add':
      return state.record?.tab === 'requests' ? showCatalogue(runtime) : createUnknown(runtime);
    case 'scan-in':
      await closeRecord(runtime, 'next-patron');
      return showScanIn(runtime);
    case 'register':
      return register(runtime, state.unknownCard ?? '');
    case 'catalogue':
      return showCatalogue(runtime);
    case 'notes':
      return showNotes(runtime);
    case 'blocks':
      return showBlocks(runtime);
    case 'work-orders':
      return showWorkOrders(runtime);
    case 'jobs':
      return showJobs(runtime);
    case 'work-offline':
      await goOffline(runtime);
      return undefined;
    case 'uploads':
      return showUploads(runtime);
    case 'outage':
      return showOutage(runtime);
    case 'audit':
      return showAudit(runtime);
    case 'book-drop':
      return bookDrop(runtime);
    case 'in-house':
      return toggleInHouse(runtime);
    case 'slips':
      return toggleSlips(runtime);
    case 'bell':
      return toggleBell(runtime, state.place ? placeName(state.place) : '');
    case 'columns':
      return chooseColumns(runtime);
    case 'export':
      return exportList(runtime);
    case 'loan-receipt':
    case 'return-receipt':
    case 'activity-report':
    case 'requests-report':
      return giveReceipt(runtime, command);
    case 'recent-patrons':
      if (state.screen !== 'identify') await done(runtime);
      return showRecent(runtime);
    case 'find-patron':
      return findPatron(runtime);
    case 'done':
      return done(runtime);
    case 'loans-tab':
      return openTab(runtime, 'loans');
    case 'returns-tab':
      return openTab(runtime, 'returns');
    case 'requests-tab':
      return openTab(runtime, 'requests');
    case 'other-list':
      return otherList(runtime);
    case 'sort-list':
      return nextOrder(runtime);
    case 'mark':
      return state.browse.length > 0 ? markInBrowse(runtime) : mark(runtime);
    case 'renew':
      return renewMarked(runtime);
    case 'renew-all':
      return renewAll(runtime);
    case 'change-due':
      return state.record?.tab === 'requests'
        ? withRequest(runtime, async (one) => changeExpiry(runtime, one))
        : chooseDue(runtime);
    case 'delete-loan':
      return removeLoan(runtime);
    case 'rules':
      return chosenRequest(state)
        ? withRequest(runtime, async (one) => explainCopy(runtime, one.id))
        : consult(runtime);
    case 'change-language':
      return changeLanguage(runtime);
    case 'change-desk':
      forgetBrowse(runtime);
      await closeRecord(runtime, 'left');
      return showDesks(runtime, state.place ? placeName(state.place) : null);
    case 'sign-out':
      await closeRecord(runtime, 'left');
      showSignIn(runtime);
      return runtime.tell('information', runtime.words().signIn.signedOut);
    case 'redraw':
      return runtime.redraw();
    case 'quit':
      return quit(runtime);
    case 'close':
      return close(runtime);
    default:
      return undefined;
  }
}
