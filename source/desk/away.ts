/** The one error of a database that is away, without the database itself: the first frame is drawn before that is loaded. */
export { DatabaseAway } from '../records/errors.ts';
export type { AwayReason } from '../records/errors.ts';
