/** Enough to tell what a file is. */
const ENOUGH = 4096;

/** The first bytes of a file, and all of it. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ first: Buffer; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < ENOUGH) {
    const next = await iterator.next();
    if (next.done === true) break;
    held.push(next.value);
    size += next.value.byteLength;
  }
  const first = Buffer.concat(held);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { first, all: all() };
}
