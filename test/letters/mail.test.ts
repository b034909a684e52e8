import { describe, expect, it } from 'vitest';
import { letterOnPaper as onPaper, letterText as textOf, loadTemplates } from '../../source/letters/index.ts';
import type { Letter, PlainCode } from '../../source/circulation/letters.ts';
import { LETTER_KINDS } from '../../source/circulation/letters.ts';
import { widthOf } from '../../source/language/fit.ts';
import { clearance, clearanceLetter, code, identityLetter } from './letter-facts.ts';
import { letterOf, lettersNetwork } from '../support/sample-letters.ts';
import { edged } from './paper.ts';

const means = { templates: await loadTemplates(), network: null, timeZone: 'Europe/Paris' };
const letterText = (letter: Letter, more: { code?: PlainCode } = {}) => textOf(letter, { ...means, ...more });
const letterOnPaper = (letter: Letter, { columns }: { columns: 42 | 80 }, made?: PlainCode) =>
  onPaper(letter, { ...means, columns }, made);

describe('a letter as text', () => {
  it('QUI-02 the clearance says who, what, when, where and on whose behalf', () => {
    const { subject, lines } = letterText(clearanceLetter());
    expect(subject).toBe('Quitus n° 2026-000012');
    expect(lines.slice(0, lines.indexOf('--') - 1)).toEqual([
      'Bonjour Ana Martin,',
      '',
      'Voici le quitus que vous avez demandé.',
      '',
      'Nom et prénom : Martin Ana',
      'Numéro de lecteur : 2999000000017',
      'Date de naissance : 09/02/1999',
      'Quitus n° : 2026-000012',
      '',
      "La directrice du SICD, au nom du réseau, certifie que la personne désignée ci-dessus est en règle avec l'ensemble des bibliothèques du réseau à la date du lundi 9 février 2026.",
      "Aucun document n'est en prêt à son nom et aucun litige n'est en cours.",
      '',
      'Toulouse, le lundi 9 février 2026',
      'La directrice du SICD',
    ]);
  });

  it('QUI-02 without a birth date, an authority or a place, the network itself certifies', () => {
    const facts = clearance({ authority: null, place: null, patron: { ...clearance().patron, birthDay: null } });
    const { lines } = letterText(clearanceLetter({ language: 'en', facts }));
    expect(lines.join('\n')).not.toMatch(/birth|null/);
    expect(lines).toContain(
      'The network certifies that the person named above has settled everything with all libraries of the network as of Monday 9 February 2026.',
    );
    const end = lines.indexOf('--') - 1;
    expect(lines.slice(end - 2, end)).toEqual(['Monday 9 February 2026', "Réseau des bibliothèques de l'Université"]);
  });

  it('USR-11 the identity message has its code when it leaves, and hides it for everybody else', () => {
    const leaving = letterText(identityLetter(), { code });
    expect(leaving.lines).toContain('ACEFG-HJKMN');
    expect(leaving.lines).toContain("Il sert une seule fois, jusqu'au mar. 10 février 2026, 10:00.");
    expect(leaving.lines).toContain(
      'Le mot de passe doit comporter huit caractères au moins, un chiffre, une minuscule, une majuscule et un caractère spécial.',
    );
    const read = letterText(identityLetter());
    expect(read.lines).toContain('·····-·····');
    expect(read.lines.join('\n')).toContain("fait à l'envoi");
    const english = letterText(identityLetter({ language: 'de' }), { code });
    expect(english.subject).toBe('The password of your library account');
    expect(english.lines).toContain('It works once, until Tue 10 February 2026, 10:00.');
  });

  it('LET-04 one that is sent again says so', () => {
    expect(letterText(clearanceLetter({ again: true })).subject).toBe('Message renvoyé : Quitus n° 2026-000012');
  });

  it('REL-06 names are shown, not executed', () => {
    const patron = { lastName: 'Mar\u001B[2Jtin\nBcc: x', firstName: 'A\u202Ena', identifier: 'P1' };
    for (const letter of [
      identityLetter({ facts: { patron, network: 'N\u0007' } }),
      clearanceLetter({ facts: clearance({ patron: { ...patron, birthDay: null } }) }),
    ]) {
      const { subject, lines } = letterText(letter);
      const paper = letterOnPaper(letter, { columns: 42 });
      expect([subject, ...lines, ...paper].join('')).not.toMatch(/[\p{Cc}\u202E]/u);
    }
  });
});

