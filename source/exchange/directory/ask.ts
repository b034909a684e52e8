import type { Socket } from 'node:net';
import { Client, ResultCodeError } from 'ldapts';
import type { Entry } from 'ldapts';
import { filled, placesIn } from '../../circulation/institutions.ts';
import type { InstitutionDirectory } from '../../circulation/institutions.ts';
import { DirectoryTrouble, openLine, troubleOf } from './connect.ts';
import { inEntryName, inFilter, withName } from './escaping.ts';
import { guarded } from './guarded.ts';

/** The account that searches, and how long everything may take. */
export type Asking = { readonly password: string | undefined };

/** Results of a bind that say that this name and this password are not right (RFC 4511, appendix A). */
const WRONG: readonly number[] = [
  10, // referral: another server may know, and is none that we trust
  19, // constraint violation: tried too often
  32, // no such object
  34, // invalid DN syntax
  48, // inappropriate authentication
  49, // invalid credentials
  50, // insufficient access rights
  53, // unwilling to perform: a locked account, an empty password
];

const isOneOf = (error: unknown, codes: readonly number[]): boolean =>
  error instanceof ResultCodeError && codes.includes(error.code);

/** Binds; false: refused. Throws DirectoryTrouble. Nobody is ever bound without a password (RFC 4513, 5.1.2). */
async function binds(client: Client, entry: string, password: string): Promise<boolean> {
  if (entry === '' || password === '') return false;
  try {
    await client.bind(entry, password);
    return true;
  } catch (error) {
    if (isOneOf(error, WRONG)) return false;
    throw troubleOf(error, 'no-directory');
  }
}

/** Attributes of the entry that the templates name; none is asked for by another name. */
const attributesOf = ({ records }: InstitutionDirectory): string[] => [
  ...new Set(records.flatMap(placesIn).filter((place) => place !== 'name')),
];

const REFERRAL = 10;
/** Results of reading one entry that say that it is not there, or not for us. */
const UNSEEN: readonly number[] = [REFERRAL, 32, 34, 50];

/** RFC 4511, 4.5.1.8: no attributes. */
const NOTHING = ['1.1'];

type Person = { readonly entry: string; readonly attributes: Entry };

/** The one entry that is called so; undefined: none, or several, or elsewhere. Throws DirectoryTrouble. */
async function find(
  client: Client,
  base: string,
  how: { readonly scope: 'base' | 'sub'; readonly filter: string; readonly attributes: readonly string[] },
): Promise<Person | undefined> {
  const { scope, filter } = how;
  const attributes = how.attributes.length > 0 ? [...how.attributes] : NOTHING;
  try {
    const { searchEntries } = await client.search(base, {
      scope,
      filter,
      attributes,
      sizeLimit: 2,
      derefAliases: 'never',
    });
    const [found, ...others] = searchEntries;
    return found && others.length === 0 && found.dn !== '' ? { entry: found.dn, attributes: found } : undefined;
  } catch (error) {
    if (isOneOf(error, scope === 'base' ? UNSEEN : [REFERRAL])) return undefined;
    throw troubleOf(error, 'no-directory');
  }
}

/** Signs the searching account in. Throws DirectoryTrouble. */
async function asReader(client: Client, { search }: InstitutionDirectory, { password }: Asking): Promise<void> {
  if (search?.as === undefined) return;
  if (password === undefined || password === '') throw new DirectoryTrouble('no-password');
  if (!(await binds(client, search.as, password))) throw new DirectoryTrouble('account');
}

/** Names that are alike for directories are so for us too: nothing that they fold together (accents, widths, spaces) is left. */
const isUnambiguous = (name: string): boolean => /^[A-Za-z0-9._@-]+$/u.test(name);

