import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requestsOf } from '../../support/desk.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { withLibrary } from '../../support/network.ts';

const ANA = '9921000000164';
const folder = mkdtempSync(path.join(tmpdir(), 'guichet-informing-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe.each(deskRuns)('manual, Questions pratiques 1, informing a patron, on $name in $language', (run) => {
  const paper = path.join(folder, `${run.name} ${run.language}.txt`);
  const script = deskScript(run, {
    network: withLibrary('sci', {
      desks: [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paper } }],
    }),
    setUp: async ({ scene }) => {
      await rm(paper, { force: true });
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana', language: run.language });
      await scene.items(
        { barcode: 'B1000', title: 'Optique' },
        { barcode: 'B2000', title: 'Logique' },
        { barcode: 'C1000', title: 'Chimie organique', location: 'buc/SALLE' },
      );
    },
  });
  const { says, words } = script;
  const printed = async (): Promise<string[]> => (await readFile(paper, 'utf8')).split('\f').slice(0, -1);

  it('TAB-02 TAB-03 QP 1.1 all loans, the nearest due date first, and by the other orders; what is late says so', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B2000');
    scene.at('2026-06-15T10:00');
    await desk.scan('B1000', 'C1000');
    await desk.press('F8');
    scene.at('2026-06-24T10:00');
    await desk.scan(ANA);
    await script.answers('answer-ok');
    await desk.press('Alt+T');
    const titles = async () => (await script.rows()).map((one) => /^ . (\S+)/.exec(one)?.[1]);
    expect(await titles()).toEqual(['Logique', 'Chimie', 'Optique']);
    expect((await script.rows())[0]).toMatch(/(EN RETARD 2 j|LATE, 2 d)$/);
    expect((await desk.screen())[3]).toContain(words.console.patron.loans(3, 1, 1));
    await desk.press('Alt+O');
    expect(await titles()).toEqual(['Chimie', 'Logique', 'Optique']);
    await desk.press('Alt+O');
    expect(await titles()).toEqual(['Chimie', expect.anything(), expect.anything()]);
    await desk.press('Alt+O');
    expect(await desk.answer()).toBe(words.console.lists.sortedBy(words.console.lists.orders.loaned));
    expect(await titles()).toContain('Logique');
  });

  it('PAT-05 QP 1.2 the requests of a patron: what is on the hold shelf, where, and until when', async () => {
    const { desk, scene } = script;
    const requests = requestsOf(script.database, scene);
    const [ana] = await script.database.sql<{ id: number }>('select id from patrons');
    await requests.place({ patron: ana?.id ?? 0, barcode: 'B1000' });
    await requests.place({ patron: ana?.id ?? 0, barcode: 'C1000' });
    await desk.press('F4');
    await desk.scan('B1000', ANA);
    expect((await desk.screen())[3]).toContain(words.console.patron.requests(2, 1, 0));
    await desk.press('Alt+3');
    const rows = await script.rows();
    expect(rows.find((one) => one.includes('Optique'))).toMatch(
      /sci .*(étagère|hold shelf) sci (jusqu'au|until) 10\/06/,
    );
    expect(rows.find((one) => one.includes('Chimie'))).toContain(words.console.requests.task.pick('buc'));
  });

  it('PAT-04 PAT-05 QP 1.3 the blocks of a patron: named at the opening, each with its item and its end in the list', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000');
    await desk.press('F3');
    scene.at('2026-06-30T11:00');
    await desk.scan('B1000', ANA);
    expect(await script.flat()).toContain('Optique');
    await script.answers('answer-ok');
    await desk.press('Alt+F');
    expect(await desk.text()).toContain(says('dimanche 5 juillet 2026', 'Sunday 5 July 2026'));
    await desk.press('Escape', 'Alt+K');
    expect(await script.chosen()).toMatch(/05\/07\/2026 +Optique +(actif|in force)/);
    await desk.press('Ctrl+X');
    await script.answers('answer-yes');
    expect(await desk.text()).toContain(words.console.patronBlocks.none);
    await desk.press('Escape');
    expect((await desk.screen())[3]).toContain(words.console.patron.blocks(0));
  });

  it('TAB-09 QP 1.4 the activity report: late loans first and apart, then library by library', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B2000');
    scene.at('2026-06-15T10:00');
    await desk.scan('B1000', 'C1000');
    scene.at('2026-06-24T10:00');
    await desk.press('Ctrl+A');
    expect(await desk.answer()).toMatch(/^(Imprimé|Printed)/);
    const [report = ''] = await printed();
    expect(report).toContain(words.letters.title.activity);
    const places = ['Martin Ana', 'Logique', 'Chimie organique', 'Optique'].map((text) => report.indexOf(text));
    expect(places.every((one) => one > 0)).toBe(true);
    expect(places[1]).toBe(Math.min(...places.slice(1)));
    expect(Math.max(...report.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('TAB-09 QP 1.4 the requests report', async () => {
    const { desk, scene } = script;
    const [ana] = await script.database.sql<{ id: number }>('select id from patrons');
    await requestsOf(script.database, scene).place({ patron: ana?.id ?? 0, barcode: 'C1000' });
    await desk.scan(ANA);
    await desk.press('Ctrl+D');
    const [report = ''] = await printed();
    expect(report).toContain(words.letters.title.requests);
    expect(report).toContain('Chimie organique');
  });

  it('RET-05 QP 1.5 the history of loans is that of the returns, until it is anonymised', async () => {
    const { desk, scene } = script;
    await desk.scan(ANA, 'B1000', 'B2000');
    await desk.press('F3');
    scene.at('2026-06-09T10:00');
    await desk.scan('B1000');
    scene.at('2026-06-10T10:00');
    await desk.scan('B2000', ANA);
    await desk.press('Alt+2', 'Alt+T');
    const rows = await script.rows();
    expect(rows[0]).toMatch(/Logique .* 10\/06 10:00$/);
    expect(rows[1]).toMatch(/Optique .* 09\/06 10:00$/);
  });

  it('TAB-07 QP 2 the loan and return receipts on request, of this session alone', async () => {
    const { desk } = script;
    await desk.scan(ANA);
    await desk.press('Ctrl+R');
    expect(await desk.answer()).toBe(words.console.printing.nothing);
    await desk.scan('B1000', 'B2000');
    await desk.press('Ctrl+R', 'Alt+2');
    await desk.scan('B1000');
    await desk.press('Ctrl+T');
    const [loan = '', back = ''] = await printed();
    expect(loan).toContain(words.letters.title.loanReceipt);
    expect(loan).toContain(words.letters.lentCount(2));
    expect(loan).toContain(says('à rendre lundi 22 juin 2026, 19:00', 'due Monday 22 June 2026, 19:00'));
    expect(back).toContain(words.letters.title.returnReceipt);
    expect(back).toContain('Optique');
    expect(back).not.toContain('Logique');
  });

  it('REL-08 QP 1 somebody who sits in a department is told that patron services need a desk', async () => {
    const desk = await script.sit({ seat: seatAt(script.scene.bib, 'sci/ACQ', 'department') });
    await desk.scan(ANA);
    expect(await desk.answer()).toBe(words.console.refusal.needsDesk);
    expect(desk.state().record).toBeNull();
  });
});
