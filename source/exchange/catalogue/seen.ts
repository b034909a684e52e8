import { hash } from 'node:crypto';

const FREE = 0;

/**
 * What a file has had so far, by key, in 16 bytes for each place of the table: enough to say that a key comes again, and
 * whether with the same content, without keeping the keys. Sixty-four bits of a hash stand for a key; that two keys of a
 * million share them is as likely as one in thirty million.
 */
export class Seen {
  #size = 0;
  #table = new Uint32Array(4 * 1024);

  #place(table: Uint32Array, high: number, low: number): number {
    const places = table.length / 4;
    let at = low % places;
    while (table[at * 4 + 3] !== FREE && (table[at * 4] !== high || table[at * 4 + 1] !== low)) at = (at + 1) % places;
    return at * 4;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#table.length * 2);
    for (let at = 0; at < this.#table.length; at += 4) {
      if (this.#table[at + 3] === FREE) continue;
      larger.set(this.#table.subarray(at, at + 4), this.#place(larger, this.#table[at] ?? 0, this.#table[at + 1] ?? 0));
    }
    this.#table = larger;
  }

  /** Remembers a key of a record (from 1). `first`: the record that had it before; `same`: with that same content. */
  add(key: string, content: string, record: number): { readonly first: number; readonly same: boolean } | undefined {
    if (this.#size * 2 > this.#table.length / 4) this.#grow();
    const bytes = hash('sha1', key, 'buffer');
    const digest = hash('sha1', content, 'buffer').readUInt32LE(0);
    const [high, low] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
    const at = this.#place(this.#table, high, low);
    const first = this.#table[at + 3] ?? FREE;
    if (first !== FREE) return { first, same: this.#table[at + 2] === digest };
    this.#table.set([high, low, digest, record], at);
    this.#size += 1;
    return undefined;
  }
}
