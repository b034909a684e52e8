import type { LendOutcome } from '../desk/lend.ts';
import type { LoadOutcome } from '../desk/networks.ts';
import type { Refusal } from '../desk/perform.ts';
import type { ReturnOutcome } from '../desk/return-item.ts';
import type { ItemState, LoanState, PatronState, TitleState } from '../desk/show.ts';
import { local, present } from './plain.ts';
import type { Zone } from './plain.ts';
import { recordFields } from './record-fields.ts';

export { local, present } from './plain.ts';
export type { Zone } from './plain.ts';

/** Typed errors of scenarios and of `--json` (spec 8). */
export const FAILURES = [
  'NOT_PERMITTED',
  'UNKNOWN_PATRON',
  'UNKNOWN_ITEM',
  'UNKNOWN_TITLE',
  'UNKNOWN_REQUEST',
  'UNKNOWN_LIBRARY',
  'UNKNOWN_STAFF',
  'INVALID',
] as const;
export type FailureCode = (typeof FAILURES)[number];

/**
 * What an action answered, as scenarios compare it and `--json` prints it: plain JSON with the fields of spec 8's table.
 * Instants are local texts (`2026-06-22T19:00`), days are days; what does not apply is absent. `fails`: a typed error.
 */
export type PlainResult = { readonly fails?: FailureCode } & Readonly<Record<string, unknown>>;

/** The identifier that stands for a patron in scenarios and in `--json`: the primary one. */
export function primaryOf(
  patron: { readonly identifiers: readonly { readonly value: string }[] } | null,
): string | undefined {
  return patron?.identifiers[0]?.value;
}

/** `{fails, …}`: why an action was not done; `path` names the field that is `INVALID`. */
export function failureResult(refusal: Refusal): PlainResult {
  switch (refusal.kind) {
    case 'not-permitted':
      return { fails: 'NOT_PERMITTED', ...present({ permission: refusal.permission, needs: refusal.needs }) };
    case 'unknown':
      return { fails: `UNKNOWN_${refusal.what}`, key: refusal.key };
    case 'invalid':
      return { fails: 'INVALID', ...present({ path: refusal.path, problem: refusal.problem, value: refusal.value }) };
  }
}

/**
 * A loan: `outcome: lent, renewed, note, blocked, refused`. `blocked`: this operator may override all of `blocks` (codes),
 * `refused`: not; a renewal that is refused (BLK-07) gives its first `reason` and all `reasons`.
 */
export function lendResult(outcome: LendOutcome, network: Zone): PlainResult {
  switch (outcome.kind) {
    case 'lent':
    case 'renewed': {
      const { kind, item, due, status, overridden, returnedFrom } = outcome;
      const fields = { item: item.barcode, title: item.title, due: local(due, network), status, returnedFrom };
      return { outcome: kind, ...present(fields), blocks: [], overridden };
    }
    case 'blocked': {
      const { blocks, mayOverride, item, due } = outcome;
      const codes = blocks.map((one) => one.code);
      const fields = { item: item?.barcode, title: item?.title, due: local(due, network) };
      return { outcome: mayOverride ? 'blocked' : 'refused', ...present(fields), blocks: codes };
    }
    case 'note':
      return { outcome: 'note', item: outcome.item.barcode, title: outcome.item.title, note: outcome.note, blocks: [] };
    case 'not-renewed': {
      const { item, due, refusals } = outcome;
      const fields = { item: item.barcode, title: item.title, due: local(due, network), reason: refusals[0] };
      return { outcome: 'refused', ...present(fields), reasons: refusals, blocks: [] };
    }
    case 'clearance-asked':
      return { outcome: 'refused', reason: 'CLEARANCE_ASKED', blocks: [] };
    default:
      return failureResult(outcome);
  }
}

/**
 * A return: `outcome: returned, not-on-loan, note, refused` (`reason: CONFIRM`, another patron's item). `patron`: the
 * identifier of the patron whose loan it was (`borrowerOf`), which the outcome itself does not know.
 */
export function returnResult(outcome: ReturnOutcome, network: Zone, patron?: string): PlainResult {
  switch (outcome.kind) {
    case 'returned':
    case 'not-on-loan': {
      const { kind, item, due, next, destination, department, blockedUntil, workOrder, was } = outcome;
      const ended = kind === 'returned';
      return {
        outcome: kind,
        item: item.barcode,
        title: item.title,
        ...present({
          patron: ended ? patron : undefined,
          due: local(due, network),
          daysLate: ended ? outcome.daysLate : undefined,
          blockedUntil,
          next,
          destination,
          department,
          requester: outcome.requester,
          until: outcome.heldUntil,
          note: workOrder?.note,
          was,
        }),
      };
    }
    case 'note':
      return { outcome: 'note', item: outcome.item.barcode, title: outcome.item.title, note: outcome.note };
    case 'confirm':
      return { outcome: 'refused', reason: 'CONFIRM', item: outcome.item.barcode, ...present({ patron }) };
    default:
      return failureResult(outcome);
  }
}

