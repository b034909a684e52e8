import { readdirSync } from 'node:fs';
import { describe, expect, it as test } from 'vitest';
import { addItems } from '../../source/desk/add-items.ts';
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
import { returnItem } from '../../source/desk/return-item.ts';
import { addThrowAwayAccounts, declareLost, playScene, queueRequest } from '../../source/desk/setting-the-scene.ts';
import { consultRules, showItem, showLoan, showPatron, showTitle } from '../../source/desk/show.ts';
import { choosePlace, listPlaces, NOBODY, recallStaff, signIn } from '../../source/desk/sign-in.ts';
import { addFirstAdministrator, addStaff, isUnstaffed, listStaff, setPassword, setRoles } from '../../source/desk/staff-accounts.ts';
import { onBothDatabases } from '../support/desk.ts';
import { seatAt } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';

const DESK_STAFF: Role[] = ['limited-operator', 'operator', 'manager'];
const PATRON_STAFF: Role[] = [...DESK_STAFF, 'user-administrator'];
const EVERY_ROLE: Role[] = [...ROLES];
const NETWORK: Role[] = ['network-administrator'];

/** One action as this table has it: who may do it (DESK-02), whether it needs a desk, and how it is done. */
type Line = { readonly name: string; readonly roles: readonly Role[] | 'anybody'; readonly desk: boolean; readonly on: (act: Act) => Promise<{ kind: string }> };
type Act = <Request, Outcome extends { kind: string }>(what: Action<Request, Outcome>, request: Request) => Promise<{ kind: string }>;

function line<Request, Outcome extends { kind: string }>(what: Action<Request, Outcome>, roles: Line['roles'], request: Request, desk = false): Line {
  return { name: what.name, roles, desk, on: async (act) => act(what, request) };
}

const window = { offset: 0, limit: 10 };
const override = { codes: 'all' } as const;
const patron = { lastName: 'New', firstName: 'One', group: 'L', identifiers: [] };
const item = { barcode: '', title: '', library: 'sci', location: 'sci/63S', material: 'BOOK' };

/** Written down a second time on purpose: what the program allows is compared with it, by doing it. */
const LINES: readonly Line[] = [
  line(lend, DESK_STAFF, { patron: 'P1', barcode: 'B1' }, true),
  line(returnItem, DESK_STAFF, { barcode: 'B1' }, true),
  line(endSession, DESK_STAFF, { patron: 1, loans: [], because: 'done' }, true),
  line(overrideRecord, DESK_STAFF, { patron: 1, override }, true),
  line(recentPatrons, PATRON_STAFF, {}, true),
  line(openPatron, PATRON_STAFF, { patron: 'P1' }),
  line(showPatron, PATRON_STAFF, { identifier: 'P1' }),
  line(findPatrons, PATRON_STAFF, { text: 'name', window }),
  line(listLoans, PATRON_STAFF, { patron: 1, order: 'due', window }),
  line(listReturned, PATRON_STAFF, { patron: 1, window }),
  line(listRequests, PATRON_STAFF, { patron: 1, window }),
  line(meaningOfScan, PATRON_STAFF, { code: 'P1' }),
  line(showItem, EVERY_ROLE, { barcode: 'B1' }),
  line(showLoan, EVERY_ROLE, { barcode: 'B1' }),
  line(showTitle, EVERY_ROLE, { text: 'title' }),
  line(consultRules, EVERY_ROLE, { group: 'L', location: 'sci/63S' }),
  line(addPatron, ['operator', 'manager', 'user-administrator'], patron),
  line(addItems, ['operator', 'manager', 'cataloguer'], { items: [item] }),
  line(loadNetwork, NETWORK, { network: smallNetwork, difference: [] }),
  line(addStaff, NETWORK, { name: '', password: null, roles: [] }),
  line(setRoles, NETWORK, { name: 'who', roles: [] }),
  line(setPassword, NETWORK, { name: 'who', password: '' }),
  line(listStaff, NETWORK, {}),
  line(markTraining, NETWORK, { clock: null }),
  line(addThrowAwayAccounts, NETWORK, { accounts: [] }),
  line(queueRequest, NETWORK, { patron: 'who', barcode: 'B1', pickup: 'sci' }),
  line(declareLost, NETWORK, { barcode: 'nothing' }),
  line(playScene, NETWORK, { acts: [] }),
  line(currentNetwork, 'anybody', {}),
  line(trainingCopy, 'anybody', {}),
  line(isUnstaffed, 'anybody', {}),
  line(signIn, 'anybody', { name: 'who', password: '' }),
  line(recallStaff, 'anybody', { name: 'who' }),
  line(listPlaces, 'anybody', {}),
];
/** These look for themselves; their own tests show it. */
const OWN_CHECK = [choosePlace.name, addFirstAdministrator.name];
const RESTRICTED = LINES.filter((one) => one.roles !== 'anybody');

