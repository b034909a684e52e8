import type { Random } from '../support/random.ts';

export const LAST_NAMES =
  'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoit Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Cousin Germain Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc Barre Lebrun Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier Collin Chauvin Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte'.split(
    ' ',
  );

export const FIRST_NAMES =
  'Ana Léa Manon Emma Chloé Camille Inès Sarah Zoé Jade Louise Alice Lina Juliette Anna Rose Eva Agathe Lucie Mathilde Nour Élise Margaux Clara Noémie Hanna Jeanne Yasmine Élodie Pauline Marion Amandine Océane Laura Justine Anaïs Mélanie Céline Sophie Nathalie Isabelle Valérie Sandrine Lucas Hugo Louis Gabriel Arthur Jules Raphaël Adam Léo Nathan Paul Tom Ethan Noah Enzo Théo Maxime Antoine Alexandre Baptiste Clément Quentin Romain Thibault Valentin Julien Nicolas Florian Kévin Mathieu Guillaume Adrien Vincent Benoît Étienne Rémi Cédric Sébastien Loïc Yann Karim Mehdi Samir Youssef Amine Omar Ali Moussa Ibrahim Nguyen Wei Yuki Diego Luca Olga Ivan'.split(
    ' ',
  );

const SUBJECTS =
  'Algèbre Analyse Géométrie Topologie Statistique Thermodynamique Optique Électronique Automatique Informatique Botanique Zoologie Génétique Écologie Histologie Pharmacologie Droit Économie Sociologie Philosophie Linguistique Histoire Géographie Archéologie Littérature Musicologie Pédagogie Psychologie Agronomie Géologie Astronomie Hydraulique'.split(
    ' ',
  );

const KINDS =
  'linéaire générale appliquée comparée moderne contemporaine élémentaire avancée numérique expérimentale théorique médiévale'.split(
    ' ',
  );
const FORMS = [
  'cours et exercices',
  'manuel',
  'traité',
  'précis',
  'introduction',
  'annales',
  'études',
  'actes du colloque',
];

/** A person's name; a third have two last names, so that there are as many different ones as in a real university. */
export function nameFrom(random: Random): { last: string; first: string } {
  const last = random.oneOf(LAST_NAMES);
  return { last: random.chance(0.33) ? `${last}-${random.oneOf(LAST_NAMES)}` : last, first: random.oneOf(FIRST_NAMES) };
}

/** A title and its author; the number makes it different from all others. */
export function titleFrom(random: Random, number: number): { title: string; author: string } {
  const { last, first } = nameFrom(random);
  const title = `${random.oneOf(SUBJECTS)} ${random.oneOf(KINDS)} ${number} : ${random.oneOf(FORMS)}`;
  return { title, author: `${last}, ${first}` };
}
