import type { CardPatron, CardProblem, CardSpot } from '../circulation/card-system.ts';
import { isOverwriteCategory } from '../circulation/card-system.ts';
import type { PatronRef } from '../records/import-patron-changes.ts';
import type { CardFields, KnownIdentifier, KnownPatron } from '../records/import-patrons.ts';
import { keyOf } from '../records/text.ts';
import type { CardRecord } from './card-system.ts';
import { Difference, digestOf, isSameContent, noChanges, plainContact, saidContact } from './import-patrons-outcome.ts';
import type { CardEdit, CardFate, PatronPlan } from './import-patrons-outcome.ts';
import { contactChanges, kindsIn, mergedFields, newFields, preferredOf } from './import-patrons-merge.ts';
import type { ImportMoment } from './import-patrons-merge.ts';

/** A record of the batch, there or to come, with the identifiers that it has by now. */
type Planned = {
  readonly ref: PatronRef;
  readonly known: KnownPatron | null;
  isDone: boolean;
};

/** By which identifier a record was looked for, and whose it is. */
type Found = { readonly target: Planned | undefined; readonly by: CardSpot; readonly value: string };

const FIELDS = [
  'lastName',
  'firstName',
  'group',
  'campus',
  'category',
  'birthDay',
  'language',
  'expiry',
  'purge',
  'status',
  'deactivatedAt',
  'deactivatedBecause',
] as const satisfies readonly (keyof CardFields)[];

/** Decides what a batch changes, record after record; each sees what those before it have decided. */
export class PatronPlanner {
  readonly #moment: ImportMoment;
  readonly #owners = new Map<string, Planned>();
  readonly #changes = noChanges();
  readonly #edits: CardEdit[] = [];
  readonly #fates: CardFate[] = [];

  /** `isDone`: whether the file has had a record of that patron already. */
  constructor(known: readonly KnownPatron[], moment: ImportMoment, isDone: (patron: number) => boolean) {
    this.#moment = moment;
    for (const one of known) {
      const planned: Planned = { ref: { id: one.id }, known: one, isDone: isDone(one.id) };
      for (const { key } of one.identifiers) this.#owners.set(key, planned);
    }
  }

  /** Whose record it is: by the primary identifier, else by any other (IMP-01); and by which. */
  #find({ patron, primaryId, identifiers }: CardRecord): Found | CardProblem {
    const own: Found = { target: this.#owners.get(keyOf(patron.primaryId)), by: primaryId, value: patron.primaryId };
    const others = (patron.identifiers ?? []).map(({ value }, at): Found => {
      return { target: this.#owners.get(keyOf(value)), by: identifiers[at] ?? primaryId, value };
    });
    const owners = new Set(others.flatMap(({ target }) => target ?? []));
    if (!own.target && owners.size > 1) {
      const other = [...owners].map((one) => primaryOf(one)).join(', ');
      return { ...primaryId, problem: 'ambiguous', found: patron.primaryId, other };
    }
    const found = own.target ? own : (others.find(({ target }) => target !== undefined) ?? own);
    const taken = others.find(({ target }) => target !== undefined && target !== found.target);
    if (!taken) return found;
    const other = taken.target ? { other: primaryOf(taken.target) } : {};
    return { ...taken.by, problem: 'identifier-taken', found: taken.value, ...other };
  }

  plan(record: CardRecord): void {
    this.#fates.push(this.#planned(record));
  }

  #planned(record: CardRecord): CardFate {
    const { patron, purge } = record;
    const found = this.#find(record);
    if ('problem' in found) return { fate: 'rejected', problem: found };
    const { target, by, value } = found;
    if (target === undefined) return this.#add(record);
    const rejected = (spot: CardSpot, problem: CardProblem['problem'], said: string): CardFate => ({
      fate: 'rejected',
      problem: { ...spot, problem, found: said },
    });
    const { known } = target;
    if (known === null || target.isDone) return rejected(by, 'duplicate-identifier', value);
    if (known.kind === 'internal') return rejected(by, 'internal-record', value);
    const expiry = patron.expiry ?? known.expiry;
    if (patron.purge !== undefined && expiry !== null && patron.purge < expiry)
      return rejected(purge, 'purge-before-expiry', patron.purge);
    target.isDone = true;
    return this.#update(target, known, record);
  }

