import type { PatronImportWords } from '../patron-import-words.ts';

const number = (value: number): string => value.toLocaleString('fr-FR');
const counted = (value: number, one: string, many: string): string => `${number(value)} ${value > 1 ? many : one}`;

export const patronImports: PatronImportWords = {
  problem: {
    'unknown-content': () => "n'est pas ce que demande --format",
    'no-records': () => 'ne contient aucun lecteur',
    'dtd-refused': () => 'déclaration DOCTYPE ou ENTITY : refusée',
    'unknown-encoding': ({ found }) => `encodage XML « ${found} » inconnu : UTF-8, UTF-16, ISO-8859-1 ou windows-1252`,
    'missing-column': ({ found }) => `il manque la colonne « ${found} »`,
    'not-well-formed': ({ found }) => `XML mal formé : ${found}`,
    'record-too-long': ({ other }) => `dossier trop long : ${other} caractères au plus`,
    'wrong-columns': ({ found, other }) =>
      `${found} colonnes au lieu de ${other} : un séparateur dans une adresse, peut-être`,
    'not-delimited': () => 'ligne illisible, peut-être un guillemet de trop',
    'given-twice': ({ found }) => `champ donné deux fois (« ${found} »)`,
    'unreadable-character': ({ found }) => `caractère illisible dans « ${found} »`,
    'value-too-long': ({ found, other }) => `« ${found} » : ${other} caractères au plus`,
    'no-identifier': () => 'identifiant absent',
    'bad-identifier': ({ found }) => `« ${found} » n'est pas un identifiant`,
    'no-name': () => 'pas de nom',
    'not-a-name': ({ found }) => `« ${found} » n'est pas un nom : colonnes décalées ?`,
    'no-group': () => "pas de groupe d'utilisateurs : donnez-en un par défaut avec --mapping",
    'unknown-group': ({ found }) => `groupe « ${found} » inconnu : faites-le correspondre avec --mapping`,
    'unknown-campus': ({ found }) => `campus « ${found} » inconnu : faites-le correspondre avec --mapping`,
    'unknown-category': ({ found }) => `catégorie « ${found} » inconnue : faites-la correspondre avec --mapping`,
    'unknown-statistic': ({ found }) =>
      `catégorie statistique « ${found} » inconnue : faites-la correspondre avec --mapping`,
    'unknown-status': ({ found }) => `statut « ${found} » inconnu`,
    'not-a-patron': ({ found }) => `n'est pas un lecteur (record_type « ${found} »)`,
    'not-external': ({ found }) => `n'est pas un dossier externe (account_type « ${found} »)`,
    'not-a-day': ({ found }) => `« ${found} » n'est pas une date`,
    'not-a-birth-date': ({ found }) => `personne n'est né le ${found}`,
    'purge-before-expiry': ({ found, other }) =>
      `date d'élimination ${found} avant la date d'expiration${other === '' ? '' : ` ${other}`}`,
    'letters-for-digits': ({ found }) => `des lettres où l'on attend des chiffres : « ${found} »`,
    'not-an-email': ({ found }) => `« ${found} » n'est pas une adresse électronique`,
    'not-a-phone': ({ found }) => `« ${found} » n'est pas un numéro de téléphone`,
    'not-a-postal-code': ({ found }) => `« ${found} » n'est pas un code postal`,
    'duplicate-record': ({ found, other }) =>
      `même identifiant que le dossier ${other} (« ${found} »), contenu différent : le premier compte`,
    'duplicate-identifier': ({ found, other }) =>
      `l'identifiant « ${found} » est déjà ${other === '' ? 'dans le fichier' : `au dossier ${other}`} : le premier compte`,
    'identifier-taken': ({ found, other }) => `l'identifiant « ${found} » est celui d'une autre personne (${other})`,
    ambiguous: ({ other }) => `ses identifiants sont ceux de plusieurs personnes : ${other}`,
    'internal-record': ({ found }) => `« ${found} » est un dossier interne : il n'a pas été écrasé`,
    mislabelled: ({ other }) => `n'est pas de l'UTF-8 : lu en ${other}`,
    'encoded-twice': () => 'texte codé deux fois en UTF-8 : corrigé',
    'control-character': ({ found }) => `caractère de contrôle ${found} : retiré`,
    'language-not-offered': ({ found }) => `pas de courrier en « ${found} » : l'anglais`,
    'unknown-contact-type': ({ found }) => `type « ${found} » inconnu : laissé de côté`,
    'internal-ignored': () => 'partie interne : laissée de côté',
    'blocks-ignored': () => 'blocages : laissés de côté',
    'several-preferred': () => 'plusieurs coordonnées préférées : la première',
  },
  record: (record, identifier) => `dossier ${record}${identifier === null ? '' : ` (${identifier})`}`,
  progress: (records, percent, { added, updated, rejected }) =>
    `${number(records)} dossiers${percent === null ? '' : `, ${percent} %`} : ${number(added)} nouveaux, ${number(updated)} modifiés, ${number(rejected)} refusés`,
  people: ({ added, updated, unchanged, rejected }) =>
    `Lecteurs : ${counted(added, 'nouveau', 'nouveaux')}, ${counted(updated, 'modifié', 'modifiés')}, ${counted(unchanged, 'inchangé', 'inchangés')}, ${counted(rejected, 'refusé', 'refusés')}.`,
  kept: (run) => `Compte rendu ${run}.`,
  canceled: (records) =>
    `Interrompu après ${number(records)} dossiers : ce qui est fait le reste, relancez la commande pour la suite.`,
  cardSystem: {
    none: 'système de cartes : aucun fichier réglé (cardSystem), pas de mise à jour immédiate',
    found: (file, megabytes, date) => `système de cartes : ${file}, ${number(megabytes)} Mo, du ${date}`,
    missing: (file) => `système de cartes : ${file} ne peut pas être lu ; vérifiez le réglage cardSystem et les droits`,
    wrong: (what) => `système de cartes : réglage cardSystem incomplet (${what}) : file, format, mapping, encoding`,
    mapping: (file) => `système de cartes : la correspondance ${file} contient des erreurs`,
  },
};
