import { expect } from 'vitest';
import { activeDesks } from '../../source/desk/active-desks.ts';
import { addItems } from '../../source/desk/add-items.ts';
import { readAudit } from '../../source/desk/audit.ts';
import { addHolding, changeHolding, deleteHolding } from '../../source/desk/catalogue-holdings.ts';
import { addItem, changeItem, deleteItem } from '../../source/desk/catalogue-items.ts';
import { openTitle, searchCatalogue, searchItems } from '../../source/desk/catalogue-search.ts';
import { addTitle, changeTitle, deleteTitle } from '../../source/desk/catalogue-titles.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { itemHistory } from '../../source/desk/item-history.ts';
import { importCatalogue } from '../../source/desk/import-catalogue.ts';
import { lend } from '../../source/desk/lend.ts';
import { currentNetwork, loadNetwork, markTraining, trainingCopy } from '../../source/desk/networks.ts';
import { proveWritable } from '../../source/desk/prove-writable.ts';
import { blockPatron, changeBlock, listPatronBlocks, unblockPatron } from '../../source/desk/patron-blocks.ts';
import {
  addPatronNote,
  changePatronNote,
  deletePatronNote,
  listPatronNotes,
  restorePatronNote,
} from '../../source/desk/patron-notes.ts';
import {
  addPatron,
  endSession,
  findPatrons,
  listLoans,
  listRequests,
  listReturned,
  meaningOfScan,
  openPatron,
  overrideRecord,
  recentPatrons,
} from '../../source/desk/patrons.ts';
import { searchPatrons } from '../../source/desk/patron-search.ts';
import { quickAdd, quickAddForm } from '../../source/desk/quick-add.ts';
import { finishForm, finishRegistration } from '../../source/desk/finish-registration.ts';
import { reRegister, reRegistrationForm } from '../../source/desk/re-register.ts';
import { likelyDuplicates, registerPatron, registrationForm } from '../../source/desk/register-patron.ts';
import { listKeys, readList, recordExport, rowsOfList } from '../../source/desk/lists.ts';
import { activityReport, loanReceipt, requestsReport, returnReceipt } from '../../source/desk/receipts.ts';
import { renew } from '../../source/desk/renew.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { activateNext, reshelve, send } from '../../source/desk/requests-clear-shelf.ts';
import { markMissing, previewMissing, skipLibrary } from '../../source/desk/requests-missing.ts';
import { settleRequests } from '../../source/desk/requests-outdated.ts';
import { markTaken, pickList } from '../../source/desk/requests-pick.ts';
import { placeRequest, requestForm } from '../../source/desk/requests-place.ts';
import { moveInQueue, showRequest, titleRequests, whyThisCopy } from '../../source/desk/requests-queue.ts';
import { changeHoldExpiry, shelf } from '../../source/desk/requests-shelf.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { scanIn } from '../../source/desk/scan-in.ts';
import {
  addThrowAwayAccounts,
  declareLost,
  giveThrowAwayPassword,
  playScene,
  queueRequest,
} from '../../source/desk/setting-the-scene.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../source/desk/show.ts';
import { choosePlace, listPlaces, recallStaff, signIn } from '../../source/desk/sign-in.ts';
import {
  addFirstAdministrator,
  addStaff,
  setEmail,
  isUnstaffed,
  listStaff,
  setPassword,
  setRoles,
} from '../../source/desk/staff-accounts.ts';
import { transitsOf } from '../../source/desk/transits.ts';
import { cancelWorkOrder, listWorkOrders, placeWorkOrder } from '../../source/desk/work-orders.ts';
import { moveDueDates } from '../../source/jobs/move-due-dates.ts';
import { smallNetwork } from './network.ts';
import { CARD_LINES, CARD_LINES_WITHOUT_EVENT } from './card-lines.ts';
import { OWN_LINES, OWN_LINES_WITHOUT_EVENT } from './kiosk-lines.ts';
import { JOB_LINES, JOB_LINES_WITHOUT_EVENT } from './job-lines.ts';
import { NIGHT_LINES, NIGHT_LINES_WITHOUT_EVENT } from './night-lines.ts';
import { LETTER_LINES, WITHOUT_EVENT } from './letter-lines.ts';
import { PATRON_RECORD_LINES } from './patron-record-lines.ts';
import {
  atPlace,
  CATALOGUE_EDITORS,
  DESK,
  DESK_STAFF,
  EVERY_ROLE,
  inWindow,
  lineOf,
  LIST_READERS,
  NETWORK,
  NO_DESK,
  ofLibrary,
  ofPatron,
  PATRON_EDITORS,
  PATRON_STAFF,
  window,
} from './permission-lines.ts';
import type { Line } from './permission-lines.ts';
import { UPLOAD_LINES, UPLOAD_LINES_WITHOUT_EVENT } from './upload-lines.ts';
import type { World } from './world.ts';

