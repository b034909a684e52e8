import type { PatronBlockFact } from '../../circulation/blocks.ts';
import type { DeskWords, Saying } from '../desk-words.ts';
import { printable } from '../printable.ts';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`);
const until = (fact: PatronBlockFact, say: Saying): string =>
  fact.until === null ? 'sans date de fin' : `jusqu'au ${say.dates.day(fact.until)} inclus`;
const note = (fact: PatronBlockFact): string => (fact.note === null ? '' : ` : ${printable(fact.note)}`);
const list = (codes: readonly string[] | null, name: (code: string) => string): string[] =>
  codes === null ? [] : [codes.map(name).join(', ')];

export const desk: DeskWords = {
  block: {
    PATRON_EXPIRED: 'Carte expirée',
    PATRON_INACTIVE: 'Dossier inactif',
    PATRON_GROUP_NOT_ALLOWED: 'Groupe non autorisé',
    PATRON_OVERDUE: 'Retard',
    PATRON_BLOCK_LATE_RETURN: 'Retour tardif',
    PATRON_BLOCK_MANUAL: 'Blocage',
    PATRON_BLOCK_QUITUS: 'Quitus',
    LOAN_LIMIT: 'Limite de prêt',
    NOT_LOANABLE: 'Exclu du prêt',
    ON_LOAN_TO_OTHER: 'Prêté à un autre',
    ON_LOAN_TO_SAME: 'Déjà prêté ici',
    HELD_FOR_OTHER: 'Mis de côté',
    SAME_TITLE: 'Prêt parallèle',
    DUE_AFTER_EXPIRY: 'Retour après expiration',
    ITEM_IN_TRANSIT: 'En transit',
    ITEM_MISSING: 'Manquant',
    ITEM_LOST: 'Perdu',
    ITEM_IN_PROCESS: 'En traitement',
    ITEM_UNKNOWN: 'Exemplaire inconnu',
    PATRON_UNKNOWN: 'Lecteur inconnu',
  },
  fact: {
    PATRON_EXPIRED: ({ expiry }, say) => `valable jusqu'au ${say.dates.day(expiry)}`,
    PATRON_INACTIVE: () => 'le dossier est désactivé',
    PATRON_GROUP_NOT_ALLOWED: ({ group }, say) =>
      group === null ? "le dossier n'a pas de groupe" : `le groupe ${printable(say.group(group))} n'emprunte pas ici`,
    PATRON_OVERDUE: ({ title, daysLate, library }, say) =>
      `${printable(title)}, en retard de ${days(daysLate)} (${printable(say.library(library))})`,
    PATRON_BLOCK_LATE_RETURN: (fact, say) =>
      `bloqué ${until(fact, say)}${fact.item ? ` : ${printable(fact.item.title)}, rendu le ${say.dates.dayAndMonth(fact.item.returned)}` : note(fact)}`,
    PATRON_BLOCK_MANUAL: (fact, say) => `${until(fact, say)}${note(fact)}`,
    PATRON_BLOCK_QUITUS: (fact, say) => `quitus délivré, ${until(fact, say)}${note(fact)}`,
    LOAN_LIMIT: ({ name, library, location, group, material, policy, count, max }, say) => {
      const scope = [
        ...list(library, say.library),
        ...list(location, (code) => code),
        ...list(material, say.material),
        ...list(policy, say.policy),
        ...list(group, say.group),
      ];
      return `${count} prêts en cours sur ${max} au plus (${printable(name ?? scope.join(' · '))})`;
    },
    NOT_LOANABLE: ({ row, policy }, say) =>
      row === null
        ? 'aucune règle ne parle de cet exemplaire'
        : policy === null
          ? 'exclu du prêt par les règles'
          : printable(say.policy(policy)),
    ON_LOAN_TO_OTHER: ({ patron, due, daysLate }, say) =>
      `prêté à ${printable(patron)}, à rendre ${say.dates.moment(due)}${daysLate > 0 ? `, en retard de ${days(daysLate)}` : ''}`,
    ON_LOAN_TO_SAME: ({ due }, say) =>
      `déjà prêté à ce lecteur, à rendre ${say.dates.moment(due)} : outrepasser renouvelle`,
    HELD_FOR_OTHER: ({ patron, until: day, library }, say) =>
      `réservé pour ${printable(patron)} (${printable(say.library(library))})${day === null ? '' : `, jusqu'au ${say.dates.day(day)}`}`,
    SAME_TITLE: ({ title, barcode }) => `a déjà un exemplaire de ${printable(title)} (${printable(barcode)})`,
    DUE_AFTER_EXPIRY: ({ due, expiry, shortened }, say) =>
      `à rendre ${say.dates.moment(due)}, mais la carte expire le ${say.dates.day(expiry)} (raccourci : ${say.dates.moment(shortened)})`,
    ITEM_IN_TRANSIT: ({ from, to, since }, say) =>
      `en transit${from === null ? '' : ` de ${printable(say.library(from))}`}${to === null ? '' : ` vers ${printable(say.library(to))}`}${since === null ? '' : ` depuis ${say.dates.moment(since)}`}`,
    ITEM_MISSING: () => "l'exemplaire est déclaré manquant",
    ITEM_LOST: ({ patron }) => `déclaré perdu${patron === null ? '' : ` sur le compte de ${printable(patron)}`}`,
    ITEM_IN_PROCESS: ({ process, department }) =>
      `${process === 'ACQ' ? "en cours d'acquisition" : 'en traitement'}${department === null ? '' : ` (${printable(department)})`}`,
    ITEM_UNKNOWN: ({ barcode }) => `${printable(barcode)} n'est pas dans le catalogue : le scanner une seconde fois`,
    PATRON_UNKNOWN: ({ identifier }) => `aucun lecteur n'a l'identifiant ${printable(identifier)}`,
  },
  why: {
    PATRON_EXPIRED: "La date d'expiration est le dernier jour valable. La prolonger lève le blocage.",
    PATRON_INACTIVE: 'Un dossier désactivé ne peut plus rien emprunter avant sa réactivation.',
    PATRON_GROUP_NOT_ALLOWED: "Les règles du réseau disent que ce groupe n'emprunte pas.",
    PATRON_OVERDUE:
      "Tant qu'un document est en retard, le lecteur ne peut ni emprunter ni renouveler ; il peut réserver.",
    PATRON_BLOCK_LATE_RETURN:
      'Un jour de suspension par jour de retard, délai de grâce déduit ; les blocages ne se cumulent pas.',
    PATRON_BLOCK_MANUAL: 'Blocage posé à la main par un collègue.',
    PATRON_BLOCK_QUITUS: "Un quitus a été délivré : personne ne peut l'outrepasser, il se retire à la réinscription.",
    LOAN_LIMIT: 'Nombre maximal de prêts atteint ; seuls comptent les prêts visés par cette limite.',
    NOT_LOANABLE: 'Outrepasser prête pour une minute : modifier ensuite la date de retour.',
    ON_LOAN_TO_OTHER: "Outrepasser enregistre d'abord le retour de l'autre lecteur, avec ses pénalités.",
    ON_LOAN_TO_SAME: 'Le document est déjà sur le compte de ce lecteur.',
    HELD_FOR_OTHER: "Outrepasser remet la réservation à sa place dans la file d'attente.",
    SAME_TITLE: "Cette bibliothèque ne prête pas deux exemplaires d'un même titre à un lecteur.",
    DUE_AFTER_EXPIRY: "Choisir : garder la durée entière, ou la raccourcir à la date d'expiration.",
    ITEM_IN_TRANSIT: 'Le document est annoncé ailleurs ; le prêter met fin au transit.',
    ITEM_MISSING: 'Le prêter le remet en circulation.',
    ITEM_LOST: "Outrepasser clôt d'abord le prêt perdu.",
    ITEM_IN_PROCESS: "Le document n'a pas fini d'être traité.",
    ITEM_UNKNOWN: 'Une lecture incomplète est fréquente : scanner encore une fois avant toute autre chose.',
    PATRON_UNKNOWN: 'Scanner encore la carte, ou chercher par le nom.',
  },
  andMore: (count) => `… et ${count} de plus`,
  level: {
    nobody: 'personne ne peut outrepasser',
    manager: 'responsable seulement',
    operator: 'peut être outrepassé',
    anyone: 'peut être outrepassé par tous',
    automatic: 'traité automatiquement',
  },
  renewal: {
    PATRON_NO_ROLE: "L'utilisateur n'a pas de rôle lecteur ou le rôle a expiré",
    PATRON_INACTIVE: "Le lecteur n'est pas actif",
    PATRON_EXPIRED: 'La carte de lecteur a expiré',
    PATRON_BLOCKED: 'Le lecteur est bloqué',
    PATRON_OVERDUE: "L'utilisateur a dépassé les limites de prêts en retard",
    NOT_RENEWABLE: "Le prêt de l'exemplaire n'est pas renouvelable",
    RECALLED: "Le statut de l'exemplaire empêche le renouvellement du prêt (rappelé)",
    RENEWAL_PERIOD_EXCEEDED: "La période de renouvellement de l'exemplaire a été dépassée",
    AFTER_CLOSING: "Après l'heure de fermeture du jour de retour, on ne renouvelle plus",
    EXPIRES_BEFORE_RENEWAL: 'La notice utilisateur expirera avant la date de renouvellement',
    REQUEST_CONFLICT: 'Le renouvellement entre en conflit avec une demande de réservation',
    DUE_DATE_UNCHANGED: 'La date limite est déjà fixée à la date limite renouvelée',
  },
  daysLate: (count) => `en retard de ${days(count)}`,
  role: {
    'limited-operator': 'moniteur-étudiant',
    operator: 'opérateur',
    manager: 'responsable',
    'user-administrator': 'administrateur des usagers',
    cataloguer: 'catalogueur',
    'network-administrator': 'administrateur du réseau',
  },
  loanStatus: { Normal: 'Normal', Renewed: 'Renouvelé', Recalled: 'Rappelé', Lost: 'Perdu' },
  instruction: ({ next, destination, department, received, requester, heldUntil }, say) => {
    switch (next) {
      case 'reshelve':
        return 'REMETTRE EN RAYON';
      case 'hold-shelf':
        return `ÉTAGÈRE · ${printable(requester ?? '')}${heldUntil === null ? '' : ` jusqu'au ${say.dates.numeric(heldUntil)}`}`;
      case 'transit':
        if (department) return `DÉPARTEMENT → ${printable(destination ?? '')}/${printable(department)}`;
        return `NAVETTE → ${printable(destination ?? '')}${requester === null ? '' : ` (pour ${printable(requester)})`}`;
      case 'department':
        return `${received === true ? 'REÇU · DÉPARTEMENT ' : 'DÉPARTEMENT → '}${printable(destination ?? '')}`;
    }
  },
};
