import { expect } from 'vitest';
import { openForUpdate } from '../../source/desk/open-for-update.ts';
import {
  addContact,
  changeContact,
  deleteContact,
  duplicateContact,
  preferContact,
} from '../../source/desk/patron-contacts.ts';
import { addIdentifier, changeIdentifier, deleteIdentifier } from '../../source/desk/patron-identifiers.ts';
import { readPatronRecord } from '../../source/desk/patron-record.ts';
import type { RecordContact } from '../../source/desk/patron-record.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import type { TestDatabase } from '../support/databases.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import type { Scene, TestPatron } from '../support/house.ts';
import { network } from '../support/network.ts';

const NOWHERE = { city: null, postalCode: null, country: null };
const PLACEHOLDER = 'adresse.manquante@example.org';

/** Somebody of the card system with an e-mail address, and their address as it says it (manual X.2.2.3). */
const CARD_RECORD: TestPatron = {
  id: 'ut1.ana.martin',
  kind: 'external',
  contacts: [
    { kind: 'email', type: 'school', value: 'ana.martin@ut1.example.org', ...NOWHERE, preferred: true, external: true },
    {
      kind: 'address',
      type: 'home',
      value: '21 rue Ozenne',
      city: 'Toulouse',
      postalCode: '31000',
      country: null,
      preferred: true,
      external: true,
    },
  ],
};

async function contactsOf(scene: Scene, patron: number): Promise<readonly RecordContact[]> {
  const answer = await scene.act(readPatronRecord, { patron });
  if (answer.kind !== 'record') throw new Error(JSON.stringify(answer));
  return answer.record.contacts;
}

/** What there is of a kind, the preferred one first: its value, and whose it is. */
async function valuesOf(scene: Scene, patron: number, kind: string): Promise<string[]> {
  const contacts = (await contactsOf(scene, patron)).filter((one) => one.kind === kind);
  return contacts.map((one) => `${one.value}${one.external ? ' (card)' : ''}${one.preferred ? ' *' : ''}`);
}

/** The number of the contact with that value. */
async function numberOf(scene: Scene, patron: number, value: string): Promise<number> {
  const found = (await contactsOf(scene, patron)).find((one) => one.value === value);
  if (!found) throw new Error(`no contact ${value}`);
  return found.id;
}

const preferredEmail = async (database: TestDatabase, patron: number): Promise<string | null> =>
  database.records.read(async (records) => records.patrons.preferredEmail(patron));

async function digestOf(database: TestDatabase, patron: number): Promise<unknown> {
  return (await database.sql(`select card_digest as digest from patrons where id = ${patron}`))[0];
}
const imported = async (database: TestDatabase, patron: number) =>
  database.sql(`update patrons set card_digest = 'as-imported' where id = ${patron}`);

