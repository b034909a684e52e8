import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { dayOf, minutesOf } from '../../../circulation/time.ts';
import type { Day, Minutes } from '../../../circulation/time.ts';
import { readOfflineChunks } from '../../../offline/index.ts';
import type { OfflineFile } from '../../../offline/index.ts';
import type { Runtime } from '../../runtime.ts';

type Moment = { readonly day: Day; readonly minutes: Minutes };

/** A file as it was read, and what is in it. */
export type ReadUpload = {
  readonly name: string;
  readonly digest: string;
  readonly content: OfflineFile;
  readonly loans: number;
  readonly returns: number;
  readonly bad: number;
  readonly first: Moment | null;
  readonly last: Moment | null;
  /** When it is archived. */
  readonly now: (runtime: Runtime) => Moment;
};

const keyOf = ({ day, minutes }: Moment): string => `${day} ${String(minutes).padStart(4, '0')}`;

/** Reads and validates a file; nothing is written. */
export async function readUpload(file: string): Promise<ReadUpload | 'unreadable'> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk as Uint8Array);
      yield chunk as Uint8Array;
    }
  }
  let content: OfflineFile;
  try {
    content = await readOfflineChunks(hashed());
  } catch {
    return 'unreadable';
  }
  const { lines, bad, moreBad } = content;
  let first: Moment | null = null;
  let last: Moment | null = null;
  for (const line of lines) {
    if (first === null || keyOf(line) < keyOf(first)) first = line;
    if (last === null || keyOf(line) > keyOf(last)) last = line;
  }
  const loans = lines.filter((one) => one.action === 'L').length;
  return {
    name: path.basename(file),
    digest: hash.digest('hex'),
    content,
    loans,
    returns: lines.length - loans,
    bad: bad.length + moreBad,
    first,
    last,
    now: (runtime) => {
      const { timeZone } = runtime.store.get();
      return { day: dayOf(runtime.now(), timeZone), minutes: minutesOf(runtime.now(), timeZone) };
    },
  };
}
