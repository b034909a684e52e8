import { expect } from 'vitest';
import type { Network } from '../../source/circulation/network.ts';
import type { PreRegistrationDraft } from '../../source/circulation/pre-registration.ts';
import { finishForm, finishRegistration } from '../../source/desk/finish-registration.ts';
import { lend } from '../../source/desk/lend.ts';
import { listLetters } from '../../source/desk/letters.ts';
import { purgePreRegistrations } from '../../source/desk/night-purge.ts';
import { signInPatron } from '../../source/desk/patron-sign-in.ts';
import { openPatron } from '../../source/desk/patrons.ts';
import type { Seat } from '../../source/desk/perform.ts';
import { preRegister, registrationOffers } from '../../source/desk/pre-register.ts';
import { NOBODY } from '../../source/desk/sign-in.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { kioskOf } from '../support/kiosk.ts';
import { registrationNetwork } from '../support/network.ts';
import { tablesWith } from '../support/secrets.ts';

const at = (terminal: string): Seat => kioskOf(null, 'sci', terminal);
const hall = at('hall');

const GOOD = 'Abricot-7';
const network: Network = {
  ...registrationNetwork,
  preRegistration: { group: 'PEB', keepMonths: 3, libraries: ['sci', 'buc'], occupations: ['SAL'], durations: [12, 1] },
};
const terms = { fr: 'Règles', en: 'Rules' };
const draft: PreRegistrationDraft = {
  lastName: 'DURAND',
  firstName: 'Ana',
  birthDay: '1999-02-09',
  email: 'ana@example.org',
  password: GOOD,
  address: { line1: '1 rue des Lois', line2: 'Bât. B', postalCode: '31000', city: 'Toulouse' },
  phone: '0561123456',
  occupation: 'SAL',
  library: 'buc',
  termsAccepted: null,
  language: 'en',
};

const DONE = {
  kind: 'pre-registered',
  identifier: 'ana@example.org',
  library: 'buc',
  until: '2026-08-31',
  expiry: '2027-06-01',
};

/** Somebody fills the form in at a terminal of a house where it is offered. */
async function fill(scene: Scene, more: Partial<PreRegistrationDraft> = {}, seat = hall) {
  return scene.perform(seat, preRegister, { ...draft, ...more });
}

const recordOf = async (scene: Scene, patron: number | string) => {
  const opened = await scene.act(openPatron, { patron });
  if (opened.kind !== 'opened') throw new Error(`no record: ${JSON.stringify(opened)}`);
  return opened.pane;
};

const lettersOf = async (scene: Scene, patron: number) => {
  const found = await scene.act(listLetters, { patron, window: { offset: 0, limit: 20 } });
  return found.kind === 'letters'
    ? found.lines.map(({ kind, address, language }) => ({ kind, address, language }))
    : [];
};

const recordsIn = async (database: TestDatabase) => {
  const [found] = await database.sql<{ n: number }>('select count(*) as n from patrons');
  return Number(found?.n);
};

