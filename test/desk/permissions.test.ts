import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
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
import type { Seat } from '../../source/desk/perform.ts';
import { ROLES } from '../../source/desk/permissions.ts';
import type { Role } from '../../source/desk/permissions.ts';
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
import { addThrowAwayAccounts, declareLost, playScene, queueRequest } from '../../source/desk/setting-the-scene.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../source/desk/show.ts';
import { choosePlace, listPlaces, NOBODY, recallStaff, signIn } from '../../source/desk/sign-in.ts';
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
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';
import { CARD_LINES, CARD_LINES_WITHOUT_EVENT } from '../support/card-lines.ts';
import { JOB_LINES, JOB_LINES_WITHOUT_EVENT } from '../support/job-lines.ts';
import { NIGHT_LINES, NIGHT_LINES_WITHOUT_EVENT } from '../support/night-lines.ts';
import { LETTER_LINES, WITHOUT_EVENT } from '../support/letter-lines.ts';
import { PATRON_RECORD_LINES } from '../support/patron-record-lines.ts';
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
} from '../support/permission-lines.ts';
import type { Act, Line } from '../support/permission-lines.ts';
import { UPLOAD_LINES, UPLOAD_LINES_WITHOUT_EVENT } from '../support/upload-lines.ts';
import { worldOf } from '../support/world.ts';
import type { World } from '../support/world.ts';

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
  const bare = { author: null, isbn: null, publisher: null, year: null, resourceType: 'BOOK' as const };
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
const LINES: readonly Line[] = [
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
  lineOf(declareLost, NETWORK, onLoan, NO_DESK, 'lost'),
  lineOf(playScene, NETWORK, { acts: [] }, NO_DESK, 'played'),
  lineOf(activeDesks, 'anybody', { minutes: 15 }, NO_DESK, 'desks'),
  lineOf(currentNetwork, 'anybody', {}, NO_DESK, 'network'),
  lineOf(trainingCopy, 'anybody', {}, NO_DESK, 'training'),
  lineOf(isUnstaffed, 'anybody', {}, NO_DESK, 'unstaffed'),
  lineOf(signIn, 'anybody', async (w) => ({ name: await w.account(), password: 'secret' }), NO_DESK, 'signed-in'),
  lineOf(recallStaff, 'anybody', async (w) => ({ name: await w.account() }), NO_DESK, 'signed-in'),
  lineOf(listPlaces, 'anybody', {}, NO_DESK, 'places'),
];
/** These look for themselves; their own tests show it. */
const OWN_CHECK = [choosePlace.name, addFirstAdministrator.name];
/** What sets the scene of a training copy is no work of a desk; and here there is no due date to move. */
const NO_EVENT = [
  ...[markTraining, declareLost, playScene, moveDueDates, settleRequests].map((one) => one.name),
  ...WITHOUT_EVENT,
  ...CARD_LINES_WITHOUT_EVENT,
  ...NIGHT_LINES_WITHOUT_EVENT,
  ...UPLOAD_LINES_WITHOUT_EVENT,
  ...JOB_LINES_WITHOUT_EVENT,
];
const isNetworkWide = ({ roles }: Line): boolean => roles === NETWORK;
const RESTRICTED = LINES.filter((one) => one.roles !== 'anybody');

describe('the table of permissions', () => {
  test('REL-08 speaks of every action that there is', async () => {
    const folders = ['desk', 'jobs'].map((room) => new URL(`../../source/${room}/`, import.meta.url));
    const files = folders.flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder).href));
    const found: string[] = [];
    for (const file of files) {
      const exported = (await import(file)) as Record<string, unknown>;
      for (const one of Object.values(exported)) {
        const { name, run } = (one ?? {}) as { name?: unknown; run?: unknown };
        if (typeof run === 'function' && typeof name === 'string') found.push(name);
      }
    }
    expect(found.toSorted()).toEqual([...LINES.map((one) => one.name), ...OWN_CHECK].toSorted());
  });
});