onBothDatabases('contacts of a record', (it) => {
  it('USR-07 REL-09 the first of a kind is preferred, another one when that is said; the audit has the whole contact', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const add = async (value: string, more = {}) =>
      scene.act(addContact, { patron, contact: { kind: 'phone', type: 'home', value, ...more } });
    const first = {
      kind: 'phone',
      type: 'home',
      value: '05 61 12 34 56',
      ...NOWHERE,
      preferred: true,
      external: false,
    };
    expect(await add('05.61.12.34.56')).toMatchObject({ kind: 'added', contact: first });
    expect(await add('0561123457')).toMatchObject({ contact: { preferred: false } });
    expect(await add('0561123458', { preferred: true })).toMatchObject({ contact: { preferred: true } });
    expect(await valuesOf(scene, patron, 'phone')).toEqual(['05 61 12 34 58 *', '05 61 12 34 56', '05 61 12 34 57']);
    const events = await eventsIn(database, 'patron-changed');
    expect(events).toHaveLength(3);
    expect(events[2]).toMatchObject({
      staff: 'bib',
      patronId: patron,
      data: { before: { contacts: [] }, after: { contacts: [first] } },
    });
    expect(events[0]?.data).toMatchObject({
      before: { contacts: [{ value: '05 61 12 34 56', preferred: true }] },
      after: {
        contacts: [
          { value: '05 61 12 34 58', preferred: true },
          { value: '05 61 12 34 56', preferred: false },
        ],
      },
    });
  });

  it('USR-07 what cannot be is refused by its field; the same contact twice is taken', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const contact = { kind: 'email', type: 'work', value: 'ana@example.org' } as const;
    expect(await scene.act(addContact, { patron, contact: { ...contact, value: 'ana' } })).toEqual({
      kind: 'invalid',
      path: 'value',
      problem: 'not-an-email',
      value: 'ana',
    });
    expect(await scene.act(addContact, { patron, contact })).toMatchObject({ kind: 'added' });
    expect(await scene.act(addContact, { patron, contact })).toMatchObject({ path: 'value', problem: 'taken' });
    expect(await scene.act(addContact, { patron: 99, contact })).toMatchObject({ what: 'PATRON' });
    expect(await valuesOf(scene, patron, 'email')).toEqual(['ana@example.org *']);
  });

  it('USR-02 USR-08 the address at 21 rue Ozenne is locked; its copy of our own says 31, and is preferred', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron(CARD_RECORD);
    await imported(database, patron);
    const contact = await numberOf(scene, patron, '21 rue Ozenne');
    const locked = { kind: 'locked', fields: ['contact'] };
    expect(await scene.act(changeContact, { contact, change: { value: '31, rue Ozenne' } })).toEqual(locked);
    expect(await scene.act(deleteContact, { contact })).toEqual(locked);
    const copied = await scene.act(duplicateContact, { contact, change: { value: '31, rue Ozenne' } });
    expect(copied).toMatchObject({
      kind: 'added',
      contact: {
        kind: 'address',
        type: 'home',
        value: '31, rue Ozenne',
        city: 'Toulouse',
        postalCode: '31000',
        preferred: true,
        external: false,
      },
    });
    expect(await valuesOf(scene, patron, 'address')).toEqual(['31, rue Ozenne *', '21 rue Ozenne (card)']);
    // Nothing of the card system's has changed: its next import finds nothing to do.
    expect(await digestOf(database, patron)).toEqual({ digest: 'as-imported' });
  });

  it('USR-08 open for update, the card system’s contact itself is changed, and its next import writes again', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron(CARD_RECORD);
    await imported(database, patron);
    const contact = await numberOf(scene, patron, '21 rue Ozenne');
    await scene.act(openForUpdate, { patron, protectGroup: false });
    expect(await digestOf(database, patron)).toEqual({ digest: 'as-imported' });
    const changed = await scene.act(changeContact, { contact, change: { value: '31, rue Ozenne' } });
    expect(changed).toMatchObject({
      kind: 'changed',
      contact: { value: '31, rue Ozenne', city: 'Toulouse', external: true },
    });
    expect(await digestOf(database, patron)).toEqual({ digest: null });
    expect(await scene.act(deleteContact, { contact })).toEqual({ kind: 'deleted', preferred: null });
  });

  it('USR-08 QUI-02 which one is preferred may be changed without opening the record', async ({ scene, database }) => {
    const patron = await scene.patron(CARD_RECORD);
    await imported(database, patron);
    await scene.act(addContact, { patron, contact: { kind: 'email', value: 'ana@example.com', preferred: true } });
    expect(await preferredEmail(database, patron)).toBe('ana@example.com');
    const contact = await numberOf(scene, patron, 'ana.martin@ut1.example.org');
    expect(await scene.act(preferContact, { contact })).toMatchObject({
      kind: 'changed',
      contact: { preferred: true },
    });
    expect(await scene.act(preferContact, { contact })).toMatchObject({ kind: 'unchanged' });
    expect(await preferredEmail(database, patron)).toBe('ana.martin@ut1.example.org');
    expect(await digestOf(database, patron)).toEqual({ digest: 'as-imported' });
  });

  it('USR-07 changing in place: what is left out stays; the same again changes nothing; another desk was faster', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    const address = {
      kind: 'address',
      type: 'home',
      value: '21 rue Ozenne',
      postalCode: '31000',
      city: 'Toulouse',
    } as const;
    const added = await scene.act(addContact, { patron, contact: address });
    if (added.kind !== 'added') throw new Error(added.kind);
    const contact = added.id;
    const change = { value: '31, rue Ozenne' };
    expect(await scene.act(changeContact, { contact, change })).toMatchObject({ contact: { ...address, ...change } });
    expect(await scene.act(changeContact, { contact, change })).toMatchObject({ kind: 'unchanged' });
    expect(await eventsIn(database, 'patron-changed')).toHaveLength(2);
    const late = { contact, change: { value: '33, rue Ozenne' }, seen: { value: '21 rue Ozenne' } };
    expect(await scene.act(changeContact, late)).toMatchObject({ kind: 'changed-meanwhile', fields: ['value'] });
    expect(await scene.act(changeContact, { contact, change: { postalCode: '31' } })).toMatchObject({
      path: 'postalCode',
      problem: 'not-a-postal-code',
    });
  });

  it('USR-07 of each kind exactly one is preferred, whatever is deleted', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    for (const value of ['a@example.org', 'b@example.org', 'c@example.org']) {
      await scene.act(addContact, { patron, contact: { kind: 'email', value, preferred: true } });
    }
    await scene.act(addContact, { patron, contact: { kind: 'phone', value: '0561123456' } });
    expect(await valuesOf(scene, patron, 'email')).toEqual(['c@example.org *', 'a@example.org', 'b@example.org']);
    const contact = await numberOf(scene, patron, 'c@example.org');
    expect(await scene.act(changeContact, { contact, change: { preferred: false } })).toMatchObject({
      kind: 'unchanged',
    });
    expect(await scene.act(deleteContact, { contact })).toMatchObject({ preferred: { value: 'a@example.org' } });
    expect(await valuesOf(scene, patron, 'email')).toEqual(['a@example.org *', 'b@example.org']);
    expect(await valuesOf(scene, patron, 'phone')).toEqual(['05 61 12 34 56 *']);
    expect(await scene.act(deleteContact, { contact })).toEqual({ kind: 'gone' });
    expect(await scene.act(preferContact, { contact })).toEqual({ kind: 'gone' });
    const change = { value: 'd@example.org' };
    expect(await scene.act(changeContact, { contact, change })).toEqual({ kind: 'gone' });
    expect(await scene.act(duplicateContact, { contact, change })).toEqual({ kind: 'gone' });
  });

  it('USR-03 the placeholder is never written to, and makes room for the first real address', async ({
    scene,
    database,
  }) => {
    await scene.load(network({ placeholderEmail: PLACEHOLDER }));
    const patron = await scene.patron({ id: 'P1' });
    await scene.act(addContact, { patron, contact: { kind: 'email', value: PLACEHOLDER } });
    expect(await valuesOf(scene, patron, 'email')).toEqual([`${PLACEHOLDER} *`]);
    expect(await preferredEmail(database, patron)).toBeNull();
    const asWork = { kind: 'email', type: 'work', value: PLACEHOLDER } as const;
    expect(await scene.act(addContact, { patron, contact: asWork })).toMatchObject({
      path: 'type',
      problem: 'placeholder',
    });
    await scene.act(addContact, { patron, contact: { kind: 'email', value: 'ana@example.org' } });
    expect(await preferredEmail(database, patron)).toBe('ana@example.org');
  });
});