onBothDatabases('a pre-registration', (it) => {
  it('USR-13 makes the record at once, as the desk will find it', async ({ scene, database }) => {
    await scene.load(network);
    expect(await fill(scene)).toEqual(DONE);
    const { patron, notes } = await recordOf(scene, 'ANA@example.org');
    expect(patron).toMatchObject({
      lastName: 'DURAND',
      firstName: 'Ana',
      birthDay: '1999-02-09',
      kind: 'internal',
      status: 'active',
      group: 'PEB',
      campus: 'UT2J',
      language: 'en',
      expiry: '2027-06-01',
      purge: '2027-09-01',
      identifiers: [{ type: 'PRIMARY', value: 'ana@example.org' }],
    });
    expect(notes).toMatchObject([
      {
        text: 'Pré-inscription en ligne : inscription à finaliser · Library buc · SAL · 01/06/2027',
        popup: true,
        visible: false,
        createdBy: null,
      },
    ]);
    const contacts = await database.records.read(async (records) => records.patronContacts.ofPatron(patron.id));
    expect(Object.fromEntries(contacts.map((one) => [one.kind, one]))).toMatchObject({
      email: { type: 'personal', value: 'ana@example.org', preferred: true },
      address: { value: '1 rue des Lois\nBât. B', city: 'Toulouse', postalCode: '31000', preferred: true },
      phone: { value: '05 61 12 34 56', preferred: true },
    });
    expect(contacts).toHaveLength(3);
    const codes = await database.sql<{ code: string }>('select code from patron_statistics order by code');
    expect(codes.map((one) => one.code)).toEqual(['0ut2j', 'SAL']);
    expect(await lettersOf(scene, patron.id)).toEqual([
      { kind: 'pre-registered', address: 'ana@example.org', language: 'en' },
    ]);
    expect(await eventsIn(database, 'patron-added')).toMatchObject([
      {
        staff: null,
        patronId: patron.id,
        data: { after: { group: 'PEB' }, preRegistration: { library: 'buc', terminal: 'hall', until: '2026-08-31' } },
      },
    ]);
    expect(await tablesWith(database, GOOD)).toEqual([]);
  });

  it('USR-13 KIO-02 signs in with address and password at once, but does not borrow', async ({ scene }) => {
    await scene.load(network);
    await scene.items({ barcode: 'B1' });
    await fill(scene);
    expect(await scene.perform(hall, signInPatron, { id: 'ana@example.org', password: GOOD })).toMatchObject({
      kind: 'signed-in',
      patron: { firstName: 'Ana' },
    });
    expect(await scene.act(lend, { patron: 'ana@example.org', barcode: 'B1' })).toMatchObject({
      kind: 'blocked',
      blocks: [{ code: 'PATRON_GROUP_NOT_ALLOWED' }, { code: 'NOT_LOANABLE' }],
    });
  });

  it('USR-13 is finished at the desk: its note goes, its validity and its statistics stay', async ({
    scene,
    database,
  }) => {
    await scene.load(network);
    await fill(scene);
    const { patron } = await recordOf(scene, 'ana@example.org');
    expect(await scene.act(finishForm, { patron: patron.id })).toMatchObject({
      kind: 'finish',
      proposed: { expiry: '2027-06-01', purge: '2027-09-01', campus: 'UT2J' },
      notes: [{ popup: true }],
      lines: [],
    });
    const finish = { patron: patron.id, identifier: '29990002', group: 'LA' };
    expect(await scene.act(finishRegistration, finish)).toMatchObject({ kind: 'finished', removed: 1 });
    expect(await recordOf(scene, '29990002')).toMatchObject({
      patron: { group: 'LA', expiry: '2027-06-01' },
      notes: [],
    });
    expect(await database.sql('select id from patron_statistics')).toHaveLength(2);
    // By their card, and still by the address, which is theirs alone.
    for (const id of ['29990002', 'ana@example.org'])
      expect(await scene.perform(hall, signInPatron, { id, password: GOOD })).toMatchObject({ kind: 'signed-in' });
  });

  it('USR-13 works until the night after its last day, however short it was asked for', async ({ scene, database }) => {
    await scene.load(network);
    expect(await fill(scene, { duration: 1 })).toEqual({ ...DONE, expiry: '2026-08-31' });
    const sign = async () => scene.perform(hall, signInPatron, { id: 'ana@example.org', password: GOOD });
    const purge = async () => scene.perform(commandLine, purgePreRegistrations, { asOf: scene.now() });
    scene.at('2026-08-31T18:00');
    expect(await purge()).toMatchObject({ patrons: 0 });
    expect(await sign()).toMatchObject({ kind: 'signed-in' });
    scene.at('2026-09-01T01:00');
    expect(await purge()).toMatchObject({ patrons: 1 });
    // Nothing of them stays anywhere, as the terms of use promise.
    for (const one of ['ana@example.org', 'DURAND', 'rue des Lois'])
      expect(await tablesWith(database, one)).toEqual([]);
    expect(await sign()).toEqual({ kind: 'wrong' });
    expect(await recordsIn(database)).toBe(0);
  });

  it('USR-13 says everything that is wrong at once, and does nothing', async ({ scene, database }) => {
    await scene.load({ ...network, kiosk: { idleMinutes: 2, terms } });
    const nothing = {
      lastName: ' \u0007',
      firstName: '',
      birthDay: '',
      email: '',
      password: '',
      address: { line1: '', postalCode: '', city: ' ' },
      phone: '',
      occupation: null,
      library: '',
      language: 'de',
    };
    const answer = await fill(scene, nothing);
    expect(answer.kind === 'refused' ? answer.problems.map(({ code, path }) => [path, code]) : answer).toEqual([
      ['lastName', 'REQUIRED'],
      ['firstName', 'REQUIRED'],
      ['birthDay', 'REQUIRED'],
      ['email', 'REQUIRED'],
      ['password', 'REQUIRED'],
      ['address.line1', 'REQUIRED'],
      ['address.postalCode', 'REQUIRED'],
      ['address.city', 'REQUIRED'],
      ['library', 'REQUIRED'],
      ['occupation', 'REQUIRED'],
      ['language', 'UNKNOWN_CODE'],
      ['termsAccepted', 'TERMS_NOT_ACCEPTED'],
    ]);
    expect(await recordsIn(database)).toBe(0);
    expect(await database.sql('select id from letters')).toEqual([]);
  });

  it('USR-11 USR-13 refuses what cannot be kept, field by field', async ({ scene, database }) => {
    await scene.load(network);
    const weak = { path: 'password', code: 'PASSWORD_WEAK', missing: ['upper-case', 'special'] };
    const forms = [
      {
        lastName: 'x'.repeat(101),
        birthDay: '2026-06-01',
        email: 'ana@example',
        password: 'abricot7',
        address: { ...draft.address, postalCode: '310' },
        phone: '12',
        library: 'med',
        occupation: '0ups',
        duration: 120,
      },
      {
        firstName: 'x'.repeat(101),
        birthDay: '1999-02-30',
        email: 'none@example.org',
        password: `aA1!${'x'.repeat(300)}`,
        address: { ...draft.address, city: 'x'.repeat(301) },
      },
      { email: `${'x'.repeat(100)}@example.org`, password: 'abricot7' },
    ];
    const problems = [
      [
        { path: 'lastName', code: 'TOO_LONG' },
        { path: 'birthDay', code: 'BIRTH_DATE_NOT_PAST' },
        { path: 'email', code: 'EMAIL_INVALID' },
        weak,
        { path: 'address.postalCode', code: 'POSTAL_CODE_INVALID' },
        { path: 'phone', code: 'PHONE_INVALID' },
        { path: 'library', code: 'UNKNOWN_CODE', allowed: ['sci', 'buc'] },
        { path: 'occupation', code: 'UNKNOWN_CODE', allowed: ['SAL'] },
        { path: 'duration', code: 'UNKNOWN_CODE', allowed: ['12', '1'] },
      ],
      [
        { path: 'firstName', code: 'TOO_LONG' },
        { path: 'birthDay', code: 'NOT_A_DAY' },
        { path: 'email', code: 'EMAIL_INVALID' },
        { path: 'password', code: 'TOO_LONG' },
        { path: 'address.city', code: 'TOO_LONG' },
      ],
      [{ path: 'email', code: 'TOO_LONG' }, weak],
    ];
    for (const [index, more] of forms.entries())
      expect(await fill(scene, more)).toEqual({ kind: 'refused', problems: problems[index] });
    expect(await recordsIn(database)).toBe(0);
  });

  it('KIO-07 answers an address that somebody has as one that nobody has, and tells only its owner', async ({
    scene,
    database,
  }) => {
    await scene.load(network);
    const own = await scene.patron({ id: '2999', email: 'Ana@Example.org', language: 'fr' });
    expect(await fill(scene, { lastName: 'Petit', firstName: 'Eve', birthDay: '1980-01-01' })).toEqual(DONE);
    expect(await recordsIn(database)).toBe(1);
    expect(await lettersOf(scene, own)).toEqual([
      { kind: 'registered-already', address: 'Ana@Example.org', language: 'fr' },
    ]);
    // The password that was typed opens nothing.
    expect(await scene.perform(hall, signInPatron, { id: 'ana@example.org', password: GOOD })).toEqual({
      kind: 'wrong',
    });
    // Again on the same day: nobody's mailbox is filled.
    expect(await fill(scene)).toEqual(DONE);
    expect(await lettersOf(scene, own)).toHaveLength(1);
    scene.at('2026-06-02T10:00');
    await fill(scene);
    expect(await lettersOf(scene, own)).toHaveLength(2);
    expect(await eventsIn(database, 'patron-added')).toHaveLength(1);
  });

  it('USR-13 says to the owner of a record what to do with it, by how it stands', async ({ scene, database }) => {
    await scene.load(network);
    const cases = [
      [{}, 'own'],
      [{ kind: 'external' }, 'member'],
      [{ group: 'PEB' }, 'pre-registered'],
      [{ expiry: '2026-05-31' }, 'ended'],
      [{ status: 'inactive' }, 'ended'],
    ] as const;
    for (const [index, [more, standing]] of cases.entries()) {
      const [id, email] = [`P${index}`, `ana${index}@example.org`];
      const patron = await scene.patron({ id, email, ...more });
      expect(await fill(scene, { email })).toEqual({ ...DONE, identifier: email });
      const [letter] = await database.sql<{ facts: string }>(`select facts from letters where patron_id = ${patron}`);
      expect(JSON.parse(letter?.facts ?? '{}')).toEqual({
        patron: { lastName: `Name ${id}`, firstName: 'Ana', identifier: id },
        library: 'buc',
        standing,
      });
    }
  });

  it('USR-13 USR-05 of several with that address the likeliest is told; one that pre-registers twice has one record', async ({
    scene,
    database,
  }) => {
    await scene.load(network);
    const [, own] = [
      await scene.patron({ id: 'P1', email: 'ana@example.org' }),
      await scene.patron({ id: 'P2', email: 'ana@example.org', lastName: 'Durand', birthDay: '1999-02-09' }),
    ];
    await fill(scene);
    expect(await lettersOf(scene, own)).toHaveLength(1);
    expect(await database.sql('select id from letters')).toHaveLength(1);
    await fill(scene, { email: 'eve@example.org' });
    expect(await fill(scene, { email: 'EVE@example.org', password: 'Another-1' })).toMatchObject({
      kind: 'pre-registered',
      identifier: 'EVE@example.org',
    });
    expect(await recordsIn(database)).toBe(3);
    for (const [password, kind] of [
      [GOOD, 'signed-in'],
      ['Another-1', 'wrong'],
    ] as const)
      expect(await scene.perform(hall, signInPatron, { id: 'eve@example.org', password })).toMatchObject({ kind });
  });

  it('USR-05 USR-13 the same name and birth date are the desk’s affair: its note names the other record', async ({
    scene,
  }) => {
    await scene.load(network);
    await scene.patron({ id: '2999', lastName: 'Durand', birthDay: '1999-02-09' });
    expect(await fill(scene)).toEqual(DONE);
    const { notes, patron } = await recordOf(scene, 'ana@example.org');
    expect(notes[0]?.text).toMatch(/· Doublon possible : 2999$/u);
    expect(await scene.act(finishForm, { patron: patron.id })).toMatchObject({ lines: [{ identifier: '2999' }] });
  });

  it('REL-02 USR-13 two terminals with one address at the same time make one record', async ({ scene, database }) => {
    await scene.load(network);
    const answers = await Promise.all(['one', 'two', 'three'].map(async (name) => fill(scene, {}, at(name))));
    for (const one of answers) expect(one).toEqual(DONE);
    expect(await recordsIn(database)).toBe(1);
    expect(await database.sql('select id from letters')).toHaveLength(2);
  });

  it('REL-07 KIO-07 a terminal takes five in an hour; forms that were refused do not count', async ({
    scene,
    database,
  }) => {
    await scene.load(network);
    const waits = { kind: 'wait', until: scene.now() + 3_600_000 };
    const offers = async (seat = hall) => scene.perform(seat, registrationOffers, {});
    for (let count = 0; count < 8; count += 1) await fill(scene, { password: 'x' });
    for (let count = 0; count < 5; count += 1) {
      expect(await offers()).toMatchObject({ wait: null });
      expect(await fill(scene, { email: `eve${count}@example.org` })).toMatchObject({ kind: 'pre-registered' });
    }
    expect(await fill(scene)).toEqual(waits);
    expect(await offers()).toMatchObject({ wait: waits.until });
    expect(await recordsIn(database)).toBe(5);
    expect(await fill(scene, {}, at('other'))).toEqual(DONE);
    expect(await offers(at('other'))).toMatchObject({ wait: null });
    scene.at('2026-06-01T11:00');
    expect(await fill(scene, { email: 'luc@example.org' })).toMatchObject({ kind: 'pre-registered' });
  });

  it('KIO-06 offers libraries, occupations, durations and the terms, which have to be accepted as they are', async ({
    scene,
    database,
  }) => {
    await scene.load({ ...network, kiosk: { idleMinutes: 2, terms } });
    const offered = await scene.perform(hall, registrationOffers, {});
    expect(offered).toEqual({
      kind: 'offers',
      preRegistration: {
        libraries: [
          { code: 'sci', name: 'Library sci' },
          { code: 'buc', name: 'Library buc' },
        ],
        occupations: [{ code: 'SAL', name: { fr: 'SAL', en: 'SAL' } }],
        durations: [12, 1],
        passwordParts: ['length', 'digit', 'lower-case', 'upper-case', 'special'],
      },
      terms: { version: expect.stringMatching(/^[\da-f]{16}$/u), text: terms },
      languages: ['fr', 'en'],
      wait: null,
    });
    const version = offered.kind === 'offers' ? (offered.terms?.version ?? '') : '';
    const refused = { kind: 'refused', problems: [{ code: 'TERMS_NOT_ACCEPTED', path: 'termsAccepted' }] };
    for (const termsAccepted of [null, '', 'x']) expect(await fill(scene, { termsAccepted })).toEqual(refused);
    await scene.load({ ...network, kiosk: { idleMinutes: 2, terms: { ...terms, en: 'Other rules' } } });
    expect(await fill(scene, { termsAccepted: version })).toEqual(refused);
    await scene.load({ ...network, kiosk: { idleMinutes: 2, terms } });
    expect(await fill(scene, { termsAccepted: version })).toEqual(DONE);
    expect(await eventsIn(database, 'patron-added')).toMatchObject([
      { data: { preRegistration: { terms: { version, networkVersion: expect.any(Number) as number } } } },
    ]);
  });

  it('USR-13 a network that says little offers every library, one year, and asks for no occupation', async ({
    scene,
  }) => {
    await scene.load({ ...registrationNetwork, preRegistration: { group: 'PEB', keepMonths: 3 } });
    expect(await scene.perform(hall, registrationOffers, {})).toMatchObject({
      preRegistration: {
        libraries: [{ code: 'sci' }, { code: 'buc' }, { code: 'med' }],
        occupations: [],
        durations: [12],
      },
      terms: null,
    });
    expect(await fill(scene, { library: 'med', occupation: 'whatever' })).toMatchObject({ kind: 'pre-registered' });
    const { preRegistration: _, ...none } = registrationNetwork;
    await scene.load(none);
    expect(await scene.perform(hall, registrationOffers, {})).toMatchObject({ preRegistration: null });
    expect(await fill(scene)).toEqual({ kind: 'not-offered' });
  });

  it('KIO-07 is no affair of the staff, who register by their own form', async ({ scene, database }) => {
    await scene.load(network);
    for (const seat of [scene.bib, commandLine, { staff: NOBODY, place: null }])
      expect(await fill(scene, { password: 'x' }, seat)).toEqual({
        kind: 'not-permitted',
        permission: null,
        needs: 'role',
      });
    expect(await recordsIn(database)).toBe(0);
  });

  it('REL-06 hostile texts are kept as texts, on one line, or refused', async ({ scene, database }) => {
    await scene.load(network);
    const evil = '\u001b[2J"; drop table patrons; --\r\n\u0000{{ patron }}';
    const lastName = " d’Été-\u0000O'Brien\r\nJ.R. ";
    expect(await fill(scene, { lastName, address: { ...draft.address, line1: evil, city: evil } })).toEqual(DONE);
    const { patron } = await recordOf(scene, 'ana@example.org');
    expect(patron.lastName).toBe("d’Été- O'Brien J.R.");
    // Nobody has the library write to strangers what it would not say.
    for (const firstName of [evil, 'https://evil.example', 'see evil.example', 'Win 100', 'a@b', '-', '{{ code }}'])
      expect(await fill(scene, { firstName, password: 'x' })).toMatchObject({
        kind: 'refused',
        problems: [{ path: 'firstName', code: 'NOT_A_NAME' }, { path: 'password' }],
      });
    const stored = JSON.stringify(await database.sql('select value, city from patron_contacts'));
    expect(stored).not.toMatch(/\\u0000|\\u001b|\\r/u);
    for (const email of ['a@b.org\r\nBcc: all@example.org', 'a@b.org, c@d.org', '"x"@b.org'])
      expect(await fill(scene, { email })).toMatchObject({ kind: 'refused', problems: [{ path: 'email' }] });
    expect(await recordsIn(database)).toBe(1);
  });
});