function patronState(state: PatronState, network: Zone): PlainResult {
  const { patron, loans, late, requests, returned, blocks, blockedUntil, notes } = state;
  const { lastName, firstName, group, campus, status, kind, expiry, purge } = patron;
  const name = `${lastName} ${firstName}`.trim();
  const texts = notes.length > 0 ? notes.map((one) => one.text) : undefined;
  const popups = notes.flatMap((one) => (one.popup ? [one.text] : []));
  const said = { notes: texts, popups: popups.length > 0 ? popups : undefined };
  const counts = { loans, late, requests, returned, blocks };
  return {
    ...present({
      id: primaryOf(patron),
      name,
      ...counts,
      blockedUntil,
      group,
      campus,
      status,
      kind,
      expiry,
      purge,
      ...said,
    }),
    ...recordFields(state.record, network),
  };
}

/** Where an item is going or has been brought: a library, or a department of the library where it is. */
function destinationOf({ transit, process, department, at }: ItemState['item']): string | null {
  if (transit) return transit.to === at ? (transit.department ?? transit.to) : transit.to;
  return process === 'ACQ' || process === 'WORK_ORDER_DEPARTMENT' ? department : null;
}

/** The journey of an item: `from, reason, since, days`, and `tooLong` where it is (TRA-01, TRA-02). */
function journeyOf({ item: { transit }, underWay, stops }: ItemState, network: Zone): Record<string, unknown> {
  if (!transit || !underWay) return {};
  const { days, tooLong } = underWay;
  const on = stops.map((one) => present({ library: one.library, desk: one.desk, at: local(one.at, network) }));
  return {
    from: transit.from,
    reason: transit.reason,
    since: local(transit.since, network),
    days,
    tooLong: tooLong || undefined,
    stops: on.length > 0 ? on : undefined,
  };
}

function itemState(state: ItemState, network: Zone): PlainResult {
  const { item, patron, lastPatron } = state;
  const { barcode, title, description, location, material, policy, process, at, transit } = item;
  const places = { process, at, destination: destinationOf(item), department: transit?.department ?? item.department };
  const people = { patron: primaryOf(patron), lastPatron: primaryOf(lastPatron) };
  const { fulfilmentNote, publicNote, internalNote } = item;
  const notes = { fulfilmentNote, publicNote, internalNote };
  const more = { note: item.workOrder?.note, ...notes, ...journeyOf(state, network) };
  return present({ barcode, title, description, location, material, policy, ...places, ...people, ...more });
}

function loanState({ item, loan, patron }: LoanState, network: Zone): PlainResult {
  if (!loan) return { outcome: 'none', item: item.barcode };
  const { due, status, renewals, loanedAt, library } = loan;
  const times = { due: local(due, network), loaned: local(loanedAt, network) };
  return { item: item.barcode, ...present({ patron: primaryOf(patron), ...times, status, renewals, library }) };
}

/** Titles: the first one's `title, author, copies`, and how many there are (`count`). */
function titleState({ titles }: TitleState): PlainResult {
  const lines = titles.map(({ title, author, copies }) => ({
    ...present({ title, author }),
    copies: copies.map(present),
  }));
  return { ...lines[0], count: lines.length, lines };
}

/** The state of a patron, item, loan or title, with the fields of spec 8 (`show`). */
export function showResult(
  state: PatronState | ItemState | LoanState | TitleState | Refusal,
  network: Zone,
): PlainResult {
  switch (state.kind) {
    case 'patron':
      return patronState(state, network);
    case 'item':
      return itemState(state, network);
    case 'loan':
      return loanState(state, network);
    case 'titles':
      return titleState(state);
    default:
      return failureResult(state);
  }
}

/** A loaded network: `version, changed`; codes that records still use are `INVALID`. */
export function networkResult(outcome: LoadOutcome): PlainResult {
  switch (outcome.kind) {
    case 'loaded':
      return { version: outcome.version, changed: outcome.changed };
    case 'in-use':
      return {
        fails: 'INVALID',
        path: outcome.codes[0]?.kind ?? 'network',
        problem: 'codes-in-use',
        codes: outcome.codes,
      };
    default:
      return failureResult(outcome);
  }
}
