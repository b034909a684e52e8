/** A place in a document: map keys and list positions (from 0). */
export type Path = readonly (string | number)[];

/** `loanRules[3].period`, as errors name a place; the whole document is the empty text. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\p{L}_][\p{L}\p{N}_,-]*$/u.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** A value of a document together with its place. */
export type Spot = { readonly path: Path; readonly value: unknown };

/** Whether a value is a map of a document. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a key of its own (never an inherited one); undefined where there is none. */
export function under(spot: Spot, key: string): Spot {
  const value = isMapping(spot.value) && Object.hasOwn(spot.value, key) ? spot.value[key] : undefined;
  return { path: [...spot.path, key], value };
}

/** The entries of a list; none if the value is no list. */
export function entriesOf(spot: Spot): Spot[] {
  return Array.isArray(spot.value) ? spot.value.map((value: unknown, at) => ({ path: [...spot.path, at], value })) : [];
}

/** A text at its place. */
export type TextSpot = { readonly path: Path; readonly value: string };

/** The texts that stand there, whether as one scalar or as a list; anything else is left to the schema. */
export function textsOf(spot: Spot): TextSpot[] {
  const spots = Array.isArray(spot.value) ? entriesOf(spot) : [spot];
  return spots.flatMap(({ path, value }) => (typeof value === 'string' ? [{ path, value }] : []));
}

/** The text that stands there, if it is one. */
export function textOf(spot: Spot): string | undefined {
  return typeof spot.value === 'string' ? spot.value : undefined;
}

/** The value at a place of a document; undefined where there is none. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? (value[step] as unknown) : undefined;
    return under({ path: [], value }, String(step)).value;
  }, document);
}
