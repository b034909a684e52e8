import type { DirectoryWords } from '../directory-words.ts';

const said = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

/** Annuaires des établissements. */
export const directories: DirectoryWords = {
  answers: (institution, address) => `${institution} : ${address} répond`,
  training: (institutions) =>
    `base de formation : aucun annuaire n'est interrogé, ${institutions} établissement${institutions === 1 ? '' : 's'} sans annuaire`,
  example: (institution, address) =>
    `${institution} : ${address} est une adresse d'exemple : ses membres ne peuvent pas s'identifier`,
  trouble: {
    'no-host': (institution, { detail }) =>
      `${institution} : cette machine n'existe pas${said(detail)} ; vérifiez url, et le réseau`,
    'no-connection': (institution, { detail }) =>
      `${institution} : pas de connexion${said(detail)} ; vérifiez url, le pare-feu, et que l'annuaire fonctionne`,
    'timed-out': (institution) =>
      `${institution} : l'annuaire ne répond pas à temps ; vérifiez le pare-feu, ou timeout`,
    certificate: (institution, { detail }) =>
      `${institution} : le certificat de l'annuaire n'est pas valable${said(detail)} ; vérifiez url, ou donnez le certificat de son autorité (ca)`,
    'no-tls': (institution, { detail }) =>
      `${institution} : pas de connexion sûre${said(detail)} ; essayez ldaps:// (port 636), ou ldap:// avec startTls: true (port 389)`,
    'no-ca': (institution, { detail }) => `${institution} : le certificat ${detail} est illisible ici : vérifiez ca`,
    'no-password': (institution, { variable }) =>
      `${institution} : il manque le mot de passe du compte qui cherche : ${variable}, ou passwordFile dans le réglage directories`,
    account: (institution, { variable }) =>
      `${institution} : le compte qui cherche est refusé ; vérifiez search.as et ${variable} (ou passwordFile)`,
    'no-base': (institution, { detail }) =>
      `${institution} : ${detail} n'existe pas, ou le compte qui cherche ne le voit pas ; vérifiez search.base et search.as`,
    'no-directory': (institution, { detail }) => `${institution} : ne répond pas comme un annuaire${said(detail)}`,
  },
  wrongSetting: 'le réglage directories est faux : {"CODE": {"passwordFile": "…"}}',
  noPasswordFile: (institution, file) =>
    `${institution} : le mot de passe dans ${file} est illisible : vérifiez passwordFile`,
  openPasswordFile: (institution, file) => `${institution} : ${file} est lisible par d'autres : « chmod 600 ${file} »`,
};
