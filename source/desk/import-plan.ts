import { heldAt } from '../records/import-catalogue.ts';
import type { ImportRecord, ImportTitle, KnownRecords } from '../records/import-catalogue.ts';
import type { ImportChanges } from '../records/import-changes.ts';
import { matchKey } from '../records/text.ts';
import { digestOf, ITEM_FIELDS, merged, TITLE_FIELDS } from './import-digest.ts';
import { difference } from './import-outcome.ts';
import type { Fate, ImportEdit, ImportPlan, ItemProblem, PlannedTitle, RecordOutcome } from './import-outcome.ts';
import { ItemPlanner } from './import-plan-items.ts';

/** Decides what a batch changes, record after record; each sees what those before it have decided. */
class Planner {
  readonly #mayManage: (library: string) => boolean;
  readonly #byKey = new Map<string, PlannedTitle>();
  readonly #byMatch = new Map<string, PlannedTitle[]>();
  readonly #items: ItemPlanner;
  readonly #held: Set<string>;
  readonly #changes = {
    newTitles: [] as ImportChanges['newTitles'][number][],
    changedTitles: [] as ImportChanges['changedTitles'][number][],
    holdings: [] as ImportChanges['holdings'][number][],
  };
  readonly #edits: ImportEdit[] = [];

  constructor(known: KnownRecords, mayManage: (library: string) => boolean) {
    this.#mayManage = mayManage;
    this.#items = new ItemPlanner(known, mayManage);
    this.#held = new Set(known.holdings);
    for (const one of known.titles) {
      const { id, controlKey, title, isbn, deleted } = one;
      this.#remember(
        { ref: { id }, text: title, controlKey, isbn, known: one, isDone: false },
        deleted ? null : one.matchKey,
      );
    }
  }

  #remember(title: PlannedTitle, match: string | null): void {
    if (title.controlKey !== null) this.#byKey.set(title.controlKey, title);
    if (match === null) return;
    const same = this.#byMatch.get(match);
    if (same) same.push(title);
    else this.#byMatch.set(match, [title]);
  }

  /** The title that a record means: by its control number, else by text, author and number among titles that have none. */
  #find({ title, attach }: ImportRecord): PlannedTitle | undefined {
    const byKey = title.controlKey === null ? undefined : this.#byKey.get(title.controlKey);
    if (byKey) return byKey;
    const same = this.#byMatch.get(matchKey(title.title, title.author)) ?? [];
    const exact = same.filter((one) => one.isbn === title.isbn);
    if (title.controlKey !== null) return exact.find((one) => one.controlKey === null);
    return (
      exact.find((one) => one.controlKey === null) ?? exact[0] ?? (attach && title.isbn === null ? same[0] : undefined)
    );
  }

  #add({ title, attach }: ImportRecord): PlannedTitle {
    const digest = attach ? null : digestOf(title, TITLE_FIELDS);
    const ref = { fresh: this.#changes.newTitles.push({ ...title, digest }) - 1 };
    const made: PlannedTitle = {
      ref,
      text: title.title,
      controlKey: title.controlKey,
      isbn: title.isbn,
      known: null,
      isDone: true,
    };
    this.#remember(made, matchKey(title.title, title.author));
    return made;
  }

  /** A title of this batch that had no number until now gets this record's, as it would from a later batch. */
  #complete(title: PlannedTitle, { title: next }: ImportRecord): Fate {
    const { ref } = title;
    if ('id' in ref || title.controlKey !== null || next.controlKey === null) return 'unchanged';
    this.#changes.newTitles[ref.fresh] = { ...next, digest: digestOf(next, TITLE_FIELDS) };
    title.controlKey = next.controlKey;
    this.#byKey.set(next.controlKey, title);
    return 'updated';
  }

  /** Brings a title that is there up to date. */
  #update(title: PlannedTitle, record: ImportRecord, isRevived: boolean): Fate {
    const { known } = title;
    if (known === null) return this.#complete(title, record);
    // A record without a number of its own only lends its items to a catalogued title.
    const isItsOwn = !record.attach && (record.title.controlKey !== null || known.controlKey === null);
    if (title.isDone || (!isItsOwn && !isRevived)) return 'unchanged';
    const digest = digestOf(record.title, TITLE_FIELDS);
    const isNew = isItsOwn && record.title.controlKey !== null && known.controlKey === null;
    const isSame = known.digest === digest || !isItsOwn;
    if (isSame && !isNew && !isRevived) return 'unchanged';
    const { values } = isItsOwn
      ? merged(TITLE_FIELDS, { next: record.title, stored: known, digest: known.digest })
      : { values: known };
    const controlKey = record.title.controlKey ?? known.controlKey;
    const next = { ...known, ...values, controlKey } as ImportTitle;
    title.controlKey = controlKey;
    title.isDone = true;
    if (controlKey !== null) this.#byKey.set(controlKey, title);
    this.#changes.changedTitles.push({
      id: known.id,
      title: next,
      digest: isItsOwn ? digest : (known.digest ?? ''),
      isRestored: isRevived,
    });
    const edited = difference([...TITLE_FIELDS, 'controlKey'], known, next);
    if (edited || isRevived) {
      const { before = {}, after = {} } = edited ?? {};
      const deleted = isRevived ? [{ deleted: true }, { deleted: false }] : [{}, {}];
      this.#edits.push({
        kind: 'title-changed',
        itemId: null,
        name: known.title,
        before: { ...before, ...deleted[0] },
        after: { ...after, ...deleted[1] },
      });
    }
    return 'updated';
  }

  /** Bare holdings that are not there yet. */
  #holdings(record: ImportRecord, { ref }: PlannedTitle): boolean {
    let isAny = false;
    for (const holding of record.holdings) {
      if (!this.#mayManage(holding.library)) continue;
      const key = 'id' in ref ? heldAt(ref.id, holding) : ['', ref.fresh, heldAt(0, holding)].join('\u0001');
      if (this.#held.has(key)) continue;
      this.#held.add(key);
      this.#changes.holdings.push({ title: ref, holding });
      isAny = true;
    }
    return isAny;
  }

  /** Items that only look for a title, and may not have a new one: no title is made for them. */
  #refuse(record: ImportRecord): RecordOutcome {
    const problems: ItemProblem[] = [];
    const nowhere: PlannedTitle = {
      ref: { fresh: -1 },
      text: '',
      controlKey: null,
      isbn: null,
      known: null,
      isDone: true,
    };
    const items = record.items.map((item, at) => this.#items.item(item, at, nowhere, problems));
    return { number: record.number, title: 'unchanged', items, problems };
  }

  record(record: ImportRecord): RecordOutcome {
    const found = this.#find(record);
    const { attach, items: wanted } = record;
    if (!found && attach && wanted.length > 0 && wanted.every((item) => this.#items.isForeign(item)))
      return this.#refuse(record);
    const title = found ?? this.#add(record);
    const problems: ItemProblem[] = [];
    const isGone = found?.known?.deleted === true;
    // A title that was deleted here stays so, unless its record has changed or has items that nobody deleted.
    const isRevived =
      isGone &&
      (found.known?.digest !== digestOf(record.title, TITLE_FIELDS) ||
        record.items.some((item) => !this.#items.isDeletedHere(title, item, digestOf(item, ITEM_FIELDS))));
    if (isGone && !isRevived)
      return { number: record.number, title: 'unchanged', items: record.items.map(() => 'unchanged'), problems };
    const fate = found ? this.#update(found, record, isRevived) : 'added';
    const items = record.items.map((item, at) => this.#items.item(item, at, title, problems));
    const isMore = this.#holdings(record, title) || items.some((one) => one === 'added' || one === 'updated');
    const whole = fate === 'unchanged' && isMore ? 'updated' : fate;
    return { number: record.number, title: whole === 'rejected' ? 'unchanged' : whole, items, problems };
  }

  plan(records: readonly ImportRecord[]): ImportPlan {
    const outcomes = records.map((one) => this.record(one));
    const { newItems, changedItems, edits } = this.#items;
    return { changes: { ...this.#changes, newItems, changedItems }, edits: [...this.#edits, ...edits], outcomes };
  }
}

/** What a batch of records changes of what is known, and what becomes of each. `mayManage`: whether items of a library may be touched. Pure. */
export function planImport(
  records: readonly ImportRecord[],
  known: KnownRecords,
  mayManage: (library: string) => boolean,
): ImportPlan {
  return new Planner(known, mayManage).plan(records);
}
