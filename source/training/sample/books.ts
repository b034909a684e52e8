/** Subjects of a science library with their class numbers; every title, author and name of the sample is made up. */
const SUBJECTS: readonly (readonly [subject: string, classNumber: string])[] = [
  ['Algèbre linéaire', '512.5'],
  ['Topologie générale', '514'],
  ['Analyse réelle', '515'],
  ['Analyse complexe', '515.9'],
  ['Calcul différentiel', '515.33'],
  ['Équations différentielles', '515.35'],
  ['Probabilités', '519.2'],
  ['Statistique inférentielle', '519.5'],
  ['Géométrie différentielle', '516.36'],
  ['Théorie des nombres', '512.7'],
  ['Théorie des groupes', '512.2'],
  ['Analyse numérique', '518'],
  ['Logique mathématique', '511.3'],
  ['Théorie des graphes', '511.5'],
  ['Algorithmique', '005.1'],
  ['Bases de données relationnelles', '005.75'],
  ["Systèmes d'exploitation", '005.43'],
  ['Réseaux informatiques', '004.6'],
  ['Compilation', '005.45'],
  ['Apprentissage automatique', '006.31'],
  ['Mécanique du point', '531'],
  ['Mécanique des solides', '531.3'],
  ['Mécanique des fluides', '532'],
  ['Mécanique quantique', '530.12'],
  ['Relativité restreinte', '530.11'],
  ['Thermodynamique', '536.7'],
  ['Physique statistique', '530.13'],
  ['Électromagnétisme', '537'],
  ['Optique ondulatoire', '535'],
  ['Physique des particules', '539.7'],
  ['Astrophysique stellaire', '523.8'],
  ['Acoustique', '534'],
  ['Électronique analogique', '621.38'],
  ['Traitement du signal', '621.382'],
  ['Automatique linéaire', '629.8'],
  ['Résistance des matériaux', '620.1'],
  ['Chimie générale', '540'],
  ['Chimie organique', '547'],
  ['Chimie inorganique', '546'],
  ['Chimie analytique', '543'],
  ['Cinétique chimique', '541.39'],
  ['Cristallographie', '548'],
  ['Minéralogie', '549'],
  ['Tectonique des plaques', '551.13'],
  ['Hydrogéologie', '551.49'],
  ['Météorologie', '551.5'],
  ['Biologie cellulaire', '571.6'],
  ['Génétique des populations', '576.5'],
  ['Physiologie végétale', '571.2'],
  ['Écologie des milieux aquatiques', '577.6'],
];

/** Six ways to write a book about a subject: 300 titles. */
const FORMS = [
  '',
  ' : cours et exercices corrigés',
  ' : problèmes résolus',
  ' : une première approche',
  " : du cours à l'examen",
  ' : modèles et applications',
] as const;

const AUTHORS = [
  'Verdier, Hélène',
  'Castaing, Olivier',
  'Lacombe, Sarah',
  'Bringuier, Marc',
  'Esquerré, Nadia',
  'Tournier, Paul',
  'Salvagnac, Judith',
  'Ferrasse, Ivan',
  'Mauriès, Claire',
  'Delpech, Antoine',
  'Rouquette, Ludivine',
  'Azéma, Farid',
  'Combes, Estelle',
] as const;

/** A book as the catalogue describes it. */
export type SampleBook = {
  readonly title: string;
  readonly author: string;
  readonly callNumber: string;
  readonly subjects: readonly string[];
};

/** What a subject is divided by, after the way in which its book is written. */
const DIVISIONS: readonly (readonly [form: RegExp, division: string])[] = [
  [/exercices|problèmes/, 'Problèmes et exercices'],
  [/cours|approche|examen/, 'Manuels d’enseignement supérieur'],
  [/séminaire/, 'Congrès'],
];

const subjectsOf = (name: string, form: string): string[] => [
  [name, ...DIVISIONS.flatMap(([written, division]) => (written.test(form) ? [division] : [])).slice(0, 1)].join(
    ' -- ',
  ),
];

function book(subject: number, form: string): SampleBook {
  const [name, classNumber] = SUBJECTS[subject % SUBJECTS.length] ?? ['', ''];
  const author = AUTHORS[(subject * 5 + form.length) % AUTHORS.length] ?? '';
  return {
    title: `${name}${form}`,
    author,
    callNumber: `${classNumber} ${author.slice(0, 3).toUpperCase()}`,
    subjects: subjectsOf(name, form),
  };
}

/** How many different titles the open stacks have: so many barcodes in a row are all different books. */
const TITLES = SUBJECTS.length * FORMS.length;

/** The book at a place of the open stacks, from 0; from `TITLES` on, second copies follow. */
export function bookAt(index: number): SampleBook {
  const title = index % TITLES;
  return book(title % SUBJECTS.length, FORMS[Math.floor(title / SUBJECTS.length)] ?? '');
}

/** An older book about a subject, one of those that are out on loan; another title than any of the open stacks. */
export function olderBook(index: number): SampleBook {
  return book(index * 23, index < SUBJECTS.length ? ' : notes de cours' : ' : exposés de séminaire');
}
