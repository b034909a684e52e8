import { describe, expect, it } from 'vitest';
import { quickAdd } from '../../source/desk/quick-add.ts';
import { widthOf } from '../../source/language/fit.ts';
import { requestsOf } from '../support/desk.ts';
import { deskRuns, deskScript } from '../support/desk-script.ts';

const ANA = '9921000000164';
/** What has been seen in catalogues: sequences for terminals, both directions, wide, combining and hidden characters. */
const TEXTS = [
  'Effacé \u001B[2J\u001B[1;1H\u0007 tout',
  'Titre \u001B]0;pris\u0007 et \u009B31m rouge',
  'شكرا جزيلا للمكتبة',
  'ספר \u202Eהפוך\u202C ו\u2066מבודד',
  'Émojis 😀📚👩‍🔬 et 🇫🇷',
  'E\u0301le\u0300ves de l’e\u0301cole combine\u0301s',
  '数学分析新讲 第一卷 高等数学',
  'Ligne\r\nsuivante\tet tabulation',
  'Zéro\u200Blargeur\uFEFF caché',
] as const;
const barcodeOf = (index: number): string => `HOST${String(index).padStart(3, '0')}`;

/** The cell at which a text begins in a line of the screen. */
const cellOf = (line: string, text: string): number => {
  const at = line.indexOf(text);
  return at < 0 ? -1 : widthOf(line.slice(0, at));
};

describe.each(deskRuns)('texts from all the world, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'O\u001B[31m\u202EMartin', firstName: 'A\u0301na 😀' });
      await scene.items(
        ...TEXTS.map((title, index) => ({
          barcode: barcodeOf(index),
          title,
          author: TEXTS[(index + 1) % TEXTS.length] ?? '',
          callNumber: TEXTS[(index + 2) % TEXTS.length] ?? '',
        })),
      );
    },
  });
  const { words } = script;
  /** Every row begins its column where the head does, and nothing dangerous has reached the terminal. */
  const inColumn = async (head: string, values: readonly string[]): Promise<void> => {
    const screen = await script.desk.screen();
    const from = cellOf(screen[8] ?? '', head);
    expect(from).toBeGreaterThan(0);
    for (const value of values) {
      const row = screen.slice(9, 22).find((one) => one.includes(value));
      if (row === undefined) throw new Error(`no row with ${value} in\n${screen.join('\n')}`);
      expect(cellOf(row, value)).toBe(from);
      expect(widthOf(row)).toBeLessThanOrEqual(80);
    }
  };
  const harmless = async (): Promise<void> => {
    const { output } = script.desk;
    expect(output()).not.toContain('\u001B]0;pris');
    expect(output()).not.toContain('\u009B');
    expect(output()).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/);
  };
  const all = TEXTS.map((_, index) => barcodeOf(index));
  /** Ana has borrowed everything but the last. */
  const borrowed = all.slice(0, 8);

  it('REL-06 TUI-01 loans of the session, all loans, returns, earlier returns: the columns stay where they are', async () => {
    const { desk, scene } = script;
    const { columns } = words.console.lists;
    await desk.scan(ANA, ...borrowed);
    await inColumn(columns.barcode, borrowed);
    expect(await script.flat()).toContain('Effacé ␛[2J␛');
    await desk.press('Alt+T');
    await inColumn(columns.barcode, borrowed);
    await desk.press('Alt+2');
    scene.at('2026-06-02T10:00');
    await desk.scan(...borrowed);
    await inColumn(columns.due, ['22/06/2026']);
    expect(await script.rows()).toHaveLength(8);
    await desk.press('Alt+T');
    await inColumn(columns.barcode, borrowed);
    await desk.press('F3');
    await desk.scan(...all);
    await inColumn(columns.next, [script.says('REMETTRE EN RAYON', 'RESHELVE')]);
    await harmless();
  });

  it('REL-06 items scanned in, items found, patrons found, requests', async () => {
    const { desk } = script;
    const { columns } = words.console.lists;
    await desk.press('F4');
    await desk.scan(...all);
    await inColumn(columns.barcode, all);
    await desk.type('emojis');
    await inColumn(columns.barcode, [barcodeOf(4)]);
    await desk.press('Escape', 'F2');
    await desk.type('martin');
    await inColumn(words.console.identify.columns.identifier, [ANA]);
    await desk.press('Escape');
    const [ana] = await script.database.sql<{ id: number }>('select id from patrons');
    for (const barcode of all.slice(0, 6)) {
      await requestsOf(script.database, script.scene).place({ patron: ana?.id ?? 0, barcode });
    }
    await desk.scan(ANA);
    await desk.press('Alt+3');
    await inColumn(columns.state, [words.console.requests.task.pick('sci')]);
    expect(await script.rows()).toHaveLength(6);
    await harmless();
  });

  it('REL-06 catalogue, title, item card, history, audit, work orders', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, ...borrowed.slice(0, 5));
    await desk.press('Alt+W', 'Down', 'Down');
    await desk.type('réparer');
    await desk.press('Ctrl+S', 'Alt+Ctrl+W');
    await inColumn(words.console.lists.columns.barcode, [barcodeOf(4)]);
    await desk.press('Escape', 'Alt+Y');
    await inColumn(words.console.history.where, ['sci/PRET']);
    await desk.press('Escape', 'Alt+I');
    expect(await desk.text()).toContain(barcodeOf(4));
    await desk.press('Escape', 'F8', 'Alt+C');
    for (const text of all) {
      for (let times = 0; times < 20; times += 1) await desk.press('Backspace');
      await desk.type(text);
      expect(await desk.answer()).toBe(words.console.catalogue.titles(1));
      await desk.press('Enter', 'Down', 'Enter');
      expect((await desk.screen())[2]).toContain(words.console.itemCard.head('').trim().slice(0, 4));
      await desk.press('Escape', 'Escape');
    }
    const chief = await scene.staff('chef', 'manager');
    const audit = await script.sit({ seat: chief });
    await audit.press('Ctrl+Y');
    await inColumn(words.console.audit.columns.where, ['sci/PRET']);
    await harmless();
  });

  it('REL-06 notes, blocks, forms, questions, quick adds', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+N');
    for (const text of TEXTS.slice(2, 7)) {
      await desk.press('Ctrl+N');
      await desk.bytes(text);
      await desk.press('Ctrl+S');
    }
    expect(await script.rows()).toHaveLength(5);
    await inColumn(words.console.notes.columns.type, [words.console.notes.types.general]);
    await desk.press('Enter', 'Escape', 'Ctrl+X');
    await script.answers('answer-cancel');
    await desk.press('Escape', 'Alt+K', 'Ctrl+N');
    await desk.bytes('מוטיב 😀 e\u0301');
    await desk.press('Ctrl+S');
    await inColumn(words.console.patronBlocks.columns.state, [words.console.patronBlocks.inForce]);
    await desk.press('Escape', 'Alt+F');
    await harmless();
    await desk.press('Escape');
    await desk.scan(barcodeOf(0));
    expect(await script.flat()).toContain('😀');
    await script.answers('answer-override');
    expect(await desk.answer()).toContain('␛');
    expect(
      await script.scene.act(quickAdd, { barcode: 'QA-\u202E1', title: TEXTS[3], holding: 'new', patron: ANA }),
    ).toMatchObject({ kind: expect.any(String) });
    await harmless();
  });
});
