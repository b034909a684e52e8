import { placesIn } from '../../circulation/institutions.ts';

const isPlain = (text: string): boolean => text.length <= 500 && !/\p{Cc}/u.test(text);

/** The address of a directory as it is written: `ldaps://ldap.example.org`, with a port perhaps, and nothing else in it. */
export function isDirectoryAddress(text: string): boolean {
  if (!isPlain(text) || !/^ldaps?:\/\//u.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname, search, hash } = new URL(text);
  return (
    hostname !== '' && username === '' && password === '' && /^\/?$/u.test(pathname) && search === '' && hash === ''
  );
}

/** Whether a directory is on this very machine, so that nobody listens. */
export const isHere = (address: string): boolean =>
  URL.canParse(address) && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(new URL(address).hostname);

/** The name of an entry (DN): `ou=people,dc=example,dc=org`. */
export const isEntryName = (text: string): boolean =>
  isPlain(text) && /^[A-Za-z][\w.-]*\s*=\s*[^,]+(?:,\s*[A-Za-z][\w.-]*\s*=\s*[^,]+)*$/u.test(text.trim());

const namesOnly = (text: string): boolean => {
  const places = placesIn(text);
  return places.length > 0 && places.every((place) => place === 'name');
};

/** The name of an entry with `{name}` in it. */
export const isEntryTemplate = (text: string): boolean => isEntryName(text) && namesOnly(text);

/** Brackets that close in order, escaped ones aside. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    if (depth < 0 || (depth === 0 && at < text.length - 1)) return false;
  }
  return depth === 0;
}

/** A search filter with `{name}` in it: `(uid={name})`. */
export const isFilterTemplate = (text: string): boolean =>
  isPlain(text) && /^\([^*]*=[^*]*\)$/u.test(text.replaceAll('=*)', '=)')) && isBalanced(text) && namesOnly(text);

/** How a record is called: a text with at least one `{attribute}`. */
export const isRecordTemplate = (text: string): boolean =>
  isPlain(text) &&
  text.length <= 200 &&
  placesIn(text).length > 0 &&
  !/[{}]/u.test(text.replaceAll(/\{[A-Za-z][\w;-]*\}/gu, ''));
