import { expect } from 'vitest';
import { editPatron, previewExpiry } from '../../source/desk/edit-patron.ts';
import { closeForUpdate, openForUpdate } from '../../source/desk/open-for-update.ts';
import {
  addContact,
  changeContact,
  deleteContact,
  duplicateContact,
  preferContact,
} from '../../source/desk/patron-contacts.ts';
import { patronHistory } from '../../source/desk/patron-history.ts';
import { addIdentifier, changeIdentifier, deleteIdentifier } from '../../source/desk/patron-identifiers.ts';
import { readPatronRecord } from '../../source/desk/patron-record.ts';
import { verifyRecord } from '../../source/desk/verify-record.ts';
import { inWindow, lineOf, NO_DESK, ofPatron, PATRON_EDITORS, PATRON_STAFF } from './permission-lines.ts';
import type { Line } from './permission-lines.ts';
import type { World } from './world.ts';

/** The number of what was added. */
function idOf(answer: { kind: string; id?: number }): number {
  expect(answer).toMatchObject({ kind: 'added' });
  return answer.id ?? 0;
}
const phone = { kind: 'phone', value: '05 61 12 34 56' } as const;
const mobile = { kind: 'phone', value: '06 61 12 34 56' } as const;
const withContact = async (w: World, contact = 0) => {
  const patron = await w.patron();
  const ids = [];
  for (const one of [phone, mobile]) ids.push(idOf(await w.scene.act(addContact, { patron, contact: one })));
  return { contact: ids[contact] ?? 0 };
};
const withIdentifier = async (w: World) => {
  const added = await w.scene.act(addIdentifier, { patron: await w.patron(), type: 'UNR', value: w.fresh('UNR') });
  return { identifier: idOf(added) };
};
const external = async (w: World) => ({ patron: await w.patron({ kind: 'external' }) });
const opened = async (w: World) => {
  const { patron } = await external(w);
  expect(await w.scene.act(openForUpdate, { patron, protectGroup: false })).toMatchObject({ kind: 'open' });
  return { patron };
};

/** Reading and changing the full record (USR-07 to USR-09), as the table of permissions has it. */
export const PATRON_RECORD_LINES: readonly Line[] = [
  lineOf(readPatronRecord, PATRON_STAFF, ofPatron, NO_DESK, 'record'),
  lineOf(patronHistory, PATRON_EDITORS, inWindow, NO_DESK, 'audit'),
  lineOf(
    editPatron,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.patron(), change: { group: 'M' } }),
    NO_DESK,
    'changed',
  ),
  lineOf(
    previewExpiry,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.patron(), expiry: '2027-10-30' }),
    NO_DESK,
    'preview',
  ),
  lineOf(
    openForUpdate,
    PATRON_EDITORS,
    async (w) => ({ ...(await external(w)), protectGroup: false }),
    NO_DESK,
    'open',
  ),
  lineOf(closeForUpdate, PATRON_EDITORS, opened, NO_DESK, 'closed'),
  lineOf(verifyRecord, PATRON_EDITORS, ofPatron, NO_DESK, 'verified'),
  lineOf(addContact, PATRON_EDITORS, async (w) => ({ ...(await ofPatron(w)), contact: phone }), NO_DESK, 'added'),
  lineOf(
    changeContact,
    PATRON_EDITORS,
    async (w) => ({ ...(await withContact(w)), change: { value: '0561123457' } }),
    NO_DESK,
    'changed',
  ),
  lineOf(deleteContact, PATRON_EDITORS, async (w) => withContact(w), NO_DESK, 'deleted'),
  lineOf(
    duplicateContact,
    PATRON_EDITORS,
    async (w) => ({ ...(await withContact(w)), change: { value: '0561123457' } }),
    NO_DESK,
    'added',
  ),
  lineOf(preferContact, PATRON_EDITORS, async (w) => withContact(w, 1), NO_DESK, 'changed'),
  lineOf(
    addIdentifier,
    PATRON_EDITORS,
    async (w) => ({ patron: await w.patron(), type: 'UNR', value: w.fresh('UNR') }),
    NO_DESK,
    'added',
  ),
  lineOf(
    changeIdentifier,
    PATRON_EDITORS,
    async (w) => ({ ...(await withIdentifier(w)), value: w.fresh('UNR') }),
    NO_DESK,
    'changed',
  ),
  lineOf(deleteIdentifier, PATRON_EDITORS, withIdentifier, NO_DESK, 'deleted'),
];
