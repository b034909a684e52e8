import { expect } from 'vitest';
import { openPatron } from '../../source/desk/patrons.ts';
import { likelyDuplicates, registerPatron, registrationForm } from '../../source/desk/register-patron.ts';
import type { RegisterOutcome, RegisterRequest } from '../../source/desk/register-patron.ts';
import { eventsIn, onBothDatabases } from '../support/desk.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine, seatAt } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { registrationNetwork } from '../support/network.ts';

/** An authorised reader, as far as nothing else is said. */
const READER: RegisterRequest = { profile: 'AUTHORISED', lastName: 'DURAND', firstName: 'Ana', identifier: '29990001' };

const register = async (scene: Scene, more: Partial<RegisterRequest> = {}): Promise<RegisterOutcome> =>
  scene.act(registerPatron, { ...READER, ...more });

/** The number of the record that was made. */
async function registered(scene: Scene, more: Partial<RegisterRequest> = {}): Promise<number> {
  const outcome = await register(scene, more);
  if (outcome.kind !== 'registered') throw new Error(JSON.stringify(outcome));
  return outcome.id;
}

const hangingOn = async (database: TestDatabase, patron: number) => ({
  identifiers: await database.sql(
    `select type, value, external from patron_identifiers where patron_id = ${patron} order by id`,
  ),
  contacts: await database.sql(
    `select kind, type, value, city, postal_code, preferred, external from patron_contacts where patron_id = ${patron} order by id`,
  ),
  statistics: await database.sql(
    `select code, external from patron_statistics where patron_id = ${patron} order by id`,
  ),
});

/** How a truth value is read past our own code. */
const no = expect.toSatisfy((value: unknown) => value === false || value === 0);
const yes = expect.toSatisfy((value: unknown) => value === true || value === 1);

