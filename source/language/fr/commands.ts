import type { CommandWords } from '../command-words.ts';
import { results } from './results.ts';

const meantOf = (meant: string | null): string => (meant === null ? '' : ` Vouliez-vous dire « ${meant} » ?`);

export const commands: CommandWords = {
  ...results,
  about: 'La banque de prêt au clavier, dans le terminal.',
  help: {
    usage: 'Utilisation',
    commands: 'Commandes',
    options: 'Options',
    common: 'Options de toutes les commandes',
    permissions: 'Ce que chaque rôle permet',
    more: "« guichet COMMANDE --help » dit tout d'une commande.",
    exit: 'Code de sortie : 0 fait, 1 refusé ou échoué (message sur la sortie des erreurs), 2 commande mal écrite.',
  },
  command: {
    console: { arguments: '', summary: 'ouvre la banque de prêt ; crée la base embarquée au premier lancement' },
    demo: {
      arguments: '',
      summary: "ouvre une base de formation : réseau d'exemple, comptes affichés, horloge simulée",
    },
    lend: { arguments: 'LECTEUR EXEMPLAIRE…', summary: 'prête des exemplaires à un lecteur' },
    return: { arguments: 'EXEMPLAIRE…', summary: 'enregistre des retours' },
    renew: {
      arguments: 'EXEMPLAIRE… | --patron LECTEUR',
      summary: "renouvelle des prêts : certains, ou tous ceux d'un lecteur",
    },
    show: {
      arguments: 'patron|item|loan|title|request CLÉ',
      summary: "montre l'état d'un lecteur, d'un exemplaire, d'un prêt, d'un titre",
    },
    rules: {
      arguments: '',
      summary: 'consulte les règles pour un lecteur ou un groupe et un exemplaire ou une localisation',
    },
    'scenario run': { arguments: 'FICHIER…', summary: 'joue des scénarios et compare ce qui est attendu' },
    'scenario new': {
      arguments: 'FICHIER',
      summary: 'écrit un scénario de ce que vous faites dans une base de formation',
    },
    'network load': { arguments: 'FICHIER', summary: 'charge un fichier de réseau, tout ou rien' },
    'network check': { arguments: 'FICHIER', summary: 'vérifie un fichier de réseau sans base de données' },
    'network show': { arguments: '', summary: 'montre le réseau en vigueur et ses versions' },
    'network diff': { arguments: 'FICHIER', summary: "dit ce qu'un fichier changerait au réseau en vigueur" },
    'network schema': { arguments: '', summary: 'écrit le schéma JSON des fichiers de réseau, pour les éditeurs' },
    'staff add': { arguments: 'NOM', summary: 'crée un compte du personnel' },
    'staff role': { arguments: 'NOM', summary: "donne d'autres rôles à un compte" },
    'staff password': { arguments: 'NOM', summary: "change le mot de passe d'un compte et le déverrouille" },
    'staff email': {
      arguments: 'NOM [ADRESSE]',
      summary: "dit où vont les rapports d'un compte, de déchargement par exemple ; sans adresse, nulle part",
    },
    'staff list': { arguments: '', summary: 'liste les comptes et leurs rôles' },
    'db migrate': { arguments: '', summary: 'met le schéma de la base à jour, ou le crée' },
    'db status': { arguments: '', summary: 'dit où en est le schéma de la base' },
    'db check': { arguments: '', summary: 'prouve les invariants des données' },
    'db backup': {
      arguments: 'FICHIER',
      summary: 'copie la base dans un fichier pendant que les banques travaillent, et vérifie la copie',
    },
    'db restore': { arguments: 'FICHIER', summary: "refait une base nouvelle ou vide d'après une sauvegarde" },
    'import catalogue': {
      arguments: 'FICHIER --format FORMAT',
      summary: 'importe titres et exemplaires : MARC 21, UNIMARC, MARCXML, fichier délimité ; répétable',
    },
    kiosk: { arguments: '', summary: 'ouvre la borne des lecteurs : catalogue, compte, préinscription, quitus' },
    offline: {
      arguments: '',
      summary: 'travaille sans aucune base : prêts et retours vont dans un fichier, déchargé plus tard',
    },
    'import patrons': {
      arguments: 'FICHIER --format FORMAT',
      summary: 'importe les lecteurs du système de cartes : XML Alma (v2), fichier délimité ; répétable',
    },
    'db sample': { arguments: '', summary: 'remplit une base vide comme base de formation, sans terminal' },
    upload: {
      arguments: 'FICHIER',
      summary: 'décharge les prêts et retours enregistrés sans la base ; répétable',
    },
    export: {
      arguments: 'LISTE',
      summary:
        'écrit une liste dans un tableur : late-loans, loans, closed-loans, transits, open-requests, pick-list, hold-shelf, active-shelf, expired-shelf, treatment, missing, transactions, patron-loans, patron-returns, audit',
    },
    'jobs list': {
      arguments: '',
      summary: 'liste les traitements automatiques : quand, la dernière fois, la prochaine',
    },
    'jobs run': {
      arguments: 'NOM',
      summary:
        'exécute un traitement, ou toute une nuit (« nightly ») ou un mois (« monthly »), même pour un jour déjà fait',
    },
    'jobs work': {
      arguments: '',
      summary: "reste et exécute chaque traitement à son heure, d'abord les nuits manquées ; envoie les courriers",
    },
    'jobs history': { arguments: '', summary: "ce que les traitements ont fait, le plus récent d'abord" },
    doctor: { arguments: '', summary: 'dit ce qui marche ici, ce qui ne marche pas, et quoi faire' },
    bench: { arguments: '', summary: 'dit comment mesurer les chiffres du README sur cette machine' },
  },
  option: {
    db: {
      value: 'ADRESSE',
      text: 'base de données : sqlite:CHEMIN, sqlite::memory: ou postgres://… (sinon GUICHET_DB, la configuration, un fichier SQLite à vous)',
    },
    lang: { value: 'fr|en', text: 'langue' },
    json: { value: null, text: 'écrit le résultat en un document JSON' },
    help: { value: null, text: 'cette aide' },
    version: { value: null, text: 'la version' },
    at: { value: 'DATE', text: "arrête l'horloge de la base de formation : 2026-06-01T10:00" },
    as: { value: 'COMPTE', text: 'compte du personnel ; son mot de passe vient de GUICHET_PASSWORD ou est demandé' },
    desk: { value: 'BIB/BANQUE', text: 'banque de prêt (sinon la dernière du compte, ou sa seule)' },
    override: { value: 'CODE', text: 'outrepasse un blocage ou un refus ; répétable ; « all » : tous' },
    reason: { value: 'TEXTE', text: 'pourquoi on outrepasse' },
    expiry: { value: 'keep|shorten', text: 'retour après expiration : garder la durée ou la raccourcir' },
    acknowledge: { value: null, text: 'les notes de traitement ont été lues' },
    dated: { value: 'DATE', text: 'boîte de retour : date et heure qui comptent, dans le passé' },
    role: { value: 'RÔLE[@BIB]', text: 'rôle, partout ou dans une bibliothèque ; répétable' },
    name: { value: 'NOM', text: 'nom affiché' },
    dryRun: { value: null, text: 'montre ce qui changerait, sans rien écrire' },
    patron: { value: 'IDENTIFIANT', text: 'un lecteur' },
    group: { value: 'CODE', text: "un groupe d'utilisateurs" },
    item: { value: 'CODE-BARRES', text: 'un exemplaire' },
    location: { value: 'BIB/LOCALISATION', text: 'une localisation' },
    material: { value: 'CODE', text: 'un type de matériel' },
    policy: { value: 'CODE', text: "une exception d'exemplaire" },
    format: { value: 'marc21|unimarc|marcxml|items', text: "ce qu'est le fichier" },
    mapping: { value: 'FICHIER', text: 'correspondances : localisations, matériels, exceptions, zones (YAML)' },
    flavour: { value: 'marc21|unimarc', text: 'ce que contient le MARCXML (sinon selon chaque notice)' },
    encoding: { value: 'utf-8|marc-8|iso-5426|latin-1', text: "l'encodage, au lieu de ce que les notices annoncent" },
    errors: { value: 'FICHIER', text: 'écrit erreurs et remarques dans ce fichier' },
    to: { value: 'FICHIER', text: 'le fichier : .xlsx ou .csv' },
    library: { value: 'BIB', text: "seulement d'une bibliothèque" },
    campus: { value: 'CODE', text: "seulement des bibliothèques d'un campus" },
    from: { value: 'JOUR', text: 'à partir de ce jour : 2026-06-01' },
    terminal: {
      value: 'NOM',
      text: "nom de ce poste : les mots de passe faux se comptent par poste (sinon l'adresse SSH ou la machine)",
    },
    kiosk: { value: null, text: 'ouvre la borne des lecteurs sur la base de formation' },
    screenReader: { value: null, text: "texte continu pour lecteur d'écran, au lieu d'un écran redessiné" },
    toDay: { value: 'JOUR', text: "jusqu'à ce jour inclus" },
    tooLong: { value: null, text: 'des transits : seulement ceux qui durent trop, selon le fichier du réseau' },
    days: { value: 'NOMBRE', text: "au moins tant de jours : en transit, sur l'étagère, en traitement" },
    sort: { value: 'COLONNE', text: 'trié par cette colonne (title, due, library, patron …) ; due:desc : à rebours' },
    replace: { value: null, text: "remplace le fichier s'il existe" },
    day: { value: 'JOUR', text: "le jour dont c'est la nuit, ou le jour d'un traitement quotidien (sinon le dernier)" },
    job: { value: 'NOM', text: 'seulement de ce traitement' },
    state: { value: 'running|done|failed|interrupted', text: 'seulement dans cet état' },
    mail: { value: null, text: 'essaie le serveur de messagerie : connexion, sécurité, compte' },
    email: { value: 'ADRESSE', text: 'où vont les rapports du compte' },
    file: { value: 'FICHIER', text: 'écrit dans ce fichier (sinon dans votre dossier de données)' },
    report: { value: 'FICHIER', text: 'écrit les lignes en échec ou à regarder dans ce fichier : .xlsx ou .csv' },
    scenario: { value: 'FICHIER', text: "ouvre la leçon de ce scénario, ou d'un scénario fourni" },
    title: { value: 'TEXTE', text: 'titre du scénario (sinon le nom du fichier)' },
    keepFile: { value: null, text: 'laisse le fichier à sa place ; sinon il va dans le dossier archive, à côté' },
    once: { value: null, text: 'fait ce qui est échu, puis se termine (pour cron)' },
  },
  usage: {
    unknownCommand: (typed, meant) => `« ${typed} » n'est pas une commande.${meantOf(meant)}`,
    incompleteCommand: (typed, choices) => `« guichet ${typed} » attend la suite : ${choices.join(', ')}.`,
    unknownOption: (option, meant) => `l'option ${option} n'existe pas ici.${meantOf(meant)}`,
    noValue: (option) => `l'option ${option} attend une valeur.`,
    givenTwice: (option) => `l'option ${option} est donnée deux fois.`,
    notOneOf: (option, found, allowed, meant) =>
      `${option} ne peut pas être « ${found} » : ${allowed.join(', ')}.${meantOf(meant)}`,
    notATime: (option, found) =>
      `${option} attend une date et une heure locales comme 2026-06-01T10:00, pas « ${found} ».`,
    notANumber: (option, found) => `${option} demande un nombre entier, pas « ${found} ».`,
    notOfList: (option, list) => `${option} ne dit rien de la liste ${list} : ôtez cette option.`,
    missingArguments: (usage) => `il manque quelque chose : ${usage}`,
    tooManyArguments: (found, usage) => `« ${found} » est de trop : ${usage}`,
    needsStaff: 'dites qui agit : --as COMPTE.',
    needsDesk: (places) =>
      `dites à quelle banque : --desk BIB/BANQUE${places.length > 0 ? ` (${places.join(', ')})` : ''}.`,
    deskNeedsStaff: '--desk va avec --as COMPTE.',
    scenarioAlone: '--scenario a sa propre scène : sans --db, --at, --as ni --desk.',
    needsRole: (roles) => `donnez au moins un rôle : --role RÔLE ou --role RÔLE@BIBLIOTHÈQUE (${roles.join(', ')}).`,
    rulesNeeds: 'dites pour qui (--patron ou --group) et pour quoi (--item ou --location).',
    renewNeeds: "dites quoi renouveler : les exemplaires, ou --patron pour tous les prêts d'un lecteur.",
    seeHelp: (command) => `Voir « ${command} --help ».`,
  },
  refusal: {
    needsDesk: "il faut être à une banque de prêt : --desk BIB/BANQUE (un département n'y suffit pas).",
    needsRole: (permission) =>
      `ce compte n'a pas le droit nécessaire ici${permission === null ? '' : ` (${permission})`} : demandez-le à un administrateur du réseau.`,
    unknown: {
      PATRON: (key) => `aucun lecteur n'a l'identifiant ${key} : vérifiez la carte.`,
      ITEM: (key) => `aucun exemplaire n'a le code-barres ${key} : scannez-le encore une fois.`,
      TITLE: (key) => `aucun titre ne commence par « ${key} ».`,
      REQUEST: (key) => `aucune demande ${key}.`,
      LIBRARY: (key) => `pas de bibliothèque ni de banque ${key} : « guichet network show » les liste.`,
      STAFF: (key) => `pas de compte ${key} : « guichet staff list » les liste.`,
    },
    invalid: {
      'in-the-future': (path) => `${path} : cette date est dans le futur.`,
      'in-the-past': (path) => `${path} : cette date est dans le passé.`,
      taken: (path, value) => `${path} : « ${value} » est déjà pris.`,
      empty: (path) => `${path} : ne peut pas être vide.`,
      'unknown-code': (path, value) => `${path} : le réseau n'a pas de code « ${value} ».`,
      'not-a-day': (path, value) => `${path} : « ${value} » n'est pas une date comme 2026-06-01.`,
      'weak-password': () =>
        'mot de passe trop faible : huit caractères au moins, dont un chiffre, une minuscule, une majuscule et un caractère spécial.',
      'no-network': () => "aucun réseau n'est chargé : « guichet network load FICHIER ».",
      'codes-in-use': (path, value) => `${path} : le code « ${value} » sert encore.`,
      'no-open-day': (path, value) =>
        `${path} : aucun jour d'ouverture dans les deux ans qui suivent le ${value} ; corrigez le fichier de réseau.`,
      backwards: (path, value) => `${path} : ${value} est avant le premier jour, ou à plus de dix ans de lui.`,
      'not-an-email': (path, value) => `${path} : « ${value} » n'est pas une adresse e-mail comme ana@exemple.fr.`,
      'not-a-phone': (path, value) =>
        `${path} : « ${value} » n'est pas un numéro de téléphone comme 05 61 12 34 56 ou +34 911 23 45 67.`,
      'not-a-postal-code': (path, value) =>
        `${path} : « ${value} » n'est pas un code postal : cinq chiffres, sauf si l'adresse nomme un autre pays.`,
      placeholder: (path) =>
        `${path} : « alternatif » est le type de l'adresse qui tient lieu d'adresse manquante, et d'elle seule.`,
      'too-long': (path, value) => `${path} : trop long, ${value} caractères au plus.`,
    },
    wrongPassword: 'nom ou mot de passe incorrect.',
    lockedUntil: (hour) => `trop d'essais : ce compte attend jusqu'à ${hour}.`,
    noPassword: 'le mot de passe manque : mettez-le dans GUICHET_PASSWORD, ou lancez la commande dans un terminal.',
    passwordsDiffer: "les deux mots de passe diffèrent : rien n'a changé.",
    noTerminal:
      "la banque de prêt a besoin d'un terminal, et l'entrée ou la sortie n'en est pas un : lancez-la dans un terminal, ou utilisez « guichet lend », « return », « show » dans un script.",
    noFile: (file) => `le fichier ${file} n'existe pas.`,
    notWritable: (file) => `${file} ne peut pas être écrit.`,
    notReadable: (file) => `le fichier ${file} ne peut pas être lu : vérifiez ses droits.`,
    settingsBroken: (file) => `la configuration ${file} est illisible : corrigez-la ou supprimez-la.`,
    settingsNotKept: (file) => `les préférences ne sont pas gardées : ${file} ne peut pas être écrit.`,
    isTrainingCopy: (where) =>
      `${where} est une base de formation : ouvrez-la par « guichet demo --db … », ou choisissez une base de travail.`,
    isWorkingDatabase: (where) =>
      `${where} est une base de travail, pas une base de formation : donnez à --db une base vide ou une base de formation.`,
    notEmpty: (where) => `${where} n'est pas vide : donnez une base vide, rien n'y a été touché.`,
    oneScenarioAtATime: 'avec --db, un seul scénario à la fois : chacun veut une base vide.',
    fileThere: (file) => `${file} existe déjà : donnez un autre nom.`,
    notEnglishOrFrench: '--lang : fr ou en.',
    unexpected: (logFile) =>
      logFile === null
        ? "erreur inattendue, et le journal n'a pas pu être écrit : recommencez, et prévenez qui s'occupe de Guichet."
        : `erreur inattendue : recommencez ; si elle revient, transmettez ${logFile} à qui s'occupe de Guichet.`,
  },
  trouble: {
    unreachable: (where) =>
      `la base ${where} ne répond pas : vérifiez qu'elle est démarrée et que le réseau passe, puis recommencez.`,
    silent: (where) => `la base ${where} met trop de temps à répondre : recommencez dans un instant.`,
    refused: (where) =>
      `la base ${where} refuse ce compte : vérifiez l'utilisateur et le mot de passe de l'adresse (--db ou GUICHET_DB).`,
    'missing-database': (where) =>
      `il n'y a pas de base ${where} : vérifiez l'adresse (--db ou GUICHET_DB), ou créez-la (SQLite : « guichet db migrate --db … » ; PostgreSQL : « createdb »).`,
    'not-a-database': (where) =>
      `${where} n'est pas une base de données, ou elle est abîmée : vérifiez l'adresse, ou reprenez une sauvegarde.`,
    'no-permission': (where) =>
      `${where} ne peut pas être ouverte : vérifiez les droits sur ce fichier et son dossier.`,
    'read-only': (where) =>
      `${where} ne peut être que lue : vérifiez les droits d'écriture sur ce fichier et son dossier.`,
    full: (where) =>
      `le disque de ${where} est plein ou en panne : libérez de la place, puis recommencez ; rien n'a été écrit à moitié.`,
    locked: (where) => `${where} est occupée par un autre programme : fermez-le ou attendez, puis recommencez.`,
    'no-folder': (where) =>
      `le dossier de ${where} n'existe pas : créez-le, ou corrigez l'adresse (--db ou GUICHET_DB).`,
    'newer-schema': (where) =>
      `${where} vient d'une version plus récente de Guichet : mettez ce programme à jour ; rien n'a été touché.`,
    'older-schema': (where) => `${where} n'est pas à jour : lancez « guichet db migrate » avec la même adresse.`,
    'bad-url': (where) =>
      `« ${where} » n'est pas une adresse de base : sqlite:CHEMIN, sqlite::memory: ou postgres://utilisateur@machine/base.`,
  },
  prompt: {
    password: (name) => `Mot de passe de ${name} : `,
    newPassword: (name) => `Nouveau mot de passe de ${name} : `,
    again: 'Encore une fois : ',
  },
  bench:
    'Les mesures se lancent dans un clone du projet : « npm ci && npm run bench » ; elles écrivent bench/results.json, que le README cite.',
};
