import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../source/language/fit.ts';
import { LANGUAGES } from '../../source/language/index.ts';
import {
  holdSlip,
  instructionSlip,
  itemSlip,
  listOnPaper,
  loanReceipt,
  transitSlip,
  workOrderSlip,
} from '../../source/letters/index.ts';
import { local } from '../support/house.ts';
import { ana, at, book, edged, loan, paper, sci } from './paper.ts';

const luc = { name: 'Dupont Luc', identifier: '9921000000172' };
const hold = { at, library: 'sci', item: book, requester: luc, until: '2026-06-12', request: 12 };
const instruction = {
  at,
  here: 'sci',
  item: book,
  destination: null,
  department: null,
  requester: null,
  requesterCard: null,
  heldUntil: null,
  workOrder: null,
};

describe('SCAN-03, TUI-08: slips', () => {
  test('of a journey for a request: the destination is what is large', () => {
    const facts = { at, from: 'sci', to: 'buc', item: book, requester: luc, request: 12 };
    expect(edged(transitSlip(facts, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |==========================================
      |               NAVETTE VERS
      |
      |              ###  #  #  ###
      |              #  # #  # #
      |              ###  #  # #
      |              #  # #  # #
      |              ###   ##   ###
      |
      |          BU Centrale du Mirail
      |           pour une réservation
      |==========================================
      |De            BU Sciences (sci)
      |Pour          Dupont Luc
      |Carte         9921000000172
      |Demande       12
      |Titre         Algèbre linéaire / Joseph
      |              Grifone
      |Code-barres   37000034179
      |Cote          512.5 GRI
      |Localisation  Salle de lecture (sci/63S)
      |Appartient à  BU Sciences (sci)
      |Imprimé       lun. 1 juin 2026, 10:00
      |------------------------------------------
      "
    `);
    expect(edged(transitSlip(facts, paper(80, 'en')))).toMatchInlineSnapshot(`
      "
      |================================================================================
      |                                    SEND TO
      |
      |                                 ###  #  #  ###
      |                                 #  # #  # #
      |                                 ###  #  # #
      |                                 #  # #  # #
      |                                 ###   ##   ###
      |
      |                             BU Centrale du Mirail
      |                                 for a request
      |================================================================================
      |From         BU Sciences (sci)
      |For          Dupont Luc
      |Card         9921000000172
      |Request      12
      |Title        Algèbre linéaire / Joseph Grifone
      |Barcode      37000034179
      |Call number  512.5 GRI
      |Location     Salle de lecture (sci/63S)
      |Owned by     BU Sciences (sci)
      |Printed      Monday 1 June 2026, 10:00
      |--------------------------------------------------------------------------------
      "
    `);
  });

  test('of the hold shelf: for whom, and until when', () => {
    expect(edged(holdSlip(hold, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |==========================================
      |         ÉTAGÈRE DES RÉSERVATIONS
      |
      |     ###  #  # ###   ##  #   # #####
      |     #  # #  # #  # #  # ##  #   #
      |     #  # #  # ###  #  # # # #   #
      |     #  # #  # #    #  # #  ##   #
      |     ###   ##  #     ##  #   #   #
      |
      |              #    #  #  ###
      |              #    #  # #
      |              #    #  # #
      |              #    #  # #
      |              ####  ##   ###
      |
      |  jusqu'au vendredi 12 juin 2026 inclus
      |               BU Sciences
      |==========================================
      |Pour          Dupont Luc
      |Carte         9921000000172
      |Demande       12
      |Titre         Algèbre linéaire / Joseph
      |              Grifone
      |Code-barres   37000034179
      |Cote          512.5 GRI
      |Localisation  Salle de lecture (sci/63S)
      |Imprimé       lun. 1 juin 2026, 10:00
      |------------------------------------------
      "
    `);
    expect(edged(holdSlip(hold, paper(80, 'en')))).toMatchInlineSnapshot(`
      "
      |================================================================================
      |                                   HOLD SHELF
      |
      |               ###  #  # ###   ##  #   # #####    #    #  #  ###
      |               #  # #  # #  # #  # ##  #   #      #    #  # #
      |               #  # #  # ###  #  # # # #   #      #    #  # #
      |               #  # #  # #    #  # #  ##   #      #    #  # #
      |               ###   ##  #     ##  #   #   #      ####  ##   ###
      |
      |                           until Friday 12 June 2026
      |                                  BU Sciences
      |================================================================================
      |For          Dupont Luc
      |Card         9921000000172
      |Request      12
      |Title        Algèbre linéaire / Joseph Grifone
      |Barcode      37000034179
      |Call number  512.5 GRI
      |Location     Salle de lecture (sci/63S)
      |Printed      Monday 1 June 2026, 10:00
      |--------------------------------------------------------------------------------
      "
    `);
  });

  test('of internal treatment, of a department of another library too', () => {
    const order = { type: 'TREATMENT', note: 'Dos décollé, pages 12 à 20 détachées' };
    const here = { at, library: 'sci', department: 'ACQ', item: book, ...order, orderedBy: 'bib' };
    expect(edged(workOrderSlip(here, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |==========================================
      |               DÉPARTEMENT
      |
      |               ##   ###  ##
      |              #  # #    #  #
      |              #### #    #  #
      |              #  # #    # ##
      |              #  #  ###  ###
      |
      |               Acquisitions
      |               BU Sciences
      |==========================================
      |Traitement    traitement interne
      |Note          Dos décollé, pages 12 à 20
      |              détachées
      |Demandé par   bib
      |Titre         Algèbre linéaire / Joseph
      |              Grifone
      |Code-barres   37000034179
      |Cote          512.5 GRI
      |Localisation  Salle de lecture (sci/63S)
      |Imprimé       lun. 1 juin 2026, 10:00
      |------------------------------------------
      "
    `);
    const there = { at, from: 'sci', to: 'buc', department: 'ACQ', item: { ...book, library: 'med' }, ...order };
    expect(edged(transitSlip(there, paper(42, 'en')))).toMatchInlineSnapshot(`
      "
      |==========================================
      |                 SEND TO
      |
      |              ###  #  #  ###
      |              #  # #  # #
      |              ###  #  # #
      |              #  # #  # #
      |              ###   ##   ###
      |
      |          BU Centrale du Mirail
      |               Acquisitions
      |==========================================
      |From         BU Sciences (sci)
      |Treatment    internal treatment
      |Note         Dos décollé, pages 12 à 20
      |             détachées
      |Title        Algèbre linéaire / Joseph
      |             Grifone
      |Barcode      37000034179
      |Call number  512.5 GRI
      |Location     Salle de lecture (sci/63S)
      |Owned by     Library med (med)
      |Printed      Mon 1 June 2026, 10:00
      |------------------------------------------
      "
    `);
  });

  test('TAB-04 of a line of a list, on loan and not', () => {
    const onLoan = {
      patron: luc,
      loanedAt: at,
      due: local('2026-06-22T19:00'),
      daysLate: 0,
      status: 'Renewed' as const,
    };
    expect(edged(itemSlip({ at, library: 'sci', item: book, loan: onLoan }, paper(80, 'fr')))).toMatchInlineSnapshot(`
      "
      |                                  BU Sciences
      |                               FICHE D'EXEMPLAIRE
      |--------------------------------------------------------------------------------
      |Titre         Algèbre linéaire / Joseph Grifone
      |Code-barres   37000034179
      |Cote          512.5 GRI
      |Localisation  Salle de lecture (sci/63S)
      |Appartient à  BU Sciences (sci)
      |Lecteur       Dupont Luc
      |Carte         9921000000172
      |Prêté         lundi 1 juin 2026, 10:00
      |À rendre      lundi 22 juin 2026, 19:00
      |Statut        Renouvelé
      |Imprimé       lundi 1 juin 2026, 10:00
      |--------------------------------------------------------------------------------
      "
    `);
    expect(itemSlip({ at, library: 'sci', item: book, loan: null }, paper(42, 'en'))).toContain(
      'Status       is not on loan',
    );
  });

  test('follow what a return or a scan has answered; what is reshelved needs none', () => {
    const on = paper(42, 'en');
    expect(instructionSlip({ ...instruction, next: 'reshelve' }, on)).toBeNull();
    const shelf = {
      next: 'hold-shelf' as const,
      requester: luc.name,
      requesterCard: luc.identifier,
      heldUntil: hold.until,
    };
    expect(instructionSlip({ ...instruction, ...shelf, request: 12 }, on)).toEqual(holdSlip(hold, on));
    const home = { next: 'transit' as const, destination: 'buc' };
    expect(instructionSlip({ ...instruction, ...home }, on)).toEqual(
      transitSlip({ at, from: 'sci', to: 'buc', item: book }, on),
    );
    const order = { type: 'TREATMENT', note: 'n' };
    const treated = { next: 'department' as const, destination: 'ACQ', workOrder: order };
    expect(instructionSlip({ ...instruction, ...treated }, on)).toEqual(
      workOrderSlip({ at, library: 'sci', department: 'ACQ', item: book, ...order }, on),
    );
  });

  test('a name that is too long for large letters is spaced, or at least in capitals', () => {
    const named = (name: string) => holdSlip({ ...hold, requester: { name } }, paper(42, 'fr'));
    expect(named('Wolfenstein-Mühlhausen').map((line) => line.trim())).toContain('WOLFENSTEIN-MÜHLHAUSEN');
    expect(named('Nguyễn Thị').map((line) => line.trim())).toContain('#   #  ### #  # #   # #### #   #');
    expect(named('山田 太郎').map((line) => line.trim())).toContain('山 田   太 郎');
  });
});

describe('TUI-09: a list on paper', () => {
  const columns = [{ head: 'Titre' }, { head: 'Code-barres' }, { head: 'Jours', right: true }];
  const rows = [
    ['Algèbre linéaire', '37000034179', '4'],
    ['Mécanique quantique, relativité générale et autres choses encore', '37000034180', '14'],
  ];
  test('is a table where it fits, else record after record', () => {
    const list = { title: 'Prêts en retard', at, columns, rows };
    expect(edged(listOnPaper(list, paper(80, 'fr')))).toMatchInlineSnapshot(`
      "
      |                                Prêts en retard
      |                      lundi 1 juin 2026, 10:00 · 2 lignes
      |--------------------------------------------------------------------------------
      |Titre                                     Code-barres  Jours
      |--------------------------------------------------------------------------------
      |Algèbre linéaire                          37000034179      4
      |Mécanique quantique, relativité général…  37000034180     14
      "
    `);
    const wide = {
      ...list,
      columns: [...columns, { head: 'Bibliothèque' }, { head: 'Localisation' }],
      rows: rows.map((row) => [...row, 'BU Sciences', 'sci/63S']),
    };
    expect(edged(listOnPaper(wide, paper(42, 'fr')))).toMatchInlineSnapshot(`
      "
      |             Prêts en retard
      |    lun. 1 juin 2026, 10:00 · 2 lignes
      |------------------------------------------
      |Titre         Algèbre linéaire
      |Code-barres   37000034179
      |Jours         4
      |Bibliothèque  BU Sciences
      |Localisation  sci/63S
      |
      |Titre         Mécanique quantique,
      |              relativité générale et
      |              autres choses encore
      |Code-barres   37000034180
      |Jours         14
      |Bibliothèque  BU Sciences
      |Localisation  sci/63S
      |
      "
    `);
  });
});

/** Control characters, and marks that turn the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E]/u;

describe('REL-06: nothing that is printed acts on a printer or leaves the paper', () => {
  const hostile = '\u001B[2J\u001B[4i\f\u202Eevil\u202C\u0000 e\u0301 👩‍👩‍👧 線形代数\r\nline';

  test('control characters and directions are shown; accents are in one piece', () => {
    const title = loanReceipt(
      {
        patron: ana,
        library: sci,
        desk: 'sci/PRET',
        at,
        loans: [loan({ title: hostile, author: null })],
        onLoan: 1,
        late: 0,
      },
      paper(80, 'fr'),
    ).find((line) => line.includes('evil'));
    expect(title).toBe(' 1  ␛[2J␛[4i �evil�␀ é 👩�👩�👧 線形代数 line');
  });

  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ unit: 'grapheme', maxLength: 90 }));
  test.each(LANGUAGES)('whatever stands in the records, every line fits and is printable (%s)', (language) => {
    fc.assert(
      fc.property(text, text, text, fc.constantFrom(42 as const, 80 as const), (one, two, three, columns) => {
        const on = paper(columns, language);
        const item = { ...book, title: one, author: two, callNumber: three, description: one, location: two };
        const person = { name: three, identifier: one };
        const lines = [
          ...loanReceipt(
            {
              patron: { ...ana, lastName: one, firstName: two, identifiers: [{ type: 'primary', value: three }] },
              library: { code: 'x', name: two },
              desk: three,
              at,
              loans: [loan({ title: one, author: two, barcode: three, description: one })],
              onLoan: 3,
              late: 1,
            },
            on,
          ),
          ...transitSlip({ at, from: one, to: two, department: three, item, requester: person }, on),
          ...holdSlip({ at, library: one, item, requester: person, until: null }, on),
          ...workOrderSlip({ at, library: 'sci', department: one, item, type: two, note: three }, on),
          ...listOnPaper(
            { title: one, at, columns: [{ head: two }, { head: three, right: true }], rows: [[one, two], [three]] },
            on,
          ),
        ];
        const wrong = lines.filter((line) => UNPRINTABLE.test(line) || widthOf(line) > columns);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
