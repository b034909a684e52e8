import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';

describe.each(deskRuns)(
  'manual, Questions pratiques 5, the windows of loan and return, on $name in $language',
  (run) => {
    const script = deskScript(run, {
      setUp: async ({ scene }) => {
        await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
        await scene.items({ barcode: 'B1000', title: 'Optique', callNumber: '535 NEW' });
      },
    });
    const { words } = script;
    const head = async (): Promise<string[]> => ((await script.desk.screen())[8] ?? '').trim().split(/\s{2,}/);

    it('TUI-07 QP 5.1 columns of the loans are shown and hidden; they are there again at the next sign-in', async () => {
      const { desk } = script;
      const { columns } = words.console.lists;
      await desk.scan(ANA, 'B1000');
      expect(await head()).toEqual([columns.title, columns.barcode, columns.due, columns.status]);
      await desk.press('Alt+V');
      expect(await desk.text()).toContain(words.console.columns.title);
      await desk.press('Down', 'Space');
      expect(await desk.text()).toContain(`[ ] ${columns.barcode}`);
      while (!(await script.chosen()).includes(columns.callNumber)) await desk.press('Down');
      await desk.press('Space', 'Escape');
      expect(await desk.answer()).toBe(words.console.columns.kept);
      expect(await head()).toEqual([columns.title, columns.due, columns.status, columns.callNumber]);
      expect(await script.chosen()).toContain('535 NEW');
      const again = await script.sit();
      await again.scan(ANA, 'B1000');
      await again.press('Escape');
      expect(await head()).toEqual([columns.title, columns.due, columns.status, columns.callNumber]);
    });

    it('TUI-07 QP 5.1 the same for the returns; one key brings the default back', async () => {
      const { desk } = script;
      const { columns } = words.console.lists;
      await desk.press('F3');
      await desk.scan('B1000');
      await desk.press('Alt+V', 'Down', 'Space', 'Escape');
      expect(await head()).toEqual([columns.title, columns.due, columns.next]);
      await desk.press('Alt+V', 'Ctrl+Z');
      expect(await desk.answer()).toBe(words.console.columns.restored);
      expect(await head()).toEqual([columns.title, columns.patron, columns.due, columns.next]);
    });

    it('TUI-01 QP 5.2 from loans to returns and back in one key, by function keys and by chords', async () => {
      const { desk } = script;
      for (const [returns, loans] of [
        ['F3', 'F2'],
        ['Alt+Ctrl+R', 'Alt+Ctrl+L'],
      ] as const) {
        await desk.press(returns);
        expect((await desk.screen())[2]).toContain(words.console.returning.title);
        await desk.press(loans);
        expect((await desk.screen())[2]).toContain(words.console.identify.title);
      }
      await desk.scan(ANA);
      for (const [tab, chord, twin] of [
        ['returns', 'Alt+2', 'F10'],
        ['requests', 'Alt+3', 'F11'],
        ['loans', 'Alt+1', 'F9'],
      ] as const) {
        await desk.press(chord);
        expect((await desk.screen())[4]).toContain(`[${words.console.tabs[tab]}]`);
        await desk.press(tab === 'loans' ? 'Alt+2' : 'Alt+1', twin);
        expect((await desk.screen())[4]).toContain(`[${words.console.tabs[tab]}]`);
      }
      await desk.press('F3');
      expect((await desk.screen())[2]).toContain(words.console.returning.title);
      expect(desk.state().record).toBeNull();
    });

    it('TUI-01 QP 5.2 every shortcut is listed, and every command can be chosen by its name', async () => {
      const { desk } = script;
      await desk.scan(ANA);
      await desk.press('F1');
      const seen: string[] = [];
      for (let pages = 0; pages < 12; pages += 1) {
        seen.push(await desk.text());
        await desk.press('PageDown');
      }
      const all = seen.join('\n');
      for (const [keys, command] of [
        ['F2, Alt+Ctrl+L', 'patron-services'],
        ['F3, Alt+Ctrl+R', 'returns'],
        ['F8, Alt+Ctrl+D', 'done'],
        ['Alt+1, F9', 'loans-tab'],
        ['Ctrl+B', 'book-drop'],
        ['Alt+V', 'columns'],
      ] as const) {
        expect(all).toMatch(new RegExp(`${keys.replaceAll('+', '\\+')} +${words.console.command[command].name}`));
      }
      await desk.press('Escape', 'Ctrl+P');
      await desk.type(words.console.command['returns-tab'].name);
      await desk.press('Enter');
      expect((await desk.screen())[4]).toContain(`[${words.console.tabs.returns}]`);
    });
  },
);
