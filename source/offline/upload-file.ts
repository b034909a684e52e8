import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { offlineStamp } from '../circulation/offline.ts';
import type { OfflineLine } from '../circulation/offline.ts';
import { readOfflineChunks } from './dat-file.ts';
import type { OfflineFile } from './dat-file.ts';

const timeOf = ({ day, minutes }: OfflineLine): string => {
  const stamp = offlineStamp(day, minutes);
  return `${day}T${stamp.slice(8, 10)}:${stamp.slice(10)}`;
};

/** Reads a file of offline transactions, whatever is in it (OFF-07), with the SHA-256 of its bytes. Throws what reading it throws. */
export async function readFileToUpload(
  file: string,
): Promise<{ readonly content: OfflineFile; readonly digest: string }> {
  const digest = createHash('sha256');
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      digest.update(chunk);
      yield chunk;
    }
  }
  const content = await readOfflineChunks(chunks());
  return { content, digest: digest.digest('hex') };
}

/** What is in a file, counted, with the earliest and the latest local time in it (`2018-05-09T13:48`). */
export function factsOf({ lines, bad, moreBad, blank }: OfflineFile) {
  const loans = lines.filter(({ action }) => action === 'L').length;
  let [from, to]: [string | null, string | null] = [null, null];
  for (const line of lines) {
    const time = timeOf(line);
    if (from === null || time < from) from = time;
    if (to === null || time > to) to = time;
  }
  return { loans, returns: lines.length - loans, bad: bad.length + moreBad, blank, from, to };
}
