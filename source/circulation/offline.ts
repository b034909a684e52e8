import type { Day, Minutes } from './time.ts';

/** One transaction of an offline file (OFF-02): a loan names its patron, a return does not. */
export type OfflineLine = {
  /** Its line in the file, from 1. */
  readonly number: number;
  /** Local day and minutes of that day, in the time zone of the network. */
  readonly day: Day;
  readonly minutes: Minutes;
  readonly action: 'L' | 'R';
  /** Barcode of the item. */
  readonly item: string;
  /** Any identifier of the patron; null: a return. */
  readonly patron: string | null;
  /** The line as it stands in the file, without its line end. */
  readonly raw: string;
};

/** Why a line was not applied (OFF-04). */
export const OFFLINE_FAILURES = ['ITEM_NOT_FOUND', 'PATRON_NOT_FOUND', 'BAD_LINE', 'LATER_ACTION'] as const;
export type OfflineFailure = (typeof OFFLINE_FAILURES)[number];

/** What somebody should look at although the line was applied (OFF-05). */
export const OFFLINE_ATTENTIONS = ['due-passed', 'not-loanable', 'future', 'hold-shelf', 'send'] as const;
export type OfflineAttention = (typeof OFFLINE_ATTENTIONS)[number];

/**
 * What makes a line the same transaction as another (OFF-06), short or padded, in this file or in a copy of it:
 * `201805091348 L 37000034179⇥9921000000164`, `… R 37000034179`; codes are compared as the desk compares them. The tab
 * keeps barcodes with spaces apart from what follows: no code has one.
 */
export function lineKey({ day, minutes, action, item, patron }: Omit<OfflineLine, 'number' | 'raw'>): string {
  const key = (code: string): string => code.trim().toUpperCase();
  const made = `${offlineStamp(day, minutes)} ${action} ${key(item)}`;
  return action === 'R' || patron === null ? made : `${made}\t${key(patron)}`;
}

/** `201805091348`: a local day and time as an offline file has them (OFF-02). */
export function offlineStamp(day: Day, minutes: Minutes): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day.replaceAll('-', '')}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
