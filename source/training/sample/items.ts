import type { Network } from '../../circulation/network.ts';
import type { addItems } from '../../desk/add-items.ts';
import { bookAt, olderBook } from './books.ts';

type Item = Parameters<typeof addItems.run>[1]['items'][number];

/** The first of `SAMPLE_BARCODES` barcodes in a row: books of sci/63S that may be lent, all in their place. */
export const SAMPLE_BARCODE = 37_000_034_179;
export const SAMPLE_BARCODES = 500;

/** What the training copy keeps one example of, or more, beside the open stacks: for lessons. */
export const SAMPLE_ITEMS = {
  /** Each item policy of the network, in its order: the first one's barcode, and so on. */
  policies: 37_000_035_001,
  dvds: ['37000036001', '37000036002', '37000036003', '37000036004', '37000036005', '37000036006'],
  issues: ['37000037001', '37000037002', '37000037003', '37000037004', '37000037005', '37000037006'],
  volumes: ['37000038001', '37000038002', '37000038003', '37000038004'],
  setWithNote: '37000039001',
  damaged: '37000039002',
  missing: '37000039003',
  beingAcquired: '37000039004',
  beingTreated: '37000039005',
  lost: '37000039006',
  held: '37000039007',
  onItsWayHome: '37000039008',
  onItsWayToAnotherLibrary: '37100000001',
  onItsWayToARequester: '37100000002',
  equipment: '37200000001',
  game: '37300000001',
} as const;

/** Books that history is played with: out on loan, or come back late. */
export const loanedBook = (index: number): string => String(37_000_033_001 + index);
/** The same for the books of the Manufacture. */
export const loanedElsewhere = (index: number): string => String(37_100_000_101 + index);

const LOANED = 60;
const LOANED_ELSEWHERE = 6;

/** An item at `LIBRARY/LOCATION`. */
const at = (location: string, barcode: string, more: Partial<Item> & { readonly title: string }): Item => {
  const [library = ''] = location.split('/');
  return { barcode, location, library, material: 'BOOK', ...more };
};

const series = <Value>(length: number, make: (index: number) => Value): Value[] =>
  Array.from({ length }, (_, index) => make(index));

/** Policies that belong to one library only. */
const HOME_OF_POLICY: Readonly<Record<string, string>> = { PERUT1: 'Ars/SAL', LANGINP: 'N7/SAL' };

function policyItems(network: Network): Item[] {
  return network.itemPolicies.map(({ code, name }, index) =>
    at(HOME_OF_POLICY[code] ?? 'sci/63S', String(SAMPLE_ITEMS.policies + index), {
      title: `Recueil de travaux pratiques n° ${index + 1} (${name.fr})`,
      policy: code,
      callNumber: `507 TP${index + 1}`,
    }),
  );
}

const FILMS = [
  'La Mesure du méridien',
  'Les Abysses',
  "Vents d'autan",
  'Une histoire du zéro',
  'Le Chant des volcans',
  'Garonne, fleuve vivant',
];

/** Every item of the training copy. */
export function sampleItems(network: Network): Item[] {
  const { dvds, issues, volumes } = SAMPLE_ITEMS;
  return [
    ...series(SAMPLE_BARCODES, (index) => at('sci/63S', String(SAMPLE_BARCODE + index), bookAt(index))),
    ...series(LOANED, (index) => at('sci/63S', loanedBook(index), olderBook(index))),
    ...series(LOANED_ELSEWHERE, (index) =>
      at('MAN/SAL', loanedElsewhere(index), {
        title: `Introduction au droit public, tome annuel ${2020 + index}`,
        author: 'Barthe, Solange',
        callNumber: `342 BAR ${index + 1}`,
      }),
    ),
    ...policyItems(network),
    ...dvds.map((barcode, index) =>
      at('sci/63S', barcode, { title: FILMS[index] ?? '', material: 'DVD', callNumber: `DVD ${index + 1}` }),
    ),
    ...issues.map((barcode, index) =>
      at('sci/63S', barcode, {
        title: 'Revue toulousaine de physique',
        material: 'ISSUE',
        description: `n° ${41 + index}`,
        callNumber: 'PER 53',
      }),
    ),
    ...volumes.map((barcode, index) =>
      at('sci/63S', barcode, {
        title: 'Traité de chimie moléculaire',
        author: 'Castaing, Olivier',
        description: `t. ${index + 1}`,
        callNumber: `540 CAS ${index + 1}`,
      }),
    ),
    at('sci/63S', SAMPLE_ITEMS.setWithNote, {
      title: 'Initiation au japonais scientifique : un livre et trois disques',
      material: 'MIXED',
      callNumber: '495.6 INI',
      fulfilmentNote: 'Vérifier les 3 disques',
    }),
    at('sci/63S', SAMPLE_ITEMS.damaged, {
      title: 'Atlas des minéraux des Pyrénées',
      callNumber: '549 ATL',
      fulfilmentNote: 'Couverture abîmée, déjà signalé',
    }),
    at('sci/63S', SAMPLE_ITEMS.missing, {
      title: 'Flore des coteaux du Lauragais',
      callNumber: '581.9 FLO',
      process: 'MISSING',
    }),
    at('sci/63S', SAMPLE_ITEMS.beingAcquired, {
      title: 'Calcul quantique : nouveautés',
      callNumber: '004.1 CAL',
      process: 'ACQ',
      department: 'ACQ',
    }),
    at('sci/63S', SAMPLE_ITEMS.beingTreated, {
      title: 'Dictionnaire de géologie de poche',
      callNumber: '550.3 DIC',
      process: 'WORK_ORDER_DEPARTMENT',
      department: 'ACQ',
    }),
    at('sci/63S', SAMPLE_ITEMS.lost, { title: "Carnets d'un entomologiste", callNumber: '595.7 CAR' }),
    at('sci/63S', SAMPLE_ITEMS.held, { title: 'Le Ciel du Pic du Midi', callNumber: '523 CIE' }),
    at('sci/63S', SAMPLE_ITEMS.onItsWayHome, { title: "Histoire de l'aéropostale", callNumber: '629.1 HIS' }),
    at('MAN/SAL', SAMPLE_ITEMS.onItsWayToAnotherLibrary, { title: 'Économie des transports', callNumber: '388 ECO' }),
    at('MAN/SAL', SAMPLE_ITEMS.onItsWayToARequester, {
      title: 'Droit des contrats : cas pratiques',
      callNumber: '346 DRO',
    }),
    at('N7/SAL', SAMPLE_ITEMS.equipment, { title: 'Ordinateur portable n° 1', material: 'EQUIPMENT' }),
    at('INSA/SAL', SAMPLE_ITEMS.game, { title: 'Les Ponts de la Garonne', material: 'GAME' }),
    ...['Ars', 'BUC', 'JUL'].map((library, index) =>
      at(`${library}/SAL`, String(37_400_000_001 + index), {
        title: `Guide du lecteur, ${2024 + index}`,
        callNumber: '027.7 GUI',
      }),
    ),
    at('BUC/CONS', '37400000011', { title: 'Encyclopédie des parlers occitans', callNumber: '449 ENC' }),
  ];
}
