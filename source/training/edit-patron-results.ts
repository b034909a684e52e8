import type { PatronEdited } from '../desk/edit-patron.ts';
import type { ContactAdded, ContactChanged } from '../desk/patron-contacts.ts';
import type { IdentifierAdded, IdentifierChanged } from '../desk/patron-identifiers.ts';
import type { Refusal } from '../desk/perform.ts';
import type { RecordVerified } from '../desk/verify-record.ts';
import { failureResult, local, present } from './results.ts';
import type { PlainResult, Zone } from './results.ts';

/** An answer that stops a step: nothing more of it is done. */
type Stopping = Exclude<
  PatronEdited | ContactAdded | ContactChanged | IdentifierAdded | IdentifierChanged,
  { readonly kind: 'changed' | 'unchanged' | 'added' }
>;

/** Why an edit stops: `outcome: refused` with its `reason`, or a typed error. */
export function stoppedResult(outcome: Stopping | { readonly kind: 'gone' } | Refusal): PlainResult {
  switch (outcome.kind) {
    case 'locked':
      return { outcome: 'refused', reason: 'LOCKED', fields: outcome.fields };
    case 'purge-before-expiry':
      return { outcome: 'refused', reason: 'PURGE_BEFORE_EXPIRY', purge: outcome.purge, expiry: outcome.expiry };
    case 'changed-meanwhile':
      return { outcome: 'refused', reason: 'CHANGED_MEANWHILE', fields: outcome.fields };
    case 'gone':
      return { outcome: 'refused', reason: 'GONE' };
    default:
      return failureResult(outcome);
  }
}

/**
 * What changing the fields of a record leads to: `proposes: {purge, loans}` (USR-04, LOAN-07: barcodes), `recomputed`: those
 * of the loans that have their new `due`, `warnings`.
 */
export function editedFields(
  outcome: Extract<PatronEdited, { kind: 'changed' | 'unchanged' }>,
  network: Zone,
): Record<string, unknown> {
  const { proposes, recomputed } = outcome;
  const { purge, loans } = proposes;
  const warnings = outcome.kind === 'changed' && outcome.warnings.length > 0 ? outcome.warnings : undefined;
  const longer = recomputed.map(({ barcode, due }) => ({ item: barcode, due: local(due, network) }));
  const isProposed = purge !== null || loans.length > 0;
  return present({
    proposes: isProposed ? { ...present({ purge }), loans: loans.map((one) => one.barcode) } : undefined,
    recomputed: longer.length > 0 ? longer : undefined,
    warnings,
  });
}

/** The note *record verified*: `verified: {at, by}`; `already`: it was there before (USR-09). */
export function verifiedFields(
  outcome: Extract<RecordVerified, { kind: 'verified' | 'already' }>,
  network: Zone,
): Record<string, unknown> {
  const { createdAt, createdBy, text } = outcome.note;
  const verified = { at: local(createdAt, network), ...present({ by: createdBy }), note: text };
  return { verified, ...(outcome.kind === 'already' ? { already: true } : {}) };
}
