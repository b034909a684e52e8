import type { Action, KioskSeat, Refusal } from '../../desk/perform.ts';
import type { Stage } from '../scenario/stage.ts';

/** Something that was done at the console: the action, what was asked of it, and what it answered. */
export type Seen = {
  readonly what: Action<never, unknown>;
  readonly request: unknown;
  readonly outcome: unknown;
  /** Whether it has left an event: it has changed something. */
  readonly wrote: boolean;
  /** Whose record the event is about. */
  readonly patron: number | undefined;
  /** Of a return or a deleted loan: the identifier of whoever had the item on loan before. */
  readonly borrower: string | undefined;
  /** The terminal of the patrons where it was done; undefined: at a desk. */
  readonly kiosk: KioskSeat | undefined;
};

/** The request and the answer of an action, if it is the one that was seen. */
export function asSeen<Request, Outcome>(
  seen: Seen,
  what: Action<Request, Outcome>,
): { readonly request: Request; readonly outcome: Outcome | Refusal } | undefined {
  if (seen.what.name !== what.name) return undefined;
  return { request: seen.request as Request, outcome: seen.outcome as Outcome | Refusal };
}

/** What an action that was seen amounts to, as a step of a scenario: of what, with what, and what came of it. */
export type Done = {
  readonly name: string;
  /** As in a file, but for `patron` and `request`, which may be numbers of the database. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
  /** It was refused before the rest of it was asked for. */
  readonly early?: true;
};

/** Where things were done: for names and numbers. */
export type On = { readonly stage: Pick<Stage, 'network' | 'openPatron' | 'nameOfRequest'>; readonly seen: Seen };

/** Without what is undefined. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
