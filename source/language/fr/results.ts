import type { ResultWords } from '../result-words.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

const megabytes = (bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo`;

/** What commands print. */
export const results: ResultWords = {
  result: {
    lent: (title, barcode, due) => `PRÊTÉ · ${title} (${barcode}) · à rendre ${due}`,
    renewed: (title, barcode, due) => `RENOUVELÉ · ${title} (${barcode}) · à rendre ${due}`,
    blocked: (title, barcode, count) => `${count < 2 ? 'BLOCAGE' : `${count} BLOCAGES`} · ${title} (${barcode})`,
    notRenewed: (title, barcode, due) => `NON RENOUVELÉ · ${title} (${barcode}) · reste à rendre ${due}`,
    note: (title, barcode, note) => `NOTE À LIRE · ${title} (${barcode}) · ${note} · recommencez avec --acknowledge`,
    returned: (title, barcode, patron, due, late) =>
      `RENDU · ${title} (${barcode}) · ${patron} · était à rendre ${due}${late === null ? '' : ` · ${late}`}`,
    notOnLoan: (title, barcode) => `N'ÉTAIT PAS PRÊTÉ · ${title} (${barcode})`,
    blockedUntil: (day) => `lecteur bloqué jusqu'au ${day} inclus`,
    isNotOnLoan: (title, barcode) => `PAS EN PRÊT · ${title} (${barcode})`,
    nothingToRenew: "Ce lecteur n'a rien en prêt : rien à renouveler.",
    someNotDone: (done, all) => `${plural(done, 'fait', 'faits')} sur ${all}.`,
    cleared: (address) =>
      address === null
        ? "QUITUS DÉLIVRÉ · pas d'adresse : à imprimer depuis le dossier"
        : `QUITUS DÉLIVRÉ · courrier à ${address}`,
    notCleared: 'QUITUS REFUSÉ',
    obstacle: {
      OPEN_LOANS: (count) => plural(count, 'prêt en cours', 'prêts en cours'),
      LATE_LOANS: (count) => plural(count, 'document en retard', 'documents en retard'),
      BLOCKED: (count) => plural(count, 'blocage', 'blocages'),
      ALREADY_ISSUED: () => 'un quitus a déjà été délivré',
    },
  },
  show: {
    label: {
      patron: 'Lecteur',
      identifiers: 'Identifiants',
      group: 'Groupe',
      campus: 'Campus',
      status: 'État',
      expiry: 'Expire le',
      purge: 'Purge le',
      loans: 'Prêts',
      late: 'En retard',
      requests: 'Demandes',
      returned: 'Prêts rendus',
      blocks: 'Blocages',
      blockedUntil: "Bloqué jusqu'au",
      item: 'Exemplaire',
      title: 'Titre',
      author: 'Auteur',
      callNumber: 'Cote',
      location: 'Localisation',
      material: 'Matériel',
      policy: 'Exception',
      process: 'Processus',
      at: 'Se trouve à',
      destination: 'Va à',
      from: 'Vient de',
      why: 'Motif du transit',
      since: 'Depuis',
      underWay: 'En route',
      stops: 'Étapes',
      lastPatron: 'Dernier lecteur',
      due: 'À rendre',
      renewals: 'Renouvellements',
      copies: 'Exemplaires',
      pickup: 'Retrait',
      position: 'Rang',
      placed: 'Demandé',
      until: "Date de fin d'intérêt",
      held: 'Mis de côté jusqu’au',
      note: 'Note',
    },
    notOnLoan: "n'est pas prêté",
    active: 'actif',
    inactive: 'inactif',
    inPlace: 'en place',
    process: {
      LOAN: 'prêté',
      TRANSIT: 'en transit',
      HOLDSHELF: 'étagère des réservations',
      MISSING: 'manquant',
      LOST_LOAN: 'perdu',
      ACQ: 'en acquisition',
      WORK_ORDER_DEPARTMENT: 'en traitement interne',
    },
  },
  staff: {
    added: (name) => `Compte ${name} créé.`,
    changed: (name) => `Compte ${name} modifié.`,
    none: 'Aucun compte.',
    everywhere: 'partout',
    inactive: 'désactivé',
  },
  network: {
    loaded: (version) => `Chargé : version ${version}.`,
    unchanged: (version) => `Rien de nouveau : la version ${version} dit déjà cela.`,
    wouldChange: (count) => `${plural(count, 'changement', 'changements')} :`,
    same: 'Aucun changement.',
    valid: (file) => `${file} est valide.`,
    errors: (file, count) => `${file} : ${plural(count, 'erreur', 'erreurs')}, rien n'a été chargé :`,
    warnings: (file, count) => `${file} : ${plural(count, 'remarque', 'remarques')} :`,
    inUse: (codes) => `des codes que ce fichier supprime servent encore : ${codes}. Gardez-les, ou videz-les d'abord.`,
    none: "aucun réseau n'est chargé : « guichet network load FICHIER ».",
    version: (version, loaded, staff) =>
      `version ${version}, chargée ${loaded}${staff === null ? '' : ` par ${staff}`}`,
    counts: (libraries, groups, rules, limits) =>
      `${plural(libraries, 'bibliothèque', 'bibliothèques')}, ${plural(groups, 'groupe', 'groupes')}, ${plural(rules, 'règle de prêt', 'règles de prêt')}, ${plural(limits, 'limite', 'limites')}`,
  },
  scenario: {
    passed: (title, steps) => `RÉUSSI  ${title} (${plural(steps, 'étape', 'étapes')})`,
    failed: (title) => `ÉCHEC   ${title}`,
    step: (number, name, line) => `étape ${number}, ${name}${line === null ? '' : ` (ligne ${line})`}`,
    mismatch: (path, expected, actual) => `${path} : attendu ${expected}, obtenu ${actual}`,
    notDone: (actual) => `devait réussir, obtenu ${actual}`,
    error: (actual) => `aucune erreur attendue, obtenu ${actual}`,
    noError: (expected, actual) => `erreur ${expected} attendue, obtenu ${actual}`,
    broken: (file) => `${file} n'est pas un scénario valide :`,
    total: (passed, failed) => `${plural(passed, 'réussi', 'réussis')}, ${plural(failed, 'échoué', 'échoués')}`,
    recorded: (file, steps) =>
      `${file} : ${plural(steps, 'étape', 'étapes')} ; « guichet scenario run ${file} » le joue.`,
    nothingRecorded: "Rien n'a été fait : aucun fichier n'a été écrit.",
    problem: {
      'not-a-local-time': ({ found }) => `« ${found} » n'est pas une date et une heure locales comme 2026-06-01T10:00`,
      'unknown-step': ({ found, allowed }) => `l'étape « ${found} » n'existe pas ; possible : ${allowed.join(', ')}`,
      'not-one-step': ({ found }) =>
        found.length === 0 ? 'une étape est attendue ici' : `une seule étape à la fois, pas ${found.join(' et ')}`,
      'not-one-field': ({ found, allowed }) =>
        found.length === 0
          ? `il manque l'un de : ${allowed.join(', ')}`
          : `un seul de ${allowed.join(', ')}, pas ${found.join(' et ')}`,
      'unknown-command': ({ found, allowed }) =>
        `la commande « ${found} » n'existe pas ; possible : ${allowed.join(', ')}`,
      'said-too-long': ({ lines, longest, allowed }) =>
        `${plural(lines, 'ligne', 'lignes')} de ${longest} caractères au plus ; il y a place pour ${allowed.lines} de ${allowed.columns}`,
      'not-guided': ({ found }) => `personne ne fait « ${found} » à la console : pas de texte ici`,
      'unreadable-network': ({ found }) => `« ${found} » n'est ni un réseau fourni ni un fichier lisible`,
      'network-errors': () => 'le réseau a des erreurs :',
      'unknown-in-scene': ({ what, found, allowed }) =>
        `pas de ${{ staff: 'compte', place: 'banque', library: 'bibliothèque' }[what]} « ${found} » ; possible : ${allowed.join(', ')}`,
      'no-desk': () => 'personne ne peut être à une banque de prêt : donnez desk',
      'process-impossible': ({ found }) => `aucune bibliothèque ne peut mettre un exemplaire dans l'état ${found}`,
    },
  },
  db: {
    migrated: (where, steps) => `${where} est à jour (fait : ${steps.join(', ')}).`,
    upToDate: (where) => `${where} est à jour.`,
    pending: (where, steps) =>
      `${where} n'est pas à jour ; reste à faire : ${steps.join(', ')}. Lancez « guichet db migrate ».`,
    empty: (where) => `${where} est vide : « guichet db migrate » crée le schéma.`,
    newer: (where, steps) =>
      `${where} vient d'une version plus récente (${steps.join(', ')}) : mettez ce programme à jour.`,
    sound: (where) => `${where} : tous les invariants tiennent.`,
    violations: (where, count) => `${where} : ${plural(count, 'invariant rompu', 'invariants rompus')} :`,
    backedUp: (where, file, bytes) => `${where} est copiée dans ${file} (${megabytes(bytes)}).`,
    restored: (where, file) => `${where} est restaurée d'après ${file}.`,
    counted: ({ patrons, titles, items, loans, openLoans, requests }) =>
      `${plural(patrons, 'lecteur', 'lecteurs')}, ${plural(titles, 'titre', 'titres')}, ${plural(items, 'exemplaire', 'exemplaires')}, ${plural(loans, 'prêt', 'prêts')} (${openLoans} en cours), ${plural(requests, 'demande', 'demandes')}`,
    allHold: 'tous les invariants tiennent',
    notChecked:
      "le fichier est sain ; son schéma est plus ancien, les invariants des données n'ont donc pas été vérifiés",
    unsound: (count) =>
      `fait, mais ${plural(count, 'invariant des données est rompu', 'invariants des données sont rompus')}, comme avant (« guichet db check ») :`,
    nothingThere: (where) =>
      `${where} est vide : il n'y a rien à sauvegarder. Vérifiez l'adresse (--db ou GUICHET_DB).`,
    itself: (file, where) => `${file} est la base ${where} elle-même : donnez un autre fichier.`,
    beside: (file, left) =>
      `${left} est là : ${file} sert, ou a servi, et cela en fait partie. Fermez ce qui s'en sert, ou déplacez les deux ; rien n'a été touché.`,
    badCopy: (where) => `la copie de ${where} est abîmée et n'a pas été gardée : vérifiez le disque, puis recommencez.`,
    notABackup: {
      foreign: (file) =>
        `${file} n'est pas une sauvegarde de Guichet : donnez un fichier fait par « guichet db backup ». Rien n'a été touché.`,
      damaged: (file) =>
        `${file} n'est pas une sauvegarde, ou est abîmé : prenez-en une plus ancienne. Rien n'a été touché.`,
    },
    forgets: (where) => `${where} oublie tout aussitôt : donnez --db sqlite:CHEMIN ou postgres://….`,
    givenUp: "abandonné ; rien n'en est resté.",
    sampled: (where) => `${where} est une base de formation. Comptes :`,
    clockStands: (moment) => `L'horloge est arrêtée à ${moment}.`,
    account: (name, password, role) => `${name} / ${password} : ${role}`,
  },
  doctor: {
    heading: {
      runtime: 'Programme',
      database: 'Base de données',
      terminal: 'Terminal',
      printers: 'Imprimantes',
      mail: 'Courriers',
      directories: 'Établissements',
      files: 'Fichiers',
    },
    node: (version, path) => `Node ${version} (${path})`,
    opened: (where) => `${where} répond`,
    notYet: (where) => `${where} n'existe pas encore : le premier lancement de « guichet » la crée`,
    training: "c'est une base de formation : « guichet demo --db … » l'ouvre",
    network: (name, version) => `réseau : ${name}, version ${version}`,
    noNetwork: "aucun réseau n'est chargé : « guichet network load FICHIER »",
    noStaff: 'aucun compte : « guichet » dans un terminal crée le premier administrateur',
    noTerminal: "l'entrée ou la sortie n'est pas un terminal : la banque de prêt ne s'ouvre que dans un terminal",
    dumbTerminal: 'TERM dit « dumb » : choisissez un vrai terminal, ou corrigez TERM (par exemple xterm-256color)',
    size: (columns, rows) => `${columns} × ${rows} caractères`,
    tooSmall: (columns, rows) => `${columns} × ${rows} caractères : agrandissez la fenêtre à 80 × 24 au moins`,
    utf8: 'UTF-8',
    notUtf8: "la locale n'est pas UTF-8 : mettez LANG à fr_FR.UTF-8, sinon accents et cadres s'affichent mal",
    colours: (count) => `${count} couleurs`,
    noColours: 'sans couleurs : tout reste lisible, rien ne dépend de la couleur',
    folder: (folder) => `${folder} : accessible en écriture`,
    folderRefused: (folder) => `${folder} ne peut pas être écrit : vérifiez ses droits`,
    printer: (desk, finding) => `${desk} · ${finding}`,
    noPrinters: "aucun bureau n'a d'imprimante : fichier de réseau, clé printer d'un bureau",
    moreByMail: (desks) =>
      `${plural(desks, 'bureau imprime', 'bureaux impriment')} par courriel (« guichet doctor --mail » essaie le serveur)`,
    noNetworkForPrinters: "les imprimantes sont dans le fichier de réseau, et aucun n'est chargé",
    allWell: 'Tout va bien.',
    somethingWrong: (count) => `${plural(count, 'problème', 'problèmes')} à corriger.`,
  },
};