/** What the records here may be called, from an entry and what was typed. */
function identifiersOf(directory: InstitutionDirectory, name: string, attributes: Entry | undefined): string[] {
  const valuesOf = (place: string): string[] => {
    if (place === 'name') return isUnambiguous(name) ? [name] : [];
    const key = Object.keys(attributes ?? {}).find((one) => one.toLowerCase() === place.toLowerCase());
    const values = key === undefined || key === 'dn' ? [] : [attributes?.[key] ?? []].flat();
    return values.filter((one): one is string => typeof one === 'string' && one.trim() !== '' && !/\p{Cc}/u.test(one));
  };
  return [...new Set(directory.records.flatMap((template) => filled(template, valuesOf)))];
}

/** An entry that is nobody's, so that a name that nobody has takes as many questions as one with a wrong password. */
const nobodyIn = (base: string): string => `cn=guichet-nobody,${base}`;

async function bySearch(
  client: Client,
  directory: InstitutionDirectory,
  search: NonNullable<InstitutionDirectory['search']>,
  { name, password }: Credentials,
): Promise<string[] | undefined> {
  const filter = withName(search.filter, inFilter(name));
  const person = await find(client, search.base, { scope: 'sub', filter, attributes: attributesOf(directory) });
  const isRight = await binds(client, person?.entry ?? nobodyIn(search.base), password);
  return person && isRight ? identifiersOf(directory, name, person.attributes) : undefined;
}

async function byName(
  client: Client,
  directory: InstitutionDirectory,
  template: string,
  { name, password }: Credentials,
): Promise<string[] | undefined> {
  const entry = withName(template, inEntryName(name));
  if (!(await binds(client, entry, password))) return undefined;
  const attributes = attributesOf(directory);
  if (attributes.length === 0) return identifiersOf(directory, name, undefined);
  const person = await find(client, entry, { scope: 'base', filter: '(objectClass=*)', attributes });
  return identifiersOf(directory, name, person?.attributes);
}

export type Credentials = { readonly name: string; readonly password: string };

/** A client on a connection that is open; it never opens another by itself, which would be in clear. */
function clientOn(socket: Socket, timeout: number): Client {
  let isUsed = false;
  const once = (): Socket => {
    if (isUsed) throw new DirectoryTrouble('no-directory');
    isUsed = true;
    return socket;
  };
  return new Client({ url: 'ldap://guarded', timeout, createConnection: once });
}

/**
 * Asks a directory within its timeout. With credentials: the identifiers of that person's record, or undefined where name or
 * password are wrong. Without: whether it can be asked at all, the searching account among it. Throws DirectoryTrouble.
 */
export async function ask(
  directory: InstitutionDirectory,
  asking: Asking,
  credentials: Credentials | null,
): Promise<string[] | undefined> {
  const given = new AbortController();
  const timer = setTimeout(() => {
    given.abort(new DirectoryTrouble('timed-out'));
  }, directory.timeout);
  const tooLate = new Promise<never>((_, reject) => {
    given.signal.addEventListener('abort', () => {
      reject(given.signal.reason as DirectoryTrouble);
    });
  });
  // Nobody waits for it any more when everything has been said in time.
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([talk(directory, asking, credentials, given.signal), tooLate]);
  } catch (error) {
    throw troubleOf(error, 'no-directory');
  } finally {
    clearTimeout(timer);
    given.abort(new DirectoryTrouble('timed-out'));
  }
}

async function talk(
  directory: InstitutionDirectory,
  asking: Asking,
  credentials: Credentials | null,
  given: AbortSignal,
): Promise<string[] | undefined> {
  const { search, bind, timeout } = directory;
  const socket = guarded(await openLine(directory, given));
  const client = clientOn(socket, timeout);
  try {
    await asReader(client, directory, asking);
    if (!credentials) {
      // Any answer proves that it is a directory; where people are looked for, their place has to be seen.
      const seen = await find(client, search?.base ?? '', { scope: 'base', filter: '(objectClass=*)', attributes: [] });
      if (search && !seen) throw new DirectoryTrouble('no-base', search.base);
      return undefined;
    }
    if (search) return await bySearch(client, directory, search, credentials);
    return bind === undefined ? undefined : await byName(client, directory, bind, credentials);
  } finally {
    // A farewell that nobody waits for.
    client.unbind().catch(() => undefined);
  }
}
