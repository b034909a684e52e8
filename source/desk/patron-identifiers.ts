import { LONGEST_IDENTIFIER, tidyName } from '../circulation/registration.ts';
import type { PatronIdentifier } from '../records/patron-identifiers.ts';
import type { PatronGeneral } from '../records/patron-record.ts';
import { recordAbout } from './patron-events.ts';
import { isLocked, unknownPatron } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** Inherited from the card system (USR-08). */
type Locked = { readonly kind: 'locked'; readonly fields: readonly ['identifier'] };
/** It has been deleted meanwhile. */
type Gone = { readonly kind: 'gone' };

export type IdentifierAdded =
  | { readonly kind: 'added'; readonly identifier: PatronIdentifier; readonly id: number }
  | Refusal;
export type IdentifierChanged =
  | { readonly kind: 'changed'; readonly identifier: PatronIdentifier }
  | { readonly kind: 'unchanged'; readonly identifier: PatronIdentifier }
  | Locked
  | Gone
  | Refusal;
export type IdentifierDeleted =
  | { readonly kind: 'deleted' }
  /** The primary one is changed, never deleted. */
  | { readonly kind: 'primary' }
  | Locked
  | Gone
  | Refusal;

type Content = { readonly type: string; readonly value: string };

const LOCKED: Locked = { kind: 'locked', fields: ['identifier'] };

/** What is wrong with an identifier; `own`: the one that it replaces. */
async function problemOf({ records }: Desk, { type, value }: Content, own?: number): Promise<Refusal | undefined> {
  for (const [path, text] of Object.entries({ type, value })) {
    if (text === '') return { kind: 'invalid', path, problem: 'empty' };
    if (text.length > LONGEST_IDENTIFIER)
      return { kind: 'invalid', path, problem: 'too-long', value: String(LONGEST_IDENTIFIER) };
  }
  const holder = await records.patronIdentifiers.holderOf(value);
  return holder === undefined || holder.id === own
    ? undefined
    : { kind: 'invalid', path: 'value', problem: 'taken', value };
}

const tidied = ({ type, value }: Content): Content => ({ type: tidyName(type), value: tidyName(value) });

/** Writes what has become of one identifier (REL-09); null: it was, or is, not there. */
async function recordIdentifier(
  desk: Desk,
  { id, kind }: PatronGeneral,
  before: PatronIdentifier | null,
  after: PatronIdentifier | null,
): Promise<void> {
  const isExternal = before?.external === true || after?.external === true || before?.primary === true;
  if (kind === 'external' && isExternal) await desk.records.patronRecord.forgetDigest(id);
  const listOf = (one: PatronIdentifier | null) => ({ identifiers: one ? [one] : [] });
  await recordAbout(desk, 'patron-changed', id, { before: listOf(before), after: listOf(after) });
}

/** An identifier with its record, which is locked; undefined: it has gone. */
async function hold(
  { records }: Desk,
  id: number,
): Promise<{ readonly general: PatronGeneral; readonly identifier: PatronIdentifier } | undefined> {
  const owner = await records.patronIdentifiers.ownerOf(id);
  const general = owner === undefined ? undefined : await records.patronRecord.locked(owner);
  if (!general) return undefined;
  const all = await records.patronIdentifiers.ofPatron(general.id);
  const identifier = all.find((one) => one.id === id);
  return identifier && { general, identifier };
}

const isLockedOne = (general: PatronGeneral, one: PatronIdentifier): boolean =>
  isLocked(general) && (one.external || one.primary);

/**
 * Adds an identifier, such as the UNR of a new card, to a record (manual IX.4). `external`: the card system keeps it, and may
 * overwrite it — as is right for what stands on its cards. Invalid: `type`; `value` (empty, taken by anybody).
 */
export const addIdentifier = action(
  'add-identifier',
  { permission: 'edit-patrons' },
  async (
    desk: Desk,
    request: { patron: number | string; type: string; value: string; external?: boolean },
  ): Promise<IdentifierAdded> => {
    const { patronRecord, patronIdentifiers } = desk.records;
    const general = await patronRecord.locked(request.patron);
    if (!general) return unknownPatron(request.patron);
    const content = tidied(request);
    const problem = await problemOf(desk, content);
    if (problem) return problem;
    const { external = false } = request;
    const id = await patronIdentifiers.add(general.id, content.type, content.value, external);
    const identifier: PatronIdentifier = { id, ...content, external, primary: false };
    await recordIdentifier(desk, general, null, identifier);
    return { kind: 'added', identifier, id };
  },
);

/** Changes an identifier in place, the primary one too; what is left out stays. Invalid: `type`; `value` (empty, taken). */
export const changeIdentifier = action(
  'change-identifier',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: { identifier: number; type?: string; value?: string }): Promise<IdentifierChanged> => {
    const held = await hold(desk, request.identifier);
    if (!held) return { kind: 'gone' };
    const { general, identifier } = held;
    const { type = identifier.type, value = identifier.value } = request;
    const content = tidied({ type, value });
    const isSame = content.type === identifier.type && content.value === identifier.value;
    if (isSame) return { kind: 'unchanged', identifier };
    if (isLockedOne(general, identifier)) return LOCKED;
    const problem = await problemOf(desk, content, identifier.id);
    if (problem) return problem;
    await desk.records.patronIdentifiers.change(identifier.id, content.type, content.value);
    const after = { ...identifier, ...content };
    await recordIdentifier(desk, general, identifier, after);
    return { kind: 'changed', identifier: after };
  },
);

/** Deletes an identifier: the console has asked before, the audit keeps it. The primary one stays. */
export const deleteIdentifier = action(
  'delete-identifier',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: { identifier: number }): Promise<IdentifierDeleted> => {
    const held = await hold(desk, request.identifier);
    if (!held) return { kind: 'gone' };
    const { general, identifier } = held;
    if (identifier.primary) return { kind: 'primary' };
    if (isLockedOne(general, identifier)) return LOCKED;
    await desk.records.patronIdentifiers.remove(identifier.id);
    await recordIdentifier(desk, general, identifier, null);
    return { kind: 'deleted' };
  },
);
