import { describe, expect, it } from 'vitest';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript, standAt } from '../../support/kiosk-driver.ts';
import type { KioskDriver } from '../../support/kiosk-driver.ts';
import { givePassword, PASSWORD } from '../../support/kiosk-people.ts';

const ANA = '299900001234';

describe.each(deskRuns)('a terminal that is heard, not seen, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    setUp: async ({ scene }) => {
      ana = await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await givePassword(scene, ana);
      await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2', title: 'Logique' });
      scene.at('2026-05-13T10:00');
      for (const barcode of ['B1', 'B2']) await scene.lend(ana, barcode);
      scene.at('2026-06-01T10:00');
    },
  });
  const { words, says } = script;
  const { account, catalogue, home, keys, loans, signIn, welcome } = words.kiosk;
  /** Does something; what is said of it, a line each. */
  const heard = async (kiosk: KioskDriver, what: () => Promise<void>): Promise<string[]> => {
    const before = kiosk.output().length;
    await what();
    return kiosk
      .output()
      .slice(before)
      .replaceAll('\u0007', '')
      .split('\r\n')
      .filter((line) => line !== '');
  };
  const listening = async (work: (kiosk: KioskDriver) => Promise<void>): Promise<void> => {
    const kiosk = await standAt(script.scene, { language: run.language, screenReader: true, library: 'sci' });
    await work(kiosk);
    expect(kiosk.errors).toEqual([]);
    await kiosk.leave();
  };
  const first = run.language === 'fr' ? '1' : '2';

  it('TUI-05 KIO-01 each page says its title, what there is to choose, and the keys', async () => {
    await listening(async (kiosk) => {
      for (const line of [welcome.title, ...welcome.said]) expect(kiosk.output()).toContain(line);
      const said = await heard(kiosk, async () => kiosk.type(first));
      expect(said).toContain(home.title);
      expect(said.some((line) => line.endsWith(home.catalogue))).toBe(true);
      expect(said.some((line) => line.endsWith(home.clearance))).toBe(true);
      expect(said.some((line) => line.includes(keys.escape(words.kiosk.leave)))).toBe(true);
      // A line is said when it is chosen, and only that one.
      const chosen = await heard(kiosk, async () => kiosk.press('Down'));
      expect(chosen.filter((line) => line.includes(home.account))).toHaveLength(1);
      expect(chosen.some((line) => line.includes(home.clearance))).toBe(false);
    });
  });

  it('TUI-05 KIO-02 what is typed is echoed, a password is not; what was wrong is said', async () => {
    await listening(async (kiosk) => {
      await kiosk.type(first);
      await kiosk.type('2');
      expect(kiosk.output()).toContain(signIn.ownTitle);
      const typed = await heard(kiosk, async () => {
        for (const character of ANA) await kiosk.type(character);
      });
      expect(typed.join('')).toContain(ANA);
      const masked = await heard(kiosk, async () => {
        await kiosk.press('Enter');
        for (const character of 'Abricot-8') await kiosk.type(character);
      });
      expect(masked.join('')).not.toMatch(/[bo]ric|A.?b.?r.?i.?c/);
      const wrong = await heard(kiosk, async () => kiosk.press('Enter'));
      expect(wrong.join(' ')).toContain(signIn.wrong);
      for (const character of PASSWORD) await kiosk.type(character);
      const entered = await heard(kiosk, async () => kiosk.press('Enter'));
      expect(entered.join('\n')).toContain(account.title('Ana Martin'));
      expect(entered.join('\n')).toContain(signIn.welcome('Ana Martin'));
      for (const secret of [PASSWORD, 'Abricot-8', 'Abricot']) expect(kiosk.output()).not.toContain(secret);
    });
  });

  it('TUI-05 KIO-03 loans are said with what can be done with them, and what came of it', async () => {
    await listening(async (kiosk) => {
      await kiosk.type(first);
      await kiosk.type('2');
      await kiosk.type(ANA);
      await kiosk.press('Enter');
      await kiosk.type(PASSWORD);
      await kiosk.press('Enter');
      const shown = await heard(kiosk, async () => kiosk.type('1'));
      expect(shown).toContain(loans.title);
      // Each loan is said whole, also where another one has the same dates; so it is again when it is chosen.
      const can = loans.can(says('lundi 8 juin 2026', 'Monday 8 June 2026'));
      for (const title of ['Optique', 'Logique'])
        expect(shown.filter((line) => line.includes(title) && line.endsWith(can))).toHaveLength(1);
      const next = await heard(kiosk, async () => kiosk.press('Down'));
      expect(next.filter((line) => line.endsWith(can))).toHaveLength(1);
      await kiosk.press('Up');
      const renewed = await heard(kiosk, async () => kiosk.press(loans.renewKey));
      expect(renewed.join('\n')).toContain(says('PROLONGÉ jusqu’au', 'RENEWED until').replace('’', "'"));
      expect(renewed.join('\n')).toContain(loans.today);
      // The one before is not said again.
      expect(renewed.filter((line) => line.includes(account.signOut))).toEqual([]);
    });
  });

  it('TUI-05 KIO-01 what is searched is echoed, what is found is said', async () => {
    await listening(async (kiosk) => {
      await kiosk.type(first);
      await kiosk.type('1');
      const found = await heard(kiosk, async () => {
        for (const character of 'log') await kiosk.type(character);
      });
      expect(found.some((line) => line.includes('Logique'))).toBe(true);
      expect(found.join('\n')).toContain(catalogue.found(1, false));
      const opened = await heard(kiosk, async () => kiosk.press('Enter'));
      expect(opened.join('\n')).toContain(catalogue.status['on-loan'](says('mer. 3 juin 19:00', 'Wed 3 June 19:00')));
    });
  });
});
