import type { Words } from './network.ts';

/** How an institution's directory (LDAP) is asked whether a password is right (KIO-02). */
export type InstitutionDirectory = {
  /** `ldaps://…`, or `ldap://…` with `startTls`; without it only where the directory is on this machine. */
  readonly url: string;
  readonly startTls: boolean;
  /** The name of the entry (DN), with `{name}` for what was typed; else `search` finds the entry. */
  readonly bind?: string;
  readonly search?: {
    readonly base: string;
    /** With `{name}` for what was typed; one entry alone may match. */
    readonly filter: string;
    /** The account (DN) that may search; its password is no part of a network. Absent: nobody's. */
    readonly as?: string;
  };
  /**
   * How the record here is called: `ut3.{uid}`, with attributes of the entry, or `{name}` for what was typed. Tried in order, each
   * with each value of its attributes (manual XI.2.1).
   */
  readonly records: readonly string[];
  /** A file with the certificate of the authority that vouches for the directory; absent: those that the machine knows. */
  readonly ca?: string;
  /** Milliseconds in which it has to answer, all in all. */
  readonly timeout: number;
};

/** An institution of the network, whose members sign in with what it gave them (manual XI.2). */
export type Institution = {
  readonly code: string;
  readonly name: Words;
  readonly campus?: string;
  readonly directory: InstitutionDirectory;
};

const PLACE = /\{([A-Za-z][\w;-]*)\}/gu;

/** What is filled into a template of a directory: names of attributes, and `name`. */
export const placesIn = (template: string): string[] => [...template.matchAll(PLACE)].map(([, name = '']) => name);

const MOST = 20;
const LONGEST = 200;

/**
 * A template filled in every way that its values allow, in their order; none where a value is missing. Twenty at the most, and
 * none of them longer than an identifier is. What stands in a value is never a place.
 */
export function filled(template: string, valuesOf: (place: string) => readonly string[]): string[] {
  const parts = template.split(PLACE);
  let found = [''];
  for (const [at, part] of parts.entries()) {
    const texts = at % 2 === 0 ? [part] : valuesOf(part);
    found = found.flatMap((begun) => texts.map((text) => begun + text)).slice(0, MOST);
  }
  return found.filter((one) => one.length <= LONGEST);
}
