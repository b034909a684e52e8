import { isClearanceBarcode } from '../circulation/clearance.ts';
import { libraryOf } from '../circulation/network.ts';
import type { Library, Network, Words } from '../circulation/network.ts';
import { RESOURCE_TYPES } from '../circulation/resource-types.ts';
import type { ResourceType } from '../circulation/resource-types.ts';
import type { HoldingChoice, HoldingView, TitleFields, TitleView } from '../records/catalogue.ts';
import type { Window } from '../records/loans.ts';
import { stored } from '../records/text.ts';
import { barcodeProblem, codeProblem, locationProblem, NO_TITLE, titleFields, tooLong } from './catalogue-fields.ts';
import { makeHolding } from './catalogue-places.ts';
import { eventHere } from './catalogue-removal.ts';
import { itemLine } from './item-line.ts';
import type { ItemLine } from './item-line.ts';
import { lend } from './lend.ts';
import type { LendOutcome, LendRequest } from './lend.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { replan } from './plan-queue.ts';

/** Locations of a library as quick add offers them: those for quick adds first. */
const locationsOf = ({ code, locations }: Library): { code: string; name: string; quickAdd: boolean }[] =>
  locations
    .toSorted((one, other) => Number(other.quickAdd) - Number(one.quickAdd))
    .map((one) => ({ code: `${code}/${one.code}`, name: one.name, quickAdd: one.quickAdd }));

/** The material that is called as the type of resource, or the first. */
const materialFor = ({ materials }: Network, resourceType: ResourceType): string =>
  (materials.find((one) => one.code === resourceType) ?? materials[0])?.code ?? '';

export type QuickAddForm = {
  readonly kind: 'form';
  readonly barcode: string;
  /** An item has that barcode meanwhile, or it is that of a patron or of a clearance (QUI-02). */
  readonly taken: boolean;
  readonly library: string;
  readonly locations: readonly { readonly code: string; readonly name: string; readonly quickAdd: boolean }[];
  readonly materials: readonly { readonly code: string; readonly name: Words }[];
  readonly resourceTypes: readonly ResourceType[];
  /** What is meant if nothing is said. */
  readonly location: string;
  readonly material: string;
  readonly resourceType: ResourceType;
  /** Holdings of this library whose titles match what has been typed; how many titles match. */
  readonly holdings: { readonly total: number; readonly lines: readonly HoldingChoice[] };
};

/** What the form of a quick add offers (TAB-06) at the desk's library. */
export const quickAddForm = action(
  'quick-add-form',
  { permission: 'quick-add', needsDesk: true, readOnly: true },
  async (
    desk: Desk,
    request: { readonly barcode: string; readonly title?: string; readonly window?: Window },
  ): Promise<QuickAddForm | Refusal> => {
    const { records, network, place } = desk;
    const library = libraryOf(network, place?.library ?? '');
    const locations = locationsOf(library);
    const { barcode, title = '', window = { offset: 0, limit: 20 } } = request;
    const taken = await records.items.taken([barcode]);
    return {
      kind: 'form',
      barcode: barcode.trim(),
      taken: taken.length > 0 || (await isOfNoItem(desk, barcode)),
      library: library.code,
      locations,
      materials: network.materials,
      resourceTypes: RESOURCE_TYPES,
      location: locations[0]?.code ?? '',
      material: materialFor(network, 'BOOK'),
      resourceType: 'BOOK',
      holdings: await records.catalogue.searchHoldings(title, { library: library.code, window }),
    };
  },
);

/** What a barcode must not be of which the catalogue knows nothing: a patron's, or the one that stands for a clearance. */
async function isOfNoItem({ records }: Desk, barcode: string): Promise<boolean> {
  return isClearanceBarcode(barcode) || (await records.patrons.taken([barcode])).length > 0;
}

/** Something that is not in the catalogue, and who borrows it. */
export type QuickAddRequest = Pick<LendRequest, 'override' | 'standing' | 'expiry'> & {
  readonly barcode: string;
  /** A new title and holding, or a holding of this library that there is. */
  readonly holding: 'new' | number;
  /** Must be given for a new title, which is made even where there is an equal one. */
  readonly title?: string;
  readonly author?: string | null;
  readonly year?: string | null;
  readonly resourceType?: ResourceType;
  /** Kept out of the public catalogue; unless said otherwise, it is. */
  readonly suppressed?: boolean;
  /** `LIBRARY/LOCATION` of the desk's library; unless given, its location for quick adds, or the holding's. */
  readonly location?: string;
  readonly material?: string;
  readonly callNumber?: string | null;
  /** Number or date of an issue. */
  readonly description?: string | null;
  /** Lent to this patron at once. */
  readonly patron?: LendRequest['patron'];
};

