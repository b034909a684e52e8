import { changeItem } from '../../desk/catalogue-items.ts';
import { checkClearance, issueClearance } from '../../desk/clearance.ts';
import { editPatron } from '../../desk/edit-patron.ts';
import { finishRegistration } from '../../desk/finish-registration.ts';
import { closeForUpdate, openForUpdate } from '../../desk/open-for-update.ts';
import { blockPatron, changeBlock, unblockPatron } from '../../desk/patron-blocks.ts';
import { addContact, changeContact, duplicateContact, preferContact } from '../../desk/patron-contacts.ts';
import { addIdentifier, changeIdentifier } from '../../desk/patron-identifiers.ts';
import { addPatronNote, changePatronNote } from '../../desk/patron-notes.ts';
import { reRegister } from '../../desk/re-register.ts';
import { registerPatron } from '../../desk/register-patron.ts';
import { choosePlace } from '../../desk/sign-in.ts';
import { placeName } from '../../desk/perform.ts';
import type { Action } from '../../desk/perform.ts';
import { verifyRecord } from '../../desk/verify-record.ts';
import { clearanceLent, clearanceResult } from '../clearance-results.ts';
import { editedFields, stoppedResult, verifiedFields } from '../edit-patron-results.ts';
import { blockResult, noteResult, unblockResult } from '../note-results.ts';
import { registerResult } from '../register-results.ts';
import { failureResult } from '../results.ts';
import type { PlainResult } from '../results.ts';
import { asSeen, given } from './seen.ts';
import type { Done, On, Seen } from './seen.ts';

function noted({ seen }: On): Done[] {
  const added = asSeen(seen, addPatronNote);
  if (added) {
    const { patron, text, popup, visible } = added.request;
    const how = { popup: popup === true || undefined, public: visible === true || undefined };
    return [{ name: 'note', fields: given({ patron, text, ...how }), result: noteResult(added.outcome) }];
  }
  const changed = asSeen(seen, changePatronNote);
  if (changed?.outcome.kind === 'changed') {
    const { note } = changed.outcome;
    const result = noteResult({ kind: 'added', note });
    return [{ name: 'note', fields: given({ patron: seen.patron, text: note.text }), result }];
  }
  const item = asSeen(seen, changeItem);
  if (!item) return [];
  const { barcode, change } = item.request;
  const { fulfilmentNote, publicNote, internalNote } = change;
  const text = fulfilmentNote ?? publicNote ?? internalNote;
  if (typeof text !== 'string') return [];
  const how = { popup: fulfilmentNote ? true : undefined, public: publicNote ? true : undefined };
  return [{ name: 'note', fields: given({ item: barcode, text, ...how }), result: noteResult(item.outcome) }];
}

function blocked({ stage, seen }: On): Done[] {
  const set = asSeen(seen, blockPatron);
  if (set) {
    const { patron, type, until, note } = set.request;
    return [{ name: 'block', fields: given({ patron, type, until, note }), result: blockResult(set.outcome) }];
  }
  const changed = asSeen(seen, changeBlock);
  if (changed) {
    const { outcome } = changed;
    const known =
      outcome.kind === 'changed'
        ? { type: outcome.block.type, until: outcome.block.until, active: outcome.block.active }
        : {};
    const fields = given({ patron: seen.patron ?? stage.openPatron, ...known });
    return [{ name: 'block', fields, result: blockResult(outcome) }];
  }
  const lifted = asSeen(seen, unblockPatron);
  if (!lifted) return [];
  const { outcome } = lifted;
  const [first] = outcome.kind === 'lifted' ? outcome.blocks : [];
  const fields = given({ patron: seen.patron ?? stage.openPatron, type: first?.type, until: first?.until });
  return [{ name: 'unblock', fields, result: unblockResult(outcome) }];
}

function cleared({ seen }: On): Done[] {
  const both = (patron: number | string, outcome: Parameters<typeof clearanceResult>[0]): Done[] => [
    { name: 'quitus', fields: { patron }, result: clearanceResult(outcome) },
    { name: 'lend', fields: { patron, item: 'quitus' }, result: clearanceLent(outcome) },
  ];
  const issued = asSeen(seen, issueClearance);
  if (issued) return both(issued.request.patron, issued.outcome);
  const checked = asSeen(seen, checkClearance);
  // Looked at first: where something is missing, nothing is asked of the desk.
  if (checked?.outcome.kind !== 'clearance-check' || checked.outcome.obstacles.length === 0) return [];
  const { obstacles, openRequests, previous } = checked.outcome;
  return both(checked.request.patron, { kind: 'not-clear', obstacles, openRequests, previous });
}

const isAny = (despite: unknown): boolean => despite === 'all' || (Array.isArray(despite) && despite.length > 0);

