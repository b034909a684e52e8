import { expect } from 'vitest';
import { addContact } from '../../source/desk/patron-contacts.ts';
import { readAudit } from '../../source/desk/audit.ts';
import { editPatron } from '../../source/desk/edit-patron.ts';
import { blockPatron } from '../../source/desk/patron-blocks.ts';
import { patronHistory, RECORD_KINDS } from '../../source/desk/patron-history.ts';
import { addPatronNote, deletePatronNote } from '../../source/desk/patron-notes.ts';
import { readPatronRecord } from '../../source/desk/patron-record.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import type { PatronPane } from '../../source/desk/patrons.ts';
import { verifyRecord } from '../../source/desk/verify-record.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { network, withLibrary } from '../support/network.ts';

const window = { offset: 0, limit: 20 };

async function paneOf(scene: Scene, patron: number, seat = scene.bib): Promise<PatronPane> {
  const answer = await scene.act(openPatron, { patron }, seat);
  if (answer.kind !== 'opened') throw new Error(answer.kind);
  return answer.pane;
}

onBothDatabases('the full record', (it) => {
  it('USR-07 everything that its tabs show, by number or by any identifier', async ({ scene }) => {
    const patron = await scene.patron({
      id: 'P1',
      birthDay: '2004-03-02',
      campus: 'UPS',
      purge: '2028-01-30',
      identifiers: [
        { type: 'PRIMARY', value: 'P1' },
        { type: 'UNR', value: 'U1' },
      ],
      statistics: [{ code: '0ups' }],
      notes: [{ text: 'one' }, { text: 'two' }],
      blocks: [{ type: 'MANUAL' }],
    });
    await scene.act(addContact, { patron, contact: { kind: 'phone', type: 'mobile', value: '+33 6 12 34 56 78' } });
    const record = {
      id: patron,
      lastName: 'Name P1',
      firstName: 'Ana',
      birthDay: '2004-03-02',
      group: 'L',
      campus: 'UPS',
      language: 'fr',
      category: null,
      kind: 'internal',
      status: 'active',
      expiry: '2027-10-30',
      purge: '2028-01-30',
      openForUpdate: false,
      groupProtected: false,
      createdAt: local('2026-06-01T10:00'),
      importedAt: null,
      deactivatedAt: null,
      deactivatedBecause: null,
      identifier: 'P1',
      locked: [],
      identifiers: [
        {
          id: expect.any(Number) as number,
          type: 'PRIMARY',
          value: 'P1',
          external: false,
          primary: true,
          locked: false,
        },
        { id: expect.any(Number) as number, type: 'UNR', value: 'U1', external: false, primary: false, locked: false },
      ],
      contacts: [
        {
          id: expect.any(Number) as number,
          kind: 'phone',
          type: 'mobile',
          value: '06 12 34 56 78',
          city: null,
          postalCode: null,
          country: null,
          preferred: true,
          external: false,
          locked: false,
        },
      ],
      statistics: [{ code: '0ups', external: false, locked: false }],
      counts: { notes: 2, blocks: 1, letters: 0 },
      verified: null,
    };
    for (const key of [patron, 'p1', ' u1 ']) {
      expect(await scene.act(readPatronRecord, { patron: key })).toEqual({ kind: 'record', record });
    }
    expect(await scene.act(readPatronRecord, { patron: 'U2' })).toEqual({ kind: 'unknown', what: 'PATRON', key: 'U2' });
  });

  it('USR-07 REL-08 its history: what was done to the record, for who may change it; its loans are not in it', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const other = await scene.patron({ id: 'P2' });
    await scene.items({ barcode: 'B1' });
    await scene.lend(patron, 'B1');
    scene.at('2026-06-02T10:00');
    await scene.act(editPatron, { patron, change: { group: 'M' } });
    await scene.act(editPatron, { patron: other, change: { group: 'M' } });
    await scene.act(blockPatron, { patron, type: 'MANUAL' });
    const seat = await scene.staff('admin', 'user-administrator', 'sci');
    const found = await scene.act(patronHistory, { patron: 'P1', window }, seat);
    expect(found).toMatchObject({ kind: 'audit', total: 3, capped: false, personal: true });
    if (found.kind !== 'audit') return;
    expect(found.lines.map((one) => one.kind)).toEqual(['block-set', 'patron-changed', 'patron-added']);
    expect(found.lines[1]).toMatchObject({
      at: local('2026-06-02T10:00'),
      staff: 'bib',
      data: { before: { group: 'L' }, after: { group: 'M' } },
    });
    expect(await scene.act(patronHistory, { patron: 99, window }, seat)).toMatchObject({ what: 'PATRON' });
    const second = await scene.act(patronHistory, { patron, window: { offset: 1, limit: 1 } });
    expect(second).toMatchObject({ total: 3, lines: [{ kind: 'patron-changed' }] });
  });

  it('REL-08 who may not see patrons reads in the audit neither whose record it was nor what stood in it', async ({
    scene,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(editPatron, { patron, change: { lastName: 'MARTINEZ' } });
    const seat = await scene.staff('net', 'network-administrator');
    const found = await scene.act(readAudit, { filters: { kinds: ['patron-changed'] }, window }, seat);
    expect(found).toMatchObject({ personal: false, lines: [{ patron: null, data: {} }] });
    expect(RECORD_KINDS).not.toContain('item-lent');
  });
});

