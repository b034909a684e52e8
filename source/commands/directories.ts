import { readFileSync, statSync } from 'node:fs';
import type { Institution } from '../circulation/institutions.ts';
import type { Network } from '../circulation/network.ts';
import type { Directory } from '../desk/member-sign-in.ts';
import type { Context } from './context.ts';
import type { Finding } from './doctor-findings.ts';
import { note, ok, wrong } from './doctor-findings.ts';

type Given = Pick<Context, 'settings' | 'machine'>;

/** The variable of the environment that holds the password of the account that searches an institution's directory. */
const variableOf = (code: string): string =>
  `GUICHET_LDAP_${code
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/gu, '_')}_PASSWORD`;

type Password =
  | { readonly password: string | undefined }
  | { readonly because: 'wrongSetting' }
  | { readonly because: 'noPasswordFile' | 'openPasswordFile'; readonly file: string };

/** The file that the setting `directories` names for an institution. */
function fileFor({ settings }: Given, code: string): { readonly file: string | undefined } | undefined {
  const set = settings.get('directories');
  if (set === undefined || set === null) return { file: undefined };
  if (typeof set !== 'object' || Array.isArray(set)) return undefined;
  const own = Object.hasOwn(set, code) ? (set as Readonly<Record<string, unknown>>)[code] : {};
  if (typeof own !== 'object' || own === null) return undefined;
  const { passwordFile } = own as { readonly passwordFile?: unknown };
  if (passwordFile === undefined) return { file: undefined };
  return typeof passwordFile === 'string' && passwordFile !== '' ? { file: passwordFile } : undefined;
}

/** The password of the account that searches: from the environment, else from a file that nobody else can read (REL-07). */
function passwordFor(given: Given, code: string): Password {
  const said = given.machine.env[variableOf(code)];
  if (said !== undefined && said !== '') return { password: said };
  const found = fileFor(given, code);
  if (!found) return { because: 'wrongSetting' };
  const { file } = found;
  if (file === undefined) return { password: undefined };
  try {
    if ((statSync(file).mode & 0o077) !== 0) return { because: 'openPasswordFile', file };
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    return { password: text === '' ? undefined : text };
  } catch {
    return { because: 'noPasswordFile', file };
  }
}

const secretsOf = (given: Given): { passwordOf(code: string): string | undefined } => ({
  passwordOf: (code) => {
    const found = passwordFor(given, code);
    return 'password' in found ? found.password : undefined;
  },
});

/** The directories of the network's institutions (KIO-02). What asks them is loaded when somebody first signs in. */
export function directoryFor(context: Given): Directory {
  let opened: Promise<Directory> | undefined;
  const open = async (): Promise<Directory> => {
    const { openDirectory } = await import('../exchange/directory/index.ts');
    return openDirectory(secretsOf(context));
  };
  const directory = async (): Promise<Directory> => (opened ??= open());
  return {
    verify: async (institution, name, password) => (await directory()).verify(institution, name, password),
    answers: async (institution) => (await directory()).answers(institution),
  };
}

/** Names that stand for others in examples (RFC 2606): nobody will ever answer there. */
const EXAMPLE = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)$/u;

async function findingFor(context: Context, institution: Institution): Promise<Finding> {
  const say = context.words.directories;
  const { code, directory } = institution;
  const name = institution.name[context.language];
  if (EXAMPLE.test(new URL(directory.url).hostname)) return note(say.example(name, directory.url));
  const password = passwordFor(context, code);
  if ('because' in password) {
    const { because } = password;
    return wrong(because === 'wrongSetting' ? say.wrongSetting : say[because](name, password.file));
  }
  const { directoryTrouble } = await import('../exchange/directory/index.ts');
  const trouble = await directoryTrouble(institution, secretsOf(context));
  if (!trouble) return ok(say.answers(name, directory.url));
  const facts = { detail: trouble.detail, variable: variableOf(code) };
  return wrong(say.trouble[trouble.because](name, facts));
}

/** Whether each institution's directory can be asked, all at once; nobody's password is tried. Empty: there are none. */
export async function directoryFindings(
  context: Context,
  { network, training }: { readonly network: Network | null; readonly training: boolean },
): Promise<Finding[]> {
  const institutions = network?.institutions ?? [];
  if (institutions.length === 0) return [];
  if (training) return [note(context.words.directories.training(institutions.length))];
  return Promise.all(institutions.map(async (one) => findingFor(context, one)));
}
