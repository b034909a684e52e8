import { describe, expect, it } from 'vitest';
import { addTitle } from '../../source/desk/catalogue-titles.ts';
import { addItem } from '../../source/desk/catalogue-items.ts';
import { deskRuns, deskScript } from '../support/desk-script.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('lists that one walks through, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Optique' }, { barcode: 'B2000', title: 'Logique' });
    },
  });
  const { words } = script;

  it('TUI-12 a title with 300 items is read in windows: first, next page, last, and every item can be opened', async () => {
    const { desk, scene } = script;
    const chief = await scene.staff('chef', 'manager');
    const title = await scene.act(addTitle, { title: 'La Recherche', resourceType: 'JOURNAL' } as never, chief);
    expect(title).toMatchObject({ kind: 'added' });
    const id = (title as { id: number }).id;
    const numbers = Array.from({ length: 300 }, (_, index) => String(index + 1).padStart(3, '0'));
    let holding: unknown = { title: id, location: 'sci/63S', callNumber: 'P 12' };
    for (const number of numbers) {
      const made = await scene.act(
        addItem,
        { holding, barcode: `REC${number}`, material: 'ISSUE', description: `n° ${number}` } as never,
        chief,
      );
      expect(made).toMatchObject({ kind: 'added' });
      if (typeof holding === 'object') {
        const [row] = await script.database.sql<{ id: number }>(`select id from holdings where title_id = ${id}`);
        holding = row?.id;
      }
    }
    await desk.press('Alt+C');
    await desk.type('la recherche');
    await desk.press('Enter');
    expect(await desk.text()).toContain(words.console.catalogue.items(300));
    expect((await script.rows())[1]).toContain('REC001');
    await desk.press('PageDown');
    expect(await script.chosen()).toMatch(/REC01\d/);
    await desk.press('Ctrl+End');
    expect(await script.chosen()).toContain('REC300');
    await desk.press('Enter');
    expect(await desk.text()).toContain('n° 300');
    await desk.press('Escape');
    expect(await script.chosen()).toContain('REC300');
    await desk.press('Ctrl+Home');
    expect(await script.chosen()).toContain('sci/63S');
    await desk.press('Escape');
    expect(await script.chosen()).toContain('La Recherche');
  });

  it('USR-10 a block is set, switched off, on again, and deleted after a question; the count says what is in force', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+K', 'Ctrl+N');
    await desk.type('Livre abîmé');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.patronBlocks.set);
    expect(await script.chosen()).toMatch(/Livre abîmé +(actif|in force)/);
    await desk.press('Enter', 'Down', 'Down', 'Space', 'Ctrl+S');
    expect(await script.chosen()).toContain(words.console.patronBlocks.off);
    await desk.press('Escape');
    expect((await desk.screen())[3]).toContain(words.console.patron.blocks(0));
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
    await desk.press('Alt+K', 'Alt+M', 'Down', 'Down', 'Right', 'Ctrl+S');
    expect(await script.chosen()).toContain(words.console.patronBlocks.inForce);
    await desk.scan('B2000');
    expect(await script.flat()).toContain('Livre abîmé');
    await script.answers('answer-ok');
    await desk.press('Alt+K', 'Ctrl+X');
    expect(await desk.text()).toContain(words.console.patronBlocks.rather);
    await script.answers('answer-yes');
    expect(await desk.text()).toContain(words.console.patronBlocks.none);
  });

  it('REL-09 the audit: who did what, narrowed down by patron, item, kind and day; a line opens whole', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('F3');
    scene.at('2026-06-30T11:00');
    await desk.scan('B1000', ANA);
    await script.answers('answer-override');
    const audit = await script.sit({ seat: await scene.staff('chef', 'manager') });
    await audit.press('Ctrl+Y');
    expect(await audit.text()).toContain(words.console.audit.kind['item-returned']);
    const everything = Number(/\d+/.exec((await audit.screen())[2] ?? '')?.[0]);
    await audit.press('Alt+M');
    await audit.press('Down');
    await audit.scan('B1000');
    await audit.press('Ctrl+S');
    const ofItem = Number(/\d+/.exec((await audit.screen())[2] ?? '')?.[0]);
    expect(ofItem).toBeGreaterThan(1);
    expect(ofItem).toBeLessThan(everything);
    expect((await script.rows()).every((one) => one.includes('Optique'))).toBe(true);
    await audit.press('Alt+M', 'Down', 'Down', 'Down', 'Down');
    await audit.type(words.console.audit.kind['item-returned'].slice(0, 6));
    await audit.press('Ctrl+S');
    expect(await script.rows()).toHaveLength(1);
    await audit.press('Enter');
    expect(await audit.text()).toMatch(/Optique \(B1000\)/);
    expect(await audit.text()).toContain('Martin Ana');
    await audit.press('Escape', 'Alt+M', 'Down', 'Down', 'Down', 'Down', 'Down');
    await audit.type('29/06');
    await audit.press('Down');
    await audit.type('29/06');
    await audit.press('Ctrl+S');
    expect(await audit.text()).toContain(words.console.audit.none);
  });

  it('REL-08 the audit is for managers: an operator is told so and sees nothing', async () => {
    const { desk } = script;
    await desk.press('Ctrl+Y');
    expect(await desk.answer()).toBe(words.console.refusal.notPermitted);
    await desk.press('Escape');
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
  });

  it('ITEM-02 TAB-04 an item is edited, declared missing and found again; what it is used for is said', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.scan('B1000');
    await desk.press('Alt+J');
    expect(await desk.text()).toContain(words.console.itemCard.askMissing('Optique'));
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(words.console.itemCard.nowMissing('Optique'));
    expect(await desk.text()).toContain(words.console.lists.process.MISSING);
    await desk.press('Alt+J');
    await script.answers('answer-yes');
    expect(await desk.text()).toContain(words.console.lists.inPlace);
    await desk.press('Alt+M');
    for (let times = 0; times < 6; times += 1) await desk.press('Down');
    await desk.type('tome 2');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.itemCard.kept);
    expect(await desk.text()).toContain('tome 2');
  });

  it('TAB-05 the catalogue: a title, a holding and an item are made, changed and taken away by keys alone', async () => {
    const seat = await script.scene.staff('chef', 'manager');
    const desk = await script.sit({ seat });
    await desk.press('Alt+C', 'Ctrl+N');
    await desk.type('Histoire de la lumière');
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain('Histoire de la lumière');
    expect(await desk.text()).toContain(words.console.catalogue.noItems);
    await desk.press('Ctrl+N', 'Down');
    await desk.type('535 HIS');
    await desk.press('Ctrl+S');
    expect(await script.chosen()).toMatch(/sci\/63S 535 HIS/);
    await desk.press('Ctrl+N');
    await desk.scan('37000012345');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.itemCard.added);
    expect(await desk.text()).toContain('37000012345');
    await desk.press('Alt+M', 'Down');
    await desk.type('Maitte, Bernard');
    await desk.press('Ctrl+S');
    expect((await desk.screen())[2]).toContain('Histoire de la lumière / Maitte, Bernard');
    await desk.press('Down', 'Ctrl+X');
    await script.answers('answer-yes');
    expect(await script.database.sql('select id from titles where deleted_at is null')).toHaveLength(2);
  });
});
