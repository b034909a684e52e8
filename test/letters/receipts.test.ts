import { describe, expect, test } from 'vitest';
import {
  activityReport,
  languageOfPatron,
  loanReceipt,
  requestsReport,
  returnReceipt,
} from '../../source/letters/index.ts';
import { local } from '../support/house.ts';
import { ana, at, buc, edged, loan, paper, sci } from './paper.ts';

const late = loan({
  title: 'Mécanique quantique',
  author: null,
  due: local('2026-05-28T19:00'),
  late: true,
  daysLate: 4,
});
const renewed = loan({
  title: 'Introduction à la topologie générale et à la théorie des catégories',
  author: null,
  callNumber: null,
  barcode: '37000034180',
  renewals: 1,
});
const elsewhere = loan({ title: '線形代数 入門', author: '齋藤正彦', library: buc, description: 't. 2' });

const receipt = {
  patron: ana,
  library: sci,
  desk: 'sci/PRET',
  at,
  loans: [loan(), renewed, elsewhere],
  onLoan: 4,
  late: 1,
};
const returned = {
  ...receipt,
  loans: [loan({ returnedAt: at, late: true, daysLate: 4, due: local('2026-05-28T19:00') })],
  onLoan: 0,
  late: 0,
  blockedUntil: '2026-06-05',
};
const activity = {
  patron: ana,
  at,
  total: 4,
  late: 1,
  libraries: [
    { library: buc, loans: [elsewhere] },
    { library: sci, loans: [loan(), late, renewed] },
  ],
};
const requests = {
  patron: ana,
  at,
  total: 3,
  lines: [
    { title: 'Optique', state: 'waiting' as const, pickupLibrary: buc, placedAt: at, heldUntil: null },
    { title: 'Topologie', state: 'transit' as const, pickupLibrary: sci, placedAt: at, heldUntil: null },
    { title: 'Analyse', state: 'on-shelf' as const, pickupLibrary: sci, placedAt: at, heldUntil: '2026-06-12' },
  ],
};