describe.each(databases)('permissions on $name', ({ create }) => {
  let database: TestDatabase;
  let scene: Scene;
  let world: World;
  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house);
    world = worldOf(scene);
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
  });
  afterAll(async () => {
    await database.drop();
  });

  /** Somebody with one role at a library, or with none, who sits somewhere. */
  const somebody = (role: Role | null, library: string, place: string | null = 'sci/PRET'): Seat => {
    const roles = role === null ? [] : [{ role, library }];
    const seat = { staff: { ...scene.bib.staff, roles }, place: null };
    return place === null ? seat : seatAt(seat, place);
  };
  const at =
    (seat: Seat): Act =>
    async (what, request) =>
      scene.perform(seat, what, request);

  test.each(RESTRICTED)('REL-08 DESK-02 $name, by every role, here and elsewhere', async (line) => {
    for (const role of ROLES) {
      const may = line.roles.includes(role);
      // What concerns the whole network takes a role that is held everywhere; what needs no desk is done by a role of any
      // library when one sits nowhere.
      const seats: [Seat, boolean, string][] = [
        [somebody(null, '*'), false, 'no role at all'],
        [somebody(role, 'buc'), false, `${role} of another library`],
        [
          somebody(role, 'buc', null),
          may && !line.desk && !line.place && !line.ofLibrary && !isNetworkWide(line),
          `${role} without a desk`,
        ],
        [somebody(role, 'sci'), may && !isNetworkWide(line), `${role} of this library`],
        [somebody(role, '*'), may, `${role} of every library`],
      ];
      let doIt = await line.prepare(world);
      for (const [seat, permitted, who] of seats) {
        const { kind } = await doIt(at(seat));
        expect(kind, `${who}: ${kind}`).toBe(permitted ? line.done : 'not-permitted');
        // What is done is done; a refused request can be asked again by the next one.
        if (permitted) doIt = await line.prepare(world);
      }
    }
  });

  test.each(RESTRICTED.filter((one) => one.desk))(
    'DESK-01 $name needs a desk: neither a department nor no place will do',
    async ({ prepare }) => {
      const doIt = await prepare(world);
      for (const seat of [{ ...scene.bib, place: null }, seatAt(scene.bib, 'sci/ACQ', 'department')]) {
        expect(await doIt(at(seat))).toMatchObject({ kind: 'not-permitted', needs: 'desk' });
      }
    },
  );

  test.each(LINES.filter((one) => !one.readOnly && !NO_EVENT.includes(one.name)))(
    'REL-09 $name leaves an event: who, when, and what was before or after',
    async ({ prepare, done }) => {
      const roles = ROLES.map((role) => ({ role, library: '*' }));
      const doIt = await prepare(world);
      const last = async () =>
        database.sql<{ id: number; at: string; staff_id: number | null; data: string }>(
          'select id, at, staff_id, data from events order by id desc limit 1',
        );
      const [before] = await last();
      expect(await doIt(at({ ...scene.bib, staff: { ...scene.bib.staff, roles } }))).toMatchObject({ kind: done });
      const [event] = await last();
      expect(event?.id).toBeGreaterThan(before?.id ?? 0);
      expect(Number(event?.at)).toBe(scene.now());
      expect(event?.staff_id).not.toBeNull();
      expect(JSON.parse(event?.data ?? '')).toBeTypeOf('object');
    },
  );

  test.each(LINES.filter((one) => one.roles === 'anybody'))(
    'DESK-01 $name is for whoever has not signed in yet',
    async ({ prepare, done }) => {
      const doIt = await prepare(world);
      expect(await doIt(at({ staff: NOBODY, place: null }))).toMatchObject({ kind: done });
    },
  );
});

onBothDatabases('permissions', (it) => {
  it('REL-08 a refused action changes nothing', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    const before = await database.sql('select kind from events');
    const cataloguer = await scene.staff('cat', 'cataloguer');
    expect(await scene.lend('P1', 'B1', {}, cataloguer)).toEqual({
      kind: 'not-permitted',
      permission: 'lend',
      needs: 'role',
    });
    expect(await database.sql('select id from loans')).toEqual([]);
    expect((await database.sql('select kind from events')).length).toBe(before.length + 1);
  });
});

onBothDatabases('whoever may not see patrons', (it) => {
  it('REL-08 is told of an item without its borrower and its requester', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' }, { barcode: 'B3' });
    await scene.lend('P1', 'B1');
    await requests.place({ patron, barcode: 'B2' });
    await scene.giveBack('B2');
    await scene.lend('P1', 'B3');
    await scene.giveBack('B3');
    const cataloguer = await scene.staff('cat', 'cataloguer');
    for (const barcode of ['B1', 'B2', 'B3']) {
      const told = [
        await scene.act(showItem, { barcode }, cataloguer),
        await scene.act(showLoan, { barcode }, cataloguer),
        await scene.act(consultRules, { group: 'L', item: barcode }, cataloguer),
        await scene.act(itemHistory, { barcode, window }, cataloguer),
      ];
      expect(told.map((one) => one.kind)).toEqual(['item', 'loan', 'rules', 'item-history']);
      expect(JSON.stringify(told)).not.toMatch(/Martin|"P1"|"patronId":[1-9]/u);
      expect(JSON.stringify(await scene.act(showItem, { barcode }))).toMatch(/Martin/u);
    }
  });
});
