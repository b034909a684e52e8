/** A message of a client of PostgreSQL, as it stands on the line. */
export type ClientMessage = { readonly bytes: Buffer; readonly isCommit: boolean };

const COMMIT = Buffer.from('COMMIT\0');

/** Splits what a client says into whole messages; what is unfinished waits for its rest. */
export class Splitter {
  #rest: Buffer = Buffer.alloc(0);
  /** The first message has no letter before its length. */
  #isFirst = true;

  push(chunk: Buffer): ClientMessage[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const found: ClientMessage[] = [];
    for (;;) {
      const head = this.#isFirst ? 0 : 1;
      if (this.#rest.length < head + 4) return found;
      const length = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < length) return found;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      const isCommit = !this.#isFirst && bytes[0] === 0x51 && bytes.subarray(5).equals(COMMIT);
      this.#isFirst = false;
      found.push({ bytes, isCommit });
    }
  }
}
