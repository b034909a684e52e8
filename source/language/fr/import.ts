import type { ImportWords } from '../import-words.ts';

const ENCODINGS = { 'utf-8': 'UTF-8', 'marc-8': 'MARC-8', 'iso-5426': 'ISO 5426', 'latin-1': 'Latin-1' };
const number = (value: number): string => value.toLocaleString('fr-FR');
const counted = (value: number, one: string, many: string): string => `${number(value)} ${value > 1 ? many : one}`;

const REST = { imported: ' ; le reste est importé', nothing: " ; rien n'est importé", none: '' };

export const imports: ImportWords = {
  problem: {
    'unknown-content': () => "n'est ni de l'ISO 2709 ni du MARCXML (ou pas ce que demande --format)",
    'no-records': () => 'ne contient aucune notice',
    'dtd-refused': () => 'déclaration DOCTYPE ou ENTITY : refusée',
    'unknown-encoding': ({ found }) => `encodage XML « ${found} » inconnu : UTF-8, UTF-16, ISO-8859-1 ou windows-1252`,
    'missing-column': ({ found }) => `il manque la colonne « ${found} »`,
    truncated: ({ found }) => `la notice s'arrête au bout de ${number(found)} octets, avec le fichier`,
    'bad-leader': ({ found }) => `guide illisible « ${found} »`,
    'record-too-long': ({ allowed }) => `notice trop longue : ${number(allowed)} au plus`,
    'bad-directory': ({ found }) => `le répertoire ne correspond pas aux zones${found === '' ? '' : ` (« ${found} »)`}`,
    'bad-tag': ({ found }) => `étiquette de zone impossible « ${found} »`,
    'not-well-formed': ({ detail }) => `XML mal formé : ${detail}`,
    'not-bibliographic': ({ found }) => `n'est pas une notice bibliographique (type « ${found} »)`,
    'marked-deleted': () => 'la notice est marquée comme supprimée',
    'other-flavour': ({ found }) =>
      `la notice est en ${found === 'unimarc' ? 'UNIMARC' : 'MARC 21'} : changez --format`,
    'no-title': () => 'pas de titre',
    'duplicate-record': ({ first }) =>
      `même numéro que la notice ${number(first)}, contenu différent : la première compte`,
    'wrong-columns': ({ found, allowed }) => `${found} colonnes au lieu de ${allowed}`,
    'not-delimited': ({ detail }) => `ligne illisible, peut-être un guillemet de trop (${detail})`,
    'no-barcode': () => 'exemplaire sans code-barres',
    'no-location': () => 'exemplaire sans localisation : donnez-en une par défaut avec --mapping',
    'unknown-location': ({ found }) => `localisation « ${found} » inconnue : faites-la correspondre avec --mapping`,
    'unknown-material': ({ found }) => `type de matériel « ${found} » inconnu : faites-le correspondre avec --mapping`,
    'duplicate-barcode': ({ barcode, first }) =>
      `le code-barres ${barcode} est déjà à la notice ${number(first)}, autrement : le premier compte`,
    'clearance-barcode': ({ barcode }) =>
      `le code-barres ${barcode} sert à demander un quitus : aucun exemplaire ne peut le porter`,
    'barcode-of-other-title': ({ barcode, title }) =>
      `le code-barres ${barcode} est déjà à un autre titre, « ${title} » : rien n'a été déplacé`,
    'not-your-library': ({ library }) => `ce compte ne peut pas importer pour la bibliothèque ${library}`,
    'value-too-long': ({ found, allowed }) => `${found} caractères : ${allowed} au plus`,
    'item-in-use': ({ barcode, process }) =>
      `l'exemplaire ${barcode} est en circulation (${process}) : il garde sa place, un import ultérieur la changera`,
    'wrong-length': ({ found, actual }) => `longueur « ${found} » au lieu de ${number(actual)} : corrigée`,
    'no-terminator': () => "la fin de notice manque : corrigée d'après la notice suivante",
    'wrong-base-address': ({ found }) => `adresse de base « ${found} » fausse : corrigée`,
    'directory-repaired': () => "le répertoire ne correspondait pas aux zones : refait d'après leurs séparateurs",
    'no-indicators': () => 'indicateurs absents',
    'text-before-subfield': () => 'texte avant la première sous-zone : ignoré',
    'no-subfield-code': () => 'sous-zone sans code : ignorée',
    mislabelled: ({ declared, used }) => `annoncée en ${ENCODINGS[declared]}, lue en ${ENCODINGS[used]}`,
    'encoded-twice': () => 'texte codé deux fois en UTF-8 : corrigé',
    'unknown-character': ({ found }) => `caractère illisible ${found} : remplacé`,
    'unknown-set': ({ found }) => `jeu de caractères ${found} non lu : remplacé`,
    'control-character': ({ found }) => `caractère de contrôle ${found} : retiré`,
    'bad-isbn': ({ found }) => `« ${found} » n'est pas un ISBN valide`,
    'text-cut': ({ allowed }) => `texte coupé à ${number(allowed)} octets`,
    'unmapped-material': ({ found, used }) => `type de matériel « ${found} » inconnu : ${used}`,
    'unmapped-policy': ({ found }) => `exception « ${found} » inconnue : ignorée`,
    'title-differs': ({ first }) => `même titre que la notice ${number(first)}, autrement décrit : la première compte`,
  },
  error: 'erreur',
  warning: 'remarque',
  file: 'le fichier',
  record: (record, control) => `notice ${record}${control === null ? '' : ` (${control})`}`,
  byte: (at) => `octet ${at}`,
  line: (line) => `ligne ${line}`,
  progress: (records, percent, { added, updated, rejected }) =>
    `${number(records)} notices${percent === null ? '' : `, ${percent} %`} : ${number(added)} nouvelles, ${number(updated)} modifiées, ${number(rejected)} refusées`,
  titles: ({ added, updated, unchanged, rejected }) =>
    `Notices : ${counted(added, 'nouvelle', 'nouvelles')}, ${counted(updated, 'modifiée', 'modifiées')}, ${counted(unchanged, 'inchangée', 'inchangées')}, ${counted(rejected, 'refusée', 'refusées')}.`,
  items: ({ added, updated, unchanged, rejected }) =>
    `Exemplaires : ${counted(added, 'nouveau', 'nouveaux')}, ${counted(updated, 'modifié', 'modifiés')}, ${counted(unchanged, 'inchangé', 'inchangés')}, ${counted(rejected, 'refusé', 'refusés')}.`,
  repeated: (count) => `${counted(count, 'autre remarque semblable', 'autres remarques semblables')}.`,
  nothingWritten: "Vérification seulement : rien n'a été écrit.",
  canceled: (records) =>
    `Interrompu après ${number(records)} notices : ce qui est fait le reste, relancez la commande pour la suite.`,
  someRejected: (errors, file, rest) =>
    `${counted(errors, 'erreur', 'erreurs')}${file === null ? '' : ` : voir ${file}`}${REST[rest ?? 'none']}.`,
  mappingErrors: (file, count) => `${file} : ${counted(count, 'erreur', 'erreurs')}, rien n'a été importé :`,
  needsFormat: (formats) => `dites ce qu'est le fichier : --format ${formats.join('|')}.`,
  onlyMarcXml: (option) => `${option} ne va qu'avec --format marcxml.`,
  cannotWrite: (file) => `le fichier ${file} ne peut pas être écrit : vérifiez le dossier et ses droits.`,
};
