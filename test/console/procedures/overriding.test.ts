import { describe, expect, it } from 'vitest';
import { smallNetwork, withLibrary } from '../../support/network.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';
const ZOE = '9921000000165';
const BOOKS = ['37000034179', '37000034180', '37000034181', '37000034182'] as const;
const [B1, B2, B3, B4] = BOOKS;

describe.each(deskRuns)('manual II.7 to 9, what stands in the way of a loan, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({
        id: ANA,
        lastName: 'Martin',
        firstName: 'Ana',
        identifiers: [
          { type: 'primary', value: ANA },
          { type: 'barcode', value: 'MUT00417' },
        ],
      });
      await scene.patron({ id: ZOE, lastName: 'Dupont', firstName: 'Zoé' });
      await scene.items(
        { barcode: B1, title: 'Algèbre linéaire', author: 'Grifone, Joseph', callNumber: '512.5 GRI' },
        { barcode: B2, title: 'Topologie générale' },
        { barcode: B3, title: 'Mécanique quantique' },
        { barcode: B4, title: 'Optique' },
      );
    },
  });
  const { says, words } = script;
  /** Ana has kept three books eight days too long. */
  const anaIsLate = async (): Promise<void> => {
    await script.desk.scan(ANA, B1, B2, B3);
    await script.desk.press('F8');
    script.scene.at('2026-06-30T11:00');
  };

  it('PAT-04 BLK-04 II.7.1 II.8 a patron with late loans: Override lends for the whole session', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.scan(ANA);
    const text = await desk.text();
    expect(text).toContain(words.console.prompt.warnings('MARTIN Ana'));
    expect(text).toContain(says('Algèbre linéaire, en retard de 8 jours', 'Algèbre linéaire, 8 days late'));
    expect(text).toContain(
      says('O Outrepasser   A Annuler   K OK, consulter', 'O Override   C Cancel   K OK, consult'),
    );
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(3, 3, 3));
    await script.answers('answer-override');
    await desk.scan(B4);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('PAT-04 BLK-04 II.7.1 II.8 Cancel goes back to identification, OK consults and the next loan asks again', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.scan(ANA);
    await script.answers('answer-cancel');
    expect((await desk.screen())[2]).toContain(words.console.identify.title);
    await desk.scan(ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+T');
    expect(await script.rows()).toHaveLength(3);
    await desk.scan(B4);
    expect(await desk.answer()).toBe(words.console.prompt.blocked('Optique'));
    await script.answers('answer-ok');
    await desk.scan(B4);
    await script.answers('answer-override');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('PAT-04 PAT-05 II.7.2 a blocked patron: the item and the end are named, at the opening and in the record', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1);
    await desk.scan(ANA);
    expect(await desk.text()).toContain(says("bloqué jusqu'au", 'blocked until'));
    expect(await script.flat()).toContain('Algèbre linéaire');
    await script.answers('answer-why');
    expect(await script.flat()).toContain(says('délai de grâce déduit', 'grace'));
    await script.answers('answer-why', 'answer-ok');
    expect((await desk.screen())[3]).toContain(words.console.patron.blocks(1));
    await desk.press('Alt+K');
    expect(await script.chosen()).toMatch(/05\/07\/2026 +Algèbre linéaire/);
  });

  it('USR-10 II.7.2 a block that is over but for the clock is switched off, or deleted, at the desk', async () => {
    const { desk } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1, B2, B3, ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+K', 'Enter', 'Down', 'Down', 'Space', 'Ctrl+S');
    expect(await desk.answer()).toBe(words.console.patronBlocks.changed);
    expect(await desk.text()).toContain(words.console.patronBlocks.off);
    for (let times = 0; times < 2; times += 1) {
      await desk.press('Ctrl+Home', 'Ctrl+X');
      await script.answers('answer-yes');
    }
    expect(await script.rows()).toHaveLength(1);
    await desk.press('Escape');
    await desk.scan(B4);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('BLK-05 II.7.2 a clearance cannot be overridden by anybody at the desk', async () => {
    const { desk, scene } = script;
    await scene.patron({ id: 'QUIT', lastName: 'Parti', firstName: 'Luc', blocks: [{ type: 'QUITUS' }] });
    await desk.scan('QUIT');
    const text = await desk.text();
    expect(text).toContain(words.console.prompt.mayNot(words.desk.block.PATRON_BLOCK_QUITUS));
    expect(text).not.toMatch(/O (Outrepasser|Override)/);
    await desk.press('o');
    expect(await desk.text()).toContain(words.console.prompt.anyAnswer);
    await desk.press('Escape');
    expect(desk.state().screen).toBe('identify');
  });

  it('BLK-01 BLK-03 II.8 late and blocked at once: one question, one override, no question more in this session', async () => {
    const { desk, scene } = script;
    await anaIsLate();
    await desk.press('F3');
    await desk.scan(B1, ANA);
    const text = await desk.text();
    expect(text).toContain(words.desk.block.PATRON_OVERDUE);
    expect(text).toContain(words.desk.block.PATRON_BLOCK_LATE_RETURN);
    expect(text).toContain(words.console.prompt.mayAll);
    await script.answers('answer-override');
    await scene.items({ barcode: 'B5000', title: 'Logique' });
    await desk.scan(B4, 'B5000', B1);
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Algèbre linéaire/);
    expect(await script.rows()).toHaveLength(3);
  });

  it('BLK-06 II.8 why it is overridden may be written: at the opening and for a loan; left, the question is asked again', async () => {
    const { desk, scene } = script;
    const recorded = async () =>
      script.database.sql<{ code: string; reason: string | null }>('select code, reason from overrides order by id');
    await anaIsLate();
    await desk.scan(ANA);
    await script.answers('answer-reason');
    expect(await desk.text()).toContain(words.console.prompt.reasonHint);
    // Nothing written is no reason.
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(words.console.form.empty);
    await desk.press('Escape');
    expect(await desk.text()).toContain(words.console.prompt.warnings('MARTIN Ana'));
    expect(await recorded()).toEqual([]);
    await script.answers('answer-reason');
    await desk.type('mot du directeur');
    await desk.press('Ctrl+S');
    await scene.items({ barcode: 'EXC1', title: 'Atlas', policy: 'EXC' });
    await desk.scan('EXC1');
    await script.answers('answer-reason');
    await desk.type('pour une heure');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Atlas/);
    expect(await recorded()).toEqual([
      { code: 'PATRON_OVERDUE', reason: 'mot du directeur' },
      { code: 'NOT_LOANABLE', reason: 'pour une heure' },
    ]);
  });

  it('REN-09 II.9 the due dates of marked loans are set by hand, in the calendar or typed', async () => {
    const { desk } = script;
    await desk.scan(ANA, B1, B2, B3);
    await desk.press('Alt+T', 'Space', 'Space', 'Alt+D');
    expect(await desk.text()).toContain(words.console.dueDate.title(2, 'sci').slice(0, 20));
    await desk.press('Down', 'Enter');
    expect(await desk.answer()).toBe(
      says(
        'DATE MODIFIÉE · 2 prêts · à rendre lun. 29 juin 19:00',
        'DUE DATE CHANGED · 2 loans · due Mon 29 June 19:00',
      ),
    );
    expect((await script.rows()).filter((one) => one.includes('29/06'))).toHaveLength(2);
    await desk.press('Ctrl+Home', 'Alt+D');
    await desk.type('30/06');
    await desk.press('Enter');
    expect(await desk.answer()).toContain(says('mar. 30 juin 19:00', 'Tue 30 June 19:00'));
  });

  it('LOAN-03 II.9 an item excluded from loan is lent for a minute; its due date is changed at once', async () => {
    const { desk, scene } = script;
    await scene.items({ barcode: 'EXC0001', title: 'Dictionnaire', policy: 'EXC' });
    await desk.scan(ANA, 'EXC0001');
    expect(await desk.text()).toContain(words.desk.block.NOT_LOANABLE);
    await script.answers('answer-override');
    expect(await desk.answer()).toContain(says('à rendre lun. 1 juin 10:01', 'due Mon 1 June 10:01'));
    await desk.press('Alt+D');
    await desk.type('+1');
    await desk.type(says('s', 'w'));
    await desk.press('Enter');
    expect(await desk.answer()).toContain(says('à rendre lun. 8 juin 19:00', 'due Mon 8 June 19:00'));
  });
});

describe.each(deskRuns)('manual II.8, a student assistant, on $name in $language', (run) => {
  const script = deskScript(run, {
    network: withLibrary('sci', { limitedOperatorsOverride: false }, smallNetwork),
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: B1, title: 'Algèbre linéaire' }, { barcode: B2, title: 'Optique' });
    },
  });

  it('BLK-05 II.8 may not override where the library keeps that to librarians; nothing was lent', async () => {
    const seat = await script.scene.staff('moniteur', 'limited-operator', 'sci');
    const desk = await script.sit({ seat });
    await desk.scan(ANA, B1);
    await desk.press('F8');
    script.scene.at('2026-06-30T11:00');
    await desk.scan(ANA);
    expect(await desk.text()).not.toMatch(/O (Outrepasser|Override)/);
    await script.answers('answer-ok');
    await desk.scan(B2);
    expect(await desk.text()).toContain(script.words.console.prompt.mayNot(script.words.desk.block.PATRON_OVERDUE));
    await desk.press('o');
    await script.answers('answer-cancel');
    expect(await script.database.sql('select id from loans')).toHaveLength(1);
    expect(await script.database.sql('select code from overrides')).toEqual([]);
  });
});
