import type { UploadWords } from '../upload-words.ts';

const number = new Intl.NumberFormat('fr-FR');
const counted = (count: number, one: string, more: string): string =>
  `${number.format(count)} ${count < 2 ? one : more}`;

export const uploads: UploadWords = {
  check: ({ file, loans, returns, bad, blank, from, to }) => {
    const parts = [
      counted(loans, 'prêt', 'prêts'),
      counted(returns, 'retour', 'retours'),
      ...(bad > 0 ? [counted(bad, 'ligne illisible', 'lignes illisibles')] : []),
      ...(blank > 0 ? [counted(blank, 'ligne vide', 'lignes vides')] : []),
    ];
    return `${file} : ${parts.join(', ')}${from === null || to === null ? '' : ` ; de ${from} à ${to}`}.`;
  },
  nothingRecorded: "Lecture seule : rien n'a été enregistré.",
  progress: (done, total) => `${number.format(done)} lignes sur ${number.format(total)}`,
  counts: ({ completed, failed, duplicates }) =>
    `${counted(completed, 'terminé', 'terminés')}, ${counted(failed, 'échec', 'échecs')}, ${counted(duplicates, 'déchargé auparavant', 'déchargés auparavant')}.`,
  failed: 'Non enregistrés :',
  attention: 'Enregistrés, à regarder :',
  line: (at, reason, text) => `  ligne ${at} : ${reason} : ${text}`,
  due: (moment) => `retour ${moment}`,
  more: (count) => `  et ${number.format(count)} de plus : --report FICHIER les écrit tous.`,
  badLine: {
    unreadable: "ne commence pas par la date et l'heure",
    letter: "ni L ni R après l'heure",
    date: "cette date ou cette heure n'existe pas",
    'no-item': 'pas de code-barres',
    'no-patron': 'pas de lecteur',
    ambiguous: 'code-barres et lecteur indiscernables',
    'too-long': 'code-barres ou identifiant trop long',
    characters: "caractères qu'aucun code ne contient",
  },
  unfinished: (at) => `la ligne ${at} n'a pas de fin : lue telle quelle ; vérifiez qu'il n'en manque rien.`,
  archived: (file) => `Le fichier est maintenant ${file}.`,
  notArchived: (file, because) =>
    `${file} n'a pas été archivé (${because}) : rangez-le vous-même ; ses lignes ne comptent jamais deux fois pour autant.`,
  problem: {
    locked: 'un autre programme le tient ouvert',
    full: 'plus de place',
    'read-only': 'son dossier est en lecture seule',
    gone: 'il a disparu',
    failed: 'erreur inattendue',
  },
  someFailed: (count) =>
    `${counted(count, 'ligne non enregistrée', 'lignes non enregistrées')} : traitez ce qui est dit plus haut.`,
  stopped: (done, total) =>
    `arrêté après ${number.format(done)} lignes sur ${number.format(total)}, qui restent enregistrées. Relancez pour continuer : aucune ligne ne compte deux fois.`,
  runAgain: "Rien n'est perdu : relancez la même commande quand la base répondra ; aucune ligne ne compte deux fois.",
  empty: (file) => `${file} n'a aucune ligne : rien à décharger.`,
  notOffline: (file, lines) =>
    `${file} n'est pas un fichier de prêt secouru : ${lines === 1 ? "sa ligne n'en est pas une transaction" : `aucune de ses ${number.format(lines)} lignes n'est une transaction`}. Rien n'a été fait ; --dry-run dit pourquoi de chacune.`,
  inUse: (file) => `${file} est ouvert dans un autre programme qui enregistre hors ligne : quittez-le, puis déchargez.`,
  gone: (file, copies) =>
    `${file} n'est pas là ; il a déjà été déchargé, et archivé sous ${copies.join(', ')}. Il n'y a rien à faire, sauf si un autre fichier était visé.`,
  report: {
    title: 'Déchargement hors ligne',
    column: {
      number: 'Ligne',
      at: 'Date et heure',
      transaction: 'Transaction',
      item: 'Exemplaire',
      patron: 'Lecteur',
      reason: 'Motif',
      text: 'Ligne du fichier',
      title: 'Titre',
      name: 'Nom du lecteur',
      due: 'Retour',
    },
    noReport: (why) => `le déchargement est fait, son rapport n'est pas écrit : ${why}.`,
  },
};
