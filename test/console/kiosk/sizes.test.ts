import { describe, expect, it } from 'vitest';
import { addPatronNote } from '../../../source/desk/patron-notes.ts';
import { widthOf } from '../../../source/language/fit.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs } from '../../support/kiosk-people.ts';
import { toulouse } from '../../support/toulouse.ts';

const ANA = 'ups.ana';
const LONG = 'ups.longue';
const SIZES = [
  [60, 15],
  [40, 10],
  [200, 50],
  [80, 24],
] as const;

describe.each(deskRuns)('a window that changes its size, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    network: toulouse(),
    setting: { directory: directoryOf(ANA, LONG), library: 'sci' },
    setUp: async ({ scene }) => {
      ana = await scene.patron({ id: ANA, kind: 'external', group: 'M', lastName: 'Martin', firstName: 'Ana' });
      await scene.items(
        ...Array.from({ length: 12 }, (_, at) => ({
          barcode: `B${at}`,
          title: `Histoire, tome ${at}`,
          location: 'BUC/SAL',
        })),
      );
      for (let at = 0; at < 9; at += 1) await scene.lend(ana, `B${at}`);
      const name = {
        firstName: 'Marie-Antoinette Josèphe Jeanne',
        lastName: 'de Habsbourg-Lorraine von Österreich-Toskana',
      };
      await scene.patron({ id: LONG, kind: 'external', group: 'M', ...name });
      await scene.patron({ id: 'OTHER', group: 'M' });
      await scene.lend('OTHER', 'B10');
      const text = 'Un mot de la bibliothèque, assez long pour aller sur plusieurs lignes dans une petite fenêtre.';
      await scene.act(addPatronNote, { patron: ana, text, visible: true });
    },
  });
  const { words } = script;
  const { account, catalogue, home, keys, loans, register, requests } = words.kiosk;

  /** The page is drawn whole in every size: frame, chosen line, keys; then in the first one, as it was. */
  const inEverySize = async (...said: readonly string[]): Promise<void> => {
    const { kiosk } = script;
    const before = await kiosk.screen();
    const chosen = await kiosk.chosen();
    for (const [columns, rows] of SIZES) {
      await kiosk.resize(columns, rows);
      const screen = await kiosk.screen();
      expect(screen).toHaveLength(rows);
      for (const row of screen) expect(widthOf(row)).toBeLessThanOrEqual(columns);
      const rules = screen.flatMap((row, at) => (row === '─'.repeat(columns) ? [at] : []));
      if (rules[0] !== 1 || rules.at(-1) !== rows - 2 || rules.length !== 3)
        throw new Error(`the frame is broken at ${columns}×${rows}:\n${screen.join('\n')}`);
      if (chosen !== '' && !screen.some((row) => row.startsWith(' ▸')))
        throw new Error(`nothing is chosen at ${columns}×${rows}:\n${screen.join('\n')}`);
      expect((screen.at(-1) ?? '').trim()).not.toBe('');
      expect(screen.at(-1)).not.toContain('…');
      if (columns !== 40) for (const text of said) expect(screen.join(' ').replaceAll(/\s+/g, ' ')).toContain(text);
    }
    expect(await kiosk.screen()).toEqual(before);
  };

  it('TUI-04 KIO-01 KIO-06 before anybody has signed in', async () => {
    const { kiosk } = script;
    await inEverySize('Français', 'English');
    await script.begin();
    await inEverySize(home.account);
    await script.choose(home.catalogue);
    await inEverySize();
    await kiosk.type('histoire');
    await kiosk.press('PageDown', 'Down');
    await inEverySize();
    await kiosk.press('Enter');
    await inEverySize('Bibliothèque universitaire centrale du Mirail');
    await kiosk.press('Escape', 'Escape');
    await script.choose(home.account);
    await inEverySize();
    await kiosk.press('Escape');
    await script.choose(home.register);
    await inEverySize();
    await kiosk.press(register.onwardKey, 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down');
    await inEverySize(register.city);
    await kiosk.press('Escape');
    await script.choose(home.clearance);
    await kiosk.type('2999');
    await inEverySize('2999');
    await kiosk.press('Escape');
    await script.choose(home.password);
    await inEverySize();
  });

  it('TUI-04 KIO-03 KIO-04 KIO-05 in an account', async () => {
    const { kiosk } = script;
    await enterAs(script, 'ana');
    await inEverySize(account.signOut);
    await script.choose(account.loans(9, 0));
    await kiosk.press('PageDown', 'Down');
    await inEverySize();
    await kiosk.press('Enter');
    await inEverySize(loans.lentOn('').trim());
    await kiosk.press('Escape', 'Escape');
    await script.choose(account.messages(1));
    await inEverySize('assez long pour aller sur plusieurs lignes dans une petite fenêtre.');
    await kiosk.press('Escape');
    await script.choose(home.catalogue);
    await kiosk.type('tome 10');
    await kiosk.press('Enter', catalogue.requestKey);
    expect((await kiosk.screen())[2]).toContain(requests.formTitle);
    await kiosk.press('Enter');
    await kiosk.type('30/06');
    await inEverySize('30/06');
    await kiosk.press('Enter', 'Enter');
    await inEverySize();
    await kiosk.press('Escape', 'Escape');
    await script.choose(account.requests(1, 0));
    await kiosk.press(requests.cancelKey);
    await inEverySize(requests.yes);
  });

  it('TUI-04 KIO-07 the header has room for the library and the reader, the key line for the key that ends the session', async () => {
    const { kiosk } = script;
    await enterAs(script, 'ana');
    const library = kiosk.state().name;
    for (const place of [account.loans(9, 0), account.requests(0, 0), account.messages(1), account.history]) {
      await script.choose(place);
      expect((await kiosk.screen())[23]).toContain(keys.finish);
      expect((await kiosk.screen())[23]).toContain(keys.escape(words.kiosk.back));
      await kiosk.press('Escape');
    }
    expect((await kiosk.screen())[0]).toContain(`Guichet · ${library} `);
    expect((await kiosk.screen())[0]).toContain(' Ana Martin ');
    await kiosk.press('Escape');
    await enterAs(script, 'longue');
    const [header = ''] = await kiosk.screen();
    expect(header).toContain(`Guichet · ${library} `);
    expect(header).toContain(' Marie-Antoinette');
    expect(header).toContain('…');
    await kiosk.resize(40, 10);
    const [narrow = ''] = await kiosk.screen();
    expect(narrow).toMatch(/Guichet · BU Sciences {2}Marie.*…/);
  });
});
