import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cardFileFor, lookUpIn } from '../../../source/exchange/patrons/index.ts';
import { almaXml } from '../../support/card-users.ts';
import type { CardUser } from '../../support/card-users.ts';
import { cardHolder } from '../../support/card-holder.ts';
import { contactsOf, fill, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const ANA = cardHolder.id;
const LATER: CardUser = {
  id: ANA,
  last: 'MARTIN',
  first: 'Ana',
  group: 'M',
  campus: 'UPS',
  expiry: '2027-10-30',
  identifiers: [['UNR', '1510000000002']],
  emails: ['ana.martin@ups.example.org'],
};

describe.each(deskRuns)('manual X.3, X.4, records are verified, updates are forced, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    // A library that checks the records of the card system before it lends.
    seat: (scene) => seatAt(scene.bib, 'N7/PRET'),
    setUp: async ({ scene }) => {
      await scene.patron(cardHolder);
      await scene.patron({ id: '299900000001', lastName: 'Durand', firstName: 'Luc', group: 'AUT' });
    },
  });
  const { words } = script;
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
    await script.sit({ seat: seatAt(scene.bib, 'N7/PRET'), cardSystem: { lookUpNow: lookUpIn(system) } });
  };
  const badge = records.notVerifiedHere('Ctrl+V');

  it('USR-09 X.3 a library that checks records sees that one is not verified; one command notes it, with the date', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA);
    expect((await desk.screen())[3]).toContain(badge);
    await desk.press('Ctrl+V');
    expect(await desk.answer()).toBe(records.nowVerified('Dossier vérifié 01/06/2026'));
    expect((await desk.screen())[3]).not.toContain(badge);
    expect((await desk.screen())[2]).toContain(words.console.patron.notes(1));
    // Neither external, which an import would overwrite, nor visible to the patron.
    await desk.press('Alt+N');
    expect(await script.rows()).toHaveLength(1);
    expect(await script.chosen()).toMatch(/Dossier vérifié 01\/06\/2026 +(Prêt|Loan|Circulation)/);
    const notes = await script.database.sql('select external, visible, popup from patron_notes');
    expect(notes.map((one) => Object.values(one).map(Boolean))).toEqual([[false, false, false]]);
    // At the next visit it is still there; when, and by whom, is one key away.
    await desk.press('Escape', 'F8');
    scene.at('2026-06-03T10:00');
    await desk.scan(ANA);
    expect((await desk.screen())[3]).not.toContain(badge);
    await desk.press('Ctrl+V');
    expect(await desk.answer()).toBe(records.verifiedOn('01/06/2026', 'bib'));
    expect(await script.database.sql('select id from patron_notes')).toHaveLength(1);
    await desk.press('Alt+4');
    expect((await script.rows()).join('\n')).toContain(records.verifiedOn('01/06/2026', 'bib'));
  });

  it('USR-09 X.3 neither an internal record nor a library that checks none has the sign', async () => {
    const { desk, scene } = script;
    await desk.scan('299900000001');
    expect((await desk.screen())[3]).not.toContain(badge);
    const elsewhere = await script.sit({ seat: seatAt(scene.bib, 'sci/PRET') });
    await elsewhere.scan(ANA);
    expect((await elsewhere.screen())[3]).not.toContain(badge);
  });

  it('USR-08 IMP-04 X.4 group Autorisés and category Dossier à écraser: the record is looked up and updated at once', async () => {
    await sitWithCards(LATER);
    const { desk } = script;
    await desk.scan(ANA);
    // IX.4: the UNR of the new card is added first, as external.
    await desk.press('Alt+4', 'Tab', 'Tab', 'Ctrl+N');
    await goTo(desk, 'value');
    await desk.scan('1510000000002');
    await fill(desk, { external: true });
    await desk.press('Ctrl+S', 'Shift+Tab', 'Shift+Tab', 'Alt+M');
    await fill(desk, { group: 'AUT', category: 'OVERWRITE' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.saved} · ${records.lookedUp}`);
    expect((await desk.screen())[2]).toMatch(/MARTIN Ana +ut1\.ana\.martin +M · UPS .*30\/10\/2027/);
    const record = await recordOf(script.scene, ANA);
    expect(record).toMatchObject({ group: 'M', category: null, campus: 'UPS', expiry: '2027-10-30' });
    expect(contactsOf(record, 'email')).toContain('* ana.martin@ups.example.org');
  });

  it('IMP-04 X.4 who is not in the card system stays a candidate, and is found again by Alt+Ctrl+G once they are', async () => {
    await sitWithCards({ ...LATER, id: 'ups.somebody', identifiers: [] });
    const { desk } = script;
    await desk.scan(ANA);
    // A record that is not to be overwritten is not looked up by mistake.
    await desk.press('Alt+Ctrl+G');
    expect(await desk.answer()).toBe(records.lookUpFailed['not-to-overwrite']);
    await desk.press('Alt+4', 'Enter');
    await fill(desk, { group: 'AUT', category: 'OVERWRITE' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.saved} · ${records.notInCardSystem}`);
    expect(await recordOf(script.scene, ANA)).toMatchObject({ group: 'AUT', category: 'OVERWRITE', campus: 'UT1' });
    await writeFile(path.join(folder, 'users.xml'), almaXml([LATER]));
    await desk.press('Alt+Ctrl+G');
    expect(await desk.answer()).toBe(records.lookedUp);
    expect(await recordOf(script.scene, ANA)).toMatchObject({ group: 'M', category: null });
  });

  it('IMP-04 REL-04 X.4 data that the card system has wrong, or a file that cannot be read, leave the record as it is', async () => {
    await sitWithCards({ ...LATER, group: 'NOWHERE' });
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+4', 'Enter');
    await fill(desk, { group: 'AUT', category: 'OVERWRITE' });
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(`${records.saved} · ${records.lookUpFailed.rejected}`);
    await rm(folder, { recursive: true });
    await desk.press('Alt+Ctrl+G');
    expect(await desk.answer()).toBe(records.lookUpFailed.unreadable);
    expect(await recordOf(script.scene, ANA)).toMatchObject({ group: 'AUT', category: 'OVERWRITE' });
  });
});