onBothDatabases('registering at the desk', (it) => {
  it('USR-03 USR-06 the form proposes what the profile and the desk say', async ({ scene }) => {
    await scene.load(registrationNetwork);
    expect(await scene.act(registrationForm, { profile: 'AUTHORISED' })).toMatchObject({
      kind: 'form',
      profile: 'AUTHORISED',
      recordKind: 'internal',
      profiles: [
        { code: 'AUTHORISED' },
        { code: 'CARD_PENDING' },
        { code: 'ENSA' },
        { code: 'TBS' },
        { code: 'SCHOOL' },
      ],
      proposed: {
        group: 'LA',
        campus: 'UPS',
        language: 'fr',
        expiry: '2027-06-01',
        purge: '2027-09-01',
        category: null,
        statistics: [],
      },
      identifier: { type: 'CARD', prefixes: ['2999'], primary: true },
      groups: [{ code: 'LA' }, { code: 'D' }],
      languages: ['fr', 'en'],
      placeholderEmail: 'none@example.org',
    });
    const elsewhere = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(registrationForm, { profile: 'AUTHORISED' }, elsewhere)).toMatchObject({
      proposed: { campus: 'UT2J' },
    });
    expect(await scene.act(registrationForm, { profile: 'SCHOOL' }, elsewhere)).toMatchObject({
      campuses: [{ code: 'UPS' }],
      categories: [{ code: 'SCHOOL' }],
      proposed: {
        campus: 'UPS',
        category: 'SCHOOL',
        statistics: ['0school'],
        expiry: '2026-10-30',
        purge: '2027-01-29',
      },
    });
    expect(await scene.act(registrationForm, { profile: 'TBS' })).toMatchObject({
      proposed: { expiry: null, purge: null },
    });
    expect(await scene.act(registrationForm, { profile: 'NONE' })).toMatchObject({ kind: 'invalid', path: 'profile' });
  });

  it('USR-04 a date that was typed has its purge date follow', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const purge = async (profile: string, expiry: string) => {
      const form = await scene.act(registrationForm, { profile, expiry });
      return form.kind === 'form' ? form.proposed.purge : form;
    };
    expect(await purge('AUTHORISED', '2026-11-30')).toBe('2027-02-28');
    expect(await purge('SCHOOL', '2028-10-30')).toBe('2029-01-29');
    expect(await purge('AUTHORISED', '2026-11-31')).toMatchObject({ kind: 'invalid', problem: 'not-a-day' });
  });

  it('USR-03 a network without profiles registers as well; the provisional group is no choice', async ({ scene }) => {
    const form = await scene.act(registrationForm, {});
    expect(form).toMatchObject({ profile: null, identifier: { type: 'PRIMARY', prefixes: [], primary: true } });
    expect(form.kind === 'form' && form.groups.map((one) => one.code)).not.toContain('PEB');
    const bare = { lastName: 'DURAND', identifier: 'X1' };
    expect(await scene.act(registerPatron, bare)).toMatchObject({ kind: 'refused', code: 'GROUP_REQUIRED' });
    expect(await scene.act(registerPatron, { ...bare, group: 'L' })).toMatchObject({
      kind: 'registered',
      identifier: 'X1',
      patron: { campus: 'UPS', expiry: '2027-06-01', purge: '2027-09-01' },
      toOverwrite: false,
    });
  });

  it('USR-02 USR-03 the record has everything that was typed, and one event says so', async ({ scene, database }) => {
    await scene.load(registrationNetwork);
    const id = await registered(scene, {
      lastName: '  DE LA\tFONTAINE ',
      birthDay: '1990-04-02',
      identifier: ' 29990001 ',
      identifiers: [{ type: 'BARCODE', value: 'MUT1' }],
      emails: [{ value: 'a@example.org' }, { value: 'b@example.org', type: 'work', preferred: true }],
      phones: [{ value: '0612345678', type: 'mobile' }],
      addresses: [{ value: '21 rue Ozenne\n\nBât. B', city: 'Toulouse', postalCode: '31 000', type: 'home' }],
      category: 'COLL',
      statistics: ['SAL', 'SAL', '0ups'],
    });
    const opened = await scene.act(openPatron, { patron: '29990001' });
    expect(opened).toMatchObject({
      pane: {
        patron: {
          id,
          lastName: 'DE LA FONTAINE',
          firstName: 'Ana',
          birthDay: '1990-04-02',
          kind: 'internal',
          status: 'active',
          category: 'COLL',
          openForUpdate: false,
          groupProtected: false,
        },
      },
    });
    expect(await hangingOn(database, id)).toEqual({
      identifiers: [
        { type: 'CARD', value: '29990001', external: no },
        { type: 'BARCODE', value: 'MUT1', external: no },
      ],
      contacts: [
        expect.objectContaining({ kind: 'email', value: 'a@example.org', preferred: no, external: no }),
        expect.objectContaining({ kind: 'email', value: 'b@example.org', type: 'work', preferred: yes }),
        expect.objectContaining({ kind: 'phone', value: '06 12 34 56 78', preferred: yes }),
        expect.objectContaining({
          kind: 'address',
          value: '21 rue Ozenne\nBât. B',
          city: 'Toulouse',
          postal_code: '31000',
        }),
      ],
      statistics: [
        { code: 'SAL', external: no },
        { code: '0ups', external: no },
      ],
    });
    expect(await eventsIn(database, 'patron-added')).toEqual([
      {
        staff: 'bib',
        desk: 'sci/PRET',
        patronId: id,
        itemId: null,
        data: { profile: 'AUTHORISED', after: expect.objectContaining({ lastName: 'DE LA FONTAINE', group: 'LA' }) },
      },
    ]);
  });

  it('USR-06 who is not imported yet: external, to be overwritten, with a number of the program’s', async ({
    scene,
    database,
  }) => {
    await scene.load(registrationNetwork);
    const outcome = await register(scene, { profile: 'CARD_PENDING', identifier: '21900042', noEmail: true });
    expect(outcome).toMatchObject({
      kind: 'registered',
      toOverwrite: true,
      patron: { kind: 'external', category: 'OVERWRITE', group: 'LA', expiry: '2027-06-01', purge: '2027-09-01' },
    });
    if (outcome.kind !== 'registered') return;
    expect(outcome.identifier).toMatch(/^\d{10}$/u);
    expect(await hangingOn(database, outcome.id)).toMatchObject({
      identifiers: [
        { type: 'PRIMARY', value: outcome.identifier, external: no },
        { type: 'UNR', value: '21900042', external: yes },
      ],
      // The card system's address takes its place.
      contacts: [{ kind: 'email', type: 'alternative', value: 'none@example.org', external: yes }],
    });
    expect(await scene.act(openPatron, { patron: '21900042' })).toMatchObject({ pane: { patron: { id: outcome.id } } });
    const [event] = await eventsIn(database, 'patron-added');
    expect(event?.data).toMatchObject({
      after: { identifiers: [{ value: outcome.identifier }, { value: '21900042' }] },
    });
  });

  it('USR-06 numbers of the program’s are nobody else’s, however many desks make them, and whatever was typed', async ({
    scene,
  }) => {
    await scene.load(registrationNetwork);
    const [first, second] = ['21900000', '21900001'];
    const one = await register(scene, { profile: 'CARD_PENDING', identifier: first });
    if (one.kind !== 'registered') throw new Error(JSON.stringify(one));
    // Somebody types what would come next but one.
    const typed = String(BigInt(one.identifier) + 2n);
    await scene.patron({ id: typed });
    const next = await register(scene, { profile: 'CARD_PENDING', identifier: second });
    expect(next).toMatchObject({ kind: 'registered', identifier: `${typed}0` });
    const many = await Promise.all(
      Array.from({ length: 12 }, async (_, at) =>
        register(scene, { profile: 'CARD_PENDING', identifier: `2190010${at}`, lastName: `Name ${at}` }),
      ),
    );
    const made = many.map((answer) => (answer.kind === 'registered' ? answer.identifier : answer.kind));
    expect(new Set(made).size).toBe(12);
    expect(made.every((identifier) => /^\d{10,11}$/u.test(identifier))).toBe(true);
  });

  it('USR-05 REL-02 of two desks that give out one card, one is told that it is taken', async ({ scene, database }) => {
    await scene.load(registrationNetwork);
    const answers = await Promise.all([
      register(scene, { lastName: 'ONE' }),
      register(scene, { lastName: 'OTHER' }),
      register(scene, { lastName: 'THIRD', identifier: ' 29990001' }),
    ]);
    expect(answers.map((one) => (one.kind === 'refused' ? one.code : one.kind)).toSorted()).toEqual([
      'IDENTIFIER_TAKEN',
      'IDENTIFIER_TAKEN',
      'registered',
    ]);
    expect(await database.sql('select id from patrons')).toHaveLength(1);
  });

  it('USR-03 the placeholder is never written to', async ({ scene, database }) => {
    await scene.load(registrationNetwork);
    const without = await registered(scene, { noEmail: true });
    const withOne = await registered(scene, { identifier: '29990002', emails: [{ value: 'a@example.org' }] });
    const addressOf = async (id: number) =>
      database.records.read(async (records) => records.patrons.preferredEmail(id));
    expect([await addressOf(without), await addressOf(withOne)]).toEqual([null, 'a@example.org']);
  });

  it('USR-03 USR-06 what is refused, and nothing is left of it', async ({ scene, database }) => {
    await scene.load(registrationNetwork);
    const cases: readonly [Partial<RegisterRequest>, string, string][] = [
      [{ lastName: ' ' }, 'NAME_REQUIRED', 'lastName'],
      [{ identifier: '' }, 'IDENTIFIER_REQUIRED', 'identifier'],
      [{ identifier: '14100000001' }, 'IDENTIFIER_PREFIX', 'identifier'],
      [{ identifiers: [{ type: 'UNR', value: '29990001' }] }, 'IDENTIFIER_TAKEN', 'identifiers[0]'],
      [{ group: '' }, 'GROUP_REQUIRED', 'group'],
      [{ group: 'M' }, 'GROUP_NOT_OF_PROFILE', 'group'],
      [{ expiry: '2026-12-31', purge: '2026-12-30' }, 'PURGE_BEFORE_EXPIRY', 'purge'],
      [{ profile: 'TBS', identifier: '13100000001' }, 'EXPIRY_REQUIRED', 'expiry'],
      [{ profile: 'TBS', identifier: '13100000001', expiry: '2026-12-31' }, 'PURGE_REQUIRED', 'purge'],
      [{ profile: 'SCHOOL', campus: 'UT2J' }, 'CAMPUS_NOT_OF_PROFILE', 'campus'],
      [{ profile: 'SCHOOL', category: 'COLL' }, 'CATEGORY_NOT_OF_PROFILE', 'category'],
      [{ emails: [{ value: 'nowhere' }] }, 'EMAIL_INVALID', 'emails[0].value'],
    ];
    for (const [more, code, path] of cases) {
      expect(await register(scene, more), `refused: ${code}`).toMatchObject({ kind: 'refused', code, path });
    }
    const invalid: readonly [Partial<RegisterRequest>, string, string][] = [
      [{ profile: 'NONE' }, 'profile', 'unknown-code'],
      [{ group: 'NONE' }, 'group', 'unknown-code'],
      [{ campus: 'NONE' }, 'campus', 'unknown-code'],
      [{ language: 'de' }, 'language', 'unknown-code'],
      [{ category: 'NONE' }, 'category', 'unknown-code'],
      [{ statistics: ['SAL', 'NONE'] }, 'statistics', 'unknown-code'],
      [{ birthDay: '1990-02-30' }, 'birthDay', 'not-a-day'],
      [{ expiry: 'tomorrow' }, 'expiry', 'not-a-day'],
      [{ purge: '2027' }, 'purge', 'not-a-day'],
    ];
    for (const [more, path, problem] of invalid) {
      expect(await register(scene, more), `invalid: ${path}`).toMatchObject({ kind: 'invalid', path, problem });
    }
    expect(await register(scene, { lastName: '', group: 'M' })).toMatchObject({
      problems: [{ code: 'NAME_REQUIRED' }, { code: 'GROUP_NOT_OF_PROFILE' }],
    });
    expect(await database.sql('select id from patrons')).toEqual([]);
    expect(await eventsIn(database, 'patron-added')).toEqual([]);
  });

  it('USR-03 the command line registers too; without a desk no campus is proposed', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const outcome = await scene.act(registerPatron, READER, commandLine);
    expect(outcome).toMatchObject({ kind: 'registered', patron: { campus: null } });
  });
});

