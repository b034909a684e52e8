const hex = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/** A value inside the name of an entry (RFC 4514): everything but plain letters and digits as its bytes. */
export const inEntryName = (value: string): string => value.replaceAll(/[^A-Za-z0-9]/gu, hex);

/**
 * A value inside a search filter (RFC 4515): what means something there as its byte. The rest stays: ldapts takes escaped bytes
 * for characters, and would garble letters with accents.
 */
export const inFilter = (value: string): string => value.replaceAll(/[\\*()\0]/gu, hex);

/** A template with what was typed in it, once and never looked at again. */
export const withName = (template: string, name: string): string => template.replaceAll('{name}', () => name);
