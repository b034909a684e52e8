/** What lists and panes are made of, for rooms that may not know the records. */
export type { LoanOrder, LoanView, Window } from '../records/loans.ts';
export type { ItemView } from '../records/items.ts';
export type { PatronBlock } from '../records/blocks.ts';
export type { PatronNote } from '../records/patron-notes.ts';
export type { PatronLine, PatronView } from '../records/patrons.ts';
export type { Closing } from '../records/requests.ts';
export type { OpenRequest as RequestLine, RequestCard, RequestState } from './request-card.ts';
export type { WorkOrderLine } from '../records/work-orders.ts';
export type { ItemLine } from './item-line.ts';
export type { PatronPane } from './patrons.ts';
export type { HoldingChoice, HoldingView, ItemRow, TitleItem, TitleLine, TitleView } from '../records/catalogue.ts';
export type { ResourceType } from '../circulation/resource-types.ts';
export type { JobCounters, JobLine, JobRun, JobRunState, RunningJob } from '../records/job-runs.ts';
export type { RunFilter } from '../records/job-history.ts';
