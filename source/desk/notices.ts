import type { NoticeKind, NoticeLetter } from '../circulation/letters.ts';
import { noticeSlots } from '../circulation/notices.ts';
import type { NoticeSlot } from '../circulation/notices.ts';
import { dayOf } from '../circulation/time.ts';
import type { Day, Instant } from '../circulation/time.ts';
import type { LoanForLetter } from '../records/letter-facts.ts';
import type { NextLoan, NoticeCursor, NoticedLoan } from '../records/notices.ts';
import { renewAutomatically, renewsByItself } from './automatic-renewals.ts';
import { letterLoan } from './letters-from-events.ts';
import { loseLoans } from './lost-loans.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { queueLetters } from './queue-letters.ts';
import type { LetterDraft } from './queue-letters.ts';

/** Loans that are told of in one transaction: no desk waits long for it (JOB-03). */
const BATCH = 30;

/** Which slot of a night; by its name, as another network may be loaded meanwhile. */
export type SlotName = Pick<NoticeSlot, 'kind' | 'library'>;

/** Where a night has come to among what it has to tell; no slot: at its beginning. */
export type NoticePlace = { readonly slot: SlotName | null; readonly after: NoticeCursor | null };

export type NoticesFound =
  | {
      readonly kind: 'found';
      /** Whose loans are told of next, in which slot of the night, and where to go on. */
      readonly slot: SlotName;
      readonly patrons: readonly number[];
      readonly next: NoticePlace;
    }
  /** That was all. */
  | { readonly kind: 'none' }
  | Refusal;

/** The slots of a night, which every action counts alike. */
type OfNight = { readonly night: Day; readonly kinds: readonly NoticeKind[] };

const isNamed = ({ kind, library }: SlotName, name: SlotName | null): boolean =>
  kind === name?.kind && library === name.library;

/** Whose loans they are of which it was not said yet; of a bill that was sent all the same, as the loan is to be lost (CYC-03). */
async function toldNext(desk: Desk, slot: NoticeSlot, found: readonly NextLoan[]): Promise<number[]> {
  const loans = found.map(({ loan: id, due, patron }) => ({ id, due, patron }));
  const said = slot.kind === 'lost-item-bill' ? new Set<number>() : await saidBefore(desk, slot, loans);
  const patrons = loans.flatMap(({ id, patron }) => (said.has(id) ? [] : [patron]));
  return [...new Set(patrons)].toSorted((one, other) => one - other);
}

/** Looks for whom to tell of what next, from a place on; nothing is locked, so that nights with little to tell hold nobody up. */
export const findNotices = action(
  'find-notices',
  { permission: 'run-jobs', readOnly: true },
  async (
    desk: Desk,
    request: OfNight & { readonly from: NoticePlace; readonly most?: number },
  ): Promise<NoticesFound> => {
    const { records, network } = desk;
    const { night, kinds, from, most = BATCH } = request;
    const slots = noticeSlots(network, night, kinds);
    const begun = slots.findIndex((one) => isNamed(one, from.slot));
    // A library that has gone meanwhile: from the beginning again, nothing is told twice.
    let [at, after] = begun < 0 ? [0, null] : [begun, from.after];
    for (;;) {
      const skipped = await records.notices.firstWithLoans(slots.slice(at));
      const one = slots[at + skipped];
      if (skipped < 0 || !one) return { kind: 'none' };
      if (skipped > 0) after = null;
      at += skipped;
      const found = await records.notices.next(one, after, most);
      after = found.at(-1) ?? null;
      const patrons = await toldNext(desk, one, found);
      const slot = { kind: one.kind, library: one.library };
      if (patrons.length > 0) return { kind: 'found', slot, patrons, next: { slot, after } };
      if (after === null) at += 1;
    }
  },
);

export type NoticesWritten =
  | {
      readonly kind: 'noticed';
      readonly notice: NoticeKind;
      /** Primary identifiers of whom a letter was queued for, and of those to whom none can be sent (LET-06). */
      readonly told: readonly string[];
      readonly unreachable: readonly string[];
      /** Barcodes of what was renewed, could not be, became lost (REN-10, CYC-03). */
      readonly renewed: readonly string[];
      readonly notRenewed: readonly string[];
      readonly lost: readonly string[];
    }
  | Refusal;

const NOBODY = { told: [], unreachable: [], renewed: [], notRenewed: [], lost: [] } as const;

/** The loans of one letter: of a patron, that fall or fell due on a day. */
type Group = { readonly patronId: number; readonly dueDay: Day; readonly loans: readonly NoticedLoan[] };

function groupsOf(loans: readonly NoticedLoan[], timeZone: string): Group[] {
  const groups = new Map<string, NoticedLoan[]>();
  for (const loan of loans) {
    const key = `${loan.patronId} ${dayOf(loan.due, timeZone)}`;
    groups.set(key, [...(groups.get(key) ?? []), loan]);
  }
  return Array.from(groups.values(), (some) => {
    const [first] = some;
    if (!first) throw new Error('a group of no loans');
    return { patronId: first.patronId, dueDay: dayOf(first.due, timeZone), loans: some };
  });
}

/** What letters need beside the loans: their items, why some were not renewed, and who has been told. */
type Telling = {
  readonly desk: Desk;
  readonly slot: NoticeSlot;
  readonly night: Day;
  readonly items: ReadonlyMap<number, LoanForLetter>;
  readonly reasons: ReadonlyMap<number, string>;
  readonly names: Map<number, string>;
};

