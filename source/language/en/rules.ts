import type { RulesWords } from '../rules-words.ts';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

export const rules: RulesWords = {
  tabs: { loan: 'Loan', request: 'Request', late: 'Late' },
  subject: (who, what) => `${who} × ${what}`,
  loan: (loaned, row, version, due) =>
    `Lent ${loaned} by ${row === null ? 'no row' : `row ${row}`} of version ${version}; due ${due}.`,
  decided: (row, version) => `Row ${row} of the loan rules (version ${version}):`,
  because: (asked) => (asked.length === 0 ? 'for everything' : `for: ${asked.join(' · ')}`),
  asks: {
    library: (codes) => `library ${codes}`,
    location: (codes) => `location ${codes}`,
    group: (codes) => `user group ${codes}`,
    material: (codes) => `material ${codes}`,
    policy: (codes) => `item policy ${codes}`,
  },
  active: (from, to) => [from === null ? '' : `from ${from}`, to === null ? '' : `to ${to} inclusive`].join(' ').trim(),
  noRow: (version) => `No row of the rules (version ${version}) speaks for this item: not for loan.`,
  mayNotBorrow: 'This group may not borrow.',
  notLoanable: 'not for loan',
  period: (period, max) => `loan ${period}, ${max} at the most with renewals`,
  fixed: (day) => `due ${day}, whatever the day of the loan`,
  notRenewable: 'not renewable',
  renewable: (extra) => `renewable: ${extra} from the day of the renewal`,
  noRenewalLeft: 'no renewal (the maximum period is the period)',
  dueTitle: 'Lent now, the item would be due:',
  due: (moment) => `= ${moment}`,
  laterTitle: 'Later rows would have said:',
  later: (row, says) => `row ${row}: ${says}`,
  noLater: 'No other row matches.',
  step: {
    period: (from, period, to) => `${from} + ${period} = ${to}`,
    hours: (hours, at) => `+ ${hours} h = ${at}`,
    fixed: (day) => `fixed due date: ${day}`,
    closed: (day, name, to) => `${day}: closed${name === null ? '' : ` (${name})`}, moved to ${to}`,
    closedHour: (at, to) => `${at}: closed, moved to the opening ${to}`,
    closing: (at) => `closing hour: ${at}`,
    oneMinute: 'one minute after the loan (not for loan)',
    expiry: (day, to) => `the card expires ${day}: ${to}`,
  },
  requestable: 'may be requested',
  notRequestable: 'may not be requested',
  requestLimit: (count) => `${count} requests at the most per patron, over the whole network`,
  grace: (count) => `grace: ${days(count)}`,
  rate: (rate) => `${days(rate)} of suspension per day late, grace deducted`,
  noSuspension: 'no suspension: blocked only while something is late',
  cap: (count) => `suspension of ${days(count)} at the most`,
  cycle: (code, courtesy, overdue, bill) =>
    `notices, cycle ${code}: D−${courtesy}, D, ${overdue.map((day) => `D+${day}`).join(', ')}, bill D+${bill}`,
  noCycle: 'no notice cycle',
  duration: ({ unit, count }) => (unit === 'days' ? days(count) : `${count} h`),
};
