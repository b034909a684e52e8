import { expect } from 'vitest';
import { addItem, changeItem } from '../../source/desk/catalogue-items.ts';
import { addItems } from '../../source/desk/add-items.ts';
import { checkClearance, issueClearance } from '../../source/desk/clearance.ts';
import { importCatalogue } from '../../source/desk/import-catalogue.ts';
import { listLetters, sendAgain } from '../../source/desk/letters.ts';
import { blockPatron, listPatronBlocks, unblockPatron } from '../../source/desk/patron-blocks.ts';
import { listPatronNotes } from '../../source/desk/patron-notes.ts';
import { quickAdd } from '../../source/desk/quick-add.ts';
import { blockCodes, eventsIn, onBothDatabases } from '../support/desk.ts';
import { local, seatAt } from '../support/house.ts';
import { smallNetwork } from '../support/network.ts';
import { worldOf } from '../support/world.ts';

const window = { offset: 0, limit: 10 };
const reasons = (answer: { kind: string } & { readonly obstacles?: readonly { readonly code: string }[] }) =>
  answer.kind === 'not-clear' || answer.kind === 'clearance-check'
    ? (answer.obstacles ?? []).map((one) => one.code)
    : answer.kind;

onBothDatabases('a clearance', (it) => {
  it('QUI-02 is one command: letter, block, note, audit', async ({ scene, database }) => {
    const clearance = { authority: 'La directrice', place: 'Toulouse' };
    await scene.load({ ...smallNetwork, name: 'Réseau', clearance });
    const patron = await scene.patron({
      id: '2999',
      lastName: 'Martin',
      birthDay: '1999-02-09',
      email: 'ana@example.org',
    });
    const issued = await scene.act(issueClearance, { patron, at: 'desk' });
    const facts = {
      number: 1,
      patron: { lastName: 'Martin', firstName: 'Ana', identifier: '2999', birthDay: '1999-02-09' },
      issuedAt: scene.now(),
      day: '2026-06-01',
      authority: 'La directrice',
      place: 'Toulouse',
      network: 'Réseau',
    };
    expect(issued).toEqual({
      kind: 'issued',
      clearance: 1,
      letter: expect.any(Number),
      address: 'ana@example.org',
      block: expect.any(Number),
      facts,
      language: 'fr',
      openRequests: 0,
    });
    expect(await scene.act(listPatronBlocks, { patron, window })).toMatchObject({
      lines: [{ type: 'QUITUS', until: null, note: 'sci 01/06/2026', library: 'sci', inForce: true }],
    });
    expect(await scene.act(listPatronNotes, { patron, window })).toMatchObject({
      lines: [{ text: 'QUITUS sci 01/06/2026 : ana@example.org', popup: false, visible: false }],
    });
    expect(await scene.act(listLetters, { patron, window })).toMatchObject({
      total: 1,
      lines: [{ kind: 'quitus', address: 'ana@example.org', state: 'queued', language: 'fr' }],
    });
    const [row] = await database.sql('select patron_id, at, library, letter_id, block_id from clearances');
    expect(row).toMatchObject({ patron_id: patron, at: 'desk', library: 'sci' });
    expect(row).not.toMatchObject({ letter_id: null });
    expect(await eventsIn(database, 'clearance-issued')).toMatchObject([
      {
        staff: 'bib',
        desk: 'sci/PRET',
        patronId: patron,
        data: { clearance: 1, at: 'desk', address: 'ana@example.org' },
      },
    ]);
    for (const kind of ['block-set', 'note-added'] as const)
      expect(await eventsIn(database, kind)).toMatchObject([{ patronId: patron }]);
  });

  it('QUI-02 goes to an address that is chosen or new, or on paper only; the record keeps its own', async ({
    scene,
    database,
  }) => {
    const ana = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    expect(
      await scene.act(issueClearance, { patron: ana, at: 'desk', email: 'new@example.org', note: 'thesis\n2026' }),
    ).toMatchObject({ address: 'new@example.org' });
    expect(await scene.act(listPatronNotes, { patron: ana, window })).toMatchObject({
      lines: [{ text: 'QUITUS sci 01/06/2026 : new@example.org · thesis 2026' }],
    });
    const luc = await scene.patron({ id: 'P2', email: 'luc@example.org' });
    expect(await scene.act(issueClearance, { patron: luc, at: 'desk', email: null })).toMatchObject({ address: null });
    expect(await scene.act(listPatronNotes, { patron: luc, window })).toMatchObject({
      lines: [{ text: 'QUITUS sci 01/06/2026' }],
    });
    const eva = await scene.patron({ id: 'P3' });
    for (const [email, note, path] of [
      ['nonsense', '', 'email'],
      ['', '', 'email'],
      [null, 'x'.repeat(251), 'note'],
    ] as const)
      expect(await scene.act(issueClearance, { patron: eva, at: 'desk', email, note })).toMatchObject({
        kind: 'invalid',
        path,
      });
    expect(await scene.act(issueClearance, { patron: eva, at: 'desk' })).toMatchObject({ address: null });
    const values = await database.sql<{ value: string }>('select value from patron_contacts order by value');
    expect(values.map((one) => one.value)).toEqual(['ana@example.org', 'luc@example.org']);
  });

  it('QUI-01 is refused with everything that is missing, and nothing is done', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-23T10:00');
    await scene.act(blockPatron, { patron, type: 'MANUAL', note: 'lost card' });
    const missing = ['OPEN_LOANS', 'LATE_LOANS', 'BLOCKED'];
    const check = await scene.act(checkClearance, { patron: 'P1' });
    expect(reasons(check)).toEqual(missing);
    expect(check).toMatchObject({
      patron: { id: patron },
      obstacles: [
        { count: 1, loans: [{ barcode: 'B1', title: 'Title B1', library: 'sci', due: local('2026-06-22T19:00') }] },
        { count: 1, loans: [{ barcode: 'B1', daysLate: 1 }] },
        { blocks: [{ type: 'MANUAL', note: 'lost card' }] },
      ],
      previous: null,
    });
    expect(reasons(await scene.act(issueClearance, { patron, at: 'desk' }))).toEqual(missing);
    expect(reasons(await scene.act(issueClearance, { patron, at: 'kiosk' }))).toEqual(missing);
    for (const table of ['clearances', 'letters', 'patron_notes'])
      expect(await database.sql(`select id from ${table}`)).toEqual([]);
    expect(await eventsIn(database, 'clearance-issued')).toEqual([]);
  });

  it('QUI-01 is not hindered by a late return that still blocks, nor by a request', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' }, { barcode: 'B2' });
    await scene.lend('P1', 'B1');
    scene.at('2026-06-30T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({ blockedUntil: '2026-07-05' });
    await requests.place({ patron, barcode: 'B2' });
    expect(await scene.act(checkClearance, { patron })).toMatchObject({ obstacles: [], openRequests: 1 });
    expect(await scene.act(issueClearance, { patron, at: 'desk' })).toMatchObject({ kind: 'issued', openRequests: 1 });
  });

  it('QUI-02 is given once: the letter there is can be sent again', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1', email: 'ana@example.org' });
    const first = await scene.act(issueClearance, { patron, at: 'desk' });
    const letter = first.kind === 'issued' ? first.letter : 0;
    scene.at('2026-06-02T10:00');
    for (const at of ['desk', 'kiosk'] as const) {
      const second = await scene.act(issueClearance, { patron, at });
      expect(reasons(second)).toEqual(['ALREADY_ISSUED']);
      expect(second).toMatchObject({
        previous: { clearance: 1, letter, at: 'desk', issuedAt: local('2026-06-01T10:00'), address: 'ana@example.org' },
      });
    }
    expect(await scene.act(sendAgain, { letter, email: 'new@example.org' })).toMatchObject({ kind: 'queued' });
    expect(await database.sql('select id from clearances')).toHaveLength(1);
    // Re-registered elsewhere: the block is removed by hand (QUI-04), and years later there is a second one.
    await scene.act(unblockPatron, { patron, type: 'QUITUS' });
    expect(await scene.act(issueClearance, { patron, at: 'desk' })).toMatchObject({ kind: 'issued', clearance: 2 });
  });

  it('REL-02 of two desks at one moment gives one', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    const both = await Promise.all([1, 2].map(async () => scene.act(issueClearance, { patron, at: 'desk' })));
    expect(both.map((one) => one.kind).toSorted()).toEqual(['issued', 'not-clear']);
    for (const table of ['clearances', 'letters', 'patron_blocks'])
      expect(await database.sql(`select id from ${table}`)).toHaveLength(1);
  });

  it('QUI-02 BLK-02 ends all loans: nobody overrides it', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.items({ barcode: 'B1' });
    await scene.act(issueClearance, { patron, at: 'desk' });
    const manager = await scene.staff('boss', 'manager');
    for (const seat of [scene.bib, manager]) {
      const refused = await scene.lend('P1', 'B1', { override: { codes: 'all' } }, seat);
      expect(blockCodes(refused)).toEqual(['PATRON_BLOCK_QUITUS']);
      expect(refused).toMatchObject({ mayOverride: false });
    }
  });

  it('QUI-03 at a kiosk makes the record inactive instead of blocking it', async ({ scene, database }) => {
    const patron = await scene.patron({ id: '21400000', kind: 'external', email: 'ana@example.org' });
    await database.sql("update patrons set card_digest = 'as it was'");
    await scene.items({ barcode: 'B1' });
    const issued = await scene.act(issueClearance, { patron: '21400000', at: 'kiosk' }, { ...scene.bib, place: null });
    expect(issued).toMatchObject({ kind: 'issued', address: 'ana@example.org', block: null });
    const columns = 'status, deactivated_at, deactivated_because, card_digest';
    const [record] = await database.sql(`select ${columns} from patrons`);
    // What the card system said last stays known: the same line of tomorrow's file does not undo it (QUI-04).
    expect({ ...record, deactivated_at: Number(record?.['deactivated_at']) }).toEqual({
      status: 'inactive',
      deactivated_at: scene.now(),
      deactivated_because: 'kiosk-quitus',
      card_digest: 'as it was',
    });
    expect(await scene.act(listPatronNotes, { patron, window })).toMatchObject({
      lines: [{ text: 'QUITUS 01/06/2026 : ana@example.org' }],
    });
    expect(await scene.act(listPatronBlocks, { patron, window })).toMatchObject({ total: 0 });
    expect(await eventsIn(database, 'patron-changed')).toMatchObject([
      { data: { before: { status: 'active' }, after: { status: 'inactive', deactivatedBecause: 'kiosk-quitus' } } },
    ]);
    expect(await eventsIn(database, 'clearance-issued')).toMatchObject([{ data: { at: 'kiosk' } }]);
    expect(blockCodes(await scene.lend(patron, 'B1'))).toEqual(['PATRON_INACTIVE']);
    expect(await scene.act(issueClearance, { patron, at: 'kiosk' })).toMatchObject({
      kind: 'not-clear',
      obstacles: [{ code: 'ALREADY_ISSUED', deactivated: true }],
      previous: { at: 'kiosk' },
    });
  });

  it('USR-03 proposes no placeholder', async ({ scene }) => {
    await scene.load({ ...smallNetwork, placeholderEmail: 'missing@example.org' });
    const patron = await scene.patron({ id: 'P1', email: 'missing@example.org' });
    expect(await scene.act(checkClearance, { patron })).toMatchObject({ address: null, addresses: [] });
    expect(await scene.act(issueClearance, { patron, at: 'desk', email: 'missing@example.org' })).toMatchObject({
      kind: 'invalid',
      path: 'email',
      problem: 'placeholder',
    });
    expect(await scene.act(issueClearance, { patron, at: 'kiosk' })).toMatchObject({ kind: 'issued', address: null });
  });

  it('DESK-01 QUI-02 is given at a desk, whose library signs the block', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    for (const seat of [{ ...scene.bib, place: null }, seatAt(scene.bib, 'sci/ACQ', 'department')]) {
      expect(await scene.act(issueClearance, { patron, at: 'desk' }, seat)).toMatchObject({
        kind: 'not-permitted',
        needs: 'desk',
      });
    }
    await scene.act(issueClearance, { patron, at: 'desk' }, seatAt(scene.bib, 'buc/PRET'));
    expect(await scene.act(listPatronBlocks, { patron, window })).toMatchObject({
      lines: [{ note: 'buc 01/06/2026' }],
    });
    expect(await scene.act(issueClearance, { patron: 'P9', at: 'desk' })).toMatchObject({ kind: 'unknown' });
    expect(await scene.act(checkClearance, { patron: 'P9' })).toMatchObject({ kind: 'unknown' });
  });
});