const override = { codes: 'all' } as const;
const newPatron = async ({ fresh }: World) => ({
  lastName: 'New',
  firstName: 'One',
  group: 'L',
  identifiers: [{ type: 'PRIMARY', value: fresh('NEW') }],
});
const newItems = async ({ fresh }: World) => ({
  items: [{ barcode: fresh('NEW'), title: 'A book', library: 'sci', location: 'sci/63S', material: 'BOOK' }],
});
const newRecord = async ({ fresh }: World) => {
  const bare = { author: null, isbn: null, publisher: null, subjects: null, year: null, resourceType: 'BOOK' as const };
  const title = { controlKey: fresh('marc21::'), title: 'A book', ...bare };
  return { run: fresh('RUN'), file: 'f.mrc', records: [{ number: 1, attach: false, title, items: [], holdings: [] }] };
};
const onLoan = async ({ loan }: World) => ({ barcode: (await loan()).barcode });
const withOrder = async ({ item, scene }: World) => {
  const barcode = await item();
  await scene.act(placeWorkOrder, { barcode });
  return { barcode };
};
const ofRequest = async ({ request }: World) => ({ request: (await request()).request });

/** Written down a second time on purpose: what the program allows is compared with it, by doing it. */
export const LINES: readonly Line[] = [
  lineOf(lend, DESK_STAFF, async (w) => ({ patron: await w.patron(), barcode: await w.item() }), DESK, 'lent'),
  lineOf(returnItem, DESK_STAFF, onLoan, DESK, 'returned'),
  lineOf(
    renew,
    DESK_STAFF,
    async (w) => ({ barcodes: [(await w.loan('2026-05-12T10:00')).barcode] }),
    DESK,
    'renewals',
  ),
  lineOf(
    changeDue,
    ['operator', 'manager'],
    async (w) => ({ barcodes: [(await w.loan()).barcode], due: '2026-06-30' }),
    DESK,
    'changed',
  ),
  lineOf(deleteLoan, ['operator', 'manager'], onLoan, DESK, 'deleted'),
  lineOf(
    endSession,
    DESK_STAFF,
    async (w) => ({ patron: await w.patron(), loans: [], because: 'done' as const }),
    DESK,
    'ended',
  ),
  lineOf(overrideRecord, DESK_STAFF, async (w) => ({ patron: await w.patron(), override }), DESK, 'overridden'),
  atPlace(
    lineOf(scanIn, [...DESK_STAFF, 'cataloguer'], async (w) => ({ barcode: await w.item() }), NO_DESK, 'scanned'),
  ),
  lineOf(placeWorkOrder, [...DESK_STAFF, 'cataloguer'], async (w) => ({ barcode: await w.item() }), NO_DESK, 'placed'),
  lineOf(cancelWorkOrder, [...DESK_STAFF, 'cataloguer'], withOrder, NO_DESK, 'cancelled'),
  lineOf(listWorkOrders, [...DESK_STAFF, 'cataloguer'], { window }, NO_DESK, 'work-orders'),
  lineOf(recentPatrons, PATRON_STAFF, {}, DESK, 'matches'),
  lineOf(openPatron, PATRON_STAFF, ofPatron, NO_DESK, 'opened'),
  lineOf(showPatron, PATRON_STAFF, { identifier: 'P1' }, NO_DESK, 'patron'),
  lineOf(findPatrons, PATRON_STAFF, { text: 'name', window }, NO_DESK, 'matches'),
  lineOf(searchPatrons, PATRON_STAFF, { name: 'name', window }, NO_DESK, 'matches'),
  lineOf(
    listLoans,
    PATRON_STAFF,
    async (w) => ({ patron: (await w.loan()).patron, order: 'due' as const, window }),
    NO_DESK,
    'loans',
  ),
  lineOf(listReturned, PATRON_STAFF, inWindow, NO_DESK, 'loans'),
  lineOf(listRequests, PATRON_STAFF, inWindow, NO_DESK, 'requests'),
  lineOf(meaningOfScan, PATRON_STAFF, { code: 'P1' }, NO_DESK, 'meaning'),
  lineOf(showItem, EVERY_ROLE, { barcode: 'B1' }, NO_DESK, 'item'),
  lineOf(showLoan, EVERY_ROLE, { barcode: 'B1' }, NO_DESK, 'loan'),
  lineOf(showTitle, EVERY_ROLE, { text: 'title' }, NO_DESK, 'titles'),
  lineOf(consultRules, EVERY_ROLE, { group: 'L', location: 'sci/63S' }, NO_DESK, 'rules'),
  lineOf(addPatron, PATRON_EDITORS, newPatron, NO_DESK, 'added'),
  lineOf(registrationForm, PATRON_EDITORS, {}, NO_DESK, 'form'),
  lineOf(likelyDuplicates, PATRON_EDITORS, { lastName: 'Name' }, NO_DESK, 'likely'),
  lineOf(
    registerPatron,
    PATRON_EDITORS,
    async (w) => ({ lastName: 'New', identifier: w.fresh('NEW'), group: 'L' }),
    NO_DESK,
    'registered',
  ),
  lineOf(reRegistrationForm, PATRON_EDITORS, ofPatron, NO_DESK, 're-registration'),
  lineOf(reRegister, PATRON_EDITORS, ofPatron, NO_DESK, 're-registered'),
  lineOf(finishForm, PATRON_EDITORS, async (w) => ({ patron: await w.preRegistered() }), NO_DESK, 'finish'),
  lineOf(
    finishRegistration,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.preRegistered(), identifier: w.fresh('CARD'), group: 'L' }),
    NO_DESK,
    'finished',
  ),
  lineOf(addItems, ['operator', 'manager', 'cataloguer'], newItems, NO_DESK, 'added'),
  lineOf(importCatalogue, ['cataloguer', 'network-administrator'], newRecord, NO_DESK, 'imported'),
  ...CARD_LINES,
  ...NIGHT_LINES,
  ...UPLOAD_LINES,
  ...JOB_LINES,
  ...OWN_LINES,
  lineOf(searchCatalogue, EVERY_ROLE, { text: 'title', window }, NO_DESK, 'titles'),
  lineOf(searchItems, EVERY_ROLE, { text: 'title', window }, NO_DESK, 'items'),
  lineOf(openTitle, EVERY_ROLE, { title: 1 }, NO_DESK, 'title'),
  lineOf(addTitle, CATALOGUE_EDITORS, { title: 'A book' }, NO_DESK, 'added'),
  lineOf(
    changeTitle,
    CATALOGUE_EDITORS,
    async (w) => ({ title: await w.title(), change: { year: '2026' } }),
    NO_DESK,
    'changed',
  ),
  lineOf(deleteTitle, CATALOGUE_EDITORS, async (w) => ({ title: await w.title() }), NO_DESK, 'deleted'),
  ofLibrary(
    lineOf(
      addHolding,
      CATALOGUE_EDITORS,
      async (w) => ({ title: await w.title(), location: 'sci/63S' }),
      NO_DESK,
      'added',
    ),
  ),
  ofLibrary(
    lineOf(
      changeHolding,
      CATALOGUE_EDITORS,
      async (w) => ({ holding: await w.holding(), change: { note: 'incomplete' } }),
      NO_DESK,
      'changed',
    ),
  ),
  ofLibrary(
    lineOf(deleteHolding, CATALOGUE_EDITORS, async (w) => ({ holding: await w.holding() }), NO_DESK, 'deleted'),
  ),
  ofLibrary(
    lineOf(
      addItem,
      CATALOGUE_EDITORS,
      async (w) => ({ holding: await w.holding(), barcode: w.fresh('WB'), material: 'BOOK' }),
      NO_DESK,
      'added',
    ),
  ),
  // Notes alone; the rest takes a role that may edit items (its own test shows it).
  ofLibrary(
    lineOf(
      changeItem,
      [...DESK_STAFF, 'cataloguer'],
      async (w) => ({ barcode: await w.item(), change: { publicNote: 'a note' } }),
      NO_DESK,
      'changed',
    ),
  ),
  ofLibrary(lineOf(deleteItem, CATALOGUE_EDITORS, async (w) => ({ barcode: await w.item() }), NO_DESK, 'deleted')),
  lineOf(
    quickAdd,
    DESK_STAFF,
    async (w) => ({ barcode: w.fresh('WB'), title: 'A book', holding: 'new' as const, patron: await w.patron() }),
    DESK,
    'lent',
  ),
  lineOf(quickAddForm, DESK_STAFF, { barcode: 'NEW' }, DESK, 'form'),
  lineOf(addPatronNote, PATRON_EDITORS, async (w) => ({ patron: await w.patron(), text: 'A note' }), NO_DESK, 'added'),
  lineOf(changePatronNote, PATRON_EDITORS, async (w) => ({ note: await w.note(), popup: true }), NO_DESK, 'changed'),
  lineOf(deletePatronNote, PATRON_EDITORS, async (w) => ({ note: await w.note() }), NO_DESK, 'deleted'),
  lineOf(restorePatronNote, PATRON_EDITORS, async (w) => ({ note: await w.note('deleted') }), NO_DESK, 'restored'),
  lineOf(listPatronNotes, PATRON_STAFF, inWindow, NO_DESK, 'notes'),
  lineOf(
    blockPatron,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.patron(), type: 'MANUAL' as const }),
    NO_DESK,
    'set',
  ),
  lineOf(changeBlock, PATRON_EDITORS, async (w) => ({ block: await w.block(), active: false }), NO_DESK, 'changed'),
  lineOf(unblockPatron, PATRON_EDITORS, async (w) => ({ block: await w.block() }), NO_DESK, 'lifted'),
  lineOf(listPatronBlocks, PATRON_STAFF, inWindow, NO_DESK, 'blocks'),
  ...PATRON_RECORD_LINES,
  ...LETTER_LINES,
  lineOf(readAudit, ['manager', 'network-administrator'], { filters: {}, window }, NO_DESK, 'audit'),
  lineOf(readList, LIST_READERS, { list: 'late-loans', window }, NO_DESK, 'list'),
  lineOf(listKeys, LIST_READERS, { list: 'late-loans' }, NO_DESK, 'keys'),
  lineOf(transitsOf, EVERY_ROLE, { list: 'all' as const, library: 'sci', window }, NO_DESK, 'transits'),
  lineOf(rowsOfList, LIST_READERS, { list: 'late-loans', keys: [] }, NO_DESK, 'rows'),
  lineOf(recordExport, LIST_READERS, { list: 'late-loans', rows: 0, form: 'csv' }, NO_DESK, 'recorded'),
  lineOf(itemHistory, EVERY_ROLE, { barcode: 'B1', window }, NO_DESK, 'item-history'),
  lineOf(activityReport, DESK_STAFF, ofPatron, NO_DESK, 'activity'),
  lineOf(requestsReport, DESK_STAFF, ofPatron, NO_DESK, 'requests-report'),
  lineOf(
    loanReceipt,
    DESK_STAFF,
    async (w) => {
      const { patron, loan } = await w.loan();
      return { patron, loans: [loan] };
    },
    NO_DESK,
    'loan-receipt',
  ),
  lineOf(returnReceipt, DESK_STAFF, async (w) => ({ patron: await w.patron(), loans: [] }), NO_DESK, 'return-receipt'),
  lineOf(
    loadNetwork,
    NETWORK,
    async (w) => ({ network: { ...smallNetwork, name: w.fresh('network') }, difference: [] }),
    NO_DESK,
    'loaded',
  ),
  lineOf(requestForm, DESK_STAFF, async (w) => ({ item: await w.item() }), NO_DESK, 'form'),
  lineOf(
    placeRequest,
    DESK_STAFF,
    async (w) => ({ patron: await w.patron(), item: await w.item(), pickup: 'sci' }),
    NO_DESK,
    'placed',
  ),
  lineOf(cancelRequest, DESK_STAFF, ofRequest, NO_DESK, 'cancelled'),
  lineOf(titleRequests, EVERY_ROLE, async (w) => ({ title: await w.title() }), NO_DESK, 'queue'),
  lineOf(showRequest, EVERY_ROLE, ofRequest, NO_DESK, 'request'),
  lineOf(whyThisCopy, EVERY_ROLE, ofRequest, NO_DESK, 'why'),
  lineOf(moveInQueue, ['manager'], async (w) => ({ ...(await ofRequest(w)), to: 1 }), NO_DESK, 'moved'),
  ofLibrary(lineOf(pickList, DESK_STAFF, { library: 'sci', window }, NO_DESK, 'picks')),
  ofLibrary(
    lineOf(
      markTaken,
      DESK_STAFF,
      async (w) => ({ requests: [(await w.request()).request], as: 'printed' as const }),
      NO_DESK,
      'marked',
    ),
  ),
  ofLibrary(lineOf(previewMissing, DESK_STAFF, ofRequest, NO_DESK, 'missing-preview')),
  ofLibrary(lineOf(markMissing, DESK_STAFF, ofRequest, NO_DESK, 'missing')),
  ofLibrary(
    lineOf(
      skipLibrary,
      DESK_STAFF,
      async (w) => {
        const { request, barcode } = await w.request();
        const copy = await w.item({ title: `Title ${barcode}`, location: 'med/SALLE' });
        expect(copy).not.toBe(barcode);
        return { request };
      },
      NO_DESK,
      'skipped',
    ),
  ),
  ofLibrary(lineOf(shelf, DESK_STAFF, { library: 'sci', list: 'active' as const, window }, NO_DESK, 'shelf')),
  ofLibrary(lineOf(reshelve, DESK_STAFF, async (w) => ({ requests: [(await w.left()).request] }), NO_DESK, 'shelved')),
  ofLibrary(
    lineOf(send, DESK_STAFF, async (w) => ({ items: [(await w.left('med/SALLE')).barcode] }), NO_DESK, 'shelved'),
  ),
  ofLibrary(
    lineOf(
      activateNext,
      DESK_STAFF,
      async (w) => {
        const { barcode } = await w.left();
        const next = { patron: await w.patron(), item: barcode, pickup: 'sci' };
        expect(await w.scene.act(placeRequest, next)).toMatchObject({ kind: 'placed' });
        return { items: [barcode] };
      },
      NO_DESK,
      'shelved',
    ),
  ),
  ofLibrary(
    lineOf(
      changeHoldExpiry,
      DESK_STAFF,
      async (w) => ({ request: (await w.held()).request, until: '2026-06-30' }),
      NO_DESK,
      'changed',
    ),
  ),
  lineOf(settleRequests, NETWORK, {}, NO_DESK, 'settled'),
  lineOf(setEmail, NETWORK, async (w) => ({ name: await w.account(), email: 'who@example.org' }), NO_DESK, 'changed'),
  lineOf(addStaff, NETWORK, async (w) => ({ name: w.fresh('who'), password: null, roles: [] }), NO_DESK, 'added'),
  lineOf(setRoles, NETWORK, async (w) => ({ name: await w.account(), roles: [] }), NO_DESK, 'changed'),
  lineOf(setPassword, NETWORK, async (w) => ({ name: await w.account(), password: 'Str0ng!pass' }), NO_DESK, 'changed'),
  lineOf(listStaff, NETWORK, {}, NO_DESK, 'staff'),
  lineOf(moveDueDates, NETWORK, {}, NO_DESK, 'moved'),
  lineOf(markTraining, NETWORK, { clock: null }, NO_DESK, 'changed'),
  lineOf(
    addThrowAwayAccounts,
    NETWORK,
    async (w) => ({ accounts: [{ name: w.fresh('who'), displayName: '', password: 'x', roles: [] }] }),
    NO_DESK,
    'added',
  ),
  lineOf(
    queueRequest,
    NETWORK,
    async (w) => ({ patron: 'P1', barcode: await w.item(), pickup: 'sci' }),
    NO_DESK,
    'placed',
  ),
  lineOf(giveThrowAwayPassword, NETWORK, { patrons: ['P1'], password: 'secret' }, NO_DESK, 'added'),
  lineOf(declareLost, NETWORK, onLoan, NO_DESK, 'lost'),
  lineOf(playScene, NETWORK, { acts: [] }, NO_DESK, 'played'),
  lineOf(activeDesks, 'anybody', { minutes: 15 }, NO_DESK, 'desks'),
  lineOf(currentNetwork, 'anybody', {}, NO_DESK, 'network'),
  lineOf(proveWritable, 'anybody', {}, NO_DESK, 'writable'),
  lineOf(trainingCopy, 'anybody', {}, NO_DESK, 'training'),
  lineOf(isUnstaffed, 'anybody', {}, NO_DESK, 'unstaffed'),
  lineOf(signIn, 'anybody', async (w) => ({ name: await w.account(), password: 'secret' }), NO_DESK, 'signed-in'),
  lineOf(recallStaff, 'anybody', async (w) => ({ name: await w.account() }), NO_DESK, 'signed-in'),
  lineOf(listPlaces, 'anybody', {}, NO_DESK, 'places'),
];
/** These look for themselves; their own tests show it. */
export const OWN_CHECK = [choosePlace.name, addFirstAdministrator.name];
/** What sets the scene of a training copy is no work of a desk; and here there is no due date to move. */
export const NO_EVENT = [
  ...[markTraining, giveThrowAwayPassword, declareLost, playScene, moveDueDates, settleRequests].map((one) => one.name),
  proveWritable.name,
  ...WITHOUT_EVENT,
  ...CARD_LINES_WITHOUT_EVENT,
  ...NIGHT_LINES_WITHOUT_EVENT,
  ...UPLOAD_LINES_WITHOUT_EVENT,
  ...JOB_LINES_WITHOUT_EVENT,
  ...OWN_LINES_WITHOUT_EVENT,
];
