import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it as test } from 'vitest';
import { addItems } from '../../source/desk/add-items.ts';
import { changeDue } from '../../source/desk/change-due.ts';
import { deleteLoan } from '../../source/desk/delete-loan.ts';
import { lend } from '../../source/desk/lend.ts';
import { currentNetwork, loadNetwork, markTraining, trainingCopy } from '../../source/desk/networks.ts';
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
import type { Action, Seat } from '../../source/desk/perform.ts';
import { ROLES } from '../../source/desk/permissions.ts';
import type { Role } from '../../source/desk/permissions.ts';
import { renew } from '../../source/desk/renew.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import { addThrowAwayAccounts, declareLost, playScene, queueRequest } from '../../source/desk/setting-the-scene.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../source/desk/show.ts';
import { choosePlace, listPlaces, NOBODY, recallStaff, signIn } from '../../source/desk/sign-in.ts';
import {
  addFirstAdministrator,
  addStaff,
  isUnstaffed,
  listStaff,
  setPassword,
  setRoles,
} from '../../source/desk/staff-accounts.ts';
import { moveDueDates } from '../../source/jobs/move-due-dates.ts';
import { databases } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { onBothDatabases } from '../support/desk.ts';
import { seatAt, setScene } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const DESK_STAFF: Role[] = ['limited-operator', 'operator', 'manager'];
const PATRON_STAFF: Role[] = [...DESK_STAFF, 'user-administrator'];
const EVERY_ROLE: Role[] = [...ROLES];
const NETWORK: Role[] = ['network-administrator'];

/** One action as this table has it: who may do it (DESK-02), whether it needs a desk, and how it is done. */
type Line = {
  readonly name: string;
  readonly roles: readonly Role[] | 'anybody';
  readonly desk: boolean;
  readonly on: (act: Act) => Promise<{ kind: string }>;
};
type Act = <Request, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  request: Request,
) => Promise<{ kind: string }>;

function lineOf<Request, Outcome extends { kind: string }>(
  what: Action<Request, Outcome>,
  roles: Line['roles'],
  request: Request,
  desk = false,
): Line {
  return { name: what.name, roles, desk, on: async (act) => act(what, request) };
}

const window = { offset: 0, limit: 10 };
const override = { codes: 'all' } as const;
const patron = { lastName: 'New', firstName: 'One', group: 'L', identifiers: [] };
const item = { barcode: '', title: '', library: 'sci', location: 'sci/63S', material: 'BOOK' };