function registered({ seen }: On): Done[] {
  const made = asSeen(seen, registerPatron);
  if (made) {
    const { profile, lastName, firstName, birthDay, identifier, group, campus, expiry, ...more } = made.request;
    const { emails, phones, addresses, noEmail, statistics, despite, category, language } = more;
    const reached = (list: readonly { readonly value: string; readonly type?: string | null }[] | undefined) =>
      list && list.length > 0 ? list.map(({ value, type }) => given({ value, type })) : undefined;
    const contacts = { email: reached(emails), phone: reached(phones), address: reached(addresses) };
    const rest = {
      category,
      language,
      noEmail: noEmail || undefined,
      statistics,
      despite: isAny(despite) || undefined,
    };
    const said = { profile, name: lastName, firstName, birthDate: birthDay, identifier, group, campus, expiry };
    const fields = given({ ...said, ...contacts, ...rest });
    return [{ name: 'register', fields, result: registerResult(made.outcome) }];
  }
  const again = asSeen(seen, reRegister);
  if (again) {
    const { patron, expiry } = again.request;
    return [{ name: 'register', fields: given({ patron, expiry }), result: registerResult(again.outcome) }];
  }
  const finished = asSeen(seen, finishRegistration);
  if (!finished) return [];
  const { patron, profile, identifier, group, campus } = finished.request;
  const fields = given({ patron, profile, identifier, group, campus });
  return [{ name: 'register', fields, result: registerResult(finished.outcome) }];
}

/** Everything that changes one thing of a record that is there. */
const RECORD_CHANGES: readonly string[] = [
  addContact,
  changeContact,
  duplicateContact,
  preferContact,
  addIdentifier,
  changeIdentifier,
  openForUpdate,
  closeForUpdate,
].map((one: Pick<Action<never, unknown>, 'name'>) => one.name);

type ChangeOutcome =
  | Parameters<typeof stoppedResult>[0]
  | { readonly kind: 'added' | 'changed' | 'unchanged' | 'open' | 'closed' };

const CHANGED: ReadonlySet<string> = new Set(['added', 'changed', 'open', 'closed']);
function changeResult(outcome: ChangeOutcome): PlainResult {
  if (CHANGED.has(outcome.kind)) return { outcome: 'changed' };
  if (outcome.kind === 'unchanged') return { outcome: 'unchanged' };
  return stoppedResult(outcome as Parameters<typeof stoppedResult>[0]);
}

/** What of a record was changed, as `edit-patron` says it. */
function changedIn({ what, outcome }: Seen): Record<string, unknown> {
  if (what.name === openForUpdate.name) return { open: true };
  if (what.name === closeForUpdate.name) return { open: false };
  const { contact, identifier } = outcome as {
    contact?: { kind: string; value: string; type: string | null; city: string | null; postalCode: string | null };
    identifier?: { type: string; value: string };
  };
  if (identifier) return { identifiers: [{ type: identifier.type, value: identifier.value }] };
  if (!contact) return {};
  const { kind, value, type, city, postalCode } = contact;
  return { [kind]: [given({ value, type, city, postalCode })] };
}

function edited({ stage, seen }: On): Done[] {
  const verified = asSeen(seen, verifyRecord);
  if (verified) {
    const { outcome, request } = verified;
    const result =
      outcome.kind === 'verified' || outcome.kind === 'already'
        ? { outcome: outcome.kind === 'verified' ? 'changed' : 'unchanged', ...verifiedFields(outcome, stage.network) }
        : failureResult(outcome);
    return [{ name: 'edit-patron', fields: { patron: request.patron, verified: true }, result }];
  }
  const fields = asSeen(seen, editPatron);
  if (fields) {
    const { outcome, request } = fields;
    const { patron, change, recompute } = request;
    const { lastName, birthDay, identifier, ...others } = change;
    const said = given({
      name: lastName,
      birthDate: birthDay,
      id: identifier,
      ...others,
      recompute: recompute || undefined,
    });
    const isDone = outcome.kind === 'changed' || outcome.kind === 'unchanged';
    const result = isDone ? { outcome: outcome.kind, ...editedFields(outcome, stage.network) } : stoppedResult(outcome);
    return [{ name: 'edit-patron', fields: { patron, ...said }, result }];
  }
  if (!RECORD_CHANGES.includes(seen.what.name)) return [];
  const patron = seen.patron ?? stage.openPatron;
  const result = changeResult(seen.outcome as ChangeOutcome);
  return [{ name: 'edit-patron', fields: given({ patron, ...changedIn(seen) }), result }];
}

function seated({ seen }: On): Done[] {
  const one = asSeen(seen, choosePlace);
  if (!one) return [];
  const { outcome, request } = one;
  const place = outcome.kind === 'seated' ? placeName(outcome.place) : request.place;
  const result = outcome.kind === 'seated' ? { desk: place } : failureResult(outcome);
  return [{ name: 'desk', fields: { place }, result }];
}

/** Records, their notes and blocks, clearances, registrations and places, as steps. */
export const doneWithPatrons = (on: On): Done[] =>
  [noted, blocked, cleared, registered, edited, seated].flatMap((one) => one(on));
