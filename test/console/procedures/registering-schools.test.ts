import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConsoleHouse } from '../../../source/console/console.tsx';
import { cardFileFor, lookUpIn } from '../../../source/exchange/patrons/index.ts';
import { almaXml } from '../../support/card-users.ts';
import type { CardUser } from '../../support/card-users.ts';
import { fieldOf, fill, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const UNR = '21900004711';

describe.each(deskRuns)('manual IX.3, 5, 6, readers with a card of their school, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      // The manual's example of schools: 8 February 2020.
      scene.at('2020-02-08T10:00');
      await scene.items({ barcode: 'B1000', title: 'Algèbre linéaire' });
    },
  });
  const { says, words } = script;
  const { records } = words.console;
  let folder = '';
  afterEach(async () => {
    if (folder !== '') await rm(folder, { recursive: true, force: true });
    folder = '';
  });
  /** A desk whose card system is the file of these users. */
  const sitWithCards = async (...users: readonly CardUser[]): Promise<void> => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-cards-'));
    const file = path.join(folder, 'users.xml');
    await writeFile(file, almaXml(users));
    const { scene } = script;
    const system = cardFileFor({ file, format: 'alma-xml' }, network, scene.now);
    const cardSystem: ConsoleHouse['cardSystem'] = { lookUpNow: lookUpIn(system) };
    await script.sit({ seat: scene.bib, cardSystem });
  };
  /** Scans a card that nobody has, and opens the registration: the profile that the number belongs to is chosen. */
  const registerCard = async (card: string): Promise<void> => {
    const { desk } = script;
    await desk.scan(card);
    expect(await desk.answer()).toBe(words.console.identify.unknown(card, 'Alt+7'));
    await desk.press('Alt+7');
    expect(await desk.text()).toContain(records.chooseProfile(card));
  };

  it('USR-06 an unknown card is scanned, Alt+7 registers it: the profile is found by how the number begins', async () => {
    const { desk } = script;
    for (const [card, french, english] of [
      ['299900007001', 'Lecteur autorisé', 'Authorised reader'],
      [UNR, 'Porteur de carte non encore importé', 'Card holder not yet imported'],
      ['14200000002', 'ENSA Toulouse', 'ENSA Toulouse'],
      ['11100000003', 'ENSFEA', 'ENSFEA'],
      ['13100000005', 'Toulouse Business School', 'Toulouse Business School'],
    ] as const) {
      await registerCard(card);
      expect(await script.chosen()).toContain(says(french, english));
      await desk.press('Enter');
      expect(fieldOf(desk, 'identifier').value).toBe(card);
      await desk.press('Escape');
    }
    // Where a record is open an unknown card of the network is no item; any other code may be one.
    await script.scene.patron({ id: '9921000000164', lastName: 'Martin', firstName: 'Ana' });
    await desk.scan('9921000000164', '299900007002');
    expect(await desk.answer()).toBe(words.console.unknownBarcode.newCard('299900007002', 'Alt+7'));
    await desk.press('Alt+7', 'Enter');
    expect(fieldOf(desk, 'identifier').value).toBe('299900007002');
    await desk.press('Escape');
    await desk.scan('37000099001');
    await desk.press('Alt+7', 'Enter');
    expect(fieldOf(desk, 'identifier').value).toBe('');
    await desk.press('Escape');
  });

  it('USR-02 USR-06 IX.3 a card holder not yet imported: the UNR, group Autorisés, to be overwritten by the next import', async () => {
    const { desk } = script;
    await registerCard(UNR);
    await desk.press('Enter');
    await fill(desk, { lastName: 'MARTIN', firstName: 'Léa', noEmail: true });
    // The category comes with the profile; the UNR is asked, not the primary identifier.
    await goTo(desk, 'category');
    expect(await script.chosen()).toContain(says('= Dossier à écraser', '= To overwrite'));
    await desk.press('Space');
    expect(await desk.text()).toContain(records.byProfile);
    // The number that stands beneath it on the card, of eleven characters with letters, is the INE.
    await fill(desk, { identifier: '1234567890A' });
    expect(await desk.text()).toContain(records.refused.IDENTIFIER_IS_INE(''));
    await fill(desk, { identifier: UNR });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.registered} · ${records.noCardSystem}`);
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
    const record = await recordOf(script.scene, UNR);
    expect(record).toMatchObject({ kind: 'external', group: 'AUT', category: 'OVERWRITE', expiry: '2021-02-08' });
    expect(record.identifier).not.toBe(UNR);
    expect(record.identifiers).toMatchObject([{ primary: true }, { type: 'UNR', value: UNR, external: true }]);
  });

  it('IMP-04 USR-06 IX.3 where the card system knows the card, the record is updated while it is registered', async () => {
    await sitWithCards({
      id: 'ups.lea.martin',
      last: 'MARTIN',
      first: 'Léa',
      group: 'M',
      campus: 'UPS',
      expiry: '2020-10-30',
      identifiers: [['UNR', UNR]],
    });
    const { desk } = script;
    await registerCard(UNR);
    await desk.press('Enter');
    await fill(desk, { lastName: 'MARTIN', firstName: 'Lea', noEmail: true });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.registered} · ${records.lookedUp}`);
    expect((await desk.screen())[2]).toMatch(/^ MARTIN Léa {3}ups\.lea\.martin {3}M · UPS .*30\/10\/2020/);
    expect(await recordOf(script.scene, UNR)).toMatchObject({ kind: 'external', group: 'M', category: null });
    // Another card, of whom the card system says nothing yet: it stays a candidate for the next import.
    await desk.press('F8');
    await registerCard('21900004712');
    await desk.press('Enter');
    await fill(desk, { lastName: 'ROCHE', noEmail: true });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.registered} · ${records.notInCardSystem}`);
    expect(await recordOf(script.scene, '21900004712')).toMatchObject({ group: 'AUT', category: 'OVERWRITE' });
  });

  it('USR-06 IX.5 ENSA, on 8 February 2020: until 30 October 2020, purged on 29 January 2021; the UNR is the identifier', async () => {
    const { desk } = script;
    await registerCard('14100000001');
    await desk.press('Enter');
    expect(fieldOf(desk, 'expiry').value).toBe('30/10/2020');
    expect(fieldOf(desk, 'purge').value).toBe('29/01/2021');
    // The card of another school is told at once.
    await fill(desk, { identifier: '11100000001' });
    expect(await desk.text()).toContain(records.refused.IDENTIFIER_PREFIX('141, 142'));
    await fill(desk, { lastName: 'BLANC', firstName: 'Eve', identifier: '14100000001', noEmail: true });
    // Another year: its own 29 January follows, not three months.
    await fill(desk, { expiry: '30/10/2021' });
    expect(fieldOf(desk, 'purge').value).toBe('29/01/2022');
    await fill(desk, { expiry: '30/10/2020' });
    await desk.press('Ctrl+S');
    expect(await recordOf(script.scene, '14100000001')).toMatchObject({
      kind: 'internal',
      identifier: '14100000001',
      group: 'AUT',
      expiry: '2020-10-30',
      purge: '2021-01-29',
    });
  });

  it('USR-04 USR-06 IX.5 TBS pays for a while: its expiry date is typed, the purge date follows as for any reader', async () => {
    const { desk } = script;
    await registerCard('13100000005');
    await desk.press('Enter');
    expect(fieldOf(desk, 'expiry').value).toBe('');
    await fill(desk, { lastName: 'DUPUY', firstName: 'Noé', noEmail: true });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.refused.EXPIRY_REQUIRED(''));
    expect(await script.chosen()).toContain(records.fields.expiry);
    await desk.type('30/06/2020');
    expect(fieldOf(desk, 'purge').value).toBe('30/09/2020');
    await desk.press('Ctrl+S');
    expect(await recordOf(script.scene, '13100000005')).toMatchObject({ expiry: '2020-06-30', purge: '2020-09-30' });
  });

  it('USR-01 USR-06 IX.6 EI-Purpan: groups L, M, Personnels, Professeurs; campus INP, category and statistics are given', async () => {
    const { desk } = script;
    await desk.scan('299900007001');
    await desk.press('Alt+7', 'Down', 'Down', 'Down', 'Down', 'Down');
    expect(await script.chosen()).toMatch(/EI-Purpan +\S+ .*2999… · L, M, PERS, PROF/);
    await desk.press('Enter');
    const group = fieldOf(desk, 'group');
    expect(group.kind === 'choice' && group.options.map((one) => one.value)).toEqual(['L', 'M', 'PERS', 'PROF']);
    await fill(desk, { lastName: 'LACAZE', firstName: 'Inès', group: 'M', noEmail: true });
    await goTo(desk, 'campus');
    expect(await script.chosen()).toContain('INP Toulouse INP');
    await goTo(desk, 'statistics');
    expect(await desk.text()).toContain(says("= Usager de l'EI-Purpan", '= EI-Purpan reader'));
    expect(await script.chosen()).toContain('= 0eip 0inpt');
    await desk.press('Ctrl+S');
    const record = await recordOf(script.scene, '299900007001');
    expect(record).toMatchObject({
      kind: 'internal',
      group: 'M',
      campus: 'INP',
      category: 'PURPAN',
      expiry: '2020-10-30',
      purge: '2021-01-29',
    });
    expect(record.statistics.map((one) => one.code)).toEqual(['0eip', '0inpt']);
  });
});
