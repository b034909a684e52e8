import { localText } from '../circulation/time.ts';
import type { Instant } from '../circulation/time.ts';
import { datesIn } from '../language/dates.ts';
import { factsOf } from '../offline/index.ts';
import type { BadLineReason, OfflineFile } from '../offline/index.ts';
import type { UploadError, UploadNotice, UploadProgress, UploadResult } from '../offline/upload.ts';
import { print } from './context.ts';
import type { Context } from './context.ts';
import { failureText } from './upload-report.ts';

/** What has come of an upload. */
export type Uploaded = Exclude<UploadResult, { readonly kind: 'not-permitted' | 'unknown' | 'invalid' }>;

/** Lines that are named in the one document of `--json`, and on the screen; `--report` writes all of them. */
const MOST_LISTED = 1000;

/** Says what is in a file. */
export function tellFacts(context: Context, file: string, content: OfflineFile): void {
  const { from, to, ...facts } = factsOf(content);
  const said = (time: string | null): string | null => time?.replace('T', ' ') ?? null;
  print(context, context.words.uploads.check({ ...facts, file, from: said(from), to: said(to) }));
}

/** Why each line that cannot be read cannot be, by its number. */
export const reasonsIn = ({ bad }: OfflineFile): ReadonlyMap<number, BadLineReason> =>
  new Map(bad.map(({ number, why }) => [number, why]));

/** The lines of a file that cannot be read, as an upload names them. */
export const badErrors = ({ bad }: OfflineFile): UploadError[] =>
  bad.slice(0, MOST_LISTED).map(({ number, raw }) => ({ number, reason: 'BAD_LINE', raw }));

/** Lines that were not recorded, as `--json` has them: whole, with both codes (OFF-04). */
export const plainErrors = (errors: readonly UploadError[], whys: ReadonlyMap<number, BadLineReason>) =>
  errors.map(({ number, reason, raw }) => {
    const why = reason === 'BAD_LINE' ? whys.get(number) : undefined;
    return { line: number, reason, ...(why === undefined ? {} : { why }), text: raw };
  });

/** Lines that somebody should look at, as `--json` has them. */
export const plainNotices = (notices: readonly UploadNotice[], timeZone: string) =>
  notices.map(({ number, attention, raw, due, title }) => ({
    line: number,
    attention,
    due: due === null ? null : localText(due, timeZone),
    title,
    text: raw,
  }));

/** Says which lines were not recorded; `total`: how many there are, these are the first of them. */
export function tellErrors(
  context: Context,
  errors: readonly UploadError[],
  whys: ReadonlyMap<number, BadLineReason>,
  total: number,
): void {
  const { uploads } = context.words;
  if (total === 0) return;
  print(context, uploads.failed);
  for (const { number, reason, raw } of errors) {
    const why = reason === 'BAD_LINE' ? whys.get(number) : undefined;
    print(context, uploads.line(number, failureText(reason, why, context.words), raw));
  }
  if (total > errors.length) print(context, uploads.more(total - errors.length));
}

/** Says which lines somebody should look at, and why. */
export function tellNotices(context: Context, notices: readonly UploadNotice[], total: number, timeZone: string): void {
  const { uploads, console } = context.words;
  if (total === 0) return;
  const { dated } = datesIn(context.language, timeZone);
  const due = (at: Instant | null): string[] => (at === null ? [] : [uploads.due(dated(at))]);
  print(context, uploads.attention);
  for (const { number, attention, raw, due: at, title } of notices) {
    const what = [...attention.map((one) => console.offline.upload.look[one]), ...due(at)].join(', ');
    print(context, uploads.line(number, what, title === null ? raw : `${raw} · ${title}`));
  }
  if (total > notices.length) print(context, uploads.more(total - notices.length));
}

/** Counts of nothing. */
export const NOTHING_DONE: Pick<UploadProgress, 'done' | 'completed' | 'failed' | 'duplicates'> = {
  done: 0,
  completed: 0,
  failed: 0,
  duplicates: 0,
};