onBothDatabases('the barcode quitus', (it) => {
  it('QUI-02 asks for a clearance when it is lent, and lends nothing', async ({ scene, database }) => {
    const patron = await scene.patron({ id: 'P1' });
    for (const barcode of ['quitus', 'QUITUS', ' Quitus '])
      expect(await scene.lend('P1', barcode)).toEqual({ kind: 'clearance-asked', patronId: patron });
    expect(blockCodes(await scene.lend('P9', 'quitus'))).toContain('PATRON_UNKNOWN');
    for (const table of ['loans', 'clearances']) expect(await database.sql(`select id from ${table}`)).toEqual([]);
  });

  it('QUI-02 is no item, however one comes into the catalogue', async ({ scene, database }) => {
    const world = worldOf(scene);
    const holding = await world.holding();
    const taken = { kind: 'invalid', problem: 'taken' };
    const book = { title: 'A book', library: 'sci', location: 'sci/63S', material: 'BOOK' };
    expect(await scene.act(addItems, { items: [{ ...book, barcode: 'Quitus' }] })).toMatchObject(taken);
    expect(await scene.act(addItem, { holding, barcode: 'quitus', material: 'BOOK' })).toMatchObject(taken);
    const barcode = await world.item();
    expect(await scene.act(changeItem, { barcode, change: { barcode: 'QUITUS' } })).toMatchObject(taken);
    expect(
      await scene.act(quickAdd, { barcode: 'quitus', title: 'A book', holding: 'new', patron: await world.patron() }),
    ).toMatchObject(taken);
    const cataloguer = await scene.staff('cat', 'cataloguer');
    const fields = {
      author: null,
      isbn: null,
      publisher: null,
      subjects: null,
      year: null,
      resourceType: 'BOOK' as const,
    };
    const none = { policy: null, description: null, callNumber: null, internalNote: null, publicNote: null };
    const item = {
      ...none,
      barcode: 'quitus',
      library: 'sci',
      location: 'sci/63S',
      material: 'BOOK',
      fulfilmentNote: null,
    };
    const title = { ...fields, controlKey: 'marc21::1', title: 'A book' };
    const record = { number: 1, attach: false, title, items: [item], holdings: [] };
    expect(await scene.act(importCatalogue, { run: 'r', file: 'f.mrc', records: [record] }, cataloguer)).toMatchObject({
      outcomes: [{ items: ['rejected'], problems: [{ problem: 'clearance-barcode', barcode: 'quitus' }] }],
    });
    expect(await database.sql("select id from items where barcode_key = 'QUITUS'")).toEqual([]);
  });
});
