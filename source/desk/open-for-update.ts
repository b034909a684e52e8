import { recordAbout } from './patron-events.ts';
import { recordNumbered, unknownPatron } from './patron-record.ts';
import type { PatronRecord } from './patron-record.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

type Opened<Kind extends string> =
  | { readonly kind: Kind; readonly record: PatronRecord }
  /** A record of our own has nothing that is locked. */
  | { readonly kind: 'internal' }
  | Refusal;

async function setOpen<Kind extends string>(
  desk: Desk,
  patron: number | string,
  open: boolean,
  protectGroup: boolean | undefined,
  kind: Kind,
): Promise<Opened<Kind>> {
  const { patronRecord } = desk.records;
  const general = await patronRecord.locked(patron);
  if (!general) return unknownPatron(patron);
  if (general.kind === 'internal') return { kind: 'internal' };
  const { groupProtected = general.groupProtected } =
    protectGroup === undefined ? {} : { groupProtected: protectGroup };
  if (general.openForUpdate !== open || general.groupProtected !== groupProtected) {
    await patronRecord.change(general, { openForUpdate: open, groupProtected });
    await recordAbout(desk, 'patron-opened', general.id, { open, protectGroup: groupProtected });
  }
  return { kind, record: await recordNumbered(desk, general.id) };
}

/**
 * Opens an external record for update (USR-08; manual X.2.2.5): every field may be changed by hand until it is closed again.
 * `protectGroup`: the next import leaves the group alone.
 */
export const openForUpdate = action(
  'open-for-update',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: { patron: number | string; protectGroup: boolean }): Promise<Opened<'open'>> =>
    setOpen(desk, request.patron, true, request.protectGroup, 'open'),
);

/** Locks again what a record has inherited (USR-08). The group stays protected, unless the request says otherwise. */
export const closeForUpdate = action(
  'close-for-update',
  { permission: 'edit-patrons' },
  async (desk: Desk, request: { patron: number | string; protectGroup?: boolean }): Promise<Opened<'closed'>> =>
    setOpen(desk, request.patron, false, request.protectGroup, 'closed'),
);
