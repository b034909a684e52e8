import type { LetterWords, PrintReport } from '../letter-words.ts';
import { mail } from './mail.ts';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`);
const plural = (count: number, one: string, more: string): string => `${count} ${count > 1 ? more : one}`;

const printer: LetterWords['printer'] = {
  terminal: () => "l'imprimante du terminal",
  queue: (where) => `la file d'impression ${where}`,
  file: (where) => `le fichier ${where}`,
  email: (where) => `l'adresse ${where}`,
};

const failure: LetterWords['failure'] = {
  'no-program': () => "la commande « lp » n'existe pas sur cette machine : installez CUPS",
  'no-queue': (where) => `la file d'impression ${where} n'existe pas : « lpstat -a » les liste`,
  'queue-stopped': (where) => `la file d'impression ${where} n'accepte pas de travaux : « cupsaccept ${where} »`,
  refused: () => "le système d'impression a refusé",
  'timed-out': (where) => `${where} ne répond pas : vérifiez l'imprimante, puis recommencez`,
  cancelled: () => 'impression abandonnée',
  'no-folder': (where) => `le dossier de ${where} n'existe pas : créez-le`,
  'no-permission': (where) => `${where} ne peut pas être écrit : vérifiez ses droits`,
  'not-a-file': (where) => `${where} n'est pas un fichier où écrire`,
  full: (where) => `plus de place pour écrire ${where}`,
  'no-terminal': () => "il n'y a pas de terminal ici",
  unexpected: (where) => `${where} : erreur inattendue`,
};

function printed(report: PrintReport): string {
  switch (report.kind) {
    case 'printed':
      return `Imprimé : ${printer[report.by](report.where)}`;
    case 'ready':
      return `Imprimante : ${printer[report.by](report.where)}`;
    case 'waiting':
      return `La file d'impression ${report.where} est arrêtée : ce qui est imprimé y attend (« cupsenable ${report.where} »).`;
    case 'no-mail':
      return `Rien n'est imprimé : ce bureau imprime par courriel (${report.where}), et aucun serveur de messagerie n'est réglé ici (« guichet doctor --mail »).`;
    case 'failed':
      return `Pas imprimé : ${failure[report.because](report.where)}${report.detail === '' ? '' : ` (${report.detail})`}.`;
    case 'no-printer':
      return "Ce bureau n'a pas d'imprimante (« printer » dans le fichier de réseau).";
  }
}

export const letters: LetterWords = {
  ...mail,
  title: {
    loanReceipt: 'REÇU DE PRÊT',
    returnReceipt: 'REÇU DE RETOUR',
    activity: "RAPPORT D'ACTIVITÉ",
    requests: 'RAPPORT SUR LES DEMANDES',
    item: "FICHE D'EXEMPLAIRE",
  },
  label: {
    title: 'Titre',
    volume: 'Volume',
    barcode: 'Code-barres',
    callNumber: 'Cote',
    location: 'Localisation',
    owner: 'Appartient à',
    from: 'De',
    printed: 'Imprimé',
    requester: 'Pour',
    card: 'Carte',
    request: 'Demande',
    treatment: 'Traitement',
    note: 'Note',
    orderedBy: 'Demandé par',
    patron: 'Lecteur',
    lent: 'Prêté',
    placed: 'Demandé',
    due: 'À rendre',
    status: 'Statut',
  },
  poster: {
    transit: 'NAVETTE VERS',
    pick: 'PRENDRE EN RAYON',
    hold: 'ÉTAGÈRE DES RÉSERVATIONS',
    department: 'DÉPARTEMENT',
    home: 'retour à sa bibliothèque',
    forRequest: 'pour une réservation',
    until: (day) => `jusqu'au ${day} inclus`,
  },
  treatment: { TREATMENT: 'traitement interne' },
  due: (moment) => `à rendre ${moment}`,
  renewed: 'renouvelé',
  late: (count) => (count === 0 ? 'EN RETARD' : `EN RETARD de ${days(count)}`),
  returned: (moment) => `rendu ${moment}`,
  returnedLate: (count) => (count === 0 ? 'en retard' : `${days(count)} de retard`),
  lentCount: (count) => plural(count, 'document prêté', 'documents prêtés'),
  returnedCount: (count) => plural(count, 'document rendu', 'documents rendus'),
  onLoan: (count, late) =>
    `${plural(count, 'prêt en cours', 'prêts en cours')} en tout${late > 0 ? `, dont ${late} EN RETARD` : ''}`,
  nothingOnLoan: 'Aucun prêt en cours',
  nothingLent: 'Aucun prêt',
  nothingReturned: 'Aucun retour',
  blockedUntil: (day) => `Dossier bloqué jusqu'au ${day} inclus.`,
  lateHeading: (count) => `EN RETARD : ${plural(count, 'document', 'documents')} à rendre sans attendre`,
  libraryHeading: (library, count) => `${library} (${count})`,
  nothingRequested: 'Aucune demande en cours',
  requestCount: (count) => plural(count, 'demande en cours', 'demandes en cours'),
  requestState: {
    waiting: (library) => `en attente, retrait : ${library}`,
    travelling: (library) => `en route vers ${library}`,
    ready: (library, until) => `PRÊTE à ${library}${until === null ? '' : `, jusqu'au ${until} inclus`}`,
  },
  placed: (day) => `demandé ${day}`,
  questions: (address) => `Une question ? ${address}`,
  notOnLoan: "n'est pas en prêt",
  rows: (count) => plural(count, 'ligne', 'lignes'),
  printed,
  printer,
  failure,
};
