import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockPatron } from '../../../source/desk/patron-blocks.ts';
import { deskFolder } from '../../support/desk-folder.ts';
import { fieldOf, fill, goTo, recordOf } from '../../support/desk-forms.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { toulouse } from '../../support/toulouse.ts';

const network = toulouse();
const ANA = '21900004711';
const email = (value: string, preferred: boolean) => ({
  kind: 'email' as const,
  type: preferred ? 'school' : 'personal',
  value,
  city: null,
  postalCode: null,
  country: null,
  preferred,
});

describe.each(deskRuns)('manual XII, clearances, on $name in $language', (run) => {
  const script = deskScript(run, {
    network,
    setUp: async ({ scene }) => {
      scene.at('2026-06-22T10:00');
      await scene.patron({
        id: 'ups.ana.martin',
        kind: 'external',
        lastName: 'Martin',
        firstName: 'Ana',
        group: 'M',
        identifiers: [
          { type: 'PRIMARY', value: 'ups.ana.martin', external: true },
          { type: 'UNR', value: ANA, external: true },
        ],
        contacts: [email('ana.martin@ups.example.org', true), email('ana@example.com', false)],
      });
      await scene.items(
        { barcode: 'B1000', title: 'Algèbre linéaire' },
        { barcode: 'B2000', title: 'Fièvres', location: 'san/SAL' },
        { barcode: 'B3000', title: 'Optique' },
      );
    },
  });
  const { says, words } = script;
  const { records } = words.console;
  const folder = deskFolder(script, network, run);
  /** The form of the clearance, by the dummy barcode as the manual has it. */
  const lendClearance = async (): Promise<void> => {
    await script.desk.scan(ANA, 'quitus');
    expect(await script.desk.text()).toContain(records.clearing('MARTIN Ana', 'Ctrl+S'));
  };

  it('QUI-01 XII.2.1 what stands in the way is named: open loans of every library, what is late, other blocks', async () => {
    const { desk, scene } = script;
    await scene.lend(ANA, 'B1000');
    await scene.lend(ANA, 'B2000', {}, seatAt(scene.bib, 'san/PRET'));
    await desk.scan(ANA);
    await desk.press('Alt+Ctrl+Q');
    expect(await desk.text()).toContain(records.notClear('MARTIN Ana'));
    expect(await desk.text()).toContain(records.obstacles.OPEN_LOANS(2));
    expect(await desk.text()).toMatch(/Algèbre linéaire · sci · (à rendre|due) /);
    expect(await desk.text()).toMatch(/Fièvres · san · (à rendre|due) /);
    await desk.press('Escape');
    expect(await desk.answer()).toBe(records.noClearance);
    await desk.press('F8');
    scene.at('2026-09-14T10:00');
    await scene.act(blockPatron, { patron: ANA, type: 'MANUAL', until: null, note: 'Livre abîmé' });
    await desk.scan(ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+Ctrl+Q');
    expect(await desk.text()).toContain(records.obstacles.LATE_LOANS(2));
    expect(await desk.text()).toContain(records.obstacles.BLOCKED);
    expect(await script.flat()).toContain('Livre abîmé');
    await desk.press('Escape');
    // Returned late: that they are blocked for it does not stand against it.
    await scene.giveBack('B1000');
    await scene.giveBack('B2000');
    await desk.press('Alt+K');
    while (!(await script.chosen()).includes('Livre abîmé')) await desk.press('Down');
    await desk.press('Ctrl+X');
    await script.answers('answer-yes');
    await desk.press('Escape', 'Alt+Ctrl+Q');
    expect(await desk.text()).toContain(records.clearing('MARTIN Ana', 'Ctrl+S'));
    await desk.press('Escape');
    expect(await script.database.sql('select id from clearances')).toHaveLength(0);
  });

  it('QUI-02 XII.2.2 XII.2.3 the barcode quitus: address asked, letter queued, block with library and date, note, audit', async () => {
    const { desk, database } = script;
    await lendClearance();
    expect(await script.chosen()).toContain('ana.martin@ups.example.org');
    expect(await desk.text()).toContain(records.clearanceAddressHint);
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.issued('ana.martin@ups.example.org'));
    await script.answers('answer-read');
    expect(await desk.answer()).toBe(records.issued('ana.martin@ups.example.org'));
    expect((await desk.screen())[3]).toContain(words.console.patron.blocks(1));
    await desk.press('Alt+K');
    expect(await script.chosen()).toMatch(/Quitus +.*sci 22\/06\/2026/);
    await desk.press('Escape', 'Alt+N');
    expect(await script.chosen()).toContain('QUITUS sci 22/06/2026');
    // The letter is among the letters of the record, from where it can be read, printed, sent again.
    await desk.press('Escape', 'Alt+4', 'Shift+Tab', 'Shift+Tab');
    expect(await script.chosen()).toMatch(
      new RegExp(`22/06/2026 +${words.letters.kinds.quitus} +\\S*…? +${words.letters.state.queued}`),
    );
    await desk.press('Tab');
    expect((await script.rows()).join('\n')).toContain(words.console.audit.kind['clearance-issued']);
    expect(await database.sql('select id from loans where returned_at is null')).toHaveLength(0);
  });

  it('QUI-02 XII.2.2 another address of the record, one for this letter alone, or paper only', async () => {
    const { desk, scene } = script;
    await lendClearance();
    await goTo(desk, 'address');
    const field = fieldOf(desk, 'address');
    expect(field.kind === 'choice' && field.options.map((one) => one.value)).toEqual([
      'ana.martin@ups.example.org',
      'ana@example.com',
      '',
    ]);
    await desk.press('Right');
    expect(await script.chosen()).toContain('ana@example.com');
    await fill(desk, { other: 'mairie@' });
    expect(await desk.text()).toContain(records.badEmail);
    await desk.press('Ctrl+S');
    expect(desk.state().form).not.toBeNull();
    await fill(desk, { other: 'scolarite@exemple.fr' });
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.issued('scolarite@exemple.fr'));
    await desk.press('Escape');
    const emails = (await recordOf(scene, ANA)).contacts.map((one) => one.value);
    expect(emails).not.toContain('scolarite@exemple.fr');
    await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc', group: 'M' });
    await desk.scan('P2', 'QUITUS');
    expect(await script.chosen()).toContain(records.onPaperOnly);
    await desk.press('Ctrl+S');
    expect(await desk.text()).toContain(records.issuedOnPaper);
    await desk.press('Escape');
  });

  it('QUI-02 XII.2.2 the document is printed at the desk, and saved as a PDF that is never written over another', async () => {
    await folder.sit();
    const { desk } = script;
    await lendClearance();
    await desk.press('Ctrl+S');
    await script.answers('answer-pdf');
    expect(await desk.answer()).toMatch(/^PDF (ENREGISTRÉ|SAVED) · .*quitus-2026-\d+\.pdf$/);
    const name = (await readdir(folder.path())).find((one) => one.endsWith('.pdf')) ?? '';
    expect(name).toMatch(/^quitus-2026-\d{6}\.pdf$/);
    const bytes = await readFile(path.join(folder.path(), name));
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    // Asked for again later: printed, or saved once more under a name of its own.
    await desk.press('Alt+Ctrl+Q');
    expect(await desk.text()).toContain(records.clearanceIssuedAlready('MARTIN Ana'));
    await script.answers('answer-print');
    expect(await folder.paper()).toMatch(/QUITUS[\s\S]*Martin Ana/);
    await desk.press('Alt+Ctrl+Q');
    await script.answers('answer-pdf');
    expect((await readdir(folder.path())).filter((one) => one.endsWith('.pdf'))).toHaveLength(2);
    expect(await readFile(path.join(folder.path(), name))).toEqual(bytes);
    // Or sent to the preferred address once more.
    await desk.press('Alt+Ctrl+Q');
    await script.answers('answer-email');
    expect(await desk.answer()).toContain('ana.martin@ups.example.org');
    expect(await script.database.sql('select id from clearances')).toHaveLength(1);
  });

  it('QUI-02 XII.2.3 afterwards nobody lends to them, not in this session nor in another, whoever they are', async () => {
    const { desk, scene } = script;
    await lendClearance();
    await desk.press('Ctrl+S', 'Escape');
    await desk.scan('B3000');
    expect(await script.flat()).toContain(says('quitus délivré', 'clearance'));
    expect(desk.state().prompt?.choices).not.toContain('answer-override');
    await script.answers('answer-ok');
    const manager = await scene.staff('chef', 'manager');
    const other = await script.sit({ seat: seatAt(manager, 'san/PRET') });
    await other.scan(ANA);
    expect(other.state().prompt?.choices).not.toContain('answer-override');
    await script.answers('answer-ok');
    await other.scan('B3000');
    expect(other.state().prompt?.choices).not.toContain('answer-override');
    await script.answers('answer-ok');
    expect(await script.database.sql('select id from loans')).toHaveLength(0);
    // The same command does not issue a second one.
    await other.scan('quitus');
    expect(await other.text()).toContain(records.clearanceIssuedAlready('MARTIN Ana'));
    await other.press('Escape');
  });

  it('QUI-04 XII.4 registered again elsewhere: the block of a clearance at the desk is removed by hand, then they borrow', async () => {
    const { desk } = script;
    await lendClearance();
    await desk.press('Ctrl+S', 'Escape', 'Alt+K', 'Ctrl+X');
    await script.answers('answer-yes');
    await desk.press('Escape');
    await desk.scan('B3000');
    expect(await desk.answer()).toMatch(/^(PRÊTÉ|LENT) · Optique/);
  });

  it('QUI-02 DESK-02 a student assistant issues none, and is told so', async () => {
    const { scene } = script;
    const assistant = await scene.staff('moniteur', 'limited-operator');
    const desk = await script.sit({ seat: seatAt(assistant, 'sci/PRET') });
    await desk.scan(ANA, 'quitus');
    await desk.press('Ctrl+S');
    expect(await desk.answer()).toBe(words.console.refusal.notPermitted);
    expect(await script.database.sql('select id from clearances')).toHaveLength(0);
  });
});