/** Written down a second time on purpose: what the program allows is compared with it, by doing it. */
const LINES: readonly Line[] = [
  lineOf(lend, DESK_STAFF, { patron: 'P1', barcode: 'B1' }, true),
  lineOf(returnItem, DESK_STAFF, { barcode: 'B1' }, true),
  lineOf(renew, DESK_STAFF, { barcodes: ['B1'] }, true),
  lineOf(changeDue, ['operator', 'manager'], { barcodes: ['nothing'], due: '2026-06-30' }, true),
  lineOf(deleteLoan, ['operator', 'manager'], { barcode: 'nothing' }, true),
  lineOf(endSession, DESK_STAFF, { patron: 1, loans: [], because: 'done' }, true),
  lineOf(overrideRecord, DESK_STAFF, { patron: 1, override }, true),
  lineOf(recentPatrons, PATRON_STAFF, {}, true),
  lineOf(openPatron, PATRON_STAFF, { patron: 'P1' }),
  lineOf(showPatron, PATRON_STAFF, { identifier: 'P1' }),
  lineOf(findPatrons, PATRON_STAFF, { text: 'name', window }),
  lineOf(listLoans, PATRON_STAFF, { patron: 1, order: 'due', window }),
  lineOf(listReturned, PATRON_STAFF, { patron: 1, window }),
  lineOf(listRequests, PATRON_STAFF, { patron: 1, window }),
  lineOf(meaningOfScan, PATRON_STAFF, { code: 'P1' }),
  lineOf(showItem, EVERY_ROLE, { barcode: 'B1' }),
  lineOf(showLoan, EVERY_ROLE, { barcode: 'B1' }),
  lineOf(showTitle, EVERY_ROLE, { text: 'title' }),
  lineOf(consultRules, EVERY_ROLE, { group: 'L', location: 'sci/63S' }),
  lineOf(addPatron, ['operator', 'manager', 'user-administrator'], patron),
  lineOf(addItems, ['operator', 'manager', 'cataloguer'], { items: [item] }),
  lineOf(loadNetwork, NETWORK, { network: smallNetwork, difference: [] }),
  lineOf(addStaff, NETWORK, { name: '', password: null, roles: [] }),
  lineOf(setRoles, NETWORK, { name: 'who', roles: [] }),
  lineOf(setPassword, NETWORK, { name: 'who', password: '' }),
  lineOf(listStaff, NETWORK, {}),
  lineOf(moveDueDates, NETWORK, {}),
  lineOf(markTraining, NETWORK, { clock: null }),
  lineOf(addThrowAwayAccounts, NETWORK, { accounts: [] }),
  lineOf(queueRequest, NETWORK, { patron: 'who', barcode: 'B1', pickup: 'sci' }),
  lineOf(declareLost, NETWORK, { barcode: 'nothing' }),
  lineOf(playScene, NETWORK, { acts: [] }),
  lineOf(currentNetwork, 'anybody', {}),
  lineOf(trainingCopy, 'anybody', {}),
  lineOf(isUnstaffed, 'anybody', {}),
  lineOf(signIn, 'anybody', { name: 'who', password: '' }),
  lineOf(recallStaff, 'anybody', { name: 'who' }),
  lineOf(listPlaces, 'anybody', {}),
];
/** These look for themselves; their own tests show it. */
const OWN_CHECK = [choosePlace.name, addFirstAdministrator.name];
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
  beforeAll(async () => {
    database = await create();
    scene = await setScene(database.house);
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
  });
  afterAll(async () => {
    await database.drop();
  });

  /** Does a line of the table at a seat; whether that is permitted. */
  const isPermitted = async ({ on }: Line, seat: Seat) =>
    (await on(async (what, request) => scene.perform(seat, what, request))).kind !== 'not-permitted';
  /** Somebody with one role at a library, or with none, who sits somewhere. */
  const somebody = (role: Role | null, library: string, place: string | null = 'sci/PRET'): Seat => {
    const roles = role === null ? [] : [{ role, library }];
    const seat = { staff: { ...scene.bib.staff, roles }, place: null };
    return place === null ? seat : seatAt(seat, place);
  };

  test.each(RESTRICTED)('REL-08 DESK-02 $name, by every role, here and elsewhere', async (line) => {
    const permitted: Role[] = [];
    for (const role of ROLES) {
      if (await isPermitted(line, somebody(role, '*'))) permitted.push(role);
      // What concerns the whole network takes a role that is held everywhere.
      const here = !isNetworkWide(line) && permitted.includes(role);
      expect(await isPermitted(line, somebody(role, 'sci')), `${role} of this library`).toBe(here);
      expect(await isPermitted(line, somebody(role, 'buc')), `${role} of another library`).toBe(false);
    }
    expect(permitted).toEqual(ROLES.filter((role) => line.roles.includes(role)));
    expect(await isPermitted(line, somebody(null, '*'))).toBe(false);
    // What needs no desk is done by a role of any library when one sits nowhere.
    const anywhere = !line.desk && !isNetworkWide(line);
    expect(await isPermitted(line, somebody(permitted[0] ?? null, 'buc', null))).toBe(anywhere);
  });

  test.each(RESTRICTED.filter((one) => one.desk))(
    'DESK-01 $name needs a desk: neither a department nor no place will do',
    async ({ on }) => {
      for (const seat of [{ ...scene.bib, place: null }, seatAt(scene.bib, 'sci/ACQ', 'department')]) {
        const answer = await on(async (what, request) => scene.perform(seat, what, request));
        expect(answer).toMatchObject({ kind: 'not-permitted', needs: 'desk' });
      }
    },
  );

  test.each(LINES.filter((one) => one.roles === 'anybody'))(
    'DESK-01 $name is for whoever has not signed in yet',
    async (line) => {
      expect(await isPermitted(line, { staff: NOBODY, place: null })).toBe(true);
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
