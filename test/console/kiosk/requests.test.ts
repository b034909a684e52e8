import { describe, expect, it } from 'vitest';
import { listLetters } from '../../../source/desk/letters.ts';
import { scanIn } from '../../../source/desk/scan-in.ts';
import { placeRequest } from '../../../source/desk/requests-place.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { asPatron } from '../../support/kiosk.ts';
import { seatAt } from '../../support/house.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, withMembers } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';

const ANA = 'UPS.ana';

describe.each(deskRuns)('manual V.2.1, V.4.2, III.2.2, requests in the account, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    network: withMembers(smallNetwork),
    setting: { directory: directoryOf(ANA), library: 'sci' },
    setUp: async ({ scene }) => {
      ana = await scene.patron({
        id: ANA,
        kind: 'external',
        lastName: 'Martin',
        firstName: 'Ana',
        email: 'ana@example.org',
      });
      await scene.patron({ id: 'FIRST', lastName: 'Secret', firstName: 'Zoé' });
      await scene.patron({ id: 'HOLDER' });
      await scene.items(
        { barcode: 'B1', title: 'Algèbre', location: 'buc/SALLE' },
        { barcode: 'B2', title: 'Optique' },
        { barcode: 'B3', title: 'Thermodynamique', process: 'ACQ' },
      );
    },
  });
  const { says, words } = script;
  const { account, requests } = words.kiosk;
  const ask = async (item: string, pickup = 'sci', until: string | null = null): Promise<void> => {
    expect(await asPatron(script.scene, ana, placeRequest, { item, pickup, until })).toMatchObject({ kind: 'placed' });
  };
  /** Looks at the requests anew: their states, from the top. */
  const states = async (): Promise<string[]> => {
    const { kiosk } = script;
    const { page } = kiosk.state();
    if (page?.title === requests.title) await kiosk.press('Escape');
    await script.choose(account.requests(0, 0));
    const shown = kiosk.state().page;
    const lines = shown?.body.kind === 'list' ? shown.body.entries.map((one) => one.lines[1] ?? '') : [];
    // What is said is whole on the screen.
    for (const line of lines) expect(await kiosk.text()).toContain(line);
    return lines;
  };

  it('KIO-04 III.2.2 a request is followed: waiting, on its way, ready until a day, over', async () => {
    const { kiosk, scene } = script;
    const atBuc = seatAt(scene.bib, 'buc/PRET');
    await scene.lend('HOLDER', 'B1');
    await scene.act(placeRequest, { patron: 'FIRST', item: 'B1', pickup: 'buc' });
    await ask('B1', 'sci', '2026-07-31');
    await enterAs(script, 'ana');
    expect(await states()).toEqual([requests.waiting(2, null)]);
    expect(await kiosk.text()).toContain(`${requests.until('31/07/2026')} · ${requests.pickup('Library sci')}`);
    await scene.giveBack('B1', {}, atBuc);
    expect(await states()).toEqual([requests.waiting(2, null)]);
    // The first one borrows it, which recalls it for the second; then it comes back.
    await scene.lend('FIRST', 'B1', {}, atBuc);
    const [recalled] = await states();
    expect(recalled).toBe(requests.waiting(1, says('lun. 15 juin 20:00', 'Mon 15 June 20:00')));
    await scene.giveBack('B1', {}, atBuc);
    expect(await states()).toEqual([requests.onItsWay]);
    expect(await scene.act(scanIn, { barcode: 'B1' })).toMatchObject({ instruction: 'hold-shelf' });
    expect(await states()).toEqual([requests.ready(says('mercredi 10 juin 2026', 'Wednesday 10 June 2026'))]);
    expect((await kiosk.screen())[3]).toContain(requests.count(1, 1));
    await kiosk.press('Escape');
    expect(await kiosk.text()).toContain(account.requests(1, 1));
    scene.at('2026-06-11T10:00');
    expect(await states()).toEqual([requests.over(says('mercredi 10 juin 2026', 'Wednesday 10 June 2026'))]);
    expect(kiosk.output()).not.toContain('Secret');
    await scene.lend(ana, 'B1');
    expect(await states()).toEqual([]);
    expect(await kiosk.text()).toContain(requests.none);
  });

  it('KIO-04 REQ-07 III.2.2 asked for from its shelf, then taken there; being received', async () => {
    const { scene } = script;
    await ask('B1');
    await ask('B3');
    await enterAs(script, 'ana');
    expect(await states()).toEqual([requests.fetched('Library buc'), requests.acquisition('Library sci')]);
    const atBuc = seatAt(scene.bib, 'buc/PRET');
    expect(await scene.act(scanIn, { barcode: 'B1' }, atBuc)).toMatchObject({ instruction: 'transit' });
    expect(await states()).toEqual([requests.onItsWay, requests.acquisition('Library sci')]);
  });

  it.each(['waiting', 'being fetched', 'on its way', 'on the hold shelf'] as const)(
    'KIO-04 CAN-01 V.4.2 cancelled while %s, after a question, without a letter',
    async (stage) => {
      const { kiosk, scene, says: inLanguage } = script;
      if (stage === 'waiting') {
        await scene.lend('HOLDER', 'B2');
        await ask('B2');
      } else if (stage === 'on the hold shelf') {
        await ask('B2');
        expect(await scene.giveBack('B2')).toMatchObject({ next: 'hold-shelf' });
      } else {
        await ask('B1');
        if (stage === 'on its way') await scene.act(scanIn, { barcode: 'B1' }, seatAt(scene.bib, 'buc/PRET'));
      }
      const title = stage === 'waiting' || stage === 'on the hold shelf' ? 'Optique' : 'Algèbre';
      await enterAs(script, 'ana');
      expect(await states()).toHaveLength(1);
      const before = await scene.act(listLetters, { patron: ana, window: { offset: 0, limit: 50 } });
      await kiosk.press(requests.cancelKey);
      expect(await kiosk.flat()).toContain(requests.cancelSure(title));
      // The first answer is no.
      await kiosk.press('Enter');
      expect(await states()).toHaveLength(1);
      await kiosk.press(requests.cancelKey);
      await script.choose(requests.yes);
      expect((await kiosk.screen())[4]).toContain(inLanguage('RÉSERVATION ANNULÉE', 'REQUEST CANCELLED'));
      expect(await kiosk.text()).toContain(requests.none);
      expect(await scene.act(listLetters, { patron: ana, window: { offset: 0, limit: 50 } })).toEqual(before);
    },
  );
});
