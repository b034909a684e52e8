import type { DirectoryWords } from '../directory-words.ts';

const said = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

/** Directories of institutions. */
export const directories: DirectoryWords = {
  answers: (institution, address) => `${institution}: ${address} answers`,
  training: (institutions) =>
    `training copy: no directory is asked, ${institutions} institution${institutions === 1 ? '' : 's'} without one`,
  example: (institution, address) => `${institution}: ${address} is an example: its members cannot sign in`,
  trouble: {
    'no-host': (institution, { detail }) =>
      `${institution}: there is no such machine${said(detail)}; check url, and the network`,
    'no-connection': (institution, { detail }) =>
      `${institution}: no connection${said(detail)}; check url, the firewall, and that the directory is up`,
    'timed-out': (institution) =>
      `${institution}: the directory does not answer in time; check the firewall, or timeout`,
    certificate: (institution, { detail }) =>
      `${institution}: the directory's certificate is not valid${said(detail)}; check url, or give its authority's certificate (ca)`,
    'no-tls': (institution, { detail }) =>
      `${institution}: no secure connection${said(detail)}; try ldaps:// (port 636), or ldap:// with startTls: true (port 389)`,
    'no-ca': (institution, { detail }) => `${institution}: the certificate ${detail} cannot be read here: check ca`,
    'no-password': (institution, { variable }) =>
      `${institution}: the password of the account that searches is missing: ${variable}, or passwordFile in the setting directories`,
    account: (institution, { variable }) =>
      `${institution}: the account that searches is refused; check search.as and ${variable} (or passwordFile)`,
    'no-base': (institution, { detail }) =>
      `${institution}: ${detail} is not there, or not to be seen by the account that searches; check search.base and search.as`,
    'no-directory': (institution, { detail }) => `${institution}: does not answer like a directory${said(detail)}`,
  },
  wrongSetting: 'the setting directories is wrong: {"CODE": {"passwordFile": "…"}}',
  noPasswordFile: (institution, file) => `${institution}: the password in ${file} cannot be read: check passwordFile`,
  openPasswordFile: (institution, file) => `${institution}: ${file} can be read by others: "chmod 600 ${file}"`,
};
