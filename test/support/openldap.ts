import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certificate } from './certificate.ts';

const PLACES = [process.env['PATH'] ?? '', '/usr/sbin', '/usr/libexec', '/usr/local/libexec'].join(':');
const env = { ...process.env, PATH: PLACES };
const SERVER = { start: 'slapd', add: 'slapadd' };

/** Whether OpenLDAP's server is on this machine. */
export const hasSlapd = (): boolean => !spawnSync(SERVER.start, ['-VV'], { env }).error;

export type OpenLdap = {
  readonly ports: { readonly ldap: number; readonly ldaps: number };
  readonly ca: string;
  close(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Modules and schemas are elsewhere on every distribution. */
const MODULES = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap', '/usr/local/libexec/openldap'];
const SCHEMAS = ['/etc/ldap/schema', '/etc/openldap/schema', '/usr/local/etc/openldap/schema'];

/** Starts a real OpenLDAP with these entries (LDIF) below `dc=example,dc=org`, in clear, with StartTLS and as LDAPS. */
export async function startOpenLdap(ldif: string): Promise<OpenLdap> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-slapd-'));
  const file = (name: string): string => path.join(folder, name);
  await mkdir(file('data'));
  await writeFile(file('cert.pem'), certificate.cert);
  await writeFile(file('key.pem'), certificate.key);
  await chmod(file('key.pem'), 0o600);
  await writeFile(file('entries.ldif'), ldif);
  const config = (modules: string, schemas: string): string => `
include ${schemas}/core.schema
include ${schemas}/cosine.schema
include ${schemas}/inetorgperson.schema
modulepath ${modules}
moduleload back_mdb
pidfile ${file('slapd.pid')}
allow bind_anon_cred bind_anon_dn
TLSCACertificateFile ${file('cert.pem')}
TLSCertificateFile ${file('cert.pem')}
TLSCertificateKeyFile ${file('key.pem')}
database mdb
suffix "dc=example,dc=org"
directory ${file('data')}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=guichet,dc=example,dc=org" read by self read by anonymous auth by * none
`;
  let said = '';
  const isReady = MODULES.flatMap((modules) => SCHEMAS.map((schemas) => config(modules, schemas)));
  let written = false;
  for (const text of isReady) {
    await writeFile(file('slapd.conf'), text);
    const added = spawnSync(SERVER.add, ['-f', file('slapd.conf'), '-l', file('entries.ldif')], {
      env,
      encoding: 'utf8',
    });
    written = added.status === 0;
    if (written) break;
    said = `${added.stderr}${added.error?.message ?? ''}`;
  }
  if (!written) throw new Error(`slapadd: ${said}`);
  const ports = { ldap: await freePort(), ldaps: await freePort() };
  const urls = `ldap://127.0.0.1:${ports.ldap} ldaps://127.0.0.1:${ports.ldaps}`;
  const child = spawn(SERVER.start, ['-f', file('slapd.conf'), '-h', urls, '-d', '256'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`slapd: ${said}`));
    });
    child.stderr.on('data', (bytes: Buffer) => {
      said = `${said}${bytes.toString()}`.slice(-2000);
      if (said.includes('slapd starting')) resolve();
    });
  });
  return {
    ports,
    ca: file('cert.pem'),
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
