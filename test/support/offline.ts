import { readOfflineFile } from '../../source/offline/dat-file.ts';
import { digestOf, uploadLines } from '../../source/offline/upload.ts';
import type { UploadFile, UploadResult } from '../../source/offline/upload.ts';
import type { Perform, Seat } from '../../source/desk/perform.ts';
import type { Scene } from './house.ts';

/** A file of those lines, as an upload takes it. */
export function offlineFile(lines: readonly string[], file = 'day.dat'): UploadFile {
  const bytes = Buffer.from(lines.map((one) => `${one}\r\n`).join(''));
  const { lines: good, bad } = readOfflineFile(bytes);
  return { file, digest: digestOf(bytes), lines: good, bad };
}

export type Uploaded = Extract<UploadResult, { kind: 'uploaded' }>;

/** Uploads a file; throws where it was refused. */
export async function uploadFile(perform: Perform, seat: Seat, file: UploadFile): Promise<Uploaded> {
  const result = await uploadLines(perform, seat, file);
  if (result.kind !== 'uploaded') throw new Error(`not uploaded: ${JSON.stringify(result)}`);
  return result;
}

/** Uploads those lines at `sci/PRET`, or at another seat. */
export const upload = async (
  scene: Scene,
  lines: readonly string[],
  { seat = scene.bib, ...more }: Partial<UploadFile> & { readonly seat?: Seat } = {},
): Promise<Uploaded> => uploadFile(scene.perform, seat, { ...offlineFile(lines), ...more });

/** Counts in one line, errors by line. */
export const summary = ({ completed, failed, duplicates, errors }: Uploaded): string =>
  [`${completed} ${failed} ${duplicates}`, ...errors.map((one) => `${one.number} ${one.reason}`)].join(', ');
