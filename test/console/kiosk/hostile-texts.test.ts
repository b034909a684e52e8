import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../../source/desk/patron-notes.ts';
import { widthOf } from '../../../source/language/fit.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, formPage, givePassword, PASSWORD, withMembers } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';

const ANA = 'UPS.ana';
const CARD = '299900001234';
/** What has been seen in catalogues: sequences for terminals, both directions, wide, combining and hidden characters. */
const TEXTS = [
  'Effacé \u001B[2J\u001B[1;1H\u0007 tout',
  'Titre \u001B]0;pris\u0007 et \u009B31m rouge',
  'شكرا جزيلا للمكتبة',
  'ספר \u202Eהפוך\u202C ו\u2066מבודד',
  'Émojis 😀📚👩‍🔬 et 🇫🇷',
  '数学分析新讲 第一卷 高等数学 数学分析新讲 第一卷 高等数学 数学分析新讲 第一卷 高等数学',
  'Ligne\r\nsuivante\tet tabulation',
  'Zéro\u200Blargeur\uFEFF caché',
] as const;
/** Nothing of these may reach the terminal from a text. */
const NEVER = ['\u001B[1;1H\u0007', '\u001B]0;pris', '\u009B31m', '\u202E', '\u2066'];

describe.each(deskRuns)('texts from all the world at a terminal, on $name in $language', (run) => {
  const script = kioskScript(run, {
    network: withMembers(smallNetwork),
    setting: { directory: directoryOf(ANA), library: 'sci' },
    setUp: async ({ scene }) => {
      const ana = await scene.patron({
        id: ANA,
        kind: 'external',
        lastName: 'O\u001B[31m\u202EMartin',
        firstName: 'A\u0301na 😀',
      });
      await givePassword(scene, await scene.patron({ id: CARD, lastName: 'Durand', firstName: 'Ève' }));
      await scene.items(
        ...TEXTS.map((title, at) => ({ barcode: `HOST${at}`, title, author: TEXTS[(at + 1) % TEXTS.length] ?? '' })),
      );
      for (const at of TEXTS.keys()) await scene.lend(ana, `HOST${at}`);
      for (const text of TEXTS) await scene.act(addPatronNote, { patron: ana, text, visible: true });
    },
  });
  const { words } = script;
  const { account, catalogue, home, loans, signIn } = words.kiosk;
  /** Every row is as wide as the terminal at the most, and nothing dangerous has been written. */
  const isWhole = async (): Promise<void> => {
    const { kiosk } = script;
    for (const row of await kiosk.screen()) expect(widthOf(row)).toBeLessThanOrEqual(80);
    for (const one of NEVER) expect(kiosk.output()).not.toContain(one);
  };

  it('REL-07 KIO-01 KIO-03 KIO-05 names, titles and notes with sequences, both directions and wide characters', async () => {
    const { kiosk } = script;
    await enterAs(script, 'ana');
    expect((await kiosk.screen())[2]).toContain('Martin');
    await isWhole();
    await script.choose(account.loans(8, 0));
    for (let at = 1; at < TEXTS.length; at += 1) {
      await kiosk.press('Enter');
      await isWhole();
      await kiosk.press('Escape', 'Down');
      expect(await kiosk.chosen()).not.toBe('');
    }
    await kiosk.press(loans.renewKey, loans.allKey, loans.sortKey, 'Escape');
    await script.choose(account.messages(8));
    await kiosk.press('PageDown', 'PageDown');
    await isWhole();
    await kiosk.press('Escape');
    await script.choose(home.catalogue);
    for (const typed of ['effac', '数学', 'شكرا', 'zero']) {
      await kiosk.press('Delete');
      await kiosk.type(typed);
      expect(await kiosk.chosen()).not.toBe('');
      await kiosk.press('Enter');
      expect((await kiosk.screen())[2]?.trim()).not.toBe('');
      await isWhole();
      await kiosk.press('Escape');
    }
  });

  it('KIO-02 a card is scanned into the field, and its Enter goes on to the password', async () => {
    const { kiosk } = script;
    await script.begin();
    await script.choose(home.account);
    await script.choose(signIn.own);
    await kiosk.scan(CARD);
    expect(await kiosk.chosen()).toContain(signIn.password);
    expect(await kiosk.text()).toContain(CARD);
    await kiosk.type(PASSWORD);
    expect(await kiosk.chosen()).toContain('*'.repeat(PASSWORD.length));
    await kiosk.press('Enter');
    expect((await kiosk.screen())[2]).toContain(account.title('Ève Durand'));
  });

  it('KIO-07 what is pasted chooses nothing in a menu and opens nothing in a list; in a form its lines are lines', async () => {
    const { kiosk } = script;
    const paste = async (text: string): Promise<void> => kiosk.bytes(`\u001B[200~${text}\u001B[201~`);
    await paste('2\r1\r');
    expect((await kiosk.screen())[2]).toContain(words.kiosk.welcome.title);
    await script.begin();
    await paste('55');
    expect((await kiosk.screen())[2]).toContain(home.title);
    await script.choose(home.catalogue);
    await paste('Effacé\r\n\u001B[2J tout\r');
    expect((await kiosk.screen())[2]).toContain(catalogue.title);
    await isWhole();
    await kiosk.press('Escape');
    await script.choose(home.account);
    await script.choose(signIn.own);
    await paste('数'.repeat(400));
    await isWhole();
    expect(formPage(script).form.focused).toBe(0);
    await kiosk.press('Delete');
    // In a form a line is what a scanner sends: its end goes on to the next.
    await paste(`${CARD}\r\n`);
    expect(await kiosk.chosen()).toContain(signIn.password);
    expect(kiosk.state().who).toBeNull();
  });
});