describe('the table of permissions', () => {
  test('REL-08 speaks of every action that there is', async () => {
    const folder = new URL('../../source/desk/', import.meta.url);
    const found: string[] = [];
    for (const file of readdirSync(folder)) {
      const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
      for (const one of Object.values(exported)) {
        const { name, run } = (one ?? {}) as { name?: unknown; run?: unknown };
        if (typeof run === 'function' && typeof name === 'string') found.push(name);
      }
    }
    expect(found.toSorted()).toEqual([...LINES.map((one) => one.name), ...OWN_CHECK].toSorted());
  });
});

onBothDatabases('permissions', (it) => {
  it.for(RESTRICTED)('REL-08 DESK-02 $name, by every role, here and elsewhere', async ({ roles, desk, on }, { scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await database.records.transaction(async (records) => records.settings.set('training', ''));
    const isPermitted = async (role: Role | null, library: string, place = 'sci/PRET') => {
      const granted = role === null ? [] : [{ role, library }];
      const seat = seatAt({ staff: { ...scene.bib.staff, roles: granted }, place: null }, place);
      return (await on(async (what, request) => scene.perform(seat, what, request))).kind !== 'not-permitted';
    };
    const permitted: Role[] = [];
    for (const role of ROLES) {
      if (await isPermitted(role, 'sci')) permitted.push(role);
      expect(await isPermitted(role, '*'), `${role} everywhere`).toBe(permitted.includes(role));
      expect(await isPermitted(role, 'buc'), `${role} of another library`).toBe(false);
    }
    expect(permitted).toEqual(ROLES.filter((role) => roles.includes(role)));
    expect(await isPermitted(null, 'sci')).toBe(false);
    if (desk) return;
    // What needs no desk is done by a role of any library when one sits nowhere.
    const nowhere: Seat = { staff: { ...scene.bib.staff, roles: [{ role: permitted[0] ?? 'manager', library: 'buc' }] }, place: null };
    expect((await on(async (what, request) => scene.perform(nowhere, what, request))).kind).not.toBe('not-permitted');
  });

  it.for(RESTRICTED.filter((one) => one.desk))('DESK-01 $name needs a desk: neither a department nor no place will do', async ({ on }, { scene }) => {
    for (const seat of [{ ...scene.bib, place: null }, seatAt(scene.bib, 'sci/ACQ', 'department')]) {
      const answer = await on(async (what, request) => scene.perform(seat, what, request));
      expect(answer).toMatchObject({ kind: 'not-permitted', needs: 'desk' });
    }
  });

  it.for(LINES.filter((one) => one.roles === 'anybody'))('DESK-01 $name is for whoever has not signed in yet', async ({ on }, { scene }) => {
    const answer = await on(async (what, request) => scene.perform({ staff: NOBODY, place: null }, what, request));
    expect(answer.kind).not.toBe('not-permitted');
  });

  it('REL-08 a refused action changes nothing', async ({ scene, database }) => {
    await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    const before = await database.sql('select kind from events');
    const cataloguer = await scene.staff('cat', 'cataloguer');
    expect(await scene.lend('P1', 'B1', {}, cataloguer)).toEqual({ kind: 'not-permitted', permission: 'lend', needs: 'role' });
    expect(await database.sql('select id from loans')).toEqual([]);
    expect((await database.sql('select kind from events')).length).toBe(before.length + 1);
  });
});