describe('TAB-07, TUI-08: the loan receipt', () => {
  test('on thermal paper, in French', () => {
    expect(edged(loanReceipt(receipt, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |               BU Sciences
      |
      |               REÇU DE PRÊT
      | lun. 1 juin 2026, 10:00 · Banque de prêt
      |------------------------------------------
      |Martin Ana                   9921000000164
      |------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI
      |    à rendre lun. 22 juin 2026, 19:00
      | 2  Introduction à la topologie générale
      |    et à la théorie des catégories
      |    37000034180
      |    renouvelé
      |    à rendre lun. 22 juin 2026, 19:00
      | 3  線形代数 入門 / 齋藤正彦 · t. 2
      |    BU Centrale du Mirail
      |    37000034179 · 512.5 GRI
      |    à rendre lun. 22 juin 2026, 19:00
      |------------------------------------------
      |3 documents prêtés
      |4 prêts en cours en tout, dont 1 EN RETARD
      |
      |      Une question ? sci@example.org
      "
    `);
  });

  test('on a sheet, in English', () => {
    expect(edged(loanReceipt(receipt, paper(80, 'en')))).toMatchInlineSnapshot(`
      "
      |                                  BU Sciences
      |
      |                                  LOAN RECEIPT
      |                   Monday 1 June 2026, 10:00 · Banque de prêt
      |--------------------------------------------------------------------------------
      |Martin Ana                                                         9921000000164
      |--------------------------------------------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI                       due Monday 22 June 2026, 19:00
      | 2  Introduction à la topologie générale et à la théorie des catégories
      |    37000034180                         renewed · due Monday 22 June 2026, 19:00
      | 3  線形代数 入門 / 齋藤正彦 · t. 2
      |    BU Centrale du Mirail
      |    37000034179 · 512.5 GRI                       due Monday 22 June 2026, 19:00
      |--------------------------------------------------------------------------------
      |3 items lent
      |4 loans in all, 1 of them LATE
      |
      |                           Questions? sci@example.org
      "
    `);
  });

  test('without loans, library or desk it says what it can', () => {
    const empty = { ...receipt, library: null, desk: '-', loans: [], onLoan: 0, late: 0 };
    expect(edged(loanReceipt(empty, paper(42, 'en')))).toMatchInlineSnapshot(`
      "
      |               LOAN RECEIPT
      |          Mon 1 June 2026, 10:00
      |------------------------------------------
      |Martin Ana                   9921000000164
      |------------------------------------------
      |No loans
      "
    `);
  });
});

describe('TAB-07, RET-02: the return receipt', () => {
  test('on thermal paper, in English: late, and blocked until', () => {
    expect(edged(returnReceipt(returned, paper(42, 'en')))).toMatchInlineSnapshot(`
      "
      |               BU Sciences
      |
      |              RETURN RECEIPT
      | Mon 1 June 2026, 10:00 · Banque de prêt
      |------------------------------------------
      |Martin Ana                   9921000000164
      |------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI
      |    4 days late
      |    returned Mon 1 June 2026, 10:00
      |------------------------------------------
      |1 item returned
      |
      |Blocked until Friday 5 June 2026
      |(included).
      |
      |        Questions? sci@example.org
      "
    `);
  });

  test('on a sheet, in French', () => {
    expect(edged(returnReceipt(returned, paper(80, 'fr')))).toMatchInlineSnapshot(`
      "
      |                                  BU Sciences
      |
      |                                 REÇU DE RETOUR
      |                   lundi 1 juin 2026, 10:00 · Banque de prêt
      |--------------------------------------------------------------------------------
      |Martin Ana                                                         9921000000164
      |--------------------------------------------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI   4 jours de retard · rendu lundi 1 juin 2026, 10:00
      |--------------------------------------------------------------------------------
      |1 document rendu
      |
      |Dossier bloqué jusqu'au vendredi 5 juin 2026 inclus.
      |
      |                         Une question ? sci@example.org
      "
    `);
  });
});

describe('TAB-09: reports', () => {
  test('of activity: late loans first and apart, then library by library', () => {
    expect(edged(activityReport(activity, paper(80, 'fr')))).toMatchInlineSnapshot(`
      "
      |                               RAPPORT D'ACTIVITÉ
      |                            lundi 1 juin 2026, 10:00
      |--------------------------------------------------------------------------------
      |Martin Ana                                                         9921000000164
      |--------------------------------------------------------------------------------
      |4 prêts en cours en tout, dont 1 EN RETARD
      |
      |EN RETARD : 1 document à rendre sans attendre
      |================================================================================
      | 1  Mécanique quantique
      |    BU Sciences
      |    37000034179 · 512.5 GRI
      |    EN RETARD de 4 jours
      |    à rendre jeudi 28 mai 2026, 19:00
      |
      |BU Centrale du Mirail (1)
      |--------------------------------------------------------------------------------
      | 1  線形代数 入門 / 齋藤正彦 · t. 2
      |    37000034179 · 512.5 GRI                   à rendre lundi 22 juin 2026, 19:00
      |
      |BU Sciences (2)
      |--------------------------------------------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI                   à rendre lundi 22 juin 2026, 19:00
      | 2  Introduction à la topologie générale et à la théorie des catégories
      |    37000034180                   renouvelé · à rendre lundi 22 juin 2026, 19:00
      "
    `);
    expect(edged(activityReport(activity, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |            RAPPORT D'ACTIVITÉ
      |         lun. 1 juin 2026, 10:00
      |------------------------------------------
      |Martin Ana                   9921000000164
      |------------------------------------------
      |4 prêts en cours en tout, dont 1 EN RETARD
      |
      |EN RETARD : 1 document à rendre sans
      |attendre
      |==========================================
      | 1  Mécanique quantique
      |    BU Sciences
      |    37000034179 · 512.5 GRI
      |    EN RETARD de 4 jours
      |    à rendre jeu. 28 mai 2026, 19:00
      |
      |BU Centrale du Mirail (1)
      |------------------------------------------
      | 1  線形代数 入門 / 齋藤正彦 · t. 2
      |    37000034179 · 512.5 GRI
      |    à rendre lun. 22 juin 2026, 19:00
      |
      |BU Sciences (2)
      |------------------------------------------
      | 1  Algèbre linéaire / Joseph Grifone
      |    37000034179 · 512.5 GRI
      |    à rendre lun. 22 juin 2026, 19:00
      | 2  Introduction à la topologie générale
      |    et à la théorie des catégories
      |    37000034180
      |    renouvelé
      |    à rendre lun. 22 juin 2026, 19:00
      "
    `);
  });

  test('REN-06, CYC-03 of activity: recalled and lost loans say so; a loan by the hour is late on its own day', () => {
    const loans = [
      loan({ status: 'Recalled', renewals: 1 }),
      loan({ status: 'Lost', late: true, daysLate: 40 }),
      loan({ late: true, due: local('2026-06-01T09:00') }),
    ];
    const report = activityReport(
      { patron: ana, at, total: 3, late: 2, libraries: [{ library: sci, loans }] },
      paper(80, 'fr'),
    );
    const said = report.map((line) => line.trim());
    expect(said).toContain('Perdu');
    expect(said).toContain('EN RETARD de 40 jours');
    expect(said.filter((line) => line.includes('EN RETARD · à rendre lundi 1 juin 2026, 09:00'))).toHaveLength(1);
    expect(said.filter((line) => line.includes('Rappelé · à rendre lundi 22 juin'))).toHaveLength(1);
  });

  test('of activity, with nothing on loan', () => {
    const none = { patron: ana, at, total: 0, late: 0, libraries: [] };
    expect(activityReport(none, paper(80, 'en')).at(-1)).toBe('Nothing on loan');
  });

  test('of requests: what is ready first, and until when', () => {
    expect(edged(requestsReport(requests, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |         RAPPORT SUR LES DEMANDES
      |         lun. 1 juin 2026, 10:00
      |------------------------------------------
      |Martin Ana                   9921000000164
      |------------------------------------------
      | 1  Analyse
      |    PRÊTE à BU Sciences, jusqu'au vendredi
      |    12 juin 2026 inclus
      |    demandé lundi 1 juin 2026
      | 2  Topologie
      |    en route vers BU Sciences
      |    demandé lundi 1 juin 2026
      | 3  Optique
      |    en attente, retrait : BU Centrale du
      |    Mirail
      |    demandé lundi 1 juin 2026
      |------------------------------------------
      |3 demandes en cours
      "
    `);
    expect(edged(requestsReport(requests, paper(80, 'en')))).toMatchInlineSnapshot(`
      "
      |                                REQUESTS REPORT
      |                           Monday 1 June 2026, 10:00
      |--------------------------------------------------------------------------------
      |Martin Ana                                                         9921000000164
      |--------------------------------------------------------------------------------
      | 1  Analyse
      |    READY at BU Sciences, until Friday 12 June 2026
      |    requested Monday 1 June 2026
      | 2  Topologie
      |    on its way to BU Sciences
      |    requested Monday 1 June 2026
      | 3  Optique
      |    waiting, pickup at BU Centrale du Mirail
      |    requested Monday 1 June 2026
      |--------------------------------------------------------------------------------
      |3 open requests
      "
    `);
  });
});

test('TUI-06 a receipt speaks French to whom prefers it, English to everybody else', () => {
  expect(['fr', 'FR-ca', ' fr', 'en', 'de', 'oc', ''].map(languageOfPatron)).toEqual([
    'fr',
    'fr',
    'fr',
    'en',
    'en',
    'en',
    'en',
  ]);
});