onBothDatabases('verified records', (it) => {
  it('USR-09 REL-09 the note of the manual, by one command: circulation, no pop-up, not visible, ours', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1', kind: 'external' });
    const verified = await scene.act(verifyRecord, { patron: 'P1' });
    const note = {
      text: 'Dossier vérifié 01/06/2026',
      type: 'circulation',
      popup: false,
      visible: false,
      external: false,
      createdAt: local('2026-06-01T10:00'),
      createdBy: 'bib',
    };
    expect(verified).toMatchObject({ kind: 'verified', note });
    const { text, type, popup, visible } = note;
    expect(await eventsIn(database, 'note-added')).toMatchObject([
      { staff: 'bib', patronId: patron, data: { after: { text, type, popup, visible } } },
    ]);
    expect(await scene.act(readPatronRecord, { patron })).toMatchObject({
      record: { verified: { at: note.createdAt, by: 'bib' }, counts: { notes: 1 } },
    });
    expect(await scene.act(verifyRecord, { patron: 99 })).toMatchObject({ what: 'PATRON' });
  });

  it('USR-09 a second time it says since when and by whom; a deleted note counts no more, one by hand does', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(addPatronNote, { patron, text: 'Dossier à vérifier' });
    const first = await scene.act(verifyRecord, { patron });
    if (first.kind !== 'verified') throw new Error(first.kind);
    scene.at('2026-06-03T10:00');
    const seat = await scene.staff('other', 'manager');
    expect(await scene.act(verifyRecord, { patron }, seat)).toEqual({ kind: 'already', note: first.note });
    expect(await eventsIn(database, 'note-added')).toHaveLength(2);
    await scene.act(deletePatronNote, { note: first.note.id });
    await scene.act(addPatronNote, { patron, text: 'Dossier vérifié le 3 juin' }, seat);
    expect(await scene.act(verifyRecord, { patron })).toMatchObject({ kind: 'already', note: { createdBy: 'other' } });
  });

  it('USR-09 the network says how its note begins', async ({ scene }) => {
    await scene.load(network({ verifiedNote: '100 % contrôlé' }));
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(addPatronNote, { patron, text: '100 pour cent contrôlé' });
    expect(await scene.act(verifyRecord, { patron })).toMatchObject({
      kind: 'verified',
      note: { text: '100 % contrôlé 01/06/2026' },
    });
  });

  it('USR-09 PAT-04 at opening, only libraries that check records are told, and only of the card system’s', async ({
    scene,
  }) => {
    await scene.load(withLibrary('buc', { checksRecords: true }));
    const buc = seatAt(scene.bib, 'buc/PRET');
    const patron = await scene.patron({ id: 'P1', kind: 'external' });
    const own = await scene.patron({ id: 'P2' });
    expect((await paneOf(scene, patron, buc)).verified).toBeNull();
    expect(await paneOf(scene, patron)).not.toHaveProperty('verified');
    expect(await paneOf(scene, own, buc)).not.toHaveProperty('verified');
    await scene.act(verifyRecord, { patron });
    for (let at = 0; at < 30; at += 1) await scene.act(addPatronNote, { patron, text: `note ${at}` });
    expect((await paneOf(scene, patron, buc)).verified).toEqual({ at: local('2026-06-01T10:00'), by: 'bib' });
  });
});