function draftOf(
  { desk, slot, night, items, reasons, names }: Telling,
  { patronId, dueDay, loans }: Group,
): LetterDraft & { readonly kind: NoticeKind } {
  const named = loans.flatMap((one) => items.get(one.id) ?? []);
  const lines = named.toSorted((a, b) => a.title.localeCompare(b.title, 'fr') || a.id - b.id);
  const notRenewed = lines.flatMap(({ id, barcode }) => {
    const reason = reasons.get(id);
    return reason === undefined ? [] : [{ barcode, reason }];
  });
  const { kind, library } = slot;
  // No loan is told of twice for one due day: its number makes the cause of its letter unique.
  const cause = `notice:${kind}:${dueDay}:${Math.min(...loans.map((one) => one.id))}`;
  const facts = (who: { patron: NoticeLetter['patron']; postal: NoticeLetter['postal'] }): NoticeLetter => {
    names.set(patronId, who.patron.identifier);
    const { patron, postal } = who;
    const letters = lines.map((one) => letterLoan(desk, one));
    return { patron, library, dueDay, loans: letters, postal: kind === 'lost-item-bill' ? postal : null, notRenewed };
  };
  return { kind, cause, patronId, library, night, facts };
}

/** Queues one letter for each group and writes down what was said (LET-03). */
async function tell(
  telling: Telling,
  loans: readonly NoticedLoan[],
): Promise<{ told: string[]; unreachable: string[] }> {
  const { desk, slot, night, names } = telling;
  const groups = groupsOf(loans, desk.network.timeZone);
  const queued = await queueLetters(
    desk,
    groups.map((group) => draftOf(telling, group)),
  );
  await desk.records.notices.write(
    groups.flatMap(({ dueDay, loans: some }, index) =>
      some.map(({ id: loan }) => ({ loan, kind: slot.kind, dueDay, night, letter: queued[index]?.id ?? null })),
    ),
  );
  const namesOf = (state: 'queued' | 'failed') =>
    queued.flatMap((one) => (one.state === state && one.isNew ? (names.get(one.patronId) ?? []) : []));
  return { told: namesOf('queued'), unreachable: namesOf('failed') };
}

/** Of some loans those of which a notice was written already, for the same due day (CYC-04). */
async function saidBefore(
  { records, network }: Desk,
  { kind }: NoticeSlot,
  loans: readonly { readonly id: number; readonly due: Instant }[],
): Promise<Set<number>> {
  const said = await records.notices.said(
    kind,
    loans.map((one) => one.id),
  );
  const days = new Set(said.map(({ loan, dueDay }) => `${loan} ${dueDay}`));
  return new Set(loans.filter(({ id, due }) => days.has(`${id} ${dayOf(due, network.timeZone)}`)).map(({ id }) => id));
}

/**
 * Locks what a slot changes beside its loans, in the order of all desks: patrons, titles for which somebody waits, items.
 * Answers with those titles.
 */
async function lockFor(desk: Desk, slot: NoticeSlot, patrons: readonly number[]): Promise<readonly number[]> {
  const { notices, requests } = desk.records;
  await notices.lockPatrons(patrons);
  const isBill = slot.kind === 'lost-item-bill';
  if (!isBill && !renewsByItself(desk, slot)) return [];
  const loans = await notices.loans(slot, patrons, false);
  const titles = await notices.titlesWaitedFor(loans.map((one) => one.titleId));
  for (const title of titles) await requests.lockedQueue(title);
  if (isBill) await notices.lockItems(loans.map((one) => one.itemId));
  return titles;
}

/**
 * Tells some patrons of their loans in a slot of a night (CYC-02): one letter for each, their library, kind and due day,
 * once (CYC-04), whatever is run again. Loans that have been returned or renewed meanwhile get none. With the courtesy notice
 * the library renews by itself what it can, and tells only of the rest (REN-10); the bill turns loans lost (CYC-03).
 */
export const writeNotices = action(
  'write-notices',
  { permission: 'run-jobs' },
  async (
    desk: Desk,
    request: OfNight & { readonly slot: SlotName; readonly patrons: readonly number[] },
  ): Promise<NoticesWritten> => {
    const { records, network } = desk;
    const { night, kinds, patrons } = request;
    const slot = noticeSlots(network, night, kinds).find((one) => isNamed(one, request.slot));
    // Its library has gone from the network meanwhile.
    if (!slot) return { kind: 'noticed', notice: request.slot.kind, ...NOBODY };
    const titles = await lockFor(desk, slot, patrons);
    const isBill = slot.kind === 'lost-item-bill';
    const due = await records.notices.loans(slot, patrons, true);
    const said = await saidBefore(desk, slot, due);
    const loans = isBill ? due : due.filter(({ id }) => !said.has(id));
    const items = await records.letterFacts.loans(loans.map((one) => one.id));
    const barcodes = (ids: readonly number[]): string[] => ids.flatMap((id) => items.get(id)?.barcode ?? []);

    const { renewed, refused } = renewsByItself(desk, slot)
      ? await renewAutomatically(desk, { slot, night, loans, items, titles })
      : { renewed: [], refused: new Map<number, string>() };
    const silent = isBill ? said : new Set(renewed);
    const telling = { desk, slot, night, items, reasons: refused, names: new Map<number, string>() };
    const { told, unreachable } = await tell(
      telling,
      loans.filter(({ id }) => !silent.has(id)),
    );
    if (isBill) await loseLoans(desk, loans, items, titles);
    return {
      kind: 'noticed',
      notice: slot.kind,
      told,
      unreachable,
      renewed: barcodes(renewed),
      notRenewed: barcodes(Array.from(refused.keys())),
      lost: isBill ? barcodes(loans.map((one) => one.id)) : [],
    };
  },
);
