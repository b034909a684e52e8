import type { OfflineAttention, OfflineFailure, OfflineLine } from '../circulation/offline.ts';
import type { Instant } from '../circulation/time.ts';
import type { FailedLine, KnownFate, LineFate, LineState } from '../records/offline-lines.ts';
import type { UploadCounts } from '../records/offline-uploads.ts';
import { lockBatch, timedLine } from './offline-batch.ts';
import type { TimedLine } from './offline-batch.ts';
import { applyLine } from './offline-line.ts';
import { action, placeName, staffId } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';

/** A line that cannot be read (OFF-07). */
export type UnreadableLine = { readonly number: number; readonly raw: string };

/** What became of a line. `known`: cut off in mid-commit, it was in the database already; `duplicate`: it was uploaded before. */
export type LineOutcome = {
  readonly number: number;
  readonly outcome: LineState | 'duplicate';
  readonly failure: OfflineFailure | null;
  readonly attention: readonly OfflineAttention[];
  /** Of the loan that the line has made. */
  readonly due: Instant | null;
  /** Of the item, where the line was applied. */
  readonly title: string | null;
};

const unknownUpload = (upload: number): Refusal => ({
  kind: 'invalid',
  path: 'upload',
  problem: 'unknown-code',
  value: String(upload),
});

export type UploadBegun = { readonly kind: 'begun'; readonly upload: number; readonly resumed: boolean } | Refusal;

/**
 * Begins the upload of an offline file at the desk of the seat (OFF-04), or goes on with the one of the same file there that
 * was cut off. `digest`: of the file's bytes; `lines`: how many it has, the bad ones too.
 */
export const beginUpload = action(
  'begin-upload',
  { permission: 'upload-offline', needsDesk: true },
  async (desk: Desk, request: { file: string; digest: string; lines: number }): Promise<UploadBegun> => {
    const { records, now } = desk;
    const { file, digest, lines } = request;
    const place = placeName(desk.place);
    const unfinished = await records.offline.unfinished(digest, place);
    if (unfinished !== undefined) return { kind: 'begun', upload: unfinished, resumed: true };
    const upload = await records.offline.begin({ file, digest, desk: place, staffId: staffId(desk), at: now, lines });
    return { kind: 'begun', upload, resumed: false };
  },
);

const NOTHING = { failure: null, attention: [], due: null, title: null } as const;

const repeated = ({ number, state, failure, attention, due, title }: KnownFate): LineOutcome => ({
  number,
  outcome: state,
  failure,
  attention,
  due,
  title,
});

const failed = (number: number, failure: OfflineFailure): LineOutcome => ({
  ...NOTHING,
  number,
  outcome: 'failed',
  failure,
});

/** Applies the lines of a batch that are this upload's own, in their order, and writes what became of each. */
async function applyClaimed(desk: Desk, upload: number, lines: readonly TimedLine[]): Promise<LineOutcome[]> {
  if (lines.length === 0) return [];
  const { records, now } = desk;
  const batch = await lockBatch(desk, lines);
  const fates: LineFate[] = [];
  const outcomes: LineOutcome[] = [];
  for (const timed of lines) {
    const found = await batch.find(timed);
    const { due, ...applied } = await applyLine(batch.desk, found);
    if (found.item && applied.state === 'applied') batch.changed(found.item);
    const { number } = timed.line;
    const { state, failure, attention } = applied;
    fates.push({ number, ...applied, keptFrom: state === 'applied' ? timed.moment.at : now });
    const title = state === 'failed' ? null : (found.item?.title ?? null);
    outcomes.push({ number, outcome: state, failure, attention, due, title });
  }
  await records.offline.settle(upload, fates);
  return outcomes;
}

