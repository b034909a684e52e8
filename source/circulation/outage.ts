import type { Week, Words } from './network.ts';
import type { Instant } from './time.ts';

/** What a machine can find out by itself in an outage (OUT-02). */
export const OUTAGE_PROBES = ['database', 'other-desks', 'outside-site', 'status-pages'] as const;
export type OutageProbe = (typeof OUTAGE_PROBES)[number];

/** Steps of a procedure that need no contact: they are no codes of its questions and contacts. */
export const OUTAGE_ACTIONS = ['wait', 'offline'] as const;
export type OutageAction = (typeof OUTAGE_ACTIONS)[number];

/** Contacts that every network has: whom it does not describe itself stands there without a number. */
export const SHIPPED_CONTACT_CODES = ['B1', 'B2'] as const;
export type ShippedContact = (typeof SHIPPED_CONTACT_CODES)[number];

/** Where an answer leads: `next` is the code of a question or of a contact, `wait` or `offline`. */
export type OutageExit = { readonly next: string; readonly says?: Words };

export type OutageAnswer = 'yes' | 'no';

/** A question of the procedure; `probe`: what may answer it without asking anybody. */
export type OutageQuestion = {
  readonly code: string;
  readonly ask: Words;
  readonly remark?: Words;
  readonly probe?: OutageProbe;
  /** The only answer that its probe is enough for; absent: either. */
  readonly proves?: OutageAnswer;
  readonly yes: OutageExit;
  readonly no: OutageExit;
};

/** What one does in an outage (OUT-01): questions that never come back to themselves, and how one lends meanwhile. */
export type OutageProcedure = {
  /** Code of the first question. */
  readonly begin: string;
  readonly questions: readonly OutageQuestion[];
  /** How loans and returns are recorded meanwhile. */
  readonly offline: Words;
};

/** A number to call; without hours of its own it has those of its contact. */
export type OutagePhone = { readonly number: string; readonly name?: Words; readonly hours?: Week };

/** Whom to turn to: a function, not a person. */
export type OutageContact = {
  readonly code: string;
  readonly name: Words;
  /** When it answers the telephone, in the time zone of the network; absent: always. */
  readonly hours?: Week;
  readonly phones: readonly OutagePhone[];
  /** The page where a ticket is opened, at any hour. */
  readonly ticket?: string;
  readonly remark?: Words;
  /** Where to go on while nobody answers and there is no ticket; absent: `offline`. */
  readonly closed?: string;
};

export type StatusPage = { readonly name: string; readonly url: string };

/** What a network says of outages; what it leaves out is as shipped. */
export type OutageSettings = {
  readonly procedure?: OutageProcedure;
  readonly contacts: readonly OutageContact[];
  readonly statusPages: readonly StatusPage[];
  /** A site outside the network, to see whether there is a connection at all. */
  readonly outsideSite?: string;
};

/** How a page answered. */
export type Reach =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'silent' }
  /** Its server cannot be reached; `because`: the system's own code, such as ECONNREFUSED. */
  | { readonly kind: 'unreachable'; readonly because: string }
  /** It sends on in circles, or to where nobody should follow. */
  | { readonly kind: 'astray' };

/** What a status page reports of its services, worst first seen; `none`: all is well. */
export const STATUS_INDICATORS = ['none', 'minor', 'major', 'critical', 'maintenance'] as const;
export type StatusIndicator = (typeof STATUS_INDICATORS)[number];

export type StatusPageFound = StatusPage & {
  readonly reach: Reach;
  /** Null: the page says nothing that a machine can read. The description is data of others: at most 120 characters. */
  readonly says: { readonly indicator: StatusIndicator; readonly description: string } | null;
};

export type DeskSeen = { readonly desk: string; readonly at: Instant };

/** What the probes found out; a probe that is not configured, or could not be made, is absent. */
export type OutageFindings = {
  /** `away`: why the database cannot be used (`silent`: it has not answered in time). */
  readonly database?: { readonly kind: 'reachable' } | { readonly kind: 'away'; readonly because: string };
  /** `quiet`: no other desk has done anything lately, which proves nothing. */
  readonly otherDesks?:
    | { readonly kind: 'active'; readonly desks: readonly DeskSeen[] }
    | { readonly kind: 'quiet' }
    | { readonly kind: 'unknown' };
  readonly outsideSite?: { readonly url: string; readonly reach: Reach };
  readonly statusPages?: readonly StatusPageFound[];
};
