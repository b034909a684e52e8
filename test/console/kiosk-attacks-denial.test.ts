import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../source/desk/patron-notes.ts';
import { placeRequest } from '../../source/desk/requests-place.ts';
import { widthOf } from '../../source/language/fit.ts';
import { deskRuns } from '../support/desk-script.ts';
import { attackClock, heldPerform, turn, watchedPerform } from '../support/kiosk-attack.ts';
import { checkKiosk, kioskScript } from '../support/kiosk-driver.ts';
import { givePassword, PASSWORD } from '../support/kiosk-people.ts';
import { smallNetwork } from '../support/network.ts';

const CARD = '29990001';
const runs = deskRuns.filter((one) => one.name === 'SQLite');
/** What a catalogue can hold that a terminal would obey: erase, title, clipboard, bell, colours, eight-bit codes, other directions. */
const EVIL = [
  'A\u001B[2J\u001B[1;1HX',
  'B\u001B]52;c;c2VjcmV0\u0007Y',
  'C\u001B]0;pris\u0007Z\u009B31m',
  'D\u0007\u0008\u000E\r\n\u2028E',
  'F\u202Eeuqilbup\u2066\u200B\uFEFF',
  'G\u001BPq\u001B\\\u001Bc\u0085\u008DH',
];
const OBEYED = ['\u001B]', '\u001BP', '\u001Bc', '\u0007', '\u0008', '\u000E'];
const HIDDEN = /[\u0080-\u009F\u200B\u202A-\u202E\u2028\u2066-\u2069\uFEFF]/u;
/** What Ink and the kiosk write themselves (movements, colours, erasing) has none of these. */
function isHarmless(output: string): void {
  for (const sequence of OBEYED) expect(output).not.toContain(sequence);
  expect(output).not.toMatch(HIDDEN);
}
const evil = (at: number): string => EVIL[at % EVIL.length] ?? '';
const libraries = smallNetwork.libraries.map((one, at) => ({ ...one, name: `${evil(at)} ${one.code}` }));

describe.each(runs)('texts of others at the patrons’ terminal, in $language', (run) => {
  const script = kioskScript(run, {
    network: {
      ...smallNetwork,
      name: evil(2),
      libraries,
      kiosk: { idleMinutes: 2, terms: { fr: evil(0), en: evil(1) } },
    },
    setting: { library: 'sci' },
    setUp: async ({ scene }) => {
      const patron = await scene.patron({ id: CARD, firstName: evil(1), lastName: evil(4), email: 'a@example.org' });
      await givePassword(scene, patron);
      await scene.items(
        ...EVIL.map((title, at) => ({
          barcode: `H${at}`,
          title: `Titre ${title}`,
          author: evil(at + 1),
          callNumber: evil(at + 2),
          description: evil(at + 3),
        })),
        { barcode: 'R', title: `Demande ${evil(3)}` },
      );
      await scene.patron({ id: 'OTHER' });
      for (let at = 0; at < 3; at += 1) await scene.lend(CARD, `H${at}`);
      await scene.giveBack('H0');
      await scene.lend('OTHER', 'R');
      await scene.act(placeRequest, { patron: CARD, item: 'R', pickup: 'med' });
      for (const text of EVIL) await scene.act(addPatronNote, { patron: CARD, text: `Note ${text}`, visible: true });
    },
  });
  const { words } = script;
  const harmless = async (): Promise<void> => {
    checkKiosk(await script.kiosk.screen());
    isHarmless(script.kiosk.output());
  };

  it('REL-06 KIO-01 KIO-03 KIO-04 KIO-05 are shown on every page, and obeyed on none', async () => {
    const { kiosk } = script;
    await script.begin();
    await script.choose(words.kiosk.home.catalogue);
    await kiosk.type('titre');
    expect(await script.kiosk.text()).toContain('␛[2J');
    await harmless();
    for (let at = 0; at < EVIL.length; at += 1) {
      await kiosk.press('Enter');
      expect((await kiosk.screen())[2]).toMatch(/Titre [A-G]/);
      await harmless();
      await kiosk.press('Escape', 'Down');
    }
    await kiosk.press('F10');
    await script.begin();
    await script.choose(words.kiosk.home.register);
    await harmless();
    await kiosk.press('F10');
    await script.begin();
    await script.choose(words.kiosk.home.account);
    await script.fill(CARD, PASSWORD);
    expect(kiosk.state().who).not.toBeNull();
    for (const page of ['1', '2', '3', '4', '7']) {
      await kiosk.press(page);
      await harmless();
      await kiosk.press('PageDown');
      await harmless();
      await kiosk.press('Escape');
    }
    await kiosk.press('1', words.kiosk.loans.renewKey);
    await harmless();
    await kiosk.press('Escape', '2', words.kiosk.requests.cancelKey);
    await harmless();
  });

  it('REL-05 TUI-05 nor by the terminal of somebody who listens', async () => {
    await script.stand({ screenReader: true });
    const { kiosk } = script;
    await script.begin();
    await script.choose(words.kiosk.home.catalogue);
    await kiosk.type('titre');
    await kiosk.press('Enter', 'F10');
    // The echo of what is erased is ours.
    isHarmless(kiosk.output().replaceAll('\b \b', ''));
  });
});