export type QuickAdded = {
  readonly kind: 'created';
  readonly item: ItemLine;
  readonly titleId: number;
  readonly holdingId: number;
};

/** What is to be made, all of it valid. */
type Plan = {
  readonly title: TitleFields | TitleView;
  readonly holding: HoldingView | null;
  readonly location: string;
  readonly material: string;
};

async function planOf(desk: Desk, request: QuickAddRequest): Promise<Plan | Refusal> {
  const { records, network, place } = desk;
  const library = libraryOf(network, place?.library ?? '');
  const holding = request.holding === 'new' ? null : await records.catalogue.holding(request.holding);
  if (holding === undefined || (holding !== null && holding.library !== library.code))
    return { kind: 'invalid', path: 'holding', problem: 'unknown-code', value: String(request.holding) };
  const { resourceType = 'BOOK', suppressed = true, title, author, year } = request;
  const made = { resourceType, suppressed, title: title ?? '', author: author ?? null, year: year ?? null };
  const known = holding ? await records.catalogue.lockedTitle(holding.titleId) : titleFields(NO_TITLE, made);
  if (known === undefined)
    return { kind: 'invalid', path: 'holding', problem: 'unknown-code', value: String(request.holding) };
  if ('kind' in known) return known;
  const location = request.location ?? holding?.location ?? locationsOf(library)[0]?.code ?? '';
  const material = request.material ?? materialFor(network, resourceType);
  const problem =
    tooLong({ callNumber: request.callNumber, description: request.description, barcode: request.barcode }) ??
    locationProblem(network, location, library.code) ??
    codeProblem(network, { material }) ??
    (await barcodeProblem(desk, request.barcode));
  if (!problem && (await isOfNoItem(desk, request.barcode)))
    return { kind: 'invalid', path: 'barcode', problem: 'taken', value: request.barcode.trim() };
  return problem ?? { title: known, holding, location, material };
}

/** Makes title and holding, where they are new, and the item. */
async function create(desk: Desk, request: QuickAddRequest, plan: Plan): Promise<QuickAdded> {
  const { records, now } = desk;
  const { title, location, material } = plan;
  const titleId = 'id' in title ? title.id : await records.catalogue.addTitle(title);
  if (!('id' in title)) {
    const data = { title: title.title, titleId, quickAdd: true, after: title };
    await records.events.append({ ...eventHere(desk), kind: 'title-added', data });
  }
  const callNumber = stored(request.callNumber);
  const place = { id: titleId, title: title.title };
  const holdingId = plan.holding?.id ?? (await makeHolding(desk, place, { location, callNumber }));
  const after = {
    barcode: request.barcode.trim(),
    location,
    temporary: plan.holding !== null && plan.holding.location !== location,
    material,
    description: stored(request.description),
    callNumber: callNumber ?? plan.holding?.callNumber ?? null,
  };
  const rest = { policy: null, fulfilmentNote: null, publicNote: null, internalNote: null };
  const where = { titleId, holdingId, quickAdd: true };
  const id = await records.catalogue.addItem({ ...after, ...rest, ...where }, now);
  const data = { count: 1, barcode: after.barcode, title: title.title, ...where, after };
  await records.events.append({ ...eventHere(desk), kind: 'items-added', itemId: id, data });
  const item = await records.items.byBarcode(after.barcode);
  if (!item) throw new Error(`item ${after.barcode} was made and is not there`);
  return { kind: 'created', item: itemLine(item), titleId, holdingId };
}

/**
 * *Create an item* (TAB-06): title, holding and item for something that is not in the catalogue, lent to the patron at once
 * as `lend` does it, blocks and overrides included: both or neither. Without a patron it is only made. Answers `created`,
 * what `lend` answers, or a refusal; only after `created`, `lent` and `renewed` is anything left behind.
 */
export const quickAdd = action(
  'quick-add',
  { permission: 'quick-add', needsDesk: true },
  async (desk: Desk, request: QuickAddRequest): Promise<QuickAdded | LendOutcome> => {
    const { records } = desk;
    const { patron, barcode, override, standing, expiry } = request;
    // Patrons are locked first, as by every loan.
    if (patron !== undefined) await records.patrons.locked(patron);
    const plan = await planOf(desk, request);
    if ('kind' in plan) return plan;
    if (patron === undefined) {
      const created = await create(desk, request, plan);
      await replan(desk, created.titleId);
      return created;
    }
    return records.attempt<QuickAdded | LendOutcome>(
      async () => {
        await create(desk, request, plan);
        return lend.run(desk, {
          patron,
          barcode,
          ...(override === undefined ? {} : { override }),
          ...(standing === undefined ? {} : { standing }),
          ...(expiry === undefined ? {} : { expiry }),
        });
      },
      (answer) => answer.kind === 'lent' || answer.kind === 'renewed',
    );
  },
);
