import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';

describe.each(deskRuns)('manual, Questions pratiques 3, whose item it is or was, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: 'B1000', title: 'Optique', author: 'Newton' },
        { barcode: 'B2000', title: 'Logique' },
      );
    },
  });
  const { words } = script;

  it('ITEM-03 QP 3.1 from the item to its borrower: found by title, on loan, and the record opens in one key', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F8', 'Alt+C');
    await desk.type('optique newton');
    expect(await script.chosen()).toMatch(/Optique +Newton/);
    await desk.press('Enter', 'Down');
    expect(await script.chosen()).toMatch(new RegExp(`B1000 .*${words.console.lists.process.LOAN}`));
    await desk.press('Enter');
    expect(await desk.text()).toMatch(/(Emprunteur|Borrower) +MARTIN Ana · /);
    await desk.press('Alt+U');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
    await desk.press('Alt+T');
    expect(await script.rows()).toEqual([expect.stringContaining('Optique')]);
  });

  it('ITEM-03 QP 3.1 the item can be scanned in the catalogue as well; what is not on loan has no borrower', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.scan('B2000');
    expect(await desk.text()).toContain(words.console.itemCard.head('Logique'));
    await desk.press('Alt+U');
    expect(await desk.answer()).toBe(words.console.itemCard.noBorrower);
  });

  it('ITEM-03 QP 3.2 the history of an item names its earlier borrowers, newest first, and opens their record', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F3');
    scene.at('2026-06-05T10:00');
    await desk.scan('B1000', ZOE, 'B1000');
    scene.at('2026-06-08T10:00');
    await desk.press('F3');
    await desk.scan('B1000');
    await desk.press('Alt+Y');
    expect(await desk.text()).toContain(words.console.history.head('Optique'));
    const loans = (await script.rows()).filter((one) => one.includes('Ana') || one.includes('Zoé'));
    expect(loans[0]).toContain('Zoé');
    expect(loans[1]).toMatch(/01\/06 10:00 .*Ana/);
    while (!(await script.chosen()).includes('Ana')) await desk.press('Down');
    await desk.press('Enter');
    expect((await desk.screen())[2]).toContain('MARTIN Ana');
  });

  it('ITEM-03 QP 3.2 the card of an item in place names the last borrower', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F3');
    await desk.scan('B1000');
    await desk.press('Alt+I');
    expect(await desk.text()).toMatch(/(Dernier emprunteur|Last borrower) +MARTIN Ana/);
    expect(await desk.text()).toContain(words.console.lists.inPlace);
  });

  it('ITEM-03 the borrower of a line of the returns opens in one key, from the history too', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F8');
    await desk.scan(ZOE, 'B1000');
    await script.answers('answer-override');
    await desk.press('Alt+Y', 'Alt+U');
    expect((await desk.screen())[2]).toContain('DUPONT Zoé');
  });
});
