import { dayOf } from '../../source/circulation/time.ts';
import type { ItemView } from '../../source/records/items.ts';
import type { TitleCopy } from '../../source/records/request-copies.ts';
import type { QueuedRequest } from '../../source/records/requests.ts';
import type { TestDatabase } from './databases.ts';
import { setScene } from './house.ts';
import type { Scene } from './house.ts';
import { newModel } from './request-model.ts';
import type { Asked, Copy, Model } from './request-model.ts';
import { DEPARTMENT, LIBRARIES, PATRONS, requestNetwork } from './request-network.ts';
import type { Picks } from './request-routes.ts';

/** What the database has of a title. */
type Known = { readonly queue: readonly QueuedRequest[]; readonly copies: readonly TitleCopy[] };
export type Snapshot = { readonly titles: readonly Known[]; readonly items: readonly ItemView[] };

/** A world of its own for one sequence: the house, the model, and the story of what has happened so far. */
export type World = {
  readonly database: TestDatabase;
  readonly scene: Scene;
  readonly manager: Scene['bib'];
  readonly model: Model;
  readonly patrons: ReadonlyMap<string, number>;
  readonly titles: readonly number[];
  readonly itemIds: readonly number[];
  readonly story: string[];
  before: Snapshot;
};

const START = '2026-06-01T10:00';

/** What the database has of everything that the model knows, in few statements. */
export async function snapshot({ database, titles, itemIds }: Omit<World, 'before'>): Promise<Snapshot> {
  return database.records.read(async ({ requests, requestCopies, items }) => {
    const copies = Map.groupBy(await requestCopies.withIds(itemIds), ({ titleId }) => titleId);
    const found: Known[] = [];
    for (const title of titles) found.push({ queue: await requests.open(title), copies: copies.get(title) ?? [] });
    return { titles: found, items: await items.withIds(itemIds) };
  });
}

/** Sets the scene of the model in an empty house. */
export async function newWorld(database: TestDatabase): Promise<World> {
  const scene = await setScene(database.house, { network: requestNetwork, at: START });
  // Loans are declared lost in training copies only, so far.
  await database.records.transaction(async (records) => records.settings.set('training', ''));
  const manager = await scene.staff('chief', 'manager', '*', 'a/PRET');
  const patrons = new Map<string, number>();
  for (const id of PATRONS) patrons.set(id, await scene.patron({ id, expiry: '2035-01-01' }));
  const model = newModel(dayOf(scene.now(), requestNetwork.timeZone));
  await scene.items(
    ...model.copies.map(({ name, title, library, location, volume, requestable, acquired }) => ({
      barcode: name,
      title,
      location: `${library}/${location}`,
      description: volume ? name : null,
      policy: requestable ? null : 'P48NN',
      ...(acquired ? { process: 'ACQ' as const, department: DEPARTMENT } : {}),
    })),
  );
  const items = await database.records.read(async (records) =>
    Promise.all(model.copies.map(async ({ name }) => records.items.byBarcode(name))),
  );
  const titles = [...new Set(items.flatMap((one) => one?.titleId ?? []))];
  const itemIds = items.flatMap((one) => one?.id ?? []);
  const world = { database, scene, manager, model, patrons, titles, itemIds, story: [] };
  return { ...world, before: await snapshot(world) };
}

export const oneOf = <One>(all: readonly One[], index: number): One | undefined => all[index % Math.max(all.length, 1)];
export const libraryAt = (index: number): string => LIBRARIES[index] ?? 'a';

/** Where a copy is expected: its shelf, the end of its journey, the shelf where it is held, its department. */
function naturalPlace({ where, order, library }: Copy): string {
  if (where.kind === 'transit') return where.to;
  if (where.kind === 'loan' || where.kind === 'missing') return library;
  return where.kind === 'department' ? (order?.library ?? library) : where.at;
}
export const placeOf = (copy: Copy, index: number): string => (index === 4 ? naturalPlace(copy) : libraryAt(index));

/** The open requests as the database had them before this step. */
export const queued = ({ before }: World): QueuedRequest[] => before.titles.flatMap(({ queue }) => [...queue]);
export const queuedWith = (world: World, id: number): QueuedRequest | undefined =>
  queued(world).find((one) => one.id === id);

/** The libraries that are asked to pick, by request. */
export const picksOf = (world: World): Picks =>
  new Map(
    queued(world).flatMap((one) =>
      one.task === 'pick' && one.askedLibrary !== null ? [[one.id, one.askedLibrary] as const] : [],
    ),
  );
export const byId = (world: World, id: number): Asked | undefined => world.model.asked.find((one) => one.id === id);
export const copyOfItem = (world: World, id: number | null): Copy | undefined =>
  world.model.copies[world.itemIds.findIndex((one) => one === id)];
