import type { CodeKind, GapFacts, NetworkWords } from '../network-words.ts';

const VALUES = {
  text: 'un texte',
  number: 'un nombre',
  boolean: 'true ou false',
  list: 'une liste',
  map: 'des clés et leurs valeurs',
  nothing: 'rien',
};
const FORMATS = {
  code: 'un code de lettres, chiffres, - _ . + (63S)',
  location: 'BIBLIOTHÈQUE/LOCALISATION (sci/63S)',
  day: 'un jour (2026-07-01)',
  'month-day': 'un mois et un jour (10-30)',
  period: 'une durée (21 days, 3 weeks, 2 hours)',
  days: 'un nombre de jours (4 days, 1 week)',
  months: 'un nombre de mois (3 months, 1 year)',
  minutes: 'un nombre de minutes (2 minutes)',
  seconds: 'un nombre de secondes (5 seconds), 30 au plus',
  hours: 'des heures (08:00-12:00, 14:00-18:00) ou closed',
  weekdays: 'des jours (mon, mon-fri, mon,wed)',
  'web-address': "l'adresse d'une page web, p. ex. https://bibliotheque.example.org",
  'directory-address': "l'adresse d'un annuaire, sans rien d'autre, p. ex. ldaps://ldap.example.org",
  'entry-name': "le nom d'une entrée (ou=people,dc=example,dc=org)",
  'entry-template': "le nom d'une entrée, avec {name} (uid={name},ou=people,dc=example,dc=org)",
  'filter-template': 'un filtre de recherche avec {name} (uid={name}), sans joker',
  'record-template': "un identifiant avec des {attributs} de l'entrée (ut3.{uid})",
  pattern: 'une expression régulière, p. ex. \\d{11}',
  email: 'une adresse électronique',
  queue: "le nom d'une file d'impression, sans espaces (« lpstat -a » les liste)",
  'whole-number': 'un nombre entier',
  'time-zone': 'un fuseau horaire (Europe/Paris)',
};
const KINDS: Readonly<Record<CodeKind, string>> = {
  campus: 'campus',
  site: 'site',
  group: "groupe d'utilisateurs",
  material: 'type de matériel',
  policy: "exception d'exemplaire",
  library: 'bibliothèque',
  location: 'localisation',
  desk: 'banque de prêt',
  department: 'département',
  cycle: 'cycle de relances',
  block: 'blocage',
  'block-type': 'type de blocage',
  profile: "profil d'inscription",
  category: 'catégorie de poste',
  'statistic-type': 'type de catégorie statistique',
  statistic: 'catégorie statistique',
  'outage-step': 'étape de panne',
  institution: 'établissement',
};

const MANY = 12;
const list = (values: readonly (string | null)[]): string => {
  const shown = values.slice(0, MANY).map((one) => one ?? '(sans exception)');
  return values.length > MANY ? `${shown.join(', ')} … (${values.length} en tout)` : shown.join(', ');
};
const allowedList = (values: readonly string[]): string => (values.length === 0 ? '' : ` ; possible : ${list(values)}`);

function gap({ libraries, locations, groups, materials, policies, days }: GapFacts): string {
  const parts = [
    ...(libraries.length > 0 ? [`bibliothèques ${list(libraries)}`] : []),
    ...(locations.length > 0 ? [`localisations ${list(locations)}`] : []),
    ...(groups ? [`groupes ${list(groups)}`] : []),
    ...(materials ? [`matériels ${list(materials)}`] : []),
    ...(policies ? [`exceptions ${list(policies)}`] : []),
    ...(days ? [`jours ${days.map(({ from, to }) => `${from ?? '…'} à ${to ?? '…'}`).join(', ')}`] : []),
  ];
  return `aucune ligne ne répond pour ${parts.join(' ; ')} : pas de prêt (NOT_LOANABLE)`;
}

