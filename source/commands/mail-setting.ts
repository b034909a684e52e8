import { readFileSync, statSync } from 'node:fs';
import { isEmail } from '../circulation/contacts.ts';
import type { DeliveryWords } from '../language/delivery-words.ts';
import type { MailServer } from '../letters/index.ts';
import type { Context } from './context.ts';

/** What the settings say of mail: a server that can be used; nothing (null); or what is wrong with it, in a sentence. */
export type MailSetting = { readonly server: MailServer } | { readonly wrong: string } | null;

type Written = Readonly<Record<string, unknown>>;

const SECURITY: readonly string[] = ['tls', 'starttls', 'none'];
/** The port of mail that is secured from its first byte. */
const TLS_PORT = 465;
const SUBMISSION_PORT = 587;
const KEYS = ['host', 'port', 'security', 'user', 'passwordFile', 'ca', 'from', 'perMinute', 'connections'];
const PASSWORD = 'GUICHET_MAIL_PASSWORD';

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isCount = (value: unknown, most: number): boolean =>
  value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most);
const isHere = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/u.test(host);

/** The first key that is missing or wrong. */
function wrongKey(set: Written): string | undefined {
  const optional = (key: string): boolean => set[key] === undefined || isText(set[key]);
  if (!isText(set['host']) || /[\s/]/u.test(set['host'])) return 'host';
  if (!isText(set['from']) || !isEmail(set['from'])) return 'from';
  if (!isCount(set['port'], 65_535)) return 'port';
  if (set['security'] !== undefined && !SECURITY.includes(set['security'] as string)) return 'security';
  if (!isCount(set['perMinute'], 100_000)) return 'perMinute';
  if (!isCount(set['connections'], 20)) return 'connections';
  return (
    ['user', 'passwordFile', 'ca'].find((key) => !optional(key)) ?? Object.keys(set).find((key) => !KEYS.includes(key))
  );
}

/** The text of a file; undefined: it cannot be read. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The password: from the environment, else from a file that nobody else can read (REL-07). */
function passwordFor(
  env: Context['machine']['env'],
  user: string,
  file: string | undefined,
  say: DeliveryWords,
): { readonly password: string } | { readonly wrong: string } {
  const given = env[PASSWORD];
  if (given !== undefined && given !== '') return { password: given };
  if (file === undefined) return { wrong: say.noPassword(user) };
  const text = textOf(file);
  if (text === undefined) return { wrong: say.noPasswordFile(file) };
  if ((statSync(file).mode & 0o077) !== 0) return { wrong: say.openPasswordFile(file) };
  const password = text.replace(/\r?\n$/u, '');
  return password === '' ? { wrong: say.noPassword(user) } : { password };
}

/**
 * The setting `mail` of this user's configuration: `{host, port, security, user, passwordFile, ca, from, perMinute,
 * connections}`. The password comes from GUICHET_MAIL_PASSWORD or a 0600 file, and stands in no message.
 */
export function mailSetting({
  settings,
  machine,
  words,
}: Pick<Context, 'settings' | 'machine' | 'words'>): MailSetting {
  const set = settings.get('mail');
  const say = words.delivery;
  if (set === undefined || set === null) return null;
  if (typeof set !== 'object' || Array.isArray(set)) return { wrong: say.wrongSetting('mail') };
  const written = set as Written;
  const key = wrongKey(written);
  if (key !== undefined) return { wrong: say.wrongSetting(key) };
  const {
    host,
    from,
    user,
    passwordFile,
    ca,
    port: wanted,
  } = written as {
    host: string;
    from: string;
    user?: string;
    passwordFile?: string;
    ca?: string;
    port?: number;
  };
  const security =
    (written['security'] as MailServer['security'] | undefined) ?? (wanted === TLS_PORT ? 'tls' : 'starttls');
  const port = wanted ?? (security === 'tls' ? TLS_PORT : security === 'none' ? 25 : SUBMISSION_PORT);
  if (user !== undefined && security === 'none' && !isHere(host)) return { wrong: say.inClear(host) };
  const secret = user === undefined ? null : passwordFor(machine.env, user, passwordFile, say);
  if (secret && 'wrong' in secret) return secret;
  const certificate = ca === undefined ? undefined : textOf(ca);
  if (ca !== undefined && certificate === undefined) return { wrong: say.noCaFile(ca) };
  const { perMinute, connections } = written as { perMinute?: number; connections?: number };
  return {
    server: {
      host,
      port,
      security,
      from,
      ...(user === undefined ? {} : { user }),
      ...secret,
      ...(certificate === undefined ? {} : { ca: certificate }),
      ...(perMinute === undefined ? {} : { perMinute }),
      ...(connections === undefined ? {} : { connections }),
    },
  };
}

/** The server as it is named to people. */
export const serverName = ({ host, port, security }: MailServer): string => `${host}:${port} (${security})`;

/** The folder of the house's own templates of letters (setting `templates`); undefined: those that ship are used. */
export function templatesFolder({ settings }: Pick<Context, 'settings'>): string | undefined {
  const set = settings.get('templates');
  return isText(set) ? set : undefined;
}
