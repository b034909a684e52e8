import type { DeliveryWords, TemplateFault } from '../delivery-words.ts';

const because: Readonly<Record<TemplateFault, (detail: string) => string>> = {
  'no-folder': () => "ce dossier de modèles n'existe pas : créez-le, ou corrigez le réglage templates",
  'unknown-folder': () => "ce n'est ni une langue (fr, en) ni une bibliothèque du réseau",
  unreadable: () => "ce fichier ne peut pas être lu, ou n'est pas en UTF-8",
  'unknown-name': (name) => `aucun courrier ne s'appelle « ${name} »`,
  'no-subject': () => 'la première ligne doit être « Subject: » et l’objet du courrier',
  syntax: (detail) => `erreur de syntaxe (${detail})`,
  'unknown-variable': (name) => `« ${name} » n'existe pas dans ce courrier`,
  failed: (detail) => `ne peut pas être rempli (${detail})`,
};

const said = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

/** Envoi des courriers. */
export const delivery: DeliveryWords = {
  none: 'aucun serveur de messagerie n’est réglé (mail) : les courriers attendent',
  wrongSetting: (key) =>
    `le réglage mail est incomplet ou faux (${key}) : host, port, security (tls, starttls, none), user, passwordFile, ca, from, perMinute, connections`,
  openPasswordFile: (file) => `${file} peut être lu par d'autres : « chmod 600 ${file} »`,
  noPasswordFile: (file) => `le mot de passe de ${file} ne peut pas être lu : vérifiez passwordFile`,
  noCaFile: (file) => `le certificat ${file} ne peut pas être lu : vérifiez ca`,
  noPassword: (user) =>
    `il manque le mot de passe de ${user} : GUICHET_MAIL_PASSWORD, ou le réglage passwordFile (0600)`,
  inClear: (host) => `le mot de passe passerait en clair vers ${host} : mettez security à tls ou starttls`,
  training: "base de formation : aucun courrier n'est envoyé",
  configured: (server) => `serveur de messagerie : ${server} (« guichet doctor --mail » l'essaie)`,
  works: (server) => `serveur de messagerie : ${server} répond, la connexion est sûre et le compte accepté`,
  trouble: {
    'no-host': (server) => `${server} : cette machine est inconnue ; vérifiez host, et le réseau`,
    'no-connection': (server, detail) =>
      `${server} : pas de connexion${said(detail)} ; vérifiez host et port, le pare-feu, et que le serveur est démarré`,
    'timed-out': (server) => `${server} ne répond pas ; vérifiez le port et le pare-feu`,
    'no-tls': (server, detail) =>
      `${server} : pas de connexion sûre${said(detail)} ; essayez security: tls (port 465) ou starttls (port 587)`,
    certificate: (server, detail) =>
      `${server} : son certificat n'est pas valable${said(detail)} ; vérifiez host, ou donnez le certificat de son autorité (ca)`,
    'sign-in': (server, detail) =>
      `${server} refuse le compte${said(detail)} ; vérifiez user et GUICHET_MAIL_PASSWORD (ou passwordFile)`,
    'no-mail-server': (server, detail) => `${server} ne répond pas comme un serveur de messagerie${said(detail)}`,
    unexpected: (server, detail) => `${server} : erreur inattendue${said(detail)}`,
  },
  noSender: (libraries, from) =>
    `sans adresse d'expédition (notices.sender), leurs courriers viennent de ${from} : ${libraries.join(', ')}`,
  shippedTemplates: 'modèles de courriers : ceux du programme',
  ownTemplates: (count, folder) => `modèles de courriers : ${count} dans ${folder}`,
  template: ({ file, line, because: fault, detail }) =>
    `${file}${line === null ? '' : `, ligne ${line}`} : ${because[fault](detail)}`,
  instead: 'le modèle suivant (celui du réseau ou du programme) est pris à sa place',
  waiting: (detail) => `les courriers attendent, le serveur de messagerie ne va pas : ${detail}`,
  again: 'le serveur de messagerie va de nouveau',
};
