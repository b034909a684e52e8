import type { PatronBlockFact } from '../../circulation/blocks.ts';
import type { DeskWords, Saying } from '../desk-words.ts';
import { printable } from '../printable.ts';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
const until = (fact: PatronBlockFact, say: Saying): string =>
  fact.until === null ? 'without an end date' : `until ${say.dates.day(fact.until)} inclusive`;
const note = (fact: PatronBlockFact): string => (fact.note === null ? '' : `: ${printable(fact.note)}`);
const list = (codes: readonly string[] | null, name: (code: string) => string): string[] =>
  codes === null ? [] : [codes.map(name).join(', ')];

export const desk: DeskWords = {
  block: {
    PATRON_EXPIRED: 'Card expired',
    PATRON_INACTIVE: 'Record inactive',
    PATRON_GROUP_NOT_ALLOWED: 'Group may not borrow',
    PATRON_OVERDUE: 'Late',
    PATRON_BLOCK_LATE_RETURN: 'Late return',
    PATRON_BLOCK_MANUAL: 'Block',
    PATRON_BLOCK_QUITUS: 'Quitus',
    LOAN_LIMIT: 'Loan limit',
    NOT_LOANABLE: 'Not for loan',
    ON_LOAN_TO_OTHER: 'On loan to another',
    ON_LOAN_TO_SAME: 'On loan already',
    HELD_FOR_OTHER: 'Held for another',
    SAME_TITLE: 'Parallel loan',
    DUE_AFTER_EXPIRY: 'Due after expiry',
    ITEM_IN_TRANSIT: 'In transit',
    ITEM_MISSING: 'Missing',
    ITEM_LOST: 'Lost',
    ITEM_IN_PROCESS: 'In process',
    ITEM_UNKNOWN: 'Unknown item',
    PATRON_UNKNOWN: 'Unknown patron',
  },
  fact: {
    PATRON_EXPIRED: ({ expiry }, say) => `valid until ${say.dates.day(expiry)}`,
    PATRON_INACTIVE: () => 'the record has been deactivated',
    PATRON_GROUP_NOT_ALLOWED: ({ group }, say) =>
      group === null ? 'the record has no group' : `the group ${printable(say.group(group))} may not borrow here`,
    PATRON_OVERDUE: ({ title, daysLate, library }, say) =>
      `${printable(title)}, ${days(daysLate)} late (${printable(say.library(library))})`,
    PATRON_BLOCK_LATE_RETURN: (fact, say) =>
      `blocked ${until(fact, say)}${fact.item ? `: ${printable(fact.item.title)}, returned ${say.dates.dayAndMonth(fact.item.returned)}` : note(fact)}`,
    PATRON_BLOCK_MANUAL: (fact, say) => `${until(fact, say)}${note(fact)}`,
    PATRON_BLOCK_QUITUS: (fact, say) => `clearance issued, ${until(fact, say)}${note(fact)}`,
    LOAN_LIMIT: ({ name, library, location, group, material, policy, count, max }, say) => {
      const scope = [
        ...list(library, say.library),
        ...list(location, (code) => code),
        ...list(material, say.material),
        ...list(policy, say.policy),
        ...list(group, say.group),
      ];
      return `${count} open loans of ${max} allowed (${printable(name ?? scope.join(' · '))})`;
    },
    NOT_LOANABLE: ({ row, policy }, say) =>
      row === null
        ? 'no rule speaks for this item'
        : policy === null
          ? 'excluded from loan by the rules'
          : printable(say.policy(policy)),
    ON_LOAN_TO_OTHER: ({ patron, due, daysLate }, say) =>
      `on loan to ${printable(patron)}, due ${say.dates.moment(due)}${daysLate > 0 ? `, ${days(daysLate)} late` : ''}`,
    ON_LOAN_TO_SAME: ({ due }, say) =>
      `on loan to this patron already, due ${say.dates.moment(due)}: overriding renews it`,
    HELD_FOR_OTHER: ({ patron, until: day, library }, say) =>
      `held for ${printable(patron)} (${printable(say.library(library))})${day === null ? '' : `, until ${say.dates.day(day)}`}`,
    SAME_TITLE: ({ title, barcode }) => `has a copy of ${printable(title)} already (${printable(barcode)})`,
    DUE_AFTER_EXPIRY: ({ due, expiry, shortened }, say) =>
      `due ${say.dates.moment(due)}, but the card expires ${say.dates.day(expiry)} (shortened: ${say.dates.moment(shortened)})`,
    ITEM_IN_TRANSIT: ({ from, to, since }, say) =>
      `in transit${from === null ? '' : ` from ${printable(say.library(from))}`}${to === null ? '' : ` to ${printable(say.library(to))}`}${since === null ? '' : ` since ${say.dates.moment(since)}`}`,
    ITEM_MISSING: () => 'the item is marked missing',
    ITEM_LOST: ({ patron }) => `declared lost${patron === null ? '' : ` on ${printable(patron)}'s account`}`,
    ITEM_IN_PROCESS: ({ process, department }) =>
      `${process === 'ACQ' ? 'being acquired' : 'being treated'}${department === null ? '' : ` (${printable(department)})`}`,
    ITEM_UNKNOWN: ({ barcode }) => `${printable(barcode)} is not in the catalogue: scan it a second time`,
    PATRON_UNKNOWN: ({ identifier }) => `no patron has the identifier ${printable(identifier)}`,
  },
  why: {
    PATRON_EXPIRED: 'The expiry date is the last valid day. Extending it lifts the block.',
    PATRON_INACTIVE: 'A deactivated record borrows nothing until it is reactivated.',
    PATRON_GROUP_NOT_ALLOWED: "The network's rules say that this group does not borrow.",
    PATRON_OVERDUE: 'While something is late, the patron can neither borrow nor renew, but may place requests.',
    PATRON_BLOCK_LATE_RETURN: 'One day of suspension per day late, grace deducted; blocks do not add up.',
    PATRON_BLOCK_MANUAL: 'A block set by hand by a colleague.',
    PATRON_BLOCK_QUITUS: 'A clearance was issued: nobody can override it, it is removed on re-registration.',
    LOAN_LIMIT: 'The maximum number of loans is reached; only loans that this limit is about count.',
    NOT_LOANABLE: 'Overriding lends for one minute: change the due date afterwards.',
    ON_LOAN_TO_OTHER: "Overriding returns the other patron's loan first, with its penalties.",
    ON_LOAN_TO_SAME: "The item is on this patron's account already.",
    HELD_FOR_OTHER: 'Overriding puts the request back in its place in the queue.',
    SAME_TITLE: 'This library does not lend two copies of a title to one patron.',
    DUE_AFTER_EXPIRY: 'Choose: keep the full period, or shorten it to the expiry date.',
    ITEM_IN_TRANSIT: 'The item is announced elsewhere; lending it ends the transit.',
    ITEM_MISSING: 'Lending it puts it back into circulation.',
    ITEM_LOST: 'Overriding closes the lost loan first.',
    ITEM_IN_PROCESS: 'The item has not been fully treated yet.',
    ITEM_UNKNOWN: 'A half-read barcode is common: scan it once more before anything else.',
    PATRON_UNKNOWN: 'Scan the card again, or search by name.',
  },
  andMore: (count) => `… and ${count} more`,
  level: {
    nobody: 'nobody can override it',
    manager: 'managers only',
    operator: 'can be overridden',
    anyone: 'anyone can override it',
    automatic: 'handled automatically',
  },
  renewal: {
    PATRON_NO_ROLE: 'The user has no patron role, or it has expired',
    PATRON_INACTIVE: 'The patron is not active',
    PATRON_EXPIRED: "The patron's card has expired",
    PATRON_BLOCKED: 'The patron is blocked',
    PATRON_OVERDUE: 'The user has exceeded the overdue limits',
    NOT_RENEWABLE: 'The loan of this item is not renewable',
    RECALLED: "The item's status prevents the renewal (recalled)",
    RENEWAL_PERIOD_EXCEEDED: "The item's renewal period has been exceeded",
    AFTER_CLOSING: 'After closing time on the due day there is no renewal',
    EXPIRES_BEFORE_RENEWAL: "The patron's record expires before the renewed due date",
    REQUEST_CONFLICT: 'The renewal conflicts with a request',
    DUE_DATE_UNCHANGED: 'The due date is at the renewed due date already',
  },
  daysLate: (count) => `${days(count)} late`,
  role: {
    'limited-operator': 'student assistant',
    operator: 'operator',
    manager: 'manager',
    'user-administrator': 'user administrator',
    cataloguer: 'cataloguer',
    'network-administrator': 'network administrator',
  },
  loanStatus: { Normal: 'Normal', Renewed: 'Renewed', Recalled: 'Recalled', Lost: 'Lost' },
  instruction: ({ next, destination, department, received, requester, heldUntil }, say) => {
    switch (next) {
      case 'reshelve':
        return 'RESHELVE';
      case 'hold-shelf':
        return `HOLD SHELF · ${printable(requester ?? '')}${heldUntil === null ? '' : ` until ${say.dates.numeric(heldUntil)}`}`;
      case 'transit':
        if (department) return `DEPARTMENT → ${printable(destination ?? '')}/${printable(department)}`;
        return `SEND TO → ${printable(destination ?? '')}${requester === null ? '' : ` (for ${printable(requester)})`}`;
      case 'department':
        return `${received === true ? 'RECEIVED · DEPARTMENT ' : 'DEPARTMENT → '}${printable(destination ?? '')}`;
    }
  },
};
