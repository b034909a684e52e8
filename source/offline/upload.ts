import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { OfflineAttention, OfflineFailure, OfflineLine } from '../circulation/offline.ts';
import type { Instant } from '../circulation/time.ts';
import { applyLines, beginUpload, endUpload } from '../desk/offline-upload.ts';
import type { LineOutcome, UnreadableLine } from '../desk/offline-upload.ts';
import type { Perform, Refusal, Seat } from '../desk/perform.ts';

/** A file that is to be uploaded. */
export type UploadFile = {
  /** As it is shown; folders are left out. */
  readonly file: string;
  /** Of its bytes (`digestOf`): by it an upload that was cut off is known again. */
  readonly digest: string;
  readonly lines: readonly OfflineLine[];
  readonly bad: readonly UnreadableLine[];
  /** Stops between two batches; what has been applied stays so. */
  readonly signal?: AbortSignal;
  /** After each batch. */
  readonly onProgress?: (progress: UploadProgress) => void;
  /** Lines in one transaction. */
  readonly batch?: number;
};

/** How far an upload has come, in lines, the bad ones too. */
export type UploadProgress = {
  readonly done: number;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  /** Uploaded before, or in the database already. */
  readonly duplicates: number;
};

/** A line that was not applied, whole. */
export type UploadError = { readonly number: number; readonly reason: OfflineFailure; readonly raw: string };
/** A line that was applied, and that somebody should look at. */
export type UploadNotice = {
  readonly number: number;
  readonly attention: readonly OfflineAttention[];
  readonly raw: string;
  readonly due: Instant | null;
  readonly title: string | null;
};

export type UploadResult =
  | (Omit<UploadProgress, 'done'> & {
      readonly kind: 'uploaded';
      /** Its number, by which its report is read. */
      readonly upload: number;
      /** By the signal: the same file again goes on. */
      readonly stopped: boolean;
      /** The first thousand in the order of the file. */
      readonly errors: readonly UploadError[];
      readonly attentionCount: number;
      /** The first thousand in the order of the file. */
      readonly attention: readonly UploadNotice[];
    })
  | Refusal;

/** Lines in one transaction: other desks wait for no more than that. */
const BATCH = 20;
/** Bad lines in one transaction: they wait for nothing. */
const BAD_BATCH = 200;
const MOST_LISTED = 1000;
/** After each transaction, a third of the time that it took, so that desks which wait for the database come first; at most (ms). */
const REST = 1 / 3;
const LONGEST_REST = 100;

/** A path without its folders, of whatever system it is. */
const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** The digest of a file's bytes. */
export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** Lines in the order of their times, those of one minute in the order of the file (OFF-05). */
const inOrder = (lines: readonly OfflineLine[]): OfflineLine[] =>
  lines.toSorted((one, other) => {
    if (one.day !== other.day) return one.day < other.day ? -1 : 1;
    return one.minutes - other.minutes || one.number - other.number;
  });

function partsOf<One>(list: readonly One[], size: number): One[][] {
  const parts: One[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}

/** The first of a list by the order of the file. */
const firstOf = <One extends { readonly number: number }>(list: readonly One[]): One[] =>
  list.toSorted((one, other) => one.number - other.number).slice(0, MOST_LISTED);

/** What has become of the lines so far. */
class Tally {
  completed = 0;
  failed = 0;
  duplicates = 0;
  errors: readonly UploadError[] = [];
  notices: readonly UploadNotice[] = [];
  attention = 0;

  add(outcomes: readonly LineOutcome[], rawOf: ReadonlyMap<number, string>): void {
    const errors: UploadError[] = [];
    const notices: UploadNotice[] = [];
    for (const { number, outcome, failure, attention, due, title } of outcomes) {
      const raw = rawOf.get(number) ?? '';
      if (outcome === 'applied') this.completed += 1;
      else if (outcome === 'failed') this.failed += 1;
      else this.duplicates += 1;
      if (failure !== null) errors.push({ number, reason: failure, raw });
      if (attention.length > 0) notices.push({ number, attention, raw, due, title });
    }
    this.attention += notices.length;
    if (errors.length > 0) this.errors = firstOf([...this.errors, ...errors]);
    if (notices.length > 0) this.notices = firstOf([...this.notices, ...notices]);
  }

  get counts() {
    return { completed: this.completed, failed: this.failed, duplicates: this.duplicates };
  }
}

/**
 * Uploads an offline file (OFF-04 to OFF-07) as somebody at a desk, a batch of lines in each transaction; refused where the
 * seat may not, or has no desk. Throws DatabaseAway: nothing is lost or doubled, and the same file again goes on where it was
 * cut off. Two uploads of one file at once share the work; both answer with the counts of the whole file.
 */
export async function uploadLines(perform: Perform, seat: Seat, file: UploadFile): Promise<UploadResult> {
  const { digest, lines, bad, signal, onProgress, batch = BATCH } = file;
  const total = lines.length + bad.length;
  const begun = await perform(seat, beginUpload, { file: nameOf(file.file), digest, lines: total });
  if (begun.kind !== 'begun') return begun;
  const { upload, resumed } = begun;
  const work = [
    ...partsOf(inOrder(lines), batch).map((part) => ({ lines: part, bad: [] })),
    ...partsOf(bad, BAD_BATCH).map((part) => ({ lines: [], bad: part })),
  ];
  const tally = new Tally();
  let done = 0;
  for (const part of work) {
    if (signal?.aborted === true) break;
    const started = performance.now();
    const applied = await perform(seat, applyLines, { upload, ...part, again: resumed });
    if (applied.kind !== 'applied') return applied;
    const all: readonly UnreadableLine[] = [...part.lines, ...part.bad];
    tally.add(applied.outcomes, new Map(all.map((one) => [one.number, one.raw])));
    done += all.length;
    onProgress?.({ done, total, ...tally.counts });
    const rest = Math.min(LONGEST_REST, REST * (performance.now() - started));
    if (done < total) await setTimeout(rest, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
  const stopped = done < total;
  const ended = stopped ? undefined : await perform(seat, endUpload, { upload, ...tally.counts });
  if (ended && ended.kind !== 'ended') return ended;
  return {
    kind: 'uploaded',
    upload,
    stopped,
    total,
    ...tally.counts,
    errors: tally.errors,
    attentionCount: tally.attention,
    attention: tally.notices,
  };
}
