import type { ItemFacts, PatronFacts } from '../../source/circulation/loan.ts';
import { decideLoan } from '../../source/circulation/loan.ts';
import type { LoanDecision } from '../../source/circulation/loan.ts';
import { libraryOf } from '../../source/circulation/network.ts';
import type { Library, Network } from '../../source/circulation/network.ts';
import { decideRenewal } from '../../source/circulation/renewal.ts';
import type { RenewalDecision, RenewalLoan } from '../../source/circulation/renewal.ts';
import { lateAfterDay } from '../../source/circulation/due.ts';
import type { RuleSubject } from '../../source/circulation/rules.ts';
import { local } from './house.ts';
import { smallNetwork } from './network.ts';

/** Local times of the small network's clock. */
export const ZONE = 'Europe/Paris';

/** A student in order: group L, valid for long, nothing on loan. */
export const student: PatronFacts = {
  id: 1,
  group: 'L',
  status: 'active',
  expiry: '2030-10-30',
  late: { count: 0, loans: [] },
  blocks: [],
  openLoans: [],
};

/** A book of sci/63S that stands in its place. */
export const book: ItemFacts = {
  id: 7,
  barcode: 'B1',
  library: 'sci',
  location: 'sci/63S',
  material: 'BOOK',
  policy: null,
  description: null,
  process: null,
  openLoan: null,
  hold: null,
  transit: null,
  department: null,
  sameTitle: [],
};

/** A book of a location, matched as the rule tables match it. */
export const subjectAt = (
  location: string,
  group: string | null = 'L',
  more: Partial<RuleSubject> = {},
): RuleSubject => ({
  library: location.split('/')[0] ?? '',
  location,
  group,
  material: 'BOOK',
  policy: null,
  ...more,
});

/** An ordinary book lent to an ordinary student at a local time; what is given differs. */
export function decide(
  at: string,
  {
    patron = {},
    item = {},
    network = smallNetwork,
  }: { patron?: Partial<PatronFacts>; item?: Partial<ItemFacts>; network?: Network } = {},
): LoanDecision {
  return decideLoan({ network, now: local(at), patron: { ...student, ...patron }, item: { ...book, ...item } });
}

/** Codes of a decision's blocks, in their order. */
export const codesOf = (decision: LoanDecision): string[] => decision.blocks.map((one) => one.code);

/** A loan of a library that is asked to be renewed at a local time; `due` and `loaned` are local times. */
export function decideRenewalOf(
  at: string,
  loan: { loaned: string; due: string } & Partial<Omit<RenewalLoan, 'due'>>,
  { patron = {}, network = smallNetwork }: { patron?: Partial<PatronFacts>; network?: Network } = {},
): RenewalDecision {
  const { loaned, due, ...more } = loan;
  const whole: RenewalLoan = {
    library: 'sci',
    location: 'sci/63S',
    material: 'BOOK',
    policy: null,
    loanedAt: local(loaned),
    renewedAt: null,
    due: local(due),
    lateFrom: lateAfterDay(due.slice(0, 10), ZONE),
    recalled: false,
    requestWaits: false,
    ...more,
  };
  return decideRenewal({ network, now: local(at), patron: { ...student, ...patron }, loan: whole });
}

/** A library of the small network. */
export const sci: Library = libraryOf(smallNetwork, 'sci');
export const med: Library = libraryOf(smallNetwork, 'med');