/** Lines that repeat one of the same batch that has failed fail like it: they were not applied before. */
function repeatedFailures(
  lines: readonly TimedLine[],
  outcomes: ReadonlyMap<number, LineOutcome>,
  now: Instant,
): FailedLine[] {
  const failures = new Map(
    lines.flatMap(({ key, line }) => {
      const failure = outcomes.get(line.number)?.failure ?? null;
      return failure === null ? [] : [[key, failure] as const];
    }),
  );
  return lines.flatMap(({ key, line: { number, raw }, moment }) => {
    const failure = outcomes.has(number) ? undefined : failures.get(key);
    return failure === undefined
      ? []
      : [{ number, raw, key, failure, lineAt: moment.from, keptFrom: now, itemId: null, patronId: null }];
  });
}

export type BatchRequest = {
  readonly upload: number;
  /** In the order of their times, those of one minute in the order of the file. */
  readonly lines: readonly OfflineLine[];
  readonly bad?: readonly UnreadableLine[];
  /** The upload goes on after it was cut off: lines of it that have failed are tried again. */
  readonly again?: boolean;
};
export type BatchApplied = { readonly kind: 'applied'; readonly outcomes: readonly LineOutcome[] } | Refusal;

/**
 * Applies a batch of lines in one transaction (OFF-04 to OFF-07); answers what became of each, the bad ones last. A line that
 * was applied before, by whatever upload, is a `duplicate`; one with which this very upload has dealt already answers as then.
 */
export const applyLines = action(
  'apply-lines',
  { permission: 'upload-offline', needsDesk: true },
  async (desk: Desk, { upload, lines, bad = [], again = false }: BatchRequest): Promise<BatchApplied> => {
    const { records, now } = desk;
    const ended = await records.offline.ended(upload, placeName(desk.place));
    if (ended === undefined) return unknownUpload(upload);
    const numbers = lines.map((one) => one.number);
    if (again && !ended) await records.offline.forgetFailed(upload, numbers);
    records.events.partOf(upload);

    const timed = lines.map((line) => timedLine(desk, line));
    const claims = timed.map(({ line: { number, raw }, key, moment }) => ({ number, key, raw, lineAt: moment.from }));
    const own = await records.offline.claim(upload, claims);
    const others = numbers.filter((number) => !own.has(number));
    const before = (await records.offline.fates(upload, others)).map(repeated);
    const applied = await applyClaimed(
      desk,
      upload,
      timed.filter(({ line }) => own.has(line.number)),
    );
    const outcomes = new Map([...before, ...applied].map((one) => [one.number, one]));
    const twins = repeatedFailures(timed, outcomes, now);
    for (const { number, failure } of twins) if (failure !== null) outcomes.set(number, failed(number, failure));
    const unreadable = bad.map(({ number, raw }): FailedLine => ({
      number,
      raw,
      key: null,
      failure: 'BAD_LINE',
      lineAt: null,
      keptFrom: now,
      itemId: null,
      patronId: null,
    }));
    await records.offline.fail(upload, [...twins, ...unreadable]);
    return {
      kind: 'applied',
      outcomes: [
        ...numbers.map((number) => outcomes.get(number) ?? { ...NOTHING, number, outcome: 'duplicate' as const }),
        ...bad.map(({ number }) => failed(number, 'BAD_LINE')),
      ],
    };
  },
);

export type UploadEnded =
  /** `first`: it had not ended before. */
  { readonly kind: 'ended'; readonly first: boolean } | Refusal;

/** Ends an upload with its counts, and says so in the audit; the second time nothing is done. */
export const endUpload = action(
  'end-upload',
  { permission: 'upload-offline', needsDesk: true },
  async (desk: Desk, { upload, ...counts }: UploadCounts & { readonly upload: number }): Promise<UploadEnded> => {
    const { records, now, place } = desk;
    const ended = await records.offline.ended(upload, placeName(place));
    if (ended === undefined) return unknownUpload(upload);
    const done = await records.offline.end(upload, now, counts);
    if (!done) return { kind: 'ended', first: false };
    const data = { upload, ...done, ...counts };
    const event = { at: now, staffId: staffId(desk), desk: placeName(place) };
    await records.events.append({ ...event, kind: 'offline-uploaded', data });
    return { kind: 'ended', first: true };
  },
);