describe('a letter that has left', () => {
  const said = { subject: 'As it was', text: 'Once\nupon a time', html: '<p>Once</p>', sender: null, replyTo: null };

  it('LET-04 is shown and printed as it left, whatever templates and network say now', () => {
    const letter = letterOf('courtesy', { said, state: 'sent' });
    expect(letterText(letter)).toEqual({ subject: 'As it was', lines: ['Once', 'upon a time'] });
    expect(letterOnPaper(letter, { columns: 42 })).toEqual([
      '                As it was',
      '-'.repeat(42),
      'Once',
      'upon a time',
    ]);
  });
});

describe('a letter on paper', () => {
  it('LET-06 a bill, on a sheet: address, items, the library; no word about answering', () => {
    const lines = onPaper(letterOf('lost-item-bill'), { ...means, network: lettersNetwork, columns: 80 });
    expect(edged(lines)).toMatchInlineSnapshot(`
      "
      |                                Documents perdus
      |--------------------------------------------------------------------------------
      |Ana Martin
      |Bât. B
      |1 rue des Lois
      |31000 Toulouse
      |
      |lundi 1 juin 2026
      |
      |Ana Martin, lecteur n° 2999000000017
      |
      |Malgré nos relances, ces documents n'ont pas été rendus. Ils sont désormais
      |considérés comme perdus :
      |
      |- Optique & vision / Durand, Paul
      |  31000001 · 535 DUR · BU Sciences
      |  à rendre le lundi 22 juin 2026 à 19:00, EN RETARD de 7 jours
      |- Mécanique des fluides
      |  31000002 · BU Sciences
      |  à rendre le lundi 22 juin 2026 à 19:00, EN RETARD de 7 jours
      |
      |Des frais de remboursement ou une amende forfaitaire vous seront appliqués. Si
      |vous rapportez ce qui manque, ou si vous pensez qu'il s'agit d'une erreur,
      |adressez-vous sans attendre à la bibliothèque.
      |
      |--
      |BU Sciences
      |118 route de Narbonne
      |31062 Toulouse
      |Téléphone : 05 36 49 00 01
      |https://sci.example.org
      "
    `);
  });

  it.each(LETTER_KINDS)('TUI-08 LET-04 %s fits 42 and 80 columns', (kind) => {
    for (const columns of [42, 80] as const) {
      const lines = onPaper(letterOf(kind), { ...means, network: lettersNetwork, columns });
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(lines.join('\n')).not.toMatch(/Répondez à ce message/u);
    }
  });

  it('QUI-02 the clearance on a narrow slip', () => {
    expect(edged(letterOnPaper(clearanceLetter(), { columns: 42 }))).toMatchInlineSnapshot(`
      "
      | Réseau des bibliothèques de l'Université
      |
      |                  QUITUS
      |------------------------------------------
      |Nom et prénom      Martin Ana
      |Numéro de lecteur  2999000000017
      |Date de naissance  09/02/1999
      |Quitus n°          2026-000012
      |------------------------------------------
      |La directrice du SICD, au nom du réseau,
      |certifie que la personne désignée
      |ci-dessus est en règle avec l'ensemble des
      |bibliothèques du réseau à la date du lundi
      |9 février 2026.
      |Aucun document n'est en prêt à son nom et
      |aucun litige n'est en cours.
      |
      |Toulouse, le lundi 9 février 2026
      |La directrice du SICD
      "
    `);
  });

  it('USR-11 the slip of a code', () => {
    expect(edged(letterOnPaper(identityLetter(), { columns: 42 }, code))).toMatchInlineSnapshot(`
      "
      | Réseau des bibliothèques de l'Université
      |
      |            VOTRE MOT DE PASSE
      |------------------------------------------
      |Ana Martin
      |
      |Voici votre code pour créer ou changer le
      |mot de passe de votre compte lecteur :
      |
      |               ACEFG-HJKMN
      |
      |Il sert une seule fois, jusqu'au mar. 10
      |février 2026, 10:00.
      |Sur une borne de la bibliothèque,
      |saisissez votre identifiant
      |(2999000000017), ce code, puis le mot de
      |passe de votre choix.
      |Le mot de passe doit comporter huit
      |caractères au moins, un chiffre, une
      |minuscule, une majuscule et un caractère
      |spécial.
      |------------------------------------------
      "
    `);
  });

  it.each([42, 80] as const)('TUI-08 fits %i columns, whatever somebody is called', (columns) => {
    const patron = { lastName: 'X'.repeat(100), firstName: 'Ana Maria '.repeat(20), identifier: '9'.repeat(60) };
    for (const letter of [
      identityLetter({ facts: { patron, network: 'Réseau '.repeat(30) } }),
      clearanceLetter({ facts: clearance({ patron: { ...patron, birthDay: '1999-02-09' } }) }),
    ]) {
      const lines = letterOnPaper(letter, { columns }, code);
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    }
  });
});
