import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../source/language/index.ts';
import { loadTemplates, renderLetter } from '../../source/letters/index.ts';
import { FACTS, letterOf, lettersNetwork as network } from '../support/sample-letters.ts';

const templates = await loadTemplates();
const render = (letter: ReturnType<typeof letterOf>) =>
  renderLetter(letter, { templates, network, timeZone: 'Europe/Paris' });

describe('letters about pre-registrations', () => {
  it('USR-13 LET-01 the confirmation says where to come, until when, and how to sign in meanwhile', () => {
    expect(render(letterOf('pre-registered'))).toMatchObject({
      subject: 'Votre pré-inscription à la bibliothèque',
      text: expect.stringMatching(
        /jusqu'au lundi 31 août 2026[^]*BU Sciences\n118 route de Narbonne[^]*votre adresse ana@example\.org/u,
      ) as string,
    });
    expect(render(letterOf('pre-registered', { language: 'en' })).text).toMatch(
      /by Monday,? 31 August 2026[^]*BU Sciences\n118 route de Narbonne[^]*your address ana@example\.org/u,
    );
  });

  it.each([
    ['own', /identifiant \(2999000000017\)/u, /identifier \(2999000000017\)/u],
    ['member', /membre de votre établissement/u, /member of your institution/u],
    ['pre-registered', /encore à finaliser/u, /yet to be completed/u],
    ['ended', /n'est plus valable/u, /no longer valid/u],
  ] as const)(
    'USR-13 LET-01 who has a record that is %s is told what to do with it, and nothing else',
    (standing, ...says) => {
      const facts = { ...FACTS['registered-already'], standing };
      for (const [index, language] of LANGUAGES.entries()) {
        const { text } = render(letterOf('registered-already', { facts, language }));
        expect(text).toMatch(says[index] ?? /$^/u);
        expect(text).toContain('BU Sciences');
        expect(text.split('\n\n')).toHaveLength(6);
        // Only who signs in with it is told their number.
        expect(text.includes('2999000000017')).toBe(standing === 'own');
      }
    },
  );
});
