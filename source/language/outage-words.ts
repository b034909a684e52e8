import type { OutageAnswer, OutageProbe, StatusIndicator } from '../circulation/outage.ts';

/** The outage assistant (OUT-01 to OUT-03). Names and texts from data come in already printable. */
export type OutageWords = {
  /** While the probes run: the answer line, and the title. */
  readonly looking: string;
  readonly probe: Readonly<Record<OutageProbe, string>>;
  readonly stillLooking: string;
  readonly lookedAt: (what: string, finding: string) => string;
  readonly found: {
    readonly nothing: string;
    readonly database: string;
    readonly databaseAway: (because: string) => string;
    readonly desks: (desks: string) => string;
    readonly desk: (desk: string, hour: string) => string;
    readonly desksQuiet: (minutes: number) => string;
    readonly desksUnknown: string;
    readonly answers: (site: string) => string;
    readonly error: (site: string, status: number) => string;
    readonly silent: (site: string) => string;
    readonly unreachable: (site: string, code: string) => string;
    readonly astray: (site: string) => string;
    /** A status page of which a machine understands nothing. */
    readonly look: (finding: string) => string;
    readonly says: (page: string, indicator: string, description: string) => string;
  };
  readonly indicator: Readonly<Record<StatusIndicator, string>>;
  readonly asking: (code: string) => string;
  readonly ended: string;
  readonly here: string;
  readonly known: (answer: string) => string;
  readonly answer: Readonly<Record<OutageAnswer, string>>;
  /** `machine`: this station answered, not the operator. */
  readonly step: (code: string, answer: string, machine: boolean) => string;
  readonly soFar: (steps: string) => string;
  readonly end: {
    readonly wait: string;
    readonly offline: string;
    readonly offlineAlready: string;
    readonly call: (name: string) => string;
    readonly ticket: (name: string) => string;
  };
  readonly number: (number: string, name: string, hours: string) => string;
  readonly noNumber: string;
  readonly always: string;
  readonly allDay: string;
  readonly today: (ranges: string) => string;
  readonly notToday: string;
  readonly notNow: string;
  readonly closed: (name: string, opens: string | null) => string;
  readonly orTicket: (url: string) => string;
  readonly ticketAt: (url: string) => string;
  /** That one may work offline, whatever the procedure says, and by which letter. */
  readonly meanwhile: (letter: string) => string;
};
