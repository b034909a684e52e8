/** What lists and panes are made of, for rooms that may not know the records. */
export type { LoanOrder, LoanView, Window } from '../records/loans.ts';
export type { PatronLine, PatronNote, PatronView } from '../records/patrons.ts';
export type { RequestLine } from '../records/requests.ts';
export type { PatronPane } from './patrons.ts';