export const network: NetworkWords = {
  problem: {
    'file-too-large': ({ found, allowed }) => `${found} octets : ${allowed} au plus`,
    'not-yaml': ({ found, detail }) => `n'est pas du YAML (${found}) : ${detail}`,
    'duplicate-key': ({ found }) => `la clé « ${found} » est donnée deux fois`,
    'too-deep': ({ allowed }) => `trop de niveaux : ${allowed} au plus`,
    'too-many-values': ({ allowed }) => `trop de valeurs : ${allowed} au plus`,
    'bad-alias': ({ found }) => `référence YAML impossible : ${found}`,
    'missing-key': ({ allowed }) => `manque ; attendu : ${allowed.map((kind) => VALUES[kind]).join(' ou ')}`,
    'unknown-key': ({ found, allowed }) => `la clé « ${found} » n'existe pas${allowedList(allowed)}`,
    'wrong-type': ({ found, allowed }) =>
      `${VALUES[found]} ; attendu : ${allowed.map((kind) => VALUES[kind]).join(' ou ')}`,
    'needs-quotes': ({ found }) => `${found} doit être un texte : écrivez-le entre guillemets`,
    'not-one-of': ({ found, allowed }) => `« ${found} »${allowedList(allowed)}`,
    'bad-format': ({ found, allowed }) => `« ${found} » ; attendu : ${FORMATS[allowed]}`,
    'out-of-range': ({ found, least, most }) =>
      `${found}${least === null ? '' : ` ; au moins ${least}`}${most === null ? '' : ` ; au plus ${most}`}`,
    empty: () => 'ne peut pas être vide',
    'too-long': ({ found, allowed }) => `${found} : ${allowed} au plus`,
    'unknown-code': ({ kind, found, allowed }) => `pas de ${KINDS[kind]} « ${found} »${allowedList(allowed)}`,
    'duplicate-code': ({ kind, found, first }) => `${KINDS[kind]} « ${found} » existe déjà (${first})`,
    'reserved-code': ({ found }) => `« ${found} » a un autre sens dans ce fichier : choisissez un autre code`,
    'weekday-twice': ({ found, other }) => `${found} est aussi dans « ${other} »`,
    'hours-overlap': ({ found, other }) => `${found} recouvre ${other}`,
    'range-backwards': ({ found }) => `${found} finit avant de commencer`,
    'to-before-from': ({ found, from }) => `${found} est avant ${from}`,
    'no-open-day': ({ library, from }) =>
      from === null
        ? `${library} n'ouvre aucun jour de la semaine`
        : `${library} n'a aucun jour d'ouverture dans les deux ans qui suivent le ${from}`,
    'row-says-nothing': ({ allowed }) => `la ligne ne dit rien ; attendu l'un de : ${list(allowed)}`,
    'beside-may-borrow': ({ found }) =>
      `« ${found} » ne serait jamais lu à côté de mayBorrow : faites-en une autre ligne`,
    'period-and-due-date': () => 'period et dueOn ensemble : choisissez',
    'max-without-period': () => 'max sans period',
    'max-shorter': ({ found, period }) => `${found} est plus court que period (${period})`,
    'max-other-unit': ({ found, period }) => `${found} n'est pas dans l'unité de period (${period})`,
    'to-not-before-due': ({ found, dueOn }) => `${found} doit être avant dueOn (${dueOn})`,
    'never-overridden': ({ found, allowed }) => `personne ne peut outrepasser ${found}${allowedList(allowed)}`,
    'not-ascending': ({ found }) => `${found.join(', ')} : attendu dans l'ordre croissant`,
    'in-clear': ({ found }) =>
      `les mots de passe passeraient en clair vers ${found} : écrivez ldaps://, ou startTls: true`,
    'one-of': ({ allowed }) => `il faut un seul de : ${list(allowed)}`,
    'goes-in-circles': ({ found }) =>
      `tourne en rond : ${found.join(' → ')} ; une procédure ne revient jamais sur ses pas`,
  },
  warning: {
    'unreachable-row': ({ hiddenBy }) => `jamais lue : ${list(hiddenBy)} répond avant elle`,
    'matches-nothing': () => 'ne concerne rien : ce que la ligne demande se contredit',
    'no-answer': gap,
    'no-pickup': ({ materials, policies, locations }) => {
      const parts = [
        ...(materials ? [`matériels ${list(materials)}`] : []),
        ...(policies ? [`exceptions ${list(policies)}`] : []),
        ...(locations ? [`localisations ${list(locations)}`] : []),
      ];
      const what = parts.length === 0 ? '' : ` pour ${parts.join(' ; ')}`;
      return `aucune ligne ne répond${what} : aucun lieu de retrait (NO_PICKUP_LIBRARY)`;
    },
    'seasons-overlap': ({ other }) => `partage des jours avec ${other}, qui l'emporte`,
    'not-checked': () => 'trop de combinaisons pour chercher les lignes jamais lues',
  },
  line: (line) => `ligne ${line}`,
  wholeFile: 'le fichier',
  added: 'nouveau',
  removed: 'supprimé',
  codeInUse: {
    library: (code) => `bibliothèque ${code}`,
    location: (code) => `localisation ${code}`,
    group: (code) => `groupe ${code}`,
    policy: (code) => `exception de circulation ${code}`,
    material: (code) => `type de matériel ${code}`,
    category: (code) => `catégorie de poste ${code}`,
    statistic: (code) => `catégorie statistique ${code}`,
  },
};
