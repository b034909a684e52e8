import { mkdtempSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deskRuns, deskScript } from '../support/desk-script.ts';
import { withLibrary } from '../support/network.ts';

const ANA = '9921000000164';
const folder = mkdtempSync(path.join(tmpdir(), 'guichet-printing-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

const people = async ({ scene, language }: ReturnType<typeof deskScript>): Promise<void> => {
  await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana', language });
  await scene.items(
    { barcode: 'B1000', title: 'Optique' },
    { barcode: 'B2000', title: 'Logique' },
    { barcode: 'C1000', title: 'Chimie organique', location: 'buc/SALLE' },
  );
};

describe.each(deskRuns)('a desk that prints to a file, on $name in $language', (run) => {
  const paper = path.join(folder, `${run.name} ${run.language}.txt`);
  const script = deskScript(run, {
    network: withLibrary('sci', {
      desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper, columns: 42 } }],
    }),
    setUp: async (one) => {
      await rm(paper, { force: true });
      await people(one);
    },
  });
  const { words } = script;
  const printed = async (): Promise<string[]> => (await readFile(paper, 'utf8')).split('\f').slice(0, -1);

  it('TUI-08 TAB-07 TAB-09 receipts and reports come out of the printer, 42 columns wide, and the desk says so', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('Ctrl+R');
    expect(await desk.answer()).toMatch(/^(Imprimé|Printed)/);
    await desk.press('Alt+2');
    await desk.scan('B1000');
    await desk.press('Ctrl+T', 'Ctrl+A', 'Ctrl+D');
    const jobs = await printed();
    expect(jobs).toHaveLength(4);
    const { title } = words.letters;
    for (const [index, name] of [title.loanReceipt, title.returnReceipt, title.activity, title.requests].entries()) {
      expect(jobs[index]).toContain(name);
    }
    expect(
      Math.max(
        ...jobs
          .join('\n')
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(42);
    // Receipts name patrons: the file is for this user alone.
    expect((await stat(paper)).mode & 0o077).toBe(0);
  });

  it('TUI-06 TAB-07 a receipt is in the language of its patron, whatever the desk speaks', async () => {
    const { desk, scene } = script;
    const other = run.language === 'fr' ? 'en' : 'fr';
    await scene.patron({ id: 'P55', lastName: 'Autre', firstName: 'Ida', language: other });
    await desk.scan('P55', 'B1000');
    await desk.press('Ctrl+R');
    expect((await printed())[0]).toContain(other === 'fr' ? 'REÇU DE PRÊT' : 'LOAN RECEIPT');
  });

  it('TAB-04 SCAN-03 the slip of a line: of a loan, of an item that goes somewhere', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('Alt+S', 'F3');
    await desk.scan('C1000');
    await desk.press('Alt+S');
    expect(await desk.answer()).toBe(words.console.printing.sent);
    const [loan = '', transit = ''] = await printed();
    expect(loan).toContain('B1000');
    expect(loan).toContain('Martin Ana'.toUpperCase().slice(0, 6));
    expect(transit).toContain(words.letters.poster.transit);
    expect(transit).toContain('C1000');
  });

  it('SCAN-03 slips print with each scan that sends an item somewhere, once the option is on; never for reshelving', async () => {
    const { desk } = script;
    await desk.press('F4', 'Ctrl+W');
    expect(await desk.answer()).toBe(words.console.modes.slipsOn);
    await desk.scan('B1000', 'C1000', 'B2000');
    expect(await printed()).toHaveLength(1);
    await desk.press('Ctrl+W');
    expect(await desk.answer()).toBe(words.console.modes.slipsOff);
  });

  it('TUI-09 TUI-08 the list that is shown comes out of the printer too', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('Ctrl+E');
    await script.answers('answer-print');
    const [list = ''] = await printed();
    expect(list).toContain('Optique');
    expect(list).toContain('Logique');
  });
});

describe.each(deskRuns)('a library that gives receipts by itself, on $name in $language', (run) => {
  const paper = path.join(folder, `automatic ${run.name} ${run.language}.txt`);
  const script = deskScript(run, {
    network: withLibrary('sci', {
      receipts: { loan: 'automatic', return: 'automatic' },
      desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper } }],
    }),
    setUp: async (one) => {
      await rm(paper, { force: true });
      await people(one);
    },
  });
  const { words } = script;
  const printed = async (): Promise<string[]> =>
    (await readFile(paper, 'utf8').catch(() => '')).split('\f').slice(0, -1);

  it('TAB-07 Done sends the receipts of what was lent and returned, and none where nothing was', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('F8');
    expect(await printed()).toEqual([]);
    await desk.scan(ANA, 'B1000');
    await desk.press('F8');
    expect((await printed())[0]).toContain(words.letters.title.loanReceipt);
    await desk.scan(ANA);
    await desk.press('Alt+2');
    await desk.scan('B1000');
    await desk.press('F8');
    expect((await printed())[1]).toContain(words.letters.title.returnReceipt);
    expect(await printed()).toHaveLength(2);
  });
});

describe.each(deskRuns)('a desk whose printer fails, or that has none, on $name in $language', (run) => {
  const nowhere = path.join(folder, 'no such folder', 'paper.txt');
  const script = deskScript(run, {
    network: withLibrary('sci', {
      desks: [
        { code: 'PRET', name: 'Banque de prêt', printer: { file: nowhere } },
        { code: 'NU', name: 'Sans imprimante' },
      ],
    }),
    setUp: people,
  });
  const { words } = script;

  it('REL-04 TUI-08 a printer that fails says why, and stops no scan', async () => {
    const { desk } = script;
    await desk.press('F4', 'Ctrl+W');
    await desk.scan('C1000');
    // The answer is the instruction; the printer's trouble stands in the header until it prints again.
    expect(await desk.answer()).toContain('buc');
    expect((await desk.screen())[0]).toContain(words.console.modes.printer);
    await desk.scan('B1000');
    expect((await script.rows()).filter((one) => one.includes(words.console.scanIn.notDone))).toEqual([]);
    expect(await script.rows()).toHaveLength(2);
    await desk.press('F2');
    await desk.scan(ANA, 'B2000');
    await desk.press('Ctrl+R');
    expect(await desk.answer()).toMatch(/^(Pas imprimé|Not printed)/);
    await desk.scan('B1000');
    expect(await script.rows()).toHaveLength(2);
  });

  it('TUI-08 a desk without a printer says so', async () => {
    const { desk } = script;
    await desk.press('F12');
    await desk.type('sci/nu');
    await desk.press('Enter');
    await desk.scan(ANA, 'B1000');
    await desk.press('Ctrl+R');
    expect(await desk.answer()).toBe(words.letters.printed({ kind: 'no-printer' }));
  });
});
