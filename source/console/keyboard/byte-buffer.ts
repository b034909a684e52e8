/** A growing row of bytes. */
export type ByteBuffer = {
  readonly append: (bytes: Uint8Array) => void;
  readonly length: () => number;
  /** The first `count` bytes as UTF-8, invalid ones replaced; they are taken out. */
  readonly take: (count: number) => string;
  /** Where the last line end among the first `count` bytes ends; 0 if there is none. */
  readonly afterLastLine: (count: number) => number;
  readonly clear: () => void;
};

const SMALLEST = 4096;

/** An empty buffer. It doubles when full, so that bytes that come one by one cost no more than in one piece. */
export function createByteBuffer(): ByteBuffer {
  let store = new Uint8Array(0);
  let used = 0;

  function append(bytes: Uint8Array): void {
    if (used + bytes.length > store.length) {
      const larger = new Uint8Array(Math.max(SMALLEST, store.length * 2, used + bytes.length));
      larger.set(store.subarray(0, used));
      store = larger;
    }
    store.set(bytes, used);
    used += bytes.length;
  }

  function clear(): void {
    store = new Uint8Array(0);
    used = 0;
  }

  function take(count: number): string {
    const text = Buffer.from(store.subarray(0, count)).toString('utf8');
    const rest = store.slice(count, used);
    clear();
    append(rest);
    return text;
  }

  function afterLastLine(count: number): number {
    const line = store.subarray(0, count);
    return Math.max(line.lastIndexOf(0x0a), line.lastIndexOf(0x0d)) + 1;
  }

  return { append, length: () => used, take, afterLastLine, clear };
}
