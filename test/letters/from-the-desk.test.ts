import { expect } from 'vitest';
import { activityReport, loanReceipt, requestsReport, returnReceipt } from '../../source/desk/receipts.ts';
import { returnItem } from '../../source/desk/return-item.ts';
import * as letters from '../../source/letters/index.ts';
import { onBothDatabases } from '../support/desk.ts';
import { smallNetwork } from '../support/network.ts';

const paper = (language: 'fr' | 'en') =>
  letters.paperFor({ columns: 42, language, network: smallNetwork, timeZone: smallNetwork.timeZone });
/** A paper as running text. */
const textOf = (lines: readonly string[] | null): string => (lines ?? []).join(' ').replaceAll(/ +/g, ' ');

onBothDatabases('paper from what the desk has answered', (it) => {
  it('TAB-07, TAB-09, TUI-06 receipts and reports in the language of the patron', async ({ scene, requests }) => {
    const patron = await scene.patron({ id: 'P1', lastName: 'Martin', language: 'en' });
    await scene.items(
      { barcode: 'B1', title: 'Algèbre' },
      { barcode: 'B2', title: 'Topologie', location: 'buc/SALLE' },
    );
    const lent = await scene.lend('P1', 'B1');
    if (lent.kind !== 'lent') throw new Error(lent.kind);
    await requests.place({ patron, barcode: 'B2' });

    const receipt = await scene.act(loanReceipt, { patron, loans: [lent.loan] });
    if (receipt.kind !== 'loan-receipt') throw new Error(receipt.kind);
    const language = letters.languageOfPatron(receipt.patron.language);
    expect(textOf(letters.loanReceipt(receipt, paper(language)))).toMatch(
      /LOAN RECEIPT .* Martin Ana P1 .* 1 Algèbre B1 due Mon 22 June 2026, 19:00 .* 1 item lent/,
    );
    const activity = await scene.act(activityReport, { patron });
    if (activity.kind !== 'activity') throw new Error(activity.kind);
    expect(textOf(letters.activityReport(activity, paper('fr')))).toContain(
      'Algèbre B1 à rendre lun. 22 juin 2026, 19:00',
    );
    const asked = await scene.act(requestsReport, { patron });
    if (asked.kind !== 'requests-report') throw new Error(asked.kind);
    expect(textOf(letters.requestsReport(asked, paper('fr')))).toContain('en attente, retrait : Library sci');

    scene.at('2026-06-30T10:00');
    expect(await scene.giveBack('B1')).toMatchObject({ kind: 'returned' });
    const back = await scene.act(returnReceipt, { patron, loans: [lent.loan] });
    if (back.kind !== 'return-receipt') throw new Error(back.kind);
    expect(textOf(letters.returnReceipt(back, paper('en')))).toMatch(/8 days late .* Blocked until Sunday 5 July 2026/);
  });

  it('SCAN-03 the slip of a return says what the screen says', async ({ scene, requests }) => {
    const luc = await scene.patron({ id: 'P2', lastName: 'Dupont', firstName: 'Luc' });
    await scene.items({ barcode: 'B1', location: 'buc/SALLE', title: 'Away' }, { barcode: 'B2', title: 'Wanted' });
    await requests.place({ patron: luc, barcode: 'B2' });
    const slipOf = async (barcode: string) => {
      const outcome = await scene.act(returnItem, { barcode });
      if (outcome.kind !== 'not-on-loan') throw new Error(outcome.kind);
      return textOf(letters.instructionSlip({ ...outcome, at: scene.now(), here: 'sci' }, paper('fr')));
    };
    expect(await slipOf('B1')).toMatch(/NAVETTE VERS .* Library buc retour à sa bibliothèque/);
    expect(await slipOf('B2')).toMatch(/ÉTAGÈRE DES RÉSERVATIONS .* jusqu'au mercredi 10 juin 2026 inclus .* Carte P2/);
  });
});
