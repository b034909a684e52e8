import { isClearanceBarcode } from '../circulation/clearance.ts';
import { deletedItem } from '../records/import-catalogue.ts';
import type { ImportItem, KnownItem, KnownRecords } from '../records/import-catalogue.ts';
import type { ImportChanges } from '../records/import-changes.ts';
import { keyOf } from '../records/text.ts';
import { digestOf, ITEM_FIELDS, merged } from './import-digest.ts';
import { difference } from './import-outcome.ts';
import type { Fate, ImportEdit, ItemProblem, PlannedTitle } from './import-outcome.ts';

const PLACE = ['location'] as const;
/** While an item is one of these, somebody counts on where it belongs: its loan, its transit, its hold shelf. */
const IN_USE: ReadonlySet<string> = new Set(['LOAN', 'LOST_LOAN', 'TRANSIT', 'HOLDSHELF', 'WORK_ORDER_DEPARTMENT']);

/** Decides what becomes of the items of a batch, one after the other. */
export class ItemPlanner {
  readonly #known: KnownRecords;
  readonly #mayManage: (library: string) => boolean;
  /** Items that the batch has had, and their titles. */
  readonly #items = new Map<string, PlannedTitle>();
  readonly newItems: ImportChanges['newItems'][number][] = [];
  readonly changedItems: ImportChanges['changedItems'][number][] = [];
  readonly edits: ImportEdit[] = [];

  constructor(known: KnownRecords, mayManage: (library: string) => boolean) {
    this.#known = known;
    this.#mayManage = mayManage;
  }

  /** Whether this very item was deleted at the desk. */
  isDeletedHere({ known }: PlannedTitle, item: ImportItem, digest: string): boolean {
    return known !== null && this.#known.deletedItems.has(deletedItem(known.id, item.barcode, digest));
  }

  /** The item of a barcode, of this batch or of the database; null: its title is another one. */
  #itemOf(item: ImportItem, title: PlannedTitle): KnownItem | 'same-batch' | undefined | { readonly other: string } {
    const key = keyOf(item.barcode);
    const before = this.#items.get(key);
    if (before) return before === title ? 'same-batch' : { other: before.text };
    const known = this.#known.items.get(key);
    if (!known) return undefined;
    return 'id' in title.ref && known.titleId === title.ref.id ? known : { other: known.title };
  }

  #updateItem(known: KnownItem, item: ImportItem, digest: string, report: (process: string) => void): Fate {
    if (known.digest === digest) return 'unchanged';
    const isInUse = known.process !== null && IN_USE.has(known.process);
    const moves = item.location !== known.location && !known.temporary;
    const kept = known.temporary || (isInUse && moves) ? PLACE : [];
    const next = merged(ITEM_FIELDS, { next: item, stored: known, digest: known.digest, kept });
    const merges = next.values as Omit<ImportItem, 'barcode' | 'library'>;
    const [library = ''] = merges.location.split('/');
    const values: ImportItem = { ...merges, library, barcode: known.barcode };
    const wanted = merged(PLACE, { next: item, stored: known, digest: known.digest }).values;
    if (isInUse && moves && wanted.location !== known.location) report(known.process ?? '');
    const edited = difference(ITEM_FIELDS, known, values);
    if (!edited && next.digest === known.digest) return 'unchanged';
    const isMoved =
      known.holdingId === null || values.location !== known.location || values.callNumber !== known.callNumber;
    const { location, callNumber } = values;
    this.changedItems.push({
      id: known.id,
      titleId: known.titleId,
      item: values,
      digest: next.digest,
      holding: isMoved && !known.temporary ? { location, callNumber } : null,
      oldHolding: known.holdingId,
      isAtHome: known.process === null && !known.temporary && values.library !== known.library,
    });
    if (edited) this.edits.push({ kind: 'item-changed', itemId: known.id, name: known.barcode, ...edited });
    return edited ? 'updated' : 'unchanged';
  }

  /** Decides about one item of a title; what is wrong with it is reported. */
  item(item: ImportItem, at: number, title: PlannedTitle, problems: ItemProblem[]): Fate {
    const { barcode, library } = item;
    if (!this.#mayManage(library)) {
      problems.push({ problem: 'not-your-library', item: at, barcode, library });
      return 'rejected';
    }
    if (isClearanceBarcode(barcode)) {
      problems.push({ problem: 'clearance-barcode', item: at, barcode });
      return 'rejected';
    }
    const digest = digestOf(item, ITEM_FIELDS);
    const known = this.#itemOf(item, title);
    if (known === 'same-batch') return 'unchanged';
    if (known !== undefined && 'other' in known) {
      problems.push({ problem: 'barcode-of-other-title', item: at, barcode, title: known.other });
      return 'rejected';
    }
    this.#items.set(keyOf(barcode), title);
    if (known) {
      if (!this.#mayManage(known.library)) {
        problems.push({ problem: 'not-your-library', item: at, barcode, library: known.library });
        return 'rejected';
      }
      return this.#updateItem(known, item, digest, (process) => {
        problems.push({ problem: 'item-in-use', item: at, barcode, process });
      });
    }
    if (this.isDeletedHere(title, item, digest)) return 'unchanged';
    this.newItems.push({ title: title.ref, item, digest });
    return 'added';
  }

  /** Whether an item has another title already, or is none of this account's business. */
  isForeign(item: ImportItem): boolean {
    const key = keyOf(item.barcode);
    return !this.#mayManage(item.library) || this.#items.has(key) || this.#known.items.has(key);
  }
}
