import type { DeliveryWords, TemplateFault } from '../delivery-words.ts';

const because: Readonly<Record<TemplateFault, (detail: string) => string>> = {
  'no-folder': () => 'this folder of templates does not exist: make it, or mend the setting templates',
  'unknown-folder': () => 'this is neither a language (fr, en) nor a library of the network',
  unreadable: () => 'this file cannot be read, or is not UTF-8',
  'unknown-name': (name) => `no letter is called "${name}"`,
  'no-subject': () => 'the first line has to be "Subject:" and the subject of the letter',
  syntax: (detail) => `syntax error (${detail})`,
  'unknown-variable': (name) => `there is no "${name}" in this letter`,
  failed: (detail) => `cannot be filled in (${detail})`,
};

const said = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

/** How letters leave. */
export const delivery: DeliveryWords = {
  none: 'no mail server is set (mail): letters wait',
  wrongSetting: (key) =>
    `the setting mail is incomplete or wrong (${key}): host, port, security (tls, starttls, none), user, passwordFile, ca, from, perMinute, connections`,
  openPasswordFile: (file) => `${file} can be read by others: "chmod 600 ${file}"`,
  noPasswordFile: (file) => `the password in ${file} cannot be read: check passwordFile`,
  noCaFile: (file) => `the certificate ${file} cannot be read: check ca`,
  noPassword: (user) => `the password of ${user} is missing: GUICHET_MAIL_PASSWORD, or the setting passwordFile (0600)`,
  inClear: (host) => `the password would travel in clear to ${host}: set security to tls or starttls`,
  training: 'training copy: no letter is sent',
  configured: (server) => `mail server: ${server} ("guichet doctor --mail" tries it)`,
  works: (server) => `mail server: ${server} answers, the connection is secure and the account accepted`,
  trouble: {
    'no-host': (server) => `${server}: there is no such machine; check host, and the network`,
    'no-connection': (server, detail) =>
      `${server}: no connection${said(detail)}; check host and port, the firewall, and that the server is up`,
    'timed-out': (server) => `${server} does not answer; check the port and the firewall`,
    'no-tls': (server, detail) =>
      `${server}: no secure connection${said(detail)}; try security: tls (port 465) or starttls (port 587)`,
    certificate: (server, detail) =>
      `${server}: its certificate is not valid${said(detail)}; check host, or give its authority's certificate (ca)`,
    'sign-in': (server, detail) =>
      `${server} refuses the account${said(detail)}; check user and GUICHET_MAIL_PASSWORD (or passwordFile)`,
    'no-mail-server': (server, detail) => `${server} does not answer like a mail server${said(detail)}`,
    unexpected: (server, detail) => `${server}: unexpected error${said(detail)}`,
  },
  noSender: (libraries, from) =>
    `without an address of their own (notices.sender), their letters come from ${from}: ${libraries.join(', ')}`,
  shippedTemplates: 'templates of letters: those of the program',
  ownTemplates: (count, folder) => `templates of letters: ${count} in ${folder}`,
  template: ({ file, line, because: fault, detail }) =>
    `${file}${line === null ? '' : `, line ${line}`}: ${because[fault](detail)}`,
  instead: "the next template (the network's or the program's) is taken instead",
  waiting: (detail) => `letters wait, the mail server is in trouble: ${detail}`,
  again: 'the mail server works again',
};
