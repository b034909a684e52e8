import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { choosePlace } from '../../../desk/sign-in.ts';
import type { Refusal, Seat } from '../../../desk/perform.ts';
import { readOfflineFile } from '../../../offline/dat-file.ts';
import { digestOf, uploadLines } from '../../../offline/upload.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import { uploadResult } from '../../upload-result.ts';
import type { StepFields } from '../format.ts';
import type { Stage } from '../stage.ts';

/** What a file of those lines would have in it. */
const LINES = 'lines.dat';

/** The file beside the scenario, or its lines as they stand in the step; undefined: there is no such file. */
function bytesOf({ directory }: Stage, { file, lines }: StepFields<'offline-upload'>): Uint8Array | undefined {
  if (file === undefined) return Buffer.from((lines ?? []).map((one) => `${one}\r\n`).join(''));
  const whole = path.resolve(directory, file);
  return statSync(whole, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(whole) : undefined;
}

/** Where the upload is made: at the desk of the seat, or at the one that the step names. */
async function seatFor(stage: Stage, desk: string | undefined): Promise<Seat | Refusal> {
  if (desk === undefined) return stage.seat;
  const chosen = await stage.act(choosePlace, { place: desk });
  return chosen.kind === 'seated' ? { ...stage.seat, place: chosen.place } : chosen;
}

/** `offline-upload`: a file that was recorded without the database, or its lines, uploaded as by `guichet upload`. */
export async function offlineUploadStep(stage: Stage, fields: StepFields<'offline-upload'>): Promise<PlainResult> {
  const { file = LINES, desk } = fields;
  const bytes = bytesOf(stage, fields);
  if (!bytes) return { fails: 'INVALID', path: 'file', value: file };
  const seat = await seatFor(stage, desk);
  if ('kind' in seat) return failureResult(seat);
  const { lines, bad } = readOfflineFile(bytes);
  const result = await uploadLines(stage.perform, seat, { file, digest: digestOf(bytes), lines, bad });
  return uploadResult(result, stage.network);
}