onBothDatabases('likely duplicates', (it) => {
  const line = { lastName: 'Lévêque-Martin', firstName: 'Marie', birthDay: '1990-04-02' };

  it('USR-05 by identifier, e-mail, or name and birth date; each says why', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const id = await scene.patron({ id: 'P1', ...line, email: 'Marie@example.org' });
    const why = async (more: Partial<Parameters<typeof likelyDuplicates.run>[1]>) => {
      const found = await scene.act(likelyDuplicates, { lastName: 'AUTRE', ...more });
      return found.kind === 'likely' ? found.lines.map((one) => [one.id, ...one.why]) : found;
    };
    expect(await why({ identifiers: ['x', ' p1 '] })).toEqual([[id, 'identifier']]);
    expect(await why({ emails: ['marie@EXAMPLE.org'] })).toEqual([[id, 'email']]);
    const names: readonly [string, string][] = [
      ['LEVEQUE MARTIN', 'marie'],
      ['Martin Lévêque', 'Marie'],
      ['LEVEQUE MARTIN', 'Marie-Anne'],
      ['Marie', 'Lévêque Martin'],
    ];
    for (const [lastName, firstName] of names) {
      expect(await why({ lastName, firstName, birthDay: '1990-04-02' }), `name: ${lastName}`).toEqual([
        [id, 'name-and-birth-date'],
      ]);
    }
    const others: readonly [string, string, string | null][] = [
      ['LEVEQUE MARTIN', 'Marie', '1990-04-03'],
      ['LEVEQUE MARTIN', 'Marie', null],
      ['LEVEQUE MARTIN', 'Anne', '1990-04-02'],
      ['LEVEQUE MARTIN', '', '1990-04-02'],
      ['MARTIN', 'Marie', '1990-04-02'],
    ];
    for (const [lastName, firstName, birthDay] of others) {
      expect(await why({ lastName, firstName, birthDay }), `${lastName} ${firstName}`).toEqual([]);
    }
    expect(await why({ ...line, identifiers: ['P1'], emails: ['marie@example.org'] })).toEqual([
      [id, 'identifier', 'email', 'name-and-birth-date'],
    ]);
  });

  it('USR-05 are shown before anything is saved; those that were shown may be set aside, others may not', async ({
    scene,
    database,
  }) => {
    await scene.load(registrationNetwork);
    const id = await scene.patron({ id: 'P1', ...line });
    const same = { ...line, lastName: 'LEVEQUE MARTIN' };
    expect(await register(scene, same)).toMatchObject({
      kind: 'duplicates',
      formerInstitutional: false,
      lines: [
        {
          id,
          identifier: 'P1',
          why: ['name-and-birth-date'],
          recordKind: 'internal',
          status: 'active',
          expiry: '2027-10-30',
          taken: null,
        },
      ],
    });
    expect(await database.sql('select id from patrons')).toHaveLength(1);
    const first = await registered(scene, { ...same, despite: [id] });
    const [event] = await eventsIn(database, 'patron-added');
    expect(event?.data).toMatchObject({ despite: [id] });
    const again = { ...same, identifier: '29990002' };
    expect(await register(scene, { ...again, despite: [id] })).toMatchObject({ kind: 'duplicates', lines: [{}, {}] });
    expect(await register(scene, { ...again, despite: [id, first] })).toMatchObject({ kind: 'registered' });
    expect(await register(scene, { ...same, identifier: '29990003', despite: 'all' })).toMatchObject({
      kind: 'registered',
    });
  });

  it('USR-05 an identifier that somebody has is refused, whatever is set aside', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const id = await scene.patron({
      id: 'P1',
      identifiers: [
        { type: 'PRIMARY', value: 'P1' },
        { type: 'UNR', value: '29990001' },
      ],
    });
    expect(await register(scene, { despite: 'all' })).toMatchObject({
      kind: 'refused',
      code: 'IDENTIFIER_TAKEN',
      lines: [{ id, identifier: 'P1', taken: '29990001' }],
    });
  });

  it('USR-12 a former institutional patron is named as one: a new record is right', async ({ scene }) => {
    await scene.load(registrationNetwork);
    const id = await scene.patron({ id: 'ups.ana', ...line, kind: 'external', status: 'inactive' });
    expect(await register(scene, line)).toMatchObject({ kind: 'duplicates', formerInstitutional: true });
    const pending = { ...line, profile: 'CARD_PENDING', identifier: '21900042' };
    expect(await register(scene, pending)).toMatchObject({ kind: 'duplicates', formerInstitutional: false });
    expect(await register(scene, { ...line, despite: [id] })).toMatchObject({
      kind: 'registered',
      patron: { kind: 'internal' },
    });
  });

  it('USR-05 placeholders have nothing in common', async ({ scene }) => {
    await scene.load(registrationNetwork);
    await registered(scene, { noEmail: true });
    expect(await register(scene, { lastName: 'AUTRE', identifier: '29990002', noEmail: true })).toMatchObject({
      kind: 'registered',
    });
    expect(await scene.act(likelyDuplicates, { lastName: 'X', emails: ['none@example.org'] })).toMatchObject({
      lines: [],
    });
  });
});
