import type { GuideWords } from '../guide-text.ts';

const what = ({ item, items, request, title, patron }: Readonly<Partial<Record<string, string>>>): string =>
  item ?? items ?? title ?? (request === undefined ? (patron ?? '') : `la demande ${request}`);

/** What to do, in French, where a scenario says nothing itself. */
export const guideFr: GuideWords = {
  lend: (one) =>
    one['override'] === undefined
      ? `Prêter ${one['item']} à ${one['patron']}`
      : `Prêter ${one['item']} à ${one['patron']} : {answer-override} outrepasse le blocage`,
  return: (one) => `{returns}, puis retourner ${one['item']}`,
  renew: (one) =>
    one['patron'] === undefined ? `Renouveler ${what(one)}` : `Renouveler tous les prêts de ${one['patron']}`,
  done: () => 'Terminer avec ce lecteur : {done}',
  'scan-in': (one) => `{scan-in}, puis scanner ${one['item']}`,
  'change-due': (one) => `Changer la date de retour de ${what(one)} : ${one['due']}`,
  'delete-loan': (one) => `Supprimer le prêt de ${one['item']}`,
  request: (one) => `Placer une demande pour ${one['patron']} : ${one['title'] ?? one['item']}`,
  'cancel-request': (one) => `Annuler la demande ${one['request']}`,
  note: (one) => `Ajouter une note à ${one['item'] ?? one['patron']} : ${one['text']}`,
  block: (one) => `Bloquer ${one['patron']}${one['until'] === undefined ? '' : ` jusqu'au ${one['until']}`}`,
  unblock: (one) => `Supprimer le blocage de ${one['patron']}`,
  'work-order': (one) => `Envoyer ${one['item']} en traitement interne`,
  'quick-add': (one) => `Créer une notice rapide : ${one['barcode']}, ${one['title']}`,
  register: (one) =>
    one['patron'] === undefined
      ? `{register} : ${[one['name'] ?? one['lastName'], one['firstName']].join(' ').trim()}`
      : `Réinscrire ${one['patron']}`,
  'edit-patron': (one) => `Modifier le dossier de ${one['patron']}`,
  quitus: (one) => `Délivrer le quitus de ${one['patron']}`,
  show: (one) =>
    one['patron'] === undefined ? `Consulter ${one['loan'] ?? what(one)}` : `Ouvrir le dossier de ${one['patron']}`,
  find: (one) => `Rechercher un lecteur : ${Object.values(one).join(' ')}`,
  rules: (one) => `{rules} : consulter les règles de ${one['item'] ?? one['location']}`,
  'pick-list': () => '{pick-list} : lire la liste de prélèvement',
  shelf: () => "{hold-shelf} : lire l'étagère des réservations",
  'activate-next': (one) => `Garder ${what(one)} pour le suivant`,
  reshelve: (one) => `Remettre en rayon ${what(one)}`,
  send: (one) => `Expédier ${what(one)}`,
  'mark-missing': (one) => `Déclarer manquant : ${what(one)}`,
  'skip-library': (one) => `Demander à une autre bibliothèque : ${what(one)}`,
  desk: (one) => `{change-desk} : s'installer à ${one['place']}`,
  console: (one) => `{${one['command']}}`,
  'sign-in': (one) => `Au poste public, s'identifier : ${one['id']}, mot de passe ${one['password']}`,
  account: (one) => `Au poste public, consulter le compte de ${one['patron']}`,
  search: (one) => `Chercher dans le catalogue public : ${one['text']}`,
  'pre-register': (one) => `Se pré-inscrire au poste public : ${one['name']} ${one['firstName']}, ${one['email']}`,
  'forgot-password': (one) => `Demander un code, le mot de passe est oublié : ${one['id']}`,
  'set-password': (one) => `Choisir un mot de passe pour ${one['id']}, avec le code reçu : ${one['password']}`,
  at: (one) => `Il est ${one['time']}`,
  advance: (one) => `Le temps passe jusqu'au ${one['time']}`,
};
