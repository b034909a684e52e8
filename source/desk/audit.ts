import { addDays, instantOf, isDay } from '../circulation/time.ts';
import type { Day } from '../circulation/time.ts';
import type { AuditEntry, AuditFilters } from '../records/audit.ts';
import { EVENT_KINDS } from '../records/events.ts';
import type { EventKind } from '../records/events.ts';
import type { Window } from '../records/loans.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { impersonal, maySeePatrons } from './personal.ts';

export { EVENT_KINDS } from '../records/events.ts';
export type { EventKind } from '../records/events.ts';

/** What is looked for; everything given must be true of an event. */
export type AuditQuestion = {
  /** A patron's number, or any identifier of theirs: only for those who may see patrons. */
  readonly patron?: number | string;
  /** A barcode. */
  readonly item?: string;
  /** The name of an account. */
  readonly staff?: string;
  /** `LIBRARY/DESK`. */
  readonly desk?: string;
  readonly kinds?: readonly EventKind[];
  /** The first and the last day, both inclusive, in the network's time zone. */
  readonly from?: Day;
  readonly to?: Day;
};

/** A line of the audit: who did what, when, where, to whom and what, from what, to what. */
export type AuditLine = AuditEntry;

export type Audit =
  | {
      readonly kind: 'audit';
      readonly total: number;
      /** There are more than `total`: they are not counted further. */
      readonly capped: boolean;
      /** Whether this account may see patrons; else they are left out of every line. */
      readonly personal: boolean;
      readonly lines: readonly AuditLine[];
    }
  | Refusal;

/** Counting on would read the whole audit, and tell nobody more. */
const COUNTED = 10_000;

/** The days that are asked for, as instants. */
function timesOf({ network }: Desk, { from, to }: AuditQuestion): Pick<AuditFilters, 'from' | 'before'> | Refusal {
  for (const [path, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day)) return { kind: 'invalid', path, problem: 'not-a-day', value: day };
  }
  return {
    ...(from === undefined ? {} : { from: instantOf(from, 0, network.timeZone) }),
    ...(to === undefined ? {} : { before: instantOf(addDays(to, 1), 0, network.timeZone) }),
  };
}

/** The numbers of the patron, the item and the account that are asked for. */
async function idsOf(
  desk: Desk,
  { patron, item, staff }: AuditQuestion,
): Promise<Pick<AuditFilters, 'patronId' | 'itemId' | 'staffId'> | Refusal> {
  const { records } = desk;
  if (patron !== undefined && !maySeePatrons(desk))
    return { kind: 'not-permitted', permission: 'view-patrons', needs: 'role' };
  const patronId = typeof patron === 'string' ? await records.patrons.idByIdentifier(patron) : patron;
  if (patron !== undefined && patronId === undefined) return { kind: 'unknown', what: 'PATRON', key: String(patron) };
  const itemId = item === undefined ? undefined : (await records.items.byBarcode(item))?.id;
  if (item !== undefined && itemId === undefined) return { kind: 'unknown', what: 'ITEM', key: item };
  const staffId = staff === undefined ? undefined : (await records.staff.byName(staff.trim()))?.id;
  if (staff !== undefined && staffId === undefined) return { kind: 'unknown', what: 'STAFF', key: staff };
  return {
    ...(patronId === undefined ? {} : { patronId }),
    ...(itemId === undefined ? {} : { itemId }),
    ...(staffId === undefined ? {} : { staffId }),
  };
}

/** The line for somebody who may not see patrons: neither who it was, nor a reason that may speak of them. */
const hidden = (line: AuditLine): AuditLine => ({
  ...line,
  patron: null,
  overrides: line.overrides.map((one) => ({ ...one, reason: null })),
  data: impersonal(line.kind, line.data),
});

/**
 * A window of the audit (REL-09), the newest first: who, when, desk, action, before and after, overrides. `total` is
 * counted up to ten thousand. Invalid: `from`, `to` (not a day), `kinds` (unknown).
 */
export const readAudit = action(
  'read-audit',
  { permission: 'view-audit', readOnly: true },
  async (desk: Desk, { filters, window }: { filters: AuditQuestion; window: Window }): Promise<Audit> => {
    const { kinds, desk: place } = filters;
    const wrong = kinds?.find((one) => !(EVENT_KINDS as readonly string[]).includes(one));
    if (wrong !== undefined) return { kind: 'invalid', path: 'kinds', problem: 'unknown-code', value: wrong };
    const times = timesOf(desk, filters);
    if ('kind' in times) return times;
    const ids = await idsOf(desk, filters);
    if ('kind' in ids) return ids;
    const asked = {
      ...ids,
      ...times,
      ...(place === undefined ? {} : { desk: place }),
      ...(kinds === undefined ? {} : { kinds }),
    };
    const { total, capped, lines } = await desk.records.audit.search(asked, window, COUNTED);
    const personal = maySeePatrons(desk);
    return { kind: 'audit', total, capped, personal, lines: personal ? lines : lines.map(hidden) };
  },
);
