import type { Period } from '../circulation/network.ts';

/** *Consult the rules* (CONF-03): what was used, never a figure of its own. */
export type RulesWords = {
  readonly tabs: { readonly loan: string; readonly request: string; readonly late: string };
  readonly subject: (who: string, what: string) => string;
  readonly loan: (loaned: string, row: number | null, version: number, due: string) => string;
  readonly decided: (row: number, version: number) => string;
  /** Why a row matches; nothing asked: it matches everything. */
  readonly because: (asked: readonly string[]) => string;
  readonly asks: Readonly<Record<'library' | 'location' | 'group' | 'material' | 'policy', (codes: string) => string>>;
  readonly active: (from: string | null, to: string | null) => string;
  readonly noRow: (version: number) => string;
  readonly mayNotBorrow: string;
  readonly notLoanable: string;
  readonly period: (period: string, max: string) => string;
  readonly fixed: (day: string) => string;
  readonly notRenewable: string;
  readonly renewable: (extra: string) => string;
  readonly noRenewalLeft: string;
  readonly dueTitle: string;
  readonly due: (moment: string) => string;
  readonly laterTitle: string;
  readonly later: (row: number, says: string) => string;
  readonly noLater: string;
  readonly step: {
    readonly period: (from: string, period: string, to: string) => string;
    readonly hours: (hours: number, at: string) => string;
    readonly fixed: (day: string) => string;
    readonly closed: (day: string, name: string | null, to: string) => string;
    readonly closedHour: (at: string, to: string) => string;
    readonly closing: (at: string) => string;
    readonly oneMinute: string;
    readonly expiry: (day: string, to: string) => string;
  };
  readonly requestable: string;
  readonly notRequestable: string;
  readonly requestLimit: (count: number) => string;
  readonly grace: (days: number) => string;
  readonly rate: (daysPerDayLate: number) => string;
  readonly noSuspension: string;
  readonly cap: (days: number) => string;
  readonly cycle: (code: number, courtesy: number, overdue: readonly number[], bill: number) => string;
  readonly noCycle: string;
  readonly duration: (period: Period) => string;
};