onBothDatabases('two desks at one record', (it) => {
  it('USR-07 REL-04 both prefer their own address: exactly one is preferred', async ({ scene }) => {
    const patron = await scene.patron({ id: 'P1' });
    const values = ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'];
    const add = async (value: string) =>
      scene.act(addContact, { patron, contact: { kind: 'email', value, preferred: true } });
    for (const answer of await Promise.all(values.map(add))) expect(answer).toMatchObject({ kind: 'added' });
    const contacts = await contactsOf(scene, patron);
    expect(contacts.map((one) => one.preferred)).toEqual([true, false, false, false]);
  });

  it('USR-07 REL-04 both give the same number to different people: one of them has it', async ({ scene }) => {
    const patrons = [
      await scene.patron({ id: 'P1' }),
      await scene.patron({ id: 'P2' }),
      await scene.patron({ id: 'P3' }),
    ];
    const give = async (patron: number) => scene.act(addIdentifier, { patron, type: 'UNR', value: 'U1' });
    const kinds = (await Promise.all(patrons.map(give))).map((one) => one.kind);
    expect(kinds.filter((kind) => kind === 'added')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'invalid')).toHaveLength(2);
  });
});

onBothDatabases('identifiers of a record', (it) => {
  it('USR-07 REL-09 added, changed, deleted; unique over all, however they are written; never without the primary one', async ({
    scene,
    database,
  }) => {
    const patron = await scene.patron({ id: 'P1' });
    await scene.patron({ id: 'P2' });
    const add = async (value: string, type = 'UNR') => scene.act(addIdentifier, { patron, type, value });
    const added = await add(' U1 ');
    if (added.kind !== 'added') throw new Error(added.kind);
    const { id: identifier } = added;
    const one = { id: identifier, type: 'UNR', value: 'U1', external: false, primary: false };
    expect(added).toEqual({ kind: 'added', id: identifier, identifier: one });
    expect(await scene.act(openPatron, { patron: 'u1' })).toMatchObject({ pane: { patron: { id: patron } } });
    for (const value of ['u1', 'P2', ' p1'])
      expect(await add(value)).toMatchObject({ path: 'value', problem: 'taken' });
    expect(await add('')).toMatchObject({ path: 'value', problem: 'empty' });
    expect(await add('U2', ' ')).toMatchObject({ path: 'type', problem: 'empty' });
    expect(await add('x'.repeat(101))).toMatchObject({ path: 'value', problem: 'too-long' });
    const change = { identifier, value: 'U2' };
    expect(await scene.act(changeIdentifier, change)).toEqual({ kind: 'changed', identifier: { ...one, value: 'U2' } });
    expect(await scene.act(changeIdentifier, change)).toMatchObject({ kind: 'unchanged' });
    expect(await scene.act(changeIdentifier, { identifier, value: 'p2' })).toMatchObject({ problem: 'taken' });
    expect(await scene.act(changeIdentifier, { identifier, value: 'u2' })).toMatchObject({ kind: 'changed' });
    expect(await scene.act(deleteIdentifier, { identifier })).toEqual({ kind: 'deleted' });
    expect(await scene.act(deleteIdentifier, { identifier })).toEqual({ kind: 'gone' });
    expect(await scene.act(changeIdentifier, { identifier })).toEqual({ kind: 'gone' });
    const [last] = await eventsIn(database, 'patron-changed');
    expect(last).toMatchObject({
      patronId: patron,
      data: { before: { identifiers: [{ ...one, value: 'u2' }] }, after: { identifiers: [] } },
    });
    const record = await scene.act(readPatronRecord, { patron });
    const primary = record.kind === 'record' ? (record.record.identifiers[0]?.id ?? 0) : 0;
    expect(await scene.act(deleteIdentifier, { identifier: primary })).toEqual({ kind: 'primary' });
    expect(await scene.act(addIdentifier, { patron: 99, type: 'UNR', value: 'U9' })).toMatchObject({ what: 'PATRON' });
  });

  it('USR-08 USR-02 those of the card system and the primary one are locked; a new UNR may be marked as its own', async ({
    scene,
    database,
  }) => {
    const identifiers = [
      { type: 'PRIMARY', value: 'ut1.ana.martin' },
      { type: 'UNR', value: 'U1', external: true },
      { type: 'CARD', value: 'C1' },
    ];
    const patron = await scene.patron({ ...CARD_RECORD, identifiers });
    await imported(database, patron);
    const read = async () => {
      const answer = await scene.act(readPatronRecord, { patron });
      if (answer.kind !== 'record') throw new Error(answer.kind);
      return answer.record.identifiers;
    };
    const before = await read();
    expect(before.map((one) => one.locked)).toEqual([true, true, false]);
    const [primary, unr, card] = before.map((one) => one.id);
    const locked = { kind: 'locked', fields: ['identifier'] };
    for (const identifier of [primary ?? 0, unr ?? 0]) {
      expect(await scene.act(changeIdentifier, { identifier, value: 'other' })).toEqual(locked);
    }
    expect(await scene.act(deleteIdentifier, { identifier: unr ?? 0 })).toEqual(locked);
    expect(await scene.act(deleteIdentifier, { identifier: card ?? 0 })).toEqual({ kind: 'deleted' });
    expect(await digestOf(database, patron)).toEqual({ digest: 'as-imported' });
    const added = await scene.act(addIdentifier, { patron, type: 'UNR', value: 'U2', external: true });
    expect(added).toMatchObject({ identifier: { external: true } });
    expect(await digestOf(database, patron)).toEqual({ digest: null });
    await scene.act(openForUpdate, { patron, protectGroup: false });
    for (const identifier of [primary ?? 0, unr ?? 0]) {
      const value = `other ${identifier}`;
      expect(await scene.act(changeIdentifier, { identifier, value })).toMatchObject({ kind: 'changed' });
    }
    expect((await read()).map((one) => one.locked)).toEqual([false, false, false]);
  });
});
