import { expect } from 'vitest';
import { addHolding } from '../../source/desk/catalogue-holdings.ts';
import { addTitle } from '../../source/desk/catalogue-titles.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { addPatronNote, deletePatronNote } from '../../source/desk/patron-notes.ts';
import { cancelRequest } from '../../source/desk/requests-cancel.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { addThrowAwayAccounts } from '../../source/desk/setting-the-scene.ts';
import { commandLine, said } from './house.ts';
import type { Scene, TestItem, TestPatron } from './house.ts';

/** Makes what a request speaks of, new each time, so that any action can be done with success any number of times. */
export type World = {
  readonly scene: Scene;
  /** A name or a number that nothing has yet. */
  fresh(prefix: string): string;
  /** An ordinary patron; answers with the record's number. */
  patron(more?: Partial<TestPatron>): Promise<number>;
  /** Somebody who has pre-registered online, whose identifier is an e-mail address. */
  preRegistered(): Promise<number>;
  /** A book in place at `sci/63S`; answers with its barcode. */
  item(more?: Partial<TestItem>): Promise<string>;
  /** A book that somebody has on loan since now, or since a local time before. */
  loan(since?: string): Promise<{ readonly barcode: string; readonly patron: number; readonly loan: number }>;
  /** A note on somebody's record, standing or deleted; answers with its number. */
  note(state?: 'deleted'): Promise<number>;
  /** A block by hand; answers with its number. */
  block(): Promise<number>;
  /** A title without holdings. */
  title(): Promise<number>;
  /** A holding without items at `sci/63S`. */
  holding(): Promise<number>;
  /** A request for a copy in place (of `sci`, unless another place is given): waiting to be picked there. */
  request(location?: string): Promise<{ readonly request: number; readonly barcode: string }>;
  /** A request on the hold shelf of `sci`. */
  held(location?: string): Promise<{ readonly request: number; readonly barcode: string }>;
  /** An item on the hold shelf of `sci` whose request was cancelled. */
  left(location?: string): Promise<{ readonly request: number; readonly barcode: string }>;
  /** An account with the password `secret`, which only a training copy can have; answers with its name. */
  account(): Promise<string>;
};

/** A world of things on a scene. */
export function worldOf(scene: Scene): World {
  let made = 0;
  const fresh = (prefix: string): string => {
    made += 1;
    return `${prefix}${made}`;
  };
  const patron: World['patron'] = async (more = {}) => scene.patron({ id: fresh('WP'), ...more });
  const item: World['item'] = async (more = {}) => {
    const barcode = fresh('WB');
    await scene.items({ barcode, ...more });
    return more.barcode ?? barcode;
  };
  const title = async (): Promise<number> => {
    const added = await scene.act(addTitle, { title: fresh('Title ') });
    if (added.kind !== 'added') throw new Error(`no title: ${JSON.stringify(added)}`);
    return added.id;
  };
  const request: World['request'] = async (location = 'sci/63S') => {
    const [who, barcode] = [await patron(), await item({ location })];
    const placed = await scene.act(placeRequest, { patron: who, item: barcode, pickup: 'sci' });
    if (placed.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`);
    return { request: placed.request.id, barcode };
  };
  const held: World['held'] = async (location) => {
    const one = await request(location);
    expect(await scene.giveBack(one.barcode)).toMatchObject({ next: 'hold-shelf' });
    return one;
  };
  return {
    scene,
    fresh,
    patron,
    item,
    request,
    held,
    left: async (location) => {
      const one = await held(location);
      expect(await scene.act(cancelRequest, one)).toMatchObject({ kind: 'cancelled' });
      return one;
    },
    preRegistered: async () => patron({ id: `${fresh('who')}@example.org`, group: 'PEB' }),
    loan: async (since) => {
      const [borrower, barcode] = [await patron(), await item()];
      const now = said(scene.now()) ?? '';
      scene.at(since ?? now);
      const lent = await scene.lend(borrower, barcode);
      scene.at(now);
      if (lent.kind !== 'lent') throw new Error(`not lent: ${JSON.stringify(lent)}`);
      return { barcode, patron: borrower, loan: lent.loan };
    },
    note: async (state) => {
      const added = await scene.act(addPatronNote, { patron: await patron(), text: 'A note' });
      if (added.kind !== 'added') throw new Error(`no note: ${JSON.stringify(added)}`);
      if (state === 'deleted') await scene.act(deletePatronNote, { note: added.note.id });
      return added.note.id;
    },
    block: async () => {
      const set = await scene.act(blockPatron, { patron: await patron(), type: 'MANUAL' });
      if (set.kind !== 'set') throw new Error(`no block: ${JSON.stringify(set)}`);
      return set.block.id;
    },
    title,
    holding: async () => {
      const added = await scene.act(addHolding, { title: await title(), location: 'sci/63S' });
      if (added.kind !== 'added') throw new Error(`no holding: ${JSON.stringify(added)}`);
      return added.id;
    },
    account: async () => {
      const name = fresh('account');
      const accounts = [{ name, displayName: name, password: 'secret', roles: [] }];
      expect(await scene.perform(commandLine, addThrowAwayAccounts, { accounts })).toEqual({ kind: 'added' });
      return name;
    },
  };
}
