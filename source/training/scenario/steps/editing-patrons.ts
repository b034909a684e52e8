import { tidyPhone } from '../../../circulation/contacts.ts';
import type { ContactKind } from '../../../circulation/contacts.ts';
import { editPatron } from '../../../desk/edit-patron.ts';
import type { PatronChange } from '../../../desk/edit-patron.ts';
import { closeForUpdate, openForUpdate } from '../../../desk/open-for-update.ts';
import { addContact, changeContact, duplicateContact, preferContact } from '../../../desk/patron-contacts.ts';
import { addIdentifier } from '../../../desk/patron-identifiers.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import type { PatronRecord, RecordContact } from '../../../desk/patron-record.ts';
import { verifyRecord } from '../../../desk/verify-record.ts';
import { editedFields, stoppedResult, verifiedFields } from '../../edit-patron-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { EditPatronFields } from '../edit-patron-format.ts';
import type { Stage } from '../stage.ts';

/** What a part of the step has done: what it says, whether it has changed anything; or why it stops the step. */
type Part = { readonly said: Record<string, unknown>; readonly changed: boolean } | { readonly stop: PlainResult };

const NOTHING: Part = { said: {}, changed: false };
const CHANGED: Part = { said: {}, changed: true };

function changeIn(fields: EditPatronFields): PatronChange {
  const { name, firstName, birthDate, group, campus, language, category, expiry, purge, status, id, statistics } =
    fields;
  const all = { lastName: name, firstName, birthDay: birthDate, group, campus, language, category };
  const given = Object.entries({ ...all, expiry, purge, status, identifier: id, statistics });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as PatronChange;
}

async function editFields(stage: Stage, patron: number, fields: EditPatronFields): Promise<Part> {
  const change = changeIn(fields);
  const { recompute = false } = fields;
  if (Object.keys(change).length === 0 && !recompute) return NOTHING;
  const outcome = await stage.act(editPatron, { patron, change, recompute });
  if (outcome.kind !== 'changed' && outcome.kind !== 'unchanged') return { stop: stoppedResult(outcome) };
  return { said: editedFields(outcome, stage.network), changed: outcome.kind === 'changed' };
}

type Given = NonNullable<EditPatronFields['address']>[number];

/** How two contacts of a kind are the same. */
function keyOf(kind: ContactKind, value: string): string {
  if (kind === 'phone') return tidyPhone(value) ?? value;
  return value.trim().toLowerCase();
}

/**
 * Says one contact: one that the record has is preferred; one that takes the place of the preferred one changes it, or is
 * its copy where that is locked (X.2.2.3); one of another type, or of several, is added (X.2.2.4).
 */
async function sayContact(
  stage: Stage,
  record: PatronRecord,
  kind: ContactKind,
  given: Given,
  several: boolean,
): Promise<Part> {
  const { preferred = !several, ...content } = given;
  const alike = record.contacts.filter((one) => one.kind === kind);
  const same = alike.find((one) => keyOf(kind, one.value) === keyOf(kind, given.value));
  const isOfType = (one: RecordContact) => given.type === undefined || one.type === null || one.type === given.type;
  const before = several || !preferred ? undefined : alike.find((one) => one.preferred && isOfType(one));
  const answer = async () => {
    if (same && preferred && Object.keys(content).length === 1) return stage.act(preferContact, { contact: same.id });
    const target = same ?? before;
    if (!target) return stage.act(addContact, { patron: record.id, contact: { kind, ...content, preferred } });
    // The placeholder's type goes with it.
    const type = target.type === 'alternative' ? { type: null } : {};
    const change = { ...type, ...content };
    if (target.locked) return stage.act(duplicateContact, { contact: target.id, change, preferred });
    return stage.act(changeContact, { contact: target.id, change: { ...change, preferred } });
  };
  const outcome = await answer();
  if (outcome.kind === 'added' || outcome.kind === 'changed') return CHANGED;
  return outcome.kind === 'unchanged' ? NOTHING : { stop: stoppedResult(outcome) };
}

async function sayIdentifiers(
  stage: Stage,
  record: PatronRecord,
  { identifiers = [] }: EditPatronFields,
): Promise<Part> {
  let part = NOTHING;
  for (const one of identifiers) {
    const isThere = record.identifiers.some((other) => other.value.toUpperCase() === one.value.toUpperCase());
    if (isThere) continue;
    const outcome = await stage.act(addIdentifier, { patron: record.id, ...one });
    if (outcome.kind !== 'added') return { stop: stoppedResult(outcome) };
    part = CHANGED;
  }
  return part;
}

async function sayContacts(stage: Stage, patron: number, fields: EditPatronFields): Promise<Part> {
  let part = NOTHING;
  for (const kind of ['email', 'phone', 'address'] as const) {
    const list: readonly Given[] = fields[kind] ?? [];
    for (const given of list) {
      const read = await stage.act(readPatronRecord, { patron });
      if (read.kind !== 'record') return { stop: failureResult(read) };
      const done = await sayContact(stage, read.record, kind, given, list.length > 1);
      if ('stop' in done) return done;
      if (done.changed) part = CHANGED;
    }
  }
  return part;
}

/** Opens the record for update before all else, or closes it after (USR-08). */
async function setOpen(stage: Stage, patron: number, fields: EditPatronFields, wanted: boolean): Promise<Part> {
  const { open = fields.openForUpdate, protectGroup } = fields;
  const isAsked = wanted ? open === true || (open === undefined && protectGroup !== undefined) : open === false;
  if (!isAsked) return NOTHING;
  const outcome = wanted
    ? await stage.act(openForUpdate, { patron, protectGroup: protectGroup ?? false })
    : await stage.act(closeForUpdate, { patron, ...(protectGroup === undefined ? {} : { protectGroup }) });
  if (outcome.kind === 'internal') return { stop: { outcome: 'refused', reason: 'INTERNAL' } };
  return outcome.kind === 'open' || outcome.kind === 'closed' ? CHANGED : { stop: failureResult(outcome) };
}

async function verify(stage: Stage, patron: number, { verified }: EditPatronFields): Promise<Part> {
  if (verified !== true) return NOTHING;
  const outcome = await stage.act(verifyRecord, { patron });
  if (outcome.kind !== 'verified' && outcome.kind !== 'already') return { stop: failureResult(outcome) };
  return { said: verifiedFields(outcome, stage.network), changed: outcome.kind === 'verified' };
}

/**
 * `edit-patron`: opens the record if that is asked, changes its fields, contacts and identifiers, notes that it has been
 * verified, closes it again. The first part that is refused ends the step; what came before it stands.
 */
export async function editPatronStep(stage: Stage, fields: EditPatronFields): Promise<PlainResult> {
  const read = await stage.act(readPatronRecord, { patron: fields.patron });
  if (read.kind !== 'record') return failureResult(read);
  const { record } = read;
  const { id } = record;
  const parts = [
    async () => setOpen(stage, id, fields, true),
    async () => editFields(stage, id, fields),
    async () => sayContacts(stage, id, fields),
    async () => sayIdentifiers(stage, record, fields),
    async () => verify(stage, id, fields),
    async () => setOpen(stage, id, fields, false),
  ];
  const said: Record<string, unknown> = {};
  let changed = false;
  for (const part of parts) {
    const done = await part();
    if ('stop' in done) return { ...said, ...done.stop };
    Object.assign(said, done.said);
    changed ||= done.changed;
  }
  return { outcome: changed ? 'changed' : 'unchanged', ...said };
}
