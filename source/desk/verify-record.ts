import { tidyNote } from '../circulation/notes.ts';
import type { Network } from '../circulation/network.ts';
import { dayOf } from '../circulation/time.ts';
import type { PatronNote } from '../records/patron-notes.ts';
import { recordAbout } from './patron-events.ts';
import { action, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** How the note begins where the network file says nothing (USR-09; manual X.3). */
const VERIFIED = 'Dossier vérifié';

/** How the note *record verified* begins in this network. */
export const verifiedText = ({ verifiedNote }: Pick<Network, 'verifiedNote'>): string =>
  tidyNote(verifiedNote ?? '') || VERIFIED;

/** Whether a note says that the record has been verified: written here, by hand or by the command. */
export const saysVerified = (network: Network, note: Pick<PatronNote, 'text' | 'external'>): boolean =>
  !note.external && note.text.startsWith(verifiedText(network));

/** The note that says so, the first one of several; undefined: nobody has verified the record. */
export async function verifiedIn({ records, network }: Desk, patronId: number): Promise<PatronNote | undefined> {
  return records.patronNotes.firstBeginning(patronId, verifiedText(network));
}

export type RecordVerified =
  | { readonly kind: 'verified'; readonly note: PatronNote }
  /** It has been before: the note says when and by whom. */
  | { readonly kind: 'already'; readonly note: PatronNote }
  | Refusal;

/**
 * Notes that a record has been looked through (USR-09): the note *Dossier vérifié* with the date, of the type circulation,
 * neither a pop-up nor visible to the patron nor the card system's (manual X.3). A record has one such note.
 */
export const verifyRecord = action(
  'verify-record',
  { permission: 'edit-patron-notes' },
  async (desk: Desk, request: { patron: number | string }): Promise<RecordVerified> => {
    const { records, network, now } = desk;
    const patron = await records.patrons.locked(request.patron);
    if (!patron) return { kind: 'unknown', what: 'PATRON', key: String(request.patron) };
    const before = await verifiedIn(desk, patron.id);
    if (before) return { kind: 'already', note: before };
    const [year, month, date] = dayOf(now, network.timeZone).split('-');
    const text = `${verifiedText(network)} ${date}/${month}/${year}`;
    const content = { text, type: 'circulation', popup: false, visible: false } as const;
    const note = await records.patronNotes.add(patron.id, content, { at: now, staffId: staffId(desk) });
    await recordAbout(desk, 'note-added', patron.id, { note, after: content });
    const added = await verifiedIn(desk, patron.id);
    if (!added) throw new Error(`note ${note} has gone while its record was locked`);
    return { kind: 'verified', note: added };
  },
);
