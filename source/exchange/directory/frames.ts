/** What comes from a directory is no LDAP. */
export class NotLdap extends Error {
  constructor(what: string) {
    super(`not LDAP: ${what}`);
    this.name = 'NotLdap';
  }
}

/** No entry of a person is larger. */
const LARGEST_MESSAGE = 256 * 1024;
/** More than that is no answer to our few questions. */
const LARGEST_ANSWER = 1024 * 1024;
const DEEPEST = 12;

const CONSTRUCTED = 0x20;
const SEQUENCE = 0x30;

/** Where the content of an element begins and ends; undefined: its head is not there yet. Throws NotLdap. */
function extentOf(bytes: Buffer, at: number): { readonly start: number; readonly end: number } | undefined {
  if (at + 1 >= bytes.length) return undefined;
  if (((bytes[at] ?? 0) & 0x1f) === 0x1f) throw new NotLdap('a tag of several bytes');
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new NotLdap('a length without end');
  const start = at + 2 + count;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUIntBE(at + 2, count);
  if (end - start > LARGEST_MESSAGE) throw new NotLdap('an element too large');
  return { start, end };
}

/** Checks that elements fill a range, and those in them, all the way down. Throws NotLdap. */
function check(bytes: Buffer, from: number, to: number, depth: number): void {
  if (depth > DEEPEST) throw new NotLdap('too deep');
  for (let at = from; at < to;) {
    const extent = extentOf(bytes, at);
    if (!extent || extent.end > to) throw new NotLdap('an element that is cut off');
    if (((bytes[at] ?? 0) & CONSTRUCTED) !== 0) check(bytes, extent.start, extent.end, depth + 1);
    at = extent.end;
  }
}

/**
 * Takes bytes as they come and gives whole LDAP messages, each well formed and of a bearable size, one by one. What reads them
 * (ldapts) trusts lengths: a message that lies about its own would keep it busy for ever. `take` throws NotLdap.
 */
export function createFrames(): { take(bytes: Buffer): Buffer[]; readonly rest: number } {
  let held: Buffer = Buffer.alloc(0);
  let taken = 0;
  return {
    take(bytes) {
      taken += bytes.length;
      if (taken > LARGEST_ANSWER) throw new NotLdap('too much');
      held = Buffer.concat([held, bytes]);
      const whole: Buffer[] = [];
      while (held.length > 0) {
        if (held[0] !== SEQUENCE) throw new NotLdap('no message');
        const extent = extentOf(held, 0);
        if (!extent || extent.end > held.length) break;
        check(held, extent.start, extent.end, 1);
        whole.push(held.subarray(0, extent.end));
        held = held.subarray(extent.end);
      }
      return whole;
    },
    get rest() {
      return held.length;
    },
  };
}
