import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { network } from '../../support/network.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('manual VI, sets of several parts, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: network({
      limits: [
        { library: ['sci'], max: 10 },
        { library: ['sci'], material: ['BOOK'], max: 2 },
        { library: ['sci'], material: ['DVD'], max: 4 },
      ],
    }),
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items(
        { barcode: 'LOT100', title: 'Méthode de chinois', fulfilmentNote: 'Vérifier le livre et les 2 disques' },
        { barcode: 'B1000', title: 'Optique' },
        ...[1, 2, 3, 4, 5].map((part) => ({
          barcode: `PART0${part}`,
          title: 'Mallette de cristallographie',
          material: 'DVD',
          description: `${part} sur 5`,
        })),
      );
    },
  });
  const { says, words } = script;

  it('ITEM-04 TAB-10 BLK-10 VI first way: one item, whose note waits to be read at the loan', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'LOT100');
    expect(await desk.text()).toContain(words.console.prompt.note('Méthode de chinois'));
    expect(await desk.text()).toContain('Vérifier le livre et les 2 disques');
    expect(await desk.text()).toContain(says('K OK, lu   A Annuler', 'K OK, read   C Cancel'));
    expect(desk.bells()).toBeGreaterThan(0);
    await desk.press('Enter');
    expect(desk.state().prompt).not.toBeNull();
    await script.answers('answer-read');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Méthode de chinois/);
    await desk.scan('B1000');
    expect(await script.rows()).toHaveLength(2);
  });

  it('ITEM-04 TAB-10 VI first way: the note waits at the return as well, in both places; scans meanwhile wait too', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'LOT100');
    await script.answers('answer-read');
    await desk.scan('B1000');
    await desk.press('F3');
    await desk.scan('LOT100', 'B1000');
    expect(await desk.text()).toContain('Vérifier le livre et les 2 disques');
    expect(await desk.text()).toContain(`${words.console.prompt.waiting(1)}B1000`);
    await script.answers('answer-read');
    expect(await script.rows()).toHaveLength(2);
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · .* · Optique$/);
  });

  it('ITEM-04 TAB-10 VI first way: a part is missing, so the return is given up and the loan stays', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'LOT100');
    await script.answers('answer-read');
    await desk.press('Alt+2');
    await desk.scan('LOT100');
    await script.answers('answer-cancel');
    expect(await script.chosen()).toContain(words.console.lists.notReturned);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(1, 0, 0));
  });

  it('ITEM-04 LOAN-05 VI second way: one item for each part, under limits of their own', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'PART01', 'PART02', 'PART03', 'PART04');
    expect(await script.rows()).toHaveLength(4);
    await desk.scan('PART05');
    expect(await script.flat()).toContain(says('4 prêts en cours sur 4 au plus', '4 open loans of 4 allowed'));
    await script.answers('answer-ok');
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
    await desk.press('Alt+2');
    await desk.scan('PART02');
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · .* · Mallette de cristallographie$/);
    await desk.press('Alt+1');
    await desk.scan('PART05');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Mallette de cristallographie/);
  });
});