  #add(record: CardRecord): CardFate {
    const { patron } = record;
    const fields = newFields(patron, this.#moment);
    if (fields.purge !== null && fields.expiry !== null && fields.purge < fields.expiry)
      return { fate: 'rejected', problem: { ...record.purge, problem: 'purge-before-expiry', found: fields.purge } };
    const ref = { fresh: this.#changes.newPatrons.push({ fields, digest: digestOf(record) }) - 1 };
    const planned: Planned = { ref, known: null, isDone: true };
    const identifiers = [{ type: 'PRIMARY', value: patron.primaryId }, ...(patron.identifiers ?? [])];
    for (const { value } of identifiers) this.#owners.set(keyOf(value), planned);
    const contacts = kindsIn(patron).flatMap((kind) => preferredOf(patron.contacts?.[kind] ?? [], []));
    const { statistics = [], notes = [] } = patron;
    const { added } = this.#changes;
    for (const one of identifiers) added.identifiers.push({ ...one, patron: ref });
    for (const one of contacts) added.contacts.push({ ...one, patron: ref });
    for (const code of statistics) added.statistics.push({ patron: ref, code });
    for (const one of notes) added.notes.push({ ...one, patron: ref });
    const said = Object.entries(fields).filter(([, value]) => value !== null);
    const lists = { identifiers: patron.identifiers ?? [], contacts: contacts.map(saidContact), statistics, notes };
    const after = {
      primaryId: patron.primaryId,
      ...Object.fromEntries(said),
      ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    };
    this.#edits.push({ patron: ref, before: {}, after });
    return { fate: 'added', patron: ref };
  }

  #update({ ref }: Planned, known: KnownPatron, record: CardRecord): CardFate {
    const { patron } = record;
    const digest = digestOf(record);
    const isSame = isSameContent(known.digest, digest);
    if (isSame && !isOverwriteCategory(this.#moment.network, known.category)) {
      // Written otherwise, saying the same: it is known at once the next time.
      if (record.raw !== null && known.digest !== digest) this.#changes.digests.push({ id: known.id, digest });
      return { fate: 'unchanged', patron: ref };
    }
    const difference = new Difference();
    const fields = mergedFields(patron, known, this.#moment, isSame);
    const changed = FIELDS.filter((name) => fields[name] !== known[name]);
    for (const name of changed) difference.say(name, known[name], fields[name]);
    this.#identifiers(ref, known, patron, difference);
    this.#contacts(ref, known, patron, difference);
    this.#statistics(ref, known, patron, difference);
    this.#notes(ref, known, patron, difference);
    if (difference.isNothing) {
      this.#changes.digests.push({ id: known.id, digest });
      return { fate: 'unchanged', patron: ref };
    }
    const written = Object.fromEntries(changed.map((name) => [name, fields[name]])) as Partial<CardFields>;
    this.#changes.changed.push({ id: known.id, fields: written, name: fields, digest });
    this.#edits.push({ patron: ref, before: difference.before, after: difference.after });
    return { fate: 'updated', patron: ref };
  }

  /** The primary identifier in its place; of the others those of the card system, one by one. */
  #identifiers(ref: PatronRef, known: KnownPatron, patron: CardPatron, difference: Difference): void {
    const [primary, ...others] = known.identifiers;
    const { gone, added } = this.#changes;
    const owner = this.#owners.get(primary?.key ?? '');
    const take = (value: string): void => {
      if (owner) this.#owners.set(keyOf(value), owner);
    };
    const wanted = patron.identifiers;
    const isWanted = (one: KnownIdentifier): boolean =>
      wanted === undefined || wanted.some(({ value }) => keyOf(value) === one.key);
    // What becomes the primary one is no longer another; what the card system says no more goes.
    const leaving = others.filter((one) => one.key === keyOf(patron.primaryId) || (one.external && !isWanted(one)));
    for (const one of leaving) {
      gone.identifiers.push(one.id);
      this.#owners.delete(one.key);
    }
    if (primary && primary.value !== patron.primaryId) {
      difference.say('primaryId', primary.value, patron.primaryId);
      this.#changes.primary.push({ row: primary.id, value: patron.primaryId });
      this.#owners.delete(primary.key);
      take(patron.primaryId);
    }
    const kept = others.filter((one) => !leaving.includes(one));
    const written = (wanted ?? []).filter(({ value }) => keyOf(value) !== keyOf(patron.primaryId));
    const fresh = written.filter(({ value }) => !kept.some((one) => one.key === keyOf(value)));
    const other = written.flatMap((one) => {
      const there = kept.find(({ key, external }) => external && key === keyOf(one.value));
      return there && (there.type !== one.type || there.value !== one.value) ? [{ ...one, row: there.id }] : [];
    });
    this.#changes.identifiers.push(...other);
    for (const one of fresh) {
      added.identifiers.push({ ...one, patron: ref });
      take(one.value);
    }
    if (leaving.length + fresh.length + other.length === 0) return;
    const said = ({ type, value }: { readonly type: string; readonly value: string }) => ({ type, value });
    const left = kept.map((one) => other.find(({ row }) => row === one.id) ?? one);
    difference.say('identifiers', others.map(said), [...left, ...fresh].map(said));
  }

  #contacts(ref: PatronRef, known: KnownPatron, patron: CardPatron, difference: Difference): void {
    for (const kind of kindsIn(patron)) {
      const stored = known.contacts.filter((one) => one.kind === kind);
      const { gone, added } = contactChanges(patron.contacts?.[kind] ?? [], stored);
      if (gone.length + added.length === 0) continue;
      this.#changes.gone.contacts.push(...gone.map((one) => one.id));
      this.#changes.added.contacts.push(...added.map((one) => ({ ...one, patron: ref })));
      difference.say(kind, gone.map(plainContact), added.map(plainContact));
    }
  }