describe.each(runs)('somebody who means to stop the patrons’ terminal, in $language', (run) => {
  const script = kioskScript(run, {});
  const { words } = script;
  const { home } = words.kiosk;
  const whole = async (): Promise<void> => {
    const screen = await script.kiosk.screen();
    checkKiosk(screen);
    for (const row of screen) expect(widthOf(row)).toBeLessThanOrEqual(80);
  };
  /** Characters that the state of the screen holds: what it keeps of what is typed. */
  const kept = (): number => JSON.stringify(script.kiosk.state()).length;

  it('REL-05 PERF-01 a key that is held down, and 100 kB that are pasted, fill no field: search and forms', async () => {
    const clock = attackClock();
    const watched = watchedPerform(script.scene.perform);
    await script.stand({ perform: watched.perform, now: clock.now, setTimer: clock.setTimer });
    const places = [
      [home.catalogue],
      [home.account],
      [home.password, words.kiosk.password.code],
      [home.register],
      [home.clearance],
    ];
    for (const labels of places) {
      await script.begin();
      for (const label of labels) await script.choose(label);
      if (labels[0] === home.register) await script.kiosk.press('c');
      for (let times = 0; times < 20; times += 1) script.kiosk.write('a'.repeat(500));
      await script.kiosk.idle();
      await whole();
      await script.kiosk.bytes(`\u001B[200~${'😀é'.repeat(16_000)}\u001B[201~`);
      await whole();
      expect([labels, kept() < 20_000]).toEqual([labels, true]);
      await script.kiosk.press('Backspace', 'b');
      await whole();
      await script.kiosk.press('F10');
    }
    for (const { request } of watched.calls) expect(JSON.stringify(request).length).toBeLessThan(5000);
  });

  it('REL-05 KIO-07 keys that come while nothing answers are not kept for ever, and none of them is the next reader’s', async () => {
    const clock = attackClock();
    const desk = heldPerform(script.scene.perform);
    const watched = watchedPerform(desk.perform);
    await script.stand({ perform: watched.perform, now: clock.now, setTimer: clock.setTimer });
    await script.begin();
    await script.choose(home.catalogue);
    desk.hold('search-public');
    script.kiosk.write('faux');
    await desk.asked();
    // 100,000 lines, each of which would be a search.
    script.kiosk.write(`\u001B[200~${'faux\nvrai\n'.repeat(50_000)}\u001B[201~`);
    await turn();
    await desk.answer();
    await script.kiosk.idle();
    expect(watched.calls.filter((one) => one.action === 'search-public').length).toBeLessThan(110);
    await whole();
    await script.kiosk.press('F10');
    expect(script.kiosk.state().page?.title).toBe(words.kiosk.welcome.title);
  });
});
