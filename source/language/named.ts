/** The name of a code that comes from data; the code itself where there is none (`toString` is a code like any other). */
export const namedIn = (names: Readonly<Record<string, string>>, code: string): string =>
  (Object.hasOwn(names, code) ? names[code] : undefined) ?? code;