  #statistics(ref: PatronRef, known: KnownPatron, { statistics }: CardPatron, difference: Difference): void {
    if (statistics === undefined) return;
    const gone = known.statistics.filter((one) => one.external && !statistics.includes(one.code));
    const fresh = statistics.filter((code) => !known.statistics.some((one) => one.code === code));
    if (gone.length + fresh.length === 0) return;
    this.#changes.gone.statistics.push(...gone.map((one) => one.id));
    this.#changes.added.statistics.push(...fresh.map((code) => ({ patron: ref, code })));
    const left = known.statistics.filter((one) => !gone.includes(one)).map((one) => one.code);
    const before = known.statistics.map((one) => one.code);
    difference.say('statistics', before, [...left, ...fresh]);
  }

  #notes(ref: PatronRef, known: KnownPatron, { notes }: CardPatron, difference: Difference): void {
    if (notes === undefined) return;
    const same = (one: { text: string; popup: boolean; visible: boolean }, other: typeof one): boolean =>
      one.text === other.text && one.popup === other.popup && one.visible === other.visible;
    const gone = known.notes.filter((one) => !notes.some((other) => same(one, other)));
    const fresh = notes.filter((one) => !known.notes.some((other) => same(one, other)));
    if (gone.length + fresh.length === 0) return;
    this.#changes.gone.notes.push(...gone.map((one) => one.id));
    this.#changes.added.notes.push(...fresh.map((one) => ({ ...one, patron: ref })));
    difference.say(
      'notes',
      gone.map((one) => one.text),
      fresh.map((one) => one.text),
    );
  }

  get done(): PatronPlan {
    return { changes: this.#changes, edits: this.#edits, fates: this.#fates };
  }
}

/** How a person is called to whom something belongs already. */
const primaryOf = ({ known }: Planned): string => known?.identifiers[0]?.value ?? '';
