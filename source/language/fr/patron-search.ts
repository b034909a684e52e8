import type { PatronSearchWords } from '../patron-search-words.ts';

/** La recherche avancée d'un lecteur. */
export const patronSearch: PatronSearchWords['patronSearch'] = {
  form: 'RECHERCHE AVANCÉE',
  name: 'Nom',
  firstName: 'Prénom',
  nameHint: 'le début suffit ; accents et majuscules ne comptent pas',
  identifier: 'Identifiant',
  identifierHint: "le début de n'importe lequel, ou scanner la carte",
  email: 'Courriel',
  emailHint: "le début de l'adresse suffit",
  birthDay: 'Naissance',
  birthDayHint: '30/10/2001',
  badDay: 'Date attendue : 30/10/2001',
  group: 'Groupe',
  campus: 'Campus',
  status: 'Statut',
  any: '(tous)',
  active: 'actif',
  inactive: 'inactif',
  nothingAsked: 'Remplir au moins un champ.',
  head: (total) => `RECHERCHE AVANCÉE · ${total} ${total < 2 ? 'lecteur' : 'lecteurs'}`,
  hint: (edit) => `Entrée ouvre le dossier · ${edit} modifier la recherche`,
  none: (edit) => `Aucun lecteur ne correspond : ${edit} pour modifier la recherche.`,
};
