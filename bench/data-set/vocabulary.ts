import type { Random } from '../support/random.ts';

/** Words of titles, the most common first. */
const COMMON =
  'histoire introduction droit économie théorie société politique étude analyse système développement gestion méthode cours exercices manuel traité guide science france europe monde philosophie littérature langue culture art musique médecine biologie chimie physique mathématiques algèbre géométrie statistique probabilités informatique programmation réseaux électronique mécanique thermodynamique écologie environnement agriculture ville urbanisme architecture géographie géologie sociologie psychologie éducation enseignement pédagogie formation travail emploi entreprise marketing finance comptabilité fiscalité pénal civil constitutionnel administratif international européen public privé modèles approche problèmes éléments principes pratique recherche pensée question siècle révolution guerre paix état nation religion église islam christianisme moyen âge antiquité renaissance moderne contemporaine roman poésie théâtre cinéma image médias communication information internet numérique données algorithmes intelligence artificielle apprentissage neurones cerveau cellule gène évolution espèces plantes animaux eau climat énergie matériaux structures béton acier ondes optique quantique relativité astronomie espace terre océan montagne forêt paysage territoire région toulouse paris londres amérique afrique asie chine japon allemagne italie espagne latin grec anglais espagnol allemand dictionnaire encyclopédie atlas actes colloque congrès rapport thèse mémoire annales revue bulletin cahiers lettres œuvres correspondance journal récit vie homme femme enfant famille jeunesse santé maladie cancer hôpital infirmier pharmacologie anatomie physiologie chirurgie theory history analysis systems design management social political'.split(
    ' ',
  );
const ARTICLES = 'de de de de de la la le les du des et à l l d d en dans pour sur une un aux par'.split(' ');
const DIVISIONS = [
  'Histoire',
  'France',
  '20e siècle',
  '19e siècle',
  'Manuels d’enseignement supérieur',
  'Problèmes et exercices',
  'Aspect social',
  'Congrès',
  'Dictionnaires',
  'Guides pratiques et mémentos',
  'Europe',
  'Philosophie',
  'Bibliographie',
];
const SYLLABLES =
  'ba be bi bo bu ca ce ci co cu da dé di do du fa fe fi fo fu ga gé gi go gu la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po pu ra ré ri ro ru sa se si so su ta te ti to tu va ve vi vo tra pré con tri pla cri gra flo str'.split(
    ' ',
  );
const ENDINGS = 'tion que isme ité eur age ment ence iste logie graphie métrie nal tique el aire oire ier'.split(' ');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Texts of a catalogue: few words are in very many titles, very many words in few. */
export type Vocabulary = {
  title(): string;
  author(): string | null;
  subjects(): string[];
};

/** Words for so many titles and no more: the vocabulary of a large library. */
const RARE = 80_000;

/** Something near the front of a list, the more often the nearer. */
const early = <One>(random: Random, list: readonly One[], bent: number): One => {
  const found = list[Math.floor(list.length * random.next() ** bent)];
  if (found === undefined) throw new Error('an empty vocabulary');
  return found;
};

/** Makes texts from numbers that look random. */
export function vocabulary(random: Random, lastNames: readonly string[], firstNames: readonly string[]): Vocabulary {
  const made = Array.from(
    { length: RARE },
    () =>
      `${Array.from({ length: 2 + random.below(2) }, () => random.oneOf(SYLLABLES)).join('')}${random.oneOf(ENDINGS)}`,
  );
  const word = (): string => (random.chance(0.6) ? early(random, COMMON, 1.7) : early(random, made, 3));
  const next = (): string => `${random.chance(0.6) ? `${random.oneOf(ARTICLES)} ` : ''}${word()}`;
  return {
    title() {
      const words = [word(), ...Array.from({ length: 1 + random.below(5) }, next)].join(' ');
      const subtitle = random.chance(0.4) ? ` : ${word()} ${next()}` : '';
      return random.chance(0.25)
        ? `${random.oneOf(['La', 'Le', 'Les', 'L’', 'Une'])} ${words}${subtitle}`
        : `${capital(words)}${subtitle}`;
    },
    author() {
      if (random.chance(0.1)) return null;
      const last = random.chance(0.35) ? early(random, lastNames, 1.5) : capital(early(random, made, 1.3));
      return `${last}, ${random.oneOf(firstNames)}`;
    },
    subjects: () =>
      Array.from({ length: random.below(4) }, () =>
        [
          capital(early(random, COMMON, 1.6)),
          ...(random.chance(0.6) ? [random.oneOf(DIVISIONS)] : []),
          ...(random.chance(0.3) ? [random.oneOf(DIVISIONS)] : []),
        ].join(' -- '),
      ),
  };
}
