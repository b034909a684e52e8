import { describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';

const ANA = '9921000000164';

describe.each(deskRuns)('manual, Questions pratiques 4, notes, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await scene.items({ barcode: 'B1000', title: 'Optique' }, { barcode: 'B2000', title: 'Logique' });
    },
  });
  const { says, words } = script;
  const addNote = async (text: string, ...more: string[]): Promise<void> => {
    await script.desk.press('Alt+N', 'Ctrl+N');
    await script.desk.type(text);
    await script.desk.press(...more, 'Ctrl+S');
    await script.desk.press('Escape');
  };

  it('ITEM-02 QP 4.1.1 a note is added to a record: text, type, visible to the patron, pop-up', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Alt+N');
    expect(await desk.text()).toContain(words.console.notes.none);
    await desk.press('Ctrl+N', 'Ctrl+S');
    expect(await desk.text()).toContain(words.console.form.empty);
    await desk.type("Carte retrouvée à l'accueil");
    await desk.press('Down');
    await desk.type(says('prê', 'circ'));
    await desk.press('Down', 'Space', 'Ctrl+S');
    expect(await desk.answer()).toBe(words.console.notes.added);
    expect(await script.chosen()).toMatch(/Carte retrouvée à l'accueil +(Prêt|Circulation|Circulati…) +(oui|yes)/);
    await desk.press('Escape');
    expect((await desk.screen())[2]).toContain(words.console.patron.notes(1));
  });

  it('ITEM-02 PAT-04 PAT-05 QP 4.1.1 the next time the record is opened a pop-up note is read before anything else', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await addNote('À lui rendre : sa carte', 'Down', 'Down', 'Space');
    await addNote('Dossier vérifié');
    await desk.press('F8');
    await desk.scan(ANA, 'B1000');
    expect(await desk.text()).toContain('À lui rendre : sa carte');
    expect(await desk.text()).not.toContain('Dossier vérifié');
    await script.answers('answer-read');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
    await desk.press('Alt+F');
    const text = await desk.text();
    expect(text.indexOf('Dossier vérifié')).toBeLessThan(text.indexOf('À lui rendre'));
  });

  it('ITEM-02 QP 4.1.2 a note is changed; a deletion is confirmed and can be undone', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await addNote('Carte perdue');
    await desk.press('Alt+N', 'Enter');
    await desk.type(' le 1er juin');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.notes.changed);
    expect(await script.chosen()).toContain('Carte perdue le 1er juin');
    await desk.press('Ctrl+X');
    expect(await desk.text()).toContain(words.console.notes.askDelete);
    await script.answers('answer-cancel');
    expect(await script.rows()).toHaveLength(1);
    await desk.press('Ctrl+X');
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(words.console.notes.deleted('Ctrl+Z'));
    expect(await desk.text()).toContain(words.console.notes.none);
    await desk.press('Ctrl+Z');
    expect(await desk.answer()).toBe(words.console.notes.restored);
    expect(await script.chosen()).toContain('Carte perdue le 1er juin');
  });

  it('ITEM-02 QP 4.1.3 whether the patron sees a note stands in the list', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await addNote('Passer à la banque', 'Down', 'Down', 'Down', 'Space');
    await desk.press('Alt+N');
    expect(await script.chosen()).toMatch(/Passer à la banque .*(oui|yes)$/);
  });

  it('ITEM-02 TAB-10 QP 4.2.1 a fulfilment note is written on the line of the loan and read at the return', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+E');
    expect(await desk.text()).toContain(words.console.itemCard.notesOf('Optique'));
    await desk.type('Pages 12 à 14 soulignées');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.itemCard.notesKept('Optique'));
    await desk.press('F3');
    await desk.scan('B1000');
    expect(await desk.text()).toContain('Pages 12 à 14 soulignées');
    await script.answers('answer-read');
    expect(await desk.answer()).toMatch(/^(RENDU|RETURNED) · /);
  });

  it('ITEM-01 QP 4.2.2 internal treatment is ordered on the loan, and the return sends the item to its department', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+W');
    expect(await desk.text()).toMatch(/(Département|Department) +Acquisitions/);
    await desk.press('Down', 'Down');
    await desk.type('recoller le dos');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.treatment.onReturn('Optique'));
    await desk.press('F3');
    await desk.scan('B1000');
    expect(await desk.answer()).toMatch(/(DÉPARTEMENT|DEPARTMENT) → \S*ACQ · Optique · note ?: recoller le dos$/);
    expect(await script.chosen()).not.toMatch(/REMETTRE|RESHELVE/);
    await desk.press('Alt+I');
    expect(await desk.text()).toContain(words.console.lists.process.TRANSIT);
    expect(await desk.text()).toContain('recoller le dos');
  });

  it('ITEM-01 SCAN-01 QP 4.2.2 received, listed with its note, marked done, in transit, scanned in at the desk', async () => {
    await script.desk.scan(ANA, 'B1000');
    await script.desk.press('Alt+W', 'Down', 'Down');
    await script.desk.type('recoller le dos');
    await script.desk.press('Ctrl+S', 'F3');
    await script.desk.scan('B1000');
    const desk = await script.sit({ seat: seatAt(script.scene.bib, 'sci/ACQ', 'department') });
    await desk.press('Alt+Ctrl+W');
    expect(await script.chosen()).toContain(words.console.treatment.awaited);
    await desk.press('F4');
    await desk.scan('B1000');
    await desk.press('Alt+I');
    expect(await desk.text()).toContain(words.console.lists.process.WORK_ORDER_DEPARTMENT);
    await desk.press('Escape', 'Alt+Ctrl+W');
    expect(await script.chosen()).toMatch(/Optique +B1000 +ACQ +recoller le dos +01\/06/);
    await desk.press('F8');
    expect(await desk.answer()).toMatch(/^(EFFECTUÉ|DONE) · .* · Optique$/);
    expect(await desk.text()).toContain(words.console.treatment.nothing);
    const back = await script.sit({ seat: script.scene.bib });
    await back.press('F4');
    await back.scan('B1000');
    expect(await back.answer()).toBe(says('REMETTRE EN RAYON · Optique', 'RESHELVE · Optique'));
  });

  it('ITEM-01 QP 4.2.2 nota bene: a treatment can be ordered at the return as well, and taken back', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F3');
    await desk.scan('B1000');
    await desk.press('Alt+W', 'Down', 'Down');
    await desk.type('recoter');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toMatch(/^(TRAITEMENT|TREATMENT) · (DÉPARTEMENT|DEPARTMENT) → \S*ACQ · Optique$/);
    await desk.press('Alt+W');
    expect(await script.flat()).toContain(words.console.treatment.askCancel('Optique'));
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(words.console.treatment.cancelled('Optique'));
  });

  it('ITEM-02 QP 4.2.3 the public note is written in the same place, and does not wait at the desk', async () => {
    const { desk } = script;
    await desk.press('Alt+C');
    await desk.type('logique');
    await desk.press('Enter', 'Down', 'Alt+E', 'Down');
    expect(await desk.text()).toContain(words.console.itemCard.publicHint);
    await desk.type('Sans le disque');
    await desk.press('Ctrl+S');
    expect(await script.chosen()).toMatch(/!$/);
    await desk.press('Enter');
    expect(await desk.text()).toMatch(/(Note publique|Public note) +Sans le disque/);
    await desk.press('F2');
    await desk.scan(ANA, 'B2000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Logique/);
  });
});
