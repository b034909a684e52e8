import type { RulesWords } from '../rules-words.ts';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count} jours`);

export const rules: RulesWords = {
  tabs: { loan: 'Prêt', request: 'Demande', late: 'Retard' },
  subject: (who, what) => `${who} × ${what}`,
  loan: (loaned, row, version, due) =>
    `Prêté ${loaned} selon ${row === null ? 'aucune ligne' : `la ligne ${row}`} de la version ${version} ; à rendre ${due}.`,
  decided: (row, version) => `Ligne ${row} des règles de prêt (version ${version}) :`,
  because: (asked) => (asked.length === 0 ? 'pour tout' : `pour : ${asked.join(' · ')}`),
  asks: {
    library: (codes) => `bibliothèque ${codes}`,
    location: (codes) => `localisation ${codes}`,
    group: (codes) => `groupe d'utilisateurs ${codes}`,
    material: (codes) => `type de matériel ${codes}`,
    policy: (codes) => `exception de circulation ${codes}`,
  },
  active: (from, to) =>
    [from === null ? '' : `à partir du ${from}`, to === null ? '' : `jusqu'au ${to} inclus`].join(' ').trim(),
  noRow: (version) => `Aucune ligne des règles (version ${version}) ne parle de cet exemplaire : exclu du prêt.`,
  mayNotBorrow: "Ce groupe n'emprunte pas.",
  notLoanable: 'exclu du prêt',
  period: (period, max) => `prêt ${period}, ${max} au plus renouvellements compris`,
  fixed: (day) => `à rendre le ${day}, quel que soit le jour du prêt`,
  notRenewable: 'non renouvelable',
  renewable: (extra) => `renouvelable : ${extra} à compter du jour du renouvellement`,
  noRenewalLeft: 'pas de renouvellement (durée maximale égale à la durée)',
  dueTitle: "Prêté maintenant, l'exemplaire serait à rendre :",
  due: (moment) => `= ${moment}`,
  laterTitle: 'Les lignes suivantes auraient dit :',
  later: (row, says) => `ligne ${row} : ${says}`,
  noLater: 'Aucune autre ligne ne correspond.',
  step: {
    period: (from, period, to) => `${from} + ${period} = ${to}`,
    hours: (hours, at) => `+ ${hours} h = ${at}`,
    fixed: (day) => `date de retour fixe : ${day}`,
    closed: (day, name, to) => `${day} : fermé${name === null ? '' : ` (${name})`}, reporté au ${to}`,
    closedHour: (at, to) => `${at} : fermé, reporté à l'ouverture ${to}`,
    closing: (at) => `heure de fermeture : ${at}`,
    oneMinute: 'une minute après le prêt (exclu du prêt)',
    expiry: (day, to) => `la carte expire le ${day} : ${to}`,
  },
  requestable: 'réservable',
  notRequestable: 'non réservable',
  requestLimit: (count) => `${count} réservations au plus par lecteur, dans tout le réseau`,
  grace: (count) => `délai de grâce : ${days(count)}`,
  rate: (rate) => `${rate === 1 ? '1 jour' : `${rate} jour(s)`} de suspension par jour de retard, grâce déduite`,
  noSuspension: 'pas de suspension : bloqué seulement tant que le document est en retard',
  cap: (count) => `suspension limitée à ${days(count)}`,
  cycle: (code, courtesy, overdue, bill) =>
    `relances, cycle ${code} : J−${courtesy}, J, ${overdue.map((day) => `J+${day}`).join(', ')}, facture J+${bill}`,
  noCycle: 'pas de cycle de relance',
  duration: ({ unit, count }) => (unit === 'days' ? days(count) : `${count} h`),
};
