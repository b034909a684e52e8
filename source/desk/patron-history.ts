import type { EventKind } from '../records/events.ts';
import type { AuditEntry } from '../records/audit.ts';
import type { Window } from '../records/loans.ts';
import { unknownPatron } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** What has been done to a record itself. What somebody borrowed, and when they came, is for those who may see the audit. */
export const RECORD_KINDS: readonly EventKind[] = [
  'patron-added',
  'patron-changed',
  'patron-opened',
  'patron-imported',
  'registration-finished',
  'password-set',
  'password-removed',
  'code-issued',
  'code-used',
  'identity-message-queued',
  'letter-queued',
  'clearance-issued',
  'note-added',
  'note-changed',
  'note-deleted',
  'note-restored',
  'block-set',
  'block-changed',
  'block-deleted',
];

/** Counting on would tell nobody more. */
const COUNTED = 1000;

export type PatronHistory =
  | {
      readonly kind: 'audit';
      readonly total: number;
      /** There are more than `total`. */
      readonly capped: boolean;
      readonly personal: true;
      readonly lines: readonly AuditEntry[];
    }
  | Refusal;

/**
 * The audit tab of a record (USR-07): who changed what of it, when, from what, to what, the newest first. For those who may
 * change it: whoever corrects a record has to see who did before (manual X.3), and its loans are not in it.
 */
export const patronHistory = action(
  'patron-history',
  { permission: 'edit-patrons', readOnly: true },
  async (desk: Desk, { patron, window }: { patron: number | string; window: Window }): Promise<PatronHistory> => {
    const { patronRecord, audit } = desk.records;
    const general = await patronRecord.general(patron);
    if (!general) return unknownPatron(patron);
    const found = await audit.search({ patronId: general.id, kinds: RECORD_KINDS }, window, COUNTED);
    return { kind: 'audit', personal: true, ...found };
  },
);
