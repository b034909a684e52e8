import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LETTER_KINDS } from '../../source/circulation/letters.ts';
import type { Letter, LetterKind } from '../../source/circulation/letters.ts';
import { LANGUAGES, wordsIn } from '../../source/language/index.ts';
import { loadTemplates, renderLetter } from '../../source/letters/index.ts';
import type { LetterTemplates, RenderedLetter } from '../../source/letters/index.ts';
import { sampleViews } from '../../source/letters/sample-letters.ts';
import { FACTS, letterOf, lettersNetwork as network } from '../support/sample-letters.ts';

const timeZone = 'Europe/Paris';
const shipped = await loadTemplates();
const render = (letter: Letter, templates: LetterTemplates = shipped): RenderedLetter =>
  renderLetter(letter, { templates, network, timeZone });

const folders: string[] = [];
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true });
});

/** A folder of a house's own templates: the files by their path in it. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'guichet-templates-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
const libraries = ['sci', 'buc'];
const load = async (files: Readonly<Record<string, string | Buffer>>) => {
  const folder = folderOf(files);
  const templates = await loadTemplates({ folder, libraries });
  const problems = templates.problems.map((one) => ({ ...one, file: path.relative(folder, one.file) }));
  return { templates, problems };
};

describe('the templates that ship', () => {
  const all = LANGUAGES.flatMap((language) => LETTER_KINDS.map((kind) => ({ language, kind })));

  it.each(all)('LET-01 LET-02 $kind in $language: subject, text and HTML say the same', ({ language, kind }) => {
    const { subject, text, html } = render(letterOf(kind, { language }));
    expect(subject).not.toBe('');
    for (const one of [subject, text, html]) expect(one).not.toMatch(/\{[{%]|undefined|\[object|null/u);
    expect(subject).not.toContain('\n');
    // Every value that the text has, the HTML has, escaped.
    const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
    const facts = JSON.stringify(FACTS[kind]);
    for (const value of ['Optique & vision', '31000002', '2999000000017', 'Exemplaire abîmé', 'Bât. B']) {
      if (facts.includes(value) && text.includes(value)) expect(html).toContain(escaped(value));
    }
    expect(html).not.toContain('Optique & vision');
    expect(html).toContain(`<html lang="${language}">`);
    // Nothing is fetched, nothing runs: mail programs show it as it is.
    expect(html).not.toMatch(/<(?:img|script|link|iframe)|url\(|@import/iu);
  });

  it('LET-01 bear the subjects that the manual names', () => {
    const subjects = (language: string) =>
      LETTER_KINDS.map((kind) => [kind, render(letterOf(kind, { language })).subject]);
    expect(Object.fromEntries(subjects('fr'))).toMatchObject({
      'loan-receipt': 'Reçu de prêt de documents',
      'return-receipt': 'Reçu de retour',
      'activity-report': 'Récapitulatif des prêts en cours et/ou en retard',
      'requests-report': 'Récapitulatif de vos demandes de réservation',
      courtesy: 'Des documents doivent bientôt être ramenés',
      'due-today': "Documents à ramener aujourd'hui",
      'overdue-1': 'Documents en retard à ramener à la bibliothèque',
      'overdue-3': 'Documents en retard à ramener à la bibliothèque',
      'lost-item-bill': 'Documents perdus',
      quitus: 'Quitus n° 2026-000012',
    });
    expect(Object.fromEntries(subjects('en'))).toMatchObject({
      'loan-receipt': 'Loan Receipt Letter',
      'return-receipt': 'Return Receipt Letter',
      'activity-report': 'Patron Circulation Summary',
      'requests-report': 'Requests Report',
      courtesy: 'Courtesy Notice',
      'due-today': 'Due Items',
      'overdue-2': 'Long Overdue Items – Notification',
      'lost-item-bill': 'Lost Items Bill',
    });
    const quiet = { ...FACTS['activity-report'], libraries: FACTS['activity-report'].libraries.slice(1) };
    expect(render(letterOf('activity-report', { facts: quiet })).subject).toBe('Récapitulatif des prêts en cours');
  });

  it('LET-01 a courtesy notice reads well as plain text', () => {
    expect(render(letterOf('courtesy')).text).toMatchInlineSnapshot(`
      "Bonjour Ana Martin,

      Ces documents doivent être ramenés le lundi 22 juin 2026 :

      - Optique & vision / Durand, Paul
        31000001 · 535 DUR · BU Sciences
        à rendre le lundi 22 juin 2026 à 19:00
        n'a pas été renouvelé : un autre lecteur l'a demandé
      - Mécanique des fluides
        31000002 · BU Sciences
        à rendre le lundi 22 juin 2026 à 19:00

      Vous pouvez en demander le renouvellement à la bibliothèque, tant que ses règles le permettent.

      --
      BU Sciences
      118 route de Narbonne
      31062 Toulouse
      Téléphone : 05 36 49 00 01
      https://sci.example.org
      Une question ? Répondez à ce message, ou écrivez à pret-sci@example.org"
    `);
  });

  it('REN-10 says why a loan was not renewed, in words for readers', () => {
    const reasons = wordsIn('fr').letters.notRenewed;
    const { text } = render(letterOf('courtesy'));
    expect(text).toContain(`n'a pas été renouvelé : ${reasons.REQUEST_CONFLICT}`);
  });

  it('LET-03 come from the owning library and end with it; over several, from the network, which nobody answers', () => {
    const own = render(letterOf('overdue-1'));
    expect(own).toMatchObject({
      sender: { name: 'BU Sciences', address: 'sci@example.org' },
      replyTo: 'pret-sci@example.org',
    });
    expect(own.text).toContain('118 route de Narbonne');
    expect(own.text).toContain('Répondez à ce message');
    expect(render(letterOf('overdue-1', { library: 'buc' }))).toMatchObject({
      sender: { name: 'BU Centrale du Mirail', address: 'buc@example.org' },
      replyTo: null,
    });
    const several = render(letterOf('activity-report', { library: null }));
    expect(several).toMatchObject({
      sender: { name: 'Réseau de Toulouse', address: 'no-reply@example.org' },
      replyTo: null,
    });
    expect(several.text).toContain('Ne répondez pas à ce message');
    expect(several.text).toContain('BU Centrale du Mirail');
  });

  it('LET-04 one that is sent again says so in its subject', () => {
    expect(render(letterOf('courtesy', { again: true })).subject).toBe(
      'Message renvoyé : Des documents doivent bientôt être ramenés',
    );
    expect(render(letterOf('courtesy', { again: true, language: 'en' }))).toMatchObject({
      subject: 'Sent again: Courtesy Notice',
      again: true,
    });
  });

  it('LET-06 the bill is laid out for an envelope, and asks nobody to answer', () => {
    const { text, html } = render(letterOf('lost-item-bill'));
    expect(text.split('\n').slice(0, 4)).toEqual(['Ana Martin', 'Bât. B', '1 rue des Lois', '31000 Toulouse']);
    expect(html).toContain('1 rue des Lois<br>');
    expect(text).not.toContain('Répondez');
  });

  it('REL-06 names and titles are shown, not executed', () => {
    const nasty = '<script>x</script>\r\nBcc: a@example.org\u001B[2J\u202E{{ patron.name }}';
    const facts = {
      ...FACTS.courtesy,
      patron: { lastName: nasty, firstName: nasty, identifier: nasty },
      loans: FACTS.courtesy.loans.map((one) => ({ ...one, title: nasty, author: nasty, callNumber: nasty })),
    };
    const { subject, text, html } = render(letterOf('courtesy', { facts }));
    expect([subject, text, html].join('')).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
    expect(html).not.toContain('<script');
    expect(html).toContain('{{ patron.name }}');
    const job = { ...FACTS['job-report'], job: `x\r\nBcc: a@example.org` };
    expect(render(letterOf('job-report', { facts: job })).subject).not.toMatch(/[\r\n]/u);
  });

  it.each(all)('LET-02 $kind in $language: every sample letter can be written', ({ language, kind }) => {
    for (const view of sampleViews(kind, language)) {
      expect(shipped.write({ kind, language, library: null }, view).text).not.toMatch(/undefined|null/u);
    }
  });
});

const COURTESY = 'Subject: À rapporter\n\nCher {{ patron.firstName }},\n\n{% render "loans", loans: loans %}\n';

describe("a house's own templates", () => {
  it("LET-02 replace those of the program, a library's those of the network, in their language only", async () => {
    const { templates, problems } = await load({
      'fr/courtesy.liquid': COURTESY,
      'sci/fr/courtesy.liquid': 'Subject: {{ library.name }} : {{ loans.size }} documents\n\nBonjour & bienvenue\n',
    });
    expect(problems).toEqual([]);
    expect(templates.own).toBe(2);
    const subject = (more: Parameters<typeof letterOf>[1]) => render(letterOf('courtesy', more), templates).subject;
    expect(subject({ library: 'sci' })).toBe('BU Sciences : 2 documents');
    expect(subject({ library: 'buc' })).toBe('À rapporter');
    expect(subject({ library: null })).toBe('À rapporter');
    expect(subject({ language: 'en' })).toBe('Courtesy Notice');
    // Running text is text in both forms.
    const { text, html } = render(letterOf('courtesy'), templates);
    expect(text).toContain('Bonjour & bienvenue');
    expect(html).toContain('Bonjour &amp; bienvenue\n</p>');
  });

  it('LET-02 may have a page of their own, and change what all letters share', async () => {
    const { templates, problems } = await load({
      'fr/courtesy.html.liquid': '<h1>{{ patron.name }}</h1>',
      'fr/_footer.liquid': 'Signé : {{ library.name }}',
      'fr/_mention.liquid': 'Mention\n',
      'buc/fr/due-today.liquid': "Subject: Aujourd'hui\n\n{% include 'mention' %}\n",
    });
    // A part of one's own needs both forms.
    expect(problems).toMatchObject([{ file: path.join('buc', 'fr', 'due-today.liquid'), because: 'failed' }]);
    const { text, html } = render(letterOf('courtesy'), templates);
    expect(html).toContain('<h1>Ana Martin</h1>');
    expect(text).toContain('Signé : BU Sciences');
    expect(render(letterOf('due-today', { library: 'buc' }), templates).subject).toBe(
      "Documents à ramener aujourd'hui",
    );
  });

  it.each<[string, Record<string, string | Buffer>, object]>([
    ['syntax', { 'fr/courtesy.liquid': 'Subject: x\n\nBonjour\n{% if loans %}\n' }, { line: 4, because: 'syntax' }],
    [
      'an unknown name',
      { 'fr/courtesy.liquid': 'Subject: x\n\n{{ patron.nom }}\n' },
      { line: 3, because: 'unknown-variable', detail: 'patron.nom' },
    ],
    [
      'one in a branch',
      { 'fr/courtesy.liquid': 'Subject: x\n{% if false %}\n{{ reader }}\n{% endif %}' },
      { line: 3, because: 'unknown-variable', detail: 'reader' },
    ],
    [
      'one in a loop',
      { 'fr/courtesy.liquid': 'Subject: x\n{% for one in loans %}\n{{ one.titel }}\n{% endfor %}' },
      { line: 3, because: 'unknown-variable' },
    ],
    [
      'an unknown filter',
      { 'fr/courtesy.liquid': 'Subject: x\n\n{{ date | german }}' },
      { line: 3, because: 'syntax' },
    ],
    ['no subject', { 'fr/courtesy.liquid': 'Bonjour' }, { line: 1, because: 'no-subject' }],
    [
      'a part that is not there',
      { 'fr/courtesy.liquid': "Subject: x\n\n{% render 'nothing' %}" },
      { because: 'failed' },
    ],
    [
      'an endless loop',
      { 'fr/courtesy.liquid': 'Subject: x\n\n{% for i in (1..100000000) %}x{% endfor %}' },
      { because: 'failed' },
    ],
    [
      'a name that is no kind',
      { 'fr/courtoisie.liquid': 'Subject: x\n' },
      { line: null, because: 'unknown-name', detail: 'courtoisie' },
    ],
    ['a folder that is no library', { 'xyz/fr/courtesy.liquid': COURTESY }, { file: 'xyz', because: 'unknown-folder' }],
    ['a file that is not UTF-8', { 'fr/courtesy.liquid': Buffer.from([0x53, 0xe9, 0xff]) }, { because: 'unreadable' }],
  ])('LET-02 %s is told with file and line when loaded, and the next template is taken', async (_, files, problem) => {
    const { templates, problems } = await load(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: Object.keys(files)[0], ...problem });
    expect(render(letterOf('courtesy'), templates).subject).toBe('Des documents doivent bientôt être ramenés');
  });

  it('LET-02 a folder that is not there is told; a broken common part is told once', async () => {
    const missing = await loadTemplates({ folder: path.join(os.tmpdir(), 'guichet-no-such-folder'), libraries });
    expect(missing.problems).toMatchObject([{ because: 'no-folder' }]);
    const { templates, problems } = await load({ 'fr/_footer.liquid': 'x\n{{ library.fax }}\n' });
    expect(problems).toEqual([
      { file: path.join('fr', '_footer.liquid'), line: 2, because: 'unknown-variable', detail: 'library.fax' },
    ]);
    expect(render(letterOf('courtesy'), templates).text).toContain('118 route de Narbonne');
  });

  it('LET-02 what no sample could foresee fails for no letter: the next template is taken, and that is told', async () => {
    const told: string[] = [];
    const folder = folderOf({
      'fr/courtesy.liquid':
        "Subject: x\n{% if patron.lastName == 'Zorro' %}{% for one in loans %}{{ one.mask }}{% endfor %}{% endif %}",
    });
    const templates = await loadTemplates({ folder, libraries, onProblem: ({ because }) => told.push(because) });
    expect(templates.problems).toEqual([]);
    expect(render(letterOf('courtesy'), templates).subject).toBe('x');
    const patron = { ...FACTS.courtesy.patron, lastName: 'Zorro' };
    expect(render(letterOf('courtesy', { facts: { ...FACTS.courtesy, patron } }), templates).subject).toBe(
      'Des documents doivent bientôt être ramenés',
    );
    expect(told).toEqual(['unknown-variable']);
  });

  it('LET-02 the templates that ship can be copied as a start', async () => {
    const folder = new URL('../../source/letters/templates/', import.meta.url).pathname;
    expect((await loadTemplates({ folder, libraries })).problems).toEqual([]);
  });
});

describe('the names of letters', () => {
  it('USR-07 every kind has a name in both languages', () => {
    for (const language of LANGUAGES) {
      const { kinds } = wordsIn(language).letters;
      expect(Object.keys(kinds).toSorted()).toEqual([...LETTER_KINDS].toSorted() satisfies LetterKind[]);
    }
  });
});
