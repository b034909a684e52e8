import type { RequestRefusal } from '../circulation/request-refusals.ts';
import type { EventKind } from '../records/events.ts';
import type { ItemView } from '../records/items.ts';
import type { LoanView } from '../records/loans.ts';
import type { Desk, Refusal } from './perform.ts';
import { isPermitted } from './permissions.ts';
import type { Permission } from './permissions.ts';

/** Whether the person on the seat may see who borrows what (REL-08). */
export const maySeePatrons = ({ staff, place, kiosk }: Pick<Desk, 'staff' | 'place' | 'kiosk'>): boolean =>
  kiosk === undefined && isPermitted(staff.roles, 'view-patrons', place?.library ?? null);

/** What is done at a kiosk was done by the patron whom it is about (KIO-07): nobody of the staff did it. */
export const byPatron = ({ kiosk }: Pick<Desk, 'kiosk'>): { readonly by?: 'patron' } => (kiosk ? { by: 'patron' } : {});

/** What the person on the seat may not do of an action that they may else. */
export const notPermitted = (permission: Permission): Refusal => ({ kind: 'not-permitted', permission, needs: 'role' });

/** Reasons as the person on the seat may read them: what staff have noted on a block is not for its patron. */
export function forPatron({ kiosk }: Pick<Desk, 'kiosk'>, reasons: readonly RequestRefusal[]): RequestRefusal[] {
  if (!kiosk) return [...reasons];
  return reasons.map((one) => {
    if (one.code !== 'PATRON_BLOCKED') return one;
    const blocks = one.facts.blocks.map((block) => ({ ...block, note: null }));
    return { code: one.code, facts: { blocks } };
  });
}

/** Events that are about a person and nothing else: their data says what stands in a record. */
const ABOUT_A_PATRON: ReadonlySet<EventKind> = new Set<EventKind>([
  'patron-added',
  'patron-changed',
  'patron-opened',
  'patron-imported',
  'patron-deleted',
  'registration-finished',
  'clearance-issued',
  'letter-queued',
  'identity-message-queued',
  'note-added',
  'note-changed',
  'note-deleted',
  'note-restored',
  'block-set',
  'block-changed',
  'block-deleted',
]);

/** What the data of the other events calls a person. */
const PEOPLE = /^(?:patron|borrower|requester|holder|returnedFrom|lastPatron)/iu;

function withoutPeople(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPeople);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !PEOPLE.test(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutPeople(one)]));
}

/** The data of an event for somebody who may not see patrons: whom it was about is left out. */
export function impersonal(
  kind: EventKind,
  data: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return ABOUT_A_PATRON.has(kind) ? {} : (withoutPeople(data) as Record<string, unknown>);
}

/** An item for the person on the seat: without the names of its borrower and its requester for who may not see patrons. */
export function discreetItem(desk: Pick<Desk, 'staff' | 'place' | 'kiosk'>, item: ItemView): ItemView {
  if (maySeePatrons(desk)) return item;
  const nobody = { patronId: 0, patron: '' };
  return { ...item, loan: item.loan && { ...item.loan, ...nobody }, hold: item.hold && { ...item.hold, ...nobody } };
}

/** A loan for the person on the seat: without its borrower for who may not see patrons. */
export function discreetLoan(
  desk: Pick<Desk, 'staff' | 'place' | 'kiosk'>,
  loan: LoanView | undefined,
): LoanView | null {
  if (!loan) return null;
  return maySeePatrons(desk) ? loan : { ...loan, patronId: null };
}
