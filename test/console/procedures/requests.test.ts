import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(deskRuns)('manual V.1, V.2 and V.4.2, requests, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique', location: 'buc/SALLE' },
        { barcode: 'C1000', title: 'Chimie organique', policy: 'P48NN' },
        { barcode: 'V12', title: 'Revue du Midi', description: 'n° 12', location: 'sci/63S' },
        { barcode: 'V13', title: 'Revue du Midi', description: 'n° 13', location: 'buc/SALLE' },
      );
    },
  });
  const { says, words } = script;
  const { requests } = words.console;
  const placed = (title: string, library: string, position: number): string =>
    requests.placed(title, requests.task.pick(library), position);
  /** Requests a title for a card from the record, at the pickup library that is proposed. */
  const request = async (card: string, title: string): Promise<void> => {
    const { desk } = script;
    await desk.scan(card);
    await desk.press('Alt+3', 'Alt+Q');
    await desk.type(title);
    await desk.press('Alt+Q', 'Ctrl+S');
  };

  it('REQ-02 V.2.2.1 from the catalogue: the title, the patron’s card, the pickup library among the possible ones', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    expect((await desk.screen())[3]).toContain('Alt+Q');
    await desk.type('opti');
    await desk.press('Alt+Q');
    expect(await desk.text()).toContain(requests.patronHint);
    // Nobody is no answer, and a card that nobody has is none either.
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.form.empty);
    await desk.scan(ANA);
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(requests.formFor('Optique', 'Martin Ana'));
    expect(await desk.text()).toContain(`${requests.pickup.padEnd(24)} < sci Library sci >`);
    await desk.type('med');
    await desk.press('Down');
    await desk.type('30/06');
    await desk.press('Down');
    await desk.type('pour un exposé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(placed('Optique', 'buc', 1));
    await desk.press('Ctrl+F');
    expect((await desk.screen())[2]).toContain(requests.queueHead('Optique'));
    expect(await script.chosen()).toMatch(/1\/1 +Martin Ana +med /);
  });

  it('REQ-02 REQ-03 V.2.2.2 from the record: Alt+Q finds the title; the queue is the order of arrival', async () => {
    const { desk } = script;
    await desk.scan(ZOE);
    await desk.press('Alt+3');
    expect(await desk.text()).toContain(words.console.lists.emptyRequests);
    expect((await desk.screen())[4]).toContain(requests.tabHint);
    await request(ANA, 'opti');
    expect(await desk.answer()).toBe(placed('Optique', 'buc', 1));
    await request(ZOE, 'opti');
    expect(await desk.answer()).toBe(requests.placed('Optique', requests.task.wait, 2));
    await desk.press('Escape');
    expect(await script.chosen()).toMatch(new RegExp(`▸ Optique +sci +2/2 +${requests.task.wait}`));
    expect((await desk.screen())[3]).toContain(says('Réservations 1', 'Requests 1'));
    await desk.press('Alt+C');
    await desk.type('opti');
    await desk.press('Ctrl+F');
    expect((await script.rows()).map((one) => one.slice(3, 30).trim())).toEqual([
      expect.stringMatching(/^1\/2 +Martin Ana/),
      expect.stringMatching(/^2\/2 +Dupont Zoé/),
    ]);
    // Enter leads to the one who waits.
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
  });

  it('REQ-01 REQ-04 V.2.2.3 an issue is chosen before the pickup library; another issue of the same title is another request', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+3', 'Alt+Q');
    await desk.type('midi');
    await desk.press('Alt+Q');
    expect(await desk.text()).toContain(`${requests.volume.padEnd(24)} < n° 12 · sci/63S · V12 >`);
    expect(await desk.text()).toContain(requests.volumeHint);
    await desk.press('Right', 'Ctrl+S', 'Ctrl+S');
    expect(await desk.answer()).toBe(placed('Revue du Midi', 'buc', 1));
    await desk.press('Alt+Q', 'Ctrl+S', 'Ctrl+S');
    expect(await desk.answer()).toBe(placed('Revue du Midi', 'sci', 1));
    await desk.press('Escape');
    const rows = await script.rows();
    expect(rows).toHaveLength(2);
    expect(rows.join(' ')).toMatch(/n° 1[23].*n° 1[23]/);
  });

  it('REQ-01 V.2.2.3 the item of a search is the one that is asked for', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+3', 'Alt+C');
    await desk.type('midi');
    await desk.press('Enter', 'Down', 'Alt+Q');
    expect(await desk.text()).toContain(requests.formFor('Revue du Midi', 'Martin Ana'));
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(placed('Revue du Midi', 'sci', 1));
  });

  it('REQ-04 a request that is refused says why, and waits to be read', async () => {
    const { desk } = script;
    await request(ANA, 'opti');
    await request(ANA, 'opti');
    expect(await desk.text()).toContain(requests.refused('Optique'));
    expect(await script.flat()).toContain(
      says(
        "Il l'a déjà demandé le lun. 01/06 10:00, retrait sci.",
        'Requested already on Mon 01/06 10:00, pickup sci.',
      ),
    );
    await script.answers('answer-read');
    expect(await desk.answer()).toBe(requests.notPlaced('Optique'));
    await request(ZOE, 'chimie');
    expect(await script.flat()).toContain(
      says("Aucun exemplaire n'est autorisé à la réservation (sci).", 'No copy may be requested (sci).'),
    );
    await script.answers('answer-read');
  });

  it('REQ-07 REQ-08 V.3.1 why this copy: the reason, and what was made of each copy; a loan is recalled', async () => {
    const { desk, scene } = script;
    await scene.lend(ZOE, 'B1000', {}, seatAt(scene.bib, 'buc/PRET'));
    await request(ANA, 'opti');
    expect(await desk.answer()).toContain(says('rappelé, buc', 'recalled, buc'));
    await desk.press('Escape', 'Alt+L');
    const why = await desk.text();
    expect(why).toContain(requests.whyTitle('Optique'));
    expect(why).toContain(requests.because.RECALLED);
    expect(why).toContain(`B1000 buc/SALLE : ${requests.copyWhy.CHOSEN(null, null)}`);
    await desk.press('Escape');
    await request(ZOE, 'midi');
    await desk.press('Ctrl+S', 'Escape', 'Alt+L');
    expect(await desk.text()).toContain(requests.because.AT_PICKUP);
    expect(await desk.text()).toContain(`V13 buc/SALLE : ${requests.copyWhy.OTHER_VOLUME(null, null)}`);
  });

  it('CAN-01 V.4.2 cancelled from the record and from the catalogue, with a reason, and the choice to tell the patron', async () => {
    const { desk } = script;
    await request(ANA, 'opti');
    await desk.press('Escape', 'Ctrl+X');
    expect(await desk.text()).toContain(requests.cancelTitle('Optique'));
    expect(await desk.text()).toContain(`${requests.notify.padEnd(24)} [x]`);
    await desk.type('abîmé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(requests.cancelled('Optique', ''));
    expect((await desk.screen())[3]).toContain(says('Réservations 0', 'Requests 0'));
    await request(ZOE, 'opti');
    await desk.press('Ctrl+F', 'Ctrl+X', 'Down', 'Space', 'Ctrl+S');
    expect(await desk.answer()).toBe(requests.cancelled('Optique', ''));
    expect(await desk.text()).toContain(requests.noRequests);
    const events = await script.database.sql<{ data: string }>(
      "select data from events where kind = 'request-cancelled' order by id",
    );
    expect(events.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject([
      { reason: 'abîmé', notify: true },
      { reason: null, notify: false },
    ]);
  });
});
