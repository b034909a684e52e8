import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../support/desk-script.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('columns as somebody wants them, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Optique', author: 'Newton', callNumber: '535 NEW' });
    },
  });
  const { words } = script;
  const { columns } = words.console.lists;
  const head = async (): Promise<string[]> => ((await script.desk.screen())[8] ?? '').trim().split(/\s{2,}/);

  it('TUI-07 columns are hidden, shown and moved; the list changes at once, the last column stays', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+V', 'Down', 'Left');
    expect(await script.chosen()).toContain(`[x] ${columns.barcode}`);
    await desk.press('Escape');
    expect(await head()).toEqual([columns.barcode, columns.title, columns.due, columns.status]);
    await desk.press('Alt+V', 'Space', 'Space');
    for (let times = 0; times < 3; times += 1) await desk.press('Ctrl+Home', 'Space');
    for (let times = 0; times < 12; times += 1) await desk.press('Up');
    for (let times = 0; times < 4; times += 1) await desk.press('Space');
    await desk.press('Enter');
    expect((await head()).length).toBeGreaterThan(0);
    expect((await script.rows()).length).toBe(1);
  });

  it('TUI-07 each operator has their own, each table too, in the next session as well; one key restores the default', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+V', 'Down', 'Space', 'Escape', 'Alt+T');
    expect(await head()).toEqual([columns.title, columns.library, columns.barcode, columns.due, columns.status]);
    const again = await script.sit();
    await again.scan(ANA);
    expect(await head()).toEqual([columns.title, columns.due, columns.status]);
    const other = await script.sit({ seat: await scene.staff('autre', 'operator', 'sci') });
    await other.scan(ANA);
    expect(await head()).toEqual([columns.title, columns.barcode, columns.due, columns.status]);
    const back = await script.sit();
    await back.scan(ANA);
    await back.press('Alt+V', 'Ctrl+Z');
    expect(await head()).toEqual([columns.title, columns.barcode, columns.due, columns.status]);
    await script.sit();
    await script.desk.scan(ANA);
    expect(await head()).toEqual([columns.title, columns.barcode, columns.due, columns.status]);
  });

  it('TUI-07 lists of their own have columns to choose too: catalogue, notes; every choice fits 80 columns', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.type('optique');
    await desk.press('Alt+V');
    while (!(await script.chosen()).includes('ISBN')) await desk.press('Down');
    await desk.press('Space', 'Escape');
    expect(await head()).toContain('ISBN');
    expect(await script.chosen()).toContain('Optique');
    await desk.press('Escape');
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+V');
    for (let times = 0; times < 8; times += 1) {
      for (let lines = 0; lines < 12 && !(await script.chosen()).includes('[ ]'); lines += 1) await desk.press('Down');
      if ((await script.chosen()).includes('[ ]')) await desk.press('Space');
    }
    await desk.press('Escape');
    expect(await script.chosen()).toContain('Optique');
  });

  it('TUI-07 where no list is shown, nothing can be chosen, and that is said', async () => {
    const { desk } = script;
    await desk.press('Alt+V');
    expect(await desk.answer()).toBe(words.console.columns.none);
  });
});
