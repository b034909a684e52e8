import { describe, expect, it } from 'vitest';
import { changeItem } from '../../../source/desk/catalogue-items.ts';
import { blockPatron } from '../../../source/desk/patron-blocks.ts';
import { placeRequest } from '../../../source/desk/requests-place.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, PASSWORD, withMembers } from '../../support/kiosk-people.ts';
import { network, withLibrary } from '../../support/network.ts';

const ANA = 'UPS.ana';
const CHEMISTRY = {
  title: 'Élémentaire, la chimie',
  author: 'Aubry, Lucie',
  isbn: '9782100801234',
  subjects: ['Molécules'],
};
const LONG =
  'Histoire de la reliure occidentale et orientale, des origines à nos jours, avec un choix de planches en couleurs';

describe.each(deskRuns)('manual V.2.1, the catalogue and a request, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    network: withMembers(
      withLibrary(
        'buc',
        { pickup: [{ at: ['buc', 'sci'] }] },
        network({ blockTypes: [{ code: 'MANUAL', stops: ['request'] }] }),
      ),
    ),
    setting: { directory: directoryOf(ANA), library: 'sci' },
    setUp: async ({ scene }) => {
      ana = await scene.patron({ id: ANA, kind: 'external', lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: 'OTHER', lastName: 'Secret', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'B1', ...CHEMISTRY },
        { barcode: 'B2', ...CHEMISTRY, location: 'buc/SALLE' },
        { barcode: 'C1000', title: 'Cristallographie', callNumber: '548 CRI' },
        { barcode: 'E1', title: 'Dictionnaire des arts', policy: 'EXC' },
        { barcode: 'L1', title: LONG, location: 'buc/SALLE' },
        { barcode: 'V12', title: 'Revue du Midi', description: 'n° 12' },
        { barcode: 'V13', title: 'Revue du Midi', description: 'n° 13', location: 'buc/SALLE' },
        { barcode: 'T1', title: 'Thermodynamique', process: 'ACQ' },
        { barcode: 'M1', title: 'Mécanique', policy: 'P48NN' },
      );
    },
  });
  const { says, words } = script;
  const { catalogue, home, requests, signIn, account } = words.kiosk;
  const find = async (text: string): Promise<void> => {
    await script.kiosk.type(text);
  };
  /** From the language to a title. */
  const openTitle = async (text: string): Promise<void> => {
    await script.begin();
    await script.choose(home.catalogue);
    await find(text);
    await script.kiosk.press('Enter');
  };

  it('KIO-01 V.2.1 a title is found while one types: by title, author, subject and ISBN, accents or none', async () => {
    const { kiosk } = script;
    await script.begin();
    await script.choose(home.catalogue);
    expect(await kiosk.flat()).toContain(catalogue.begin);
    await find('elem');
    expect(await kiosk.chosen()).toContain('Élémentaire, la chimie');
    expect(await kiosk.text()).toContain(`${catalogue.available(2, 1)} · Aubry, Lucie`);
    expect(await kiosk.text()).toContain(catalogue.found(1, false));
    // One cannot go wrong with what matches nothing; Delete begins anew.
    await find('xyz');
    expect(await kiosk.flat()).toContain(catalogue.nothing('elemxyz'));
    await kiosk.press('Delete');
    for (const [field, text] of [
      ['title', 'chimie'],
      ['author', 'aubry'],
      ['subject', 'molecules'],
      ['isbn', '978-2-10-080123-4'],
    ] as const) {
      await kiosk.press('Tab', 'Delete');
      expect(await kiosk.text()).toContain(catalogue.hint(catalogue.fields[field]));
      await find(text);
      expect(await kiosk.chosen()).toContain('Élémentaire');
    }
    await kiosk.press('Tab', 'Delete');
    await find('dictionnaire');
    expect(await kiosk.text()).toContain(catalogue.consultation);
    // A book in the hand is found by its barcode.
    await kiosk.press('Delete');
    await kiosk.scan('C1000');
    expect(await kiosk.chosen()).toContain('Cristallographie');
    await kiosk.press('Escape');
    expect((await kiosk.screen())[2]).toContain(home.title);
  });

  it('KIO-01 V.2.1 its holdings: available, on loan until when, in transit, being treated, to be consulted, notes', async () => {
    const { kiosk, scene } = script;
    await scene.lend('OTHER', 'B1');
    const change = { publicNote: 'Avec un cédérom', internalNote: 'À racheter' };
    expect(await scene.act(changeItem, { barcode: 'C1000', change })).toMatchObject({ kind: 'changed' });
    await openTitle('elem');
    const text = await kiosk.flat();
    expect(text).toContain(`${catalogue.by} Aubry, Lucie`);
    expect(text).toContain(`${catalogue.isbn} 9782100801234`);
    expect(text).toContain(`${catalogue.subjects} Molécules`);
    expect(text).toContain(`Library sci (${catalogue.here}) · 63S`);
    expect(text).toContain(catalogue.status['on-loan'](says('lun. 22 juin 19:00', 'Mon 22 June 19:00')));
    expect(text).toContain(`Library buc · SALLE ${catalogue.status.available}`);
    for (const secret of ['Secret', 'À racheter']) expect(kiosk.output()).not.toContain(secret);
    // What comes back to another library is on its way.
    await scene.giveBack('B1', {}, seatAt(scene.bib, 'buc/PRET'));
    await kiosk.press('Escape', 'Enter');
    expect(await kiosk.flat()).toContain(catalogue.status['in-transit']);
    for (const [title, said] of [
      ['Dictionnaire', catalogue.status.consultation],
      ['Cristallo', catalogue.callNumber('548 CRI')],
      ['Cristallo', '« Avec un cédérom »'],
      ['Thermo', catalogue.status['on-order']],
    ] as const) {
      await kiosk.press('Escape', 'Delete');
      await find(title);
      await kiosk.press('Enter');
      expect(await kiosk.flat()).toContain(said);
    }
    // The whole of a long title stands there.
    await kiosk.press('Escape', 'Delete');
    await find('reliure');
    await kiosk.press('Enter');
    expect(await kiosk.flat()).toContain(LONG);
  });

  it('KIO-04 REQ-02 REQ-06 V.2.1 a request: sign in on the way, the possible pickup libraries alone, not needed after a day', async () => {
    const { kiosk, scene } = script;
    await scene.lend('OTHER', 'L1');
    await openTitle('reliure');
    await kiosk.press(catalogue.requestKey);
    await script.choose(signIn.member);
    await kiosk.press('Enter');
    await script.fill('ana', PASSWORD);
    expect((await kiosk.screen())[2]).toContain(requests.formTitle);
    // Of the owner, buc: there and here; the third library is not among them.
    expect(await kiosk.chosen()).toContain('< Library sci >');
    await kiosk.press('Right');
    expect(await kiosk.chosen()).toContain('< Library buc >');
    await kiosk.press('Right');
    expect(await kiosk.chosen()).toContain('< Library sci >');
    await kiosk.press('Enter');
    await kiosk.type('31/13');
    expect(await kiosk.flat()).toContain(requests.notADay);
    await kiosk.press('Delete');
    await kiosk.type('31/05/2026');
    await kiosk.press('Enter', 'Enter');
    expect(await kiosk.flat()).toContain(requests.past);
    await kiosk.press('Delete');
    await kiosk.type('30/06');
    expect(await kiosk.text()).toContain(says('mardi 30 juin 2026', 'Tuesday 30 June 2026'));
    await kiosk.press('Enter', 'Enter');
    expect((await kiosk.screen())[2]).toContain(requests.placed('').trim());
    expect(await kiosk.flat()).toContain(requests.placedSaid[1]);
    // Whoever signed in on the way comes to their account, which knows the request.
    await kiosk.press('Escape', 'Escape');
    await script.choose(account.requests(1, 0));
    expect(await kiosk.flat()).toContain(requests.until('30/06/2026'));
  });

  it('REQ-01 V.2.1 of a work in several volumes one is chosen first', async () => {
    const { kiosk, scene } = script;
    await scene.lend('OTHER', 'V12');
    await scene.lend('OTHER', 'V13');
    await enterAs(script, 'ana');
    await script.choose(home.catalogue);
    await find('midi');
    await kiosk.press('Enter', catalogue.requestKey);
    expect((await kiosk.screen())[2]).toContain(requests.volumeTitle);
    await kiosk.press('Down');
    expect(await kiosk.chosen()).toContain('n° 13');
    await kiosk.press('Enter', 'Enter', 'Enter', 'Enter');
    expect((await kiosk.screen())[2]).toContain(requests.placed('Revue du Midi'));
    await kiosk.press('Escape', 'Escape');
    await script.choose(account.requests(1, 0));
    expect(await kiosk.chosen()).toContain('Revue du Midi · n° 13');
  });

  it('KIO-04 REQ-04 REQ-05 PEN-06 V.2.1 refused: on the shelf, not requestable, on loan to oneself, requested already, blocked', async () => {
    const { kiosk, scene } = script;
    await scene.load(
      withMembers(
        network({
          blockTypes: [{ code: 'MANUAL', stops: ['request'] }],
          libraries: network({}).libraries.map((one) =>
            one.code === 'sci'
              ? { ...one, locations: one.locations.map((l) => ({ ...l, onShelfRequests: false })) }
              : one,
          ),
        }),
      ),
    );
    await scene.lend(ana, 'L1');
    await scene.patron({ id: 'ANOTHER' });
    await scene.lend('OTHER', 'B2');
    await scene.lend('ANOTHER', 'B1');
    expect(await scene.act(placeRequest, { patron: ana, item: 'B2', pickup: 'sci' })).toMatchObject({ kind: 'placed' });
    await enterAs(script, 'ana');
    await script.choose(home.catalogue);
    const refused = async (text: string, reason: string): Promise<void> => {
      await kiosk.press('Delete');
      await find(text);
      await kiosk.press('Enter', catalogue.requestKey);
      expect((await kiosk.screen())[2]).toContain(requests.refusedTitle);
      expect(await kiosk.flat()).toContain(reason);
      await kiosk.press('Enter', 'Escape');
    };
    await refused('cristallo', requests.reason.ITEM_ON_SHELF);
    await refused('mecanique', requests.reason.NOT_REQUESTABLE);
    await refused('reliure', requests.reason.TITLE_ON_LOAN_TO_PATRON);
    await refused('elem', requests.reason.ALREADY_REQUESTED);
    await scene.act(blockPatron, { patron: ana, type: 'MANUAL', note: 'Insolente' });
    await refused('reliure', requests.reason.PATRON_BLOCKED);
    expect(kiosk.output()).not.toContain('Insolente');
  });
});
